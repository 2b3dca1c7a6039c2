"""The backups of a room: one a day by itself, more when somebody asks, and which ones are kept."""

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

import apsw

from db import connection, copies, files, roles, sealed, sticks
from db import room as rooms
from db.errors import Damaged, HostdeskError
from db.machine import Machine
from db.mishaps import is_only_read, saying
from db.todays_backup import daily_file, now
from db.todays_backup import folder as folder  # it belongs to the backups
from db.todays_backup import is_due as is_due

DAYS, WEEKS, MONTHS = 7, 4, 12
"""How many days, weeks and months of daily backups are kept."""

STICK = "HOSTDESK"
"""The label of the USB stick that takes each day's backup by itself."""

_ELSEWHERE = "backup_elsewhere"
_ON_STICK = "backup_on_stick"

_PIECE = 1 << 20  # bytes that are read at once

_SUFFIXES = ("", sealed.SUFFIX)

_NAME = r"-(?P<day>\d{4}-\d\d-\d\d)(?P<rest>-(?P<time>\d{6})[-a-z0-9]*)?\.db"


@dataclass(frozen=True)
class Backup:
    """A trusted copy of the room, as its name says."""

    file: Path
    day: date
    """The room's day on which it was made."""
    time: str | None
    """Local HHMMSS; None for the daily one, which is replaced by later ones as time goes."""


