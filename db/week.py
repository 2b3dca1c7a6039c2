"""A week as the door shows it: when the room is open, and what there is to do; without anybody's name."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import clock, description, sessions
from db import room as rooms
from db.connection import reading
from db.description import Description
from db.errors import N_, NotPossible
from db.room import Period, Room
from db.states import SessionState
from db.text import clean

_NAME = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """A session, as anybody may read it."""

    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool


@dataclass(frozen=True)
class Day:
    """A day of the week."""

    day: date
    periods: tuple[Period, ...]
    """When the room is open; none when it is shut."""
    because: str | None
    """Why it is shut, or open at other hours than the week says; None on all other days."""
    items: tuple[Item, ...]
    """What there is to do, in order; cancelled sessions too."""


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on."""

    room: Room
    described: Description
    days: tuple[Day, ...]


def monday(name: str | None) -> date:
    """The first day of a week: of 2026-W48 (ISO 8601), or of the room's day without a name.

    Raises:
        NotPossible: there is no such week.
    """
    if name is None:
        with reading():
            today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
        return today - timedelta(days=today.weekday())
    found = _NAME.fullmatch(name.strip())
    try:
        if found is None:
            raise ValueError(name)
        first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        date.fromisocalendar(int(found[1]), int(found[2]), 7)  # the very last one is cut off
    except ValueError:
        raise NotPossible(
            N_("“{text}” is no week. Write it like 2026-W48; a year has 52 or 53 weeks."),
            text=clean(name[:20], most=20),
        ) from None
    return first


def of(first: date) -> Week:
    """The week that begins on this Monday."""
    days = [first + timedelta(days=ahead) for ahead in range(7)]
    with reading():
        room = rooms.current()
        otherwise = rooms.closed_days(days[0], days[-1]) | rooms.other_days(days[0], days[-1])
        meetings = sessions.between(days[0], days[-1])
        return Week(
            room,
            description.current(),
            tuple(
                Day(
                    day,
                    rooms.periods(room, day),
                    otherwise.get(day),
                    tuple(
                        Item(
                            meeting.title,
                            meeting.place,
                            meeting.starts_at,
                            meeting.ends_at,
                            meeting.state is SessionState.CANCELLED,
                        )
                        for meeting in meetings
                        if meeting.day == day
                    ),
                )
                for day in days
            ),
        )
