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

from peewee import Model, fn

from db import clock, log, models, shift_models, shifts
from db.connection import database, writing
from db.door_rows import ACTIONS, Kind
from db.moments import to_text, to_whole_milliseconds
from db.room import LONGEST_NAME, Room
from db.states import FollowUp, NoteKind
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


class Served(NamedTuple):
    """Somebody's duty on an earlier day."""

    day: date
    person: int
    planned_from: datetime | None
    planned_until: datetime | None
    from_at: datetime | None
    until_at: datetime | None
    absent: bool = False
    trainee: bool = False
    stands_in_for: int | None = None
    """The place of the duty that it is in the place of, among those that are filed with it."""


class Noted(NamedTuple):
    """Something that was written in the log on an earlier day."""

    day: date
    shift_ends: datetime
    kind: NoteKind
    text: str
    by: str
    at: datetime
    dealt_with: tuple[str, str, datetime] | None = None
    """How, by whom, and when; None for what is open, and for what never was."""
    read_by: Sequence[tuple[str, datetime]] = ()


def file_duties(served: Sequence[Served]) -> None:
    """Add these duties to the roster, as they would stand there if each had been put on it."""
    duty = shift_models.Duty
    with writing():
        first = _newest(duty) + 1
        _insert(
            duty,
            (
                duty.id, duty.day, duty.person, duty.planned_from, duty.planned_until, duty.from_at,
                duty.until_at, duty.confirmed, duty.absent, duty.trainee, duty.stands_in_for, duty.revision,
                duty.changed_at,
            ),
            [
                (
                    first + place, one.day.isoformat(), one.person, _moment(one.planned_from),
                    _moment(one.planned_until), _moment(one.from_at), _moment(one.until_at),
                    one.until_at is not None, one.absent, one.trainee,
                    None if one.stands_in_for is None else first + one.stands_in_for, 0,
                    _moment(one.until_at or one.planned_from),
                )
                for place, one in enumerate(served)
            ],
        )  # fmt: skip


def file_notes(noted: Sequence[Noted]) -> None:
    """Add these entries to the log, in the order in which they were written, and to its search index."""
    entry, change = shift_models.LogEntry, shift_models.LogChange
    read, words = shift_models.LogRead, shift_models.LogWords
    with writing():
        first = _newest(entry) + 1
        numbered = list(enumerate(noted, first))
        _insert(
            entry,
            (
                entry.id, entry.day, entry.shift_ends, entry.kind, entry.text, entry.by, entry.written_at,
                entry.happened_at, entry.expires_on, entry.by_itself, entry.follow_up,
            ),
            [
                (
                    number, one.day.isoformat(), to_text(one.shift_ends), one.kind, one.text, one.by,
                    to_text(one.at), to_text(one.at), _expires(one), False, _stands(one),
                )
                for number, one in numbered
            ],
        )  # fmt: skip
        _insert(words, (words.rowid, words.text), [(number, one.text) for number, one in numbered])
        _insert(
            change,
            (change.entry, change.what, change.text, change.by, change.at),
            [
                (number, log.DEALT_WITH, how, by, to_text(at))
                for number, one in numbered
                if one.dealt_with
                for how, by, at in [one.dealt_with]
            ],
        )
        _insert(
            read,
            (read.entry, read.reader, read.at),
            [(number, name, to_text(at)) for number, one in numbered for name, at in one.read_by],
        )


def _expires(one: Noted) -> str | None:
    """The last day on which a notice is shown."""
    return (one.day + timedelta(days=log.NOTICE_DAYS)).isoformat() if one.kind is NoteKind.NOTICE else None


def _stands(one: Noted) -> str | None:
    """Where the follow-up stands."""
    if one.kind not in log.OPENS_A_FOLLOW_UP:
        return None
    return FollowUp.DONE if one.dealt_with else FollowUp.OPEN


def _moment(at: datetime | None) -> str | None:
    return None if at is None else to_text(at)


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


def file_sample_weeks(mondays: Iterable[date], planned_at: datetime) -> None:
    """In these weeks the desk asked who was there for the first time that week."""
    week = models.SampleWeek
    with writing():
        rows = [(monday.isoformat(), to_text(planned_at)) for monday in mondays]
        _insert(week, (week.from_day, week.planned_at), rows)


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


def _newest(table: Any) -> int:
    return int(table.select(fn.MAX(table.id)).scalar() or 0)


def _insert(table: type[Model], fields: Sequence[Any], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows as they stand in the table; Peewee would build a statement that binds all of them."""
    columns = ", ".join(f'"{column.column_name}"' for column in fields)
    places = ", ".join("?" * len(fields))
    statement = f'INSERT INTO "{table._meta.table_name}" ({columns}) VALUES ({places})'
    database.cursor().executemany(statement, rows)
