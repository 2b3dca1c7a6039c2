"""A number that can be read from three metres."""

from textual import events
from textual.geometry import Size

from hostdesk.widgets.lines import Lines, Span, line

_PIXELS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ".": (" ", " ", " ", " ", "#"),
    ",": (" ", " ", " ", " ", "#"),
}
"""Five rows of three: the least that tells ten digits apart."""

DIGITS = frozenset(_PIXELS)
"""What can be drawn."""

SCALES = ((8, 4), (6, 3), (4, 2), (3, 2), (2, 1))
"""Cells that a pixel is wide and high, the largest first; a cell is about twice as high as wide."""

HIGH = 5
"""Pixels."""


def draw(number: str, scale: tuple[int, int]) -> list[str]:
    """The number as rows of full blocks, the one glyph that every console font has."""
    wide, high = scale
    rows: list[str] = []
    for y in range(HIGH):
        pixels = " ".join(_PIXELS[digit][y] for digit in number)
        rows += ["".join(("█" if pixel == "#" else " ") * wide for pixel in pixels)] * high
    return rows


def across(number: str) -> int:
    """Pixels that the number takes."""
    return sum(len(_PIXELS[digit][0]) + 1 for digit in number) - 1


def largest(number: str, size: Size) -> tuple[int, int] | None:
    """The largest scale at which the number fits, or None when none does."""
    for wide, high in SCALES:
        if across(number) * wide <= size.width and HIGH * high <= size.height:
            return wide, high
    return None


class BigNumber(Lines):
    """Today's visits, as large as the terminal allows."""

    DEFAULT_CSS = """
    BigNumber { height: 1fr; }
    """

    number: int | None = None
    """What it shows, or nothing yet."""

    def show_number(self, number: int) -> None:
        """Show this number."""
        self.number = number
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Choose the scale anew."""
        self._draw()

    def _draw(self) -> None:
        """The number in the middle of the height, at the largest scale."""
        if self.number is None or not self.size:
            return
        number = str(self.number)
        scale = largest(number, self.size)
        if scale is None:
            self.show([line(Span(number, "strong"))])
            return
        above = (self.size.height - HIGH * scale[1]) // 2
        self.show([line(Span(row, "number")) for row in [""] * above + draw(number, scale)])
