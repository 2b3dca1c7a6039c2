"""What somebody was typing when they left: it is still there the next time, also after a crash."""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hostdesk import place
from hostdesk.logfile import cross_out, log

if TYPE_CHECKING:  # the desk does without
    from db.mentions import Sought

KEPT_SECONDS = 24 * 3600
"""After a day nobody goes on with a sentence."""

_LONGEST = 100_000
"""Characters; a larger file is none of ours."""

_MOST = 9
"""So many programs of one person keep what is typed in them."""


class Drafts:
    """The half-typed texts of one program, in a file beside the room that only its person can read.

    The file is locked while the program lives: another one that is open under the same name has a file of
    its own. One that a program left behind is taken by the next that starts.
    """

    def __init__(self, database: Path) -> None:
        """Take what was left there, unless it is a day old."""
        self._database = database
        self._texts: dict[str, str] = {}
        self._file: Path | None = None
        self._held: int | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._is_kept = True
        with suppress(OSError):
            _throw_away(database)
        for file in _own(database):
            held = _hold(file)
            if held is not None:
                self._file, self._held = file, held
                self._read()
                break

    def close(self) -> None:
        """Leave the file to who comes next, with what a full disk did not take until now."""
        self._bring_to_disk()
        self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            os.close(self._held)
        self._file = self._held = self._stamp = None

    def of(self, what: str) -> str:
        """What was half typed there; nothing where nothing was, or where a name was erased from it."""
        if self._is_changed:
            self._read()
        return self._texts.get(what, "")

    def keep(self, what: str, text: str) -> None:
        """This is half typed now; nothing takes it away. A disk that does not take it stops nobody."""
        if text != self.of(what):
            self._is_kept = False
            self._texts.pop(what, None)
            if text:
                self._texts[what] = text
        self._bring_to_disk()

    def _bring_to_disk(self) -> None:
        if self._is_kept or self._is_changed:
            return
        try:
            self._write()
            self._is_kept = True
        except OSError as error:
            log.error("a draft could not be kept: %s", error)

    @property
    def _is_changed(self) -> bool:
        """Whether somebody erased a name in the file since we wrote it."""
        return self._file is not None and _stamp(self._file) != self._stamp

    def _read(self) -> None:
        self._texts = {}
        with suppress(OSError, ValueError, TypeError):
            assert self._file is not None
            self._stamp = _stamp(self._file)
            read = json.loads(self._file.read_text(encoding="utf-8")[:_LONGEST])
            self._texts = {str(what): str(text) for what, text in dict(read).items()}

    def _write(self) -> None:
        if not self._texts:
            if self._file is not None:
                self._file.unlink(missing_ok=True)
            self._let_go()
            return
        if self._file is None:
            self._file, self._held = _claim(self._database)
            self._stamp = _stamp(self._file)
        new = self._file.with_suffix(".new")
        handle = os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with os.fdopen(os.dup(handle), "w", encoding="utf-8") as opened:
                json.dump(self._texts, opened, ensure_ascii=False)
            new.replace(self._file)
        except OSError:
            os.close(handle)  # its lock would stand in the way of the next try
            new.unlink(missing_ok=True)
            raise
        if self._held is not None:
            os.close(self._held)
        self._held, self._stamp = handle, _stamp(self._file)


def erase(database: Path, sought: "Sought") -> tuple[Path, ...]:
    """Cross a name out in all that is half typed in this room; of somebody of that name, nothing is left.

    Returns:
        The files that could not be cleaned: those of another account on this machine.
    """
    left = []
    for file in _of_room(database):
        try:
            whose = file.name.removeprefix(f".{database.stem}-").split(".")[0]
            if whose.casefold() == _in_a_name(sought.name).casefold():
                file.unlink()
            else:
                cross_out(file, sought)
        except FileNotFoundError:  # what was typed there was saved meanwhile
            continue
        except OSError:
            left.append(file)
    return tuple(left)


def packed(answers: Mapping[str, str]) -> str:
    """The answers of a form that are not empty, as one draft; nothing where all are."""
    said = {name: answer for name, answer in answers.items() if answer}
    return json.dumps(said, ensure_ascii=False) if said else ""


def unpacked(draft: str) -> dict[str, str]:
    """The answers in a draft; none in what is no form's."""
    with suppress(ValueError, TypeError):
        return {str(name): str(answer) for name, answer in dict(json.loads(draft)).items()}
    return {}


def _own(database: Path) -> Iterator[Path]:
    """The files that a program of this person may have, in the order in which they are taken."""
    name = _in_a_name(place.who()) or "balie"
    for n in range(1, _MOST + 1):
        yield database.with_name(f".{database.stem}-{name}{'' if n == 1 else f'.{n}'}.draft")


def _of_room(database: Path) -> Iterator[Path]:
    """The files of everybody, and what a crash left of one that was being written."""
    for kind in ("draft", "new"):
        yield from database.parent.glob(f".{database.stem}-*.{kind}")


def _in_a_name(name: str) -> str:
    return "".join(one for one in name if one.isalnum())


def _throw_away(database: Path) -> None:
    """What is a day old is nobody's any more, whoever typed it."""
    for file in _of_room(database):
        if time.time() - file.stat().st_mtime > KEPT_SECONDS:
            file.unlink(missing_ok=True)


def _hold(file: Path) -> int | None:
    """Lock this file; None when there is none, or another program has it."""
    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(file.stat(), os.fstat(handle)):  # not replaced or thrown away meanwhile
            return handle
    except OSError:
        pass
    os.close(handle)
    return None


def _claim(database: Path) -> tuple[Path, int]:
    """Make the first file that is not there.

    Raises:
        OSError: the disk takes none, or all are there.
    """
    for file in _own(database):
        with suppress(FileExistsError):
            handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file, handle
    raise FileExistsError(f"{_MOST} drafts of one person")


def _stamp(file: Path) -> tuple[int, int, int] | None:
    """What differs as soon as somebody else writes the file; None when it is gone."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
