"""Shifts with who is on them, as planned and as it really was, and the hours that makes.

A duty stands on a day and between two moments, and is there for every shift of that day that it reaches
into. Its hours are counted once, with the last shift that it is on for a while: who goes on from the one
to the next is asked about hours when they go home. What is confirmed counts as it really was, and else as
planned.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from peewee import fn

from db import clock, models, shifts
from db import room as rooms
from db.connection import reading, rows
from db.errors import N_, NotPossible
from db.room import Period, Room
from db.rounding import half_up
from db.shift_models import Duty, Person, Setting
from db.shifts import ShiftKey
from db.states import PersonKind, ShiftState

NEEDED = 2
"""Hosts that a shift needs, unless the coordinator says otherwise."""

SOON = timedelta(minutes=20)
"""So long before its planned end a shift can begin to close."""

A_WHILE = timedelta(minutes=30)
"""So long there may be too few hosts: who comes a little later or leaves before the end leaves no gap."""

SETTING = "hosts_needed"


@dataclass(frozen=True)
class OnDuty:
    """Somebody on duty."""

    id: int
    day: date
    person: int
    name: str
    """Empty once it is erased."""
    kind: PersonKind
    planned_from: datetime | None
    planned_until: datetime | None
    """Both None for who came without being on the roster."""
    from_at: datetime | None
    """When they really began, as far as somebody said so."""
    until_at: datetime | None
    confirmed: bool
    """Whether somebody said that it really was so."""
    absent: bool
    trainee: bool
    stands_in_for: str | None
    """Whose duty it was."""
    revision: int
    changed_at: datetime

    @property
    def begins(self) -> datetime | None:
        """When it began, or should."""
        return self.from_at or self.planned_from

    @property
    def ends(self) -> datetime | None:
        """When it ended, or should; None for who came and has not left."""
        return self.until_at or self.planned_until

    @property
    def lasts(self) -> timedelta:
        """Time on duty, between the minutes that are shown; none for who was absent."""
        if self.absent or self.begins is None or self.ends is None:
            return timedelta(0)
        return max(_minute(self.ends) - _minute(self.begins), timedelta(0))

    def left(self, at: datetime) -> bool:
        """Whether somebody said that they were here, and until before this moment."""
        return self.until_at is not None and self.until_at <= at

    @property
    def hours(self) -> float:
        """Hours on duty, to the minute."""
        return half_up(self.lasts / timedelta(hours=1), 2)


@dataclass(frozen=True)
class TooFew:
    """So many hosts are missing on a shift, from when until when."""

    n: int
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True)
class Shift:
    """A shift with who is on it."""

    key: ShiftKey
    number: int
    """What other programs call it."""
    starts_at: datetime
    """As planned; for one outside all plans, when it was opened."""
    ends_at: datetime
    planned: bool
    state: ShiftState
    opened_at: datetime | None
    closed_at: datetime | None
    needed: int
    duties: tuple[OnDuty, ...]
    """Those whose hours are counted with this shift."""
    others: tuple[OnDuty, ...]
    """Those of another shift of this day who are on duty in this one too, for however short a time."""
    read_at: datetime = field(compare=False)
    """When it stood so."""

    @property
    def also_there(self) -> tuple[OnDuty, ...]:
        """Of the others those who are there for a while, and not just until they are relieved."""
        return tuple(duty for duty in self.others if _overlap(self, duty) >= A_WHILE)

    @property
    def team(self) -> tuple[OnDuty, ...]:
        """Everybody who is on this shift for a while, in their order, wherever their hours are counted."""
        return tuple(sorted((*self.duties, *self.also_there), key=_order))

    @property
    def over(self) -> bool:
        """Whether its time has passed, or somebody closed it."""
        return self.state not in (ShiftState.PLANNED, ShiftState.OPEN)

    def as_good_as_over(self, at: datetime) -> bool:
        """Whether its planned end is near at this moment, or past."""
        return self.ends_at - SOON <= at

    @property
    def unconfirmed(self) -> tuple[OnDuty, ...]:
        """Of a shift that is over: those of whom nobody said yet that their hours were really so."""
        there = (duty for duty in self.duties if not (duty.absent or duty.confirmed))
        return tuple(there) if self.over else ()

    @property
    def too_few(self) -> TooFew | None:
        """When the most hosts were or will be missing."""
        return self._too_few(self.starts_at)

    @property
    def missing(self) -> int:
        """How many were or will be missing at one time, at most."""
        found = self.too_few
        return found.n if found else 0

    @property
    def gap(self) -> TooFew | None:
        """When somebody can still be found: what is past needs nobody any more."""
        return None if self.over else self._too_few(max(self.starts_at, self.read_at))

    def _too_few(self, begins: datetime) -> TooFew | None:
        """When the most are missing from this moment on; a trainee is one more and stands for nobody."""
        ends = min(self.ends_at, self.closed_at or self.ends_at)
        if not self.planned or begins >= ends:
            return None
        hosts = [duty for duty in (*self.duties, *self.others) if not duty.absent and not duty.trainee]
        there = [(duty.begins or begins, duty.ends or ends) for duty in hosts]
        between = {moment for stretch in there for moment in stretch if begins < moment < ends}
        parts = list(pairwise(sorted({begins, ends, *between})))
        lasts = min(A_WHILE, self.ends_at - self.starts_at)
        for n in range(self.needed, 0, -1):
            found, from_at = dict[datetime, TooFew](), begins
            for at, until_at in parts:
                if sum(comes <= at and until_at <= leaves for comes, leaves in there) > self.needed - n:
                    from_at = until_at
                elif until_at - from_at >= lasts:
                    found[from_at] = TooFew(n, from_at, until_at)
            if found:
                return next(iter(found.values()))
        return None


@dataclass(frozen=True)
class Given:
    """The hours that somebody gave, and those that are still to come or to be confirmed."""

    person: int
    name: str
    kind: PersonKind
    confirmed: float
    unconfirmed: float


def between(from_day: date, to_day: date) -> tuple[Shift, ...]:
    """All shifts of these days, planned or opened, in their order, each with who is on it.

    Before the room was here, nothing was missing: not that same day either.
    """
    with reading():
        room, now, needed = rooms.current(), clock.reliable_now()[0], hosts_needed()
        planned = rooms.periods_between(room, from_day, to_day)
        opened = _opened(from_day, to_day)
        duties = of(Duty.day.between(from_day, to_day))
        here_since = models.Room.select(models.Room.created_at).scalar()
    found = [
        _shift(
            room, period.day, period, opened.pop(ShiftKey(period.day, period.closes_at), None), now, needed
        )
        for day in planned.values()
        for period in day
    ]
    found += [_shift(room, key.day, None, row, now, needed) for key, row in opened.items()]
    found.sort(key=lambda shift: (shift.key.day, shift.starts_at))
    return tuple(
        shift
        for shift in _with_duties(found, duties)
        if shift.opened_at or shift.duties or shift.ends_at > here_since
    )


def of_shift(key: ShiftKey) -> Shift:
    """This shift.

    Raises:
        NotPossible: there is none.
    """
    for shift in between(key.day, key.day):
        if shift.key == key:
            return shift
    raise NotPossible(N_("There is no such shift."))


def now() -> Shift | None:
    """The shift that this moment belongs to; None outside all plans, when nobody opened."""
    with reading():
        room, at = rooms.current(), clock.reliable_now()[0]
        key = shifts.at(room, at)
        return next((shift for shift in between(key.day, key.day) if shift.key == key), None)


def of_person(person: int, from_day: date, to_day: date) -> tuple[OnDuty, ...]:
    """Somebody's duties on these days, in their order; those that they do not do are left out."""
    with reading():
        found = of((Duty.person == person) & Duty.day.between(from_day, to_day) & ~Duty.absent)
    return tuple(sorted(found, key=_order))


