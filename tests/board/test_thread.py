"""From a wish to how many came, and back again."""

from datetime import timedelta

import pytest

from db import board, course, sessions, wishes
from db.errors import NotPossible
from db.history import What
from db.room import Room
from db.states import Kind, Lead, SessionState, State
from tests.board.plans import TUESDAY, planned
from tests.clocks import FakeClock


def _stands(kind: Kind, number: int) -> State:
    return course.state_of(kind, number)


def test_a_wish_becomes_an_activity_that_runs_and_ends(room: Room, clock: FakeClock) -> None:
    wish = wishes.voice("Samen breien", by="Ans")
    course.move(Kind.WISH, wish, State.EXPLORING, by="Bea")
    activity, meetings = planned(wish, times=2)
    assert _stands(Kind.WISH, wish) is State.PLANNED

    clock.go_on(days=1)
    sessions.attend(meetings[0], 7, by="Cor")
    assert (_stands(Kind.ACTIVITY, activity), _stands(Kind.WISH, wish)) == (State.RUNNING, State.RUNNING)

    clock.go_on(days=7)
    sessions.attend(meetings[1], 9, by="Cor")
    assert (_stands(Kind.ACTIVITY, activity), _stands(Kind.WISH, wish)) == (State.DONE, State.DONE)

    back = board.thread(Kind.ACTIVITY, activity)
    assert [found.text for found in back.wishes] == ["Samen breien"]
    assert [one.participations for one in back.activities[0].sessions] == [7, 9]
    moves = [(event.by, event.to_state) for event in back.events if event.wish and event.to_state]
    assert moves == [
        ("Ans", State.RECEIVED),
        ("Bea", State.EXPLORING),
        ("Bea", State.PLANNED),
        ("Cor", State.RUNNING),
        ("Cor", State.DONE),
    ]


def test_several_wishes_become_one_activity_and_one_wish_several(room: Room) -> None:
    first, second = wishes.voice("Samen breien"), wishes.voice("Leren haken")
    wishes.me_too(second)
    club, _ = planned(first, second)
    lessons, _ = planned(second, title="Haakcursus")

    assert {one.id for one in board.thread(Kind.WISH, second).activities} == {club, lessons}
    assert {one.id for one in board.thread(Kind.ACTIVITY, club).wishes} == {first, second}
    [card] = [card for card in board.cards().columns[State.PLANNED] if card.id == club]
    assert card.me_too == 3, "two who voiced it, and one who has the same wish"
    assert not board.cards().columns[State.RECEIVED], "they stand on the board as their activities"


def test_what_did_not_work_out_says_why_and_can_come_back(room: Room, clock: FakeClock) -> None:
    wish = wishes.voice("Zwemmen met de straat")
    activity, meetings = planned(wish)
    clock.go_on(days=1)
    sessions.attend(meetings[0], 2)

    moved = course.move(Kind.ACTIVITY, activity, State.NOT_FEASIBLE, reason="Het bad is dicht")
    assert moved.sessions == 5
    assert _stands(Kind.WISH, wish) is State.NOT_FEASIBLE
    assert [one.state for one in sessions.of_activity(activity)] == [
        SessionState.HELD,
        *[SessionState.CANCELLED] * 5,
    ]
    [card] = board.cards().columns[State.NOT_FEASIBLE]
    assert card.reason == "Het bad is dicht"

    assert course.move(Kind.ACTIVITY, activity, State.RUNNING).sessions == 5
    assert _stands(Kind.WISH, wish) is State.RUNNING


