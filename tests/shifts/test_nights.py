"""Shifts over midnight, and over the nights in which the clock changes: one shift, its real hours."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import (
    closing,
    connection,
    days,
    door,
    duties,
    figures,
    figures_period,
    handover,
    hours_given,
    logbook,
    people,
    roster,
    shifts,
)
from db import room as rooms
from db.errors import NotPossible
from db.figures_names import Name
from db.logbook import Reader
from db.room import Hours, Room
from db.shifts import ShiftKey
from db.states import ShiftState, Step
from hostdesk.screens import desk_words
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk


@dataclass(frozen=True)
class Night:
    """An evening on which the room is open from eight to four, and how long that takes."""

    day: date
    hours: float

    @property
    def morning(self) -> date:
        return self.day + timedelta(days=1)

    def at(self, text: str) -> datetime:
        """A moment of the evening, or after midnight."""
        return at(f"{self.day if text > '12' else self.morning} {text}")


NIGHTS = [
    pytest.param(Night(date(2026, 12, 5), 8), id="as most"),
    pytest.param(Night(date(2027, 3, 27), 7), id="clock goes forward"),
    pytest.param(Night(date(2027, 10, 30), 9), id="clock goes back"),
]
"""All on a Saturday."""


@pytest.fixture(params=NIGHTS)
def night(request: pytest.FixtureRequest, room: Room, clock: FakeClock) -> Night:
    """Nadia is on the roster of the whole night."""
    rooms.change_hours([Hours(6, "20:00", "04:00")], date.min)
    found: Night = request.param
    clock.go_on_until(found.at("19:50"))
    roster.plan(people.add("Nadia").id, found.day)
    people.add("Karim")
    return found


def shift_of(night: Night) -> duties.Shift:
    (found,) = duties.between(night.day, night.day)
    return found


def test_one_shift_with_its_real_hours(night: Night, clock: FakeClock) -> None:
    handover.begin()
    for moment in ("20:10", "23:59", "00:01", "03:40"):
        clock.go_on_until(night.at(moment))
        door.arrive()
    assert days.today().day == night.day, "after midnight it is still that day's evening"
    assert days.today().visits == 4
    hours_given.confirm_shift(shift_of(night).key)
    clock.go_on_until(night.at("03:55"))
    closed = closing.close().shift

    (nadia,) = closed.duties
    assert (nadia.hours, nadia.confirmed) == (night.hours, True)
    assert closed.state is ShiftState.CLOSED
    assert duties.between(night.morning, night.morning) == ()
    assert duties.hours(night.day, night.morning)[0].confirmed == night.hours
    open_hours = figures.of(figures_period.between(night.day, night.morning)).figures[Name.OPEN_HOURS].value
    assert open_hours == pytest.approx(night.hours - 5 / 60, abs=0.01)


def test_the_desk_shows_the_hours_that_there_are(night: Night) -> None:
    shown = [hour.hour for hour in desk_words.hours(days.today())]
    assert shown == [20, 21, 22, 23, 0, 1, *([] if night.hours == 7 else [2]), 3]


def test_closing_goes_on_after_midnight_where_it_was(night: Night, clock: FakeClock, room_file: Path) -> None:
    clock.go_on_until(night.at("23:58"))
    door.arrive()
    closing.step(Step.COUNT)
    clock.go_on_until(night.at("00:02"))
    connection.close()
    connection.open(room_file)

    assert closing.current().shift.key.day == night.day
    assert closing.current().done == (Step.COUNT,)
    assert closing.close().shift.closed_at == night.at("00:02")


def test_a_forgotten_close_happens_at_four(night: Night, clock: FakeClock) -> None:
    clock.go_on_until(night.at("21:00"))
    door.arrive()
    clock.go_on_until(night.at("05:30"))
    door.start_of_day()

    shift = shift_of(night)
    assert (shift.state, shift.closed_at) == (ShiftState.CLOSED_AUTOMATICALLY, night.at("04:00"))
    assert shift.closed_at and shift.starts_at
    assert (shift.closed_at - shift.starts_at) / timedelta(hours=1) == night.hours
    handover.really_closed(shift.key, "3:15")
    assert shift_of(night).closed_at == night.at("03:15"), "a time after midnight is in that night"


def test_hours_are_said_by_the_clock_on_the_wall(night: Night, clock: FakeClock) -> None:
    karim = people.find("Karim").id
    duty = roster.plan(karim, night.day, time(23), time(3, 30))
    late = roster.plan(people.add("Els").id, night.day, time(0, 30), time(3, 30))
    clock.go_on_until(night.at("04:10"))
    door.arrive()

    assert hours_given.confirm(duty).hours == night.hours - 3.5
    assert hours_given.confirm(late).from_at == night.at("00:30"), "half past twelve is in the night"
    assert {one.name for one in shift_of(night).duties} == {"Nadia", "Karim", "Els"}


def test_what_the_clock_skips_or_has_twice_is_no_duty_of_no_time(night: Night) -> None:
    karim = people.find("Karim").id
    with pytest.raises(NotPossible):
        roster.plan(karim, night.day, time(3, 59), time(3, 59))
    assert duties.one(roster.plan(karim, night.day, time(1, 59), time(3, 1))).hours == pytest.approx(
        night.hours - 8 + 62 / 60, abs=0.01
    )


@given(
    day=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    start=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    end=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
)
def test_past_midnight_is_the_day_after(day: date, start: time, end: time) -> None:
    room = Room("", "", "nl", "Europe/Amsterdam", "dark")
    begins = rooms.moment(room, day, start)
    ends = rooms.first_after(room, begins, end)

    assert timedelta(0) < ends - begins <= timedelta(hours=25)
    assert room.local(ends).time() == end or room.local(ends).hour == 3, "the clock skips from two to three"


@pytest.mark.parametrize(
    ("hours", "said", "meant"),
    [
        (("10:00", "16:30"), time(9, 30), "2026-11-23 09:30"),
        (("10:00", "16:30"), time(0, 30), "2026-11-23 00:30"),
        (("20:00", "02:00"), time(19, 30), "2026-11-23 19:30"),
        (("20:00", "02:00"), time(0, 30), "2026-11-24 00:30"),
        (("20:00", "02:00"), time(2, 15), "2026-11-24 02:15"),
        (("00:00", "00:00"), time(0, 30), "2026-11-23 00:30"),
    ],
)
@pytest.mark.parametrize("other_days", [True, False])
def test_a_time_of_a_day_of_the_room(
    room: Room, hours: tuple[str, str], said: time, meant: str, other_days: bool
) -> None:
    rooms.change_hours([Hours(day, *hours) for day in (range(1, 8) if other_days else (1,))], date.min)

    found = rooms.moment_of(room, date(2026, 11, 23), said)
    assert found == at(meant)
    if said != time(0, 30) or hours != ("10:00", "16:30"):
        assert shifts.at(room, found).day == date(2026, 11, 23)


def heading(night: Night) -> str:
    """How the log names the shift of this night."""
    return f"za {night.day.day} "


def test_the_desk_stays_open_with_its_closing_and_its_log(
    night: Night, clock: FakeClock, room_file: Path
) -> None:
    handover.begin()
    connection.close()
    clock.go_on_until(night.at("23:58"))

    async def story(here: Desk) -> None:
        await here.press("plus")
        await here.sees("Laatste: +1 om 23:58")
        await here.burst("s", "enter")
        await here.sees("stap 3 van 7", heading(night), "20:00–04:00")

        clock.go_on_until(night.at("00:02"))
        await here.burst("+")
        await here.sees("+1 om 00:02", "stap 3 van 7", heading(night), "20:00–04:00")
        assert (await here.database.run(closing.current)).done[0] is Step.COUNT

        await here.burst("f4", "l", *"lamp boven de deur flikkert", "enter")
        await here.sees("00:02", "lamp boven de deur flikkert", heading(night), "dienst tot 04:00")
        clock.go_on_until(night.at("03:40"))
        await here.burst("l", *"taxi gebeld", "enter")
        await here.sees("03:40", "taxi gebeld", "lamp boven de deur")
        assert here.screen.count("dienst tot 04:00") == 1, "one night is one shift"
        entries = await here.database.run(lambda: logbook.entries(Reader("balie")))
        assert {entry.shift for entry in entries} == {ShiftKey(night.day, night.at("04:00"))}

        await here.burst("f2")
        await here.sees("bezoeken vandaag", "De dienst eindigt om 04:00.")
        assert (await here.database.run(days.today)).visits == 2
        await here.burst("s")
        await here.sees("stap 3 van 7", "2 notities van deze dienst")
        await here.burst(".", ".", "enter", ".", "enter")
        await here.sees("De dienst is afgesloten.")
        shift = await here.database.run(lambda: shift_of(night))
        assert (shift.state, shift.closed_at) == (ShiftState.CLOSED, night.at("03:40"))
        assert [(duty.name, duty.hours) for duty in shift.duties] == [("Nadia", night.hours)]

    async def live() -> None:
        async with desk(room_file) as here:
            await story(here)

    asyncio.run(live())