def to_keep(days: Iterable[date]) -> set[date]:
    """Which days' backups are kept: the newest 7, and the last ones of 4 weeks and of 12 months.

    Only weeks and months with a backup count, so that no backup is dropped because time went by, or
    because the clock went wrong.
    """
    newest_first = sorted(set(days), reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    months: dict[tuple[int, int], date] = {}
    for day in newest_first:
        weeks.setdefault(day.isocalendar()[:2], day)
        months.setdefault((day.year, day.month), day)
    return {*newest_first[:DAYS], *list(weeks.values())[:WEEKS], *list(months.values())[:MONTHS]}


def all_of(database: Path) -> list[Backup]:
    """The backups that stand beside this database, oldest first."""
    return _all_in(folder(database), database.stem)


def newest(database: Path) -> Backup | None:
    """The newest backup, or None when there is none yet."""
    return next(reversed(all_of(database)), None)


def daily(day: date | None = None) -> Path | None:
    """Back up the open room once a day, and drop the daily backups that are no longer kept.

    Takes a connection of its own where this thread has none, so that it can run beside the desk's.

    Args:
        day: the room's day; today without one.

    Returns:
        The new backup, or None when this day has one already.

    Raises:
        HostdeskError: it could not be made; the older ones are all still there.
    """
    with a_connection():
        database = connection.path()
        day = day or now().date()
        target = daily_file(database, day)
        with _alone_in(folder(database)):
            if target.exists():
                return None
            copies.clear_all(target.parent, database.stem)  # what a power cut left
            _make(target)
            _drop_old(target.parent, database.stem, day)
            return target


def by_hand(directory: Path | None = None) -> Path:
    """Back up the open room now, because somebody asks; it is kept until somebody removes it.

    Args:
        directory: where to; made when missing, and sealed there when the room has a key. Without one:
            with the other backups.

    Raises:
        HostdeskError: it could not be made.
    """
    with a_connection():
        database = connection.path()
        default = folder(database)
        directory = directory or default
        beside = directory.resolve() == default.resolve()
        keys = None if beside else sealed.keys(database)
        # Elsewhere nothing tidies up, and being alone beside the database would keep others from opening it.
        with _alone_in(default) if beside else _made(directory):
            stem = f"{database.stem}-{now():%Y-%m-%d-%H%M%S}"
            target = _free(directory, stem, sealed.SUFFIX if keys else "")
            if keys:
                with _nameless() as copy:
                    copies.carry(copy, target, keys)
            else:
                _make(target)
        if not beside:
            _keep_the_day(_ELSEWHERE)
        return target


def on_stick(place: Path) -> Path:
    """The directory on a USB stick that holds this room's backups: another room's may be there too."""
    with a_connection(), connection.reading():
        return place / f"{folder(connection.path()).name}-{rooms.current().uuid[:8]}"


def all_on_stick(machine: Machine) -> list[Backup]:
    """The backups of the open room on the stick called `HOSTDESK`; none where it is not put in."""
    if (place := machine.stick(STICK)) is None:
        return []
    directory, stem = on_stick(place), connection.path().stem
    with sticks.speaking_of(STICK):
        return [found for suffix in _SUFFIXES for found in _all_in(directory, stem, suffix)]


def left_on_stick(machine: Machine, stem: str) -> Backup | None:
    """The newest backup on the stick `HOSTDESK` of a room in a file of this name, the largest of several.

    For a machine that has none yet, such as one with a new card.

    Raises:
        HostdeskError: the stick cannot be looked through.
    """
    if (place := machine.stick(STICK)) is None:
        return None
    with sticks.speaking_of(STICK):
        rooms_of = list(place.glob(f"{stem}-backups-*"))
        found = [one for room in rooms_of for suffix in _SUFFIXES for one in _all_in(room, stem, suffix)]
        return max(found, key=lambda one: (one.day, one.file.stat().st_size), default=None)


def daily_on_stick(machine: Machine) -> Path | None:
    """Bring the newest daily backup to the stick called `HOSTDESK`, when it is put in and has it not yet.

    There they are kept as long as beside the database, and are sealed when the room has a key. What was
    written anew beside the database since it was brought there, because something was erased, is brought
    again.

    Returns:
        The new backup there, or None when there was nothing to do.

    Raises:
        HostdeskError: it could not be brought there; the older ones are all still there.
    """
    database = connection.path()
    newest = next((backup for backup in reversed(all_of(database)) if backup.time is None), None)
    if newest is None or (place := machine.stick(STICK)) is None:
        return None
    keys = sealed.keys(database)
    suffix = sealed.SUFFIX if keys else ""
    target = on_stick(place) / f"{newest.file.name}{suffix}"
    with sticks.speaking_of(STICK), _alone_in(target.parent):
        bring_again(machine)
        if target.exists():
            return None
        copies.clear_all(target.parent, database.stem)
        _assert_readable(newest.file)
        _carry(newest.file, target, keys)
        _drop_old(target.parent, database.stem, newest.day)
    _keep_the_day(_ON_STICK)
    return target


def seal_on_stick(machine: Machine) -> list[Path]:
    """Seal what came to the stick before the room had a key: it would stay there for whoever finds it.

    Returns:
        What is sealed now; nothing where there is no key, or no stick.

    Raises:
        HostdeskError: one could not be sealed; it is as it was.
    """
    keys = sealed.keys(connection.path())
    readable = [found.file for found in all_on_stick(machine) if found.file.suffix != sealed.SUFFIX]
    if keys is None or not readable:
        return []
    done = []
    with sticks.speaking_of(STICK), _alone_in(readable[0].parent):
        for file in readable:
            target = file.with_name(f"{file.name}{sealed.SUFFIX}")
            if not target.exists():
                made_at = file.stat().st_mtime
                _carry(file, target, keys)
                os.utime(target, (made_at, made_at))  # what is written anew here since, is brought again
            file.unlink(missing_ok=True)
            done.append(target)
    return done


def bring_again(machine: Machine, anew: Collection[Path] = ()) -> int:
    """Bring to the stick again what was written anew here since it came there; how many those were.

    Args:
        machine: the one that the stick is put in.
        anew: what was written anew just now, whatever the clock says.

    Raises:
        HostdeskError: one could not be brought there; it is as it was.
    """
    keys, n = sealed.keys(connection.path()), 0
    for there, mine in _with_ours(machine):
        is_sealed = there.file.suffix == sealed.SUFFIX
        if mine is None or (is_sealed and keys is None):
            continue
        if mine in anew or mine.stat().st_mtime > there.file.stat().st_mtime:
            _assert_readable(mine)
            with sticks.speaking_of(STICK):
                _carry(mine, there.file, keys if is_sealed else None)
            n += 1
    return n


def out_of_reach(machine: Machine) -> list[Backup]:
    """What is sealed on the stick and not kept here any more, so that nothing can be taken out of it."""
    return [
        there for there, mine in _with_ours(machine) if mine is None and there.file.suffix == sealed.SUFFIX
    ]


def _with_ours(machine: Machine) -> list[tuple[Backup, Path | None]]:
    """The backups on the stick, each with the file beside the database that it is a copy of."""
    here = {found.file.name: found.file for found in all_of(connection.path())}
    return [(there, here.get(there.file.name.removesuffix(sealed.SUFFIX))) for there in all_on_stick(machine)]


def _assert_readable(backup: Path) -> None:
    """Refuse to bring a backup elsewhere that its own disk does not give: that is not the other's trouble.

    Raises:
        Damaged: so it is.
    """
    try:
        with backup.open("rb") as mine:
            while mine.read(_PIECE):
                pass
    except OSError as problem:
        raise Damaged(path=backup) from problem


def _carry(backup: Path, target: Path, keys: Path | None) -> None:
    with backup.open("rb") as copy:  # nobody has it open as a database
        copies.carry(copy, target, keys)


def pour(target: BinaryIO) -> bool:
    """Write a consistent copy of the open room, as it stands now; whether it is sealed.

    Raises:
        HostdeskError: it could not be made, or sealed.
        OSError: the target does not take it.
    """
    with a_connection():
        keys = sealed.keys(connection.path())
        with _nameless() as copy:
            if keys:
                sealed.pour(copy, target, keys)
            else:
                shutil.copyfileobj(copy, target)
        _keep_the_day(_ELSEWHERE)
    return bool(keys)


def elsewhere() -> date | None:
    """The day of the last copy that is known to have left the room; erasing does not reach those."""
    return _kept_day(_ELSEWHERE)


def last_on_stick() -> date | None:
    """The day on which a stick last took a backup; erasing reaches it while it is put in."""
    return _kept_day(_ON_STICK)


def _kept_day(name: str) -> date | None:
    from db.shift_models import Setting

    with connection.reading():
        day = Setting.select(Setting.number).where(Setting.name == name).scalar()
    return None if day is None else date.fromisoformat(str(day))


def _keep_the_day(name: str) -> None:
    """Keep that a copy left the room; a room that cannot be written to is copied all the same."""
    from db.shift_models import Setting

    with suppress(HostdeskError), roles.by_the_machine(), connection.writing():
        Setting.replace(name=name, number=int(f"{now():%Y%m%d}")).execute()


def rewrite(file: Path, change: Callable[[apsw.Connection], object]) -> None:
    """Put a copy in the place of a backup in which something was changed; whole, or not at all.

    Raises:
        HostdeskError: it could not be made; the backup is as it was.
    """
    copies.fold(file)
    with connection.looking_at(file) as source, copies.prepared(source, file, file) as finished:
        copies.change(finished, change)
        copies.put_in_place(finished, file)


def before_migration(file: Path) -> Path:
    """Keep the room as it was before its tables change; it stays until somebody removes it.

    Raises:
        HostdeskError: it could not be made, so the tables must stay as they are.
    """
    now = rooms.now_in(connection.database.connection())
    with _alone_in(folder(file)):
        target = _free(folder(file), f"{file.stem}-{now:%Y-%m-%d-%H%M%S}-before-migration")
        _make(target)
        return target


def _read(file: Path, match: re.Match[str]) -> Backup | None:
    try:
        return Backup(file, date.fromisoformat(match["day"]), match["time"])
    except ValueError:  # 2026-13-45: not one of ours
        return None


def _make(target: Path) -> None:
    source = connection.database.connection()
    with copies.prepared(source, connection.path(), target) as finished:
        copies.put_in_place(finished, target)


@contextmanager
def _nameless() -> Iterator[BinaryIO]:
    """A trusted copy to read, that has no name any more: a slow reader keeps nobody waiting.

    It was made beside the database: what is not sealed yet must not touch another disk, unless that one
    takes no writing any more, or is full.
    """
    source = connection.database.connection()
    with (
        _beside_or_not(connection.path()) as place,
        _alone_in(place),
        copies.prepared(source, connection.path(), place / f"{connection.path().stem}-poured.db") as made,
    ):
        copy = made.open("rb")
    with copy:
        yield copy


@contextmanager
def _beside_or_not(database: Path) -> Iterator[Path]:
    """Where a copy can be made for a moment: with the backups, or for nobody else to see."""
    has_space = shutil.disk_usage(database.parent).free > database.stat().st_size
    if has_space and not is_only_read(database):
        yield folder(database)
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="hostdesk-") as place:
        yield Path(place)


