"""Hours in which the room was open and nobody was counted: nobody came, or nobody counted."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.days import Today

AN_HOUR = timedelta(hours=1)

USUALLY_SOMEBODY = 0.5
"""Visits: an hour that brings fewer on average is often without any."""


@dataclass(frozen=True)
class Quiet:
    """A stretch of whole hours."""

    begins: datetime
    ends: datetime
    usual: float | None
    """What these hours bring on such a weekday; None where that is not known yet."""


def of(today: Today, opens_at: datetime, closes_at: datetime) -> tuple[Quiet, ...]:
    """The hours of a stretch of today, as far as they are over, in which nobody was counted though somebody
    usually is. Of hours before the room was made here nothing is known.
    """
    found: list[Quiet] = []
    local = today.room.local(opens_at)
    begins = opens_at + timedelta(minutes=-local.minute % 60, seconds=-local.second)
    while (ends := begins + AN_HOUR) <= min(closes_at, today.now):
        hour = today.room.local(begins).hour
        usual = today.average.usual(hour) if today.average else None
        if (
            today.measured(hour)
            and not today.by_hour.get(hour)
            and (usual is None or usual >= USUALLY_SOMEBODY)
        ):
            if found and found[-1].ends == begins:
                before = found.pop()
                both = None if usual is None or before.usual is None else before.usual + usual
                found.append(replace(before, ends=ends, usual=both))
            else:
                found.append(Quiet(begins, ends, usual))
        begins = ends
    return tuple(found)
