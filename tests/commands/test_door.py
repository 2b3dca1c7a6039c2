"""Counting from the shell: what is printed, what other programs read, how it ends."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db import connection, days
from hostdesk import cli
from tests.clocks import FakeClock, at

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(room_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the room; its exit code and what it printed."""
    monkeypatch.setenv("LANGUAGE", "")  # the command line speaks through it, and would leave it behind
    monkeypatch.setenv("HOSTDESK_DB", str(room_file))

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.main(arguments)
        except SystemExit as end:  # argparse's own
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def facts(run: Run) -> dict[str, object]:
    """What another program reads."""
    code, out, err = run("today", "--json")
    assert (code, err) == (0, "")
    read: dict[str, object] = json.loads(out)
    return read


def test_a_new_rooms_day(run: Run) -> None:
    assert facts(run) == {
        "date": "2026-11-23",
        "room": "De Huiskamer",
        "open": True,
        "visits": 0,
        "volunteers": 0,
        "first_visits": 0,
        "present": None,
        "participations": 0,
        "last": None,
        "hours": {},
    }


def test_a_days_facts(run: Run, clock: FakeClock) -> None:
    run("count", "5", "--first-time")
    run("count", "--volunteer")
    run("headcount", "12")
    clock.go_on_until(at("2026-11-23 15:01:30"))
    run("count")
    run("leave", "3")
    run("count", "4", "--reason", "eten")
    run("undo")

    assert facts(run) == {
        "date": "2026-11-23",
        "room": "De Huiskamer",
        "open": True,
        "visits": 6,
        "volunteers": 1,
        "first_visits": 5,
        "present": 10,
        "participations": 0,
        "last": {"at": "2026-11-23T15:01:30+01:00", "kind": "undo", "n": 4},
        "hours": {"14": 5, "15": 1},
    }


@pytest.mark.parametrize(
    ("arguments", "kind", "n"),
    [
        (("count", "2"), "arrival", 2),
        (("count", "--volunteer", "3"), "arrival", 3),
        (("leave",), "departure", 1),
        (("headcount", "0"), "headcount", 0),
        (("undo",), "undo", 7),
    ],
)
def test_the_last_action(run: Run, arguments: tuple[str, ...], kind: str, n: int) -> None:
    run("count", "7")
    assert run(*arguments)[0] == 0

    assert facts(run)["last"] == {"at": "2026-11-23T14:07:00+01:00", "kind": kind, "n": n}


def test_after_midnight_of_an_evening_shift(run: Run, room_file: Path, clock: FakeClock) -> None:
    from datetime import date

    from db import room as rooms

    connection.open(room_file)
    rooms.change_hours([rooms.Hours(1, "20:00", "01:00")], date(2026, 11, 23))
    connection.close()
    clock.go_on_until(at("2026-11-24 00:30"))
    run("count", "2")

    told = facts(run)
    assert (told["date"], told["open"], told["hours"]) == ("2026-11-23", True, {"0": 2})


@pytest.mark.parametrize(
    "arguments",
    [
        ("count", "0"),
        ("count", "-3"),
        ("count", "1000000"),
        ("leave", "0"),
        ("headcount", "-1"),
        ("undo",),
        ("count", "--reason", "koffie"),
        ("count", "--volunteer", "--first-time"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)

    assert (code, out) == (1, "")
    assert err.startswith("hostdesk: ")
    assert err.count("\n") == 1
    assert facts(run)["last"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("count", "x"),
        ("count", "1.5"),
        ("count", "1_0"),
        ("count", "٣"),
        ("count", "1", "2"),
        ("count", "--bogus"),
        ("headcount",),
        ("leave", ""),
        ("dance",),
        ("today", "--js"),
    ],
)
def test_what_is_no_command_is_usage(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err
    assert facts(run)["last"] is None


@pytest.mark.parametrize("command", ["count", "leave", "headcount", "undo", "today"])
def test_help_has_an_example_that_works(run: Run, command: str) -> None:
    run("count", "2")
    code, out, err = run(command, "--help")
    example = next(line.strip() for line in out.splitlines() if line.startswith("  hostdesk "))

    assert (code, err) == (0, "")
    assert run(*example.split()[1:])[0] == 0


def test_what_was_done_is_said_in_one_line(run: Run) -> None:
    code, out, err = run("count", "5")

    assert (code, err, out.count("\n")) == (0, "", 1)
    assert "+5" in out
    assert "14:07" in out
    assert "\x1b" not in out


def test_the_day_in_plain_text(run: Run) -> None:
    run("count", "5")
    run("headcount", "4")
    run("count", "2")
    code, out, err = run("today")

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0].startswith("De Huiskamer · ")
    assert any("7" in line for line in lines)
    assert "  14:00  7" in lines
    assert "\x1b" not in out


def test_a_clock_in_doubt_is_said_but_counting_goes_on(run: Run, clock: FakeClock) -> None:
    run("count")
    clock.reboot(says=at("2026-11-20 10:00"))

    code, out, err = run("count", "2")
    assert (code, out.count("\n"), err.count("\n")) == (0, 1, 1)
    assert facts_with_warning(run)["visits"] == 3


def facts_with_warning(run: Run) -> dict[str, object]:
    """The facts stay readable for a program, whatever is said to people."""
    code, out, err = run("today", "--json")
    assert code == 0
    assert err.count("\n") == 1
    read: dict[str, object] = json.loads(out)
    return read


def test_no_room_yet(run: Run, tmp_path: Path) -> None:
    code, out, err = run("count", "--db", str(tmp_path / "none.db"))

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert not (tmp_path / "none.db").exists()


def test_a_bystander_sees_what_was_counted_here(run: Run, room_file: Path, clock: FakeClock) -> None:
    command = [sys.executable, "-m", "hostdesk", "count", "3", "--db", str(room_file)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr

    connection.open(room_file)
    last = days.today().last
    assert last is not None
    assert last.n == 3
    assert not list(room_file.parent.glob("*.log"))


def test_the_last_action_of_another_day_says_which(run: Run, clock: FakeClock) -> None:
    run("count")
    clock.go_on(days=4)
    assert "Laatste: +1 om ma 14:07" in run("today")[1].splitlines()
