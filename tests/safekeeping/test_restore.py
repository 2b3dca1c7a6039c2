"""A backup is put back whole or not at all, and what was there is kept."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db import backup, connection, copies, days, door, errors, files, log, people, privacy, restore, room
from db.errors import HostdeskError
from hostdesk import cli
from tests.clocks import FakeClock, machine_in
from tests.safekeeping.files import (
    another_process,
    another_program,
    break_page_of,
    contents,
    row_count,
    write,
)


@pytest.fixture
def saved(room_file: Path) -> Path:
    """A backup with one count; the room has two more since."""
    connection.open(room_file)
    door.arrive(5)
    made = backup.by_hand()
    door.arrive(3)
    door.arrive(2)
    connection.close()
    return made


def test_the_room_is_as_it_was_and_the_later_counts_are_kept(room_file: Path, saved: Path) -> None:
    done = restore.restore(saved, room_file)
    assert done.room.name == "De Huiskamer"
    assert days.today().visits == 5
    assert done.kept_in
    assert row_count(done.kept_in / room_file.name) == 3
    assert saved.exists()


@pytest.mark.skipif(os.getuid() != 0, reason="needs root, who puts it back for another account")
def test_what_root_puts_aside_is_theirs_who_had_the_room(room_file: Path, saved: Path) -> None:
    """Else nobody could erase a name in it."""
    os.chown(room_file, 4711, 4712)
    kept_in = restore.restore(saved, room_file).kept_in
    assert kept_in
    assert {(path.stat().st_uid, path.stat().st_gid) for path in (kept_in, *kept_in.iterdir())} == {
        (4711, 4712)
    }


def test_a_copy_that_powershell_wrote_as_text_is_known(room_file: Path, saved: Path, tmp_path: Path) -> None:
    """Its `>` takes what comes down the line for text: who fetched it so must know why it is no backup."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(saved.read_bytes().decode("cp437").encode("utf-16"))
    before = contents(room_file.parent)
    with pytest.raises(errors.NotABackup, match="PowerShell"):
        restore.restore(copy, room_file)
    assert contents(room_file.parent) == before


def test_what_is_kept_is_named_after_the_rooms_time(room_file: Path, saved: Path) -> None:
    with machine_in("America/New_York"):
        kept_in = restore.restore(saved, room_file).kept_in
    assert kept_in and kept_in.name == "huiskamer-before-restore-20261123-140700"


def test_it_is_known_how_many_counts_the_backup_is_too_old_for(room_file: Path, saved: Path) -> None:
    """Those that were undone are no loss, nor are the undoings themselves."""
    connection.open(room_file)
    door.undo()
    door.depart()
    door.headcount(4)
    door.first_visit(1)
    connection.close()
    assert restore.restore(saved, room_file).not_in_it == 3
    newer = backup.by_hand()
    connection.close()
    assert restore.restore(newer, room_file).not_in_it == 0


