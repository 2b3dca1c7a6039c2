"""Making a room from the shell."""

from typing import TYPE_CHECKING

from db import room
from hostdesk.commands.command import Command
from hostdesk.words import N_, choose, gettext, language_of_environment
from hostdesk.words.shell import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _init_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--name",
        metavar=gettext(N_("NAME")),
        required=True,
        help=gettext(N_("what the neighbours call the room")),
    )
    parser.add_argument(
        "--language",
        metavar=gettext(N_("LANGUAGE")),
        default=language_of_environment(),
        help=gettext(N_("nl or en")),
    )
    parser.add_argument(
        "--timezone", metavar=gettext(N_("ZONE")), help=gettext(N_("a name like Europe/Amsterdam"))
    )


def _init(args: "Namespace") -> None:
    room.create(args.db, name=args.name, language=args.language, timezone=args.timezone)
    choose(args.language)
    tell(gettext("{name} is ready in {path}.").format(name=room.current().name, path=args.db))


INIT = Command(
    "init",
    N_("Make a new room."),
    run=_init,
    arguments=_init_arguments,
    example='hostdesk init --name "De Huiskamer"',
    needs_room=False,
)
