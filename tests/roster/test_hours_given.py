"""The hours that were really given: said, confirmed, and where nobody said."""

from datetime import date, time

import pytest

from db import closing, door, duties, hours_given, people, roster
from db import room as rooms
from db.errors import NotPossible
from db.room import Hours, Room
from db.states import ShiftState, Step
from tests.clocks import FakeClock, at
from tests.roster.on_duty import MONDAY, TUESDAY, on, shift


def test_hours_over_two_shifts_of_which_one_never_opened_are_counted_with_the_other(
    room: Room, nadia: int, clock: FakeClock
) -> None:
    rooms.change_hours([Hours(2, "10:00", "13:00"), Hours(2, "13:00", "17:00")], date.min)
    roster.plan(nadia, TUESDAY, time(10), time(17))
    clock.set_to(at("2026-11-24 10:00"))
    closing.start()
    clock.go_on_until(at("2026-11-24 17:30"))
    morning, afternoon = duties.between(TUESDAY, TUESDAY)
    assert afternoon.state is ShiftState.MISSING
    assert [one.name for one in morning.unconfirmed] == ["Nadia"]
    assert (morning.missing, afternoon.missing) == (1, 1), "of two"


def test_hours_are_those_between_the_times_that_are_shown(nadia: int, clock: FakeClock) -> None:
    clock.go_on(seconds=10)
    duty = roster.came(nadia)
    clock.go_on(minutes=30, seconds=36)
    hours_given.leave(shift(MONDAY), clock.now())
    assert duties.one(duty).hours == 0.5


def test_here_and_confirmed(nadia: int, karim: int, clock: FakeClock) -> None:
    roster.plan(nadia, MONDAY)
    duty = roster.plan(karim, MONDAY, time(12), time(16))
    later = roster.plan(people.add("Els").id, MONDAY, time(15), time(16))
    key = shift(MONDAY).key
    assert roster.here(key) == 2
    assert duties.one(later).from_at is None, "she comes at three"
    roster.take_off(later)
    assert roster.here(key) == 0, "twice is once"
    clock.go_on_until(at("2026-11-23 16:25"))
    hours_given.confirm(duty, until_at=at("2026-11-23 15:00"))
    assert hours_given.confirm_shift(key) == ()

    assert [(duty.name, duty.hours, duty.confirmed) for duty in shift(MONDAY).duties] == [
        ("Nadia", 6.5, True),
        ("Karim", 3, True),
    ]
    assert [(given.name, given.confirmed, given.unconfirmed) for given in duties.hours(MONDAY, MONDAY)] == [
        ("Karim", 3, 0),
        ("Nadia", 6.5, 0),
    ]
    with pytest.raises(NotPossible, match="confirmed already"):
        roster.absent(duty)
    with pytest.raises(NotPossible, match="confirmed already"):
        roster.take_off(duty)


def test_who_came_unplanned_leaves_when_the_hours_are_confirmed(nadia: int, clock: FakeClock) -> None:
    duty = roster.came(nadia)
    with pytest.raises(NotPossible, match="on duty then already"):
        roster.came(nadia)
    clock.go_on(hours=2)
    assert hours_given.confirm(duty).hours == 2


def test_who_came_and_of_whom_nobody_said_when_they_left_can_come_the_next_day(
    nadia: int, clock: FakeClock
) -> None:
    roster.came(nadia)
    tomorrow = roster.plan(nadia, TUESDAY, time(10), time(16))
    clock.go_on(days=1)
    assert roster.here(shift(TUESDAY).key) == 1
    assert on(TUESDAY)[0][0] == "Nadia" and tomorrow


def test_a_shift_that_is_closed_long_before_its_end_was_until_then(nadia: int, karim: int) -> None:
    roster.plan(nadia, MONDAY)
    roster.plan(karim, MONDAY, time(15), time(16))

    assert hours_given.confirm_shift(shift(MONDAY).key) == ()

    assert on(MONDAY)[0] == ("Nadia", "10:00", "14:07")
    assert [duty.confirmed for duty in shift(MONDAY).duties] == [True, False]