def one(duty: int) -> OnDuty:
    """This duty.

    Raises:
        NotPossible: there is none.
    """
    with reading():
        found = of(Duty.id == duty) if abs(duty) < 2**63 else []
    if not found:
        raise NotPossible(N_("There is no such duty; hostdesk roster shows them."))
    return found[0]


def hours(from_day: date, to_day: date) -> tuple[Given, ...]:
    """The hours of everybody who was or will be on duty on these days, by name."""
    with reading():
        duties = of(Duty.day.between(from_day, to_day) & ~Duty.absent)
    by_person: dict[int, list[OnDuty]] = {}
    for duty in duties:
        by_person.setdefault(duty.person, []).append(duty)
    given = [
        Given(
            person,
            theirs[0].name,
            theirs[0].kind,
            _sum(theirs, confirmed=True),
            _sum(theirs, confirmed=False),
        )
        for person, theirs in by_person.items()
    ]
    return tuple(sorted(given, key=lambda one: (one.name == "", one.name.casefold(), one.person)))


def hosts_needed() -> int:
    """How many hosts a shift needs."""
    with reading():
        chosen = Setting.select(Setting.number).where(Setting.name == SETTING).scalar()
        return NEEDED if chosen is None else int(chosen)


def _opened(from_day: date, to_day: date) -> dict[ShiftKey, Any]:
    shift = models.Shift
    query = shift.select(
        shift.day, shift.planned_closes_at, shift.opened_at, shift.closed_at, shift.closed_automatically
    ).where(shift.day.between(from_day, to_day))
    return {ShiftKey(row[0], row[1]): row for row in rows(query)}


