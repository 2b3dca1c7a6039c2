"""The room is read through apsw; Python's own sqlite3 stays out of the memory of a small machine."""

import subprocess
import sys

import pytest


def _told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("way", "loads"), [("hostdesk.cli, hostdesk.app", False), ("playhouse.apsw_ext", True)]
)
def test_nothing_of_the_program_loads_a_second_sqlite(way: str, loads: bool) -> None:
    assert _told(f"import {way}, sys; print('sqlite3' in sys.modules)") == str(loads)


def test_who_wants_it_has_it() -> None:
    used = "import db.light_peewee, sqlite3; print(sqlite3.connect(':memory:').total_changes)"

    assert _told(used) == "0"


def test_who_had_it_keeps_it() -> None:
    used = "import sqlite3, db.light_peewee, sys; print(sys.modules['sqlite3'] is sqlite3)"

    assert _told(used) == "True"
