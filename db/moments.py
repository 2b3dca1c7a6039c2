"""How moments and days stand in the tables: UTC text that sorts, and that people can read.

A moment is `2026-11-23 13:07:05.250`: UTC, always as wide, so that text order is time order and
`sqlite3` and a spreadsheet read it as a date. A day is the room's local day, `2026-11-23`.
"""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from peewee import TextField

if TYPE_CHECKING:
    _MomentText = TextField[datetime]
    _DayText = TextField[date]
else:  # peewee's fields take a type in its stubs only
    _MomentText = _DayText = TextField


def to_text(moment: datetime) -> str:
    """The moment as it is stored.

    Raises:
        ValueError: the moment has no time zone, so nobody knows which moment it is.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")


def from_text(text: str) -> datetime:
    """The stored moment, aware and in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def to_whole_milliseconds(moment: datetime) -> datetime:
    """The moment as it will be read back from its table."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class MomentField(_MomentText):
    """A moment: aware in Python, fixed-width UTC text in the table."""

    def db_value(self, value: datetime | str | None) -> str | None:
        """What the table holds."""
        return to_text(value) if isinstance(value, datetime) else value

    def python_value(self, value: str | None) -> datetime | None:
        """What Python sees."""
        return from_text(value) if value is not None else None


class DayField(_DayText):
    """A local day of the room."""

    def db_value(self, value: date | str | None) -> str | None:
        """What the table holds."""
        if isinstance(value, datetime):  # a datetime is a date to Python; whose day it is, is not said
            raise ValueError(f"a day is no moment: {value!r}")
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        """What Python sees."""
        return date.fromisoformat(value) if value is not None else None
