"""Never asked, told by one later key: this visitor is here for the first time."""

from datetime import datetime

import pytest

from db import clock as clocks
from db import days, door, door_rows, put_right
from db.connection import database
from db.errors import NotPossible
from db.room import Room
from tests.clocks import FakeClock, at


def test_one_key_after_the_arrival(room: Room) -> None:
    row = door.arrive()

    assert door.first_visit(row.id) == 1
    today = days.today()
    assert (today.visits, today.first_visits) == (1, 1)
    assert today.last is not None
    assert (today.last.id, today.last.first_visits) == (row.id, 1)


def test_again_takes_it_back(room: Room) -> None:
    row = door.arrive()

    assert [door.first_visit(row.id) for _ in range(4)] == [1, 0, 1, 0]
    assert days.today().first_visits == 0


def test_a_group_goes_round(room: Room) -> None:
    row = door.arrive(3)

    assert [door.first_visit(row.id) for _ in range(5)] == [1, 2, 3, 0, 1]


def test_all_of_a_group_at_once(room: Room) -> None:
    row = door.arrive(3, first_visit=True)

    assert row.first_visits == days.today().first_visits == 3
    assert door.first_visit(row.id) == 0


def test_so_many_of_a_group(room: Room) -> None:
    row = door.arrive(5)
    assert [door.first_visit(row.id, n) for n in (3, 5, 0)] == [3, 5, 0]
    for wrong in (6, -1):
        with pytest.raises(NotPossible):
            door.first_visit(row.id, wrong)
    assert days.today().first_visits == 0


def test_each_arrival_has_its_own(room: Room) -> None:
    first, second = door.arrive(2), door.arrive(4)
    door.first_visit(second.id)
    door.first_visit(first.id)
    door.first_visit(second.id)

    assert days.today().first_visits == 3


def test_an_undone_arrival_takes_its_tags_with_it(room: Room) -> None:
    row = door.arrive(3, first_visit=True, reason="eten")
    door.arrive()
    door.undo(row.id)

    today = days.today()
    assert (today.visits, today.first_visits) == (1, 0)
    with pytest.raises(NotPossible):
        door.first_visit(row.id)


def test_a_tag_changes_neither_the_last_action_nor_what_an_undo_takes(room: Room) -> None:
    row = door.arrive(2)
    door.first_visit(row.id)

    undoes = days.today().undoes
    assert undoes is not None
    assert undoes.id == row.id
    assert door.undo().n == 2


def test_the_last_arrival_is_known_however_much_happened_since(room: Room) -> None:
    first, second = door.arrive(2), door.arrive(3)
    for _ in range(door_rows.RECENT_ROWS):
        door.depart()
    door.arrive(volunteer=True)
    door.first_visit(second.id)

    last = days.today().last_arrival
    assert last is not None
    assert (last.id, last.n, last.first_visits) == (second.id, 3, 1)
    door.undo(second.id)
    assert (days.today().last_arrival or second).id == first.id
    door.undo(first.id)
    assert days.today().last_arrival is None


def test_yesterdays_arrival_is_not_todays_last(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on(days=1)

    assert days.today().last_arrival is None


def test_only_visitors_come_for_the_first_time(room: Room) -> None:
    rows = [door.arrive(1, volunteer=True), door.depart(), door.headcount(3)]

    for row_id in (*(row.id for row in rows), 99):
        with pytest.raises(NotPossible):
            door.first_visit(row_id)
    with pytest.raises(NotPossible):
        door.arrive(1, volunteer=True, first_visit=True)
    assert days.today().first_visits == 0
    assert days.today().volunteers == 1


def test_said_after_midnight_it_counts_on_the_day_of_the_arrival(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-23 23:59:30"))
    row = door.arrive(2)
    clock.go_on(minutes=1)
    door.first_visit(row.id)

    assert days.today().day.isoformat() == "2026-11-24"
    assert days.today().first_visits == 0
    clock.reboot(says=at("2026-11-23 23:59:50"))
    put_right.clock_is_right()
    assert days.today().first_visits == 1


class TickingClock(FakeClock):
    """A second passes at each look."""

    def now(self) -> datetime:
        self.go_on(seconds=1)
        return super().now()


def test_midnight_strikes_between_an_arrival_and_its_tags(room: Room) -> None:
    clocks.use(TickingClock(at("2026-11-23 23:59:58")))
    row = door.arrive(2, first_visit=True, reason="eten")

    filed = database.execute_sql("SELECT day, at > '2026-11-23 23' FROM door ORDER BY id").fetchall()
    assert filed == [(row.day.isoformat(), 0), (row.day.isoformat(), 1), (row.day.isoformat(), 1)]
