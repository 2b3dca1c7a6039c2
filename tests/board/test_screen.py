"""Stories at the board: a volunteer looks, moves, finds, marks and plans."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, time
from pathlib import Path

import pytest

from db import board, connection, course, planning, sessions, wishes
from db.planning import Plan
from db.recurrence import Repeat
from db.room import Room
from db.states import Kind, Lead, SessionState, State
from hostdesk.widgets.card_column import CardColumn
from hostdesk.widgets.key_bar import KeyBar
from tests.board.boards import Board, at_the_board
from tests.board.plans import planned
from tests.clocks import FakeClock, at

WIDE = (132, 43)

BOARD_KEYS = ("Enter", ">", "<", "m", "p", "*", "a", "x", "/", "t", "u", "Esc")
"""What stands on the keys of the board."""


@pytest.fixture
def filled(room: Room, clock: FakeClock) -> dict[str, int]:
    """Three wishes, one of which is being explored, and an activity that begins tomorrow."""
    found = {
        "knit": wishes.voice("Samen breien", theme="creatief", by="Anja"),
        "chess": wishes.voice("Schaken aan de grote tafel", theme="ontmoeten", by="Anja"),
        "walk": wishes.voice("Wandelen in de wijk", theme="bewegen", by="Ben"),
    }
    course.move(Kind.WISH, found["walk"], State.EXPLORING)
    plan = Plan(
        "Koffie met de wijkagent", date(2026, 11, 24), time(10), time(11), capacity=20, theme="ontmoeten"
    )
    planning.plan([], plan, by="Ben")
    connection.close()
    return found


def story(
    file: Path, told: Callable[[Board], Coroutine[None, None, None]], size: tuple[int, int] = (80, 24)
) -> None:
    """Somebody at the board of this room."""

    async def happens() -> None:
        async with at_the_board(file, size) as here:
            await told(here)

    asyncio.run(happens())


def states(file: Path) -> dict[str, State]:
    """Where each wish stands, by its words."""
    connection.open(file)
    found = {one.text: one.state for one in board.everything().wishes}
    connection.close()
    return found


def test_a_board_without_cards_says_what_to_do(room_file: Path) -> None:
    async def told(here: Board) -> None:
        await here.sees("Er staat nog niets op het bord.", "Druk op w")

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


def test_the_whole_thread_can_be_read(room_file: Path, room: Room, clock: FakeClock) -> None:
    """From the wish to how many came, with who did what."""
    wish = wishes.voice("Samen breien", by="Anja", contact="06-12345678")
    plan = Plan("Breiclub", date(2026, 11, 23), time(14), time(16), theme="creatief", lead=Lead.NEIGHBOUR)
    planning.plan([wish], plan, by="Ben")
    sessions.attend(board.everything().activities[0].sessions[0].id, 9, how="gezellig", by="Carla")
    connection.close()

    async def told(here: Board) -> None:
        await here.press(*["right"] * 4, "enter")
        await here.sees(
            "Wens 1", "Samen breien", "via Anja", "06-12345678", "Breiclub", "begeleider: buurtbewoner"
        )
        await here.sees("9 deelnames · gezellig")
        await here.press("end")
        await here.sees("bijeenkomst geweest · 9 · Carla")

    story(room_file, told, (80, 43))


def test_the_numeric_pad_alone_moves_opens_and_counts(room_file: Path, room: Room, clock: FakeClock) -> None:
    """6 goes to the column, Enter opens, Enter again takes the session, 1 its number, 0 goes back."""
    planning.plan([], Plan("Breiclub", date(2026, 11, 24), time(14), time(16)))
    clock.set_to(at("2026-11-24 16:30"))
    connection.close()

    async def told(here: Board) -> None:
        await here.press("6", "6", "enter")
        await here.sees("9 deze bijeenkomst…")
        await here.press("enter", "1")
        await here.sees("Deelnemers")
        await here.press("1", "2", "enter")
        await here.sees("12 deelnames", "Breiclub: 12 deelnemers.")
        await here.press("0", "0")
        await here.sees("Activiteitenbord", "Geweest 1")

    story(room_file, told)


def test_a_session_does_not_go_on_with_a_reason_and_is_left_alone_with_esc(
    room_file: Path, filled: dict[str, int]
) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "enter", "enter")
        await here.sees("── morgen 10:00 ──", "3 gaat niet door")
        await here.press("3")
        await here.sees("Koffie met de wijkagent · di 24 nov 2026 10:00 · gaat niet door")
        await here.press("escape")
        await here.sees("gepland", "3 gaat niet door")
        await here.press("3", *"ziek", "enter")
        await here.sees("gaat niet door · ziek", "Opgeschreven.")

    story(room_file, told)
    connection.open(room_file)
    [session] = board.everything().activities[0].sessions
    assert (session.state, session.reason) == (SessionState.CANCELLED, "ziek")


@pytest.fixture
def weekly(room: Room, clock: FakeClock) -> None:
    """A club of thirty weeks, of which twelve have been."""
    planning.plan([], Plan("Breiclub", date(2026, 8, 31), time(15), time(16), repeat=Repeat.WEEKLY, times=30))
    connection.close()


def chosen_session(here: Board) -> str:
    """The day of the session at which the arrow stands, as the screen shows it."""
    return here.line("  → ").split("→")[1].split("  ")[0].strip()


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_the_thread_opens_at_the_session_that_matters_now_and_goes_from_one_to_the_other(
    room_file: Path, weekly: None, size: tuple[int, int]
) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "enter")
        await here.sees("→ ma 23 nov       15:00–16:00")
        for key, day in (("2", "30 nov"), ("down", "7 dec"), ("8", "30 nov"), ("up", "23 nov")):
            await here.press(key)
            await here.until(lambda day=day: day in chosen_session(here), lambda: here.screen)
        await here.press(*["8"] * 12)
        await here.until(lambda: "31 aug" in chosen_session(here), lambda: here.screen)
        await here.press("8", "8", "8", "8")
        await here.sees("Activiteit 1")

    story(room_file, told, size)


def test_a_thread_is_all_in_sight_when_the_window_grows(room_file: Path, weekly: None) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "enter")
        await here.sees("→ ma 23 nov")
        await here.press("end")
        await here.sees("Wat er gebeurde")
        await here.pilot.resize_terminal(80, 100)
        await here.sees("Activiteit 1", "→ ma 23 nov", "Wat er gebeurde")

    story(room_file, told, (80, 24))


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


def test_from_a_session_on_none_goes_on(room_file: Path, weekly: None) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "enter", "2", "enter", "3")
        await here.sees("1 deze", "2 alle 17 vanaf hier")
        await here.press("2", "enter", *"vakantie", "enter")
        await here.sees("17 komende bijeenkomsten", "gaat niet door · vakantie")
        await here.press("u")
        await here.sees("niet terug te nemen met u")

    story(room_file, told)
    connection.open(room_file)
    found = [one.state for one in board.everything().activities[0].sessions]
    assert found == [SessionState.PLANNED] * 13 + [SessionState.CANCELLED] * 17


def test_a_choice_in_the_thread_does_what_its_key_does(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("enter")
        await here.sees("1 verder", "3 nog iemand")
        await here.press("3")
        await here.sees("1× ik ook")
        await here.press("1")
        await here.sees("In verkenning")
        await here.press("5")
        await here.until(lambda: here.app.asked != [])
        await here.press("4")
        await here.until(lambda: here.app.asked[-1] == (filled["chess"],))

    story(room_file, told)
    assert states(room_file)["Schaken aan de grote tafel"] is State.EXPLORING


def test_the_thread_offers_no_move_that_can_only_be_refused(
    room_file: Path, filled: dict[str, int], clock: FakeClock
) -> None:
    """And the key of the board still says why not."""

    async def told(here: Board) -> None:
        await here.press("right", "right", "enter")
        await here.sees("Koffie met de wijkagent", "3 nog iemand", "6 niet gelukt")
        assert "1 verder" not in here.screen and "7 terug" not in here.screen
        await here.press("1", "7", "greater_than_sign")
        await here.sees("Het loopt zodra de eerste bijeenkomst geweest is")
        await here.press("less_than_sign")
        await here.sees("Een activiteit wordt niet weer een wens.")
        clock.go_on(days=30)
        await here.database.run(lambda: sessions.attend(1, 5))
        here.app.screen.read()  # type: ignore[attr-defined]
        await here.sees("Geweest", "1 verder", "7 terug")
        await here.press("7")
        await here.sees("Loopt", "1 verder")
        assert "7 terug" not in here.screen

    story(room_file, told)


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


def test_the_session_that_was_asked_about_is_the_one_that_is_cancelled(
    room_file: Path, room: Room, clock: FakeClock
) -> None:
    """The minute in which it begins comes while the question stands: next week's goes on."""
    weekly = Plan("Breiclub", date(2026, 11, 23), time(15), time(16), repeat=Repeat.WEEKLY, times=3)
    planning.plan([], weekly)
    connection.close()

    async def told(here: Board) -> None:
        await here.press("right", "right", "enter", "enter")
        await here.sees("── vandaag 15:00 ──", "3 gaat niet door")
        thread = here.app.screen
        await here.press("3")
        await here.sees("15:00 · gaat niet door")
        clock.set_to(at("2026-11-23 16:01"))
        thread.read()  # type: ignore[attr-defined]
        await here.sees("15:00 · gaat niet door")
        await here.press("enter", "enter")
        await here.sees("Opgeschreven.")

    story(room_file, told)
    connection.open(room_file)
    found = [one.state for one in board.everything().activities[0].sessions]
    assert found == [SessionState.CANCELLED, SessionState.PLANNED, SessionState.PLANNED]


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


def test_a_number_and_a_cancelled_session_are_taken_back_where_they_were_said(
    room_file: Path, filled: dict[str, int]
) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "enter", "enter")
        await here.sees("3 gaat niet door")
        await here.press("3", "enter")
        await here.sees("u neemt het terug.")
        await here.press("slash")
        await here.sees("Teruggenomen.", "gepland")

    story(room_file, told)
    connection.open(room_file)
    assert board.everything().activities[0].sessions[0].state is SessionState.PLANNED


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


def test_old_cards_fold_again_with_esc(room_file: Path, much_past: int) -> None:
    async def told(here: Board) -> None:
        await here.press(*["right"] * 5, "end", "enter")
        await here.sees("Esc vouwt ze weer op")
        assert here.app.board._past is None
        await here.press("escape")
        await here.sees("[Niet gelukt 30]")
        assert here.app.board._past == board.PAST_SHOWN

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
