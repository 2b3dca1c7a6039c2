"""A question that stood on a screen for long writes over nothing that somebody else said meanwhile."""

from datetime import date, time
from functools import partial

import pytest

from db import course, planning, programme, series, sessions, signups, wishes
from db.board import everything
from db.course import MovedMeanwhile
from db.errors import Meanwhile, NotPossible
from db.room import Room
from db.sessions import SaidMeanwhile
from db.states import Kind, Lead, SessionState, State
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


@pytest.mark.parametrize("and_after", [False, True])
def test_what_somebody_else_moved_is_not_moved_from_there(asked: sessions.Meeting, and_after: bool) -> None:
    moved = partial(series.move_session, asked.id, date(2026, 11, 27), time(14), and_after=and_after)
    series.move_session(asked.id, date(2026, 11, 26), time(14), by="Ans")

    with pytest.raises(SaidMeanwhile, match="2026-11-26") as told:
        moved(expected=asked.standing)
    assert sessions.one(asked.id).day == date(2026, 11, 26)

    moved(expected=told.value.now)
    assert sessions.one(asked.id).day == date(2026, 11, 27)


def test_nobody_stops_what_follows_or_signs_up_for_a_day_that_is_another_one(asked: sessions.Meeting) -> None:
    series.move_session(asked.id, date(2026, 11, 26), time(14), by="Ans")

    with pytest.raises(SaidMeanwhile, match="2026-11-26"):
        series.cancel_from(asked.id, expected=asked.standing)
    with pytest.raises(SaidMeanwhile, match="2026-11-26"):
        signups.sign_up(asked.id, 2, expected=asked.standing)
    assert sessions.one(asked.id).state is SessionState.PLANNED
    assert signups.of(asked.id) == ()


def test_what_is_said_of_an_activity_is_not_written_over_what_somebody_else_wrote(
    asked: sessions.Meeting,
) -> None:
    series.change(asked.activity, place="Keuken", by="Ans")

    with pytest.raises(Meanwhile, match="Keuken") as told:
        series.change(asked.activity, place="Zaal", expected={"place": asked.place})
    series.change(asked.activity, needs="Wol", expected={"needs": ""})  # nobody touched that
    series.change(asked.activity, place="Zaal", expected=told.value.now)

    series.change(asked.activity, lead=Lead.TOGETHER, capacity=5)
    with pytest.raises(Meanwhile, match="who leads"):
        series.change(asked.activity, lead=Lead.UNKNOWN, expected={"lead": Lead.VOLUNTEER})
    with pytest.raises(Meanwhile, match="5"):
        series.change(asked.activity, capacity=9, expected={"capacity": 0})
    facts = next(one for one in everything().activities if one.id == asked.activity)
    assert (facts.place, facts.needs, facts.lead, facts.capacity) == ("Zaal", "Wol", Lead.TOGETHER, 5)


def test_a_wish_that_somebody_else_wrote_better_stays_so(room: Room) -> None:
    wish = wishes.voice("Brijen")
    wishes.reword(wish, "Breien", by="Ans")

    with pytest.raises(Meanwhile, match="Breien") as told:
        wishes.reword(wish, "Bereien", expected={"text": "Brijen"})
    wishes.reword(wish, "Samen breien", expected=told.value.now)
    assert everything().wishes[0].text == "Samen breien"


def test_a_theme_that_somebody_else_chose_stays_so(room: Room) -> None:
    wish = wishes.voice("Breien", theme="creatief")
    wishes.reword(wish, theme="ontmoeten", by="Ans")

    wishes.reword(wish, "Samen breien", by="Bea", expected={"text": "Breien"})  # nobody touched that
    with pytest.raises(Meanwhile, match="ontmoeten") as told:
        wishes.reword(wish, theme="leren", by="Bea", expected={"theme": "creatief"})
    assert (everything().wishes[0].text, wishes.theme_of(wish)) == ("Samen breien", "ontmoeten")

    wishes.reword(wish, theme="ontmoeten", by="Bea", expected={"theme": "creatief"})  # the same is no matter
    wishes.reword(wish, theme="leren", by="Bea", expected=told.value.now)
    assert wishes.theme_of(wish) == "leren"


def test_who_leads_a_session_is_not_written_over(asked: sessions.Meeting) -> None:
    led = partial(sessions.led_by, asked.id, expected=asked.standing)
    sessions.led_by(asked.id, Lead.NEIGHBOUR, "Ans")

    with pytest.raises(Meanwhile, match="who leads") as told:
        led(Lead.TOGETHER, "Bea", instead_of=(asked.lead, asked.leader))
    assert (sessions.one(asked.id).lead, sessions.one(asked.id).leader) == (Lead.NEIGHBOUR, "Ans")

    led(Lead.NEIGHBOUR, "Ans", instead_of=(asked.lead, asked.leader))  # the same is no matter
    assert led(Lead.TOGETHER, "Bea", instead_of=told.value.now).lead is Lead.TOGETHER


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
