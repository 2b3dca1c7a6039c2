"""Lines of text that send only what changed.

Over a slow line every byte counts: a widget that redraws whole sends ten times what a count needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
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


def width_of(spans: Line) -> int:
    """Cells that a line takes."""
    return sum(cell_len(span.text) for span in spans)


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
        taken = span.text if cell_len(span.text) <= left else set_cell_size(span.text, left).rstrip()
        kept.append(Span(taken, span.look))
        left -= cell_len(taken)
        if taken != span.text:
            break
    return (*kept, Span("…", kept[-1].look if kept else "plain")) if width > 0 else ()


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

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return "\n".join("".join(span.text for span in spans) for spans in self._lines)

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

    def render_line(self, y: int) -> Strip:
        """One line of the screen, for Textual."""
        spans = self._lines[y] if y < len(self._lines) else ()
        fitted = fit(spans, self.size.width)
        segments = [Segment(span.text, self.style(span.look)) for span in fitted if span.text]
        return Strip(segments).adjust_cell_length(self.size.width, self.style("plain"))

    def notify_style_update(self) -> None:
        """Forget the styles: the theme is another one."""
        self._styles.clear()
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
            cells += [("", span.look)] * (cell_len(character) - 1)
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
