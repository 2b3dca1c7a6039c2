"""ctrl+p: what one can do here, in the room's language, and nothing of Textual's own."""

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.command import Hit
from textual.widgets.option_list import Option

from db import days, room, wishes
from db.errors import ReadOnly
from hostdesk.commands import keys
from hostdesk.screens.palette import Offers, Palette
from hostdesk.words import gettext
from tests.desks import Desk, desk
from tests.looks.test_looks import CONSOLE_GLYPHS

TALL = (80, 66)


async def open_palette(here: Desk, *typed: str) -> None:
    """Press ctrl+p and type."""
    await here.press("ctrl+p")
    await here.until(lambda: isinstance(here.app.screen, Palette) and here.app.focused)
    await here.press(*typed)


@pytest.mark.parametrize(
    ("language", "asks"), [("nl", "Wat wil je doen?"), ("en", "What do you want to do?")]
)
def test_it_offers_what_the_desk_can_do_and_no_more(room_file: Path, language: str, asks: str) -> None:
    async def story() -> None:
        async with desk(room_file, size=TALL, language=language) as here:
            await open_palette(here)
            offered = [gettext(command.label).capitalize() for command in keys.AT_THE_DESK]
            await here.sees(
                asks,
                *offered,
                gettext("Help"),
                gettext("Questions and advice"),
                gettext("Somebody new"),
                gettext("Light or dark"),
                gettext("Stop"),
            )
            titles = [command.title for command in here.app.get_system_commands(here.app._desk)]
            assert len(titles) == len(offered) + 5
            assert "creenshot" not in here.screen and "Theme" not in here.screen
            assert not {glyph for glyph in here.screen if ord(glyph) > 0xFF} - CONSOLE_GLYPHS

    asyncio.run(story())


def test_a_command_chosen_by_name_does_what_its_key_does(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file, size=TALL) as here:
            await open_palette(here, *"vrijwilliger")
            await here.until(lambda: "Groep" not in here.screen)
            await here.press("enter")
            await here.sees("Laatste: vrijwilliger +1")
            assert (await here.today()).volunteers == 1

    asyncio.run(story())


def test_a_word_of_the_explanation_finds_it_too(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file, size=TALL) as here:
            await open_palette(here, *"weggaan")
            await here.until(lambda: "Groep" not in here.screen)
            await here.press("enter")
            await here.sees("Laatste: -1")

    asyncio.run(story())


