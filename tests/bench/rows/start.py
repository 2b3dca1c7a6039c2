"""How long a host waits for the first desk that takes a count."""

from collections.abc import Iterator

from tests.bench.budget import Outcome, times
from tests.bench.programs import Program
from tests.bench.run import Run

MOST = 1.25


def with_an_empty_room(run: Run) -> Iterator[Outcome]:
    """In a room in which nobody was counted yet."""
    yield _compare(run, run.desk(run.rooms.empty()), "start, empty room")


def with_a_million_rows(run: Run) -> Iterator[Outcome]:
    """In a room of twenty busy years."""
    yield _compare(run, run.desk(run.rooms.of_a_million_rows), "start, 1,000,000 rows")


def _compare(run: Run, desk: Program, what: str) -> Outcome:
    for program in (run.bare, desk):
        _start(program)  # once for the disk's cache
    pairs = [(_start(run.bare), _start(desk)) for _ in run.repeats(15, 5)]
    bare, ours = zip(*pairs, strict=True)
    return times(what, bare, ours, MOST)


def _start(program: Program) -> float:
    """Seconds until number and keys are there and a first `+`, pressed at once, shows its number."""
    with program.open() as terminal:
        terminal.until_printed(program.ready)
        _, shown = program.press(terminal)
        return shown - terminal.started
