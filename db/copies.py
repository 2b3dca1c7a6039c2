"""Copies of a room that can be trusted: made by SQLite, read back, and only then named.

The live file is never copied as a file: rows in its write-ahead log would be missed, and closing it
would drop SQLite's locks. `VACUUM INTO` reads one state of the room while others go on counting,
takes the log along, and leaves out what was erased.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

import apsw

from db import connection, errors, files, sealed
from db.mishaps import saying

UNFINISHED = ".unfinished"
"""What the name of a copy ends in until it can be trusted."""

_PIECE = 1 << 20  # bytes that are compared at once


@dataclass(frozen=True)
class Ledger:
    """How far the door ledger goes; rows are only ever added behind it."""

    last_row: int
    rows: int


@contextmanager
def prepared(source: apsw.Connection, source_file: Path, target: Path) -> Iterator[Path]:
    """A copy that was read back from the disk, beside its target under a temporary name.

    Who wants it renames it inside the context; else it is gone afterwards.

    Args:
        source: the database to copy.
        source_file: where that stands.
        target: what the copy will be called.

    Raises:
        Damaged: the source is.
        NotTrusted: the copy is not what it should be.
        DiskFull, CannotOpen, ReadOnly, DiskTrouble: it cannot be made there.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
    with saying(target):
        try:
            _copy(source, source_file, unfinished)
            yield unfinished
        finally:
            clear(unfinished)


def fold(file: Path) -> None:
    """Put the write-ahead log of a file that nobody has open into it, before another takes its place."""
    if any(part.exists() for part in files.beside(file)):
        alone = apsw.Connection(str(file))
        try:
            alone.pragma("journal_mode", "delete")
        finally:
            alone.close()


def change(unfinished: Path, what: Callable[[apsw.Connection], object]) -> None:
    """Change a copy that has no name yet; nothing of what stood there before is left in it.

    Raises:
        NotTrusted: it is not sound afterwards.
    """
    copy = apsw.Connection(str(unfinished))
    try:
        copy.pragma("journal_mode", "delete")
        copy.pragma("secure_delete", 1)
        copy.execute("BEGIN")
        what(copy)
        copy.execute("COMMIT")  # when it does not get so far, the copy is thrown away
        copy.execute("VACUUM")
        sound = copy.pragma("integrity_check") == "ok"
    finally:
        copy.close()
    if not sound:
        raise errors.NotTrusted(path=unfinished)
    onto_the_disk(unfinished)


def clear_all(directory: Path, beginning: str) -> None:
    """Take away every unfinished copy whose target's name begins so; for who is alone there."""
    for left in directory.iterdir():
        if left.name.startswith(f".{beginning}") and UNFINISHED in left.name:
            left.unlink(missing_ok=True)


def clear(unfinished: Path) -> None:
    """Take away a copy that got no name, with what SQLite left beside it."""
    for part in (unfinished, *files.beside(unfinished), Path(f"{unfinished}-journal")):
        part.unlink(missing_ok=True)


def put_in_place(finished: Path, target: Path) -> None:
    """Give a trusted copy its name, so that it survives a power cut."""
    finished.rename(target)
    files.sync_directory(target.parent)


def carry(copy: BinaryIO, target: Path, keys: Path | None) -> None:
    """Bring a trusted copy to another disk, sealed when there are keys; there it is whole or not at all.

    Raises:
        NotTrusted: what is on that disk is not what was brought there.
        NoTool, NotSealed: there are keys, and it could not be sealed.
        DiskFull, CannotOpen: it cannot be made there.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
    with saying(target):
        try:
            with unfinished.open("wb") as there:
                if keys:
                    sealed.pour(copy, there, keys)
                else:
                    shutil.copyfileobj(copy, there)
            onto_the_disk(unfinished)
            if not _arrived(copy, unfinished, is_sealed=bool(keys)):
                raise errors.NotTrusted(path=target)
            put_in_place(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)


def _arrived(copy: BinaryIO, there: Path, *, is_sealed: bool) -> bool:
    """Whether the other disk gives back what it got; of what is sealed only the ends can be seen."""
    if is_sealed:
        return sealed.is_sealed(there) and there.stat().st_size > os.fstat(copy.fileno()).st_size
    copy.seek(0)
    with there.open("rb") as back:
        return all(mine == theirs for mine, theirs in zip_longest(_pieces(copy), _pieces(back)))


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(_PIECE), b"")


def _copy(source: apsw.Connection, source_file: Path, unfinished: Path) -> None:
    clear(unfinished)
    try:
        version, ledger = source.pragma("user_version"), _ledger(source)
        source.execute("VACUUM INTO ?", (str(unfinished),))
    except (apsw.CorruptError, apsw.NotADBError) as problem:
        raise errors.Damaged(path=source_file) from problem
    with suppress(PermissionError):  # a USB stick's file system knows no permissions
        unfinished.chmod(0o660)
    onto_the_disk(unfinished)
    if not _can_be_trusted(unfinished, version, ledger):
        raise errors.NotTrusted(path=unfinished)


def _can_be_trusted(copy: Path, version: int, ledger: Ledger) -> bool:
    """Whether a copy is sound, ours, and has every row that was there before it was made."""
    try:
        with connection.looking_at(copy) as seen:
            return (
                seen.pragma("application_id") == connection.APPLICATION_ID
                and seen.pragma("user_version") == version
                and seen.pragma("integrity_check") == "ok"
                and _ledger(seen, ledger.last_row) == ledger
            )
    except (apsw.CorruptError, apsw.NotADBError):
        return False


def _ledger(source: apsw.Connection, up_to: int | None = None) -> Ledger:
    """How far the ledger goes, or went when this was its last row."""
    query = "SELECT COALESCE(MAX(id), 0), COUNT(*) FROM door WHERE id <= COALESCE(?, id)"
    ((last_row, rows),) = source.execute(query, (up_to,))
    return Ledger(last_row, rows)


def onto_the_disk(file: Path) -> None:
    """Have every byte on the disk, and none in memory: what is read back must come from the disk."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
