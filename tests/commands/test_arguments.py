"""A command line means what it says: its subcommand, its database, its numbers."""

import pwd
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from db import connection, days
from hostdesk import commands, words
from hostdesk.arguments import Parser
from tests.commands.test_door import Run, run

__all__ = ["run"]


@pytest.mark.parametrize("name", ["count", "headcount", "today"])
def test_a_database_may_be_called_like_a_command(
    run: Run, room_file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shutil.copy(room_file, room_file.with_name(name))
    monkeypatch.chdir(room_file.parent)
    code, _, err = run("--db", name, "headcount", "5")
    assert (code, err) == (0, "")

    connection.open(Path(name))
    present = days.today().present
    assert present is not None
    assert present.n == 5


def test_the_first_word_is_the_command(run: Run) -> None:
    code, _, err = run("tel", "count")
    assert code == 2
    assert "“tel” bestaat niet; hostdesk --help toont alles" in err
    assert sum(name in err.split() for name in commands.NAMES) <= 1, "one line, and not all that there is"


@pytest.mark.parametrize(
    "line", [("count", "--json"), ("count", "5", "6"), ("activity", "sessions", "1", "--no")]
)
def test_what_a_command_does_not_know_is_said_with_its_own_usage(run: Run, line: tuple[str, ...]) -> None:
    code, out, err = run(*line)
    assert (code, out) == (2, "")
    assert err.startswith(f"gebruik: hostdesk {' '.join(line[: 1 + (line[0] == 'activity')])} ")
    assert f"dit ken ik niet: {line[-1]}" in err


@pytest.mark.parametrize(
    "line",
    [
        ("count", "1_0"),
        ("headcount", "1_0"),
        ("demo", "--no-open", "--days", "1_0"),
        ("demo", "--no-open", "--seed", "٣"),
        ("demo", "--no-open", "--days", " 3"),
    ],
)
def test_a_number_is_written_as_people_write_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    code, out, err = run(*line)
    assert (code, out) == (2, "")
    assert "geen heel getal" in err


def test_the_home_of_somebody_who_is_not_there(run: Run) -> None:
    code, _, err = run("today", "--db", "~nobody-of-that-name/room.db")
    assert code == 1
    assert "~nobody-of-that-name" in err


@pytest.fixture
def homeless(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """An account that is a number and nothing more, as a service may run under: it has no home."""

    def unknown(number: int) -> NoReturn:
        raise KeyError(f"getpwuid(): uid not found: {number}")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "XDG_DATA_HOME", "HOSTDESK_DB"):
        monkeypatch.delenv(name, raising=False)
    return run


@pytest.mark.parametrize(
    "line", ["", "--plain-screen", "today", "init --name Huis", "demo --no-open", "ssh-key list"]
)
def test_an_account_without_a_home_is_asked_where_the_room_is(homeless: Run, line: str) -> None:
    code, _, err = homeless(*line.split())
    assert code == 1
    assert "--db" in err
    assert err.count("\n") == 1


def test_an_account_without_a_home_may_ask_for_help(homeless: Run) -> None:
    code, out, err = homeless("--help")
    assert (code, err) == (0, "")
    assert "count" in out


@pytest.mark.parametrize("line", ["count", "today --json", "note hallo", "backup", "ssh-key list"])
def test_an_account_without_a_home_does_all_in_a_room_that_is_named(
    homeless: Run, room_file: Path, line: str
) -> None:
    code, out, err = homeless("--db", str(room_file), *line.split())
    assert (code, err) == (0, "")
    assert out


def test_what_a_person_fills_in_is_a_word_of_their_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """N is no word; every other place is one, and is never Python's own name for it."""
    monkeypatch.setattr(words, "_language", words._language)
    monkeypatch.setattr(words, "_texts", words._texts)
    monkeypatch.setenv("LANGUAGE", "")

    def places(language: str) -> list[str]:
        words.choose(language)
        taken: list[str] = []
        found = [commands.load(name) for name in commands.NAMES]
        for command in (*found, *(below for one in found for below in one.subcommands)):
            parser = Parser(command.name)
            command.arguments(parser)
            taken += [str(action.metavar) for action in parser._actions if action.nargs != 0]
        return taken

    dutch, english = places("nl"), places("en")
    assert "None" not in dutch
    assert not [pair for pair in zip(dutch, english, strict=True) if pair[0] == pair[1] != "N"]


def test_the_help_says_how_the_desk_is_opened(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert "Zonder opdracht gaat de balie open" in out
    assert max(map(len, out.splitlines())) <= 80
