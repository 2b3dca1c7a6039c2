"""Where the backups of a room stand, and whether today's is there: a look that takes no time."""

from datetime import date, datetime
from pathlib import Path

from db import clock, connection
from db import room as rooms


def folder(database: Path) -> Path:
    """Where the backups of this database stand: beside it."""
    return database.with_name(f"{database.stem}-backups")


def daily_file(database: Path, day: date) -> Path:
    """The daily backup of this day."""
    return folder(database) / f"{database.stem}-{day}.db"


def now() -> datetime:
    """The room's own time, as good as it is known."""
    with connection.reading():
        return rooms.current().local(clock.reliable_now()[0])


def is_due() -> bool:
    """Whether the open room has no daily backup of today yet."""
    return not daily_file(connection.path(), now().date()).exists()
