"""An upgrade that is cut off anywhere leaves the room as it was, or brought up to date: nothing between."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import NamedTuple

import apsw
import pytest

from db import backup, connection
from db.files import beside
from tests.clocks import FakeClock
from tests.durability.card import Card, Cut, Event, Files, NamesSynced, Synced, Written
from tests.durability.recording import recording
from tests.safekeeping.files import row_count
from tests.safekeeping.test_upgrade import KEPT

NAME = "room.db"
SEED = 20261123


class Room(NamedTuple):
    """What a file holds."""

    version: int
    tables: str
    """How all of them are made."""
    ledger: str


def read(file: Path) -> Room:
    """What this file holds; it must be sound."""
    seen = apsw.Connection(str(file))
    try:
        seen.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        assert seen.pragma("integrity_check") == "ok"
        made = list(seen.execute("SELECT name, sql FROM sqlite_schema ORDER BY type, name"))
        rows = list(seen.execute("SELECT id, at, day, kind, n, voids FROM door ORDER BY id"))
        return Room(int(seen.pragma("user_version")), str(made), str(rows))
    finally:
        seen.close()


def upgraded(older: Path, directory: Path) -> list[Event]:
    """Bring a room up to date, and everything that this does to the card; the room is there before."""
    directory.mkdir()
    file = Path(shutil.copy(older, directory / NAME))
    with recording() as trace:
        number = trace.file(file)
        trace.events += [Written(number, 0, file.read_bytes()), Synced(number), NamesSynced()]
        connection.open(file)
        connection.close()
    return trace.events


def states(events: list[Event]) -> list[Files]:
    """All different files that somebody finds after a kill or a power cut, anywhere from the start on."""
    card, random, found = Card(), Random(SEED), dict[str, Files]()
    for number, event in enumerate(events):
        card.take(event)
        if number < 3:  # the room is not on the card yet
            continue
        for cut in Cut:  # a process that is killed leaves what it wrote: everything is kept
            files = {name: data for name, data in card.after_cut(cut, random).items() if NAME in name}
            digest = hashlib.sha256(b"".join(name.encode() + data for name, data in sorted(files.items())))
            found.setdefault(digest.hexdigest(), files)
    return list(found.values())


@pytest.mark.parametrize("older", KEPT, ids=lambda file: file.stem)
def test_it_is_the_old_room_or_the_new_one(older: Path, tmp_path: Path, clock: FakeClock) -> None:
    old = read(Path(shutil.copy(older, tmp_path / "old.db")))
    events = upgraded(older, tmp_path / "upgraded")
    new = read(tmp_path / "upgraded" / NAME)
    assert old.version < new.version == connection.SCHEMA_VERSION
    assert old.ledger == new.ledger

    found = states(events)
    left = [_left_by(files, tmp_path / "found") for files in found]

    assert set(left) == {old, new}
    assert len(found) > 20


def _left_by(files: Files, directory: Path) -> Room:
    """What is left when these are the files."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    for name, contents in files.items():
        (directory / name).write_bytes(contents)
    return read(directory / NAME)


def test_the_next_start_after_a_cut_brings_it_up_to_date(tmp_path: Path, clock: FakeClock) -> None:
    found = states(upgraded(KEPT[0], tmp_path / "upgraded"))
    new = read(tmp_path / "upgraded" / NAME)
    for files in found[:: max(len(found) // 10, 1)]:
        _left_by(files, tmp_path / "found")
        connection.open(tmp_path / "found" / NAME)
        connection.close()
        assert read(tmp_path / "found" / NAME)[1:] == new[1:]


STOPS_AT = """
import sys
from pathlib import Path
from db import backup, connection

moment, done = sys.argv[2], []
connection.SETTINGS["cache_size"] = 10  # pages: what does not fit goes to the log in the middle of it

def here():
    print("here", flush=True)
    sys.stdin.read()  # until the kill

def at(which):
    if moment == which:
        here()

def traced(cursor, sql, values):
    done.append(sql)
    at(str(len(done)))
    return True

def migrate(tables_of, run=connection.migrate):
    at("backed up")
    tables_of.connection().exec_trace = traced
    run(tables_of)
    at("committed")

connection.migrate = migrate
connection.open(Path(sys.argv[1]))
print(max(n for n, sql in enumerate(done, 1) if sql.upper().startswith("COMMIT")))
"""
"""An upgrade that waits to be killed: before the statement of this number, or at a moment that has a name."""


def stopping(file: Path, moment: str) -> "subprocess.Popen[str]":
    """A process that brings this room up to date, and has come so far; or has done it."""
    command = [sys.executable, "-c", STOPS_AT, str(file), moment]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def killed(file: Path, moment: str) -> None:
    """Bring this room up to date, and kill the process at that moment."""
    with stopping(file, moment) as upgrading:
        assert upgrading.stdout and upgrading.stdout.readline() == "here\n"
        upgrading.kill()


def test_a_process_that_is_killed_in_the_middle_leaves_the_old_room(tmp_path: Path) -> None:
    """At any statement, also where some of it stands in the log already; the next start does all of it."""
    file = tmp_path / NAME
    with stopping(Path(shutil.copy(KEPT[0], file)), "never") as whole:
        commit = int(whole.communicate()[0])
    old, new = read(Path(shutil.copy(KEPT[0], tmp_path / "old.db"))), read(file)
    some = [commit * part // 4 for part in range(1, 5)]
    logs = []
    for moment in ("backed up", "1", *map(str, some), "committed"):
        left = tmp_path / moment
        left.mkdir()
        room = Path(shutil.copy(KEPT[0], left / NAME))
        killed(room, moment)
        logs.append(beside(room)[0].stat().st_size)
        assert read(room) == (new if moment == "committed" else old), moment
        count = subprocess.run([sys.executable, "-m", "hostdesk", "--db", str(room), "count"], check=False)
        assert count.returncode == 0
        assert read(room)[:2] == new[:2]
        assert row_count(room) == row_count(tmp_path / "old.db") + 1
        assert not list(left.glob("*-migrating")), "nothing is left of it"
    assert max(logs[1:-1]) > logs[0], "some of them were killed when part of it was written"


def test_the_lock_of_an_upgrade_that_goes_on_stays(tmp_path: Path) -> None:
    file = Path(shutil.copy(KEPT[0], tmp_path / NAME))
    with stopping(file, "committed") as upgrading:
        assert upgrading.stdout and upgrading.stdout.readline() == "here\n"
        connection.open(file)
        connection.close()
        assert Path(f"{file}-migrating").exists()
        upgrading.communicate("")
    assert not Path(f"{file}-migrating").exists()


def test_two_programs_that_open_an_old_room_at_once(tmp_path: Path) -> None:
    """One of them upgrades, after one backup; the others wait for it, and all of them count."""
    file = Path(shutil.copy(KEPT[0], tmp_path / NAME))
    before = row_count(file)
    counting = [
        subprocess.Popen(
            [sys.executable, "-m", "hostdesk", "--db", str(file), "count"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for one in counting:
        assert (one.communicate(timeout=60)[1], one.returncode) == ("", 0)
    assert row_count(file) == before + 4
    kept = [copy.file.name for copy in backup.all_of(file) if "before-migration" in copy.file.name]
    assert len(kept) == 1
