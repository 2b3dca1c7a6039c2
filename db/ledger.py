"""What must be true of the door ledger and of the room it belongs to, whatever program wrote there.

Asks the tables directly, without the models: a ledger that is wrong cannot be read with them.
"""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import apsw

from db import moments
from db import room as rooms
from db.door import MOST_AT_ONCE, MOST_HEADS
from db.door_rows import ACTIONS, Kind
from db.errors import N_
from db.findings import Finding
from db.room import LANGUAGES

_OF_ALL = (Kind.FIRST_VISIT, Kind.FIRST_THIS_WEEK)
_TAGS = (*_OF_ALL, Kind.REASON)
_TAGGED = (Kind.ARRIVAL, Kind.VOLUNTEER)
_MOMENT = "####-##-## ##:##:##.###".replace("#", "[0-9]")


def _listed(kinds: tuple[Kind, ...]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


RULES: dict[str, tuple[str, str]] = {
    "unknown_kind": (
        f"row.kind NOT IN ({_listed(tuple(Kind))})",
        N_("Rows of the door ledger of a kind that hostdesk does not know: {n}. The first is row {row}."),
    ),
    "number": (
        "typeof(row.n) <> 'integer'"
        f" OR row.n < (row.kind NOT IN ({_listed((Kind.HEADCOUNT, Kind.UNDO, *_TAGS))}))"
        f" OR row.n > iif(row.kind IN ('{Kind.HEADCOUNT}', '{Kind.UNDO}'), {MOST_HEADS}, {MOST_AT_ONCE})",
        N_("Rows of the door ledger with a number of people that cannot be: {n}. The first is row {row}."),
    ),
    "voids": (
        f"(row.kind = '{Kind.UNDO}') <> (row.voids IS NOT NULL)",
        N_(
            "Rows of the door ledger that undo nothing, or undo without saying so: {n}. "
            "The first is row {row}."
        ),
    ),
    "undone_kind": (
        f"row.voids IS NOT NULL AND (target.id IS NULL OR target.id >= row.id"
        f" OR target.kind NOT IN ({_listed(ACTIONS)}))",
        N_("Rows of the door ledger that undo something that cannot be undone: {n}. The first is row {row}."),
    ),
    "undone_number": (
        "row.n <> target.n",
        N_("Rows of the door ledger that undo another number than was counted: {n}. The first is row {row}."),
    ),
    "undone_twice": (
        "row.voids IS NOT NULL AND row.id NOT IN"
        " (SELECT MIN(id) FROM door WHERE voids IS NOT NULL GROUP BY voids)",
        N_("Rows of the door ledger that undo what was undone already: {n}. The first is row {row}."),
    ),
    "tag": (
        f"(row.kind IN ({_listed(_TAGS)})) <> (row.about IS NOT NULL) OR row.about IS NOT NULL"
        f" AND (tagged.id IS NULL OR tagged.id >= row.id OR tagged.kind NOT IN ({_listed(_TAGGED)}))",
        N_("Rows about an arrival that is not there: {n}. The first is row {row}."),
    ),
    "first_visits": (
        f"row.kind IN ({_listed(_OF_ALL)}) AND row.n > tagged.n",
        N_("Rows with more first visits than people who came in: {n}. The first is row {row}."),
    ),
    "reason": (
        f"(row.kind = '{Kind.REASON}') <> (row.reason IS NOT NULL)",
        N_("Rows that lack a reason for the visit, or have one too many: {n}. The first is row {row}."),
    ),
}
"""What is wrong with a row of the ledger (in SQL), and how to say it."""


def findings(room: apsw.Connection) -> Iterator[Finding]:
    """Everything that cannot be true in this room's rows."""
    yield from _room(room)
    yield from _rows(room)
    if zone := _zone(room):
        yield from _filing(room, zone)


def _room(room: apsw.Connection) -> Iterator[Finding]:
    """There is one room, and it says who it is, which language it speaks, and where its clock is."""
    found = list(room.execute("SELECT uuid, language, timezone, id FROM room"))
    if len(found) != 1 or found[0][3] != 1:
        yield Finding(
            "room", N_("This file should hold one room and holds {n}. Put back a backup."), {"n": len(found)}
        )
    for identity, language, zone, _ in found[:1]:
        if not _is_uuid(identity):
            yield Finding("uuid", N_("The room has lost the number that tells it from others (its uuid)."))
        if language not in LANGUAGES:
            yield Finding(
                "language", N_("The room's language is {language}, not nl or en."), {"language": language}
            )
        if _zone(room) is None:
            yield Finding("timezone", N_("The room's time zone {zone} does not exist."), {"zone": zone})


def _rows(room: apsw.Connection) -> Iterator[Finding]:
    """Hold every row against all rules, in one walk over the ledger."""
    counts = ", ".join(
        f"COUNT(*) FILTER (WHERE {wrong}), MIN(row.id) FILTER (WHERE {wrong})" for wrong, _ in RULES.values()
    )
    (found,) = room.execute(
        f"SELECT {counts} FROM door AS row LEFT JOIN door AS target ON target.id = row.voids"
        " LEFT JOIN door AS tagged ON tagged.id = row.about"
    )
    for (code, (_, sentence)), n, first in zip(RULES.items(), found[::2], found[1::2], strict=True):
        if n:
            yield Finding(code, sentence, {"n": n, "row": first})


def _filing(room: apsw.Connection, zone: ZoneInfo) -> Iterator[Finding]:
    """Each row's moment can be read, and it is filed under the day and hour of the room's clock."""
    lasts = _lasts(room)
    illegible, misfiled = [], []
    # Undoing and tagging have the day of what they are about, however much later they were said.
    action = f"kind IN ({_listed(ACTIONS)})"
    for row_id, minute, whole, day, hour, acted in room.execute(
        f"SELECT id, substr(at, 1, 16), at GLOB '{_MOMENT}', day, hour, {action} FROM door"
    ):
        local = _local(minute, zone) if whole else None
        if local is None or not _is_day(day):
            illegible.append(row_id)
        elif local.hour != hour or (acted and not _belongs(local, day, lasts)):
            misfiled.append(row_id)
    if illegible:
        yield Finding(
            "moment",
            N_(
                "Rows of the door ledger without a day or moment that can be read: {n}. "
                "The first is row {row}."
            ),
            {"n": len(illegible), "row": illegible[0]},
        )
    if misfiled:
        yield Finding(
            "filing",
            N_(
                "Rows of the door ledger under another day or hour than that of their moment: {n}. "
                "The first is row {row}."
            ),
            {"n": len(misfiled), "row": misfiled[0]},
        )


def _lasts(room: apsw.Connection) -> dict[str, datetime]:
    """Until when each planned day on which the room opened went on, those who are late included."""
    lasts: dict[str, datetime] = {}
    for day, closes in room.execute(
        "SELECT day, substr(MAX(planned_closes_at), 1, 16) FROM shift"
        f" WHERE planned_opens_at IS NOT NULL AND planned_closes_at GLOB '{_MOMENT}' GROUP BY day"
    ):
        with suppress(ValueError):
            lasts[day] = moments.from_text(closes) + rooms.LATE
    return lasts


def _belongs(local: datetime, day: str, lasts: dict[str, datetime]) -> bool:
    """Whether this local moment may be filed under this day: its own, or that of the evening shift."""
    if day == str(local)[:10]:
        return True
    before = local.date() - timedelta(days=1)
    return day == before.isoformat() and day in lasts and local < lasts[day]


@lru_cache(maxsize=1024)
def _local(minute: str, zone: ZoneInfo) -> datetime | None:
    """This minute on the room's clock; None when there is no such minute."""
    try:
        return moments.from_text(minute).astimezone(zone)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _is_day(text: object) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_uuid(text: object) -> bool:
    try:
        uuid.UUID(str(text))
    except ValueError:
        return False
    return True


def _zone(room: apsw.Connection) -> ZoneInfo | None:
    """The room's time zone, if it is one."""
    for (name,) in list(room.execute("SELECT timezone FROM room")):
        try:
            return ZoneInfo(str(name))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    return None
