"""Sign-ups: places are given in order, who waits gets one that comes free, names don't stay."""

from datetime import date, timedelta

import pytest

from db import board, programme, series, sessions, signups
from db.errors import NotPossible
from db.room import Room
from db.states import Kind, State
from tests.board.plans import TUESDAY, planned
from tests.clocks import FakeClock


def test_full_means_waiting_and_a_place_that_comes_free_goes_to_who_waited(room: Room) -> None:
    _, meetings = planned(capacity=4)
    first = signups.sign_up(meetings[0], 3, "Truus")
    group = signups.sign_up(meetings[0], 2, "Familie")
    single = signups.sign_up(meetings[0])
    late = signups.sign_up(meetings[0], 1, "Koos")

    assert [one.waiting for one in (first, group, single, late)] == [False, True, False, True]
    assert signups.places_left(meetings[0]) == 0

    let_in = signups.withdraw(first.id)

    assert [one.id for one in let_in] == [group.id, late.id]
    assert [(one.id, one.waiting) for one in signups.of(meetings[0])] == [
        (group.id, False),
        (single.id, False),
        (late.id, False),
    ]


def test_more_places_let_in_who_waits(room: Room) -> None:
    activity, meetings = planned(capacity=1)
    signups.sign_up(meetings[0])
    waits = signups.sign_up(meetings[0], 2)
    series.change(activity, capacity=3)

    assert [one.id for one in signups.let_in(meetings[0])] == [waits.id]


def test_the_board_says_how_many_places_are_left(room: Room) -> None:
    _, meetings = planned(capacity=6)
    signups.sign_up(meetings[0], 4)
    signups.sign_up(meetings[0], 5)

    [card] = board.cards().columns[State.PLANNED]
    assert card.places_left == 2


@pytest.mark.parametrize("n", [0, -1, 100_000])
def test_no_such_number(room: Room, n: int) -> None:
    _, meetings = planned(capacity=6)
    with pytest.raises(NotPossible):
        signups.sign_up(meetings[0], n)
    assert signups.of(meetings[0]) == ()


def test_nobody_signs_up_for_what_does_not_go_on(room: Room) -> None:
    _, meetings = planned(capacity=6)
    sessions.cancel(meetings[0])
    with pytest.raises(NotPossible):
        signups.sign_up(meetings[0])


def test_nobody_signs_up_for_what_is_over(room: Room, clock: FakeClock) -> None:
    _, meetings = planned(capacity=6)
    clock.go_on(days=1, hours=1)
    assert signups.sign_up(meetings[0]), "who comes in while it goes on is welcome"
    clock.go_on(hours=1)

    with pytest.raises(NotPossible, match="over"):
        signups.sign_up(meetings[0])


def test_names_are_erased_the_day_after_and_numbers_stay(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned(capacity=6)
    signups.sign_up(meetings[0], 2, "Truus")

    assert signups.erase_names(TUESDAY) == 0
    assert signups.erase_names(TUESDAY + timedelta(days=1)) == 1
    [kept] = signups.of(meetings[0])
    assert (kept.n, kept.name) == (2, None)
    assert "Truus" not in str(board.thread(Kind.ACTIVITY, activity))


def test_the_programme_knows_them(room: Room, clock: FakeClock) -> None:
    _, meetings = planned(capacity=6)
    signups.sign_up(meetings[0], 2)
    clock.go_on(days=1)

    [slot] = programme.today().slots
    assert (slot.signed_up, slot.capacity) == (2, 6)
    assert programme.today().day == date(2026, 11, 24)
