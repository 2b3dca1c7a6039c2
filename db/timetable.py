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
    """The time of day so many minutes later, on the same day: at its last minute at the latest."""
    at = min(starts.hour * 60 + starts.minute + minutes, 24 * 60 - 1)
    return time(at // 60, at % 60)


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
    return Slot(at.date(), starts_at, max(rooms.moment(room, ends.date(), ends.time()), starts_at))


def clashes(
    room: Room, place: str, leader: str, slots: Sequence[Slot], activity: int | None
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
