"""What is erased is gone from the stick too: at once while it is put in, and else when it comes back."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from db import backup, connection, log, people, privacy, sealed
from db import room as rooms
from db.backup import STICK
from db.check import check
from db.errors import DiskFull
from tests.clocks import FakeClock
from tests.machine.sticks import Port
from tests.privacy.test_privacy import NAME, bytes_with


@pytest.fixture
def port(tmp_path: Path) -> Port:
    """The machine's port, with nothing in it."""
    return Port(tmp_path)


@pytest.fixture
def stick(port: Port, room_file: Path, tmp_path: Path, clock: FakeClock) -> Path:
    """A stick that is put in, with two days of a room on it in which the name stands."""
    connection.open(room_file)
    people.add(NAME)
    log.write(f"{NAME} kwam later")
    place = port.put_in(STICK, at=tmp_path / "stick")
    for _ in range(2):
        backup.daily()
        assert backup.daily_on_stick(port.machine)
        clock.go_on(days=1)
    assert len(bytes_with(place)) == 2
    return place


def older_than(file: Path, other: Path) -> None:
    """As if this was written a day before the other one: the machine's clock is not the test's."""
    at = other.stat().st_mtime - 86400
    os.utime(file, (at, at))


def in_the_port(stick: Path) -> list[Path]:
    """The backups on it."""
    return sorted(stick.glob("*/*.db*"))


def test_a_stick_that_is_in_is_cleaned_with_the_rest(port: Port, stick: Path) -> None:
    assert privacy.show(NAME, machine=port.machine).backups == 4

    purged = privacy.erase(NAME, machine=port.machine)

    assert (purged.backups, purged.left, purged.stick) == (4, (), None)
    assert bytes_with(stick) == []
    assert all(check(file).sound for file in in_the_port(stick))


def test_what_only_the_stick_has_is_cleaned_there(port: Port, stick: Path) -> None:
    shutil.rmtree(backup.folder(connection.path()))
    assert privacy.erase(NAME, machine=port.machine).backups == 2
    assert bytes_with(stick) == []
    assert len(in_the_port(stick)) == 2


def test_a_stick_that_is_out_is_said_and_follows_when_it_comes_back(
    port: Port, stick: Path, tmp_path: Path, clock: FakeClock
) -> None:
    port.pull_out()
    purged = privacy.erase(NAME, machine=port.machine)
    assert (purged.backups, str(purged.stick)) == (2, "2026-11-24")
    assert len(bytes_with(stick)) == 2, "nobody can reach it"
    for file in in_the_port(stick):
        older_than(file, backup.folder(connection.path()) / file.name)

    port.put_in(STICK, at=stick)
    backup.daily_on_stick(port.machine)

    assert bytes_with(stick) == []
    again = [file.stat().st_mtime_ns for file in in_the_port(stick)]
    backup.daily_on_stick(port.machine)
    assert [file.stat().st_mtime_ns for file in in_the_port(stick)] == again, "once is enough"


def test_a_room_that_never_had_a_stick_says_nothing_of_one(
    port: Port, room_file: Path, clock: FakeClock
) -> None:
    connection.open(room_file)
    people.add(NAME)
    assert privacy.erase(NAME, machine=port.machine).stick is None


def test_a_purge_reaches_the_stick_too(port: Port, stick: Path, clock: FakeClock) -> None:
    clock.go_on(days=500)
    log.write("een dag later")
    purged = privacy.purge(machine=port.machine)
    assert purged.erased.notes == 1
    for file in in_the_port(stick):
        assert f"{NAME} kwam".encode() not in file.read_bytes()


def test_what_is_too_old_has_no_text_on_the_stick_either(port: Port, stick: Path, clock: FakeClock) -> None:
    shutil.rmtree(backup.folder(connection.path()))
    clock.go_on(days=89)
    assert privacy.of_backups(port.machine) == 1, "the older of two"
    clock.go_on(days=1)
    assert privacy.of_backups(port.machine) == 1
    assert bytes_with(stick, f"{NAME} kwam") == []


def test_another_room_on_the_same_stick_is_left_alone(
    port: Port, stick: Path, tmp_path: Path, clock: FakeClock
) -> None:
    connection.close()
    other = tmp_path / "other" / "huiskamer.db"
    rooms.create(other, name="Een ander", language="nl", timezone="Europe/Amsterdam")
    people.add(NAME)
    privacy.erase(NAME, machine=port.machine)
    assert len(bytes_with(stick)) == 2


@pytest.mark.parametrize("why", [errno.EROFS, errno.ENOSPC])
def test_a_stick_that_takes_no_writing_is_named(
    port: Port, stick: Path, monkeypatch: pytest.MonkeyPatch, why: int
) -> None:
    """Its backups are sound: they are not for throwing away, as what cannot be read is."""

    def refused(_source: object, target: object, *_more: object) -> None:
        raise OSError(why, os.strerror(why))

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(shutil, "copyfileobj", refused)
        purged = privacy.erase(NAME, machine=port.machine)
    assert (purged.left, purged.not_written) == ((), tuple(in_the_port(stick)))
    assert bytes_with(connection.path().parent / "huiskamer-backups") == []

    again = privacy.erase(NAME, machine=port.machine)
    assert (again.backups, again.not_written) == (2, ())
    assert bytes_with(stick) == []


def test_what_only_a_full_stick_has_is_named(
    port: Port, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(backup.folder(connection.path()))

    def full(_file: Path, _change: object) -> None:
        raise DiskFull

    monkeypatch.setattr(backup, "rewrite", full)
    purged = privacy.erase(NAME, machine=port.machine)
    assert (purged.left, purged.not_written) == ((), tuple(in_the_port(stick)))


class TestSealed:
    """Sealed with a tool of the test's own: a sealed backup cannot be looked into on this machine."""

    @pytest.fixture(autouse=True)
    def _tool(self, room_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        tool = tmp_path / "tools" / "age"
        tool.parent.mkdir()
        tool.write_text("#!/bin/sh\necho age-encryption.org/v1\ntr a-z b-za\n")
        tool.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
        sealed.key_file(room_file).write_text("age1" + "q" * 58)

    def test_what_is_kept_here_is_sealed_anew(self, port: Port, room_file: Path, tmp_path: Path) -> None:
        connection.open(room_file)
        people.add(NAME)
        stick = port.put_in(STICK, at=tmp_path / "stick")
        daily = backup.daily()
        assert daily and backup.daily_on_stick(port.machine)
        (there,) = in_the_port(stick)
        hidden = "".join(chr((ord(letter) - 97 + 1) % 26 + 97) for letter in NAME.lower()[1:])
        assert hidden.encode() in there.read_bytes()

        purged = privacy.erase(NAME, machine=port.machine)

        assert (purged.backups, purged.left) == (2, ())
        assert hidden.encode() not in there.read_bytes() and sealed.is_sealed(there)

    def test_what_is_not_kept_here_is_named_and_thrown_away_in_time(
        self, port: Port, room_file: Path, tmp_path: Path, clock: FakeClock
    ) -> None:
        connection.open(room_file)
        people.add(NAME)
        stick = port.put_in(STICK, at=tmp_path / "stick")
        backup.daily()
        backup.daily_on_stick(port.machine)
        shutil.rmtree(backup.folder(room_file))
        (there,) = in_the_port(stick)
        assert privacy.erase(NAME, machine=port.machine).left == (there,)
        clock.go_on(days=90)
        privacy.of_backups(port.machine)
        assert there.exists()
        clock.go_on(days=1)
        privacy.of_backups(port.machine)
        assert not there.exists()
