"""Small numbers of people in a breakdown are not shown, and can't be computed back from what is.

From 1 to 4 is too few to publish: who knows the neighbourhood knows who that was. A reader knows the
total and what a hidden number can be, so more are hidden until each has more than one answer left.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import inf

SMALLEST = 5
"""The smallest number of people that is shown; 0 is shown too."""


class Hidden(StrEnum):
    """Why a number is not shown."""

    SMALL = "small"
    """It is from 1 to 4."""
    BESIDE = "beside"
    """With it, a small one could be computed back from the total."""


def shown(numbers: Sequence[int]) -> tuple[int | Hidden, ...] | None:
    """These numbers, whose total is known, as they can be shown; None when none of it can be."""
    hidden = {place for place, n in enumerate(numbers) if 0 < n < SMALLEST}
    small = frozenset(hidden)
    others = sorted((n, place) for place, n in enumerate(numbers) if n >= SMALLEST)
    while hidden and _can_be_computed(numbers, small, hidden, others[0][0] if others else inf):
        if not others:
            return None
        hidden.add(others.pop(0)[1])
    return tuple(
        n if place not in hidden else Hidden.SMALL if place in small else Hidden.BESIDE
        for place, n in enumerate(numbers)
    )


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
