"""The room's tables as CSV files, in a directory or a zip, with what each means (Frictionless Data Package).

https://specs.frictionlessdata.io/data-package/ and /tabular-data-resource/: any program can read it, and
a person can too.
"""

import csv
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from io import TextIOWrapper
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, TextIO

from db import clock, connection, copies, exporting, files
from db import room as rooms
from db.errors import N_, NotPossible
from db.exporting import Column, Sheet
from db.mishaps import saying
from hostdesk.reports import written
from hostdesk.reports.cells import inert
from hostdesk.words import gettext, in_each_language

_TYPES: dict[str, dict[str, object]] = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
    "date": {"type": "date"},
    "moment": {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S.%f"},
    "text": {"type": "string"},
}
_AT_ONCE = 1000
_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a package that wait in memory to go down the line; more of them wait on the room's disk."""
_FIRST_OF_ZIP = (1980, 1, 1, 0, 0, 0)
"""A zip knows no earlier moment, and a clock without a battery may."""

Create = Callable[[str], AbstractContextManager[TextIO]]
"""Begins a file of the package, by its name."""

_ABOUT = N_(
    "All tables of the room at one moment. Moments are in UTC, days are the room's own. An empty cell means "
    "that it is not known. Texts that begin with = + - or @ have an apostrophe before them, so that no "
    "spreadsheet takes them for formulas."
)


def write(
    directory: Path,
    asked: Collection[str] = (),
    progress: Callable[[float], None] = lambda _part: None,
) -> dict[str, int]:
    """Write all tables into a new directory, whole or not at all; the rows of each table.

    Args:
        directory: made by this; an empty one may stand there.
        asked: columns about people that go along, such as `person.name`.
        progress: told how much of it is written, from 0 to 1.

    Raises:
        NotPossible: something stands there, or no such columns are about people.
        CannotOpen, DiskFull: it cannot be written there.
    """
    sheets = exporting.without_people(asked)
    with saying(directory):
        place = directory.resolve()
        written.refuse_the_rooms_own(directory, place, connection.path().resolve())
        _assert_free(directory, place)
        unfinished = place.with_name(f".{place.name}.{os.getpid()}.unfinished")
        try:
            unfinished.mkdir(parents=True)
            counts = _fill(
                lambda name: (unfinished / name).open("w", encoding="utf-8", newline=""), sheets, progress
            )
            for file in unfinished.iterdir():
                copies.onto_the_disk(file)
            files.sync_directory(unfinished)
            unfinished.rename(place)
            files.sync_directory(place.parent)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return counts


def pour(
    target: BinaryIO,
    asked: Collection[str] = (),
    progress: Callable[[float], None] = lambda _part: None,
) -> None:
    """Send the same as one zip, which is made before it goes: a slow line keeps nobody waiting.

    Raises:
        NotPossible: no such columns are about people.
        DiskFull: there is no room to make it.
        OSError: the target does not take it.
    """
    sheets = exporting.without_people(asked)
    room = connection.path()
    with SpooledTemporaryFile(_IN_MEMORY, dir=str(room.parent)) as made:
        with saying(room), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            _fill(lambda name: _part(package, name), sheets, progress)
        made.seek(0)
        shutil.copyfileobj(made, target)


def _part(package: zipfile.ZipFile, name: str) -> TextIO:
    about = zipfile.ZipInfo(name, max(clock.now().timetuple()[:6], _FIRST_OF_ZIP))
    about.compress_type = zipfile.ZIP_DEFLATED
    return TextIOWrapper(package.open(about, "w"), encoding="utf-8", newline="")


def _fill(create: Create, sheets: Collection[Sheet], progress: Callable[[float], None]) -> dict[str, int]:
    """Write each table, and what it all means; the rows of each."""
    counts: dict[str, int] = {}
    size = max(exporting.size(sheets), 1)
    for sheet, rows in exporting.everything(sheets):
        seen = _telling(rows, sum(counts.values()), size, progress)
        with create(f"{sheet.name}.csv") as file:
            counts[sheet.name] = _write_table(file, sheet, seen)
    with create("datapackage.json") as file:
        file.write(json.dumps(_package(sheets), ensure_ascii=False, indent=2) + "\n")
    return counts


def _assert_free(directory: Path, place: Path) -> None:
    if place.is_dir() and any(place.iterdir()):
        raise NotPossible(
            N_("{path} has something in it already. Name a directory that does not exist yet."),
            path=directory,
        )
    if place.exists() and not place.is_dir():
        raise NotPossible(N_("{path} is no directory; it was left as it is."), path=directory)


def _telling(
    rows: Iterable[tuple[Any, ...]], before: int, size: int, progress: Callable[[float], None]
) -> Iterator[tuple[Any, ...]]:
    """The same rows; tells now and then how far they are."""
    for number, row in enumerate(rows, before):
        if number % _AT_ONCE == 0:
            progress(min(number / size, 1.0))
        yield row


def _write_table(file: TextIO, sheet: Sheet, rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    table = csv.writer(file)
    table.writerow(column.name for column in sheet.columns)
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last one is how many there are
        table.writerow(inert(cell) if isinstance(cell, str) else cell for cell in row)
    return count


def _package(sheets: Iterable[Sheet]) -> dict[str, object]:
    room = rooms.current()
    return {
        "profile": "tabular-data-package",
        "name": f"hostdesk-{room.uuid}",
        "title": room.name,
        **_in_words(_ABOUT),
        "created": clock.now().isoformat(timespec="seconds"),
        "timezone": room.timezone,
        "resources": [_resource(sheet) for sheet in sheets],
    }


def _resource(sheet: Sheet) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column) for column in sheet.columns],
        "missingValues": [""],
    }
    names = {column.name for column in sheet.columns}
    if names.issuperset(sheet.key):
        schema["primaryKey"] = list(sheet.key)
    if keys := [_foreign_key(sheet, column) for column in sheet.columns if column.refers_to]:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        **_in_words(sheet.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, object]:
    required = column.required and column.type != "text"  # an empty text is a text too
    return {
        "name": column.name,
        **_TYPES[column.type],
        **_in_words(column.meaning),
        **({"constraints": {"required": True}} if required else {}),
    }


def _foreign_key(sheet: Sheet, column: Column) -> dict[str, object]:
    assert column.refers_to
    table, key = column.refers_to
    resource = "" if table == sheet.name else table
    return {"fields": column.name, "reference": {"resource": resource, "fields": key}}


def _in_words(meaning: str) -> dict[str, object]:
    """What it means, in the language spoken now, and in each of ours for who reads another one."""
    return {"description": gettext(meaning), "descriptions": in_each_language(meaning)}
