"""What people come for: a short list that the coordinator keeps, and one later key."""

from pathlib import Path

import pytest

from db import check, door, figures_days, models, reasons
from db.errors import NotPossible
from db.room import Room
from tests.clocks import FakeClock


def said(clock: FakeClock) -> dict[str, int]:
    today = clock.now().date()
    return figures_days.by_reason(today, today)


def test_the_key_goes_through_the_list_and_then_says_nothing(room: Room, clock: FakeClock) -> None:
    row = door.arrive(3)
    assert [door.next_reason(row.id) for _ in range(7)] == [*door.reasons(), None, door.reasons()[0]]
    assert said(clock) == {door.reasons()[0]: 3}


def test_a_reason_that_was_taken_back_counts_nowhere(room: Room, room_file: Path, clock: FakeClock) -> None:
    row = door.arrive(2, reason="anders")
    assert door.next_reason(row.id) is None
    assert said(clock) == {}
    assert check.check(room_file).sound


def test_what_is_undone_or_left_has_none(room: Room) -> None:
    row = door.arrive()
    door.undo(row.id)
    for other in (row, door.depart()):
        with pytest.raises(NotPossible):
            door.next_reason(other.id)


def test_the_list_is_kept_and_what_was_counted_stays(room: Room, clock: FakeClock) -> None:
    row = door.arrive(2, reason="vraag")
    assert reasons.keep(["Inloop", " taalles ", "", "TAALLES"]) == ("inloop", "TAALLES")
    assert door.reasons() == ("inloop", "TAALLES")
    assert said(clock) == {"vraag": 2}
    assert door.next_reason(row.id) == "inloop"
    assert reasons.keep(["vraag", "inloop"]) == ("vraag", "inloop")
    assert models.Reason.select().count() == 6


@pytest.mark.parametrize("wanted", [[], [" ", ""], [str(n) for n in range(reasons.MOST + 1)], ["x" * 31]])
def test_a_list_that_cannot_be_changes_nothing(room: Room, wanted: list[str]) -> None:
    before = door.reasons()
    with pytest.raises(NotPossible):
        reasons.keep(wanted)
    assert door.reasons() == before
