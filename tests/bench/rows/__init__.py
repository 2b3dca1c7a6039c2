"""The rows of the design's table of budgets; a new budget is a new module and a line here."""

from collections.abc import Callable, Iterator

from tests.bench.budget import Outcome
from tests.bench.rows import board, elsewhere, figures, idle, key, line, log, memory, shell, start, syncs
from tests.bench.run import Run

ROWS: dict[str, Callable[[Run], Iterator[Outcome]]] = {
    "start": start.with_an_empty_room,
    "start-million": start.with_a_million_rows,
    "memory": memory.after_an_hour,
    "idle": idle.watching,
    "key": key.to_number,
    "syncs": syncs.a_press,
    "line": line.bytes_a_count,
    "elsewhere": elsewhere.seen_here,
    "shell": shell.count_from_the_shell,
    "board-open": board.opened,
    "board-move": board.moved,
    "log": log.read_back,
    "report": figures.a_years_report,
    "figures": figures.opened,
    "figures-memory": figures.memory_given_back,
}
"""What `--only` takes, in the order of the table."""
