"""Starting and closing a shift: step by step, skipped, cut off half-way, and forgotten."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from db import (
    checklist,
    closing,
    closing_steps,
    connection,
    days,
    door,
    duties,
    handover,
    hours_given,
    logbook,
    people,
    put_right,
    roster,
    shifts,
)
from db import room as rooms
from db.errors import NotPossible
from db.room import Hours, Room
from db.shift_models import ClosingStep
from db.states import ShiftState, Step
from tests.clocks import FakeClock, at

MONDAY = date(2026, 11, 23)


def said_before() -> closing.Before:
    found = closing.before()
    assert found is not None
    return found


def test_a_shift_is_started_without_a_visitor(room: Room, clock: FakeClock) -> None:
    shift = closing.start()

    assert (shift.state, shift.opened_at) == (ShiftState.OPEN, clock.now())
    door.arrive()
    assert duties.of_shift(shift.key).opened_at == shift.opened_at
    door.undo()
    assert duties.of_shift(shift.key).state is ShiftState.OPEN, "what nobody counted does not shut it"
    clock.go_on(minutes=5)
    assert closing.start() == shift, "twice is once"


def test_an_opening_outside_all_plans_that_was_closed_goes_on(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-28 11:00"))
    door.arrive()
    closing.close()
    clock.go_on(minutes=10)
    assert not days.today().opening.open

    seen = handover.now("balie", at_the_desk=True)
    assert (seen.can_go_on, seen.waits(seen.at)) == (True, False)
    begun = handover.begin()
    assert (begun.shift.state, begun.had_closed_at) == (ShiftState.OPEN, at("2026-11-28 11:00"))
    assert days.today().opening.open
    closing.close()
    clock.go_on_until(at("2026-11-29 00:30"))
    assert not handover.now("balie", at_the_desk=True).can_go_on


def test_closing_in_one_pass(room: Room, clock: FakeClock) -> None:
    door.arrive()
    assert closing.current().to_go_through == tuple(Step)
    for step in Step:
        closing.step(step, by="Nadia")
    closed = closing.close(by="Nadia")

    assert (closed.shift.state, closed.shift.closed_at) == (ShiftState.CLOSED, clock.now())
    assert (closed.done, closed.skipped, closed.to_go_through) == (tuple(Step), (), ())
    assert not days.today().opening.open
    with pytest.raises(NotPossible, match="closed already"):
        closing.close()
    clock.go_on_until(at("2026-11-24 10:00"))
    door.arrive()
    assert closing.before() is None


def test_what_was_skipped_is_said_at_the_next_start(room: Room, clock: FakeClock) -> None:
    door.arrive()
    closing.step(Step.COUNT)
    closing.step(Step.HOURS, skipped=True)
    closing.step(Step.OPEN_POINTS, skipped=True)
    closing.step(Step.OPEN_POINTS)
    closing.close()
    clock.go_on_until(at("2026-11-24 10:00"))

    before = closing.before()
    assert before and before.shift.key.day == MONDAY
    assert [one.steps for one in before.skipped] == [
        (Step.SESSIONS, Step.PARTICULARS, Step.HOURS, Step.CHECKLIST)
    ]
    assert not before.forgotten


def test_what_was_skipped_waits_for_a_start_at_which_it_is_said(room: Room, clock: FakeClock) -> None:
    closing.start()
    closing.close()
    clock.go_on_until(at("2026-11-24 10:00"))
    door.arrive()
    for step in (Step.COUNT, Step.HOURS):
        closing.step(step)
    closing.close()
    clock.go_on_until(at("2026-11-25 10:00"))

    assert [(one.shift.key.day.day, len(one.steps)) for one in said_before().skipped] == [(24, 4), (23, 6)]
    closing.start()
    assert len(said_before().skipped) == 2, "who begins can still read it"
    for step in Step:
        closing.step(step)
    closing.close()
    clock.go_on_until(at("2026-11-26 10:00"))
    assert closing.before() is None, "it was said on Wednesday"


def test_where_nobody_began_a_shift_only_the_shift_before_is_said(room: Room, clock: FakeClock) -> None:
    for day in (23, 24, 25):
        clock.go_on_until(at(f"2026-11-{day} 15:00"))
        closing.start()
        closing.close()
    ClosingStep.delete().where(ClosingStep.step == "begun").execute()  # an older version kept none
    clock.go_on_until(at("2026-11-26 15:00"))

    assert [one.shift.key.day.day for one in said_before().skipped] == [25]
    closing.start()
    closing.close()
    clock.go_on_until(at("2026-11-27 15:00"))
    assert [one.shift.key.day.day for one in said_before().skipped] == [26], "and then as always"


def test_a_step_with_nothing_to_do_is_not_said_to_be_skipped(room: Room, clock: FakeClock) -> None:
    people.add("Nadia")
    door.arrive()
    closed = closing_steps.close(logbook.reader("Nadia"))
    assert closed.done == (Step.SESSIONS, Step.OPEN_POINTS)
    assert closed.skipped == (Step.COUNT, Step.PARTICULARS, Step.HOURS, Step.CHECKLIST)
    with pytest.raises(NotPossible, match="closed already"):
        closing_steps.close(logbook.reader("Nadia"))


def test_hours_of_a_shift_with_nobody_on_it_are_said_until_somebody_was_here(
    room: Room, clock: FakeClock
) -> None:
    nadia = people.add("Nadia").id
    door.arrive()
    closing.close()
    clock.go_on_until(at("2026-11-24 10:00"))
    assert Step.HOURS in said_before().skipped[0].steps
    hours_given.confirm(roster.plan(nadia, MONDAY))
    assert Step.HOURS not in said_before().skipped[0].steps


def test_a_crash_half_way_goes_on_where_it_was(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    door.arrive()
    closing.step(Step.COUNT)
    closing.step(Step.SESSIONS, skipped=True)
    connection.close()

    connection.open(room_file)
    half_way = closing.current()
    assert (half_way.done, half_way.skipped) == ((Step.COUNT,), (Step.SESSIONS,))
    assert half_way.to_go_through == tuple(Step)[2:]
    assert half_way.shift.state is ShiftState.OPEN


def test_a_forgotten_close_is_asked_about_once(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on_until(at("2026-11-24 09:55"))
    door.start_of_day()

    before = closing.before()
    assert before and before.forgotten == (before.shift,) and before.shift.closed_at == at("2026-11-23 16:30")
    with pytest.raises(NotPossible):
        closing.really_closed(before.shift.key, at("2026-11-23 14:00"))
    with pytest.raises(NotPossible):
        closing.really_closed(before.shift.key, at("2026-11-24 10:00"))
    with pytest.raises(NotPossible):  # typed for a shift of the morning
        handover.really_closed(before.shift.key, "12:15")
    closing.really_closed(before.shift.key, at("2026-11-23 16:40"), by="Nadia")
    said = closing.really_closed(before.shift.key, at("2026-11-23 17:10"), by="Nadia")
    assert (said.closed_at, said.state) == (at("2026-11-23 17:10"), ShiftState.CLOSED_AUTOMATICALLY)
    assert closing.before() is None


def test_of_a_closing_that_was_broken_off_it_is_said_what_was_never_reached(
    room: Room, clock: FakeClock
) -> None:
    checklist.keep(("alarm",))
    roster.plan(people.add("Nadia").id, MONDAY)
    door.arrive()
    for which in (Step.COUNT, Step.SESSIONS, Step.PARTICULARS, Step.OPEN_POINTS):
        closing.step(which)
    clock.go_on_until(at("2026-11-24 09:55"))

    assert said_before().skipped[0].steps == (Step.HOURS, Step.CHECKLIST)
    assert len(said_before().forgotten) == 1


def test_what_is_done_at_one_desk_is_not_skipped_at_another(room: Room) -> None:
    door.arrive()
    closing.step(Step.COUNT)
    assert closing.step(Step.COUNT, skipped=True).done == (Step.COUNT,)
    closing.step(Step.SESSIONS, skipped=True)
    assert closing.step(Step.SESSIONS).skipped == ()


def test_who_does_not_know_is_not_asked_again(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on_until(at("2026-11-25 09:55"))
    before = closing.before()
    assert before and before.forgotten, "although nobody was here since"
    closing.really_closed(before.shift.key)
    assert closing.before() is None


def test_each_of_two_forgotten_shifts_is_asked_about_once(room: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.go_on_until(at("2026-11-24 11:00"))
    door.arrive()
    clock.go_on_until(at("2026-11-25 09:55"))
    door.start_of_day()

    days = []
    while before := closing.before():
        days.append(before.forgotten[0].key.day.day)
        closing.really_closed(before.forgotten[0].key)
    assert days == [23, 24]


def test_hours_of_a_shift_that_is_over_are_confirmed_afterwards(room: Room, clock: FakeClock) -> None:
    nadia, karim = (people.add(name).id for name in ("Nadia", "Karim"))
    duty = roster.plan(nadia, MONDAY)
    door.arrive()
    key = closing.current().shift.key
    with pytest.raises(NotPossible, match="not over"):
        closing.confirm_hours(key)
    roster.came(karim)
    clock.go_on(hours=1)
    closing.close()
    clock.go_on_until(at("2026-11-25 10:00"))
    assert [one.name for one in duties.of_shift(key).unconfirmed] == ["Nadia", "Karim"]
    assert Step.HOURS in closing.confirm_hours(key, by="Els").done
    assert duties.of_shift(key).unconfirmed == ()
    assert duties.one(duty).confirmed
    assert Step.HOURS not in said_before().skipped[0].steps


def test_hours_that_were_confirmed_one_by_one_are_not_said_to_be_skipped(
    room: Room, clock: FakeClock
) -> None:
    duty = roster.plan(people.add("Nadia").id, MONDAY)
    door.arrive()
    closing.close()
    clock.go_on_until(at("2026-11-24 10:00"))
    assert Step.HOURS in said_before().skipped[0].steps
    hours_given.confirm(duty)
    assert Step.HOURS not in said_before().skipped[0].steps


def test_a_shift_that_a_host_closed_is_not_asked_about(room: Room, clock: FakeClock) -> None:
    door.arrive()
    key = closing.close().shift.key
    with pytest.raises(NotPossible, match="not forgotten"):
        closing.really_closed(key)


def test_a_shift_that_was_closed_too_early_goes_on(room: Room, clock: FakeClock) -> None:
    door.arrive()
    closing.close()
    door.arrive()
    assert not days.today().opening.open, "who is counted afterwards was late"
    closing.start()
    assert days.today().opening.open
    clock.go_on_until(at("2026-11-23 17:00"))
    closing.close()
    with pytest.raises(NotPossible, match="over"):
        closing.start()


def test_a_shift_that_goes_on_is_closed_again_whole_and_loses_no_hours(room: Room, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-23 10:00"))
    nadia, karim, els, joke = (people.add(name).id for name in ("Nadia", "Karim", "Els", "Joke"))
    for who in (nadia, karim):
        roster.plan(who, MONDAY)
    key = closing.start().key
    roster.here(key)
    came = roster.came(els)
    left_early = roster.came(joke)
    clock.go_on_until(at("2026-11-23 12:00"))
    hours_given.confirm(left_early)
    clock.go_on_until(at("2026-11-23 14:07"))
    closing.confirm_hours()
    for line in checklist.lines():
        closing.check(line)
    closing.close()
    assert duties.one(came).ends == at("2026-11-23 14:07")

    clock.go_on_until(at("2026-11-23 14:30"))
    begun = handover.begin()
    assert begun.had_closed_at == at("2026-11-23 14:07")
    assert closing.current().to_go_through == tuple(Step)
    assert not any(check.done for check in checklist.of_shift(key)), "the alarm that was on is off"
    clock.go_on_until(at("2026-11-23 16:30"))
    closing.confirm_hours()

    given = {duty.name: (duty.hours, duty.confirmed) for duty in duties.of_shift(key).duties}
    assert given == {"Nadia": (6.5, True), "Karim": (6.5, True), "Els": (6.5, True), "Joke": (2, True)}
    assert closing.close().shift.closed_at == at("2026-11-23 16:30")


def test_a_shift_that_begins_had_not_closed(room: Room, clock: FakeClock) -> None:
    assert handover.begin().had_closed_at is None
    assert handover.begin().had_closed_at is None


def test_hours_that_were_skipped_have_an_end_all_the_same(room: Room, clock: FakeClock) -> None:
    nadia = people.add("Nadia").id
    clock.set_to(at("2026-11-23 12:00"))
    door.arrive()
    duty = roster.came(nadia)
    clock.go_on_until(at("2026-11-23 16:20"))
    closing.step(Step.HOURS, skipped=True)
    closing.close()
    clock.go_on_until(at("2026-11-24 10:00"))
    assert (duties.one(duty).ends, duties.one(duty).confirmed) == (at("2026-11-23 16:20"), False)
    before = closing.before()
    assert before and Step.HOURS in before.skipped[0].steps


def test_nothing_to_close(room: Room) -> None:
    for what in (closing.current, closing.close, lambda: closing.step(Step.COUNT)):
        with pytest.raises(NotPossible, match="No shift is open"):
            what()


def test_a_second_shift_of_the_day_is_closed_by_itself(room: Room, clock: FakeClock) -> None:
    rooms.change_hours([Hours(1, "10:00", "14:30"), Hours(1, "19:00", "21:30")], date.min)
    door.arrive()
    closing.close()
    clock.go_on_until(at("2026-11-23 19:05"))
    before = closing.before()
    assert before and before.skipped[0].steps == tuple(Step)
    door.arrive()
    assert closing.current().to_go_through == tuple(Step)
    assert closing.close().shift.ends_at == at("2026-11-23 21:30")


def back_to_back(clock: FakeClock) -> tuple[shifts.ShiftKey, shifts.ShiftKey]:
    """The first step of closing was gone through when a visitor came in and the next shift began."""
    rooms.change_hours([Hours(1, "13:00", "16:00"), Hours(1, "16:00", "20:00")], date.min)
    roster.plan(people.add("Bea").id, MONDAY, time(13), time(16))
    roster.plan(people.add("Anja").id, MONDAY, time(16), time(20))
    first = closing.start().key
    clock.go_on_until(at("2026-11-23 15:58"))
    closing.step(Step.COUNT)
    clock.go_on_until(at("2026-11-23 16:01"))
    door.arrive()
    return first, shifts.ShiftKey(MONDAY, at("2026-11-23 20:00"))


def test_a_closing_keeps_its_shift_when_the_next_one_begins(room: Room, clock: FakeClock) -> None:
    first, second = back_to_back(clock)
    assert (closing.current().shift.key, closing.current().done) == (first, (Step.COUNT,))
    closing.confirm_hours()
    closed = closing.close()

    assert (closed.shift.key, closed.shift.closed_at) == (first, at("2026-11-23 16:01"))
    assert [(one.name, one.hours, one.confirmed) for one in closed.shift.duties] == [("Bea", 3, True)]
    assert [one.confirmed for one in duties.of_shift(second).duties] == [False]
    assert closing.current().shift.key == second, "and then it is the turn of the one that is on"


def test_a_closing_left_half_done_does_not_come_before_that_of_the_shift_that_ends(
    room: Room, clock: FakeClock
) -> None:
    first, second = back_to_back(clock)
    clock.go_on_until(at("2026-11-23 19:39"))
    assert closing.current().shift.key == first
    clock.go_on_until(at("2026-11-23 19:40"))
    assert closing.current().shift.key == second
    assert closing.current(first).shift.key == second


def test_a_closing_of_which_it_was_said_when_it_was_is_not_gone_on_with(room: Room, clock: FakeClock) -> None:
    first, second = back_to_back(clock)
    closing.really_closed(first)
    assert closing.current().shift.key == second
    assert closing.current(first).shift.key == first, "whoever is at it still is"


def test_a_step_is_of_the_shift_that_it_was_shown_with(room: Room, clock: FakeClock) -> None:
    first, second = back_to_back(clock)
    closing.step(Step.PARTICULARS, second)
    assert closing.current(second).done == (Step.PARTICULARS,)
    assert closing.current(first).done == (Step.COUNT,)
    line = checklist.lines()[0]
    closing.check(line, first)
    assert checklist.of_shift(first)[0].done
    assert not any(one.done for one in checklist.of_shift(second))
    with pytest.raises(NotPossible, match="No shift is open"):
        closing.step(Step.COUNT, shifts.ShiftKey(MONDAY + timedelta(days=7), at("2026-11-30 20:00")))


def test_over_midnight(room: Room, clock: FakeClock) -> None:
    rooms.change_hours([Hours(1, "20:00", "02:00")], date.min)
    clock.go_on_until(at("2026-11-23 20:00"))
    door.arrive()
    clock.go_on_until(at("2026-11-24 01:55"))
    closed = closing.close()
    assert closed.shift.key == (MONDAY, at("2026-11-24 02:00"))
    assert closed.shift.closed_at == at("2026-11-24 01:55")


def test_in_the_night_after_it_is_closed_still(room: Room, clock: FakeClock) -> None:
    """They clear away until twenty to two, when it is the next day by the room's own count."""
    rooms.change_hours([Hours(1, "20:00", "00:30"), Hours(2, "20:00", "00:30")], date.min)
    clock.go_on_until(at("2026-11-23 21:00"))
    door.arrive(7)
    clock.go_on_until(at("2026-11-24 01:40"))
    door.start_of_day()

    asked = closing_steps.ask(logbook.reader("Nadia"))
    assert (asked.today.day, asked.today.visits) == (MONDAY, 7)
    closed = closing.close()
    assert (closed.shift.key.day, closed.shift.state) == (MONDAY, ShiftState.CLOSED)
    clock.go_on_until(at("2026-11-24 05:00"))
    with pytest.raises(NotPossible, match="No shift is open"):
        closing.close()


