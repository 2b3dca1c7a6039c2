"""What was done on the board can be told afterwards: in the order of its moments, all of it or nothing."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from db import board, past, wishes
from db import clock as clocks
from db.room import Room
from tests.clocks import FakeClock, at

MORNING, NOON, EVENING = at("2019-05-06 10:00"), at("2019-05-06 12:00"), at("2019-05-06 19:00")
"""Long before this program was there: no clock could say so and be believed."""


def voiced(*told: tuple[datetime, str]) -> Iterator[datetime]:
    for moment, text in told:
        yield moment
        wishes.voice(text)


def found() -> list[tuple[str, datetime]]:
    return [(wish.text, wish.voiced_at) for wish in board.everything().wishes]


def test_stories_happen_through_one_another_as_they_did(room: Room, clock: FakeClock) -> None:
    one = voiced((MORNING, "breien"), (EVENING, "zingen"))
    other = voiced((NOON, "koken"))
    past.retell([one, other], clock.now())
    assert found() == [("breien", MORNING), ("koken", NOON), ("zingen", EVENING)]


def test_what_is_later_than_now_does_not_happen(room: Room) -> None:
    past.retell([voiced((MORNING, "breien"), (EVENING, "zingen"))], NOON)
    assert found() == [("breien", MORNING)]


def test_when_it_fails_nothing_happened_and_the_clock_is_the_rooms_again(
    room: Room, clock: FakeClock
) -> None:
    def broken() -> Iterator[datetime]:
        yield NOON
        raise RuntimeError("forgotten")

    with pytest.raises(RuntimeError, match="forgotten"):
        past.retell([voiced((MORNING, "breien")), broken()], clock.now())
    assert found() == []
    assert clocks.reliable_now() == (clock.now(), None)
