"""The desk in a real terminal: what the host sees is what the file holds, and it always ends cleanly."""

import json
import os
import re
import signal
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.durability.big_digits import number_on
from tests.looks.test_looks import CONSOLE_GLYPHS
from tests.terminal import HOSTDESK, Terminal


def today(file: Path) -> dict[str, Any]:
    """`hostdesk today --json`."""
    command = [*HOSTDESK, "today", "--json", "--db", str(file)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def at_the_desk(file: Path, **options: Any) -> Terminal:
    """Open the desk, and wait until it can be used."""
    terminal = Terminal([*HOSTDESK, "--db", str(file)], **options)
    terminal.wait("bezoeken vandaag")
    return terminal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A new room on the machine's own clock."""
    made = tmp_path / "room.db"
    subprocess.run(
        [*HOSTDESK, "init", "--name", "De Huiskamer", "--db", str(made)], check=True, capture_output=True
    )
    return made


def test_a_morning_at_the_desk(file: Path) -> None:
    with at_the_desk(file) as terminal:
        terminal.wait("niet gemeten")
        terminal.send("+")
        terminal.wait("Laatste: +1")
        terminal.send("5+")
        terminal.wait("Laatste: +5")
        terminal.send("v")
        terminal.wait("Laatste: vrijwilliger +1")
        terminal.send("n")
        terminal.wait(re.compile(r"Eerste keer\s+1"))
        terminal.send("h12\r")
        terminal.wait(re.compile(r"Nu aanwezig\s+12"))
        terminal.send("-")
        terminal.wait(re.compile(r"Nu aanwezig\s+11"))
        facts = today(file)
        assert (facts["visits"], facts["volunteers"], facts["first_visits"], facts["present"]) == (
            6,
            1,
            1,
            11,
        )
        assert facts["last"]["kind"] == "departure"
        terminal.send("u")
        terminal.wait("Laatste: -1 ongedaan gemaakt")
        facts = today(file)
        assert facts["present"] == 12
        assert (facts["last"]["kind"], facts["last"]["n"]) == ("undo", 1)
        assert facts["last"]["at"][11:16] in terminal.text
        terminal.press("ctrl+q")
        assert terminal.wait_for_exit() == 0
    assert today(file)["visits"] == 6


def test_two_desks_follow_each_other(file: Path) -> None:
    with at_the_desk(file) as one, at_the_desk(file) as other:
        one.send("3+")
        other.wait("Laatste: +3")
        other.send("+")
        one.wait("Laatste: +1")
        one.settle()
        other.wait(lambda screen: screen == one.text)
        following = []
        for n in range(2, 7):  # the best of five: something else may keep this machine busy
            one.send(f"{n}+")
            one.wait(f"Laatste: +{n}")
            following.append(other.wait(f"Laatste: +{n}"))
        assert min(following) <= 1, "what another process writes is seen within a second"


@pytest.mark.parametrize(
    ("pad", "visits", "present"),
    [
        pytest.param(b"5+\x1b[57413u", 6, None, id="kitty: add"),
        pytest.param(b"\x1b[57404u\x1b[57413u", 5, None, id="kitty: keypad 5, add"),
        pytest.param(b"\x1bOu\x1bOk", 5, None, id="application keypad"),
        pytest.param(b"7\x1bOj", 0, 7, id="headcount by the pad's asterisk"),
        pytest.param(b"\x1b[57411u\x1b[57407u\x1b[57414u", 0, 8, id="kitty: multiply, 8, Enter"),
        pytest.param(b"h9\x1bOM", 0, 9, id="application keypad's Enter"),
        pytest.param(b"7*-\x1b[57412u", 0, 5, id="minus and subtract"),
    ],
)
def test_both_kinds_of_numeric_pad(file: Path, pad: bytes, visits: int, present: int | None) -> None:
    with at_the_desk(file) as terminal:
        terminal.send(pad)
        terminal.wait(lambda screen: "Laatste" in screen)
        terminal.press("ctrl+q")
        assert terminal.wait_for_exit() == 0
    facts = today(file)
    assert (facts["visits"], facts["present"]) == (visits, present)


def test_stray_bytes_end_nothing(file: Path) -> None:
    with at_the_desk(file) as terminal:
        terminal.send(b"\xff\xfe\xc3\x28\x80\xf0\x9f")
        terminal.send(b"\x1b[999;999R\x1b]52;c;AAAA\x07\x00\x9b31m")
        terminal.wait("5231_")  # what was legible of it
        terminal.press("escape")
        terminal.wait(lambda screen: "5231_" not in screen)
        terminal.send("+")
        terminal.wait("Laatste: +1")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_cleanly(file: Path, ending: signal.Signals) -> None:
    with at_the_desk(file) as terminal:
        terminal.send("+")
        terminal.wait("Laatste: +1")
        terminal.signal(ending)
        assert terminal.wait_for_exit() == 0
        assert b"\x1b[?1049l" in terminal.output  # the terminal is given back
        assert b"Traceback" not in terminal.output
    assert today(file)["visits"] == 1


@pytest.mark.parametrize("hears_it", [True, False], ids=["with the hang-up signal", "without it"])
def test_a_terminal_that_vanishes_ends_it(file: Path, hears_it: bool) -> None:
    deaf = [] if hears_it else ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh"]
    command = [*deaf, *HOSTDESK, "--db", str(file)]
    with Terminal(command) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("+")
        terminal.wait("Laatste: +1")
        terminal.vanish()
        assert terminal.process.wait(timeout=10) in {0, -signal.SIGHUP}
    assert today(file)["visits"] == 1
    assert not Path(f"{file}-wal").exists()  # the connection was closed


@pytest.mark.parametrize("term", ["linux", "vt100", "screen", "tmux-256color", "xterm"])
def test_plain_terminals(file: Path, term: str) -> None:
    with at_the_desk(file, term=term, env={"COLORTERM": None}) as terminal:
        terminal.send("+")
        terminal.wait(lambda _screen: number_on(terminal.lines) == 1)
        assert "Laatste: +1" in terminal.text
        assert not {glyph for glyph in terminal.text if ord(glyph) > 0xFF} - CONSOLE_GLYPHS


def test_without_colour_nothing_is_lost(file: Path) -> None:
    with at_the_desk(file, env={"NO_COLOR": "1"}) as terminal:
        terminal.send("+")
        terminal.wait("Laatste: +1")
        colours = {
            colour
            for row in range(24)
            for column in range(80)
            for colour in (terminal.cell(column, row).fg, terminal.cell(column, row).bg)
        }
        greys = {colour for colour in colours if len(set(re.findall("..", colour))) == 1}
        assert colours - greys <= {"default", "black", "white"}


def test_the_window_is_dragged_about(file: Path) -> None:
    with at_the_desk(file) as terminal:
        for size in [(132, 43), (20, 5), (64, 20), (1, 1), (300, 90), (80, 24)]:
            terminal.resize(*size)
        terminal.settle()
        terminal.send("4+")
        terminal.wait("Laatste: +4")
        assert "De Huiskamer" in terminal.lines[0]


@pytest.mark.parametrize("size", [(40, 10), (20, 5)])
def test_a_very_small_terminal_still_counts(file: Path, size: tuple[int, int]) -> None:
    with Terminal([*HOSTDESK, "--db", str(file)], size=size) as terminal:
        terminal.wait("+ komt")
        terminal.send("7+")
        terminal.press("ctrl+q")
        assert terminal.wait_for_exit() == 0
    assert today(file)["visits"] == 7


def test_a_count_is_few_bytes_to_the_terminal(file: Path) -> None:
    with at_the_desk(file) as terminal:
        terminal.send("+")
        terminal.wait("Laatste: +1")
        terminal.settle()
        before = terminal.bytes_out
        terminal.send("+")
        terminal.settle()
        assert 0 < terminal.bytes_out - before <= 800


@pytest.mark.parametrize(
    ("key", "says"), [("5", "h = zijn er nu"), ("h", "Hoeveel mensen"), ("n", "Eerste keer genoteerd")]
)
def test_what_is_said_on_one_line_costs_a_line_and_no_screen(file: Path, key: str, says: str) -> None:
    with at_the_desk(file) as terminal:
        terminal.send("+")
        terminal.wait("Laatste: +1")
        terminal.settle()
        before = terminal.bytes_out
        terminal.send(key)
        terminal.wait(says)
        terminal.settle()
        assert 0 < terminal.bytes_out - before <= 800


def hostdesk(file: Path, *words: str) -> None:
    """Something that happens in another process."""
    command = [*HOSTDESK, *words, "--db", str(file)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HOSTDESK_BY": "Carla"})


def test_a_session_takes_its_number_and_advice_comes_from_elsewhere(file: Path) -> None:
    day = datetime.now(ZoneInfo("Europe/Amsterdam")).date().isoformat()
    with at_the_desk(file) as terminal:
        hostdesk(file, "activity", "add", "Breiclub", "--starts", f"{day} 00:00", "--ends", "23:59")
        terminal.wait(re.compile(r"00:00 Breiclub +nu"))
        terminal.send("d")
        terminal.wait("Deelnemers")
        terminal.send("7\r")
        terminal.wait(re.compile(r"00:00 Breiclub +7 deelnames"))
        terminal.send("+")
        terminal.wait("Laatste: +1")
        assert (today(file)["visits"], today(file)["participations"]) == (1, 7)

        terminal.send("a")
        terminal.wait("Vraag")
        terminal.send("Wie betaalt de wol?\r")
        terminal.wait("Advies gevraagd")
        hostdesk(file, "advise", "1", "De wolwinkel geeft resten.")
        terminal.wait("? Advies van Carla", timeout=2.0)  # a second, and what this machine takes to look
        terminal.send("o")
        terminal.wait("Wie betaalt de wol?")
        terminal.press("escape")
        terminal.wait(lambda text: "? Advies" not in text and "Laatste: +1" in text)

        terminal.press("f3")
        terminal.wait("Breiclub")
        terminal.send("+")
        terminal.wait("Laatste: +1")
        terminal.press("f2")
        terminal.wait(re.compile(r"bezoeken vandaag"))
        assert today(file)["visits"] == 2
