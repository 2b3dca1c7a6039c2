"""What SQLite and the system say went wrong with a file, in our sentences."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
from peewee import PeeweeException

from db import errors, roles

_LEAST_FREE = 65536  # twice what the index of the write-ahead log takes

_GROWING = {apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_IOERR_SHMOPEN, apsw.SQLITE_IOERR_SHMSIZE}


@contextmanager
def saying(file: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into our sentences; what is a bug passes unchanged."""
    try:
        yield
    except PeeweeException as problem:
        if sentence := _sentence_for(getattr(problem, "orig", None), file):
            raise sentence from problem
        raise
    except apsw.Error as problem:
        if sentence := _sentence_for(problem, file):
            raise sentence from problem
        raise
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise errors.DiskFull from problem
        if problem.errno == errno.EROFS:
            raise errors.CardReadOnly(path=file) from problem
        if problem.errno == errno.EFBIG:
            raise errors.FilesLimited(limit=_most_kilobytes() or 0) from problem
        raise errors.CannotOpen(path=file) from problem


def _sentence_for(problem: object, file: Path) -> errors.HostdeskError | None:
    """Our sentence for one of apsw's errors, or none when it can only be a bug."""
    match problem:
        case apsw.FullError():
            return errors.DiskFull()
        case apsw.AuthError():
            return roles.refusal()
        case apsw.ReadOnlyError():
            if roles.reads_only():
                return roles.refusal()
            return only_read(file)
        case apsw.BusyError() | apsw.LockedError() | apsw.ProtocolError():
            return errors.Busy(path=file)
        case apsw.NotADBError():
            return errors.NotARoom(path=file)
        case apsw.CorruptError():
            return errors.Damaged(path=file)
        case apsw.CantOpenError():
            # A room on such a card that was closed well has no log, and SQLite can make none to read it.
            return errors.CardReadOnly(path=file) if is_only_read(file) else errors.CannotOpen(path=file)
        case apsw.IOError():
            return _why_not_written(problem, file)
    return None


def _why_not_written(problem: apsw.IOError, file: Path) -> errors.HostdeskError:
    """SQLite has one error for a disk that is worn out and for files that may not grow."""
    if is_full(file):
        return errors.DiskFull()
    limit = _most_kilobytes()
    if getattr(problem, "extendedresult", None) in _GROWING and limit is not None:
        return errors.FilesLimited(limit=limit)
    return errors.DiskTrouble(path=file)


def _most_kilobytes() -> int | None:
    """How large this process may make a file; None when nobody said so."""
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return None if limit == resource.RLIM_INFINITY else limit // 1024


def only_read(file: Path) -> errors.ReadOnly:
    """Why this file cannot be written: its disk, or its permissions."""
    return errors.CardReadOnly(path=file) if is_only_read(file) else errors.ReadOnly(path=file)


def is_only_read(file: Path) -> bool:
    """Whether the disk of this file takes no writing at all: a card that fails can become so."""
    try:
        return bool(os.statvfs(file.parent).f_flag & os.ST_RDONLY)
    except OSError:  # whoever reads the file says what that is
        return False


def is_full(file: Path) -> bool:
    """Whether there is no space beside the file: SQLite does not say so when its index cannot grow."""
    try:
        disk = os.statvfs(file.parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _LEAST_FREE
