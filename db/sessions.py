"""Sessions: each meeting of an activity, how many took part, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import clock, course, history
from db import room as rooms
from db.board_models import Activity, Session
from db.connection import reading, rows, writing
from db.errors import LED_MEANWHILE, N_, Meanwhile, NotPossible
from db.history import What
from db.moments import from_text
from db.prepared import Prepared, given
from db.states import Lead, SessionState, Standing
from db.text import clean

MOST_PARTICIPANTS = 500
"""More people than this take part in nothing in a living room: it is a typing mistake."""

LONGEST_REMARK = 200
LONGEST_LEADER = 40


@dataclass(frozen=True)
class Meeting:
    """A session with what it has from its activity."""

    id: int
    activity: int
    title: str
    day: date
    """The room's local day on which it starts."""
    starts_at: datetime
    ends_at: datetime
    state: SessionState
    reason: str | None
    """Why it did not go on."""
    participations: int | None
    """How many took part; None as long as nobody said so."""
    how: str | None
    """One line on how it went."""
    lead: Lead
    """Who leads it: its own, or else the activity's."""
    leader: str
    place: str
    asked: bool
    """Whether the desk has asked for its number already."""
    revision: int
    """How often it was changed: calendars take the highest."""
    changed_at: datetime
    theme: str

    @property
    def standing(self) -> Standing:
        """How it stands, for who acts on it (see `attend`)."""
        return Standing(self.starts_at, self.state, self.participations)

    def waits_for_number(self, now: datetime) -> bool:
        """Whether it has begun, and nobody said yet how many took part or that it did not go on."""
        return self.state is SessionState.PLANNED and self.starts_at <= now


class SaidMeanwhile(Meanwhile):
    """Somebody else said something else of this session first; that stands. `now` is its `Standing`."""


def one(session: int) -> Meeting:
    """This session.

    Raises:
        NotPossible: there is none.
    """
    with reading():
        found = _ONE.row(session=session)
    if found is None:
        raise NotPossible(N_("There is no session {n}. hostdesk activity sessions ID shows them."), n=session)
    id_, activity, title, day, starts_at, ends_at, *more, changed_at, theme = found
    times = [date.fromisoformat(day), from_text(starts_at), from_text(ends_at)]
    return _meeting(*[id_, activity, title, *times, *more, from_text(changed_at), theme])


def of_activity(activity: int) -> tuple[Meeting, ...]:
    """All sessions of an activity, in the order of their days."""
    with reading():
        return of(Session.activity == activity)


def between(from_day: date, to_day: date) -> tuple[Meeting, ...]:
    """All sessions on these local days, in order."""
    with reading():
        return of(Session.day.between(from_day, to_day))


def attend(
    session: int,
    n: int,
    *,
    how: str | None = None,
    lead: Lead | None = None,
    leader: str | None = None,
    by: str = "",
    expected: Standing | None = None,
) -> Meeting:
    """It was held, and so many took part; saying it again corrects the number.

    Args:
        session: which.
        n: how many took part, whoever led it not among them; 0 when nobody came.
        how: one line on how it went, empty to say nothing of it; without it what was said before stays.
        lead: who led it, when that was not who leads the activity.
        leader: the first name of who did.
        by: who says so.
        expected: how it stood for who says so, perhaps a while ago; the same number twice is no matter.

    Raises:
        NotPossible: no such session or number, or it has not begun on this day.
        SaidMeanwhile: it does not stand like that any more.
    """
    if not 0 <= n <= MOST_PARTICIPANTS:
        raise NotPossible(N_("Between 0 and {most} people take part, not {n}."), most=MOST_PARTICIPANTS, n=n)
    said: dict[str, object] = {} if how is None else {"how": clean(how, most=LONGEST_REMARK) or None}
    if lead is not None:
        said["lead"] = lead
    if leader is not None:
        said["leader"] = clean(leader, most=LONGEST_LEADER)
    with writing():
        meeting, at = one(session), clock.reliable_now()[0]
        if meeting.participations != n:
            assert_as_seen(meeting, expected)
        room = rooms.current()
        if meeting.day > rooms.day_of(room, at):
            raise NotPossible(
                N_("{title} is on {day}; how many took part can be said from that day on."),
                title=meeting.title,
                day=meeting.day,
            )
        _change(
            meeting,
            at,
            state=SessionState.HELD,
            participations=n,
            reason=None,
            stopped_by=None,
            **said,
        )
        note = f"{meeting.participations} → {n}" if meeting.participations not in (None, n) else f"{n}"
        history.note(What.SESSION_HELD, at, by, activity=meeting.activity, session=session, text=note)
        course.settle(meeting.activity, at, by)
        return one(session)