def test_another_room_is_put_in_the_place_of_this_one_and_that_is_said(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The stick of the neighbours, or of the machine at which somebody practised."""
    other = tmp_path / "other.db"
    room.create(other, name="De Buren", timezone="Europe/Amsterdam")
    door.arrive()
    connection.close()
    assert cli.main(["restore", str(saved), "--db", str(other)]) == 0
    assert capsys.readouterr().out.splitlines()[1:-1] == [
        "Let op: er stond hier een andere buurtkamer, De Buren. Daarvan staat hier niets meer."
    ]


def test_the_backups_of_another_room_are_kept_with_it(saved: Path, tmp_path: Path) -> None:
    """The empty room of a new card: its copy of today would be offered as this one's, and go to its stick."""
    other = tmp_path / "other.db"
    room.create(other, name="De Buren", timezone="Europe/Amsterdam")
    theirs = backup.daily()
    ours = backup.folder(other) / "other-2026-11-20.db"
    shutil.copy(saved, ours)
    connection.close()
    kept_in = restore.restore(saved, other).kept_in
    assert theirs and kept_in
    assert [found.file for found in backup.all_of(other)] == [ours]
    assert {file.name for file in kept_in.iterdir()} >= {other.name, theirs.name}
    made = backup.daily()
    assert made and room.peek_language(made) == "nl"
    assert row_count(made) == 1


def test_of_a_damaged_room_the_backups_stay(room_file: Path, saved: Path) -> None:
    room_file.write_bytes(room_file.read_bytes()[:100] + b"x" * 5000)
    restore.restore(saved, room_file)
    assert saved.exists()


def test_what_a_damaged_room_had_more_is_not_known(room_file: Path, saved: Path) -> None:
    room_file.write_bytes(room_file.read_bytes()[:100] + b"x" * 5000)
    done = restore.restore(saved, room_file)
    assert (done.not_in_it, days.today().visits) == (None, 5)


def test_where_nothing_was_nothing_is_missing(room_file: Path, saved: Path, tmp_path: Path) -> None:
    done = restore.restore(saved, tmp_path / "new" / "room.db")
    assert (done.kept_in, done.not_in_it) == (None, None)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (0, "Na deze reservekopie is niets geteld: er ontbreekt geen telling."),
        (1, "1 telling van na deze reservekopie staat er niet meer in."),
        (2, "2 tellingen van na deze reservekopie staan er niet meer in."),
    ],
)
def test_the_shell_says_what_is_missing(
    room_file: Path, more: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    connection.open(room_file)
    door.arrive(5)
    made = backup.by_hand()
    for _ in range(more):
        door.arrive()
    connection.close()
    assert cli.main(["restore", str(made), "--db", str(room_file)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == sentence


def test_of_a_backup_from_which_the_only_name_was_erased_it_is_not_said_that_its_time_was_up(
    room_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connection.open(room_file)
    people.add("Nadia")
    privacy.erase("Nadia")
    made = backup.by_hand()
    connection.close()
    assert cli.main(["restore", str(made), "--db", str(room_file)]) == 0
    assert "bewaartermijn was voorbij, of ze zijn gewist" in capsys.readouterr().out


def test_of_an_old_backup_it_is_said_that_nobody_is_in_it_any_more(
    room_file: Path, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    connection.open(room_file)
    people.add("Nadia", phone="0612345678")
    log.write("Soep over", by="Nadia")
    old = backup.by_hand()
    clock.go_on(days=91)
    new = backup.by_hand()
    privacy.of_backups()
    connection.close()
    said = "geen namen, telefoonnummers en teksten meer: hun bewaartermijn was voorbij"
    for made, is_said in ((new, False), (old, True)):
        assert cli.main(["restore", str(made), "--db", str(room_file)]) == 0
        out = capsys.readouterr().out
        assert (said in out, "hostdesk person add" in out) == (is_said, is_said)
    connection.open(room_file)
    assert people.everybody(ended=True) == ()


def test_of_a_room_in_which_nobody_was_nothing_is_said_of_it(
    room_file: Path, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["restore", str(saved), "--db", str(room_file)]) == 0
    assert "bewaartermijn" not in capsys.readouterr().out


def test_nothing_is_left_over(room_file: Path, saved: Path) -> None:
    done = restore.restore(saved, room_file)
    connection.close()
    assert {*room_file.parent.iterdir()} == {
        room_file,
        backup.folder(room_file),
        done.kept_in,
    }


def test_the_write_ahead_log_moves_aside_with_its_file(room_file: Path, saved: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with another_program(room_file) as other:
        other.execute("UPDATE room SET name = 'In the log'")
        for part in (room_file, *files.beside(room_file)):
            shutil.copy(part, crashed / part.name)
    for part in (room_file, *files.beside(room_file)):  # as a power cut leaves them
        part.unlink(missing_ok=True)
        shutil.copy(crashed / part.name, part)
    done = restore.restore(saved, room_file)
    assert done.room.name == "De Huiskamer"
    connection.close()
    assert done.kept_in
    with connection.looking_at(done.kept_in / room_file.name) as seen:
        assert list(seen.execute("SELECT name FROM room")) == [("In the log",)]


def test_a_desk_that_is_open_loses_nothing(room_file: Path, saved: Path) -> None:
    with another_program(room_file):
        before = contents(room_file.parent)
        with pytest.raises(errors.RoomInUse, match="elsewhere"):  # who looks along may have gone home
            restore.restore(saved, room_file)
        assert contents(room_file.parent) == before


def test_a_desk_that_is_open_on_a_damaged_room_is_seen_too(room_file: Path, saved: Path) -> None:
    with another_process(room_file):
        with room_file.open("r+b") as raw:
            raw.write(b"\xa5" * 4096)
        before = contents(room_file.parent)
        with pytest.raises(errors.RoomInUse):
            restore.restore(saved, room_file)
        assert contents(room_file.parent) == before


def test_a_damaged_room_moves_aside(room_file: Path, saved: Path) -> None:
    room_file.write_bytes(b"\xa5" * 5000)
    done = restore.restore(saved, room_file)
    assert days.today().visits == 5
    assert done.kept_in
    assert (done.kept_in / room_file.name).read_bytes() == b"\xa5" * 5000


def test_a_room_that_is_gone_comes_back(room_file: Path, saved: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new machine" / "room.db"
    done = restore.restore(saved, elsewhere)
    assert done.kept_in is None
    assert days.today().visits == 5


def test_twice_in_one_second_keeps_both(room_file: Path, saved: Path) -> None:
    first = restore.restore(saved, room_file)
    second = restore.restore(saved, room_file)
    assert first.kept_in and second.kept_in
    assert first.kept_in != second.kept_in
    assert row_count(first.kept_in / room_file.name) == 3


def test_rows_in_the_backups_own_log_come_along(room_file: Path, saved: Path, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    copied.mkdir()
    with another_program(room_file) as other:
        other.execute("UPDATE room SET name = 'Only in the log'")
        for part in (room_file, *files.beside(room_file)):
            shutil.copy(part, copied / part.name)
    before = (copied / room_file.name).read_bytes()
    done = restore.restore(copied / room_file.name, room_file)
    assert done.room.name == "Only in the log"
    assert (copied / room_file.name).read_bytes() == before


def test_an_older_room_is_brought_up_to_date(room_file: Path, saved: Path) -> None:
    write(saved, f"PRAGMA user_version = {connection.SCHEMA_VERSION - 1}")
    restore.restore(saved, room_file)
    assert connection.database.pragma("user_version") == connection.SCHEMA_VERSION


def _text(file: Path) -> None:
    file.write_text("just a shopping list, and quite a long one" * 100)


def _nothing(file: Path) -> None:
    file.write_bytes(b"")


def _other_program(file: Path) -> None:
    write(file, "PRAGMA application_id = 42")


def _newer(file: Path) -> None:
    write(file, f"PRAGMA user_version = {connection.SCHEMA_VERSION + 1}")


def _broken_page(file: Path) -> None:
    break_page_of(file, "door")


def _no_ledger(file: Path) -> None:
    write(file, "DROP TABLE door")


def _gone(file: Path) -> None:
    file.unlink()


def _directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (_text, errors.NotABackup),
        (_nothing, errors.NotABackup),
        (_other_program, errors.NotABackup),
        (_newer, errors.NewerRoom),
        (_broken_page, errors.BackupDamaged),
        (_no_ledger, errors.BackupDamaged),
        (_gone, errors.NoSuchFile),
        (_directory, HostdeskError),
    ],
)
def test_what_is_no_sound_room_is_not_put_back(
    room_file: Path, saved: Path, spoil: object, refusal: type[HostdeskError]
) -> None:
    assert callable(spoil)
    spoil(saved)
    before = contents(room_file.parent)
    with pytest.raises(refusal):
        restore.restore(saved, room_file)
    assert contents(room_file.parent) == before


def test_the_room_itself_is_no_backup(room_file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(room_file)
    for named in (room_file, link):
        with pytest.raises(HostdeskError, match="database itself"):
            restore.restore(named, room_file)


def test_a_link_to_another_disk_stays_a_link(room_file: Path, saved: Path, tmp_path: Path) -> None:
    link = tmp_path / "home" / "hostdesk.db"
    link.parent.mkdir()
    link.symlink_to(room_file)
    restore.restore(saved, link)
    assert link.is_symlink()
    assert days.today().visits == 5


@pytest.mark.parametrize("step", ["prepared", "put_in_place"])
def test_a_disk_that_fills_up_half_way_changes_nothing(
    room_file: Path, saved: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, {"prepared": "onto_the_disk", "put_in_place": "put_in_place"}[step], full)
    before = contents(room_file.parent)
    with pytest.raises(errors.DiskFull):
        restore.restore(saved, room_file)
    assert contents(room_file.parent) == before
    assert not list(room_file.parent.glob("*before-restore*"))


def test_what_an_earlier_restore_left_is_cleared(room_file: Path, saved: Path, clock: FakeClock) -> None:
    left = room_file.with_name(f".{room_file.name}.99.unfinished")
    left.write_bytes(b"half")
    restore.restore(saved, room_file)
    assert not left.exists()


def test_nobody_opens_the_room_while_its_files_change_places(room_file: Path, saved: Path) -> None:
    with ThreadPoolExecutor(1) as thread:
        with files.holding(room_file.parent, alone=True):
            opening = thread.submit(connection.open, room_file)
            with pytest.raises(TimeoutError):
                opening.result(timeout=0.2)
        opening.result()
        thread.submit(connection.close).result()
