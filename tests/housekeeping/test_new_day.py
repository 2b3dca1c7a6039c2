"""On a new day the programme goes on further ahead, and what was kept long enough is gone."""

import asyncio
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from db import connection, course, planning, sessions, signups, upkeep, wishes
from db.planning import Plan
from db.recurrence import Repeat
from db.room import Room
from db.states import Kind, State
from tests.clocks import FakeClock, at
from tests.desks import desk

LATER = at("2027-03-01 09:00")
"""When of the half year that was planned in November less than three months are left."""


def knitting() -> int:
    """Somebody wishes to knit, leaves a number, and signs up for the first of many Tuesdays."""
    wish = wishes.voice("Samen breien", contact="Els, 06 12345678")
    plan = Plan("Breiclub", date(2026, 11, 24), time(14), time(16), Repeat.WEEKLY, capacity=8)
    activity = planning.plan([wish], plan)
    signups.sign_up(sessions.of_activity(activity)[0].id, name="Els")
    return activity


def swimming() -> int:
    """Somebody wishes to swim, leaves a number, and it cannot be."""
    wish = wishes.voice("Zwemmen", contact="Els, 06 12345678")
    course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="er is geen zwembad")
    return wish


def names(activity: int) -> list[str | None]:
    return [one.name for one in signups.of(sessions.of_activity(activity)[0].id)]


@pytest.mark.usefixtures("upkeep_here")
def test_the_desk_does_it_by_itself(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    activity, wish = knitting(), swimming()
    connection.close()
    clock.go_on_until(LATER)

    async def story() -> None:
        async with desk(room_file) as here:

            def done() -> bool:
                return wishes.contact_of(wish) is None and names(activity) == [None]

            while not await here.database.run(done):
                await here.pilot.pause()
            last = (await here.database.run(lambda: sessions.of_activity(activity)))[-1]
            assert last.day > LATER.date() + timedelta(weeks=24)

    asyncio.run(asyncio.wait_for(story(), 20))


def test_before_their_time_names_and_contacts_stay(room: Room, clock: FakeClock) -> None:
    activity = knitting()
    planned = len(sessions.of_activity(activity))
    clock.go_on_until(at("2026-11-24 23:59"))
    upkeep.of_the_day()
    assert names(activity) == ["Els"]
    assert wishes.contact_of(1) is not None
    assert len(sessions.of_activity(activity)) == planned
    clock.go_on_until(at("2026-11-25 00:01"))
    upkeep.of_the_day()
    assert names(activity) == [None]


def test_a_second_time_on_a_day_changes_nothing(room: Room, clock: FakeClock) -> None:
    activity = knitting()
    clock.go_on_until(LATER)
    upkeep.of_the_day()
    once = sessions.of_activity(activity)
    upkeep.of_the_day()
    assert sessions.of_activity(activity) == once


def test_when_one_part_fails_none_of_it_is_done(
    room: Room, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = knitting()
    planned = len(sessions.of_activity(activity))
    clock.go_on_until(LATER)

    def broken(_today: date) -> int:
        raise RuntimeError("it went wrong")

    monkeypatch.setattr(signups, "erase_names", broken)
    with pytest.raises(RuntimeError, match="went wrong"):
        upkeep.of_the_day()
    assert len(sessions.of_activity(activity)) == planned
    assert wishes.contact_of(1) is not None