def test_only_what_that_stop_took_away_comes_back(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned()
    sessions.cancel(meetings[2], "Sinterklaas")
    course.move(Kind.ACTIVITY, activity, State.NOT_FEASIBLE, reason="Geen ruimte")
    clock.go_on(days=8)

    course.move(Kind.ACTIVITY, activity, State.PLANNED)

    states = [one.state for one in sessions.of_activity(activity)]
    assert states == [SessionState.CANCELLED] * 3 + [SessionState.PLANNED] * 3, "two days have gone by"


def test_what_runs_without_an_end_is_not_done_with_its_last_number(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned(times=None)
    clock.go_on(days=1)
    sessions.attend(meetings[0], 4)
    for meeting in meetings[1:]:
        sessions.cancel(meeting)

    assert _stands(Kind.ACTIVITY, activity) is State.RUNNING


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        (Kind.WISH, State.PLANNED),
        (Kind.WISH, State.RUNNING),
        (Kind.WISH, State.DONE),
        (Kind.WISH, State.RECEIVED),
        (Kind.WISH, State.NOT_FEASIBLE),
        (Kind.ACTIVITY, State.RECEIVED),
        (Kind.ACTIVITY, State.EXPLORING),
        (Kind.ACTIVITY, State.RUNNING),
        (Kind.ACTIVITY, State.NOT_FEASIBLE),
    ],
)
def test_what_the_board_does_not_know_is_refused(room: Room, kind: Kind, to: State) -> None:
    number = wishes.voice("Soep") if kind is Kind.WISH else planned()[0]
    before = board.everything(), board.thread(kind, number).events

    with pytest.raises(NotPossible):
        course.move(kind, number, to)

    assert (board.everything(), board.thread(kind, number).events) == before


def test_who_looks_at_an_old_board_is_told(room: Room) -> None:
    wish = wishes.voice("Soep")
    course.move(Kind.WISH, wish, State.EXPLORING)

    with pytest.raises(course.MovedMeanwhile):
        course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="Geen pan", expected=State.RECEIVED)

    assert _stands(Kind.WISH, wish) is State.EXPLORING


def test_a_number_is_corrected_and_the_old_one_stays_known(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned()
    clock.go_on(days=1)
    sessions.attend(meetings[0], 12, how="Gezellig")
    corrected = sessions.attend(meetings[0], 11)

    assert (corrected.participations, corrected.how) == (11, "Gezellig")
    said = [event.text for event in board.thread(Kind.ACTIVITY, activity).events]
    assert "12 → 11" in said


def test_a_session_can_have_another_lead_than_its_activity(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned(lead=Lead.VOLUNTEER)
    clock.go_on(days=1)
    sessions.attend(meetings[0], 5, lead=Lead.NEIGHBOUR)

    leads = [one.lead for one in board.activity(activity).sessions]
    assert leads[:2] == [Lead.NEIGHBOUR, Lead.VOLUNTEER]


def test_a_number_taken_back_takes_its_activity_back(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned(times=1)
    clock.go_on(days=1)
    sessions.attend(meetings[0], 5)
    assert _stands(Kind.ACTIVITY, activity) is State.DONE

    sessions.go_on(meetings[0])

    assert sessions.one(meetings[0]).participations is None
    assert _stands(Kind.ACTIVITY, activity) is State.PLANNED, "what was never held is not done"


def test_no_number_before_the_day(room: Room) -> None:
    _, meetings = planned()

    with pytest.raises(NotPossible, match=str(TUESDAY)):
        sessions.attend(meetings[0], 5)


def test_past_cards_fold(room: Room, clock: FakeClock) -> None:
    for n in range(board.PAST_SHOWN + 3):
        wish = wishes.voice(f"Wens {n}")
        clock.go_on(minutes=1)
        course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="Geen ruimte")

    cards = board.cards()
    assert len(cards.columns[State.NOT_FEASIBLE]) == board.PAST_SHOWN
    assert cards.folded[State.NOT_FEASIBLE] == 3
    assert cards.columns[State.NOT_FEASIBLE][0].title == f"Wens {board.PAST_SHOWN + 2}"
    assert len(board.cards(past=None).columns[State.NOT_FEASIBLE]) == board.PAST_SHOWN + 3


def test_the_history_is_in_order(room: Room, clock: FakeClock) -> None:
    wish = wishes.voice("Soep")
    clock.go_on(minutes=3)
    wishes.me_too(wish)
    clock.go_on(minutes=3)
    wishes.take_back_me_too(wish)

    events = board.thread(Kind.WISH, wish).events
    assert [event.what for event in events] == [What.VOICED, What.ME_TOO, What.CHANGED]
    assert events[2].at - events[0].at == timedelta(minutes=6)
    with pytest.raises(NotPossible):
        wishes.take_back_me_too(wish)
