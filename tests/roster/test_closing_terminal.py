"""A shift in a real terminal, from its first visitor to its end, and a power cut while it is closed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.roster.shell import shell
from tests.terminal import HOSTDESK, Terminal


def shift_of_today(file: Path) -> dict[str, Any]:
    """The shift, as other programs get it."""
    [shift] = json.loads(shell(file, "shift", "show", "--json"))["shifts"]
    return dict(shift)


def test_a_shift_is_closed_though_the_plug_was_pulled_half_way(room_at_noon: Path) -> None:
    desk = [*HOSTDESK, "--db", str(room_at_noon)]
    with Terminal(desk) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("5+")
        terminal.wait("Laatste: +5")
        terminal.press("l", "koffiezetter lekt", "tab", "tab", "enter")
        terminal.wait("In het logboek: kapot")
        terminal.press("s")
        terminal.wait("stap 1 van 7")
        terminal.press("enter")
        terminal.wait("stap 3 van 7")  # there are no sessions
        terminal.press(".")
        terminal.wait("stap 4 van 7")
        terminal.kill()

    with Terminal(desk) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("0-")
        terminal.wait("stap 4 van 7")
        terminal.wait("koffiezetter lekt")
        terminal.press("2", "enter", "nieuwe slang", "enter")
        terminal.wait("stap 5 van 7")
        terminal.press("2", "enter", "down", "down", "11", "enter")
        terminal.wait("3 uur, bevestigd")
        terminal.send("+")
        terminal.wait("Laatste: +1")
        terminal.press("8", "enter")
        terminal.wait("stap 6 van 7")
        terminal.press("enter", "enter")
        terminal.wait("De dienst is afgesloten. Overgeslagen")
        terminal.wait("bijzonderheden.")
        terminal.press("ctrl+q")
        assert terminal.wait_for_exit() == 0

    shift = shift_of_today(room_at_noon)
    assert shift["state"] == "closed"
    given = [(duty["person"], duty["hours"], duty["confirmed"]) for duty in shift["duties"]]
    assert given == [("Karim", 3, True), ("Nadia", pytest.approx(4.5, abs=0.6), True)], "she went home then"
    [entry] = json.loads(shell(room_at_noon, "log", "--json"))
    assert (entry["kind"], entry["follow_up"]) == ("broken", "done")
    assert json.loads(shell(room_at_noon, "today", "--json"))["visits"] == 6


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_a_shift_is_closed_by_the_numeric_pad_alone(room_at_noon: Path, size: tuple[int, int]) -> None:
    """All but words: from every form there is a way back and on with digits and + - * / , . Enter."""
    shell(room_at_noon, "note", "koffiezetter lekt", "--kind", "broken")
    with Terminal([*HOSTDESK, "--db", str(room_at_noon)], size=size) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("5+")
        terminal.wait("Laatste: +5")
        terminal.press("0", "enter")
        terminal.wait("Begin van de dienst")
        for opens, form in (("7", "Wie valt in"), ("*", "Wie komt er"), ("6", "Hoe laat komt")):
            terminal.press(opens)
            terminal.wait(form)
            terminal.press("/")
            terminal.wait("* nog iemand")
        terminal.press("0")
        terminal.wait("bezoeken vandaag")
        terminal.press("0", "-")
        terminal.wait("stap 1 van 7")
        terminal.press("enter")
        terminal.wait("stap 3 van 7")
        terminal.press("2", "enter")
        terminal.wait("Een aantekening in het logboek")
        terminal.press("/")
        terminal.press("enter")
        terminal.wait("stap 4 van 7")
        terminal.press("2", "enter")
        terminal.wait("Hoe afgehandeld?")
        terminal.press("/", ".")
        terminal.wait("stap 5 van 7")
        terminal.press("2", "enter")
        terminal.wait("Was Karim er")
        terminal.press("5")
        terminal.wait("“5” doet hier niets")
        terminal.press("+", "*", "8", "3", "-", "*", "1", "1", ",", "3", "0", "enter")
        terminal.wait("3,5 uur, bevestigd")
        terminal.press("+")
        terminal.wait("Laatste: +1")
        terminal.press("8", "enter")
        terminal.wait("stap 6 van 7")
        terminal.press("enter", "enter")
        terminal.wait("De dienst is afgesloten.")
        terminal.press("ctrl+q")
        assert terminal.wait_for_exit() == 0

    given = [
        (duty["person"], duty["hours"])
        for duty in shift_of_today(room_at_noon)["duties"]
        if duty["confirmed"]
    ]
    assert ("Karim", 3.5) in given
    assert json.loads(shell(room_at_noon, "today", "--json"))["visits"] == 6
