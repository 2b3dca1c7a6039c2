"""The course of wishes and activities: which moves the board allows, and what follows from what.

A wish is received, then explored. Planning it makes an activity, and from there on the wish goes where
its activities go. An activity is planned; it runs once a session was held, and is done when its last
one was. It can turn out not feasible at any time, with a reason, and has no sessions to come then. Wishes go
down and come back with it; one that somebody gave up stays so. Every change leaves who did it and when.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from peewee import fn

from db import clock, history
from db.board_models import Activity, Comes, Session, Wish
from db.connection import rows, writing
from db.errors import N_, Meanwhile, NotPossible
from db.history import What
from db.prepared import Prepared, given
from db.recurrence import ended, is_endless
from db.states import Kind, SessionState, State
from db.text import clean
from db.wishes import assert_there, keep_contact

LONGEST_REASON = 200

_AHEAD = (State.PLANNED, State.RUNNING)
"""An activity that stands here has, or had, sessions to come."""

_LEGAL = {
    Kind.WISH: {
        State.RECEIVED: {State.EXPLORING, State.NOT_FEASIBLE},
        State.EXPLORING: {State.RECEIVED, State.NOT_FEASIBLE},
        State.PLANNED: {State.EXPLORING, State.NOT_FEASIBLE},
        State.RUNNING: {State.EXPLORING, State.NOT_FEASIBLE},
        State.DONE: {State.EXPLORING, State.NOT_FEASIBLE},
        State.NOT_FEASIBLE: {State.RECEIVED, State.EXPLORING},
    },
    Kind.ACTIVITY: {
        State.PLANNED: {State.RUNNING, State.DONE, State.NOT_FEASIBLE},
        State.RUNNING: {State.PLANNED, State.DONE, State.NOT_FEASIBLE},
        State.DONE: {State.PLANNED, State.RUNNING, State.NOT_FEASIBLE},
        State.NOT_FEASIBLE: {State.PLANNED, State.RUNNING},
    },
}
"""Where a person may move a card from where it stands."""


class MovedMeanwhile(Meanwhile):
    """Somebody else moved the card first; it stays where they put it."""

    sentence = N_("Somebody else has just moved this to “{column}”. Look again.")


@dataclass(frozen=True)
class Moved:
    """What a move came to."""

    from_state: State
    to_state: State
    sessions: int
    """So many sessions that were still to come don't go on; or, after a move back, go on again."""


def move(
    kind: Kind,
    number: int,
    to: State,
    *,
    by: str = "",
    reason: str = "",
    expected: State | None = None,
) -> Moved:
    """Somebody moves a card.

    An activity that is done or turns out not feasible has no sessions to come any more: those that were
    planned don't go on. Moving it back lets them go on again.

    Args:
        kind: what the card is.
        number: its wish or activity.
        to: where it goes.
        by: who moves it.
        reason: why it is not feasible; needed for that, and for nothing else.
        expected: where it stands on the screen of who moves it.

    Raises:
        NotPossible: there is no such card, or it cannot go there.
        MovedMeanwhile: it does not stand there any more.
    """
    reason = clean(reason, most=LONGEST_REASON)
    with writing():
        stands = state_of(kind, number)
        if expected is not None and stands is not expected:
            raise MovedMeanwhile(now=stands, column=stands)
        _assert_legal(kind, number, stands, to, reason)
        at = clock.reliable_now()[0]
        event = _change(kind, number, stands, to, at, by, reason)
        touched = 0
        if kind is Kind.ACTIVITY:
            if stands in _AHEAD and to not in _AHEAD:
                touched = _stop(number, at, event, reason)
            elif stands not in _AHEAD and to in _AHEAD:
                touched = _resume(number, at)
            _follow(number, at, by)
        return Moved(stands, to, touched)


def plan_wishes(wishes: Iterable[int], activity: int, at: datetime, by: str) -> None:
    """An activity came of these wishes: they go where it goes, also those that were given up before.

    Whoever calls this is writing already.
    """
    wishes = list(wishes)
    for wish in wishes:
        assert_there(wish)
        Comes.insert(wish=wish, activity=activity).on_conflict_ignore().execute()
    _follow(activity, at, by, revived=wishes)


