"""Columns side by side, from full and light blocks: one number after another, beside what is usual."""

from collections.abc import Sequence
from dataclasses import dataclass

from hostdesk.widgets.lines import Line, Span, line

AXIS = 6
"""Cells at the left for the number that the top stands for."""

_WIDEST = 8


@dataclass(frozen=True)
class Column:
    """One number."""

    value: float | None
    """None where there is none: then `mark` says why."""
    usual: float | None = None
    """What it usually is."""
    mark: str = ""
    """One character, on the ground where the column would stand."""
    above: str = ""
    """What it is called, one character: of the weekday, say."""
    below: str = ""
    """What it is called, where there is room for it: the day of the month, say."""


def draw(columns: Sequence[Column], width: int, high: int, axis: Sequence[str]) -> list[Line]:
    """The columns on their ground, and what they are called.

    Args:
        columns: from left to right.
        width: cells that there are; of too many columns the first are left out.
        high: lines for the highest.
        axis: what stands at the left of the top and of the ground.
    """
    wide = max(min((width - AXIS) // max(len(columns), 1), _WIDEST), 1)
    columns = columns[-((width - AXIS) // wide) :]
    full = max((most for one in columns for most in (one.value, one.usual) if most), default=0) or 1
    gap = 1 if wide > 1 else 0
    rows = []
    for level in range(high, 0, -1):
        said = axis[0] if level == high else ""
        spans = [Span(f"{said:>{AXIS - 1}} ", "quiet")]
        spans += [_cell(one, level, high / full, wide - gap) for one in columns]
        rows.append(_spaced(spans, gap))
    ground = [Span(f"{axis[1]:>{AXIS - 1}} ", "quiet")]
    ground += [Span((one.mark or "─").center(wide - gap, "─"), "quiet") for one in columns]
    rows.append(_spaced(ground, gap, "─"))
    if any(one.above for one in columns):
        names = [Span(" " * AXIS), *(Span(one.above.center(wide - gap), "quiet") for one in columns)]
        rows.append(_spaced(names, gap))
    return [*rows, _names(columns, wide, gap)]


def _cell(one: Column, level: int, scale: float, wide: int) -> Span:
    """One row of one column."""
    if level <= _rows(one.value, scale):
        return Span("█" * wide, "bar")
    if level <= _rows(one.usual, scale):
        return Span("░" * wide, "average")
    return Span(" " * wide)


def _rows(value: float | None, scale: float) -> int:
    """So many rows; a number that is not zero has at least one."""
    return max(round(value * scale), 1) if value else 0


def _spaced(spans: list[Span], gap: int, with_: str = " ") -> Line:
    """The columns with a gap after each; neighbours in one look are one span."""
    first, *others = spans
    joined = [first]
    for span in others:
        text = span.text + with_ * gap
        if joined[-1].look == span.look and joined[-1] is not first:
            joined[-1] = Span(joined[-1].text + text, span.look)
        else:
            joined.append(Span(text, span.look))
    return line(*joined)


def _names(columns: Sequence[Column], wide: int, gap: int) -> Line:
    """What the columns are called, each where the one before it leaves room."""
    text = ""
    for number, one in enumerate(columns):
        at = number * wide + max((wide - gap - len(one.below)) // 2, 0)
        if one.below and at >= len(text) + bool(text):
            text += " " * (at - len(text)) + one.below
    return line(" " * AXIS, Span(text, "quiet"))
