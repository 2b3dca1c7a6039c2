"""The one way to the database: how it is made, opened, checked and migrated.

`apsw` brings its own SQLite; no other SQLite library may open the live file in this process, and
nothing may `open()` it, since closing such a file drops SQLite's locks. Connections belong to a
thread: at the desk one database thread owns it, a command uses its own.
"""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw
from peewee import PeeweeException
from playhouse.apsw_ext import APSWDatabase

from db import aside, errors

APPLICATION_ID = 0x62757572
"""Marks our files among all SQLite files ("buur")."""

SCHEMA_VERSION = 1
"""The number of the newest migration."""

SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a press on the screen is on the disk
    "foreign_keys": 1,
    "secure_delete": 1,  # what is erased is gone from the file
    "cache_size": -2000,
    "journal_size_limit": 4194304,
}
"""The pragmas of every connection, read back after opening."""

BUSY_SECONDS = 10
"""How long to wait for another process's write before saying so."""

_OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL that several processes share
_HEADER_BYTES = 100
_LEAST_FREE = 65536  # twice what the index of the write-ahead log takes
_opened: tuple[str, int, int] | None = None
"""The file that is open: its path, device and number."""

_MIGRATIONS = Path(__file__).parent / "migrations"

database = APSWDatabase(
    None, pragmas=list(SETTINGS.items()), timeout=BUSY_SECONDS, lock_type="IMMEDIATE", autoconnect=False
)
"""The room's database; bound to a file by `create` or `open`."""


def path() -> Path:
    """The file that is open."""
    return Path(database.database)


def create(file: Path, fill: Callable[[], None]) -> None:
    """Make a new database, whole or not at all, and leave it open.

    Args:
        file: where it will stand; its directory is made when missing.
        fill: writes what a room must have from its first moment.

    Raises:
        RoomExists: there is a file already.
        SetAside: a restore has the room that belongs there.
        CannotOpen, DiskFull: it cannot be made there.
    """
    refuse_other_than_file(file)
    with saying(file):
        _assert_free(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}.{os.getpid()}.new")
        try:
            unfinished.unlink(missing_ok=True)
            _bind(unfinished)
            database.connect()
            database.pragma("application_id", APPLICATION_ID)
            migrate(database)
            fill()
            close()
            with suppress(PermissionError):  # a USB stick's file system knows no permissions
                unfinished.chmod(0o660)
            _put_in_place(unfinished, file)
        finally:
            close()
            for left in (unfinished, *beside(unfinished)):
                left.unlink(missing_ok=True)
    open(file)


def open(file: Path) -> None:  # noqa: A001 - "open the room" is what it does
    """Open the room's database in this thread, migrating it when it is an older one.

    Raises:
        NoRoom, SetAside, Emptied: there is nothing at this path.
        NotARoom, NewerRoom, Damaged, CannotOpen, Busy: what is there cannot be used.
    """
    refuse_other_than_file(file)
    with saying(file), holding(file.parent):
        assert_there(file)
        assert_ours(file)
        close()
        _bind(file)
        try:
            database.connect()
            version = _assert_ours(file)
            if version < SCHEMA_VERSION:
                _migrate_once(file)
            _assert_settings()
            _remember(file)
        except BaseException:
            close()
            raise


def join() -> None:
    """Give this thread its own connection to the file that is open (for work beside the desk's)."""
    with saying(path()):
        database.connect(reuse_if_open=True)
        _assert_settings()


def close() -> None:
    """Close this thread's connection; the last one out folds the write-ahead log into the file."""
    if not database.is_closed():
        database.close()


def changes_elsewhere() -> int:
    """A number that is another one as soon as another connection has committed.

    Raises:
        Vanished: the file has gone.
    """
    _assert_stands()
    return int(database.connection().pragma("data_version"))  # past Peewee: it is asked all the time