def test_what_a_right_clock_changes_leaves_the_closing(room: Room, clock: FakeClock) -> None:
    """Shifts are opened again when the clock is put right; what was closed is still known by its day."""
    door.arrive()
    closing.step(Step.COUNT)
    put_right.clock_is_right()
    assert closing.current().done == (Step.COUNT,)


def test_the_checklist_is_the_coordinators(room: Room) -> None:
    assert "sleutel" in checklist.lines()
    assert checklist.keep((" oven  uit ", "", "fietsen binnen")) == ("oven uit", "fietsen binnen")
    assert checklist.lines() == ("oven uit", "fietsen binnen")
    for wrong in (("x" * 61,), tuple(f"ding {n}" for n in range(21))):
        with pytest.raises(NotPossible):
            checklist.keep(wrong)
    assert checklist.lines() == ("oven uit", "fietsen binnen")
    checklist.keep(())
    assert checklist.lines() == ()


def test_hours_are_settled_with_the_closing(room: Room, clock: FakeClock) -> None:
    roster.plan(people.add("Nadia").id, MONDAY)
    key = closing.start().key
    roster.here(key)
    clock.go_on_until(at("2026-11-23 16:20"))
    hours_given.confirm_shift(key)
    closing.close()
    (duty,) = duties.of_shift(key).duties
    assert (duty.hours, duty.confirmed) == (6.5, True)


def test_a_close_before_its_time_is_when_the_room_last_changed(room: Room, clock: FakeClock) -> None:
    door.arrive()
    assert shifts.last_change(room, clock.now()) == at("2026-11-23 10:00")
    clock.go_on_until(at("2026-11-23 15:50"))
    closing.close()
    for later in ("2026-11-23 16:00", "2026-11-23 17:00"):
        assert shifts.last_change(room, at(later)) == at("2026-11-23 15:50")
    clock.go_on_until(at("2026-11-24 16:40"))
    closing.start()
    closing.close()
    assert shifts.last_change(room, at("2026-11-24 17:00")) == at("2026-11-24 16:30"), (
        "a late close is no news"
    )
