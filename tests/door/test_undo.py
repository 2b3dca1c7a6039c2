"""Taking it back: exactly one row, as often as needed, however long ago."""

from pathlib import Path

import pytest

from db import connection, days, door, door_rows, put_right
from db.door_rows import Kind
from db.errors import AlreadyUndone, NothingToUndo
from db.room import Room
from tests.clocks import FakeClock, at


def test_nothing_to_undo(room: Room) -> None:
    with pytest.raises(NothingToUndo):
        door.undo()


def test_the_last_action_is_taken_back_and_says_so(room: Room) -> None:
    door.arrive()
    five = door.arrive(5)
    undo = door.undo()

    today = days.today()
    assert (undo.kind, undo.n, undo.undone) == (Kind.UNDO, 5, Kind.ARRIVAL)
    assert today.visits == 1
    assert today.last == undo
    assert [(row.id, row.voided) for row in today.recent][1] == (five.id, True)


def test_again_takes_back_the_one_before(room: Room) -> None:
    rows = [door.arrive(), door.depart(), door.headcount(3), door.arrive(1, volunteer=True)]

    for row in reversed(rows):
        standing = days.today().undoes
        assert standing is not None
        assert standing.id == row.id
        assert door.undo().undone is row.kind

    assert days.today().undoes is None
    with pytest.raises(NothingToUndo):
        door.undo()


def test_what_comes_after_an_undo_is_taken_back_first(room: Room) -> None:
    first = door.arrive(2)
    door.arrive(3)
    door.undo()
    again = door.arrive(4)

    assert (door.undo().n, door.undo().n) == (again.n, first.n)


def test_the_row_on_the_screen_is_undone_and_no_other(room: Room) -> None:
    shown = door.arrive(2)
    elsewhere = door.arrive(7)  # counted by another process, not on this screen yet
    door.undo(shown.id)

    today = days.today()
    assert today.visits == 7
    assert today.undoes == elsewhere


def test_a_row_that_was_undone_elsewhere_is_undone_once(room: Room) -> None:
    door.arrive(2)
    shown = door.arrive(5)
    door.undo()  # another process

    with pytest.raises(AlreadyUndone):
        door.undo(shown.id)
    assert days.today().visits == 2


def test_only_actions_are_undone(room: Room) -> None:
    door.arrive(2, first_visit=True)
    undo = door.undo()

    for row_id in (undo.id, undo.id - 1, undo.id + 100, 0, -1):
        with pytest.raises(NothingToUndo):
            door.undo(row_id)


def test_walking_further_back_without_undoing(room: Room) -> None:
    first, second, third = door.arrive(), door.arrive(), door.arrive()
    door.undo(second.id)

    assert door.standing_before(third.id) == first.id
    assert door.standing_before(first.id) is None


def test_walking_back_over_what_was_undone_and_over_the_undoing(room: Room) -> None:
    first, second = door.arrive(), door.arrive(2)
    undo = door.undo(second.id)
    third = door.depart()
    tagged = door.arrive(3, first_visit=True)

    assert door.standing_before(tagged.id) == third.id
    assert door.standing_before(third.id) == first.id
    assert door.standing_before(undo.id) == first.id


def test_yesterdays_row_is_taken_from_yesterday(room: Room, clock: FakeClock) -> None:
    door.arrive(3)
    mistake = door.arrive(5)
    clock.go_on_until(at("2026-11-24 10:05"))
    undo = door.undo()

    today = days.today()
    assert undo.day == mistake.day
    assert today.visits == 0
    assert today.last == undo
    clock.set_to(at("2026-11-23 16:00"))
    clock.reboot(says=at("2026-11-23 16:00"))
    put_right.clock_is_right()
    assert days.today().visits == 3


def test_undoing_has_no_time_limit(room: Room, clock: FakeClock) -> None:
    door.arrive(3)
    clock.go_on(days=700)

    assert door.undo().n == 3


def test_many_undos_still_find_what_stands(room: Room) -> None:
    first = door.arrive(2)
    for _ in range(door_rows.RECENT_ROWS + 2):
        door.arrive()
        door.undo()

    assert [row.kind for row in days.today().recent].count(Kind.UNDO) == door_rows.RECENT_ROWS // 2
    assert days.today().undoes == first


def test_undone_rows_stay_in_the_file(room_file: Path, room: Room) -> None:
    door.arrive(5)
    door.undo()
    copy = room_file.with_name("copy.db")
    connection.database.execute_sql("VACUUM INTO ?", (str(copy),))
    connection.close()

    with connection.looking_at(copy) as seen:
        assert list(seen.execute("SELECT kind, n, voids FROM door")) == [("arrival", 5, None), ("undo", 5, 1)]
