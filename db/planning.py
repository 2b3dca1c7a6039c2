"""Planning something new: a wish becomes an activity with sessions, once or again and again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from db import clock, course, history, recurrence, sessions, timetable, wishes
from db import room as rooms
from db.board_models import Activity, Wish
from db.connection import reading, writing
from db.errors import N_, NotPossible
from db.history import What
from db.recurrence import Repeat
from db.room import Room
from db.sessions import LONGEST_LEADER
from db.states import Kind, Lead, State
from db.text import clean
from db.timetable import Clash, Slot

LONGEST_TITLE = 80
LONGEST_PLACE = 60
LONGEST_NEEDS = 200
MOST_PLACES = 500

AHEAD = timedelta(weeks=26)
"""What goes on without an end is planned so far ahead."""

LONGEST_NIGHT = 12 * 60
"""Minutes: what ends before it starts ends on the next day, unless it is longer: that is a typing mistake."""

LONGEST_MINUTES = 24 * 60 - 1
"""More than this is no session of one day."""

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

    @property
    def first(self) -> datetime:
        """The first time on the room's own clock, without a zone."""
        return datetime.combine(self.first_day, self.starts)

    @property
    def minutes(self) -> int:
        """How long each session takes by the clock."""
        return timetable.minutes_between(self.starts, self.ends)


@dataclass(frozen=True)
class Preview:
    """What a plan comes to."""

    days: tuple[date, ...]
    """The days of its sessions; of what has no end, those of the next half year."""
    skipped: tuple[tuple[date, str], ...]
    """The days on which it does not go on, and why."""
    clashes: tuple[Clash, ...]
    endless: bool


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


def standing(wish_ids: Iterable[int]) -> dict[int, State]:
    """Where these wishes stand, for who begins to plan them (see `plan`).

    Raises:
        NotPossible: there is no such wish.
    """
    with reading():
        return {wish: course.state_of(Kind.WISH, wish) for wish in wish_ids}


def preview(plan: Plan, *, activity: int | None = None) -> Preview:
    """What this plan comes to, without planning it.

    Args:
        plan: as it stands in the form.
        activity: the activity whose own sessions are no clash, when it is planned anew.

    Raises:
        NotPossible: it makes no sense, or no session comes of it.
    """
    with reading():
        plan, room = sound(plan), rooms.current()
        rule = _rule(plan)
        slots, skipped = _slots(room, plan, rule, _horizon(room, plan.first_day))
        return Preview(
            tuple(slot.day for slot in slots),
            tuple(skipped),
            tuple(timetable.clashes(room, plan.place, plan.leader, slots, activity)),
            recurrence.is_endless(rule),
        )


def plan(
    wish_ids: Iterable[int], plan: Plan, *, by: str = "", expected: Mapping[int, State] | None = None
) -> int:
    """Plan an activity with its sessions; the wishes that it came of go with it. Its number.

    Args:
        wish_ids: the wishes it came of, or none.
        plan: what, when, where, who.
        by: who plans it.
        expected: where those wishes stood when somebody began to plan (`standing`).

    Raises:
        NotPossible: it makes no sense, no session comes of it, or there is no such wish.
        MovedMeanwhile: somebody else has planned one of them since, or given it up.
    """
    with writing():
        course.assert_as_seen(expected or {})
        plan, room = sound(plan), rooms.current()
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
            starts=plan.first.isoformat(timespec="minutes"),
            minutes=plan.minutes,
            skip_holidays=plan.skip_holidays,
            planned_through=through if recurrence.is_endless(rule) else None,
        ).execute()
        sessions.add(activity, slots, at)
        history.note(What.PLANNED, at, by, activity=activity, to_state=State.PLANNED, text=plan.title)
        course.plan_wishes(wish_ids, activity, at, by)
        return activity


def sound(plan: Plan, *, any_day: bool = False) -> Plan:
    """The plan as it is kept.

    Args:
        plan: as somebody wrote it.
        any_day: whether its day does not matter.

    Raises:
        NotPossible: it makes no sense.
    """
    title = clean(plan.title, most=LONGEST_TITLE)
    if not title:
        raise NotPossible(N_("An activity needs a name."))
    if plan.ends == plan.starts or (plan.ends < plan.starts and plan.minutes > LONGEST_NIGHT):
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
    return recurrence.rule_for(plan.repeat, plan.first, times=plan.times, until=plan.until, nth=plan.nth)


def _horizon(room: Room, first_day: date) -> date:
    """How far ahead an activity without an end is planned at once."""
    return max(rooms.day_of(room, clock.reliable_now()[0]), first_day) + AHEAD


def _slots(room: Room, plan: Plan, rule: str, through: date) -> tuple[list[Slot], list[tuple[date, str]]]:
    """The sessions of a plan, and the days that are skipped.

    Raises:
        NotPossible: none comes of it.
    """
    last = through if recurrence.is_endless(rule) else None
    times = recurrence.times(rule, plan.first, through=last)
    slots, skipped = timetable.without_shut_days(room, times, plan.minutes, skip_holidays=plan.skip_holidays)
    if not slots:
        raise NotPossible(N_("No session comes of this: choose other days, or more of them."))
    return slots, skipped
