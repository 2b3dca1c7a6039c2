"""What is called a change, and what is not."""

from datetime import date, timedelta

import pytest

from db import closing, door, figures, figures_period
from db import room as rooms
from db.figures_change import Change, Trend, since
from db.figures_names import Name
from db.figures_period import Unit
from db.room import Room
from hostdesk import words
from hostdesk.words import figures as figure_words
from tests.clocks import FakeClock, at


def week_of(clock: FakeClock, monday: str, *visits: int | None) -> None:
    """A week from Monday on: so many a day; None where nobody opened."""
    first = date.fromisoformat(monday)
    for number, n in enumerate(visits):
        if n is not None:
            clock.go_on_until(at(f"{first + timedelta(days=number)} 15:00"))
            door.arrive(n)
    clock.go_on_until(at(f"{first + timedelta(days=4)} 22:00"))
    door.start_of_day()


def trend(name: Name, week: str = "2026-W50") -> Trend:
    made = figures.compared(figures_period.named(week, Unit.WEEK))
    return since(made.now, made.former)[name].trend


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ((20, 25, 18, 22, 30), (24, 19, 28, 20, 27), Trend.ABOUT_EQUAL),
        ((20, 25, 18, 22, 30), (40, 45, 38, 42, 50), Trend.MORE),
        ((40, 45, 38, 42, 50), (20, 25, 18, 22, 30), Trend.LESS),
        ((20, 20, 20, 20, 20), (21, 21, 21, 21, 21), Trend.ABOUT_EQUAL),
        ((1, 1, 1, 1, 2), (1, 1, 1, 1, 4), Trend.ABOUT_EQUAL),
    ],
)
def test_what_days_differ_by_themselves_is_no_change(
    room: Room, clock: FakeClock, then: tuple[int, ...], now: tuple[int, ...], expected: Trend
) -> None:
    week_of(clock, "2026-11-30", *then)
    week_of(clock, "2026-12-07", *now)
    assert trend(Name.VISITS) is expected
    assert trend(Name.VISITS_PER_DAY_OPEN) is expected


def test_what_people_decide_is_a_change_however_small(room: Room, clock: FakeClock) -> None:
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    rooms.close_day(date(2026, 12, 9), "feest")
    week_of(clock, "2026-12-07", 20, 20, None, 20, 20)
    assert trend(Name.DAYS_OPEN) is Trend.LESS
    assert trend(Name.OPEN_HOURS) is Trend.LESS


def test_a_few_minutes_in_hundreds_of_hours_are_no_change(room: Room, clock: FakeClock) -> None:
    """Two times four weeks; one day of the later four was closed ten minutes early."""
    mondays = [date(2026, 11, 30) + timedelta(weeks=number) for number in range(8)]
    for monday in mondays:
        early = monday == mondays[4]
        if early:
            clock.go_on_until(at(f"{monday} 15:00"))
            door.arrive(5)
            clock.go_on_until(at(f"{monday} 16:20"))
            closing.close()
        week_of(clock, f"{monday}", None if early else 5, 5, 5, 5, 5)
    before, now = (
        figures.of(figures_period.between(first, first + timedelta(days=27))) for first in mondays[::4]
    )
    assert (before.figures[Name.OPEN_HOURS].value, now.figures[Name.OPEN_HOURS].value) == (130, 129.83)
    assert since(now, before)[Name.OPEN_HOURS].trend is Trend.ABOUT_EQUAL


def test_with_a_third_of_the_shifts_missing_nothing_is_compared(room: Room, clock: FakeClock) -> None:
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    week_of(clock, "2026-12-07", 90, None, None, 90, 90)
    assert trend(Name.VISITS) is Trend.INCOMPARABLE


def test_what_was_not_measured_is_not_compared(room: Room, clock: FakeClock) -> None:
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    assert trend(Name.VISITS, "2026-W49") is Trend.INCOMPARABLE  # before it nobody opened
    assert trend(Name.FIRST_VISITS, "2026-W49") is Trend.INCOMPARABLE


def test_a_month_that_is_not_over_stands_beside_as_many_days(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-12-10 12:00"))
    made = figures.compared(figures_period.named("2026-12", Unit.MONTH))
    assert (made.former.period.from_day, made.former.period.to_day) == (date(2026, 11, 1), date(2026, 11, 10))
    assert made.year_before.period.to_day == date(2025, 12, 10)


def test_a_share_changes_by_points_and_not_by_a_part_of_itself() -> None:
    words.choose("nl")
    change = Change(Name.VOLUNTEER_LED_SHARE, 0.73, 0.9, Trend.LESS)
    assert figure_words.trend(change) == "minder: -17 procentpunt"
