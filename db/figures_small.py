"""Small numbers of people in a breakdown are not shown, and can't be computed back from what is.

From 1 to 4 is too few to publish: who knows the neighbourhood knows who that was. A reader knows the
total, what a hidden number can be, and this rule. So what is hidden beside the small numbers goes by its
place and never by what it is: the last number of `SMALLEST` or more. Where the sum of the hidden ones, which
the reader has, would still leave one answer, nothing of that breakdown is shown: of each small number that
is printed as such at least two values remain.

Who has the reports of a year and of its months subtracts one from the other. So a quarter or a year shows a
number only where each of its months shows it, and says nothing that the months don't; days are hidden month
by month in whatever period they are shown. It does not protect against who has more: a former report of the
same days, made before they were over or put right; what a small number was from elsewhere; or weeks and
other stretches of days, which cut through months and have totals of their own. For others than the room
itself people are therefore broken down by what they have in common only in a month, a quarter and a year,
the report says what remains, and a partner, who asks as often as they like, gets no others, and of those
only months that are over (`hostdesk report`).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby

SMALLEST = 5
"""The smallest number of people that is shown; 0 is shown too."""


class Hidden(StrEnum):
    """Why a number is not shown."""

    SMALL = "small"
    """It is from 1 to 4."""
    BESIDE = "beside"
    """With it, a small one could be computed back from the total."""


def shown(numbers: Sequence[int], parts: Sequence[Sequence[int]] = ()) -> tuple[int | Hidden, ...] | None:
    """These numbers, whose total is known, as they can be shown; None when none of it can be.

    Args:
        numbers: how many people each is, in an order that does not depend on that.
        parts: the same of each part of the period, as it may be shown in a report of its own.
    """
    if parts:
        return _as_in_each_part(numbers, parts)
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


def visits_shown(visits: Mapping[date, int]) -> dict[date, int | Hidden]:
    """The visits of each day open as others than the room may see them: hidden month by month."""
    found: dict[date, int | Hidden] = {}
    for _, of_month in groupby(visits.items(), lambda one: (one[0].year, one[0].month)):
        those = dict(of_month)
        seen = shown(list(those.values())) or [Hidden.BESIDE] * len(those)
        found.update(zip(those, seen, strict=True))
    return found


def _as_in_each_part(
    numbers: Sequence[int], parts: Sequence[Sequence[int]]
) -> tuple[int | Hidden, ...] | None:
    """What every part shows of a longer period, and so no more than their reports together say."""
    seen = [shown(part) for part in parts]
    whole = [part for part in seen if part is not None]
    if len(whole) < len(seen):
        return None
    found = tuple(
        n if all(isinstance(part[place], int) for part in whole) else Hidden.BESIDE
        for place, n in enumerate(numbers)
    )
    return found if any(isinstance(n, int) and n for n in found) or not any(numbers) else None


def _has_one_answer(total: int, small: int, beside: int) -> bool:
    """Whether so many small numbers and at most one of `SMALLEST` or more can make this sum in one way."""
    if not beside:
        return small == 1 or total in (small, small * (SMALLEST - 1))
    return total == small + SMALLEST
