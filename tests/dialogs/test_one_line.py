"""A question to a professional, and the reason why something failed."""

from pathlib import Path

import pytest

from db import advice, wishes
from db.errors import DiskFull, HostdeskError
from db.states import Kind
from hostdesk.dialogs.one_line import AskDialog, ReasonDialog
from tests.dialogs.stand import SMALL, USUAL, Stand, tell


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_a_question_about_a_wish(room_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Stand) -> None:
        wish = await here.database.run(lambda: wishes.voice("Koken voor mannen"))
        await here.stands(AskDialog(here.database, Kind.WISH, wish, "Koken voor mannen"))
        await here.sees("Koken voor mannen", "Esc")
        await here.burst(*"Mag dat zonder diploma?", "enter", "+")
        assert "Vraag 1" in str(await here.told())
        [asked] = await here.database.run(advice.unanswered)
        assert (asked.question, asked.about, asked.number) == ("Mag dat zonder diploma?", Kind.WISH, wish)
        await here.until(lambda: here.app.came_through == ["plus"])

    tell(room_file, story, size)


def test_a_question_about_the_room_in_general(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AskDialog(here.database))
        await here.burst(*"Hoe vaak luchten?", "enter")
        await here.told()
        [asked] = await here.database.run(advice.unanswered)
        assert (asked.about, asked.title) == (None, "")

    tell(room_file, story)


def test_a_question_without_words_and_esc(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AskDialog(here.database))
        await here.press("enter")
        await here.sees("paar woorden")
        await here.press("escape")
        assert await here.told() is None
        assert await here.database.run(advice.unanswered) == ()

    tell(room_file, story)


def test_a_reason_is_needed_and_kept(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(ReasonDialog(here.database, "Koor [/]", str))
        await here.sees("Koor [/]")
        await here.press("enter")
        await here.sees("waarom het niet gelukt is")
        await here.burst(*"Geen dirigent", "enter")
        assert await here.told() == "Geen dirigent"

    tell(room_file, story, SMALL)


def test_a_reason_that_is_too_long_stays_to_be_shortened(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(ReasonDialog(here.database, "Koor", str))
        await here.paste("a" * 300)
        await here.press("enter")
        await here.sees("300 tekens", "200")
        await here.burst(*["backspace"] * 100, "enter")
        assert await here.told() == "a" * 200

    tell(room_file, story)


def test_a_reason_that_is_refused_stays_to_be_kept_later(room_file: Path) -> None:
    refusals: list[HostdeskError] = [DiskFull()]

    def give_up(reason: str) -> str:
        if refusals:
            raise refusals.pop()
        return f"bewaard: {reason}"

    async def story(here: Stand) -> None:
        await here.stands(ReasonDialog(here.database, "Koor", give_up))
        await here.burst(*"Geen dirigent", "enter")
        await here.sees("schijf is vol", "Geen dirigent")
        await here.burst("enter")
        assert await here.told() == "bewaard: Geen dirigent"

    tell(room_file, story)
