"""Stories at the board: a volunteer looks, moves, marks and plans."""

import asyncio
from datetime import date, time
from pathlib import Path

import pytest

from db import advice, board, connection, course, planning, sessions, wishes
from db.planning import Plan
from db.room import Room
from db.states import Kind, State
from hostdesk.widgets.card_column import CardColumn
from hostdesk.widgets.key_bar import KeyBar
from tests.board.boards import Board, at_the_board, states, story
from tests.board.plans import planned
from tests.clocks import FakeClock, at

WIDE = (132, 43)
BOARD_KEYS = ("Enter", ">", "<", "m", "p", "*", "a", "x", "/", "t", "u", "Esc")
"""What stands on the keys of the board."""


def test_a_board_without_cards_says_what_to_do(room_file: Path) -> None:
    async def told(here: Board) -> None:
        await here.sees("Er staat nog niets op het bord.", "Druk op w")

    story(room_file, told)


@pytest.mark.parametrize(
    ("size", "said"),
    [((80, 24), "vrijwilliger  1× · 37 deelnames"), ((64, 20), "vrijwilliger  37 deelnames")],
)
def test_how_many_took_part_stands_whole_on_a_narrow_board(
    room_file: Path, clock: FakeClock, size: tuple[int, int], said: str
) -> None:
    connection.open(room_file)
    wish = wishes.voice("Samen breien", by="Anja", theme="creatief")
    for _ in range(10):
        wishes.me_too(wish)
    activity, (meeting, *_) = planned(wish, theme="creatief")
    clock.go_on_until(at("2026-11-25 10:00"))
    sessions.attend(meeting, 37)
    course.move(Kind.ACTIVITY, activity, State.DONE)
    connection.close()

    async def told(here: Board) -> None:
        await here.press("end", *["right"] * 4)
        await here.sees("[Geweest 1]", "Breiclub", said)
        assert "…" not in here.screen

    story(room_file, told, size)


def test_a_question_about_a_wish_is_marked_on_what_came_of_it(room_file: Path) -> None:
    """Whoever answers looks for the marks, and the wish has no card of its own any more."""
    connection.open(room_file)
    wish = wishes.voice("Samen breien", by="Anja")
    advice.ask("Wie betaalt de wol?", about=Kind.WISH, number=wish, by="Anja")
    planned(wish)
    connection.close()

    async def told(here: Board) -> None:
        await here.press("right", "right")
        await here.sees("→  Breiclub", "? advies")

    story(room_file, told)


