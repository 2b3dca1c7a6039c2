"""What is durable is never called unsaved: who reads that counts again, and twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db import connection, days
from db.errors import Busy
from tests.commands.test_door import Run, run

__all__ = ["run"]

PROGRAM = (sys.executable, "-m", "hostdesk")
COUNTED = [("count", "2"), ("leave", "2"), ("headcount", "2"), ("undo",)]


def visits(file: Path) -> int:
    """What the ledger says."""
    connection.open(file)
    return days.today().visits


def visits_now(file: Path) -> int:
    """What another process, on the machine's own clock like the one that counted, says of today."""
    command = [*PROGRAM, "today", "--json", "--db", str(file)]
    return int(json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["visits"])


def last_is(file: Path) -> str:
    """The newest kind in the ledger."""
    connection.open(file)
    last = days.today().last
    assert last is not None
    return str(last.kind)


@pytest.mark.parametrize("trouble", [Busy(path="x"), RuntimeError("a bug in reading")])
def test_a_day_that_cannot_be_read_after_a_count_does_not_undo_the_count(
    run: Run, room_file: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def cannot() -> None:
        raise trouble

    with monkeypatch.context() as patched:
        patched.setattr(days, "today", cannot)
        code, out, err = run("count", "2")
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert "+2" in out and "opgeslagen" in out
    assert visits(room_file) == 2


@pytest.mark.parametrize("line", COUNTED)
def test_nobody_reads_the_answer(room_file: Path, line: tuple[str, ...]) -> None:
    """As in `hostdesk count | true`."""
    subprocess.run([*PROGRAM, "count", "5", "--db", str(room_file)], check=True, capture_output=True)
    code, err = with_stdout(closed_pipe(), *line, "--db", str(room_file))
    assert (code, err) == (0, "")
    kinds = {"count": "arrival", "leave": "departure"}
    assert last_is(room_file) == kinds.get(line[0], line[0])


@pytest.mark.parametrize("line", [("today",), ("today", "--json"), ("check",), ("--help",), ("undo", "-h")])
def test_whoever_reads_only_a_part_is_not_told_that_it_went_wrong(
    room_file: Path, line: tuple[str, ...]
) -> None:
    """As in `hostdesk today | head -1`."""
    assert with_stdout(closed_pipe(), *line, "--db", str(room_file)) == (0, "")


def test_an_answer_that_cannot_be_written_leaves_the_count_counted(room_file: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    assert with_stdout(full, "count", "2", "--db", str(room_file)) == (0, "")
    assert visits_now(room_file) == 2


def test_without_any_output_a_count_is_a_count(room_file: Path) -> None:
    shell = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&- 2>&-', "sh", *PROGRAM, "count", "2", "--db", str(room_file)],
        check=False,
    )
    assert shell.returncode == 0
    assert visits_now(room_file) == 2


def test_json_stays_json_in_any_encoding(room_file: Path) -> None:
    said = subprocess.run(
        [*PROGRAM, "today", "--json", "--db", str(room_file)],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert json.loads(said.stdout)["visits"] == 0


def closed_pipe() -> int:
    """The writing end of a pipe that nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def with_stdout(stdout: int, *line: str) -> tuple[int, str]:
    """Run a command that writes there; its exit code and what stands on stderr."""
    try:
        done = subprocess.run(
            [*PROGRAM, *line], stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    finally:
        os.close(stdout)
    return done.returncode, done.stderr


def test_an_answer_that_cannot_be_written_is_said(room_file: Path) -> None:
    with Path("/dev/full").open("w") as full:
        asked = [*PROGRAM, "today", "--db", str(room_file)]
        done = subprocess.run(asked, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "hostdesk: Het is gedaan, maar het antwoord kon niet worden geschreven.\n"
