"""The number of participants: digits and Enter, nothing else is mistaken for it."""

from datetime import date, time
from pathlib import Path

import pytest

from db import planning, programme, sessions
from db.planning import Plan
from db.programme import Slot
from db.sessions import Meeting
from db.states import SessionState
from hostdesk.dialogs.attend import AttendDialog
from tests.dialogs.stand import SMALL, USUAL, Stand, tell

TODAY = date(2026, 11, 23)


async def slot(here: Stand, title: str = "Breiclub") -> Slot:
    """A session of today, an hour ago."""
    plan = Plan(title, TODAY, time(13), time(15))
    await here.database.run(lambda: planning.plan([], plan))
    return (await here.database.run(programme.today)).slots[0]


async def meeting(here: Stand) -> Meeting:
    return await here.database.run(lambda: sessions.one(1))


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_digits_and_enter(room_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.sees("Breiclub · ma 23 nov 2026 13:00-15:00", "Esc")
        await here.burst("1", "2", "enter")
        assert await here.told() == "Breiclub: 12 deelnemers."
        assert (await meeting(here)).participations == 12

    tell(room_file, story, size)


def test_nobody_came_is_a_number_too(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.burst("0", "enter")
        await here.told()
        found = await meeting(here)
        assert (found.state, found.participations) == (SessionState.HELD, 0)

    tell(room_file, story)


@pytest.mark.parametrize("key", ["plus", "add", "v", "full_stop", "decimal"])
def test_a_key_of_the_desk_is_never_part_of_the_number(room_file: Path, key: str) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.burst("1")
        await here.press(key)
        await here.sees("doet hier niets en telt niemand")
        await here.burst("2", "enter")
        await here.told()
        assert (await meeting(here)).participations == 12

    tell(room_file, story)


@pytest.mark.parametrize("minus", ["minus", "subtract"])
def test_a_digit_is_taken_away_on_a_numeric_pad(room_file: Path, minus: str) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.press(minus)
        await here.sees("“-” doet hier niets en telt niemand")
        await here.burst("1", "3", minus, "2", "enter")
        await here.told()
        assert (await meeting(here)).participations == 12

    tell(room_file, story)


def test_how_it_went_is_one_line_that_may_be_empty(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.burst("7", "down", *"Ontzettend gezellig, n+1", "enter")
        await here.told()
        found = await meeting(here)
        assert (found.participations, found.how) == (7, "Ontzettend gezellig, n+1")

    tell(room_file, story)


def test_it_did_not_go_on(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.burst("n", *"niemand had zin", "enter")
        assert await here.told() == "Breiclub: ging niet door."
        found = await meeting(here)
        assert (found.state, found.reason) == (SessionState.CANCELLED, "niemand had zin")

    tell(room_file, story)


def test_why_it_did_not_go_on_may_be_left_out(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.burst("n", "enter")
        await here.told()
        found = await meeting(here)
        assert (found.state, found.reason) == (SessionState.CANCELLED, None)

    tell(room_file, story)


def test_esc_goes_back_to_the_number_and_then_away(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.press("4", "n")
        await here.sees("ging niet door", "Waarom niet")
        await here.press("escape")
        await here.until(lambda: "Waarom niet" not in here.screen)
        await here.press("escape")
        assert await here.told() is None
        assert (await meeting(here)).state is SessionState.PLANNED

    tell(room_file, story)


def test_what_somebody_else_said_meanwhile_is_told_before_it_is_written_over(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.burst("9")
        await here.database.run(lambda: sessions.attend(1, 7, by="Ans"))
        await here.press("enter")
        await here.sees("dat er 7 deelnamen", "9")
        assert (await meeting(here)).participations == 7
        await here.press("enter")
        await here.told()
        assert (await meeting(here)).participations == 9

    tell(room_file, story)


@pytest.mark.parametrize(
    ("typed", "sentence"), [("", "Typ hoeveel"), ("100000", "0 tot 500"), ("501", "0 tot 500")]
)
def test_what_is_no_number_of_participants_is_said(room_file: Path, typed: str, sentence: str) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.burst(*typed, "enter")
        await here.sees(sentence)
        assert (await meeting(here)).participations is None

    tell(room_file, story, SMALL)


def test_words_that_are_pasted_are_no_number(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here, "[/]")))
        await here.paste("-1 x")
        await here.press("enter")
        await here.sees("geen aantal", "[/]")

    tell(room_file, story)


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_why_it_did_not_go_on_may_stay_empty_and_says_so(room_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AttendDialog(here.database, await slot(here)))
        await here.press("n")
        await here.sees("Waarom niet?", "mag leeg blijven")
        await here.press("enter")
        assert await here.told() == "Breiclub: ging niet door."

    tell(room_file, story, size)


def test_esc_keeps_the_number_too(room_file: Path) -> None:
    """What is typed over it the next time takes its place."""

    async def story(here: Stand) -> None:
        asked = await slot(here)
        left = AttendDialog(here.database, asked)
        await here.stands(left)
        await here.burst("1", "2", "down", *"Gezellig", "escape")
        assert await here.told() is None

        again = AttendDialog(here.database, asked, draft=left.draft)
        await here.stands(again)
        await here.sees("12", "Gezellig")
        assert again.draft == left.draft
        await here.burst("9", "enter")
        assert await here.told() == "Breiclub: 9 deelnemers."

    tell(room_file, story)
