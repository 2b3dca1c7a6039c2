"""From the key to the new number on the screen; ours stands there only when its row is durable."""

import time
from collections.abc import Iterator

from tests.bench.budget import Outcome, times
from tests.bench.run import Run

MOST = 2
PACE = 0.2
"""Seconds between two keys: a key that comes more often than eight times a second is held down."""


def to_number(run: Run) -> Iterator[Outcome]:
    """Both apps open, a key at each in turn."""
    programs = (run.bare, run.desk(run.rooms.lived_in))
    taken: tuple[list[float], list[float]] = ([], [])
    with programs[0].opened() as bare, programs[1].opened() as desk:
        for press in run.repeats(42, 14):
            for program, terminal, into in zip(programs, (bare, desk), taken, strict=True):
                seconds = program.count(terminal)
                if press >= 2:  # the first ones warm up
                    into.append(seconds)
                time.sleep(PACE)
    yield times("key to number", *taken, MOST)
