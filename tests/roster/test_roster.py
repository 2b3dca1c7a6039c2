"""Who is on duty when: planned, changed, stood in for, and as it really was."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import closing, door, duties, figures, figures_period, handover, hours_given, pattern, people, roster
from db import room as rooms
from db.connection import database
from db.duties import Shift, TooFew
from db.errors import NotPossible
from db.figures_names import Name
from db.room import Hours, Room
from db.shift_models import Duty
from db.states import ShiftState, Step
from hostdesk import words
from tests.clocks import FakeClock, at

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture
def nadia(room: Room) -> int:
    return people.add("Nadia").id


@pytest.fixture
def karim(room: Room) -> int:
    return people.add("Karim").id


def shift(day: date = TUESDAY) -> Shift:
    (found,) = duties.between(day, day)
    return found


def on(day: date = TUESDAY) -> list[tuple[str, str, str]]:
    """Who is on, from and until on the room's clock."""
    room = rooms.current()
    return [
        (duty.name, f"{room.local(duty.begins):%H:%M}", f"{room.local(duty.ends):%H:%M}")
        for duty in shift(day).duties
        if not duty.absent and duty.begins and duty.ends
    ]


def test_a_planned_shift_with_who_is_on_it(nadia: int) -> None:
    roster.plan(nadia, TUESDAY)

    found = shift()
    assert (found.number, found.state, found.planned) == (202611241630, ShiftState.PLANNED, True)
    assert (found.starts_at, found.ends_at) == (at("2026-11-24 10:00"), at("2026-11-24 16:30"))
    assert on() == [("Nadia", "10:00", "16:30")]
    assert found.duties[0].hours == 6.5
    assert found.missing == 1