def assert_goes_on(activity: int) -> State:
    """Refuse to plan anything for an activity that was not feasible; where it stands.

    Raises:
        NotPossible: there is no such activity, or it was not feasible.
    """
    stands = state_of(Kind.ACTIVITY, activity)
    if stands is State.NOT_FEASIBLE:
        raise NotPossible(N_("This was not feasible: move it back on the board first, then plan it."))
    return stands


def end_rule(activity: int, last_day: date) -> None:
    """An activity without an end gets one: on this day, or on its first. Whoever calls this is writing."""
    found = Activity.get_by_id(activity)
    if is_endless(found.rule):
        until = max(last_day, datetime.fromisoformat(found.starts).date())
        Activity.update(rule=ended(found.rule, until), planned_through=None).where(
            Activity.id == activity
        ).execute()


def assert_as_seen(expected: Mapping[int, State]) -> None:
    """Refuse when somebody else has planned one of these wishes, or given it up, since it was seen.

    Args:
        expected: where each wish stood for who plans it.

    Raises:
        MovedMeanwhile: one was; `now` says where each stands.
    """
    now = {wish: state_of(Kind.WISH, wish) for wish in expected}
    for wish, stands in now.items():
        if stands is expected[wish] or stands in (State.RECEIVED, State.EXPLORING):
            continue
        if stands is State.NOT_FEASIBLE:
            said = N_("Wish {n} was given up meanwhile: {reason}. Plan it again if you want it all the same.")
        else:
            said = N_("Somebody else planned wish {n} meanwhile. Plan it again if you want both.")
        raise MovedMeanwhile(said, now=now, n=wish, reason=Wish.get_by_id(wish).reason)


def settle(activity: int, at: datetime, by: str) -> None:
    """A session changed: the activity runs once one was held, and is done when none is left.

    Whoever calls this is writing already.
    """
    stands = state_of(Kind.ACTIVITY, activity)
    [held, left, left_ahead] = _SESSIONS.row(activity=activity, at=at)
    if stands is State.DONE:  # what lay behind it when it was stopped does not start it again
        left = left_ahead
    to = _settled(stands, held=bool(held), left=bool(left) or (stands in _AHEAD and _goes_on(activity)))
    if to is not stands:
        if stands is State.DONE:  # one session does not bring back all that somebody ended
            end_rule(activity, at.date())
        _change(Kind.ACTIVITY, activity, stands, to, at, by, "")
        _follow(activity, at, by)


def state_of(kind: Kind, number: int) -> State:
    """Where a card stands.

    Raises:
        NotPossible: there is no such card.
    """
    if kind is Kind.WISH:
        assert_there(number)
        return State(Wish.get_by_id(number).state)
    found = _STANDS.row(activity=number)
    if found is None:
        raise NotPossible(N_("There is no activity {n}. hostdesk board shows them."), n=number)
    return State(found[0])


def legal(kind: Kind, stands: State, *, held: bool) -> frozenset[State]:
    """Where a person may move a card that stands here.

    Args:
        kind: what the card is.
        stands: where it stands.
        held: whether a session of it was held, for an activity.
    """
    found = frozenset(_LEGAL[kind].get(stands, ()))
    if kind is Kind.WISH:
        return found
    return found - ({State.PLANNED} if held else {State.RUNNING, State.DONE})


def _settled(stands: State, *, held: bool, left: bool) -> State:
    """Where an activity stands, by what became of its sessions."""
    match stands:
        case State.PLANNED | State.RUNNING if held and not left:
            return State.DONE
        case State.PLANNED if held:
            return State.RUNNING
        case State.RUNNING if not held:
            return State.PLANNED
        case State.DONE if left or not held:
            return State.RUNNING if held else State.PLANNED
    return stands


def _goes_on(activity: int) -> bool:
    """Whether more sessions of it are still to be made."""
    return is_endless(Activity.get_by_id(activity).rule)


