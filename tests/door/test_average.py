"""What a Monday usually brings, beside this one."""

from datetime import timedelta
from pathlib import Path

import apsw

from db import days, door, put_right
from db import room as rooms
from db.room import Room
from tests.clocks import FakeClock, at


def a_monday(clock: FakeClock, moment: str, n: int) -> None:
    """So many come at this moment."""
    clock.go_on_until(at(moment))
    door.arrive(n)


def brought() -> tuple[int, float, dict[int, float]]:
    """Over how many such days, what one brings, and by the hour."""
    average = days.today().average
    assert average is not None
    return average.days, average.visits, average.by_hour


def test_the_first_monday_has_nothing_beside_it(room: Room, clock: FakeClock) -> None:
    door.arrive(5)
    clock.go_on_until(at("2026-11-24 11:00"))

    assert days.today().average is None


def test_over_the_mondays_that_were_open(room: Room, clock: FakeClock) -> None:
    a_monday(clock, "2026-11-30 11:00", 10)
    a_monday(clock, "2026-11-30 14:30", 4)
    a_monday(clock, "2026-12-01 11:00", 99)  # a Tuesday
    a_monday(clock, "2026-12-14 11:15", 2)  # on the 7th it stayed shut
    door.arrive(50)
    door.undo()
    door.arrive(3, volunteer=True)
    clock.go_on_until(at("2026-12-21 10:00"))
    door.arrive(70)

    average = days.today().average
    assert average is not None
    assert (average.days, average.visits, average.by_hour) == (2, 8.0, {11: 6.0, 14: 2.0})


def test_an_open_monday_without_visits_counts(room: Room, clock: FakeClock) -> None:
    a_monday(clock, "2026-11-30 11:00", 10)
    clock.go_on_until(at("2026-12-07 11:00"))
    door.headcount(0)
    clock.go_on_until(at("2026-12-14 11:00"))

    assert brought() == (2, 5.0, {11: 5.0})


def test_only_the_last_eight_and_half_a_year(room: Room, clock: FakeClock) -> None:
    for n in range(1, 12):
        door.arrive(n)
        clock.go_on(weeks=1)
    average = days.today().average
    assert average is not None
    assert (average.days, average.visits) == (days.AVERAGE_OVER, sum(range(4, 12)) / 8)

    clock.go_on(weeks=25)
    average = days.today().average
    assert average is not None
    assert average.days == 1
    clock.go_on(weeks=1)
    assert days.today().average is None


def test_undoing_what_was_weeks_ago(room: Room, clock: FakeClock) -> None:
    door.arrive(6)
    mistake = door.arrive(4)
    clock.go_on(weeks=1)
    door.arrive(8)
    assert brought() == (1, 10.0, {14: 10.0})

    door.undo(mistake.id)
    assert brought() == (1, 6.0, {14: 6.0})
    clock.go_on(weeks=1)
    assert brought() == (2, 7.0, {14: 7.0})


def test_hours_that_are_put_right(room: Room, clock: FakeClock) -> None:
    door.arrive(5)
    clock.set_to(at("2026-11-23 13:00"))
    clock.go_on(weeks=1)
    assert brought() == (1, 5.0, {14: 5.0})

    put_right.clock_is_right()
    assert brought() == (1, 5.0, {13: 5.0})


def test_another_process_undoes_something_of_weeks_ago(room: Room, room_file: Path, clock: FakeClock) -> None:
    door.arrive(6)
    door.arrive(4)
    clock.go_on(weeks=1)
    assert brought() == (1, 10.0, {14: 10.0})

    elsewhere = apsw.Connection(str(room_file))
    columns = "at, day, hour, n, boot, boot_ms"
    elsewhere.execute(
        f"INSERT INTO door ({columns}, kind, voids) SELECT {columns}, 'undo', id FROM door WHERE id = 2"
    )
    elsewhere.close()
    assert brought() == (1, 6.0, {14: 6.0})


def test_a_sunday_is_the_seventh_day(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-29 12:00"))
    door.arrive(6)
    clock.go_on(weeks=1)

    assert brought() == (1, 6.0, {12: 6.0})
    assert rooms.day_of(room, clock.now() - timedelta(weeks=1)).isoweekday() == 7


def test_an_hour_before_the_room_was_there_is_none_without_visits(room: Room, clock: FakeClock) -> None:
    """It was made on a Monday at seven minutes past two: of the morning nothing is known."""
    door.arrive(4)
    assert not any(days.today().measured(hour) for hour in (10, 11, 12, 13))
    assert days.today().measured(14)
    clock.go_on_until(at("2026-11-30 14:30"))
    first = days.today().average
    assert first is not None
    assert (first.usual(11), first.usual(14), first.usual(15)) == (None, 4.0, 0.0)
    assert days.today().measured(11)

    clock.set_to(at("2026-11-30 11:30"))
    door.arrive(10)
    clock.go_on_until(at("2026-12-07 14:30"))
    average = days.today().average
    assert average is not None
    assert (average.days, average.by_hour) == (2, {11: 10.0, 14: 2.0})
