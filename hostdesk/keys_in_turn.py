"""Keys are answered one after the other, each on the screen that the one before it left."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.worker import Worker

from hostdesk.logfile import log

OF_A_KEY = "of a key"
"""The group of workers that answer a key: the keys after it wait for them."""

PATIENCE = 5.0
"""Seconds that keys wait at most for what the key before them brought; counting goes before all."""


class KeysInTurn:
    """Holds what is typed until the key before it has been answered.

    Textual gives a key to the screen that stands when it comes in, and the screen answers it when it gets
    to it. Over a slow line, or with quick fingers on a slow machine, several come in at once: then the 7 of
    `d7` would go to the desk, since the question that `d` opens does not stand yet, and count seven visitors.
    """

    def __init__(self, app: App[Any], answer: Callable[[events.Event], Awaitable[None]]) -> None:
        """Give each key of this program to `answer`, in turn."""
        self._app = app
        self._answer = answer
        self._held: deque[events.Event] = deque()
        self._task: asyncio.Task[None] | None = None

    def take(self, event: events.Event) -> None:
        """A key, or a paste, has come in."""
        self._held.append(event)
        if self._task is None:
            self._task = asyncio.create_task(self._answer_all())

    def end(self) -> None:
        """The program ends: nobody waits any more."""
        if self._task is not None:
            self._task.cancel()

    async def _answer_all(self) -> None:
        try:
            while self._held:
                await self._answer(self._held.popleft())
                await self._answered()
        except Exception as error:
            self._app._handle_exception(error)  # as Textual does where it answers keys itself
        finally:
            self._task = None

    async def _answered(self) -> None:
        """Wait until a key has passed through all that may answer it, and what it opened stands."""
        try:
            async with asyncio.timeout(PATIENCE):
                passed: list[MessagePump] = []
                while (way := self._way()) != passed or self._work() or any(map(_is_busy, way)):
                    passed = way
                    for one in way:
                        await _passed(one)
                    for work in self._work():
                        await _ended(work)
                    await asyncio.sleep(0)  # what has ended may still look busy, and is waited for by nobody
        except TimeoutError:
            log.warning("a key was not answered within %s s on %s", PATIENCE, self._app.screen)

    def _way(self) -> list[MessagePump]:
        """The way of a key, from where it is typed up to the program."""
        app = self._app
        with suppress(Exception):  # the last screen has gone
            return [*(app.focused or app.screen).ancestors_with_self]
        return [app]

    def _work(self) -> list[Worker[Any]]:
        """What keys began and is not done: it may open something that the keys after it are for."""
        return [one for one in self._app.workers if one.group == OF_A_KEY and not one.is_finished]


def _is_busy(pump: MessagePump) -> bool:
    """Whether this has something to handle yet; what has ended keeps what it was sent, and handles none."""
    return bool(pump.message_queue_size) and not (pump._closing or pump._closed)


async def _passed(pump: MessagePump) -> None:
    """Wait until this has handled all that it was sent before; what has ended handles nothing."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        await done.wait()


async def _ended(work: Worker[Any]) -> None:
    """Wait until this has ended, whichever way: whoever began it says so, or ended it.

    Awaited itself, it would be cancelled when we are, and that would not come back here as a cancellation.
    """
    waiting = asyncio.ensure_future(work.wait())
    waiting.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
    await asyncio.wait({waiting})
