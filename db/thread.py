"""The one database thread: everything the screen asks of the room passes here, in order.

A connection belongs to a thread, and a slow card must never hold up the event loop. When nothing is
asked, the thread itself looks whether the room changed: that costs a third of asking it to look.
"""

import asyncio
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from db import connection
from db.errors import HostdeskError

T = TypeVar("T")

LOOK_SECONDS = 0.4
"""How often to look whether the room changed."""


class DatabaseThread:
    """Runs functions of `db` one after another, in the order in which they were asked."""

    def __init__(self) -> None:
        """Begin, with nothing to do."""
        self._asked: SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = SimpleQueue()
        self._signs: Callable[[], Hashable] | None = None
        self._changed: Callable[[], None] = lambda: None
        self._seen: Hashable = None
        self._looked = 0.0
        self._looked_through = False
        self._spoiled: HostdeskError | None = None
        self._thread = Thread(target=self._work, name="database")
        self._thread.start()

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Queue this; the order of the calls is the order of the work."""
        future: Future[T] = Future()
        self._asked.put((work, future))
        return future

    async def run(self, work: Callable[[], T]) -> T:
        """Queue this and wait for its answer without holding up anybody else."""
        return await asyncio.wrap_future(self.submit(work))

    def open(self, file: Path) -> "Future[None]":
        """Open the room in the database thread, to be counted in."""

        def open_it() -> None:
            connection.open(file)
            connection.assert_writable()

        return self.submit(open_it)

    def watch(self, signs: Callable[[], Hashable], changed: Callable[[], None]) -> None:
        """Look every so often from now on.

        Args:
            signs: what differs as soon as the room has changed; an error is a change too.
            changed: called in the database thread each time that it differs from the time before.
        """
        self._changed, self._signs = changed, signs

    def end(self) -> None:
        """Finish what was asked, close the connection, end the thread."""
        self._signs = None
        self.submit(connection.close)
        self._asked.put(None)
        self._thread.join()

    def _work(self) -> None:
        """Do what is asked, and look around in between."""
        while True:
            try:
                asked = self._asked.get(timeout=LOOK_SECONDS)
            except Empty:
                self._look()
                continue
            if asked is None:
                return
            self._do(*asked)
            if time.monotonic() - self._looked > LOOK_SECONDS:
                self._look()

    def _look(self) -> None:
        """Say so when the room has changed since the last look."""
        if self._signs is None:
            return
        self._looked = time.monotonic()
        try:
            signs = self._signs()
        except Exception as error:
            signs = repr(error)  # whoever reads the room now meets it, and says so
        if signs != self._seen:
            self._seen = signs
            with suppress(Exception):  # whoever wanted to know has gone; the next one must be served
                self._changed()

    def _do(self, work: Callable[[], T], future: "Future[T]") -> None:
        """Do one thing, and answer whoever asked."""
        if not future.set_running_or_notify_cancel():
            return
        try:
            answer = work()
        except Exception as error:
            future.set_exception(error if isinstance(error, HostdeskError) else self._said_of(error))
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(answer)

    def _said_of(self, error: Exception) -> Exception:
        """What is to be said of this: who stumbles over what hostdesk never writes has met no bug.

        The file is looked through once for that, whatever comes of it: it takes its time, and people are
        being counted.
        """
        from db import check

        if not (self._looked_through or connection.database.is_closed()):
            self._looked_through = True
            self._spoiled = check.spoiled(connection.path())
        if self._spoiled is None:
            return error
        said = type(self._spoiled)(self._spoiled.sentence, **self._spoiled.values)
        said.__cause__ = error
        return said
