"""Stories in the thread of a card: what it says, its sessions one by one, and what can be done there."""

from datetime import date, time
from pathlib import Path

import pytest

from db import board, connection, planning, sessions, wishes
from db.planning import Plan
from db.recurrence import Repeat
from db.room import Room
from db.states import Lead, SessionState, State
from tests.board.boards import Board, states, story
from tests.clocks import FakeClock, at


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


def test_what_was_refused_is_said_whole_on_a_small_screen(room_file: Path, filled: dict[str, int]) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "enter")
        await here.sees("Koffie met de wijkagent")
        await here.press("greater_than_sign")
        await here.sees("Het loopt zodra de eerste bijeenkomst geweest is: vul", "aantal in.")

    story(room_file, told, (64, 20))


def test_the_thread_offers_no_move_that_can_only_be_refused(
    room_file: Path, filled: dict[str, int], clock: FakeClock
) -> None:
    """And the key of the board still says why not."""

    async def told(here: Board) -> None:
        await here.press("right", "right", "enter")
        await here.sees("Koffie met de wijkagent", "6 niet gelukt")
        for refused in ("1 verder", "7 terug", "3 nog iemand"):
            assert refused not in here.screen
        await here.press("m")
        await here.sees("Achter deze activiteit zit geen wens")
        await here.press("1", "3", "7", "greater_than_sign")
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
