"""What is known of earlier days, filed all at once: the same rows that counting them would have left.

Counting waits for the disk at every key press; here whole days go in by the thousand, in one
transaction a call. What was done on the board is done again, at the moment at which it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from peewee import fn

from db import clock, models, shifts
from db.connection import database, writing
from db.door_rows import ACTIONS, Kind
from db.moments import to_text, to_whole_milliseconds
from db.room import LONGEST_NAME, Room
from db.text import clean

_MILLISECOND = timedelta(milliseconds=1)


class Happening(NamedTuple):
    """Something at the door on an earlier day."""

    at: datetime
    """When: in UTC, and never before the happening that stands before it."""
    kind: Kind
    n: int
    """Persons; for an undo, those of what it takes back."""
    of: int | None = None
    """What an undo, a first visit or a reason is about: its place among the day's happenings."""
    reason: str | None = None
    """For a reason: its code, from the room's list."""


@dataclass(frozen=True)
class Day:
    """An earlier day of the room."""

    day: date
    """The room's day, to which all its happenings belong (see `room.day_of`)."""
    happenings: Sequence[Happening]
    closings: Mapping[datetime, datetime] = field(default_factory=dict)
    """When a host closed the shift, by its planned end; a shift that isn't here was forgotten."""

    def voided(self) -> set[int]:
        """The places of the happenings that were taken back."""
        return {event.of for event in self.happenings if event.kind is Kind.UNDO and event.of is not None}

    def visits(self) -> int:
        """Arrivals of visitors that nobody took back, in persons."""
        voided = self.voided()
        return sum(
            event.n
            for place, event in enumerate(self.happenings)
            if event.kind is Kind.ARRIVAL and place not in voided
        )


def file_days(room: Room, days: Iterable[Day], now: datetime) -> int:
    """Add these days to the ledger, with the shifts that they opened; how many door rows that made.

    The days come in order, after all that is in the ledger already. Each has a start of the machine
    of its own, since nobody knows which starts there were.

    Args:
        room: the room of the open database.
        days: the days on which something happened; others need not be given.
        now: shifts whose planned end lies before this and that no host closed were closed by themselves.
    """
    doors: list[tuple[Any, ...]] = []
    opened: list[tuple[Any, ...]] = []
    boots: list[tuple[Any, ...]] = []
    with writing():
        row, boot = _newest(models.Door), _newest(models.Boot)
        for day in days:
            if not day.happenings:
                continue
            boot += 1
            boots.append((boot, str(uuid5(UUID(room.uuid), day.day.isoformat())), row))
            doors.extend(_door_rows(room, day, row + 1, boot))
            opened.extend(_shift_rows(room, day, row + 1))
            row += len(day.happenings)
        boot_table, shift, door = models.Boot, models.Shift, models.Door
        _insert(boot_table, (boot_table.id, boot_table.kernel_id, boot_table.after_row), boots)
        _insert(
            door,
            (
                door.id, door.at, door.day, door.hour, door.kind, door.n,
                door.voids, door.about, door.reason, door.boot, door.boot_ms,
            ),
            doors,
        )  # fmt: skip
        _insert(
            shift,
            (
                shift.day, shift.planned_opens_at, shift.planned_closes_at, shift.opened_at,
                shift.opened_by, shift.closed_at, shift.closed_automatically,
            ),
            opened,
        )  # fmt: skip
        shifts.close_forgotten(now)
    return len(doors)


def retell(stories: Iterable[Iterator[datetime]], now: datetime) -> None:
    """Let these stories happen once more, in the order of their moments: all up to now, or nothing.

    Args:
        stories: each waits for a moment by yielding it, and then does what was done then.
        now: whoever waits for later than this waits for ever.
    """
    with writing(), clock.retelling() as told:
        told.at = datetime.min.replace(tzinfo=now.tzinfo)
        waiting = [(told.at, number, story) for number, story in enumerate(stories)]
        heapify(waiting)
        while waiting:
            at, number, story = heappop(waiting)
            told.at = max(told.at, at)
            later = next(story, None)
            if later is not None and later <= now:
                heappush(waiting, (later, number, story))


def close_days(reasons: Mapping[date, str]) -> None:
    """Keep the room shut on these days, each for its reason, although the week says otherwise."""
    closed = models.ClosedDay
    with writing():
        rows = [(day.isoformat(), clean(reason, most=LONGEST_NAME)) for day, reason in reasons.items()]
        _insert(closed, (closed.day, closed.reason), rows)


def _door_rows(room: Room, day: Day, first_row: int, boot: int) -> Iterator[tuple[Any, ...]]:
    """The day's rows of the ledger, as `db.door` would have written them one by one."""
    day_text, zone = day.day.isoformat(), room.zone
    booted_at = to_whole_milliseconds(day.happenings[0].at)
    for row, (at, kind, n, of, reason) in enumerate(day.happenings, first_row):
        target = None if of is None else first_row + of
        voids, about = (target, None) if kind is Kind.UNDO else (None, target)
        hour, since_boot = at.astimezone(zone).hour, (at - booted_at) // _MILLISECOND
        yield row, to_text(at), day_text, hour, kind, n, voids, about, reason, boot, since_boot


def _shift_rows(room: Room, day: Day, first_row: int) -> Iterator[tuple[Any, ...]]:
    """The shifts that the day's actions opened, and when a host closed them."""
    stretches, voided = shifts.Stretches(room, day.day), day.voided()
    actions = (
        (event.at, first_row + place)
        for place, event in enumerate(day.happenings)
        if event.kind in ACTIONS and stretches.opened_by(stands=place not in voided)
    )
    for (opens_at, closes_at), of_stretch in groupby(actions, lambda action: stretches.nearest(action[0])):
        opened_at, opened_by = next(of_stretch)
        closed_at = day.closings.get(closes_at)
        yield (
            day.day.isoformat(),
            to_text(opens_at) if opens_at else None,
            to_text(closes_at),
            to_text(opened_at),
            opened_by,
            to_text(closed_at) if closed_at else None,
            False,
        )


def _newest(table: type[models.Door] | type[models.Boot]) -> int:
    return int(table.select(fn.MAX(table.id)).scalar() or 0)


def _insert(table: type[models.Table], fields: Sequence[Any], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows as they stand in the table; Peewee would build a statement that binds all of them."""
    columns = ", ".join(f'"{column.column_name}"' for column in fields)
    places = ", ".join("?" * len(fields))
    statement = f'INSERT INTO "{table._meta.table_name}" ({columns}) VALUES ({places})'
    database.cursor().executemany(statement, rows)
