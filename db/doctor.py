"""Whether the room's machine can be left alone: what is wrong with it or soon will be, and what to do.

What needs a screen to be known is not asked here.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory

from db import backup, check, clock, connection, restore, roles, sealed
from db import room as rooms
from db.backup import Backup
from db.clock import Doubt
from db.errors import N_, DiskFull, HostdeskError
from db.findings import Finding
from db.light_peewee import APSWDatabase
from db.machine import Machine
from db.mishaps import saying

LEAST_FREE = 100_000_000
"""Bytes; with less the disk is called almost full: a month of backups, the log and the system need it."""

COPIES = 3
"""A room that has grown needs space for so many copies of itself."""

OUT_DAYS = 30
"""After so many days without a backup that leaves the machine, somebody has to see to one."""

WORN = 80
"""Percent of a card's life after which it should be replaced."""

_FROM_CHECK = {"no_backup", "old_backup"}
"""What the check only mentions of backups; for a machine that is left alone they are something to do."""


def look(file: Path, machine: Machine) -> list[Finding]:
    """Look at the room's file, its backups and the machine; nothing is changed.

    Args:
        file: the room's database.
        machine: whom to ask about the machine.

    Raises:
        NoRoom, SetAside, Emptied, NotARoom, NewerRoom, CannotOpen, Busy: there is no room to look at.
    """
    if old := list(_sqlite()):
        return old  # and open nothing with it
    report = check.check(file)
    can_be_opened = report.sound and not _is_older(report)
    return [
        *(finding for finding in report.findings if finding.code not in _FROM_CHECK | {"read_only"}),
        *_disk(file, machine),
        *_backups(file, report),
        *(_out_of_the_room(file, machine) if can_be_opened else ()),
        *_clock(file, machine, can_be_opened=can_be_opened),
        *_stick(file, machine),
        *_permissions(file, machine),
    ]


def _is_older(report: check.Report) -> bool:
    """Whether opening it would change its tables, which is not for whoever only looks."""
    return any(finding.code == "older" for finding in report.findings)


def _sqlite() -> Iterator[Finding]:
    version = APSWDatabase.server_version
    if version < connection.OLDEST_SQLITE:
        yield Finding(
            "sqlite",
            N_("SQLite {version} can damage a room that several programs use. Install hostdesk anew."),
            {"version": ".".join(map(str, version))},
        )


def _backups(file: Path, report: check.Report) -> Iterator[Finding]:
    newest = report.newest_backup
    for finding in report.findings:
        if finding.code in _FROM_CHECK:
            yield Finding(finding.code, finding.sentence, finding.values)
    problem = _why_not_restored(newest) if newest else None
    if isinstance(problem, DiskFull):
        sentence = N_("There was no space to try the newest backup. Make space for temporary files.")
        yield Finding("backup_not_tried", sentence)
    elif newest and problem:
        sentence = N_("The newest backup, {path}, cannot be put back. Make another one with: hostdesk backup")
        yield Finding("backup_unreadable", sentence, {"path": newest.file})
    if sealed.keys(file) and not sealed.can_seal():
        yield Finding("no_tool_to_seal", sealed.NoTool.sentence)


def _out_of_the_room(file: Path, machine: Machine) -> Iterator[Finding]:
    """Whether a copy stands anywhere else: what stands beside the room goes when the machine does."""
    try:
        connection.open(file)
        last = max((day for day in (backup.last_on_stick(), backup.elsewhere()) if day), default=None)
        with connection.reading():
            room = rooms.current()
            today = rooms.day_of(room, clock.reliable_now()[0])
            since = rooms.day_of(room, room.since)
        on_stick: list[Backup] = []
        with suppress(HostdeskError):  # what is wrong with the stick itself is told of that
            on_stick = backup.all_on_stick(machine)
    except HostdeskError:  # that is told elsewhere
        return
    finally:
        connection.close()
    if not sealed.keys(file) and any(there.file.suffix == sealed.SUFFIX for there in on_stick):
        sentence = N_(
            "The backups on the USB stick {stick} were sealed, and the next ones are not: this machine does "
            "not know the key. Give it the public one again: hostdesk room --backup-key KEY"
        )
        yield Finding("not_sealed", sentence, {"stick": backup.STICK})
    if last is None:
        sentence = N_(
            "No backup ever left this machine: when it goes, they go too. Put in a USB stick called {stick}, "
            "or fetch one from elsewhere: ssh {machine} hostdesk backup - > copy.db"
        )
        serious = (today - since).days > OUT_DAYS
        values: dict[str, object] = {"stick": backup.STICK, "machine": roles.ssh_address()}
        yield Finding("never_out", sentence, values, serious=serious)
    elif (today - last).days > OUT_DAYS:
        sentence = N_(
            "The last backup that left this machine is {days} days old. Put in a USB stick called {stick}, "
            "or fetch one from elsewhere: ssh {machine} hostdesk backup - > copy.db"
        )
        values = {"days": (today - last).days, "stick": backup.STICK, "machine": roles.ssh_address()}
        yield Finding("long_not_out", sentence, values)


def _why_not_restored(newest: Backup) -> HostdeskError | None:
    """Put the backup back in a place of its own, open it there and check it; why that did not go."""
    with saying(newest.file), TemporaryDirectory(prefix="hostdesk-restore-") as place:
        tried = Path(place) / "tried.db"
        try:
            restore.restore(newest.file, tried)
            found = [finding for finding in check.check(tried).findings if finding.serious]
        except HostdeskError as problem:
            return problem
        finally:
            connection.close()
    return HostdeskError(found[0].sentence, **found[0].values) if found else None


