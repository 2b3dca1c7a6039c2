"""Whether the room's file is sound: its bytes, its tables, its ledger and its backups, said in words.

Only reads: whoever finds damage must not write over it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

from db import backup, connection, errors, files, ledger
from db import room as rooms
from db.backup import Backup
from db.errors import N_
from db.findings import Finding
from db.light_peewee import APSWDatabase
from db.mishaps import is_only_read, saying
from db.moments import DayField, MomentField

if TYPE_CHECKING:
    from peewee import Field

BACKUP_DAYS = 7
"""A room whose newest backup is older is told so."""

_MOST_DETAILS = 20


@dataclass(frozen=True)
class Report:
    """What the check found."""

    findings: tuple[Finding, ...]
    rows: int | None
    """Rows of the door ledger; None when they can't be counted."""
    newest_backup: Backup | None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with the file itself, whatever its disk does."""
        return not any(finding.serious for finding in self.findings if finding.code != "read_only")

    @property
    def all_is_well(self) -> bool:
        """Whether nothing is wrong at all."""
        return not any(finding.serious for finding in self.findings)


def check(file: Path) -> Report:
    """Look at everything that can be wrong with a room's file, and change nothing.

    Raises:
        NoRoom, SetAside, Emptied, NotARoom, NewerRoom, CannotOpen, Busy: it cannot be looked at.
    """
    files.refuse_other_than_file(file)
    newest = backup.newest(file)
    with saying(file):
        files.assert_there(file)
        connection.assert_ours(file)
        try:
            with connection.looking_at(file) as room:
                findings = list(_everything(room, newest))
                findings += _card(file)
                rows = _rows(room)
                if not any(finding.code == "damaged" for finding in findings):  # that should not be backed up
                    findings += _backups(newest, rooms.now_in(room).date())
        except (apsw.CorruptError, apsw.NotADBError) as problem:  # not even its list of tables can be read
            findings, rows = [_damage([str(problem)], newest)], None
    return Report(tuple(findings), rows, newest)


def newest_good(file: Path) -> Backup | None:
    """The newest backup beside this database that is sound, or None when there is none.

    Each is read whole, from the newest on, until one is.
    """
    return next((copy for copy in reversed(backup.all_of(file)) if not spoiled(copy.file)), None)


def spoiled(file: Path) -> errors.HostdeskError | None:
    """Why this file cannot be gone on with, for who stumbled over what it holds; None when it is sound."""
    try:
        return None if check(file).sound else errors.Spoiled(path=file)
    except errors.HostdeskError as problem:
        return problem
    except Exception:  # what stands there cannot even be read
        return errors.Spoiled(path=file)


def _everything(room: apsw.Connection, newest: Backup | None) -> Iterator[Finding]:
    """Ask all questions; damage that several of them meet is told once, and nothing is asked of it twice."""
    version = int(room.pragma("user_version"))
    connection.refuse_newer(Path(room.filename), version)
    if damage := _damaged_places(room):
        yield _damage(damage, newest)
        return
    yield from _references(room)
    if version < connection.SCHEMA_VERSION:
        yield Finding(
            "older",
            N_("The tables are those of an older hostdesk; opening the room brings them up to date."),
            serious=False,
        )
        return
    wrong = [*_schema(room), *_texts(room)]
    yield from wrong
    if not any(finding.code in {"table", "columns"} for finding in wrong):
        yield from ledger.findings(room)
        yield from _words(room)
        yield from _times(room)
        yield from _values(room)


def _card(file: Path) -> Iterator[Finding]:
    """A sound file on a card that takes no count is not all well."""
    if is_only_read(file):
        sentence = N_(
            "The disk of {path} can only be read: nothing can be counted. A card that fails becomes so. "
            "Copy the backups elsewhere and put in a new card."
        )
        yield Finding("read_only", sentence, {"path": file})


def _damaged_places(room: apsw.Connection) -> list[str]:
    """What SQLite says of the file's pages, at most 20 lines; none when it is sound."""
    try:
        said = [str(line) for (line,) in room.execute(f"PRAGMA integrity_check({_MOST_DETAILS})")]
    except (apsw.CorruptError, apsw.NotADBError, apsw.IOError) as problem:
        return [str(problem)]
    return [] if said == ["ok"] else said


