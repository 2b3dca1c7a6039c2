"""Several keys that come in at once: a slow line, quick fingers, a machine that is busy."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time
from pathlib import Path

import pytest
from textual import events
from textual.screen import Screen

from db import board, connection, planning, sessions, wishes
from db.planning import Plan
from db.states import State
from hostdesk import keys_in_turn
from hostdesk.dialogs.attend import AttendDialog
from hostdesk.program import Program
from tests.desks import Desk, desk
from tests.terminal import HOSTDESK, Terminal

Story = Callable[[Desk], Awaitable[None]]


def tell(file: Path, story: Story) -> None:
    """Live a story at the desk of this room."""

    async def live() -> None:
        async with desk(file) as here:
            await story(here)

    asyncio.run(live())


@pytest.fixture
def knitting(room_file: Path) -> int:
    """A session that goes on now; a wish is on the board too."""
    connection.open(room_file)
    planned = planning.plan((), Plan("Breiclub", date(2026, 11, 23), time(14), time(16)))
    wishes.voice("Samen koken")
    [session] = sessions.of_activity(planned)
    connection.close()
    return session.id


async def counted(here: Desk) -> tuple[int, int]:
    """Visitors and volunteers of today, as the database has them."""
    today = await here.today()
    return today.visits, today.volunteers


async def wished(here: Desk) -> dict[str, State]:
    """The wishes and where they stand."""
    return {one.text: one.state for one in (await here.database.run(board.everything)).wishes}


def test_a_number_of_participants_counts_nobody_at_the_door(room_file: Path, knitting: int) -> None:
    async def story(here: Desk) -> None:
        await here.burst("d", "7", "enter")
        await here.sees("Breiclub: 7 deelnemers.")
        assert (await here.database.run(lambda: sessions.one(knitting))).participations == 7
        assert await counted(here) == (0, 0)

    tell(room_file, story)


def test_a_wish_and_who_comes_in_after_it(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("w", *"voorlezen", "enter", "+")
        await here.sees("Laatste: +1 om 14:07")
        assert await wished(here) == {"voorlezen": State.RECEIVED}
        assert await counted(here) == (1, 0)

    tell(room_file, story)


def test_a_wish_that_is_left_and_who_comes_in_after_it(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("w", *"vv", "escape", "v", "+")
        await here.sees("Laatste: +1 om 14:07")
        assert (await wished(here), await counted(here)) == ({}, (1, 1))

    tell(room_file, story)


def test_a_key_that_is_pressed_twice_opens_one_question(room_file: Path, knitting: int) -> None:
    async def story(here: Desk) -> None:
        await here.burst("d", "d", "5")
        await here.sees("Deelnemers")
        await here.until(lambda: not here.app._keys._held)
        assert [type(screen) for screen in here.app.screen_stack].count(AttendDialog) == 1
        await here.burst("enter")
        await here.sees("Breiclub: 5 deelnemers.")

    tell(room_file, story)


def test_keys_behind_another_screens_key_are_that_screens(room_file: Path, knitting: int) -> None:
    async def story(here: Desk) -> None:
        await here.burst("f3", "/", *"vv", "escape", "f2", "+")
        await here.sees("Laatste: +1 om 14:07")
        assert await counted(here) == (1, 0)

    tell(room_file, story)


@pytest.mark.parametrize("asks", ["w", "a", "x", "p"])
def test_what_is_typed_behind_a_key_of_the_board_is_typed_in_its_dialog(
    room_file: Path, knitting: int, asks: str
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("f3")
        await here.sees("Samen koken")
        await here.burst(asks, *"mv+x")
        await here.sees("mv+x")
        assert await wished(here) == {"Samen koken": State.RECEIVED}
        assert await counted(here) == (0, 0)

    tell(room_file, story)


def test_what_is_typed_behind_the_palettes_key_is_looked_for(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("ctrl+p", *"v+")
        await here.sees("v+")
        assert await counted(here) == (0, 0)

    tell(room_file, story)


def test_in_a_terminal_that_sends_it_all_at_once(room_file: Path) -> None:
    with Terminal([*HOSTDESK, "--db", str(room_file)]) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("wvoorlezen\r5+")
        terminal.wait("Laatste: +5")
        terminal.send("\x11")
        terminal.wait_for_exit()
    connection.open(room_file)
    assert [one.text for one in board.everything().wishes] == ["voorlezen"]


def test_a_note_that_cannot_be_written_holds_no_count_up(
    room_file: Path, knitting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something beside the door meets a bug: that is said, and the desk goes on counting."""

    def broken(_session: int) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(sessions, "asked_about", broken)

    async def story(here: Desk) -> None:
        slot = await here.database.run(lambda: sessions.one(knitting))
        here.app._write(lambda: sessions.asked_about(slot.id))
        await here.burst("+")
        await here.sees("Laatste: +1 om 14:07", "Er ging iets mis")

    tell(room_file, story)


class Slow(Screen[None]):
    """Answers a key only when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may = asyncio.Event()

    async def on_key(self, _event: events.Key) -> None:
        await self.may.wait()


def test_keys_go_on_when_one_is_not_answered(
    room_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keys_in_turn, "PATIENCE", 0.01)

    async def live() -> None:
        program, slow = Program(room_file), Slow()
        async with program.run_test() as pilot:
            await program.push_screen(slow)
            here = Desk(program, pilot, None)  # type: ignore[arg-type]
            program.post_message(events.Key("x", "x"))
            program.post_message(events.Key("y", "y"))
            await here.until(lambda: caplog.text.count("was not answered within") == 2)
            slow.may.set()
            await pilot.pause()

    asyncio.run(live())


class Ended(Screen[None]):
    """Has stopped, with something still to be answered."""

    message_queue_size = 1

    def call_later(self, *_args: object, **_options: object) -> bool:
        """Nothing is answered any more."""
        return False


def test_a_key_waits_in_peace_for_a_screen_that_has_stopped(
    room_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Waiting without a pause would keep the program from its end."""
    monkeypatch.setattr(keys_in_turn, "PATIENCE", 0.2)
    passed: list[str] = []

    async def live() -> None:
        program = Program(room_file)
        async with program.run_test() as pilot:
            monkeypatch.setattr(keys_in_turn.KeysInTurn, "_way", lambda _self: [Ended()])
            here = Desk(program, pilot, None)  # type: ignore[arg-type]
            program.post_message(events.Key("x", "x"))
            program.call_later(passed.append, "the program went on")
            await here.until(lambda: "was not answered within" in caplog.text)

    asyncio.run(live())
    assert passed
