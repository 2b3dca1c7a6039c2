"""The one way to the database: how it is made, opened, migrated, read and written.

`apsw` brings its own SQLite; no other SQLite library may open the live file in this process, and
nothing may `open()` it, since closing such a file drops SQLite's locks. Connections belong to a
thread: at the desk one database thread owns it, a command uses its own.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from db import errors, files, roles
from db.light_peewee import APSWDatabase
from db.mishaps import is_only_read, only_read, saying

APPLICATION_ID = 0x62757572
"""Marks our files among all SQLite files ("buur")."""

SCHEMA_VERSION = 8
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

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can corrupt a write-ahead log that several processes share."""

_known: files.Known | None = None  # the file that is open, once it has its name
_MIGRATIONS = Path(__file__).parent / "migrations"


class _Database(APSWDatabase):
    """The room's database."""

    only_read = False
    """Whether nothing can be written beside the file either, so that it is read without log and locks."""

    def _connect(self) -> apsw.Connection:
        if self.only_read or roles.reads_only():
            made = _reader(Path(self.database), untouched=self.only_read)
            made.set_busy_timeout(BUSY_SECONDS * 1000)
            return made
        return _trusting_nothing(super()._connect())


database = _Database(
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
    with saying(file):
        files.refuse_other_than_file(file)
        files.assert_free(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}.{os.getpid()}.new")
        try:
            unfinished.unlink(missing_ok=True)
            _bind(unfinished)
            database.connect()
            database.pragma("application_id", APPLICATION_ID)
            migrate(database)
            fill()
            # On a full disk, closing would leave what does not fit in the log, and say nothing.
            database.connection().wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            close()
            with suppress(PermissionError):  # a USB stick's file system knows no permissions
                unfinished.chmod(0o660)
            files.put_in_place(unfinished, file)
        finally:
            close()
            for left in (unfinished, *files.beside(unfinished)):
                left.unlink(missing_ok=True)
    open(file)


def open(file: Path, *, alone: bool = False) -> None:  # noqa: A001 - "open the room" is what it does
    """Open the room's database in this thread, migrating it when it is an older one.

    Args:
        file: the database.
        alone: without the index that processes share, which finds no space on a full disk; until it is
            closed nobody else can use the room, so this is for a command and never for the desk.

    Raises:
        NoRoom, SetAside, Emptied: there is nothing at this path.
        NotARoom, NewerRoom, Damaged, CannotOpen, Busy: what is there cannot be used.
        NotYetUpgraded: so it is, for who may only read.
    """
    global _known
    with saying(file), files.holding(file.parent):
        files.refuse_other_than_file(file)
        files.assert_there(file)
        assert_ours(file)
        close()
        if roles.reads_only():
            _refuse_older(file)
        _bind(file, alone=alone)
        try:
            database.connect()
            if _version(file) < SCHEMA_VERSION:
                _migrate_once(file)
            else:
                _take_left_lock_away(file)
            _assert_settings()
            roles.guard(database.connection())
            _known = files.Known(file)
        except BaseException:
            close()
            raise


def _refuse_older(file: Path) -> None:
    """Who reads alone brings no room up to date, and leaves nothing beside one that nobody has open."""
    with looking_at(file, briefly=True) as seen:
        if int(seen.pragma("user_version")) < SCHEMA_VERSION:
            raise errors.NotYetUpgraded


def assert_writable() -> None:
    """Refuse to stand at a desk where no count can be saved: SQLite opens such a file without a word.

    Raises:
        ReadOnly: so it is, by its rights or by its disk.
    """
    if not roles.reads_only() and database.connection().readonly("main"):
        raise only_read(path())


def takes_writing() -> bool:
    """Whether the disk of the open file takes writing still: a card that fails can become read-only."""
    return not is_only_read(path())


def open_to_read(file: Path) -> None:
    """Open a room where nothing may be written, which `open` refused, as a card does that is worn out.

    What would write says then that it can't.

    Raises:
        ReadOnly: it is an older room, or somebody has it open; it takes writing to read that.
    """
    with saying(file):
        if not files.is_whole(file):
            raise only_read(file)
        _bind(file, only_read=True)
        database.connect()
        if _version(file) < SCHEMA_VERSION:
            close()
            raise only_read(file)
        roles.guard(database.connection())


def join() -> None:
    """Give this thread its own connection to the file that is open (for work beside the desk's)."""
    with saying(path()):
        database.connect(reuse_if_open=True)
        _assert_settings()
        roles.guard(database.connection())


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


def assert_ours(file: Path) -> None:
    """Refuse another program's file by its first bytes: SQLite would change it by opening it our way.

    Raises:
        NotARoom, NewerRoom: it is somebody else's, or a newer program's.
    """
    _assert_marked(file, files.marks(file))


@contextmanager
def looking_at(file: Path, *, briefly: bool = False) -> Iterator[apsw.Connection]:
    """A database that is only read, and stays as it is: a copy, or a file that may be damaged.

    A file on a stick that cannot be written to opens too, when it has no write-ahead log.

    Args:
        file: the database.
        briefly: at a glance, so that a file that nobody has open gets no log beside it either.
    """
    closed = not any(part.exists() for part in files.beside(Path(os.path.realpath(file))))
    reader = _reader(file, untouched=briefly and closed)
    try:
        reader.set_busy_timeout(BUSY_SECONDS * 1000)
        try:
            reader.pragma("schema_version")
        except (apsw.CantOpenError, apsw.FullError, apsw.IOError, apsw.ReadOnlyError):
            if not files.is_whole(file):
                raise  # nothing can be written beside it, or there is no space, and it has a log to be read
            reader.close()
            reader = _reader(file, untouched=True)
        yield reader
    finally:
        reader.close()


def _trusting_nothing(made: apsw.Connection) -> apsw.Connection:
    """Let what somebody put into the file run nothing; hostdesk itself has no triggers and no views."""
    for switched_off in (
        apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER,
        apsw.SQLITE_DBCONFIG_ENABLE_VIEW,
        apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA,
    ):
        made.config(switched_off, 0)
    return made


def _reader(file: Path, *, untouched: bool) -> apsw.Connection:
    """A connection that only reads; for a file that nobody changes it can do without a log and locks."""
    if not untouched:
        return _trusting_nothing(apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY))
    address = f"{file.resolve().as_uri()}?immutable=1"
    return _trusting_nothing(apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI))


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
            assert_not_upgraded()
            roles.assert_still(database.connection())
            yield


