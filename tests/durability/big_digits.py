"""Reads the big number off a desk's screen, as somebody three metres away does."""

from collections.abc import Sequence

from hostdesk.widgets.big_number import SCALES, draw

_BLOCK = "█"
_GLYPHS = {tuple(draw(digit, (1, 1))): digit for digit in "0123456789"}


def number_on(lines: Sequence[str]) -> int | None:
    """The number that stands on the left of the desk, or None while there is none."""
    left = [line.partition("│")[0] for line in lines]
    rows = [line for line in left if _BLOCK in line and not line.strip(f" {_BLOCK}")]
    for scale in SCALES:
        if (number := _read(rows, *scale)) is not None:
            return number
    return None


def _read(rows: list[str], wide: int, high: int) -> int | None:
    """The number, if these rows show one at this scale."""
    if len(rows) != 5 * high:
        return None
    start = min(row.index(_BLOCK) for row in rows)
    width = max(len(row.rstrip()) for row in rows) - start
    pixels = [row[start::wide].ljust(width) for row in rows[::high]]
    if any(row.rstrip() != _stretched(pixels[i // high], wide, start).rstrip() for i, row in enumerate(rows)):
        return None
    digits = ""
    for at in range(0, -(-width // wide), 4):
        digit = _GLYPHS.get(tuple(row[at : at + 3] for row in pixels))
        if digit is None:
            return None
        digits += digit
    return int(digits)


def _stretched(pixels: str, wide: int, start: int) -> str:
    """The row of cells that these pixels make."""
    return " " * start + "".join(pixel * wide for pixel in pixels)
