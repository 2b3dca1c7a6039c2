"""How every screen looks: kept as text, in glyphs every console has, in colours everybody can read."""

import asyncio
import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.color import Color

from hostdesk.themes import THEMES
from hostdesk.widgets.lines import LOOKS, Lines
from tests.looks import contrast, goldens, scenes
from tests.looks.contrast import Piece
from tests.looks.scenes import SCENES, Scene

CONSOLE_GLYPHS = set("─│┌┐└┘├┤┬┴┼═║╔╗╚╝╭╮╯╰░▒█■•→←↑↓…×–“”€·")
"""What Linux console fonts have beside ASCII and accented letters (KNOWN: measured)."""

CONTROLS = {"bar", "average"}
"""Looks of what is drawn, and not read."""

ENOUGH_IN_16_COLOURS = 4.5
"""WCAG 2.2, 1.4.3: the nearest of sixteen colours is not a colour of ours."""

every_look = pytest.mark.parametrize(
    ("scene", "language", "size"),
    [pytest.param(*look, id=goldens.golden(*look).stem) for look in goldens.LOOKS],
)
every_scene = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
every_theme = pytest.mark.parametrize("theme", [theme.name for theme in THEMES])


@every_look
def test_a_screen_looks_as_it_did(tmp_path: Path, scene: Scene, language: str, size: tuple[int, int]) -> None:
    """When it should look otherwise: `python -m tests.looks.goldens`, and look at the difference."""
    kept = goldens.golden(scene, language, size).read_text(encoding="utf-8")
    assert goldens.text(tmp_path, scene, language, size) == kept


def test_no_look_is_kept_of_a_screen_that_is_no_more() -> None:
    assert set(goldens.TEXTS.iterdir()) == {goldens.golden(*look) for look in goldens.LOOKS}


@pytest.mark.parametrize(
    ("language", "scene"),
    [pytest.param(*shown, id=goldens.picture(*shown).stem) for shown in goldens.PICTURED],
)
def test_the_readmes_pictures_are_the_screens(tmp_path: Path, language: str, scene: Scene) -> None:
    kept = goldens.picture(language, scene).read_text(encoding="utf-8")
    assert goldens.svg(tmp_path, language, scene) == kept


def test_the_readmes_report_is_what_the_command_gives(tmp_path: Path) -> None:
    assert goldens.report(tmp_path) == goldens.REPORT.read_text(encoding="utf-8")


@every_look
def test_console_fonts_have_every_glyph(scene: Scene, language: str, size: tuple[int, int]) -> None:
    shown = set(goldens.golden(scene, language, size).read_text(encoding="utf-8"))
    assert not {glyph for glyph in shown if ord(glyph) > 0xFF} - CONSOLE_GLYPHS


def test_the_number_is_drawn_from_the_block_that_every_font_has() -> None:
    for language, size in itertools.product(goldens.LANGUAGES, scenes.DESK.sizes):
        assert "█" in goldens.golden(scenes.DESK, language, size).read_text(encoding="utf-8")


@every_scene
@every_theme
def test_everybody_can_read_what_a_screen_shows(tmp_path: Path, scene: Scene, theme: str) -> None:
    """In the theme's colours, and on a console of sixteen."""
    shown = _shown(scene, tmp_path, theme)
    assert not _hard_to_read(shown)
    in_16 = {piece.text.strip(): piece.ratio_in_16_colours for piece in shown}
    assert not {text: found for text, found in in_16.items() if found < ENOUGH_IN_16_COLOURS}


@every_scene
@every_theme
def test_everybody_can_read_it_without_colours(
    tmp_path: Path, scene: Scene, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In shades of grey, as NO_COLOR asks."""
    monkeypatch.setenv("NO_COLOR", "1")
    shown = _shown(scene, tmp_path, theme)
    assert not _hard_to_read(shown)
    assert {_is_grey(color) for piece in shown for color in piece.colors} == {True}


@every_scene
@every_theme
def test_every_look_of_every_part_can_be_read(tmp_path: Path, scene: Scene, theme: str) -> None:
    """Also the looks that do not stand there just now."""

    async def ratios() -> dict[str, tuple[float, float]]:
        async with scenes.standing(scene, tmp_path, "nl", theme=theme) as here:
            return {
                f"{widget.id or type(widget).__name__} {look}": (
                    Piece("text", widget.style(look)).ratio,
                    contrast.CONTROL if look in CONTROLS else contrast.TEXT,
                )
                for widget, look in itertools.product(here.app.screen.query(Lines), LOOKS)
            }

    found = asyncio.run(ratios())
    assert not {name: round(ratio, 2) for name, (ratio, needed) in found.items() if ratio < needed}
    assert len(found) >= len(LOOKS)


def test_the_contrast_is_the_published_one() -> None:
    """Black on white is 21:1; grey #777777 on white is 4.48:1 (WCAG's own examples)."""
    white = Color.parse("#ffffff")
    assert contrast.ratio(Color.parse("#000000"), white) == pytest.approx(21.0)
    assert contrast.ratio(Color.parse("#777777"), white) == pytest.approx(4.48, abs=0.005)


def _shown(scene: Scene, directory: Path, theme: str) -> set[Piece]:
    """What stands on the screen, each text in each style once."""

    async def look() -> set[Piece]:
        async with scenes.standing(scene, directory, "nl", theme=theme) as here:
            return set(contrast.pieces(here.app.screen))

    return asyncio.run(look())


def _hard_to_read(shown: Iterable[Piece]) -> dict[str, float]:
    return {piece.text.strip(): round(piece.ratio, 2) for piece in shown if piece.ratio < piece.needed}


def _is_grey(color: Color) -> bool:
    return color.r == color.g == color.b
