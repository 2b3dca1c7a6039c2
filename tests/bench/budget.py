"""A line of the table: what was measured, and whether it stays within its budget."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median


@dataclass(frozen=True)
class Outcome:
    """One measured budget, as it is printed."""

    what: str
    bare: str
    """The bare app's figure, or a dash where it has none."""
    ours: str
    figure: str
    """What the budget is about: a ratio, or a figure of ours alone."""
    budget: str
    kept: bool


HEADINGS = ("what", "bare", "ours", "figure", "budget", "")


def times(what: str, bare: Sequence[float], ours: Sequence[float], most: float) -> Outcome:
    """A budget on our median time as a multiple of the bare app's; both in seconds."""
    ratio = median(ours) / median(bare)
    return Outcome(
        what,
        milliseconds(median(bare)),
        milliseconds(median(ours)),
        f"{ratio:.2f} x",
        f"{most} x",
        ratio <= most,
    )


def at_most(what: str, ours: float, most: float, unit: str, *, bare: str = "-", note: str = "") -> Outcome:
    """A budget on a figure of ours alone."""
    return Outcome(what, bare, note or "-", f"{ours:.3g} {unit}", f"{most:g} {unit}", ours <= most)


def milliseconds(seconds: float) -> str:
    """0.1234 s as it is printed."""
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.1 else f"{seconds * 1000:.1f} ms"


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of the table."""
    cells = [
        (row.what, row.bare, row.ours, row.figure, f"<= {row.budget}", "ok" if row.kept else "MISSED")
        for row in outcomes
    ]
    widths = [max(len(row[column]) for row in chain([HEADINGS], cells)) for column in range(len(HEADINGS))]
    for row in [HEADINGS, tuple("-" * width for width in widths), *cells]:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
