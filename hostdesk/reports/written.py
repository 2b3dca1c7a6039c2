"""A file that is handed out is whole: it stands there completely, or what stood there before still does."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from db.errors import N_, CannotOpen, DiskFull, NotPossible


def whole(file: Path, content: bytes, *, database: Path) -> Path:
    """Write a file in one go; where it stands now.

    Args:
        file: where to; a file that is there already is replaced.
        content: what it holds.
        database: the room, which is never written over.

    Raises:
        NotPossible: something else than an ordinary file stands there, or the room does.
        CannotOpen, DiskFull: it cannot be written.
    """
    try:
        place = file.resolve()
        _assert_replaceable(file, place, database.resolve())
        _replace(place, content)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DiskFull from error
        raise CannotOpen(path=file) from error
    except RuntimeError as error:  # links that lead to themselves
        raise CannotOpen(path=file) from error
    return place


def _assert_replaceable(file: Path, place: Path, database: Path) -> None:
    if place.is_dir():
        raise NotPossible(N_("{path} is a directory. Name the file in it that should be written."), path=file)
    of_the_room = [database, *(Path(f"{database}{end}") for end in ("-wal", "-shm"))]
    if any(
        place == mine or (place.exists() and mine.exists() and place.samefile(mine)) for mine in of_the_room
    ):
        raise NotPossible(N_("{path} is the room itself. Choose another file."), path=file)
    if place.exists() and not place.is_file():
        raise NotPossible(N_("{path} is no ordinary file; it was left as it is."), path=file)


def _replace(place: Path, content: bytes) -> None:
    """Beside it first, so that whoever reads it meanwhile never sees half of it."""
    beside = place.with_name(f".hostdesk-{os.getpid()}.part")
    try:
        with beside.open("wb") as writing:
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
        beside.replace(place)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
