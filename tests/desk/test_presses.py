"""Presses on their way to the disk: what a host is told meanwhile, and what a later key aims at."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from db import connection, days, door
from db.errors import HostdeskError
from hostdesk.presses import FirstVisits, Press, Presses, Waiting
from tests.clocks import FakeClock


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose time passes only when a test lets it."""

    seconds = 0.0

    def time(self) -> float:
        """Its clock."""
        return self.seconds

    async def go_on_until(self, seconds: float) -> None:
        """Let time pass, and what was due by then happen."""
        self.seconds = seconds
        for _ in range(4):
            await asyncio.sleep(0)


class Card:
    """A database thread whose disk finishes when a test lets it."""

    def __init__(self) -> None:
        """Nothing was asked of it yet."""
        self.asked: list[tuple[Callable[[], Any], Future[Any]]] = []

    def submit(self, work: Callable[[], Any]) -> "Future[Any]":
        """Take this work in."""
        self.asked.append((work, Future()))
        return self.asked[-1][1]

    async def finishes(self) -> None:
        """Do the oldest work, and let its presses hear of it."""
        work, done = self.asked.pop(0)
        try:
            done.set_result(work())
        except HostdeskError as error:
            done.set_exception(error)
        for _ in range(4):
            await asyncio.sleep(0)


class Somebody:
    """Somebody whose presses go to a card that takes its time, and what the screen hears of them."""

    def __init__(self, loop: Loop) -> None:
        """Sit down."""
        self.loop = loop
        self.card = Card()
        self.saved: list[Press] = []
        self.refused: list[HostdeskError] = []
        self.waiting: list[Waiting] = []
        self.presses = Presses(
            self.card,  # type: ignore[arg-type]
            saved=self.saved.append,
            refused=self.refused.append,
            waiting=self.waiting.append,
        )

    async def everything_is_saved(self) -> None:
        """The card finishes all that it was asked."""
        while self.card.asked:
            await self.card.finishes()


def live(story: Callable[[Somebody], Awaitable[None]]) -> None:
    """Live a story on a loop whose time the story has in hand."""
    loop = Loop()
    try:
        loop.run_until_complete(story(Somebody(loop)))
    finally:
        loop.close()


@pytest.fixture
def room(room_file: Path) -> None:
    """A room that this thread has open."""
    connection.open(room_file)


def test_a_press_that_takes_longer_than_300_ms_is_said_to_be_under_way() -> None:
    """The figure is the design's ("Layers")."""

    async def story(here: Somebody) -> None:
        here.presses.arrive()
        await here.loop.go_on_until(0.299)
        assert here.waiting == []
        await here.loop.go_on_until(0.301)
        assert here.waiting == [Waiting(1, slow=True, trouble=None)]

    live(story)


def test_the_time_is_that_of_the_key_and_not_of_its_turn(room: None) -> None:
    async def story(here: Somebody) -> None:
        here.presses.arrive()
        await here.loop.go_on_until(0.2)
        here.presses.arrive(2)
        await here.card.finishes()
        assert here.waiting == [Waiting(1, slow=False, trouble=None)]
        await here.loop.go_on_until(0.499)
        assert len(here.waiting) == 1
        await here.loop.go_on_until(0.501)
        assert here.waiting[1:] == [Waiting(1, slow=True, trouble=None)]

    live(story)


def test_a_first_visit_skips_an_arrival_that_is_being_undone(room: None) -> None:
    async def story(here: Somebody) -> None:
        here.presses.arrive(2)
        here.presses.arrive(3)
        here.presses.undo()
        here.presses.first_visit()
        await here.everything_is_saved()
        assert not here.refused
        assert here.saved[-1].outcome == FirstVisits(1)
        today = days.today()
        assert [(row.n, row.first_visits) for row in today.recent if not row.voided and not row.undone] == [
            (2, 1)
        ]

    live(story)


def test_a_first_visit_skips_an_arrival_on_the_screen_that_is_being_undone(room: None) -> None:
    door.arrive(2)
    door.arrive(3)

    async def story(here: Somebody) -> None:
        here.presses.shown(days.today())
        here.presses.undo()
        here.presses.first_visit()
        await here.everything_is_saved()
        assert not here.refused
        assert days.today().first_visits == 1

    live(story)


def test_a_first_visit_skips_an_arrival_that_was_a_held_key(room: None) -> None:
    async def story(here: Somebody) -> None:
        here.presses.arrive(2)
        here.presses.cancel(here.presses.arrive(3))
        here.presses.first_visit()
        await here.everything_is_saved()
        assert not here.refused
        assert days.today().first_visits == 1

    live(story)


def test_below_what_the_screen_shows_the_ledger_says_which_arrival_stands(room: None) -> None:
    door.arrive(2)
    door.arrive(3)
    for _ in range(9):
        door.depart()

    async def story(here: Somebody) -> None:
        here.presses.shown(days.today())
        for _ in range(10):
            here.presses.undo()
        here.presses.first_visit()
        await here.everything_is_saved()
        assert not here.refused
        assert (days.today().visits, days.today().first_visits) == (2, 1)

    live(story)


def test_when_the_only_arrival_is_being_undone_there_is_none_to_tag(room: None) -> None:
    async def story(here: Somebody) -> None:
        here.presses.arrive()
        here.presses.undo()
        here.presses.first_visit()
        await here.everything_is_saved()
        assert len(here.refused) == 1
        assert days.today().first_visits == 0

    live(story)


def test_an_arrival_of_an_earlier_day_is_not_tagged_today(room: None, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on(days=1)

    async def story(here: Somebody) -> None:
        here.presses.shown(days.today())
        here.presses.first_visit()
        await here.everything_is_saved()
        assert len(here.refused) == 1

    live(story)
