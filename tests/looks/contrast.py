"""How well what is on a screen can be told from what is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.screen import Screen

TEXT, CONTROL = 7.0, 3.0
"""WCAG 2.2: 1.4.6 for text, 1.4.11 for what is no text."""

CONTROL_GLYPHS = frozenset("█░▒■─│┌┐└┘├┤┬┴┼═║╔╗╚╝╭╮╯╰")
"""Bars and lines: drawn, and not read."""


@dataclass(frozen=True)
class Piece:
    """Text on the screen in one style, as Textual resolves it, all filters included."""

    text: str
    style: Style

    @property
    def needed(self) -> float:
        """The contrast that it needs."""
        return CONTROL if set(self.text) - {" "} <= CONTROL_GLYPHS else TEXT

    @property
    def ratio(self) -> float:
        """Its contrast in the theme's own colours."""
        return ratio(*self.colors)

    @property
    def ratio_in_16_colours(self) -> float:
        """Its contrast on the Linux console, which takes the nearest of sixteen."""
        return ratio(*(_console_color(color) for color in self._rich_colors()))

    @property
    def colors(self) -> tuple[Color, Color]:
        """The two colours that it is drawn in."""
        one, other = self._rich_colors()
        return Color.from_rich_color(one), Color.from_rich_color(other)

    def _rich_colors(self) -> tuple[RichColor, RichColor]:
        assert self.style.color is not None, self
        assert self.style.bgcolor is not None, self
        return self.style.color, self.style.bgcolor


def pieces(screen: Screen[object]) -> Iterator[Piece]:
    """Everything on a screen that is not blank."""
    for strip in screen._compositor.render_strips():
        for segment in strip:
            if segment.text.strip() and segment.style:
                yield Piece(segment.text, segment.style)


def ratio(one: Color, other: Color) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


_CONSOLE = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
"""The Linux console's colours (drivers/tty/vt/vt.c), in the order of their numbers."""


def _console_color(color: RichColor) -> Color:
    number = color.downgrade(ColorSystem.STANDARD).number
    assert number is not None, color
    return Color.parse(_CONSOLE[number])


def _luminance(color: Color) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
