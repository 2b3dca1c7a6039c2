"""What a visitor asks is hostdesk's own, or it is refused: no shell, no file of theirs, no other room."""

import argparse
import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import connection
from db.errors import NotPossible
from hostdesk import commands, elsewhere, place, words
from hostdesk.arguments import Parser
from hostdesk.commands.command import Command
from tests.commands.test_door import Run, run
from tests.safekeeping.files import contents

__all__ = ["run"]


@pytest.fixture
def visit(run: Run, room_file: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """What a visitor types behind `ssh balie@buurtkamer`, as Fatima."""
    monkeypatch.setenv("HOSTDESK_BY", "")
    run("person", "add", "Fatima", "--kind", "coordinator")

    def visit(*line: str) -> tuple[int, str, str]:
        monkeypatch.setenv(elsewhere.ASKED, line[0])
        return run("--as", "Fatima", "--db", str(room_file))

    return visit


@pytest.mark.parametrize("line", ["hostdesk today", "today", "hostdesk today --json", "'hostdesk' 'today'"])
def test_a_command_of_hostdesk(visit: Run, line: str) -> None:
    code, out, err = visit(line)
    assert (code, err) == (0, "")
    assert "De Huiskamer" in out


def test_what_a_visitor_does_is_theirs(visit: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert visit("hostdesk note 'De lamp is stuk' --kind broken")[0] == 0
    assert place.who() == "Fatima"
    assert '"by": "Fatima"' in visit("hostdesk log --json")[1]


@pytest.mark.parametrize("line", ["calendar -o -", "hostdesk poster --output -", "hostdesk spaceapi -o -"])
def test_what_goes_down_the_line(visit: Run, run: Run, line: str) -> None:
    run("room", "--website", "https://www.example.org/", "--logo", "https://www.example.org/logo.png")
    pytest.importorskip("icalendar")
    code, _, err = visit(line)
    assert (code, err) == (0, "")


REFUSED = [
    "sh -c id",
    "hostdesk count; touch {here}/x",
    "hostdesk today && touch {here}/x",
    "$(touch {here}/x)",
    "`touch {here}/x`",
    "hostdesk today > {here}/x",
    "hostdesk today | tee {here}/x",
    "/usr/lib/openssh/sftp-server",
    "internal-sftp",
    "scp -t {here}",
    "rsync --server . {here}",
    "hostdesk hostdesk today",
    "hostdesk --db {here}/x today",
    "hostdesk --db={here}/x today",
    "hostdesk today --db {here}/x",
    "hostdesk --as Ibrahim today",
    "hostdesk --keys {here}/x today",
    "hostdesk calendar -o {here}/x",
    "hostdesk calendar -o{here}/x",
    "hostdesk calendar --output={here}/x",
    "hostdesk poster -o {here}/x.html",
    "hostdesk backup {here}",
    "hostdesk restore {here}/x",
    "hostdesk init --name X",
    "hostdesk demo --no-open",
    "hostdesk kiosk --print",
    "hostdesk ssh-key list",
    "hostdesk ssh-key add Ibrahim {here}/x.pub",
    "hostdesk 'today",
    "hostdesk today\n id",
    "\0",
]


@pytest.mark.parametrize("line", REFUSED)
def test_what_leads_out_of_hostdesk(visit: Run, room_file: Path, tmp_path: Path, line: str) -> None:
    here = tmp_path / "theirs"
    here.mkdir()
    before = contents(room_file.parent)
    code, out, err = visit(line.replace("{here}", str(here))) if "\0" not in line else _null(line)
    assert code in {1, 2} and out == "" and err
    assert list(here.iterdir()) == []
    assert contents(room_file.parent) == before


def _null(line: str) -> tuple[int, str, str]:
    """The system lets no such thing into an environment."""
    with pytest.raises(NotPossible):
        elsewhere.asked(line)
    return 1, "", "refused"


@given(st.text() | st.text(alphabet="hostdesk -\"'\\;|&$`\n=db as"))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_line_is_words_or_a_sentence(line: str) -> None:
    try:
        found = elsewhere.asked(line)
    except NotPossible:
        return
    assert not [word for word in found if word.split("=")[0] in {"--db", "--as"}]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("hostdesk note zo'n mooie middag", "zo'n mooie middag"),
        ("hostdesk note 's avonds en 's morgens", "'s avonds en 's morgens"),
        ("hostdesk note de foto's van '80 en '90", "de foto's van '80 en '90"),
        ("hostdesk note 'de lamp is  stuk'", "de lamp is  stuk"),
        ('hostdesk note "de foto\'s  van Bram"', "de foto's  van Bram"),
        ("hostdesk note 'zo'\\''n  middag'", "zo'n  middag"),
    ],
)
def test_an_apostrophe_is_no_quotation_mark(line: str, text: str) -> None:
    """The visitor's own shell has taken the quotation marks away; Dutch is full of apostrophes."""
    assert " ".join(elsewhere.asked(line)[1:]) == text


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_words_that_a_program_has_quoted_come_back(words_of: list[str]) -> None:
    assert elsewhere.asked(f"hostdesk note -- {shlex.join(f'x{word}' for word in words_of)}")[2:] == [
        f"x{word}" for word in words_of
    ]


