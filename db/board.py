"""The activity board as people read it: its cards, the whole thread behind one, and everything on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peewee import fn

from db import advice, clock, course, history, roles, sessions, signups
from db import room as rooms
from db.advice import Advice
from db.board_models import Activity, AdviceRequest, BoardEvent, Comes, Contact, MeToo, Session, SignUp, Wish
from db.connection import reading, rows
from db.history import Event
from db.room import Room
from db.sessions import Meeting
from db.signups import SignedUp
from db.states import Kind, Lead, SessionState, State

PAST_SHOWN = 8
"""So many of the newest cards of what is past are shown; the others fold into one line."""

PAST = (State.DONE, State.NOT_FEASIBLE)
"""What stands here grows for ever."""


@dataclass(frozen=True)
class Card:
    """A wish, or an activity, at a glance."""

    kind: Kind
    id: int
    state: State
    title: str
    theme: str
    since: datetime
    """When it came to stand here."""
    voiced_at: datetime
    """When the wish was voiced, or the activity planned."""
    me_too: int
    """How many more have this wish; for an activity, how many in all asked for it."""
    open_advice: bool
    """Whether a question about it waits for an answer."""
    lead: Lead | None = None
    """Who leads an activity."""
    next_at: datetime | None = None
    """The start of an activity's next session, or of the one that is going on."""
    places_left: int | None = None
    """Places left at that session; None where places are not counted."""
    held: int = 0
    """Sessions that were held."""
    participations: int = 0
    """How many took part in all of them together."""
    reason: str | None = None
    """Why it was not feasible."""
    wishes: str = ""
    """What the neighbours said, of whose wishes an activity came."""


@dataclass(frozen=True)
class Cards:
    """The board at a moment."""

    room: Room
    now: datetime
    columns: dict[State, tuple[Card, ...]]
    """The cards of each column, in the order in which they are shown; every state is there."""
    folded: dict[State, int]
    """How many more cards of what is past are not among these."""


@dataclass(frozen=True)
class WishFacts:
    """A wish with all that is known of it."""

    id: int
    text: str
    theme: str
    state: State
    voiced_at: datetime
    via: str
    me_too: int
    reason: str | None
    activities: tuple[int, ...]
    contact: tuple[str, date] | None = None
    """How to reach who voiced it, and when that is erased; only in its own thread."""


@dataclass(frozen=True)
class ActivityFacts:
    """An activity with all that is known of it."""

    id: int
    title: str
    theme: str
    state: State
    needs: str
    place: str
    capacity: int | None
    lead: Lead
    leader: str
    rule: str
    """How it repeats, as RFC 5545 writes it; empty for once."""
    skip_holidays: bool
    reason: str | None
    wishes: tuple[int, ...]
    sessions: tuple[Meeting, ...]


@dataclass(frozen=True)
class Thread:
    """Everything behind one card: from the wishes to how many came, and back."""

    room: Room
    now: datetime
    kind: Kind
    number: int
    wishes: tuple[WishFacts, ...]
    activities: tuple[ActivityFacts, ...]
    sign_ups: dict[int, tuple[SignedUp, ...]]
    """For each session to come that somebody signed up for: who did, in their order."""
    advice: tuple[Advice, ...]
    events: tuple[Event, ...]
    """What happened to all of these, oldest first."""


@dataclass(frozen=True)
class Everything:
    """All wishes and activities, old ones too."""

    room: Room
    wishes: tuple[WishFacts, ...]
    activities: tuple[ActivityFacts, ...]


def cards(past: int | None = PAST_SHOWN) -> Cards:
    """The board's cards.

    A wish that an activity came of stands on the board as that activity.

    Args:
        past: so many of the newest cards of what is past; all of them with None.
    """
    with reading():
        room, now = rooms.current(), clock.reliable_now()[0]
        columns = {
            State.RECEIVED: _wish_cards([State.RECEIVED]),
            State.EXPLORING: _wish_cards([State.EXPLORING]),
            State.PLANNED: _by_next(_activity_cards(State.PLANNED, now)),
            State.RUNNING: _by_next(_activity_cards(State.RUNNING, now)),
            State.DONE: _activity_cards(State.DONE, now, most=past),
            State.NOT_FEASIBLE: _not_feasible(now, past),
        }
        folded = {state: _past_count(state) - len(columns[state]) for state in PAST}
        return Cards(room, now, columns, folded)


