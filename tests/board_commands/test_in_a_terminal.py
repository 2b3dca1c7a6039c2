"""One thread in a real terminal: from a wish at the desk to what came of it, other processes beside it."""

import json
import re
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import HOSTDESK, Terminal

ROOM = ("--name", "De Huiskamer", "--language", "nl", "--timezone", "Europe/Amsterdam")

Elsewhere = Callable[..., str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "huiskamer.db"


@pytest.fixture
def elsewhere(file: Path) -> Elsewhere:
    """Run a command in another process; what it prints."""

    def run(*arguments: str) -> str:
        command = [*HOSTDESK, *arguments, "--db", str(file)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stderr
        return told.stdout

    run("init", *ROOM)
    return run


def board(elsewhere: Elsewhere) -> Any:
    return json.loads(elsewhere("board", "--json"))


def voices_a_wish(desk: Terminal) -> None:
    desk.wait("De Huiskamer")
    desk.press("w")
    desk.wait("Een wens van een buurtbewoner")
    desk.send("Samen breien")
    desk.press("enter")
    desk.wait("Wens 1 staat op het bord.")


def explores_it(desk: Terminal) -> None:
    desk.press("f3")
    desk.wait(re.compile(r"Samen breien\s+vandaag\s+1× ik ook"))
    desk.send(">")
    desk.wait("“Samen breien”: in verkenning.")


def plans_six_weeks(desk: Terminal, first: date) -> None:
    """A minute past midnight, so that today's session has begun whenever this test runs."""
    desk.send("p")
    desk.wait("Een activiteit plannen")
    desk.wait("1 bijeenkomst,")
    desk.press("enter")
    desk.send(f"{first:%d-%m-%Y}")
    desk.press("enter")
    desk.send("0:01")
    desk.press("enter")
    desk.send("0:02")
    desk.press("enter", "right")
    desk.wait("elke week")
    desk.wait("Keren of ")
    desk.press("enter")
    desk.send("6")
    desk.wait("6 bijeenkomsten,")
    desk.press("f2")
    desk.wait("“Samen breien” is gepland: 6 bijeenkomsten")


def takes_the_number_at_the_desk(desk: Terminal, n: int) -> None:
    desk.press("f2")
    desk.wait(re.compile(r"00:01 Samen breien"))
    desk.send("d")
    desk.wait("Samen breien ·")
    desk.send(f"{n}")
    desk.press("enter")
    desk.wait(f"Samen breien: {n} deelnemers.")


def asks_advice(desk: Terminal) -> None:
    desk.press("f3", "right")
    desk.wait("[Loopt 1]")
    desk.send("a")
    desk.wait("Vraag een professional over: Samen breien")
    desk.send("Wie betaalt de wol?")
    desk.press("enter")
    desk.wait("Vraag 1 is gesteld")


def reads_the_answer(desk: Terminal) -> None:
    desk.wait("Het buurtfonds.", timeout=5)
    desk.send("o")
    desk.wait(re.compile(r"Vraag\s+Wie betaalt de wol\?\s+Advies\s+Het buurtfonds\."))
    desk.press("escape")
    desk.wait("bezoeken vandaag")


def whole_thread(desk: Terminal) -> str:
    """All that the board's screen says about the activity, in a window that is high enough for it."""
    desk.press("f3")
    desk.wait("[Loopt 1]")
    desk.press("enter")
    desk.wait("Activiteit 1")
    desk.resize(80, 60)
    desk.wait("advies gelezen")
    return desk.text


def test_one_thread_from_the_wish_to_how_many_came(file: Path, elsewhere: Elsewhere) -> None:
    with Terminal([*HOSTDESK, "--db", str(file)], env={"HOSTDESK_BY": "Balie"}) as desk:
        voices_a_wish(desk)
        elsewhere("wish", "--me-too", "1")
        explores_it(desk)

        today = date.fromisoformat(board(elsewhere)["wishes"][0]["voiced_at"][:10])
        first = today - timedelta(weeks=3)
        plans_six_weeks(desk, first)

        elsewhere("activity", "attend", "1", "7")
        elsewhere("activity", "attend", "2", "9")
        elsewhere("activity", "cancel", "3", "--reason", "begeleider ziek")
        takes_the_number_at_the_desk(desk, 12)

        asks_advice(desk)
        desk.press("f2")
        desk.wait("bezoeken vandaag")
        assert "Wie betaalt de wol?" in elsewhere("advice")
        elsewhere("advise", "1", "Het buurtfonds.")
        reads_the_answer(desk)

        told = whole_thread(desk)

    for part in (
        "1× ik ook",
        "elke week",
        "3 bijeenkomsten geweest, 28 deelnames",
        "7 deelnames",
        "9 deelnames",
        "12 deelnames",
        "gaat niet door · begeleider ziek",
        "? Wie betaalt de wol?",
        "→ Het buurtfonds.",
        "wens binnen · Balie",
        "advies gelezen · Balie",
    ):
        assert part in told, (part, told)

    read = board(elsewhere)
    [wish], [activity] = read["wishes"], read["activities"]
    assert (wish["text"], wish["state"], wish["me_too"], wish["activities"]) == (
        "Samen breien",
        "running",
        1,
        [1],
    )
    assert (activity["state"], activity["lead"], activity["wishes"]) == ("running", "volunteer", [1])
    assert [(one["starts_at"][:10], one["state"], one["participations"]) for one in activity["sessions"]] == [
        (first.isoformat(), "held", 7),
        ((first + timedelta(weeks=1)).isoformat(), "held", 9),
        ((first + timedelta(weeks=2)).isoformat(), "cancelled", None),
        (today.isoformat(), "held", 12),
        ((first + timedelta(weeks=4)).isoformat(), "planned", None),
        ((first + timedelta(weeks=5)).isoformat(), "planned", None),
    ]
    [asked] = json.loads(elsewhere("advice", "--json"))
    assert (asked["activity"], asked["answer"]) == (1, "Het buurtfonds.")
    assert asked["read_at"]
    day = json.loads(elsewhere("today", "--json"))
    assert (day["participations"], day["visits"]) == (12, 0)
