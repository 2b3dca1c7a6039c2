"""What is erased in a file of the room, and how: the open one, a backup, or what a restore put aside.

Asks the tables directly, without the models: a backup may be older than they are. What goes is gone
from the file's bytes once that is written anew: the search index deletes securely, from its own pages too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import apsw

from db.mentions import Found, Sought

NAMES = {
    "log_entry": ("by",),
    "log_change": ("by",),
    "closing_step": ("by",),
    "checklist_mark": ("by",),
    "wish": ("via",),
    "me_too": ("via",),
    "activity": ("leader",),
    "session": ("leader",),
    "advice_request": ("asked_by", "answered_by"),
    "board_event": ("by",),
    "correction": ("by",),
}
"""Columns that hold who did something. (Also `person.name`, `log_read.reader` and `sign_up.name`.)"""

TEXTS = {
    "log_entry": ("text",),
    "log_change": ("text",),
    "wish": ("text", "reason"),
    "activity": ("title", "needs", "place", "reason"),
    "session": ("reason", "how", "place"),
    "advice_request": ("question", "answer"),
    "board_event": ("text",),
    "checklist_item": ("text",),
    "checklist_mark": ("text",),
    "closed_day": ("reason",),
    "other_hours": ("reason",),
    "cost_line": ("name",),
    "hourly_rate": ("source",),
    "earlier_import": ("file",),
    "correction": ("why",),
}
"""Columns that hold what people wrote, in which a name may stand. (And `contact.text`.)"""

WORDS = ("log_words", "wish_words")
"""The search indexes."""

EVERYTHING = date.max
"""Erase all, however new, and also what goes on still."""

_ALL = f"?1 = '{EVERYTHING.isoformat()}'"
_A_NOTE = "text IS NOT NULL AND kind <> 'incident' AND NOT by_itself"
_AN_INCIDENT = "text IS NOT NULL AND kind = 'incident'"
_NAMED_BEFORE = {
    "closing_step": "day < ?",
    "checklist_mark": "day < ?",
    "wish": "voiced_at < ?",
    "me_too": "at < ?",
    "session": "day < ?",
    "board_event": "at < ?",
    "advice_request": "asked_at < ?",
    "activity": f"(state IN ('done', 'not_feasible') AND since < ?1 OR {_ALL})",
    "log_entry": "text IS NULL AND day < ?",
    "correction": "day < ?",
}
_INCIDENTS = {
    "log_entry": "SELECT id FROM log_entry WHERE kind = 'incident'",
    "log_change": "SELECT log_change.id FROM log_change JOIN log_entry ON log_entry.id = entry"
    " WHERE kind = 'incident'",
}
_LEFT = {"person": "name = ''", "log_entry": "text IS NULL"}
"""What stands where somebody was named, or something was written."""
_SOMEBODYS = "person IN (SELECT id FROM person WHERE name <> '')"
_FORGOTTEN = (
    f"name <> '' AND (ended_on < ?1 OR {_ALL})"
    " AND NOT EXISTS (SELECT 1 FROM duty WHERE duty.person = person.id)"
)
_SIGNED_UP = "name IS NOT NULL AND session IN (SELECT id FROM session WHERE day < ?)"

GONE = "…"
"""Stands where a name was."""


@dataclass(frozen=True)
class Limits:
    """The first day that is kept, for each thing; None where it is kept for ever."""

    notes: date | None = None
    incidents: date | None = None
    names: date | None = None
    contacts: date | None = None
    sign_ups: date | None = None


ALL = Limits(*[EVERYTHING] * 5)
"""Everything goes."""


@dataclass(frozen=True)
class Erased:
    """How much was erased, or would be."""

    notes: int = 0
    incidents: int = 0
    names: int = 0
    """Places where somebody was named as the one who did something or was on duty."""
    people: int = 0
    """People of the house whose name is not kept anywhere any more."""
    contacts: int = 0
    sign_ups: int = 0

    def __add__(self, other: "Erased") -> "Erased":
        """Both together."""
        return Erased(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return any(getattr(self, one.name) for one in fields(self))


def erase_due(file: apsw.Connection, limits: Limits) -> Erased:
    """Erase what is older than it may be; whoever calls this has begun a transaction."""
    tables = _tables(file)
    return Erased(
        notes=_erase_entries(file, tables, _A_NOTE, limits.notes),
        incidents=_erase_entries(file, tables, _AN_INCIDENT, limits.incidents),
        names=_erase_names(file, tables, limits.names),
        people=_erase_people(file, tables, limits.names),
        contacts=_erase_contacts(file, tables, limits.contacts),
        sign_ups=_erase_sign_ups(file, tables, limits.sign_ups),
    )


def is_due(file: apsw.Connection, limits: Limits) -> bool:
    """Whether a file has something that is older than it may be; it is only read."""
    tables = _tables(file)
    asked = [
        ("log_entry", f"{_A_NOTE} AND day < ?", limits.notes),
        ("log_entry", f"{_AN_INCIDENT} AND day < ?", limits.incidents),
        *(
            (table, f"{where} AND \"{column}\" <> ''", limits.names)
            for table, where in _NAMED_BEFORE.items()
            for column in NAMES[table]
        ),
        ("duty", f"day < ? AND {_SOMEBODYS}", limits.names),
        ("person", _FORGOTTEN, limits.names),
        ("contact", "erase_on < ?", limits.contacts),
        ("sign_up", _SIGNED_UP, limits.sign_ups),
    ]
    return any(
        list(file.execute(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1", (first.isoformat(),)))
        for table, where, first in asked
        if first is not None and table in tables
    )


def is_emptied(file: apsw.Connection) -> bool:
    """Whether all texts and names were taken out of a file, and there were some."""
    left = [table for table in ("person", "log_entry") if table in _tables(file)]
    asked = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE {_LEFT[table]}" for table in left)
    return bool(left) and bool(list(file.execute(f"{asked} LIMIT 1"))) and not is_due(file, ALL)


@dataclass(frozen=True)
class Mention:
    """A text in which a name stands, or what may be that name."""

    table: str
    text: str
    found: Found
    incident: bool
    """Whether the text is that of an incident, which is not for everybody."""


def places_of(file: apsw.Connection, sought: Sought) -> dict[str, int]:
    """In which tables a name stands, and how often; a person's duties and reading too."""
    tables = _tables(file)
    found: dict[str, int] = {}
    for table, column in _name_columns(tables):
        found[table] = found.get(table, 0) + sum(
            _is(value, sought.name) for (value,) in file.execute(f'SELECT "{column}" FROM {table}')
        )
    for mention in mentions(file, sought):
        found[mention.table] = found.get(mention.table, 0) + bool(mention.found.name)
    if "duty" in tables:
        query = "SELECT name FROM duty JOIN person ON person.id = duty.person"
        found["duty"] = sum(_is(value, sought.name) for (value,) in file.execute(query))
    return {table: n for table, n in found.items() if n}


