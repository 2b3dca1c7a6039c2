"""Being open: the first count opens a shift, and a forgotten close happens by itself."""

from datetime import date

import pytest

from db import closing, days, door, duties, handover, people, roster
from db import room as rooms
from db.connection import database
from db.room import Hours, Room
from db.shifts import Opening, Stretches
from tests.clocks import FakeClock, at

TWO_HALVES = [Hours(1, "10:00", "12:00"), Hours(1, "14:00", "17:00")]


def shifts() -> list[tuple[str | None, str, str, str | None, int]]:
    """Planned from and to, opened, closed, and whether by itself; each on the UTC clock."""
    return database.execute_sql(
        """SELECT substr(planned_opens_at, 12, 5), substr(planned_closes_at, 12, 5), substr(opened_at, 12, 5),
            substr(closed_at, 12, 5), closed_automatically FROM shift ORDER BY planned_closes_at"""
    ).fetchall()


def test_the_first_count_opens_the_shift(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on(minutes=5)
    door.arrive()

    assert shifts() == [("09:00", "15:30", "13:07", None, 0)]


def test_who_comes_early_opens_the_planned_shift(room: Room, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-23 09:40"))
    assert not days.today().opening.open
    door.arrive()

    assert shifts() == [("09:00", "15:30", "08:40", None, 0)]
    assert days.today().opening == Opening(True, at("2026-11-23 16:30"), None)


def test_a_headcount_or_a_departure_opens_it_too(room: Room) -> None:
    door.headcount(0)

    assert len(shifts()) == 1


def test_a_forgotten_close_happens_at_the_planned_end(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on_until(at("2026-11-24 09:55"))
    door.start_of_day()

    assert shifts() == [("09:00", "15:30", "13:07", "15:30", 1)]


def test_the_next_count_closes_it_as_well(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on_until(at("2026-11-24 10:05"))
    door.arrive()

    assert shifts() == [("09:00", "15:30", "13:07", "15:30", 1), ("09:00", "15:30", "09:05", None, 0)]


def test_who_leaves_late_opens_nothing_new(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on_until(at("2026-11-23 16:50"))
    door.depart()

    assert len(shifts()) == 1
    assert not days.today().opening.open


def test_a_day_that_was_entered_after_closing_was_not_open_backwards(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-23 17:00"))
    door.arrive(12)
    door.start_of_day()

    assert shifts() == [("09:00", "15:30", "16:00", "16:00", 1)]


def test_two_shifts_on_a_day(room: Room, clock: FakeClock) -> None:
    rooms.change_hours(TWO_HALVES, date(2026, 11, 23))
    for moment in ("09:50", "12:20", "13:45", "16:00", "17:30"):
        clock.set_to(at(f"2026-11-23 {moment}"))
        clock.reboot(says=at(f"2026-11-23 {moment}"))
        door.arrive()
    door.start_of_day()

    assert shifts() == [("09:00", "11:00", "08:50", "11:00", 1), ("13:00", "16:00", "12:45", "16:00", 1)]


@pytest.mark.parametrize(
    ("moment", "until"),
    [("12:59:59", "12:00"), ("13:00", "12:00"), ("13:00:01", "17:00")],
)
def test_between_two_openings_the_nearest_holds_and_halfway_the_earlier(
    room: Room, moment: str, until: str
) -> None:
    rooms.change_hours(TWO_HALVES, date(2026, 11, 23))
    stretches = Stretches(room, date(2026, 11, 23))

    _, closes_at = stretches.nearest(at(f"2026-11-23 {moment}"))
    assert closes_at == at(f"2026-11-23 {until}")


def test_openings_that_a_clock_change_pushes_together_follow_each_other(room: Room) -> None:
    spring = date(2027, 3, 28)  # from 02:00 to 03:00 there is no time: what ends at 02:30 ends at 03:30
    rooms.change_hours([Hours(7, "01:00", "02:30"), Hours(7, "03:00", "04:00")], spring)
    early, late = rooms.periods(room, spring)
    assert late.opens_at < early.closes_at, "they overlap"
    nearest = Stretches(room, spring).nearest

    assert nearest(late.opens_at) == nearest(early.closes_at) == (early.opens_at, early.closes_at)
    assert nearest(at("2027-03-28 03:31")) == (late.opens_at, late.closes_at)


def test_a_closed_day_on_which_somebody_is_counted_was_open(room: Room, clock: FakeClock) -> None:
    rooms.close_day(date(2026, 11, 23), "Sinterklaas")
    assert not days.today().opening.open
    door.arrive(4)

    assert shifts() == [(None, "23:00", "13:07", None, 0)]
    assert days.today().opening == Opening(True, at("2026-11-24 00:00"), None)
    clock.go_on_until(at("2026-11-24 00:10"))
    door.start_of_day()
    assert shifts() == [(None, "23:00", "13:07", "23:00", 1)]


def test_a_mistake_on_a_shut_day_leaves_it_shut(room: Room, clock: FakeClock) -> None:
    rooms.close_day(date(2026, 11, 23), "Sinterklaas")
    door.arrive()
    door.undo()

    assert shifts() == []
    assert not days.today().opening.open


def test_a_shut_day_that_a_host_closed_was_open_though_its_only_count_was_a_mistake(
    room: Room, clock: FakeClock
) -> None:
    """What its hosts said at the closing, and their hours, stay on its shift."""
    clock.go_on_until(at("2026-11-28 11:00"))
    door.arrive()
    closed = closing.close()
    clock.go_on_until(at("2026-11-30 09:00"))
    door.undo()
    (shift,) = duties.between(date(2026, 11, 28), date(2026, 11, 28))
    assert (shift.key, shift.closed_at) == (closed.shift.key, at("2026-11-28 11:00"))


def test_a_shut_day_that_a_host_began_was_open_though_its_only_count_was_a_mistake(
    room: Room, clock: FakeClock
) -> None:
    """It began with her, and who she said is here stays on its shift."""
    clock.go_on_until(at("2026-11-28 11:00"))
    door.arrive()
    clock.go_on_until(at("2026-11-28 11:10"))
    begun = handover.begin()
    anja = roster.came(people.add("Anja").id)
    door.undo()
    (shift,) = duties.between(date(2026, 11, 28), date(2026, 11, 28))
    assert (shift.key, shift.opened_at) == (begun.shift.key, at("2026-11-28 11:10"))
    assert [duty.id for duty in shift.duties] == [anja]
    assert days.today().opening.open

    door.arrive()
    door.undo()
    assert len(shifts()) == 1


def test_a_mistake_on_a_shut_day_that_opens_after_all(room: Room, clock: FakeClock) -> None:
    rooms.close_day(date(2026, 11, 23), "Sinterklaas")
    mistake = door.arrive()
    clock.go_on(hours=2)
    door.arrive(3)
    door.undo(mistake.id)

    assert shifts() == [(None, "23:00", "15:07", None, 0)]


def test_a_planned_day_was_open_though_its_only_count_was_a_mistake(room: Room) -> None:
    door.arrive()
    door.undo()

    assert shifts() == [("09:00", "15:30", "13:07", None, 0)]


def test_an_undo_opens_nothing(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on_until(at("2026-11-24 09:55"))
    door.undo()

    assert len(shifts()) == 1


def test_a_shift_over_midnight_is_one_shift(room: Room, clock: FakeClock) -> None:
    rooms.change_hours([Hours(1, "20:00", "01:00")], date(2026, 11, 23))
    clock.go_on_until(at("2026-11-23 21:00"))
    door.arrive(5)
    clock.go_on_until(at("2026-11-24 00:30"))
    door.arrive(2)
    clock.go_on_until(at("2026-11-24 01:15"))
    door.depart(7)

    assert shifts() == [("19:00", "00:00", "20:00", "00:00", 1)]
