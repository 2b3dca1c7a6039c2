"""Sample weeks: in such a week the desk asks who is here for the first time that week.

Visits say nothing of how many different people came. Only where somebody asked is there an answer, and
it is about that week alone.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from db import clock
from db import room as rooms
from db.connection import reading, rows, writing
from db.errors import N_, NotPossible
from db.models import SampleWeek
from db.prepared import Prepared, given
from db.text import clean

LONGEST = 20
"""Characters of what is typed for a week."""

_WEEK = timedelta(days=7)
_NUMBER = re.compile(r"(?:week *|wk *|w)?(\d{1,2})", re.ASCII | re.IGNORECASE)
_FARTHEST = timedelta(days=800)
"""Nobody plans further ahead: a week of another year is a typing mistake."""


@dataclass(frozen=True)
class Planned:
    """A week that the coordinator planned."""

    from_day: date
    """Its Monday."""

    @property
    def to_day(self) -> date:
        """Its Sunday."""
        return self.from_day + _WEEK - timedelta(days=1)

    @property
    def days(self) -> tuple[date, ...]:
        """From Monday to Sunday."""
        return tuple(self.from_day + timedelta(days=n) for n in range(7))

    @property
    def within_a_month(self) -> bool:
        """Whether the figures of one month hold the whole week; otherwise those of a longer period do."""
        return self.from_day.month == self.to_day.month


def plan(week: str) -> Planned:
    """The desk asks in this week (2026-W48, or 48: the next such week); one that is planned stays so.

    Raises:
        NotPossible: there is no such week, it is over, or it is too far away.
    """
    with writing():
        now = clock.reliable_now()[0]
        today = rooms.day_of(rooms.current(), now)
        planned = _named(week, today)
        if planned.to_day < today:
            raise NotPossible(N_("That week is over: nobody asked then, and nobody can ask now."))
        if planned.from_day > today + _FARTHEST:
            raise NotPossible(N_("{day} is too far away to plan."), day=planned.from_day)
        SampleWeek.insert(from_day=planned.from_day, planned_at=now).on_conflict_ignore().execute()
    return planned


def remove(week: str) -> Planned:
    """The desk does not ask in this week after all.

    Raises:
        NotPossible: it is not planned, or it is over: what was heard stays.
    """
    with writing():
        today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
        planned = _named(week, today)
        if planned not in all_of():
            raise NotPossible(N_("That is no sample week. hostdesk sample-week list shows which are."))
        if planned.to_day < today:
            raise NotPossible(N_("That week is over; what was heard in it stays."))
        SampleWeek.delete().where(SampleWeek.from_day == planned.from_day).execute()
    return planned


def all_of() -> tuple[Planned, ...]:
    """Every sample week there was or will be, the oldest first."""
    with reading():
        found = rows(SampleWeek.select(SampleWeek.from_day).order_by(SampleWeek.from_day))
    return tuple(Planned(from_day) for (from_day,) in found)


def is_in_one(day: date) -> bool:
    """Whether the desk asks on this day."""
    monday = day - timedelta(days=day.weekday())
    return _ONE.row(monday=monday) is not None


def _named(week: str, today: date) -> Planned:
    """The week of this name; of a number alone the first that is not over.

    Raises:
        NotPossible: there is no such week.
    """
    from db import figures_period  # the desk only looks whether it is in one

    number = _NUMBER.fullmatch(clean(week, most=LONGEST))
    if number is None:
        return Planned(figures_period.named(week, figures_period.Unit.WEEK).from_day)
    year = today.isocalendar().year
    this_year = Planned(figures_period.named(f"{year}-W{number[1]}", figures_period.Unit.WEEK).from_day)
    if this_year.to_day >= today:
        return this_year
    return Planned(figures_period.named(f"{year + 1}-W{number[1]}", figures_period.Unit.WEEK).from_day)


_ONE = Prepared(SampleWeek.select(SampleWeek.from_day).where(SampleWeek.from_day == given("monday")))
