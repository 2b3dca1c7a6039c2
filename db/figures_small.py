"""Small numbers of people in a breakdown are not shown, and can't be computed back from what is.

From 1 to 4 is too few to publish: who knows the neighbourhood knows who that was. A reader knows the
total and what a hidden number can be, so more are hidden until each has more than one answer left.

Who has the reports of a year and of its months subtracts one from the other. So a number of a quarter or
a year is hidden too where those of its months would leave one answer, and days are hidden month by month
in whatever period they are shown. Weeks and stretches of days cut through months, and their totals are
published whatever is hidden: against those nothing helps in general. For others than the room itself
people are therefore broken down by what they have in common only in a month, a quarter and a year, and
the report says what remains.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from math import inf

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
        numbers: how many people each is.
        parts: the same of each part of the period, as it may be shown in a report of its own.
    """
    small = frozenset(place for place, n in enumerate(numbers) if 0 < n < SMALLEST)
    seen = [shown(part) or [None] * len(numbers) for part in parts]
    by_parts = {
        place
        for place, n in enumerate(numbers)
        if n
        and _parts_give_it_away([(part[place], how[place]) for part, how in zip(parts, seen, strict=True)])
    }
    hidden = {*small, *by_parts}
    others = sorted((n, place) for place, n in enumerate(numbers) if n >= SMALLEST and place not in hidden)
    while hidden and _can_be_computed(
        numbers, small, hidden, others[0][0] if others and not by_parts - small else inf
    ):
        if not others:
            return None
        hidden.add(others.pop(0)[1])
    return tuple(
        n if place not in hidden else Hidden.SMALL if place in small else Hidden.BESIDE
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


def _can_be_computed(
    numbers: Sequence[int], small: frozenset[int], hidden: set[int], next_shown: float
) -> bool:
    """Whether the hidden numbers' sum leaves one answer: one is alone, or all are as low or high as can be.

    What is hidden beside the small ones is the lowest of the rest, and so at most the next one.
    """
    total, beside = sum(numbers[place] for place in hidden), len(hidden) - len(small)
    least = len(small) + beside * SMALLEST
    most = len(small) * (SMALLEST - 1) + beside * next_shown if beside else len(small) * (SMALLEST - 1)
    return len(hidden) == 1 or total in (least, most)


def _parts_give_it_away(parts: Sequence[tuple[int, int | Hidden | None]]) -> bool:
    """Whether the sum of all leaves one answer for those parts that are hidden (None: all of one is)."""
    hidden = [(n, how) for n, how in parts if not isinstance(how, int)]
    total = sum(n for n, _ in hidden)
    small = sum(how is Hidden.SMALL for _, how in hidden)
    beside = sum(how is Hidden.BESIDE for _, how in hidden)
    most = small * (SMALLEST - 1) if small == len(hidden) else inf
    return len(hidden) == 1 or (bool(hidden) and total in (small + beside * SMALLEST, most))
