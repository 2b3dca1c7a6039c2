"""A count from the shell, against the time the desk takes to open."""

import time
from collections.abc import Iterator
from statistics import median

from tests.bench.budget import Outcome, milliseconds
from tests.bench.run import Run

MOST = 0.35


def count_from_the_shell(run: Run) -> Iterator[Outcome]:
    """`hostdesk count` and opening the desk, in turn."""
    room = run.rooms.lived_in
    desk = run.desk(room)
    counting, opening = [], []
    for turn in run.repeats(16, 6):
        began = time.perf_counter()
        run.rooms.hostdesk("count", "--db", str(room))
        counted = time.perf_counter() - began
        with desk.open() as terminal:
            opened = terminal.until_printed(desk.ready) - terminal.started
        if turn:  # the first one fills the disk's cache
            counting.append(counted)
            opening.append(opened)
    ratio = median(counting) / median(opening)
    yield Outcome(
        "hostdesk count, of opening the desk",
        "-",
        f"{milliseconds(median(counting))} of {milliseconds(median(opening))}",
        f"{ratio:.2f} x",
        f"{MOST} x",
        ratio <= MOST,
    )
