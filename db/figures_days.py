"""The days of a period: open, shut or missing, and what was counted at the door on each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from peewee import fn

from db import models
from db.door_rows import ACTIONS, Kind
from db.duties import Shift
from db.figure_models import EarlierCount, EarlierImport
from db.moments import from_text
from db.prepared import Prepared, given
from db.room import Room
from db.rounding import half_up
from db.states import ShiftState

NEVER_OPENED = (ShiftState.PLANNED, ShiftState.MISSING)


class DayState(StrEnum):
    """Whether the room was open on a day."""

    OPEN = "open"
    CLOSED = "closed"
    """Nothing was planned, and nobody opened."""
    MISSING = "missing"
    """A shift was planned, and nobody opened."""


@dataclass(frozen=True)
class Shifts:
    """The shifts of a day that opened."""

    lasted: timedelta = timedelta(0)
    """How long the room was open."""
    held: int = 0
    understaffed: int = 0
    as_planned: int = 0
    """Of these nobody said when they ended: the planned end stands there."""


NO_SHIFTS = Shifts()


@dataclass(frozen=True)
class Day:
    """What was counted on a day; nothing (None) where the room was not open."""

    day: date
    state: DayState
    visits: int | None
    volunteer_arrivals: int | None
    first_visits: int | None
    """Those that somebody said; None on a day on which the room was not open."""
    hours: float | None
    """Hours open; None where nobody knows, of an earlier tally."""
    shifts_missing: int | None
    """Shifts that were planned and never opened, also on a day that was open for another one."""
    earlier: bool = False
    """Whether its visits come from an earlier tally: nothing else is known of it."""
    shifts: Shifts = NO_SHIFTS
    """Those that opened."""
    overruled: int | None = None
    """The visits of an earlier tally that does not count, because the room was counted at the desk."""


@dataclass(frozen=True)
class Heads:
    """Somebody counted heads."""

    day: date
    at: datetime
    n: int


@dataclass(frozen=True)
class Opened:
    """The shifts of a period that opened, and when the room was open."""

    by_day: Mapping[date, Shifts]
    hours: Mapping[date, frozenset[int]]
    """The local hours of each of these days in which the room was open, wholly or in part."""


def of(
    from_day: date, to_day: date, shifts: Sequence[Shift], opened: Opened, here_since: date
) -> tuple[tuple[Day, ...], bool]:
    """The days on which the room was open, shut or missing, and whether anybody tagged a first visit.

    A day on which a shift can still open is none of the three, and neither is one before the room
    began, nor the one on which it did as long as nothing is known of it: those are left out.
    """
    asked = {"from_day": from_day, "to_day": to_day}
    counted: dict[str, dict[str, int]] = {kind: {} for kind in (Kind.ARRIVAL, Kind.VOLUNTEER)}
    for kind, day, n in _SUMS.rows(**asked):
        counted[kind][day] = n
    first, earlier = dict(_FIRST_VISITS.rows(**asked)), dict(_EARLIER.rows(**asked))
    missing, to_come = _by_day(shifts, ShiftState.MISSING), _by_day(shifts, ShiftState.PLANNED)
    days = []
    for number in range((to_day - from_day).days + 1):
        day = from_day + timedelta(days=number)
        key = day.isoformat()
        is_open = day in opened.by_day or key in counted[Kind.ARRIVAL]
        if key in earlier and not is_open:  # what the door ledger knows is never counted twice
            days.append(Day(day, DayState.OPEN, earlier[key], None, None, None, None, earlier=True))
            continue
        begun = day > here_since or (day == here_since and day in missing)
        if not is_open and (day in to_come or not begun):
            continue
        state = DayState.OPEN if is_open else DayState.MISSING if day in missing else DayState.CLOSED
        days.append(
            Day(
                day,
                state,
                counted[Kind.ARRIVAL].get(key, 0) if is_open else None,
                counted[Kind.VOLUNTEER].get(key, 0) if is_open else None,
                first.get(key, 0) if is_open else None,
                hours(opened.by_day.get(day, NO_SHIFTS).lasted),
                missing.get(day, 0),
                shifts=opened.by_day.get(day, NO_SHIFTS),
                overruled=earlier.get(key),
            )
        )
    return tuple(days), _TAGGED.row(**asked) is not None


def by_reason(from_day: date, to_day: date) -> dict[str, int]:
    """The visits of which somebody said what they were for."""
    return dict(_REASONS.rows(from_day=from_day, to_day=to_day))


def headcounts(from_day: date, to_day: date) -> list[Heads]:
    """When heads were counted, and how many there were."""
    return [
        Heads(date.fromisoformat(day), from_text(at), n)
        for day, at, n in _HEADCOUNTS.rows(from_day=from_day, to_day=to_day)
    ]


def opened(room: Room, shifts: Iterable[Shift], now: datetime) -> Opened:
    """How long the room was open, from the shifts that opened; one that is open counts until now."""
    by_day: dict[date, Shifts] = {}
    in_hours: dict[date, frozenset[int]] = {}
    for shift in shifts:
        if shift.state in NEVER_OPENED or shift.opened_at is None:
            continue
        end = _end(shift, now)
        lasted = max(end - shift.starts_at, timedelta(0))
        in_hours[shift.key.day] = in_hours.get(shift.key.day, frozenset()).union(
            _hours(room, shift.starts_at, end)
        )
        others = by_day.get(shift.key.day, NO_SHIFTS)
        by_day[shift.key.day] = Shifts(
            others.lasted + lasted,
            others.held + 1,
            others.understaffed + (shift.missing > 0),
            others.as_planned + (shift.state is ShiftState.CLOSED_AUTOMATICALLY),
        )
    return Opened(by_day, in_hours)


def nobody_opened(shifts: Iterable[Shift], begins: datetime, ends: datetime) -> bool:
    """Whether a shift was planned in this time, and none was opened.

    What was said of such a time counts, because somebody said it, and is told as a gap, because the desk
    was not open: of hours on duty and of sessions alike.
    """
    then = [shift for shift in shifts if shift.starts_at < ends and shift.ends_at > begins]
    return bool(then) and all(shift.state is ShiftState.MISSING for shift in then)


def hours(lasts: timedelta) -> float:
    """In hours, to the minute."""
    return half_up(lasts / timedelta(hours=1), 2)


def _hours(room: Room, starts: datetime, end: datetime) -> Iterator[int]:
    """The local hours that lie between two moments, wholly or in part."""
    at = starts
    while at < end:
        local = room.local(at)
        yield local.hour
        at += timedelta(minutes=60 - local.minute, seconds=-local.second, microseconds=-local.microsecond)


def _end(shift: Shift, now: datetime) -> datetime:
    """When the room closed: a host's early close, or else the plan; outside the plan the last count."""
    if shift.state is ShiftState.OPEN:
        return min(now, shift.ends_at) if shift.planned else now
    if shift.planned:
        by_host = shift.state is ShiftState.CLOSED and shift.closed_at
        return min(shift.closed_at, shift.ends_at) if by_host and shift.closed_at else shift.ends_at
    last = _LAST_ROW.row(day=shift.key.day)[0]
    return from_text(last) if last else shift.starts_at