def _shift(room: Room, day: date, period: Period | None, row: Any, now: datetime, needed: int) -> Shift:
    """A shift without its duties, from what was planned and what really was."""
    if period is None:
        _, ends, opened_at, closed_at, by_itself = row
        starts_at, ends_at = opened_at, closed_at or ends
    else:
        starts_at, ends_at = period.opens_at, period.closes_at
        _, ends, opened_at, closed_at, by_itself = row or (None, ends_at, None, None, False)
    key = ShiftKey(day, ends)
    over = ends <= now
    if opened_at is None:
        state = ShiftState.MISSING if over else ShiftState.PLANNED
    elif closed_at is None:
        state = ShiftState.CLOSED_AUTOMATICALLY if over else ShiftState.OPEN
    else:
        state = ShiftState.CLOSED_AUTOMATICALLY if by_itself else ShiftState.CLOSED
    return Shift(
        key, key.number(room), starts_at, ends_at, period is not None, state, opened_at, closed_at, needed,
        duties=(), others=(), read_at=now,
    )  # fmt: skip


def _with_duties(found: list[Shift], duties: list[OnDuty]) -> tuple[Shift, ...]:
    """Each duty with the shift that its hours are counted with, and as another in those it is on too."""
    on: dict[ShiftKey, list[OnDuty]] = {shift.key: [] for shift in found}
    others: dict[ShiftKey, list[OnDuty]] = {shift.key: [] for shift in found}
    by_day: dict[date, list[Shift]] = {}
    for shift in found:
        by_day.setdefault(shift.key.day, []).append(shift)
    for duty in sorted(duties, key=_order):
        if around := by_day.get(duty.day):
            counted_with = _counted_with(around, duty)
            on[counted_with.key].append(duty)
            for shift in around:
                if shift is not counted_with and _overlap(shift, duty) > timedelta(0):
                    others[shift.key].append(duty)
    return tuple(
        replace(shift, duties=tuple(on[shift.key]), others=tuple(others[shift.key]))
        if on[shift.key] or others[shift.key]
        else shift
        for shift in found
    )


def _counted_with(around: list[Shift], duty: OnDuty) -> Shift:
    """The last shift that a duty is on for a while, rather one that opened; else the nearest."""
    on = [shift for shift in around if _overlap(shift, duty) >= A_WHILE]
    if on:
        return max(on, key=lambda shift: (shift.state is not ShiftState.MISSING, shift.starts_at))
    return max(around, key=lambda shift: _overlap(shift, duty))


def _overlap(shift: Shift, duty: OnDuty) -> timedelta:
    """How long they have in common; less than nothing for how far they are apart."""
    begins = duty.begins or shift.starts_at
    ends = duty.ends or begins
    return min(shift.ends_at, ends) - max(shift.starts_at, begins)


def _order(duty: OnDuty) -> tuple[datetime, str, int]:
    return (duty.begins or datetime.max.replace(tzinfo=UTC), duty.name.casefold(), duty.id)


def _sum(duties: list[OnDuty], *, confirmed: bool) -> float:
    total = sum((duty.lasts for duty in duties if duty.confirmed is confirmed), timedelta(0))
    return half_up(total / timedelta(hours=1), 2)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def of(where: Any) -> list[OnDuty]:
    """The duties for which this holds; whoever calls this is reading already."""
    instead_of, who = Duty.alias(), Person.alias()
    name = fn.COALESCE(Person.name, "")  # a partner reads hours, and no names
    query = (
        Duty.select(
            Duty.id, Duty.day, Duty.person, name, Person.kind, Duty.planned_from, Duty.planned_until,
            Duty.from_at, Duty.until_at, Duty.confirmed, Duty.absent, Duty.trainee, who.name, Duty.revision,
            Duty.changed_at,
        )
        .join(Person, on=(Duty.person == Person.id))
        .left_outer_join(instead_of, on=(Duty.stands_in_for == instead_of.id))
        .left_outer_join(who, on=(instead_of.person == who.id))
        .where(where)
        .order_by(Duty.id)
    )  # fmt: skip
    return [
        OnDuty(*row[:4], PersonKind(row[4]), *row[5:9], *map(bool, row[9:12]), *row[12:])  # type: ignore[call-arg]
        for row in rows(query)
    ]
