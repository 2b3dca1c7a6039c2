"""Stories at a board that shows less, or more: words, a theme, and what is past."""

from pathlib import Path

import pytest

from db import board, connection, course, wishes
from db.room import Room
from db.states import Kind, State
from tests.board.boards import Board, story
from tests.clocks import FakeClock


def test_what_is_typed_after_a_slash_is_looked_for(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("slash", *"brei")
        await here.sees("Zoek: brei", "1 kaart ", "→  Samen breien")
        assert "Schaken" not in here.screen
        await here.press("enter")
        await here.sees("gevonden met “brei”: 1")
        await here.press("escape")
        await here.sees("Schaken", "Samen breien")

    story(room_file, told)


def test_the_keys_of_the_board_are_letters_while_one_types(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("slash", *"xampt?")
        await here.sees("Zoek: xampt?")
        assert here.app.asked == []
        await here.press("backspace", "escape")
        await here.sees("[Wens binnen 2]", "→  Schaken")

    story(room_file, told)


def test_accents_and_capitals_do_not_matter_to_who_looks(room_file: Path, room: Room) -> None:
    wishes.voice("Een Repair Café")
    wishes.voice("Schaken")
    connection.close()

    async def told(here: Board) -> None:
        await here.press("slash", *"cafe repair")
        await here.sees("→  Een Repair Café", "1 kaart ")

    story(room_file, told)


def test_one_theme_after_another(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("t")
        await here.sees("thema: bewegen", "Wandelen")
        await here.press("t")
        await here.sees("thema: creatief", "Samen breien")
        assert "Schaken" not in here.screen
        await here.press("escape")
        await here.sees("Samen breien", "Schaken")

    story(room_file, told)


@pytest.fixture
def much_past(room: Room, clock: FakeClock) -> int:
    """Thirty wishes that did not work out; the number that is folded."""
    for n in range(30):
        wish = wishes.voice(f"Wens {n}")
        course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="geen plek")
        clock.go_on(hours=1)
    connection.close()
    return 30 - board.PAST_SHOWN


def test_old_cards_fold_and_open(room_file: Path, much_past: int) -> None:
    async def told(here: Board) -> None:
        await here.press(*["right"] * 5, "end")
        await here.sees("[Niet gelukt 30]", f"→  en nog {much_past} oudere")
        await here.press("enter")
        await here.until(lambda: "en nog" not in here.screen, lambda: here.screen)
        await here.press("end")
        await here.sees("→  Wens 0", "geen plek")

    story(room_file, told)


def test_old_cards_are_found_too_and_fold_again(room_file: Path, much_past: int) -> None:
    async def told(here: Board) -> None:
        await here.press("slash", *"wens 1")
        await here.sees("[Niet gelukt 11]", "   Wens 18")
        await here.press("escape", "end")
        await here.sees("en nog")

    story(room_file, told)


def test_old_cards_fold_again_with_esc(room_file: Path, much_past: int) -> None:
    async def told(here: Board) -> None:
        await here.press(*["right"] * 5, "end", "enter")
        await here.sees("Esc vouwt ze weer op")
        assert here.app.board._past is None
        await here.press("escape")
        await here.sees("[Niet gelukt 30]")
        assert here.app.board._past == board.PAST_SHOWN

    story(room_file, told)
