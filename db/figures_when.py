"""When a period is busy: what a weekday brings, and each of its hours, over the days open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peewee import fn

from db import models
from db.connection import reading
from db.door_rows import Kind
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
class When:
    """When the visits of a period came."""

    by_weekday: Mapping[int, Weekday]
    """1 is Monday, 7 is Sunday."""
    by_hour: Mapping[tuple[int, int], int]
    """Visits by weekday and local hour; those of an earlier tally are not among them."""

    def hours(self) -> dict[int, int]:
        """The visits by local hour, whatever the weekday."""
        found: dict[int, int] = {}
        for (_, hour), n in sorted(self.by_hour.items(), key=lambda one: one[0][1]):
            found[hour] = found.get(hour, 0) + n
        return found

    def an_hour(self, weekday: int, hour: int) -> float | None:
        """What this hour of such a day brings; None where the room was never open on such a day."""
        days = self.by_weekday[weekday].days
        return self.by_hour.get((weekday, hour), 0) / days if days else None


def of(days: Iterable[Day]) -> When:
    """When the visits came of these days, which follow each other."""
    days = list(days)
    open_days = [day for day in days if day.state is DayState.OPEN]
    by_weekday = {}
    for weekday in range(1, 8):
        such = [day.visits or 0 for day in open_days if day.day.isoweekday() == weekday]
        by_weekday[weekday] = Weekday(len(such), sum(such) / len(such) if such else None)
    if not days:
        return When(by_weekday, {})
    with reading():
        found = _BY_HOUR.rows(from_day=days[0].day, to_day=days[-1].day)
    return When(by_weekday, {(int(sunday_first) or 7, hour): n for sunday_first, hour, n in found})


_VOIDING = models.Door.alias()
_WEEKDAY = fn.strftime("%w", models.Door.day)
_BY_HOUR = Prepared(
    models.Door.select(_WEEKDAY, models.Door.hour, fn.SUM(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where(
        models.Door.day.between(given("from_day"), given("to_day"))
        & (models.Door.kind == Kind.ARRIVAL)
        & _VOIDING.id.is_null()
    )
    .group_by(_WEEKDAY, models.Door.hour)
)
