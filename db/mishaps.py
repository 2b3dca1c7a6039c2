"""What SQLite and the system say went wrong with a file, in our sentences."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
from peewee import PeeweeException

from db import errors

_LEAST_FREE = 65536  # twice what the index of the write-ahead log takes


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
        raise errors.CannotOpen(path=file) from problem


def _sentence_for(problem: object, file: Path) -> errors.HostdeskError | None:
    """Our sentence for one of apsw's errors, or none when it can only be a bug."""
    match problem:
        case apsw.FullError():
            return errors.DiskFull()
        case apsw.ReadOnlyError():
            return errors.ReadOnly(path=file)
        case apsw.BusyError() | apsw.LockedError() | apsw.ProtocolError():
            return errors.Busy(path=file)
        case apsw.NotADBError():
            return errors.NotARoom(path=file)
        case apsw.CorruptError():
            return errors.Damaged(path=file)
        case apsw.CantOpenError():
            return errors.CannotOpen(path=file)
        case apsw.IOError():
            return errors.DiskFull() if _is_full(file) else errors.DiskTrouble(path=file)
    return None


def _is_full(file: Path) -> bool:
    """Whether there is no space beside the file: SQLite does not say so when its index cannot grow."""
    try:
        disk = os.statvfs(file.parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _LEAST_FREE
