"""The core and the plain command line load no screen, no migrations, no pendulum: a count is quick."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from db import connection
from db import room as rooms
from db.room import Room

HEAVY = ("textual", "rich", "playhouse.migrations", "asyncio")
PENDULUM = ("pendulum", "dateutil")
BOARD = ("db.board_models", "db.board", "db.planning", "db.series", "db.timetable")

A_COUNT = """
from pathlib import Path
from db import connection, days, door
connection.open(Path({file!r}))
door.arrive(3, first_visit=True, reason="eten")
door.undo()
door.headcount(7)
assert days.today().present
"""

SEEN = f"""
import sys
heavy = [name for name in {(*HEAVY, *PENDULUM, *BOARD)!r} if name in sys.modules]
print("loaded:", *heavy, file=sys.stderr)
"""


def _loads(code: str) -> str:
    told = subprocess.run([sys.executable, "-c", code + SEEN], capture_output=True, text=True, check=True)
    return told.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "modules",
    ["db", "db.door, db.days, db.room, db.shifts, db.clock, db.connection, db.models", "hostdesk.cli"],
)
def test_importing(modules: str) -> None:
    assert _loads(f"import {modules}") == "loaded:"


@pytest.mark.parametrize("day", ["by its hours", "unplanned"])
def test_counting(room: Room, room_file: Path, day: str) -> None:
    if day == "unplanned":
        rooms.change_hours([], date.min)
    connection.close()

    assert _loads(A_COUNT.format(file=str(room_file))) == "loaded:"


def _running(room_file: Path, arguments: tuple[str, ...]) -> str:
    command = [*arguments, "--db", str(room_file)]
    return f"""
from hostdesk.cli import main
try:
    assert main({command!r}) == 0
except SystemExit as end:
    assert not end.code
"""


@pytest.mark.parametrize(
    "arguments", [("count", "3"), ("undo",), ("--help",), ("count", "--help"), ("activity", "--help")]
)
def test_a_command(room_file: Path, arguments: tuple[str, ...]) -> None:
    _loads(_running(room_file, ("count",)))
    assert _loads(_running(room_file, arguments)) == "loaded:"


def test_the_first_count_of_a_day_erases_what_was_kept_long_enough(room_file: Path) -> None:
    """For that it needs the board, once a day, and no screen."""
    loaded = _loads(_running(room_file, ("count",))).split()
    assert "db.board_models" in loaded
    assert not {"textual", "rich"} & set(loaded)


def test_todays_participations_need_the_boards_tables_and_nothing_heavy(room_file: Path) -> None:
    assert _loads(_running(room_file, ("today", "--json"))) == "loaded: db.board_models"


@pytest.mark.parametrize(
    "arguments",
    [
        ("wish", "Samen breien"),
        ("board",),
        ("board", "--json"),
        ("advice",),
        ("activity", "add", "Breiclub", "--starts", "morgen 14:00", "--repeat", "weekly"),
        ("activity", "add", "Breiclub", "--starts", "morgen 14:00", "--skip-holidays"),
    ],
)
def test_the_board_in_the_shell_loads_no_screen(room_file: Path, arguments: tuple[str, ...]) -> None:
    loaded = _loads(_running(room_file, arguments)).split()
    assert not set(HEAVY) & set(loaded)


def test_this_test_would_see_it() -> None:
    assert _loads("import textual") != "loaded:"
