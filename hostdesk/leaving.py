"""Stopping: at once, after what is on its way to the disk; never silently over a count that is not saved."""

import asyncio
import faulthandler
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

from hostdesk.logfile import log
from hostdesk.presses import Waiting

ENDING_SECONDS = 20.0
"""So long the end may take: twice what another program may hold the disk."""


def bound_to_end(log_file: Path) -> Timer:
    """End within `ENDING_SECONDS`, whatever waits for what does not come.

    What was shown as counted is on the disk by then. What held it up is written in the log. Cancel it where
    the end came by itself.
    """
    loop = asyncio.get_running_loop()

    def end() -> None:
        with suppress(Exception):
            log.error("a bug: the end took too long; what waited was:")
            with log_file.open("a", encoding="utf-8") as file:
                for task in asyncio.all_tasks(loop):
                    print(task.get_name(), *_waits_in(task), sep="\n  ", file=file)
                file.flush()
                faulthandler.dump_traceback(file)
        os._exit(1)

    timer = Timer(ENDING_SECONDS, end)
    timer.daemon = True
    timer.start()
    return timer


def _waits_in(task: "asyncio.Task[Any]") -> Iterator[str]:
    """Where a task is, from its outermost function to the one that waits."""
    coroutine: Any = task.get_coro()
    while (frame := getattr(coroutine, "cr_frame", None)) is not None:
        yield f"{frame.f_code.co_qualname}, {frame.f_code.co_filename}:{frame.f_lineno}"
        coroutine = coroutine.cr_await


class Leaving:
    """What ctrl+q comes to while presses may still wait."""

    def __init__(self, *, leave: Callable[[], None], warn: Callable[[int], None]) -> None:
        """Call `leave` to stop, and `warn` with the number of counts that would be lost."""
        self._leave, self._warn = leave, warn
        self._waiting = Waiting(0, slow=False, trouble=None)
        self._wanted = False
        self._warned = False

    def asked(self, n: int) -> None:
        """Somebody wants to stop while so many presses wait."""
        if not n or self._warned:
            self._leave()
        elif self._waiting.trouble:
            self._hold_back(n)
        else:
            self._wanted = True

    def waiting(self, waiting: Waiting) -> None:
        """So much is not on the disk now."""
        self._waiting = waiting
        if not waiting.n:
            self._warned = False
            if self._wanted:
                self._leave()
        elif waiting.trouble and self._wanted:
            self._hold_back(waiting.n)

    def _hold_back(self, n: int) -> None:
        self._wanted, self._warned = False, True
        self._warn(n)
