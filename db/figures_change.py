"""A period beside another one: what changed, and what is no more than the noise of days.

A change counts as one when it is larger than `NOISE` times what chance alone would bring: for what is
counted at the door as the days of both periods themselves differ (around the mean of their weekday), for
participations as sessions of that size would, for other numbers as independent events would (Poisson),
for a share as drawing so many would (binomial).
Hours and days open are decided and not drawn: each difference is one, but for minutes in hundreds of hours.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from db.figures_days import Day, DayState
from db.figures_made import Figure, Figures
from db.figures_names import MEANINGS, Measure, Name

NOISE = 2.0
"""So many standard errors a change must be: chance alone brings one in some twenty times."""


class Trend(StrEnum):
    """What became of a figure."""

    MORE = "more"
    LESS = "less"
    ABOUT_EQUAL = "about_equal"
    """The difference is no more than the noise."""
    INCOMPARABLE = "incomparable"
    """One of the two was not measured, or too much of it is missing."""


@dataclass(frozen=True)
class Change:
    """A figure beside what it was in another period."""

    name: Name
    value: float | None
    before: float | None
    trend: Trend

    @property
    def difference(self) -> float | None:
        """How much more it is now."""
        if self.value is None or self.before is None:
            return None
        return round(self.value - self.before, 4)


FEWEST = 5
"""A middle value over fewer than so many is compared with none."""

NEGLIGIBLE = 0.005
"""Of hours and of euros a smaller part than this is no decision of anybody, and reads as 0%."""

_MINUTES = (Measure.HOURS, Measure.EURO)

_SIDE_BY_SIDE = frozenset({Name.PRESENT_AT_HEADCOUNTS, Name.UNIQUE_VISITORS_LOW, Name.UNIQUE_VISITORS_HIGH})
"""Taken when somebody thought of it: two of them say nothing about a change."""

_MEDIANS = frozenset({Name.DAYS_TO_FIRST_SESSION, Name.HOURS_TO_ANSWER})
_BY_DAY: dict[Name, Callable[[Day], int | None]] = {
    Name.VISITS: lambda day: day.visits,
    Name.VISITS_PER_DAY_OPEN: lambda day: day.visits,
    Name.VOLUNTEER_ARRIVALS: lambda day: day.volunteer_arrivals,
    Name.FIRST_VISITS: lambda day: day.first_visits,
}
_DECIDED = frozenset(
    {
        Name.DAYS_OPEN,
        Name.OPEN_HOURS,
        Name.SHIFTS_HELD,
        Name.SHIFTS_MISSING,
        Name.VOLUNTEERS,
        Name.VOLUNTEER_HOURS,
    }
)
"""What people decide, and no chance."""


def since(now: Figures, before: Figures) -> dict[Name, Change]:
    """How each figure changed since another period."""
    comparable = not (now.gaps.badly or before.gaps.badly)
    return {
        name: Change(name, one.value, other.value, _trend(name, now, before, comparable=comparable))
        for name, one in now.figures.items()
        for other in (before.figures[name],)
    }


def _trend(name: Name, now: Figures, before: Figures, *, comparable: bool) -> Trend:
    one, other = now.figures[name], before.figures[name]
    if one.value is None or other.value is None or not comparable or name in _SIDE_BY_SIDE:
        return Trend.INCOMPARABLE
    if name in _MEDIANS and min(one.out_of or 0, other.out_of or 0) < FEWEST:
        return Trend.INCOMPARABLE
    difference = one.value - other.value
    if MEANINGS[name].measure in _MINUTES and abs(difference) < NEGLIGIBLE * abs(other.value):
        return Trend.ABOUT_EQUAL
    if abs(difference) <= NOISE * _chance(name, now, before) or not difference:
        return Trend.ABOUT_EQUAL
    return Trend.MORE if difference > 0 else Trend.LESS


def _chance(name: Name, now: Figures, before: Figures) -> float:
    """How much chance alone lets this figure differ (its standard error)."""
    one, other = now.figures[name], before.figures[name]
    if name in _DECIDED:
        return 0.0
    if name in _BY_DAY:
        spreads = [_spread(made.days, _BY_DAY[name]) for made in (now, before)]
        if name is Name.VISITS_PER_DAY_OPEN:
            return sqrt(sum(variance / n for variance, n in spreads))
        return sqrt(sum(variance * n for variance, n in spreads))
    if name is Name.PARTICIPATIONS:
        return sqrt(now.sessions.participations_squared + before.sessions.participations_squared)
    match MEANINGS[name].measure:
        case Measure.SHARE:
            return _of_share(one, other)
        case Measure.COUNT:
            return sqrt((one.value or 0) + (other.value or 0))
        case _:
            return 0.0


def _of_share(one: Figure, other: Figure) -> float:
    """Two draws of so many, from what both have together."""
    n, m = one.out_of or 1, other.out_of or 1
    both = ((one.value or 0) * n + (other.value or 0) * m) / (n + m)
    return sqrt(both * (1 - both) * (1 / n + 1 / m))


def _spread(days: Iterable[Day], of: Callable[[Day], int | None]) -> tuple[float, int]:
    """How a day varies around what its weekday brings (the variance), and over how many days open.

    Never less than independent visitors would make it: a few days that happen to be alike prove nothing.
    """
    by_weekday: dict[int, list[int]] = {}
    for day in days:
        if day.state is DayState.OPEN:
            by_weekday.setdefault(day.day.weekday(), []).append(of(day) or 0)
    n = sum(map(len, by_weekday.values()))
    if not n:
        return 0.0, 1
    free = n - len(by_weekday)
    apart = sum((one - sum(group) / len(group)) ** 2 for group in by_weekday.values() for one in group)
    mean = sum(map(sum, by_weekday.values())) / n
    return max(apart / free if free else 0.0, mean), n
