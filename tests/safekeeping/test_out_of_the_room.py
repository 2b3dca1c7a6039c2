"""Backups that leave the room: down a line, onto a USB stick, sealed for the coordinator alone."""

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path
from typing import Any

import apsw
import pytest

from db import backup, connection, days, door, errors, log, machine, privacy, restore, sealed, sticks, upkeep
from db import room as rooms
from hostdesk.commands import safekeeping
from tests.clocks import FakeClock
from tests.commands.test_door import Run, run
from tests.faults.conftest import at_room, counted, home
from tests.machine.sticks import Port
from tests.safekeeping.files import contents, row_count
from tests.terminal import Terminal

__all__ = ["at_room", "counted", "home", "run"]

needs_age = pytest.mark.skipif(not shutil.which("age"), reason="needs the Debian package age")


@pytest.fixture
def port(tmp_path: Path) -> Port:
    return Port(tmp_path)


@pytest.fixture
def key(tmp_path: Path) -> tuple[str, Path]:
    """A coordinator's public key, and the file with her private one."""
    private = tmp_path / "private.txt"
    subprocess.run(["age-keygen", "-o", str(private)], check=True, capture_output=True)
    public = subprocess.run(["age-keygen", "-y", str(private)], check=True, capture_output=True, text=True)
    return public.stdout.strip(), private


def unsealed(file: Path, private: Path) -> Path:
    """The copy, as the coordinator has it on her own machine."""
    copy = file.with_name("unsealed.db")
    subprocess.run(["age", "-d", "-i", str(private), "-o", str(copy), str(file)], check=True)
    return copy


def nobody_is_alone_in(directory: Path) -> None:
    """Whoever wants to make a backup there can, at once."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(handle)


# Down the line.


def poured(room: Path, to: Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """`hostdesk backup -`, into this file."""
    with to.open("wb") as copy:
        return subprocess.run(
            [sys.executable, "-m", "hostdesk", "--db", str(room), "backup", "-"],
            env={**os.environ, "LANG": "en_GB.UTF-8", **environment},
            stdout=copy,
            stderr=subprocess.PIPE,
            check=False,
        )


def test_a_copy_goes_down_the_line_and_can_be_put_back(counted: Path, tmp_path: Path) -> None:
    """Somebody has the room open and counted; a copy of the file alone would miss that."""
    connection.open(counted)
    door.arrive(2)
    copy = tmp_path / "copy.db"

    done = poured(counted, copy)

    assert (done.returncode, done.stderr) == (0, b"")
    connection.close()
    assert row_count(copy) == 3
    elsewhere = tmp_path / "elsewhere" / "room.db"
    assert restore.restore(copy, elsewhere).room.name == "De Huiskamer"
    assert list(backup.folder(counted).iterdir()) == []


def test_a_copy_is_not_poured_over_a_screen(counted: Path) -> None:
    with Terminal([sys.executable, "-m", "hostdesk", "--db", str(counted), "backup", "-"]) as screen:
        screen.wait(lambda text: "geen tekst" in text)
        assert screen.wait_for_exit() == 1
    assert "SQLite" not in screen.text


def test_a_line_that_drops_is_said(counted: Path, tmp_path: Path) -> None:
    """Half a copy is no copy: whoever keeps it must know."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "hostdesk", "--db", str(counted), "backup", "-"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert list(backup.folder(counted).iterdir()) == []


def test_nobody_waits_for_a_slow_line(room: rooms.Room) -> None:
    """While a copy is on its way a press is counted, and the day's backup could be made."""

    class SlowLine:
        def write(self, part: bytes) -> int:
            door.arrive()
            nobody_is_alone_in(backup.folder(connection.path()))
            return len(part)

    assert backup.pour(SlowLine()) is False  # type: ignore[arg-type]
    assert days.today().visits > 0


@needs_age
def test_what_goes_down_the_line_is_sealed(counted: Path, tmp_path: Path, key: tuple[str, Path]) -> None:
    sealed.choose_key(counted, key[0])
    copy = tmp_path / "copy.db"
    done = poured(counted, copy)
    assert done.returncode == 0
    assert done.stderr.count(b"\n") == 1
    assert b"De Huiskamer" not in copy.read_bytes() and sealed.is_sealed(copy)
    assert row_count(unsealed(copy, key[1])) == 2


@needs_age
def test_a_link_to_the_room_is_the_room(
    run: Run, room_file: Path, tmp_path: Path, key: tuple[str, Path]
) -> None:
    """By a link the copy went out open, and a second lot of backups grew beside it, with every name."""
    link = tmp_path / "desktop" / "room.db"
    link.parent.mkdir()
    link.symlink_to(room_file)
    sealed.choose_key(room_file, key[0])
    copy = tmp_path / "copy.db"
    assert poured(link, copy).returncode == 0
    assert sealed.is_sealed(copy)
    assert run("backup", "--db", str(link))[0] == 0
    assert list(link.parent.iterdir()) == [link]


