"""A wish is taken in with one line and Enter; a like one gets a "me too" in place of a twin."""

import re
from datetime import date, time
from pathlib import Path

import pytest

from db import planning, wishes
from db.board import cards
from db.planning import Plan
from hostdesk.dialogs.wish import WishDialog
from tests.dialogs.stand import SMALL, USUAL, Stand, tell


async def on_the_board(here: Stand) -> list[str]:
    """The texts of the wishes."""
    shown = await here.database.run(cards)
    return [card.title for column in shown.columns.values() for card in column]


async def contact_and_theme(here: Stand, wish: int) -> tuple[str, str]:
    contact = await here.database.run(lambda: wishes.contact_of(wish))
    shown = await here.database.run(cards)
    [theme] = [card.theme for column in shown.columns.values() for card in column]
    return contact[0] if contact else "", theme


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_one_line_and_enter_is_enough(room_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.sees("wens", "Enter", "Esc")
        await here.burst(*"Samen breien", "enter")
        assert await here.told() == "Wens 1 staat op het bord."
        assert await on_the_board(here) == ["Samen breien"]

    tell(room_file, story, size)


def test_the_screen_beneath_stays_in_sight(room_file: Path) -> None:
    """With its colours as they were."""

    async def story(here: Stand) -> None:
        assert "eronder" in here.app.export_screenshot()
        before = _look_of("eronder", here)
        await here.stands(WishDialog(here.database))
        assert _look_of("eronder", here) == before

    tell(room_file, story)


def _look_of(text: str, here: Stand) -> str:
    """How a text is drawn."""
    drawn = here.app.export_screenshot()
    [style] = re.findall(rf'class="[^"]*-(r\d+)"[^>]*>{text}<', drawn)
    return re.findall(rf"-{style} \{{([^}}]*)\}}", drawn)[0].strip()


def test_a_visitor_who_comes_in_right_after_enter_is_for_the_desk(room_file: Path) -> None:
    """The keys of one burst: the wish, Enter, and two who come in."""

    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.burst(*"Breien", "enter", "+", "+")
        await here.told()
        await here.until(lambda: here.app.came_through == ["plus", "plus"])
        assert await on_the_board(here) == ["Breien"]

    tell(room_file, story)


def test_a_burst_is_put_right_where_it_was_typed_wrong(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.burst(*"Breix", "backspace", *"en", "home", *"Samen ", "delete", "b", "end", "x")
        await here.burst("backspace", "enter")
        await here.told()
        assert await on_the_board(here) == ["Samen breien"]

    tell(room_file, story)


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_a_like_wish_gets_a_me_too(room_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Stand) -> None:
        await here.database.run(lambda: wishes.voice("Breiclub op dinsdag"))
        await here.stands(WishDialog(here.database))
        await here.type("samen breien")
        await here.sees("Breiclub op dinsdag")
        await here.press("down")
        await here.sees("→ 1 Breiclub")
        await here.press("enter")
        assert await here.told() == "“Ik ook” staat bij “Breiclub op dinsdag”: nu 1."
        assert await on_the_board(here) == ["Breiclub op dinsdag"]

    tell(room_file, story, size)


def test_a_me_too_in_one_burst_waits_for_what_is_like_it(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.database.run(lambda: wishes.voice("Breiclub op dinsdag"))
        await here.stands(WishDialog(here.database))
        await here.burst(*"breien", "down", "enter")
        assert "Ik ook" in str(await here.told())
        assert await on_the_board(here) == ["Breiclub op dinsdag"]

    tell(room_file, story)


def test_a_like_wish_that_is_met_already_says_when(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        def planned() -> None:
            wish = wishes.voice("Samen breien")
            planning.plan([wish], Plan("Breiclub", date(2026, 11, 24), time(14), time(16)))

        await here.database.run(planned)
        await here.stands(WishDialog(here.database))
        await here.type("breien")
        await here.sees("Samen breien · is er al: di 24-11 14:00")

    tell(room_file, story)


def test_a_digit_chooses_one_of_several_and_is_text_in_the_wish(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        for text in ("Schaken op zondag", "Schaken voor kinderen"):
            await here.database.run(lambda text=text: wishes.voice(text))
        await here.stands(WishDialog(here.database))
        await here.type("2 keer schaken")
        await here.sees("2 keer schaken", "• Schaken", "↓ of *")
        assert "1 Schaken" not in here.screen  # it would look like a key, and is text here
        await here.press("down")
        await here.sees("→ 1 Schaken", "2 Schaken", "Enter ik ook")
        [second] = [line for line in here.screen.splitlines() if line.strip().startswith("2 Schaken")]
        await here.burst("2")
        assert second.strip().removeprefix("2 ") in str(await here.told())

    tell(room_file, story)


def test_the_arrows_go_over_the_like_wishes_and_back(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        for text in ("Schaken op zondag", "Schaken voor kinderen"):
            await here.database.run(lambda text=text: wishes.voice(text))
        await here.stands(WishDialog(here.database))
        await here.type("schaken")
        await here.sees("• Schaken")
        await here.press("down", "down", "down")
        await here.sees("→ 2 Schaken")
        await here.press("up", "up")
        await here.type("?")
        await here.sees("schaken?")
        assert "→ 1" not in here.screen

    tell(room_file, story)


@pytest.mark.parametrize("star", ["asterisk", "multiply"])
def test_the_numeric_pad_adds_a_me_too(room_file: Path, star: str) -> None:
    """With its digits on it has no arrows; both names of its star lead to the like wishes."""

    async def story(here: Stand) -> None:
        await here.database.run(lambda: wishes.voice("Breiclub op dinsdag"))
        await here.stands(WishDialog(here.database))
        await here.burst(*"breien", star, "1")
        assert await here.told() == "“Ik ook” staat bij “Breiclub op dinsdag”: nu 1."
        assert await on_the_board(here) == ["Breiclub op dinsdag"]

    tell(room_file, story)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ([*"2*2 uur breien"], "2*2 uur breien"),  # after a number
        ([*"breien", "home", *"*1 "], "*1 breien"),  # within the text
        ([*"koken*1"], "koken*1"),  # nothing is like it
        ([*"breien", "*", "*", *"*1"], "breien*1"),  # there and back, and then it is text
        ([*"breien*", *" op 2 dagen"], "breien op 2 dagen"),  # who types on goes on with the text
        ([*"breien", "down", *"de vrouwen 1"], "breiende vrouwen 1"),
    ],
)
def test_a_star_and_a_digit_are_text_where_they_lead_nowhere(
    room_file: Path, typed: list[str], text: str
) -> None:
    async def story(here: Stand) -> None:
        await here.database.run(lambda: wishes.voice("Breien op dinsdag"))
        await here.stands(WishDialog(here.database))
        await here.burst(*typed, "enter")
        assert await here.told() == "Wens 2 staat op het bord."
        assert set(await on_the_board(here)) == {"Breien op dinsdag", text}

    tell(room_file, story)


def test_theme_and_contact_are_never_asked_and_one_tab_away(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        assert "Thema " not in here.screen
        await here.burst(*"Samen koken", "tab")
        await here.sees("Thema", "di 23 nov 2027")
        await here.burst("e", "tab", *"Annie, 06-1234", "enter")
        await here.told()
        assert await contact_and_theme(here, 1) == ("Annie, 06-1234", "eten")

    tell(room_file, story, SMALL)


def test_esc_keeps_the_draft(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        dialog = WishDialog(here.database)
        await here.stands(dialog)
        await here.burst(*"Iets met muz", "escape")
        assert await here.told() is None
        assert dialog.draft == "Iets met muz"
        await here.stands(WishDialog(here.database, dialog.draft))
        await here.burst(*"iek", "enter")
        await here.told()
        assert await on_the_board(here) == ["Iets met muziek"]

    tell(room_file, story)


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_what_was_left_half_typed_does_not_grow_together_with_the_next_wish(
    room_file: Path, size: tuple[int, int]
) -> None:
    """It is said, and one key empties the line; from the first letter on that key is Delete as ever."""

    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.sees("wens", "Esc")
        assert "half getypt" not in here.screen and "Del" not in here.screen
        await here.burst("escape")
        await here.told()

        await here.stands(WishDialog(here.database, "Iets met muz"))
        await here.sees("Dit was nog half getypt.", "Del")
        await here.burst("delete", *"Soep", "enter")
        await here.told()

        await here.stands(WishDialog(here.database, "Iets met muz"))
        await here.burst(*"iek")
        await here.until(lambda: "half getypt" not in here.screen, lambda: here.screen)
        await here.burst("home", "delete", *"i", "enter")
        await here.told()
        assert sorted(await on_the_board(here)) == ["Soep", "iets met muziek"]

    tell(room_file, story, size)


def test_a_wish_without_words_is_said_in_place(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.press("enter")
        await here.sees("Een wens heeft woorden nodig")
        await here.type("x")
        await here.until(lambda: "woorden nodig" not in here.screen)
        assert await on_the_board(here) == []

    tell(room_file, story)


def test_ten_thousand_characters_are_one_sentence_and_none_is_lost(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        dialog = WishDialog(here.database)
        await here.stands(dialog)
        await here.type("Wens: ")
        await here.paste("a" * 9_994)
        await here.sees("10000 tekens", "200")
        await here.press("enter")
        await here.pilot.pause()
        assert dialog.draft == "Wens: " + "a" * 9_994
        assert await on_the_board(here) == []

    tell(room_file, story)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("[bold]Thee[/] [/]", "[bold]Thee[/] [/]"),
        ("\x1b[31mThee\x1b]0;x\x07", "[31mThee]0;x"),
        ("Samen 🧶 en ☕", "Samen 🧶 en ☕"),
        ("לסרוג ביחד\u202e", "לסרוג ביחד"),
        ("Thee\nen koek\terbij", "Thee en koek erbij"),
    ],
)
def test_what_people_paste_is_text(room_file: Path, pasted: str, kept: str) -> None:
    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.paste(pasted)
        await here.press("enter")
        await here.told()
        assert await on_the_board(here) == [kept]
        await here.stands(WishDialog(here.database))
        await here.paste(pasted)
        await here.pilot.pause()

    tell(room_file, story)


def test_in_english(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.sees("A wish of a neighbour", "put on the board")
        await here.burst(*"Knitting", "enter")
        assert await here.told() == "Wish 1 is on the board."

    tell(room_file, story, language="en")
