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
