"""How the program ends, as a real terminal and its shell see it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import HOSTDESK, Terminal

WITH_A_BUG = """
import sys
from hostdesk.cli import main
from hostdesk.screens.desk import DeskScreen

show = DeskScreen.on_resize

def stumble(self, event):
    if event.size.width == 90:
        raise RuntimeError("a stone in the road")
    show(self, event)

DeskScreen.on_resize = stumble
sys.exit(main(["--db", sys.argv[1]]))
"""

LEAVES_THE_SCREEN = b"\x1b[?1049l"


def test_a_bug_leaves_one_sentence_on_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "room.db"
    made = [*HOSTDESK, "init", "--name", "De Huiskamer", "--language", "nl", "--db", str(file)]
    subprocess.run(made, check=True, capture_output=True)
    with Terminal([sys.executable, "-c", WITH_A_BUG, str(file)]) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("+")
        terminal.wait("Laatste: +1")
        terminal.send("5+")
        terminal.wait("Laatste: +5")
        terminal.resize(90, 24)
        assert terminal.wait_for_exit() == 1
        left = bytes(terminal.output).rpartition(LEAVES_THE_SCREEN)[2].decode()
    log = file.with_suffix(".log")
    assert f"hostdesk: Er ging iets mis dat niet mag. De details staan in {log}.\r\n" in left
    assert "Traceback" not in left and "RuntimeError" not in left
    assert "a stone in the road" in log.read_text(encoding="utf-8")
    said = subprocess.run(
        [*HOSTDESK, "today", "--json", "--db", str(file)], check=True, capture_output=True, text=True
    )
    assert json.loads(said.stdout)["visits"] == 6, "what was pressed before is saved"


WITHOUT_AN_END = """
import asyncio, sys
from hostdesk import leaving
from hostdesk.app import HostdeskApp
from hostdesk.cli import main

leaving.ENDING_SECONDS = 1.0

async def for_ever(self):
    await asyncio.Event().wait()

HostdeskApp.on_unmount = for_ever
sys.exit(main(["--db", sys.argv[1]]))
"""


@pytest.mark.parametrize("how", ["a key", "a line that drops"])
def test_an_end_that_does_not_come_is_made(tmp_path: Path, how: str) -> None:
    """And what held it up can be read."""
    file = tmp_path / "room.db"
    made = [*HOSTDESK, "init", "--name", "De Huiskamer", "--language", "nl", "--db", str(file)]
    subprocess.run(made, check=True, capture_output=True)
    with Terminal([sys.executable, "-c", WITHOUT_AN_END, str(file)]) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("+")
        terminal.wait("Laatste: +1")
        if how == "a key":
            terminal.press("ctrl+q")
            assert terminal.wait_for_exit() == 1
        else:
            terminal.vanish()
            assert terminal.process.wait(15) == 1
    log = file.with_suffix(".log").read_text(encoding="utf-8")
    assert "the end took too long" in log and "for_ever" in log
    today = subprocess.run([*HOSTDESK, "today", "--json", "--db", str(file)], check=True, capture_output=True)
    assert json.loads(today.stdout)["visits"] == 1


QUICK_FINGERS = ("f4", "w", "f2", "l", "f3", "s", "f1", "f6", "b", "w", "f3", "l", "f2", "f1", "f3") * 2


@pytest.mark.parametrize("keys", [("f6",), ("f3",), ("wabc",), ("+",), QUICK_FINGERS])
def test_a_line_that_drops_just_after_a_key_is_the_end_of_it(tmp_path: Path, keys: tuple[str, ...]) -> None:
    """What those keys open is no more waited for."""
    file = tmp_path / "room.db"
    made = [*HOSTDESK, "init", "--name", "De Huiskamer", "--language", "nl", "--db", str(file)]
    subprocess.run(made, check=True, capture_output=True)
    with Terminal([*HOSTDESK, "--db", str(file)]) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.settle()
        terminal.press(*keys)
        terminal.read_for(0.1)
        terminal.vanish()
        assert terminal.process.wait(15) == 0
