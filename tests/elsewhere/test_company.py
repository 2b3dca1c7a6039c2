"""Each screen knows how many others look along."""

import fcntl
from pathlib import Path

import pytest

from hostdesk.company import Company


def test_who_comes_and_goes(tmp_path: Path) -> None:
    room = tmp_path / "room.db"
    desk, fatima, omar = Company(room), Company(room), Company(room)
    desk.come()
    assert desk.others() == 0
    before = desk.changed()
    fatima.come()
    omar.come()
    assert (desk.others(), fatima.others(), desk.changed() != before) == (2, 2, True)
    omar.go()
    assert desk.others() == 1
    fatima.go()
    desk.go()
    assert list(tmp_path.iterdir()) == []


def test_a_screen_that_was_killed_is_not_counted(tmp_path: Path) -> None:
    desk = Company(tmp_path / "room.db")
    desk.come()
    [own] = (tmp_path / ".room.db-screens").iterdir()
    own.with_name("1-dead").touch()
    assert desk.others() == 0
    assert not own.with_name("1-dead").exists()
    desk.go()


def test_who_comes_while_another_looks_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look falls between the file and its lock, and takes it for one of a screen that was killed."""
    desk, fatima = Company(tmp_path / "room.db"), Company(tmp_path / "room.db")
    desk.come()
    lock = fcntl.flock

    def looked_at_first(handle: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", lock)
        assert desk.others() == 0
        lock(handle, operation)

    before = desk.changed()
    monkeypatch.setattr(fcntl, "flock", looked_at_first)
    fatima.come()
    assert desk.changed() != before, "every screen looks again"
    assert (fatima.others(), desk.others()) == (1, 1)


def test_who_comes_while_the_last_one_leaves_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder goes with the last one, between making sure of it and putting the file there."""
    desk, fatima = Company(tmp_path / "room.db"), Company(tmp_path / "room.db")
    desk.come()
    make = Path.mkdir

    def left_meanwhile(folder: Path, mode: int, *, exist_ok: bool) -> None:
        monkeypatch.setattr(Path, "mkdir", make)
        make(folder, mode, exist_ok=exist_ok)
        desk.go()

    monkeypatch.setattr(Path, "mkdir", left_meanwhile)
    fatima.come()
    assert fatima.others() == 0
    desk.come()
    assert desk.others() == 1


def test_where_nothing_can_be_written_nobody_is_seen(tmp_path: Path) -> None:
    (tmp_path / ".room.db-screens").touch()
    desk = Company(tmp_path / "room.db")
    desk.come()
    assert desk.others() == desk.others() == 0
    desk.go()
