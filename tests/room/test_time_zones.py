"""A local time on a real day is the moment that pendulum makes of it, also when clocks change that day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import room as rooms
from db.room import Period, Room

ZONES = (
    "Europe/Amsterdam",
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
)


def _change_days(zone: str) -> list[date]:
    """The days from 1910 on which this zone's clocks changed."""
    noons = [datetime(1910, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(47000)]
    offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for noon in noons]
    return [
        noon.astimezone(ZoneInfo(zone)).date()
        for noon, before, after in zip(noons[1:], offsets, offsets[1:], strict=False)
        if before != after
    ]


CHANGES = [(zone, day) for zone in ZONES for day in _change_days(zone)]
ANY_DAY = st.tuples(st.sampled_from(ZONES), st.dates(date(1910, 1, 1), date(2090, 1, 1)))
DAYS_OF_CHANGE = st.sampled_from(CHANGES).flatmap(
    lambda change: st.integers(-2, 1).map(lambda n: (change[0], change[1] + timedelta(days=n)))
)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
SMALL_HOURS = st.builds(time, st.integers(0, 4), st.sampled_from((0, 1, 15, 29, 30, 31, 59)))


def _pendulums(zone: str, day: date, at: time) -> datetime:
    local = pendulum.datetime(day.year, day.month, day.day, at.hour, at.minute, tz=zone)
    return datetime.fromtimestamp(local.timestamp(), UTC)


@given(
    where_and_when=st.one_of(DAYS_OF_CHANGE, ANY_DAY),
    opens=st.one_of(SMALL_HOURS, TIMES),
    closes=st.one_of(SMALL_HOURS, TIMES),
)
def test_opening_hours_lie_where_pendulum_puts_them(
    where_and_when: tuple[str, date], opens: time, closes: time
) -> None:
    zone, day = where_and_when
    last = day if closes > opens else day + timedelta(days=1)

    assert rooms._period(zone, day, f"{opens:%H:%M}", f"{closes:%H:%M}") == Period(
        day, _pendulums(zone, day, opens), _pendulums(zone, last, closes)
    )


@given(where_and_when=st.one_of(DAYS_OF_CHANGE, ANY_DAY))
def test_a_day_ends_where_pendulum_puts_its_midnight(where_and_when: tuple[str, date]) -> None:
    zone, day = where_and_when
    room = Room("", "", "en", zone, "dark")

    assert rooms.end_of_day(room, day) == _pendulums(zone, day + timedelta(days=1), time())


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/Amsterdam", date(2027, 3, 28), time(2, 30), "2027-03-28 01:30"),  # skipped: it is 03:30
        ("Europe/Amsterdam", date(2027, 10, 31), time(2, 30), "2027-10-31 01:30"),  # twice: the second
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03 15:45"),  # half an hour skipped
        ("America/Sao_Paulo", date(2018, 11, 4), time(0), "2018-11-04 03:00"),  # the midnight was skipped
        ("Pacific/Apia", date(2011, 12, 30), time(12), "2011-12-30 22:00"),  # the whole day was
    ],
)
def test_clocks_that_change(zone: str, day: date, at: time, moment: str) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert rooms._moment(ZoneInfo(zone), day, at) == expected == _pendulums(zone, day, at)
