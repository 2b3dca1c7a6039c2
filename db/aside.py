"""What a room that is gone left at its path: kept, and never made part of another room.

SQLite takes a write-ahead log for that of whatever file stands beside it.
"""

import os
from pathlib import Path

from db import errors

BEFORE = "before-"
"""In the name of the directories with what stood here."""

BEFORE_RESTORE = f"{BEFORE}restore"
"""In the name of those with what a restore replaced."""


def logs(database: Path) -> tuple[Path, ...]:
    """What SQLite would read with this file: its write-ahead log, the log's index, the rollback journal."""
    return tuple(Path(f"{database}-{part}") for part in ("wal", "shm", "journal"))


def assert_none(database: Path) -> None:
    """Refuse to take a path for empty when a restore has the room that belongs there.

    It was cut off half-way, or somebody took the file away later; for there is no room at the path.

    Raises:
        SetAside: that is so.
    """
    database = Path(os.path.realpath(database))
    around = database.parent.iterdir() if database.parent.is_dir() else ()
    kept = sorted(
        place / database.name
        for place in around
        if place.name.startswith(f"{database.stem}-{BEFORE_RESTORE}-")
    )
    for file in reversed(kept):
        if file.exists():
            raise errors.SetAside(path=database, kept=file, folder=file.parent)


def move_logs(database: Path) -> None:
    """Keep the logs of a room that is gone in a directory of their own; for who is alone here."""
    if left := [log for log in logs(database) if log.exists()]:
        folder = new_directory(database.with_name(f"{database.stem}-{BEFORE}new-room"))
        for log in left:
            log.rename(folder / log.name)


def new_directory(wanted: Path) -> Path:
    """A directory of this name, or with a number behind it; one that exists is never used."""
    number = 1
    while True:
        directory = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        try:
            directory.mkdir()
        except FileExistsError:
            number += 1
        else:
            return directory
