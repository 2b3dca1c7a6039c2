"""The looks that are kept: the desk as text, and the README's pictures.

`python -m tests.looks.goldens` makes them anew; look at the difference before you commit it.
"""

import asyncio
import re
import tempfile
from pathlib import Path

from db import clock as clocks
from tests.clocks import FakeClock
from tests.desks import desk
from tests.looks import scenes

HERE = Path(__file__).parent
PICTURES = HERE.parent / "pictures"

SIZES = ((80, 24), (64, 20), (132, 43))
LANGUAGES = ("nl", "en")
DESKS = [(language, size) for language in LANGUAGES for size in SIZES]

PICTURE_SIZE = (100, 30)


def desk_golden(language: str, size: tuple[int, int]) -> Path:
    """Where the desk's text is kept."""
    return HERE / "goldens" / f"desk-{language}-{size[0]}x{size[1]}.txt"


def desk_picture(language: str) -> Path:
    """Where the README's picture is kept."""
    return PICTURES / f"desk-{language}.svg"


def desk_text(directory: Path, language: str, size: tuple[int, int]) -> str:
    """The desk on that Monday, as text."""
    return asyncio.run(_look(directory, language, size))[0]


def desk_svg(directory: Path, language: str) -> str:
    """The desk on that Monday, as a picture that needs no font from elsewhere."""
    svg = asyncio.run(_look(directory, language, PICTURE_SIZE))[1]
    return re.sub(r"\s*@font-face \{.*?\}\n", "\n", svg, flags=re.DOTALL)


async def _look(directory: Path, language: str, size: tuple[int, int]) -> tuple[str, str]:
    clock = FakeClock()
    clocks.use(clock)
    file = directory / f"{language}-{size[0]}.db"
    scenes.monday(file, clock, language)
    async with desk(file, size, language) as here:
        return here.screen + "\n", here.app.export_screenshot(title="hostdesk")


def main() -> None:
    """Write all of them."""
    with tempfile.TemporaryDirectory() as directory:
        for language, size in DESKS:
            golden = desk_golden(language, size)
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(desk_text(Path(directory), language, size), encoding="utf-8")
    PICTURES.mkdir(exist_ok=True)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as directory:
            desk_picture(language).write_text(desk_svg(Path(directory), language), encoding="utf-8")


if __name__ == "__main__":
    main()
