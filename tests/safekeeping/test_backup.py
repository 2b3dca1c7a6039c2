"""The room is backed up once a day while people go on counting."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import apsw
import pytest

from db import backup, connection, copies, days, door, errors
from db.room import Room
from tests.clocks import FakeClock
from tests.safekeeping.files import break_page_of, contents, row_count

TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(room_file: Path) -> Path:
    """Where the backups of the room stand."""
    return backup.folder(room_file)


def test_a_daily_backup_holds_every_count(room: Room, folder: Path) -> None:
    door.arrive(5)
    door.depart(2)
    made = backup.daily()
    assert made == folder / "huiskamer-2026-11-23.db"
    assert row_count(made) == 2


def test_one_a_day_is_enough(room: Room, folder: Path, clock: FakeClock) -> None:
    assert backup.daily()
    clock.go_on(hours=1)
    assert backup.daily() is None
    clock.go_on(days=1)
    assert backup.daily() == folder / "huiskamer-2026-11-24.db"


@pytest.mark.parametrize(("around", "mode"), [(0o2770, 0o2770), (0o700, 0o700), (0o750, 0o750)])
def test_who_works_in_the_directory_can_make_backups_whoever_made_the_first(
    room: Room, folder: Path, around: int, mode: int
) -> None:
    folder.parent.chmod(around)
    before = os.umask(0o077)
    try:
        backup.daily()
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == mode


def test_nothing_else_is_left_in_the_folder(room: Room, folder: Path) -> None:
    backup.daily()
    assert [file.name for file in folder.iterdir()] == ["huiskamer-2026-11-23.db"]


def test_old_ones_are_dropped_and_others_stay(room: Room, folder: Path) -> None:
    by_hand = backup.by_hand()
    (folder / "photo.db").write_text("not ours")
    for ahead in range(10):
        backup.daily(TODAY + timedelta(days=ahead))
    kept = {item.day for item in backup.all_of(connection.path()) if item.time is None}
    assert kept == backup.to_keep(TODAY + timedelta(days=ahead) for ahead in range(10))
    assert len(kept) < 10
    assert by_hand.exists() and (folder / "photo.db").exists()


def test_a_clock_years_behind_drops_nothing_it_just_made(room: Room) -> None:
    for ahead in range(40):
        backup.daily(TODAY + timedelta(days=ahead * 20))
    made = backup.daily(date(2026, 11, 2))
    assert made and made.exists()


def test_counting_goes_on_beside_it(room: Room) -> None:
    with ThreadPoolExecutor(1) as thread:
        making = thread.submit(backup.daily)
        for _ in range(20):
            door.arrive()
        made = making.result()
        assert thread.submit(connection.database.is_closed).result()
    assert made and row_count(made) <= 20
    assert days.today().visits == 20


def test_two_at_once_make_one(room: Room, folder: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(lambda _: backup.daily(), range(2)))
    assert sorted(made, key=str) == sorted([None, folder / "huiskamer-2026-11-23.db"], key=str)


def test_it_is_due_once_a_day(room: Room, clock: FakeClock) -> None:
    assert backup.is_due()
    backup.by_hand()
    assert backup.is_due()
    backup.daily()
    assert not backup.is_due()
    clock.go_on(days=1)
    assert backup.is_due()


def test_a_damaged_room_leaves_the_older_backups_alone(room_file: Path, folder: Path) -> None:
    connection.open(room_file)
    for ahead in range(9):
        backup.daily(TODAY + timedelta(days=ahead))
    connection.close()
    before = contents(folder)
    break_page_of(room_file, "door")
    connection.open(room_file)
    with pytest.raises(errors.Damaged, match=r"huiskamer\.db is damaged"):
        backup.daily(TODAY + timedelta(days=30))
    assert contents(folder) == before


def test_a_copy_that_reads_back_wrong_gets_no_name(
    room: Room, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.arrive(5)
    for ahead in range(9):
        backup.daily(TODAY + timedelta(days=ahead))
    before = contents(folder)

    def lose_a_row(copy: Path) -> None:
        other = apsw.Connection(str(copy))
        other.execute("DELETE FROM door")
        other.close()

    monkeypatch.setattr(copies, "onto_the_disk", lose_a_row)
    with pytest.raises(errors.NotTrusted):
        backup.daily(TODAY + timedelta(days=30))
    assert contents(folder) == before


def test_a_copy_with_a_broken_page_gets_no_name(
    room: Room, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "onto_the_disk", lambda copy: break_page_of(copy, "shift"))
    with pytest.raises(errors.NotTrusted):
        backup.daily()
    assert contents(folder) == {}


def test_what_a_power_cut_left_is_cleared(room: Room, folder: Path) -> None:
    folder.mkdir()
    (folder / ".huiskamer-2026-11-22.db.99.unfinished").write_bytes(b"half")
    (folder / ".huiskamer-2026-11-22.db.99.unfinished-journal").write_bytes(b"half")
    backup.daily()
    assert [file.name for file in folder.iterdir()] == ["huiskamer-2026-11-23.db"]


def test_by_hand_is_made_wherever_somebody_wants_it(room: Room, tmp_path: Path) -> None:
    stick = tmp_path / "stick" / "room"
    made = backup.by_hand(stick)
    assert made == stick / "huiskamer-2026-11-23-140700.db"
    assert backup.by_hand(stick) == stick / "huiskamer-2026-11-23-140700-2.db"


def test_before_a_migration_the_room_is_kept(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.open(room_file)
    door.arrive(3)
    connection.database.pragma("user_version", connection.SCHEMA_VERSION - 1)
    connection.close()
    connection.open(room_file)
    newest = backup.newest(room_file)
    assert newest and newest.file.name.endswith("-before-migration.db")
    with connection.looking_at(newest.file) as seen:
        assert seen.pragma("user_version") == connection.SCHEMA_VERSION - 1
    assert row_count(newest.file) == 1


def test_the_newest_is_found_by_its_name(room_file: Path, folder: Path) -> None:
    assert backup.newest(room_file) is None
    folder.mkdir()
    for name in (
        "huiskamer-2026-11-22.db",
        "huiskamer-2026-11-23.db",
        "huiskamer-2026-11-23-080000.db",
        "huiskamer-2026-13-45.db",
        "huiskamer-2-2026-12-01.db",
        ".huiskamer-2026-12-02.db.1.unfinished",
    ):
        (folder / name).touch()
    newest = backup.newest(room_file)
    assert newest and newest.file.name == "huiskamer-2026-11-23-080000.db"