def _by_day(shifts: Iterable[Shift], state: ShiftState) -> dict[date, int]:
    """How many shifts of a day are in this state."""
    found: dict[date, int] = {}
    for shift in shifts:
        if shift.state is state and shift.planned:
            found[shift.key.day] = found.get(shift.key.day, 0) + 1
    return found


_VOIDING, _TAG = models.Door.alias(), models.Door.alias()
_IN_PERIOD = models.Door.day.between(given("from_day"), given("to_day"))
_STANDS = _VOIDING.id.is_null()

_SUMS = Prepared(
    models.Door.select(models.Door.kind, models.Door.day, fn.SUM(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where(_IN_PERIOD & models.Door.kind.in_((Kind.ARRIVAL, Kind.VOLUNTEER)) & _STANDS)
    .group_by(models.Door.day, models.Door.kind)
)
# The last tag of each arrival holds, as long as the arrival does; a tag has the day of its arrival.
_FIRST_VISITS = Prepared(
    models.Door.select(models.Door.day, fn.SUM(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.about))
    .where(
        _IN_PERIOD
        & (models.Door.kind == Kind.FIRST_VISIT)
        & _STANDS
        & ~fn.EXISTS(
            _TAG.select(_TAG.id).where(
                (_TAG.about == models.Door.about)
                & (_TAG.kind == Kind.FIRST_VISIT)
                & (_TAG.id > models.Door.id)
            )
        )
    )
    .group_by(models.Door.day)
)
_REASONS = Prepared(
    models.Door.select(models.Door.reason, fn.SUM(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.about))
    .where(
        _IN_PERIOD
        & (models.Door.kind == Kind.REASON)
        & (models.Door.n > 0)
        & _STANDS
        & ~fn.EXISTS(
            _TAG.select(_TAG.id).where(
                (_TAG.about == models.Door.about) & (_TAG.kind == Kind.REASON) & (_TAG.id > models.Door.id)
            )
        )
    )
    .group_by(models.Door.reason)
    .order_by(models.Door.reason)
)
_TAGGED = Prepared(
    models.Door.select(models.Door.id).where(_IN_PERIOD & (models.Door.kind == Kind.FIRST_VISIT)).limit(1)
)
_HEADCOUNTS = Prepared(
    models.Door.select(models.Door.day, models.Door.at, models.Door.n)
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where(_IN_PERIOD & (models.Door.kind == Kind.HEADCOUNT) & _STANDS)
    .order_by(models.Door.day, models.Door.at)
)
_EARLIER = Prepared(
    EarlierCount.select(EarlierCount.day, fn.SUM(EarlierCount.visits))
    .join(EarlierImport, on=(EarlierCount.import_ == EarlierImport.id))
    .where(
        EarlierCount.day.between(given("from_day"), given("to_day")) & EarlierImport.taken_back_at.is_null()
    )
    .group_by(EarlierCount.day)
)
_LAST_ROW = Prepared(
    models.Door.select(fn.MAX(models.Door.at))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where((models.Door.day == given("day")) & models.Door.kind.in_(ACTIONS) & _STANDS)
)
