"""A real OpenSSH server: a coordinator comes in with her key, into the desk, and gets no further."""

import getpass
import re
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from db import connection, people
from db.states import PersonKind
from tests.elsewhere.server import LACKS, Server, serving
from tests.safekeeping.files import row_count
from tests.soak.elsewhere import live
from tests.terminal import Terminal

PATIENCE = 10.0
"""Seconds in which a line that drops has to end."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    if LACKS:
        pytest.skip(LACKS)
    with serving(tmp_path) as server:
        yield server


def test_a_coordinator_comes_in_as_herself(server: Server) -> None:
    assert server.ssh("hostdesk", "count", "2").returncode == 0
    assert server.ssh("hostdesk note 'De lamp is stuk' --kind broken").returncode == 0
    log = server.ssh("hostdesk log --json")
    assert b'"by": "Fatima"' in log.stdout
    assert row_count(server.room) == 1


@pytest.mark.parametrize(
    "asked",
    ["sh", "hostdesk count; touch {here}", "hostdesk --db {here} today", "hostdesk calendar -o {here}"],
)
def test_she_gets_no_further(server: Server, tmp_path: Path, asked: str) -> None:
    here = tmp_path / "theirs"
    done = server.ssh(asked.replace("{here}", str(here)))
    assert done.returncode in {1, 2} and done.stdout == b""
    assert not here.exists()
    assert row_count(server.room) == 0


def test_no_files_go_over_it_and_no_ports(server: Server, tmp_path: Path) -> None:
    ask = server.command()[1:-1]
    where = f"{getpass.getuser()}@127.0.0.1"
    for command in (
        ["ssh", *ask, "-s", where, "sftp"],
        ["ssh", *ask, "-W", f"127.0.0.1:{server.port}", where],
    ):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        assert done.returncode != 0 and b"SSH" not in done.stdout, command


NOT_OF_HER_CHOOSING = {
    "PYTHONINSPECT": "1",  # would end in Python's own prompt
    "PYTHONPATH": "{here}",
    "PYTHONSTARTUP": "{here}/peewee.py",
    "PYTHONWARNINGS": "always",
    "TEXTUAL_DRIVER": "peewee:x",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_LOG": "{here}/log",
    "HOSTDESK_DB": "{here}/x.db",
    "HOSTDESK_BY": "Ibrahim",
    "XDG_DATA_HOME": "{here}",
    "LC_ALL": "../../{here}",
    "LANGUAGE": "../../{here}",
    "PAGER": "sh",
    "EDITOR": "sh",
}


def test_what_she_sets_in_her_environment_changes_nothing(server: Server, tmp_path: Path) -> None:
    """Even where sshd lets all of it in, which it does not by itself."""
    here = tmp_path / "theirs"
    here.mkdir()
    for module in ("peewee", "sitecustomize"):
        (here / f"{module}.py").write_text(f"open('{here}/it_ran', 'w')")
    before = sorted(here.iterdir())
    given = [f"{name}={value.replace('{here}', str(here))}" for name, value in NOT_OF_HER_CHOOSING.items()]
    options = ["-o", "SetEnv=" + " ".join(given)]
    command = server.command("hostdesk note 'De lamp is stuk'", terminal=True)
    with Terminal([command[0], *options, *command[1:]]) as line:
        line.wait("logboek")
        assert line.wait_for_exit() == 0
        assert ">>>" not in line.text
    command = server.command(terminal=True)
    with Terminal([command[0], *options, *command[1:]]) as line:
        line.wait("bezoeken vandaag")
        line.send("+")
        line.wait("+1")
        line.press("ctrl+q")
        assert line.wait_for_exit() == 0
        assert ">>>" not in line.text
    assert sorted(here.iterdir()) == before
    assert row_count(server.room) == 1
    assert b'"by": "Fatima"' in server.ssh("hostdesk log --json").stdout


def test_a_copy_comes_whole_down_the_line(server: Server, tmp_path: Path) -> None:
    server.ssh("hostdesk count 3")
    copy = tmp_path / "copy.db"
    copy.write_bytes(server.ssh("hostdesk backup -").stdout)
    assert row_count(copy) == 1
    with connection.looking_at(copy) as seen:
        assert seen.pragma("integrity_check") == "ok"


def test_all_tables_come_down_the_line(server: Server, tmp_path: Path) -> None:
    server.ssh("hostdesk count 3")
    arrived = tmp_path / "room.zip"
    arrived.write_bytes(server.ssh("hostdesk export -").stdout)
    with zipfile.ZipFile(arrived) as package:
        assert package.testzip() is None
        assert package.read("door.csv").count(b"arrival") == 1
        assert b"Fatima" not in package.read("person.csv")
    done = server.ssh("hostdesk export - --with person.name")
    arrived.write_bytes(done.stdout)
    with zipfile.ZipFile(arrived) as package:
        assert b"Fatima" in package.read("person.csv")
    assert done.stderr.count(b"\n") == 1, "she hears that it names people"


def test_the_desk_is_live_and_a_line_that_drops_ends_it(server: Server) -> None:
    with Terminal(server.command(terminal=True)) as line:
        line.wait("bezoeken vandaag")
        line.send("+")
        line.wait("+1")
        assert row_count(server.room) == 1
        assert server.desks()
        assert _colours(bytes(line.output)), "without --plain-screen there are colours"
    ended = time.monotonic() + PATIENCE
    while server.desks():
        assert time.monotonic() < ended, "the desk outlived its line"
        time.sleep(0.05)
    assert server.ssh("hostdesk count").returncode == 0
    assert row_count(server.room) == 2


def test_roles_hold_on_the_line(server: Server) -> None:
    """The name stands in the forced command, the role in the room: it counts at once when it changes."""
    connection.open(server.room)
    fatima = people.find("Fatima").id
    people.change(fatima, kind=PersonKind.PARTNER)
    connection.close()
    assert server.ssh("hostdesk report").returncode == 0
    for asked in ("hostdesk log", "hostdesk count", "hostdesk backup -", "hostdesk export -"):
        done = server.ssh(asked)
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1), asked
    connection.open(server.room)
    people.end(fatima)
    connection.close()
    assert server.ssh("hostdesk report").returncode == 1
    assert row_count(server.room) == 0


def test_eight_look_along_and_count_and_nothing_is_lost(server: Server) -> None:
    """Each presses while all others do; every screen comes to show what all of them counted."""
    with ExitStack() as stack:
        lines = [stack.enter_context(Terminal(server.command(terminal=True))) for _ in range(8)]
        for line in lines:
            line.wait("bezoeken vandaag", timeout=30)
        lines[0].wait("7 kijken mee")
        for n in range(1, 4):
            for line in lines:
                line.send(f"{n}+")
        lasting = time.monotonic() + 20
        while _visits(server.room) < 8 * (1 + 2 + 3):
            assert time.monotonic() < lasting, _visits(server.room)
            time.sleep(0.05)
        server.ssh("hostdesk note 'Iedereen ziet dit' --kind handover")
        assert _visits(server.room) == 8 * (1 + 2 + 3)
        assert len(server.desks()) == 8
    assert row_count(server.room) == 8 * 3


def _visits(room: Path) -> int:
    """What is on the disk."""
    with connection.looking_at(room) as seen:
        return sum(n for (n,) in seen.execute("SELECT n FROM door WHERE kind = 'arrival'"))


ODD = ["xterm", "screen-256color", "tmux-256color", "linux", "putty", "vt220"]
"""What clients call themselves: PuTTY's default and that of Windows' OpenSSH are xterm's two, then others."""