# Onto a stick.


def test_the_days_backup_goes_to_the_stick_once(
    room: rooms.Room, port: Port, tmp_path: Path, clock: FakeClock
) -> None:
    door.arrive(3)
    assert backup.daily_on_stick(port.machine) is None, "there is no backup yet"
    daily = backup.daily()
    assert daily
    assert backup.daily_on_stick(port.machine) is None, "there is no stick"

    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    brought = backup.daily_on_stick(port.machine)

    assert brought and brought.read_bytes() == daily.read_bytes()
    assert stick in brought.parents
    assert backup.daily_on_stick(port.machine) is None, "it has it already"
    port.pull_out()
    clock.go_on(days=1)
    backup.daily()
    assert backup.daily_on_stick(port.machine) is None


def test_a_stick_keeps_as_many_as_the_room_does(
    room: rooms.Room, port: Port, tmp_path: Path, clock: FakeClock
) -> None:
    port.put_in(backup.STICK, at=tmp_path / "stick")
    for _ in range(40):
        backup.daily()
        brought = backup.daily_on_stick(port.machine)
        assert brought
        clock.go_on(days=1)
    there = sorted(file.name for file in brought.parent.iterdir())
    assert there == [one.file.name for one in backup.all_of(connection.path())]
    assert backup.DAYS < len(there) < 20


def test_two_rooms_share_a_stick(room_file: Path, port: Port, tmp_path: Path) -> None:
    port.put_in(backup.STICK, at=tmp_path / "stick")
    brought = set()
    for where in ("one", "two"):
        file = tmp_path / where / "hostdesk.db"
        rooms.create(file, name=where, language="nl", timezone="Europe/Amsterdam")
        backup.daily()
        brought.add(backup.daily_on_stick(port.machine))
        connection.close()
    assert len(brought) == 2 and None not in brought


def test_a_stick_that_is_full_is_said_and_left_as_it_was(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    backup.daily()

    def full(_source: object, target: object, *_more: object) -> None:
        target.write(b"half of it")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(sticks.StickFull, match=rf"USB stick {backup.STICK} is full.*counted is saved"):
        backup.daily_on_stick(port.machine)
    assert contents(stick) == {}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, sticks.StickFull),
        (errno.EROFS, sticks.StickRefuses),
        (errno.EACCES, sticks.StickRefuses),
        (errno.EIO, sticks.StickRefuses),
    ],
)
def test_what_a_stick_does_not_take_is_said_of_the_stick(
    room: rooms.Room,
    port: Port,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: type[errors.HostdeskError],
) -> None:
    """Also where no directory can be made there; the day's backup beside the room is there first."""
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    make = Path.mkdir

    def refused(path: Path, *args: Any, **options: Any) -> None:
        if stick in path.parents:
            raise OSError(number, "no")
        make(path, *args, **options)

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(said, match=r"not on it.*counted is saved"):
        upkeep.everything(port.machine)
    assert backup.newest(connection.path())


