"""What an hour of counting does to the desk's memory, an hour being a good thousand presses."""

import json
from collections.abc import Iterator
from statistics import linear_regression

from tests.bench.budget import Outcome, at_most
from tests.bench.processes import memory_kb
from tests.bench.run import Run

MOST = 1.35
MOST_GROWTH_KB = 300
"""A thousand counts, once the first hours are over. New rows fill SQLite's page cache, about 100 kB a
thousand and half as much again around it, until its 2 MB are full; the rest of this is the allocator's
noise. More is growth."""

LATER = range(3000, 6000)
"""The counts over which that is looked at, in a quick run too: what the program grows into in its first
hours is no growth."""

PACE = 0.06
"""Seconds between presses: of three keys in turn, so that none of them counts as held down."""

QUICKER = 0.02
"""The same, where no other program is beside it."""


def after_an_hour(run: Run) -> Iterator[Outcome]:
    """Resident memory after as many keys at both, and how the desk's grows later in the day."""
    room = run.rooms.empty()
    presses = len(run.repeats(1200, 300))
    samples = []
    with run.bare.opened() as bare, run.desk(room).opened() as desk:
        for press in range(1, presses + 1):
            bare.press("+")
            desk.press("+v-"[press % 3])
            bare.listen(PACE / 2)
            desk.listen(PACE / 2)
        desk.until_quiet()
        bare_kb, desk_kb = memory_kb(bare.pid), memory_kb(desk.pid)
        for press in range(presses + 1, LATER.stop + 1):
            desk.press("+v-"[press % 3])
            desk.listen(QUICKER)
            if press in LATER and press % 25 == 0:
                samples.append((press, memory_kb(desk.pid)))
        desk.until_quiet()
    today = json.loads(run.rooms.hostdesk("today", "--json", "--db", str(room)))
    counted = today["visits"] + today["volunteers"]
    if counted < LATER.stop * 2 // 3:
        raise RuntimeError(f"{LATER.stop} presses, a third departures, but only {counted} arrivals")
    ratio = desk_kb / bare_kb
    yield Outcome(
        f"memory after {presses} counts",
        _megabytes(bare_kb),
        _megabytes(desk_kb),
        f"{ratio:.2f} x",
        f"{MOST} x",
        ratio <= MOST,
    )
    growth = linear_regression(*zip(*samples, strict=True)).slope * 1000
    yield at_most("  growth per 1,000 counts, later", max(growth, 0.0), MOST_GROWTH_KB, "kB")


def _megabytes(kilobytes: int) -> str:
    return f"{kilobytes / 1024:.1f} MB"
