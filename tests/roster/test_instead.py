"""Who comes in the place of somebody, does not come, or comes later."""

from datetime import date, time

import pytest

from db import duties, hours_given, people, roster
from db import room as rooms
from db.errors import NotPossible
from db.room import Hours
from tests.clocks import FakeClock, at
from tests.roster.on_duty import MONDAY, TUESDAY, WEDNESDAY, on, shift


def test_a_stand_in(nadia: int, karim: int) -> None:
    duty = roster.plan(nadia, TUESDAY)
    theirs = roster.stand_in(duty, karim)

    assert on() == [("Karim", "10:00", "16:30")]
    assert duties.one(theirs).stands_in_for == "Nadia"
    assert duties.one(duty).hours == 0
    assert duties.of_person(nadia, TUESDAY, TUESDAY) == ()


def test_a_stand_in_for_who_leaves_half_way(nadia: int, karim: int, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-23 10:00"))
    duty = roster.plan(nadia, MONDAY)
    roster.here(shift(MONDAY).key)
    clock.go_on_until(at("2026-11-23 15:52"))
    theirs = roster.stand_in(duty, karim, time(15, 50))
    assert on(MONDAY) == [("Nadia", "10:00", "15:50"), ("Karim", "15:50", "16:30")]
    assert duties.one(theirs).stands_in_for == "Nadia"


def test_what_somebody_likely_means_who_comes_now(nadia: int, clock: FakeClock) -> None:
    duty = duties.one(roster.plan(nadia, MONDAY, time(12), time(16)))
    for moment, of_shift, of_duty in (
        ("09:50", "10:00", "12:00"),
        ("10:02", "10:00", "12:00"),
        ("15:53", "15:50", "15:50"),
        ("16:10", "16:10", "12:00"),
        ("17:00", "10:00", "12:00"),
    ):
        now = at(f"2026-11-23 {moment}")
        today = shift(MONDAY)
        assert roster.likely_stretch(today, None, now)[0] == at(f"2026-11-23 {of_shift}")
        assert roster.likely_stretch(today, duty, now)[0] == at(f"2026-11-23 {of_duty}")


def test_a_stand_in_who_cannot_changes_nothing(nadia: int, karim: int) -> None:
    duty = roster.plan(nadia, TUESDAY)
    roster.plan(karim, TUESDAY, time(14), time(16))
    with pytest.raises(NotPossible):
        roster.stand_in(duty, karim)
    assert not duties.one(duty).absent
    with pytest.raises(NotPossible, match="choose somebody else"):
        roster.stand_in(duty, nadia)
    assert not duties.one(duty).absent


def test_absent_makes_a_gap_until_they_come_after_all(nadia: int) -> None:
    duty = roster.plan(nadia, TUESDAY)
    roster.absent(duty)
    assert shift().missing == 2
    roster.present_after_all(duty)
    assert shift().missing == 1


def test_who_came_and_was_not_here_after_all(nadia: int, clock: FakeClock) -> None:
    rooms.change_hours([Hours(1, "10:00", "13:00"), Hours(1, "13:30", "21:30")], date.min)
    duty = roster.came(nadia)
    with pytest.raises(NotPossible, match="is here, as somebody said"):
        roster.take_off(duty)
    roster.absent(duty)
    *_, afternoon = duties.between(MONDAY, MONDAY)
    assert [one.name for one in afternoon.duties] == ["Nadia"], "on the shift on which that was said"
    assert afternoon.missing == 2
    roster.present_after_all(duty)
    assert duties.one(duty).begins == clock.now(), "a slip of a key takes nothing away"
    roster.absent(duty)
    roster.take_off(duty)
    assert duties.between(MONDAY, MONDAY)[-1].duties == ()


def test_a_swap(nadia: int, karim: int) -> None:
    one, other = roster.plan(nadia, TUESDAY), roster.plan(karim, WEDNESDAY)
    roster.swap(one, other)

    assert on(TUESDAY) == [("Karim", "10:00", "16:30")]
    assert on(WEDNESDAY) == [("Nadia", "10:00", "16:30")]


def test_a_swap_with_oneself(nadia: int) -> None:
    duty, other = roster.plan(nadia, TUESDAY), roster.plan(nadia, WEDNESDAY)
    for with_ in (duty, other):
        with pytest.raises(NotPossible, match="Both are Nadia's"):
            roster.swap(duty, with_)


def test_one_duty_is_done_by_one(nadia: int, karim: int) -> None:
    els = people.add("Els").id
    duty = roster.plan(nadia, TUESDAY)
    theirs = roster.stand_in(duty, karim, time(10), time(13))
    with pytest.raises(NotPossible, match="Karim stands in for Nadia already"):
        roster.stand_in(duty, els)
    with pytest.raises(NotPossible, match="Karim stands in for Nadia already"):
        roster.present_after_all(duty)
    rest = roster.stand_in(duty, els, time(13), time(16, 30))
    assert on() == [("Karim", "10:00", "13:00"), ("Els", "13:00", "16:30")]
    for stands_in in (theirs, rest):
        roster.absent(stands_in)
    roster.present_after_all(duty)
    assert on() == [("Nadia", "10:00", "16:30")]


def test_a_stand_in_does_not_come_beside_who_came_after_all(nadia: int, karim: int) -> None:
    duty = roster.plan(nadia, TUESDAY)
    theirs = roster.stand_in(duty, karim)
    roster.absent(theirs)
    roster.present_after_all(duty)
    for again in (
        lambda: roster.present_after_all(theirs),
        lambda: roster.move(theirs, time(12), time(16)),
        lambda: roster.stand_in(theirs, people.add("Els").id),
    ):
        with pytest.raises(NotPossible, match="Nadia comes after all, so Karim need not"):
            again()
    assert on() == [("Nadia", "10:00", "16:30")]
    roster.absent(duty)
    roster.present_after_all(theirs)
    assert on() == [("Karim", "10:00", "16:30")]


def test_a_swap_that_puts_somebody_in_two_places(nadia: int, karim: int) -> None:
    one, other = roster.plan(nadia, TUESDAY, time(10), time(13)), roster.plan(karim, WEDNESDAY)
    roster.plan(karim, TUESDAY, time(12), time(14))
    with pytest.raises(NotPossible, match="Karim"):
        roster.swap(one, other)
    assert on(WEDNESDAY) == [("Karim", "10:00", "16:30")]


def test_on_one_shift_a_swap_is_of_times(nadia: int, karim: int) -> None:
    one = roster.plan(nadia, TUESDAY, time(10), time(13))
    other = roster.plan(karim, TUESDAY, time(12), time(16))
    roster.swap(one, other)
    assert sorted(on()) == [("Karim", "10:00", "13:00"), ("Nadia", "12:00", "16:00")]


def test_taken_off_and_moved(nadia: int, karim: int) -> None:
    duty = roster.plan(nadia, TUESDAY)
    roster.move(duty, time(12), time(15))
    assert on() == [("Nadia", "12:00", "15:00")]
    roster.absent(duty)
    roster.move(duty, time(13), time(15))
    assert on() == [("Nadia", "13:00", "15:00")], "later after all"
    roster.take_off(duty)
    assert on() == []
    for what in (roster.take_off, roster.absent, hours_given.confirm, duties.one):
        with pytest.raises(NotPossible):
            what(duty)
        with pytest.raises(NotPossible):
            what(2**70)


def test_who_comes_later_is_not_here_until_then(nadia: int, karim: int, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-23 09:50"))
    one, other = roster.plan(nadia, MONDAY), roster.plan(karim, MONDAY)
    roster.here(shift(MONDAY).key)
    assert duties.one(other).from_at == at("2026-11-23 10:00"), "with the shift, also when it begins early"

    clock.go_on_until(at("2026-11-23 10:05"))
    roster.move(other, time(11, 30), time(16, 30))
    assert duties.one(other).from_at is None
    assert roster.here(shift(MONDAY).key) == 0
    clock.go_on_until(at("2026-11-23 11:10"))
    roster.arrived(other)
    assert (duties.one(other).begins, duties.one(one).begins) == (
        at("2026-11-23 11:10"),
        at("2026-11-23 10:00"),
    )
    roster.arrived(other)
    assert duties.one(other).begins == at("2026-11-23 11:10"), "twice is once"
    roster.absent(one)
    with pytest.raises(NotPossible, match="does not come"):
        roster.arrived(one)


def test_who_comes_later_can_still_swap_and_stop(nadia: int, karim: int, clock: FakeClock) -> None:
    """Whoever is on later today was not here, although the shift has begun."""
    clock.set_to(at("2026-11-23 10:00"))
    one, other = roster.plan(nadia, MONDAY, time(13), time(16)), roster.plan(karim, TUESDAY)
    roster.here(shift(MONDAY).key)
    roster.swap(one, other)
    assert on(MONDAY) == [("Karim", "13:00", "16:00")]
    with pytest.raises(NotPossible, match="still on the roster, 1"):
        people.end(karim)
    roster.take_off(one)
    people.end(karim)


def test_when_somebody_likely_comes_who_comes_later(nadia: int, clock: FakeClock) -> None:
    duty = duties.one(roster.plan(nadia, MONDAY, time(12), time(15)))
    ends = at("2026-11-23 15:00")
    assert roster.likely_later(duty, at("2026-11-23 11:00")) == (at("2026-11-23 12:00"), ends)
    assert roster.likely_later(duty, at("2026-11-23 12:10")) == (at("2026-11-23 12:30"), ends)
    assert roster.likely_later(duty, at("2026-11-23 14:55")) == (at("2026-11-23 12:00"), ends)
