"""Small numbers stay hidden from a reader who knows the total and every other number."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.figures_small import Hidden, shown

SMALL, BESIDE = Hidden.SMALL, Hidden.BESIDE


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((), ()),
        ((12, 0, 5), (12, 0, 5)),
        ((2, 3, 40), (SMALL, SMALL, 40)),
        ((2, 30, 40), (SMALL, BESIDE, 40)),
        ((1, 1, 9, 40), (SMALL, SMALL, BESIDE, 40)),
        ((4, 4, 9, 40), (SMALL, SMALL, BESIDE, 40)),
        ((1, 5, 9, 40), (SMALL, BESIDE, BESIDE, 40)),
        ((3,), None),
        ((1, 1), None),
    ],
)
def test_what_is_shown(numbers: tuple[int, ...], expected: object) -> None:
    assert shown(numbers) == expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        # In March alone the first is small: beside the year it would be the year without the others.
        ([(9, 30), (8, 30), (3, 30)], (BESIDE, BESIDE)),
        # In two months it is: their sum of 5 has more answers than one.
        ([(2, 30), (3, 30), (20, 30)], (25, 90)),
        # Each of two can only be 1.
        ([(1, 30), (1, 30), (20, 30)], (BESIDE, BESIDE)),
        ([(9, 30), (8, 30), (7, 30)], (24, 90)),
    ],
)
def test_a_year_beside_its_months_gives_no_small_number_away(
    months: list[tuple[int, int]], expected: object
) -> None:
    assert shown([sum(place) for place in zip(*months, strict=True)], months) == expected


def answers(numbers: Sequence[int], seen: Sequence[int | Hidden]) -> list[tuple[int, ...]]:
    """Every breakdown that this reader can think of, who knows that the lowest are hidden first."""
    total = sum(numbers)
    most = min((one for one in seen if isinstance(one, int) and one), default=total)
    ranges = [
        range(one, one + 1) if isinstance(one, int) else range(1, 5) if one is SMALL else range(5, most + 1)
        for one in seen
    ]
    return [one for one in product(*ranges) if sum(one) == total]


@settings(deadline=None, derandomize=True, database=None)
@given(st.lists(st.integers(0, 9), max_size=5))
def test_nobody_can_compute_a_small_number(numbers: list[int]) -> None:
    seen = shown(numbers)
    if seen is None:
        return
    found = answers(numbers, seen)
    assert tuple(numbers) in found
    for place, one in enumerate(seen):
        if one is SMALL:
            assert len({answer[place] for answer in found}) > 1
