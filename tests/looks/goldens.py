"""The looks that are kept: every screen as text, and the README's pictures.

`python -m tests.looks.goldens` makes them anew; look at the difference before you commit it.
"""

import asyncio
import contextlib
import io
import re
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

from db import clock as clocks
from hostdesk import cli
from tests.clocks import FakeClock
from tests.looks import scenes
from tests.looks.scenes import SCENES, Scene

HERE = Path(__file__).parent
TEXTS = HERE / "goldens"
PICTURES = HERE.parent / "pictures"

LANGUAGES = ("nl", "en")
LOOKS = [(scene, language, size) for scene in SCENES for language in LANGUAGES for size in scene.sizes]

PICTURED: tuple[tuple[str, Scene], ...] = (
    ("nl", scenes.DESK),
    ("en", scenes.DESK),
    ("nl", scenes.BOARD),
    ("nl", scenes.LOG),
    ("nl", scenes.FIGURES),
)
"""What the README shows, and in which language."""

REPORT = PICTURES / "report-nl.svg"
"""The README's picture of a report's first page."""

_LINES = 62
"""Of a page."""


def golden(scene: Scene, language: str, size: tuple[int, int]) -> Path:
    """Where the text of a screen is kept."""
    return TEXTS / f"{scene.name}-{language}-{size[0]}x{size[1]}.txt"


def picture(language: str, scene: Scene = scenes.DESK) -> Path:
    """Where the README's picture of a screen is kept."""
    return PICTURES / f"{scene.name}-{language}.svg"


def text(directory: Path, scene: Scene, language: str, size: tuple[int, int]) -> str:
    """The screen as text; its room is made in this empty directory."""
    return asyncio.run(_look(directory, scene, language, size))[0]


def svg(directory: Path, language: str, scene: Scene = scenes.DESK) -> str:
    """A screen on that Monday, as a picture that needs no font from elsewhere."""
    drawn = asyncio.run(_look(directory, scene, language, scene.picture))[1]
    return _without_fonts(drawn)


def report(directory: Path) -> str:
    """The first page of a report to the municipality about the same month, as a picture on white paper."""
    with contextlib.chdir(directory):
        clocks.use(clock := FakeClock())
        scenes.lifelike(Path("hostdesk.db"), clock, "nl")
        asked = ["report", "--month", "2027-02", "--for", "municipality", "--db", "hostdesk.db"]
        assert cli.main([*asked, "-o", "report.txt"]) == 0
    lines = (directory / "report.txt").read_text(encoding="utf-8").splitlines()[:_LINES]
    paper = Console(record=True, width=84, file=io.StringIO(), legacy_windows=False)
    paper.print(Text("\n".join(lines)))
    drawn = paper.export_svg(title="hostdesk report", theme=DEFAULT_TERMINAL_THEME, unique_id="report")
    return _without_fonts(drawn)


def _without_fonts(drawn: str) -> str:
    """The picture without fonts from elsewhere."""
    return re.sub(r"\s*@font-face \{.*?\}\n", "\n", drawn, flags=re.DOTALL)


async def _look(directory: Path, scene: Scene, language: str, size: tuple[int, int]) -> tuple[str, str]:
    async with scenes.standing(scene, directory, language, size) as here:
        return here.screen + "\n", here.app.export_screenshot(title="hostdesk")


def main() -> None:
    """Write all of them, and drop those of screens that are no more."""
    TEXTS.mkdir(exist_ok=True)
    PICTURES.mkdir(exist_ok=True)
    kept = {golden(*look) for look in LOOKS}
    for old in set(TEXTS.glob("*.txt")) - kept:
        old.unlink()
    for look in LOOKS:
        with tempfile.TemporaryDirectory() as directory:
            golden(*look).write_text(text(Path(directory), *look), encoding="utf-8")
    for shown in PICTURED:
        with tempfile.TemporaryDirectory() as directory:
            picture(*shown).write_text(svg(Path(directory), *shown), encoding="utf-8")
    with tempfile.TemporaryDirectory() as directory:
        REPORT.write_text(report(Path(directory)), encoding="utf-8")


if __name__ == "__main__":
    main()
