"""Hours in which nobody was counted while the room was open, against what such a weekday usually brings."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db import days, door, quiet_hours
from db import room as rooms
from db.room import Hours, Room
from tests.clocks import FakeClock, at


def quiet(room: Room) -> list[tuple[str, str, float | None]]:
    """Of the first shift of today."""
    today = days.today()
    period = today.periods[0]
    return [
        (f"{room.local(one.begins):%H:%M}", f"{room.local(one.ends):%H:%M}", one.usual)
        for one in quiet_hours.of(today, period.opens_at, period.closes_at)
    ]


def counted(clock: FakeClock, *moments: str) -> None:
    for moment in moments:
        clock.go_on_until(at(moment))
        door.arrive(2)


def test_without_an_earlier_monday_each_whole_hour_that_is_over(room: Room, clock: FakeClock) -> None:
    counted(clock, "2026-11-30 14:10")

    assert quiet(room) == [("10:00", "14:00", None)], "the hour that goes on now is no empty one yet"
    clock.go_on_until(at("2026-11-30 16:29"))
    assert quiet(room) == [("10:00", "14:00", None), ("15:00", "16:00", None)]


def test_an_hour_that_is_mostly_empty_is_left_out(room: Room, clock: FakeClock) -> None:
    counted(clock, "2026-11-30 15:59", "2026-12-07 10:10", "2026-12-07 11:20", "2026-12-07 12:00")
    clock.go_on_until(at("2026-12-14 16:25"))

    assert quiet(room) == [("10:00", "13:00", 3.0), ("15:00", "16:00", 1.0)]
    counted(clock, "2026-12-14 16:26")
    door.undo()
    assert quiet(room)[0] == ("10:00", "13:00", 3.0), "what was undone is no count"


def test_a_stretch_that_begins_at_half_past(room: Room, clock: FakeClock) -> None:
    rooms.change_hours([Hours(1, "10:30", "13:15")], date.min)
    clock.go_on(weeks=1)

    assert quiet(room) == [("11:00", "13:00", None)]


def test_hours_before_the_room_was_there_are_not_named(room: Room, clock: FakeClock) -> None:
    """It was made at seven minutes past two."""
    clock.go_on_until(at("2026-11-23 16:20"))

    assert quiet(room) == [("14:00", "16:00", None)]


def test_over_midnight_and_with_an_hour_that_comes_twice(room: Room, clock: FakeClock) -> None:
    rooms.change_hours([Hours(6, "20:00", "04:00")], date.min)
    counted(clock, "2027-10-30 20:30", "2027-10-30 23:30")
    clock.go_on_until(at("2027-10-31 03:50"))

    assert quiet(room) == [("21:00", "23:00", None), ("00:00", "03:00", None)]


@given(counts=st.dictionaries(st.integers(10, 15), st.integers(1, 9)), minute=st.integers(0, 390))
def test_every_hour_is_counted_or_named(counts: dict[int, int], minute: int) -> None:
    room = Room("", "", "nl", "Europe/Amsterdam", "dark")
    opens = at("2026-11-23 10:00")
    now = opens + timedelta(minutes=minute)
    today = days.Today(
        room,
        now,
        date(2026, 11, 23),
        None,
        (),
        0,
        0,
        0,
        None,
        counts,
        None,
        None,
        (),
        None,
        None,  # type: ignore[arg-type]
    )
    named = quiet_hours.of(today, opens, at("2026-11-23 16:30"))
    empty = {
        room.local(one.begins + timedelta(hours=n)).hour
        for one in named
        for n in range(int((one.ends - one.begins) / timedelta(hours=1)))
    }
    over = {hour for hour in range(10, 16) if at(f"2026-11-23 {hour + 1}:00") <= now}
    assert empty == over - counts.keys()
