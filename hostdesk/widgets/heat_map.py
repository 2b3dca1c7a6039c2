"""A table of numbers whose cells show how large they are: with blocks, so that no colour is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from hostdesk.widgets.lines import Line, Span, line

_SHADES = ("", "░", "▒", "█")
"""From next to nothing to about the most."""


@dataclass(frozen=True)
class Cell:
    """One number of the table."""

    value: float | None
    """None where there is none."""
    text: str
    """The number, or why there is none."""


@dataclass(frozen=True)
class Row:
    """One row."""

    name: str
    cells: tuple[Cell, ...]


def least_width(columns: int, rows: Sequence[Row]) -> int:
    """Cells that the table takes at least: a block before each number."""
    return _names(rows) + columns * (_digits(rows) + 2)


def draw(heads: Sequence[str], rows: Sequence[Row], width: int) -> list[Line]:
    """The table at this width, each cell with its number."""
    most = max((cell.value for row in rows for cell in row.cells if cell.value), default=0)
    names, digits = _names(rows), _digits(rows)
    wide = max(min((width - names) // max(len(heads), 1), digits + 4), digits + 2)
    lines = [line(" " * names, Span("".join(f"{head:>{wide}}" for head in heads), "quiet"))]
    for row in rows:
        spans = [Span(f"{row.name:<{names}}", "strong")]
        for cell in row.cells:
            shade = _shade(cell.value, most)
            blocks = shade * (wide - digits - 1) if shade else ""
            spans.append(Span(f" {blocks:<{wide - digits - 1}}", "bar" if shade == "█" else "average"))
            spans.append(Span(f"{cell.text:>{digits}}", "plain" if cell.value else "quiet"))
        lines.append(line(*spans))
    return lines


def _names(rows: Sequence[Row]) -> int:
    return max((len(row.name) for row in rows), default=0) + 1


def _digits(rows: Sequence[Row]) -> int:
    return max((len(cell.text) for row in rows for cell in row.cells), default=0) or 1


def _shade(value: float | None, most: float) -> str:
    """Which block shows a number: none for zero, then a third of the most each."""
    if not value or not most:
        return ""
    return _SHADES[min(int(value / most * 3 - 1e-9) + 1, 3)]
