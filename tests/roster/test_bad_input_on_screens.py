"""What cannot be is one clear sentence on the screen where it was typed, and nothing has changed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time
from pathlib import Path

import pytest
from textual import events

from db import connection, door, duties, log, logbook, pattern, people, roster
from db.logbook import Reader
from db.states import NoteKind
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
HUGE = "zo " * 3334


@pytest.fixture(autouse=True)
def _the_shift(room_file: Path, clock: FakeClock) -> None:
    """Anja is on duty today, Ben on Tuesday until noon; somebody came in, and the coffee machine leaks."""
    connection.open(room_file)
    anja, ben = (people.add(name).id for name in ("Anja", "Ben"))
    roster.plan(anja, MONDAY)
    roster.plan(ben, TUESDAY, time(10), time(12))
    log.write("Koffiezetter lekt", kind=NoteKind.BROKEN, by="Dirk")
    door.arrive(3)
    clock.go_on_until(at("2026-11-23 16:00"))
    connection.close()


def refused(file: Path, keys: list[str], typed: str | None, says: str) -> None:
    """These keys, a paste behind them and Enter: that is said, once, and nothing is written."""

    async def everything(here: Desk) -> object:
        return await here.database.run(
            lambda: (
                duties.between(MONDAY, TUESDAY),
                pattern.patterns(),
                logbook.entries(Reader("Truus", coordinator=True)),
            )
        )

    async def story(here: Desk) -> None:
        before = await everything(here)
        await here.burst(*keys)
        if typed is not None:
            here.app.post_message(events.Paste(typed))
            await here.burst("enter")
        await here.answered()  # it may be said as soon as the field is left, before the last key
        await here.sees(says)
        assert here.screen.count(says) == 1
        assert here.app.screen.is_modal, "what was typed stands there still"
        assert await everything(here) == before

    told(file, story)


def told(file: Path, story: Callable[[Desk], Awaitable[None]]) -> None:
    async def live() -> None:
        async with desk(file) as here:
            await story(here)

    asyncio.run(live())


@pytest.mark.parametrize(
    ("keys", "needs"),
    [
        (["l"], "Een aantekening heeft woorden nodig"),
        (["f4", "l"], "Een aantekening heeft woorden nodig"),
        (["f4", "enter"], "in een paar woorden"),
        (["s", ".", ".", "2", "enter"], "in een paar woorden"),
    ],
)
@pytest.mark.parametrize("typed", ["", " \t ", "\x1b\x07\x00", HUGE])
def test_what_is_written_in_the_log(room_file: Path, keys: list[str], needs: str, typed: str) -> None:
    refused(room_file, keys, typed, "te lang: 10001 tekens" if typed == HUGE else needs)


OTHER_TIMES = [
    ("16", "10", "is 18 uur"),
    ("10", "10", "24 uur"),
    ("18", "20", "buiten de openingstijden"),
    ("", "12", "“” bestaat niet"),
    ("25", "26", "“25” bestaat niet"),
    ("middag", "12", "“middag” bestaat niet"),
    ("\x1b[31m", "12", "“[31m” bestaat niet"),
]


@pytest.mark.parametrize(("begins", "ends", "says"), OTHER_TIMES)
def test_who_comes_on_a_shift(room_file: Path, begins: str, ends: str, says: str) -> None:
    keys = ["f5", "enter", "b", "down", "delete", *begins, "down", *ends, "enter"]
    refused(room_file, [key for key in keys if key.isprintable()], None, says)


def test_who_is_on_duty_then_already(room_file: Path) -> None:
    refused(room_file, ["f5", "enter", "a", "enter"], None, "Anja is dan al in dienst")


@pytest.mark.parametrize(("begins", "ends", "says"), [one for one in OTHER_TIMES if one[0]])
def test_who_comes_every_week(room_file: Path, begins: str, ends: str, says: str) -> None:
    keys = ["f5", "v", "enter", "down", "down", *begins, "down", *ends, "f2"]
    refused(room_file, [key for key in keys if key.isprintable()], None, says)


@pytest.mark.parametrize(
    ("begins", "ends", "says"),
    [
        ("12", "11", "nog komen"),
        ("17", "18", "nog komen"),
        ("9", "23", "nog komen"),
        ("middag", "12", "“middag” bestaat niet"),
        ("25", "26", "“25” bestaat niet"),
    ],
)
def test_who_was_here_at_the_closing(room_file: Path, begins: str, ends: str, says: str) -> None:
    keys = ["s", *"...", "2", "enter", "down", *begins, "down", *ends, "enter"]
    refused(room_file, keys, None, says)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("25:00", "25:00"),
        (HUGE, "10001"),
        ("\x1b\x07", "Dank je"),
        ("12:00", "Toen kan de dienst niet zijn afgesloten."),
    ],
)
def test_when_the_shift_before_closed(room_file: Path, clock: FakeClock, typed: str, says: str) -> None:
    clock.go_on_until(at("2026-11-24 10:05"))
    connection.open(room_file)
    door.start_of_day()
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("0", "enter", "c")
        await here.sees("echt dicht?")
        here.app.post_message(events.Paste(typed))
        await here.burst("enter")
        await here.sees(says)

    told(room_file, story)


def test_looking_for_anything_in_the_log(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("f4", "/", *'"*^():-', *"x" * 300, "enter")
        await here.sees("Er is niets gevonden.")
        await here.burst("escape")
        await here.sees("Koffiezetter lekt")

    told(room_file, story)