@pytest.mark.parametrize("backups", [True, False])
@pytest.mark.parametrize("how", ["gone", "emptied", "damaged", "another program's"])
@pytest.mark.parametrize("line", ["hostdesk today", "hostdesk check", ""])
def test_a_room_that_is_lost_is_for_who_stands_at_the_desk(
    visit: Run, run: Run, room_file: Path, monkeypatch: pytest.MonkeyPatch, line: str, how: str, backups: bool
) -> None:
    """What is typed at the machine is refused from elsewhere; nor is it that Fatima is not known there."""
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50022 192.0.2.2 22")
    if backups:
        assert visit("hostdesk backup")[0] == 0
    spoiled = {
        "emptied": b"",
        "damaged": room_file.read_bytes()[:100] + b"x" * 9000,
        "another program's": b"GIF",
    }
    room_file.unlink() if how == "gone" else room_file.write_bytes(spoiled[how])
    code, out, err = visit(line)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "bij de balie" in err
    assert "hostdesk " not in err.removeprefix("hostdesk: ") and "--db" not in err


def test_a_row_that_cannot_be_read_leaves_the_rest_to_be_seen_from_elsewhere(
    visit: Run, room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup is put back at the machine; what is not spoiled can still be asked for."""
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50022 192.0.2.2 22")
    assert visit("hostdesk note 'De lamp is stuk'")[0] == 0
    connection.close()
    with apsw.Connection(str(room_file)) as room:
        room.execute("UPDATE log_entry SET happened_at = 'gisteren'")
    room.close()
    code, out, err = visit("hostdesk log")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "Bel wie de machine van de balie beheert" in err
    assert "hostdesk restore" not in err
    assert visit("hostdesk today")[0] == 0


@pytest.mark.parametrize("switch", ["TEXTUAL_DRIVER", "TEXTUAL", "PYTHONPATH", "PYTHONINSPECT"])
def test_no_switches_of_textual_or_python(visit: Run, monkeypatch: pytest.MonkeyPatch, switch: str) -> None:
    import os

    monkeypatch.setenv(switch, "x")
    visit("hostdesk today")
    assert switch not in os.environ


def test_at_the_machine_all_of_it_is_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTDESK_BY", "")
    monkeypatch.delenv(elsewhere.ASKED, raising=False)
    run("person", "add", "Fatima", "--kind", "coordinator")
    code, out, err = run("--as", "Fatima", "backup", str(tmp_path / "elsewhere"))
    assert (code, err) == (0, "")
    assert Path(out.strip()).exists()


@pytest.mark.parametrize("line", [("--as",), ("--as", ""), ("--as", "a;b", "today")])
def test_nobody_has_no_name(run: Run, line: tuple[str, ...]) -> None:
    code, out, err = run(*line)
    assert (code, out, err.count("\n")) == (1, "", 1)


def every(command: Command) -> list[Command]:
    return [command, *(one for below in command.subcommands for one in every(below))]


def naming_a_file() -> Iterator[tuple[str, ...]]:
    """Every command line that names a file, in each way that it can, with PATH in the place of the file."""
    words.choose("en")
    for name in commands.NAMES:
        yield from _naming_a_file(commands.load(name), ())


def _naming_a_file(command: Command, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    parser = Parser(command.name)
    command.arguments(parser)
    taken = [action for action in parser._actions if action.dest != "db"]
    needed = [one for one in taken if one.nargs is None and not one.option_strings]
    for action in taken:
        if action.type is not Path:
            continue
        others = ["PATH" if one is action else "1" for one in needed]
        if action.option_strings:
            for option in action.option_strings:
                yield *above, command.name, *others, option, "PATH"
                yield *above, command.name, *others, f"{option}{'=' if option[:2] == '--' else ''}PATH"
        else:
            yield *above, command.name, *(others if action in needed else [*others, "PATH"])
    for below in command.subcommands:
        yield from _naming_a_file(below, (*above, command.name))


PLACES = ("../../x", "{here}/x", "{here}/link", "~/x", "./x", "./-/x", "{here}/theirs.db")


@pytest.mark.parametrize("line", list(naming_a_file()), ids=" ".join)
def test_no_file_of_a_visitors_choosing(
    visit: Run, room_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    """It is neither written nor read, wherever it stands: not even a coordinator's."""
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(here))
    (here / "theirs.db").write_bytes(room_file.read_bytes())
    (here / "link").symlink_to("theirs.db")
    before = contents(tmp_path)
    for place_of_theirs in PLACES:
        path = place_of_theirs.replace("{here}", str(here))
        code, out, err = visit(shlex.join(word.replace("PATH", path) for word in line))
        assert (code, out) == (1, "")
        said = elsewhere.NotFromElsewhere if commands.load(line[0]).at_the_machine else elsewhere.DownTheLine
        assert err == f"hostdesk: {words.gettext(said.sentence)}\n"
        assert contents(tmp_path) == before


