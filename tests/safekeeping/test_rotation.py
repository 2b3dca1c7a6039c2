"""Which daily backups are kept: 7 days, 4 weeks, 12 months."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.backup import DAYS, MONTHS, WEEKS, to_keep

SETS_OF_DAYS = st.sets(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=120)


def a_backup_every_day(first: date, last: date) -> set[date]:
    """What stands in the folder after daily backups from the first day to the last."""
    there: set[date] = set()
    for ahead in range((last - first).days + 1):
        there = to_keep(there | {first + timedelta(days=ahead)})
    return there


def test_a_first_backup_is_kept() -> None:
    assert to_keep([date(2026, 11, 23)]) == {date(2026, 11, 23)}


def test_after_two_years_there_are_days_weeks_and_months() -> None:
    there = a_backup_every_day(date(2024, 11, 1), date(2026, 11, 25))
    days = {date(2026, 11, day) for day in range(19, 26)}
    weeks = {date(2026, 11, day) for day in (25, 22, 15, 8)}  # the Sundays, and this week's newest
    months = {date(2026, month + 1, 1) - timedelta(days=1) for month in range(1, 11)} | {date(2025, 12, 31)}
    assert there == days | weeks | months


def test_a_room_that_opens_on_mondays_keeps_as_many() -> None:
    mondays = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(40)]
    kept = to_keep(mondays)
    assert set(mondays[-DAYS:]) < kept
    assert len({(day.year, day.month) for day in kept}) == 10


@given(SETS_OF_DAYS)
def test_nothing_is_kept_that_was_not_there_and_never_too_much(days: set[date]) -> None:
    kept = to_keep(days)
    assert kept <= days
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert len(kept) >= min(len(days), DAYS)


@given(SETS_OF_DAYS)
def test_the_newest_days_are_always_kept(days: set[date]) -> None:
    assert set(sorted(days)[-DAYS:]) <= to_keep(days)


@given(SETS_OF_DAYS)
def test_dropping_day_by_day_loses_nothing_that_would_be_kept(days: set[date]) -> None:
    there: set[date] = set()
    for day in sorted(days):
        there = to_keep(there | {day})
    assert there == to_keep(days)


@given(SETS_OF_DAYS)
def test_keeping_twice_is_keeping_once(days: set[date]) -> None:
    assert to_keep(to_keep(days)) == to_keep(days)
