"""What a room that is gone left at its path never becomes part of another one, and is never lost."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db import aside, backup, check, connection, copies, days, door, errors, files, restore
from db import room as rooms
from hostdesk import demo
from tests.clocks import FakeClock
from tests.commands.test_door import Run, run
from tests.safekeeping.files import another_program, contents, row_count

__all__ = ["run"]

_MAKE_AND_COUNT = """
import sys
from pathlib import Path
from db import connection, door, room
room.create(Path(sys.argv[1]), name="De eerste", language="nl", timezone="Europe/Amsterdam")
door.arrive(7)
connection.close()
"""


@pytest.fixture
def file(tmp_path: Path, clock: FakeClock) -> Path:
    return tmp_path / "room.db"


@pytest.fixture
def lost(room_file: Path) -> Path:
    """A room with 90 visits, all in its log, whose file was taken away after the program was killed."""
    with another_program(room_file):
        connection.open(room_file)
        door.arrive(90)
        kept = {part: part.read_bytes() for part in files.beside(room_file)}
        connection.close()
    for part, content in kept.items():
        part.write_bytes(content)
    room_file.unlink()
    return room_file


def _made_elsewhere(file: Path) -> None:
    subprocess.run([sys.executable, "-c", _MAKE_AND_COUNT, file], check=True)


def _new(file: Path) -> None:
    rooms.create(file, name="De nieuwe", language="nl", timezone="Europe/Amsterdam")


@pytest.mark.parametrize("links", [True, False])
def test_of_two_that_make_a_room_at_once_the_first_stays(
    file: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    with pytest.raises(errors.RoomExists):
        connection.create(file, lambda: _made_elsewhere(file))

    connection.open(file)
    assert (rooms.current().name, row_count(file)) == ("De eerste", 1)
    assert not list(file.parent.glob(".*"))


def test_a_file_system_without_links_has_rooms_too(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    file.touch()
    _new(file)

    assert rooms.current().name == "De nieuwe"


def _no_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_nobody_makes_a_room_while_files_change_places(file: Path) -> None:
    """The second look and the naming are one step for everybody else."""
    held: list[bool] = []

    def assert_none(at: Path) -> None:
        directory = os.open(at.parent, os.O_RDONLY)
        try:
            fcntl.flock(directory, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            held.append(True)
        else:
            held.append(False)
        finally:
            os.close(directory)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aside, "assert_none", assert_none)
        _new(file)
    assert held == [False, True]


def test_a_log_without_its_room_is_kept_and_not_used(lost: Path) -> None:
    left = lost.with_name(f"{lost.name}-wal").read_bytes()
    _new(lost)

    assert (rooms.current().name, days.today().visits) == ("De nieuwe", 0)
    kept = lost.with_name(f"{lost.stem}-before-new-room") / f"{lost.name}-wal"
    assert kept.read_bytes() == left


def test_each_log_that_was_left_is_kept(lost: Path) -> None:
    left = {part: part.read_bytes() for part in files.beside(lost)}
    _new(lost)
    connection.close()
    lost.unlink()
    for part, content in left.items():
        part.write_bytes(content)
    _new(lost)

    assert len(list(lost.parent.glob("*-before-new-room*/*-wal"))) == 2


def test_a_demo_uses_no_log_that_was_left_either(lost: Path) -> None:
    demo.make(lost, days=5)
    connection.open(lost)

    assert rooms.current().name.endswith("(demo)")
    assert days.today().visits < 90


def test_an_empty_file_beside_a_log_is_a_room_that_was_lost(lost: Path) -> None:
    lost.touch()
    before = contents(lost.parent)
    for look in (connection.open, check.check):
        with pytest.raises(errors.Emptied, match="hostdesk restore"):
            look(lost)
    assert contents(lost.parent) == before
    _new(lost)

    assert (rooms.current().name, days.today().visits) == ("De nieuwe", 0)


@pytest.fixture
def cut_off(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room with 90 visits in its log, on which a restore ended half-way in a power cut."""
    connection.open(room_file)
    saved = backup.by_hand()
    with another_program(room_file):
        door.arrive(90)
        kept = {part: part.read_bytes() for part in files.beside(room_file)}
        connection.close()
    for part, content in kept.items():
        part.write_bytes(content)

    class PowerCut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(copies, "put_in_place", cut)
        patch.setattr(restore, "_undo", lambda *_: None)
        with pytest.raises(PowerCut):
            restore.restore(saved, room_file)
    return room_file


def test_a_restore_that_was_cut_off_is_no_place_for_a_new_room(cut_off: Path) -> None:
    before = contents(cut_off.parent)
    for look in (connection.open, check.check, _new, lambda file: demo.make(file, days=5)):
        with pytest.raises(errors.SetAside, match="hostdesk restore"):
            look(cut_off)
    assert contents(cut_off.parent) == before


def test_what_a_cut_off_restore_set_aside_is_put_back_whole(cut_off: Path) -> None:
    with pytest.raises(errors.SetAside) as refused:
        connection.open(cut_off)
    kept = refused.value.values["kept"]
    assert isinstance(kept, Path)
    restore.restore(kept, cut_off)

    assert days.today().visits == 90


def test_a_room_that_was_taken_away_after_a_restore_is_found_again(room_file: Path) -> None:
    connection.open(room_file)
    restore.restore(backup.by_hand(), room_file)
    connection.close()
    room_file.unlink()
    with pytest.raises(errors.SetAside, match=r"before-restore-20261123-\d{6}/huiskamer.db"):
        connection.open(room_file)


def test_another_rooms_restore_says_nothing_of_this_one(room_file: Path, file: Path) -> None:
    connection.open(room_file)
    restore.restore(backup.by_hand(), room_file)
    connection.close()
    with pytest.raises(errors.NoRoom):
        connection.open(file)


@pytest.mark.parametrize("how", ["gone", "emptied"])
@pytest.mark.parametrize("line", [("today",), ("doctor",), ("count",), ("check",)])
def test_a_room_that_has_gone_is_said_with_its_newest_backup(
    run: Run, room_file: Path, how: str, line: tuple[str, ...]
) -> None:
    run("backup")
    (made,) = backup.all_of(room_file)
    room_file.unlink()
    if how == "emptied":
        room_file.touch()
    code, out, err = run(*line)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert f"van ma 23 nov 2026, zet je terug met: hostdesk restore {made.file}" in err, err


def test_who_makes_a_new_room_hears_of_the_old_one(run: Run, room_file: Path) -> None:
    run("backup")
    (made,) = backup.all_of(room_file)
    room_file.unlink()
    code, out, err = run("init", "--name", "De Huiskamer")
    assert code == 0 and "Huiskamer" in out
    assert f"hostdesk restore {made.file}" in err
