"""Plans: what they come to, what is odd about them, and what they refuse."""

from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from db import board, planning, series, sessions, wishes
from db import room as rooms
from db.errors import NotPossible
from db.recurrence import LAST, Repeat
from db.room import Room
from db.states import Kind, SessionState, State
from db.timetable import Clash, Trouble
from tests.board.plans import TUESDAY, knitting, planned
from tests.clocks import FakeClock


def _days(activity: int) -> list[date]:
    return [one.day for one in sessions.of_activity(activity) if one.state is SessionState.PLANNED]


def test_closed_days_are_skipped_and_holidays_when_asked(room: Room) -> None:
    rooms.close_day(date(2026, 12, 8), "Verbouwing")
    plan = knitting(first_day=date(2026, 12, 4), times=4)  # Fridays: 4, 11, 18 and 25 December
    assert [why for _, why in planning.preview(plan).skipped] == []
    assert planning.preview(knitting(skip_holidays=True)).skipped == ((date(2026, 12, 8), "Verbouwing"),)

    with_holidays = planning.preview(knitting(first_day=date(2026, 12, 4), times=4, skip_holidays=True))

    assert with_holidays.skipped == ((date(2026, 12, 25), "Eerste kerstdag"),)
    assert len(with_holidays.days) == 3


def test_clashes_are_said_and_do_not_stop_a_plan(room: Room) -> None:
    planned(title="Kaarten", place="Grote tafel", leader="Dirk")
    found = planning.preview(
        knitting(place="grote TAFEL", leader="dirk", starts=time(15), ends=time(18), times=1)
    )

    assert set(found.clashes) == {
        Clash(Trouble.PLACE_TAKEN, TUESDAY, "Kaarten"),
        Clash(Trouble.LEADER_TWICE, TUESDAY, "Kaarten"),
        Clash(Trouble.ROOM_SHUT, TUESDAY),
    }
    assert not planning.preview(knitting(starts=time(11), ends=time(14), place="Grote tafel")).clashes, (
        "what ends as the other begins is no clash"
    )


def test_its_own_sessions_are_no_clash(room: Room) -> None:
    activity, _ = planned(place="Keuken")

    assert not planning.preview(knitting(place="Keuken"), activity=activity).clashes


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "  "},
        {"title": "x" * 10_000},
        {"ends": time(13)},
        {"ends": time(14)},
        {"capacity": 0},
        {"capacity": -1},
        {"capacity": 100_000},
        {"times": 0},
        {"times": 100_000},
        {"until": date(2026, 11, 23)},
        {"first_day": date(1970, 1, 1)},
        {"first_day": date(2399, 1, 1)},
        {"repeat": Repeat.MONTHLY, "nth": 6},
        {"repeat": Repeat.MONTHLY, "nth": 5, "until": date(2026, 11, 30)},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_planned(room: Room, wrong: dict[str, Any]) -> None:
    for refuse in (planning.preview, lambda plan: planning.plan([], plan)):
        with pytest.raises(NotPossible):
            refuse(knitting(**wrong))

    assert board.everything().activities == ()


def test_a_plan_for_a_wish_that_is_not_there_is_refused_whole(room: Room) -> None:
    with pytest.raises(NotPossible):
        planned(77)

    assert board.everything().activities == ()


def test_a_form_starts_with_the_wish(room: Room) -> None:
    wish = wishes.voice("samen breien", theme="creatief")

    plan = planning.suggest([wish])

    assert (plan.title, plan.theme, plan.first_day) == ("Samen breien", "creatief", date(2026, 11, 30))
    assert planning.preview(plan).days == (date(2026, 11, 30),)


def test_one_session_moves_and_the_others_stay(room: Room) -> None:
    activity, meetings = planned()
    series.move_session(meetings[1], date(2026, 12, 3), time(10), place="Keuken")

    days = _days(activity)
    assert days[:3] == [date(2026, 11, 24), date(2026, 12, 3), date(2026, 12, 8)]
    moved = sessions.one(meetings[1])
    assert (moved.ends_at - moved.starts_at, moved.place, moved.revision) == (timedelta(hours=2), "Keuken", 1)
    assert sessions.one(meetings[2]).revision == 0


def test_from_this_one_on_they_move_and_keep_their_number(room: Room) -> None:
    activity, meetings = planned()
    rooms.close_day(date(2026, 12, 17), "Kerstmarkt")

    assert series.move_session(meetings[2], date(2026, 12, 10), time(10), time(11, 30), and_after=True) == 4

    assert _days(activity) == [
        date(2026, 11, 24),
        date(2026, 12, 1),
        date(2026, 12, 10),
        date(2026, 12, 24),
        date(2026, 12, 31),
        date(2027, 1, 7),
    ]
    assert [one.id for one in sessions.of_activity(activity)] == meetings, "calendars know them again"


