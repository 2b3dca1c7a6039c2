"""A day is put right in the shell: its rows, what they should have been, and why."""

import json
from pathlib import Path

import apsw
import pytest

from tests.clocks import FakeClock
from tests.commands.test_door import Run


def said(run: Run, *arguments: str) -> str:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    return out


@pytest.fixture
def yesterday(run: Run, clock: FakeClock) -> None:
    """Five came, and one; somebody looks at it the day after."""
    run("count", "5", "--first-time")
    clock.go_on(minutes=3)
    run("count", "1")
    clock.go_on(days=1)


def test_a_day_is_shown_and_put_right(run: Run, yesterday: None) -> None:
    shown = said(run, "correct", "day", "gisteren").splitlines()
    assert shown[0] == "ma 23 nov 2026"
    assert shown[1].split(maxsplit=1)[1] == "14:07 5 bezoekers kwamen binnen (eerste keer: 5)"
    five, one = (line.split()[0] for line in shown[1:])
    told = said(run, "correct", "change", five, "3", "--why", "het waren er drie")
    assert told == "Verbeterd, op ma 23 nov 2026: 14:07 3 bezoekers kwamen binnen.\n"
    assert "bewaard" in said(run, "correct", "take-back", one, "--why", "de post")
    said(run, "correct", "add", "gisteren", "11", "2", "--why", "laptop uit")
    said(run, "correct", "add", "23-11", "12:00", "1", "--why", "laptop uit", "--volunteers")
    read = json.loads(said(run, "report", "--from", "2026-11-23", "--to", "2026-11-23", "--json"))
    assert read["figures"]["visits"]["value"] == 5
    assert read["figures"]["first_visits"]["value"] == 3
    assert read["figures"]["volunteer_arrivals"]["value"] == 1
    after = said(run, "correct", "day", "23-11")
    assert "telt niet: het waren er drie" in after
    assert "erbij gezet: laptop uit" in after


def test_other_programs_read_it(run: Run, yesterday: None) -> None:
    row = json.loads(said(run, "correct", "day", "23-11", "--json"))[1]["row"]
    said(run, "correct", "take-back", str(row), "--why", "de post")
    first, second = json.loads(said(run, "correct", "day", "23-11", "--json"))
    assert (first["n"], first["kind"], first["counts"], first["taken_back"]) == (5, "arrival", True, None)
    assert second["counts"] is False
    assert second["taken_back"]["why"] == "de post"


def test_for_a_program_a_reason_is_whole_and_inert(run: Run, yesterday: None, room_file: Path) -> None:
    row = json.loads(said(run, "correct", "day", "23-11", "--json"))[1]["row"]
    said(run, "correct", "take-back", str(row), "--why", "de post")
    evil = "de\x9b31m \u202epost"
    writer = apsw.Connection(str(room_file))  # past all rules, as another program could
    writer.execute("UPDATE correction SET why = ?", (evil,))
    writer.close()
    out = said(run, "correct", "day", "23-11", "--json")
    assert out.isascii()
    assert json.loads(out)[1]["taken_back"]["why"] == evil


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("change", "1", "5", "--why", "x"), 1),  # that number stands there already
        (("change", "999", "5", "--why", "x"), 1),
        (("change", "1", "4", "--why", " "), 1),
        (("change", "1", "4"), 2),
        (("take-back", "abc", "--why", "x"), 2),
        (("add", "32-11", "12", "1", "--why", "x"), 1),
        (("add", "23-11", "25", "1", "--why", "x"), 1),
        (("add", "vandaag", "23:30", "1", "--why", "x"), 1),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_changes(
    run: Run, yesterday: None, line: tuple[str, ...], code: int
) -> None:
    before = said(run, "correct", "day", "23-11")
    refused, out, err = run("correct", *line)
    assert (refused, out) == (code, "")
    assert err
    assert said(run, "correct", "day", "23-11") == before


def test_a_day_without_counts_says_so(run: Run) -> None:
    assert "Aan de deur is niets geteld." in said(run, "correct", "day", "22-11")
