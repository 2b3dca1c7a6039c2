"""The activity board of years: how soon it stands there, and what moving a card takes."""

import time
from collections.abc import Iterator
from statistics import mean, median

from tests.bench.boards import NEWEST
from tests.bench.budget import Outcome, at_most, times
from tests.bench.programs import Program
from tests.bench.run import Run
from tests.bench.terminal import Screen, Terminal

LIVE, PAST = 500, 5000
FEW = 5
MOST = 1.5
"""The board of years opens in at most so many times as long as one with a few cards."""

MOST_MILLISECONDS = 100
MOST_BYTES = 3000

F2, F3 = "\x1bOQ", "\x1bOR"
WIDE = (132, 43)


def opened(run: Run) -> Iterator[Outcome]:
    """The first time at a desk, its program read from the disk too, and each time after that."""
    desks = run.desk(run.rooms.with_board(FEW, 0)), run.desk(run.rooms.with_board(LIVE, PAST))
    first: tuple[list[float], list[float]] = ([], [])
    again: tuple[list[float], list[float]] = ([], [])
    for turn in run.repeats(12, 4):
        for desk, into, into_again in zip(desks, first, again, strict=True):
            with desk.opened() as terminal:
                seconds = _open(terminal)
                if turn:  # the first one warms the disk's cache
                    into.append(seconds)
                    into_again.extend(_again(terminal) for _ in range(2))
    cards = f"{LIVE} + {PAST:,} cards (bare: {FEW})"
    yield times(f"board opens, {cards}", *first, MOST)
    yield times("  opens again", *again, MOST)


def moved(run: Run) -> Iterator[Outcome]:
    """A wish is moved on and back, time and again."""
    room = run.rooms.with_board(LIVE, PAST)
    for size in ((80, 24), WIDE):
        seconds, received = _moves(run, run.desk(room, size))
        name = f"a card moves, {size[0]}x{size[1]}"
        longest = f"{max(seconds) * 1000:.0f} ms at most"
        yield at_most(name, median(seconds) * 1000, MOST_MILLISECONDS, "ms", note=longest)
        yield at_most("  bytes a move", mean(received), MOST_BYTES, "B", note=f"{max(received)} B at most")


def _moves(run: Run, desk: Program) -> tuple[list[float], list[int]]:
    """Seconds and bytes of each move; the card that moves says where to once its row is durable."""
    seconds, received = [], []
    with desk.opened() as terminal:
        _open(terminal)
        for turn in run.repeats(22, 10):
            terminal.until_quiet(0.5)
            before, began = _said(terminal.screen()), terminal.received
            pressed = terminal.press("<" if turn % 2 else ">")
            shown = terminal.until_shown(lambda screen, said=before: _told(screen, said))
            terminal.listen(0.6)
            if turn >= 2:  # the first ones warm up
                seconds.append(shown - pressed)
                received.append(terminal.received - began)
    return seconds, received


def _told(screen: Screen, before: str) -> bool:
    """Whether the board says something else of the card than before."""
    return _said(screen) not in ("", before)


def _said(screen: Screen) -> str:
    """What the board says of the card that was moved, above its keys, which take a line or two."""
    return next((line for line in screen if f"“{NEWEST}”" in line), "")


def _open(terminal: Terminal) -> float:
    """Seconds from F3 until the newest wish stands on the board."""
    terminal.until_quiet(0.5)
    pressed = terminal.press(F3)
    return terminal.until_shown(_board_stands) - pressed


def _again(terminal: Terminal) -> float:
    """Back to the desk, and to the board once more."""
    terminal.press(F2)
    terminal.until_shown(lambda screen: not _board_stands(screen))
    time.sleep(0.2)
    return _open(terminal)


def _board_stands(screen: Screen) -> bool:
    return any(NEWEST in line for line in screen)
