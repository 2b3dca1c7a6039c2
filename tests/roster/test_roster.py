"""Who is on duty when, and where somebody is missing."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import closing, door, duties, figures, figures_period, handover, hours_given, pattern, people, roster
from db import room as rooms
from db.connection import database
from db.duties import TooFew
from db.errors import NotPossible
from db.figures_names import Name
from db.room import Hours, Room
from db.shift_models import Duty
from db.states import ShiftState
from hostdesk import words
from tests.clocks import FakeClock, at
from tests.roster.on_duty import MONDAY, TUESDAY, on, shift


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


def test_who_was_there_outside_all_plans(room: Room, clock: FakeClock, nadia: int) -> None:
    saturday = at("2026-11-28 11:00")
    clock.go_on_until(saturday)
    with pytest.raises(NotPossible, match="shut"):
        roster.plan(nadia, saturday.date(), time(11), time(14))
    with pytest.raises(NotPossible, match="shut"):
        roster.came(nadia)  # she would stand on no shift
    door.arrive()
    with pytest.raises(NotPossible, match="from when until when"):
        roster.plan(nadia, saturday.date())
    duty = roster.plan(nadia, saturday.date(), time(11), time(0))
    roster.move(duty, time(12), time(0))
    clock.go_on_until(at("2026-11-28 14:00"))
    closing.confirm_hours()
    assert on(saturday.date()) == [("Nadia", "12:00", "14:00")]
    assert duties.one(duty).confirmed


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


def test_before_the_room_was_here_nothing_was_missing(nadia: int) -> None:
    """It was made on a Monday; its hours hold for all days."""
    friday = MONDAY - timedelta(days=3)
    assert duties.between(friday, MONDAY - timedelta(days=1)) == ()
    assert shift(MONDAY).state is ShiftState.PLANNED


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
