"""What a period costs: the part of its years' costs that its days are of those years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db import costs
from db.costs import Line, Rate


@dataclass(frozen=True)
class Costs:
    """What was filled in for a period."""

    euros: float | None
    """For these days; None where a year of them has no costs filled in."""
    whole_years: bool
    """Whether no part of a year had to be reckoned."""
    lines: tuple[Line, ...]
    rate: Rate | None


def of(from_day: date, to_day: date) -> Costs:
    """The costs of these days."""
    lines = costs.lines(from_day.year, to_day.year)
    parts = dict(_parts(from_day, to_day))
    filled_in = {line.year for line in lines}
    euros = None
    if parts and filled_in.issuperset(parts):
        euros = sum(line.cents * parts[line.year] for line in lines) / 100
    return Costs(euros, set(parts.values()) == {1.0}, lines, costs.rate_on(to_day))


def _parts(from_day: date, to_day: date) -> Iterable[tuple[int, float]]:
    """Each year of these days, and which part of it they are."""
    for year in range(from_day.year, to_day.year + 1):
        first, last = date(year, 1, 1), date(year, 12, 31)
        days = (min(last, to_day) - max(first, from_day)).days + 1
        yield year, days / ((last - first).days + 1)