def cancel(session: int, reason: str = "", *, by: str = "", expected: Standing | None = None) -> Meeting:
    """It does not go on, or did not; the others of its activity stay as they are.

    Args:
        session: which.
        reason: why, if that is known.
        by: who says so.
        expected: how it stood for who says so, perhaps a while ago.

    Raises:
        NotPossible: no such session, or it was cancelled already.
        SaidMeanwhile: it does not stand like that any more.
    """
    reason = clean(reason, most=LONGEST_REMARK)
    with writing():
        meeting, at = one(session), clock.reliable_now()[0]
        if meeting.state is SessionState.CANCELLED:
            raise NotPossible(N_("That session was cancelled already."))
        assert_as_seen(meeting, expected)
        _change(meeting, at, state=SessionState.CANCELLED, participations=None, reason=reason or None)
        history.note(
            What.SESSION_CANCELLED, at, by, activity=meeting.activity, session=session, text=reason or None
        )
        course.settle(meeting.activity, at, by)
        return one(session)


def go_on(session: int, *, by: str = "", expected: Standing | None = None) -> Meeting:
    """It goes on after all: a cancelled session is planned again, a number that was given is taken back.

    Args:
        session: which.
        by: who says so.
        expected: how it stood for who says so, perhaps a while ago.

    Raises:
        NotPossible: no such session, it is planned, or it lies ahead of an activity that was not feasible.
        SaidMeanwhile: it does not stand like that any more.
    """
    with writing():
        meeting, at = one(session), clock.reliable_now()[0]
        if meeting.state is SessionState.PLANNED:
            raise NotPossible(N_("That session is planned already."))
        assert_as_seen(meeting, expected)
        if meeting.starts_at > at:
            course.assert_goes_on(meeting.activity)
        _change(meeting, at, state=SessionState.PLANNED, participations=None, reason=None, stopped_by=None)
        history.note(What.SESSION_GOES_ON, at, by, activity=meeting.activity, session=session)
        course.settle(meeting.activity, at, by)
        return one(session)


def led_by(
    session: int,
    lead: Lead,
    leader: str = "",
    *,
    by: str = "",
    expected: Standing | None = None,
    instead_of: tuple[Lead, str] | None = None,
) -> Meeting:
    """Somebody leads this one; the others of its activity stay as they are.

    Who leads its activity anyway leads it as the others: it follows when somebody else takes over.

    Args:
        session: which.
        lead: what they are.
        leader: their first name, if the room writes that down.
        by: who says so.
        expected: how the session stood for who says so, perhaps a while ago.
        instead_of: who led it for who says so, and their first name.

    Raises:
        NotPossible: there is no such session, or the name is too long.
        SaidMeanwhile: it does not stand like that any more.
        Meanwhile: somebody else leads it by now, as in `now`.
    """
    leader = clean(leader, most=LONGEST_LEADER)
    with writing():
        meeting, at = one(session), clock.reliable_now()[0]
        assert_as_seen(meeting, expected)
        leads = (meeting.lead, meeting.leader)
        if instead_of is not None and leads not in (instead_of, (lead, leader)):
            raise Meanwhile(LED_MEANWHILE, now=leads)
        as_the_others = (
            (Activity.id == meeting.activity) & (Activity.lead == lead) & (Activity.leader == leader)
        )
        own = not Activity.select().where(as_the_others).exists()
        _change(meeting, at, lead=lead if own else None, leader=leader if own else None)
        history.note(What.SESSION_LED, at, by, activity=meeting.activity, session=session)
        return one(session)


def asked_about(session: int) -> None:
    """Nobody knows the number of this session: the desk asks no more."""
    with writing():
        Session.update(asked=True).where(Session.id == session).execute()


def of(where: object, *, most: int | None = None, newest_first: bool = False) -> tuple[Meeting, ...]:
    """The sessions for which this holds; whoever calls this is reading already."""
    order = (Session.starts_at.desc(), Session.id.desc()) if newest_first else (Session.starts_at, Session.id)
    return tuple(_meeting(*row) for row in rows(_meetings(where).order_by(*order).limit(most)))


