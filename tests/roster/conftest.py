"""People of the house, a room in which they are on duty, and the command line on a room of its own."""

from datetime import date
from pathlib import Path

import pytest

from db import connection, people
from db import room as rooms
from db.room import Hours, Room
from tests.commands.test_door import run
from tests.durability import noon
from tests.roster.shell import shell

__all__ = ["run"]


@pytest.fixture
def nadia(room: Room) -> int:
    return people.add("Nadia").id


@pytest.fixture
def karim(room: Room) -> int:
    return people.add("Karim").id


@pytest.fixture
def room_at_noon(tmp_path: Path) -> Path:
    """A room that is open from eight to two, where it is noon or up to an hour later; two are on duty."""
    made = tmp_path / "room.db"
    noon.create(made)
    connection.open(made)
    rooms.change_hours([Hours(weekday, "08:00", "14:00") for weekday in range(1, 8)], date.min)
    connection.close()
    for name in ("Anja", "Karim", "Nadia"):
        shell(made, "person", "add", name)
    for name in ("Karim", "Nadia"):
        shell(made, "duty", "add", name, "vandaag")
    return made
