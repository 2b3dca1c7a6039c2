"""Numbers are rounded as a calculator does, and every form says the same."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rounding import half_up
from hostdesk import words
from hostdesk.words import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [(19.25, 1, 19.3), (19.35, 1, 19.4), (0.125, 2, 0.13), (2.5, 0, 3), (-0.25, 1, -0.3), (7, 1, 7)],
)
def test_what_is_half_way_goes_up(value: float, decimals: int, rounded: float) -> None:
    assert half_up(value, decimals) == rounded


@given(st.integers(0, 100_000), st.integers(1, 8_000), st.integers(0, 4))
def test_a_part_of_a_count_is_rounded_by_the_digits_that_people_see(n: int, of: int, decimals: int) -> None:
    exact = Decimal(n) / Decimal(of)
    assert half_up(n / of, decimals) == float(exact.quantize(Decimal(10) ** -decimals, ROUND_HALF_UP))


def test_words_say_what_the_figure_says() -> None:
    words.choose("nl")
    assert (numbers.number(19.25, 1), numbers.decimal(19.25)) == ("19,3", "19,3")
    assert (numbers.percent(0.725), numbers.euro(0.125)) == ("73%", "€ 0,13")
