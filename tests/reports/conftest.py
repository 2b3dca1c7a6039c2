"""A week in the room, and the command line."""

from datetime import date, time

import pytest

from db import planning, sessions
from db import room as rooms
from db.planning import Plan
from db.recurrence import Repeat
from db.room import Room
from tests.commands.test_door import Run, run

__all__ = ["Run", "run"]

LEADER = "Wilhelmina"
"""Who leads: a name that may be in nothing that leaves the tool."""
WHY = "Wilhelmina is ziek"
ODD_TITLE = "Thee, taart; en ‘lol’ 🎂 voor Zoë & José <b>[/]"


@pytest.fixture
def week(room: Room) -> Room:
    """Week 48: the knitting club on each Tuesday, one cancelled; an odd title on Thursday; shut on Friday."""
    club = planning.plan(
        [],
        Plan(
            "Breiclub",
            date(2026, 11, 24),
            time(14),
            time(16),
            repeat=Repeat.WEEKLY,
            times=3,
            theme="creatief",
            place="Grote zaal",
            leader=LEADER,
        ),
        by=LEADER,
    )
    second = sessions.of_activity(club)[1]
    sessions.cancel(second.id, WHY, by=LEADER)
    planning.plan([], Plan(ODD_TITLE, date(2026, 11, 26), time(10, 30), time(12), leader=LEADER))
    rooms.close_day(date(2026, 11, 27), "studiedag")
    return room
