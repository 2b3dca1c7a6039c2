"""The report: the figures of a period, in the form that somebody can use."""

from typing import TYPE_CHECKING

from db.errors import NotPossible
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.commands.outputs import HERE, file_argument, hand_out
from hostdesk.words import N_, gettext

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from db.figures import Compared
    from db.figures_period import Period

FORMATS = ("text", "md", "csv", "json", "html", "xlsx", "pdf")
AUDIENCES = ("room", "municipality", "corporation", "fund")
_BY_SUFFIX = {".txt": "text", ".htm": "html", **{f".{form}": form for form in FORMATS if form != "text"}}


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
        default=AUDIENCES[0],
        dest="audience",
        metavar=gettext(N_("WHOM")),
        help=gettext(N_("one of {audiences}: what it begins with; the numbers stay the same")).format(
            audiences=", ".join(AUDIENCES)
        ),
    )
    parser.add_argument(
        "--foreword", metavar=gettext(N_("TEXT")), help=gettext(N_("a few sentences of your own, above it"))
    )
    file_argument(parser)


def _report(args: "Namespace") -> None:
    from db import figures
    from hostdesk import words
    from hostdesk.words.shell import tell

    made = figures.compared(_period(args))
    if args.language:
        words.choose(args.language)
    content = _written(args, made)
    if _form(args) == "text" and args.output in HERE:
        tell(*content.decode().splitlines())  # in the terminal's own encoding
    else:
        hand_out(args, content)


def _written(args: "Namespace", made: "Compared") -> bytes:
    """The report in the form that was asked for; each form is loaded where it is used."""
    from db.text import visible

    match _form(args):
        case "json":
            from hostdesk.reports import figures_json

            return figures_json.of(made)
        case "csv":
            from hostdesk.reports import figures_csv

            return figures_csv.of(made, whole=args.audience == AUDIENCES[0])
    from hostdesk.reports import figures_document

    foreword = visible(args.foreword or "")
    document = figures_document.of(made, figures_document.Audience(args.audience), foreword)
    match _form(args):
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


def _form(args: "Namespace") -> str:
    """What was asked for, or what the file's name says."""
    by_name = "text" if args.output in HERE else _BY_SUFFIX.get(args.output.suffix.lower(), "text")
    return str(args.format or by_name)


def _period(args: "Namespace") -> "Period":
    """The days that were asked for.

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
        return figures_period.month_of(typed.today())
    return figures_period.between(
        typed.past_day(args.from_), typed.today() if args.to is None else typed.any_day(args.to)
    )


REPORT = Command(
    "report",
    N_("Give the figures of a month, a year or any days, each with what it means and what is missing."),
    run=_report,
    arguments=_report_arguments,
    example="hostdesk report --month 2026-10 --format json -o cijfers.json",
)
