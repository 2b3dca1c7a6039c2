"""A terminal at the far end of a slow line, that answers as terminals do."""

import os
import select
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Self

from tests.terminal import Terminal

ARE_YOU_THERE, HERE = b"\x1b[5n", b"\x1b[0n"
"""What a program asks its terminal, and what any terminal answers (DSR, ECMA-48)."""

OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50022 192.0.2.2 22"}
"""What sshd tells the program that it starts."""


class Shaped(Terminal):
    """So many bytes a second come through, each so late; what waits before it is not seen by the program.

    That is how SSH does it: sshd takes what the program writes, and TCP holds it.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        bytes_a_second: float = 960,
        late: float = 0.3,
        answers: bool = True,
        size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
        env: Mapping[str, str | None] | None = None,
    ) -> None:
        """Start the command at the near end."""
        super().__init__(command, size=size, term=term, env=env)
        self._bytes_a_second, self._late, self._answers = bytes_a_second, late, answers
        self._waits = bytearray()
        self._free_at = time.perf_counter()
        self._on_the_way: deque[tuple[float, bytes]] = deque()
        self._to_the_program: deque[tuple[float, bytes]] = deque()
        self.longest_queue = 0
        """The most bytes that waited before the line at once."""
        self.came = 0
        """Bytes that arrived at the terminal."""

    def __enter__(self) -> Self:
        """The running program, with its terminal far away."""
        return self

    def send(self, keys: str | bytes) -> None:
        """Type; it arrives later."""
        data = keys.encode() if isinstance(keys, str) else keys
        self._to_the_program.append((time.perf_counter() + self._late, data))

    def read(self, seconds: float) -> bool:
        """Let the line work, until something arrived at the terminal or the time is over."""
        end, before = time.perf_counter() + max(seconds, 0), self.came
        while True:
            if not self._take_from_program() and not (self._waits or self._on_the_way):
                return False
            self._move()
            now = time.perf_counter()
            if self.came != before or now >= end:
                return True
            nexts = [end, now + 0.05]
            nexts += [queue[0][0] for queue in (self._on_the_way, self._to_the_program) if queue]
            if self._waits:
                nexts.append(self._free_at)
            if self._master is not None:
                select.select([self._master], [], [], max(min(nexts) - now, 0))

    @property
    def backlog(self) -> int:
        """Bytes that wait before the line, or are on their way."""
        return len(self._waits) + sum(len(data) for _, data in self._on_the_way)

    def _take_from_program(self) -> bool:
        while self._master is not None and select.select([self._master], [], [], 0)[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return False
            if not data:
                return False
            self._waits += data
            self.longest_queue = max(self.longest_queue, len(self._waits))
        return self._master is not None

    def _move(self) -> None:
        """Let through what the line takes by now, and arrive what has been long enough on its way."""
        now = time.perf_counter()
        if not self._waits:
            self._free_at = max(self._free_at, now)
        while self._waits and self._free_at <= now:
            piece = bytes(self._waits[:16])
            del self._waits[:16]
            self._free_at += len(piece) / self._bytes_a_second
            self._on_the_way.append((self._free_at + self._late, piece))
        while self._on_the_way and self._on_the_way[0][0] <= now:
            self._arrive(self._on_the_way.popleft()[1])
        while self._to_the_program and self._to_the_program[0][0] <= now:
            super().send(self._to_the_program.popleft()[1])

    def _arrive(self, piece: bytes) -> None:
        self.came += len(piece)
        asked = bytes(self.output[-len(ARE_YOU_THERE) + 1 :])
        self._take_in(piece)
        if self._answers:
            for _ in range((asked + piece).count(ARE_YOU_THERE)):
                self.send(HERE)
