"""In tmux and in screen, that keep the desk while a line is away; and terminals by whatever name."""

import shutil
from pathlib import Path

import pytest

from tests.durability import noon
from tests.durability.big_digits import number_on
from tests.safekeeping.files import row_count
from tests.terminal import HOSTDESK, Terminal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    noon.create(tmp_path / "room.db")
    return tmp_path / "room.db"


def tmux(place: Path, *words: str) -> list[str]:
    return ["tmux", "-f", "/dev/null", "-S", str(place / "tmux"), *words]


def screen(_place: Path, *words: str) -> list[str]:
    return ["screen", "-c", "/dev/null", "-U", *words]


HOW = {
    "tmux": (tmux, ["new-session", "-s", "desk"], ["attach", "-t", "desk"], b"\x02d", b"\x02r"),
    "screen": (screen, ["-S", "desk"], ["-r", "desk"], b"\x01d", b"\x01\x0c"),
}
"""How each begins, comes back, is left, and draws its terminal anew."""


@pytest.mark.parametrize("which", HOW)
def test_a_desk_that_is_left_and_come_back_to(file: Path, tmp_path: Path, which: str) -> None:
    if not shutil.which(which):
        pytest.skip(f"needs the Debian package {which}")
    of, begins, comes_back, leaves, draws = HOW[which]
    socks = tmp_path / "socks"
    socks.mkdir(mode=0o700)
    env = {"SCREENDIR": str(socks), "LC_ALL": "C.UTF-8", "TMUX": None, "STY": None}
    command = [*HOSTDESK, "--db", str(file)]
    with Terminal(of(tmp_path, *begins, *command), env=env, cwd=Path.cwd()) as line:
        line.wait("bezoeken vandaag")
        line.send("3+")
        line.wait(lambda _screen: number_on(line.lines) == 3)
        for size in ((64, 20), (120, 40), (80, 24)):
            line.resize(*size)
            line.settle()
            line.send(draws)  # what it believes of a terminal that is dragged is not what pyte does
            line.wait("vandaag")
        line.send("1+")
        line.wait(lambda _screen: number_on(line.lines) == 4)
        line.send(leaves)
        line.wait_for_exit()
    with Terminal(of(tmp_path, *comes_back), env=env, size=(100, 30)) as line:
        line.wait("vandaag")
        line.send("2+")
        line.wait(lambda _screen: number_on(line.lines) == 6)
        line.press("f3")
        line.wait("Activiteitenbord")
        line.press("ctrl+q")
        line.wait_for_exit()
    assert row_count(file) == 3


CALLED = ["putty", "putty-256color", "xterm", "vt220", "vt100", "cygwin", "ms-terminal", "linux", "ansi"]
"""PuTTY's own and its default, what Windows' OpenSSH and others send, a console, and names nobody knows."""


@pytest.mark.parametrize("term", CALLED)
def test_a_terminal_by_any_name(file: Path, term: str) -> None:
    with Terminal([*HOSTDESK, "--db", str(file)], term=term, env={"COLORTERM": None}) as desk:
        desk.wait("bezoeken vandaag")
        desk.send("2+")
        desk.wait(lambda _screen: number_on(desk.lines) == 2)
        desk.press("f3")
        desk.wait("Activiteitenbord")
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0


@pytest.mark.parametrize("exported", [{"COLUMNS": "30", "LINES": "8"}, {"COLUMNS": "200", "LINES": "60"}])
def test_how_large_it_is_it_says_itself(file: Path, exported: dict[str, str]) -> None:
    """A shell that exports its size does so once; the window has another one since."""
    with Terminal([*HOSTDESK, "--db", str(file)], env=exported) as desk:
        desk.wait("F1 hulp")
        assert "F1 hulp" in desk.lines[23]
        desk.resize(100, 30)
        desk.wait(lambda _screen: "F1 hulp" in desk.lines[29])


def test_one_that_does_not_know_how_large_it_is_gets_80_by_24(file: Path) -> None:
    """Such as a serial line."""
    with Terminal([*HOSTDESK, "--db", str(file)]) as desk:
        desk.wait("F1 hulp")
        desk._size_pty(0, 0)
        desk.press("f3")
        desk.wait("Activiteitenbord")
        desk.press("f2")
        desk.wait("bezoeken vandaag")
        assert "F1 hulp" in desk.lines[23]


def test_one_that_can_show_no_screen_says_what_to_use(file: Path) -> None:
    with Terminal([*HOSTDESK, "--db", str(file)], term="dumb") as desk:
        assert desk.wait_for_exit() == 2
        assert "hostdesk count" in desk.output.decode() and "\x1b" not in desk.output.decode()