def mentions(file: apsw.Connection, sought: Sought) -> Iterator[Mention]:
    """The texts in which a name stands, and those in which it may."""
    tables = _tables(file)
    incidents: dict[str, set[int]] = {}
    for table, query in _INCIDENTS.items():
        incidents[table] = {id_ for (id_,) in file.execute(query)} if table in tables else set()
    for table, column in _text_columns(tables):
        for id_, text in _values(file, table, column):
            if text and (found := sought.find(text)):
                yield Mention(table, text, found, id_ in incidents.get(table, ()))


def erase_name(file: apsw.Connection, sought: Sought) -> Erased:
    """Erase a name wherever it stands; whoever calls this has begun a transaction.

    Numbers and hours stay: who it was is said nowhere any more.
    """
    tables = _tables(file)
    names = people = sign_ups = contacts = 0
    for table, column in _name_columns(tables):
        gone = [(id_,) for id_, value in _values(file, table, column) if _is(value, sought.name)]
        if table == "log_read":
            file.executemany("DELETE FROM log_read WHERE rowid = ?", gone)
        elif table == "sign_up":
            file.executemany("UPDATE sign_up SET name = NULL WHERE rowid = ?", gone)
        else:
            file.executemany(f"UPDATE {table} SET \"{column}\" = '' WHERE rowid = ?", gone)
        if table == "person":
            people += len(gone)
            file.executemany(
                "UPDATE person SET phone = NULL, ended_on = COALESCE(ended_on, since) WHERE rowid = ?", gone
            )
        elif table == "sign_up":
            sign_ups += len(gone)
        else:
            names += len(gone)
    for table, column in _text_columns(tables):
        changed = [
            (struck, id_)
            for id_, value in _values(file, table, column)
            if value and (struck := sought.struck(value, GONE)) != value
        ]
        if table == "contact":
            file.executemany("DELETE FROM contact WHERE rowid = ?", [(id_,) for _, id_ in changed])
            contacts += len(changed)
        else:
            file.executemany(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', changed)
            names += len(changed)
    for words in WORDS:
        if words in tables:
            _index_anew(file, words, sought)
    return Erased(names=names, people=people, contacts=contacts, sign_ups=sign_ups)


def _erase_entries(file: apsw.Connection, tables: set[str], which: str, first: date | None) -> int:
    """Notes or incidents: their texts and who wrote and read them; the day and the kind stay."""
    if first is None or "log_entry" not in tables:
        return 0
    due = list(file.execute(f"SELECT id FROM log_entry WHERE {which} AND day < ?", (first.isoformat(),)))
    file.executemany("DELETE FROM log_read WHERE entry = ?", due)
    file.executemany("UPDATE log_change SET text = NULL, by = '' WHERE entry = ?", due)
    file.executemany("DELETE FROM log_words WHERE rowid = ?", due)
    file.executemany(
        "UPDATE log_entry SET text = NULL, by = '', follow_up = iif(follow_up IS NULL, NULL, 'done')"
        " WHERE id = ?",
        due,
    )
    return len(due)


def _erase_names(file: apsw.Connection, tables: set[str], first: date | None) -> int:
    """Who did something long ago, and who was on duty then: the hours stay, with somebody nameless.

    Each year has nameless people of its own, so that it still says how many they were.
    """
    if first is None:
        return 0
    day, n = first.isoformat(), 0
    for table, where in _NAMED_BEFORE.items():
        for column in NAMES[table] if table in tables else ():
            file.execute(f"UPDATE {table} SET \"{column}\" = '' WHERE {where} AND \"{column}\" <> ''", (day,))
            n += file.changes()
    if "duty" in tables:
        query = (
            "SELECT DISTINCT duty.person, substr(duty.day, 1, 4), person.kind FROM duty"
            " JOIN person ON person.id = duty.person WHERE duty.day < ? AND person.name <> ''"
        )
        for person, year, kind in list(file.execute(query, (day,))):
            file.execute(
                "INSERT INTO person (name, kind, since, ended_on) VALUES ('', ?, ?, ?)",
                (kind, f"{year}-01-01", f"{year}-12-31"),
            )
            file.execute(
                "UPDATE duty SET person = ?, pattern = NULL"
                " WHERE person = ? AND substr(day, 1, 4) = ? AND day < ?",
                (file.last_insert_rowid(), person, year, day),
            )
            n += file.changes()
    return n


def _erase_people(file: apsw.Connection, tables: set[str], first: date | None) -> int:
    """Who stopped so long ago that no duty has their name any more.

    Where everybody goes, who was nameless since then is put on no roster by the weekly pattern.
    """
    if first is None or "person" not in tables:
        return 0
    file.execute(
        f"UPDATE person SET name = '', phone = NULL, ended_on = COALESCE(ended_on, since) WHERE {_FORGOTTEN}",
        (first.isoformat(),),
    )
    return file.changes()


def _erase_contacts(file: apsw.Connection, tables: set[str], first: date | None) -> int:
    if first is None or "contact" not in tables:
        return 0
    file.execute("DELETE FROM contact WHERE erase_on < ?", (first.isoformat(),))
    return file.changes()


def _erase_sign_ups(file: apsw.Connection, tables: set[str], first: date | None) -> int:
    if first is None or "sign_up" not in tables:
        return 0
    file.execute(f"UPDATE sign_up SET name = NULL WHERE {_SIGNED_UP}", (first.isoformat(),))
    return file.changes()


def _index_anew(file: apsw.Connection, words: str, sought: Sought) -> None:
    """Write the search index anew, without the name."""
    changed = [
        (id_, struck)
        for id_, text in list(file.execute(f"SELECT rowid, text FROM {words}"))
        if (struck := sought.struck(text, GONE)) != text
    ]
    file.executemany(f"DELETE FROM {words} WHERE rowid = ?", [(id_,) for id_, _ in changed])
    file.executemany(f"INSERT INTO {words} (rowid, text) VALUES (?, ?)", changed)
    file.execute(f"INSERT INTO {words}({words}) VALUES ('rebuild')")


def _tables(file: apsw.Connection) -> set[str]:
    return {name for (name,) in list(file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))}


def _name_columns(tables: set[str]) -> Iterator[tuple[str, str]]:
    found = {**NAMES, "log_read": ("reader",), "sign_up": ("name",), "person": ("name",)}
    return _there(found, tables)


def _text_columns(tables: set[str]) -> Iterator[tuple[str, str]]:
    return _there({**TEXTS, "contact": ("text",)}, tables)


def _there(columns: dict[str, tuple[str, ...]], tables: set[str]) -> Iterator[tuple[str, str]]:
    return ((table, column) for table, names in columns.items() if table in tables for column in names)


def _values(file: apsw.Connection, table: str, column: str) -> Iterable[tuple[int, Any]]:
    return list(file.execute(f'SELECT rowid, "{column}" FROM {table}'))


def _is(value: object, name: str) -> bool:
    return isinstance(value, str) and value.casefold() == name.casefold()
