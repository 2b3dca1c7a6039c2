"""A day that is shut or open at other hours: the roster, the sessions and the figures go along."""

from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import (
    closing,
    days,
    door,
    duties,
    figures,
    figures_period,
    opening,
    pattern,
    people,
    planning,
    roster,
)
from db import room as rooms
from db.errors import NotPossible
from db.figures_days import DayState
from db.planning import Plan
from db.room import Room
from db.states import ShiftState
from tests.clocks import FakeClock, at

EVE = date(2026, 12, 24)
"""A Thursday, on which the room is open from ten to half past four."""
CHRISTMAS, SATURDAY = date(2026, 12, 25), date(2026, 12, 19)


@pytest.fixture
def nadia(room: Room) -> int:
    """She is on duty each Thursday and Friday."""
    number = people.add("Nadia").id
    pattern.weekly(number, 4)
    pattern.weekly(number, 5)
    return number


def on(day: date) -> list[tuple[str, str, str]]:
    """Who is on duty then, and from when until when."""
    room = rooms.current()
    return [
        (duty.name, f"{room.local(duty.begins):%H:%M}", f"{room.local(duty.ends):%H:%M}")
        for shift in duties.between(day, day)
        for duty in shift.duties
        if duty.begins and duty.ends
    ]


def test_christmas_eve_until_one(nadia: int) -> None:
    karim = people.add("Karim").id
    roster.plan(karim, EVE, time(13), time(16, 30))
    changed = opening.change_day(EVE, "10-13", "Kerstavond")

    assert [(duty.name, duty.day) for duty in changed.moved] == [("Nadia", EVE)]
    assert [duty.name for duty in changed.off] == ["Karim"], "the room is shut by then"
    assert on(EVE) == [("Nadia", "10:00", "13:00")]
    assert [shift.ends_at for shift in duties.between(EVE, EVE)] == [at("2026-12-24 13:00")]
    assert [(one.day, one.reason) for one in opening.coming()] == [(EVE, "Kerstavond")]


def test_shut_and_then_open_after_all(nadia: int) -> None:
    changed = opening.change_day(CHRISTMAS, "dicht", "Kerst")
    assert [duty.name for duty in changed.off] == ["Nadia"]
    assert duties.between(CHRISTMAS, CHRISTMAS) == ()
    assert duties.of_person(nadia, CHRISTMAS, CHRISTMAS) == (), "no duty that nobody sees"

    assert len(opening.as_usual(CHRISTMAS).planned) == 1
    assert on(CHRISTMAS) == [("Nadia", "10:00", "16:30")]
    assert opening.coming() == ()


def test_as_usual_again_gives_the_pattern_its_own_hours_back(nadia: int) -> None:
    opening.change_day(EVE, "10-13")
    opening.change_day(EVE, "10-15")
    assert on(EVE) == [("Nadia", "10:00", "15:00")]
    opening.as_usual(EVE)
    assert on(EVE) == [("Nadia", "10:00", "16:30")]


def test_who_comes_later_does_so_at_other_hours_too(nadia: int) -> None:
    (duty,) = duties.of_person(nadia, EVE, EVE)
    roster.move(duty.id, time(12), time(16, 30))
    opening.change_day(EVE, "10-15")
    assert on(EVE) == [("Nadia", "12:00", "15:00")]
    opening.change_week(EVE.isoweekday(), "9-17", EVE)
    opening.as_usual(EVE)
    assert on(EVE) == [("Nadia", "12:00", "15:00")], "what was said, and not the pattern's own hours"


def test_who_swapped_or_was_taken_off_is_not_put_on_again(nadia: int) -> None:
    karim, day_after = people.add("Karim").id, EVE - timedelta(days=1)
    (hers,) = duties.of_person(nadia, EVE, EVE)
    roster.swap(hers.id, roster.plan(karim, day_after))
    (friday,) = duties.of_person(nadia, SATURDAY - timedelta(days=1), SATURDAY - timedelta(days=1))
    roster.take_off(friday.id)

    assert len(opening.change_day(EVE, "10-15").planned) == 0
    assert len(opening.as_usual(EVE).planned) == 0
    assert [name for name, *_ in on(EVE)] == ["Karim"]
    assert len(opening.change_day(friday.day, "9-17").planned) == 0
    assert on(friday.day) == []


