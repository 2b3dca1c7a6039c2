"""The calendar: what a phone reads that subscribes to it."""

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar, Event

from db import planning, series, sessions
from db import room as rooms
from db.planning import Plan
from db.room import Room
from db.sessions import Meeting
from hostdesk import words
from hostdesk.reports import calendar
from tests.clocks import FakeClock, at
from tests.reports.conftest import LEADER, ODD_TITLE, Run


@pytest.fixture(autouse=True)
def _dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    words.choose("nl")


def events() -> dict[str, Event]:
    """The events by their UID, as the icalendar package reads them."""
    read = Calendar.from_ical(calendar.of_room())
    assert not read.errors
    return {str(event["uid"]): event for event in read.events}


def uid(room: Room, meeting: Meeting) -> str:
    """The name of a session in every calendar."""
    return f"{room.uuid}-session-{meeting.id}"


def club() -> tuple[Meeting, ...]:
    """The sessions of the knitting club."""
    return sessions.of_activity(1)


def test_a_session_is_an_event(week: Room) -> None:
    first = club()[0]
    event = events()[uid(week, first)]
    assert event["summary"] == "Breiclub"
    assert event["location"] == "Grote zaal"
    assert event["status"] == "CONFIRMED"
    assert event["categories"].cats == ["creatief"]
    assert event["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert event.start == at("2026-11-24 14:00")
    assert event.end == at("2026-11-24 16:00")
    assert event["sequence"] == first.revision
    assert event["last-modified"].dt == first.changed_at.replace(microsecond=0)


def test_every_session_is_in_it_once(week: Room) -> None:
    assert len(events()) == 4


def test_a_cancelled_one_is_there_and_says_so(week: Room) -> None:
    before = events()[uid(week, club()[0])]
    cancelled = events()[uid(week, club()[1])]
    assert cancelled["status"] == "CANCELLED"
    assert cancelled["summary"] == "Gaat niet door: Breiclub"
    assert cancelled["sequence"] > before["sequence"]


def test_a_moved_session_keeps_its_name_and_is_newer(week: Room, clock: FakeClock) -> None:
    first = club()[0]
    before = events()[uid(week, first)]
    clock.go_on(minutes=5)
    series.move_session(first.id, day=date(2026, 11, 25), starts=time(15), ends=time(16))
    after = events()[uid(week, first)]
    assert after.start == at("2026-11-25 15:00")
    assert after["sequence"] > before["sequence"]
    assert after["dtstamp"].dt > before["dtstamp"].dt


def test_the_same_room_gives_the_same_bytes(week: Room, clock: FakeClock) -> None:
    before = calendar.of_room()
    clock.go_on(hours=3)
    assert calendar.of_room() == before


def test_what_was_long_ago_leaves_it(week: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2027-02-22 12:00"))  # 90 days after 24 November
    assert uid(week, club()[0]) in events()
    clock.go_on(days=1)
    assert uid(week, club()[0]) not in events()
    assert uid(week, club()[1]) in events()


def test_nobody_is_named_in_it(week: Room) -> None:
    assert LEADER not in calendar.of_room().decode().replace("\r\n ", "")


@pytest.mark.parametrize("name", [ODD_TITLE, "é" * 80, "🎂" * 80, 'a\\n, b; c:d "e"', "שלום BEGIN:VEVENT"])
def test_any_title_comes_through(room: Room, name: str) -> None:
    planning.plan([], Plan(name, date(2026, 11, 26), time(10, 30), time(12), place=name[:60]))
    (event,) = events().values()
    assert event["summary"] == name
    assert event["location"] == name[:60]
    (other,) = vobject.readOne(calendar.of_room().decode()).vevent_list
    assert other.summary.value == name


def test_a_text_that_came_in_another_way_stays_one_event(week: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can type a line break, but a calendar with one is not to be trusted to say so."""
    evil = "Thee\r\nSTATUS:CANCELLED\nEND:VEVENT\x1b[31m"
    odd = [Meeting(**(vars(one) | {"title": evil})) for one in club()]
    monkeypatch.setattr(sessions, "between", lambda *_: tuple(odd))
    read = events()
    assert len(read) == 3
    assert {event["status"] for event in read.values()} == {"CONFIRMED", "CANCELLED"}
    assert "\x1b" not in calendar.of_room().decode()


def test_an_independent_reader_sees_the_same(week: Room) -> None:
    read = vobject.readOne(calendar.of_room().decode())
    assert read.vtimezone.tzid.value == "Europe/Amsterdam"
    seen = {(event.uid.value, event.dtstart.value, event.status.value) for event in read.vevent_list}
    assert seen == {(name, event.start, event["status"]) for name, event in events().items()}


def test_the_zone_it_brings_along_knows_both_changes_of_the_clock(room: Room) -> None:
    """A reader that knows no zone by name works by the rules in the calendar."""
    for day in (
        date(2026, 12, 1),
        date(2027, 3, 27),
        date(2027, 3, 28),
        date(2027, 10, 30),
        date(2027, 10, 31),
    ):
        planning.plan([], Plan("Koffie", day, time(10), time(11)))
    zone = vobject.readOne(calendar.of_room().decode()).vtimezone.tzinfo
    for event in events().values():
        naive: datetime = event.start.replace(tzinfo=None)
        assert naive.replace(tzinfo=zone).utcoffset() == event.start.utcoffset()


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Chatham", "America/Sao_Paulo"])
def test_rooms_elsewhere(tmp_path: Path, clock: FakeClock, zone: str) -> None:
    rooms.create(tmp_path / "elsewhere.db", name="Elsewhere", language="en", timezone=zone)
    planning.plan([], Plan("Koffie", date(2026, 12, 1), time(10), time(11)))
    (event,) = events().values()
    assert event.start == at("2026-12-01 10:00", ZoneInfo(zone))
    (other,) = vobject.readOne(calendar.of_room().decode()).vevent_list
    assert other.dtstart.value == event.start


def test_it_says_how_often_to_look_and_whose_it_is(week: Room) -> None:
    text = calendar.of_room().decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "X-PUBLISHED-TTL:PT1H\r\n" in text
    assert "NAME:De Huiskamer\r\n" in text
    assert "METHOD" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_room_without_a_programme_gives_a_calendar_too(room: Room) -> None:
    assert Calendar.from_ical(calendar.of_room()).timezones


def test_it_is_printed_or_written(week: Room, run: Run, tmp_path: Path) -> None:
    code, out, err = run("calendar")
    assert (code, err) == (0, "")
    assert len(Calendar.from_ical(out).events) == 4

    file = tmp_path / "huiskamer.ics"
    code, said, err = run("calendar", "-o", str(file))
    assert (code, err) == (0, "")
    assert str(file) in said
    assert len(Calendar.from_ical(file.read_bytes()).events) == 4
