"""An hour of counting takes no more memory than its first minute: what was on the screen is forgotten."""

import asyncio
import gc
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cached_cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip

from hostdesk.program import LARGEST
from tests.desks import Desk, desk

KEYS = ("plus", "v", "minus")
ROWS_OF_A_SCREEN = 24


async def count(here: Desk, times: int) -> None:
    """People come and go, and each is on the screen before the next one comes."""
    for _ in range(times):
        await here.press(*KEYS)
        await here.today()
        await here.pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_no_text_that_was_counted_over_is_remembered(room_file: Path, size: tuple[int, int]) -> None:
    async def story() -> None:
        async with desk(room_file, size=size) as here:
            caches = (cached_cell_len, Segment._split_cells)
            for cache in caches:
                cache.cache_clear()
            await count(here, 4)
            before = [cache.cache_info().currsize for cache in caches]
            await count(here, 8)
            assert [cache.cache_info().currsize for cache in caches] == before

    asyncio.run(story())


def test_rows_that_were_counted_over_wait_for_no_garbage_collector(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await count(here, 4)
            gc.collect()
            gc.disable()
            try:
                before = _rows()
                await count(here, 8)
                assert _rows() - before < ROWS_OF_A_SCREEN
            finally:
                gc.enable()

    asyncio.run(story())


def test_a_screen_that_is_gone_leaves_nothing_behind(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            kept = []
            for _ in range(4):
                await here.press("f1")
                await here.until(lambda: len(here.app.screen_stack) == 2)
                await here.press("escape")
                await here.until(lambda: len(here.app.screen_stack) == 1)
                await here.pilot.pause()
                gc.collect()
                kept.append(sum(isinstance(thing, StylesCache) for thing in gc.get_objects()))
            assert kept[1:] == [kept[1]] * 3

    asyncio.run(story())


def _rows() -> int:
    """Rows and pieces of rows in memory."""
    return sum(isinstance(thing, Strip) for thing in gc.get_objects())


def test_a_window_of_no_screens_size_is_filled_in_part(room_file: Path) -> None:
    """A mistaken `stty`, or who comes in over SSH, says any size: one desk took all that the machine has."""

    async def story() -> None:
        async with desk(room_file) as here:
            for width, height in ((6000, 20), (70, 3000), (640, 180)):
                size = Size(width, height)
                here.app.post_message(Resize(size, size))
                filled = Size(min(width, LARGEST.width), min(height, LARGEST.height))
                await here.until(partial(lambda size: here.app.screen.size == size, filled))
                await here.sees("bezoeken vandaag")
            await here.press("plus")
            assert (await here.today()).visits == 1

    asyncio.run(story())