def test_a_place_in_the_evening_comes_back_with_the_evening(nadia: int) -> None:
    pattern.weekly(people.add("Karim").id, 4, time(15), time(16, 30))
    assert [duty.name for duty in opening.change_day(EVE, "10-14").off] == ["Karim"]
    assert len(opening.change_day(EVE, "10-16").planned) == 1
    assert on(EVE) == [("Nadia", "10:00", "16:00"), ("Karim", "15:00", "16:00")]


def test_shut_and_open_again_is_as_the_pattern_has_it(nadia: int) -> None:
    """Who had moved was told that they need not come: what holds again is what holds each week."""
    (duty,) = duties.of_person(nadia, EVE, EVE)
    roster.move(duty.id, time(12), time(16, 30))
    assert [one.name for one in opening.change_day(EVE, "dicht").off] == ["Nadia"]
    assert len(opening.as_usual(EVE).planned) == 1
    assert on(EVE) == [("Nadia", "10:00", "16:30")]


def test_who_stands_in_goes_along_and_who_is_absent_is_not_told(nadia: int) -> None:
    karim = people.add("Karim").id
    (duty,) = duties.of_person(nadia, EVE, EVE)
    roster.stand_in(duty.id, karim)
    changed = opening.change_day(EVE, "dicht")

    assert [one.name for one in changed.off] == ["Karim"]


def test_who_said_they_do_not_come_is_not_put_on_again_by_a_day_that_was_shut(nadia: int) -> None:
    karim = people.add("Karim").id
    pattern.weekly(karim, 4)
    (hers,) = duties.of_person(nadia, EVE, EVE)
    roster.stand_in(hers.id, people.add("Els").id)
    assert [one.name for one in opening.change_day(EVE, "dicht").off] == ["Karim", "Els"]
    changed = opening.as_usual(EVE)

    assert [one.name for one in changed.planned] == ["Karim"], "it is said who is on it again"
    (shift,) = duties.between(EVE, EVE)
    assert [(one.name, one.absent) for one in shift.duties] == [("Karim", False), ("Nadia", True)]
    assert shift.missing == 1, "who stood in was told not to come"


def test_who_said_they_do_not_come_stays_absent_when_hours_get_too_short_for_them(nadia: int) -> None:
    karim = people.add("Karim").id
    pattern.weekly(karim, 4, time(15), time(16, 30))
    (his,) = duties.of_person(karim, EVE, EVE)
    roster.absent(his.id)
    assert opening.change_day(EVE, "10-14").off == ()
    assert opening.as_usual(EVE).planned == ()
    assert duties.of_person(karim, EVE, EVE) == ()


def test_who_comes_early_and_cleans_up_late_still_does(nadia: int) -> None:
    karim = people.add("Karim").id
    roster.plan(karim, EVE, time(9, 30), time(17))
    opening.change_day(EVE, "10-13")

    assert on(EVE)[0] == ("Karim", "09:30", "13:00"), "it opens as usual, and closes early"


def test_a_day_further_than_the_roster_is_planned_within_its_hours(nadia: int, clock: FakeClock) -> None:
    far = date(2027, 2, 4)
    opening.change_day(far, "12-14")
    opening.change_day(date(2027, 2, 11), "dicht")
    clock.go_on_until(at("2026-12-21 10:00"))
    pattern.plan_ahead()

    assert on(far) == [("Nadia", "12:00", "14:00")]
    assert duties.of_person(nadia, date(2027, 2, 11), date(2027, 2, 11)) == ()


def test_an_extra_saturday(room: Room, clock: FakeClock) -> None:
    opening.change_day(SATURDAY, "11-15", "Kerstmarkt")
    roster.plan(people.add("Nadia").id, SATURDAY)
    clock.go_on_until(at("2026-12-19 11:05"))

    assert days.today().opening.open
    door.arrive(3)
    (shift,) = duties.between(SATURDAY, SATURDAY)
    assert (shift.state, shift.planned, shift.ends_at) == (
        ShiftState.OPEN,
        True,
        at("2026-12-19 15:00"),
    )
    clock.go_on_until(at("2026-12-19 14:50"))
    closing.confirm_hours()
    assert closing.close().shift.duties[0].hours == 4


