"""When it is busy: an hour is averaged over the days on which the room was open then and it was counted."""

from datetime import date

import pytest

from db import door, earlier, figures, figures_period
from db import room as rooms
from db.figures_when import Hour, When
from db.room import Hours, Room
from hostdesk import words
from hostdesk.screens import figures_charts
from tests.clocks import FakeClock, at
from tests.figures import recomputed
from tests.figures.test_earlier import tally

TUESDAYS = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)


@pytest.fixture(autouse=True)
def dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    words.choose("nl")


def when(clock: FakeClock, first: str, last: str) -> When:
    """When it was busy, which the raw rows say as well."""
    period = figures_period.between(date.fromisoformat(first), date.fromisoformat(last))
    found = figures.compared(period).when
    raw = recomputed.by_hour(
        recomputed.Rows(clock.now(), recomputed.in_the_file()), period.from_day, period.to_day
    )
    assert {place: (of.days, of.visits) for place, of in found.by_hour.items()} == raw
    return found


def said(found: When) -> str:
    return "\n".join("".join(span.text for span in line) for line in figures_charts.hours(found, 120))


def test_an_evening_on_which_nobody_opened_is_no_evening_without_visitors(
    room: Room, clock: FakeClock
) -> None:
    """Three Tuesdays with a morning and an evening; of the evenings one was open, and brought nine."""
    rooms.change_hours([Hours(2, "10:00", "12:30"), Hours(2, "19:00", "21:30")], date(2026, 11, 24))
    for day in TUESDAYS:
        clock.go_on_until(at(f"{day} 10:15"))
        door.arrive(4)
    clock.go_on_until(at("2026-12-08 19:20"))
    door.arrive(9)
    clock.go_on_until(at("2026-12-09 09:00"))
    door.start_of_day()
    found = when(clock, "2026-11-24", "2026-12-08")
    assert found.by_hour[2, 10] == Hour(3, 12)
    assert found.by_hour[2, 11] == Hour(3, 0), "open, and nobody came"
    assert found.by_hour[2, 19] == Hour(1, 9)
    assert "dinsdag 19–20 uur (9, over 1 dag), dinsdag 10–11 uur (4, over 3 dagen)" in said(found)


def test_days_of_which_nobody_knows_the_hours_are_not_among_those_of_an_hour(
    room: Room, clock: FakeClock
) -> None:
    tally(*((f"2026-11-{day:02}", 30) for day in (2, 9, 16)))  # Mondays, of which only the day is known
    door.arrive(6)
    clock.go_on_until(at("2026-11-24 09:00"))
    found = when(clock, "2026-11-01", "2026-11-23")
    assert (found.by_weekday[1].days, found.by_weekday[1].visits) == (4, 24)
    assert found.an_hour(1, 14) == 6, "over the one Monday that was counted by the hour"
    assert {of.days for of in found.by_hour.values()} == {1}


def test_the_hours_of_an_earlier_tally_are_used(room: Room, clock: FakeClock) -> None:
    """Two Mondays by the hour, and one as a whole; of another hour than these nothing is known."""
    tally(("2025-03-03", 4), ("2025-03-10", 8), hour=10)
    tally(("2025-03-03", 0), hour=14)
    tally(("2025-03-17", 50))
    found = when(clock, "2025-03-01", "2025-03-31")
    assert found.by_hour == {(1, 10): Hour(2, 12), (1, 14): Hour(1, 0)}
    assert found.hours() == {10: 12}
    assert "maandag 10–11 uur (6, over 2 dagen)" in said(found)


def test_hours_that_were_taken_back_or_that_the_desk_counted_itself_are_not(
    room: Room, clock: FakeClock
) -> None:
    door.arrive(3)
    clock.go_on_until(at("2026-11-24 09:00"))
    tally(("2026-11-23", 40), hour=20)
    earlier.take_back(tally(("2026-11-16", 40), hour=20))
    assert {hour for _, hour in when(clock, "2026-11-01", "2026-11-23").by_hour} == set(range(10, 17))
