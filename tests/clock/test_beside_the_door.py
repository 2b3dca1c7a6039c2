"""What is written beside the door under a wrong clock goes along with its shift once the clock is right."""

from datetime import date, time, timedelta

import pytest

from db import (
    advice,
    board,
    closing,
    days,
    door,
    duties,
    handover,
    history,
    hours_given,
    log,
    logbook,
    people,
    planning,
    put_right,
    roster,
    sessions,
    wishes,
)
from db import clock as clocks
from db.board_models import BoardEvent
from db.clock import Doubt
from db.connection import database
from db.duties import Shift
from db.logbook import Entry, Reader
from db.planning import Plan
from db.put_right import Stayed
from db.room import Room
from db.states import Kind, NoteKind, PersonKind, ShiftState, Step
from tests.clocks import FakeClock, at

MONDAY, THURSDAY = date(2026, 11, 23), date(2026, 11, 26)
READER = Reader("Joke", coordinator=True)


@pytest.fixture
def in_the_morning(room: Room, clock: FakeClock) -> FakeClock:
    """The last visitor was on Monday; on Thursday the machine starts, and says that it is Tuesday."""
    door.arrive()
    clock.go_on_until(at("2026-11-23 16:25"))
    clock.reboot(says=at("2026-11-24 10:00"))
    return clock


def set_right(clock: FakeClock) -> put_right.PutRight:
    """The network puts the clock two days on, the desk asks about it, and a host says that it is right."""
    clock.set_to(clock.now() + timedelta(days=2))
    assert days.today().doubt is Doubt.JUMPED
    return put_right.clock_is_right()


def shift(day: date) -> Shift:
    (found,) = duties.between(day, day)
    return found


def newest() -> Entry:
    return logbook.entries(READER)[0]


def begun(day: date) -> bool:
    """Whether a host began the shift of this day."""
    asked = "SELECT count(*) FROM closing_step WHERE step = 'begun' AND day = ?"
    return bool(database.execute_sql(asked, (day.isoformat(),)).fetchone()[0])


def test_a_shift_that_was_begun_and_had_no_visitor_yet(in_the_morning: FakeClock) -> None:
    handover.begin()
    in_the_morning.go_on(minutes=20)

    done = set_right(in_the_morning)
    assert (done.counts, done.beside, done.stayed) == (0, 1, ())
    tuesday = shift(date(2026, 11, 24))
    assert (tuesday.state, tuesday.opened_at) == (ShiftState.MISSING, None)
    assert shift(THURSDAY).opened_at == at("2026-11-26 10:00")
    assert (begun(date(2026, 11, 24)), begun(THURSDAY)) == (False, True)


def test_a_shift_that_moves_stays_begun(in_the_morning: FakeClock) -> None:
    handover.begin()
    in_the_morning.go_on(minutes=5)
    door.arrive(3)

    assert set_right(in_the_morning).counts == 1
    assert (shift(THURSDAY).opened_at, begun(THURSDAY)) == (at("2026-11-26 10:00"), True)


def test_a_note_goes_along_and_says_so(in_the_morning: FakeClock) -> None:
    broken = log.write("Koffiezetter lekt", kind=NoteKind.BROKEN, by="Joke")
    notice = log.write("Maandag dicht", kind=NoteKind.NOTICE, by="Joke")
    log.mark_read([broken], by="Karim")
    in_the_morning.go_on(minutes=5)

    assert set_right(in_the_morning).beside == 2
    entry = next(one for one in logbook.entries(READER) if one.id == broken)
    assert (entry.day, entry.happened_at, entry.written_at) == (
        THURSDAY,
        at("2026-11-26 10:00"),
        at("2026-11-26 10:00"),
    )
    assert entry.shift == shift(THURSDAY).key
    assert [(one.what, one.before) for one in entry.changes] == [(log.MOVED, at("2026-11-24 10:00"))]
    (shown,) = (one for one in logbook.entries(READER) if one.id == notice)
    assert shown.expires_on == THURSDAY + timedelta(days=log.NOTICE_DAYS)


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=-3)])
def test_a_notice_that_was_taken_away_stays_so(room: Room, clock: FakeClock, ahead: timedelta) -> None:
    old = log.write("Maandag dicht", kind=NoteKind.NOTICE)
    clock.go_on(days=7)
    clock.reboot(says=clock.now() + ahead)
    kept, new = log.write("Lift stuk", kind=NoteKind.NOTICE), log.write("Soep", kind=NoteKind.NOTICE)
    log.expire(kept, "20-12")
    for taken_away in (old, new):
        log.expire(taken_away, "")
    clock.set_to(clock.now() - ahead)
    put_right.clock_is_right()
    assert [(one.text, one.expires_on) for one in logbook.notices()] == [("Lift stuk", date(2026, 12, 20))]
    gone = {one.expires_on for one in logbook.entries(READER) if one.id != kept}
    assert gone == {date(2026, 11, 29)}, "the day before"


