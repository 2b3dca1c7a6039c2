"""A file that is handed out is whole: it stands there completely, or what stood there before still does."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from db import aside, sealed
from db.errors import N_, CannotOpen, DiskFull, NotPossible
from db.todays_backup import folder
from hostdesk.place import log_file


def whole(file: Path, content: bytes, *, database: Path) -> Path:
    """Write a file in one go; where it stands now.

    Args:
        file: where to; a file that is there already is replaced.
        content: what it holds.
        database: the room, which is never written over, nor what belongs to it.

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


def refuse_the_rooms_own(file: Path, place: Path, database: Path) -> None:
    """A document comes in the place of nothing that hostdesk keeps.

    Args:
        file: where somebody wants it.
        place: where that really is.
        database: the room.

    Raises:
        NotPossible: the room has that place.
    """
    if _is_the_rooms(place, database):
        raise NotPossible(N_("{path} belongs to the room itself. Choose another file."), path=file)


def _assert_replaceable(file: Path, place: Path, database: Path) -> None:
    if place.is_dir():
        raise NotPossible(N_("{path} is a directory. Name the file in it that should be written."), path=file)
    refuse_the_rooms_own(file, place, database)
    if place.exists() and not place.is_file():
        raise NotPossible(N_("{path} is no ordinary file; it was left as it is."), path=file)


def _is_the_rooms(place: Path, database: Path) -> bool:
    """Whether hostdesk keeps something here: the room, its logs, its backups, what somebody half typed."""
    log = log_file(database)
    own = (database, *aside.logs(database), log, sealed.key_file(database), folder(database))
    if any(place == mine or (place.exists() and mine.exists() and place.samefile(mine)) for mine in own):
        return True
    kept = (f"{log.name}.", f"{database.stem}-{aside.BEFORE}", f".{database.stem}-", f".{database.name}-")
    return any(
        beside in own or beside.name.startswith(kept)
        for beside in (place, *place.parents)
        if beside.parent == database.parent
    )


def _replace(place: Path, content: bytes) -> None:
    """Beside it first, so that whoever reads it meanwhile never sees half of it."""
    beside = place.with_name(f".hostdesk-{os.getpid()}.part")
    try:
        with beside.open("wb") as writing:
            if place.exists():  # who could not read what stood there, cannot read what comes in its place
                with suppress(PermissionError):  # a USB stick's file system knows no permissions
                    os.fchmod(writing.fileno(), place.stat().st_mode & 0o777)
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
        beside.replace(place)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
