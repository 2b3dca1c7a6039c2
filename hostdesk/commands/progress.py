"""How far a long piece of work is, for who sits watching it."""

import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 1.0
"""Seconds that need no explanation."""

_WIDTH = 40


class Progress:
    """A bar in plain text: on a terminal only, after a moment only, and wiped out at the end."""

    def __init__(self, stream: TextIO, seconds: Callable[[], float] = time.monotonic) -> None:
        """Begin.

        Args:
            stream: where it is shown.
            seconds: counts them.
        """
        self._stream = stream
        self._seconds = seconds
        self._began = seconds()
        self._shown = ""

    def __call__(self, part: float) -> None:
        """So much is done, from 0 to 1."""
        if not self._stream.isatty() or self._seconds() - self._began < PATIENCE:
            return
        line = f"[{'#' * round(part * _WIDTH):<{_WIDTH}}] {part:4.0%}"
        if line != self._shown:
            self._write(line)

    def end(self) -> None:
        """Leave the line as it was."""
        if self._shown:
            self._write(" " * len(self._shown))
            self._write("")

    def _write(self, line: str) -> None:
        self._shown = line
        self._stream.write(f"\r{line}")
        self._stream.flush()