def _meetings(where: object) -> Any:
    """The question for the sessions for which this holds; its columns are `_meeting`'s."""
    return (
        Session.select(
            Session.id,
            Session.activity,
            Activity.title,
            Session.day,
            Session.starts_at,
            Session.ends_at,
            Session.state,
            Session.reason,
            Session.participations,
            Session.how,
            Session.lead,
            Activity.lead,
            Session.leader,
            Activity.leader,
            Session.place,
            Activity.place,
            Session.asked,
            Session.revision,
            Session.changed_at,
            Activity.theme,
        )
        .join(Activity, on=(Session.activity == Activity.id))
        .where(where)
    )


def _meeting(
    id_: int,
    activity: int,
    title: str,
    day: date,
    starts_at: datetime,
    ends_at: datetime,
    state: str,
    reason: str | None,
    participations: int | None,
    how: str | None,
    own_lead: str | None,
    lead: str,
    own_leader: str | None,
    leader: str,
    own_place: str | None,
    place: str,
    asked: bool,
    revision: int,
    changed_at: datetime,
    theme: str,
) -> Meeting:
    return Meeting(
        id_,
        activity,
        title,
        day,
        starts_at,
        ends_at,
        SessionState(state),
        reason,
        participations,
        how,
        Lead(own_lead or lead),
        leader if own_leader is None else own_leader,
        place if own_place is None else own_place,
        bool(asked),
        revision,
        changed_at,
        theme,
    )


def add(activity: int, slots: Iterable[tuple[date, datetime, datetime]], at: datetime) -> list[int]:
    """Plan sessions on these days, from moment to moment; whoever calls this is writing already."""
    return [
        Session.insert(
            activity=activity,
            day=day,
            starts_at=starts_at,
            ends_at=ends_at,
            state=SessionState.PLANNED,
            asked=False,
            revision=0,
            changed_at=at,
        ).execute()
        for day, starts_at, ends_at in slots
    ]


def move_to(meeting: Meeting, slot: tuple[date, datetime, datetime], place: str | None, at: datetime) -> None:
    """It is then, and there if that is said; what was asked about the old time is asked again.

    Whoever calls this is writing already.
    """
    day, starts_at, ends_at = slot
    _change(
        meeting,
        at,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        asked=False,
        **({} if place is None else {"place": place}),
    )


def stay_as_they_were(activity: int, *, begun_by: datetime | None = None, **was: str) -> None:
    """What is about to change for an activity stays so for its sessions that have nothing of their own.

    Whoever calls this is writing already, and changes it for the activity.

    Args:
        activity: which.
        begun_by: only of sessions that have begun by then; of all without it.
        was: its `lead`, `leader` or `place` until now.
    """
    its = Session.activity == activity
    if begun_by is not None:
        its &= Session.starts_at <= begun_by
    for name, value in was.items():
        column = getattr(Session, name)
        Session.update({column: value}).where(its & column.is_null()).execute()


def cancel_all(meetings: Sequence[Meeting], reason: str, at: datetime) -> None:
    """None of these goes on; whoever calls this is writing already, and says so."""
    Session.update(
        state=SessionState.CANCELLED,
        participations=None,
        reason=clean(reason, most=LONGEST_REMARK) or None,
        revision=Session.revision + 1,
        changed_at=at,
    ).where(Session.id.in_([one.id for one in meetings])).execute()


def drop(meeting: Meeting, at: datetime) -> None:
    """It has no place in its series any more; whoever calls this is writing already, and says why."""
    _change(meeting, at, state=SessionState.CANCELLED, participations=None)


def _change(meeting: Meeting, at: datetime, **fields: object) -> None:
    """Write what changed; calendars see a newer revision."""
    Session.update(**fields, revision=Session.revision + 1, changed_at=at).where(
        Session.id == meeting.id
    ).execute()


def assert_as_seen(meeting: Meeting, expected: Standing | None) -> None:
    """Refuse to write over what somebody else said of it meanwhile.

    Raises:
        SaidMeanwhile: it does not stand as expected.
    """
    now = meeting.standing
    if expected is None or now == expected:
        return
    match now.state:
        case SessionState.HELD:
            said = N_("Somebody else said meanwhile that {n} took part. Say it again if yours is right.")
        case SessionState.CANCELLED:
            said = N_("Somebody else said meanwhile that it does not go on. Say it again if yours is right.")
        case SessionState.PLANNED if now.starts_at != expected.starts_at:
            said = N_("Somebody else moved it meanwhile to {day}. Say it again if yours is right.")
        case SessionState.PLANNED:
            said = N_("Somebody else took that back meanwhile. Say it again if yours is right.")
    raise SaidMeanwhile(said, now=now, n=now.participations, day=meeting.day)


_ONE = Prepared(_meetings(Session.id == given("session")))
