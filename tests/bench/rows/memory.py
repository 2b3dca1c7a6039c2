"""What an hour of counting does to the desk's memory, an hour being a good thousand presses."""

import json
from collections.abc import Iterator
from statistics import linear_regression

from tests.bench.budget import Outcome, at_most
from tests.bench.processes import memory_kb
from tests.bench.run import Run

MOST = 1.35
MOST_GROWTH_KB = 300
"""A thousand counts, in the second half. New rows fill SQLite's page cache, about 100 kB a thousand and
half as much again around it, until its 2 MB are full; the rest of this is the allocator's noise. More is
growth."""

PACE = 0.06
"""Seconds between presses: of three keys in turn, so that none of them counts as held down."""


def after_an_hour(run: Run) -> Iterator[Outcome]:
    """Resident memory after as many keys at both, and how it grew in the second half."""
    room = run.rooms.empty()
    presses = len(run.repeats(1200, 300))
    samples = []
    with run.bare.opened() as bare, run.desk(room).opened() as desk:
        for press in range(1, presses + 1):
            bare.press("+")
            desk.press("+v-"[press % 3])
            bare.listen(PACE / 2)
            desk.listen(PACE / 2)
            if press % 25 == 0:
                samples.append((press, memory_kb(desk.pid)))
        desk.until_quiet()
        bare_kb, desk_kb = memory_kb(bare.pid), memory_kb(desk.pid)
    today = json.loads(run.rooms.hostdesk("today", "--json", "--db", str(room)))
    counted = today["visits"] + today["volunteers"]
    if counted < presses * 2 // 3:
        raise RuntimeError(f"{presses} presses, a third departures, but only {counted} arrivals")
    ratio = desk_kb / bare_kb
    yield Outcome(
        f"memory after {presses} counts",
        _megabytes(bare_kb),
        _megabytes(desk_kb),
        f"{ratio:.2f} x",
        f"{MOST} x",
        ratio <= MOST,
    )
    second_half = samples[len(samples) // 2 :]
    growth = linear_regression(*zip(*second_half, strict=True)).slope * 1000
    yield at_most("  growth per 1,000 counts", max(growth, 0.0), MOST_GROWTH_KB, "kB")


def _megabytes(kilobytes: int) -> str:
    return f"{kilobytes / 1024:.1f} MB"
