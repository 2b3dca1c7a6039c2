"""The first run in this process, for stories."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from db import room
from db.room import Hours, Room
from db.thread import DatabaseThread
from hostdesk import words
from hostdesk.app import HostdeskApp
from hostdesk.screens.setup import SetupScreen
from hostdesk.widgets.field import Field
from tests.desks import Desk


class FirstRun(Desk):
    """Somebody who has just installed the program."""

    def __init__(self, app: HostdeskApp, pilot: "Pilot[None]", database: DatabaseThread) -> None:
        """Sit down."""
        super().__init__(app, pilot, database)
        self.setup = app.screen

    async def type(self, text: str) -> None:
        """Type this."""
        for character in text:
            self.app.post_message(events.Key(_character_to_key(character), character))
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Paste this."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    def answer(self, field: str) -> str:
        """What stands in a field: `name`, or `day1` for Monday."""
        return self.setup.query_one(f"#{field}", Field).value

    @property
    def at(self) -> str | None:
        """Where the keys go: the field's name."""
        return self.app.focused.id if self.app.focused else None

    async def room(self) -> tuple[Room, tuple[Hours, ...]]:
        """The room once its desk is open, with its week."""
        await self.until(lambda: self.app._today is not None, lambda: self.screen)
        return await self.database.run(lambda: (room.current(), room.week_of(date(2026, 11, 23))))


Story = Callable[[FirstRun], Awaitable[None]]


@asynccontextmanager
async def first_run(
    file: Path, size: tuple[int, int] = (80, 24), language: str = "nl"
) -> AsyncIterator[FirstRun]:
    """The questions, on a machine that speaks this language."""
    words.choose(language)
    database = DatabaseThread()
    try:
        app = HostdeskApp(file, database, new=True)
        async with app.run_test(size=size) as pilot:
            end = asyncio.get_running_loop().time() + 10
            while not (isinstance(app.screen, SetupScreen) and app.focused):
                assert asyncio.get_running_loop().time() < end
                await asyncio.sleep(0.01)
            yield FirstRun(app, pilot, database)
    finally:
        database.end()


def tell(file: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Live a story of a first run."""

    async def live() -> None:
        async with first_run(file, size) as here:
            await story(here)

    asyncio.run(live())
