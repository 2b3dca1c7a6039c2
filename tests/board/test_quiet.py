"""While nothing changes on the board, nothing of it is drawn again: the line of who looks along is thin."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from db import door, wishes
from hostdesk.program import Program
from tests.clocks import FakeClock
from tests.desks import desk


@pytest.mark.parametrize("screen", ["f3", "f4"])
def test_the_desk_beneath_changes_and_the_screen_over_it_is_not_drawn_again(
    room_file: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    sent: list[object] = []
    display = Program._display

    def watched(self: Program, screen: Any, renderable: Any) -> None:
        sent.append(renderable)
        display(self, screen, renderable)

    async def story() -> None:
        async with desk(room_file) as here:
            await here.database.run(lambda: wishes.voice("Samen breien"))
            await here.burst(screen)
            await here.until(lambda: here.app.screen is not here.app._desk)
            await here.pilot.pause()
            monkeypatch.setattr(Program, "_display", watched)
            clock.go_on(minutes=1)
            await here.database.run(door.arrive)
            here.app._look_again()
            await here.until(lambda: here.app._today is not None and here.app._today.visits == 1)
            await here.pilot.pause()
            await here.pilot.pause()
            assert sent == []
            await here.burst("f2")
            await here.sees("14:08", "Laatste: +1")  # it is all there for who comes back
            assert sent

    asyncio.run(story())