def _assert_legal(kind: Kind, number: int, stands: State, to: State, reason: str) -> None:
    """Refuse a move that the board does not know, with a sentence that says what to do."""
    if to is stands:
        raise NotPossible(N_("It stands there already."))
    if to not in _LEGAL[kind][stands]:
        if kind is Kind.WISH:
            raise NotPossible(N_("A wish gets there by being planned: choose the wish and press p."))
        raise NotPossible(N_("An activity does not go back to being a wish."))
    if to is State.NOT_FEASIBLE and not reason:
        raise NotPossible(N_("Say in a few words why it did not work out."))
    if kind is Kind.ACTIVITY and to is not State.NOT_FEASIBLE:
        held = Session.select().where((Session.activity == number) & (Session.state == SessionState.HELD))
        if to is State.DONE and not held.exists():
            raise NotPossible(
                N_("Nothing of it was held, so it is not done. Give a session its number, or say why not.")
            )
        if to is State.RUNNING and not held.exists():
            raise NotPossible(N_("It runs once its first session was held: give that one its number."))
        if to is State.PLANNED and held.exists():
            raise NotPossible(N_("It has been held already, so it is running and not just planned."))


def _change(
    kind: Kind,
    number: int,
    stands: State,
    to: State,
    at: datetime,
    by: str,
    reason: str,
    fell_with: int | None = None,
) -> int:
    """Write where it stands now, and who moved it; the number of that event."""
    why = reason if to is State.NOT_FEASIBLE else None
    if kind is Kind.WISH:
        Wish.update(state=to, since=at, reason=why, fell_with=fell_with).where(Wish.id == number).execute()
        keep_contact(number, to, at)
    else:
        Activity.update(state=to, since=at, reason=why).where(Activity.id == number).execute()
    about = {"wish": number} if kind is Kind.WISH else {"activity": number}
    return history.note(What.MOVED, at, by, **about, from_state=stands, to_state=to, text=why)


def _follow(activity: int, at: datetime, by: str, *, revived: Sequence[int] = ()) -> None:
    """The wishes behind an activity go where it went; those that somebody gave up stay so, unless revived."""
    for wish, stands, reason, fell_with in rows(
        Wish.select(Wish.id, Wish.state, Wish.reason, Wish.fell_with)
        .join(Comes)
        .where(Comes.activity == activity)
    ):
        if stands == State.NOT_FEASIBLE and fell_with is None and wish not in revived:
            continue
        to, why = _furthest(wish)
        if to != stands:
            with_it = activity if to is State.NOT_FEASIBLE else None
            _change(Kind.WISH, wish, State(stands), to, at, by, why or reason or "", with_it)


def _furthest(wish: int) -> tuple[State, str | None]:
    """Where a wish stands by its activities, and why not when all of them failed."""
    states: dict[str, str | None] = dict(
        rows(
            Activity.select(Activity.state, Activity.reason)
            .join(Comes)
            .where(Comes.wish == wish)
            .order_by(Activity.id)
        )
    )
    order = (State.RUNNING, State.PLANNED, State.DONE, State.NOT_FEASIBLE)
    to = next(state for state in order if state in states)
    return to, states[to]


def _stop(activity: int, at: datetime, event: int, reason: str) -> int:
    """The sessions to come don't go on; they remember by what, so that it can be taken back."""
    return int(
        Session.update(
            state=SessionState.CANCELLED,
            reason=reason or None,
            stopped_by=event,
            revision=Session.revision + 1,
            changed_at=at,
        )
        .where(
            (Session.activity == activity)
            & (Session.state == SessionState.PLANNED)
            & (Session.starts_at > at)
        )
        .execute()
    )


def _resume(activity: int, at: datetime) -> int:
    """The sessions that the last stop took away, as far as they are still to come, go on again."""
    newest = Session.select(fn.MAX(Session.stopped_by)).where(Session.activity == activity).scalar()
    if newest is None:
        return 0
    return int(
        Session.update(
            state=SessionState.PLANNED,
            reason=None,
            stopped_by=None,
            revision=Session.revision + 1,
            changed_at=at,
        )
        .where((Session.activity == activity) & (Session.stopped_by == newest) & (Session.starts_at > at))
        .execute()
    )


_STANDS = Prepared(Activity.select(Activity.state).where(Activity.id == given("activity")))
_PLANNED = Session.state == SessionState.PLANNED.value
# Of an activity: sessions that were held, that are left, and those of them that lie ahead.
_SESSIONS = Prepared(
    Session.select(
        fn.COUNT(Session.id).filter(Session.state == SessionState.HELD.value),
        fn.COUNT(Session.id).filter(_PLANNED),
        fn.COUNT(Session.id).filter(_PLANNED & (Session.starts_at > given("at"))),
    ).where(Session.activity == given("activity"))
)
