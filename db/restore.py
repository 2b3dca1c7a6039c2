"""Putting a backup back, whole or not at all, and never without keeping what was there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

import apsw

from db import aside, backup, connection, copies, erasing, errors, files, sealed
from db import room as rooms
from db.door_rows import ACTIONS
from db.errors import N_, HostdeskError
from db.mishaps import is_only_read, saying


@dataclass(frozen=True)
class Restored:
    """What was put back, and where that which it replaced is now."""

    room: rooms.Room
    kept_in: Path | None
    """The directory with the former database; None when there was none."""
    not_in_it: int | None
    """The counts of the former database that the backup is too old for: arrivals, departures and
    headcounts that nobody undid. None when there was none, or it can't be read, or it is another room's."""
    instead_of: str | None
    """The name of another room that stood there."""
    emptied: bool
    """Whether nobody is named in it any more, and nothing is written: it was erased."""


def restore(source: Path, database: Path) -> Restored:
    """Put this backup in the place of the database, and leave the room open.

    What stood there (the file and its write-ahead log, damaged or not) moves to a new directory
    beside it. When anything fails on the way, everything is as it was.

    Args:
        source: a backup; only read. Rows in its own write-ahead log come along.
        database: where the room's database stands, or should.

    Raises:
        NoSuchFile, NotABackup, NewerRoom, BackupDamaged: this cannot be put back.
        RoomInUse: a desk or another program has the database open.
        DiskFull, CannotOpen: there is no room for it.
    """
    connection.close()
    database = database.resolve()  # the log stands beside the real file, not beside a link to it
    _assert_can_be_read(source, database)
    with saying(database):
        database.parent.mkdir(parents=True, exist_ok=True)
        with files.holding(database.parent, alone=True):
            copies.clear_all(database.parent, database.name)  # what a power cut left
            with _nobody_inside(database), _copied(source, database) as finished:
                _like_before(finished, database)
                kept_in = _swap(finished, database)
    connection.open(database)
    room = rooms.current()
    not_in_it, instead_of = _of_former(room, kept_in / database.name) if kept_in else (None, None)
    if kept_in and instead_of is not None:
        _keep_with_it(room, database, kept_in)
    is_emptied = erasing.is_emptied(connection.database.connection())
    return Restored(room, kept_in, not_in_it, instead_of, is_emptied)


def _keep_with_it(room: rooms.Room, database: Path, kept_in: Path) -> None:
    """Put the backups of another room where that is kept, too.

    The newest of those that stand beside a room is offered as its own, and brought to the stick.
    """
    for copy in backup.all_of(database):
        with suppress(apsw.Error, OSError, ValueError):  # it may be damaged, and then it is offered to nobody
            with connection.looking_at(copy.file, briefly=True) as reader:
                ((uuid,),) = reader.execute("SELECT uuid FROM room")
            if uuid != room.uuid:
                copy.file.rename(kept_in / copy.file.name)


def is_emptied(source: Path) -> bool:
    """Whether nobody is named in this backup any more, and nothing is written: it was erased."""
    with connection.looking_at(source, briefly=True) as reader:
        return erasing.is_emptied(reader)


def _of_former(room: rooms.Room, former: Path) -> tuple[int | None, str | None]:
    """The counts of the former database that the open room lacks, or whose it is when it is another room's.

    Rows are only ever added, so those are the ones behind the room's newest. Neither is known of what
    can't be read.
    """
    ((newest,),) = connection.database.connection().execute("SELECT COALESCE(MAX(id), 0) FROM door")
    kinds = ", ".join(f"'{kind}'" for kind in ACTIONS)
    try:
        with connection.looking_at(former, briefly=True) as reader:
            ((uuid, name),) = reader.execute("SELECT uuid, name FROM room")
            if uuid != room.uuid:
                return None, str(name)
            ((counts,),) = reader.execute(
                f"SELECT COUNT(*) FROM door WHERE id > ? AND kind IN ({kinds})"
                " AND NOT EXISTS (SELECT 1 FROM door AS undo WHERE undo.voids = door.id)",
                (newest,),
            )
    except (apsw.Error, OSError, ValueError):  # it may well be damaged: that is why it was put aside
        return None, None
    return int(counts), None


def _assert_can_be_read(source: Path, database: Path) -> None:
    if source.is_dir():
        raise HostdeskError(N_("{path} is a directory; choose one of the files in it."), path=source)
    if not source.exists():
        raise errors.NoSuchFile(path=source, folder=backup.folder(database))
    if not source.is_file():
        raise errors.NotABackup(path=source)
    files.refuse_other_than_file(database)
    if database.exists() and source.samefile(database):
        raise HostdeskError(
            N_("{path} is the room's database itself. Choose a backup to put back."), path=source
        )
    with _as_a_backup(source), saying(source):
        if sealed.is_sealed(source):
            raise sealed.Sealed(path=source)
        connection.assert_ours(source)


@contextmanager
def _as_a_backup(source: Path) -> Iterator[None]:
    """What is no room can't be put back, whatever is said with --db."""
    try:
        yield
    except errors.NotARoom:
        as_text = files.beginning(source).decode("utf-16", errors="replace")
        spoiled = as_text.startswith(("SQLite format", "age-encryption"))
        raise (errors.TakenForText if spoiled else errors.NotABackup)(path=source) from None


