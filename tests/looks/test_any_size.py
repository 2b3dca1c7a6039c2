"""A window may be dragged to any size: the smallest shows next to nothing, and ends nothing."""

import asyncio
from pathlib import Path

import pytest

from tests.desks import Desk, desk
from tests.looks.scenes import SCENES, USUAL, Scene, standing

TO_NOTHING = [*((columns, 24) for columns in (19, *range(8, 0, -1))), (80, 3), (80, 1), (1, 1), (2, 3), USUAL]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_screen_bears_any_size(tmp_path: Path, scene: Scene) -> None:
    async def story() -> None:
        async with standing(scene, tmp_path, "nl") as here:
            await drag(here)
            await here.until(lambda: scene.there(here), lambda: here.screen)

    asyncio.run(story())


@pytest.mark.parametrize("key", ["f2", "f3", "f4", "f5", "f6"])
def test_a_screen_with_nothing_on_it_bears_any_size(room_file: Path, key: str) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await here.press(key)
            await drag(here)
            await here.press("f2", "plus")
            await here.sees("Laatste: +1")

    asyncio.run(story())


async def drag(here: Desk) -> None:
    """Drag the window to nothing, and back."""
    for size in TO_NOTHING:
        await here.pilot.resize_terminal(*size)
        await here.pilot.pause()
    assert here.app.is_running