def test_a_shut_day_is_not_missing_and_an_extra_one_is(room: Room, clock: FakeClock) -> None:
    opening.change_day(CHRISTMAS, "dicht", "Kerst")
    opening.change_day(SATURDAY, "11-15")
    clock.go_on_until(at("2027-01-04 10:00"))
    made = figures.of(figures_period.between(SATURDAY, CHRISTMAS))
    states = {day.day: day.state for day in made.days}

    assert states[CHRISTMAS] is DayState.CLOSED
    assert states[SATURDAY] is DayState.MISSING
    assert states[EVE] is DayState.MISSING


def test_a_session_that_is_shut_out_is_named_and_stays(room: Room) -> None:
    planning.plan((), Plan("Breiclub", EVE, time(14), time(15)))
    changed = opening.change_day(EVE, "10-13")

    assert [one.title for one in changed.sessions] == ["Breiclub"]
    assert opening.change_day(EVE, "10-16").sessions == ()


def test_the_plan_does_not_change_under_a_shift_that_is_open(room: Room) -> None:
    monday = days.today().day
    door.arrive()
    for change in (
        lambda: opening.change_day(monday, "10-12"),
        lambda: opening.change_day(monday, "dicht"),
        lambda: opening.change_week(1, "10-12"),
    ):
        with pytest.raises(NotPossible, match="opened"):
            change()
    assert len(duties.between(monday, monday)) == 1


def test_the_week_changes_from_a_day_on(nadia: int) -> None:
    thursday, next_one = date(2026, 11, 26), date(2026, 12, 3)
    changed = opening.change_week(4, "dicht", date(2026, 12, 1))

    assert {duty.day for duty in changed.off} == {next_one + timedelta(weeks=n) for n in range(7)}
    assert on(thursday) == [("Nadia", "10:00", "16:30")]
    assert duties.between(next_one, next_one) == ()
    assert on(date(2026, 12, 4)) == [("Nadia", "10:00", "16:30")], "Friday is as it was"
    assert len(opening.change_week(4, "9-12, 13-17", date(2026, 12, 1)).planned) == 7
    assert [len(duties.between(day, day)) for day in (thursday, next_one)] == [1, 2]


def test_a_week_with_shorter_hours_has_the_roster_go_along(nadia: int, clock: FakeClock) -> None:
    karim = people.add("Karim").id
    pattern.weekly(karim, 4, time(9, 30), time(11, 30), weeks=2)
    roster.plan(people.add("Els").id, EVE, time(10), time(13))
    before, first = date(2026, 11, 26), date(2026, 12, 1)
    changed = opening.change_week(4, "12-15", first)

    assert {one.name for one in changed.moved} == {"Nadia", "Els"}
    assert {one.name for one in changed.off} == {"Karim"}
    assert on(before) == [("Karim", "09:30", "11:30"), ("Nadia", "10:00", "16:30")]
    assert on(EVE) == [("Els", "12:00", "13:00"), ("Nadia", "12:00", "15:00")]
    opening.change_day(EVE, "dicht")
    opening.as_usual(EVE)
    assert on(EVE) == [("Nadia", "12:00", "15:00")]
    clock.go_on_until(at("2027-01-04 10:00"))
    pattern.plan_ahead()
    assert on(date(2027, 2, 25)) == [("Nadia", "12:00", "15:00")], "and so it goes on"
    assert opening.change_week(4, "10-17", date(2027, 2, 1)).moved == (), "nobody stays longer unasked"
    assert "Karim" in [name for name, *_ in on(date(2027, 2, 18)) + on(date(2027, 2, 25))]


def test_a_place_that_begins_after_the_hours_have_changed_goes_along(nadia: int) -> None:
    karim = people.add("Karim").id
    pattern.weekly(karim, 4, weeks=3, from_day=date(2026, 12, 3))
    opening.change_week(4, "9-15", date(2026, 12, 1))

    thursdays = [one for one in pattern.patterns() if one.weekday == 4]
    assert sorted((one.name, one.ends, one.from_day, one.to_day) for one in thursdays) == [
        ("Karim", "15:00", date(2026, 12, 3), None),
        ("Nadia", "15:00", date(2026, 12, 3), None),
        ("Nadia", "16:30", date(2026, 11, 26), date(2026, 11, 30)),
    ]
    assert on(date(2026, 12, 24)) == [("Karim", "10:00", "15:00"), ("Nadia", "10:00", "15:00")]


