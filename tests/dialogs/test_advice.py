"""Open questions and answers nobody read: answered in a line, read with a key."""

from pathlib import Path

import pytest

from db import advice, wishes
from db.states import Kind
from hostdesk.screens.advice import AdviceScreen
from tests.clocks import FakeClock
from tests.dialogs.stand import SMALL, USUAL, Stand, tell


async def ask(here: Stand, text: str, **about: object) -> int:
    return await here.database.run(lambda: advice.ask(text, by="Fatma", **about))  # type: ignore[arg-type]


async def refresh(here: Stand, screen: AdviceScreen) -> None:
    """What the app does when the room changed."""
    screen.read()
    await here.app.workers.wait_for_complete()
    await here.pilot.pause()


def test_nothing_to_do_is_said(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(AdviceScreen(here.database))
        await here.sees("Er staat geen vraag open")
        await here.press("enter", "down", "escape")
        await here.until(lambda: not isinstance(here.app.screen, AdviceScreen))

    tell(room_file, story)


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_a_question_is_answered_and_the_answer_read(
    room_file: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("HOSTDESK_BY", "Els")

    async def story(here: Stand) -> None:
        wish = await here.database.run(lambda: wishes.voice("Koken voor mannen"))
        await ask(here, "Mag dat zonder diploma?", about=Kind.WISH, number=wish)
        clock.go_on(hours=3)
        await here.stands(AdviceScreen(here.database))
        await here.sees("→ ? Mag dat zonder diploma?", "Koken voor mannen · Fatma · 3 uur geleden")
        await here.press("enter")
        await here.burst(*"Ja, dat mag.", "enter")
        await here.sees("! Mag dat", "Ja, dat mag.", "beantwoord door Els na 3 uur")
        await here.press("enter")
        await here.sees("elk antwoord is gelezen")
        [one] = await here.database.run(advice.everything)
        assert (one.answer, one.answered_by) == ("Ja, dat mag.", "Els")
        assert one.read_at is not None

    tell(room_file, story, size)


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_a_question_that_nobody_meant_goes_with_the_same_key_twice(
    room_file: Path, size: tuple[int, int]
) -> None:
    async def story(here: Stand) -> None:
        for text in ("Eerste", "Tweede"):
            await ask(here, text)
        answered = await ask(here, "Derde")
        await here.database.run(lambda: advice.answer(answered, "Antwoord"))
        await here.stands(AdviceScreen(here.database))
        await here.sees("→ ? Eerste", "x intrekken")
        await here.press("x")
        await here.sees("Nog eens x: deze vraag gaat weg")
        await here.press("down", "x")
        await here.sees("→ ? Tweede", "Nog eens x")
        await here.press("x")
        await here.until(lambda: "Tweede" not in here.screen)
        await here.sees("→ ! Derde")
        await here.press("x", "x")
        known = await here.database.run(advice.everything)
        assert sorted(one.question for one in known) == ["Derde", "Eerste"]

    tell(room_file, story, size)


def test_open_questions_come_before_answers(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        first = await ask(here, "Eerste")
        await ask(here, "Tweede")
        await here.database.run(lambda: advice.answer(first, "Antwoord"))
        await here.stands(AdviceScreen(here.database))
        await here.sees("Tweede", "Eerste")
        assert here.lines_with("Tweede") < here.lines_with("Eerste")

    tell(room_file, story)


def test_an_answer_half_typed_is_kept_while_the_room_changes_and_after_esc(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await ask(here, "Hoe luchten?")
        screen = AdviceScreen(here.database)
        await here.stands(screen)
        await here.sees("Hoe luchten?")
        await here.burst("enter", *"Ramen ")
        await ask(here, "Een andere vraag")
        await refresh(here, screen)
        await here.sees("Een andere vraag", "Ramen")
        await here.burst(*"open", "escape")
        await here.press("enter", "enter")
        await here.sees("! Hoe luchten?", "Ramen open")

    tell(room_file, story)


def test_what_somebody_else_answered_meanwhile_is_said(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await ask(here, "Hoe luchten?")
        await here.stands(AdviceScreen(here.database))
        await here.sees("Hoe luchten?")
        await here.press("enter")
        await here.database.run(lambda: advice.answer(1, "Met ramen", by="Jan"))
        await here.burst(*"Zo", "enter")
        await here.sees("al beantwoord, door Jan", "Zo")

    tell(room_file, story)


def test_an_empty_and_an_endless_answer_are_said(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await ask(here, "[/] \x1b[31mHoe?")
        await here.stands(AdviceScreen(here.database))
        await here.sees("[/] [31mHoe?")
        await here.press("enter", "enter")
        await here.sees("Een antwoord heeft woorden nodig")
        await here.paste("a" * 10_000)
        await here.press("enter")
        await here.sees("10000 tekens")

    tell(room_file, story)


def test_the_arrow_goes_over_more_than_a_screen_holds(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        for n in range(1, 13):
            await ask(here, f"Vraag nummer {n}")
        await here.stands(AdviceScreen(here.database))
        await here.sees("→ ? Vraag nummer 1")
        await here.press(*["down"] * 11)
        await here.sees("→ ? Vraag nummer 12")
        await here.press(*["up"] * 11)
        await here.sees("→ ? Vraag nummer 1")

    tell(room_file, story, SMALL)
