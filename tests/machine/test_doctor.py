"""The doctor finds each thing that is wrong with a machine, and leaves a good one alone."""

import json
import os
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from db import backup, connection, doctor, door, roles, sealed
from db.machine import Disk, Machine, Owned
from hostdesk.commands import doctor as command
from hostdesk.commands.doctor import Terminal, of_terminal
from tests.clocks import FakeClock
from tests.commands.test_door import Run, run
from tests.machine.machines import GOOD_DISK, Told
from tests.machine.sticks import Port
from tests.safekeeping.files import break_page_of, contents, write

__all__ = ["run"]

GOOD_TERMINAL = Terminal(80, 24, 16, "utf-8", "linux")


@pytest.fixture
def kept(room_file: Path) -> Path:
    """A room that somebody counted in, with a backup of today, as the desk leaves them."""
    connection.open(room_file)
    door.arrive(3)
    backup.daily()
    backup.pour(BytesIO())  # a coordinator has one
    connection.close()
    room_file.chmod(0o660)
    room_file.parent.chmod(0o700)
    return room_file


def codes(file: Path, machine: Machine | None = None) -> set[str]:
    """What asks for something to be done, in short."""
    return {finding.code for finding in doctor.look(file, machine or Told()) if finding.serious}


def test_a_machine_that_is_well(kept: Path) -> None:
    assert doctor.look(kept, Told()) == []


def test_looking_changes_nothing(kept: Path) -> None:
    before = contents(kept.parent)
    doctor.look(kept, Told())
    assert contents(kept.parent) == before


def test_a_damaged_room_is_told_once_and_its_clock_not_asked(kept: Path) -> None:
    break_page_of(kept, "door")
    assert codes(kept) == {"damaged"}


def test_an_older_room_stays_older(kept: Path) -> None:
    write(kept, f"PRAGMA user_version = {connection.SCHEMA_VERSION - 1}")
    assert codes(kept) == set()
    with connection.looking_at(kept) as seen:
        assert seen.pragma("user_version") == connection.SCHEMA_VERSION - 1


def test_a_room_without_a_backup(room_file: Path) -> None:
    assert "no_backup" in codes(room_file)


def test_a_backup_that_is_too_old(kept: Path, clock: FakeClock) -> None:
    clock.go_on(days=8)
    assert codes(kept) == {"old_backup"}


def test_no_backup_has_left_the_machine_for_long(kept: Path, clock: FakeClock) -> None:
    clock.go_on(days=31)
    assert "long_not_out" in codes(kept)


def test_a_disk_that_stops_the_counting_is_told_first(room_file: Path) -> None:
    machine = Told(in_step=False, battery=False, disk=replace(GOOD_DISK, read_only=True))
    found = [finding.code for finding in doctor.look(room_file, machine) if finding.serious]
    assert found[0] == "read_only" and {"no_backup", "clock_stops"} <= set(found)


def test_how_a_copy_is_fetched_can_be_typed_as_it_stands(
    run: Run, room_file: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "account", lambda: "balie")
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(nodename="buurtkamer"))
    never = run("doctor")[1]
    connection.open(room_file)
    backup.pour(BytesIO())
    connection.close()
    clock.go_on(days=31)
    long_ago = run("doctor")[1]
    for said in (never, long_ago):
        assert ": ssh balie@buurtkamer hostdesk backup - > copy.db\n" in said


def test_no_backup_ever_left_the_machine(room_file: Path, clock: FakeClock) -> None:
    """On the first day that is good to know, and a month later something to do."""

    def found() -> list[bool]:
        return [one.serious for one in doctor.look(room_file, Told()) if one.code == "never_out"]

    assert found() == [False]
    clock.go_on(days=31)
    assert found() == [True]


@pytest.mark.parametrize("harm", ["cut short", "a broken page", "a row too few"])
def test_a_backup_that_cannot_be_put_back(kept: Path, harm: str) -> None:
    newest = backup.newest(kept)
    assert newest
    if harm == "cut short":
        newest.file.write_bytes(newest.file.read_bytes()[:20_000])
    elif harm == "a broken page":
        break_page_of(newest.file, "door")
    else:
        write(newest.file, "DELETE FROM room")
    assert codes(kept) == {"backup_unreadable"}