def thread(kind: Kind, number: int) -> Thread:
    """The whole thread behind a card.

    For a wish: what came of it. For an activity: the wishes it came of, too.

    Raises:
        NotPossible: there is no such card.
    """
    with reading():
        course.state_of(kind, number)
        if kind is Kind.WISH:
            wish_ids = [number]
            activity_ids = _ids(Comes.select(Comes.activity).where(Comes.wish == number))
        else:
            wish_ids = _ids(Comes.select(Comes.wish).where(Comes.activity == number))
            activity_ids = [number]
        activities = _activities(Activity.id.in_(activity_ids))
        meetings = (one for activity in activities for one in activity.sessions)
        ahead = [one.id for one in meetings if one.state is SessionState.PLANNED]
        return Thread(
            room=rooms.current(),
            now=clock.reliable_now()[0],
            kind=kind,
            number=number,
            wishes=_wishes(Wish.id.in_(wish_ids), with_contact=roles.may_read("contact")),
            activities=activities,
            sign_ups=signups.of_each(ahead),
            advice=advice.of(AdviceRequest.wish.in_(wish_ids) | AdviceRequest.activity.in_(activity_ids)),
            events=history.of(BoardEvent.wish.in_(wish_ids) | BoardEvent.activity.in_(activity_ids)),
        )


def everything() -> Everything:
    """All wishes and activities with their sessions, in the order of their numbers."""
    with reading():
        return Everything(rooms.current(), _wishes(Wish.id > 0), _activities(Activity.id > 0))


def activity(number: int) -> ActivityFacts:
    """This activity.

    Raises:
        NotPossible: there is none.
    """
    with reading():
        course.state_of(Kind.ACTIVITY, number)
        return _activities(Activity.id == number)[0]


def _wishes(where: Any, *, with_contact: bool = False) -> tuple[WishFacts, ...]:
    came_of = _pairs(
        Comes.select(Comes.wish, Comes.activity).join(Wish).where(where).order_by(Comes.activity)
    )
    contacts: dict[int, tuple[str, date]] = {}
    if with_contact:
        for wish, text, day in rows(
            Contact.select(Contact.wish, Contact.text, Contact.erase_on).join(Wish).where(where)
        ):
            contacts[wish] = (text, day)
    query = Wish.select(
        Wish.id, Wish.text, Wish.theme, Wish.state, Wish.voiced_at, Wish.via, _me_too_of_wish(), Wish.reason
    )
    return tuple(
        WishFacts(
            id_, text, theme, State(state), voiced_at, via, n, reason, came_of.get(id_, ()), contacts.get(id_)
        )
        for id_, text, theme, state, voiced_at, via, n, reason in rows(query.where(where).order_by(Wish.id))
    )


def _activities(where: Any) -> tuple[ActivityFacts, ...]:
    came_of = _pairs(
        Comes.select(Comes.activity, Comes.wish).join(Activity).where(where).order_by(Comes.wish)
    )
    meetings: dict[int, list[Meeting]] = {}
    for meeting in sessions.of(where):
        meetings.setdefault(meeting.activity, []).append(meeting)
    query = Activity.select(
        Activity.id,
        Activity.title,
        Activity.theme,
        Activity.state,
        Activity.needs,
        Activity.place,
        Activity.capacity,
        Activity.lead,
        Activity.leader,
        Activity.rule,
        Activity.skip_holidays,
        Activity.reason,
    )
    return tuple(
        ActivityFacts(
            id_,
            title,
            theme,
            State(state),
            needs,
            place,
            capacity,
            Lead(lead),
            leader,
            rule,
            bool(skips),
            reason,
            came_of.get(id_, ()),
            tuple(meetings.get(id_, ())),
        )
        for id_, title, theme, state, needs, place, capacity, lead, leader, rule, skips, reason in rows(
            query.where(where).order_by(Activity.id)
        )
    )


def _wish_cards(states: Iterable[State], *, extra: Any = True, most: int | None = None) -> tuple[Card, ...]:
    """Cards of wishes that stand here, those that came last first."""
    query = (
        Wish.select(
            Wish.id,
            Wish.state,
            Wish.text,
            Wish.theme,
            Wish.since,
            Wish.voiced_at,
            _me_too_of_wish(),
            _asked(AdviceRequest.wish == Wish.id),
            Wish.reason,
        )
        .where(Wish.state.in_(list(states)) & extra)
        .order_by(Wish.since.desc(), Wish.id.desc())
        .limit(most)
    )
    return tuple(
        Card(Kind.WISH, id_, State(state), text, theme, since, at, n, bool(asked), reason=reason)
        for id_, state, text, theme, since, at, n, asked, reason in rows(query)
    )


