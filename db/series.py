"""Changing what is planned: one more session, another time, an end; and planning further ahead."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from db import clock, course, history, planning, recurrence, sessions, signups, wishes
from db import room as rooms
from db.board_models import Activity, Session
from db.connection import reading, writing
from db.errors import CHANGED_MEANWHILE, LED_MEANWHILE, N_, Meanwhile, NotPossible
from db.history import What
from db.planning import AHEAD, FAR, LONGEST_PLACE, Plan
from db.room import Room
from db.sessions import Meeting
from db.signups import SignedUp
from db.states import Kind, Lead, SessionState, Standing, State
from db.text import clean
from db.timetable import Clash, Slot, clashes, ends_after, slot_of, without_shut_days

_ENOUGH = timedelta(weeks=13)
"""With less than this ahead, more is planned."""


def add_session(activity: int, day: date, starts: time, ends: time, *, by: str = "") -> int:
    """One more session of an activity; its number.

    Raises:
        NotPossible: there is no such activity, or the times make no sense.
    """
    with writing():
        course.assert_goes_on(activity)
        found = Activity.get_by_id(activity)
        once = planning.sound(Plan(found.title, day, starts, ends))
        at = clock.reliable_now()[0]
        [added] = sessions.add(activity, [slot_of(rooms.current(), once.first, once.minutes)], at)
        history.note(What.SESSION_ADDED, at, by, activity=activity, session=added)
        course.settle(activity, at, by)
        return added


def move_session(
    session: int,
    day: date,
    starts: time,
    ends: time | None = None,
    *,
    place: str | None = None,
    and_after: bool = False,
    by: str = "",
    expected: Standing | None = None,
) -> int:
    """A session is at another time, alone or with all that follow it; how many of them were moved.

    "And after" keeps how often it is: what follows moves to the new weekday and time, week by week (or
    month by month), whatever was moved before on its own. Sessions that were cancelled move along and
    stay cancelled. What is planned later is then and there too. Where nothing moves, nothing is changed.

    Args:
        session: which.
        day: its new local day.
        starts: its new local time.
        ends: when it ends; without it, it takes as long as before.
        place: another place; the same without it.
        and_after: change those that follow too.
        by: who does it.
        expected: how it stood for who moves it, perhaps a while ago.

    Raises:
        NotPossible: no such session, it was held already, or the times make no sense.
        SaidMeanwhile: it does not stand like that any more.
    """
    with writing():
        meeting, room, at = sessions.one(session), rooms.current(), clock.reliable_now()[0]
        sessions.assert_as_seen(meeting, expected)
        if meeting.state is SessionState.HELD:
            raise NotPossible(N_("That session was held; only sessions to come can be moved."))
        course.assert_goes_on(meeting.activity)
        found = Activity.get_by_id(meeting.activity)
        ends = ends or ends_after(starts, round((meeting.ends_at - meeting.starts_at).total_seconds() / 60))
        place = None if place is None else clean(place, most=LONGEST_PLACE)
        moved = planning.sound(Plan(found.title, day, starts, ends))
        following = _with_all_after(meeting) if and_after and found.rule else [meeting]
        if and_after and found.rule:
            count = _move_series(room, found, moved, following, place, at)
        else:
            count = _move(following, [slot_of(room, moved.first, moved.minutes)], place, at)
        if not count:
            return 0
        said = f"{meeting.day} → {day} {starts:%H:%M}"
        history.note(What.SESSION_MOVED, at, by, activity=meeting.activity, session=session, text=said)
        course.settle(meeting.activity, at, by)
        return count


def clashes_of_move(
    session: int, day: date, starts: time, ends: time, *, place: str = "", and_after: bool = False
) -> tuple[Clash, ...]:
    """What would be odd when a session is moved, alone or with all that follow; see `move_session`.

    Raises:
        NotPossible: there is no such session, or the times make no sense.
    """
    with reading():
        meeting, room = sessions.one(session), rooms.current()
        found = Activity.get_by_id(meeting.activity)
        moved = planning.sound(Plan(found.title, day, starts, ends))
        if and_after and found.rule:
            slots, _, _ = _slots_of(room, found, moved, len(_with_all_after(meeting)))
        else:
            slots = [slot_of(room, moved.first, moved.minutes)]
        return tuple(clashes(room, place, meeting.leader, slots, meeting.activity))


def cancel_from(session: int, reason: str = "", *, by: str = "", expected: Standing | None = None) -> int:
    """From this session on it does not go on; how many were cancelled.

    What had no end has one now.

    Args:
        session: the first that does not go on.
        reason: why, if that is known.
        by: who says so.
        expected: how it stood for who says so, perhaps a while ago.

    Raises:
        NotPossible: there is no such session.
        SaidMeanwhile: it does not stand like that any more.
    """
    with writing():
        meeting = sessions.one(session)
        sessions.assert_as_seen(meeting, expected)
        following = [one for one in _with_all_after(meeting) if one.state is SessionState.PLANNED]
        last_day = meeting.day - timedelta(days=1)
        course.end_rule(meeting.activity, last_day)
        at = clock.reliable_now()[0]
        sessions.cancel_all(following, reason, at)
        text = clean(reason, most=sessions.LONGEST_REMARK) or None
        history.note(What.STOPPED_HERE, at, by, activity=meeting.activity, session=session, text=text)
        course.settle(meeting.activity, at, by)
        return len(following)


def change(
    activity: int,
    *,
    title: str | None = None,
    theme: str | None = None,
    needs: str | None = None,
    place: str | None = None,
    capacity: int | None = None,
    lead: Lead | None = None,
    leader: str | None = None,
    by: str = "",
    expected: Mapping[str, object] | None = None,
) -> tuple[SignedUp, ...]:
    """Write something else about an activity; what is not given stays. A capacity of 0 means none.

    Where there are more places, who waited longest and fits has one; those who got one.
    Sessions that have begun keep who led them and where they were.

    Args:
        activity: which.
        title, theme, needs, place, capacity, lead, leader: what is said of it now.
        by: who says so.
        expected: what was said of it, by these names, for who changes it, perhaps a while ago.

    Raises:
        NotPossible: there is no such activity, or it makes no sense.
        Meanwhile: somebody else changed it; `now` has what it says of these.
    """
    with writing():
        course.state_of(Kind.ACTIVITY, activity)
        stands = Activity.get_by_id(activity)
        _assert_said(stands, expected or {})
        today = date(2000, 1, 3)
        wanted = planning.sound(
            Plan(
                stands.title if title is None else title,
                today,
                time(0),
                time(1),
                theme=stands.theme if theme is None else theme,
                needs=stands.needs if needs is None else needs,
                place=stands.place if place is None else place,
                capacity=stands.capacity if capacity is None else capacity or None,
                lead=Lead(stands.lead) if lead is None else lead,
                leader=stands.leader if leader is None else leader,
            ),
            any_day=True,
        )
        at = clock.reliable_now()[0]
        was = {"lead": stands.lead, "leader": stands.leader, "place": stands.place}
        if was != {"lead": wanted.lead, "leader": wanted.leader, "place": wanted.place}:
            sessions.stay_as_they_were(activity, begun_by=at, **was)
        Activity.update(
            title=wanted.title,
            theme=wishes.known_theme(wanted.theme),
            needs=wanted.needs,
            place=wanted.place,
            capacity=wanted.capacity,
            lead=wanted.lead,
            leader=wanted.leader,
        ).where(Activity.id == activity).execute()
        # What was held or does not go on stands in people's calendars too.
        Session.update(revision=Session.revision + 1, changed_at=at).where(
            Session.activity == activity
        ).execute()
        history.note(What.CHANGED, at, by, activity=activity, text=stands.title)
        if wanted.lead != stands.lead:
            codes = f"{Lead(stands.lead)} {wanted.lead}"
            history.note(What.LEAD_CHANGED, at, by, activity=activity, text=codes)
        return signups.let_in(activity, at)


def _assert_said(stands: Activity, expected: Mapping[str, object]) -> None:
    """Refuse to write over what somebody else wrote of an activity.

    Raises:
        Meanwhile: somebody did.
    """
    now = {name: getattr(stands, name) or ("" if name != "capacity" else 0) for name in expected}
    for name, said in expected.items():
        if now[name] == said:
            continue
        if name == "lead":
            raise Meanwhile(LED_MEANWHILE, now=now)
        raise Meanwhile(CHANGED_MEANWHILE, now=now, said=now[name])


def plan_ahead() -> int:
    """Plan more sessions of what goes on without an end, where less than three months are left; how many."""
    with writing():
        room, at = rooms.current(), clock.reliable_now()[0]
        today = rooms.day_of(room, at)
        running = Activity.select().where(
            Activity.state.in_([State.PLANNED, State.RUNNING])
            & Activity.planned_through.is_null(False)
            & (Activity.planned_through < today + _ENOUGH)
        )
        return sum(_more_of(room, activity, today + AHEAD, at) for activity in list(running))


def clashes_of(session: int) -> tuple[Clash, ...]:
    """What is odd about a session as it is planned now."""
    with reading():
        meeting = sessions.one(session)
        slot = Slot(meeting.day, meeting.starts_at, meeting.ends_at)
        return tuple(clashes(rooms.current(), meeting.place, meeting.leader, [slot], meeting.activity))


def _more_of(room: Room, activity: Activity, through: date, at: datetime) -> int:
    """Plan an activity without an end up to this day; what would lie behind today was not held."""
    yesterday = rooms.day_of(room, at) - timedelta(days=1)
    times = recurrence.times(
        activity.rule,
        datetime.fromisoformat(activity.starts),
        after=max(activity.planned_through, yesterday),
        through=through,
    )
    slots, _ = without_shut_days(room, times, activity.minutes, skip_holidays=activity.skip_holidays)
    sessions.add(activity.id, slots, at)
    Activity.update(planned_through=through).where(Activity.id == activity.id).execute()
    return len(slots)


def _with_all_after(meeting: Meeting) -> list[Meeting]:
    """This session and those of the same activity that come later and were not held."""
    later = sessions.of(
        (Session.activity == meeting.activity)
        & (Session.starts_at >= meeting.starts_at)
        & (Session.state != SessionState.HELD)
    )
    return list(later)


def _move_series(
    room: Room, activity: Activity, moved: Plan, following: Sequence[Meeting], place: str | None, at: datetime
) -> int:
    """Let the sessions that follow take the times of the rule as it goes on from the new first one.

    As many as there were: what falls on a day on which the room is shut comes a time later.
    """
    slots, rule, through = _slots_of(room, activity, moved, len(following))
    count = _move(following, slots, place, at)
    if not count:
        return 0
    if place is not None and place != activity.place:
        sessions.stay_as_they_were(activity.id, place=activity.place)
        Activity.update(place=place).where(Activity.id == activity.id).execute()
    sessions.add(activity.id, slots[len(following) :], at)
    for one in following[len(slots) :]:  # planned further ahead than the rule has been followed now
        sessions.drop(one, at)
    Activity.update(
        rule=rule,
        starts=moved.first.isoformat(timespec="minutes"),
        minutes=moved.minutes,
        planned_through=through,
    ).where(Activity.id == activity.id).execute()
    return count


def _move(meetings: Sequence[Meeting], slots: Sequence[Slot], place: str | None, at: datetime) -> int:
    """Move those of these sessions that are not then and there already; how many."""
    count = 0
    for one, slot in zip(meetings, slots, strict=False):
        if slot != (one.day, one.starts_at, one.ends_at) or place not in (None, one.place):
            sessions.move_to(one, slot, place, at)
            count += 1
    return count


def _slots_of(room: Room, activity: Activity, moved: Plan, n: int) -> tuple[list[Slot], str, date | None]:
    """When an activity is that goes on from a new first one: its times, so many where it has an end; its
    rule; and the day through which it is planned, where it has none.
    """
    first, endless = moved.first, recurrence.is_endless(activity.rule)
    rule = recurrence.without_end(activity.rule, first)
    through = max(activity.planned_through or date.min, moved.first_day + AHEAD) if endless else None
    times = recurrence.times(rule, first, through=through or moved.first_day + FAR)
    slots, _ = without_shut_days(room, times, moved.minutes, skip_holidays=activity.skip_holidays)
    if not endless:
        slots = slots[:n]
        rule = recurrence.ended(rule, slots[-1].day) if slots else rule
    return slots, rule, through
