"""What the board brings to the figures: sessions, who led them, wishes on their way, advice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from peewee import fn

from db import history, roles
from db import room as rooms
from db.board_models import Activity, AdviceRequest, BoardEvent, Comes, Session, Wish
from db.connection import rows
from db.history import What
from db.room import Room
from db.states import Lead, SessionState, State

LED_BY_VOLUNTEERS = (Lead.VOLUNTEER, Lead.NEIGHBOUR)
WITH_A_PROFESSIONAL = (Lead.TOGETHER, Lead.PROFESSIONAL)


@dataclass(frozen=True)
class Meeting:
    """A session of a period."""

    activity: int
    title: str
    theme: str
    day: date
    starts_at: datetime
    ends_at: datetime
    state: SessionState
    participations: int | None
    lead: Lead

    @property
    def held(self) -> bool:
        """Whether it went on."""
        return self.state is SessionState.HELD

    def unknown(self, now: datetime) -> bool:
        """Whether it is over, and nobody said what became of it."""
        return self.state is SessionState.PLANNED and self.ends_at <= now


@dataclass(frozen=True)
class Fate:
    """What became of a wish."""

    text: str
    voiced_on: date
    first_session: date | None
    """When its first session was held, and it came true."""
    given_up_on: date | None
    """When it was said that it can't be done, where it stood so still and there had been no session."""

    @property
    def days_to_first_session(self) -> int:
        """How long it took to come true."""
        return ((self.first_session or self.voiced_on) - self.voiced_on).days

    def is_open(self, to_day: date) -> bool:
        """Whether it was on its way still at the end of this day."""
        return all(day is None or day > to_day for day in (self.first_session, self.given_up_on))


@dataclass(frozen=True)
class Question:
    """A question to a professional that was asked or answered in a period."""

    question: str
    asked_at: datetime
    answered_at: datetime | None
    """None where that was not in the period."""
    asked_then: bool
    """Whether it was asked in the period, and not before it."""
    lead_stayed: bool | None
    """Whether no professional came to lead what it was about; None for what is no activity."""

    @property
    def hours_to_answer(self) -> float | None:
        """How long the answer took."""
        return None if self.answered_at is None else (self.answered_at - self.asked_at) / timedelta(hours=1)


@dataclass(frozen=True)
class Sessions:
    """The sessions of a period."""

    held: int
    cancelled: int
    unknown: int
    """Over, and nobody said what became of them."""
    participations: int
    participations_squared: int
    """Each session's number times itself, added up: how much chance lets the sum differ, squared."""
    activities: int
    by_theme: Mapping[str, int]
    """Participations, by the theme of the activity."""
    led_by: Mapping[Lead, int]
    """Sessions held, by who led them."""
    led_by_volunteers: timedelta
    """How long the sessions lasted that volunteers and neighbours led."""


@dataclass(frozen=True)
class Wishes:
    """The wishes of a period."""

    voiced: int
    fulfilled: int
    not_feasible: int
    open: int
    """At its end."""
    took_days: tuple[int, ...]
    """From a wish to its first session, of each that came true."""


@dataclass(frozen=True)
class Advice:
    """The questions of a period."""

    asked: int
    answered: int
    took_hours: tuple[float, ...]
    """From a question to its answer, of each that was answered."""
    about_an_activity: int
    """Of the questions answered."""
    lead_stayed: int
    """Of those about an activity: no professional came to lead it since it was asked."""


def meetings(from_day: date, to_day: date) -> list[Meeting]:
    """The sessions on these local days, in their order."""
    query = (
        Session.select(
            Session.activity,
            Activity.title,
            Activity.theme,
            Session.day,
            Session.starts_at,
            Session.ends_at,
            Session.state,
            Session.participations,
            fn.COALESCE(Session.lead, Activity.lead),
        )
        .join(Activity, on=(Session.activity == Activity.id))
        .where(Session.day.between(from_day, to_day))
        .order_by(Session.starts_at, Session.id)
    )
    return [
        Meeting(activity, title, theme, day, starts, ends, SessionState(state), n, Lead(lead))
        for activity, title, theme, day, starts, ends, state, n, lead in rows(query)
    ]


def sessions(found: Sequence[Meeting], now: datetime) -> Sessions:
    """What became of these sessions, as far as they are over."""
    held = [one for one in found if one.held]
    led_by = {lead: sum(one.lead is lead for one in held) for lead in Lead}
    theirs = [one.ends_at - one.starts_at for one in held if one.lead in LED_BY_VOLUNTEERS]
    by_theme = dict.fromkeys(sorted({one.theme for one in held}), 0)
    for one in held:
        by_theme[one.theme] += one.participations or 0
    return Sessions(
        held=len(held),
        cancelled=sum(one.state is SessionState.CANCELLED for one in found),
        unknown=sum(one.unknown(now) for one in found),
        participations=sum(one.participations or 0 for one in held),
        participations_squared=sum((one.participations or 0) ** 2 for one in held),
        activities=len({one.activity for one in held}),
        by_theme=by_theme,
        led_by=led_by,
        led_by_volunteers=sum(theirs, timedelta(0)),
    )


