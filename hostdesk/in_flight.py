"""What was sent to the terminal and has not come there yet.

Over a slow line a screen takes seconds, and what lies between hides that: SSH takes all that is written. So
the terminal is asked whether it is there, and it answers once it has shown what was sent before (DSR, which
every terminal since the VT100 knows). One that never answers is not waited for.
"""

import time
from collections import deque
from collections.abc import Callable

ASK = "\x1b[5n"
ANSWER = "\x1b[0n"

ASK_AFTER = 400
"""Bytes; a count takes some 300, and is not asked about by itself."""

MOST = 800
"""Bytes on their way, so that the newest picture is what is sent next; at 9,600 baud they take 0.8 s."""

PATIENCE = 30.0
"""Seconds for an answer to come: longer than any screen takes at 9,600 baud."""

SLOW_SECONDS = 0.1
"""An answer that takes longer came over a slow line."""


class InFlight:
    """Counts what is on its way to the terminal."""

    def __init__(self) -> None:
        """Nothing was sent yet; whether this terminal answers is not known."""
        self._sent = self._came = 0
        self._asked: deque[tuple[int, float]] = deque()
        self._asked_at = 0
        self._answers = False
        self.is_slow = False
        """Whether the last answer was long in coming."""
        self.is_stuck: Callable[[], bool] = lambda: False
        """Whether the terminal takes nothing at all: Scroll Lock, or a window that was put to sleep."""

    def sends(self, data: str) -> str:
        """This is sent, with a question behind it when it is time for one."""
        self._sent += len(data.encode())
        if self._sent - self._asked_at < ASK_AFTER and self._asked_at:
            return data
        self._asked_at = self._sent
        self._asked.append((self._sent, time.monotonic()))
        return data + ASK

    def answered(self) -> None:
        """The terminal has shown all that was sent before the oldest question."""
        if self._asked:
            self._came, asked = self._asked.popleft()
            self._answers = True
            self.is_slow = time.monotonic() - asked > SLOW_SECONDS

    @property
    def is_full(self) -> bool:
        """Whether so much is on its way that what is sent now would come late."""
        if self._asked and time.monotonic() - self._asked[0][1] > PATIENCE:
            self._answers = False  # until it does again
            self._asked.clear()
        return self.is_stuck() or (self._answers and bool(self._asked) and self._sent - self._came > MOST)
