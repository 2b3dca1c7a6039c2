"""Stories in the thread of a card: sessions move, come along and fill up; an activity and a wish change."""

from datetime import date, time
from functools import partial
from pathlib import Path

import pytest

from db import board, connection, planning, series, sessions, signups, wishes
from db.board import ActivityFacts
from db.planning import Plan
from db.recurrence import Repeat
from db.room import Room
from db.states import Lead, SessionState
from tests.board.boards import Board, story
from tests.clocks import FakeClock

SIZES = pytest.mark.parametrize("size", [(80, 24), (64, 20)])
TO_A_SESSION = ("right", "right", "enter", "enter")


@pytest.fixture
def club(room: Room, clock: FakeClock) -> None:
    """A club of three Tuesdays with four places at the large table, and a talk of once that is there too."""
    plan = Plan("Breiclub", date(2026, 11, 24), time(15), time(16), repeat=Repeat.WEEKLY, times=3)
    planning.plan([], Plan(**{**vars(plan), "capacity": 4, "place": "grote tafel", "leader": "Ans"}))
    planning.plan([], Plan("Praatuur", date(2026, 11, 26), time(15), time(16), place="grote tafel"))
    connection.close()


def found(file: Path) -> ActivityFacts:
    """The club, as it stands now."""
    connection.open(file)
    return next(one for one in board.everything().activities if one.id == 1)


def times(file: Path) -> list[str]:
    """When the club is, on the room's own clock."""
    facts = found(file)
    room = board.everything().room
    return [f"{room.local(one.starts_at):%d-%m %H:%M}" for one in facts.sessions]


@SIZES
def test_one_session_is_on_another_day(room_file: Path, club: None, size: tuple[int, int]) -> None:
    """What is odd about the new day is said before it is saved."""

    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, "4")
        await here.sees("Breiclub · di 24 nov 2026 15:00 · andere dag, tijd, plek", "di 24-11-2026", "F2")
        await here.press(*"26-11", "enter")
        await here.sees("do 26-11-2026", "Praatuur")
        await here.press(*"13.30", "enter", *"14.30", "enter")
        await here.until(lambda: "Praatuur" not in here.screen.split("Dag")[1], lambda: here.screen)
        await here.press("f2")
        await here.sees("1 bijeenkomst verplaatst, vanaf do 26 nov 2026 13:30.")

    story(room_file, told, size)
    assert times(room_file) == ["26-11 13:30", "01-12 15:00", "08-12 15:00"]


def test_a_session_and_all_that_follow_are_on_another_day_and_place(room_file: Path, club: None) -> None:
    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, "4")
        await here.sees("di 24-11-2026")
        await here.press(*"25-11", "enter", "enter", "enter", *" links", "enter")
        await here.sees("(•) 1 deze")
        await here.press("2", "enter", "enter")
        await here.sees("3 bijeenkomsten verplaatst, vanaf wo 25 nov 2026 15:00.")
        await here.press("u")
        await here.sees("niet terug te nemen met u")

    story(room_file, told)
    assert times(room_file) == ["25-11 15:00", "02-12 15:00", "09-12 15:00"]
    assert {one.place for one in found(room_file).sessions} == {"grote tafel links"}


def test_a_day_that_nobody_understands_moves_nothing(room_file: Path, club: None) -> None:
    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, "4")
        await here.sees("di 24-11-2026")
        await here.press(*"ooit", "f2")
        await here.until(lambda: "ooit" in here.line("Dag"), lambda: here.screen)
        await here.press("escape")
        await here.sees("4 andere dag, tijd, plek")

    story(room_file, told)
    assert times(room_file)[0] == "24-11 15:00"


@SIZES
def test_one_session_more(room_file: Path, club: None, size: tuple[int, int]) -> None:
    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, "6")
        await here.sees("Breiclub · bijeenkomst erbij", "wo 25-11-2026")
        await here.press(*"19-12", "enter", "enter", "enter")
        await here.press("enter")
        await here.sees("Eén bijeenkomst erbij: za 19 dec 2026 15:00.")

    story(room_file, told, size)
    assert times(room_file)[-1] == "19-12 15:00"


