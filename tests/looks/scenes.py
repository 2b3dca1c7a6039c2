"""A Monday in a room that has been open for two months: what goldens and pictures show."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from db import connection, door, room
from tests.clocks import FakeClock, at

MONDAY = at("2027-03-08 10:00")
NAMES = {"nl": "De Huiskamer", "en": "The Living Room"}

_USUAL = {10: 4, 11: 6, 12: 3, 13: 5, 14: 8, 15: 6, 16: 2}
"""Visits by the hour on the Mondays before."""


def monday(file: Path, clock: FakeClock, language: str) -> None:
    """Make the room, its eight Mondays before, and this Monday until seven past two."""
    clock.set_to(MONDAY - timedelta(weeks=8))
    clock.reboot(MONDAY - timedelta(weeks=8))
    room.create(file, name=NAMES[language], language=language, timezone="Europe/Amsterdam")
    for weeks in range(8, 0, -1):
        _usual_monday(clock, MONDAY - timedelta(weeks=weeks), weeks % 3)
    _this_monday(clock)
    connection.close()


def _usual_monday(clock: FakeClock, opens_at: datetime, more: int) -> None:
    for hour, visits in _USUAL.items():
        clock.go_on_until(opens_at + timedelta(hours=hour - 10, minutes=20))
        door.arrive(visits + more)


def _this_monday(clock: FakeClock) -> None:
    """A morning with a group, a mistake, a headcount, and people who leave."""
    story: list[tuple[int, Callable[[], object]]] = [
        (4, lambda: door.arrive(2)),
        (9, lambda: door.arrive(volunteer=True, n=2)),
        (35, lambda: door.arrive(3)),
        (61, lambda: door.arrive(4)),
        (70, lambda: door.first_visit(door.arrive(1).id)),
        (95, lambda: door.arrive(2)),
        (130, lambda: door.arrive(6)),
        (185, lambda: door.arrive(5)),
        (206, lambda: door.arrive(7)),
        (210, lambda: door.headcount(12)),
        (233, lambda: door.arrive()),
        (236, lambda: door.arrive()),
        (237, door.undo),
        (241, lambda: door.arrive(2)),
        (243, lambda: door.depart()),
        (245, lambda: door.arrive(5)),
    ]
    for minutes, happens in story:
        clock.go_on_until(MONDAY + timedelta(minutes=minutes))
        happens()
    clock.go_on_until(at("2027-03-08 14:07"))
