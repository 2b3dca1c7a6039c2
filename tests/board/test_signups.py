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


def test_more_places_let_in_who_waits_in_their_order_and_before_who_comes_then(room: Room) -> None:
    activity, meetings = planned(capacity=1)
    signups.sign_up(meetings[0])
    waits = [signups.sign_up(meetings[0], n).id for n in (2, 1)]

    assert [one.id for one in series.change(activity, capacity=3)] == waits[:1]
    assert signups.sign_up(meetings[0]).waiting, "who waited was first"
    assert series.change(activity, needs="wol") == ()
    assert [one.id for one in series.change(activity, capacity=0)] == [waits[1], waits[1] + 1]


def test_more_places_let_in_where_it_does_not_go_on_too_and_tell_of_none(
    room: Room, clock: FakeClock
) -> None:
    """It may go on after all, and then nobody waits beside an empty place."""
    activity, meetings = planned(capacity=1)
    for _ in range(2):
        signups.sign_up(meetings[0])
    sessions.cancel(meetings[0])

    assert series.change(activity, capacity=2) == ()
    sessions.go_on(meetings[0])
    assert [one.waiting for one in signups.of(meetings[0])] == [False, False]


def test_who_comes_instead_of_somebody_comes_or_nothing_is_changed(room: Room) -> None:
    _, meetings = planned(capacity=2)
    first = signups.sign_up(meetings[0], 2, "Truus")
    before = signups.of(meetings[0])
    with pytest.raises(NotPossible):
        signups.sign_up_instead(first.id, meetings[0], 60, "Anja")
    assert signups.of(meetings[0]) == before

    let_in, taken = signups.sign_up_instead(first.id, meetings[0], 1, "Anja")
    assert (let_in, taken.waiting, taken.left) == ((), False, 1)
    assert [(one.n, one.name) for one in signups.of(meetings[0])] == [(1, "Anja")]


def test_who_finds_too_few_places_hears_how_many_there_are(room: Room) -> None:
    _, meetings = planned(capacity=2)
    assert (signups.sign_up(meetings[0], 3).left, signups.sign_up(meetings[0], 2).left) == (2, 0)
    assert signups.sign_up(meetings[0], 1).left == 0


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