def _damage(details: list[str], newest: Backup | None) -> Finding:
    if newest is None:
        sentence = N_(
            "The file is damaged ({detail}), and there is no backup beside it. Close the desk and count on "
            "paper. A backup from elsewhere is put back with: hostdesk restore FILE. Without one, keep the "
            "file as it is and ask the coordinator to have it looked at: much of it may still be readable."
        )
        return Finding("damaged", sentence, {"detail": details[0], "details": details})
    sentence = N_(
        "The file is damaged ({detail}). Close the desk and put back the newest backup: "
        "hostdesk restore {backup}"
    )
    return Finding("damaged", sentence, {"detail": details[0], "details": details, "backup": newest.file})


def _texts(room: apsw.Connection) -> Iterator[Finding]:
    """Texts can be read as text; those of the ledger are held against its own rules."""
    tables = room.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'door'")
    for (table,) in list(tables):
        try:
            for _ in room.execute(f'SELECT * FROM "{table}"'):
                pass
        except UnicodeDecodeError:
            sentence = N_("The table {table} holds a text that cannot be read. Put back a backup.")
            yield Finding("text", sentence, {"table": table})


def _words(room: apsw.Connection) -> Iterator[Finding]:
    """Where only certain words may stand, one of those does."""
    from db.codes import CODES  # with all tables: `hostdesk --help` does without

    for place, words in CODES.items():
        table, _, column = place.partition(".")
        known = ", ".join(f"'{word}'" for word in words)
        ((n, row),) = room.execute(
            f"SELECT COUNT(*), MIN(rowid) FROM {table} WHERE {column} NOT IN ({known})"
        )
        if n:
            sentence = N_(
                "Rows of {table} with a word under {column} that hostdesk does not know: {n}. "
                "The first is row {row}. Put back a backup."
            )
            yield Finding("word", sentence, {"table": table, "column": column, "n": n, "row": row})


_TIMES = {
    "opening_hours": ("opens", "closes"),
    "other_hours": ("opens", "closes"),
    "pattern": ("begins", "ends"),
}
"""By table, the columns that say from when until when; both or neither."""


def _times(room: apsw.Connection) -> Iterator[Finding]:
    """What says from when until when are two times of the day."""
    for table, (begins, ends) in _TIMES.items():
        is_none = [
            f"{column} NOT GLOB '[0-2][0-9]:[0-5][0-9]' OR {column} > '24'" for column in (begins, ends)
        ]
        ((n, row),) = room.execute(
            f"SELECT COUNT(*), MIN(rowid) FROM {table}"
            f" WHERE {' OR '.join(is_none)} OR ({begins} IS NULL) <> ({ends} IS NULL)"
        )
        if n:
            sentence = N_(
                "Rows of {table} of which the times cannot be read: {n}. The first is row {row}. "
                "Put back a backup."
            )
            yield Finding("time", sentence, {"table": table, "n": n, "row": row})


def _values(room: apsw.Connection) -> Iterator[Finding]:
    """What stands in a column is what its kind of column holds; the ledger's rows have rules of their own."""
    from db.codes import CODES  # with all tables
    from db.models import Door, Table

    for model in Table.__subclasses__():
        if model is Door:
            continue
        table = model._meta.table_name
        wrong = {
            field.column_name: _is_none(field)
            for field in model._meta.sorted_fields
            if f"{table}.{field.column_name}" not in CODES
        }
        counts = ", ".join(
            f"COUNT(*) FILTER (WHERE {one}), MIN(rowid) FILTER (WHERE {one})" for one in wrong.values()
        )
        (found,) = room.execute(f"SELECT {counts} FROM {table}")
        for column, n, row in zip(wrong, found[::2], found[1::2], strict=True):
            if n:
                sentence = N_(
                    "Rows of {table} with something under {column} that cannot be read: {n}. "
                    "The first is row {row}. Put back a backup."
                )
                yield Finding("value", sentence, {"table": table, "column": column, "n": n, "row": row})


