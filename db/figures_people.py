"""What the people of the house bring to the figures: how many there are, and the hours they gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.duties import OnDuty, Shift
from db.shift_models import Person
from db.states import PersonKind, ShiftState

VOLUNTEERS = (PersonKind.HOST, PersonKind.VOLUNTEER)
"""Who works here unpaid; of a coordinator nobody knows."""


@dataclass(frozen=True)
class Hours:
    """The hours that volunteers gave in a period."""

    confirmed: timedelta
    as_planned: timedelta
    """Of these nobody said whether it was really so."""
    unconfirmed: int
    """How many duties those are."""
    duties: int


def volunteers(from_day: date, to_day: date) -> int | None:
    """How many were there in this period; None where the room keeps no list of its people."""
    if not Person.select().exists():
        return None
    there = (Person.since <= to_day) & (Person.ended_on.is_null() | (Person.ended_on >= from_day))
    return int(Person.select().where(there & Person.kind.in_(VOLUNTEERS)).count())


def hours(shifts: Iterable[Shift], now: datetime) -> Hours:
    """The hours of the duties that are over; of a shift that never opened, those confirmed."""
    over = [
        duty
        for shift in shifts
        for duty in shift.duties
        if _counts(duty, now) and (duty.confirmed or shift.state is not ShiftState.MISSING)
    ]
    open_ends = [duty for duty in over if not duty.confirmed]
    return Hours(
        sum((duty.lasts for duty in over if duty.confirmed), timedelta(0)),
        sum((duty.lasts for duty in open_ends), timedelta(0)),
        len(open_ends),
        len(over),
    )


def _counts(duty: OnDuty, now: datetime) -> bool:
    """Whether somebody worked here unpaid and it is over."""
    return duty.kind in VOLUNTEERS and not duty.absent and duty.ends is not None and duty.ends <= now