def test_trying_a_backup_leaves_nothing(
    kept: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(place))
    doctor.look(kept, Told())
    assert list(place.iterdir()) == []


def test_a_clock_that_is_behind_the_newest_count(kept: Path, clock: FakeClock) -> None:
    clock.reboot(says=clock.now() - timedelta(days=3))
    assert codes(kept) == {"clock_behind"}


def test_a_clock_that_jumped(kept: Path, clock: FakeClock) -> None:
    clock.set_to(clock.now() + timedelta(hours=5))
    assert codes(kept) == {"clock_jumped"}


@pytest.mark.parametrize(
    ("in_step", "battery", "to_do"),
    [
        (True, False, set()),
        (None, False, set()),
        (False, True, set()),
        (False, False, {"clock_stops"}),
    ],
)
def test_a_clock_that_nobody_keeps_in_step(
    kept: Path, in_step: bool | None, battery: bool, to_do: set[str]
) -> None:
    assert codes(kept, Told(in_step=in_step, battery=battery)) == to_do


@pytest.mark.parametrize(
    ("wrong", "to_do"),
    [
        ({"read_only": True, "free": 0}, {"read_only"}),
        ({"free": doctor.LEAST_FREE - 1}, {"almost_full"}),
        ({"free": doctor.LEAST_FREE}, set()),
        ({"errors": 3}, {"disk_errors"}),
        ({"wear": doctor.WORN}, {"worn"}),
        ({"wear": None}, set()),
    ],
)
def test_a_disk_that_is_not_well(kept: Path, wrong: dict[str, int], to_do: set[str]) -> None:
    assert codes(kept, Told(disk=replace(GOOD_DISK, **wrong))) == to_do


@pytest.mark.parametrize(
    ("name", "rights", "to_do"),
    [
        ("huiskamer.db", Owned(0o660, shared=False, writable=False), {"not_writable"}),
        ("huiskamer.db", Owned(0o664, shared=False, writable=True), {"open_to_all"}),
        ("", Owned(0o700, shared=False, writable=False), {"not_writable"}),
        ("huiskamer-backups", Owned(0o750, shared=False, writable=False), {"not_writable"}),
        ("", Owned(0o777, shared=False, writable=True), {"directory_open_to_all"}),
        ("", Owned(0o1777, shared=False, writable=True), set()),
        ("", Owned(0o770, shared=True, writable=True), {"not_setgid"}),
        ("", Owned(0o2770, shared=True, writable=True), set()),
    ],
)
def test_rights_that_are_not_right(kept: Path, name: str, rights: Owned, to_do: set[str]) -> None:
    machine = Told()
    machine.rights[name or kept.parent.name] = rights
    assert codes(kept, machine) == to_do


def test_a_group_that_may_not_write_the_room(kept: Path) -> None:
    kept.chmod(0o640)
    machine = Told()
    machine.rights[kept.parent.name] = Owned(0o2770, shared=True, writable=True)
    assert codes(kept, machine) == {"not_for_the_group"}


def test_backups_that_everybody_can_read(kept: Path) -> None:
    newest = backup.newest(kept)
    assert newest
    newest.file.chmod(0o644)
    assert codes(kept) == {"open_to_all"}
    backup.folder(kept).chmod(0o700)
    assert codes(kept) == set()


def test_a_new_machine_that_does_not_know_the_key_of_what_is_on_its_stick(kept: Path, tmp_path: Path) -> None:
    """The key stands beside the room and in no backup: put back elsewhere, the next ones anybody reads."""
    port = Port(tmp_path)
    connection.open(kept)
    there = backup.on_stick(port.put_in(backup.STICK, at=tmp_path / "stick"))
    connection.close()
    there.mkdir()
    (there / f"{kept.stem}-2026-11-20.db.age").write_bytes(b"age-encryption.org/v1\n")
    assert "not_sealed" in codes(kept, port.machine)
    sealed.key_file(kept).write_text("age1" + "q" * 58)
    assert "not_sealed" not in codes(kept, port.machine)
    sealed.key_file(kept).unlink()
    port.pull_out()
    assert "not_sealed" not in codes(kept, port.machine)


