"""The first run in a real terminal."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.terminal import HOSTDESK, Terminal


def test_a_bare_machine_ends_at_a_desk_that_counts(tmp_path: Path) -> None:
    file = tmp_path / "data" / "room.db"
    with Terminal([*HOSTDESK, "--db", str(file)], env={"LC_ALL": "nl_NL.UTF-8"}) as terminal:
        terminal.wait("Naam")
        # All at once, as a poor line delivers it: each letter still ends up where it belongs.
        terminal.send("De Huiskamer\r\r10-12, 14-17\r\r")
        terminal.wait("10:00-12:00, 14:00-17:00")
        terminal.press("f2")
        terminal.wait("bezoeken vandaag")
        terminal.send("5+")
        terminal.wait("Laatste: +5")
        terminal.press("ctrl+q")
        assert terminal.wait_for_exit() == 0
    said = subprocess.run(
        [*HOSTDESK, "today", "--json", "--db", str(file)], check=True, capture_output=True, text=True
    )
    facts = json.loads(said.stdout)
    assert (facts["room"], facts["visits"]) == ("De Huiskamer", 5)


@pytest.mark.parametrize(("term", "colour"), [("linux", None), ("vt100", None), ("xterm-256color", "1")])
def test_it_can_be_used_on_any_terminal(tmp_path: Path, term: str, colour: str | None) -> None:
    env = {"LC_ALL": "en_GB.UTF-8", "NO_COLOR": colour}
    with Terminal([*HOSTDESK, "--db", str(tmp_path / "x.db")], size=(64, 20), term=term, env=env) as terminal:
        terminal.wait("→ Name of the room")
        terminal.press("ctrl+q")
        assert terminal.wait_for_exit() == 0
    assert not list(tmp_path.iterdir())
