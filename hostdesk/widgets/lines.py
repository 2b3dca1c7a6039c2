"""Lines of text that send only what changed.

Over a slow line every byte counts: a widget that redraws whole sends ten times what a count needs.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, zip_longest

from rich.cells import cell_len, split_text
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


@dataclass(frozen=True)
class Span:
    """Text in one look."""

    text: str
    look: str = "plain"
    """One of `LOOKS`."""
    does: str = ""
    """What a click on it does: an action of the screen, or `app.` and one of the program's."""


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Look:
    """What a span looks like, in the theme's variables."""

    color: str
    background: str | None = None
    bold: bool = False
    strike: bool = False


LOOKS = {
    "plain": Look("foreground"),
    "strong": Look("foreground", bold=True),
    "quiet": Look("text-muted"),
    "key": Look("accent", bold=True),
    "number": Look("accent"),
    "bar": Look("primary"),
    "average": Look("secondary"),
    "struck": Look("text-muted", strike=True),
    "alarm": Look("background", background="warning", bold=True),
}
"""Every look; in Python, since as Textual's component classes they took 50 ms of a desk's start."""


def line(*parts: Span | str) -> Line:
    """A line of spans; plain where nothing is said."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


_NARROW = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180), *range(0x2500, 0x25FD)))
) | frozenset("–—‘’“”•…€←↑→↓")
"""Characters of one cell: nearly all that a screen shows."""


def cells_of(text: str) -> int:
    """Cells that a text takes.

    Rich remembers the widths of the last 4,096 texts. Of texts that change with each count that would
    be a megabyte, for what is mostly just the number of characters.
    """
    return len(text) if _NARROW.issuperset(text) else cell_len(text)


def width_of(spans: Line) -> int:
    """Cells that a line takes."""
    return sum(cells_of(span.text) for span in spans)


def wrap(text: str, width: int) -> list[str]:
    """The text on lines of this width; a window may be dragged to less than any line needs."""
    return textwrap.wrap(text, max(width, 1))


def spread(left: Line, right: Line, width: int) -> Line:
    """One line with text at both ends; the left end gives way when it is narrow."""
    room = width - width_of(right)
    fitted = fit(left, max(room - 1, 0))
    return (*fitted, Span(" " * max(room - width_of(fitted), 0)), *right)


def fit(spans: Line, width: int) -> Line:
    """The line cut at this width, with … where something is left out."""
    if width_of(spans) <= width:
        return spans
    kept: list[Span] = []
    left = width - 1
    for span in spans:
        if left <= 0:
            break
        taken = span.text if cells_of(span.text) <= left else _cut(span.text, 0, left).rstrip()
        kept.append(replace(span, text=taken))
        left -= cells_of(taken)
        if taken != span.text:
            break
    return (*kept, Span("…", kept[-1].look if kept else "plain")) if width > 0 else ()


class _Row(Strip):
    """A row of cells, which Textual cuts into what goes to the terminal; it remembers nothing.

    Textual's strip remembers its pieces, and Rich remembers texts that were cut and how wide they
    were: good for rows that come back, while ours differ with each count. Worse, a strip that needs no
    cutting remembers itself as its only piece (`Strip.divide`, Textual 8.2.8), and so stays until the
    garbage collector comes by: seventeen rows a count. Look again at each new version.
    """

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The pieces between the left end and each of these cells."""
        return [self.crop(*piece) for piece in pairwise((0, *cuts)) if piece[1] <= self.cell_length]

    def crop(self, start: int, end: int | None = None) -> Strip:
        """The piece from one cell up to another."""
        first, last = max(start, 0), self.cell_length if end is None else min(end, self.cell_length)
        if (first, last) == (0, self.cell_length):
            return self
        pieces: list[Segment] = []
        x = 0
        for text, style, control in self:
            width = cells_of(text)
            if piece := _cut(text, max(first - x, 0), min(last - x, width)):
                pieces.append(Segment(piece, style, control))
            x += width
        return _Row(pieces, max(last - first, 0))


