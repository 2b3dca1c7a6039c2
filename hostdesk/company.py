"""Who else has this room on a screen now: how many, and never who.

Each screen holds a file beside the room, locked for as long as it stands; the system lets go of the lock
when a screen ends in whatever way, and the next one that looks clears the file away. That may come between
making a file and locking it; who misses their own file therefore puts it back.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path


class Company:
    """The screens of one room; without a place to write there is nobody to be seen."""

    def __init__(self, file: Path) -> None:
        """Nobody is here yet."""
        self._folder = file.with_name(f".{file.name}-screens")
        self._own = self._folder / f"{os.getpid()}-{id(self):x}"
        self._held: int | None = None
        self._here = False

    def come(self) -> None:
        """This screen stands."""
        self._here = True
        self._let_go()
        with suppress(OSError):
            self._folder.mkdir(mode=0o770, exist_ok=True)
            self._held = os.open(self._own, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def go(self) -> None:
        """This screen ends."""
        self._here = False
        with suppress(OSError):
            self._own.unlink(missing_ok=True)
            self._let_go()
            self._folder.rmdir()

    def changed(self) -> int:
        """A number that is another one when somebody came or went."""
        try:
            return self._folder.stat().st_mtime_ns
        except OSError:
            return 0

    def others(self) -> int:
        """How many other screens there are."""
        try:
            if self._here and not self._own.exists():
                self.come()
            return sum(self._stands(file) for file in self._folder.iterdir() if file != self._own)
        except OSError:
            return 0

    def _let_go(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _stands(self, file: Path) -> bool:
        handle = None
        try:
            handle = os.open(file, os.O_RDWR | os.O_CLOEXEC)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.unlink(missing_ok=True)  # its screen ended without a word
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            if handle is not None:
                os.close(handle)
        return False