def test_a_planned_end_is_when_they_go_home_only_where_that_is_near(
    nadia: int, karim: int, clock: FakeClock
) -> None:
    """Karim clears away until half past five; but a shift that closes before its time sends him home."""
    roster.plan(nadia, MONDAY)
    roster.plan(karim, MONDAY, time(12), time(17, 30))
    clock.go_on_until(at("2026-11-23 14:50"))
    assert [duty.ends for duty in hours_given.as_they_stand(shift(MONDAY), clock.now())] == [clock.now()] * 2
    clock.go_on_until(at("2026-11-23 16:15"))
    nadias, karims = shift(MONDAY).duties
    assert hours_given.confirm(nadias.id).ends == at("2026-11-23 16:30")
    assert hours_given.confirm(karims.id).ends == at("2026-11-23 17:30")


def test_who_goes_home_soon_after_the_close_does_so_as_planned(nadia: int, clock: FakeClock) -> None:
    roster.plan(nadia, MONDAY, time(10), time(15))
    door.arrive()
    clock.go_on_until(at("2026-11-23 14:50"))
    assert closing.confirm_hours().shift.duties[0].ends == at("2026-11-23 15:00")


def test_who_came_before_their_own_duty_was_here_until_it_began(
    nadia: int, karim: int, clock: FakeClock
) -> None:
    roster.plan(nadia, MONDAY, time(13), time(16, 30))
    roster.plan(karim, MONDAY)
    clock.set_to(at("2026-11-23 10:05"))
    roster.came(nadia)
    clock.go_on_until(at("2026-11-23 16:25"))

    assert hours_given.confirm_shift(shift(MONDAY).key) == ()

    assert on(MONDAY) == [
        ("Karim", "10:00", "16:30"),
        ("Nadia", "10:05", "13:00"),
        ("Nadia", "13:00", "16:30"),
    ]
    assert all(duty.confirmed for duty in shift(MONDAY).duties)


def test_before_a_duty_on_the_shift_after_it_too(nadia: int, clock: FakeClock) -> None:
    rooms.change_hours([Hours(1, "10:00", "13:00"), Hours(1, "19:00", "21:30")], date.min)
    roster.plan(nadia, MONDAY, time(19), time(21, 30))
    clock.set_to(at("2026-11-23 12:00"))
    came = roster.came(nadia)
    clock.go_on_until(at("2026-11-23 21:20"))
    assert hours_given.confirm(came).ends == at("2026-11-23 13:00"), "the shift that she came on was over"


def test_hours_that_cannot_be_keep_nobody_elses(nadia: int, karim: int, clock: FakeClock) -> None:
    rooms.change_hours([Hours(1, "00:00", "00:00")], date.min)
    clock.set_to(at("2026-11-23 00:30"))
    roster.came(nadia)
    roster.plan(karim, MONDAY, time(10), time(16))
    door.arrive()
    clock.go_on_until(at("2026-11-23 23:00"))

    with pytest.raises(NotPossible, match="Nadia") as refused:
        closing.confirm_hours()
    assert "Karim" not in str(refused.value)
    assert {duty.name: duty.confirmed for duty in shift(MONDAY).duties} == {"Nadia": False, "Karim": True}
    assert Step.HOURS in closing.current().to_go_through


def test_an_open_end_of_a_shift_that_is_over_is_its_end(nadia: int, karim: int, clock: FakeClock) -> None:
    duty = roster.came(nadia)
    late = roster.came(karim, at=at("2026-11-23 13:00"))
    door.arrive()
    clock.go_on_until(at("2026-11-25 09:00"))
    door.start_of_day()
    assert hours_given.confirm(late).ends == at("2026-11-23 16:30")
    assert hours_given.confirm_shift(shift(MONDAY).key) == ()
    assert duties.one(duty).ends == at("2026-11-23 16:30")


def test_what_is_still_to_come_has_no_hours(nadia: int) -> None:
    duty = roster.plan(nadia, TUESDAY)
    with pytest.raises(NotPossible, match="to come"):
        hours_given.confirm(duty)
