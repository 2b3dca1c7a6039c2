"""Planning: a wish becomes an activity with sessions, once or again and again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from db import clock, course, history, public_holidays, recurrence, sessions, wishes
from db import room as rooms
from db.board_models import Activity, Session, Wish
from db.connection import reading, writing
from db.errors import N_, NotPossible
from db.history import What
from db.recurrence import Repeat
from db.room import Room
from db.sessions import LONGEST_LEADER, Meeting
from db.states import Kind, Lead, SessionState, State
from db.text import clean

LONGEST_TITLE = 80
LONGEST_PLACE = 60
LONGEST_NEEDS = 200
MOST_PLACES = 500

AHEAD = timedelta(weeks=26)
"""What goes on without an end is planned so far ahead."""

_ENOUGH = timedelta(weeks=13)
"""With less than this ahead, more is planned."""

USUAL_MINUTES = 120
"""What has no length that somebody said takes two hours."""

FAR = timedelta(days=5 * 366)
"""A first day further away than this is a typing mistake."""


@dataclass(frozen=True)
class Plan:
    """What somebody plans."""

    title: str
    first_day: date
    starts: time
    ends: time
    repeat: Repeat = Repeat.ONCE
    times: int | None = None
    """So many times in all, those that are skipped included."""
    until: date | None = None
    """The last day on which it may be."""
    nth: int | None = None
    """For every month: which of such weekdays, or `recurrence.LAST`; that of the first day without it."""
    skip_holidays: bool = False
    """Whether it does not go on on public holidays."""
    theme: str = ""
    needs: str = ""
    place: str = ""
    capacity: int | None = None
    """How many can take part; None where it does not matter."""
    lead: Lead = Lead.VOLUNTEER
    leader: str = ""
    """The first name of who leads, if the room writes that down."""


class Trouble(StrEnum):
    """What is odd about a session that is planned."""

    PLACE_TAKEN = "place_taken"
    LEADER_TWICE = "leader_twice"
    ROOM_SHUT = "room_shut"


@dataclass(frozen=True)
class Clash:
    """Something odd about a planned session: worth saying at once, and no reason to refuse it."""

    trouble: Trouble
    day: date
    title: str = ""
    """The other activity, where there is one."""


@dataclass(frozen=True)
class Preview:
    """What a plan comes to."""

    days: tuple[date, ...]
    """The days of its sessions; of what has no end, those of the next half year."""
    skipped: tuple[tuple[date, str], ...]
    """The days on which it does not go on, and why."""
    clashes: tuple[Clash, ...]
    endless: bool


@dataclass(frozen=True)
class _Slot:
    """A session to be."""

    day: date
    starts_at: datetime
    ends_at: datetime


def suggest(wish_ids: Sequence[int]) -> Plan:
    """What a form starts with: the first wish's words and theme, a week from now at two in the afternoon."""
    with reading():
        room = rooms.current()
        today = rooms.day_of(room, clock.reliable_now()[0])
        found = [Wish.get_or_none(Wish.id == wish) for wish in wish_ids]
    said = [wish for wish in found if wish is not None]
    title = said[0].text if said else ""
    return Plan(
        title=title[:1].upper() + title[1:LONGEST_TITLE],
        first_day=today + timedelta(days=7),
        starts=time(14),
        ends=time(16),
        theme=next((wish.theme for wish in said if wish.theme), ""),
    )


def preview(plan: Plan, *, activity: int | None = None) -> Preview:
    """What this plan comes to, without planning it.

    Args:
        plan: as it stands in the form.
        activity: the activity whose own sessions are no clash, when it is planned anew.

    Raises:
        NotPossible: it makes no sense, or no session comes of it.
    """
    with reading():
        plan, room = _sound(plan), rooms.current()
        rule = _rule(plan)
        slots, skipped = _slots(room, plan, rule, _horizon(room, plan.first_day))
        return Preview(
            tuple(slot.day for slot in slots),
            tuple(skipped),
            tuple(_clashes(room, plan.place, plan.leader, slots, activity)),
            recurrence.is_endless(rule),
        )


