"""Two shifts in a real terminal: what the first one met is read by the next, and the hours are the same."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import clock, connection, people, roster
from db import room as rooms
from db.room import Hours
from db.states import PersonKind
from tests.durability import noon
from tests.terminal import HOSTDESK, Terminal

NEXT_MORNING = 21
"""Hours after noon: an hour after the door opens."""

DESK = {"HOSTDESK_BY": "balie"}


def machine(hours: int = 0) -> list[str]:
    """The program on that machine, so many hours from now."""
    return [sys.executable, "-m", "tests.shifts.later", str(hours)] if hours else [*HOSTDESK]


def read(file: Path, *words: str, hours: int = NEXT_MORNING) -> Any:
    """What other programs get."""
    command = [*machine(hours), *words, "--json", "--db", str(file)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A room that is open from eight to two, where it is about noon.

    Karim and Nadia are on the roster today, Joke is tomorrow; Piet is one of the house.
    """
    made = tmp_path / "room.db"
    noon.create(made)
    connection.open(made)
    rooms.change_hours([Hours(weekday, "08:00", "14:00") for weekday in range(1, 8)], date.min)
    today = rooms.day_of(rooms.current(), clock.now())
    known = {name: people.add(name).id for name in ("Karim", "Nadia", "Joke", "Piet")}
    people.add("Truus", kind=PersonKind.COORDINATOR)
    for name, day in (("Karim", today), ("Nadia", today), ("Joke", today + timedelta(days=1))):
        roster.plan(known[name], day)
    connection.close()
    return made


def begins_with_a_stand_in(desk: Terminal) -> None:
    """Two keys begin it; Nadia is ill, and Piet comes."""
    desk.wait("zijn er: Karim, Nadia?")
    desk.send("b")
    desk.wait("Wie er is")
    desk.press("2")
    desk.wait("→ Nadia")
    desk.send("s")
    desk.wait("Wie valt in voor Nadia")
    desk.press("p", "enter")
    desk.wait("valt in voor Nadia")
    desk.press("enter")
    desk.wait("De dienst is begonnen: Karim, Piet.")


def writes(desk: Terminal, text: str, *keys: str, kind: str) -> None:
    """A note from the desk; the kind by the keys."""
    desk.press("l")
    desk.wait("Geen namen, geen ziekte, geen schulden.")
    desk.press(text, *keys, "enter")
    desk.wait(f"In het logboek: {kind}")


def asks_advice(desk: Terminal) -> None:
    """About what is broken, from its note."""
    desk.press("f4")
    desk.wait("→ 1")
    desk.press("2")
    desk.wait("      koffiezetter lekt")
    desk.send("a")
    desk.wait("over: kapot: koffiezetter lekt")
    desk.press("Wie maakt dat?", "enter")
    desk.wait("advies gevraagd")
    desk.press("f2")
    desk.wait("bezoeken vandaag")


def closes(desk: Terminal) -> None:
    """One pass; Karim left at eleven."""
    desk.press("0-")
    desk.wait("stap 1 van 7")
    desk.press("enter")
    desk.wait("stap 3 van 7")
    desk.press("enter")
    desk.wait("stap 4 van 7")
    desk.press("enter")
    desk.wait("stap 5 van 7")
    desk.press("2", "enter", "down", "down", "11", "enter")
    desk.wait("3 uur, bevestigd")
    desk.press("8", "enter")
    desk.wait("stap 6 van 7")
    desk.press(".")
    desk.wait("stap 7 van 7")
    desk.press("enter")
    desk.wait("De dienst is afgesloten. Overgeslagen")


def reads_what_was_left(desk: Terminal) -> None:
    """It stands there before anything else, and hides no counter; the incident is not for this shift."""
    desk.wait("Voor deze dienst: 3 te lezen · zijn er: Joke?")
    desk.wait("bezoeken vandaag")
    desk.send("b")
    for part in ("Overgeslagen: de controlelijst.", "koffiezetter lekt", "melk is op", "er was een incident"):
        desk.wait(part)
    assert "ruzie" not in desk.text
    desk.press("enter")
    desk.wait("De dienst is begonnen: Joke.")
    desk.send("g")
    desk.wait("Joke heeft het gelezen: 3 aantekeningen.")


def deals_with_one(desk: Terminal) -> None:
    """The answer of the professional stands beside the note; what is done needs a line."""
    desk.press("f4")
    desk.wait("er was een incident")
    assert "nieuw" not in desk.text, "who is here has read it"
    desk.press("2")
    desk.wait("! Bel de klusdienst. · Els")
    desk.press("enter")
    desk.wait("Hoe afgehandeld?")
    desk.press("nieuwe slang", "enter")
    desk.wait("kapot · afgehandeld")
    assert "ruzie" not in desk.text


def on_the_roster(desk: Terminal) -> dict[str, float]:
    """Everybody whose hours are confirmed, as the roster's screen has it."""
    desk.press("f5")
    desk.wait("dienst afgesloten")
    said = re.findall(r"^ +(\w+) .* ([0-9,]+) uur, bevestigd$", desk.text, re.MULTILINE)
    return {name: float(hours.replace(",", ".")) for name, hours in said}


def test_a_shift_and_the_one_after_it(file: Path) -> None:
    with Terminal([*machine(), "--db", str(file)], env=DESK) as desk:
        begins_with_a_stand_in(desk)
        desk.send("5+")
        desk.wait("Laatste: +5")
        writes(desk, "melk is op", "tab", "tab", "tab", kind="tekort")
        writes(desk, "koffiezetter lekt", "tab", "tab", kind="kapot")
        writes(desk, "ruzie bij de deur", "tab", kind="incident")
        asks_advice(desk)
        closes(desk)
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0

    [asked] = read(file, "advice")
    assert (asked["entry"], asked["title"]) == (2, "koffiezetter lekt")
    answer = [*machine(NEXT_MORNING), "advise", "1", "Bel de klusdienst.", "--db", str(file)]
    subprocess.run(answer, check=True, capture_output=True, env={**os.environ, "HOSTDESK_BY": "Els"})

    with Terminal([*machine(NEXT_MORNING), "--db", str(file)], env=DESK) as desk:
        reads_what_was_left(desk)
        deals_with_one(desk)
        on_the_screen = on_the_roster(desk)

    first, second = read(file, "roster")["shifts"][:2]
    confirmed = {one["person"]: one["hours"] for one in first["duties"] if one["confirmed"]}
    assert confirmed == on_the_screen
    assert (set(confirmed), confirmed["Karim"]) == ({"Karim", "Piet"}, 3)
    assert (first["state"], second["state"]) == ("closed", "open")
    entries = read(file, "log")
    assert [(one["kind"], one["follow_up"], one["read_by"]) for one in entries] == [
        ("incident", "open", ["Joke"]),
        ("broken", "done", ["Joke"]),
        ("shortage", "open", ["Joke"]),
    ]
    assert [one["text"] for one in entries] == [None, "koffiezetter lekt", "melk is op"]
