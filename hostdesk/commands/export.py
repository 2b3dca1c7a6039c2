"""The room's data for other programs: every table, with what it means."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hostdesk.commands.command import Command
from hostdesk.commands.progress import Progress
from hostdesk.words import N_, gettext, ngettext, numbers
from hostdesk.words.shell import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "dir", metavar=gettext(N_("DIR")), type=Path, help=gettext(N_("a directory that is made for it"))
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
    from hostdesk.reports import data_package

    progress = Progress(sys.stderr)
    try:
        counts = data_package.write(args.dir, args.asked, progress)
    finally:
        progress.end()
    rows = sum(counts.values())
    said = ngettext("{tables} tables, {n} row: {path}", "{tables} tables, {n} rows: {path}", rows)
    tell(said.format(tables=len(counts), n=numbers.number(rows), path=args.dir))
    if args.asked:
        tell(gettext(N_("It names people: give it only to who may have that, and remove it after use.")))
    else:
        tell(
            gettext(
                N_("No names and no texts of people are in it. datapackage.json says what everything means.")
            )
        )


EXPORT = Command(
    "export",
    N_("Write every table as CSV, with a description of all of it (Frictionless); nobody is named in it."),
    run=_export,
    arguments=_arguments,
    example="hostdesk export huiskamer-2026",
    at_the_machine=True,
)