def plan(wish_ids: Iterable[int], plan: Plan, *, by: str = "") -> int:
    """Plan an activity with its sessions; the wishes that it came of go with it. Its number.

    Args:
        wish_ids: the wishes it came of, or none.
        plan: what, when, where, who.
        by: who plans it.

    Raises:
        NotPossible: it makes no sense, no session comes of it, or there is no such wish.
    """
    with writing():
        plan, room = _sound(plan), rooms.current()
        rule, at = _rule(plan), clock.reliable_now()[0]
        through = _horizon(room, plan.first_day)
        slots, _ = _slots(room, plan, rule, through)
        activity: int = Activity.insert(
            title=plan.title,
            theme=wishes.known_theme(plan.theme),
            needs=plan.needs,
            place=plan.place,
            capacity=plan.capacity,
            lead=plan.lead,
            leader=plan.leader,
            state=State.PLANNED,
            since=at,
            created_at=at,
            rule=rule,
            starts=_first(plan).isoformat(timespec="minutes"),
            minutes=_minutes(plan),
            skip_holidays=plan.skip_holidays,
            planned_through=through if recurrence.is_endless(rule) else None,
        ).execute()
        _add_sessions(activity, slots, at)
        history.note(What.PLANNED, at, by, activity=activity, to_state=State.PLANNED, text=plan.title)
        course.plan_wishes(wish_ids, activity, at, by)
        return activity


def join(wish_ids: Iterable[int], activity: int, *, by: str = "") -> None:
    """These wishes are met by an activity that is there already.

    Raises:
        NotPossible: there is no such activity or wish.
    """
    with writing():
        course.state_of(Kind.ACTIVITY, activity)
        course.plan_wishes(wish_ids, activity, clock.reliable_now()[0], by)


def add_session(activity: int, day: date, starts: time, ends: time, *, by: str = "") -> int:
    """One more session of an activity; its number.

    Raises:
        NotPossible: there is no such activity, or the times make no sense.
    """
    with writing():
        course.state_of(Kind.ACTIVITY, activity)
        found = Activity.get_by_id(activity)
        once = _sound(Plan(found.title, day, starts, ends))
        at = clock.reliable_now()[0]
        [added] = _add_sessions(activity, [_slot(rooms.current(), _first(once), _minutes(once))], at)
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
) -> int:
    """A session is at another time, alone or with all that follow it; how many were changed.

    "And after" keeps how often it is: what follows moves to the new weekday and time, week by week (or
    month by month), whatever was moved before on its own. Sessions that were cancelled move along and
    stay cancelled.

    Args:
        session: which.
        day: its new local day.
        starts: its new local time.
        ends: when it ends; without it, it takes as long as before.
        place: another place; the same without it.
        and_after: change those that follow too.
        by: who does it.

    Raises:
        NotPossible: no such session, it was held already, or the times make no sense.
    """
    with writing():
        meeting, room, at = sessions.one(session), rooms.current(), clock.reliable_now()[0]
        if meeting.state is SessionState.HELD:
            raise NotPossible(N_("That session was held; only sessions to come can be moved."))
        found = Activity.get_by_id(meeting.activity)
        ends = ends or ends_after(starts, round((meeting.ends_at - meeting.starts_at).total_seconds() / 60))
        place = None if place is None else clean(place, most=LONGEST_PLACE)
        moved = _sound(Plan(found.title, day, starts, ends))
        following = _with_all_after(meeting) if and_after and found.rule else [meeting]
        if len(following) > 1 or (and_after and found.rule):
            count = _move_series(room, found, moved, following, place, at)
        else:
            _move_to(meeting, _slot(room, _first(moved), _minutes(moved)), place, at)
            count = 1
        said = f"{meeting.day} → {day} {starts:%H:%M}"
        history.note(What.SESSION_MOVED, at, by, activity=meeting.activity, session=session, text=said)
        course.settle(meeting.activity, at, by)
        return count


