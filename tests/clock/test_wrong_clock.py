"""A clock that is wrong: said once, counted on meanwhile, put right when somebody says so."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db import clock as clocks
from db import closing, connection, days, door, duties, put_right
from db import room as rooms
from db.clock import RELEASED_AT, TOLERANCE, Doubt
from db.connection import database
from db.errors import NotPossible
from db.room import Room
from tests.clocks import FakeClock, at

IN_1970 = datetime(1970, 1, 1, 0, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MONDAY, WEEK = date(2026, 11, 23), timedelta(days=6)


def filed() -> list[tuple[str, str, str | None]]:
    """Of each row the moment, the day, and what the clock said where that was not believed."""
    return database.execute_sql("SELECT at, day, clock_at FROM door ORDER BY id").fetchall()


def shifts() -> list[tuple[str, str, int]]:
    """Of each shift the day, when it opened, and whether it closed by itself."""
    asked = "SELECT day, opened_at, closed_automatically FROM shift ORDER BY planned_closes_at"
    return database.execute_sql(asked).fetchall()


def test_a_clock_that_is_right_is_believed(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on(hours=2)
    door.arrive()
    clock.reboot()
    door.arrive()

    assert days.today().doubt is None
    assert [clock_at for _, _, clock_at in filed()] == [None] * 3


def test_a_new_room_in_1970(room: Room, clock: FakeClock) -> None:
    clock.reboot(says=IN_1970)
    door.arrive(2)
    clock.go_on(minutes=10)
    row = door.arrive(3)

    today = days.today()
    assert today.doubt is Doubt.BEFORE_RELEASE
    assert today.visits == 5
    assert row.at == RELEASED_AT + clock.since_boot()
    assert [clock_at for _, _, clock_at in filed()] == ["1970-01-01 00:03:00.000", "1970-01-01 00:13:00.000"]


def test_in_1970_counting_goes_on_after_the_newest_row(room: Room, clock: FakeClock) -> None:
    before = door.arrive()
    clock.reboot(says=IN_1970)
    rows = []
    for _ in range(3):
        rows.append(door.arrive())
        clock.go_on(minutes=4)

    assert [row.at - before.at for row in rows] == [
        timedelta(seconds=40),
        timedelta(minutes=4, seconds=40),
        timedelta(minutes=8, seconds=40),
    ]
    assert days.today().visits == 4


def test_a_clock_of_1970_cannot_be_said_to_be_right(room: Room, clock: FakeClock) -> None:
    clock.reboot(says=IN_1970)
    door.arrive()
    with pytest.raises(NotPossible):
        put_right.clock_is_right()

    assert days.today().doubt is Doubt.BEFORE_RELEASE
    assert len(filed()) == 1


def test_the_right_time_puts_the_morning_of_1970_right(room: Room, clock: FakeClock) -> None:
    clock.reboot(says=IN_1970)
    door.arrive(2)
    clock.go_on(minutes=30)
    door.arrive(3, first_visit=True)
    clock.go_on(minutes=30)
    clock.set_to(at("2026-11-24 11:00"))
    assert days.today().doubt is Doubt.JUMPED

    assert put_right.clock_is_right().counts == 3
    today = days.today()
    assert (today.day.isoformat(), today.doubt) == ("2026-11-24", None)
    assert (today.visits, today.first_visits, today.by_hour) == (5, 3, {10: 5})
    assert filed()[0] == ("2026-11-24 09:00:00.000", "2026-11-24", "1970-01-01 00:03:00.000")
    assert shifts() == [("2026-11-24", "2026-11-24 09:00:00.000", 0)]


def test_a_room_that_was_set_up_in_1970_is_no_older_than_that(tmp_path: Path, clock: FakeClock) -> None:
    """Since when days can be missing goes along with what was counted then: 19 shifts were missing."""
    clock.reboot(says=IN_1970)
    rooms.create(tmp_path / "new.db", name="De Huiskamer", language="nl")
    clock.go_on(minutes=7)
    door.arrive(2)
    clock.set_to(at("2026-11-24 11:00"))
    put_right.clock_is_right()
    assert rooms.current().since == at("2026-11-24 10:53")


def test_an_hour_behind_the_newest_row(room: Room, clock: FakeClock) -> None:
    newest = door.arrive()
    clock.reboot(says=newest.at - timedelta(hours=1))
    row = door.arrive()

    assert days.today().doubt is Doubt.BEHIND
    assert row.at == newest.at + clock.since_boot()
    assert filed()[1][2] == "2026-11-23 12:07:00.000"
    assert [r.id for r in days.today().recent] == [row.id, newest.id]


def test_days_behind_and_then_set_right_by_the_network(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-26 16:00"))
    door.arrive(4)
    clock.reboot(says=at("2026-11-24 09:00"))  # it is Friday the 27th, 09:59
    door.arrive(1)
    clock.go_on(minutes=30)
    door.arrive(2)
    assert days.today().doubt is Doubt.BEHIND
    clock.set_to(at("2026-11-27 10:29"))
    assert days.today().doubt is Doubt.JUMPED
    door.arrive(3)

    assert put_right.clock_is_right().counts == 2
    today = days.today()
    assert (today.day.isoformat(), today.visits, today.by_hour) == ("2026-11-27", 6, {9: 1, 10: 5})
    assert [clock_at for _, _, clock_at in filed()] == [
        None,
        "2026-11-24 08:00:00.000",
        "2026-11-24 08:30:00.000",
        None,
    ]
    assert shifts() == [
        ("2026-11-26", "2026-11-26 15:00:00.000", 1),
        ("2026-11-27", "2026-11-27 08:59:00.000", 0),
    ]


def test_plausibly_behind_is_seen_when_the_network_sets_it(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.reboot(says=at("2026-11-23 14:10"))  # it is a day later
    row = door.arrive()
    assert days.today().doubt is None
    clock.set_to(at("2026-11-24 14:10"))

    assert days.today().doubt is Doubt.JUMPED
    assert put_right.clock_is_right().counts == 1
    assert days.today().visits == 1
    assert filed()[1] == ("2026-11-24 13:10:00.000", "2026-11-24", f"{row.at:%Y-%m-%d %H:%M:%S}.000")
    assert [day for day, _, _ in shifts()] == ["2026-11-23", "2026-11-24"]


def test_a_program_that_starts_again_still_sees_the_jump(
    room: Room, room_file: Path, clock: FakeClock
) -> None:
    door.arrive()
    clock.set_to(at("2026-11-25 11:00"))
    door.arrive()
    connection.close()
    connection.open(room_file)

    assert days.today().doubt is Doubt.JUMPED


def test_a_jump_back_and_forth(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on(minutes=30)
    before = door.arrive()
    clock.set_to(at("2026-11-23 12:00"))
    clock.go_on(minutes=5)
    row = door.arrive()
    assert days.today().doubt is Doubt.BEHIND
    assert row.at == before.at + timedelta(minutes=5)
    clock.set_to(at("2026-11-23 14:42"))

    assert days.today().doubt is None
    assert put_right.clock_is_right().counts == 0


def test_a_jump_forward_and_back(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.set_to(at("2026-11-30 12:00"))
    door.arrive()
    assert days.today().doubt is Doubt.JUMPED
    clock.set_to(at("2026-11-23 14:08"))
    door.arrive()
    assert days.today().doubt is Doubt.BEHIND

    assert put_right.clock_is_right().counts == 2
    assert days.today().visits == 3
    assert shifts() == [("2026-11-23", "2026-11-23 13:07:00.000", 0)]


def test_ten_years_ahead_is_not_believed(room: Room, room_file: Path, clock: FakeClock) -> None:
    first = door.arrive(5)
    clock.go_on(minutes=10)
    clock.set_to(at("2036-11-23 14:17"))
    rows = [door.arrive(3)]
    clock.go_on(minutes=10)
    rows.append(door.arrive(2))

    today = days.today()
    assert (today.visits, today.doubt) == (10, Doubt.JUMPED)
    assert [row.at - first.at for row in rows] == [timedelta(minutes=10), timedelta(minutes=20)]
    assert [clock_at for _, _, clock_at in filed()] == [
        None,
        "2036-11-23 13:17:00.000",
        "2036-11-23 13:27:00.000",
    ]
    clock.set_to(at("2026-11-23 14:28"))
    assert (days.today().doubt, put_right.clock_is_right().counts) == (None, 0)


def test_ten_years_ahead_and_then_a_restart(room: Room, clock: FakeClock) -> None:
    door.arrive(5)
    clock.set_to(at("2036-11-23 14:17"))
    door.arrive(3)
    clock.reboot(says=at("2026-11-23 14:20"))

    today = days.today()
    assert (today.visits, today.doubt) == (8, None)


def test_months_ahead_is_right_when_somebody_says_so(room: Room, clock: FakeClock) -> None:
    door.arrive(5)
    clock.set_to(at("2027-03-01 12:00"))
    door.arrive(3)
    assert days.today().day.isoformat() == "2026-11-23"

    assert put_right.clock_is_right().counts == 2
    today = days.today()
    assert (today.day.isoformat(), today.visits, today.doubt) == ("2027-03-01", 8, None)
    clock.go_on(minutes=10)
    assert door.arrive().at == clock.now()


def test_after_somebodys_word_a_clock_that_jumps_far_is_not_believed(room: Room, clock: FakeClock) -> None:
    put_right.clock_is_right()
    clock.set_to(at("2027-03-01 12:00"))

    assert door.arrive().day.isoformat() == "2026-11-23"


@pytest.mark.parametrize(("behind", "later"), [(True, 100), (False, 31)])
def test_the_network_sets_right_what_was_behind(
    room: Room, clock: FakeClock, behind: bool, later: int
) -> None:
    newest = door.arrive()
    clock.reboot(says=IN_1970 if behind else newest.at)
    door.arrive()
    clock.set_to(newest.at + timedelta(days=later))

    assert door.arrive().at == clock.now()
    assert days.today().doubt is Doubt.JUMPED


def test_a_shift_that_a_wrong_clock_closed_is_open_again(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.set_to(at("2026-11-23 18:00"))
    door.start_of_day()
    assert shifts() == [("2026-11-23", "2026-11-23 13:07:00.000", 1)]
    clock.set_to(at("2026-11-23 14:08"))
    put_right.clock_is_right()

    assert shifts() == [("2026-11-23", "2026-11-23 13:07:00.000", 0)]
    assert days.today().opening.open


def test_it_is_right_although_the_newest_row_lies_in_the_future(room: Room, clock: FakeClock) -> None:
    clock.set_to(at("2026-12-24 12:00"))  # nobody noticed
    future = door.arrive(7)
    clock.reboot(says=at("2026-11-23 14:10"))
    row = door.arrive(2)
    assert days.today().doubt is Doubt.BEHIND
    assert row.day == future.day

    assert put_right.clock_is_right().counts == 1
    today = days.today()
    assert (today.doubt, today.day.isoformat(), today.visits) == (None, "2026-11-23", 2)
    clock.go_on(minutes=5)
    assert door.arrive().at == clock.now()
    assert days.today().doubt is None
    assert filed()[0] == ("2026-12-24 11:00:00.000", "2026-12-24", None)  # another boot: nobody knows


def test_no_new_doubt_after_somebody_said_so(room: Room, room_file: Path, clock: FakeClock) -> None:
    door.arrive()
    clock.set_to(at("2026-11-25 11:00"))
    put_right.clock_is_right()
    for _ in range(3):
        clock.go_on(minutes=20)
        door.arrive()
        assert days.today().doubt is None
    clock.reboot()
    assert days.today().doubt is None
    connection.close()
    connection.open(room_file)
    assert days.today().doubt is None


def test_said_too_soon_and_then_the_network_sets_it(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.reboot(says=at("2026-11-23 13:00"))
    door.arrive()
    put_right.clock_is_right()  # a mistake: it is an hour and a half later
    clock.set_to(at("2026-11-23 14:30"))

    assert days.today().doubt is Doubt.JUMPED
    assert put_right.clock_is_right().counts == 1
    assert filed()[1] == ("2026-11-23 13:30:00.000", "2026-11-23", "2026-11-23 12:00:00.000")


def test_behind_the_moment_that_somebody_said_was_right(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-25 11:00"))
    put_right.clock_is_right()
    clock.reboot(says=at("2026-11-24 11:00"))

    assert days.today().doubt is Doubt.BEHIND
    assert door.arrive().day.isoformat() == "2026-11-25"
    clock.reboot(says=IN_1970)
    assert door.arrive().day.isoformat() == "2026-11-25"


@pytest.mark.parametrize("after_reboot", [True, False])
def test_a_minute_is_no_doubt_and_more_is(room: Room, clock: FakeClock, after_reboot: bool) -> None:
    newest = door.arrive()
    if after_reboot:
        clock.reboot()
    clock.set_to(newest.at - TOLERANCE)
    assert days.today().doubt is None
    clock.set_to(newest.at - TOLERANCE - SECOND)
    assert days.today().doubt is Doubt.BEHIND
    if not after_reboot:
        clock.set_to(newest.at + TOLERANCE)
        assert days.today().doubt is None
        clock.set_to(newest.at + TOLERANCE + SECOND)
        assert days.today().doubt is Doubt.JUMPED


def test_a_restart_in_between_leaves_the_estimates_of_the_boot_before(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.reboot(says=IN_1970)
    guess = door.arrive()
    clock.reboot(says=at("2026-11-24 10:00"))
    door.arrive()

    assert days.today().doubt is None
    assert put_right.clock_is_right().counts == 0
    assert filed()[1] == (f"{guess.at:%Y-%m-%d %H:%M:%S}.000", "2026-11-23", "1970-01-01 00:03:00.000")


def test_what_was_said_about_a_row_moves_with_it(room: Room, clock: FakeClock) -> None:
    yesterday = door.arrive(4)
    clock.reboot(says=at("2026-11-23 14:10"))  # it is Wednesday
    today = door.arrive(2, first_visit=True)
    undone = door.arrive(3)
    door.undo(undone.id)
    door.first_visit(yesterday.id)
    clock.set_to(at("2026-11-25 11:00"))
    put_right.clock_is_right()

    filed_under = [day for _, day, _ in filed()]
    assert filed_under == ["2026-11-23", *["2026-11-25"] * 4, "2026-11-23"]
    assert (days.today().visits, days.today().first_visits) == (2, 2)
    assert today.id == 2


def test_putting_right_an_undo_opens_no_shift(room: Room, clock: FakeClock) -> None:
    door.arrive(4)
    clock.reboot(says=at("2026-11-23 14:10"))  # it is Wednesday
    door.undo()
    clock.set_to(at("2026-11-25 11:00"))
    put_right.clock_is_right()

    assert [day for day, _, _ in shifts()] == ["2026-11-23"]


@pytest.mark.parametrize(("day", "was_open"), [("2026-11-25", True), ("2026-11-29", False)])
def test_a_count_that_was_undone_opens_no_unplanned_day_again(
    room: Room, clock: FakeClock, day: str, was_open: bool
) -> None:
    clock.set_to(at(f"{day} 12:00"))
    door.arrive()
    door.undo()
    assert days.today().opening.open is was_open
    clock.set_to(at(f"{day} 12:30"))
    put_right.clock_is_right()

    assert days.today().opening.open is was_open
    assert len(shifts()) == was_open


def test_the_next_count_opens_the_unplanned_day(room: Room, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-29 12:00"))
    mistake = door.arrive()
    clock.go_on(minutes=10)
    door.arrive()
    door.undo(mistake.id)
    clock.set_to(at("2026-11-29 12:40"))
    put_right.clock_is_right()

    assert shifts() == [("2026-11-29", "2026-11-29 11:40:00.000", 0)]


def test_the_first_row_opens_the_shift_when_rows_of_both_times_fall_on_a_day(
    room: Room, clock: FakeClock
) -> None:
    clock.set_to(at("2026-11-23 11:00"))
    clock.reboot(says=at("2026-11-23 11:00"))  # it is Tuesday
    door.arrive()
    clock.set_to(at("2026-11-24 11:30"))
    door.arrive()
    put_right.clock_is_right()

    assert shifts() == [("2026-11-24", "2026-11-24 10:30:00.000", 0)]


def test_looking_leaves_no_trace(room: Room, clock: FakeClock) -> None:
    before = database.execute_sql("SELECT * FROM boot").fetchall()
    clock.reboot(says=IN_1970)
    days.today()

    assert database.execute_sql("SELECT * FROM boot").fetchall() == before


def test_the_machines_own_clock() -> None:
    machine = clocks.SystemClock()

    assert machine.now().tzinfo is UTC
    assert machine.boot() == clocks.SystemClock().boot()
    assert timedelta(0) <= machine.since_boot() <= clocks.SystemClock().since_boot()


def test_elsewhere_than_on_linux_each_process_is_a_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    machine = clocks.SystemClock()

    assert machine.boot() != clocks.SystemClock().boot()
    assert machine.since_boot() < timedelta(minutes=1)


def test_a_shift_that_a_host_began_goes_along_with_the_first_visit(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.reboot(says=at("2026-11-24 13:00"))  # it is Thursday
    closing.start()
    clock.go_on(minutes=1)
    door.arrive(4)
    clock.set_to(at("2026-11-26 13:01"))

    assert put_right.clock_is_right().counts == 1
    states = [(shift.key.day.day, str(shift.state)) for shift in duties.between(MONDAY, MONDAY + WEEK)][:4]
    assert states == [(23, "closed_automatically"), (24, "missing"), (25, "missing"), (26, "open")]
    assert duties.of_shift(closing.current().shift.key).opened_at == at("2026-11-26 13:00")


def test_a_shift_begun_by_a_clock_that_was_right_stays(room: Room, clock: FakeClock) -> None:
    closing.start()
    clock.set_to(at("2026-11-26 14:08"))
    door.arrive()
    clock.go_on(minutes=3)
    clock.set_to(at("2026-11-23 14:10"))

    assert put_right.clock_is_right().counts == 1
    assert [opened_at for _, opened_at, _ in shifts()] == ["2026-11-23 13:07:00.000"]
