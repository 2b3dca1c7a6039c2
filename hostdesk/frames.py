"""What the terminal shows already is not sent again: over a slow line one screen takes seconds.

Textual (8.2.8) draws a screen that comes to stand several times over: when it is mounted, when it is laid
out, when it resumes. Each time most of it is sent, up to 9 kB at 80x24, and little of it differs.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.screen import Screen
from textual.strip import Strip

Piece = tuple[int, int, Strip]
"""A piece of a row: its row, its first column, and what it shows."""


class Frames:
    """The pieces that the terminal shows, as far as they are known.

    Of a screen that was not the last to be drawn everything is sent: should anything else have written on the
    terminal, that is gone then.
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._rows: dict[int, dict[int, tuple[int, str]]] = {}
        """Of each row, by its first column, each piece's end and what was written."""
        self._of: Screen[Any] | None = None

    def forget(self) -> None:
        """The terminal has another size, or was somebody else's for a while."""
        self._rows.clear()

    def spared(self, screen: Screen[Any], update: Any) -> Any:
        """This update of this screen, without the pieces that stand there when it is written."""
        if isinstance(update, LayoutUpdate):
            return _Spared(self, screen, _of_the_whole(update))
        if isinstance(update, ChopsUpdate):
            return _Spared(self, screen, _of_a_part(update))
        self.forget()
        return update

    def write(self, screen: Screen[Any], pieces: Iterable[Piece], console: Console) -> str:
        """What is to be written to the terminal, so that it shows these pieces too."""
        if self._of is not screen:
            self.forget()
            self._of = screen
        out: list[str] = []
        cursor = None
        for y, x, strip in pieces:
            row, end, text = self._rows.setdefault(y, {}), x + strip.cell_length, strip.render(console)
            if row.get(x) == (end, text):
                continue
            for under in [at for at, (until, _) in row.items() if at < end and until > x]:
                del row[under]
            row[x] = (end, text)
            if cursor != (y, x):
                out.append(Control.move_to(x, y).segment.text)
            out.append(text)
            cursor = (y, end)
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