def cancel_from(session: int, reason: str = "", *, by: str = "") -> int:
    """From this session on it does not go on; how many were cancelled.

    What had no end has one now.

    Raises:
        NotPossible: there is no such session.
    """
    with writing():
        meeting = sessions.one(session)
        following = [one for one in _with_all_after(meeting) if one.state is SessionState.PLANNED]
        last_day = meeting.day - timedelta(days=1)
        _end_rule(Activity.get_by_id(meeting.activity), last_day)
        for one in following:
            sessions.cancel(one.id, reason, by=by)
        course.settle(meeting.activity, clock.reliable_now()[0], by)
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
) -> None:
    """Write something else about an activity; what is not given stays. A capacity of 0 means none.

    Raises:
        NotPossible: there is no such activity, or it makes no sense.
    """
    with writing():
        course.state_of(Kind.ACTIVITY, activity)
        stands = Activity.get_by_id(activity)
        today = date(2000, 1, 3)
        wanted = _sound(
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
        Activity.update(
            title=wanted.title,
            theme=wishes.known_theme(wanted.theme),
            needs=wanted.needs,
            place=wanted.place,
            capacity=wanted.capacity,
            lead=wanted.lead,
            leader=wanted.leader,
        ).where(Activity.id == activity).execute()
        at = clock.reliable_now()[0]
        Session.update(revision=Session.revision + 1, changed_at=at).where(
            (Session.activity == activity) & (Session.state == SessionState.PLANNED)
        ).execute()
        history.note(What.CHANGED, at, by, activity=activity, text=stands.title)


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
        slot = _Slot(meeting.day, meeting.starts_at, meeting.ends_at)
        return tuple(_clashes(rooms.current(), meeting.place, meeting.leader, [slot], meeting.activity))


def _sound(plan: Plan, *, any_day: bool = False) -> Plan:
    """The plan as it is kept.

    Raises:
        NotPossible: it makes no sense.
    """
    title = clean(plan.title, most=LONGEST_TITLE)
    if not title:
        raise NotPossible(N_("An activity needs a name."))
    if plan.ends <= plan.starts:
        raise NotPossible(
            N_("It cannot end at {ends} when it starts at {starts}."),
            ends=f"{plan.ends:%H:%M}",
            starts=f"{plan.starts:%H:%M}",
        )
    if plan.capacity is not None and not 1 <= plan.capacity <= MOST_PLACES:
        raise NotPossible(
            N_("There are between 1 and {most} places, not {n}."), most=MOST_PLACES, n=plan.capacity
        )
    today = clock.reliable_now()[0].date()
    if not any_day and not today - FAR <= plan.first_day <= today + FAR:
        raise NotPossible(N_("{day} is too far away to plan."), day=plan.first_day)
    return replace(
        plan,
        title=title,
        needs=clean(plan.needs, most=LONGEST_NEEDS),
        place=clean(plan.place, most=LONGEST_PLACE),
        leader=clean(plan.leader, most=LONGEST_LEADER),
    )


def _rule(plan: Plan) -> str:
    return recurrence.rule_for(plan.repeat, _first(plan), times=plan.times, until=plan.until, nth=plan.nth)


def _first(plan: Plan) -> datetime:
    """The first time on the room's own clock, without a zone."""
    return datetime.combine(plan.first_day, plan.starts)


def _minutes(plan: Plan) -> int:
    return (plan.ends.hour - plan.starts.hour) * 60 + plan.ends.minute - plan.starts.minute


def ends_after(starts: time, minutes: int = USUAL_MINUTES) -> time:
    """The time of day so many minutes later, on the same day: at its last minute at the latest."""
    at = min(starts.hour * 60 + starts.minute + minutes, 24 * 60 - 1)
    return time(at // 60, at % 60)


def _horizon(room: Room, first_day: date) -> date:
    """How far ahead an activity without an end is planned at once."""
    return max(rooms.day_of(room, clock.reliable_now()[0]), first_day) + AHEAD


def _slots(room: Room, plan: Plan, rule: str, through: date) -> tuple[list[_Slot], list[tuple[date, str]]]:
    """The sessions of a plan, and the days that are skipped.

    Raises:
        NotPossible: none comes of it.
    """
    last = through if recurrence.is_endless(rule) else None
    times = recurrence.times(rule, _first(plan), through=last)
    slots, skipped = _without_shut_days(room, times, _minutes(plan), skip_holidays=plan.skip_holidays)
    if not slots:
        raise NotPossible(N_("No session comes of this: choose other days, or more of them."))
    return slots, skipped


def _without_shut_days(
    room: Room, times: Sequence[datetime], minutes: int, *, skip_holidays: bool
) -> tuple[list[_Slot], list[tuple[date, str]]]:
    """Sessions at these local times, but not on days on which the room is shut, or holidays if so wished."""
    shut = rooms.closed_days(times[0].date(), times[-1].date()) if times else {}
    slots: list[_Slot] = []
    skipped: list[tuple[date, str]] = []
    for at in times:
        day = at.date()
        why = shut.get(day) or (public_holidays.on(day, room.language) if skip_holidays else None)
        if why is not None:
            skipped.append((day, why))
        else:
            slots.append(_slot(room, at, minutes))
    return slots, skipped


def _slot(room: Room, at: datetime, minutes: int) -> _Slot:
    """A session at a local time: on a day on which the clocks change too it takes as long by the clock."""
    starts_at = rooms.moment(room, at.date(), at.time())
    ends = at + timedelta(minutes=minutes)
    return _Slot(at.date(), starts_at, max(rooms.moment(room, ends.date(), ends.time()), starts_at))


def _add_sessions(activity: int, slots: Iterable[_Slot], at: datetime) -> list[int]:
    return [
        Session.insert(
            activity=activity,
            day=slot.day,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            state=SessionState.PLANNED,
            asked=False,
            revision=0,
            changed_at=at,
        ).execute()
        for slot in slots
    ]


def _more_of(room: Room, activity: Activity, through: date, at: datetime) -> int:
    """Plan an activity without an end up to this day; what would lie behind today was not held."""
    yesterday = rooms.day_of(room, at) - timedelta(days=1)
    times = recurrence.times(
        activity.rule,
        datetime.fromisoformat(activity.starts),
        after=max(activity.planned_through, yesterday),
        through=through,
    )
    slots, _ = _without_shut_days(room, times, activity.minutes, skip_holidays=activity.skip_holidays)
    _add_sessions(activity.id, slots, at)
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
    first, endless = _first(moved), recurrence.is_endless(activity.rule)
    rule = recurrence.without_end(activity.rule, first)
    through = max(activity.planned_through or date.min, moved.first_day + AHEAD) if endless else None
    times = recurrence.times(rule, first, through=through or moved.first_day + FAR)
    slots, _ = _without_shut_days(room, times, _minutes(moved), skip_holidays=activity.skip_holidays)
    if not endless:
        slots = slots[: len(following)]
        rule = recurrence.ended(rule, slots[-1].day) if slots else rule
    for one, slot in zip(following, slots, strict=False):
        _move_to(one, slot, place, at)
    _add_sessions(activity.id, slots[len(following) :], at)
    for one in following[len(slots) :]:  # planned further ahead than the rule has been followed now
        sessions.drop(one, at)
    Activity.update(
        rule=rule,
        starts=first.isoformat(timespec="minutes"),
        minutes=_minutes(moved),
        planned_through=through,
    ).where(Activity.id == activity.id).execute()
    return len(slots)


def _end_rule(activity: Activity, last_day: date) -> None:
    """An activity without an end gets one."""
    if not recurrence.is_endless(activity.rule):
        return
    until = max(last_day, datetime.fromisoformat(activity.starts).date())
    ended = recurrence.ended(activity.rule, until)
    Activity.update(rule=ended, planned_through=None).where(Activity.id == activity.id).execute()


def _move_to(meeting: Meeting, slot: _Slot, place: str | None, at: datetime) -> None:
    """Write a session's new time; what was asked about the old one is asked again."""
    Session.update(
        day=slot.day,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        asked=False,
        revision=Session.revision + 1,
        changed_at=at,
        **({} if place is None else {"place": place}),
    ).where(Session.id == meeting.id).execute()


def _clashes(
    room: Room, place: str, leader: str, slots: Sequence[_Slot], activity: int | None
) -> Iterable[Clash]:
    """What is odd about these sessions."""
    if not slots:
        return
    others = [
        one
        for one in sessions.of(
            Session.day.between(slots[0].day, slots[-1].day) & (Session.state == SessionState.PLANNED)
        )
        if one.activity != activity
    ]
    by_day: dict[date, list[Meeting]] = {}
    for one in others:
        by_day.setdefault(one.day, []).append(one)
    for slot in slots:
        if not any(
            period.opens_at <= slot.starts_at and slot.ends_at <= period.closes_at
            for period in rooms.periods(room, slot.day)
        ):
            yield Clash(Trouble.ROOM_SHUT, slot.day)
        for one in by_day.get(slot.day, ()):
            if one.starts_at < slot.ends_at and slot.starts_at < one.ends_at:
                if place and one.place.casefold() == place.casefold():
                    yield Clash(Trouble.PLACE_TAKEN, slot.day, one.title)
                if leader and one.leader.casefold() == leader.casefold():
                    yield Clash(Trouble.LEADER_TWICE, slot.day, one.title)
