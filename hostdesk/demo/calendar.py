"""The days on which a Dutch room stays shut although the week says otherwise."""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.easter import easter  # comes with pendulum

from hostdesk.words import N_, gettext


def closed_days(from_day: date, to_day: date) -> dict[date, str]:
    """The public holidays, a week in summer and the Christmas holiday in this period, each with its name."""
    years = range(from_day.year, to_day.year + 1)
    holidays = {day: gettext(name) for year in years for day, name in _holidays(year)}
    return {day: holidays[day] for day in sorted(holidays) if from_day <= day <= to_day}


def _holidays(year: int) -> Iterator[tuple[date, str]]:
    """The holidays of a year (Algemene termijnenwet, article 3), and the weeks of rest."""
    easter_day: date = easter(year)
    yield date(year, 1, 1), N_("New Year's Day")
    yield easter_day, N_("Easter")
    yield easter_day + timedelta(days=1), N_("Easter")
    yield _kings_day(year), N_("King's Day")
    if year % 5 == 0:
        yield date(year, 5, 5), N_("Liberation Day")
    yield easter_day + timedelta(days=39), N_("Ascension Day")
    yield easter_day + timedelta(days=49), N_("Whitsun")
    yield easter_day + timedelta(days=50), N_("Whitsun")
    for weekday in range(1, 8):
        yield date.fromisocalendar(year, 31, weekday), N_("Summer break")
    for day in range(24, 32):
        yield date(year, 12, day), N_("Christmas holiday")


def _kings_day(year: int) -> date:
    """27 April, or the day before when that is a Sunday."""
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.isoweekday() == 7 else day