def test_what_has_no_end_goes_on_from_its_new_day(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned(times=None)
    series.move_session(meetings[4], date(2026, 12, 25), time(10), and_after=True)
    clock.go_on(days=150)
    series.plan_ahead()

    later = [day for day in _days(activity) if day > date(2026, 12, 23)]
    assert {day.isoweekday() for day in later} == {5}
    assert {(after - before).days for before, after in pairwise(later)} == {7}
    assert later[-1] > clock.now().date() + timedelta(weeks=25)


def test_what_is_planned_later_is_where_the_others_went_and_what_was_stays_there(
    room: Room, clock: FakeClock
) -> None:
    activity, meetings = planned(times=None, place="Zaal")
    clock.go_on(days=1, hours=3)
    sessions.attend(meetings[0], 7)

    moved = series.move_session(
        meetings[2], date(2026, 12, 10), time(10), place="Keuken", and_after=True, by="Bea"
    )
    clock.go_on(days=150)
    series.plan_ahead()

    assert moved == len(meetings) - 2, "those that are new were not moved"
    places = [one.place for one in sessions.of_activity(activity)]
    assert len(places) > len(meetings)
    assert places == ["Zaal"] * 2 + ["Keuken"] * (len(places) - 2)
    series.add_session(activity, date(2027, 5, 4), time(10), time(12))
    assert sessions.of_activity(activity)[-1].place == "Keuken"


@pytest.mark.parametrize("and_after", [False, True])
@pytest.mark.parametrize("place", [None, "Zaal"])
@pytest.mark.parametrize("times", [6, None])
def test_what_goes_where_it_is_already_is_not_changed(
    room: Room, times: int | None, place: str | None, *, and_after: bool
) -> None:
    activity, meetings = planned(place="Zaal", times=times)
    before = board.thread(Kind.ACTIVITY, activity)
    there = (meetings[3], date(2026, 12, 15), time(14))

    assert series.move_session(*there, time(16), place=place, and_after=and_after) == 0
    assert board.thread(Kind.ACTIVITY, activity) == before

    assert series.move_session(*there, time(17), place=place, and_after=and_after) > 0


def test_more_times_than_are_planned_at_once_are_refused_and_not_left_out(room: Room) -> None:
    last = date(2099, 1, 1)
    with pytest.raises(NotPossible, match="520"):
        planning.preview(knitting(until=last))
    monthly = knitting(until=date(2069, 1, 1), repeat=Repeat.MONTHLY)
    assert planning.preview(monthly).days[-1] > date(2068, 11, 30)


def test_the_last_weekday_of_the_month_stays_the_last(room: Room) -> None:
    activity, meetings = planned(
        repeat=Repeat.MONTHLY, nth=LAST, first_day=date(2026, 11, 24), times=5, starts=time(10)
    )
    assert _days(activity)[0] == date(2026, 11, 24)

    series.move_session(meetings[0], date(2026, 11, 24), time(13), and_after=True)

    assert _days(activity) == [
        date(2026, 11, 24),
        date(2026, 12, 29),
        date(2027, 1, 26),
        date(2027, 2, 23),
        date(2027, 3, 30),
    ]


def test_from_this_one_on_it_stops(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned(times=None)

    cancelled = series.cancel_from(meetings[3], "De wol is op")

    assert cancelled == len(meetings) - 3
    assert _days(activity) == [TUESDAY + timedelta(weeks=n) for n in range(3)]
    clock.go_on(days=200)
    assert series.plan_ahead() == 0


def test_what_has_no_end_is_planned_ahead_for_years(room: Room, clock: FakeClock) -> None:
    activity, _ = planned(times=None)
    for _ in range(40):
        clock.go_on(weeks=13)
        series.plan_ahead()

    days = _days(activity)
    assert days == [TUESDAY + timedelta(weeks=n) for n in range(len(days))], "none twice, none missing"
    assert days[-1] > clock.now().date() + timedelta(weeks=12)


def test_nothing_is_planned_in_the_past_after_a_long_silence(room: Room, clock: FakeClock) -> None:
    activity, _ = planned(times=None)
    planned_at_first = _days(activity)
    clock.go_on(days=400)

    series.plan_ahead()

    added = _days(activity)[len(planned_at_first) :]
    today = clock.now().date()
    assert added and min(added) >= today and (min(added) - TUESDAY).days % 7 == 0


def test_a_held_session_does_not_move(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned()
    clock.go_on(days=1)
    sessions.attend(meetings[0], 3)

    with pytest.raises(NotPossible):
        series.move_session(meetings[0], date(2026, 12, 3), time(10))
    assert series.move_session(meetings[1], date(2026, 12, 2), time(10), and_after=True) == 5
    assert sessions.one(meetings[0]).day == TUESDAY, activity


def test_one_more_session_starts_what_was_done_again(room: Room, clock: FakeClock) -> None:
    activity, meetings = planned(times=1)
    clock.go_on(days=1)
    sessions.attend(meetings[0], 3)
    assert board.activity(activity).state is State.DONE

    series.add_session(activity, date(2026, 12, 1), time(14), time(16))

    assert board.activity(activity).state is State.RUNNING


def test_changing_an_activity_is_seen_by_calendars(room: Room) -> None:
    activity, meetings = planned(capacity=8)
    series.change(activity, title="Brei- en haakclub", capacity=0)

    facts = board.activity(activity)
    assert (facts.title, facts.capacity) == ("Brei- en haakclub", None)
    assert sessions.one(meetings[0]).revision == 1
    assert board.thread(Kind.ACTIVITY, activity).events[-1].text == "Breiclub"


@pytest.mark.parametrize(("first_day", "hours"), [(date(2027, 3, 28), 3), (date(2027, 10, 31), 3)])
def test_a_day_on_which_the_clocks_change(room: Room, first_day: date, hours: int) -> None:
    """From 12:00 to 15:00 is three hours, and its clock time is what people were told."""
    activity, _ = planned(first_day=first_day - timedelta(weeks=1), starts=time(12), ends=time(15), times=3)
    local = [room.local(one.starts_at).time() for one in sessions.of_activity(activity)]
    assert local == [time(12)] * 3
    assert {one.ends_at - one.starts_at for one in sessions.of_activity(activity)} == {timedelta(hours=hours)}
