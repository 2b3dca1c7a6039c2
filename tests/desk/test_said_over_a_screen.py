"""What the program says over a screen: it covers nothing that must be read, and goes with that screen."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.desks import Desk, desk


def tell(file: Path, story: Callable[[Desk], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> None:
    """Somebody is at the desk of this room."""

    async def live() -> None:
        async with desk(file, size=size) as here:
            await story(here)

    asyncio.run(live())


@pytest.mark.parametrize("key", ["f4", "f5", "f6"])
def test_it_goes_with_its_screen(room_file: Path, key: str) -> None:
    async def story(here: Desk) -> None:
        await here.burst(key)
        await here.until(lambda: "bezoeken vandaag" not in here.screen)
        await here.press("plus")
        await here.sees("Laatste: +1")
        await here.burst("f2")
        await here.sees("bezoek vandaag")
        assert not [*here.app._notifications], "it ends by itself only after some seconds"
        await here.until(lambda: here.screen.count("Laatste: +1") == 1, lambda: here.screen)

    tell(room_file, story)


def test_it_does_not_come_along_to_a_form(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("f4")
        await here.sees("Logboek")
        await here.press("plus")
        await here.sees("Laatste: +1")
        await here.burst("l")
        await here.sees("Geen namen, geen ziekte")
        assert not [*here.app._notifications]
        await here.until(lambda: "Laatste: +1" not in here.screen, lambda: here.screen)

    tell(room_file, story)


def test_that_counts_are_not_saved_stays_on_every_screen(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("f4")
        await here.sees("Logboek")
        here.app.notify("NIET BEWAARD", severity="error", markup=False)
        await here.burst("f5")
        await here.sees("Rooster", "NIET BEWAARD")

    tell(room_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20), (132, 43)])
def test_it_covers_no_warning_of_a_form(room_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("l", *"koffiezetter lekt")
        await here.sees("Geen namen, geen ziekte")
        here.app.tell("De reservekopie van vandaag kon niet worden gemaakt. " * 3)
        await here.sees("reservekopie van vandaag", "Geen namen, geen ziekte", "koffiezetter lekt", "Tab")

    tell(room_file, story, size)
