"""What the desk costs while nothing happens but its watching for other writers."""

import time
from collections.abc import Iterator

from tests.bench.budget import Outcome, at_most
from tests.bench.processes import cpu_seconds
from tests.bench.run import Run

MOST_PERCENT = 0.35


def watching(run: Run) -> Iterator[Outcome]:
    """Processor time and bytes to the terminal, between two changes of the clock's minute."""
    seconds = 10 if run.quick else 30
    with run.bare.opened() as bare, run.desk(run.rooms.empty()).opened() as desk:
        _wait_for_room_in_the_minute(seconds)
        bare.until_quiet()
        desk.until_quiet()
        before = cpu_seconds(bare.pid), cpu_seconds(desk.pid)
        silent = desk.listen(seconds)
        used = cpu_seconds(bare.pid) - before[0], cpu_seconds(desk.pid) - before[1]
    bare_percent, percent = (100 * cpu / seconds for cpu in used)
    yield at_most("idle, of one core", percent, MOST_PERCENT, "%", bare=f"{bare_percent:.2f} %")
    yield at_most(f"  bytes in {seconds} idle seconds", silent, 0, "B")


def _wait_for_room_in_the_minute(seconds: float) -> None:
    """Wait until no change of the minute lies within so many seconds."""
    into = time.time() % 60
    if into < 2:
        time.sleep(2 - into)
    elif into + seconds > 59:
        time.sleep(62 - into)
