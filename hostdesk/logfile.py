"""The log file beside the database: takes what a person needn't see, and what only a bug can cause."""

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db.text import visible
from hostdesk import place

if TYPE_CHECKING:  # counting at the door does without
    from db.mentions import Sought

log = logging.getLogger("hostdesk")

FULL = 500_000
"""Bytes after which the next program that begins to write starts a new file; two older ones are kept."""


class _Format(logging.Formatter):
    """One moment, one process, one line, and a traceback below it; text is inert in a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Take out of each line what would act on the terminal of whoever reads the log."""
        return "\n".join(map(visible, super().format(record).splitlines()))


class _LazyFile(logging.Handler):
    """A file that several programs append to, opened at the first line."""

    def __init__(self, file: Path) -> None:
        """Write to this file."""
        super().__init__()
        self._file = file
        self._handler: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a log that cannot be written stops nobody."""
        if self._handler is None:
            self._handler = self._opened()
        self._handler.handle(record)

    def close(self) -> None:
        """Close the file."""
        if self._handler is not None:
            self._handler.close()
        super().close()

    def _opened(self) -> logging.Handler:
        try:
            with suppress(OSError):
                _make_room(self._file)
            handler = logging.FileHandler(self._file, encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            return logging.NullHandler()
        handler.setFormatter(_Format("%(asctime)s %(process)d %(levelname)s %(message)s"))
        return handler


def _make_room(file: Path) -> None:
    """Put a full file aside, once, whoever else is about to do the same.

    Only before a program's first line: one that writes already goes on in the file that it has, under
    its new name, so no line is lost.
    """
    import fcntl

    with file.open("rb") as begun:
        fcntl.flock(begun, fcntl.LOCK_EX)
        handle = begun.fileno()
        if os.fstat(handle).st_size >= FULL and _is_still(file, handle):
            older, oldest = (file.with_name(f"{file.name}.{n}") for n in (1, 2))
            with suppress(FileNotFoundError):
                older.replace(oldest)
            file.replace(older)


def _is_still(file: Path, handle: int) -> bool:
    """Whether this name is still that of the open file: nobody else put it aside."""
    with suppress(FileNotFoundError):
        return os.path.samestat(file.stat(), os.fstat(handle))
    return False


def keep(database: Path) -> Path:
    """Write the log beside this database; returns its path."""
    file = place.log_file(database)
    log.setLevel(logging.INFO)
    log.propagate = False
    logging.raiseExceptions = False
    log.handlers[:] = [_LazyFile(file)]
    return file


def erase(database: Path, sought: "Sought") -> None:
    """Cross a name out in the log files of this room; in its place, since others may be adding to them."""
    file = place.log_file(database)
    for one in file.parent.glob(f"{file.name}*"):
        with suppress(OSError):
            cross_out(one, sought)


def cross_out(file: Path, sought: "Sought") -> None:
    """Write over a name in a file, in its place.

    Raises:
        OSError: the file cannot be written.
    """
    with file.open("r+b") as written:
        text = written.read().decode("utf-8", "surrogateescape")
        for start, end in sought.find(text).name:
            written.seek(len(text[:start].encode("utf-8", "surrogateescape")))
            written.write(b"*" * len(text[start:end].encode("utf-8", "surrogateescape")))
