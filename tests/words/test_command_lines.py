"""A command in a sentence works as it is printed, for a room anywhere."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from db import backup, connection, errors, log, roles
from db.states import NoteKind, PersonKind
from hostdesk import cli, commands, words
from hostdesk.arguments import parse
from hostdesk.commands import desk
from hostdesk.words import command_lines
from tests.safekeeping.files import break_page_of

DEFAULT = Path("/srv/desk/hostdesk.db")


@pytest.fixture(autouse=True)
def _english_about_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test chooses the room that it speaks of; the next one starts anew."""
    for name in ("_options", "_command"):
        monkeypatch.setattr(command_lines, name, getattr(command_lines, name))
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    monkeypatch.setenv("LANGUAGE", "en")
    words.choose("en")


def about(room: Path) -> None:
    """Speak of this room."""
    command_lines.speak_of(room, DEFAULT, commands.NAMES)


def printed(sentence: str) -> list[str]:
    """The command in a sentence, as a shell takes it apart."""
    return shlex.split(re.findall(r"hostdesk [a-z]+ .*--db.*", sentence)[-1])


def test_the_default_room_needs_no_path() -> None:
    about(DEFAULT)
    assert words.say(errors.Damaged(path=DEFAULT)).endswith("hostdesk restore FILE")


def test_a_room_elsewhere_is_named() -> None:
    about(Path("/media/card/room.db"))
    said = words.say(errors.Damaged(path="x"))
    assert "hostdesk check --db /media/card/room.db." in said
    assert "hostdesk restore FILE --db /media/card/room.db" in said


def test_the_programs_name_in_a_sentence_is_no_command() -> None:
    about(Path("/media/card/room.db"))
    for error in (errors.NotARoom(path="x"), errors.NewerRoom(path="x", found=3, known=2)):
        assert "--db /" not in words.say(error)


@pytest.mark.parametrize("name", ["room.db", "De Huis kamer.db", "it's $HOME.db", "{path}.db", "a;b&c.db"])
def test_the_shell_gets_the_path_whatever_it_is(name: str) -> None:
    room = Path("/media/card") / name
    about(room)
    said = printed(words.say(errors.NoRoom(path=room)))
    args = parse(said[1:], "init")
    assert (args.db, args.command.name, args.name) == (room, "init", "NAME")


def test_a_path_never_comes_between_an_option_and_its_value() -> None:
    about(Path("/media/x.db"))
    said = command_lines.filled("Entry {n} is none. hostdesk log --kind happy shows those.", {"n": 7})
    assert said == "Entry 7 is none. hostdesk log --db /media/x.db --kind happy shows those."


def test_a_name_in_a_command_is_quoted_behind_two_words_too() -> None:
    about(Path("/media/x.db"))
    said = words.say(errors.HostdeskError("{name}: hostdesk person end {name} --and-duties", name="O'Brien"))
    assert said.startswith("O'Brien: ")
    assert printed(said)[1:] == ["person", "end", "O'Brien", "--db", "/media/x.db", "--and-duties"]


def test_who_comes_from_elsewhere_has_no_other_room() -> None:
    command_lines.speak_of(None, DEFAULT, commands.NAMES)
    assert words.say(roles.NotYourRole(roles._SENTENCES[PersonKind.PARTNER])).endswith(": hostdesk report")


@pytest.mark.parametrize("line", ["ssh ACCOUNT@MACHINE hostdesk backup -", "ssh -C desk hostdesk today"])
def test_a_command_that_is_typed_elsewhere_names_no_file_of_this_machine(line: str) -> None:
    about(Path("/media/x.db"))
    assert command_lines.filled(f"Type: {line}", {}) == f"Type: {line}"


def test_a_value_in_a_command_is_quoted_and_elsewhere_it_is_not() -> None:
    about(Path("/media/x.db"))
    error = errors.SetAside(path="/media/x.db", folder="/media/my folder", kept="/media/my folder/x.db")
    said = words.say(error)
    assert "hostdesk restore '/media/my folder/x.db' --db /media/x.db (or" in said
    assert "still in /media/my folder." in said


def test_a_damaged_room_is_put_back_by_the_command_that_the_check_prints(
    room_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = Path(shutil.move(room_file, room_file.with_name("De Huis kamer.db")))
    connection.open(elsewhere)
    backup.by_hand()
    connection.close()
    break_page_of(elsewhere, "door")
    assert cli.main(["check", "--db", str(elsewhere)]) == 1
    said = next(line for line in capsys.readouterr().out.splitlines() if "restore" in line)
    assert cli.main(printed(said)[1:]) == 0
    assert cli.main(["--db", str(elsewhere), "check"]) == 0


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("board", "wish TEKST"),
        ("person list", "person add NAAM"),
        ("sample-week list", "sample-week add 2026-W48"),
        ("advice", "advise 1 TEKST"),
        ("shift start", "log"),
    ],
)
def test_what_stands_in_an_answer_is_about_the_room_that_was_asked_for(
    room_file: Path, capsys: pytest.CaptureFixture[str], line: str, does: str
) -> None:
    connection.open(room_file)
    log.write("De poort is dicht.", kind=NoteKind.NOTICE, by="Bram")
    connection.close()
    assert cli.main(["ask", "Wie betaalt de wol?", "--db", str(room_file)]) == 0
    assert cli.main([*line.split(), "--db", str(room_file)]) == 0
    said = capsys.readouterr().out
    about_it = f" --db {room_file}"
    assert about_it in said and f"hostdesk {does}" in said.replace(about_it, "")


@pytest.mark.parametrize("line", ["board", "advice"])
def test_an_answer_asks_nobody_for_what_is_not_theirs(
    room_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    for name, kind in (("Ida", "professional"), ("Harm", "host")):
        assert cli.main(["person", "add", name, "--kind", kind, "--db", str(room_file)]) == 0
    assert cli.main(["ask", "Wie betaalt de wol?", "--db", str(room_file)]) == 0
    capsys.readouterr()
    said = {}
    for name in ("Ida", "Harm"):
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", line)
        assert cli.main(["--as", name, "--db", str(room_file)]) == 0
        said[name] = capsys.readouterr().out
    assert ("hostdesk wish" in said["Ida"], "hostdesk advise" in said["Harm"]) == (False, False)
    assert ("hostdesk wish" in said["Harm"]) == (line == "board")
    assert ("hostdesk advise" in said["Ida"]) == (line == "advice")


def test_without_a_terminal_the_commands_that_are_named_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    about(Path("/media/my room.db"))
    monkeypatch.setenv("TERM", "dumb")
    said = desk.refusal()
    assert said is not None
    assert "hostdesk count --db '/media/my room.db', hostdesk today --db" in said


def test_every_translation_names_the_same_commands() -> None:
    about(Path("/media/x.db"))
    sentences = [
        error.sentence
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.HostdeskError)
    ]
    assert any(_commands_in(sentence) for sentence in sentences)
    words.choose("nl")
    for sentence in sentences:
        assert _commands_in(words.gettext(sentence)) == _commands_in(sentence)


def _commands_in(sentence: str) -> list[str]:
    """The commands in a sentence, without the words for what a person fills in."""
    return [re.sub(r" [A-Z]{2,}", "", found[0]) for found in command_lines._command.finditer(sentence)]