def _cut(text: str, first: int, last: int) -> str:
    """The text from one of its cells up to another; half a wide character is a space."""
    if last <= first:
        return ""
    return text[first:last] if _NARROW.issuperset(text) else split_text(split_text(text, last)[0], first)[1]


class Lines(Widget):
    """Shows lines; of those that change, only the cells that differ go to the terminal."""

    DEFAULT_CSS = """
    Lines { height: 1; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self._styles: dict[str, Style] = {}
        self._rows: dict[int, tuple[Line, _Row]] = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return "\n".join("".join(span.text for span in spans) for spans in self._lines)

    def on_click(self, event: events.Click) -> None:
        """Do what stands there, where that is a key."""
        at = event.get_content_offset(self)
        if at is None or not 0 <= at.y < len(self._lines):
            return
        x = 0
        for span in fit(self._lines[at.y], self.size.width):
            x += cells_of(span.text)
            if at.x < x:
                if span.does:
                    event.stop()
                    self.run_worker(self.app.run_action(span.does, self.screen), exit_on_error=False)
                return

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines instead.

        Textual sends a changed line from the widget's left edge to the end of the change, so what
        changes often stands at the left, or in a widget of its own.
        """
        before, self._lines = self._lines, tuple(lines)
        ends = [_end_of_change(*rows) for rows in zip_longest(before, self._lines, fillvalue=())]
        y = 0
        for end, rows in groupby(ends):  # neighbours that change as far go as one
            high = len(list(rows))
            if end:
                self.refresh(Region(0, y, end, high))
            y += high

    def render_lines(self, crop: Region) -> list[Strip]:
        """The part of it that Textual asks for: the lines, with the padding around them and no borders."""
        padding, wide = self.styles.padding, self.outer_size.width
        rows = []
        for y in crop.line_range:
            at = y - padding.top
            spans = self._lines[at] if 0 <= at < len(self._lines) else ()
            known = self._rows.get(y)
            if known is None or known[0] != spans or known[1].cell_length != wide:
                known = self._rows[y] = (spans, self._row(spans, padding.left, wide))
            rows.append(known[1].crop(*crop.column_span))
        return rows

    def _row(self, spans: Line, left: int, wide: int) -> _Row:
        """A line as it goes to the terminal, all across the widget."""
        plain, fitted = self.style("plain"), fit(spans, self.size.width)
        segments = [Segment(" " * left, plain)] if left else []
        segments += [Segment(span.text, self.style(span.look)) for span in fitted if span.text]
        if (after := wide - left - width_of(fitted)) > 0:
            segments.append(Segment(" " * after, plain))
        background = self.background_colors[1]
        for effect in self.get_line_filters():
            segments = effect.apply(segments, background)
        return _Row(segments, wide)

    def notify_style_update(self) -> None:
        """Forget the styles: the theme is another one."""
        self._styles.clear()
        self._rows.clear()
        super().notify_style_update()

    def style(self, look: str) -> Style:
        """The look as the terminal gets it; found once, since Textual searches all ancestors for it."""
        if look not in self._styles:
            wanted, colors = LOOKS[look], self.app.theme_variables
            self._styles[look] = self.rich_style + Style(
                color=Color.parse(colors[wanted.color]).rich_color,
                bgcolor=Color.parse(colors[wanted.background]).rich_color if wanted.background else None,
                bold=wanted.bold,
                strike=wanted.strike,
            )
        return self._styles[look]


def _cells(spans: Line) -> list[tuple[str, str]]:
    """One entry a cell: its character and look."""
    cells: list[tuple[str, str]] = []
    for span in spans:
        for character in span.text:
            cells.append((character, span.look))
            cells += [("", span.look)] * (cells_of(character) - 1)
    return cells


def _end_of_change(old: Line, new: Line) -> int:
    """The cell after the last one that differs; 0 when none does."""
    if old == new:
        return 0
    before, after = _cells(old), _cells(new)
    width = max(len(before), len(after))
    blank = (" ", "plain")
    before += [blank] * (width - len(before))
    after += [blank] * (width - len(after))
    return max((x + 1 for x in range(width) if before[x] != after[x]), default=0)
