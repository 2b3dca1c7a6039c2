"""The demo's board: two years of threads, whole, the same for the same seed."""

import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from statistics import mean

import pytest

from db import advice, board, connection, programme, recurrence, signups, wishes
from db import board_models as models
from db import clock as clocks
from db import room as rooms
from db.connection import rows
from db.history import What
from db.states import Kind, Lead, SessionState, State
from hostdesk import demo, words
from hostdesk.demo import threads
from tests.clocks import FakeClock, at

TUESDAY_EVENING = at("2026-11-24 20:07")
MOST_SECONDS = 2.0


def made(file: Path, *, seed: int = 1) -> list[tuple[object, ...]]:
    """Everything on the board of a demo of one day, which is open then."""
    demo.make(file, days=1, seed=seed)
    connection.open(file)
    return [row for table in models.TABLES for row in rows(table.select())]


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a demo of one day, made on a Tuesday evening, in Dutch."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    clocks.use(FakeClock(TUESDAY_EVENING))
    earlier = words.language()
    words.choose("nl")
    demo.make(file, days=1)
    words.choose(earlier)
    return file


@pytest.fixture
def everything(two_years: Path, clock: FakeClock) -> board.Everything:
    """All that is on its board; the room is open."""
    clock.set_to(TUESDAY_EVENING)
    connection.open(two_years)
    return board.everything()


def test_the_same_seed_gives_the_same_board_and_another_one_another(tmp_path: Path, clock: FakeClock) -> None:
    one = made(tmp_path / "one.db")
    assert made(tmp_path / "same.db") == one
    assert made(tmp_path / "other.db", seed=2) != one


def test_it_is_filled_before_anybody_gets_impatient(room_file: Path) -> None:
    connection.open(room_file)
    room = demo.rooms.current()
    began = time.process_time()
    demo.board.fill(room, clocks.now(), 1)
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("table", models.TABLES)
def test_every_column_is_filled_somewhere(table: type[models.Wish]) -> None:
    for field in table._meta.sorted_fields:
        values = {value for (value,) in rows(table.select(field).distinct())}
        assert values - {None, ""}, f"{table.__name__}.{field.name}"


def test_it_goes_back_two_years_and_looks_ahead(everything: board.Everything) -> None:
    days = [one.day for activity in everything.activities for one in activity.sessions]
    first = min(wish.voiced_at for wish in everything.wishes)
    assert TUESDAY_EVENING - first > timedelta(days=700)
    assert max(days) > TUESDAY_EVENING.date() + timedelta(weeks=12)
    next_week = [day for day in days if 7 <= (day - TUESDAY_EVENING.date()).days < 14]
    assert len(next_week) >= 5


def test_everything_that_can_become_of_a_card_has(everything: board.Everything) -> None:
    assert {wish.state for wish in everything.wishes} == set(State)
    assert {activity.state for activity in everything.activities} == set(State) - {
        State.RECEIVED,
        State.EXPLORING,
    }
    assert {what for (what,) in rows(models.BoardEvent.select(models.BoardEvent.what).distinct())} >= {
        What.VOICED, What.ME_TOO, What.MOVED, What.PLANNED, What.SESSION_HELD, What.SESSION_CANCELLED,
        What.SESSION_MOVED, What.SIGNED_UP, What.WITHDRAWN, What.ADVICE_ASKED, What.ADVICE_GIVEN,
        What.ADVICE_READ,
    }  # fmt: skip
    for failed in (*everything.wishes, *everything.activities):
        assert (failed.reason is not None) == (failed.state is State.NOT_FEASIBLE)


def test_activities_are_of_all_sorts_and_led_by_volunteers_mostly(everything: board.Everything) -> None:
    rules = [activity.rule for activity in everything.activities]
    assert "" in rules
    assert any("MONTHLY" in rule for rule in rules)
    assert any("WEEKLY" in rule and "INTERVAL=2" in rule for rule in rules)
    assert any(recurrence.is_endless(rule) for rule in rules)
    assert len(rules) >= 20
    led = Counter(
        one.lead
        for activity in everything.activities
        for one in activity.sessions
        if one.state is SessionState.HELD
    )
    assert set(led) == set(Lead)
    assert led[Lead.VOLUNTEER] == max(led.values())
    assert led[Lead.PROFESSIONAL] < 0.2 * sum(led.values())


def test_sessions_went_as_sessions_go(everything: board.Everything) -> None:
    sessions = [one for activity in everything.activities for one in activity.sessions]
    past = [one for one in sessions if one.ends_at < TUESDAY_EVENING]
    held = [one for one in past if one.state is SessionState.HELD]
    assert len(held) > 300
    assert 3 <= mean(one.participations or 0 for one in held) <= 20
    assert 0.02 < sum(one.state is SessionState.CANCELLED for one in past) / len(past) < 0.1
    assert 0.01 < sum(one.state is SessionState.PLANNED for one in past) / len(past) < 0.1, "numbers missing"
    assert all(one.reason for one in past if one.state is SessionState.CANCELLED)
    assert not [one for one in sessions if one.starts_at > TUESDAY_EVENING and one.participations is not None]


