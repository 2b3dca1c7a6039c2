"""Whatever stands in a file or an argument, a terminal gets text, and in an encoding that it has."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from db.text import visible
from tests.commands.test_door import Run, run

__all__ = ["run"]

PROGRAM = (sys.executable, "-m", "hostdesk")

EVIL = {
    "a window title": "Za\x1b]0;gone\x07al",
    "C1": "Za\x9b31mal",
    "right to left": "Za\u202eal",
    "isolates": "Za\u2066al",
    "NUL": "Za\x00al",
    "a line of its own": "Za\nhostdesk: al",
    "half a character": "Za\udc9bal",
}
INERT = set(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x2000)))) | set("\n·×–…→“”")


def called(file: Path, name: str) -> None:
    """Write a room's name past all rules, as another program could."""
    writer = apsw.Connection(str(file))
    raw = name.encode("utf-8", "surrogateescape")
    writer.execute("UPDATE room SET name = CAST(? AS TEXT)", (raw,))
    writer.close()


@pytest.mark.parametrize("name", [name for name in EVIL.values() if "\udc9b" not in name])
def test_a_rooms_name_is_inert(run: Run, room_file: Path, name: str) -> None:
    called(room_file, name)
    code, out, err = run("today")
    assert (code, err) == (0, "")
    assert set(out) <= INERT
    assert out.splitlines()[0].startswith("Za") and "al" in out.splitlines()[0]


@pytest.mark.parametrize("command", ["today", "report"])
@pytest.mark.parametrize("name", ["Za\x1b]0;gone\x07al", "Za\x9b31mal", "Za\u202eal"])
def test_for_a_program_a_rooms_name_is_whole_and_inert(
    run: Run, room_file: Path, name: str, command: str
) -> None:
    called(room_file, name)
    _, out, _ = run(command, "--json")
    assert set(out) <= INERT
    assert json.loads(out)["room"] == name


@pytest.mark.parametrize("evil", [text for text in EVIL.values() if "\x00" not in text])  # no argument has it
@pytest.mark.parametrize(
    "line",
    [
        ("count", "--reason"),
        ("today", "--db"),
        ("init", "--name", "x", "--db", "new.db", "--timezone"),
        ("init", "--name", "x", "--db", "new.db", "--language"),
        ("restore",),
        ("count",),
        ("today",),
        (),
    ],
)
def test_what_is_said_of_an_argument_is_inert(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...], evil: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*line, evil)
    assert code in {1, 2}
    assert out == ""
    assert set(err) <= INERT
    if code == 1:
        assert err.count("\n") == 1


def test_text_is_left_as_it_is() -> None:
    text = "  14:00  7 · Café ’t Zaal – “één” … 日本"
    assert visible(text) == text


@pytest.mark.parametrize("line", [("today",), ("count", "2"), ("--help",), ("count", "x"), ("check",)])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_encoding_without_our_signs_fails_nothing(
    room_file: Path, line: tuple[str, ...], encoding: str
) -> None:
    called(room_file, "Café → Zaal")
    done = subprocess.run(
        [*PROGRAM, *line, "--db", str(room_file)],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert done.returncode == (2 if line == ("count", "x") else 0), done.stderr
    assert b"should not" not in done.stderr and b"niet mag" not in done.stderr


def at_a_terminal(file: Path, **environment: str) -> tuple[int, str]:
    """Open the desk at a terminal; its exit code, and what it wrote."""
    ours, its = pty.openpty()
    try:
        opened = subprocess.Popen(
            [*PROGRAM, "--db", str(file)],
            stdin=its,
            stdout=its,
            stderr=its,
            env={**os.environ, "TERM": "xterm", **environment},
        )
        code = opened.wait(20)
        return code, os.read(ours, 10_000).decode()
    finally:
        os.close(ours)
        os.close(its)


def test_a_desk_that_could_not_be_drawn_is_refused_in_a_sentence(room_file: Path) -> None:
    code, said = at_a_terminal(room_file, PYTHONIOENCODING="latin-1")
    assert code == 2
    assert "UTF-8" in said and "hostdesk count" in said
    assert "\x1b" not in said
