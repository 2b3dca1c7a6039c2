"""Who comes every week is planned ahead."""

from datetime import date, time, timedelta

import pytest

from db import duties, pattern, roster
from db import room as rooms
from db.errors import NotPossible
from db.room import Hours, Room
from tests.clocks import FakeClock
from tests.roster.on_duty import MONDAY, TUESDAY, on, shift


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


def test_a_pattern_may_begin_on_a_day_that_is_open_at_other_hours(nadia: int) -> None:
    """The hours of the week count, since it goes on; a time that is outside those is refused."""
    rooms.open_otherwise(TUESDAY, [Hours(2, "08:00", "09:00")], "schoonmaak")
    with pytest.raises(NotPossible, match="outside the hours"):
        pattern.weekly(nadia, 2, time(19), time(21))
    pattern.weekly(nadia, 2, time(13), time(16, 30))
    assert on(TUESDAY) == []
    assert on(TUESDAY + timedelta(days=7)) == [("Nadia", "13:00", "16:30")]