def assert_not_upgraded() -> None:
    """Refuse to go on in tables that a newer hostdesk has changed since the room was opened here.

    Raises:
        Upgraded: so it is.
    """
    found = database.connection().pragma("user_version")  # past Peewee, as each press asks it
    if int(found) > SCHEMA_VERSION:
        raise errors.Upgraded


def assert_still_theirs() -> None:
    """Refuse to go on for somebody who stopped since they came in, or became something else.

    Raises:
        NoLonger: so it is.
    """
    with saying(path()):
        roles.assert_still(database.connection())


def rows(query: Any) -> list[Any]:
    """The query's rows as tuples, all of them: a half-read query would pin an old state of the file."""
    return list(query.tuples())


def _assert_stands() -> None:
    """The file that is open still has its name, unless it is one that is being made."""
    if _known and _known.path == database.database and not _known.stands():
        raise errors.Vanished(path=path())


def _bind(file: Path, *, only_read: bool = False, alone: bool = False) -> None:
    """Point the models at this file."""
    database.only_read = only_read
    pragmas: list[tuple[str, str | int]] = [("locking_mode", "exclusive")] if alone else []
    database.init(str(file), pragmas=[*pragmas, *SETTINGS.items()], timeout=BUSY_SECONDS)


def _version(file: Path) -> int:
    """The schema version of the file that is open, when it is ours and not newer than we are."""
    application, version = database.pragma("application_id"), int(database.pragma("user_version"))
    _assert_marked(file, (application, version))
    return version


def _assert_marked(file: Path, marks: tuple[int, int] | None) -> None:
    """Refuse a file that has not our mark, or a newer program's version."""
    application, version = marks or (None, 0)
    if application != APPLICATION_ID:
        raise errors.NotARoom(path=file)
    refuse_newer(file, version)


def refuse_newer(file: Path, version: int) -> None:
    """Touch no tables that this program does not know.

    Raises:
        NewerRoom: so they are.
    """
    if version > SCHEMA_VERSION:
        raise errors.NewerRoom(path=file, found=version, known=SCHEMA_VERSION)


def _assert_settings() -> None:
    """Believe no pragma until it is read back; they are about writing."""
    if database.only_read or roles.reads_only():
        return
    if APSWDatabase.server_version < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {APSWDatabase.server_version} is too old, {OLDEST_SQLITE} is needed")
    for name, wanted in SETTINGS.items():
        found = database.pragma(name)
        if found != wanted:
            raise RuntimeError(f"PRAGMA {name} is {found!r}, not {wanted!r}")


def _migrate_once(file: Path) -> None:
    """Bring an older room up to date, while other processes wait for it."""
    import fcntl

    meanwhile = _lock_of(file)
    with meanwhile.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _version(file) < SCHEMA_VERSION:
            from db import backup

            backup.before_migration(file)
            migrate(database)
        with suppress(OSError):  # whoever comes later needs no lock: there is nothing left to migrate
            meanwhile.unlink(missing_ok=True)


def _take_left_lock_away(file: Path) -> None:
    """Take away what an upgrade left that was killed when its work was done; one that goes on keeps it."""
    with suppress(OSError):  # mostly there is none
        lock = os.open(_lock_of(file), os.O_RDWR)
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _lock_of(file).unlink(missing_ok=True)
        finally:
            os.close(lock)


def _lock_of(file: Path) -> Path:
    """Whoever brings the room up to date holds this one."""
    return Path(f"{file}-migrating")


def migrate(tables_of: APSWDatabase) -> None:
    """Apply the numbered migrations that this database has not had: all of them, or none.

    Whoever is cut off half-way finds the tables of the older version, and its number with them. (An
    import of 90 ms, so only then.)
    """
    from playhouse.migrations import run

    # The runner dates its history with a datetime, which apsw binds only when told how.
    tables_of.connection().convert_binding = lambda _cursor, _number, value: str(value)
    enforced = tables_of.pragma("foreign_keys")
    # A table that is made anew would take along what refers to it; inside a transaction this says nothing.
    tables_of.pragma("foreign_keys", 0)
    try:
        with tables_of.atomic():
            run(tables_of, str(_MIGRATIONS))
            tables_of.pragma("user_version", SCHEMA_VERSION)
    finally:
        tables_of.pragma("foreign_keys", enforced)
