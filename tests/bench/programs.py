"""The two programs that are held side by side, and how to read their screens."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.rooms import HOSTDESK
from tests.bench.terminal import COLUMNS, ROWS, Screen, Terminal

_BENCH = Path(__file__).parent
_LEFT = 44
"""Columns of the desk's left half: the big number is there, the chart, of the same blocks, is not."""


@dataclass(frozen=True)
class Program:
    """A program with a big number on its screen, to which `+` adds one."""

    command: tuple[str, ...]
    ready: tuple[str, ...]
    """Texts that are all printed once the number and the keys are on the screen."""
    number: Callable[[Screen], object]
    """Something that differs when the number on the screen does."""
    environment: Mapping[str, str] = field(repr=False, default_factory=dict)
    size: tuple[int, int] = (COLUMNS, ROWS)

    def open(self) -> Terminal:
        """Start it in a new terminal."""
        return Terminal(self.command, self.environment, self.size)

    def opened(self) -> Terminal:
        """Start it, and wait until it is ready and at rest."""
        terminal = self.open()
        try:
            terminal.until_printed(self.ready)
            terminal.until_quiet(0.5)
        except BaseException:
            terminal.close()
            raise
        return terminal

    def count(self, terminal: Terminal, key: str = "+") -> float:
        """Press the key and wait for the new number; seconds from the key to its being read."""
        pressed, shown = self.press(terminal, key)
        return shown - pressed

    def press(self, terminal: Terminal, key: str = "+") -> tuple[float, float]:
        """Press the key and wait for the new number; the moments of both."""
        before = self.number(terminal.screen())
        pressed = terminal.press(key)
        return pressed, terminal.until_shown(lambda screen: self.number(screen) != before)


def bare(environment: Mapping[str, str]) -> Program:
    """The bare Textual app; its number stands under the one line of its header."""
    command = (sys.executable, str(_BENCH / "bare_app.py"))
    return Program(command, ("╰─╯", "Add one"), lambda screen: tuple(screen[1:4]), environment)


def desk(room: Path, environment: Mapping[str, str], size: tuple[int, int] = (COLUMNS, ROWS)) -> Program:
    """The desk on this room."""
    return Program((*HOSTDESK, "--db", str(room)), ("█", "F1"), _desk_number, environment, size)


def desk_counting_syncs(room: Path, tally: Path, environment: Mapping[str, str]) -> Program:
    """The desk on this room, adding a byte to the tally at each sync of a file."""
    command = (sys.executable, "-m", "tests.bench.counting_syncs", str(tally), "--db", str(room))
    return Program(command, ("█", "F1"), _desk_number, environment)


def _desk_number(screen: Screen) -> object:
    """The big number, as its blocks."""
    return tuple(line[:_LEFT] for line in screen if "█" in line[:_LEFT])
