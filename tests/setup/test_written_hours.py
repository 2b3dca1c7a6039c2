"""Opening hours as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import NotPossible
from db.hours import in_words, parse
from db.room import DEFAULT_HOURS, Hours


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("10:00-16:30", "10:00-16:30"),
        ("10-16", "10:00-16:00"),
        ("10.00 - 16.30", "10:00-16:30"),
        ("1000-1630", "10:00-16:30"),
        ("930–12", "09:30-12:00"),
        ("10u30 tot 16 uur", "10:30-16:00"),
        ("Van 10 tot 12 en 14 tot 17", "10:00-12:00, 14:00-17:00"),
        ("from 10 until 12 and 14 to 17", "10:00-12:00, 14:00-17:00"),
        ("10-12, 14-17", "10:00-12:00, 14:00-17:00"),
        ("14-17 10-12", "10:00-12:00, 14:00-17:00"),
        ("20-01", "20:00-01:00"),
        ("20-24", "20:00-00:00"),
        ("dicht", ""),
        ("Closed", ""),
        ("-", ""),
        ("  ", ""),
    ],
)
def test_many_ways_to_write_the_same(written: str, understood: str) -> None:
    assert in_words(parse(written, 3), 3) == understood


@pytest.mark.parametrize(
    "written", ["10", "10-", "10-12-14", "soms", "25-30", "10-9:75", "12345-6", "[/]", "10-16 soms", "0-24"]
)
def test_what_is_no_opening_time_is_said(written: str) -> None:
    with pytest.raises(NotPossible):
        parse(written, 1)


def test_two_stretches_of_one_day_may_not_overlap() -> None:
    with pytest.raises(NotPossible, match="overlap"):
        parse("10-14, 12-16", 1)


def test_the_week_that_is_filled_in_reads_back() -> None:
    week = tuple(hours for day in range(1, 8) for hours in parse(in_words(DEFAULT_HOURS, day), day))
    assert week == DEFAULT_HOURS


@given(st.text(max_size=80))
def test_anything_typed_is_understood_or_said_to_be_wrong(text: str) -> None:
    try:
        understood = parse(text, 1)
    except NotPossible:
        return
    assert parse(in_words(understood, 1), 1) == understood


MINUTES = st.integers(0, 24 * 60 - 1)


@given(MINUTES, MINUTES)
def test_any_stretch_reads_back(opens: int, closes: int) -> None:
    def written(minute: int) -> str:
        return f"{minute // 60:02}:{minute % 60:02}"

    if opens != closes:
        assert parse(f"{written(opens)}-{written(closes)}", 7) == (Hours(7, written(opens), written(closes)),)
