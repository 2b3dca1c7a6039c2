"""Advice is asked, answered and read; the desk's programme knows what waits."""

from datetime import timedelta

import pytest

from db import advice, board, programme, sessions
from db.errors import NotPossible
from db.room import Room
from db.states import Kind, Lead, State
from tests.board.plans import planned
from tests.clocks import FakeClock


def test_a_question_is_answered_and_read(room: Room, clock: FakeClock) -> None:
    activity, _ = planned(lead=Lead.VOLUNTEER)
    asked = advice.ask("Mag er een kachel bij?", about=Kind.ACTIVITY, number=activity, by="Ans")
    assert board.cards().columns[State.PLANNED][0].open_advice
    assert programme.today().questions == 1

    clock.go_on(hours=3)
    answered = advice.answer(asked, "Ja, met een stekker met randaarde.", by="Carla")

    assert answered.took == timedelta(hours=3)
    assert not board.cards().columns[State.PLANNED][0].open_advice
    [waiting] = programme.today().answers
    assert (waiting.answered_by, waiting.took) == ("Carla", timedelta(hours=3))
    assert programme.today().questions == 0

    clock.go_on(days=4)
    assert programme.today().answers, "it stays until somebody has read it"
    advice.mark_read(asked, by="Ans")
    assert programme.today().answers == ()
    assert board.activity(activity).lead is Lead.VOLUNTEER, "asking never changes who leads"


def test_one_answer_is_enough(room: Room) -> None:
    asked = advice.ask("Waar is de sleutel?")
    advice.answer(asked, "In de la.", by="Carla")

    with pytest.raises(NotPossible, match="Carla"):
        advice.answer(asked, "Bij de buren.", by="Dirk")
    assert advice.one(asked).answer == "In de la."


@pytest.mark.parametrize("text", ["", " ", "x" * 10_000])
def test_a_question_or_answer_that_says_nothing_or_too_much(room: Room, text: str) -> None:
    asked = advice.ask("Mag dit?")
    with pytest.raises(NotPossible):
        advice.ask(text)
    with pytest.raises(NotPossible):
        advice.answer(asked, text)
    assert len(advice.everything()) == 1 and advice.unanswered()


def test_what_is_not_there(room: Room) -> None:
    for wrong in (
        lambda: advice.answer(5, "ja"),
        lambda: advice.mark_read(5),
        lambda: advice.ask("?", about=Kind.WISH, number=5),
        lambda: sessions.attend(5, 1),
        lambda: sessions.cancel(5),
        lambda: board.thread(Kind.ACTIVITY, 5),
    ):
        with pytest.raises(NotPossible, match="5"):
            wrong()
    with pytest.raises(NotPossible):
        advice.mark_read(advice.ask("Mag dit?"))


@pytest.mark.parametrize("n", [-1, 100_000])
def test_no_such_number_of_participants(room: Room, clock: FakeClock, n: int) -> None:
    _, meetings = planned()
    clock.go_on(days=1)
    with pytest.raises(NotPossible):
        sessions.attend(meetings[0], n)
    assert sessions.one(meetings[0]).participations is None


def test_participations_of_a_day_add_up(room: Room, clock: FakeClock) -> None:
    _, knits = planned()
    _, sings = planned(title="Zingen")
    clock.go_on(days=1)
    sessions.attend(knits[0], 7)
    sessions.attend(sings[0], 12)

    assert programme.today().participations == 19
    assert programme.participations(programme.today().day) == 19


def test_yesterday_is_asked_about_once(room: Room, clock: FakeClock) -> None:
    _, meetings = planned()
    clock.go_on(days=2)
    waiting = programme.today().unnumbered
    assert waiting and waiting.id == meetings[0]

    sessions.asked_about(meetings[0])

    assert programme.today().unnumbered is None


def test_what_is_long_ago_is_not_asked_about(room: Room, clock: FakeClock) -> None:
    planned(times=1)
    clock.go_on(days=20)

    assert programme.today().unnumbered is None