@SIZES
def test_a_number_is_enough_to_sign_up_and_who_finds_no_place_waits(
    room_file: Path, club: None, size: tuple[int, int]
) -> None:
    """Somebody comes no more: who waits has their place."""

    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, "5")
        await here.sees("Nog niemand heeft zich aangemeld.")
        await here.press("3", "enter")
        await here.sees("3 aangemeld.")
        await here.press("5", "2", "down", *"Anja", "enter")
        await here.sees("Er is nog 1 plek, en niet 2: 2 op de wachtlijst.", "wachtlijst: 2\n")
        await here.press("5")
        await here.sees("1. zonder naam: 3 personen\n", "2. Anja: 2 personen, wachtlijst\n")
        await here.press("enter", "enter", "1", "enter")
        await here.sees("Ingetrokken. 2 van de wachtlijst hebben nu plek.")

    story(room_file, told, size)
    connection.open(room_file)
    assert [(one.n, one.name, one.waiting) for one in signups.of(1)] == [(2, "Anja", False)]


def test_who_comes_instead_of_somebody_comes_or_nobody_goes(room_file: Path, club: None) -> None:
    """A number that cannot be is said while it is typed, and takes nobody's place away."""

    async def told(here: Board) -> None:
        await here.database.run(lambda: (signups.sign_up(1, 3, "Els"), signups.sign_up(1, 2, "Henk")))
        await here.press(*TO_A_SESSION, "5")
        await here.sees("1. Els: 3 personen\n", "2. Henk: 2 personen, wachtlijst\n")
        await here.press("6", "0")
        await here.sees("1 tot 50")
        await here.press("enter", "down", "down", "1", "enter")
        await here.sees("Hoeveel komen er?", "1 tot 50")
        assert [one.name for one in await here.database.run(lambda: signups.of(1))] == ["Els", "Henk"]
        await here.press("up", "up", "backspace", "backspace", "1", "enter")
        await here.sees("Ingetrokken. 2 van de wachtlijst hebben nu plek. 1 aangemeld.")

    story(room_file, told)
    connection.open(room_file)
    assert [(one.n, one.name, one.waiting) for one in signups.of(1)] == [(2, "Henk", False), (1, None, False)]


def test_whom_somebody_else_withdrew_is_not_offered_any_more(room_file: Path, club: None) -> None:
    async def told(here: Board) -> None:
        await here.database.run(lambda: (signups.sign_up(1, 3, "Els"), signups.sign_up(1, 1, "Henk")))
        await here.press(*TO_A_SESSION, "5")
        await here.sees("1. Els: 3 personen\n")
        await here.press("2", "down", "down", "1")
        await here.sees("← 1. Els: 3 personen →")
        await here.database.run(lambda: signups.withdraw(1, by="Ben"))
        await here.press("enter")
        await here.sees("1. Henk: 1 persoon\n", "Aanmelding 1 bestaat niet")
        await here.press("enter")
        await here.sees("2 aangemeld.")

    story(room_file, told)


def test_more_places_let_in_who_waits(room_file: Path, club: None) -> None:
    async def told(here: Board) -> None:
        await here.database.run(lambda: [signups.sign_up(1, n) for n in (4, 2, 1)])
        await here.press("right", "right", "enter", "4")
        await here.sees("Wijzigen: Breiclub", "grote tafel")
        await here.press("down", "down", "down", *"8", "f2")
        await here.sees("“Breiclub”: gewijzigd. 3 van de wachtlijst hebben nu plek.")

    story(room_file, told)
    connection.open(room_file)
    assert not any(one.waiting for one in signups.of(1))