def test_hours_that_change_later_than_the_roster_is_planned_have_the_places_go_along(
    nadia: int, clock: FakeClock
) -> None:
    opening.change_week(4, "12-15", date(2027, 2, 11))
    clock.go_on_until(at("2027-01-04 10:00"))
    pattern.plan_ahead()

    assert on(date(2027, 2, 4)) == [("Nadia", "10:00", "16:30")]
    assert on(date(2027, 2, 18)) == [("Nadia", "12:00", "15:00")]


def test_a_place_that_ends_before_it_comes_again_is_left_as_it_is(room: Room) -> None:
    karim, last = people.add("Karim").id, date(2026, 12, 5)
    pattern.weekly(karim, 4, weeks=2, to_day=last)
    opening.change_week(4, "9-15", date(2026, 12, 1))

    assert [(one.ends, one.from_day, one.to_day) for one in pattern.patterns()] == [
        ("16:30", date(2026, 11, 26), last)
    ]


def test_a_week_that_was_planned_for_later_changes_along(room: Room) -> None:
    opening.change_week(1, "9-12", date(2027, 1, 4))
    opening.change_week(2, "dicht", date(2026, 12, 1))

    assert rooms.periods(room, date(2027, 1, 5)) == ()
    assert [period.opens_at for period in rooms.periods(room, date(2027, 1, 4))] == [at("2027-01-04 09:00")]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "10-13"),
        ("soms", "no opening time"),
        ("25-26", "no time of day"),
        ("13-10", "Did you mean"),
        ("10-12, 11-13", "overlap"),
        ("10-13" * 30, "is too long"),
        ("10-10", "no opening time"),
    ],
)
def test_hours_that_cannot_be(room: Room, written: str, says: str) -> None:
    if not written:
        opening.change_day(EVE, written)
        assert rooms.periods(room, EVE) == (), "nothing is shut"
        return
    with pytest.raises(NotPossible, match=says):
        opening.change_day(EVE, written, "x")
    assert [period.opens_at for period in rooms.periods(room, EVE)] == [at("2026-12-24 10:00")]
    assert opening.coming() == ()


def test_what_cannot_be_changed(room: Room) -> None:
    with pytest.raises(NotPossible, match="as usual already"):
        opening.as_usual(EVE)
    with pytest.raises(NotPossible, match="past"):
        opening.change_week(1, "10-12", date(2026, 11, 1))
    with pytest.raises(NotPossible, match="long"):
        opening.change_day(EVE, "10-13", "x" * 100)
    assert opening.coming() == ()


minutes = st.integers(0, 24 * 60 - 1)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opens=minutes, closes=minutes, begins=minutes, lasts=st.integers(1, 16 * 60))
def test_nobody_is_on_duty_outside_hours_that_are_narrower(
    room: Room, opens: int, closes: int, begins: int, lasts: int
) -> None:
    """Within what the week says; before and after that people clean up as they always did."""
    first, last = sorted((10 * 60 + opens % 390, 10 * 60 + closes % 390))
    if first == last:
        return
    wanted = (
        rooms.moment(room, EVE, time()) + timedelta(minutes=begins),
        rooms.moment(room, EVE, time()) + timedelta(minutes=begins + lasts),
    )
    rooms.open_otherwise(
        EVE, [rooms.Hours(4, f"{first // 60:02}:{first % 60:02}", f"{last // 60:02}:{last % 60:02}")], ""
    )
    (period,) = rooms.periods(room, EVE)
    fits = pattern.fitted(room, EVE, wanted)
    rooms.open_as_usual(EVE)

    if fits is None:
        assert wanted[1] <= period.opens_at or wanted[0] >= period.closes_at
    else:
        assert wanted[0] <= fits[0] < fits[1] <= wanted[1]
        assert fits[1] <= period.closes_at or period.closes_at == at("2026-12-24 16:30")
        assert fits[0] >= period.opens_at or period.opens_at == at("2026-12-24 10:00")
