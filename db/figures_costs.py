"""What a period costs: the part of its years' costs that its days are of those years.

Costs stand beside what was measured, so they go over the same days: those of which nobody can know how
many came, because the room was not there yet or its earlier tally has none of them, are left out.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db import costs
from db.costs import Line, Rate


@dataclass(frozen=True)
class Share:
    """What some days of a period cost."""

    days: int
    euros: float | None
    """None where a year of them has no costs filled in, or where it is no day at all."""
    whole_years: bool
    """Whether no part of a year had to be reckoned."""


@dataclass(frozen=True)
class Costs:
    """What was filled in for a period."""

    lines: tuple[Line, ...]
    rate: Rate | None
    """The one that holds on all of these days; None where there is none, or more than one."""
    several_rates: bool
    """Whether there is none because there are more."""
    filled_in: bool
    """Whether every year that is reckoned with has costs."""
    by_visits: Share
    """Of the days of which the visits are known."""
    by_hours: Share
    """Of the days of which the hours open are known."""
    by_participations: Share
    """Of the days on which the room was there."""


WITHIN = timedelta(days=6)
"""From one tallied day to the next: shut in between, for a weekend or a holiday. Longer is no tally."""


def of(
    from_day: date, to_day: date, tallied: Collection[date] = frozenset(), here_since: date = date.min
) -> Costs:
    """The costs of these days.

    Args:
        from_day: the first one.
        to_day: the last one.
        tallied: the days of which an earlier tally has the visits, and nothing else is known.
        here_since: the room's first day: from there on every day is known, if only that it was shut.
    """
    lines = costs.lines(from_day.year, to_day.year)
    here = [day for day in _days(from_day, to_day) if day >= here_since]
    shares = (
        _share(lines, _without_holes(sorted({*tallied, *here}))),
        _share(lines, [day for day in here if day not in tallied]),
        _share(lines, here),
    )
    filled_in = bool(lines) and not any(share.days and share.euros is None for share in shares)
    first, last = costs.rate_on(min(max(from_day, here_since), to_day)), costs.rate_on(to_day)
    several = None not in {first, last} and first != last
    return Costs(lines, last if first == last else None, several, filled_in, *shares)


def _share(lines: Sequence[Line], days: Collection[date]) -> Share:
    """The part of each year's costs that these days are of it."""
    parts = {year: n / _length(year) for year, n in Counter(day.year for day in days).items()}
    known = parts and {line.year for line in lines}.issuperset(parts)
    euros = sum(line.cents * parts.get(line.year, 0) for line in lines) / 100 if known else None
    return Share(len(days), euros, set(parts.values()) == {1.0})


def _without_holes(measured: Sequence[date]) -> list[date]:
    """These days, and the few that lie between two of them."""
    found = list(measured[:1])
    for day in measured[1:]:
        after = found[-1] + timedelta(days=1)
        found += _days(after, day) if day - found[-1] <= WITHIN else [day]
    return found


def _days(from_day: date, to_day: date) -> Iterator[date]:
    return (from_day + timedelta(days=number) for number in range((to_day - from_day).days + 1))


def _length(year: int) -> int:
    return (date(year, 12, 31) - date(year, 1, 1)).days + 1