def _clock(file: Path, machine: Machine, *, can_be_opened: bool) -> Iterator[Finding]:
    doubt = _doubt(file) if can_be_opened else None
    match doubt:
        case Doubt.BEFORE_RELEASE | Doubt.BEHIND:
            sentence = N_(
                "The clock of this machine is behind what was counted already. "
                "Set it: sudo date --set='YYYY-MM-DD HH:MM'"
            )
            yield Finding("clock_behind", sentence)
        case Doubt.JUMPED:
            sentence = N_(
                "The clock of this machine has jumped since it was started. "
                "Look whether it is right; if it is, press k at the desk."
            )
            yield Finding("clock_jumped", sentence)
    if machine.clock_in_step() is False:
        yield _not_in_step(machine)


def _not_in_step(machine: Machine) -> Finding:
    """A clock that nobody keeps right only needs somebody when a power cut stops it."""
    if machine.has_clock_of_its_own():
        sentence = N_(
            "Nothing keeps the clock of this machine in step. Connect it to a network now and then, "
            "or hold the clock against another one each month."
        )
        return Finding("clock_alone", sentence, serious=False)
    sentence = N_(
        "Nothing keeps the clock of this machine in step, and it stops when the power goes. "
        "Connect the machine to a network, or put a clock with a battery (RTC) on it."
    )
    return Finding("clock_stops", sentence)


def _doubt(file: Path) -> Doubt | None:
    """Why the clock is not believed, by the rule that rows are filed by."""
    try:
        connection.open(file)
        with connection.reading():
            return clock.reliable_now()[1]
    except HostdeskError:  # a disk that cannot be written is told elsewhere
        return None
    finally:
        connection.close()


def _disk(file: Path, machine: Machine) -> Iterator[Finding]:
    disk = machine.disk(file.parent)
    if disk.read_only:
        sentence = N_(
            "The disk of {path} can only be read: nothing can be counted. A card that fails becomes so. "
            "Copy the backups elsewhere and put in a new card."
        )
        yield Finding("read_only", sentence, {"path": file})
    elif disk.free < max(LEAST_FREE, COPIES * file.stat().st_size):
        sentence = N_(
            "The disk of {path} is almost full: {megabytes} MB free. "
            "Throw away what is not needed, such as old downloads."
        )
        yield Finding("almost_full", sentence, {"path": file, "megabytes": disk.free // 1_000_000})
    if disk.errors:
        sentence = N_(
            "The file system has counted {n} errors on the disk of {path}. "
            "Make a backup on a USB stick, and have the disk or the card replaced."
        )
        yield Finding("disk_errors", sentence, {"n": disk.errors, "path": file})
    if disk.wear is not None and disk.wear >= WORN:
        sentence = N_("The card has used {percent} % of its life. Put in a new one before it fails.")
        yield Finding("worn", sentence, {"percent": disk.wear})


def _stick(file: Path, machine: Machine) -> Iterator[Finding]:
    """Whether the stick that is put in takes the next backup; where there is none, that is told elsewhere."""
    if (place := machine.stick(backup.STICK)) is None:
        return
    disk = None
    with suppress(OSError):  # a stick that gives errors, or is being pulled out
        disk = machine.disk(place)
    if disk is None or disk.read_only or not machine.owned(place).writable:
        sentence = N_(
            "Nothing can be written on the USB stick {stick}, so backups do not come on it. "
            "Put in another stick."
        )
        yield Finding("stick_read_only", sentence, {"stick": backup.STICK})
    elif disk.free < file.stat().st_size:
        sentence = N_(
            "The USB stick {stick} is full, so the next backup does not come on it. "
            "Throw away what is not needed on it, or put in another one."
        )
        yield Finding("stick_full", sentence, {"stick": backup.STICK})


def _permissions(file: Path, machine: Machine) -> Iterator[Finding]:
    if machine.disk(file.parent).read_only:  # that is told of the disk, and chmod can do nothing there
        return
    there, around = machine.owned(file), machine.owned(file.parent)
    folder = backup.folder(file)
    copies = [(folder, machine.owned(folder))] if folder.is_dir() else []
    for path, owned in ((file, there), (file.parent, around), *copies):
        if not owned.writable:
            sentence = N_(
                "This account may not write in {path}. Log in as the account of the desk, "
                "or ask whoever set up this machine."
            )
            yield Finding("not_writable", sentence, {"path": path})
    for path in _open_to_all(file, machine):
        sentence = N_("Every account on this machine can read {path}. Run: chmod o= {quoted}")
        yield Finding("open_to_all", sentence, {"path": path, "quoted": quote(str(path))})
    if around.mode & 0o002 and not around.mode & 0o1000:  # in /tmp only its owner can
        sentence = N_("Every account on this machine can replace {path}. Run: chmod o-w {quoted}")
        yield Finding("directory_open_to_all", sentence, {"path": file, "quoted": quote(str(file.parent))})
    if around.shared and not around.mode & 0o2000:
        sentence = N_(
            "A group works in {path}, but what one makes there the others cannot use. Run: chmod g+s {quoted}"
        )
        yield Finding("not_setgid", sentence, {"path": file.parent, "quoted": quote(str(file.parent))})
    elif around.shared and not there.mode & 0o020:
        sentence = N_("A group works in {path}, but may not write it. Run: chmod g+rw {quoted}")
        yield Finding("not_for_the_group", sentence, {"path": file, "quoted": quote(str(file))})


def _open_to_all(file: Path, machine: Machine) -> Iterator[Path]:
    """The room's file, or the directory of its backups, when people are in them whom everybody could read."""
    if machine.owned(file).mode & 0o007:
        yield file
    folder = backup.folder(file)
    copies = backup.all_of(file)
    if (
        copies
        and machine.owned(folder).mode & 0o005
        and any(machine.owned(one.file).mode & 0o007 for one in copies)
    ):
        yield folder
