"""Files and directories that are not what a room needs: one sentence, and they stay as they are."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import connection
from tests.faults.conftest import Room
from tests.faults.shell import hostdesk, one_after_another, without_privileges
from tests.safekeeping.files import break_page_of, contents, row_count, write

COMMANDS = [("count",), ("undo",), ("today",), ("today", "--json"), ("backup",), ("check",)]


def _text(file: Path) -> None:
    file.write_text("bread, milk and a list that goes on for a while\n" * 100)


def _short_text(file: Path) -> None:
    file.write_text("bread")


def _nothing(file: Path) -> None:
    file.write_bytes(b"")


def _other_program(file: Path) -> None:
    file.unlink()
    write(file, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')")


def _other_program_with_a_log(file: Path) -> None:
    file.unlink()
    write(file, "PRAGMA journal_mode = wal; CREATE TABLE recipes (name TEXT)")


def _other_room_program(file: Path) -> None:
    file.unlink()
    write(file, "CREATE TABLE room (language TEXT); INSERT INTO room VALUES ('nl')")


def _newer(file: Path) -> None:
    write(file, f"PRAGMA user_version = {connection.SCHEMA_VERSION + 1}")


def _newer_backup(file: Path) -> None:
    write(file, f"PRAGMA user_version = {connection.SCHEMA_VERSION + 1}; PRAGMA journal_mode = delete")


def _broken_page(file: Path) -> None:
    break_page_of(file, "door")


def _broken_list_of_tables(file: Path) -> None:
    with file.open("r+b") as raw:
        raw.seek(100)
        raw.write(b"\xa5" * 2000)


def _cut_short(file: Path) -> None:
    with file.open("r+b") as raw:
        raw.truncate(20_000)


def _directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


SPOILED: dict[Callable[[Path], None], str] = {
    _text: "geen bestand van hostdesk",
    _short_text: "geen bestand van hostdesk",
    _nothing: "nog geen buurtkamer",
    _other_program: "geen bestand van hostdesk",
    _other_program_with_a_log: "geen bestand van hostdesk",
    _other_room_program: "geen bestand van hostdesk",
    _newer: "nieuwere",
    _newer_backup: "nieuwere",
    _broken_page: "beschadigd",
    _broken_list_of_tables: "beschadigd",
    _cut_short: "beschadigd",
    _directory: "is een map",
    _pipe: "gewoon bestand",
}
"""What may stand at the room's path, and what the Dutch sentence says of it."""


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_file_that_cannot_be_used_stays_as_it_is(at_room: Room, spoil: Callable[[Path], None]) -> None:
    spoil(at_room.file)
    before = contents(at_room.file.parent)
    lines = [("--db", str(at_room.file), *line) for line in COMMANDS]
    answers = one_after_another(lines, home=at_room.home, LANG="nl_NL.UTF-8")
    for answer in [*answers, at_room("count", LANG="nl_NL.UTF-8")]:
        assert answer.code == 1, answer
        assert answer.sentence
        assert SPOILED[spoil] in answer.err + answer.out
    assert contents(at_room.file.parent) == before


@pytest.mark.parametrize("spoil", [_text, _other_program, _directory, _pipe, _newer])
def test_init_replaces_nothing(at_room: Room, spoil: Callable[[Path], None]) -> None:
    spoil(at_room.file)
    before = contents(at_room.file.parent)
    kind = at_room.file.stat().st_mode
    answer = at_room("init", "--name", "Nieuw")
    assert answer.code == 1 and answer.sentence
    assert contents(at_room.file.parent) == before
    assert at_room.file.stat().st_mode == kind


def test_a_damaged_room_is_told_how_to_go_on(at_room: Room) -> None:
    made = at_room("backup").out.strip()
    _broken_page(at_room.file)
    assert "hostdesk check" in at_room("count").sentence
    told = at_room("check")
    assert told.code == 1
    assert f"hostdesk restore {made}" in told.out
    restored = at_room("restore", made)
    assert restored.code == 0, restored.err
    assert at_room("check").code == 0
    assert row_count(at_room.file) == 2


@pytest.fixture
def locked_directory(at_room: Room) -> Iterator[Path]:
    """A directory in which nothing can be made."""
    directory = at_room.file.parent / "locked"
    directory.mkdir()
    shutil.move(at_room.file, directory / at_room.file.name)
    at_room.file = directory / at_room.file.name
    directory.chmod(0o555)
    yield directory
    directory.chmod(0o755)


@pytest.mark.parametrize("line", [("count",), ("undo",), ("backup",)])
def test_a_directory_that_cannot_be_written(
    at_room: Room, locked_directory: Path, line: tuple[str, ...]
) -> None:
    before = contents(locked_directory)
    answer = at_room(*line, before=without_privileges)
    assert answer.code == 1
    assert answer.sentence
    assert contents(locked_directory) == before


