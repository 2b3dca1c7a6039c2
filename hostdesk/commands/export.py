"""The room's data for other programs: every table, with what it means."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hostdesk.commands.command import Command
from hostdesk.commands.progress import Progress
from hostdesk.words import N_, gettext, ngettext, numbers
from hostdesk.words.shell import line, remark, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "dir",
        metavar=gettext(N_("DIR")),
        type=Path,
        help=gettext(N_("a directory that is made for it; - pours it down the line, as a zip")),
    )
    parser.add_argument(
        "--with",
        dest="asked",
        metavar=gettext(N_("TABLE.COLUMN")),
        action="append",
        default=[],
        help=gettext(N_("names or texts of people too, such as person.name; more than once for more")),
    )


def _export(args: "Namespace") -> None:
    progress = Progress(sys.stderr)
    names_people = gettext(N_("It names people: give it only to who may have that, and remove it after use."))
    if args.dir == Path("-"):
        _pour(args.asked, progress)
        if args.asked:
            remark(names_people)
        return
    counts = _write(args.dir, args.asked, progress)
    rows = sum(counts.values())
    said = ngettext("{tables} tables, {n} row: {path}", "{tables} tables, {n} rows: {path}", rows)
    tell(said.format(tables=len(counts), n=numbers.number(rows), path=args.dir))
    nobody = N_("No names and no texts of people are in it. datapackage.json says what everything means.")
    tell(names_people if args.asked else gettext(nobody))


def _write(directory: Path, asked: list[str], progress: Progress) -> dict[str, int]:
    from hostdesk.reports import data_package

    try:
        return data_package.write(directory, asked, progress)
    finally:
        progress.end()


def _pour(asked: list[str], progress: Progress) -> None:
    """The same on stdout, for another machine to keep."""
    from hostdesk.reports import data_package

    no_terminal = N_(
        "A zip is no text to look at. Send it into a file: ssh desk hostdesk export - > room.zip"
    )
    with line(no_terminal) as stdout:
        try:
            data_package.pour(stdout, asked, progress)
        finally:
            progress.end()


EXPORT = Command(
    "export",
    N_("Write every table as CSV, with a description of all of it (Frictionless); nobody is named in it."),
    run=_export,
    arguments=_arguments,
    example="hostdesk export export-2026",
)
