"""A long period month by month: what was counted at the door, by the same rules as of the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import figures_door, figures_period
from db.figures_days import Day
from db.figures_made import Figure, Figures
from db.figures_names import Name, Status
from db.figures_period import Period

MOST_DAYS = 92
"""Of a period of more days than the longest quarter has, people read months and no days.

A quarter of days is two pages, which can be read; a year of them is eight, and nobody does.
"""


@dataclass(frozen=True)
class Month:
    """A month of a longer period, as far as that goes."""

    first: date
    """The first day of the calendar month."""
    days: tuple[Day, ...]
    """Those of it that are in the period, have been, and were days of the room; one at least."""
    door: Mapping[Name, Figure]
    """What was counted, as `figures_door` has it."""

    def figure(self, name: Name) -> Figure:
        """One of those; not measured where nothing is known of it."""
        return self.door.get(name, Figure(name, None, Status.NOT_MEASURED))

    @property
    def earlier(self) -> int:
        """How many of its days come from an earlier tally."""
        return sum(day.earlier for day in self.days)


def of(made: Figures) -> tuple[Month, ...]:
    """The months of which there are days, in their order; none of a period that is told by the day."""
    if made.period.days <= MOST_DAYS:
        return ()
    by_month: dict[date, list[Day]] = {}
    for day in made.days:
        by_month.setdefault(day.day.replace(day=1), []).append(day)
    return tuple(
        Month(first, tuple(days), figures_door.at_the_door(days)) for first, days in by_month.items()
    )


def cut(period: Period) -> bool:
    """Whether it begins or ends within a month."""
    first, last = period.from_day, period.to_day
    return first.day > 1 or last != figures_period.month_of(last).to_day
