"""Two shifts in a real terminal: what the first writes, asks and leaves, the next reads and settles."""

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.roster.shell import shell
from tests.terminal import HOSTDESK, Terminal

NEXT_DAY = (
    sys.executable,
    "-c",
    """
import sys
from datetime import timedelta
from db import clock
from hostdesk.cli import main

class NextDay(clock.SystemClock):
    def now(self):
        return super().now() + timedelta(days=1)

    def since_boot(self):
        return super().since_boot() + timedelta(days=1)

clock.use(NextDay())
sys.exit(main())
""",
)
"""The same program on a machine that stayed on for a day."""

DESK = {"HOSTDESK_BY": "balie"}
"""Every shift counts, writes and reads under one account there."""


def hours(file: Path, **program: Any) -> dict[str, float]:
    """Everybody's hours on the roster, as other programs get them."""
    days = "--from", "gisteren", "--to", "vandaag"
    shifts = json.loads(shell(file, "roster", "--json", *days, **program))["shifts"]
    duties = [duty for shift in shifts for duty in shift["duties"] if duty["confirmed"] or duty["absent"]]
    return {duty["person"]: duty["hours"] for duty in duties}


def is_monday(file: Path, **program: Any) -> bool:
    """Whether another week begins in the room today."""
    today = json.loads(shell(file, "today", "--json", **program))["date"]
    return date.fromisoformat(today).isoweekday() == 1


def writes(desk: Terminal, text: str, kind: str, keys: int) -> None:
    desk.press("l")
    desk.wait("Een aantekening in het logboek")
    desk.press(text, *["tab"] * keys, "enter")
    desk.wait(f"In het logboek: {kind}")


def test_from_one_shift_to_the_next(room_at_noon: Path) -> None:
    with Terminal([*HOSTDESK, "--db", str(room_at_noon)], env=DESK) as desk:
        desk.wait("bezoeken vandaag")
        desk.press("b")
        desk.wait("Begin van de dienst")
        desk.press("s")
        desk.wait("Wie valt in voor Karim")
        assert "( ) Karim" not in desk.text, "who does not come can't stand in"
        desk.press("down", "8", "enter")
        desk.wait("valt in voor Karim · is er?")
        desk.press("enter")
        desk.wait("De dienst is begonnen: Anja, Nadia.")
        desk.send("3+")
        desk.wait("Laatste: +3")

        writes(desk, "de sleutel lag bij de bakker", "bijzonderheden", 0)
        writes(desk, "koffiezetter lekt", "kapot", 2)
        writes(desk, "ruzie om de sjoelbak", "incident", 1)
        desk.press("f4")
        desk.wait("ruzie om de sjoelbak")
        desk.press("down", "a")
        desk.wait("over: kapot: koffiezetter lekt")
        desk.press("Wie maakt dat?", "enter")
        desk.wait("? advies gevraagd")

        desk.press("f2")
        desk.wait("bezoeken vandaag")
        desk.press("s")
        desk.wait("stap 1 van 7")
        desk.press("enter")
        desk.wait("3 notities van deze dienst")
        desk.press("enter")
        desk.wait("Alles gaat door naar de volgende dienst")
        desk.press("enter")
        desk.wait("stap 5 van 7")
        desk.press("enter")
        desk.wait("stap 6 van 7")
        desk.press("enter")
        desk.wait("stap 7 van 7")
        desk.press("enter")
        desk.wait("De dienst is afgesloten.")
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0

    with Terminal([*NEXT_DAY, "--db", str(room_at_noon)], env=DESK) as desk:
        desk.wait("! Voor deze dienst: 2 te lezen")
        desk.press("b")
        desk.wait("er was een incident; de coördinator weet ervan")
        desk.wait("koffiezetter lekt")
        desk.press("g")
        desk.wait("Er is niets te lezen.")
        desk.press("f4")
        desk.wait("2 open punten")
        desk.press("e")
        desk.wait("Alleen Anja of Nadia kan hier meer over zeggen")  # why it can't be said better
        desk.press("down", "enter")
        desk.wait("koffiezetter lekt")
        desk.press("nieuwe slang", "enter")
        desk.wait("1 open punt")
        desk.press("/", "sjoelbak")
        desk.wait("Er is niets gevonden.")
        desk.press("escape")
        desk.wait("de sleutel lag bij de bakker")
        desk.press("f2")
        desk.wait("bezoeken vandaag")
        desk.send("2+")
        desk.wait("Laatste: +2")
        desk.press("s")
        desk.wait("stap 1 van 7")
        desk.press(".")
        desk.wait("stap 3 van 7")
        desk.press(".")
        desk.wait("Alles gaat door naar de volgende dienst")
        desk.wait("er was een incident; de coördinator weet ervan")
        desk.press("f5")
        desk.wait("Rooster")
        if is_monday(room_at_noon, program=NEXT_DAY):  # the day before stands among the weeks before
            desk.press("<", "end")
        desk.wait("bevestigd")
        said = dict(re.findall(r"(Anja|Nadia) .* ([\d,]+) uur, bevestigd", desk.text))
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0
        assert "sjoelbak" not in desk.output.decode().replace("Zoek: sjoelbak", "")

    told = hours(room_at_noon, program=NEXT_DAY)
    assert {name: float(n.replace(",", ".")) for name, n in said.items()} | {"Karim": 0.0} == told
    assert told["Anja"] == told["Nadia"] == pytest.approx(4.5, abs=0.6), "until it was closed"
    points = [
        (entry["kind"], entry["follow_up"]) for entry in json.loads(shell(room_at_noon, "log", "--json"))
    ]
    assert points == [("incident", "open"), ("broken", "done"), ("particulars", None)]
