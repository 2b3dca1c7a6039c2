"""A room to try things in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import RoomInUse
from hostdesk import place
from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext, numbers
from hostdesk.words.shell import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _arguments(parser: "ArgumentParser") -> None:
    parser.set_defaults(default_db=_where)
    parser.add_argument(
        "--days", metavar="N", type=int, default=400, help=gettext(N_("how many days, today included (400)"))
    )
    parser.add_argument(
        "--seed", metavar="N", type=int, default=1, help=gettext(N_("another number gives other days (1)"))
    )
    parser.add_argument(
        "--busy", action="store_true", help=gettext(N_("eight times the visitors, for measuring"))
    )
    parser.add_argument(
        "--no-open",
        action="store_true",
        help=gettext(N_("only make the room, afresh, without opening its desk")),
    )


def _where() -> Path:
    """Where `HOSTDESK_DB` says, unless somebody's own room stands there: then beside the usual one."""
    from db import demo as demos

    chosen = place.chosen_database()
    return chosen if chosen and demos.may_stand_in(chosen) else place.demo_database()


def _demo(args: "Namespace") -> None:
    from hostdesk import demo
    from hostdesk.commands.progress import Progress

    options = {"days": args.days, "seed": args.seed, "busy": args.busy}
    if not args.no_open and demo.is_there(args.db, **options):
        tell(gettext(N_("Today's demo goes on as you left it. Begin afresh with: hostdesk demo --no-open")))
        _open(args.db)
        return
    progress = Progress(sys.stderr)
    try:
        made = demo.make(args.db, **options, progress=progress)
    except RoomInUse:
        if args.no_open:
            raise
        tell(gettext(N_("That demo is open already: this is a second screen on it.")))
        _open(args.db)
        return
    finally:
        progress.end()
    told = gettext(N_("The demo room is in {path}: {days}, {visits}."))
    tell(told.format(path=made.file, days=numbers.days(made.days), visits=numbers.visits(made.visits)))
    if not args.no_open:
        _open(made.file)


def _open(file: Path) -> None:
    from hostdesk.commands.desk import open_desk

    if ended_with := open_desk(file):
        raise SystemExit(ended_with)


DEMO = Command(
    "demo",
    N_("Make a lifelike room to try things in, another one each day; a real room is never touched."),
    run=_demo,
    arguments=_arguments,
    example="hostdesk demo",
    needs_room=False,
    at_the_machine=True,
)
