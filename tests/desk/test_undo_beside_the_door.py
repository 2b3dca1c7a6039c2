"""What u takes back at the desk is what the desk said last: a wish, a number; and only then a count."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import date, time
from functools import partial
from pathlib import Path

import pytest

from db import advice, board, connection, planning, sessions, wishes
from db.planning import Plan
from db.room import Room
from db.states import SessionState, State
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk

Story = Callable[[Desk], Awaitable[None]]


def tell(file: Path, story: Story) -> None:
    """Live a story at the desk of this room, where a visitor was counted."""

    async def live() -> None:
        async with desk(file) as here:
            await here.press("plus")
            await here.sees("Laatste: +1")
            await story(here)

    asyncio.run(live())


@pytest.mark.parametrize("key", ["u", "backspace", "slash"])
def test_a_wish_is_taken_back_and_the_visitor_stays(room_file: Path, key: str) -> None:
    async def story(here: Desk) -> None:
        await here.burst("w", *"Samen breeien", "enter")
        await here.sees("Wens 1 staat op het bord. u neemt het terug.")
        await here.press(key)
        await here.sees("Teruggenomen: wens “Samen breeien”.")
        assert (await here.today()).visits == 1
        assert (await here.database.run(board.everything)).wishes == ()
        await here.press(key)
        await here.sees("Laatste: +1 ongedaan gemaakt")
        assert (await here.today()).visits == 0

    tell(room_file, story)


def test_a_question_that_nobody_meant_is_taken_back(room_file: Path) -> None:
    """Somebody leant on the keyboard; nobody at a distance should wonder what it means."""

    async def story(here: Desk) -> None:
        await here.burst("a", *"nnie", "enter")
        await here.sees(
            "Vraag 1 is gesteld; het antwoord komt op de balie. u neemt het terug.", "Advies gevraagd 1"
        )
        await here.press("u")
        await here.sees("Teruggenomen: vraag “nnie”.")
        await here.until(lambda: "Advies gevraagd" not in here.screen, lambda: here.screen)
        assert (await here.database.run(advice.everything)) == ()
        assert (await here.today()).visits == 1

    tell(room_file, story)


def test_a_question_that_was_answered_meanwhile_stays(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("a", *"Mag dat?", "enter")
        await here.sees("u neemt het terug.")
        await here.database.run(lambda: advice.answer(1, "Ja", by="Karin"))
        await here.press("u")
        await here.sees("Die vraag is al beantwoord, door Karin")
        assert [one.answer for one in await here.database.run(advice.everything)] == ["Ja"]

    tell(room_file, story)


def test_what_was_said_before_another_screen_is_over(room_file: Path) -> None:
    """Else u would take back what was done on the board since, and say that it was the wish."""

    async def story(here: Desk) -> None:
        await here.burst("w", *"Samen breien", "enter")
        await here.sees("Wens 1 staat op het bord. u neemt het terug.")
        await here.burst("f3", "greater_than_sign")
        await here.sees("“Samen breien”: in verkenning.")
        await here.burst("f2")
        await here.sees("Laatste: +1")
        assert "u neemt het terug" not in here.screen
        await here.press("u")
        await here.sees("Laatste: +1 ongedaan gemaakt")
        [wish] = (await here.database.run(board.everything)).wishes
        assert wish.state is State.EXPLORING

    tell(room_file, story)


def test_a_me_too_is_taken_back(room_file: Path, room: Room) -> None:
    wish = wishes.voice("Schaken")
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("w", *"schaken")
        await here.sees("Lijkt op")
        await here.burst("down", "enter")
        await here.sees("u neemt het terug.")
        await here.press("u")
        await here.sees("één minder voor “Schaken”, nu 0")
        assert (await here.today()).visits == 1

    tell(room_file, story)
    connection.open(room_file)
    assert [one.me_too for one in board.everything().wishes if one.id == wish] == [0]


def test_a_number_is_taken_back(room_file: Path, room: Room, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-23 09:00"))
    plan = Plan("Breiclub", date(2026, 11, 23), time(10), time(12))
    [session] = sessions.of_activity(planning.plan((), plan))
    connection.close()
    clock.set_to(at("2026-11-23 14:07"))

    async def story(here: Desk) -> None:
        await here.burst("d", "7", "enter")
        await here.sees("Breiclub: 7 deelnemers. u neemt het terug.")
        await here.press("u")
        await here.sees("Teruggenomen. Breiclub, ma 23 nov 2026: gepland.")
        assert (await here.today()).visits == 1

    tell(room_file, story)
    connection.open(room_file)
    assert sessions.one(session.id).state is SessionState.PLANNED


@pytest.mark.parametrize("keys", [("9", "down", *"druk", "enter"), ("n", *"ziek", "enter")])
def test_what_corrected_a_number_is_taken_back_to_that_number(
    room_file: Path, room: Room, clock: FakeClock, keys: tuple[str, ...]
) -> None:
    clock.set_to(at("2026-11-23 09:00"))
    plan = Plan("Breiclub", date(2026, 11, 23), time(10), time(12))
    [session] = sessions.of_activity(planning.plan((), plan))
    clock.set_to(at("2026-11-23 14:07"))
    before = sessions.attend(session.id, 7)
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("d", *keys)
        await here.sees("u neemt het terug.")
        await here.press("u")
        await here.sees("Teruggenomen. Breiclub, ma 23 nov 2026: 7 deelnemers.")

    tell(room_file, story)
    connection.open(room_file)
    after = sessions.one(session.id)
    assert (after.standing, after.how, after.reason) == (before.standing, None, None)


def test_what_u_does_not_take_back_takes_no_visitor_along(room_file: Path) -> None:
    """A note: the first u says so, and the next one is for the last count."""

    async def story(here: Desk) -> None:
        await here.burst("l", *"De klok tikt", "enter")
        await here.sees("In het logboek")
        await here.press("u")
        await here.sees("Met u neem je dat niet terug.")
        assert (await here.today()).visits == 1
        await here.press("u")
        await here.sees("Laatste: +1 ongedaan gemaakt")

    tell(room_file, story)


def test_after_another_key_u_is_for_the_last_count_again(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("w", *"Schaken", "enter")
        await here.sees("Wens 1 staat op het bord.")
        await here.press("plus", "u")
        await here.sees("Laatste: +1 ongedaan gemaakt")
        assert (await here.today()).visits == 1
        assert len((await here.database.run(board.everything)).wishes) == 1

    tell(room_file, story)


def test_a_wish_with_which_somebody_did_something_since_stays(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("w", *"Schaken", "enter")
        await here.sees("Wens 1 staat op het bord.")
        await here.database.run(partial(wishes.me_too, 1))
        await here.press("u")
        await here.sees("Iemand deed al iets met deze wens: hij blijft staan.")
        assert len((await here.database.run(board.everything)).wishes) == 1
        assert (await here.today()).visits == 1

    tell(room_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
@pytest.mark.parametrize(
    ("keys", "says"),
    [
        (("plus", "u"), "+1"),
        (("v", "u"), "vrijwilliger +1"),
        (("1", "2", "h", "u"), "telling 12"),
        (("1", "9", "v"), "vrijwilliger +19"),
    ],
)
def test_the_time_of_the_last_action_is_never_cut_off(
    room_file: Path, keys: tuple[str, ...], says: str, size: tuple[int, int]
) -> None:
    async def live() -> None:
        async with desk(room_file, size) as here:
            await here.press(*keys)
            await here.today()
            wanted = re.compile(rf"(Laatste: )?{re.escape(says)}.*14:07")
            await here.until(lambda: wanted.search(here.screen), lambda: here.screen)
            if "u" in keys:
                await here.until(lambda: re.search(rf"{re.escape(says)} (ongedaan|terug)", here.screen))

    asyncio.run(live())
