"""What was sent to the terminal and has not come there yet.

Over a slow line a screen takes seconds, and what lies between hides that: SSH takes all that is written. So
the terminal is asked whether it is there, and it answers once it has shown what was sent before (DSR, which
every terminal since the VT100 knows). One that never answers is not waited for.

The questions have a second end. sshd asks whether a client is there only while nothing is written, and gives
up when it hears nothing for some seconds. So to a line from which no answer comes nothing more is written:
one that was cut ends in time, also while others count. And within a long picture there are more questions:
their answers show sshd that a line is there which is only slow.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Iterator

ASK = "\x1b[5n"
ANSWER = "\x1b[0n"

ASK_AFTER = 400
"""Bytes; a count takes some 300, and is not asked about by itself."""

MOST = 800
"""Bytes on their way, so that the newest picture is what is sent next; at 9,600 baud they take 0.8 s."""

ASK_AGAIN = 0.5
"""Seconds after which a few bytes are asked about too."""

HELD_AFTER = 0.8
"""Seconds without an answer after which nothing more is sent: a line that was cut becomes silent."""

LONG = 1200
"""Bytes of a picture between two questions: at 9,600 baud something is heard every 1.3 s."""

_SEQUENCE = re.compile(r"\x1b\[[0-9;]*[Hm]")
"""Before one of those a question can stand."""

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
        self._asked_at, self._asked_last = 0, 0.0
        self._answers = False
        self.is_slow = False
        """Whether the last answer was long in coming."""
        self.is_stuck: Callable[[], bool] = lambda: False
        """Whether the terminal takes nothing at all: Scroll Lock, or a window that was put to sleep."""

    def sends(self, data: str) -> str:
        """This is sent, with a question behind it when it is time for one, and within it when it is long."""
        now = time.monotonic()
        pieces = list(_pieces(data))
        self._asked.extend([(self._sent, now)] * (len(pieces) - 1))  # what follows is part of this picture
        self._sent += len(data.encode())
        text = ASK.join(pieces)
        if self._sent - self._asked_at < ASK_AFTER and now - self._asked_last < ASK_AGAIN:
            return text
        self._asked_at, self._asked_last = self._sent, now
        self._asked.append((self._sent, now))
        return text + ASK

    def answered(self) -> None:
        """The terminal has shown all that was sent before the oldest question."""
        if self._asked:
            self._came, asked = self._asked.popleft()
            self._answers = True
            self.is_slow = time.monotonic() - asked > SLOW_SECONDS

    @property
    def is_full(self) -> bool:
        """Whether so much is on its way, or for so long, that what is sent now would come late."""
        waited = time.monotonic() - self._asked[0][1] if self._asked else 0.0
        if waited > PATIENCE:
            self._answers = False  # until it does again
            self._asked.clear()
        late = bool(self._asked) and (self._sent - self._came > MOST or waited > HELD_AFTER)
        return self.is_stuck() or (self._answers and late)


def _pieces(data: str) -> Iterator[str]:
    """A picture in pieces that may have a question between them."""
    begin = 0
    while len(data) - begin > 2 * LONG and (found := _SEQUENCE.search(data, begin + LONG)):
        yield data[begin : found.start()]
        begin = found.start()
    yield data[begin:]
