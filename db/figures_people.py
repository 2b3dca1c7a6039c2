"""What the people of the house bring to the figures: how many there are, and the hours they gave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.connection import rows
from db.duties import OnDuty, Shift
from db.shift_models import Person
from db.states import PersonKind, ShiftState

VOLUNTEERS = (PersonKind.HOST, PersonKind.VOLUNTEER)
"""Who works here unpaid; of a coordinator nobody knows."""


@dataclass(frozen=True)
class Volunteer:
    """Somebody of the house who works unpaid."""

    name: str
    """Empty once it is erased."""
    kind: PersonKind
    since: date
    ended_on: date | None


@dataclass(frozen=True)
class Hours:
    """The hours that volunteers gave in a period."""

    confirmed: timedelta
    as_planned: timedelta
    """Of these nobody said whether it was really so."""
    unconfirmed: int
    """How many duties those are."""
    unopened: int
    """Duties on shifts that nobody opened: they count because somebody confirmed them."""
    duties: int
    by_day: Mapping[date, timedelta]
    """All of them."""


def of_the_house(from_day: date, to_day: date) -> list[Volunteer]:
    """The hosts and volunteers who were there in this period."""
    there = (Person.since <= to_day) & (Person.ended_on.is_null() | (Person.ended_on >= from_day))
    query = Person.select(Person.name, Person.kind, Person.since, Person.ended_on)
    query = query.where(there & Person.kind.in_(VOLUNTEERS)).order_by(Person.since, Person.name)
    return [Volunteer(name, PersonKind(kind), *days) for name, kind, *days in rows(query)]


def volunteers(from_day: date, to_day: date) -> int | None:
    """How many were there in this period; None where the room keeps no list of its people."""
    return len(of_the_house(from_day, to_day)) if Person.select().exists() else None


def served(shifts: Iterable[Shift], now: datetime) -> list[OnDuty]:
    """The duties that are over; of a shift that never opened, those confirmed."""
    return [
        duty
        for shift in shifts
        for duty in shift.duties
        if _counts(duty, now) and (duty.confirmed or shift.state is not ShiftState.MISSING)
    ]


def hours(shifts: Sequence[Shift], now: datetime) -> Hours:
    """The hours of the duties that are over."""
    over = served(shifts, now)
    open_ends = [duty for duty in over if not duty.confirmed]
    by_day: dict[date, timedelta] = {}
    for duty in over:
        by_day[duty.day] = by_day.get(duty.day, timedelta(0)) + duty.lasts
    return Hours(
        sum((duty.lasts for duty in over if duty.confirmed), timedelta(0)),
        sum((duty.lasts for duty in open_ends), timedelta(0)),
        len(open_ends),
        len(served([shift for shift in shifts if shift.state is ShiftState.MISSING], now)),
        len(over),
        by_day,
    )


def _counts(duty: OnDuty, now: datetime) -> bool:
    """Whether somebody worked here unpaid and it is over."""
    return duty.kind in VOLUNTEERS and not duty.absent and duty.ends is not None and duty.ends <= now
