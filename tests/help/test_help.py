"""F1 says what the keys do, and the door stays open meanwhile."""

import asyncio
from pathlib import Path

import pytest

from hostdesk.commands import keys
from hostdesk.screens.help import HelpScreen
from hostdesk.words import gettext
from tests.desks import Desk, desk
from tests.looks.test_looks import CONSOLE_GLYPHS

EVERY_DOOR_KEY = sorted({key for command in keys.AT_THE_DESK for key in command.keys} | {"0", "5"})
OPENS = {
    key
    for command in (
        keys.WISH,
        keys.ASK,
        keys.NOTE,
        keys.CLOSE,
        keys.BOARD,
        keys.LOG,
        keys.START,
        keys.ROSTER,
        keys.FIGURES,
    )
    for key in command.keys
}
"""The keys that bring something else in the place of the help."""


async def open_help(here: Desk) -> None:
    """Press F1."""
    await here.press("f1")
    await here.until(lambda: isinstance(here.app.screen, HelpScreen))
    await here.sees("Hulp")


async def whole_page(here: Desk) -> str:
    """Everything the help says, read down to its end."""
    await here.sees("Esc")
    read = "\n".join(here.screen.splitlines()[:-1])  # a sentence may go on below the key bar
    while ".log" not in here.screen.splitlines()[-2]:
        before = here.screen
        await here.press("down")
        await here.until(lambda: here.screen != before)  # noqa: B023
        read += "\n" + here.screen.splitlines()[-2]
    return read


def test_every_command_of_the_desk_stands_in_the_help(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_help(here)
            read = " ".join((await whole_page(here)).split())
            for command in keys.AT_THE_DESK:
                assert " ".join(keys.faces(command)) in read
                assert gettext(command.help).split(";")[0].split(":")[0] in read

    asyncio.run(story())


def test_it_says_where_things_are_kept_in_glyphs_that_every_console_has(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file, size=(120, 24)) as here:
            await open_help(here)
            read = "".join((await whole_page(here)).split())  # a long path stands on several lines
            for path in (room_file.name, f"{room_file.stem}-backups", f"{room_file.stem}.log"):
                assert path in read
            assert not {glyph for glyph in read if ord(glyph) > 0xFF} - CONSOLE_GLYPHS

    asyncio.run(story())


@pytest.mark.parametrize("key", ["escape", "f1", "question_mark", "f2"])
def test_it_closes(room_file: Path, key: str) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_help(here)
            await here.press(key)
            await here.sees("bezoeken vandaag")

    asyncio.run(story())


def test_a_visitor_who_comes_in_meanwhile_is_counted(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_help(here)
            await here.press("plus")
            await here.sees("Laatste: +1 om 14:07")
            assert (await here.today()).visits == 1

    asyncio.run(story())


def test_a_group_that_comes_in_meanwhile_is_counted_as_one(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_help(here)
            await here.press("1", "2", "plus", "minus")
            await here.sees("Laatste: -1", "+12")
            assert (await here.today()).visits == 12

    asyncio.run(story())


@pytest.mark.parametrize("key", EVERY_DOOR_KEY)
def test_no_key_of_the_door_is_kept_from_the_desk(room_file: Path, key: str) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_help(here)
            await here.press(key)
            await here.until(lambda: not any(isinstance(s, HelpScreen) for s in here.app.screen_stack))
            if key not in OPENS:
                await here.sees("vandaag")
                assert here.app.screen is here.app._desk

    asyncio.run(story())


def test_it_scrolls_by_keys_on_a_small_screen(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file, size=(64, 20)) as here:
            await open_help(here)
            top = here.screen
            await here.press("space")
            await here.until(lambda: here.screen != top)
            await here.press("home")
            await here.until(lambda: here.screen == top, lambda: here.screen)
            await here.press("end")
            await here.sees(".log")

    asyncio.run(story())


def test_a_path_is_inert_in_the_help() -> None:
    from hostdesk import help_words

    for says in (help_words.desk(Path("Za\x1b]0;al.db")), help_words.setup(Path("Za\x1b]0;al.db"))):
        assert any("Za]0;al" in note for note in says.notes)
        assert not [note for note in says.notes if "\x1b" in note]
