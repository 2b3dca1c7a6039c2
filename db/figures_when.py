"""When a period is busy: what a weekday brings, and each of its hours, over the days of which that is known.

A day of an earlier tally has its visits, and its hours only where that tally has them. An hour is averaged
over the days on which the room was open in it and visits were counted by the hour: a day on which only
another shift opened says nothing about this one, and is not zero.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from peewee import fn

from db import models
from db.connection import reading
from db.door_rows import Kind
from db.figure_models import EarlierCount, EarlierImport
from db.figures_days import Day, DayState
from db.prepared import Prepared, given


@dataclass(frozen=True)
class Weekday:
    """What such a day brings."""

    days: int
    """Over so many days open; days that were shut or missing are not among them."""
    visits: float | None
    """A day; None where the room was never open on such a day."""


@dataclass(frozen=True)
class Hour:
    """What such an hour of a weekday brought, on all of its days together."""

    days: int
    """On so many days the room was open then, and counted by the hour; one at least."""
    visits: int

    @property
    def average(self) -> float:
        """On one of those days."""
        return self.visits / self.days


@dataclass(frozen=True)
class When:
    """When the visits of a period came."""

    by_weekday: Mapping[int, Weekday]
    """1 is Monday, 7 is Sunday."""
    by_hour: Mapping[tuple[int, int], Hour]
    """By weekday and local hour, in their order; one in which the room was never open is not among them."""

    def hours(self) -> dict[int, int]:
        """The visits by local hour, whatever the weekday; an hour in which nobody came is not among them."""
        found: dict[int, int] = {}
        for (_, hour), of in sorted(self.by_hour.items(), key=lambda one: one[0][1]):
            if of.visits:
                found[hour] = found.get(hour, 0) + of.visits
        return found

    def an_hour(self, weekday: int, hour: int) -> float | None:
        """What this hour of such a day brings; None where the room was never open in it, or nobody knows."""
        of = self.by_hour.get((weekday, hour))
        return None if of is None else of.average


def of(days: Iterable[Day], open_in: Mapping[date, frozenset[int]]) -> When:
    """When the visits came.

    Args:
        days: which, following each other.
        open_in: the local hours of each in which the room was open.
    """
    days = list(days)
    open_days = [day for day in days if day.state is DayState.OPEN]
    by_hour: dict[tuple[int, int], Hour] = {}
    for day, hour, visits in _counted(open_days, open_in):
        before = by_hour.get((day.isoweekday(), hour), Hour(0, 0))
        by_hour[day.isoweekday(), hour] = Hour(before.days + 1, before.visits + visits)
    return When(weekdays(days), dict(sorted(by_hour.items())))


def weekdays(days: Iterable[Day]) -> dict[int, Weekday]:
    """What each weekday brought on these days; for who does not ask for the hours, which take long."""
    open_days = [day for day in days if day.state is DayState.OPEN]
    by_weekday = {}
    for weekday in range(1, 8):
        such = [day.visits or 0 for day in open_days if day.day.isoweekday() == weekday]
        by_weekday[weekday] = Weekday(len(such), sum(such) / len(such) if such else None)
    return by_weekday


def _counted(open_days: list[Day], open_in: Mapping[date, frozenset[int]]) -> Iterator[tuple[date, int, int]]:
    """Each hour of each day in which the room was open, as far as it was counted by the hour."""
    if not open_days:
        return
    asked = {"from_day": open_days[0].day, "to_day": open_days[-1].day}
    with reading():
        at_the_door, told = (_by_day(query.rows(**asked)) for query in (_BY_HOUR, _TOLD_BY_HOUR))
    for day in open_days:
        key = day.day.isoformat()
        visits_in = (told if day.earlier else at_the_door).get(key, {})
        hours = visits_in.keys() if day.earlier else visits_in.keys() | open_in.get(day.day, frozenset())
        yield from ((day.day, hour, visits_in.get(hour, 0)) for hour in hours)


def _by_day(found: Iterable[tuple[str, int, int]]) -> dict[str, dict[int, int]]:
    """The visits by hour, of each day."""
    by_day: dict[str, dict[int, int]] = {}
    for day, hour, visits in found:
        by_day.setdefault(day, {})[hour] = visits
    return by_day


_VOIDING = models.Door.alias()
_BY_HOUR = Prepared(
    models.Door.select(models.Door.day, models.Door.hour, fn.SUM(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where(
        models.Door.day.between(given("from_day"), given("to_day"))
        & (models.Door.kind == Kind.ARRIVAL)
        & _VOIDING.id.is_null()
    )
    .group_by(models.Door.day, models.Door.hour)
)
_TOLD_BY_HOUR = Prepared(
    EarlierCount.select(EarlierCount.day, EarlierCount.hour, fn.SUM(EarlierCount.visits))
    .join(EarlierImport, on=(EarlierCount.import_ == EarlierImport.id))
    .where(
        EarlierCount.day.between(given("from_day"), given("to_day"))
        & EarlierCount.hour.is_null(False)
        & EarlierImport.taken_back_at.is_null()
    )
    .group_by(EarlierCount.day, EarlierCount.hour)
)