def test_a_new_room_where_nothing_may_be_made(locked_directory: Path, home: Path) -> None:
    before = contents(locked_directory)
    answer = hostdesk(
        *("--db", locked_directory / "new" / "room.db", "init", "--name", "X"),
        home=home,
        before=without_privileges,
    )
    assert answer.code == 1
    assert "cannot be opened or made" in answer.sentence
    assert contents(locked_directory) == before


@pytest.mark.parametrize("mode", [0o444, 0o000])
@pytest.mark.parametrize("line", [("count",), ("undo",)])
def test_a_file_that_can_only_be_read_or_not_even_that(
    at_room: Room, mode: int, line: tuple[str, ...]
) -> None:
    before = contents(at_room.file.parent)
    at_room.file.chmod(mode)
    answer = at_room(*line, before=without_privileges)
    at_room.file.chmod(0o660)
    assert answer.code == 1
    assert str(at_room.file) in answer.sentence
    assert contents(at_room.file.parent) == before


def test_restore_over_a_file_that_can_only_be_read(at_room: Room) -> None:
    saved = at_room("backup").out.strip()
    before = contents(at_room.file.parent)
    at_room.file.chmod(0o444)
    answer = at_room("restore", saved, before=without_privileges)
    at_room.file.chmod(0o660)
    assert answer.code == 1
    assert f"chmod u+w {at_room.file}" in answer.sentence
    assert contents(at_room.file.parent) == before


@pytest.fixture
def locked_room(at_room: Room, locked_directory: Path) -> Room:
    """That room on a card that became read-only: neither its file nor its directory can be written."""
    at_room.file.chmod(0o444)
    return at_room


@pytest.mark.parametrize("line", [("check",), ("today", "--json"), ("board", "--json"), ("log", "--json")])
def test_what_only_reads_works_on_a_card_that_can_only_be_read(
    locked_room: Room, locked_directory: Path, line: tuple[str, ...]
) -> None:
    before = contents(locked_directory)
    answer = locked_room(*line, before=without_privileges)
    assert (answer.code, answer.err) == (0, "")
    assert contents(locked_directory) == before


def test_the_doctor_looks_at_such_a_card(locked_room: Room) -> None:
    answer = locked_room("doctor", before=without_privileges)
    assert f"Dit account mag niet schrijven in {locked_room.file}" in answer.out


def test_a_room_is_saved_from_such_a_card(locked_room: Room, home: Path) -> None:
    made = locked_room("backup", home / "stick", before=without_privileges)
    assert made.code == 0, made.err
    assert row_count(Path(made.out.strip())) == 2


@pytest.mark.parametrize("line", [("count",), ("undo",), ("wish", "soep"), ("note", "nat")])
def test_what_writes_says_that_such_a_card_can_only_be_read(
    locked_room: Room, locked_directory: Path, line: tuple[str, ...]
) -> None:
    before = contents(locked_directory)
    assert "kan alleen worden gelezen" in locked_room(*line, before=without_privileges).sentence
    assert contents(locked_directory) == before


def test_what_is_no_backup_is_not_chosen_with_db(at_room: Room) -> None:
    list_of_things = at_room.home / "list.txt"
    _text(list_of_things)
    answer = at_room("restore", list_of_things)
    assert answer.code == 1
    assert str(list_of_things) in answer.sentence and "--db" not in answer.sentence


def test_restore_into_a_directory_that_cannot_be_written(at_room: Room, locked_directory: Path) -> None:
    saved = at_room("backup", at_room.home).out.strip()
    before = contents(locked_directory)
    answer = at_room("restore", saved, before=without_privileges)
    assert answer.code == 1 and answer.sentence
    assert contents(locked_directory) == before
    assert row_count(at_room.file) == 2


@pytest.mark.parametrize(
    "line",
    [
        ("--db", "SHUT", "today"),
        ("--db", "SHUT", "count"),
        ("--db", "SHUT", "check"),
        ("--db", "SHUT", "doctor"),
        ("--db", "SHUT", "upkeep"),
        ("--db", "SHUT", "init", "--name", "X"),
        ("--db", "SHUT", "demo", "--no-open"),
        ("restore", "SHUT"),
        ("import", "SHUT"),
        ("backup", "FOLDER"),
        ("ssh-key", "list", "--file", "SHUT"),
    ],
    ids=" ".join,
)
def test_a_file_where_one_may_not_even_look(at_room: Room, home: Path, line: tuple[str, ...]) -> None:
    """Such as a backup that the administrator fetched into a directory of their own."""
    shut = home / "shut"
    shut.mkdir()
    shutil.copy(at_room.file, shut / "copy.db")
    shut.chmod(0o000)
    named = {"SHUT": str(shut / "copy.db"), "FOLDER": str(shut)}
    answer = at_room(*(named.get(word, word) for word in line), before=without_privileges)
    shut.chmod(0o755)
    assert answer.code == 1
    assert str(shut) in answer.sentence