@pytest.mark.parametrize(
    ("wrong", "writable", "to_do"),
    [
        ({}, True, set()),
        ({"free": 4096}, True, {"stick_full"}),
        ({"read_only": True}, True, {"stick_read_only"}),
        ({}, False, {"stick_read_only"}),
    ],
)
def test_a_stick_that_takes_nothing(
    kept: Path, tmp_path: Path, wrong: dict[str, int], writable: bool, to_do: set[str]
) -> None:
    stick = tmp_path / "HOSTDESK"
    stick.mkdir()

    class WithStick(Told):
        """A machine with a stick in it."""

        def stick(self, label: str) -> Path | None:
            return stick if label == backup.STICK else None

        def disk(self, directory: Path) -> Disk:
            return replace(GOOD_DISK, **wrong) if directory == stick else GOOD_DISK

    machine = WithStick()
    machine.rights[stick.name] = Owned(0o700, shared=False, writable=writable)
    assert codes(kept, machine) == to_do


def test_an_old_sqlite(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "OLDEST_SQLITE", (99, 0, 0))
    assert codes(kept) == {"sqlite"}


@pytest.mark.parametrize(
    ("terminal", "found"),
    [
        (GOOD_TERMINAL, {}),
        (None, {"no_terminal": False}),
        (replace(GOOD_TERMINAL, columns=79), {"terminal_small": False}),
        (replace(GOOD_TERMINAL, lines=19), {"terminal_small": True}),
        (replace(GOOD_TERMINAL, name="dumb", colours=-1), {"terminal_dumb": True, "no_colours": False}),
        (replace(GOOD_TERMINAL, encoding="iso8859-1"), {"not_utf_8": True}),
    ],
)
def test_terminals(terminal: Terminal | None, found: dict[str, bool]) -> None:
    assert {finding.code: finding.serious for finding in of_terminal(terminal)} == found


def test_the_kernel_is_read_as_it_tells(tmp_path: Path) -> None:
    """The figures of a card and of a file system stand below sys, by the number of the device."""
    machine = Machine(tmp_path)
    assert not machine.has_clock_of_its_own()
    (tmp_path / "sys/class/rtc/rtc0").mkdir(parents=True)
    assert machine.has_clock_of_its_own()

    assert (machine.disk(tmp_path).wear, machine.disk(tmp_path).errors) == (None, 0)
    part = tmp_path / "sys/block/mmcblk0/mmcblk0p2"
    (part.parent / "device").mkdir(parents=True)
    part.mkdir()
    (part.parent / "device/life_time").write_text("0x03 0x0B\n")
    counted = tmp_path / "sys/fs/ext4/mmcblk0p2/errors_count"
    counted.parent.mkdir(parents=True)
    counted.write_text("7\n")
    number = tmp_path.stat().st_dev
    device = tmp_path / f"sys/dev/block/{number >> 8 & 0xFFF}:{number & 0xFF | number >> 12 & 0xFFF00}"
    device.parent.mkdir(parents=True)
    device.symlink_to(part)
    assert (machine.disk(tmp_path).wear, machine.disk(tmp_path).errors) == (110, 7)


def test_this_machine_can_be_asked(tmp_path: Path) -> None:
    machine = Machine()
    assert machine.clock_in_step() in {True, False, None}
    assert machine.disk(tmp_path).free > 0
    assert machine.owned(tmp_path).writable


def test_the_command_says_one_line_each_and_ends_with_what_it_found(
    run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "Machine", lambda: Told(in_step=False, battery=False))
    code, out, err = run("doctor")
    assert code == 1
    to_do, good_to_know = out.splitlines()
    assert to_do.startswith("Te doen: ") and good_to_know.startswith("Goed om te weten: ")
    assert err.count("\n") == 1 and err.rstrip().endswith("1.")

    code, out, _ = run("doctor", "--json")
    assert code == 1
    told = json.loads(out)
    assert told["ok"] is False
    assert [(one["code"], one["serious"]) for one in told["findings"]] == [
        ("clock_stops", True),
        ("no_terminal", False),
    ]


def test_the_command_is_content_with_a_good_machine(
    run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "Machine", Told)
    monkeypatch.setattr(command, "terminal", lambda: GOOD_TERMINAL)
    assert run("doctor") == (0, "Naar deze machine hoeft niemand om te kijken.\n", "")
    code, out, _ = run("doctor", "--json")
    assert (code, json.loads(out)) == (0, {"ok": True, "findings": []})
