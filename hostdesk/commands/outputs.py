"""What leaves the tool: the calendar, the poster, the document for the room's website."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext
from hostdesk.words.shell import pour, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _file(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "-o", "--output", metavar=gettext("FILE"), type=Path, help=gettext(N_("write it there, and not here"))
    )


def _hand_out(args: "Namespace", content: bytes) -> None:
    """Into the file that was asked for, whole; or on stdout."""
    if args.output is None:
        pour(content)
        return
    from hostdesk.reports import written

    file = written.whole(args.output, content, database=args.db)
    tell(gettext(N_("Written: {path}")).format(path=file))


def _calendar(args: "Namespace") -> None:
    from hostdesk.reports import calendar

    _hand_out(args, calendar.of_room())


def _spaceapi(args: "Namespace") -> None:
    from hostdesk.reports import spaceapi

    _hand_out(args, json.dumps(spaceapi.document(), indent=2).encode() + b"\n")


CALENDAR = Command(
    "calendar",
    N_("Give the programme as a calendar (iCalendar) that phones subscribe to; nobody is named in it."),
    run=_calendar,
    arguments=_file,
    example="hostdesk calendar -o /var/www/html/huiskamer.ics",
)

SPACEAPI = Command(
    "spaceapi",
    N_("Give open or closed, who is here as a number and today's programme as SpaceAPI, for a website."),
    run=_spaceapi,
    arguments=_file,
    example="hostdesk spaceapi -o /var/www/html/spaceapi.json",
)