def test_a_file_that_cannot_be_named_comes_down_the_line(visit: Run) -> None:
    """Who types -o as at the machine is told what does it from elsewhere."""
    code, out, err = visit("hostdesk report --format md -o figures.md")
    assert (code, out) == (1, "")
    assert "Typ -" in err
    code, out, err = visit("hostdesk report --format md -o -")
    assert (code, err) == (0, "") and out.startswith("#")


@pytest.mark.parametrize("line", ["", "hostdesk", "hostdesk --plain-screen"])
def test_a_desk_that_was_asked_for_without_a_terminal(
    visit: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """With a command behind the machine's name ssh gives none, though who types it sits at one."""
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50022 192.0.2.2 22")
    code, out, err = visit(line)
    assert (code, out) == (2, "")
    assert "ssh -t" in err and "hostdesk --help" in err
    assert "hostdesk count" not in err  # it may not be theirs


@pytest.mark.parametrize(
    ("kind", "says"), [("partner", "geeft het de cijfers"), ("volunteer", "gaat de balie open")]
)
def test_the_help_says_what_comes_without_a_command(visit: Run, run: Run, kind: str, says: str) -> None:
    run("person", "add", "Wouter", "--kind", kind)
    room = run("check", "--json")[1]
    visit("--help")
    code, out, err = run("--as", "Wouter", "--db", json.loads(room)["path"])
    assert (code, err) == (0, "")
    assert says in " ".join(out.split())


def test_the_commands_that_name_a_file_are_found() -> None:
    assert {line[0] for line in naming_a_file()} >= {"report", "calendar", "poster", "export", "backup"}
    assert {line[0] for line in naming_a_file()} >= {"import", "restore", "ssh-key", "spaceapi"}


def test_every_file_on_a_command_line_is_known_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused from elsewhere goes by the type: a file that were mere text would slip through."""
    words.choose("en")
    mere_text = []
    for command in [one for name in commands.NAMES for one in every(commands.load(name))]:
        parser = Parser(command.name)
        command.arguments(parser)
        taken = [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]
        mere_text += [
            f"{command.name} {action.dest}"
            for action in taken
            if str(action.metavar).partition(".")[0] in {"FILE", "DIR", "PATH"} and action.type is not Path
        ]
    assert mere_text == []
    assert connection.database.is_closed()