def _activity_cards(state: State, now: datetime, *, most: int | None = None) -> tuple[Card, ...]:
    """Cards of activities that stand here, those that came last first."""
    upcoming = Session.alias()
    next_one = (
        upcoming.select(upcoming.id)
        .where(
            (upcoming.activity == Activity.id)
            & (upcoming.state == SessionState.PLANNED)
            & (upcoming.ends_at > now)
        )
        .order_by(upcoming.starts_at)
        .limit(1)
    )
    held = (Session.activity == Activity.id) & (Session.state == SessionState.HELD)
    wishes = Comes.select(Comes.wish).where(Comes.activity == Activity.id)
    query = (
        Activity.select(
            Activity.id,
            Activity.title,
            Activity.theme,
            Activity.since,
            Activity.created_at,
            Comes.select(fn.COUNT(Comes.wish)).where(Comes.activity == Activity.id),
            MeToo.select(fn.COUNT(MeToo.id)).where(MeToo.wish.in_(wishes)),
            _asked((AdviceRequest.activity == Activity.id) | AdviceRequest.wish.in_(wishes)),
            Activity.lead,
            Activity.capacity,
            next_one,
            Session.select(fn.COUNT(Session.id)).where(held),
            Session.select(fn.COALESCE(fn.SUM(Session.participations), 0)).where(held),
            Activity.reason,
            Wish.select(fn.GROUP_CONCAT(Wish.text, " ")).where(Wish.id.in_(wishes)),
        )
        .where(Activity.state == state)
        .order_by(Activity.since.desc(), Activity.id.desc())
        .limit(most)
    )
    found = rows(query)
    starts = _starts([row[10] for row in found if row[10] is not None])
    taken = _taken([row[10] for row in found if row[10] is not None and row[9] is not None])
    return tuple(
        Card(
            Kind.ACTIVITY,
            id_,
            state,
            title,
            theme,
            since,
            created_at,
            asked_for + me_too,
            bool(asked),
            lead=Lead(lead),
            next_at=starts.get(session),
            places_left=None
            if capacity is None or session is None
            else max(capacity - taken.get(session, 0), 0),
            held=times,
            participations=took_part,
            reason=reason,
            wishes=said or "",
        )
        for (
            id_,
            title,
            theme,
            since,
            created_at,
            asked_for,
            me_too,
            asked,
            lead,
            capacity,
            session,
            times,
            took_part,
            reason,
            said,
        ) in found
    )


def _not_feasible(now: datetime, most: int | None) -> tuple[Card, ...]:
    """What did not work out: activities, and wishes that got no further or were given up."""
    found = (
        *_activity_cards(State.NOT_FEASIBLE, now, most=most),
        *_wish_cards([State.NOT_FEASIBLE], extra=_given_up(), most=most),
    )
    newest_first = sorted(found, key=lambda card: card.since, reverse=True)
    return tuple(newest_first[:most])


def _past_count(state: State) -> int:
    n = Activity.select().where(Activity.state == state).count()
    if state is State.NOT_FEASIBLE:
        n += Wish.select().where((Wish.state == state) & _given_up()).count()
    return int(n)


def _given_up() -> Any:
    """A wish that no activity stands for that did not work out either."""
    failed = (
        Comes.select(Comes.wish)
        .join(Activity)
        .where((Comes.wish == Wish.id) & (Activity.state == State.NOT_FEASIBLE))
    )
    return ~fn.EXISTS(failed)


def _by_next(found: tuple[Card, ...]) -> tuple[Card, ...]:
    """By their next session; what has none comes last."""
    return tuple(sorted(found, key=lambda card: (card.next_at is None, card.next_at or card.since)))


def _me_too_of_wish() -> Any:
    return MeToo.select(fn.COUNT(MeToo.id)).where(MeToo.wish == Wish.id)


def _asked(where: Any) -> Any:
    return fn.EXISTS(
        AdviceRequest.select(AdviceRequest.id).where(AdviceRequest.answered_at.is_null() & where)
    )


def _starts(session_ids: list[int]) -> dict[int, datetime]:
    return dict(rows(Session.select(Session.id, Session.starts_at).where(Session.id.in_(session_ids))))


def _taken(session_ids: list[int]) -> dict[int, int]:
    return dict(
        rows(
            SignUp.select(SignUp.session, fn.SUM(SignUp.n))
            .where(SignUp.session.in_(session_ids) & ~SignUp.waiting & SignUp.withdrawn_at.is_null())
            .group_by(SignUp.session)
        )
    )


def _ids(query: Any) -> list[int]:
    return [id_ for (id_,) in rows(query)]


def _pairs(query: Any) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for one, other in rows(query):
        found[one] = (*found.get(one, ()), other)
    return found
