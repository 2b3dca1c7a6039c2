"""The room's file in its directory: whether it is there, what belongs to it, and knowing it again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from db import aside, errors

_HEADER_BYTES = 100


class Known:
    """A file that is known again, whatever will stand at its path."""

    def __init__(self, file: Path) -> None:
        """Take the file, which is there."""
        self.path = str(file)
        self._identity = _identity(file)

    def stands(self) -> bool:
        """Whether it still has its name: what is written to a file without one is lost at the end."""
        try:
            return _identity(Path(self.path)) == self._identity
        except FileNotFoundError:
            return False


def refuse_other_than_file(path: Path) -> None:
    """A directory is no database, and neither is a device, which `create` would replace.

    Raises:
        HostdeskError: something else than a file stands there.
    """
    if path.is_dir():
        raise errors.HostdeskError(errors.N_("{path} is a directory; --db needs a file."), path=path)
    if path.exists() and not path.is_file():
        raise errors.HostdeskError(errors.N_("{path} is no ordinary file; --db needs one."), path=path)


def assert_there(file: Path) -> None:
    """Refuse a path without a room, and say so differently when there was one.

    Raises:
        NoRoom: there is nothing, or an empty file.
        SetAside: a restore has the room that belongs there.
        Emptied: there is an empty file, whose log is not.
    """
    if is_filled(file):
        return
    aside.assert_none(file)
    log = aside.logs(Path(os.path.realpath(file)))[0]
    if file.exists() and is_filled(log):
        raise errors.Emptied(path=file, log=log)
    raise errors.NoRoom(path=file)


def is_filled(file: Path) -> bool:
    """Whether there is a file with anything in it."""
    return file.exists() and file.stat().st_size > 0


def assert_free(file: Path) -> None:
    """Refuse to make a room where there is one, or where one was set aside."""
    if is_filled(file):
        raise errors.RoomExists(path=file)
    aside.assert_none(file)


def marks(file: Path) -> tuple[int, int] | None:
    """Whose file it is and of which version, by its first bytes: the two numbers that SQLite keeps for that.

    SQLite itself would change another program's file by opening it our way.

    Returns:
        Its `application_id` and `user_version`, or None when it is no SQLite file.
    """
    header = beginning(file)
    if not header.startswith(b"SQLite format 3\0"):
        return None
    return _number(header, 68), _number(header, 60)


def beginning(file: Path) -> bytes:
    """The first bytes of a file that may be open somewhere: read below SQLite, whose locks are kept so."""
    seen = apsw.VFSFile("", str(file.resolve()), [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0])
    try:
        return bytes(seen.xRead(_HEADER_BYTES, 0))
    finally:
        seen.xClose()


def beside(file: Path) -> tuple[Path, Path]:
    """The write-ahead log and its index, which belong to the file."""
    return Path(f"{file}-wal"), Path(f"{file}-shm")


def is_whole(file: Path) -> bool:
    """Whether all of the database stands in the file itself: no log of it is still to be read."""
    return not is_filled(beside(Path(os.path.realpath(file)))[0])


def make_directory(directory: Path, mode: int = 0o777) -> None:
    """Make a directory that is missing, in which the group of the one around it can work too.

    The umask of whoever comes first would keep the others of that group out.
    """
    was_there = directory.is_dir()
    directory.mkdir(mode, parents=True, exist_ok=True)
    if was_there:
        return
    with suppress(PermissionError):  # a USB stick's file system knows no permissions
        directory.chmod((directory.stat().st_mode & 0o7777) | (directory.parent.stat().st_mode & 0o070))


@contextmanager
def holding(directory: Path, *, alone: bool = False) -> Iterator[None]:
    """Keep files here from changing places meanwhile, or be alone here to do just that.

    Opening by name takes three steps (the file, its log, the lock); a file that changes places in
    between would get another one's log. Where the file system knows no such locks, nothing waits.
    """
    import fcntl

    handle = None
    try:
        with suppress(OSError):
            handle = os.open(directory, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
            fcntl.flock(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def put_in_place(finished: Path, file: Path) -> None:
    """Give the finished file its name, unless another process did so first; the name is on the disk."""
    with holding(file.parent, alone=True):
        assert_free(file)
        file.unlink(missing_ok=True)  # empty
        aside.move_logs(file)
        try:
            os.link(finished, file)
        except FileExistsError:
            raise errors.RoomExists(path=file) from None
        except OSError:  # a file system without links, such as a USB stick's
            finished.rename(file)
        sync_directory(file.parent)


def sync_directory(directory: Path) -> None:
    """Have the directory's names on the disk, so that a new file survives a power cut."""
    handle = os.open(directory, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _identity(file: Path) -> tuple[int, int]:
    """What the system calls it: its device, and its number there."""
    found = file.stat()
    return found.st_dev, found.st_ino


def _number(header: bytes, at: int) -> int:
    """A number in the first page of a SQLite file (https://sqlite.org/fileformat.html, 1.3)."""
    return int.from_bytes(header[at : at + 4], "big")
