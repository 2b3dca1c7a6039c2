"""Rooms on which somebody has counted, in a directory of their own."""

from pathlib import Path

import pytest

from db import connection, door
from tests.faults.shell import Answer, hostdesk


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home directory of whoever types the commands."""
    place = tmp_path / "home"
    place.mkdir()
    return place


@pytest.fixture
def counted(room_file: Path) -> Path:
    """A Dutch room with 5 visits and 1 departure in its ledger, that nobody has open."""
    connection.open(room_file)
    door.arrive(5)
    door.depart(1)
    connection.close()
    return room_file


class Room:
    """A room's file as the command line sees it."""

    def __init__(self, file: Path, home: Path) -> None:
        """The file, and the home directory of whoever types."""
        self.file = file
        self.home = home

    def __call__(self, *arguments: object, **options: object) -> Answer:
        """Run a command on this room."""
        return hostdesk("--db", self.file, *arguments, home=self.home, **options)  # type: ignore[arg-type]


@pytest.fixture
def at_room(counted: Path, home: Path) -> Room:
    """The command line, on that room."""
    return Room(counted, home)