@contextmanager
def _copied(source: Path, database: Path) -> Iterator[Path]:
    """A trusted copy of the backup, beside the database."""
    try:
        with connection.looking_at(source) as reader:
            # A write-ahead log may say so, and the first page not yet.
            connection.refuse_newer(source, int(reader.pragma("user_version")))
            with copies.prepared(reader, source, database) as finished:
                yield finished
    except (errors.Damaged, errors.NotTrusted, apsw.CorruptError, apsw.NotADBError, apsw.SQLError) as problem:
        raise errors.BackupDamaged(path=source) from problem


@contextmanager
def _nobody_inside(database: Path) -> Iterator[None]:
    """Hold the lock that SQLite itself would need: every open connection has a part of it.

    Taken below SQLite, so that it also works on a file that is damaged.

    Raises:
        RoomInUse: somebody has the database open.
        CardReadOnly: its disk takes no writing any more.
        HostdeskError: it may not be written, so nobody can know that.
    """
    if not database.exists():
        yield
        return
    asked_and_got = [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READWRITE, 0]
    held = apsw.VFSFile("", str(database), asked_and_got)
    try:
        if asked_and_got[1] & apsw.SQLITE_OPEN_READONLY:
            if is_only_read(database):
                raise errors.CardReadOnly(path=database)
            raise HostdeskError(
                N_("{path} may not be written, so nothing was put back. Allow it with: chmod u+w {quoted}"),
                path=database,
                quoted=quote(str(database)),
            )
        _lock(held, database)
        yield
    finally:
        held.xUnlock(apsw.SQLITE_LOCK_NONE)
        held.xClose()


def _lock(held: apsw.VFSFile, database: Path) -> None:
    try:
        for level in (apsw.SQLITE_LOCK_SHARED, apsw.SQLITE_LOCK_RESERVED, apsw.SQLITE_LOCK_EXCLUSIVE):
            held.xLock(level)
    except apsw.BusyError:
        raise errors.RoomInUse(path=database) from None


def _like_before(finished: Path, database: Path) -> None:
    """Let those who could use the old file use the new one, also when root puts it back."""
    model = database.stat() if database.exists() else None
    owner = model or database.parent.stat()
    with suppress(PermissionError):
        if model:
            finished.chmod(model.st_mode & 0o777)
        os.chown(finished, owner.st_uid, owner.st_gid)


def _swap(finished: Path, database: Path) -> Path | None:
    """Move what is there aside, all of it together, and put the new file in its place.

    The logs are copied there before the database goes: after a power cut half-way the room is whole
    in one of both places, and when it is set aside, `open` says so.
    """
    there = [part for part in (database, *aside.logs(database)) if part.exists()]
    if not there:
        copies.put_in_place(finished, database)
        return None
    with connection.looking_at(finished, briefly=True) as reader:
        now = rooms.now_in(reader)
    kept_in = aside.new_directory(
        database.with_name(f"{database.stem}-{aside.BEFORE_RESTORE}-{now:%Y%m%d-%H%M%S}")
    )
    owner = there[0].stat()
    try:
        _set_aside(database, there, kept_in)
        _for_its_owner(kept_in, owner)
        copies.put_in_place(finished, database)
    except BaseException:
        _undo(database, there, kept_in)
        raise
    return kept_in


def _for_its_owner(kept_in: Path, owner: os.stat_result) -> None:
    """What is put aside is theirs who had the room, also when root does that: erasing must reach it."""
    with suppress(PermissionError):
        for path in (kept_in, *kept_in.iterdir()):
            os.chown(path, owner.st_uid, owner.st_gid)


def _set_aside(database: Path, there: list[Path], kept_in: Path) -> None:
    """Move these parts of a database, so that it never stands anywhere without its log."""
    logs = [part for part in there if part != database]
    for log in logs:
        copies.onto_the_disk(Path(shutil.copy2(log, kept_in)))
    files.sync_directory(kept_in)
    files.sync_directory(database.parent)
    if database in there:
        database.rename(kept_in / database.name)
        files.sync_directory(kept_in)
        files.sync_directory(database.parent)
    for log in logs:
        log.unlink()


def _undo(database: Path, there: list[Path], kept_in: Path) -> None:
    """Move these parts back, the database last; a copy that has its name already goes first."""
    if (kept_in / database.name).exists():
        database.unlink(missing_ok=True)
    for part in reversed(there):
        kept = kept_in / part.name
        if part.exists():
            kept.unlink(missing_ok=True)
        else:
            kept.rename(part)
    kept_in.rmdir()
