"""Counting from the shell stays light: it loads no screen library, and nothing for other formats."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "rich", "playhouse.migrations", "xlsxwriter", "icalendar", "reportlab", "babel")

LOADED = """
import sys
from hostdesk.cli import main
code = main({arguments!r})
print(code, *[name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


def run(code: str, **environment: str) -> str:
    """What a Python of its own says on stderr."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip()


def test_the_rules_of_the_room_load_no_screen() -> None:
    code = """
import importlib, pkgutil, sys, db
for module in pkgutil.iter_modules(db.__path__, "db."):
    if not module.ispkg:
        importlib.import_module(module.name)
print(*[name for name in ("textual", "rich", "hostdesk") if name in sys.modules], file=sys.stderr)
"""
    assert run(code) == ""


@pytest.mark.parametrize("arguments", [["count", "2"], ["today"], ["today", "--json"], ["undo"], ["check"]])
def test_a_command_loads_nothing_heavy(arguments: list[str], room_file: Path) -> None:
    before = LOADED.format(arguments=["count"], heavy=HEAVY)
    assert run(before, HOSTDESK_DB=str(room_file)) == "0"
    assert run(LOADED.format(arguments=arguments, heavy=HEAVY), HOSTDESK_DB=str(room_file)) == "0"