def _all_in(directory: Path, stem: str, suffix: str = "") -> list[Backup]:
    """The backups of this room in a directory, oldest first."""
    if not directory.is_dir():
        return []
    name = re.compile(f"{re.escape(stem)}{_NAME}{re.escape(suffix)}")
    found = [_read(file, match) for file in directory.iterdir() if (match := name.fullmatch(file.name))]
    return sorted((backup for backup in found if backup), key=lambda backup: (backup.day, backup.time or ""))


def _drop_old(directory: Path, stem: str, newly_made: date) -> None:
    """Drop daily backups, sealed or not; the one just made stays, even when the clock says that it is old."""
    found = [backup for suffix in _SUFFIXES for backup in _all_in(directory, stem, suffix)]
    dailies = [backup for backup in found if backup.time is None]
    kept = to_keep(backup.day for backup in dailies) | {newly_made}
    for backup in dailies:
        if backup.day not in kept:
            backup.file.unlink(missing_ok=True)


def _free(directory: Path, stem: str, suffix: str = "") -> Path:
    """A name that nobody has."""
    target, number = directory / f"{stem}.db{suffix}", 1
    while target.exists():
        number += 1
        target = directory / f"{stem}-{number}.db{suffix}"
    return target


@contextmanager
def a_connection() -> Iterator[None]:
    """This thread's connection, or one that lasts as long as this."""
    had_one = not connection.database.is_closed()
    connection.join()
    try:
        yield
    finally:
        if not had_one:
            connection.close()


@contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """One backup at a time in this directory, which is made when missing."""
    with _made(directory), files.holding(directory, alone=True):
        yield


def _made(directory: Path) -> "nullcontext[None]":
    with saying(directory):
        files.make_directory(directory)
    return nullcontext()
