"""Which day a moment belongs to: on long and short days, past midnight, on the other side of the world."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import connection, days, door
from db import room as rooms
from db.room import Hours, Room
from tests.clocks import FakeClock, at

EVERY_EVENING = tuple(Hours(weekday, "20:00", "01:00") for weekday in range(1, 8))


@pytest.fixture
def night_room(tmp_path: Path, clock: FakeClock) -> Room:
    """A room that is open from eight in the evening until one at night."""
    rooms.create(
        tmp_path / "night.db", name="De Nachtkamer", timezone="Europe/Amsterdam", hours=EVERY_EVENING
    )
    return rooms.current()


def test_half_past_midnight_belongs_to_the_evening(night_room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-23 22:30"))
    door.arrive(4)
    clock.go_on_until(at("2026-11-24 00:30"))
    row = door.arrive(2)

    today = days.today()
    assert (row.day, row.hour) == (date(2026, 11, 23), 0)
    assert (today.day, today.visits, today.by_hour) == (date(2026, 11, 23), 6, {22: 4, 0: 2})
    assert today.opening.until == at("2026-11-24 01:00")


def test_who_leaves_late_belongs_to_the_evening(night_room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-23 23:00"))
    door.arrive(4)
    clock.go_on_until(at("2026-11-24 01:10"))
    row = door.depart(4)

    today = days.today()
    assert row.day == today.day == date(2026, 11, 23)
    assert today.present is not None
    assert today.present.n == 0
    assert not today.opening.open


def test_an_hour_after_closing_the_next_day_has_begun(night_room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-24 01:59"))
    assert days.today().day == date(2026, 11, 23)
    clock.go_on_until(at("2026-11-24 02:00"))
    assert days.today().day == date(2026, 11, 24)


def test_a_daytime_room_changes_days_at_midnight(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-23 23:59:59"))
    assert days.today().day == date(2026, 11, 23)
    clock.go_on(seconds=1)
    assert days.today().day == date(2026, 11, 24)


def test_the_day_of_23_hours(night_room: Room, clock: FakeClock) -> None:
    assert rooms.end_of_day(night_room, date(2027, 3, 28)) - at("2027-03-28 00:00") == timedelta(hours=23)
    (night,) = rooms.periods(night_room, date(2027, 3, 27))
    assert night.closes_at - night.opens_at == timedelta(hours=5)

    clock.go_on_until(at("2027-03-28 20:00"))
    door.arrive(3)
    assert days.today().by_hour == {20: 3}


def test_the_day_of_25_hours_has_an_hour_twice(tmp_path: Path, clock: FakeClock) -> None:
    hours = [Hours(6, "20:00", "04:00")]
    rooms.create(tmp_path / "long.db", name="De Nachtkamer", timezone="Europe/Amsterdam", hours=hours)
    room = rooms.current()
    (night,) = rooms.periods(room, date(2027, 10, 30))
    assert night.closes_at - night.opens_at == timedelta(hours=9)
    assert rooms.end_of_day(room, date(2027, 10, 31)) - at("2027-10-31 00:00") == timedelta(hours=25)

    clock.go_on_until(datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
    first = door.arrive()
    clock.go_on(hours=1)
    second = door.arrive()
    assert first.hour == second.hour == 2
    assert days.today().by_hour == {2: 2}
    assert days.today().day == date(2027, 10, 30)


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Pacific/Kiritimati", "2026-11-24", 3),
        ("America/Paramaribo", "2026-11-23", 10),
        ("Asia/Kathmandu", "2026-11-23", 18),
    ],
)
def test_another_time_zone(tmp_path: Path, clock: FakeClock, zone: str, day: str, hour: int) -> None:
    rooms.create(tmp_path / "far.db", name="Elsewhere", language="en", timezone=zone)
    row = door.arrive()

    assert (row.day.isoformat(), row.hour) == (day, hour)
    assert days.today().visits == 1


def test_a_midnight_that_does_not_exist() -> None:
    cairo = Room("", "", "en", "Africa/Cairo", "dark")
    before, after = rooms.end_of_day(cairo, date(2027, 4, 29)), rooms.end_of_day(cairo, date(2027, 4, 30))

    assert before.astimezone(ZoneInfo("Africa/Cairo")).isoformat() == "2027-04-30T01:00:00+03:00"
    assert after - before == timedelta(hours=23)


@given(day=st.dates(date(2026, 1, 1), date(2036, 1, 1)))
def test_no_evening_is_lost_or_meets_the_next(day: date) -> None:
    evening, next_ = (
        rooms._period("Europe/Amsterdam", on, "20:00", "03:30") for on in (day, day + timedelta(days=1))
    )

    assert timedelta(hours=6) <= evening.closes_at - evening.opens_at <= timedelta(hours=9)
    assert evening.closes_at < next_.opens_at
    assert evening.opens_at.tzinfo is UTC


def test_a_day_holds_whatever_the_room_is_called(room: Room, room_file: Path, clock: FakeClock) -> None:
    door.arrive()
    rooms.choose_theme("light")
    connection.close()
    connection.open(room_file)

    assert days.today().room.theme == "light"
    assert days.today().visits == 1
