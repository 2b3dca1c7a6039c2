"""Tallies from before this program: shown line by line, taken in, and taken back as a whole."""

import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import NotPossible
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.commands.progress import Progress
from hostdesk.words import N_, dates, gettext, ngettext, numbers, say
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator

    from db.earlier import Understood


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
        taken = [f"{one.number}  {one.file}: {_how_much(one.days, one.visits)}" for one in earlier.taken()]
        tell(*(taken or [gettext(N_("No earlier tallies were taken in."))]))


def _read(file: Path, *, take_in: bool) -> None:
    from db import earlier

    progress, too_late = Progress(sys.stderr), False
    parts = 2 if take_in else 1
    try:
        understood = earlier.read(file, lambda part: progress(part / parts))
        if take_in:
            with _stopping_between() as stopped:

                def written(part: float) -> None:
                    if stopped():
                        raise KeyboardInterrupt
                    progress((1 + part) / parts)

                number = earlier.take_in(file, understood.tallies, written)
                too_late = stopped()
    except earlier.Faulty as faulty:
        progress.end()
        for fault in faulty.shown:
            remark(say(fault))
        if n := faulty.more:
            remark(ngettext("And {n} more line.", "And {n} more lines.", n).format(n=numbers.number(n)))
        raise
    except KeyboardInterrupt:
        progress.end()
        remark(gettext(N_("Stopped: nothing was taken in.")))
        raise
    finally:
        progress.end()
    if too_late:
        remark(gettext(N_("It was too late to stop: everything was taken in.")))
    days = len({one.day for one in understood.tallies})
    what = _how_much(days, sum(one.visits for one in understood.tallies))
    if take_in:
        done = gettext(N_("Taken in: {what}. Take it back with: {command}"))
        tell(done.format(what=what, command=f"hostdesk import --take-back {number}"))
    else:
        tell(*_lines(understood))
    if remarks := list(_remarks(understood)):
        tell(*remarks)
    if not take_in:
        tell(
            gettext(N_("{what}. Nothing was taken in yet; if this is right, add: --take-in")).format(
                what=what
            )
        )


@contextmanager
def _stopping_between() -> "Iterator[Callable[[], bool]]":
    """Let Ctrl+C stop nothing by itself, and tell whether it was pressed.

    While all of it is brought onto the card nobody can say whether it was taken in, and a poor card takes
    seconds for that: Python would raise its `KeyboardInterrupt` once everything stands there.
    """
    pressed = []
    before = signal.signal(signal.SIGINT, lambda *_: pressed.append(True))
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _lines(understood: "Understood") -> "Iterator[str]":
    """What each line of the file says."""
    overruled = gettext(N_("does not count: the desk counted this day"))
    for one in understood.tallies:
        hour = "" if one.hour is None else f" {one.hour:02}:00"
        after = f"  ({overruled})" if one.day in understood.overruled else ""
        yield f"{one.line}: {dates.day(one.day)}{hour}  {numbers.visits(one.visits)}{after}"


def _remarks(understood: "Understood") -> "Iterator[str]":
    """What of the file is left out."""
    if understood.unread:
        yield gettext(N_("Columns that are left out: {names}.")).format(names=", ".join(understood.unread))
    if understood.today:
        said = N_("The tally of today, {day}, counts as long as nobody opens or counts at the desk today.")
        yield gettext(said).format(day=dates.day(understood.today))
    if n := len(understood.overruled):
        yield ngettext(
            "{n} day was counted at the desk too: those counts hold, and the tally of it does not count.",
            "{n} days were counted at the desk too: those counts hold, and the tallies of them do not count.",
            n,
        ).format(n=n)


def _how_much(days: int, visits: int) -> str:
    return f"{numbers.days(days)}, {numbers.visits(visits)}"


IMPORT = Command(
    "import",
    N_("Take in tallies from before (date, hour, number) from a CSV file; shows first what it understood."),
    run=_import,
    arguments=_arguments,
    example="hostdesk import tallies.csv --take-in",
    at_the_machine=True,
)
