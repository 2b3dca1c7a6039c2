"""A room where it is about noon, whenever the test runs: no midnight falls into it."""

from datetime import UTC, datetime
from pathlib import Path

from db import connection
from db import room as rooms


def create(file: Path) -> None:
    """Make such a room, in Dutch; nobody has it open."""
    east = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-east:+}" if east else "Etc/UTC"  # the signs of these names are the other way round
    rooms.create(file, name="De Huiskamer", language="nl", timezone=zone)
    connection.close()