def test_what_happened_on_the_board_goes_along(in_the_morning: FakeClock) -> None:
    wish = wishes.voice("Samen breien")
    wishes.me_too(wish)
    question = advice.ask("Waar lenen we wol?", about=Kind.WISH, number=wish)
    plan = Plan("Breiclub", date(2026, 11, 24), time(13), time(14))
    (session,) = (one.id for one in sessions.of_activity(planning.plan([wish], plan)))
    in_the_morning.go_on(minutes=5)
    advice.answer(question, "Bij de buren")
    sessions.attend(session, 4)
    in_the_morning.go_on(minutes=5)
    advice.mark_read(question)

    done = set_right(in_the_morning)
    assert done.stayed == ()
    ten = at("2026-11-26 10:00")
    asked = advice.one(question)
    assert (asked.asked_at, asked.answered_at, asked.read_at) == (
        ten,
        ten + timedelta(minutes=5),
        ten + timedelta(minutes=10),
    )
    events = history.of(BoardEvent.id > 0)
    assert done.beside == len(events)
    assert {event.at for event in events} == {ten + timedelta(minutes=n) for n in (0, 5, 10)}
    assert board.thread(Kind.WISH, wish).wishes[0].voiced_at == ten
    assert sessions.one(session).day == date(2026, 11, 24), "that was said of a day"


def test_a_note_of_another_time_stays_and_the_day_is_said(in_the_morning: FakeClock) -> None:
    log.write("Bel gemist", happened_at=at("2026-11-23 15:00"))
    assert set_right(in_the_morning).stayed == (Stayed(MONDAY),)
    assert newest().happened_at == at("2026-11-23 15:00")


def test_what_was_written_under_a_right_clock_stays(room: Room, clock: FakeClock) -> None:
    """Just before the plug was pulled, at moments that the start after it thinks of as its own."""
    door.arrive()
    clock.go_on(seconds=50)
    log.write("Tot morgen")
    clock.reboot(says=at("2026-11-22 09:00"))
    log.write("Goedemorgen")
    clock.set_to(at("2026-11-24 10:00"))
    put_right.clock_is_right()
    morning, evening = logbook.entries(READER)
    assert (morning.text, morning.day.day) == ("Goedemorgen", 24)
    assert (evening.text, evening.happened_at) == (
        "Tot morgen",
        at("2026-11-23 14:07") + timedelta(seconds=50),
    )


def test_who_was_here_is_here_on_the_right_shift(in_the_morning: FakeClock) -> None:
    nadia, karim, dirk, joke = (people.add(name).id for name in ("Nadia", "Karim", "Dirk", "Joke"))
    for one in (nadia, karim):
        roster.plan(one, date(2026, 11, 24))
    wrong = {duty.person: duty.id for duty in shift(date(2026, 11, 24)).duties}
    right = {one: roster.plan(one, THURSDAY) for one in (nadia, dirk)}
    handover.begin()
    in_the_morning.go_on(minutes=5)
    came = {one: roster.came(one) for one in (dirk, joke)}

    (stayed,) = set_right(in_the_morning).stayed
    assert stayed.duty is not None
    assert (stayed.day, stayed.duty.name) == (date(2026, 11, 24), "Karim"), "he is not on Thursday's roster"
    assert duties.one(wrong[nadia]).from_at is None
    assert duties.one(wrong[karim]).from_at == at("2026-11-24 10:00")
    assert duties.one(right[nadia]).from_at == at("2026-11-26 10:00")
    assert duties.one(right[dirk]).from_at == at("2026-11-26 10:05")
    assert (duties.one(came[joke]).day, duties.one(came[joke]).from_at) == (THURSDAY, at("2026-11-26 10:05"))
    assert [duty.name for duty in shift(THURSDAY).duties] == ["Nadia", "Dirk", "Joke"]


def test_a_whole_shift_under_a_wrong_clock(in_the_morning: FakeClock) -> None:
    nadia = people.add("Nadia").id
    roster.plan(nadia, date(2026, 11, 24))
    planned = roster.plan(nadia, THURSDAY)
    handover.begin()
    door.arrive(4)
    in_the_morning.go_on_until(at("2026-11-24 16:30"))
    closing.confirm_hours(by="Nadia")
    closing.close(by="Nadia")

    in_the_morning.go_on(minutes=10)
    done = set_right(in_the_morning)
    assert (done.counts, done.stayed) == (1, ())
    thursday = shift(THURSDAY)
    assert (thursday.state, thursday.closed_at) == (ShiftState.CLOSED, at("2026-11-26 16:30"))
    assert Step.HOURS in closing.current().done
    assert (duties.one(planned).confirmed, duties.one(planned).hours) == (True, 6.5)
    assert [duty.confirmed for duty in shift(date(2026, 11, 24)).duties] == [False]


