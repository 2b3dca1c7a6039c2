"""A figure of a period that is over stays as it is, whatever is done on the board later."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import connection
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run
from tests.figures import recomputed
from tests.figures.recomputed import Rows

NOVEMBER = ("--month", "2026-11")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def values(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run("report", "--json", *arguments)
    assert (code, err) == (0, "")
    return {name: figure["value"] for name, figure in json.loads(out)["figures"].items()}


def raw(file: Path, clock: FakeClock) -> Rows:
    """Every row of the room, for plain Python."""
    connection.open(file)
    rows = Rows(clock.now(), recomputed.in_the_file())
    connection.close()
    return rows


@pytest.fixture
def given_up(run: Run, clock: FakeClock) -> Run:
    """Two wishes of November: one was given up, the other waits."""
    run("wish", "samen breien")
    run("wish", "een moestuin")
    clock.go_on_until(at("2026-11-25 12:00"))
    assert run("move", "w1", "not_feasible", "--reason", "niemand die het kan")[0] == 0
    clock.go_on_until(at("2026-12-03 12:00"))
    return run


def test_a_wish_that_is_taken_up_again_was_given_up_all_the_same(given_up: Run, clock: FakeClock) -> None:
    before = values(given_up, *NOVEMBER)
    assert (before["wishes_not_feasible"], before["wishes_open"]) == (1, 1)
    assert given_up("move", "w1", "exploring")[0] == 0
    assert values(given_up, *NOVEMBER) == before
    december = values(given_up, "--month", "2026-12")
    assert (december["wishes_not_feasible"], december["wishes_open"]) == (0, 2)
    given_up("activity", "add", "Breiclub", "--starts", "2026-12-04 14:00", "--wish", "1")
    clock.go_on_until(at("2026-12-04 17:00"))
    assert given_up("activity", "attend", "1", "6")[0] == 0
    assert values(given_up, *NOVEMBER) == before
    assert values(given_up, "--month", "2026-12")["wishes_fulfilled"] == 1


def test_a_wish_that_is_given_up_later_was_on_its_way(given_up: Run) -> None:
    before = values(given_up, *NOVEMBER)
    given_up("move", "w2", "not_feasible", "--reason", "geen grond")
    assert values(given_up, *NOVEMBER) == before
    december = values(given_up, "--month", "2026-12")
    assert (december["wishes_not_feasible"], december["wishes_open"]) == (1, 0)


def test_what_was_put_back_by_the_end_of_the_period_never_was(run: Run, clock: FakeClock) -> None:
    run("wish", "samen breien")
    run("move", "w1", "not_feasible", "--reason", "vergissing")
    run("move", "w1", "received")
    clock.go_on_until(at("2026-12-03 12:00"))
    found = values(run, *NOVEMBER)
    assert (found["wishes_not_feasible"], found["wishes_open"]) == (0, 1)


def test_plain_python_chooses_from_the_history_as_well(
    given_up: Run, room_file: Path, clock: FakeClock
) -> None:
    given_up("move", "w1", "exploring")
    again, found = recomputed.wishes(raw(room_file, clock), FIRST, LAST), values(given_up, *NOVEMBER)
    assert again == {name: found[name] for name in again}
    assert again["wishes_not_feasible"] == 1


def test_who_leads_an_activity_later_took_nothing_over_before(
    run: Run, room_file: Path, clock: FakeClock
) -> None:
    """A professional led it when the question was asked, and led its sessions: the lead stayed."""
    run("activity", "add", "Koor", "--starts", "2026-11-25 14:00", "--lead", "professional")
    run("ask", "Hoe krijgen we meer stemmen?", "--activity", "1")
    run("advise", "1", "Vraag het in de kerk.")
    clock.go_on_until(at("2026-11-25 17:00"))
    run("activity", "attend", "1", "8")
    clock.go_on_until(at("2026-12-03 12:00"))
    before = values(run, *NOVEMBER)
    assert before["lead_stayed_share"] == 1
    assert run("activity", "change", "1", "--lead", "volunteer")[0] == 0
    assert values(run, *NOVEMBER) == before
    again = recomputed.lead_stayed(raw(room_file, clock), FIRST, LAST)
    assert again == {"lead_stayed_share": 1}


def test_what_is_said_later_of_a_day_that_was_counts_on_that_day(run: Run, clock: FakeClock) -> None:
    """A session of November that is filled in in December: November follows, as after a correction."""
    run("wish", "samen breien")
    run("activity", "add", "Breiclub", "--starts", "2026-11-24 14:00", "--wish", "1")
    clock.go_on_until(at("2026-12-03 12:00"))
    before = values(run, *NOVEMBER)
    assert (before["sessions_held"], before["sessions_unknown"], before["wishes_open"]) == (0, 1, 1)
    assert run("activity", "attend", "1", "6")[0] == 0
    november = values(run, *NOVEMBER)
    assert (november["sessions_held"], november["participations"], november["wishes_fulfilled"]) == (1, 6, 1)
    assert values(run, "--month", "2026-12")["wishes_fulfilled"] == 0
