"""The picture of a table: where its bars and words stand, for whichever form draws them.

It is made of the table and of nothing else, so that it can't say more than the table does: a number
that is not shown there has no bar here. Black on white; no colour means anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from hostdesk.reports.figures_document import Shape
from hostdesk.words import N_, gettext, numbers

if TYPE_CHECKING:
    from hostdesk.reports.figures_document import Cell, Table

WIDTH = 360.0
"""As wide as a phone: there the letters are as large as they say, on paper they grow along."""

LETTERS = 11.0
"""Their height."""

_LEFT, _RIGHT, _TOP = 34.0, 8.0, 10.0
_HEIGHT = 130.0
"""Of the columns."""
_MARKS = 8.0
"""Below the columns: what is missing or not shown."""
_ROW = 31.0
"""For a lying bar with its words above it."""
_LONGEST = 46
"""Characters that fit above a bar."""
_MOST_LABELS = 5


@dataclass(frozen=True)
class Bar:
    """A rectangle; `y` is its top."""

    x: float
    y: float
    width: float
    height: float
    filled: bool = True
    """Filled; otherwise an outline."""


@dataclass(frozen=True)
class Line:
    """A thin line that leads the eye from a number to the bars."""

    y: float


@dataclass(frozen=True)
class Label:
    """Words; `y` is the line that they stand on."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    """start, middle or end, as SVG calls it."""


@dataclass(frozen=True)
class Picture:
    """A picture, from the left top corner on."""

    height: float
    parts: tuple[Bar | Line | Label, ...]
    says: str
    """In words, for who does not see it, and under it."""


def of(table: "Table") -> Picture | None:
    """The picture of this table; None where there is nothing to draw."""
    drawn = [(row[0], row[-1]) for row in table.rows]
    most = max((cell.value or 0 for _, cell in drawn), default=0)
    if table.picture is None or most <= 0:
        return None
    said = _in_words(drawn, table)
    if table.picture is Shape.BARS:
        return Picture(len(drawn) * _ROW, tuple(_lying(drawn, most)), said)
    height = _TOP + _HEIGHT + _MARKS + LETTERS + 6
    return Picture(height, tuple(_standing(table.rows, _round_up(most))), said)


def _lying(drawn: "Sequence[tuple[Cell, Cell]]", most: float) -> Iterator[Bar | Label]:
    """A bar for each row, with its words above it and its number behind it."""
    room = WIDTH - 50
    for place, (name, cell) in enumerate(drawn):
        top = place * _ROW
        text = name.text if len(name.text) <= _LONGEST else f"{name.text[: _LONGEST - 1]}…"
        yield Label(0, top + LETTERS, text)
        width = room * (cell.value or 0) / most
        if width:
            yield Bar(0, top + LETTERS + 4, width, 11)
        yield Label(width + 5, top + LETTERS + 13, cell.text)


def _standing(rows: "Sequence[tuple[Cell, ...]]", top: float) -> Iterator[Bar | Line | Label]:
    """A column for each row, from left to right."""
    each = (WIDTH - _LEFT - _RIGHT) / len(rows)
    gap = min(each * 0.2, 3.0)
    ground = _TOP + _HEIGHT
    for part in (0.5, 1.0):
        y = ground - _HEIGHT * part
        yield Line(y)
        yield Label(_LEFT - 4, y + LETTERS / 3, numbers.number(top * part), "end")
    yield Line(ground)
    yield Label(_LEFT - 4, ground + LETTERS / 3, numbers.number(0), "end")
    for place, row in enumerate(rows):
        x, cell = _LEFT + place * each, row[-1]
        if cell.value:
            height = _HEIGHT * cell.value / top
            yield Bar(x + gap / 2, ground - height, each - gap, height)
        elif cell.text and cell.value is None:  # not shown
            yield Bar(x + gap / 2, ground + 2, each - gap, _MARKS - 4, filled=False)
        elif len(row) > 1 and row[1].marked:
            yield Bar(x + gap / 2, ground + 2, each - gap, _MARKS - 4)
    labels = min(_MOST_LABELS, len(rows))
    for number in range(labels):
        place = round(number * (len(rows) - 1) / max(labels - 1, 1))
        x = min(max(_LEFT + (place + 0.5) * each, _LEFT + 22), WIDTH - 26)
        yield Label(x, ground + _MARKS + LETTERS + 2, rows[place][0].short or rows[place][0].text, "middle")


def _in_words(drawn: "Sequence[tuple[Cell, Cell]]", table: "Table") -> str:
    """The highest bar, and what the marks below mean where there are any."""
    name, highest = max(drawn, key=lambda pair: pair[1].value or 0)
    most = N_("Most: {n} ({what}).") if table.whole else N_("Most of what is shown: {n} ({what}).")
    said = [gettext(most).format(n=highest.text, what=name.text)]
    if table.picture is Shape.COLUMNS:
        if any(len(row) > 1 and row[1].marked for row in table.rows):
            said.append(gettext(N_("A black block below the line: missing, so nobody knows.")))
        if any(cell.text and cell.value is None for _, cell in drawn):
            said.append(gettext(N_("An open block below the line: not shown.")))
    return " ".join(said)


def _round_up(most: float) -> float:
    """A round number that is not less: 1, 2, 5 or 10 times a power of ten, halves of them whole."""
    unit = 10 ** floor(log10(most))
    for times in (1, 2, 4, 6, 8, 10):
        if unit * times >= most:
            return float(max(unit * times, 2))
    return float(ceil(most))
