"""Opening hours as people write them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import room as rooms
from db.errors import NotPossible
from db.hours import in_words, parse
from db.room import DEFAULT_HOURS, Hours
from tests.clocks import FakeClock, at


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
        ("20:00-02:00", "20:00-02:00"),
        ("18-6", "18:00-06:00"),
        ("0-24", "00:00-24:00"),
        ("00:00 tot 24:00 uur", "00:00-24:00"),
        ("dicht", ""),
        ("Closed", ""),
        ("-", ""),
        ("  ", ""),
    ],
)
def test_many_ways_to_write_the_same(written: str, understood: str) -> None:
    assert in_words(parse(written, 3), 3) == understood


@pytest.mark.parametrize(
    "written",
    [
        "10",
        "10-",
        "10-12-14",
        "soms",
        "25-30",
        "10-9:75",
        "12345-6",
        "[/]",
        "10-16 soms",
        "0-0",
        "10-10",
        "0-25",
        "24-1",
    ],
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


@pytest.mark.parametrize(
    ("typed", "turned"),
    [
        ("16:30-10:00", "10:00-16:30"),
        ("17-9", "09:00-17:00"),
        ("12-11:59", "11:59-12:00"),
        ("18-6:01", "06:01-18:00"),
    ],
)
def test_hours_typed_backwards_are_asked_about(typed: str, turned: str) -> None:
    """A night lasts twelve hours at most; what would last longer is a day, the wrong way round."""
    with pytest.raises(NotPossible) as asked:
        parse(typed, 1)
    assert str(asked.value).startswith(f"Did you mean {turned}?")
    assert in_words(parse(turned, 1), 1) == turned


def test_the_whole_day_is_a_period_from_midnight_to_midnight(tmp_path: Path, clock: FakeClock) -> None:
    week = tuple(hours for day in range(1, 8) for hours in parse("0-24", day))
    rooms.create(tmp_path / "x.db", name="De Nacht", timezone="Europe/Amsterdam", hours=week)
    room, tuesday = rooms.current(), date(2026, 11, 24)
    (period,) = rooms.periods(room, tuesday)
    assert (period.opens_at, period.closes_at) == (at("2026-11-24 00:00"), at("2026-11-25 00:00"))
    days = [rooms.day_of(room, at(f"2026-11-24 {time}")) for time in ("00:00", "00:30", "23:59")]
    assert days == [tuesday] * 3


def test_who_is_late_belongs_to_the_evening_unless_the_room_is_open_again(
    tmp_path: Path, clock: FakeClock
) -> None:
    week = (Hours(1, "20:00", "02:00"), Hours(2, "02:30", "12:00"))
    rooms.create(tmp_path / "x.db", name="De Nacht", timezone="Europe/Amsterdam", hours=week)
    room, monday, tuesday = rooms.current(), date(2026, 11, 23), date(2026, 11, 24)
    days = [rooms.day_of(room, at(f"2026-11-24 {time}")) for time in ("01:59", "02:29", "02:30", "12:30")]
    assert days == [monday, monday, tuesday, tuesday]


MINUTES = st.integers(0, 24 * 60 - 1)


@given(MINUTES, MINUTES)
def test_any_stretch_reads_back_or_is_asked_about(opens: int, closes: int) -> None:
    def written(minute: int) -> str:
        return f"{minute // 60:02}:{minute % 60:02}"

    typed = f"{written(opens)}-{written(closes)}"
    if 0 < (closes - opens) % (24 * 60) <= 12 * 60 or opens < closes:
        assert parse(typed, 7) == (Hours(7, written(opens), written(closes)),)
    else:
        with pytest.raises(NotPossible):
            parse(typed, 7)
