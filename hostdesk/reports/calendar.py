"""The calendar that phones subscribe to: iCalendar (RFC 5545, RFC 7986).

The same room gives the same bytes: a subscriber sees a change only where there was one.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, vDuration

from db import clock, duties, people, sessions
from db import room as rooms
from db.duties import OnDuty
from db.room import Room
from db.sessions import Meeting
from db.states import SessionState
from db.text import visible
from hostdesk import __version__
from hostdesk.words import N_, gettext

KEPT = timedelta(days=90)
"""Sessions longer ago than this leave the calendar."""

FAR = timedelta(days=20 * 366)
"""Nothing is planned further ahead."""

LOOK_AGAIN = timedelta(hours=1)
"""How often a subscriber should look for changes."""


def of_room() -> bytes:
    """The sessions of the last three months and all that are planned."""
    room = rooms.current()
    today = rooms.day_of(room, clock.reliable_now()[0])
    meetings = sessions.between(today - KEPT, today + FAR)
    calendar = _calendar(room, room.name)
    calendar.add_component(_time_zone(room, [meeting.day for meeting in meetings], today))
    for meeting in meetings:
        calendar.add_component(_event(room, meeting))
    written: bytes = calendar.to_ical()
    return written


def of_person(name: str) -> bytes:
    """The duties of one person: those of the last three months and all that are planned.

    Raises:
        NotPossible: nobody is called so.
    """
    room = rooms.current()
    today = rooms.day_of(room, clock.reliable_now()[0])
    who = people.find(name)
    theirs = duties.of_person(who.id, today - KEPT, today + FAR)
    calendar = _calendar(room, f"{room.name} · {who.name}", f"-person-{who.id}")
    calendar.add_component(_time_zone(room, [duty.day for duty in theirs], today))
    for duty in theirs:
        if duty.begins and duty.ends:
            calendar.add_component(_on_duty(room, duty, duty.begins, duty.ends))
    written: bytes = calendar.to_ical()
    return written


def _calendar(room: Room, name: str, uid: str = "") -> Calendar:
    calendar = Calendar()
    name = visible(name)
    calendar.add("prodid", f"-//hostdesk//hostdesk {__version__}//{room.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("uid", f"{room.uuid}{uid}")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    return calendar


def _time_zone(room: Room, days: Iterable[date], today: date) -> Timezone:
    """The changes of the clock in the years of these days, for who does not know the zone by name."""
    years = {day.year for day in days} or {today.year}
    return Timezone.from_tzinfo(
        room.zone, room.timezone, first_date=date(min(years), 1, 1), last_date=date(max(years) + 1, 12, 31)
    )


def _event(room: Room, meeting: Meeting) -> Event:
    cancelled = meeting.state is SessionState.CANCELLED
    title = visible(meeting.title)
    event = Event()
    event.add("uid", f"{room.uuid}-session-{meeting.id}")
    event.add("summary", gettext(N_("Cancelled: {title}")).format(title=title) if cancelled else title)
    event.add("dtstart", room.local(meeting.starts_at))
    event.add("dtend", room.local(meeting.ends_at))
    # Without a METHOD, DTSTAMP is when the session was last changed (RFC 5545, 3.8.7.2).
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.revision)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a programme keeps nobody busy
    if meeting.place:
        event.add("location", visible(meeting.place))
    if meeting.theme:
        event.add("categories", [visible(meeting.theme)])
    return event


def _on_duty(room: Room, duty: OnDuty, begins: datetime, ends: datetime) -> Event:
    event = Event()
    event.add("uid", f"{room.uuid}-duty-{duty.id}")
    event.add("summary", gettext(N_("On duty: {room}")).format(room=visible(room.name)))
    event.add("dtstart", room.local(begins))
    event.add("dtend", room.local(ends))
    event.add("dtstamp", duty.changed_at)
    event.add("last-modified", duty.changed_at)
    event.add("sequence", duty.revision)
    event.add("status", "CONFIRMED")
    return event