@pytest.mark.parametrize("says", ["09:00", "16:22"])
def test_a_shift_that_was_closed_is_not_opened_again_by_a_clock_that_is_behind(
    room: Room, clock: FakeClock, says: str
) -> None:
    """However little: a machine without a battery goes on where it was switched off."""
    nadia = roster.plan(people.add("Nadia").id, MONDAY)
    clock.set_to(at("2026-11-23 16:00"))
    door.arrive()
    clock.go_on_until(at("2026-11-23 16:20"))
    closing.confirm_hours()
    closing.close()
    clock.reboot(says=at(f"2026-11-23 {says}"))  # it is Tuesday
    assert not handover.now("balie", at_the_desk=True).can_go_on
    assert handover.begin().had_closed_at is None
    monday = shift(MONDAY)
    assert (monday.state, monday.closed_at) == (ShiftState.CLOSED, at("2026-11-23 16:20"))
    assert duties.one(nadia).confirmed

    clock.set_to(at("2026-11-24 10:00"))
    put_right.clock_is_right()
    assert shift(date(2026, 11, 24)).state is ShiftState.OPEN
    assert begun(date(2026, 11, 24))
    assert shift(MONDAY).closed_at == at("2026-11-23 16:20")
    steps = "SELECT count(*) FROM closing_step WHERE day = ? AND step <> 'begun'"
    assert database.execute_sql(steps, (MONDAY.isoformat(),)).fetchone() == (len(Step),)


@pytest.mark.parametrize("knows", ["the network tells it", "somebody said so"])
def test_a_shift_that_was_closed_too_early_goes_on_after_a_power_cut_where_the_clock_is_known_to_be_right(
    room: Room, clock: FakeClock, knows: str
) -> None:
    clock.set_to(at("2026-11-23 16:00"))
    door.arrive()
    closing.close()
    clock.reboot()
    if knows == "somebody said so":
        put_right.clock_is_right()
    else:
        clock.is_told_the_time()
    assert handover.now("balie", at_the_desk=True).can_go_on
    assert handover.begin().had_closed_at == at("2026-11-23 16:00")
    assert shift(MONDAY).state is ShiftState.OPEN


def test_hours_confirmed_of_a_shift_that_was_really_held_stay(room: Room, clock: FakeClock) -> None:
    nadia = people.add("Nadia", kind=PersonKind.HOST).id
    duty, theirs = roster.plan(nadia, MONDAY), roster.plan(nadia, THURSDAY)
    door.arrive()
    clock.reboot(says=at("2026-11-23 16:35"))  # it is Thursday
    hours_given.confirm_shift(shift(MONDAY).key)
    clock.set_to(at("2026-11-26 16:35"))
    (stayed,) = put_right.clock_is_right().stayed
    assert stayed.duty is not None
    assert (stayed.day, stayed.duty.name, duties.one(duty).confirmed) == (MONDAY, "Nadia", True)
    assert not duties.one(theirs).confirmed


def test_said_too_soon_and_then_once_more(in_the_morning: FakeClock) -> None:
    handover.begin()
    written = log.write("Goedemorgen")
    in_the_morning.set_to(at("2026-11-25 10:00"))
    put_right.clock_is_right()
    in_the_morning.set_to(at("2026-11-26 10:00"))
    put_right.clock_is_right()
    (entry,) = (one for one in logbook.entries(READER) if one.id == written)
    assert (entry.day, len(entry.changes)) == (THURSDAY, 2)
    assert (begun(date(2026, 11, 25)), begun(THURSDAY)) == (False, True)


def test_moments_are_kept_of_this_start_of_the_machine_alone(room: Room, clock: FakeClock) -> None:
    log.write("Een")
    clock.reboot()
    log.write("Twee")
    kept = database.execute_sql("SELECT boot FROM clock_reading").fetchall()
    assert kept == [(clocks.this_boot(),)]


def test_what_the_program_does_by_itself_asks_nothing_about_the_clock(in_the_morning: FakeClock) -> None:
    roster.plan(people.add("Nadia").id, THURSDAY, time(10), time(12))
    door.start_of_day()
    in_the_morning.set_to(at("2026-11-26 10:00"))
    assert days.today().doubt is None
