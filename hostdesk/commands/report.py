"""The report: the figures of a period, in the form that somebody can use."""

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import NotPossible
from hostdesk.commands import typed
from hostdesk.commands.command import Command, WrongUsage
from hostdesk.commands.outputs import HERE, hand_out
from hostdesk.words import N_, gettext

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date

    from db.figures import Compared
    from db.figures_period import Period
    from hostdesk.reports.figures_document import Added

FORMATS = ("text", "md", "csv", "json", "html", "xlsx", "pdf")
AUDIENCES = ("room", "municipality", "corporation", "fund")
MOST_WORDS = 4000
"""Characters of the coordinator's own: a page, and not a book."""

_NO_TEXT = {"xlsx", "pdf"}
_BY_SUFFIX = {
    "": "text",
    ".txt": "text",
    ".htm": "html",
    **{f".{form}": form for form in FORMATS if form != "text"},
}


def _report_arguments(parser: "ArgumentParser") -> None:
    which = parser.add_mutually_exclusive_group()
    for option, metavar, text in (
        ("--month", N_("YYYY-MM"), N_("a month, such as 2026-11 (this month without any of these)")),
        ("--year", N_("YYYY"), N_("a year")),
        ("--quarter", N_("YYYY-Qn"), N_("a quarter, such as 2026-Q4")),
        ("--week", N_("YYYY-Www"), N_("a week, such as 2026-W48")),
        ("--from", N_("DAY"), N_("any days: the first; with --to")),
    ):
        which.add_argument(option, metavar=gettext(metavar), dest=option[2:] + "_", help=gettext(text))
    parser.add_argument(
        "--to", metavar=gettext(N_("DAY")), help=gettext(N_("the last day (today without it)"))
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--format",
        choices=FORMATS,
        metavar=gettext(N_("FORM")),
        help=gettext(N_("one of {forms}; text, unless FILE says otherwise")).format(forms=", ".join(FORMATS)),
    )
    form.add_argument(
        "--json",
        action="store_const",
        const="json",
        dest="format",
        help=gettext(N_("as JSON, for other programs")),
    )
    parser.add_argument(
        "--language",
        choices=("nl", "en"),
        metavar=gettext(N_("LANGUAGE")),
        help=gettext(N_("the report's language, nl or en (the room's without it)")),
    )
    parser.add_argument(
        "--for",
        choices=AUDIENCES,
        dest="audience",
        metavar=gettext(N_("WHOM")),
        help=gettext(
            N_(
                "one of {audiences}: what it begins with. Others than the room read the same totals, without "
                "days, reasons and themes of 1 to 4 people, and of a period that is going on the days that "
                "are over"
            )
        ).format(audiences=", ".join(AUDIENCES)),
    )
    parser.add_argument(
        "--words",
        "--foreword",
        metavar=gettext(N_("TEXT")),
        help=gettext(
            N_("a few sentences of your own, above it; - reads them from the input, with blank lines between")
        ),
    )
    parser.add_argument(
        "--moments",
        metavar=gettext(N_("NUMBERS")),
        type=_numbers,
        default=(),
        help=gettext(N_("happy moments that go with it, such as 3,17; hostdesk log --kind happy shows them")),
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar=gettext("FILE"),
        type=Path,
        action="append",
        help=gettext(N_("write it there, and not here; more than once for more forms of the same report")),
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(typed.whole_number(part.strip()) for part in text.split(",") if part.strip())


def _report(args: "Namespace") -> None:
    from db import figures
    from hostdesk import words
    from hostdesk.words.shell import remark, tell

    outputs = [(output, _form(args, output)) for output in args.output or HERE[:1]]
    audience, period, until = _asked(args)
    made = figures.compared(period, until=until)
    added = _added(args, made)
    if args.language:
        words.choose(args.language)
    for output, form in outputs:
        content = _written(form, audience, made, added)
        if form == "text" and output in HERE:
            tell(*content.decode().splitlines())  # in the terminal's own encoding
        else:
            hand_out(output, content, args.db)
    if added.words or added.moments:
        remark(
            gettext(N_("Your own words and the happy moments may name people: read them before you send it."))
        )


def _asked(args: "Namespace") -> "tuple[str, Period, date | None]":
    """For whom it is, of which days, and until when of those that are not over.

    Who is no part of the room asks again whenever they like, and may not ask for a day by what is left
    between two reports: only for whole months, by themselves or as a quarter or a year.

    Raises:
        NotPossible: the days can't be read, are none, or are not for a partner.
    """
    from db import figures_period, roles
    from db.states import PersonKind

    today = typed.today()
    this_month, yesterday = figures_period.month_of(today), today - timedelta(days=1)
    if roles.asking() is not PersonKind.PARTNER:
        audience = args.audience or AUDIENCES[0]
        return audience, _period(args) or this_month, None if audience == AUDIENCES[0] else yesterday
    until = this_month.former.to_day
    period = _period(args) or this_month.former
    over = period.to_day <= until or (period.unit is figures_period.Unit.YEAR and period.from_day <= until)
    if args.audience == AUDIENCES[0] or period.unit not in figures_period.CALENDAR or not over:
        raise NotPossible(
            N_(
                "A partner reads months and quarters that are over, and a year by its whole months; not the "
                "room's own report. Ask for example: --month {month} --for {whom}"
            ),
            month=f"{until:%Y-%m}",
            whom=AUDIENCES[1],
        )
    return args.audience or AUDIENCES[1], period, until


def _added(args: "Namespace", made: "Compared") -> "Added":
    """What the coordinator lets go with it.

    Raises:
        NotPossible: it is too long, there are no such happy moments in these days, or a partner chooses.
    """
    from db import happy_moments, roles
    from db.states import PersonKind
    from db.text import clean
    from hostdesk.reports.figures_document import Added

    if (args.words or args.moments) and roles.asking() is PersonKind.PARTNER:
        raise roles.refusal()
    written = sys.stdin.read(MOST_WORDS * 2) if args.words == "-" else args.words or ""
    if len(written) > MOST_WORDS:
        raise NotPossible(N_("A report takes {most} characters of your own words."), most=MOST_WORDS)
    paragraphs = [clean(part, most=MOST_WORDS) for part in re.split(r"\n\s*\n", written)]
    period = made.now.period
    moments = happy_moments.chosen(args.moments, period.from_day, period.to_day) if args.moments else ()
    return Added(tuple(part for part in paragraphs if part), moments)


def _written(form: str, audience: str, made: "Compared", added: "Added") -> bytes:
    """The report in this form; each form is loaded where it is used."""
    from db.text import visible
    from hostdesk.reports import figures_document

    whole = audience == AUDIENCES[0]
    match form:
        case "json":
            from hostdesk.reports import figures_json

            return figures_json.of(made, whole=whole, added=added)
        case "csv":
            from hostdesk.reports import figures_csv

            return figures_csv.of(made, whole=whole, added=added)
    document = figures_document.of(made, figures_document.Audience(audience), added)
    match form:
        case "md":
            from hostdesk.reports import figures_md

            return figures_md.of(document)
        case "html":
            from hostdesk.reports import figures_html

            return figures_html.of(document)
        case "xlsx":
            from hostdesk.reports import figures_xlsx

            return figures_xlsx.of(document, made.now.made_at)
        case "pdf":
            from hostdesk.reports import figures_pdf

            return figures_pdf.of(document)
    from hostdesk.reports import figures_text

    return "".join(f"{visible(line)}\n" for line in figures_text.of(document)).encode()


def _form(args: "Namespace", output: Path | None) -> str:
    """What was asked for, or what the file's name says.

    Raises:
        WrongUsage: there is no form of that name.
        NotPossible: it would go to a terminal, which can only show text.
    """
    here = output is None or output in HERE
    ending = "" if output is None or here else output.suffix.lower()
    form = args.format or _BY_SUFFIX.get(ending)
    if form is None:
        raise WrongUsage(
            N_("A report cannot be a {ending} file. Name it {endings}, or say which with --format."),
            ending=ending[:20],
            endings=", ".join(ending for ending in _BY_SUFFIX if ending),
        )
    if here and form in _NO_TEXT and sys.stdout.isatty():
        raise NotPossible(
            N_("A terminal cannot show {form}. Say which file it goes into: -o figures.{form}"), form=form
        )
    return str(form)


def _period(args: "Namespace") -> "Period | None":
    """The days that were asked for, if any were.

    Raises:
        NotPossible: they can't be read, or are none.
    """
    from db import figures_period
    from db.figures_period import Unit

    if args.to is not None and args.from_ is None:
        raise NotPossible(N_("With --to goes --from: the first day."))
    for unit in (Unit.MONTH, Unit.YEAR, Unit.QUARTER, Unit.WEEK):
        if (text := getattr(args, f"{unit}_")) is not None:
            return figures_period.named(text, unit)
    if args.from_ is None:
        return None
    first = typed.past_day(args.from_)
    return figures_period.between(first, typed.today() if args.to is None else typed.last_day(args.to, first))


REPORT = Command(
    "report",
    N_("Give the figures of a month, a year or any days, each with what it means and what is missing."),
    run=_report,
    arguments=_report_arguments,
    example=N_("hostdesk report --month 2026-10 --format json -o figures.json"),
)