def test_a_volunteer_moves_a_wish_to_the_next_column(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.sees("[Wens binnen 2]", "→  Schaken aan de grote tafel")
        await here.press("greater_than_sign")
        await here.sees("[In verkenning 2]", "“Schaken aan de grote tafel”: in verkenning.")

    story(room_file, told)
    assert states(room_file)["Schaken aan de grote tafel"] is State.EXPLORING


def test_shift_and_an_arrow_move_it_back(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("right")
        await here.sees("→  Wandelen in de wijk")
        await here.press("shift+left")
        await here.sees("[Wens binnen 3]", "→  Wandelen in de wijk")

    story(room_file, told)
    assert states(room_file)["Wandelen in de wijk"] is State.RECEIVED


def test_a_move_that_the_board_does_not_know_is_refused_in_a_sentence(
    room_file: Path, filled: dict[str, int]
) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right")
        await here.sees("→  Koffie met de wijkagent")
        await here.press("greater_than_sign")
        await here.sees("Het loopt zodra de eerste bijeenkomst geweest is", "[Gepland 1]")
        await here.press("less_than_sign")
        await here.sees("Een activiteit wordt niet weer een wens.", "[Gepland 1]")

    story(room_file, told)


def test_a_wish_that_is_worked_out_goes_on_by_being_planned(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "greater_than_sign")
        await here.until(lambda: here.app.asked == [(filled["walk"],)])

    story(room_file, told)
    assert states(room_file)["Wandelen in de wijk"] is State.EXPLORING


@pytest.mark.parametrize("done", [True, False])
def test_whoever_plans_a_wish_goes_along_to_its_activity(
    room_file: Path, filled: dict[str, int], done: bool
) -> None:
    async def told(here: Board) -> None:
        await here.sees("→  Schaken aan")
        await here.press("p")
        await here.until(lambda: here.app.asked)
        [numbers] = here.app.asked
        if done:  # what the form does, which stands over the board
            await here.database.run(lambda: planned(*numbers, title="Breiclub"))
        here.app.board.on_screen_resume()
        if done:
            await here.sees("→  Breiclub", "[Gepland 2]")
        else:
            await here.database.run(lambda: planned(title="Van een ander"))
            here.app.board.read()
            await here.sees("Gepland 2", "→  Schaken aan")

    story(room_file, told)


def test_what_is_not_feasible_is_asked_why(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("x")
        await here.until(
            lambda: here.app.asked == [("not feasible", Kind.WISH, filled["chess"], State.RECEIVED, 0)]
        )

    story(room_file, told)


def test_advice_is_asked_about_the_card(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("a")
        asked = ("ask", Kind.WISH, filled["chess"], "Schaken aan de grote tafel")
        await here.until(lambda: here.app.asked == [asked])

    story(room_file, told)


def test_two_screens_move_the_same_card_and_the_second_is_told(
    room_file: Path, filled: dict[str, int]
) -> None:
    """The one who was second sees where the card is now, and nothing is lost."""

    async def told(here: Board) -> None:
        move = lambda: course.move(Kind.WISH, filled["chess"], State.EXPLORING, by="Ben")  # noqa: E731
        await here.database.run(move)  # another screen did; this one has not heard of it yet
        await here.press("greater_than_sign")
        await here.sees("Iemand anders verplaatste dit net naar “in verkenning”.", "In verkenning 2")
        assert here.app.asked == []

    story(room_file, told)
    assert states(room_file)["Schaken aan de grote tafel"] is State.EXPLORING


def test_presses_in_a_row_follow_each_other(room_file: Path, filled: dict[str, int]) -> None:
    """On, back and on again, faster than the disk: the card ends where the last press puts it."""

    async def told(here: Board) -> None:
        await here.press("greater_than_sign", "less_than_sign", "greater_than_sign")
        await here.until(lambda: here.app.board._piles.at is State.EXPLORING)
        await here.sees("[In verkenning 2]")

    story(room_file, told)
    assert states(room_file)["Schaken aan de grote tafel"] is State.EXPLORING


def test_one_more_neighbour_wants_it(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("m", "m")
        await here.sees("2× ik ook")

    story(room_file, told)


def test_several_wishes_are_marked_and_planned_together(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("space", "down", "asterisk")
        await here.sees("2 gemerkt", "→* Samen breien", " * Schaken")
        await here.press("p")
        await here.until(lambda: here.app.asked == [(filled["chess"], filled["knit"])])

    story(room_file, told)


def test_a_marked_wish_that_is_out_of_sight_is_named(room_file: Path, filled: dict[str, int]) -> None:
    """In another column, or left out by what is looked for: p would plan it too."""

    async def told(here: Board) -> None:
        await here.press("space", "right", "space")
        await here.sees("2 gemerkt; p plant ze samen · niet in beeld: Schaken aan de grote tafel")
        await here.press("left")
        await here.sees("niet in beeld: Wandelen in de wijk")
        await here.press("slash", *"brei", "enter")
        await here.sees("niet in beeld: Schaken")
        await here.press("escape", "up", "space")
        await here.sees("1 gemerkt; p plant deze · niet in beeld: Wandelen in de wijk")

    story(room_file, told)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_key_of_the_board_is_on_its_bar(
    room_file: Path, filled: dict[str, int], size: tuple[int, int], language: str
) -> None:
    async def happens() -> None:
        async with at_the_board(room_file, size, language) as here:
            bar = " ".join(here.screen.splitlines()[-2:]).split()
            assert [face for face in BOARD_KEYS if face not in bar] == [], here.screen
            x = here.screen.splitlines()[-1].index(" * ") + 1
            await here.pilot.click(KeyBar, offset=(x, 1))
            await here.sees("→* ")

    asyncio.run(happens())


def test_on_a_wide_terminal_the_keys_take_one_line(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        bar = here.screen.splitlines()[-1].split()
        assert [face for face in BOARD_KEYS if face not in bar] == [], here.screen

    story(room_file, told, (160, 43))


def test_an_activity_is_not_marked(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "space")
        await here.sees("Je kunt alleen wensen merken")

    story(room_file, told)


def test_a_press_on_a_column_that_a_smaller_window_put_away_is_let_be(
    room_file: Path, filled: dict[str, int]
) -> None:
    """The press and the new size cross: it is on its way when the column goes."""

    async def told(here: Board) -> None:
        view = here.app.board._view
        last = view._columns[-1]
        for press in (CardColumn.Pressed(last, 0), CardColumn.Scrolled(last, 1)):
            last.post_message(press)
        await here.pilot.pause()
        before = here.screen
        await here.press("right", "left")
        assert here.screen == before

    story(room_file, told, (80, 24))


def test_on_a_small_terminal_the_tabs_show_where_there_are_more(
    room_file: Path, filled: dict[str, int]
) -> None:
    async def told(here: Board) -> None:
        await here.sees("[Wensen 2]", "→\n")
        await here.press(*["right"] * 3)
        await here.sees(" ← ", "[Loopt 0]")
        await here.press(*["right"] * 2)
        await here.sees(" ← ", "[Niet gelukt 0]")

    story(room_file, told, (64, 20))


def test_side_by_side_all_columns_are_reached(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.sees("Wens binnen", "Loopt", "Geweest 0 · Niet gelukt 0 →")
        await here.press(*["right"] * 5)
        await here.sees("← Wens binnen 2 · In verkenning 1", "Alles is nog gelukt.")

    story(room_file, told, WIDE)


def test_a_card_comes_to_stay_where_it_is_when_others_come(room_file: Path, filled: dict[str, int]) -> None:
    """The focus, what can be seen and the marks stay when another process writes."""

    async def told(here: Board) -> None:
        await here.press("down", "space")
        await here.sees("→* Samen breien")
        await here.database.run(lambda: wishes.voice("Een moestuin"))
        here.app.board.read()
        await here.sees("[Wens binnen 3]", "→* Samen breien", "Een moestuin")

    story(room_file, told)


def test_what_people_wrote_moves_and_colours_nothing(room_file: Path, room: Room) -> None:
    wishes.voice("[/] [red]rood[/red] \u202eomgekeerd", theme="[bold]")
    connection.close()

    async def told(here: Board) -> None:
        await here.sees("[/] [red]rood[/red] omgekeerd", "[bold]")
        await here.press("enter")
        await here.sees("[/] [red]rood[/red] omgekeerd")

    story(room_file, told)


def test_a_board_that_is_being_taken_down_may_still_be_told_what_changed(
    room_file: Path, filled: dict[str, int]
) -> None:
    async def told(here: Board) -> None:
        await here.app.board.query("*").remove()  # the program ends: its widgets go before the screen does
        here.app.board.read()
        await here.app.workers.wait_for_complete()
        assert not here.app.board._message

    story(room_file, told)


def test_what_was_done_last_is_taken_back_and_nothing_else(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("u")
        await here.sees("Er is op het bord niets om terug te nemen.")
        await here.press("m", "greater_than_sign")
        await here.sees("[In verkenning 2]")
        await here.press("u")
        await here.sees("Teruggenomen.", "[Wens binnen 2]", "→  Schaken", "1× ik ook")
        await here.press("backspace")
        await here.sees("één minder voor “Schaken aan de grote tafel”, nu 0")
        await here.press("u")
        await here.sees("Er is op het bord niets om terug te nemen.")

    story(room_file, told)
    assert states(room_file)["Schaken aan de grote tafel"] is State.RECEIVED


def test_what_somebody_else_moved_since_is_not_taken_back(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("greater_than_sign")
        await here.sees("[In verkenning 2]")
        give_up = lambda: course.move(Kind.WISH, filled["chess"], State.NOT_FEASIBLE, reason="dicht")  # noqa: E731
        await here.database.run(give_up)
        await here.press("u")
        await here.sees("Iemand anders verplaatste dit net naar “niet gelukt”.")

    story(room_file, told)
    assert states(room_file)["Schaken aan de grote tafel"] is State.NOT_FEASIBLE


def test_what_stops_is_known_before_it_is_confirmed(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "x")
        await here.until(lambda: here.app.asked == [("not feasible", Kind.ACTIVITY, 1, State.PLANNED, 1)])

    story(room_file, told)


def test_the_first_column_is_the_beginning(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("less_than_sign")
        await here.sees("Dit is de eerste kolom: het staat aan het begin.")

    story(room_file, told)


def test_who_looks_at_a_wish_that_is_planned_goes_along(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("enter")
        await here.sees("4 plan")
        plan = Plan("Schaakclub", date(2026, 11, 24), time(14), time(16))
        await here.database.run(lambda: planning.plan([filled["chess"]], plan))
        here.app.screen.read()  # type: ignore[attr-defined]
        await here.sees("Schaakclub", "9 deze bijeenkomst…")

    story(room_file, told)


def test_a_bug_while_the_board_is_read_is_logged_and_said(
    room_file: Path, filled: dict[str, int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(past: int | None = None) -> None:
        raise ZeroDivisionError

    async def told(here: Board) -> None:
        monkeypatch.setattr(board, "cards", breaks)
        here.app.board.read()
        await here.sees("Er ging iets mis")

    story(room_file, told)
    assert "ZeroDivisionError" in caplog.text
