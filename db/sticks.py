"""What goes wrong on a USB stick is said of the stick: what is counted stands in the room, and goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from db import connection
from db.errors import N_, CannotOpen, DiskFull, DiskTrouble, HostdeskError, ReadOnly
from db.mishaps import is_full


class StickFull(HostdeskError):
    """There is no space left on the stick."""

    sentence = N_(
        "The USB stick {stick} is full: the backup is not on it. All that was counted is saved. "
        "Throw away what is not needed on the stick, or put in another one."
    )


class StickRefuses(HostdeskError):
    """The stick takes no writing."""

    sentence = N_(
        "Nothing can be written on the USB stick {stick}: the backup is not on it. "
        "All that was counted is saved. Put in another stick."
    )


@contextmanager
def speaking_of(stick: str) -> Iterator[None]:
    """What a stick does not take is said of the stick with this label, and not of the room's own disk.

    Raises:
        DiskFull: it is the room's own disk all the same.
        StickFull: there is no space on it.
        StickRefuses: it can only be read, or gives errors.
    """
    try:
        yield
    except DiskFull as problem:
        if is_full(connection.path()):  # SQLite changes what is on a stick by way of a file of its own here
            raise
        raise StickFull(stick=stick) from problem
    except (CannotOpen, ReadOnly, DiskTrouble, OSError) as problem:
        raise StickRefuses(stick=stick) from problem
