"""Writing a file that others read: whole, or not at all, and never over the room."""

import os
from pathlib import Path

import pytest

from db.room import Room
from hostdesk.reports import written
from tests.reports.conftest import Run


def names(folder: Path) -> set[str]:
    """What stands in a folder, but for the room."""
    return {file.name for file in folder.iterdir() if not file.name.startswith("huiskamer.")}


def test_what_was_there_is_replaced(week: Room, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out" / "week.ics"
    file.parent.mkdir()
    file.write_bytes(b"old")
    with file.open("rb") as reader:
        assert run("calendar", "-o", str(file))[0] == 0
        assert reader.read() == b"old", "who reads it meanwhile sees the old one, whole"
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert names(file.parent) == {"week.ics"}


@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_who_could_not_read_what_was_there_cannot_read_what_comes(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "week.ics"
    file.write_bytes(b"old")
    file.chmod(mode)
    written.whole(file, b"new", database=tmp_path / "room.db")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", mode)


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "week.ics"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(written.DiskFull):
        written.whole(file, b"new", database=tmp_path / "room.db")
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == {"week.ics"}


@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_never_over_the_room(week: Room, run: Run, room_file: Path, end: str) -> None:
    target = Path(f"{room_file}{end}")
    code, out, err = run("calendar", "-o", str(target))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert not target.exists() or not target.read_bytes().startswith(b"BEGIN")
    assert run("today")[0] == 0


def test_never_over_the_room_by_another_name(week: Room, run: Run, room_file: Path, tmp_path: Path) -> None:
    for name, make in (("soft.ics", os.symlink), ("hard.ics", os.link)):
        other = tmp_path / name
        make(room_file, other)
        assert run("calendar", "-o", str(other))[0] == 1
    assert run("today")[0] == 0


@pytest.mark.parametrize("by_a_link", [False, True])
@pytest.mark.parametrize(
    "own",
    [
        "huiskamer.log",
        "huiskamer.log.1",
        "huiskamer-backups/huiskamer-2026-11-23.db",
        "huiskamer-backup-key.txt",
        "huiskamer-before-restore-20261101-120000/huiskamer.db",
        ".huiskamer-balie.draft",
    ],
)
@pytest.mark.parametrize("command", ["calendar", "report"])
def test_never_over_what_belongs_to_the_room(
    week: Room, run: Run, room_file: Path, tmp_path: Path, command: str, own: str, by_a_link: bool
) -> None:
    mine = room_file.parent / own
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("the room's own")
    target = mine
    if by_a_link:
        target = tmp_path / "elsewhere" / "week.txt"
        target.parent.mkdir()
        target.symlink_to(mine)
    code, out, err = run(command, "-o", str(target), *(["--format", "text"] if command == "report" else []))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert mine.read_text() == "the room's own"


@pytest.mark.parametrize("inside", ["", "export"])
def test_an_export_is_no_backup(week: Room, run: Run, room_file: Path, tmp_path: Path, inside: str) -> None:
    backups = room_file.with_name("huiskamer-backups")
    backups.mkdir(exist_ok=True)
    (tmp_path / "link").symlink_to(backups)
    before = {*backups.iterdir()}
    for way in (backups, tmp_path / "link"):
        code, out, err = run("export", str(way / inside))
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
    assert {*backups.iterdir()} == before


def test_beside_the_room_there_is_a_place_for_a_document(week: Room, run: Run, room_file: Path) -> None:
    file = room_file.with_suffix(".ics")
    assert run("calendar", "-o", str(file))[0] == 0
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("place", ["", "no-such-folder/week.ics", "week.txt/week.ics", "loop", "x" * 300])
def test_a_place_that_cannot_be_is_one_sentence(week: Room, run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "week.txt").write_text("x")
    (tmp_path / "loop").symlink_to("loop")
    code, out, err = run("calendar", "-o", str(tmp_path / place))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_a_device_is_left_as_it_is(week: Room, run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert run("calendar", "-o", str(pipe))[0] == 1
    assert pipe.is_fifo()
