"""A period beside another one: what changed, and what is no more than the noise of days.

One rule for every figure: a difference is a change when it is printed, is more than `LEAST` of what it
was, and is more than `NOISE` standard errors, which is what chance alone would bring. For what is counted
or given day by day that is how the days of both periods themselves differ (around the mean of their
weekday), for participations as sessions of that size would, for other numbers as independent events would
(Poisson), for a share or a middle value as drawing so many would; costs vary as what they are divided by
does. Days open, shifts held and the list of people are decided and not drawn: they have no such error. That
nobody came to open a shift is no decision: missing ones are independent events.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import hypot, pi, sqrt
from statistics import stdev

from db.figures_days import Day, DayState
from db.figures_made import Figure, Figures
from db.figures_names import MEANINGS, Measure, Name, as_printed

MOST = 1.0
"""Of more than so large a part of what it was, which is twice as much, both numbers are told and no part.

On a small base it is the base that makes a percentage large: 1,769 after 12 is +14,642%. And few people read
+150% as two and a half times as much, where everybody reads "from 12 to 30".
"""

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
    def known(self) -> bool:
        """Whether there is more or less of it: a difference to tell."""
        return self.trend in (Trend.MORE, Trend.LESS)

    @property
    def in_numbers(self) -> bool:
        """Whether the two numbers tell it, and not by which part of what it was it changed (`MOST`)."""
        if self.value is None or self.before is None or MEANINGS[self.name].measure is Measure.SHARE:
            return False
        return self.value - self.before > MOST * self.before

    @property
    def printed(self) -> float | None:
        """How much more it is now, by the two numbers as people read them."""
        if self.value is None or self.before is None:
            return None
        return round(as_printed(self.name, self.value) - as_printed(self.name, self.before), 4)

    @property
    def difference(self) -> float | None:
        """How much more it is now, by the two numbers as programs read them."""
        if self.value is None or self.before is None:
            return None
        return round(self.value - self.before, 4)


FEWEST = 5
"""A middle value over fewer than so many is compared with none."""

LEAST = 0.05
"""A difference of no more than this part of what it was is no change, of whatever figure."""

_SIDE_BY_SIDE = frozenset({Name.PRESENT_AT_HEADCOUNTS, Name.UNIQUE_VISITORS_LOW, Name.UNIQUE_VISITORS_HIGH})
"""Taken when somebody thought of it: two of them say nothing about a change."""

_MEDIANS = frozenset({Name.DAYS_TO_FIRST_SESSION, Name.HOURS_TO_ANSWER})
_BY_DAY: dict[Name, Callable[[Day], float | None]] = {
    Name.VISITS: lambda day: day.visits,
    Name.VISITS_PER_DAY_OPEN: lambda day: day.visits,
    Name.VOLUNTEER_ARRIVALS: lambda day: day.volunteer_arrivals,
    Name.FIRST_VISITS: lambda day: day.first_visits,
}
_DECIDED = frozenset({Name.DAYS_OPEN, Name.SHIFTS_HELD, Name.VOLUNTEERS})
"""What people decide, and no chance."""

_BY = {
    Name.COST_PER_VISIT: Name.VISITS,
    Name.COST_PER_OPEN_HOUR: Name.OPEN_HOURS,
    Name.COST_PER_PARTICIPATION: Name.PARTICIPATIONS,
    Name.REPLACEMENT_VALUE_LOW: Name.VOLUNTEER_HOURS,
    Name.REPLACEMENT_VALUE_HIGH: Name.VOLUNTEER_HOURS,
}
"""What these are made of: their error is as large a part of them."""


def since(now: Figures, before: Figures) -> dict[Name, Change]:
    """How each figure, over whole days, changed since another period."""
    comparable = not any(one.gaps.badly or _begins_in(one) for one in (now, before))
    return {
        name: Change(name, one.value, other.value, _trend(name, now, before, comparable=comparable))
        for name, one in now.figures.items()
        for other in (before.figures[name],)
    }


def by_days_open(changes: Mapping[Name, Change]) -> Change | None:
    """The days open, where these are why the visits went another way than those of a day open did.

    Both are true: with more days open there are more visits, and on each of them as many as there were.
    """
    visits, a_day, days = (changes[name] for name in (Name.VISITS, Name.VISITS_PER_DAY_OPEN, Name.DAYS_OPEN))
    return days if days.printed and visits.trend is not a_day.trend else None


def _begins_in(made: Figures) -> bool:
    """Whether the room began somewhere in this period: what came before is not zero but unknown."""
    began_on = made.gaps.began_on
    return began_on is not None and began_on <= made.period.to_day


def _trend(name: Name, now: Figures, before: Figures, *, comparable: bool) -> Trend:
    one, other = now.figures[name], before.figures[name]
    if one.value is None or other.value is None or not comparable or name in _SIDE_BY_SIDE:
        return Trend.INCOMPARABLE
    if name in _MEDIANS and min(one.out_of or 0, other.out_of or 0) < FEWEST:
        return Trend.INCOMPARABLE
    difference = one.value - other.value
    least = max(NOISE * _chance(name, now, before), LEAST * abs(other.value))
    if abs(difference) <= least or as_printed(name, one.value) == as_printed(name, other.value):
        return Trend.ABOUT_EQUAL
    return Trend.MORE if difference > 0 else Trend.LESS


def _chance(name: Name, now: Figures, before: Figures) -> float:
    """How much chance alone lets this figure differ (the standard error of the difference)."""
    if MEANINGS[name].measure is Measure.SHARE:
        return _of_share(now.figures[name], before.figures[name])
    if name in _MEDIANS:
        return _of_middle(now.figures[name].middle_of, before.figures[name].middle_of)
    return hypot(_error(name, now), _error(name, before))


def _error(name: Name, made: Figures) -> float:
    """The standard error of a figure of one period."""
    value = made.figures[name].value or 0
    if made_of := _BY.get(name):
        n = made.figures[made_of].value
        return value * _error(made_of, made) / n if n else 0.0
    if name in _DECIDED:
        return 0.0
    if name is Name.PARTICIPATIONS:
        return sqrt(made.sessions.participations_squared)
    if name is Name.OPEN_HOURS:
        variance, n = _spread(made.days, lambda day: day.hours)
        return sqrt(variance * n)
    if name is Name.VOLUNTEER_HOURS:
        by_day = made.hours.by_day
        variance, n = _spread(made.days, lambda day: by_day.get(day.day, timedelta(0)) / timedelta(hours=1))
        return sqrt(variance * n)
    if name in _BY_DAY:
        variance, n = _spread(made.days, _BY_DAY[name], counted=True)
        return sqrt(variance / n if name is Name.VISITS_PER_DAY_OPEN else variance * n)
    return sqrt(value)


def _of_share(one: Figure, other: Figure) -> float:
    """Two draws of so many, from what both have together."""
    n, m = one.out_of or 1, other.out_of or 1
    both = ((one.value or 0) * n + (other.value or 0) * m) / (n + m)
    return sqrt(both * (1 - both) * (1 / n + 1 / m))


def _of_middle(one: Sequence[float], other: Sequence[float]) -> float:
    """Two draws of so many, from what both have together: it varies a quarter more than a mean."""
    return sqrt(pi / 2 * (1 / len(one) + 1 / len(other))) * stdev((*one, *other))


def _spread(
    days: Iterable[Day], of: Callable[[Day], float | None], *, counted: bool = False
) -> tuple[float, int]:
    """How a day varies around what its weekday brings (the variance), and over how many days open.

    What is counted varies never less than independent visitors would: a few days that happen to be alike
    prove nothing.
    """
    by_weekday: dict[int, list[float]] = {}
    for day in days:
        if day.state is DayState.OPEN:
            by_weekday.setdefault(day.day.weekday(), []).append(of(day) or 0)
    n = sum(map(len, by_weekday.values()))
    if not n:
        return 0.0, 1
    free = n - len(by_weekday)
    apart = sum((one - sum(group) / len(group)) ** 2 for group in by_weekday.values() for one in group)
    mean = sum(map(sum, by_weekday.values())) / n
    return max(apart / free if free else 0.0, mean if counted else 0.0), n
