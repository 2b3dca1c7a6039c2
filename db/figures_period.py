"""The days that figures are about: a day, a week, a month, a quarter, a year, or any other stretch."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.errors import N_, NotPossible
from db.text import clean

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Another year is a typing mistake."""

_MOST_WEEKS = 53
"""Of a year in which 1 January or 31 December is a Thursday; another has 52 (ISO 8601)."""

_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What kind of stretch it is: what came before it depends on that."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


CALENDAR = (Unit.MONTH, Unit.QUARTER, Unit.YEAR)
"""Those that are made of whole months: none of them cuts through another."""


@dataclass(frozen=True)
class Period:
    """From the first to the last of the room's local days, both included."""

    unit: Unit
    from_day: date
    to_day: date

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.to_day - self.from_day).days + 1

    def first(self, days: int) -> "Period":
        """So many days of it, from its beginning; all of them when it has no more."""
        if days >= self.days:
            return self
        return Period(Unit.RANGE, self.from_day, self.from_day + (days - 1) * _DAY)

    def first_months(self, n: int) -> "Period":
        """So many months of it, from its beginning."""
        return Period(Unit.RANGE, self.from_day, self.months[n - 1].to_day)

    def beside(self, last_day: date) -> "tuple[Period, Period, Period] | None":
        """Its days up to and including this one, as many of the period before, the same of a year earlier.

        Where these are whole months, so are those of the others.

        None without any: then there is nothing to compare.
        """
        if self.to_day <= last_day:
            return self, self.former, self.year_before
        if last_day < self.from_day:
            return None
        part = Period(Unit.RANGE, self.from_day, last_day)
        if self.unit in CALENDAR and month_of(last_day).to_day == last_day:
            n = len(part.months)
            return part, self.former.first_months(n), self.year_before.first_months(n)
        if self.unit is Unit.RANGE:
            return part, part.former, part.year_before
        if self.unit is Unit.WEEK:
            return part, self.former.first(part.days), self.year_before.first(part.days)
        same_days = part.year_before
        return part, same_days if self.unit is Unit.YEAR else self.former.first(part.days), same_days

    @property
    def months(self) -> "list[Period]":
        """The months of a quarter or a year."""
        found = [month_of(self.from_day)]
        while found[-1].to_day < self.to_day:
            found.append(found[-1].later)
        return found

    @property
    def former(self) -> "Period":
        """The one just before it: the month before a month, as many days before any other stretch."""
        last = self.from_day - _DAY
        match self.unit:
            case Unit.MONTH:
                return _months(self.unit, last.year, last.month, 1)
            case Unit.QUARTER:
                return _months(self.unit, last.year, last.month - 2, 3)
            case Unit.YEAR:
                return year(last.year)
            case _:
                return Period(self.unit, self.from_day - self.days * _DAY, last)

    @property
    def later(self) -> "Period":
        """The one just after it."""
        first = self.to_day + _DAY
        if self.unit in _MONTHS:
            return _months(self.unit, first.year, first.month, _MONTHS[self.unit])
        return Period(self.unit, first, self.to_day + self.days * _DAY)

    @property
    def year_before(self) -> "Period":
        """The same one a year earlier; days and weeks keep their weekdays, so that is 52 weeks."""
        match self.unit:
            case Unit.DAY | Unit.WEEK:
                return Period(
                    self.unit, self.from_day - timedelta(weeks=52), self.to_day - timedelta(weeks=52)
                )
            case Unit.RANGE:
                return Period(self.unit, _a_year_earlier(self.from_day), _a_year_earlier(self.to_day))
            case _:
                return _months(self.unit, self.from_day.year - 1, self.from_day.month, _MONTHS[self.unit])


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def day(which: date) -> Period:
    """One day."""
    return between(which, which, Unit.DAY)


def between(from_day: date, to_day: date, unit: Unit = Unit.RANGE) -> Period:
    """Any stretch of days.

    Raises:
        NotPossible: it ends before it begins, or lies in another age.
    """
    if to_day < from_day:
        raise NotPossible(N_("{last} is before {first}."), last=to_day, first=from_day)
    _assert_of_this_age(from_day.year, to_day.year)
    return Period(unit, from_day, to_day)


def year(number: int) -> Period:
    """A calendar year."""
    return Period(Unit.YEAR, date(number, 1, 1), date(number, 12, 31))


def month_of(which: date) -> Period:
    """The calendar month that this day is in."""
    return _months(Unit.MONTH, which.year, which.month, 1)


def around(which: date, unit: Unit) -> Period:
    """The day, week, month, quarter or year that this day is in."""
    match unit:
        case Unit.WEEK:
            number = which.isocalendar()
            return _week(number.year, number.week)
        case Unit.MONTH:
            return month_of(which)
        case Unit.QUARTER:
            return _quarter(which.year, (which.month + 2) // 3)
        case Unit.YEAR:
            return year(which.year)
        case _:
            return day(which)


def named(text: str, unit: Unit) -> Period:
    """The year, quarter, month or week that goes by this name: 2026, 2026-Q4, 2026-11, 2026-W48.

    Raises:
        NotPossible: there is none of that name.
    """
    pattern, make, example = _NAMED[unit]
    text = clean(text[:40], most=40)
    if not text:
        raise NotPossible(N_("Say which one, such as {example}."), example=example)
    found = re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE)
    if found is not None:
        _assert_of_this_age(int(found[1]))
    try:
        if found is None:
            raise ValueError(text)
        period = make(*map(int, found.groups()))
    except ValueError:
        if unit is Unit.WEEK and found is not None and int(found[2]) == _MOST_WEEKS:
            raise NotPossible(N_("{year} has no week 53: its last one is week 52."), year=found[1]) from None
        raise NotPossible(
            N_("“{text}” is no such period. Write it like {example}."), text=text[:20], example=example
        ) from None
    return between(period.from_day, period.to_day, unit)


def _assert_of_this_age(*years: int) -> None:
    if not all(FIRST_YEAR <= number <= LAST_YEAR for number in years):
        raise NotPossible(
            N_("Choose days between {first} and {last}."), first=f"{FIRST_YEAR}", last=f"{LAST_YEAR}"
        )


def _week(number: int, week: int) -> Period:
    return Period(Unit.WEEK, date.fromisocalendar(number, week, 1), date.fromisocalendar(number, week, 7))


def _month(number: int, month: int) -> Period:
    return month_of(date(number, month, 1))


def _quarter(number: int, quarter: int) -> Period:
    return _months(Unit.QUARTER, number, quarter * 3 - 2, 3)


def _months(unit: Unit, number: int, first: int, months: int) -> Period:
    """So many whole months."""
    after = number * 12 + first - 1 + months
    return Period(unit, date(number, first, 1), date(after // 12, after % 12 + 1, 1) - _DAY)


def _a_year_earlier(which: date) -> date:
    """The same date; 29 February has none, and takes the day before."""
    leap_day = (which.month, which.day) == (2, 29)
    return which.replace(year=which.year - 1, day=28 if leap_day else which.day)


_NAMED: dict[Unit, tuple[str, Callable[..., Period], str]] = {
    Unit.YEAR: (r"(\d{4})", year, "2026"),
    Unit.QUARTER: (r"(\d{4})-?[QK]([1-4])", _quarter, "2026-Q4"),
    Unit.MONTH: (r"(\d{4})-(\d\d?)", _month, "2026-11"),
    Unit.WEEK: (r"(\d{4})-?W(\d\d?)", _week, "2026-W48"),
}