@contextmanager
def holding(directory: Path, *, alone: bool = False) -> Iterator[None]:
    """Keep files here from changing places meanwhile, or be alone here to do just that.

    Opening by name takes three steps (the file, its log, the lock); a file that changes places in
    between would get another one's log. Where the file system knows no such locks, nothing waits.
    """
    import fcntl

    handle = None
    try:
        with suppress(OSError):
            handle = os.open(directory, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
            fcntl.flock(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def assert_there(file: Path) -> None:
    """Refuse a path without a room, and say so differently when there was one.

    Raises:
        NoRoom: there is nothing, or an empty file.
        SetAside: a restore has the room that belongs there.
        Emptied: there is an empty file, whose log is not.
    """
    if is_filled(file):
        return
    aside.assert_none(file)
    log = aside.logs(Path(os.path.realpath(file)))[0]
    if file.exists() and is_filled(log):
        raise errors.Emptied(path=file, log=log)
    raise errors.NoRoom(path=file)


def is_filled(file: Path) -> bool:
    """Whether there is a file with anything in it."""
    return file.exists() and file.stat().st_size > 0


def assert_ours(file: Path) -> None:
    """Refuse another program's file by its first bytes: SQLite would change it by opening it our way.

    Raises:
        NotARoom, NewerRoom: it is somebody else's, or a newer program's.
    """
    seen = apsw.VFSFile("", str(file.resolve()), [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0])
    try:
        header = seen.xRead(_HEADER_BYTES, 0)
    finally:
        seen.xClose()
    if not header.startswith(b"SQLite format 3\0") or _number(header, 68) != APPLICATION_ID:
        raise errors.NotARoom(path=file)
    if (found := _number(header, 60)) > SCHEMA_VERSION:
        raise errors.NewerRoom(path=file, found=found, known=SCHEMA_VERSION)


@contextmanager
def looking_at(file: Path, *, briefly: bool = False) -> Iterator[apsw.Connection]:
    """A database that is only read, and stays as it is: a copy, or a file that may be damaged.

    A file on a stick that cannot be written to opens too, when it has no write-ahead log.

    Args:
        file: the database.
        briefly: at a glance, so that a file that nobody has open gets no log beside it either.
    """
    closed = not any(part.exists() for part in beside(Path(os.path.realpath(file))))
    reader = _reader(file, untouched=briefly and closed)
    try:
        reader.set_busy_timeout(BUSY_SECONDS * 1000)
        try:
            reader.pragma("schema_version")
        except apsw.CantOpenError:
            if not closed:
                raise
            reader.close()
            reader = _reader(file, untouched=True)
        yield reader
    finally:
        reader.close()


def _reader(file: Path, *, untouched: bool) -> apsw.Connection:
    """A connection that only reads; for a file that nobody changes it can do without a log and locks."""
    if not untouched:
        return apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    address = f"{file.resolve().as_uri()}?immutable=1"
    return apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


@contextmanager
def reading() -> Iterator[None]:
    """Queries that together see one state of the room."""
    with saying(path()):
        _assert_stands()
        with database.atomic("DEFERRED"):
            yield


@contextmanager
def writing() -> Iterator[None]:
    """One change: all of it is on the disk when this ends, or nothing."""
    with saying(path()):
        _assert_stands()
        with database.atomic():
            yield


@contextmanager
def saying(file: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into our sentences; what is a bug passes unchanged."""
    try:
        yield
    except PeeweeException as problem:
        if sentence := _sentence_for(getattr(problem, "orig", None), file):
            raise sentence from problem
        raise
    except apsw.Error as problem:
        if sentence := _sentence_for(problem, file):
            raise sentence from problem
        raise
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise errors.DiskFull from problem
        raise errors.CannotOpen(path=file) from problem


def _sentence_for(problem: object, file: Path) -> errors.HostdeskError | None:
    """Our sentence for one of apsw's errors, or none when it can only be a bug."""
    match problem:
        case apsw.FullError():
            return errors.DiskFull()
        case apsw.ReadOnlyError():
            return errors.ReadOnly(path=file)
        case apsw.BusyError() | apsw.LockedError() | apsw.ProtocolError():
            return errors.Busy(path=file)
        case apsw.NotADBError():
            return errors.NotARoom(path=file)
        case apsw.CorruptError():
            return errors.Damaged(path=file)
        case apsw.CantOpenError():
            return errors.CannotOpen(path=file)
        case apsw.IOError():
            return errors.DiskFull() if _is_full(file) else errors.DiskTrouble(path=file)
    return None


def _is_full(file: Path) -> bool:
    """Whether there is no space beside the file: SQLite does not say so when its index cannot grow."""
    try:
        disk = os.statvfs(file.parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _LEAST_FREE


def rows(query: Any) -> list[Any]:
    """The query's rows as tuples, all of them: a half-read query would pin an old state of the file."""
    return list(query.tuples())


def beside(file: Path) -> tuple[Path, Path]:
    """The write-ahead log and its index, which belong to the file."""
    return Path(f"{file}-wal"), Path(f"{file}-shm")


def refuse_other_than_file(path: Path) -> None:
    """A directory is no database, and neither is a device, which `create` would replace.

    Raises:
        HostdeskError: something else than a file stands there.
    """
    if path.is_dir():
        raise errors.HostdeskError(errors.N_("{path} is a directory; --db needs a file."), path=path)
    if path.exists() and not path.is_file():
        raise errors.HostdeskError(errors.N_("{path} is no ordinary file; --db needs one."), path=path)


def _number(header: bytes, at: int) -> int:
    """A number in the first page of a SQLite file (https://sqlite.org/fileformat.html, 1.3)."""
    return int.from_bytes(header[at : at + 4], "big")


def _remember(file: Path) -> None:
    """Know this file again, whatever will stand at its path."""
    global _opened
    found = file.stat()
    _opened = (str(file), found.st_dev, found.st_ino)


def _assert_stands() -> None:
    """The file that is open still has its name: what is written to one without it is lost at the end."""
    if _opened is None or _opened[0] != database.database:
        return  # one that is being made
    try:
        found = Path(_opened[0]).stat()
    except FileNotFoundError:
        raise errors.Vanished(path=path()) from None
    if (found.st_dev, found.st_ino) != _opened[1:]:
        raise errors.Vanished(path=path())


def _bind(file: Path) -> None:
    """Point the models at this file."""
    database.init(str(file), pragmas=list(SETTINGS.items()), timeout=BUSY_SECONDS)


def _assert_ours(file: Path) -> int:
    """The file's schema version, when it is ours and not newer than we are."""
    if database.pragma("application_id") != APPLICATION_ID:
        raise errors.NotARoom(path=file)
    version = int(database.pragma("user_version"))
    if version > SCHEMA_VERSION:
        raise errors.NewerRoom(path=file, found=version, known=SCHEMA_VERSION)
    return version


def _assert_settings() -> None:
    """Believe no pragma until it is read back."""
    if APSWDatabase.server_version < _OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {APSWDatabase.server_version} is too old, {_OLDEST_SQLITE} is needed")
    for name, wanted in SETTINGS.items():
        found = database.pragma(name)
        if found != wanted:
            raise RuntimeError(f"PRAGMA {name} is {found!r}, not {wanted!r}")


def _migrate_once(file: Path) -> None:
    """Bring an older room up to date, while other processes wait for it."""
    import fcntl

    with Path(f"{file}-migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _assert_ours(file) < SCHEMA_VERSION:
            from db import backup

            backup.before_migration(file)
            migrate(database)


def migrate(tables_of: APSWDatabase) -> None:
    """Apply the numbered migrations that this database has not had (an import of 90 ms, so only then)."""
    from playhouse.migrations import run

    # The runner dates its history with a datetime, which apsw binds only when told how.
    tables_of.connection().convert_binding = lambda _cursor, _number, value: str(value)
    run(tables_of, str(_MIGRATIONS))
    tables_of.pragma("user_version", SCHEMA_VERSION)


def _assert_free(file: Path) -> None:
    """Refuse to make a room where there is one, or where one was set aside."""
    if is_filled(file):
        raise errors.RoomExists(path=file)
    aside.assert_none(file)


def _put_in_place(finished: Path, file: Path) -> None:
    """Give the finished file its name, unless another process did so first; the name is on the disk."""
    with holding(file.parent, alone=True):
        _assert_free(file)
        file.unlink(missing_ok=True)  # empty
        aside.move_logs(file)
        try:
            os.link(finished, file)
        except FileExistsError:
            raise errors.RoomExists(path=file) from None
        except OSError:  # a file system without links, such as a USB stick's
            finished.rename(file)
        sync_directory(file.parent)


def sync_directory(directory: Path) -> None:
    """Have the directory's names on the disk, so that a new file survives a power cut."""
    handle = os.open(directory, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
