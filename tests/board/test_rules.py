"""What follows from what on the board: stories about the rules that are easily broken."""

from contextlib import suppress
from datetime import date, time

import pytest

from db import board, clock, connection, course, planning, series, sessions, signups, wishes
from db.errors import NotPossible
from db.history import What
from db.planning import Plan
from db.recurrence import Repeat
from db.room import Room
from db.states import Kind, Lead, SessionState, State
from db.timetable import Trouble
from tests.board.plans import TUESDAY, planned
from tests.clocks import FakeClock, at
from tests.door.test_effort import statements


def stands(kind: Kind, number: int) -> State:
    return course.state_of(kind, number)


def ahead(activity: int) -> list[sessions.Meeting]:
    """The sessions that are planned and still to come."""
    now = clock.reliable_now()[0]
    return [
        one
        for one in sessions.of_activity(activity)
        if one.state is SessionState.PLANNED and one.starts_at > now
    ]


def test_what_was_never_held_is_not_done(room: Room) -> None:
    activity, _ = planned()
    with pytest.raises(NotPossible, match="not done"):
        course.move(Kind.ACTIVITY, activity, State.DONE)
    assert stands(Kind.ACTIVITY, activity) is State.PLANNED


def test_an_only_session_that_did_not_go_on_after_all_leaves_nothing_done(
    room: Room, clock: FakeClock
) -> None:
    activity, [meeting] = planned(times=1)
    clock.go_on(days=1)
    sessions.attend(meeting, 5)
    assert stands(Kind.ACTIVITY, activity) is State.DONE

    sessions.cancel(meeting, "Het was vorige week")

    assert stands(Kind.ACTIVITY, activity) is State.PLANNED


def test_what_was_not_feasible_gets_no_sessions_behind_the_boards_back(room: Room) -> None:
    activity, meetings = planned()
    course.move(Kind.ACTIVITY, activity, State.NOT_FEASIBLE, reason="Geen begeleider")

    for act in (
        lambda: sessions.go_on(meetings[0]),
        lambda: series.add_session(activity, TUESDAY, time(10), time(11)),
        lambda: series.move_session(meetings[1], TUESDAY, time(10)),
    ):
        with pytest.raises(NotPossible, match="not feasible"):
            act()
    assert ahead(activity) == []


