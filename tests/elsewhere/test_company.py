"""Each screen knows how many others look along."""

from pathlib import Path

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


def test_where_nothing_can_be_written_nobody_is_seen(tmp_path: Path) -> None:
    (tmp_path / ".room.db-screens").touch()
    desk = Company(tmp_path / "room.db")
    desk.come()
    assert desk.others() == desk.others() == 0
    desk.go()
