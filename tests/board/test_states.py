"""No sequence of what people do reaches a state that cannot be, or loses a wish."""

import atexit
import shutil
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from db import board, clock, connection, course, planning, series, sessions, signups, timetable, wishes
from db import room as rooms
from db.errors import NotPossible
from db.recurrence import Repeat
from db.states import Kind, Lead, SessionState, State
from tests.board.plans import TUESDAY, knitting
from tests.clocks import FakeClock

NUMBERS = st.integers(1, 4)
MEETINGS = st.integers(1, 6)
SIGN_UPS = st.integers(1, 5)
LEADS = st.sampled_from((None, *Lead))
PLACES = st.sampled_from((None, "Keuken", "Zaal"))
STATES = st.sampled_from(tuple(State))
SOON = st.integers(-3, 40).map(lambda n: TUESDAY + timedelta(days=n))


class Board(RuleBasedStateMachine):
    """Hosts, volunteers and time do as they please."""

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory()
        self.clock = FakeClock()
        clock.use(self.clock)
        connection.open(Path(shutil.copy(_new_room(), self._place.name)))
        self.voiced: list[int] = []
        self.me_toos: dict[int, int] = {}
        self.numbers: dict[int, int] = {}
        """How many took part, by the session of which that was said."""
        self.signed_up: dict[int, tuple[int, int]] = {}
        """The session and the number of each sign-up."""
        self.given_up: set[int] = set()
        self.refused, self.nothing_changed = "not yet", True
        self.somebody_has_a_wish("Breien")
        self.it_is_planned([1], 3, Repeat.WEEKLY, TUESDAY)
        self.it_is_planned([], None, Repeat.ONCE, TUESDAY)

    def teardown(self) -> None:
        connection.close()
        clock.use(clock.SystemClock())
        self._place.cleanup()

    def _try(self, act: Callable[[], Any]) -> bool:
        """Do it, or be told in a sentence why not; then nothing has changed. Whether it was done."""
        before = _all()
        try:
            act()
        except NotPossible as refusal:
            self.refused = str(refusal)
            self.nothing_changed = _all() == before
            return False
        return True

    @rule(text=st.sampled_from(("Breien", "Soep", "Wandelen")))
    def somebody_has_a_wish(self, text: str) -> None:
        if len(self.voiced) < 4:
            self.voiced.append(wishes.voice(text))
            self.me_toos[self.voiced[-1]] = 0

    @rule(wish=NUMBERS)
    def me_too(self, wish: int) -> None:
        if self._try(lambda: wishes.me_too(wish)):
            self.me_toos[wish] += 1

    @rule(wish=NUMBERS)
    def it_was_no_me_too(self, wish: int) -> None:
        if self._try(lambda: wishes.take_back_me_too(wish)):
            self.me_toos[wish] -= 1

    @rule(wish=NUMBERS)
    def it_was_no_wish(self, wish: int) -> None:
        if self._try(lambda: wishes.take_back(wish)):
            self.voiced.remove(wish)
            self.given_up.discard(wish)
            assert not self.me_toos.pop(wish), "somebody has the same one"

    @rule(
        kind=st.sampled_from(tuple(Kind)),
        number=NUMBERS,
        to=STATES,
        reason=st.sampled_from(("", "Geen geld")),
    )
    def a_card_is_moved(self, kind: Kind, number: int, to: State, reason: str) -> None:
        self._try(lambda: course.move(kind, number, to, reason=reason))
        if kind is Kind.WISH and to is State.NOT_FEASIBLE:
            self.given_up.add(number)

    @rule(activity=NUMBERS, day=SOON, starts=st.integers(0, 23), minutes=st.integers(0, 1439))
    def there_is_one_more(self, activity: int, day: date, starts: int, minutes: int) -> None:
        ends = timetable.ends_after(time(starts), minutes)
        self._try(lambda: series.add_session(activity, day, time(starts), ends))

    @rule(meeting=MEETINGS, ns=st.lists(st.integers(1, 3), min_size=1, max_size=3))
    def some_sign_up(self, meeting: int, ns: list[int]) -> None:
        for n in ns:
            if self._try(lambda n=n: self._sign_up(meeting, n)):  # type: ignore[misc]
                assert signups.of(meeting)[-1].n == n

    def _sign_up(self, meeting: int, n: int) -> None:
        self.signed_up[signups.sign_up(meeting, n).id] = (meeting, n)

    @rule(sign_up=SIGN_UPS)
    def they_do_not_come(self, sign_up: int) -> None:
        if self._try(lambda: signups.withdraw(sign_up)):
            del self.signed_up[sign_up]

    @rule(sign_up=SIGN_UPS, meeting=MEETINGS, n=st.sampled_from((1, 2, 60)))
    def others_come_instead(self, sign_up: int, meeting: int, n: int) -> None:
        def swap() -> None:
            taken = signups.sign_up_instead(sign_up, meeting, n)[1]
            self.signed_up[taken.id] = (meeting, n)

        if self._try(swap):
            del self.signed_up[sign_up]

    @rule(activity=NUMBERS, capacity=st.sampled_from((None, 0, 1, 2, 5)), lead=LEADS, place=PLACES)
    def it_is_changed(
        self, activity: int, capacity: int | None, lead: Lead | None, place: str | None
    ) -> None:
        before = self._begun()
        self._try(lambda: series.change(activity, capacity=capacity, lead=lead, place=place))
        assert self._begun() == before, "who led what has begun stays so"

    def _begun(self) -> dict[int, tuple[Lead, str]]:
        """Who led what has begun, and where that was."""
        every = (one for activity in board.everything().activities for one in activity.sessions)
        return {one.id: (one.lead, one.place) for one in every if one.starts_at <= self.clock.now()}

    @rule(meeting=MEETINGS, lead=st.sampled_from(tuple(Lead)))
    def somebody_else_leads_it(self, meeting: int, lead: Lead) -> None:
        if self._try(lambda: sessions.led_by(meeting, lead)):
            assert sessions.one(meeting).lead is lead

    @rule()
    def more_is_planned(self) -> None:
        series.plan_ahead()

    @rule(
        asked=st.lists(NUMBERS, max_size=3),
        times=st.sampled_from((1, 2, 3, None)),
        repeat=st.sampled_from((Repeat.ONCE, Repeat.WEEKLY)),
        day=SOON,
    )
    def it_is_planned(self, asked: list[int], times: int | None, repeat: Repeat, day: date) -> None:
        if len(board.everything().activities) < 4:
            plan = knitting(first_day=day, repeat=repeat, times=times, capacity=2)
            self._try(lambda: planning.plan(asked, plan))

    @rule(meeting=MEETINGS, n=st.integers(-1, 20))
    def it_was_held(self, meeting: int, n: int) -> None:
        if self._try(lambda: sessions.attend(meeting, n)):
            self.numbers[meeting] = n

    @rule(meeting=MEETINGS)
    def it_does_not_go_on(self, meeting: int) -> None:
        if self._try(lambda: sessions.cancel(meeting, "Ziek")):
            self.numbers.pop(meeting, None)

    @rule(meeting=MEETINGS)
    def it_goes_on_after_all(self, meeting: int) -> None:
        if self._try(lambda: sessions.go_on(meeting)):
            self.numbers.pop(meeting, None)

    @rule(meeting=MEETINGS, day=SOON, place=PLACES, and_after=st.booleans())
    def it_is_moved(self, meeting: int, day: date, place: str | None, and_after: bool) -> None:
        before = _all()
        moved: list[int] = []
        self._try(
            lambda: moved.append(
                series.move_session(meeting, day, time(10), place=place, and_after=and_after)
            )
        )
        assert moved != [0] or _all() == before, "what moved nothing changed something"

    @rule(meeting=MEETINGS)
    def it_stops_here(self, meeting: int) -> None:
        self._try(lambda: series.cancel_from(meeting, "Klaar"))

    @rule(days=st.sampled_from((1, 7)))
    def time_passes(self, days: int) -> None:
        self.clock.go_on(days=days)

    @invariant()
    def what_is_refused_is_said_and_changes_nothing(self) -> None:
        assert self.refused and self.nothing_changed

    @invariant()
    def no_wish_is_lost(self) -> None:
        cards = board.cards(past=None)
        shown = {card.id for column in cards.columns.values() for card in column if card.kind is Kind.WISH}
        for column in cards.columns.values():
            for card in column:
                if card.kind is Kind.ACTIVITY:
                    shown |= {wish.id for wish in board.thread(Kind.ACTIVITY, card.id).wishes}
        assert shown == set(self.voiced)

    @invariant()
    def every_card_stands_where_it_may(self) -> None:
        every = board.everything()
        states = {activity.id: activity.state for activity in every.activities}
        for wish in every.wishes:
            if wish.state in (State.PLANNED, State.RUNNING, State.DONE):
                assert wish.state in {states[one] for one in wish.activities}
            assert (wish.state is State.NOT_FEASIBLE) == (wish.reason is not None)
        for activity in every.activities:
            held = any(one.state is SessionState.HELD for one in activity.sessions)
            assert activity.state not in (State.RECEIVED, State.EXPLORING)
            assert held or activity.state is not State.RUNNING, "it runs only once a session was held"
            assert not (held and activity.state is State.PLANNED), "what was held is more than planned"
            assert held or activity.state is not State.DONE, "what was never held is not done"
            assert (activity.state is State.NOT_FEASIBLE) == (activity.reason is not None)

    @invariant()
    def nothing_is_to_come_of_what_is_over(self) -> None:
        for activity in board.everything().activities:
            for one in activity.sessions:
                assert one.ends_at > one.starts_at
                if activity.state in board.PAST and one.state is SessionState.PLANNED:
                    assert one.starts_at <= self.clock.now()

    @invariant()
    def a_wish_goes_where_its_activities_go_unless_somebody_gave_it_up(self) -> None:
        every = board.everything()
        states = {activity.id: activity.state for activity in every.activities}
        for wish in every.wishes:
            if wish.state is State.NOT_FEASIBLE and wish.activities and wish.id not in self.given_up:
                assert {states[one] for one in wish.activities} == {State.NOT_FEASIBLE}

    @invariant()
    def the_history_explains_every_state(self) -> None:
        for kind in Kind:
            for found in _of(kind):
                events = [
                    event
                    for event in board.thread(kind, found.id).events
                    if (event.wish if kind is Kind.WISH else event.activity) == found.id and event.to_state
                ]
                assert events[-1].to_state is found.state
                for before, after in pairwise(events):
                    assert after.from_state is before.to_state

    @invariant()
    def numbers_belong_to_what_was_held_and_stay(self) -> None:
        kept = {}
        for activity in board.everything().activities:
            for one in activity.sessions:
                assert (one.participations is not None) == (one.state is SessionState.HELD)
                if one.participations is not None:
                    kept[one.id] = one.participations
        assert kept == self.numbers
        cards = [card for column in board.cards(past=None).columns.values() for card in column]
        assert sum(card.participations for card in cards) == sum(kept.values())
        assert sum(card.held for card in cards) == len(kept)

    @invariant()
    def who_said_me_too_is_counted(self) -> None:
        assert {wish.id: wish.me_too for wish in board.everything().wishes} == self.me_toos

    @invariant()
    def who_signed_up_stands_there_and_waits_for_no_empty_place(self) -> None:
        found = {}
        for activity in board.everything().activities:
            for session, there in signups.of_each(one.id for one in activity.sessions).items():
                found |= {one.id: (session, one.n) for one in there}
                left = signups.places_left(session)
                for at, one in enumerate(there):
                    if one.waiting:
                        assert left is not None and one.n > left, "a place is empty"
                        later = [other for other in there[at:] if not other.waiting]
                        assert all(other.n < one.n for other in later), "somebody overtook them"
        assert found == self.signed_up


@cache
def _new_room() -> Path:
    """Made once: making its tables takes longer than all that happens in it."""
    directory = TemporaryDirectory()
    atexit.register(directory.cleanup)
    file = Path(directory.name) / "room.db"
    rooms.create(file, name="De Huiskamer", timezone="Europe/Amsterdam")
    connection.close()
    return file


def _of(kind: Kind) -> tuple[Any, ...]:
    every = board.everything()
    return every.wishes if kind is Kind.WISH else every.activities


def _all() -> object:
    every = board.everything()
    there = signups.of_each(one.id for activity in every.activities for one in activity.sessions)
    return every, there, [board.thread(kind, one.id).events for kind in Kind for one in _of(kind)]


Board.TestCase.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
test_whatever_people_do = Board.TestCase
