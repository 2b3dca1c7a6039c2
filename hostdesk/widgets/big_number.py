"""A number that can be read from three metres."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
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
}
"""Five rows of three: the least that tells ten digits apart."""

SCALES = ((8, 4), (6, 3), (4, 2), (3, 2), (2, 1))
"""Cells that a pixel is wide and high, the largest first; a cell is about twice as high as wide."""

_HIGH = 5
"""Pixels."""

_MOST_DIGITS = 5
"""No room has more visits a day than these can say."""


def draw(digit: str, scale: tuple[int, int]) -> list[str]:
    """The digit as rows of full blocks, the one glyph that every console font has."""
    wide, high = scale
    rows = ["".join(("█" if pixel == "#" else " ") * wide for pixel in pixels) for pixels in _PIXELS[digit]]
    return [row for row in rows for _ in range(high)]


def largest(number: str, size: Size) -> tuple[int, int] | None:
    """The largest scale at which the number fits, or None when none does."""
    for wide, high in SCALES:
        if (4 * len(number) - 1) * wide <= size.width and _HIGH * high <= size.height:
            return wide, high
    return None


class BigNumber(Horizontal):
    """Today's visits, as large as the terminal allows; a digit that stays is not sent again."""

    DEFAULT_CSS = """
    BigNumber {
        height: 1fr;
        Lines { height: 100%; }
    }
    """

    number: int | None = None
    """What it shows, or nothing yet."""

    def compose(self) -> ComposeResult:
        """A place for each digit."""
        for _ in range(_MOST_DIGITS):
            yield Lines()

    def show_number(self, number: int) -> None:
        """Show this number."""
        self.number = number
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Choose the scale anew."""
        self._draw()

    def _draw(self) -> None:
        if self.number is None or not self.size:
            return
        number = str(self.number)
        scale = largest(number, self.size)
        places = list(self.query(Lines))
        if scale is None:
            places[0].styles.width = self.size.width
            places[0].show([line(Span(number, "number"))])
            places = places[1:]
            number = ""
        for place, digit in zip(places, number.ljust(len(places)), strict=True):
            self._draw_digit(place, digit, scale or (0, 0))

    def _draw_digit(self, place: Lines, digit: str, scale: tuple[int, int]) -> None:
        """One digit in the middle of the height, with a pixel's gap after it."""
        place.styles.width = 4 * scale[0] if digit.strip() else 0
        above = (self.size.height - _HIGH * scale[1]) // 2
        rows = draw(digit, scale) if digit.strip() else []
        place.show([line(Span(row, "number")) for row in [""] * above + rows])
