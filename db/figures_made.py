"""What figures look like once they are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.figures_board import Sessions
from db.figures_costs import Costs
from db.figures_days import Day
from db.figures_names import Name, Status, Why
from db.figures_people import Hours
from db.figures_period import Period
from db.figures_sample import Sample
from db.room import Room


@dataclass(frozen=True)
class Figure:
    """One number, and how it came about."""

    name: Name
    value: float | None
    """None: not measured."""
    status: Status
    out_of: int | None = None
    """For a share or an average: of how many, or over how many days."""
    unknown: int | None = None
    """For a share: how many are left out because nobody knows."""
    why: Why | None = None
    """Without a value: why there is none; None when nobody measured it."""
    middle_of: tuple[float, ...] = ()
    """For a middle value: the ones that it is of."""
    earlier: int | None = None
    """So many of its days come from an earlier tally; None where no day does, or where it is of none."""


def figure(
    name: Name,
    value: float | None,
    status: Status = Status.COUNTED,
    *,
    out_of: int | None = None,
    unknown: int | None = None,
) -> dict[Name, Figure]:
    """A figure by its name; without a value it was not measured."""
    return {name: Figure(name, value, Status.NOT_MEASURED if value is None else status, out_of, unknown)}


def none(why: Why | None, *names: Name) -> dict[Name, Figure]:
    """Figures without a value, all for the same reason."""
    return {name: Figure(name, None, Status.NOT_MEASURED, why=why) for name in names}


@dataclass(frozen=True)
class Gaps:
    """What is missing in a period: to be read before any number."""

    shifts_planned: int
    """Planned shifts that were over, those that never opened among them."""
    shifts_missing: int
    shifts_unknown: int
    """Planned shifts, not among those, of days of an earlier tally: nobody knows whether they opened."""
    sessions_unknown: int
    duties_unconfirmed: int
    duties_unopened: int
    """Duties that count, on shifts that never opened: somebody confirmed them (`Hours.unopened`)."""
    sessions_unopened: int
    """Sessions held while a shift was planned that never opened."""
    earlier_days: int
    """Days of which the visits come from an earlier tally, and nothing else is known."""
    overruled_days: int
    """Days of which an earlier tally does not count: they were counted at the desk."""
    costs_over: tuple[int | None, int | None, int | None] | None
    """Over how many days the costs per visit, per hour open and per participation go; None: over all."""
    began_on: date | None
    """The first day of the room, when that is within the period or after it."""
    not_begun: bool
    """Whether all of the period has yet to come: then nothing was measured, not even zero."""
    ends_early: date | None
    """Today, when that is in the period: it is not over."""

    @property
    def badly(self) -> bool:
        """Whether a third of the shifts or more are missing: then a total says little."""
        return self.shifts_missing * 3 >= self.shifts_planned > 0


@dataclass(frozen=True)
class Figures:
    """The figures of a period."""

    room: Room
    period: Period
    made_at: datetime
    figures: Mapping[Name, Figure]
    """All of them, in the order of `figures_names.MEANINGS`."""
    days: tuple[Day, ...]
    """In their order; days to come and days before the room began are not among them."""
    open_in: Mapping[date, frozenset[int]]
    """The local hours of each day in which the room was open, wholly or in part."""
    gaps: Gaps
    by_reason: Mapping[str, int]
    """Visits of which somebody said what they were for."""
    sessions: Sessions
    """What became of them, and who led those that were held."""
    costs: Costs
    """What the coordinator filled in."""
    sample: Sample
    """What was heard in sample weeks."""
    hours: Hours
    """Those that volunteers gave."""

    @property
    def visits_by_day(self) -> dict[date, int]:
        """Of each day open."""
        return {day.day: day.visits for day in self.days if day.visits is not None}
