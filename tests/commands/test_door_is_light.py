"""The core and the plain command line load no screen and no migrations: a count from a script is quick."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "rich", "playhouse.migrations", "asyncio")

SEEN = f"""
import sys
heavy = [name for name in {HEAVY!r} if name in sys.modules]
print("loaded:", *heavy, file=sys.stderr)
"""


def _loads(code: str) -> str:
    told = subprocess.run([sys.executable, "-c", code + SEEN], capture_output=True, text=True, check=True)
    return told.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "modules", ["db", "db.door, db.room, db.shifts, db.clock, db.connection, db.models", "hostdesk.cli"]
)
def test_importing(modules: str) -> None:
    assert _loads(f"import {modules}") == "loaded:"


@pytest.mark.parametrize("arguments", [("count", "3"), ("today", "--json"), ("--help",), ("count", "--help")])
def test_a_command(room_file: Path, arguments: tuple[str, ...]) -> None:
    command = [*arguments, "--db", str(room_file)]
    code = f"""
from hostdesk.cli import main
try:
    assert main({command!r}) == 0
except SystemExit as end:
    assert not end.code
"""
    assert _loads(code) == "loaded:"


def test_this_test_would_see_it() -> None:
    assert _loads("import textual") != "loaded:"
