"""Tallies from before this program: shown line by line, taken in, and taken back as a whole."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import NotPossible
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import N_, dates, gettext, ngettext
from hostdesk.words.shell import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "file",
        metavar=gettext("FILE"),
        nargs="?",
        type=Path,
        help=gettext(N_("a CSV file with a date, an hour if you like, and a number on each line")),
    )
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument(
        "--take-in", action="store_true", help=gettext(N_("take it in; without this it is only shown"))
    )
    doing.add_argument(
        "--take-back",
        metavar=gettext(N_("NUMBER")),
        type=typed.whole_number,
        help=gettext(N_("let nothing of this file count any more")),
    )


def _import(args: "Namespace") -> None:
    from db import earlier

    if args.take_back is not None:
        earlier.take_back(args.take_back)
        tell(gettext(N_("File {n} was taken back: nothing of it counts any more.")).format(n=args.take_back))
    elif args.file is not None:
        _read(args.file, take_in=args.take_in)
    elif args.take_in:
        raise NotPossible(N_("Name the file: hostdesk import FILE --take-in"))
    else:
        taken = [
            gettext(N_("{n}  {file}: {days} days, {visits} visits")).format(
                n=one.number, file=one.file, days=one.days, visits=one.visits
            )
            for one in earlier.taken()
        ]
        tell(*(taken or [gettext(N_("No earlier tallies were taken in."))]))


def _read(file: Path, *, take_in: bool) -> None:
    from db import earlier
    from hostdesk.demo.progress import Progress

    tallies = earlier.read(file)
    total = sum(one.visits for one in tallies)
    days = len({one.day for one in tallies})
    if take_in:
        progress = Progress(sys.stderr)
        try:
            number = earlier.take_in(file, tallies, progress)
        finally:
            progress.end()
        done = gettext(N_("Taken in: {days} days, {visits} visits. Take it back with: {command}"))
        tell(done.format(days=days, visits=total, command=f"hostdesk import --take-back {number}"))
        return
    for one in tallies:
        hour = "" if one.hour is None else f" {one.hour:02}:00"
        visits = ngettext("{n} visit", "{n} visits", one.visits).format(n=one.visits)
        tell(f"{one.line}: {dates.day(one.day)}{hour}  {visits}")
    tell(
        gettext(
            N_("{days} days, {visits} visits. Nothing was taken in yet; if this is right, add: --take-in")
        ).format(days=days, visits=total)
    )


IMPORT = Command(
    "import",
    N_("Take in tallies from before (date, hour, number) from a CSV file; shows first what it understood."),
    run=_import,
    arguments=_arguments,
    example="hostdesk import tallies.csv --take-in",
    at_the_machine=True,
)
