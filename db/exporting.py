"""Every table as it leaves the room: what it means, which columns go, and their rows at one moment.

What names people, or was written by them, stays here unless it is asked for by its name.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from peewee import BooleanField, Field, ForeignKeyField, IntegerField

from db import board_models, connection, erasing, figure_models, models, shift_models
from db.dictionary import MEANINGS
from db.errors import N_, NotPossible
from db.models import Table
from db.moments import DayField, MomentField

_PERSONAL = {
    *(
        (table, column)
        for where in (erasing.NAMES, erasing.TEXTS)
        for table in where
        for column in where[table]
    ),
    ("contact", "text"),
    ("log_read", "reader"),
    ("person", "name"),
    ("person", "phone"),
    ("sign_up", "name"),
}
_PUBLISHED = {
    ("activity", "title"),
    ("activity", "place"),
    ("session", "place"),
    ("closed_day", "reason"),
    ("other_hours", "reason"),
    ("hourly_rate", "source"),
}
"""People wrote these to be read by everybody: on the poster, in the calendar, beside the rate."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    meaning: str
    """In English, marked for translation."""
    type: str
    """integer, boolean (0 or 1), date, moment (UTC) or text."""
    required: bool
    refers_to: tuple[str, str] | None
    """The table and the column that hold what it points to."""
    personal: bool
    """Whether it names people, or somebody wrote it in their own words."""


@dataclass(frozen=True)
class Sheet:
    """A table that is handed out."""

    name: str
    meaning: str
    """In English, marked for translation."""
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns that tell its rows apart."""

    @property
    def personal(self) -> tuple[str, ...]:
        """How its columns about people are asked for."""
        return tuple(f"{self.name}.{column.name}" for column in self.columns if column.personal)


def sheets() -> tuple[Sheet, ...]:
    """All tables with all their columns."""
    tables = {
        model._meta.table_name: model
        for model in (*models.TABLES, *board_models.TABLES, *shift_models.TABLES, *figure_models.TABLES)
    }
    return tuple(_sheet(name, tables[name]) for name in MEANINGS)


def without_people(asked: Collection[str] = ()) -> tuple[Sheet, ...]:
    """All tables without what is about people, but for what is asked for.

    Args:
        asked: columns about people, such as `person.name`.

    Raises:
        NotPossible: there is no such column, or it is not about people.
    """
    complete = sheets()
    known = [name for sheet in complete for name in sheet.personal]
    for name in asked:
        if name not in known:
            raise NotPossible(
                N_("{name} is no column about people. Those are: {known}."), name=name, known=", ".join(known)
            )
    return tuple(
        replace(sheet, columns=tuple(column for column in sheet.columns if _goes(sheet, column, asked)))
        for sheet in complete
    )


def size(of: Collection[Sheet]) -> int:
    """How many rows these sheets have together."""
    with connection.reading():
        handle = connection.database.connection()
        return sum(
            next(iter(list(handle.execute(f'SELECT COUNT(*) FROM "{sheet.name}"'))))[0] for sheet in of
        )


def everything(of: Collection[Sheet]) -> Iterator[tuple[Sheet, Iterator[tuple[Any, ...]]]]:
    """Each sheet with its rows as they are stored, all at one moment; a sheet is read before the next."""
    with connection.reading():
        for sheet in of:
            columns = ", ".join(f'"{column.name}"' for column in sheet.columns)
            order = ", ".join(f'"{column}"' for column in sheet.key)
            query = f'SELECT {columns} FROM "{sheet.name}" ORDER BY {order}'
            yield sheet, connection.database.connection().execute(query)


def _goes(sheet: Sheet, column: Column, asked: Collection[str]) -> bool:
    return not column.personal or f"{sheet.name}.{column.name}" in asked


def _sheet(name: str, model: type[Table]) -> Sheet:
    meaning = MEANINGS[name]
    return Sheet(
        name,
        meaning.table,
        tuple(
            _column(name, field, meaning.columns[field.column_name]) for field in model._meta.sorted_fields
        ),
        tuple(field.column_name for field in model._meta.get_primary_keys()),
    )


def _column(table: str, field: "Field[Any]", meaning: str) -> Column:
    place = (table, field.column_name)
    return Column(
        field.column_name,
        meaning,
        _type(field.rel_field if isinstance(field, ForeignKeyField) else field),
        not field.null,
        (field.rel_model._meta.table_name, field.rel_field.column_name)
        if isinstance(field, ForeignKeyField)
        else None,
        place in _PERSONAL - _PUBLISHED,
    )


def _type(field: "Field[Any]") -> str:
    match field:
        case BooleanField():
            return "boolean"
        case IntegerField():
            return "integer"
        case DayField():
            return "date"
        case MomentField():
            return "moment"
    return "text"