def test_a_session_that_is_there_already_is_not_moved_and_u_goes_on(room_file: Path, club: None) -> None:
    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, "7")
        await here.sees("wie begeleidt")
        await here.press("b", "enter", *"Ria", "enter")
        await here.sees("Opgeschreven. u neemt het terug.")
        await here.press("4")
        await here.sees("andere dag, tijd, plek", "di 24-11-2026")
        await here.press("f2")
        await here.sees("Er is niets veranderd: het is al op di 24 nov 2026 15:00.")
        await here.press("u")
        await here.sees("Teruggenomen.")

    story(room_file, told)
    assert found(room_file).sessions[0].revision == 2, "who leads, and back"


def test_nobody_signs_up_as_a_word(room_file: Path, club: None) -> None:
    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, "5")
        await here.sees("Hoeveel komen er?")
        await here.press("x")
        await here.sees("“x” doet hier niets")
        await here.press("1", "minus", "enter")
        await here.sees("Hoeveel komen er?")

    story(room_file, told)
    connection.open(room_file)
    assert signups.of(1) == ()


@SIZES
def test_an_activity_changes_where_somebody_changed_it_and_nowhere_else(
    room_file: Path, club: None, size: tuple[int, int]
) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "enter", "4")
        await here.sees("Wijzigen: Breiclub", "grote tafel")
        await here.press(*" en haken", "enter", "enter", "enter", *"12", "enter", "b")
        await here.database.run(lambda: series.change(1, needs="wol"))
        await here.press("f2")
        await here.sees("“Breiclub en haken”: gewijzigd.", "12 plaatsen")

    story(room_file, told, size)
    facts = found(room_file)
    assert (facts.title, facts.capacity, facts.lead) == ("Breiclub en haken", 12, Lead.NEIGHBOUR)
    assert (facts.place, facts.leader, facts.needs) == ("grote tafel", "Ans", "wol")


def test_a_wish_says_it_better(room_file: Path, room: Room, clock: FakeClock) -> None:
    wishes.voice("Brijen")
    connection.close()

    async def told(here: Board) -> None:
        await here.press("enter", "9")
        await here.sees("De wens beter opschrijven")
        await here.press(*["backspace"] * 4, *"eien", "enter")
        await here.sees("“Breien”: gewijzigd.", "gewijzigd · Brijen")

    story(room_file, told)


@pytest.mark.parametrize(
    ("digit", "fills_in", "again"),
    [
        ("4", (*"1-12", "f2"), ("f2",)),
        ("3", ("2", "enter", "enter"), ("enter",)),
        ("5", ("2", "enter"), ("enter",)),
    ],
)
def test_who_was_second_is_told_and_says_it_again(
    room_file: Path, club: None, digit: str, fills_in: tuple[str, ...], again: tuple[str, ...]
) -> None:
    """Somebody else moves the session while the form stands: what is said of it waits for a second Enter."""

    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, digit)
        await here.sees("Breiclub · di 24 nov 2026 15:00 ·")
        moved = partial(series.move_session, 1, date(2026, 11, 25), time(15), by="Ben")
        await here.database.run(moved)
        await here.press(*fills_in)
        await here.sees("intussen verplaatst naar wo 25 nov 2026.")
        await here.press(*again)
        await here.sees("Wat er gebeurde")

    story(room_file, told)


def test_who_changes_what_somebody_else_just_changed_is_told(room_file: Path, club: None) -> None:
    async def told(here: Board) -> None:
        await here.press("right", "right", "enter", "4")
        await here.sees("Wijzigen: Breiclub", "grote tafel")
        await here.press("down", "down", *" links")
        await here.database.run(partial(series.change, 1, place="keuken", by="Ben"))
        await here.press("f2")
        await here.sees("Iemand anders maakte hier net “keuken” van.")
        assert found_place(await here.database.run(board.everything)) == "keuken"
        await here.press("f2")
        await here.sees("“Breiclub”: gewijzigd.")

    story(room_file, told)
    assert found(room_file).place == "grote tafel links"


def found_place(everything: board.Everything) -> str:
    """Where the club is."""
    return next(one.place for one in everything.activities if one.id == 1)


