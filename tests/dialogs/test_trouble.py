"""A bug while a form reads: it is said and logged, and the program goes on with what was typed."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.timer import Timer

from db import connection, planning, wishes
from db import room as rooms
from hostdesk.dialogs.attend import AttendDialog
from hostdesk.dialogs.plan import PlanDialog
from hostdesk.dialogs.wish import WishDialog
from tests.desks import PATIENCE
from tests.dialogs.stand import Stand, standing, tell
from tests.dialogs.test_attend import slot

SAID = "Er ging iets mis"


def broken(*_: object) -> None:
    """What only a bug can bring."""
    raise RuntimeError("kapot")


def test_while_like_wishes_are_looked_for(
    room_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(wishes, "alike", broken)

    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.burst(*"Samen breien")
        await here.sees(SAID, "Samen breien")
        assert "kapot" in caplog.text
        await here.burst("down", "enter")
        assert await here.told() == "Wens 1 staat op het bord."

    tell(room_file, story)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Wishes come to a disk that is slow until this is set."""
    go_on, voice = threading.Event(), wishes.voice

    def slowly(*texts: str, **options: str) -> int:
        go_on.wait(PATIENCE)
        return voice(*texts, **options)

    monkeypatch.setattr(wishes, "voice", slowly)
    yield go_on
    go_on.set()


def test_what_was_opened_over_it_while_it_saved_goes_with_it(room_file: Path, slow: threading.Event) -> None:
    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.burst(*"Samen breien", "enter")
        await here.sees("opslaan…")
        await here.app.push_screen(Screen())
        slow.set()
        assert await here.told() == "Wens 1 staat op het bord."
        await here.until(lambda: len(here.app.screen_stack) == 1)

    tell(room_file, story)


def test_what_came_of_it_stays_when_the_timer_comes_just_after_it(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wishes, "voice", broken)

    async def story(here: Stand) -> None:
        await here.stands(dialog := WishDialog(here.database))
        late: list[Callable[[], None]] = []

        def comes_late(_seconds: float, then: Callable[[], None]) -> Timer:
            late.append(then)
            return Timer(dialog, 1)

        monkeypatch.setattr(dialog, "set_timer", comes_late)
        await here.burst(*"Samen breien", "enter")
        await here.sees(SAID)
        for then in late:
            then()
        await here.pilot.pause()
        await here.sees(SAID)

    tell(room_file, story)


def test_who_stops_the_program_while_it_saves_hears_of_no_bug(
    room_file: Path, slow: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with standing(room_file) as here:
            await here.stands(dialog := WishDialog(here.database))
            await here.burst(*"Samen breien", "enter")
            await here.sees("opslaan…")
            while here.app.screen_stack:  # as the program does at its end
                here.app._screen_stack.pop()
            slow.set()
            await here.until(lambda: not dialog._saving)

    asyncio.run(story())
    assert not caplog.text
    connection.open(room_file)
    assert wishes.texts([1]) == ("Samen breien",)


@pytest.mark.parametrize("stopped", [True, False])
def test_what_comes_in_for_a_dialog_after_the_end_is_no_bug(
    room_file: Path, caplog: pytest.LogCaptureFixture, stopped: bool
) -> None:
    async def story(here: Stand) -> None:
        await here.stands(dialog := WishDialog(here.database))
        done = asyncio.Event()

        async def come_in() -> None:
            await dialog.query("#form").remove()
            if stopped:
                here.app.exit()
            done.set()
            dialog.draw_title()

        dialog.meanwhile(come_in)
        await done.wait()
        await here.pilot.pause()

    tell(room_file, story)
    assert bool(caplog.text) is not stopped


@pytest.mark.parametrize("stopped", [True, False])
def test_what_more_is_asked_of_a_dialog_that_goes_meanwhile_is_no_bug(
    room_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, stopped: bool
) -> None:
    """A line drops, or somebody clicks Esc, while the card is slow."""
    asked, go_on, themes = threading.Event(), threading.Event(), wishes.themes

    def slowly() -> Sequence[str]:
        asked.set()
        go_on.wait(PATIENCE)
        return themes()

    monkeypatch.setattr(wishes, "themes", slowly)

    async def story(here: Stand) -> None:
        await here.stands(dialog := WishDialog(here.database))
        more = asyncio.create_task(dialog.action_more())
        await here.until(asked.is_set)
        if stopped:
            here.app.exit()
            await dialog.query("*").remove()
        else:
            await here.app.pop_screen()
        go_on.set()
        await more

    tell(room_file, story)
    assert not caplog.text


def test_while_more_is_asked(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "themes", broken)

    async def story(here: Stand) -> None:
        await here.stands(WishDialog(here.database))
        await here.burst(*"Samen breien", "tab")
        await here.sees(SAID)
        monkeypatch.undo()
        await here.burst("enter")
        assert await here.told() == "Wens 1 staat op het bord."

    tell(room_file, story)


@pytest.mark.parametrize("what", ["suggest", "preview"])
def test_while_a_plan_is_made(room_file: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(planning, what, broken)

    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database))
        await here.sees(SAID)
        await here.burst("escape")
        assert await here.told() is None

    tell(room_file, story)


def test_while_the_title_of_a_session_is_made(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(here: Stand) -> None:
        dialog = AttendDialog(here.database, await slot(here))
        monkeypatch.setattr(rooms, "current", broken)
        await here.stands(dialog)
        await here.sees(SAID)
        monkeypatch.undo()
        await here.burst("7", "enter")
        assert await here.told() == "Breiclub: 7 deelnemers."

    tell(room_file, story)


@pytest.mark.parametrize("steps", range(5))
def test_a_form_that_is_left_while_it_comes_takes_nothing_along(room_file: Path, steps: int) -> None:
    """A key waits for what the key before it opened, but not for ever."""

    async def story(here: Stand) -> None:
        here.app.push_screen(PlanDialog(here.database), here.app.hear)
        for _ in range(steps):
            await asyncio.sleep(0)
        here.app.pop_screen()
        await here.sees("eronder")
        await here.stands(PlanDialog(here.database))
        await here.sees("Een activiteit plannen")

    tell(room_file, story)
