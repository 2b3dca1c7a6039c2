"""Backups, putting one back, and whether all is well, from the shell."""

import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db import backup, check, restore, sticks
from db.check import Report
from db.errors import HostdeskError, NotPossible
from db.findings import Finding
from db.machine import Machine
from hostdesk import place
from hostdesk.commands.command import Command
from hostdesk.words import N_, choose, dates, gettext, ngettext, numbers
from hostdesk.words.command_lines import filled
from hostdesk.words.putting_back import EMPTIED, what_is_missing
from hostdesk.words.shell import line, remark, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _backup_arguments(parser: "ArgumentParser") -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "dir",
        metavar=gettext(N_("DIR")),
        nargs="?",
        type=Path,
        help=gettext(N_("where to (beside the room's database without it); - pours it down the line")),
    )
    where.add_argument(
        "--usb",
        metavar=gettext(N_("LABEL")),
        help=gettext(N_("the USB stick of this label; the one called HOSTDESK gets each day's by itself")),
    )


def _backup(args: "Namespace") -> None:
    if args.dir == Path("-"):
        _pour()
        return
    if args.usb is None:
        tell(str(backup.by_hand(args.dir)))
        return
    with sticks.speaking_of(args.usb):
        tell(str(backup.by_hand(_on_stick(args.usb))))


def _on_stick(label: str) -> Path:
    place = Machine().stick(label)
    if place is None:
        raise NotPossible(
            N_("There is no USB stick called “{label}” in this machine. Put it in and try again."),
            label=label,
        )
    return backup.on_stick(place)


def _pour() -> None:
    """The copy itself on stdout, for another machine to keep."""
    no_terminal = N_(
        "A copy is no text to look at. Send it into a file: ssh desk hostdesk backup - > copy.db"
    )
    with line(no_terminal) as stdout:
        is_sealed = backup.pour(stdout)
    if is_sealed:
        remark(gettext(N_("The copy is sealed: only the private key of the room's backup key opens it.")))


def _upkeep(_args: "Namespace") -> None:
    from db import upkeep

    for ending in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(ending, _go)
    for made in upkeep.everything(Machine()):
        tell(str(made))


def _go(_signal: int, _frame: object) -> None:
    """The desk ends: what is half made is taken away."""
    sys.exit(1)


def _restore_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "file", metavar=gettext(N_("FILE")), type=Path, help=gettext(N_("the backup to put back"))
    )


def _restore(args: "Namespace") -> None:
    if refused := place.of_the_desk(args.db):
        raise refused
    done = restore.restore(args.file, args.db)
    choose(done.room.language)
    tell(
        gettext("{name} is back in {path}, as it was in {file}.").format(
            name=done.room.name, path=args.db, file=args.file
        )
    )
    if done.emptied:
        tell(gettext(EMPTIED))
    if done.kept_in:
        tell(what_is_missing(done))
        tell(gettext("What was there before is kept in {path}.").format(path=done.kept_in))


def _check_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _check(args: "Namespace") -> None:
    report = check.check(args.db)
    if args.json:
        tell(json.dumps(_facts(args.db, report)))
    else:
        tell(*in_words(report))
    if not report.all_is_well:
        raise HostdeskError(N_("{path} is not in order. Nothing was changed."), path=args.db)


def in_words(report: Report) -> list[str]:
    """A line for each finding; when nothing is wrong, a line that says so."""
    lines = [_sentence(finding) for finding in report.findings]
    if report.all_is_well:
        lines.insert(0, gettext("Everything is in order."))
    if report.rows is not None:
        lines.append(
            ngettext("{n} row in the door ledger.", "{n} rows in the door ledger.", report.rows).format(
                n=numbers.number(report.rows)
            )
        )
    if report.newest_backup:
        day = dates.day(report.newest_backup.day)
        lines.append(gettext("Newest backup: {day}, {path}.").format(day=day, path=report.newest_backup.file))
    return lines


def _sentence(finding: Finding) -> str:
    return filled(gettext(finding.sentence), finding.values)


def _facts(database: Path, report: Report) -> dict[str, object]:
    """The same for other programs."""
    newest = report.newest_backup
    return {
        "path": str(database),
        "ok": report.all_is_well,
        "findings": [
            {"code": finding.code, "serious": finding.serious, "text": _sentence(finding)}
            for finding in report.findings
        ],
        "rows": report.rows,
        "newest_backup": {"path": str(newest.file), "day": newest.day.isoformat()} if newest else None,
    }


BACKUP = Command(
    "backup",
    N_("Make a backup of the room, and print where it is."),
    run=_backup,
    arguments=_backup_arguments,
    example="hostdesk backup /media/usb-stick",
)
UPKEEP = Command(
    "upkeep",
    N_("Do what a new day brings: erase what was kept long enough, make the day's backup."),
    run=_upkeep,
    example="hostdesk upkeep",
    at_the_machine=True,
)
RESTORE = Command(
    "restore",
    N_("Put a backup back; what is there now is kept."),
    run=_restore,
    arguments=_restore_arguments,
    example="hostdesk restore hostdesk-2026-11-23.db",
    needs_room=False,
    at_the_machine=True,
)
CHECK = Command(
    "check",
    N_("Check the room's database, and say what is wrong and what to do."),
    run=_check,
    arguments=_check_arguments,
    example="hostdesk check",
    needs_room=False,
)
