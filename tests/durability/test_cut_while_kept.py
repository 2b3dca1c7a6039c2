"""The plug is pulled while a day is closed by itself and backed up: the room and each backup are whole."""

import shutil
from pathlib import Path
from random import Random

import apsw
import pytest

from db import backup, connection, copies, door
from tests.clocks import FakeClock, at
from tests.durability.card import Acknowledged, Card, Cut, Files, NamesSynced, Synced, Written
from tests.durability.recording import Trace, recording

SEED = 20261123
NAME = "huiskamer.db"


def lived(file: Path, clock: FakeClock) -> Trace:
    """Yesterday was not closed; this morning it is, and the room is backed up while somebody comes in."""
    with recording() as trace:
        number = trace.file(file)
        trace.events += [Written(number, 0, file.read_bytes()), Synced(number), NamesSynced()]
        connection.open(file)
        trace.acknowledge(door.arrive().id)
        clock.go_on_until(at("2026-11-24 09:00"))
        door.start_of_day()
        assert backup.daily()
        trace.acknowledge(door.arrive().id)
        backup.by_hand()
        connection.close()
    return trace


def rows(file: Path) -> int:
    """The newest door row in this file, which must be sound."""
    seen = apsw.Connection(str(file))
    try:
        seen.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        assert seen.pragma("integrity_check") == "ok", file.name
        return int(seen.execute("SELECT COALESCE(MAX(id), 0) FROM door").get)
    finally:
        seen.close()


def test_the_room_and_each_backup_are_whole_after_any_cut(
    room_file: Path, tmp_path: Path, clock: FakeClock
) -> None:
    states, backups = cut_everywhere(room_file, tmp_path / "found", clock)
    assert states > 50 and backups > 10


def test_backups_that_are_not_synced_would_be_half_ones(
    room_file: Path, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: neither SQLite nor the program brings the copy to the card before it gets its name."""
    monkeypatch.setitem(connection.SETTINGS, "synchronous", 0)
    monkeypatch.setattr(copies, "onto_the_disk", lambda _file: None)
    with pytest.raises(
        (AssertionError, apsw.Error), match=r"huiskamer-2026|not a database|malformed|no such table"
    ):
        cut_everywhere(room_file, tmp_path / "found", clock, shown=False)


def cut_everywhere(room: Path, found: Path, clock: FakeClock, *, shown: bool = True) -> tuple[int, int]:
    """Cut the power after each event, in each way; how many states that gave, and how many backups in them.

    Args:
        room: where the day is lived.
        found: where the files are put back.
        clock: the room's.
        shown: whether the room itself has to be whole, and hold what was shown.
    """
    card, random, seen, acknowledged, backups = Card(), Random(SEED), set[int](), 0, 0
    for number, event in enumerate(lived(room, clock).events):
        card.take(event)
        acknowledged = event.rows if isinstance(event, Acknowledged) else acknowledged
        for cut in Cut if number >= 3 else ():
            files = card.after_cut(cut, random)
            key = hash((acknowledged, *((name, data) for name, data in sorted(files.items()))))
            if key not in seen:
                seen.add(key)
                backups += found_whole(files, acknowledged if shown else None, found)
    return len(seen), backups


def found_whole(files: Files, acknowledged: int | None, directory: Path) -> int:
    """The room holds what was shown, and each file with a backup's name is one; how many there are."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    for name, contents in files.items():
        (directory / name).write_bytes(contents)
    if acknowledged is not None:
        assert rows(directory / NAME) >= acknowledged
    kept = [name for name in files if name.startswith("huiskamer-2026") and name.endswith(".db")]
    assert all(rows(directory / name) >= 1 for name in kept)
    return len(kept)
