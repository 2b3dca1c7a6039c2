"""When sessions are: at which moments, on which days not, and what is odd about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from db import public_holidays, sessions
from db import room as rooms
from db.board_models import Session
from db.room import Room
from db.sessions import Meeting
from db.states import SessionState

USUAL_MINUTES = 120
"""What has no length that somebody said takes two hours."""


_DAY = timedelta(days=1)


class Slot(NamedTuple):
    """When a session is to be."""

    day: date
    """The room's local day on which it starts."""
    starts_at: datetime
    ends_at: datetime


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


def ends_after(starts: time, minutes: int = USUAL_MINUTES) -> time:
    """The time of day so many minutes later; it may be that of the next day."""
    return (datetime.combine(date.min, starts) + timedelta(minutes=minutes)).time()


def minutes_between(starts: time, ends: time) -> int:
    """How long it takes by the clock; an end that is not after the start is on the next day."""
    return ((ends.hour - starts.hour) * 60 + ends.minute - starts.minute) % (24 * 60)


def without_shut_days(
    room: Room, times: Sequence[datetime], minutes: int, *, skip_holidays: bool
) -> tuple[list[Slot], list[tuple[date, str]]]:
    """Sessions at these local times, but not on days on which the room is shut, or holidays if so wished."""
    shut = rooms.closed_days(times[0].date(), times[-1].date()) if times else {}
    slots: list[Slot] = []
    skipped: list[tuple[date, str]] = []
    for at in times:
        day = at.date()
        why = shut.get(day) or (public_holidays.on(day, room.language) if skip_holidays else None)
        if why is not None:
            skipped.append((day, why))
        else:
            slots.append(slot_of(room, at, minutes))
    return slots, skipped


def slot_of(room: Room, at: datetime, minutes: int) -> Slot:
    """A session at a local time: on a day on which the clocks change too it takes as long by the clock."""
    starts_at = rooms.moment(room, at.date(), at.time())
    ends = at + timedelta(minutes=minutes)
    ends_at = rooms.moment(room, ends.date(), ends.time())
    if ends_at <= starts_at:  # between two and three in the night the clock goes forward
        ends_at = starts_at + timedelta(minutes=minutes)
    return Slot(at.date(), starts_at, ends_at)


def clashes(
    room: Room, place: str, leader: str, slots: Sequence[Slot], activity: int | None
) -> Iterable[Clash]:
    """What is odd about these sessions."""
    if not slots:
        return
    first, last = slots[0].day - _DAY, slots[-1].day + _DAY  # what goes on past midnight is in the way too
    others = [
        one
        for one in sessions.of(Session.day.between(first, last) & (Session.state == SessionState.PLANNED))
        if one.activity != activity
    ]
    by_day: dict[date, list[Meeting]] = {}
    for one in others:
        by_day.setdefault(one.day, []).append(one)
    open_on = rooms.periods_between(room, slots[0].day, slots[-1].day)
    for slot in slots:
        if not any(
            period.opens_at <= slot.starts_at and slot.ends_at <= period.closes_at
            for period in open_on[slot.day]
        ):
            yield Clash(Trouble.ROOM_SHUT, slot.day)
        around = (slot.day - _DAY, slot.day, slot.day + _DAY)
        for one in (one for day in around for one in by_day.get(day, ())):
            if one.starts_at < slot.ends_at and slot.starts_at < one.ends_at:
                if place and one.place.casefold() == place.casefold():
                    yield Clash(Trouble.PLACE_TAKEN, slot.day, one.title)
                if leader and one.leader.casefold() == leader.casefold():
                    yield Clash(Trouble.LEADER_TWICE, slot.day, one.title)