def test_a_week_has_its_shifts_in_order_and_those_that_never_opened(room: Room, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-23 09:30"))
    door.arrive()
    clock.go_on_until(at("2026-11-25 11:00"))
    door.arrive()

    assert [(found.key.day.day, found.state) for found in duties.between(MONDAY, MONDAY + timedelta(6))] == [
        (23, ShiftState.CLOSED_AUTOMATICALLY),
        (24, ShiftState.MISSING),
        (25, ShiftState.OPEN),
        (26, ShiftState.PLANNED),
        (27, ShiftState.PLANNED),
    ]


def test_a_shift_outside_all_plans_is_there_too(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-28 11:00"))
    door.arrive()

    (found,) = duties.between(clock.now().date(), clock.now().date())
    assert (found.planned, found.state, found.missing) == (False, ShiftState.OPEN, 0)
    assert found.starts_at == at("2026-11-28 11:00")


def test_a_day_that_is_shut_has_no_shift(room: Room, nadia: int) -> None:
    rooms.close_day(TUESDAY, "Feest")

    assert duties.between(TUESDAY, TUESDAY) == ()
    with pytest.raises(NotPossible, match="shut"):
        roster.plan(nadia, TUESDAY)
    with pytest.raises(NotPossible, match="from when until when: on 2026-11-28 the room is usually shut"):
        pattern.weekly(nadia, 6)
    with pytest.raises(NotPossible, match="shut"):
        roster.plan(nadia, TUESDAY, time(10), time(12))


def test_two_shifts_a_day_and_each_duty_with_its_own(room: Room, nadia: int, karim: int) -> None:
    rooms.change_hours([Hours(2, "10:00", "13:00"), Hours(2, "19:00", "21:30")], date.min)
    with pytest.raises(NotPossible, match="2 shifts"):
        roster.plan(nadia, TUESDAY)
    roster.plan(nadia, TUESDAY, time(9, 30), time(13, 30))
    roster.plan(karim, TUESDAY, time(18), time(22))
    roster.plan(nadia, TUESDAY, time(17), time(18, 30))

    morning, evening = duties.between(TUESDAY, TUESDAY)
    assert [duty.name for duty in morning.duties] == ["Nadia"]
    assert [duty.name for duty in evening.duties] == ["Nadia", "Karim"]


def test_who_goes_on_from_one_shift_to_the_next_is_missing_in_neither(
    room: Room, nadia: int, karim: int, clock: FakeClock
) -> None:
    rooms.change_hours([Hours(2, "10:00", "13:00"), Hours(2, "13:00", "17:00")], date.min)
    roster.need_hosts(1)
    clock.set_to(at("2026-11-24 10:00"))
    closing.start()
    duty = roster.plan(nadia, TUESDAY, time(10), time(17))

    morning, afternoon = duties.between(TUESDAY, TUESDAY)
    assert (morning.gap, afternoon.gap) == (None, None)
    assert (morning.also_there, afternoon.duties) == ((duties.one(duty),),) * 2, "her hours are counted once"
    assert roster.here(morning.key) == 1
    assert [one.name for one in handover.now("balie", at_the_desk=True).team] == ["Nadia"]

    clock.go_on_until(at("2026-11-24 12:55"))
    hours_given.confirm_shift(morning.key)
    closing.close()
    assert not duties.one(duty).confirmed, "she goes on"
    clock.go_on_until(at("2026-11-24 13:05"))
    closing.start()
    clock.go_on_until(at("2026-11-24 17:00"))
    closing.confirm_hours()
    assert (duties.one(duty).hours, duties.one(duty).confirmed) == (7, True)
    assert [one.missing for one in duties.between(TUESDAY, TUESDAY)] == [0, 0]
    made = figures.of(figures_period.between(TUESDAY, TUESDAY)).figures
    assert made[Name.SHIFTS_UNDERSTAFFED].value == 0
    assert made[Name.VOLUNTEER_HOURS].value == 7


def test_each_shift_has_who_is_on_another_too_for_as_long_as_they_are(
    room: Room, nadia: int, karim: int, clock: FakeClock
) -> None:
    rooms.change_hours([Hours(2, "10:00", "14:00"), Hours(2, "14:00", "17:00")], date.min)
    roster.need_hosts(1)
    roster.plan(nadia, TUESDAY, time(10), time(14, 20))
    late = roster.plan(karim, TUESDAY, time(14, 45), time(17))
    morning, afternoon = duties.between(TUESDAY, TUESDAY)
    assert (morning.gap, afternoon.gap) == (None, None), "nobody is here for 25 minutes only"
    assert (morning.also_there, afternoon.also_there) == ((), ()), "until she is relieved is no shift more"
    roster.move(late, time(15), time(17))
    assert duties.between(TUESDAY, TUESDAY)[1].gap == TooFew(
        1, at("2026-11-24 14:20"), at("2026-11-24 15:00")
    )


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


@pytest.mark.parametrize(("begins", "ends"), [(17, 19), (7, 9), (19, 22)])
def test_a_duty_outside_the_hours_is_refused(nadia: int, begins: int, ends: int) -> None:
    with pytest.raises(NotPossible, match="on 2026-11-24 the room is open from 10:00 to 16:30"):
        roster.plan(nadia, TUESDAY, time(begins), time(ends))
    with pytest.raises(NotPossible, match="on 2026-11-24 the room is open from 10:00 to 16:30"):
        pattern.weekly(nadia, 2, time(begins), time(ends))
    assert on(TUESDAY) == []


def test_who_prepares_or_clears_away_is_on_duty_too(nadia: int, karim: int) -> None:
    roster.plan(nadia, TUESDAY, time(9), time(10))
    roster.plan(karim, TUESDAY, time(16, 30), time(17, 30))
    assert [duty.name for duty in shift(TUESDAY).duties] == ["Nadia", "Karim"]


def test_nobody_is_on_duty_twice_at_once(nadia: int, karim: int) -> None:
    roster.plan(nadia, TUESDAY, time(10), time(13))
    for begins, ends in ((12, 14), (9, 11), (10, 13), (11, 12), (9, 16)):
        with pytest.raises(
            NotPossible, match="Nadia is on duty then already, on 2026-11-24 from 10:00 to 13:00"
        ):
            roster.plan(nadia, TUESDAY, time(begins), time(ends))
    roster.plan(nadia, TUESDAY, time(13), time(15))
    roster.plan(karim, TUESDAY, time(10), time(13))
    assert len(on()) == 3


def test_what_is_the_wrong_way_round_or_too_long(nadia: int) -> None:
    with pytest.raises(NotPossible, match=r"16:00 to 10:00 on .*25.* is 18 hours"):
        roster.plan(nadia, TUESDAY, time(16), time(10))
    with pytest.raises(NotPossible, match=r"10:00 to 10:00 on .*25.* is 24 hours"):
        roster.plan(nadia, TUESDAY, time(10), time(10))
    duty = roster.plan(nadia, MONDAY, time(10), time(13))
    with pytest.raises(NotPossible, match="ends before it starts"):
        hours_given.confirm(duty, at("2026-11-23 13:00"), at("2026-11-23 10:00"))
    with pytest.raises(NotPossible) as refused:
        roster.plan(nadia, TUESDAY, time(10), time(9, 59))
    words.choose("nl")
    assert "is 23,98 uur; " in words.say(refused.value)
    words.choose("en")
    assert "is 23.98 hours; " in words.say(refused.value)
    assert on(TUESDAY) == []


def test_twenty_five_hours_in_a_day(room: Room, nadia: int, clock: FakeClock) -> None:
    """On the day of 25 hours too a person has no more than a day's work in a day."""
    rooms.change_hours([Hours(7, "00:00", "00:00")], date.min)
    clock.set_to(at("2026-10-25 00:10"))
    sunday = date(2026, 10, 25)
    roster.plan(nadia, sunday, time(0), time(12))
    with pytest.raises(NotPossible, match=r"25 hours on 2026-10-25 for Nadia"):
        roster.plan(nadia, sunday, time(12), time(0))
    roster.plan(nadia, sunday, time(12), time(22))
    assert [duty.hours for duty in shift(sunday).duties] == [13, 10]


@pytest.mark.parametrize(("day", "hours"), [("2026-10-25", 11), ("2027-03-28", 9), ("2026-11-08", 10)])
def test_a_night_over_a_clock_change_has_the_hours_it_lasts(
    room: Room, nadia: int, clock: FakeClock, day: str, hours: int
) -> None:
    rooms.change_hours([Hours(6, "20:00", "06:00")], date.min)
    evening = date.fromisoformat(day) - timedelta(days=1)
    clock.set_to(at(f"{evening} 12:00"))
    roster.plan(nadia, evening)

    (duty,) = shift(evening).duties
    assert duty.hours == hours
    assert shift(evening).key.day == evening


def test_who_ended_cannot_be_planned(nadia: int, karim: int) -> None:
    duty = roster.plan(karim, TUESDAY)
    people.end(nadia)
    for what in (
        lambda: roster.plan(nadia, TUESDAY),
        lambda: roster.stand_in(duty, nadia),
        lambda: roster.came(nadia),
    ):
        with pytest.raises(NotPossible, match="ended"):
            what()
    assert on() == [("Karim", "10:00", "16:30")]


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


def test_hosts_who_are_there_in_turn_or_shortly_leave_a_gap(nadia: int, karim: int) -> None:
    """Wanted are two from ten to half past four; who comes a little later is not missed."""
    roster.plan(nadia, TUESDAY)
    assert shift().too_few == TooFew(1, at("2026-11-24 10:00"), at("2026-11-24 16:30"))
    duty = roster.plan(karim, TUESDAY, time(10), time(12))
    assert shift().too_few == TooFew(1, at("2026-11-24 12:00"), at("2026-11-24 16:30"))
    roster.plan(people.add("Joke").id, TUESDAY, time(12, 20), time(17))
    assert shift().gap is None and shift().missing == 0
    roster.absent(duty)
    assert shift().gap == TooFew(1, at("2026-11-24 10:00"), at("2026-11-24 12:20"))
    assert (shift().missing, len(shift().duties)) == (1, 3)


def test_what_is_past_of_a_shift_is_no_gap(nadia: int, clock: FakeClock) -> None:
    roster.plan(nadia, MONDAY)
    roster.plan(people.add("Joke").id, MONDAY, time(12), time(16, 30))
    assert (shift(MONDAY).missing, shift(MONDAY).gap) == (1, None)


def test_hours_are_those_between_the_times_that_are_shown(nadia: int, clock: FakeClock) -> None:
    clock.go_on(seconds=10)
    duty = roster.came(nadia)
    clock.go_on(minutes=30, seconds=36)
    hours_given.leave(shift(MONDAY), clock.now())
    assert duties.one(duty).hours == 0.5


def test_a_trainee_is_one_more(nadia: int) -> None:
    roster.plan(nadia, MONDAY)
    trainee = people.add("Joke").id
    roster.came(trainee, trainee=True)
    assert shift(MONDAY).missing == 1
    roster.need_hosts(1)
    assert shift(MONDAY).missing == 0
    for n in (0, 21):
        with pytest.raises(NotPossible):
            roster.need_hosts(n)


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


def test_before_the_room_was_here_nothing_was_missing(nadia: int) -> None:
    """It was made on a Monday; its hours hold for all days."""
    friday = MONDAY - timedelta(days=3)
    assert duties.between(friday, MONDAY - timedelta(days=1)) == ()
    assert shift(MONDAY).state is ShiftState.PLANNED


def test_what_is_still_to_come_has_no_hours(nadia: int) -> None:
    duty = roster.plan(nadia, TUESDAY)
    with pytest.raises(NotPossible, match="to come"):
        hours_given.confirm(duty)


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


def test_a_weekly_pattern_is_planned_ahead(room: Room, nadia: int, clock: FakeClock) -> None:
    rooms.close_day(date(2026, 12, 8), "Feest")
    number, made = pattern.weekly(nadia, 2)

    days = [duty.day for duty in duties.of_person(nadia, TUESDAY, TUESDAY + timedelta(days=365))]
    tuesdays = [TUESDAY + timedelta(weeks=week) for week in range(8)]
    assert days == [day for day in tuesdays if day != date(2026, 12, 8)]
    assert made == len(days)
    assert pattern.plan_ahead() == 0
    clock.go_on(days=14)
    assert pattern.plan_ahead() == 2
    assert [(one.weekday, one.begins, one.ends) for one in pattern.patterns()] == [(2, "10:00", "16:30")]

    assert pattern.end_weekly(number, from_day=date(2026, 12, 22)) == 6
    assert pattern.plan_ahead() == 0
    clock.go_on(days=30)
    assert pattern.patterns() == ()


def test_every_other_week(nadia: int, clock: FakeClock) -> None:
    pattern.weekly(nadia, 1, weeks=2, from_day=date(2026, 11, 30), to_day=date(2027, 1, 31))
    for _ in range(6):
        clock.go_on(days=11)
        pattern.plan_ahead()

    found = [duty.day for duty in duties.of_person(nadia, MONDAY, date(2027, 12, 31))]
    assert found == [date(2026, 11, 30) + timedelta(weeks=2 * n) for n in range(5)]


def test_what_was_changed_stays_changed(nadia: int, karim: int, clock: FakeClock) -> None:
    pattern.weekly(nadia, 2)
    (duty,) = shift().duties
    roster.stand_in(duty.id, karim)
    clock.go_on(days=1)
    pattern.plan_ahead()
    assert on() == [("Karim", "10:00", "16:30")]


def test_nobody_has_two_places_in_the_pattern_at_one_time(nadia: int, karim: int) -> None:
    first, _ = pattern.weekly(nadia, 2, time(10), time(13), weeks=2)
    for values in ({}, {"ends": time(12)}, {"weeks": 4}, {"from_day": date(2027, 3, 1)}):
        with pytest.raises(NotPossible, match="has a place in the weekly pattern then already"):
            pattern.weekly(nadia, 2, time(10), **{"ends": time(13), **values})  # type: ignore[arg-type]
    assert len(pattern.patterns()) == 1

    pattern.weekly(nadia, 2, time(13), time(16))
    pattern.weekly(nadia, 2, time(10), time(13), weeks=2, from_day=TUESDAY + timedelta(weeks=1))
    pattern.weekly(karim, 2, time(10), time(13))
    pattern.end_weekly(first)
    pattern.weekly(nadia, 2, time(10), time(13), weeks=2, from_day=TUESDAY + timedelta(weeks=2))


def test_a_pattern_that_cannot_be(nadia: int) -> None:
    for values in ({"weeks": 0}, {"weeks": 9}, {"to_day": MONDAY}, {"begins": time(16), "ends": time(9)}):
        with pytest.raises(NotPossible):
            pattern.weekly(nadia, 2, **values)  # type: ignore[arg-type]
    assert pattern.patterns() == ()
    with pytest.raises(NotPossible):
        pattern.end_weekly(99)


def test_a_year_costs_as_few_questions_as_a_day(nadia: int) -> None:
    pattern.weekly(nadia, 2)

    def asked(days: int) -> int:
        asked: list[str] = []
        database.query_hooks.append(lambda event: asked.append(event.sql))
        try:
            duties.between(MONDAY, MONDAY + timedelta(days=days))
        finally:
            database.query_hooks.clear()
        return sum(sql.startswith("SELECT") for sql in asked)

    assert asked(0) == asked(365) <= 12


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 23), st.integers(0, 23)), max_size=8))
def test_whatever_is_planned_nobody_is_in_two_places(room: Room, planned: list[tuple[int, int, int]]) -> None:
    Duty.delete().execute()
    who = people.named("Willem") or people.add("Willem")
    for ahead, begins, ends in planned:
        try:
            roster.plan(who.id, TUESDAY + timedelta(days=ahead), time(begins), time(ends))
        except NotPossible:
            continue
    found = duties.of_person(who.id, MONDAY, MONDAY + timedelta(days=9))
    assert all(one.ends <= other.begins for one, other in pairwise(found))  # type: ignore[operator]
    by_day: dict[date, float] = {}
    for duty in found:
        by_day[duty.day] = by_day.get(duty.day, 0) + duty.hours
    assert all(0 < hours <= 24 for hours in by_day.values())
    total = sum(given.unconfirmed for given in duties.hours(MONDAY, MONDAY + timedelta(days=9)))
    assert total == pytest.approx(sum(by_day.values()))


def test_a_pattern_may_begin_on_a_day_that_is_open_at_other_hours(nadia: int) -> None:
    """The hours of the week count, since it goes on; a time that is outside those is refused."""
    rooms.open_otherwise(TUESDAY, [Hours(2, "08:00", "09:00")], "schoonmaak")
    with pytest.raises(NotPossible, match="outside the hours"):
        pattern.weekly(nadia, 2, time(19), time(21))
    pattern.weekly(nadia, 2, time(13), time(16, 30))
    assert on(TUESDAY) == []
    assert on(TUESDAY + timedelta(days=7)) == [("Nadia", "13:00", "16:30")]
