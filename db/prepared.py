"""Questions that every key press asks: put into SQL once, asked many times.

Peewee takes some thirty times as long to write such a query as SQLite takes to answer it; so what a
key press and the screen need is written once, with `given` places for what changes.
"""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from peewee import Value

from db.connection import database
from db.moments import to_text


class _Given:
    """Stands where a value comes with each asking."""

    def __init__(self, name: str) -> None:
        self.name = name


def given(name: str) -> Any:
    """A place in the query for the value of this name."""
    return Value(_Given(name), converter=False)


class Prepared:
    """A Peewee query whose SQL is written at its first asking.

    Moments and days are stored text in what it answers (`db.moments`): most of them nobody reads.
    """

    def __init__(self, query: Any) -> None:
        """Take the query, with `given` places."""
        self._query = query

    @cached_property
    def _written(self) -> tuple[str, list[Any]]:
        sql, values = self._query.sql()
        return sql, [value if isinstance(value, _Given) else _stored(value) for value in values]

    def rows(self, **values: Any) -> list[Any]:
        """All rows as tuples: a half-read query would pin an old state of the file."""
        return list(self._asked(values))

    def row(self, **values: Any) -> Any:
        """The first row as a tuple, or None."""
        return next(iter(self.rows(**values)), None)

    def change(self, **values: Any) -> int:
        """Do what the query says; how many rows it changed."""
        return int(database.rows_affected(self._asked(values)))

    def add(self, **values: Any) -> int:
        """Add the row that the query says; its id."""
        return int(database.last_insert_id(self._asked(values)))

    def _asked(self, values: dict[str, Any]) -> Any:
        sql, places = self._written
        return database.execute_sql(
            sql, [_stored(values[place.name]) if isinstance(place, _Given) else place for place in places]
        )


def _stored(value: Any) -> Any:
    """The value as the tables hold it."""
    if isinstance(value, datetime):
        return to_text(value)
    return value.isoformat() if isinstance(value, date) else value
