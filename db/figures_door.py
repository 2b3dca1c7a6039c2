"""What was counted at the door on some days, and how long it was open: of a period, or of a month of it."""

from collections.abc import Sequence

from db.figures_days import Day, DayState
from db.figures_made import Figure, figure, none
from db.figures_names import Name, Status, Why
from db.rounding import half_up


def at_the_door(days: Sequence[Day], *, tagged: bool = False) -> dict[Name, Figure]:
    """What was counted at the door on these days, where somebody was there to count.

    Args:
        days: which.
        tagged: whether anybody said of a visit that it was the first.
    """
    missing = sum(day.shifts_missing or 0 for day in days)
    open_days = [day for day in days if day.state is DayState.OPEN]
    visits = sum(day.visits or 0 for day in open_days)
    if open_days and all(day.earlier for day in open_days):
        known = missing or None  # whether the shifts of those days opened nobody knows
        return _visits(visits, open_days) | figure(Name.SHIFTS_MISSING, known)
    if not open_days:
        found = none(why_nothing(days), *_AT_THE_DOOR) | (
            figure(Name.SHIFTS_MISSING, missing) if days else {}
        )
        if why_nothing(days) is Why.SHUT:  # that is known: nothing was planned, and nobody opened
            found |= figure(Name.DAYS_OPEN, 0) | figure(Name.OPEN_HOURS, 0) | figure(Name.SHIFTS_HELD, 0)
        return found
    lasts = Status.ESTIMATED if any(day.shifts.as_planned for day in days) else Status.COUNTED
    total = round(sum(day.hours or 0 for day in open_days), 2)  # as the days say it, so that they add up
    return (
        _visits(visits, open_days)
        | figure(Name.VOLUNTEER_ARRIVALS, sum(day.volunteer_arrivals or 0 for day in open_days))
        | figure(Name.FIRST_VISITS, sum(day.first_visits or 0 for day in open_days) if tagged else None)
        | figure(Name.OPEN_HOURS, total, lasts)
        | figure(Name.SHIFTS_HELD, sum(day.shifts.held for day in days))
        | figure(Name.SHIFTS_MISSING, missing)
        | figure(Name.SHIFTS_UNDERSTAFFED, sum(day.shifts.understaffed for day in days))
    )


def _visits(visits: int, days: list[Day]) -> dict[Name, Figure]:
    """The visits of these days open, and how many of them somebody else tallied."""
    n, earlier = len(days), sum(day.earlier for day in days) or None
    return {
        name: Figure(name, value, Status.COUNTED, out_of, earlier=earlier)
        for name, value, out_of in (
            (Name.VISITS, visits, None),
            (Name.DAYS_OPEN, n, None),
            (Name.VISITS_PER_DAY_OPEN, half_up(visits / n, 1), n),
        )
    }


def why_nothing(days: Sequence[Day]) -> Why | None:
    """Why nothing was counted on these days; None where a day was open, or where there is no day yet."""
    states = {day.state for day in days}
    if not states or DayState.OPEN in states:
        return None
    return Why.MISSING if DayState.MISSING in states else Why.SHUT


_AT_THE_DOOR = (
    Name.VISITS,
    Name.VISITS_PER_DAY_OPEN,
    Name.VOLUNTEER_ARRIVALS,
    Name.FIRST_VISITS,
    Name.PRESENT_AT_HEADCOUNTS,
    Name.DAYS_OPEN,
    Name.OPEN_HOURS,
    Name.SHIFTS_HELD,
    Name.SHIFTS_UNDERSTAFFED,
)
"""What is only known of days on which somebody opened."""
