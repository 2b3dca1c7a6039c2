"""A terminal, of 80x24 mostly, that a program runs in, with as little of its own in the figures as can be.

What the program prints is stamped when it is read, and parsed only afterwards: no parsing happens
while a program is being timed.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

COLUMNS, ROWS = 80, 24
PATIENCE = 60.0
"""Seconds to wait for something on the screen before the measurement has failed."""

Screen = list[str]
"""The lines of a screen, as text."""

_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[@-Z\\-_])")
_PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[mu]|\x1b\[\?[0-9;]*\$p")  # pyte would print these


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (COLUMNS, ROWS)
    ) -> None:
        """Start the program; `started` is the moment just before."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._unparsed: list[tuple[float, bytes]] = []
        self.received = 0
        """Bytes the program has printed so far."""
        self.started = time.perf_counter()
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            _become(command, environment, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def press(self, key: str) -> float:
        """Type this; the moment at which it was typed."""
        moment = time.perf_counter()
        os.write(self._handle, key.encode())
        return moment

    def read(self, seconds: float) -> bytes:
        """What the program prints next, waiting at most this long; nothing when it prints nothing."""
        if not select.select([self._handle], [], [], max(seconds, 0))[0]:
            return b""
        try:
            data = os.read(self._handle, 65536)
        except OSError:  # how Linux says that the program has gone
            data = b""
        if not data:
            raise RuntimeError(f"the program ended:\n{self.text()}")
        self._unparsed.append((time.perf_counter(), data))
        self.received += len(data)
        return data

    def listen(self, seconds: float) -> int:
        """Read for this long; how many bytes came."""
        before, end = self.received, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
        return self.received - before

    def until_printed(self, texts: Sequence[str]) -> float:
        """Read until the program has printed each of these at least once; the moment of the last one."""
        printed = b""
        wanted = [text.encode() for text in texts]
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            if data := self.read(0.5):
                moment = time.perf_counter()
                printed += data
                plain = _ESCAPES.sub(b"", printed)
                if all(text in plain for text in wanted):
                    return moment
        raise TimeoutError(f"{texts} was not printed:\n{self.text()}")

    def until_quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing has come for so long."""
        while self.read(seconds):
            pass

    def until_shown(self, shown: Callable[[Screen], bool], quiet: float = 0.1) -> float:
        """Read until the screen is like this and quiet; the moment at which it became so."""
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            self.until_quiet(quiet)
            while self._unparsed:
                moment, data = self._unparsed.pop(0)
                self._feed(data)
                if shown(self._screen.display):
                    return moment
        raise TimeoutError(f"it did not come on the screen:\n{self.text()}")

    def screen(self) -> Screen:
        """The screen's lines now."""
        while self._unparsed:
            self._feed(self._unparsed.pop(0)[1])
        return list(self._screen.display)

    def text(self) -> str:
        """The screen as text, for a message."""
        return "\n".join(line.rstrip() for line in self.screen())

    def close(self) -> None:
        """End the program: as a closed terminal does, and by force when it stays."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        if not self._ended(within=3):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._handle)

    def _ended(self, within: float) -> bool:
        """Whether the program ends in time; its last words are read so that it can."""
        end = time.perf_counter() + within
        while time.perf_counter() < end:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return True
            try:
                self.read(0.02)
            except RuntimeError:
                time.sleep(0.005)
        return False

    def _feed(self, data: bytes) -> None:
        self._stream.feed(_PRIVATE.sub(b"", data))


def _become(command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int]) -> None:
    """In the new process: take the size of a terminal and become the program, or die."""
    try:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.execvpe(command[0], list(command), dict(environment))
    finally:
        os._exit(127)