def test_who_writes_a_wish_better_that_says_something_else_now_is_told(room_file: Path, room: Room) -> None:
    wishes.voice("Brijen")
    connection.close()

    async def told(here: Board) -> None:
        await here.press("enter", "9")
        await here.sees("De wens beter opschrijven")
        await here.database.run(partial(wishes.reword, 1, "Breien", by="Ben"))
        await here.press(*" met wol", "enter")
        await here.sees("Iemand anders maakte hier net “Breien” van.")
        await here.press("enter")
        await here.sees("“Brijen met wol”: gewijzigd.")

    story(room_file, told)


@SIZES
def test_a_session_that_does_not_go_on_goes_on_after_all(
    room_file: Path, club: None, size: tuple[int, int]
) -> None:
    """By the same digit; and u takes that back too, with the reason that was given."""

    async def told(here: Board) -> None:
        await here.database.run(partial(sessions.cancel, 1, "ziek"))
        await here.press("right", "right", "enter", "up", "enter")
        await here.sees("── morgen 15:00 ──", "3 gaat toch door")
        await here.press("3")
        await here.sees("Breiclub, di 24 nov 2026: gaat toch door.", "3 gaat niet door")
        await here.press("u")
        await here.sees("Teruggenomen. Breiclub, di 24 nov 2026: gaat niet door.")

    story(room_file, told, size)
    connection.open(room_file)
    assert (sessions.one(1).state, sessions.one(1).reason) == (SessionState.CANCELLED, "ziek")


@SIZES
def test_somebody_else_leads_one_session(room_file: Path, club: None, size: tuple[int, int]) -> None:
    async def told(here: Board) -> None:
        await here.press(*TO_A_SESSION, "7")
        await here.sees("Breiclub · di 24 nov 2026 15:00 · wie begeleidt", "Ans")
        await here.press("b", "enter", *"Ria", "enter")
        await here.sees("Opgeschreven. u neemt het terug.")
        assert "gepland · begeleider: buurtbewoner Ria" in " ".join(here.screen.split())
        assert [one.leader for one in (await here.database.run(club_of)).sessions] == ["Ria", "Ans", "Ans"]
        await here.press("u")
        await here.sees("Teruggenomen.")

    story(room_file, told, size)
    assert {(one.lead, one.leader) for one in found(room_file).sessions} == {(Lead.VOLUNTEER, "Ans")}


def club_of() -> ActivityFacts:
    """The club, in the database thread."""
    return board.activity(1)


def test_what_follows_is_looked_at_too_before_it_moves(room_file: Path, club: None) -> None:
    """The talk is in the way of a later one; with only this one moved it is not."""

    async def told(here: Board) -> None:
        for day in (3, 10):
            talk = Plan("Praatuur", date(2026, 12, day), time(15), time(16), place="grote tafel")
            await here.database.run(partial(planning.plan, [], talk))
        await here.press(*TO_A_SESSION, "4")
        await here.sees("di 24-11-2026")
        await here.press(*"26-11", "enter", *"15:30", "enter", *"16:30", "enter", "enter")
        await here.sees("grote tafel is bezet door Praatuur op do 26 nov.")
        await here.press("2")
        await here.until(
            lambda: "Praatuur op do 26 nov, do 3 dec, do 10 dec." in " ".join(here.screen.split()),
            lambda: here.screen,
        )
        await here.press("1")
        await here.sees("grote tafel is bezet door Praatuur op do 26 nov.")

    story(room_file, told)


def test_a_wish_gets_another_theme_with_other_words(room_file: Path, room: Room) -> None:
    wishes.voice("Breien", theme="creatief")
    connection.close()

    async def told(here: Board) -> None:
        await here.press("enter", "9")
        await here.sees("De wens beter opschrijven", "creatief")
        await here.press("down", "o", "enter")
        await here.sees("“Breien”: gewijzigd.", "ontmoeten")

    story(room_file, told)
    connection.open(room_file)
    assert [(one.text, one.theme) for one in board.everything().wishes] == [("Breien", "ontmoeten")]
