"""The disk is full: one sentence, what was counted is there, and counting goes on once there is space."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from db import backup, connection, days, door, errors, files, wishes
from tests.faults.conftest import Room
from tests.faults.shell import PROGRAM, files_of_at_most
from tests.safekeeping.files import contents, row_count

FULL = {"The disk is full", "De schijf is vol"}


@pytest.fixture
def kilobytes() -> int:
    """The small disk's size: an empty room and its log fit, and a second room does not."""
    return 500


@pytest.fixture
def small_disk(tmp_path: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of that size."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = f"size={kilobytes}k"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path, *, leaving: int = 0) -> Path:
    """Fill this disk up with something that can be thrown away."""
    filler = disk / "photos"
    with filler.open("wb") as photos:
        photos.write(b"." * max(shutil.disk_usage(disk).free - leaving, 0))
    return filler


@pytest.mark.parametrize("leaving", [0, 32768, 36864, 40960])
def test_a_full_disk_counts_nothing_and_says_so(at_room: Room, small_disk: Path, leaving: int) -> None:
    shutil.copy(at_room.file, small_disk / "room.db")
    at_room.file = small_disk / "room.db"
    filler = fill(small_disk, leaving=leaving)
    answer = at_room("count", "3")
    assert answer.code == 1
    assert any(answer.sentence.startswith(full) for full in FULL), answer.sentence
    filler.unlink()
    assert row_count(at_room.file) == 2
    assert at_room("count", "3").code == 0
    assert row_count(at_room.file) == 3


READERS = [("today", "--json"), ("check",), ("board", "--json"), ("log", "--json")]


@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_a_full_disk_is_read_all_the_same(counted: Path, home: Path, small_disk: Path, killed: bool) -> None:
    at_room = Room(small_disk / "room.db", home)
    connection.open(counted)
    wishes.voice("samen soep koken")
    if not killed:
        connection.close()
    for part in (counted, *files.beside(counted)[:killed]):  # a desk that was killed leaves its log
        shutil.copy(part, small_disk / part.name.replace(counted.name, "room.db"))
    connection.close()
    fill(small_disk)
    assert json.loads(at_room("board", "--json").out)["wishes"][0]["text"] == "samen soep koken"
    for reader in [*READERS, *READERS]:  # what the first leaves behind is not in the way of the next
        answer = at_room(*reader)
        assert (answer.code, answer.err) == (0, "")
    assert at_room("count", "3").sentence.startswith("De schijf is vol")  # in the room's language


@pytest.mark.parametrize("kilobytes", [100, 500, 600, 700, 800])
def test_a_room_that_does_not_fit_is_not_made(home: Path, small_disk: Path) -> None:
    made = Room(small_disk / "room.db", home)("init", "--name", "De Kamer")
    assert made.sentence.startswith("The disk is full")
    assert contents(small_disk) == {}


def test_a_full_disk_takes_no_backup_and_keeps_the_old_ones(at_room: Room, small_disk: Path) -> None:
    before = contents(small_disk)
    fill(small_disk, leaving=40960)
    answer = at_room("backup", small_disk)
    assert answer.code == 1
    assert any(answer.sentence.startswith(full) for full in FULL), answer.sentence
    (small_disk / "photos").unlink()
    assert contents(small_disk) == before


def test_a_full_disk_restores_nothing(at_room: Room, small_disk: Path) -> None:
    saved = at_room("backup").out.strip()
    shutil.copy(at_room.file, small_disk / "room.db")
    at_room.file = small_disk / "room.db"
    fill(small_disk, leaving=40960)
    before = contents(small_disk)
    answer = at_room("restore", saved)
    assert answer.code == 1
    assert any(answer.sentence.startswith(full) for full in FULL), answer.sentence
    assert contents(small_disk) == before
    assert not list(small_disk.glob("*before-restore*"))


@pytest.mark.parametrize("size", [0, 4096, 8192])
def test_files_that_cannot_grow(at_room: Room, size: int) -> None:
    before = contents(at_room.file.parent)
    answer = at_room("count", "3", before=files_of_at_most(size))
    assert answer.code == 1
    assert "ulimit -f" in answer.sentence
    assert contents(at_room.file.parent) == before
    assert row_count(at_room.file) == 2


def test_a_backup_that_cannot_grow(at_room: Room, tmp_path: Path) -> None:
    answer = at_room("backup", tmp_path / "stick", before=files_of_at_most(40_000))
    assert answer.code == 1
    assert "39 kB" in answer.sentence and "ulimit -f" in answer.sentence
    assert contents(tmp_path / "stick") == {}


class FullDisk(apsw.VFS):
    """A disk on which nothing fits any more as soon as somebody says so."""

    full = False

    def __init__(self) -> None:
        """Stand on top of the real one, and serve every file that is opened."""
        super().__init__("full-disk", "", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> "FullFile":
        """Open a file of this disk."""
        return FullFile(name, flags)


class FullFile(apsw.VFSFile):
    """A file of that disk."""

    def __init__(self, name: Any, flags: list[int]) -> None:
        """Stand on top of the real file."""
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        """Write, if there is space."""
        if FullDisk.full:
            raise apsw.FullError("database or disk is full")
        super().xWrite(data, offset)


@pytest.fixture
def disk() -> Iterator[type[FullDisk]]:
    """A disk that a test can fill."""
    vfs = FullDisk()
    yield FullDisk
    FullDisk.full = False
    connection.close()
    vfs.unregister()


def test_a_disk_that_fills_up_while_counting(disk: type[FullDisk], counted: Path) -> None:
    connection.open(counted)
    door.arrive(2)
    disk.full = True
    for refused in (door.arrive, door.undo, door.depart):
        with pytest.raises(errors.DiskFull):
            refused()
    assert days.today().visits == 7
    disk.full = False
    door.arrive()
    assert days.today().visits == 8


def test_a_backup_on_a_full_disk_leaves_the_others(disk: type[FullDisk], counted: Path) -> None:
    connection.open(counted)
    backup.by_hand()
    before = contents(backup.folder(counted))
    disk.full = True
    with pytest.raises(errors.DiskFull):
        backup.daily()
    assert contents(backup.folder(counted)) == before
    disk.full = False
    assert backup.daily()


@pytest.mark.parametrize("kilobytes", [1000])
def test_from_a_full_disk_a_copy_still_comes_down_the_line(
    small_disk: Path, home: Path, tmp_path: Path
) -> None:
    """Whoever looks after the room from elsewhere can make no space there, and has the counts at least."""
    room = Room(small_disk / "hostdesk.db", home)
    for line in (("init", "--name", "Proef", "--language", "en"), ("count", "3")):
        assert room(*line).code == 0
    fill(small_disk)
    copy = tmp_path / "copy.db"
    with copy.open("wb") as down_the_line:
        line = [*PROGRAM, "--db", str(room.file), "backup", "-"]
        poured = subprocess.run(line, stdout=down_the_line, check=False)
    assert (poured.returncode, row_count(copy)) == (0, 1)


@pytest.fixture
def worn_out(small_disk: Path, home: Path) -> Room:
    """A room on a card of its own that was closed well, with 3 visits; then the card became read-only."""
    room = Room(small_disk / "hostdesk.db", home)
    for line in (("init", "--name", "Proef", "--language", "en"), ("count", "3"), ("backup",)):
        assert room(*line).code == 0
    assert files.is_whole(room.file)
    room.file.chmod(0o644)  # as on a stick
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    return room


@pytest.mark.parametrize("kilobytes", [1500])
def test_a_room_on_a_card_gone_read_only_is_read_and_saved(worn_out: Room, tmp_path: Path) -> None:
    assert json.loads(worn_out("today", "--json").out)["visits"] == 3
    for line in (("report",), ("log",), ("board",), ("export", tmp_path / "all")):
        answer = worn_out(*line)
        assert (answer.code, answer.err) == (0, ""), line
    saved = worn_out("backup", tmp_path / "stick")
    assert (saved.code, row_count(Path(saved.out.strip()))) == (0, 1)
    down_the_line = tmp_path / "copy.db"
    with down_the_line.open("wb") as copy:
        line = [*PROGRAM, "--db", str(worn_out.file), "backup", "-"]
        poured = subprocess.run(line, stdout=copy, check=False)
    assert (poured.returncode, row_count(down_the_line)) == (0, 1)


@pytest.mark.parametrize("kilobytes", [1500])
def test_a_card_gone_read_only_is_named_by_what_writes_and_by_the_check(worn_out: Room) -> None:
    saved = next(worn_out.file.with_name("hostdesk-backups").iterdir())
    for line in (("count", "2"), ("undo",), ("note", "x"), ("upkeep",), ("restore", saved)):
        answer = worn_out(*line)
        assert answer.code == 1
        assert "can only be read, so nothing was saved" in answer.sentence and "new card" in answer.sentence
    checked = worn_out("check")
    assert checked.code == 1
    assert "can only be read: nothing can be counted" in checked.out and "in order" not in checked.out
    assert not json.loads(worn_out("check", "--json").out)["ok"]
    told = worn_out("doctor").out
    assert told.count("can only be read") == 1 and "chmod" not in told, told
