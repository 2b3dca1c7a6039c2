"""The visits of each day and each month as far as they may be seen, for every form of a report the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db import figures_months
from db.figures_made import Figure
from db.figures_months import Month
from db.figures_names import Name
from db.figures_small import Hidden, months_shown, visits_shown

if TYPE_CHECKING:
    from db.figures import Compared

OF_A_MONTH = (
    Name.VISITS,
    Name.DAYS_OPEN,
    Name.VISITS_PER_DAY_OPEN,
    Name.OPEN_HOURS,
    Name.SHIFTS_UNDERSTAFFED,
    Name.SHIFTS_MISSING,
)
"""What is told month by month."""

_OF_VISITS = (Name.VISITS, Name.VISITS_PER_DAY_OPEN)


@dataclass(frozen=True)
class ShownMonth:
    """A month as it may be seen."""

    month: Month
    hidden: Hidden | None
    """Why its visits are not shown."""

    def figure(self, name: Name) -> Figure | Hidden:
        """What was counted of this, or why it is not shown: visits per day open would tell the visits."""
        return self.hidden if self.hidden and name in _OF_VISITS else self.month.figure(name)


@dataclass(frozen=True)
class OverTime:
    """How the visits of a period came one after another."""

    days: Mapping[date, int | Hidden]
    """The visits of each day open."""
    months: tuple[ShownMonth, ...]
    """Of a long period its months, which then stand in print and its days do not."""


def of(compared: "Compared", *, whole: bool) -> OverTime:
    """Those of this period; for others than the room, small numbers are not shown.

    Others are told no part of a month beside the month itself: what is left would be a few days.
    """
    made, found = compared.now, figures_months.of(compared.now)
    if whole:
        return OverTime(made.visits_by_day, tuple(ShownMonth(month, None) for month in found))
    if figures_months.cut(made.period):
        return OverTime(visits_shown(made.visits_by_day, made.sample.days), ())
    visits = {month.first: int(n) for month in found if (n := month.figure(Name.VISITS).value) is not None}
    part = compared.whole if compared.whole is not made else None
    seen = months_shown(visits, made.sample.days, part.period.to_day if part else None)
    hidden = {first: n for first, n in seen.items() if isinstance(n, Hidden)}
    return OverTime(
        visits_shown(made.visits_by_day, made.sample.days, seen),
        tuple(ShownMonth(month, hidden.get(month.first)) for month in found),
    )
