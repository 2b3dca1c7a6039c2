"""A disk that takes its time: keys that are typed before the board has been read are not lost."""

import asyncio
import threading
from pathlib import Path

import pytest

from db import course, log, wishes
from db.states import Kind, State
from hostdesk import keys_in_turn
from tests.board.plans import planned
from tests.desks import Desk, desk


async def on_a_slow_disk(here: Desk, *keys: str) -> None:
    """Type these keys; nothing is read before all of them have come in."""
    gate = threading.Event()
    here.database.submit(gate.wait)
    try:
        typing = asyncio.create_task(here.burst(*keys))
        await here.until(lambda: here.app.screen_stack[-1] is not here.app._desk)
        await here.until(lambda: _waits(here) or not here.app._keys._held)
    finally:
        gate.set()
    await typing


def _waits(here: Desk) -> bool:
    """Whether a key is being answered that those after it wait for."""
    return any(work.group == keys_in_turn.OF_A_KEY for work in here.app.workers)


@pytest.mark.parametrize(
    ("keys", "sees"),
    [
        (("f3", "down", "m"), "nu 1"),
        (("f3", "right", "right", "enter", "9", "3"), "Waarom niet?"),
        (("f3", *"/schaak", "enter", "x"), "Niet gelukt: Schaken"),
        (("f3", *"/oude", "enter", "enter"), "Een oude wens"),
        (("f4", "down", "a"), "over: bijzonderheden: De klok"),
    ],
)
def test_keys_right_after_the_screen_wait_for_it(room_file: Path, keys: tuple[str, ...], sees: str) -> None:
    async def story() -> None:
        async with desk(room_file) as here:

            def room() -> None:
                for n in range(12):  # the oldest folds into "and more"
                    wish = wishes.voice("Een oude wens" if n == 0 else f"Zingen {n}")
                    course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="kan niet")
                wishes.voice("Breien")
                wishes.voice("Schaken")
                planned()
                log.write("De klok loopt achter")
                log.write("De koffie is op")

            await here.database.run(room)
            await on_a_slow_disk(here, *keys)
            await here.sees(sees)
            assert (await here.today()).visits == 0

    asyncio.run(story())


def test_keys_do_not_wait_for_ever_and_what_they_waited_for_still_comes(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that hangs: the keys go on, and nothing ends that was being read."""
    monkeypatch.setattr(keys_in_turn, "PATIENCE", 0.1)

    async def story() -> None:
        async with desk(room_file) as here:
            await here.database.run(lambda: wishes.voice("Schaken"))
            gate = threading.Event()
            here.database.submit(gate.wait)
            try:
                typing = asyncio.create_task(here.burst("f3", "down"))
                await here.until(lambda: _waits(here))
                await here.until(lambda: here.app._keys._task is None)
            finally:
                gate.set()
            await typing
            await here.sees("→  Schaken")

    asyncio.run(story())
