"""What one key at the door does to the numbers on the screen (DESIGN.md, "Counting")."""

from datetime import date

import pytest

from db import connection, days, door, door_rows
from db.door_rows import Kind
from db.errors import NotPossible, Spoiled
from db.room import Room
from tests.clocks import FakeClock, at


def test_a_visitor_comes_in(room: Room) -> None:
    row = door.arrive()

    today = days.today()
    assert (row.kind, row.n, row.hour) == (Kind.ARRIVAL, 1, 14)
    assert (today.visits, today.volunteers, today.first_visits) == (1, 0, 0)
    assert today.last == row == today.undoes == today.recent[0]


def test_a_quiet_day_is_zero_and_not_nothing(room: Room) -> None:
    today = days.today()

    assert (today.visits, today.by_hour, today.last, today.undoes) == (0, {}, None, None)
    assert today.present is None
    assert today.average is None


def test_a_group_is_one_row(room: Room) -> None:
    door.arrive(5)

    assert [row.n for row in days.today().recent] == [5]
    assert days.today().visits == 5


def test_volunteers_are_counted_apart(room: Room) -> None:
    door.arrive(3)
    door.arrive(2, volunteer=True)

    today = days.today()
    assert (today.visits, today.volunteers) == (3, 2)
    assert sum(today.by_hour.values()) == 3


def test_visits_stand_under_the_local_hour(room: Room, clock: FakeClock) -> None:
    door.arrive(2)
    clock.go_on_until(at("2026-11-23 15:00"))
    door.arrive()

    assert days.today().by_hour == {14: 2, 15: 1}


def test_departures_and_headcounts_never_change_the_visits(room: Room) -> None:
    door.arrive(4)
    door.depart(2)
    door.headcount(9)

    assert days.today().visits == 4


def test_nobody_measured_who_is_here(room: Room) -> None:
    door.arrive(4)

    assert days.today().present is None


def test_the_first_departure_makes_it_known_who_is_here(room: Room) -> None:
    door.arrive(4)
    door.arrive(1, volunteer=True)
    door.depart(2)

    present = days.today().present
    assert present is not None
    assert (present.n, present.counted_at, present.arrived, present.left) == (3, None, 5, 2)


def test_without_that_departure_it_is_not_known_again(room: Room) -> None:
    door.arrive(4)
    left = door.depart()
    door.undo(left.id)

    assert days.today().present is None


def test_a_headcount_starts_anew(room: Room, clock: FakeClock) -> None:
    door.arrive(9)
    door.depart(1)
    clock.go_on(minutes=5)
    counted = door.headcount(12)
    door.arrive(2)
    door.arrive(1, volunteer=True)
    door.depart(1)

    present = days.today().present
    assert present is not None
    assert (present.n, present.counted_at, present.arrived, present.left) == (14, counted.at, 3, 1)


def test_the_last_headcount_counts_until_it_is_undone(room: Room) -> None:
    door.headcount(10)
    door.arrive(3)
    door.headcount(2)
    assert days.today().present == days.Present(2, days.today().now, 0, 0)

    door.undo()
    assert days.today().present == days.Present(13, days.today().now, 3, 0)


def test_an_empty_room_was_counted(room: Room) -> None:
    door.headcount(0)

    present = days.today().present
    assert present is not None
    assert present.n == 0


def test_nobody_less_than_nobody_is_here(room: Room) -> None:
    door.arrive(2)
    door.depart(5)
    present = days.today().present
    assert present is not None
    assert present.n == 0

    door.arrive(4)  # the sum is 1: the floor is under the answer, not under each step
    present = days.today().present
    assert present is not None
    assert present.n == 1


def test_yesterday_is_another_day(room: Room, clock: FakeClock) -> None:
    door.arrive(4)
    door.headcount(4)
    clock.go_on_until(at("2026-11-24 10:05"))

    today = days.today()
    assert (today.visits, today.present, today.recent) == (0, None, ())
    assert today.last is not None
    assert today.last.kind is Kind.HEADCOUNT


@pytest.mark.parametrize("n", [0, -3, door.MOST_AT_ONCE + 1, 1_000_000])
def test_a_number_that_cannot_be_changes_nothing(room: Room, n: int) -> None:
    with pytest.raises(NotPossible):
        door.arrive(n)
    with pytest.raises(NotPossible):
        door.depart(n)

    assert days.today().last is None


@pytest.mark.parametrize("n", [-1, door.MOST_HEADS + 1])
def test_a_headcount_that_cannot_be_changes_nothing(room: Room, n: int) -> None:
    with pytest.raises(NotPossible):
        door.headcount(n)

    assert days.today().last is None


def test_the_most_that_can_be_can_be(room: Room) -> None:
    door.arrive(door.MOST_AT_ONCE)
    door.depart(door.MOST_AT_ONCE)
    door.headcount(door.MOST_HEADS)

    assert days.today().visits == door.MOST_AT_ONCE


def test_a_reason_comes_from_the_rooms_list(room: Room) -> None:
    assert door.reasons() == ("inloop", "activiteit", "vraag", "eten", "anders")
    door.arrive(2, reason=" Vraag ")
    with pytest.raises(NotPossible, match=r"inloop, activiteit, vraag, eten, anders"):
        door.arrive(2, reason="koffie")

    today = days.today()
    assert (today.visits, len(today.recent)) == (2, 1)


def test_the_screen_shows_the_newest_rows_first(room: Room) -> None:
    ids = [door.arrive().id for _ in range(door_rows.RECENT_ROWS + 3)]

    assert [row.id for row in days.today().recent] == ids[: -door_rows.RECENT_ROWS - 1 : -1]


def test_a_row_is_told_as_it_will_be_read_back(room: Room, clock: FakeClock) -> None:
    clock.go_on(microseconds=1999)
    row = door.arrive()

    assert row == days.today().last


@pytest.mark.parametrize("kind", ["arrival", "volunteer", "departure", "headcount", "first_visit"])
def test_no_number_below_nought_is_read(room: Room, clock: FakeClock, kind: str) -> None:
    """Another program wrote it; what else was counted in that hour must not hide it."""
    for _ in range(2):
        door.arrive(9, first_visit=True)
        door.arrive(9, volunteer=True)
        door.depart(9)
        door.headcount(9)
    for _ in range(door_rows.RECENT_ROWS):  # none of those is among the last actions
        door.arrive(30)
    last = "(SELECT MAX(id) FROM door WHERE kind = ? AND n < 30)"
    connection.database.execute_sql(f"UPDATE door SET n = -5 WHERE id = {last}", (kind,))
    with pytest.raises(Spoiled):
        days.today()
    if kind == Kind.ARRIVAL:
        with pytest.raises(Spoiled):
            days.visits(date(2026, 11, 23))
