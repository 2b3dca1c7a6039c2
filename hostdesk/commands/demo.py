"""A room to try things in."""

import sys
from argparse import ArgumentParser, Namespace

from hostdesk import place
from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext
from hostdesk.words.shell import tell


def _arguments(parser: ArgumentParser) -> None:
    parser.set_defaults(default_db=place.demo_database)
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
        "--no-open", action="store_true", help=gettext(N_("only make the room, without opening its desk"))
    )


def _demo(args: Namespace) -> None:
    from hostdesk import demo
    from hostdesk.commands.desk import open_desk
    from hostdesk.demo.progress import Progress

    progress = Progress(sys.stderr)
    try:
        made = demo.make(args.db, days=args.days, seed=args.seed, busy=args.busy, progress=progress)
    finally:
        progress.end()
    told = gettext(N_("The demo room is in {path}: {days} days, {visits} visits."))
    tell(told.format(path=made.file, days=made.days, visits=made.visits))
    if not args.no_open and (ended_with := open_desk(made.file)):
        raise SystemExit(ended_with)


DEMO = Command(
    "demo",
    N_("Make a lifelike room to try things in, and open its desk; a real room is never touched."),
    run=_demo,
    arguments=_arguments,
    example="hostdesk demo",
    needs_room=False,
)
