"""What a press asks of the card: one sync."""

import time
from collections.abc import Iterator

from tests.bench.budget import Outcome
from tests.bench.programs import desk_counting_syncs
from tests.bench.run import Run


def a_press(run: Run) -> Iterator[Outcome]:
    """Syncs of any file, for each press; all must be one."""
    tally = run.place / "syncs"
    desk = desk_counting_syncs(run.rooms.lived_in, tally, run.environment)
    syncs = []
    with desk.opened() as terminal:
        desk.count(terminal)  # the first one also writes the log's new header
        terminal.until_quiet(1)
        for _ in run.repeats(40, 10):
            before = tally.stat().st_size
            desk.count(terminal)
            time.sleep(0.2)
            syncs.append(tally.stat().st_size - before)
    least, most = min(syncs), max(syncs)
    figure = str(most) if least == most else f"{least} to {most}"
    yield Outcome("  syncs a press", "-", "-", figure, "1", least == most == 1)
