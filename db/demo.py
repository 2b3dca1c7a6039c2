"""The demo room's file: what tells it from a real room, and how a new one takes its place."""

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import apsw

from db import aside, connection, files, models
from db import room as rooms
from db.connection import writing
from db.errors import N_, HostdeskError, RoomInUse
from db.mishaps import saying
from db.room import Hours, Room

MARK = "(demo)"
"""Ends the name of every demo room. Who gives it another name makes it a room of their own."""

_MADE_UP = 5
"""The version of a demo room's uuid: made from what it was asked to be. A real room's is random (4)."""

_NAMESPACE = uuid.UUID("6b1f4a52-7d0e-5c3b-9a41-0d3c8c1b7e90")


class NotADemo(HostdeskError):
    """What stands there is somebody's room."""

    sentence = N_(
        "{path} holds a room that is not a demo; it was left as it is. Choose another file with --db."
    )


@contextmanager
def making(
    file: Path, *, name: str, language: str, hours: Iterable[Hours], asked: str, created_at: datetime
) -> Iterator[Room]:
    """Make a demo room anew: whole, in the place of an earlier one, or not at all.

    While the block runs the new room is the open database; after it no room is open.

    Args:
        file: where it will stand; what is there already must be a demo that nobody has open.
        name: what it is called; `MARK` is put behind it.
        language: `nl` or `en`.
        hours: the week's opening hours.
        asked: what was asked for, in any words: the same gives the same uuid.
        created_at: since when the room exists.

    Raises:
        NotADemo, NotARoom, RoomInUse, SetAside: there is something else, or somebody is using it.
        CannotOpen, DiskFull: it cannot be made there.
    """
    _make_sure_it_may_go(file)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.demo")
    try:
        rooms.create(unfinished, name=f"{name} {MARK}", language=language, hours=hours)
        with writing():
            models.Room.update(uuid=_uuid_of(asked), created_at=created_at).execute()
            # What is told of its past comes before this start of the machine, of which nothing is kept then.
            models.ClockReading.delete().execute()
            models.Boot.delete().execute()
        yield rooms.current()
        connection.close()
        with saying(file), files.holding(file.parent, alone=True):
            _make_sure_it_may_go(file)
            aside.move_logs(file)  # those of an earlier demo are in its file by now
            unfinished.replace(file)
            files.sync_directory(file.parent)
    finally:
        connection.close()
        for left in (unfinished, *files.beside(unfinished)):
            left.unlink(missing_ok=True)


def is_there(file: Path, *, asked: str) -> bool:
    """Whether the demo that was left here is the one that is asked for, so that it can go on."""
    if not file.is_file():
        return False
    with suppress(HostdeskError, apsw.Error), saying(file):
        connection.assert_ours(file)
        with connection.looking_at(file) as seen:
            return list(seen.execute("SELECT uuid FROM room")) == [(_uuid_of(asked),)]
    return False


def may_stand_in(file: Path) -> bool:
    """Whether nothing stands there yet, or a demo: what is somebody's own, or cannot be read, stays."""
    with suppress(HostdeskError, apsw.Error, OSError):
        if not os.path.lexists(file):
            return True
        _refuse_real_room(file)
        return True
    return False


def _uuid_of(asked: str) -> str:
    """The uuid of the demo room that was asked for."""
    return str(uuid.uuid5(_NAMESPACE, asked))


def _make_sure_it_may_go(file: Path) -> None:
    """Refuse unless there is nothing, or a demo room that nobody has open; it is left without a log."""
    files.refuse_other_than_file(file)
    with saying(file):
        if not files.is_filled(file):
            aside.assert_none(file)
            return
        _refuse_real_room(file)
        _refuse_open_room(file)


def _refuse_real_room(file: Path) -> None:
    """Look without writing: a real room is not even touched."""
    connection.assert_ours(file)
    with connection.looking_at(file) as seen:
        found = list(seen.execute("SELECT uuid, name FROM room"))
    if not found or uuid.UUID(found[0][0]).version != _MADE_UP or not found[0][1].endswith(MARK):
        raise NotADemo(path=file)


def _refuse_open_room(file: Path) -> None:
    """Fold the write-ahead log into the file, which SQLite does only for who is alone with it."""
    alone = apsw.Connection(str(file))
    try:
        alone.pragma("journal_mode", "delete")
    except apsw.BusyError:
        raise RoomInUse(path=file) from None
    finally:
        alone.close()