def fates(room: Room, to_day: date) -> list[Fate]:
    """What had become of every wish that was voiced up to this local day, at its end, in their order.

    A wish came true with its first session held since it was voiced; one that is written down afterwards, of
    which all was held by then, when it came to stand as done on the board. What was done with it on a later
    day is not known here: a figure of a period that is over stays as it is. That a session was held then may
    be said later, and counts then, as a correction at the door does.
    """
    end = rooms.end_of_day(room, to_day)
    held = dict(
        rows(
            Comes.select(Comes.wish, fn.MIN(Session.day))
            .join(Session, on=(Session.activity == Comes.activity))
            .join(Wish, on=(Comes.wish == Wish.id))
            .where(
                (Session.state == SessionState.HELD)
                & (Session.ends_at >= Wish.voiced_at)
                & (Session.day <= to_day)
            )
            .group_by(Comes.wish)
        )
    )
    moves = BoardEvent.select(BoardEvent.wish, BoardEvent.to_state, BoardEvent.at).where(
        (BoardEvent.what == What.MOVED) & BoardEvent.wish.is_null(False) & (BoardEvent.at < end)
    )
    stood = {wish: (state, at) for wish, state, at in rows(moves.order_by(BoardEvent.id))}
    found = []
    for wish, text, voiced_at in rows(
        Wish.select(Wish.id, Wish.text, Wish.voiced_at)
        .where(Wish.voiced_at < end)
        .order_by(Wish.voiced_at, Wish.id)
    ):
        first = _day(held.get(wish))
        state, since = stood.get(wish, (State.RECEIVED, voiced_at))
        if first is None and state == State.DONE:
            first = room.local(since).date()
        given_up = room.local(since).date() if first is None and state == State.NOT_FEASIBLE else None
        found.append(Fate(text, room.local(voiced_at).date(), first, given_up))
    return found


def wishes(found: Iterable[Fate], from_day: date, to_day: date) -> Wishes:
    """What became of these wishes on these local days."""
    found = list(found)
    true = [one for one in found if one.first_session and from_day <= one.first_session <= to_day]
    return Wishes(
        voiced=sum(one.voiced_on >= from_day for one in found),
        fulfilled=len(true),
        not_feasible=sum(
            one.given_up_on is not None and from_day <= one.given_up_on <= to_day for one in found
        ),
        open=sum(one.is_open(to_day) for one in found),
        took_days=tuple(one.days_to_first_session for one in true),
    )


def questions(room: Room, from_day: date, to_day: date) -> list[Question]:
    """What was asked or answered on these local days, in the order of the questions."""
    begin, end = rooms.moment(room, from_day, time()), rooms.end_of_day(room, to_day)
    request = AdviceRequest
    stayed = _lead_stayed(begin, end, to_day)
    asked = (request.asked_at >= begin) & (request.asked_at < end)
    answered = (request.answered_at >= begin) & (request.answered_at < end)
    return [
        Question(
            question,
            asked_at,
            answered_at if answered_at and answered_at < end else None,
            begin <= asked_at,
            stayed.get(number),
        )
        for number, question, asked_at, answered_at in rows(
            request.select(request.id, request.question, request.asked_at, request.answered_at)
            .where(asked | answered)
            .order_by(request.asked_at, request.id)
        )
    ]


def advice(found: Iterable[Question]) -> Advice:
    """What was asked and answered."""
    found = list(found)
    took = [one.hours_to_answer for one in found if one.hours_to_answer is not None]
    stayed = [one.lead_stayed for one in found if one.lead_stayed is not None]
    return Advice(
        asked=sum(one.asked_then for one in found),
        answered=len(took),
        took_hours=tuple(took),
        about_an_activity=len(stayed),
        lead_stayed=sum(stayed),
    )


def _lead_stayed(begin: datetime, end: datetime, to_day: date) -> dict[int, bool]:
    """Of each question about an activity that was answered then: whether the lead stayed where it was.

    A question about a wish is about the activities that had come of it by then.
    """
    request = AdviceRequest
    answered = (request.answered_at >= begin) & (request.answered_at < end)
    about = rows(
        request.select(request.id, request.asked_at, request.activity).where(
            answered & request.activity.is_null(False)
        )
    ) + rows(
        request.select(request.id, request.asked_at, Activity.id)
        .join(Comes, on=(Comes.wish == request.wish))
        .join(Activity, on=(Activity.id == Comes.activity))
        .where(answered & (Activity.created_at <= request.asked_at))
    )
    taken = _taken_over(end, to_day)
    stayed: dict[int, bool] = {}
    for number, asked_at, activity in about:
        later = any(asked_at < at for at in taken.get(activity, ()))
        stayed[number] = stayed.get(number, True) and not later
    return stayed


def _taken_over(end: datetime, to_day: date) -> dict[int, list[datetime]]:
    """When a professional came to lead an activity or a session of it, alone or together."""
    found: dict[int, list[datetime]] = {}
    changes: dict[int, list[tuple[datetime, Lead, Lead]]] = {}
    changed = BoardEvent.select(BoardEvent.activity, BoardEvent.at, BoardEvent.text).where(
        BoardEvent.what == What.LEAD_CHANGED
    )
    with roles.by_the_machine():  # of what is read here a partner gets the number that comes of it
        events = rows(changed.order_by(BoardEvent.id))
    for activity, at, text in events:
        if leads := history.leads_of(text):
            changes.setdefault(activity, []).append((at, *leads))
            if at < end and leads[1] in WITH_A_PROFESSIONAL and leads[0] not in WITH_A_PROFESSIONAL:
                found.setdefault(activity, []).append(at)
    led = (
        Session.select(Session.activity, Session.starts_at, Activity.lead)
        .join(Activity, on=(Session.activity == Activity.id))
        .where(
            (Session.state == SessionState.HELD)
            & (Session.day <= to_day)
            & Session.lead.in_(WITH_A_PROFESSIONAL)
        )
    )
    for activity, at, lead in rows(led):
        later = (before for moment, before, _ in changes.get(activity, ()) if moment >= at)
        if next(later, lead) not in WITH_A_PROFESSIONAL:  # who led the activity then, and not who does now
            found.setdefault(activity, []).append(at)
    return found


def _day(stored: date | str | None) -> date | None:
    """A local day as an aggregate gives it: text, where Peewee does not know what it is."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored
