"""Somebody deletes the room's file, or moves it, while its desk is open."""

import asyncio
from pathlib import Path

import pytest

from db import connection, days, door
from db.errors import Vanished
from tests.desks import desk


def test_nothing_is_written_to_a_file_without_a_name(room_file: Path) -> None:
    connection.open(room_file)
    room_file.unlink()
    with pytest.raises(Vanished):
        door.arrive()
    with pytest.raises(Vanished):
        days.today()


def test_nor_to_one_that_was_replaced(room_file: Path) -> None:
    connection.open(room_file)
    room_file.rename(room_file.with_name("elsewhere.db"))
    room_file.write_bytes(b"another file")
    with pytest.raises(Vanished):
        door.arrive()
    assert room_file.read_bytes() == b"another file"


def test_the_desk_says_so_by_itself_and_goes_on_when_the_file_is_back(room_file: Path) -> None:
    """Its presses wait, and are saved once the file has its name again."""
    away = room_file.with_name("away.db")

    async def story() -> None:
        async with desk(room_file) as here:
            await here.press("plus")
            await here.today()
            room_file.rename(away)
            await here.sees("NIET GELEZEN")
            await here.press("plus")
            await here.sees("NIET OPGESLAGEN")
            away.rename(room_file)
            await here.until(lambda: not len(here.app._presses))
            assert (await here.today()).visits == 2

    asyncio.run(story())
