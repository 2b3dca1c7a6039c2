"""What leaves the tool: the calendar, the poster, the document for the room's website."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import NotPossible
from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext
from hostdesk.words.shell import pour, remark, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


HERE = (None, Path("-"))
"""Where a document goes that is not written into a file."""


def file_argument(parser: "ArgumentParser") -> None:
    """Where a document goes."""
    parser.add_argument(
        "-o", "--output", metavar=gettext("FILE"), type=Path, help=gettext(N_("write it there, and not here"))
    )


def hand_out(output: Path | None, content: bytes, database: Path) -> None:
    """Into the file that was asked for, whole; or on stdout."""
    if output is None or output in HERE:
        pour(content)
        return
    from hostdesk.reports import written

    file = written.whole(output, content, database=database)
    tell(gettext(N_("Written: {path}")).format(path=file))


def _calendar(args: "Namespace") -> None:
    from hostdesk.reports import calendar

    content = calendar.of_person(args.person) if args.person is not None else calendar.of_room()
    hand_out(args.output, content, args.db)


def _calendar_arguments(parser: "ArgumentParser") -> None:
    file_argument(parser)
    parser.add_argument(
        "--person",
        metavar=gettext(N_("NAME")),
        help=gettext(N_("the shifts of this person, for their own phone")),
    )


def _spaceapi(args: "Namespace") -> None:
    from hostdesk.reports import spaceapi

    hand_out(args.output, json.dumps(spaceapi.document(), indent=2).encode() + b"\n", args.db)


CALENDAR = Command(
    "calendar",
    N_("Give the programme as a calendar (iCalendar) that phones subscribe to; nobody is named in it."),
    run=_calendar,
    arguments=_calendar_arguments,
    example="hostdesk calendar -o /var/www/html/calendar.ics",
)

SPACEAPI = Command(
    "spaceapi",
    N_("Give open or closed, who is here as a number and today's programme as SpaceAPI, for a website."),
    run=_spaceapi,
    arguments=file_argument,
    example="hostdesk spaceapi -o /var/www/html/spaceapi.json",
)


def _poster_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--week",
        metavar=gettext(N_("YYYY-Www")),
        help=gettext(N_("the week, such as 2026-W48 (this week without one)")),
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar=gettext("FILE"),
        type=Path,
        help=gettext(N_("write it there: .html or .pdf")),
    )


def _poster(args: "Namespace") -> None:
    from db import week
    from hostdesk.reports import poster_html, poster_pdf

    kind = ".html" if args.output in HERE else args.output.suffix.lower()
    if kind not in {".html", ".htm", ".pdf"}:
        raise NotPossible(N_("A poster is an .html or a .pdf file, not {path}."), path=args.output)
    shown = week.of(week.monday(args.week))
    hand_out(args.output, poster_pdf.of(shown) if kind == ".pdf" else poster_html.of(shown), args.db)
    if kind == ".pdf" and poster_pdf.loses(shown):
        sentence = N_(
            "A PDF cannot show some signs in these texts; a ? stands there. "
            "As .html the poster shows them all."
        )
        remark(gettext(sentence))


POSTER = Command(
    "poster",
    N_("Give the week's programme as one A4 page for the door, to print; nobody is named in it."),
    run=_poster,
    arguments=_poster_arguments,
    example="hostdesk poster --week 2026-W48 -o poster.pdf",
)
