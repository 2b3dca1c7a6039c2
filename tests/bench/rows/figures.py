"""The figures: how long a report over a million rows takes, how soon F6 stands, and the memory of both."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.budget import Outcome, at_most, milliseconds, times
from tests.bench.processes import memory_kb
from tests.bench.programs import Program
from tests.bench.run import Run
from tests.bench.terminal import Screen, Terminal

MOST_SECONDS_MORE = 0.5
"""A year's report of a room with a million rows takes so much longer than that of an empty room."""

MOST = 1.5
"""The figures' first paint, of the desk's."""

MOST_KEPT = 1.25
"""The desk's memory after the figures were left many times, of what it was before: their own code is read
then, and Python collects what has become loose only now and then."""

MOST_KB_GROWTH = 50
"""What each further visit may add: the allocator's noise."""

F2, F6 = "\x1bOQ", "\x1b[17~"


def a_years_report(run: Run) -> Iterator[Outcome]:
    """`hostdesk report --year`, of the fullest year, in turn with an empty room's."""
    empty, full = run.rooms.empty(), run.rooms.of_a_million_rows
    year = str(time.gmtime().tm_year - 1)
    taken: dict[Path, list[float]] = {empty: [], full: []}
    for turn in run.repeats(8, 4):
        for room, into in taken.items():
            began = time.perf_counter()
            run.rooms.hostdesk("report", "--year", year, "--db", str(room))
            if turn:  # the first one fills the disk's cache
                into.append(time.perf_counter() - began)
    bare, ours = (median(seconds) for seconds in taken.values())
    yield Outcome(
        "a year's report, 1,000,000 rows (bare: none)",
        milliseconds(bare),
        milliseconds(ours),
        f"{ours - bare:.2f} s more",
        f"{MOST_SECONDS_MORE} s more",
        ours - bare <= MOST_SECONDS_MORE,
    )


def opened(run: Run) -> Iterator[Outcome]:
    """From F6 until the large numbers stand, of the time from the start until the desk's number does."""
    for name, room in (("400 days", run.rooms.lived_in), ("1,000,000 rows", run.rooms.of_a_million_rows)):
        yield times(f"figures open, {name} (bare: the desk)", *_openings(run, run.desk(room)), MOST)


def _openings(run: Run, desk: Program) -> tuple[list[float], list[float]]:
    """Seconds until the desk stands, and then until the figures do."""
    desks: list[float] = []
    figures: list[float] = []
    for turn in run.repeats(12, 4):
        with desk.open() as terminal:
            seconds = terminal.until_printed(desk.ready) - terminal.started
            shown = _open(terminal)
        if turn:
            desks.append(seconds)
            figures.append(shown)
    return desks, figures


def memory_given_back(run: Run) -> Iterator[Outcome]:
    """What is left of the figures when they were left, time and again."""
    visits = len(run.repeats(32, 24))
    with run.desk(run.rooms.lived_in).opened() as terminal:
        before = memory_kb(terminal.pid)
        after = []
        for _ in range(visits):
            _open(terminal)
            terminal.press(F2)
            terminal.until_shown(lambda screen: not _figures_stand(screen))
            terminal.until_quiet(0.2)
            after.append(memory_kb(terminal.pid))
    ratio = after[-1] / before
    yield Outcome(
        f"figures left {visits} times: memory",
        f"{before / 1024:.1f} MB",
        f"{after[-1] / 1024:.1f} MB",
        f"{ratio:.2f} x",
        f"{MOST_KEPT} x",
        ratio <= MOST_KEPT,
    )
    half = visits // 2
    growth = max(after[-1] - after[half], 0) / (visits - half - 1)
    yield at_most("  more with each visit", growth, MOST_KB_GROWTH, "kB")


def _open(terminal: Terminal) -> float:
    """Seconds from F6 until the figures stand."""
    terminal.until_quiet(0.5)
    pressed = terminal.press(F6)
    return terminal.until_shown(_figures_stand) - pressed


def _figures_stand(screen: Screen) -> bool:
    return any("Vrijwilligersuren" in line or "Volunteer hours" in line for line in screen)
