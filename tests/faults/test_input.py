"""Numbers and words that make no sense get one sentence, and nothing is counted."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from db import connection
from db import room as rooms
from tests.clocks import FakeClock
from tests.faults.conftest import Room
from tests.faults.shell import PROGRAM, hostdesk
from tests.safekeeping.files import contents

REFUSED = {
    ("count", "0"): "1 tot 500 mensen",
    ("count", "-3"): "niet -3",
    ("count", "1000000"): "niet 1000000",
    ("count", "2", "--reason", "zomaar"): "zomaar",
    ("leave", "0"): "niet 0",
    ("headcount", "-1"): "niet -1",
    ("headcount", "2001"): "niet 2001",
}
"""What the room's rules refuse, and what the Dutch sentence says."""

MISUSED = {
    ("count", "x"): "x",
    ("count", "1.5"): "1.5",
    ("count", ""): "",
    ("count", "1", "2"): "2",
    ("count", "²"): "²",
    ("headcount",): "N",
    ("restore",): "BESTAND",
    ("dance",): "dance",
    ("count", "--db"): "--db",
    ("count", "--volunter"): "--volunter",
}
"""Command lines that are wrong themselves, and what must be named."""


@pytest.mark.parametrize("line", REFUSED)
def test_a_number_that_cannot_be_is_refused(at_room: Room, line: tuple[str, ...]) -> None:
    before = contents(at_room.file.parent)
    answer = at_room(*line)
    assert answer.code == 1
    assert REFUSED[line] in answer.sentence
    assert answer.out == ""
    assert contents(at_room.file.parent) == before


@pytest.mark.parametrize("line", MISUSED)
def test_a_wrong_command_line_says_what_is_wrong_with_it(at_room: Room, line: tuple[str, ...]) -> None:
    before = contents(at_room.file.parent)
    answer = at_room(*line)
    assert answer.code == 2
    *usage, said = answer.err.splitlines()
    assert MISUSED[line] in said
    assert "hostdesk" in "".join(usage)
    assert "Traceback" not in answer.err
    assert contents(at_room.file.parent) == before


def test_nothing_to_undo(room_file: Path, home: Path) -> None:
    before = contents(room_file.parent)
    answer = Room(room_file, home)("undo")
    assert answer.code == 1
    assert answer.sentence.startswith("Er is niets")
    assert contents(room_file.parent) == before


def test_an_english_room_answers_in_english(tmp_path: Path, home: Path, clock: FakeClock) -> None:
    file = tmp_path / "room.db"
    rooms.create(file, name="The Living Room", language="en", timezone="Europe/Amsterdam")
    connection.close()
    english = hostdesk("--db", file, "count", "0", home=home, LANG="nl_NL.UTF-8", LANGUAGE="nl")
    assert english.sentence == "Between 1 and 500 people can come in at once, not 0."


def test_a_dutch_room_answers_in_dutch(at_room: Room) -> None:
    assert at_room("count", "0", LANGUAGE="en").sentence.startswith("Er kunnen 1 tot 500")
    assert "bezoeken" in at_room("count", "2").out


def test_the_database_is_named_before_after_or_around(counted: Path, home: Path) -> None:
    def named(*line: object, by_environment: str = "") -> str:
        answer = hostdesk(*line, home=home, HOSTDESK_DB=by_environment)
        assert answer.code == 0, answer.err
        return str(json.loads(answer.out)["room"])

    room = "De Huiskamer"
    assert named("--db", counted, "today", "--json") == room
    assert named("today", "--json", "--db", counted) == room
    assert named("today", f"--db={counted}", "--json") == room
    assert named("today", "--json", by_environment=str(counted)) == room
    assert named("today", "--json", "--db", counted, by_environment="/nowhere/at/all.db") == room


@pytest.mark.parametrize("chosen", ["", "~nobody-of-that-name/room.db"])
def test_without_a_database_the_way_to_one_is_said(home: Path, chosen: str) -> None:
    answer = hostdesk("count", home=home, HOSTDESK_DB=chosen)
    assert answer.code == 1
    assert "hostdesk init" in answer.sentence
    assert contents(home) == {}


def test_no_terminal_no_desk(at_room: Room) -> None:
    answer = at_room()
    assert answer.code == 2
    assert "terminal" in answer.sentence
    assert "hostdesk count" in answer.sentence


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_show_nothing_gets_a_sentence(counted: Path, home: Path, term: str) -> None:
    ours, its = pty.openpty()
    try:
        environment = {**os.environ, "TERM": term, "HOME": str(home)}
        asked = subprocess.Popen(
            [*PROGRAM, "--db", str(counted)], stdin=its, stdout=its, stderr=its, env=environment
        )
        assert asked.wait(20) == 2
        said = os.read(ours, 10_000).decode()
    finally:
        os.close(ours)
        os.close(its)
    assert f"(TERM={term})" in said and "hostdesk count" in said
    assert "\x1b" not in said


@pytest.mark.parametrize("line", [("today",), ("today", "--json"), ("check",), ("count", "2"), ("--help",)])
def test_whoever_stops_reading_sees_no_traceback(at_room: Room, line: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*PROGRAM, "--db", str(at_room.file), *line],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            timeout=30,
            check=False,
        )
    finally:
        os.close(writer)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr and "hostdesk:" not in done.stderr, done.stderr