@pytest.mark.parametrize("term", ODD)
def test_the_desk_on_another_terminal(server: Server, term: str) -> None:
    with Terminal(server.command("hostdesk", "--plain-screen", terminal=True), term=term) as line:
        line.wait("bezoeken vandaag")
        line.send("\x1a")  # ctrl+z leads nowhere
        for size in ((64, 20), (200, 50), (80, 24)):
            line.resize(*size)
        line.send("4+")
        line.wait("+4")
        assert _colours(bytes(line.output)) == set()
    assert row_count(server.room) == 1


def _colours(output: bytes) -> set[bytes]:
    """The colours that were asked for and are no shade of grey; the end may be cut off anywhere."""
    output = output[: output.rfind(b"m") + 1]
    true = {
        b";".join(parts) for parts in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", output) if len({*parts}) > 1
    }
    of_256 = {
        n for n in re.findall(rb"[34]8;5;(\d+)", output) if not (int(n) >= 231 or int(n) in {0, 7, 8, 15, 16})
    }
    of_16 = set(
        re.findall(
            rb"\x1b\[(?:\d+;)*((?:3|4|9|10)[1-6])(?:;\d+)*m", re.sub(rb"[34]8;[25];[\d;]*", b"", output)
        )
    )
    return true | of_256 | of_16


def test_eight_count_beside_the_desk_for_a_while(tmp_path: Path) -> None:
    """The short version of `python -m tests.soak.elsewhere`; memory is watched there."""
    if LACKS:
        pytest.skip(LACKS)
    lived = live(tmp_path, clients=8, seconds=12)
    assert lived.kept == lived.pressed > 50
    assert {*lived.shown} == {lived.kept}
