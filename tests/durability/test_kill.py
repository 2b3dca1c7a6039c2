"""The desk is killed right after a number appeared, 200 times: the number is in the file each time."""

import subprocess
import sys
from pathlib import Path
from random import Random

from tests.durability import noon
from tests.durability.kill import kept, kill_once

TOP = Path(__file__).parents[2]
LANES = 2
TIMES = 100

SHOWS_TOO_EARLY = """
import sys
from db import connection
from hostdesk import cli

opened = connection.open

def open_and_never_commit(file):
    opened(file)
    connection.database.session_start()

connection.open = open_and_never_commit
sys.exit(cli.main())
"""
"""A desk that shows its numbers before they are kept."""


def test_a_number_on_the_screen_is_in_the_file_whatever_happens_to_the_desk() -> None:
    lanes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.durability.kill", "--times", str(TIMES), "--seed", str(seed)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=TOP,
        )
        for seed in range(LANES)
    ]
    said = [lane.communicate()[0] for lane in lanes]
    assert said == [f"killed {TIMES} times, 0 numbers lost\n"] * LANES


def test_a_desk_that_shows_its_numbers_too_early_is_caught(tmp_path: Path) -> None:
    """The control: this is what losing a number looks like."""
    file = tmp_path / "huiskamer.db"
    noon.create(file)
    assert kill_once(file, 0, Random(1), (sys.executable, "-c", SHOWS_TOO_EARLY)) == 1
    assert kept(file) == 0
