"""A night at the desk: over midnight, and over both nights on which the clock changes, whatever is open."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from db import connection, duties, log, logbook, people, roster
from db import room as rooms
from db.logbook import Reader
from db.room import Hours
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk

Opens = Callable[[Desk], Awaitable[None]]

NIGHTS = [("2026-11-28", 8), ("2027-10-30", 9), ("2027-03-27", 7)]
"""Evenings before a Sunday, and how many hours a night from eight to four has: the clock goes back, on."""


async def stays_at_the_desk(here: Desk) -> None:
    await here.sees("Laatste: +1 om")


async def reads_the_log(here: Desk) -> None:
    await here.burst("f4")
    await here.sees("Logboek", "de lamp is stuk")


async def is_closing(here: Desk) -> None:
    await here.burst("s")
    await here.sees("Dienst afsluiten", "stap 1 van 7")


@pytest.mark.parametrize("opens", [stays_at_the_desk, reads_the_log, is_closing])
@pytest.mark.parametrize(("evening", "hours"), NIGHTS)
def test_a_night_is_one_shift(
    room_file: Path, clock: FakeClock, evening: str, hours: int, opens: Opens
) -> None:
    day = date.fromisoformat(evening)
    clock.set_to(at(f"{evening} 20:00"))
    connection.open(room_file)
    rooms.change_hours([Hours(6, "20:00", "04:00")], date.min)
    roster.plan(people.add("Anja").id, day)
    connection.close()

    async def live() -> None:
        async with desk(room_file) as here:
            await here.press("plus", every=5)
            await here.until(lambda: not len(here.app._presses))
            await here.database.run(lambda: log.write("de lamp is stuk"))
            clock.go_on_until(at(f"{evening} 23:55"))
            await opens(here)
            clock.go_on(minutes=10)
            await here.press("plus", every=5)
            await here.until(lambda: not len(here.app._presses))
            await here.database.run(lambda: log.write("na middernacht"))
            clock.go_on(hours=hours - 4, minutes=-10)  # five to four, however long that took
            await here.press("plus", every=5)
            await here.until(lambda: not len(here.app._presses))
            await here.database.run(lambda: log.write("tegen het sluiten"))

            if opens is is_closing:
                await here.sees("stap 1 van 7", "3 bezoeken")
                await here.burst("enter")
            else:
                await here.burst("f4")
                await here.sees("de lamp is stuk", "na middernacht", "tegen het sluiten")
                await here.burst("f2", "s")
                await here.sees("3 bezoeken")
                await here.burst("enter")
            await here.sees("stap 3 van 7", "3 notities van deze dienst")
            await here.burst("enter")
            await here.sees("stap 5 van 7", "20:00–04:00")
            await here.burst("enter")
            await here.sees("stap 6 van 7")
            await here.burst("enter", "enter")
            await here.sees("De dienst is afgesloten.")
            (shift,) = await here.database.run(lambda: duties.between(day, day))
            [anja] = shift.duties
            assert (anja.hours, anja.confirmed) == (hours, True)
            entries = await here.database.run(lambda: logbook.entries(Reader()))
            assert {entry.shift for entry in entries} == {shift.key}

    asyncio.run(live())