def test_a_session_added_to_what_is_done_lets_it_run_but_not_for_ever(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned(times=None)
    clock.go_on(days=1)
    sessions.attend(meetings[0], 5)
    course.move(Kind.ACTIVITY, activity, State.DONE)

    series.add_session(activity, date(2026, 12, 15), time(14), time(16))
    clock.go_on(days=100)
    series.plan_ahead()

    assert stands(Kind.ACTIVITY, activity) is State.RUNNING
    assert len([one for one in sessions.of_activity(activity) if one.state is SessionState.PLANNED]) == 1


def test_a_wish_that_somebody_gave_up_does_not_come_back_with_its_activity(room: Room) -> None:
    knit, sew = wishes.voice("Breien"), wishes.voice("Naaien")
    activity, _ = planned(knit, sew)
    course.move(Kind.WISH, sew, State.NOT_FEASIBLE, reason="Verhuisd")
    course.move(Kind.ACTIVITY, activity, State.NOT_FEASIBLE, reason="Geen begeleider")
    assert stands(Kind.WISH, knit) is State.NOT_FEASIBLE

    course.move(Kind.ACTIVITY, activity, State.PLANNED)
    assert (stands(Kind.WISH, knit), stands(Kind.WISH, sew)) == (State.PLANNED, State.NOT_FEASIBLE)

    planned(sew)
    assert stands(Kind.WISH, sew) is State.PLANNED, "but with one of its own it does"


def test_an_evening_goes_on_past_midnight(room: Room) -> None:
    plan = Plan("Oudejaar", date(2026, 12, 31), time(22), time(1))
    [meeting] = sessions.of_activity(planning.plan([], plan))
    assert (meeting.day, (meeting.ends_at - meeting.starts_at).total_seconds()) == (plan.first_day, 3 * 3600)

    assert planning.plan([], Plan("De hele dag", TUESDAY, time(0), time(23, 59)))
    with pytest.raises(NotPossible, match="cannot end"):
        planning.plan([], Plan("Te lang", TUESDAY, time(16), time(10)))
    with pytest.raises(NotPossible, match="cannot end"):
        planning.plan([], Plan("Niets", TUESDAY, time(16), time(16)))


def test_who_goes_on_past_midnight_is_in_the_way_of_who_comes_after(room: Room) -> None:
    planning.plan([], Plan("Filmnacht", TUESDAY, time(22), time(2), place="Zaal"))
    early = Plan("Vroege vogels", date(2026, 11, 25), time(1), time(5), place="zaal")

    troubles = {clash.trouble: clash.title for clash in planning.preview(early).clashes}
    assert troubles[Trouble.PLACE_TAKEN] == "Filmnacht"


def test_in_the_night_that_loses_an_hour_a_session_still_lasts(room: Room) -> None:
    """On 28 March 2027 there is no 02:30 in Amsterdam."""
    plan = Plan("Nachtwandeling", date(2027, 3, 28), time(2, 30), time(3))
    [meeting] = sessions.of_activity(planning.plan([], plan))
    assert (meeting.ends_at - meeting.starts_at).total_seconds() == 30 * 60


def test_a_theme_is_written_one_way_on_wishes_and_activities(room: Room) -> None:
    planned(theme="Muziek")
    wish = wishes.voice("Zingen", theme="muziek")
    assert "Muziek" in wishes.themes()
    assert board.thread(Kind.WISH, wish).wishes[0].theme == "Muziek"


def test_what_stands_in_peoples_calendars_changes_there_too(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned()
    sessions.cancel(meetings[1])
    clock.go_on(days=1)
    sessions.attend(meetings[0], 5)
    before = {one.id: one.revision for one in sessions.of_activity(activity)}

    series.change(activity, title="Breien en haken")

    assert {one.id: one.revision - 1 for one in sessions.of_activity(activity)} == before


def test_all_that_follows_is_stopped_in_one_go(room: Room) -> None:
    activity, meetings = planned(times=52)
    with statements() as asked:
        assert series.cancel_from(meetings[1], "Geen begeleider") == 51
    assert len(asked) < 25, "however many they are"
    [stopped] = [one for one in board.thread(Kind.ACTIVITY, activity).events if one.what is What.STOPPED_HERE]
    assert (stopped.session, stopped.text) == (meetings[1], "Geen begeleider")
    assert ahead(activity) == [sessions.one(meetings[0])]


def test_a_preview_asks_as_much_for_a_year_as_for_four_weeks(room: Room) -> None:
    asked = {}
    for times in (4, 52):
        plan = Plan("Breiclub", TUESDAY, time(14), time(16), Repeat.WEEKLY, times=times, place="Zaal")
        planning.preview(plan)
        with statements() as asked[times]:
            planning.preview(plan)
    assert len(asked[52]) == len(asked[4])


def test_a_thread_asks_once_who_signed_up(room: Room) -> None:
    activity, meetings = planned(capacity=8)
    board.thread(Kind.ACTIVITY, activity)
    with statements() as nobody:
        board.thread(Kind.ACTIVITY, activity)
    for meeting in meetings:
        signups.sign_up(meeting, 2)
    with statements() as everybody:
        found = board.thread(Kind.ACTIVITY, activity)
    assert len(everybody) == len(nobody)
    assert [one.n for one in found.sign_ups[meetings[5]]] == [2]


def test_a_day_with_twenty_sessions_shows_all(room: Room, clock: FakeClock) -> None:
    from db import programme

    for n in range(20):
        planning.plan([], Plan(f"Tafel {n}", TUESDAY, time(14), time(16)))
    clock.go_on(days=1)
    assert len(programme.today().slots) == 20


def test_an_activity_is_found_by_what_its_neighbours_said(room: Room) -> None:
    planned(wishes.voice("Samen breien"), wishes.voice("Sokken stoppen"), title="Handwerk")
    [card] = board.cards().columns[State.PLANNED]
    assert "Sokken stoppen" in card.wishes


def test_who_leads_from_now_on_leads_nothing_of_before(room: Room, clock: FakeClock) -> None:
    """The share of what volunteers led is about what happened."""
    activity, (first, second, third, *_) = planned(lead=Lead.VOLUNTEER, leader="Ans", place="Zaal")
    clock.set_to(at("2026-12-02 14:07"))  # after the first two Tuesdays
    sessions.attend(first, 7)
    before = [sessions.one(first), sessions.one(second)]  # of the second nobody gave the number yet

    series.change(activity, lead=Lead.PROFESSIONAL, leader="Joris", place="Kelder")
    sessions.attend(second, 9)

    for was, now in zip(before, (sessions.one(first), sessions.one(second)), strict=True):
        assert (now.lead, now.leader, now.place) == (was.lead, was.leader, was.place)
    ahead = sessions.one(third)
    assert (ahead.lead, ahead.leader, ahead.place) == (Lead.PROFESSIONAL, "Joris", "Kelder")


def test_a_session_that_is_led_as_the_others_again_follows_them(room: Room) -> None:
    activity, (first, *_) = planned(lead=Lead.VOLUNTEER, leader="Ans")
    sessions.led_by(first, Lead.NEIGHBOUR, "Ria")
    sessions.led_by(first, Lead.VOLUNTEER, "Ans")
    series.change(activity, lead=Lead.TOGETHER, leader="")
    assert (sessions.one(first).lead, sessions.one(first).leader) == (Lead.TOGETHER, "")


def test_how_it_went_can_be_taken_back(room: Room, clock: FakeClock) -> None:
    _, (first, *_) = planned()
    clock.set_to(at("2026-11-24 14:07"))
    sessions.attend(first, 7, how="druk")
    assert sessions.attend(first, 8).how == "druk"
    assert sessions.attend(first, 8, how="").how is None


@pytest.mark.parametrize("held", [False, True])
def test_where_a_card_may_go_is_where_it_can_be_moved(room: Room, clock: FakeClock, *, held: bool) -> None:
    """What a screen offers is what the rules allow, wherever the card stands by now."""
    _, meetings = planned(wishes.voice("Breien"), times=2)
    clock.go_on(days=1)
    if held:
        sessions.attend(meetings[0], 7)
    for kind, stands in (
        (Kind.ACTIVITY, None),
        (Kind.ACTIVITY, State.DONE if held else State.NOT_FEASIBLE),
        (Kind.ACTIVITY, State.NOT_FEASIBLE),
        (Kind.WISH, None),
        (Kind.WISH, State.EXPLORING),
        (Kind.WISH, State.RECEIVED),
        (Kind.WISH, State.NOT_FEASIBLE),
    ):
        if stands not in (None, course.state_of(kind, 1)):
            course.move(kind, 1, stands, reason="geen wol")
        can = set()
        for to in State:
            with connection.database.atomic() as tried:
                with suppress(NotPossible):
                    course.move(kind, 1, to, reason="geen wol")
                    can.add(to)
                tried.rollback()
        assert course.legal(kind, course.state_of(kind, 1), held=held) == can, (kind, stands)
