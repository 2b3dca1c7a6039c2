"""Stories at the weekly pattern (F5, v): the coordinator says who comes every week."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from db import connection, duties, pattern, people
from db.states import PersonKind
from tests.desks import Desk, desk

Story = Callable[[Desk], Awaitable[None]]
THURSDAYS = (date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10))


@pytest.fixture
def known(room_file: Path) -> None:
    """Anja and Ben are of the house."""
    connection.open(room_file)
    for name in ("Anja", "Ben"):
        people.add(name, kind=PersonKind.HOST)
    connection.close()


def tell(file: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Somebody opens the weekly pattern of this room."""

    async def live() -> None:
        async with desk(file, size=size) as here:
            await here.burst("f5")
            await here.sees("Rooster")
            await here.burst("v")
            await here.sees("Vast rooster")
            await story(here)

    asyncio.run(live())


async def on_duty(here: Desk, day: date) -> list[str]:
    """Who is on the roster of that day."""
    found = await here.database.run(lambda: duties.between(day, day))
    return [duty.name for shift in found for duty in shift.duties]


def test_nobody_is_known_yet(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Er heeft nog niemand elke week dienst.")
        await here.burst("enter")
        await here.sees("Iemand nieuw in het gastteam")
        await here.burst(*"Anja", "enter")
        await here.sees("Wie komt er elke week?", "Anja")

    tell(room_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_somebody_comes_every_other_thursday(room_file: Path, known: None, size: tuple[int, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("enter")
        await here.sees("Wie komt er elke week?", "Anja")
        await here.burst("b", "enter", "d", "d", "enter", *"12", "enter", *"14", "enter", "right", "f2")
        await here.sees("Ben staat op het vaste rooster", "donderdag", "12:00–14:00", "om de 2 weken")
        assert [await on_duty(here, day) for day in THURSDAYS] == [["Ben"], [], ["Ben"]]

    tell(room_file, story, size)


def test_not_any_more_from_today_on(room_file: Path, known: None) -> None:
    connection.open(room_file)
    ben = people.named("Ben")
    assert ben is not None
    _, planned = pattern.weekly(ben.id, 4)
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees("→ 10:00–16:30  Ben")
        await here.burst("t")
        await here.sees(f"{planned} komende diensten zijn vrij", "Er heeft nog niemand elke week dienst.")
        assert await on_duty(here, THURSDAYS[0]) == []
        await here.burst("escape")
        await here.sees("Rooster", "gat")

    tell(room_file, story)


def test_a_time_that_is_none_is_said_and_nothing_is_planned(room_file: Path, known: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("enter")
        await here.sees("Wie komt er elke week?")
        await here.burst("down", "down", *"middag", "f2")
        await here.sees("“middag”")
        assert await here.database.run(pattern.patterns) == ()

    tell(room_file, story)