def _is_none(field: "Field[Any]") -> str:
    """When something is not what this column holds, in SQL."""
    from peewee import TextField

    column = field.column_name
    if isinstance(field, MomentField):
        return f"length({column}) <> 23 OR datetime({column}) IS NOT substr({column}, 1, 19)"
    if isinstance(field, DayField):
        return f"date({column}) IS NOT {column}"
    kind = "text" if isinstance(field, TextField) else "integer"
    return f"typeof({column}) NOT IN ('{kind}', 'null')"


def _references(room: apsw.Connection) -> Iterator[Finding]:
    lost = list(room.execute("PRAGMA foreign_key_check"))
    if lost:
        yield Finding(
            "references",
            N_("Rows that point to a row that is not there: {n}. The first is row {row} of {table}."),
            {"n": len(lost), "table": lost[0][0], "row": lost[0][1]},
        )


def _schema(room: apsw.Connection) -> Iterator[Finding]:
    """Hold tables, columns and indexes against those that the migrations make."""
    wanted, found = _as_migrations_make_it(), _tables(room)
    if len(missing := sorted(wanted.tables.keys() - found.tables)) > 1:  # what else is wrong follows from it
        sentence = N_("Tables are missing: {n}. The first is {table}. Put back a backup.")
        yield Finding("table", sentence, {"n": len(missing), "table": missing[0]})
        return
    for table, columns in wanted.tables.items():
        if table not in found.tables:
            yield Finding("table", N_("The table {table} is missing. Put back a backup."), {"table": table})
        elif found.tables[table] != columns:
            yield Finding(
                "columns",
                N_("The table {table} has other columns than it should. Put back a backup."),
                {"table": table},
            )
    for name, made in wanted.others.items():
        if found.others.get(name) != made:
            yield Finding(
                "index", N_("The index {name} is missing or another one. Put back a backup."), {"name": name}
            )
    strange = sorted((found.tables.keys() - wanted.tables) | (found.others.keys() - wanted.others))
    if strange:
        yield Finding(
            "strange",
            N_("Another program put something into this file: {names}. Hostdesk does not use it."),
            {"names": ", ".join(strange)},
            serious=any(name.startswith("trigger ") for name in strange),
        )


@dataclass(frozen=True)
class _Tables:
    """What is in a database's schema, in a form that can be compared."""

    tables: dict[str, frozenset[tuple[object, ...]]]
    """The name, type, not-null and place in the key of each table's columns."""
    others: dict[str, str]
    """Indexes, triggers and views, as they were made."""


def _tables(room: apsw.Connection) -> _Tables:
    tables, others = {}, {}
    for kind, name, sql in list(
        room.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    ):
        if kind == "table":
            columns = room.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,))
            tables[name] = frozenset(columns)
        else:
            others[name if kind == "index" else f"{kind} {name}"] = sql
    return _Tables(tables, others)


def _as_migrations_make_it() -> _Tables:
    fresh = APSWDatabase(":memory:")
    fresh.connect()
    try:
        connection.migrate(fresh)
        return _tables(fresh.connection())
    finally:
        fresh.close()


def _rows(room: apsw.Connection) -> int | None:
    try:
        ((rows,),) = room.execute("SELECT COUNT(*) FROM door")
    except apsw.Error:  # the findings have said why
        return None
    return int(rows)


def _backups(newest: Backup | None, today: date) -> Iterator[Finding]:
    """Whether there is a backup, and how old it is by the room's day."""
    if newest is None:
        yield Finding(
            "no_backup", N_("There is no backup yet. Make one with: hostdesk backup"), serious=False
        )
        return
    days = (today - newest.day).days
    if days > BACKUP_DAYS:
        yield Finding(
            "old_backup",
            N_("The newest backup is {days} days old. Make one with: hostdesk backup"),
            {"days": days},
            serious=False,
        )
