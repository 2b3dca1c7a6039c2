"""Where there is a mouse: what names a key does what the key does, on whatever line it stands."""

import asyncio
from pathlib import Path

import pytest

from hostdesk.screens.board import BoardScreen
from hostdesk.screens.desk import DeskScreen
from hostdesk.screens.figures import FiguresScreen
from hostdesk.screens.help import HelpScreen
from hostdesk.screens.log import LogScreen
from hostdesk.screens.roster import RosterScreen
from tests.clocks import FakeClock
from tests.desks import Desk, desk

SIZES = [(80, 24), (100, 30)]

SCREENS = {
    "F2 balie": DeskScreen,
    "F3 bord": BoardScreen,
    "F4 logboek": LogScreen,
    "F5 rooster": RosterScreen,
    "F6 cijfers": FiguresScreen,
}


async def click(here: Desk, text: str, leads_to: type) -> None:
    """Click on this text, wherever it stands, and wait for what it leads to."""
    await here.sees(text)
    [(x, y)] = [(row.index(text), y) for y, row in enumerate(here.screen.splitlines()) if text in row]
    await here.pilot.click(offset=(x, y))
    await here.until(lambda: isinstance(here.app.screen, leads_to), lambda: f"{text}\n{here.screen}")


@pytest.mark.parametrize("size", SIZES)
def test_the_names_of_the_other_screens(room_file: Path, clock: FakeClock, size: tuple[int, int]) -> None:
    async def story() -> None:
        async with desk(room_file, size=size) as here:
            for name in ("F3 bord", "F2 balie", "F5 rooster", "F6 cijfers", "F4 logboek", "F2 balie"):
                await click(here, name, SCREENS[name])

    asyncio.run(story())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["f2", "f3", "f4", "f5", "f6"])
def test_the_help(room_file: Path, clock: FakeClock, key: str, size: tuple[int, int]) -> None:
    async def story() -> None:
        async with desk(room_file, size=size) as here:
            await here.press(key)
            await click(here, "F1 hulp", HelpScreen)

    asyncio.run(story())
