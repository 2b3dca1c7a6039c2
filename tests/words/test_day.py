"""A moment says its day when that is another one."""

import pytest

from db import days, door
from db.room import Room
from hostdesk import words
from hostdesk.words import day
from tests.clocks import FakeClock


@pytest.fixture(autouse=True)
def _in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    monkeypatch.setenv("LANGUAGE", "")
    words.choose("nl")


@pytest.mark.parametrize(("later", "said"), [(0, "14:07"), (4, "ma 14:07"), (7, "ma 23 nov 2026 14:07")])
def test_the_last_action_says_its_day(room: Room, clock: FakeClock, later: int, said: str) -> None:
    row = door.arrive()
    clock.go_on(days=later)
    assert day.last(days.today(), row) == f"Laatste: +1 om {said}"


def test_what_is_undone_on_a_later_day_says_both_days(room: Room, clock: FakeClock) -> None:
    door.arrive(3)
    clock.go_on(days=3)
    row = door.undo()
    assert day.last(days.today(), row) == "Laatste: +3 van ma ongedaan gemaakt om 14:07"
    clock.go_on(days=1)
    assert day.last(days.today(), row) == "Laatste: +3 van ma ongedaan gemaakt om do 14:07"


def test_in_short_it_says_what_was_taken_back(room: Room, clock: FakeClock) -> None:
    door.arrive(volunteer=True)
    row = door.undo()
    assert day.last_in_short(days.today(), row, 34) == "vrijwilliger +1 ongedaan, 14:07"
