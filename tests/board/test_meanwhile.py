"""A question that stood on a screen for long writes over nothing that somebody else said meanwhile."""

from datetime import date, time

import pytest

from db import course, planning, programme, series, sessions, wishes
from db.board import everything
from db.course import MovedMeanwhile
from db.errors import NotPossible
from db.room import Room
from db.sessions import SaidMeanwhile
from db.states import Kind, SessionState, State
from tests.board.plans import knitting, planned
from tests.clocks import FakeClock


@pytest.fixture
def asked(room: Room, clock: FakeClock) -> sessions.Meeting:
    """The session of which a screen asks the number."""
    _, meetings = planned()
    clock.go_on(days=1)
    return sessions.one(meetings[0])


def test_the_number_that_somebody_else_gave_stays(asked: sessions.Meeting) -> None:
    sessions.attend(asked.id, 7, by="Ans")

    with pytest.raises(SaidMeanwhile, match="7") as told:
        sessions.attend(asked.id, 9, by="Bea", expected=asked.standing)
    with pytest.raises(SaidMeanwhile):
        sessions.cancel(asked.id, "Ziek", by="Bea", expected=asked.standing)
    assert sessions.one(asked.id).participations == 7

    assert sessions.attend(asked.id, 9, by="Bea", expected=told.value.now).participations == 9


def test_the_same_number_twice_is_no_matter(asked: sessions.Meeting) -> None:
    sessions.attend(asked.id, 7, by="Ans")
    assert sessions.attend(asked.id, 7, how="Gezellig", expected=asked.standing).how == "Gezellig"


def test_what_somebody_else_cancelled_stays_so(asked: sessions.Meeting) -> None:
    sessions.cancel(asked.id, "Ziek", by="Ans")

    with pytest.raises(SaidMeanwhile):
        sessions.attend(asked.id, 9, expected=asked.standing)
    assert sessions.one(asked.id).state is SessionState.CANCELLED


def test_what_somebody_else_moved_is_not_cancelled_there(asked: sessions.Meeting) -> None:
    series.move_session(asked.id, date(2026, 11, 26), time(14), by="Ans")

    with pytest.raises(SaidMeanwhile, match="2026-11-26"):
        sessions.cancel(asked.id, expected=asked.standing)
    assert sessions.one(asked.id).state is SessionState.PLANNED


def test_a_number_that_somebody_else_took_back_is_not_put_back(asked: sessions.Meeting) -> None:
    seen = sessions.attend(asked.id, 7)
    sessions.go_on(asked.id, by="Ans")

    with pytest.raises(SaidMeanwhile):
        sessions.attend(asked.id, 8, expected=seen.standing)
    with pytest.raises(NotPossible):
        sessions.go_on(asked.id, expected=seen.standing)
    assert sessions.one(asked.id).participations is None


def test_another_name_of_the_activity_stops_no_number(asked: sessions.Meeting) -> None:
    series.change(asked.activity, title="Haakclub")
    assert sessions.attend(asked.id, 7, expected=asked.standing).participations == 7


def test_the_programme_of_the_desk_knows_how_it_stands(asked: sessions.Meeting) -> None:
    [slot] = programme.today().slots
    assert slot.standing == asked.standing


def test_a_wish_that_somebody_else_planned_is_not_planned_again_unawares(room: Room) -> None:
    wish, other = wishes.voice("Breien"), wishes.voice("Haken")
    seen = planning.standing([wish, other])
    course.move(Kind.WISH, other, State.EXPLORING)
    planned(wish)

    with pytest.raises(MovedMeanwhile, match=f"{wish}") as told:
        planning.plan([wish, other], knitting(title="Haakclub"), expected=seen)
    assert len(everything().activities) == 1

    planning.plan([wish, other], knitting(title="Haakclub"), expected=told.value.now)
    assert len(everything().activities) == 2


def test_a_wish_that_somebody_else_gave_up_is_not_planned_unawares(room: Room) -> None:
    wish = wishes.voice("Breien")
    seen = planning.standing([wish])
    course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="De wol is op")

    with pytest.raises(MovedMeanwhile, match="De wol is op"):
        planning.plan([wish], knitting(), expected=seen)
    assert everything().activities == ()


def test_a_wish_that_is_being_explored_meanwhile_is_planned(room: Room) -> None:
    wish = wishes.voice("Breien")
    seen = planning.standing([wish])
    course.move(Kind.WISH, wish, State.EXPLORING)

    assert planning.plan([wish], knitting(), expected=seen)