def test_what_happened_is_in_the_order_of_its_moments(everything: board.Everything) -> None:
    moments = [moment for (moment,) in rows(models.BoardEvent.select(models.BoardEvent.at).order_by("id"))]
    assert moments == sorted(moments)
    assert moments[-1] <= TUESDAY_EVENING
    assert all(wish.voiced_at <= TUESDAY_EVENING for wish in everything.wishes)


def test_a_thread_reads_back_whole_from_the_wish_and_from_the_activity(everything: board.Everything) -> None:
    club = next(activity for activity in everything.activities if activity.title == "Breiclub")
    assert len(club.wishes) == 3
    thread = board.thread(Kind.WISH, club.wishes[0])
    assert [activity.id for activity in thread.activities] == [club.id]
    back = board.thread(Kind.ACTIVITY, club.id)
    assert tuple(wish.id for wish in back.wishes) == club.wishes
    assert [question.answer is not None and question.read_at is not None for question in back.advice] == [
        True
    ]
    happened = [event.what for event in back.events]
    order = [What.VOICED, What.ME_TOO, What.MOVED, What.PLANNED, What.SESSION_HELD]
    assert [happened.index(what) for what in order] == sorted(happened.index(what) for what in order)
    held = [one for one in club.sessions if one.state is SessionState.HELD]
    assert len(held) == happened.count(What.SESSION_HELD) > 50
    assert {wish.state for wish in back.wishes} == {State.RUNNING}


def test_who_was_to_be_told_is_erased_in_time_and_kept_till_then(everything: board.Everything) -> None:
    told = [wish.id for wish in everything.wishes if wishes.contact_of(wish.id)]
    assert told
    for session, name in rows(models.SignUp.select(models.SignUp.session, models.SignUp.name)):
        day = models.Session.get_by_id(session).day
        assert name is None or day >= TUESDAY_EVENING.date()


def test_one_question_waits_and_one_answer_is_unread(everything: board.Everything) -> None:
    assert len(advice.unanswered()) == 1
    assert len(advice.unread()) == 1
    assert len(advice.everything()) >= 5


@pytest.mark.parametrize(
    "tried_at",
    [
        *("2026-11-24 08:30", "2026-11-29 23:15", "2026-12-25 11:00", "2026-11-25 03:00", "2027-03-28 14:00"),
        *("2026-11-26 18:20", "2026-11-27 15:59", "2026-11-28 21:40", "2026-11-30 13:00"),
    ],
)
def test_at_whatever_hour_somebody_tries_it_there_is_a_programme(
    tmp_path: Path, clock: FakeClock, tried_at: str
) -> None:
    clock.set_to(at(tried_at))
    made(tmp_path / "demo.db")
    today = programme.today()
    assert any(slot.goes_on_at(today.now) for slot in today.slots), "now"
    assert len(today.slots) >= 3
    if 4 <= int(tried_at[11:13]) <= 21:
        assert any(slot.participations is not None for slot in today.slots), "past, with its number"
        assert any(slot.starts_at > today.now for slot in today.slots), "next"
        assert any(slot.signed_up for slot in today.slots)
    assert len(today.answers) == today.questions == 1
    open_at = rooms.periods(rooms.current(), today.day)
    for slot in today.slots:
        assert any(one.opens_at <= slot.starts_at and slot.ends_at <= one.closes_at for one in open_at), slot


@pytest.mark.usefixtures("everything")
def test_the_number_of_one_session_of_yesterday_is_still_to_be_given() -> None:
    unnumbered = programme.today().unnumbered
    assert unnumbered is not None
    assert unnumbered.starts_at.date() == TUESDAY_EVENING.date() - timedelta(days=1)


def test_some_have_to_wait_for_a_place(everything: board.Everything) -> None:
    lists = [
        signups.of(one.id)
        for activity in everything.activities
        if activity.capacity
        for one in activity.sessions
    ]
    assert any(one.waiting for signed_up in lists for one in signed_up)


def test_it_speaks_the_rooms_language_and_no_other(tmp_path: Path, clock: FakeClock) -> None:
    earlier = words.language()
    said: dict[str, set[str]] = {}
    try:
        for language in ("nl", "en"):
            words.choose(language)
            made(tmp_path / f"{language}.db")
            everything = board.everything()
            said[language] = {wish.text for wish in everything.wishes} | {
                text
                for activity in everything.activities
                for text in (activity.title, activity.theme, activity.needs, activity.place)
                if text
            }
    finally:
        words.choose(earlier)
    assert said["nl"].isdisjoint(said["en"])
    for wished in threads.WISHES:
        assert wished.text.nl in said["nl"] and wished.text.en in said["en"]


def test_afterwards_the_clock_is_the_rooms_again(tmp_path: Path, clock: FakeClock) -> None:
    made(tmp_path / "demo.db")
    assert clocks.now() == clock.now()
    wish = wishes.voice("Iets nieuws")
    assert models.Wish.get_by_id(wish).voiced_at == clock.now()
    assert clocks.reliable_now() == (clock.now(), None)
