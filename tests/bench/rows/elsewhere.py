"""How soon a count by another process stands on this screen."""

import time
from collections.abc import Iterator

from db import connection, door
from tests.bench.budget import Outcome, at_most
from tests.bench.programs import Program
from tests.bench.run import Run
from tests.bench.terminal import Terminal

MOST_SECONDS = 1


def seen_here(run: Run) -> Iterator[Outcome]:
    """The longest of ten, from before the other one writes; this process is the other one."""
    room = run.rooms.empty()
    desk = run.desk(room)
    waited = []
    with desk.opened() as terminal:
        connection.open(room)
        try:
            for turn in run.repeats(10, 5):
                time.sleep(0.5 + turn % 5 * 0.05)  # at another point of the desk's rhythm each time
                terminal.until_quiet()
                waited.append(_seconds_until_seen(desk, terminal))
        finally:
            connection.close()
    yield at_most("another process's count is seen", max(waited), MOST_SECONDS, "s")


def _seconds_until_seen(desk: Program, terminal: Terminal) -> float:
    before = desk.number(terminal.screen())
    written = time.perf_counter()
    door.arrive()
    return terminal.until_shown(lambda screen: desk.number(screen) != before) - written
