"""The one database thread: everything the screen asks of the room passes here, in order.

A connection belongs to a thread, and a slow card must never hold up the event loop.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from db import connection

T = TypeVar("T")


class DatabaseThread:
    """Runs functions of `db` one after another, in the order in which they were asked."""

    def __init__(self) -> None:
        """Start no thread until there is something to do."""
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Queue this; the order of the calls is the order of the work."""
        return self._executor.submit(work)

    async def run(self, work: Callable[[], T]) -> T:
        """Queue this and wait for its answer without holding up anybody else."""
        return await asyncio.wrap_future(self.submit(work))

    def open(self, file: Path) -> "Future[None]":
        """Open the room in the database thread."""
        return self.submit(lambda: connection.open(file))

    def end(self) -> None:
        """Finish what was asked, close the connection, end the thread."""
        self._executor.submit(connection.close)
        self._executor.shutdown(wait=True)