def test_it_has_a_title_and_a_key_bar_as_every_screen_has(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_palette(here)
            first, *_, last = here.screen.splitlines()
            assert "Alles wat je kunt doen" in first
            for key in ("Enter kies", "Esc terug", "↓ omlaag", "↑ omhoog", "F1 hulp"):
                assert key in last

    asyncio.run(story())


def test_an_arrow_marks_what_enter_does(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_palette(here)
            for command in keys.AT_THE_DESK[:3]:
                await here.sees(f" → {gettext(command.label).capitalize()}")
                assert here.screen.count("→") == 1
                await here.press("down")

    asyncio.run(story())


def test_the_help_of_the_desk_takes_its_place(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_palette(here)
            await here.press("f1")
            await here.sees("Hulp: de toetsen van de balie")
            await here.press("plus")
            await here.sees("Laatste: +1")

    asyncio.run(story())


@pytest.mark.parametrize("key", ["escape", "f2"])
def test_it_closes(room_file: Path, key: str) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_palette(here, "q")
            await here.press(key)
            await here.until(lambda: here.app.screen is here.app._desk)

    asyncio.run(story())


@pytest.mark.parametrize("key", ["f2", "f4"])
def test_what_is_chosen_as_another_key_takes_it_away_takes_nothing_else_away(
    room_file: Path, key: str
) -> None:
    """Textual does what was chosen some messages later, when the palette may have gone."""

    async def story() -> None:
        async with desk(room_file) as here:
            await open_palette(here, *"licht")
            await here.sees("Licht of donker")
            palette = here.app.screen
            assert isinstance(palette, Palette)
            await here.press(key)
            await here.until(lambda: here.app.screen is not palette)
            stands = here.app.screen
            palette._selected_command = Hit(1, "licht", here.app.action_change_look, text="licht")
            palette._list_visible = False
            palette._select_or_command()
            await here.pilot.pause()
            assert here.app.screen is stands

    asyncio.run(story())


def test_it_leaves_its_key_bar_in_sight_on_a_small_screen(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file, size=(64, 20)) as here:
            await open_palette(here)
            await here.press("up")
            await here.sees("(ctrl+q)", "F1 hulp")

    asyncio.run(story())


def test_nothing_found_is_said_in_our_words(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await open_palette(here, *"qqq")
            await here.sees("Niets gevonden")
            await here.press("enter")
            await here.sees("vandaag")
            assert (await here.database.run(days.today)).last is None

    asyncio.run(story())


@pytest.mark.parametrize("size", [(1, 1), (5, 5), (20, 3), (80, 24)])
def test_it_bears_a_window_of_any_size(room_file: Path, size: tuple[int, int]) -> None:
    async def story() -> None:
        async with desk(room_file, size=size) as here:
            await open_palette(here)
            await here.until(lambda: here.app.screen.query_one(Offers).option_count)
            await here.press("pagedown", "down", "pageup", "escape", "plus")
            assert (await here.today()).visits == 1

    asyncio.run(story())


@pytest.mark.parametrize("key", ["page_up", "page_down"])
def test_a_page_of_a_list_that_is_not_laid_out_yet(room_file: Path, key: str) -> None:
    """As when somebody is faster than the palette."""

    async def story() -> None:
        async with desk(room_file) as here:
            offers = Offers(Option("Komt"), Option("Gaat"))
            offers.display = False
            await here.app.screen.mount(offers)
            offers.highlighted = 0
            getattr(offers, f"action_{key}")()
            assert offers.highlighted == 0

    asyncio.run(story())


def test_the_look_changes_and_is_kept(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await here.app.action_change_look()
            assert here.app.theme == "light"
            assert (await here.database.run(room.current)).theme == "light"

    asyncio.run(story())


def test_a_look_that_cannot_be_kept_is_said(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_theme: str) -> None:
        raise ReadOnly(path=room_file)

    monkeypatch.setattr(room, "choose_theme", refuse)

    async def story() -> None:
        async with desk(room_file, size=(160, 24)) as here:
            await here.app.action_change_look()
            await here.sees("kan alleen")
            await here.press("plus")
            await here.sees("+1")

    asyncio.run(story())


def test_ctrl_c_says_how_to_stop(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await here.press("ctrl+c")
            await here.sees("Druk op ctrl+q")
            assert not {glyph for glyph in here.screen if ord(glyph) > 0xFF} - CONSOLE_GLYPHS

    asyncio.run(story())


def test_on_the_board_it_offers_the_keys_of_the_board_first(room_file: Path) -> None:
    """By what they do, with the key, and with what the help says of them."""

    async def story() -> None:
        async with desk(room_file, size=TALL) as here:
            await here.database.run(lambda: wishes.voice("Samen breien"))
            await here.press("f3")
            await here.sees("→  Samen breien")
            await open_palette(here)
            await here.sees("Merken  (*)", "Niet gelukt  (x)", "Advies  (a)", "Terug  (u)", "Wens  (w)")
            await here.press(*"ik ook")
            await here.sees("Nog een buurtbewoner heeft deze wens: ik ook.")
            await here.until(lambda: "Merken" not in here.screen)
            await here.press("enter")
            await here.sees("1× ik ook")

    asyncio.run(story())


def test_a_click_where_no_part_is_any_more_ends_nothing(room_file: Path) -> None:
    """The window became smaller between the press and what came of it."""

    async def story() -> None:
        async with desk(room_file) as here:
            await open_palette(here)
            palette = here.app.screen
            palette.post_message(events.Click(palette, 9, 99, 0, 0, 1, False, False, False))
            await here.press("escape")
            await here.sees("bezoeken vandaag", "+ komt")

    asyncio.run(story())
