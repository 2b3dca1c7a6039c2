"""What the terminal shows already is not sent again: over a slow line one screen takes seconds.

Textual (8.2.8) draws a screen that comes to stand several times over: when it is mounted, when it is laid
out, when it resumes. Each time most of it is sent, up to 9 kB at 80x24, and little of it differs. And of a
row in which one word changes it sends all.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from rich.cells import get_character_cell_size
from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.screen import Screen
from textual.strip import Strip

Piece = tuple[int, int, Strip]
"""A piece of a row: its row, its first column, and what it shows."""

Cell = tuple[str, str]
"""What stands in a cell, and how it looks; in the second cell of a wide character nothing stands."""

_CODES = re.compile(r"[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+")
_STYLED = re.compile(r"\x1b\[([0-9;]*)m")
_BACKGROUND = re.compile(r"4[0-9]|10[0-7]")
_BRIDGE = 4
"""Cells that are sent again sooner than that the cursor is moved over them."""


class Frames:
    """The cells that the terminal shows, as far as they are known."""

    def __init__(self, *, across_screens: bool) -> None:
        """Nothing is known yet.

        Args:
            across_screens: also what another screen has left is not sent again. Otherwise all is: should
                anything else have written on the terminal, as Linux does on its console, it is gone then.
        """
        self._rows: dict[int, list[Cell | None]] = {}
        self._across_screens = across_screens
        self._of: Screen[Any] | None = None

    def forget(self) -> None:
        """The terminal has another size, or was somebody else's for a while."""
        self._rows.clear()

    def spared(self, screen: Screen[Any], update: Any) -> Any:
        """This update of this screen, without the cells that stand there when it is written."""
        if isinstance(update, LayoutUpdate):
            return _Spared(self, screen, _of_the_whole(update))
        if isinstance(update, ChopsUpdate):
            return _Spared(self, screen, _of_a_part(update))
        self.forget()
        return update

    def write(self, screen: Screen[Any], pieces: Iterable[Piece], console: Console) -> str:
        """What is to be written to the terminal, so that it shows these pieces too."""
        if self._of is not screen and not self._across_screens:
            self.forget()
        self._of = screen
        out: list[str] = []
        cursor, style = None, ""
        for y, x, strip in pieces:
            cells, row = _cells(strip.render(console)), self._rows.setdefault(y, [])
            row.extend([None] * (x + len(cells) - len(row)))
            for begin, end in _differing(row[x : x + len(cells)], cells):
                if cursor != (y, x + begin):
                    out.append(Control.move_to(x + begin, y).segment.text)
                cursor = (y, x + end)
                for cell in cells[begin:end]:
                    if not _fits(cell, style):
                        style = cell[1]
                        out.append(f"\x1b[0m\x1b[{style}m" if style else "\x1b[0m")
                    out.append(cell[0])
                _put(row, x + begin, cells[begin:end])
        if style:
            out.append("\x1b[0m")
        return "".join(out)


class _Spared(CompositorUpdate):
    """An update that finds out what is to be written when it is."""

    def __init__(self, frames: Frames, screen: Screen[Any], pieces: Iterator[Piece]) -> None:
        self._frames, self._screen, self._pieces = frames, screen, pieces

    def render_segments(self, console: Console) -> str:
        """What is written to the terminal."""
        return self._frames.write(self._screen, self._pieces, console)


def _of_the_whole(update: LayoutUpdate) -> Iterator[Piece]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield y, x, strip
            x += strip.cell_length


def _of_a_part(update: ChopsUpdate) -> Iterator[Piece]:
    for y, first, end in update.spans:
        for until, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= end and until > first:
                yield y, x, strip if until <= end else strip.crop(0, end - x)


def _cells(text: str) -> list[Cell]:
    """The cells of a rendered piece."""
    cells: list[Cell] = []
    style, of_a_blank = "", ""
    for n, part in enumerate(_STYLED.split(text)):
        if n % 2:
            style = "" if part == "0" else part
            of_a_blank = _of_a_blank(style)
        elif part.isascii():
            cells += [(sign, of_a_blank if sign == " " else style) for sign in part]
        else:
            for sign in part:
                match get_character_cell_size(sign):
                    case 0:  # it goes with the sign before it
                        if cells:
                            cells[-1] = (cells[-1][0] + sign, cells[-1][1])
                    case 1:
                        cells.append((sign, of_a_blank if sign == " " else style))
                    case _:
                        cells += [(sign, style), ("", style)]
    return cells


@lru_cache(maxsize=256)
def _of_a_blank(style: str) -> str:
    """What of a style shows where nothing stands: its background, and all of it with a line or reversed."""
    codes = _CODES.findall(style)
    if {"4", "7", "9", "21", "53"} & {*codes}:
        return style
    return ";".join(code for code in codes if _BACKGROUND.match(code))


def _fits(cell: Cell, style: str) -> bool:
    """Whether a cell looks as it should in this style."""
    return cell[1] == style or (cell[0] == " " and cell[1] == _of_a_blank(style))


def _differing(shown: list[Cell | None], cells: list[Cell]) -> Iterator[tuple[int, int]]:
    """Where these cells differ from what is shown: from the first cell of a stretch to the one after it."""
    begin = end = None
    for at, cell in enumerate(cells):
        if cell == shown[at]:
            continue
        if begin is None or end is None:
            begin = at
        elif at - end > _BRIDGE or not all(_fits(one, cell[1]) for one in cells[end - 1 : at]):
            yield _whole(cells, begin, end)
            begin = at
        end = at + 1
    if begin is not None and end is not None:
        yield _whole(cells, begin, end)


def _whole(cells: list[Cell], begin: int, end: int) -> tuple[int, int]:
    """This stretch, with both cells of a wide character that is in it."""
    while begin and not cells[begin][0]:
        begin -= 1
    while end < len(cells) and not cells[end][0]:
        end += 1
    return begin, end


def _put(row: list[Cell | None], x: int, cells: list[Cell]) -> None:
    """They stand there now; of a wide character that is half covered nobody knows what is left."""
    end = x + len(cells)
    for cut, other in ((x, x - 1), (end, end)):
        if 0 < cut < len(row) and (row[cut] or (" ", ""))[0] == "":
            row[other] = None
    row[x:end] = cells
