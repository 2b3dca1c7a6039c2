"""Who else has this room on a screen now.

Each screen holds a file beside the room, locked for as long as it stands; the system lets go of the lock
when a screen ends in whatever way, and the next one that looks clears the file away. That may come between
making a file and locking it; who misses their own file therefore puts it back.

The file is empty. Its name ends in the number of who came in, which says nothing once they are erased.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from db import files

NOBODY = 0
"""Who is at a screen where nobody logged in."""


class Company:
    """The screens of one room; without a place to write there is nobody to be seen."""

    def __init__(self, file: Path) -> None:
        """Nobody is here yet."""
        self._folder = file.with_name(f".{file.name}-screens")
        self._own = self._folder / f"{os.getpid()}-{id(self):x}-{NOBODY}"
        self._held: int | None = None
        self._here = False

    def come(self, who: int = NOBODY) -> None:
        """This screen stands.

        Args:
            who: the number among the room's people of who came in; at the desk nobody did.
        """
        self._here = True
        self._own = self._own.with_name(f"{self._own.name.rpartition('-')[0]}-{who}")
        self._stand()

    def _stand(self) -> None:
        self._let_go()
        with suppress(OSError):
            files.make_directory(self._folder, 0o770)
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

    def others(self) -> list[int]:
        """Who is at each of the other screens, by number: `NOBODY` at the desk."""
        try:
            if self._here and not self._own.exists():
                self._stand()
            return sorted(
                _who(file) for file in self._folder.iterdir() if file != self._own and self._stands(file)
            )
        except OSError:
            return []

    def _let_go(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _stands(self, file: Path) -> bool:
        handle = None
        try:
            handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)  # it may be that of another account
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


def _who(file: Path) -> int:
    """Whose screen holds this file; one of an older hostdesk does not say."""
    who = file.name.split("-")[2:]
    return int(who[0]) if who and who[0].isdecimal() else NOBODY
