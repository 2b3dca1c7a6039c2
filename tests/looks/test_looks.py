"""How the desk looks: kept as text, in glyphs that every console has, in colours that everybody can read."""

import asyncio
import itertools
from pathlib import Path

import pytest
from textual.color import Color

from db import clock as clocks
from hostdesk.themes import THEMES
from hostdesk.widgets.lines import LOOKS, Lines
from tests.clocks import FakeClock
from tests.desks import desk
from tests.looks import goldens, scenes

CONSOLE_GLYPHS = set("─│┌┐└┘├┤┬┴┼═║╔╗╚╝╭╮╯╰░▒█■•→←↑↓…×–“”€·")
"""What Linux console fonts have beside ASCII and accented letters (KNOWN: measured)."""

TEXT_CONTRAST, CONTROL_CONTRAST = 7.0, 3.0
"""WCAG 2.2: 1.4.6 for text, 1.4.11 for what is no text."""

CONTROLS = {"bar", "average"}


@pytest.mark.parametrize(("language", "size"), goldens.DESKS)
def test_the_desk_looks_as_it_did(tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    """When it should look otherwise: `python -m tests.looks.goldens`, and look at the difference."""
    kept = goldens.desk_golden(language, size).read_text(encoding="utf-8")
    assert goldens.desk_text(tmp_path, language, size) == kept


@pytest.mark.parametrize("language", goldens.LANGUAGES)
def test_the_readmes_picture_is_the_desk(tmp_path: Path, language: str) -> None:
    kept = goldens.desk_picture(language).read_text(encoding="utf-8")
    assert goldens.desk_svg(tmp_path, language) == kept


@pytest.mark.parametrize(("language", "size"), goldens.DESKS)
def test_console_fonts_have_every_glyph(language: str, size: tuple[int, int]) -> None:
    shown = set(goldens.desk_golden(language, size).read_text(encoding="utf-8"))
    strange = {glyph for glyph in shown if ord(glyph) > 0xFF} - CONSOLE_GLYPHS
    assert not strange
    assert "█" in shown


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
def test_everybody_can_read_the_colours(tmp_path: Path, theme: str) -> None:
    """Every look of every widget on the desk, as Textual resolves it."""
    clock = FakeClock()
    clocks.use(clock)
    scenes.monday(tmp_path / "room.db", clock, "nl")

    async def contrasts() -> dict[str, float]:
        async with desk(tmp_path / "room.db") as here:
            here.app.theme = theme
            await here.pilot.pause()
            return {
                f"{widget.id or type(widget).__name__} {look}": _contrast(widget, look)
                for widget, look in itertools.product(here.app.screen.query(Lines), LOOKS)
            }

    found = asyncio.run(contrasts())
    needed = {name: CONTROL_CONTRAST if name.split()[-1] in CONTROLS else TEXT_CONTRAST for name in found}
    too_low = {name: round(ratio, 2) for name, ratio in found.items() if ratio < needed[name]}
    assert not too_low
    assert len(found) >= 8 * len(LOOKS)


def test_the_contrast_is_the_published_one() -> None:
    """Black on white is 21:1; grey #777777 on white is 4.48:1 (WCAG's own examples)."""
    white = Color.parse("#ffffff")
    assert _ratio(Color.parse("#000000"), white) == pytest.approx(21.0)
    assert _ratio(Color.parse("#777777"), white) == pytest.approx(4.48, abs=0.005)


def _contrast(widget: Lines, look: str) -> float:
    style = widget.style(look)
    assert style.color is not None
    assert style.bgcolor is not None
    return _ratio(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


def _ratio(one: Color, other: Color) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
