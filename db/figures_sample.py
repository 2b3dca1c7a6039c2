"""How many different people came in a sample week: what the desk heard, and never what counts suggest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean
from typing import Any

from peewee import fn

from db import models, sample_weeks
from db.door_rows import Kind
from db.figures_days import Day
from db.prepared import Prepared, given
from db.rounding import half_up
from db.sample_weeks import Planned


@dataclass(frozen=True)
class Week:
    """What the desk heard in a sample week."""

    week: Planned
    visits: int
    """All that were counted then."""
    asked: int
    """Visits of which somebody said whether it was the first that week."""
    first: int
    """Of these it was."""

    @property
    def at_least(self) -> int:
        """So many different people, when everybody who was not asked had been there before that week."""
        return self.first

    @property
    def at_most(self) -> int:
        """So many, when everybody who was not asked was there for the first time that week."""
        return self.first + self.visits - self.asked


@dataclass(frozen=True)
class Sample:
    """The sample weeks of a period in which somebody asked."""

    weeks: tuple[Week, ...]
    days: tuple[tuple[date, ...], ...] = ()
    """Those of every sample week that a day of the period is in: a longer period may tell its visits."""

    @property
    def asked(self) -> int:
        """At how many visits."""
        return sum(week.asked for week in self.weeks)

    @property
    def not_asked(self) -> int:
        """At how many visits nobody asked."""
        return sum(week.visits - week.asked for week in self.weeks)

    @property
    def at_least(self) -> float | None:
        """Different people in a week, on average when there are more weeks; None without any."""
        return half_up(mean(week.at_least for week in self.weeks), 1) if self.weeks else None

    @property
    def at_most(self) -> float | None:
        """The same, at most."""
        return half_up(mean(week.at_most for week in self.weeks), 1) if self.weeks else None


def of(from_day: date, to_day: date, days: Sequence[Day], today: date) -> Sample:
    """The sample weeks that lie wholly within these days and are over, where anybody asked."""
    visits = {day.day: day.visits or 0 for day in days}
    found = []
    all_of_them = sample_weeks.all_of()
    for planned in all_of_them:
        if from_day <= planned.from_day and planned.to_day <= to_day and planned.to_day < today:
            said = _SAID.row(from_day=planned.from_day, to_day=planned.to_day)
            counted = sum(n for day, n in visits.items() if planned.from_day <= day <= planned.to_day)
            if said[0]:
                found.append(Week(planned, counted, said[0], said[1]))
    touched = (one.days for one in all_of_them if one.from_day <= to_day and one.to_day >= from_day)
    return Sample(tuple(found), tuple(touched))


_VOIDING, _TAG = models.Door.alias(), models.Door.alias()


def _newest(kind: Kind) -> Any:
    """What was said last of an arrival; -1 when nobody said it."""
    said = (
        _TAG.select(_TAG.n)
        .where((_TAG.about == models.Door.id) & (_TAG.kind == kind))
        .order_by(_TAG.id.desc())
        .limit(1)
    )
    return fn.COALESCE(said, -1)


# Who is here for the first time at all is so this week too.
_FIRST = fn.MAX(_newest(Kind.FIRST_THIS_WEEK), _newest(Kind.FIRST_VISIT), 0)
_ASKED = fn.IIF(_newest(Kind.FIRST_THIS_WEEK) < 0, _FIRST, models.Door.n)
_SAID = Prepared(
    models.Door.select(fn.COALESCE(fn.SUM(_ASKED), 0), fn.COALESCE(fn.SUM(_FIRST), 0))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where(
        models.Door.day.between(given("from_day"), given("to_day"))
        & (models.Door.kind == Kind.ARRIVAL)
        & _VOIDING.id.is_null()
    )
)
