"""What the board brings to the figures: sessions, who led them, wishes on their way, advice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from peewee import fn

from db import history
from db import room as rooms
from db.board_models import Activity, AdviceRequest, BoardEvent, Comes, Session, Wish
from db.connection import rows
from db.history import What
from db.room import Room
from db.states import Lead, SessionState, State

LED_BY_VOLUNTEERS = (Lead.VOLUNTEER, Lead.NEIGHBOUR)
WITH_A_PROFESSIONAL = (Lead.TOGETHER, Lead.PROFESSIONAL)


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
    days_to_first_session: float | None


@dataclass(frozen=True)
class Advice:
    """The questions of a period."""

    asked: int
    answered: int
    hours_to_answer: float | None
    about_an_activity: int
    """Of the questions answered."""
    lead_stayed: int
    """Of those about an activity: no professional came to lead it since it was asked."""


def sessions(from_day: date, to_day: date, now: datetime) -> Sessions:
    """What became of the sessions on these local days, as far as they are over."""
    query = (
        Session.select(
            Session.activity,
            Session.starts_at,
            Session.ends_at,
            Session.state,
            Session.participations,
            fn.COALESCE(Session.lead, Activity.lead),
            Activity.theme,
        )
        .join(Activity, on=(Session.activity == Activity.id))
        .where(Session.day.between(from_day, to_day))
    )
    found = rows(query)
    held = [row for row in found if row[3] == SessionState.HELD]
    led_by = {lead: sum(row[5] == lead for row in held) for lead in Lead}
    theirs = [row[2] - row[1] for row in held if row[5] in LED_BY_VOLUNTEERS]
    by_theme = dict.fromkeys(sorted({row[6] for row in held}), 0)
    for row in held:
        by_theme[row[6]] += row[4] or 0
    return Sessions(
        held=len(held),
        cancelled=sum(row[3] == SessionState.CANCELLED for row in found),
        unknown=sum(row[3] == SessionState.PLANNED and row[2] <= now for row in found),
        participations=sum(row[4] or 0 for row in held),
        participations_squared=sum((row[4] or 0) ** 2 for row in held),
        activities=len({row[0] for row in held}),
        by_theme=by_theme,
        led_by=led_by,
        led_by_volunteers=sum(theirs, timedelta(0)),
    )


def wishes(room: Room, from_day: date, to_day: date) -> Wishes:
    """What became of the wishes, by the room's local days; a wish came true with its first session held."""
    held = dict(
        rows(
            Comes.select(Comes.wish, fn.MIN(Session.day))
            .join(Session, on=(Session.activity == Comes.activity))
            .join(Wish, on=(Comes.wish == Wish.id))
            .where((Session.state == SessionState.HELD) & (Session.ends_at >= Wish.voiced_at))
            .group_by(Comes.wish)
        )
    )
    voiced = fulfilled = given_up = still_open = 0
    took = []
    for wish, voiced_at, state, since in rows(
        Wish.select(Wish.id, Wish.voiced_at, Wish.state, Wish.since).where(
            Wish.voiced_at < rooms.end_of_day(room, to_day)
        )
    ):
        voiced_on = room.local(voiced_at).date()
        voiced += voiced_on >= from_day
        first, ended = _day(held.get(wish)), None
        if first is None and state == State.NOT_FEASIBLE:
            ended = room.local(since).date()
        if first and from_day <= first <= to_day:
            fulfilled += 1
            took.append((first - voiced_on).days)
        given_up += ended is not None and from_day <= ended <= to_day
        still_open += all(day is None or day > to_day for day in (first, ended))
    return Wishes(voiced, fulfilled, given_up, still_open, median(took) if took else None)


def advice(room: Room, from_day: date, to_day: date) -> Advice:
    """What was asked and answered on these local days."""
    begin, end = rooms.moment(room, from_day, time()), rooms.end_of_day(room, to_day)
    request = AdviceRequest
    asked = request.select().where((request.asked_at >= begin) & (request.asked_at < end)).count()
    took = [
        (answered_at - asked_at) / timedelta(hours=1)
        for asked_at, answered_at in rows(
            request.select(request.asked_at, request.answered_at).where(
                (request.answered_at >= begin) & (request.answered_at < end)
            )
        )
    ]
    stayed = _lead_stayed(begin, end, to_day)
    return Advice(
        asked, len(took), round(median(took), 1) if took else None, len(stayed), sum(stayed.values())
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
    changed = BoardEvent.select(BoardEvent.activity, BoardEvent.at, BoardEvent.text).where(
        (BoardEvent.what == What.LEAD_CHANGED) & (BoardEvent.at < end)
    )
    for activity, at, text in rows(changed):
        leads = history.leads_of(text)
        if leads and leads[1] in WITH_A_PROFESSIONAL and leads[0] not in WITH_A_PROFESSIONAL:
            found.setdefault(activity, []).append(at)
    led = (
        Session.select(Session.activity, Session.starts_at)
        .join(Activity, on=(Session.activity == Activity.id))
        .where(
            (Session.state == SessionState.HELD)
            & (Session.day <= to_day)
            & Session.lead.in_(WITH_A_PROFESSIONAL)
            & Activity.lead.not_in(WITH_A_PROFESSIONAL)
        )
    )
    for activity, at in rows(led):
        found.setdefault(activity, []).append(at)
    return found


def _day(stored: date | str | None) -> date | None:
    """A local day as an aggregate gives it: text, where Peewee does not know what it is."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored
