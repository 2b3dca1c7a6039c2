"""A screen with nothing but a dialog over it, and somebody at the keys."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from db.thread import DatabaseThread
from hostdesk import words
from hostdesk.program import Program
from tests.desks import Desk

SMALL, USUAL = (64, 20), (80, 24)
NOT_YET = "nothing was told yet"


class Beneath(Program):
    """What a dialog stands over: it keeps what it is told, and the keys that come through."""

    def __init__(self, file: Path) -> None:
        """Stand there."""
        super().__init__(file)
        self.told: str | None = NOT_YET
        self.came_through: list[str] = []

    def compose(self) -> ComposeResult:
        """Something to see."""
        yield Static("eronder")

    def on_key(self, event: events.Key) -> None:
        """A key for the screen beneath."""
        self.came_through.append(event.key)

    def hear(self, sentence: str | None) -> None:
        """The dialog was left with this."""
        self.told = sentence


class Stand(Desk):
    """Somebody with a dialog before them."""

    app: Beneath  # type: ignore[assignment]

    def __init__(self, app: Beneath, pilot: "Pilot[None]", database: DatabaseThread) -> None:
        """Sit down."""
        super().__init__(app, pilot, database)  # type: ignore[arg-type]

    async def type(self, text: str) -> None:
        """Type this, as fast as a line delivers it."""
        await self.burst(*text)

    async def paste(self, text: str) -> None:
        """Paste this."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def stands(self, dialog: Screen[Any]) -> None:
        """Open this dialog."""
        self.app.told = NOT_YET
        await self.app.push_screen(dialog, self.app.hear)
        await self.pilot.pause()

    async def told(self) -> str | None:
        """What the dialog is left with, once it is."""
        await self.until(lambda: self.app.told is not NOT_YET, lambda: self.screen)
        return self.app.told

    def lines_with(self, text: str) -> list[int]:
        """The lines of the screen on which this stands."""
        return [y for y, line in enumerate(self.screen.splitlines()) if text in line]


Story = Callable[[Stand], Awaitable[None]]


@asynccontextmanager
async def standing(file: Path, size: tuple[int, int] = USUAL, language: str = "nl") -> AsyncIterator[Stand]:
    """A screen over which dialogs can stand, on this room."""
    words.choose(language)
    database = DatabaseThread()
    try:
        await asyncio.wrap_future(database.open(file))
        app = Beneath(file)
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Stand(app, pilot, database)
    finally:
        database.end()


def tell(file: Path, story: Story, size: tuple[int, int] = USUAL, language: str = "nl") -> None:
    """Live a story with a dialog."""

    async def live() -> None:
        async with standing(file, size, language) as here:
            await story(here)

    asyncio.run(live())
