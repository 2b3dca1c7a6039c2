"""Sign-ups: how many will come to a session that has a number of places, and who waits for one.

A number is enough. A first name is optional, and erased the day after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from peewee import fn

from db import clock, history, sessions
from db.board_models import Activity, Session, SignUp
from db.connection import reading, rows, writing
from db.errors import N_, NotPossible
from db.history import What
from db.states import SessionState, Standing
from db.text import clean

LONGEST_NAME = 40
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class SignedUp:
    """So many want to come."""

    id: int
    n: int
    name: str | None
    waiting: bool
    """Whether there was no place for all of them yet."""


@dataclass(frozen=True)
class Taken(SignedUp):
    """A sign-up that has just been taken in."""

    left: int | None
    """So many places are left now; None where they are not counted."""


def sign_up(
    session: int, n: int = 1, name: str = "", *, by: str = "", expected: Standing | None = None
) -> Taken:
    """So many want to come; when there is no place for all of them, they wait.

    Args:
        session: to which.
        n: how many.
        name: a first name, if they wish.
        by: who takes it in.
        expected: how the session stood for who does, perhaps a while ago.

    Raises:
        NotPossible: no such session or number, it does not go on, or it is over.
        SaidMeanwhile: it does not stand like that any more.
    """
    assert_number(n)
    name = clean(name, most=LONGEST_NAME)
    with writing():
        meeting = sessions.one(session)
        sessions.assert_as_seen(meeting, expected)
        if meeting.state is not SessionState.PLANNED:
            raise NotPossible(N_("Nobody can sign up for that session any more."))
        at = clock.reliable_now()[0]
        if meeting.ends_at <= at:
            raise NotPossible(N_("That session is over; nobody can sign up for it any more."))
        left = _places_left(session)
        waiting = left is not None and left < n
        id_: int = SignUp.insert(session=session, n=n, name=name or None, waiting=waiting, at=at).execute()
        history.note(What.SIGNED_UP, at, by, activity=meeting.activity, session=session, text=f"{n}")
        return Taken(id_, n, name or None, waiting, left if left is None or waiting else left - n)


def assert_number(n: int) -> None:
    """Refuse what is no number of people who sign up at once.

    Raises:
        NotPossible: it is none.
    """
    if not 1 <= n <= MOST_AT_ONCE:
        raise NotPossible(N_("Between 1 and {most} people sign up at once, not {n}."), most=MOST_AT_ONCE, n=n)


def sign_up_instead(
    out: int, session: int, n: int, name: str = "", *, by: str = "", expected: Standing | None = None
) -> tuple[tuple[SignedUp, ...], Taken]:
    """They don't come, and so many others do: both or neither; those who got a place by that, and the others.

    Args:
        out: the sign-up that is withdrawn; who waited comes before the others.
        session: to which, how many, and so on: see `sign_up`.
        n: how many.
        name: a first name, if they wish.
        by: who takes it in.
        expected: how the session stood for who does.

    Raises:
        NotPossible: no such sign-up, or see `sign_up`; nobody is withdrawn then.
        SaidMeanwhile: the session does not stand like that any more.
    """
    with writing():
        return withdraw(out, by=by), sign_up(session, n, name, by=by, expected=expected)


def withdraw(sign_up: int, *, by: str = "") -> tuple[SignedUp, ...]:
    """They don't come; who waited longest and fits now has a place: those who got one.

    Raises:
        NotPossible: there is no such sign-up.
    """
    with writing():
        found = SignUp.get_or_none((SignUp.id == sign_up) & SignUp.withdrawn_at.is_null())
        if found is None:
            raise NotPossible(N_("There is no sign-up {n}."), n=sign_up)
        session, at = found.session_id, clock.reliable_now()[0]
        SignUp.update(withdrawn_at=at, name=None).where(SignUp.id == sign_up).execute()
        meeting = sessions.one(session)
        history.note(What.WITHDRAWN, at, by, activity=meeting.activity, session=session, text=f"{found.n}")
        return _let_in(session)


def of(session: int) -> tuple[SignedUp, ...]:
    """Who signed up for a session, in their order."""
    return of_each([session]).get(session, ())


def of_each(sessions: Iterable[int]) -> dict[int, tuple[SignedUp, ...]]:
    """Who signed up for these sessions, in their order; a session for which nobody did is not among them."""
    found: dict[int, list[SignedUp]] = {}
    query = SignUp.select(SignUp.session, SignUp.id, SignUp.n, SignUp.name, SignUp.waiting)
    with reading():
        for session, id_, n, name, waiting in rows(
            query.where(SignUp.session.in_(list(sessions)) & SignUp.withdrawn_at.is_null()).order_by(
                SignUp.id
            )
        ):
            found.setdefault(session, []).append(SignedUp(id_, n, name, bool(waiting)))
    return {session: tuple(signed_up) for session, signed_up in found.items()}


def places_left(session: int) -> int | None:
    """How many places a session still has; None where they are not counted."""
    with reading():
        return _places_left(session)


def let_in(activity: int, at: datetime) -> tuple[SignedUp, ...]:
    """An activity may have more places: who waited longest and fits has one, also where a session does not
    go on now; those who got one for what is still to come. Whoever calls this is writing already.
    """
    let_in: list[SignedUp] = []
    for meeting in sessions.of_activity(activity):
        got_one = _let_in(meeting.id)
        if meeting.state is SessionState.PLANNED and meeting.ends_at > at:
            let_in += got_one
    return tuple(let_in)


def erase_names(today: date) -> int:
    """Erase the names of who signed up for sessions before today; how many."""
    with writing():
        past = Session.select(Session.id).where(Session.day < today)
        return int(
            SignUp.update(name=None).where(SignUp.name.is_null(False) & SignUp.session.in_(past)).execute()
        )


def _let_in(session: int) -> tuple[SignedUp, ...]:
    let_in = []
    for one in of(session):
        left = _places_left(session)
        if one.waiting and (left is None or one.n <= left):
            SignUp.update(waiting=False).where(SignUp.id == one.id).execute()
            let_in.append(one)
    return tuple(let_in)


def _places_left(session: int) -> int | None:
    [(capacity, taken)] = rows(
        Session.select(
            Activity.capacity,
            SignUp.select(fn.COALESCE(fn.SUM(SignUp.n), 0)).where(
                (SignUp.session == Session.id) & ~SignUp.waiting & SignUp.withdrawn_at.is_null()
            ),
        )
        .join(Activity, on=(Session.activity == Activity.id))
        .where(Session.id == session)
    )
    return None if capacity is None else max(int(capacity) - int(taken), 0)
