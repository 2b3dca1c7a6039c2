"""Plans that the board's tests begin with."""

from datetime import date, time
from typing import Any

from db import planning, sessions
from db.planning import Plan
from db.recurrence import Repeat

TUESDAY = date(2026, 11, 24)
"""The day after the day on which the tests' stories begin."""


def knitting(**other: Any) -> Plan:
    """The knitting club: six Tuesdays from tomorrow, from two to four."""
    usual: dict[str, Any] = {
        "title": "Breiclub",
        "first_day": TUESDAY,
        "starts": time(14),
        "ends": time(16),
        "repeat": Repeat.WEEKLY,
        "times": 6,
    }
    if other.get("repeat") is Repeat.ONCE or "until" in other:
        usual["times"] = None
    return Plan(**(usual | other))


def planned(*wishes: int, **other: Any) -> tuple[int, list[int]]:
    """Plan it; its number and those of its sessions."""
    activity = planning.plan(wishes, knitting(**other), by="Bea")
    return activity, [meeting.id for meeting in sessions.of_activity(activity)]
