"""The desk in this process, for stories: its keys, its screen, and a way to wait for what they bring."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from db import days
from db.days import Today
from db.thread import DatabaseThread
from hostdesk import words
from hostdesk.app import HostdeskApp

PATIENCE = 10.0
"""Seconds until a test stops waiting for something that should have come."""

CHARACTERS = {"plus": "+", "minus": "-", "asterisk": "*", "slash": "/", "full_stop": "."}


class Desk:
    """Somebody at the desk."""

    def __init__(self, app: HostdeskApp, pilot: "Pilot[None]", database: DatabaseThread) -> None:
        """Sit down."""
        self.app = app
        self.pilot = pilot
        self.database = database
        self._key_time = time.monotonic()

    async def press(self, *keys: str, every: float = 0.4) -> None:
        """Press these keys, so many seconds apart on the keys' own clock; the test does not wait."""
        for key in keys:
            self._key_time += every
            character = CHARACTERS.get(key, key if len(key) == 1 else None)
            event = events.Key(key, character)
            event.time = self._key_time
            self.app.post_message(event)
        await self.pilot.pause()

    async def burst(self, *keys: str) -> None:
        """All these keys at once; one character is itself."""
        for key in keys:
            character = key if len(key) == 1 else None
            name = _character_to_key(key) if character else key
            self.app.post_message(events.Key(name, character))
        await self.pilot.pause()

    @property
    def screen(self) -> str:
        """What the terminal shows, as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    async def sees(self, *texts: str) -> None:
        """Wait until all of this is on the screen."""
        await self.until(
            lambda: all(text in self.screen for text in texts), lambda: f"{texts}\n{self.screen}"
        )

    async def until(self, holds: Callable[[], object], story: Callable[[], str] = str) -> None:
        """Wait until this holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, story()
            await asyncio.sleep(0.01)

    async def answered(self) -> None:
        """Wait until every key was answered."""
        await self.until(lambda: not self.app.message_queue_size and self.app._keys._task is None)

    async def today(self) -> Today:
        """The day as the database has it, after everything that was pressed is durable."""
        await self.answered()
        await self.until(lambda: not len(self.app._presses))
        return await self.database.run(days.today)


@asynccontextmanager
async def desk(file: Path, size: tuple[int, int] = (80, 24), language: str = "nl") -> AsyncIterator[Desk]:
    """The desk of this room, open and showing the day."""
    words.choose(language)
    database = DatabaseThread()
    try:
        await asyncio.wrap_future(database.open(file))
        app = HostdeskApp(file, database)
        async with app.run_test(size=size, notifications=True) as pilot:
            here = Desk(app, pilot, database)
            await here.until(lambda: app._today is not None)
            await pilot.pause()
            yield here
    finally:
        database.end()
