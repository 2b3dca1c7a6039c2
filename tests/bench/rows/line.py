"""What a count costs a coordinator's slow line."""

from collections.abc import Iterator
from statistics import mean

from tests.bench.budget import Outcome, at_most
from tests.bench.programs import Program
from tests.bench.run import Run
from tests.bench.terminal import Terminal

MOST_BYTES = 800
SETTLED_SECONDS = 3.0


def bytes_a_count(run: Run) -> Iterator[Outcome]:
    """Bytes to the terminal for each of twenty counts."""
    bare, ours = _bytes(run, run.bare), _bytes(run, run.desk(run.rooms.lived_in))
    yield at_most(
        "bytes to the terminal a count",
        mean(ours),
        MOST_BYTES,
        "B",
        bare=f"{mean(bare):.0f} B",
        note=f"{max(ours)} B at most",
    )


def _bytes(run: Run, program: Program) -> list[int]:
    with program.opened() as terminal:
        terminal.listen(SETTLED_SECONDS)  # what a desk says once, soon after its start, belongs to no count
        return [_of_one_count(program, terminal) for _ in run.repeats(20, 8)]


def _of_one_count(program: Program, terminal: Terminal) -> int:
    before = terminal.received
    program.count(terminal)
    terminal.listen(0.4)
    return terminal.received - before