def test_texts_that_are_due_on_a_full_stick_keep_nobody_from_todays_backup(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    port.put_in(backup.STICK, at=tmp_path / "stick")
    log.write("De lamp is kapot")
    backup.daily()
    there = backup.daily_on_stick(port.machine)
    rewrite = backup.rewrite

    def full(file: Path, change: Callable[[apsw.Connection], object]) -> None:
        if file == there:
            raise errors.DiskFull
        rewrite(file, change)

    monkeypatch.setattr(backup, "rewrite", full)
    clock.go_on(days=3 * 365)
    with pytest.raises(sticks.StickFull):
        upkeep.everything(port.machine)
    newest = backup.newest(connection.path())
    assert newest and newest.day == clock.now().date()


def test_a_stick_that_cannot_be_looked_through_is_said_of_the_stick(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It wears out, or is pulled out meanwhile."""
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    backup.daily()
    assert backup.daily_on_stick(port.machine)
    look = Path.iterdir

    def worn(path: Path) -> Iterator[Path]:
        if stick in path.parents:
            raise OSError(errno.EIO, "Input/output error")
        return look(path)

    monkeypatch.setattr(Path, "iterdir", worn)
    with pytest.raises(sticks.StickRefuses):
        upkeep.everything(port.machine)


def test_what_the_rooms_own_disk_does_not_give_is_not_said_of_the_stick(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port.put_in(backup.STICK, at=tmp_path / "stick")
    mine = backup.daily()
    give = Path.open

    class Worn(FileIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

        def readinto(self, _buffer: object) -> int:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(
        Path, "open", lambda path, *how, **more: Worn(path) if path == mine else give(path, *how, **more)
    )
    with pytest.raises(errors.Damaged, match=str(mine)):
        upkeep.everything(port.machine)


def test_a_full_disk_of_the_room_is_not_said_of_the_stick(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    """SQLite cleans an old backup on the stick by way of a file on the room's own disk."""
    port.put_in(backup.STICK, at=tmp_path / "stick")
    log.write("De lamp is kapot")
    backup.daily()
    there = backup.daily_on_stick(port.machine)
    clock.go_on(days=3 * 365)
    rewrite = backup.rewrite

    def full(file: Path, change: Callable[[apsw.Connection], object]) -> None:
        if file == there:
            raise errors.DiskFull
        rewrite(file, change)

    told = os.statvfs

    def none_free(path: Path) -> os.statvfs_result:
        found = [*told(path)]
        found[3] = found[4] = 0
        return os.statvfs_result(found)

    monkeypatch.setattr(backup, "rewrite", full)
    monkeypatch.setattr(os, "statvfs", none_free)
    with pytest.raises(errors.DiskFull):
        privacy.of_backups(port.machine)


def test_a_stick_that_gives_back_something_else_is_not_trusted(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    backup.daily()
    monkeypatch.setattr(shutil, "copyfileobj", lambda _source, target: target.write(b"something else"))
    with pytest.raises(errors.NotTrusted):
        backup.daily_on_stick(port.machine)
    assert contents(stick) == {}


@pytest.mark.parametrize(
    ("label", "udev"), [("HOSTDESK", None), ("MIJN STICK", "MIJN\\x20STICK"), ("Één/2", "Één\\x2f2")]
)
def test_a_stick_is_known_by_its_label(port: Port, tmp_path: Path, label: str, udev: str | None) -> None:
    stick = port.put_in(label, at=tmp_path / "a stick", written_by_udev=udev)
    assert port.machine.stick(label) == stick
    assert port.machine.stick("ANOTHER") is None
    assert port.machine.stick("../by-label") is None


def test_a_stick_whose_place_waits_for_it(port: Port) -> None:
    port.wait_for("HOSTDESK")
    assert port.machine.stick("HOSTDESK") is None
    port.connect("HOSTDESK")
    assert port.machine.stick("HOSTDESK") == Path("/media/HOSTDESK")


def test_a_backup_by_hand_to_a_stick(
    run: Run, room_file: Path, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "Machine", lambda: port.machine)
    code, out, err = run("backup", "--usb", "GREEN")
    assert (code, out) == (1, "") and "“GREEN”" in err

    stick = port.put_in("GREEN", at=tmp_path / "stick")
    code, out, err = run("backup", "--usb", "GREEN")
    assert (code, err) == (0, "")
    assert stick in Path(out.strip()).parents and row_count(Path(out.strip())) == 0
    assert not backup.folder(room_file).exists(), "nothing is left behind that nobody asked for"


def test_a_stick_without_a_name_is_none(run: Run, room_file: Path) -> None:
    code, out, err = run("backup", "--usb", "")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert not backup.folder(room_file).exists()


# Sealed.


@needs_age
def test_what_came_to_the_stick_before_there_was_a_key_is_sealed_too(
    run: Run,
    room: rooms.Room,
    port: Port,
    tmp_path: Path,
    key: tuple[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    door.arrive(3)
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    backup.daily()
    first = backup.daily_on_stick(port.machine)
    by_hand = backup.by_hand(backup.on_stick(stick))
    assert first
    monkeypatch.setattr(machine, "Machine", lambda: port.machine)
    connection.close()
    port.pull_out()
    assert "zodra die erin zit" in run("room", "--backup-key", key[0])[2]
    port.put_in(backup.STICK, at=stick)
    assert "2 reservekopieën" in run("room", "--backup-key", key[0])[2]
    left = {file.name for file in stick.rglob("*") if file.is_file()}
    assert left == {f"{first.name}.age", f"{by_hand.name}.age"}
    assert row_count(unsealed(first.with_name(f"{first.name}.age"), key[1])) == 1


@needs_age
def test_what_a_stick_keeps_is_counted_sealed_or_not(
    room: rooms.Room, port: Port, tmp_path: Path, key: tuple[str, Path], clock: FakeClock
) -> None:
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    sealed.choose_key(connection.path(), key[0])
    for day in range(12):
        if day == 6:
            sealed.choose_key(connection.path(), "")
        backup.daily()
        assert backup.daily_on_stick(port.machine)
        clock.go_on(days=1)
    kept = {found.day for found in backup.all_on_stick(port.machine)}
    assert kept == backup.to_keep(kept) and len(kept) < 12
    assert len(list(stick.rglob("*.age"))) < 6


def _sealed_by(does: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room has a key, and the tool does this."""
    tool = place / "tools" / "age"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\n{does}\n")
    tool.chmod(0o755)
    sealed.key_file(connection.path()).write_text("age1" + "q" * 58)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")


def test_a_sealed_copy_that_nobody_reads_to_its_end_is_said_as_any_other(
    room: rooms.Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    _sealed_by("kill -PIPE $$", tmp_path, monkeypatch)
    connection.close()
    code, _, err = run("backup", "-")
    assert (code, err.count("\n")) == (1, 1)
    assert "niet heel aangekomen" in err


def test_a_stick_that_is_full_is_said_of_what_is_sealed_too(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sealed_by(
        "echo 'age: error: failed to write to output: /dev/stdout: no space left on device' >&2; exit 1",
        tmp_path,
        monkeypatch,
    )
    with pytest.raises(errors.DiskFull):
        backup.by_hand(port.put_in(backup.STICK, at=tmp_path / "stick"))


@needs_age
def test_what_leaves_the_room_is_sealed_and_what_stays_is_not(
    room: rooms.Room, port: Port, tmp_path: Path, key: tuple[str, Path]
) -> None:
    door.arrive(3)
    sealed.choose_key(connection.path(), key[0])
    port.put_in(backup.STICK, at=tmp_path / "stick")

    daily = backup.daily()
    on_stick = backup.daily_on_stick(port.machine)
    by_hand = backup.by_hand(tmp_path / "elsewhere")
    here = backup.by_hand()

    assert daily and not sealed.is_sealed(daily) and not sealed.is_sealed(here)
    for gone in (on_stick, by_hand):
        assert gone and gone.name.endswith(".db.age")
        assert row_count(unsealed(gone, key[1])) == 1
        assert [file.name for file in gone.parent.iterdir() if file.suffix != ".db"] == [gone.name]
    assert backup.daily_on_stick(port.machine) is None


@needs_age
def test_a_sealed_backup_says_how_to_put_it_back(
    room: rooms.Room, tmp_path: Path, key: tuple[str, Path]
) -> None:
    file = connection.path()
    sealed.choose_key(file, key[0])
    copy = backup.by_hand(tmp_path / "elsewhere")
    with pytest.raises(sealed.Sealed) as told:
        restore.restore(copy, file)
    assert f"age -d -i KEYFILE -o copy.db {copy}" in str(told.value)
    assert restore.restore(unsealed(copy, key[1]), file).room.name == "De Huiskamer"


def test_without_the_tool_nothing_leaves_the_room(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tool was there when the key was given, and is not any more: an open copy is worse than none."""
    sealed.key_file(connection.path()).write_text("age1" + "q" * 58)
    monkeypatch.setenv("PATH", str(tmp_path))
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    assert backup.daily()
    for leaves in (lambda: backup.daily_on_stick(port.machine), lambda: backup.by_hand(stick)):
        with pytest.raises(sealed.NoTool):
            leaves()
    assert contents(stick) == {}


def test_a_tool_that_fails_leaves_nothing(
    room: rooms.Room, port: Port, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "tools" / "age"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\necho half\necho 'age: error: no' >&2\nexit 1\n")
    tool.chmod(0o755)
    sealed.key_file(connection.path()).write_text("age1" + "q" * 58)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    with pytest.raises(sealed.NotSealed, match="age: error: no"):
        backup.by_hand(stick)
    assert contents(stick) == {}


@needs_age
def test_the_backup_key_is_chosen_seen_and_taken_away(run: Run, key: tuple[str, Path]) -> None:
    code, out, _ = run("room", "--backup-key", key[0])
    assert code == 0 and key[0] in out
    assert key[0] in run("room")[1]
    assert run("room", "--backup-key", "")[0] == 0
    assert key[0] not in run("room")[1]


@needs_age
@pytest.mark.parametrize(
    "text",
    [
        "AGE-SECRET-KEY-1QQQQ",
        "age1" + "q" * 58,
        "age1short",
        "-o/etc/passwd",
        "ssh-ed25519 AAAA",
        "age1é",
        "age1qqqqqqqqqqqq\nage1qqqqqqqqqqqq",
    ],
)
def test_what_is_no_public_key_is_refused(run: Run, room_file: Path, text: str) -> None:
    code, out, err = run("room", f"--backup-key={text}")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert not sealed.key_file(room_file).exists()


def test_a_key_without_the_tool_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = run("room", "--backup-key", "age1" + "q" * 58)
    assert code == 1 and "apt install age" in err


def test_a_copy_that_is_poured_is_an_sqlite_file(room: rooms.Room, tmp_path: Path) -> None:
    with (tmp_path / "copy.db").open("wb") as copy:
        backup.pour(copy)
    seen = apsw.Connection(str(tmp_path / "copy.db"))
    assert seen.pragma("integrity_check") == "ok"
    seen.close()
