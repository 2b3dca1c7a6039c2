"""Small numbers of people in a breakdown are not shown to others, and can't be computed back from what is.

The room itself reads all of them, on the screen and in a report of its own. From 1 to 4 is too few to
publish: who knows the neighbourhood knows who that was. A reader knows the total, what a hidden number can
be, and this rule. So what is hidden beside the small numbers goes by its place and never by what it is: the
last number of `SMALLEST` or more. Where the sum of the hidden ones, which the reader has, would still leave
one answer, nothing of that breakdown is shown: of each small number that is printed as such at least two
values remain.

Who has the reports of a year and of its months subtracts one from the other. So a quarter or a year is made
of what its months show and of nothing else: where one of them hides a number it says how many there are at
least. Days are hidden month by month in whatever period they are shown, and apart in a sample week, whose
visits are told; of the two months that such a week is in, no day is shown. Where a year is told month by
month, a month is hidden like any other number, with all of its days; months of which a total of their own is
told beside it apart from the others. It does not protect against who
has more: a former report of the same days, made before they were over or put right; what a small number was
from elsewhere; or weeks and other stretches of days, which cut through months and have totals of their own.
For others than the room itself people are therefore broken down by what they have in common only in a month,
a quarter and a year, the report says what remains, and a partner, who asks as often as they like, gets no
others, and of those only months that are over (`hostdesk report`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SMALLEST = 5
"""The smallest number of people that is shown; 0 is shown too."""


class Hidden(StrEnum):
    """Why a number is not shown."""

    SMALL = "small"
    """It is from 1 to 4."""
    BESIDE = "beside"
    """With it, a small one could be computed back from the total."""


@dataclass(frozen=True)
class AtLeast:
    """So many there are for certain; how many more is not told."""

    n: int


NONE_TOLD: Mapping[date, int | Hidden] = {}

Shown = int | AtLeast | Hidden
"""How many people there are, as far as that may be shown."""


def shown(numbers: Sequence[int]) -> tuple[int | Hidden, ...] | None:
    """These numbers, whose total is known, as they can be shown; None when none of it can be.

    Args:
        numbers: how many people each is, in an order that does not depend on that.
    """
    small = {place for place, n in enumerate(numbers) if 0 < n < SMALLEST}
    if not small:
        return tuple(numbers)
    beside = {*[place for place, n in enumerate(numbers) if n >= SMALLEST][-1:]}
    if _has_one_answer(sum(numbers[place] for place in small | beside), len(small), len(beside)):
        return None
    return tuple(
        Hidden.SMALL if place in small else Hidden.BESIDE if place in beside else n
        for place, n in enumerate(numbers)
    )


def together(
    parts: Sequence[tuple[Sequence[int | Hidden] | None, int]],
) -> tuple[Shown, ...] | None:
    """What there is in a longer period, from what its parts show; None when that is nothing.

    Args:
        parts: what is `shown` of each, and its total.
    """
    told = [
        zip(numbers, _sure(numbers, total), strict=True) for numbers, total in parts if numbers is not None
    ]
    found = [_in_all(place, every=len(told) == len(parts)) for place in zip(*told, strict=True)]
    return None if all(isinstance(n, Hidden) for n in found) else tuple(found)


def _sure(numbers: Sequence[int | Hidden], total: int) -> list[int]:
    """As many as there are at least, by what is shown and by the rule of what is not."""
    rest = total - sum(n for n in numbers if not isinstance(n, Hidden))
    beside = max(rest - numbers.count(Hidden.SMALL) * (SMALLEST - 1), SMALLEST)
    least = {Hidden.SMALL: 1, Hidden.BESIDE: beside}
    return [least[n] if isinstance(n, Hidden) else n for n in numbers]


def _in_all(numbers: Sequence[tuple[int | Hidden, int]], *, every: bool) -> Shown:
    """What these are together, as they are shown and at least; a few for certain is not worth saying."""
    sure = sum(least for _, least in numbers)
    if every and all(n == least for n, least in numbers):
        return sure
    return AtLeast(sure) if sure >= SMALLEST else Hidden.BESIDE


def months_shown(
    visits: Mapping[date, int], sample_weeks: Iterable[Sequence[date]], until: date | None = None
) -> dict[date, int | Hidden]:
    """The visits of each month as others than the room may see them, beside those of all together.

    Args:
        visits: of each month, by its first day.
        sample_weeks: the days of all that these months have: their visits are told, so a month with one of
            them can't be hidden well.
        until: the last day of a part of these months, of which the visits are told too.
    """
    sampled = {day.replace(day=1) for week in sample_weeks for day in week}
    found: dict[date, int | Hidden] = {}
    for later in (False, True):
        months = [month for month in visits if (until is not None and month > until) is later]
        seen = dict(zip(months, shown([visits[month] for month in months]) or (), strict=False))
        if any(isinstance(n, Hidden) for month, n in seen.items() if month in sampled):
            seen = {}
        found.update(seen or dict.fromkeys(months, Hidden.BESIDE))
    return found


def visits_shown(
    visits: Mapping[date, int],
    sample_weeks: Iterable[Sequence[date]],
    months: Mapping[date, int | Hidden] = NONE_TOLD,
) -> dict[date, int | Hidden]:
    """The visits of each day open as others than the room may see them.

    Args:
        visits: of each day.
        sample_weeks: the days of all that these days are in, whole: a report with the whole week tells its
            visits.
        months: what is shown of each month beside them, by its first day; of one that is hidden no day is
            shown, which together would tell it.
    """
    within: dict[date, Sequence[date]] = {}
    halves: set[date] = set()
    for week in sample_weeks:
        those = {day.replace(day=1) for day in (week[0], week[-1])}
        if len(those) == 1:
            within.update(dict.fromkeys(week, week))
        else:
            halves |= those
    told_apart: dict[object, list[date]] = {}
    for day in visits:
        told_apart.setdefault(within.get(day, day.replace(day=1)), []).append(day)
    found: dict[date, int | Hidden] = {}
    for days in told_apart.values():
        month = days[0].replace(day=1)
        apart = month in halves or isinstance(months.get(month), Hidden)
        seen = None if apart else shown([visits[day] for day in days])
        found.update(zip(days, seen or [Hidden.BESIDE] * len(days), strict=True))
    return found


def _has_one_answer(total: int, small: int, beside: int) -> bool:
    """Whether so many small numbers and at most one of `SMALLEST` or more can make this sum in one way."""
    if not beside:
        return small == 1 or total in (small, small * (SMALLEST - 1))
    return total == small + SMALLEST
