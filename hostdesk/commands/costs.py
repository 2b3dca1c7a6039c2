"""The costs in the shell: yearly lines and one hourly rate, which nobody but the coordinator knows."""

import json
from typing import TYPE_CHECKING

from db.errors import NotPossible
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext, numbers
from hostdesk.words.shell import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _year(parser: "ArgumentParser", text: str) -> None:
    parser.add_argument("year", metavar=gettext(N_("YYYY")), type=typed.whole_number, help=gettext(text))


def _add_arguments(parser: "ArgumentParser") -> None:
    _year(parser, N_("the year in which it costs that"))
    parser.add_argument(
        "name", metavar=gettext(N_("NAME")), help=gettext(N_("what it is: rent, energy, coffee, insurance"))
    )
    parser.add_argument(
        "amount",
        metavar=gettext(N_("AMOUNT")),
        nargs="?",
        help=gettext(N_("euros in the whole year, like 6000 or 1.250,50")),
    )
    parser.add_argument(
        "--hours", metavar=gettext(N_("HOURS")), help=gettext(N_("of paid work: how many in the year"))
    )
    parser.add_argument(
        "--rate", metavar=gettext(N_("AMOUNT")), help=gettext(N_("of paid work: euros an hour"))
    )


def _add(args: "Namespace") -> None:
    from db import costs
    from hostdesk.words import costs as cost_words

    work = (args.hours, args.rate)
    if (args.amount is None) == (None in work) or (args.amount and any(work)):
        raise NotPossible(N_("Give an amount; or, for paid work, --hours and --rate."))
    if args.amount is None:
        line = costs.add_work(args.year, args.name, *work)
    else:
        line = costs.add(args.year, args.name, args.amount)
    said = gettext(N_("Costs of {year}: {name}, {amount}."))
    tell(said.format(year=line.year, name=cost_words.line(line), amount=numbers.euro(line.cents / 100)))


def _remove_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "number",
        metavar=gettext(N_("NUMBER")),
        type=typed.whole_number,
        help=gettext(N_("which line: hostdesk costs show has the numbers")),
    )


def _remove(args: "Namespace") -> None:
    from db import costs

    line = costs.remove(args.number)
    tell(gettext(N_("{name} of {year} is taken off.")).format(name=line.name, year=line.year))


def _rate_arguments(parser: "ArgumentParser") -> None:
    _year(parser, N_("the year of the rate; it holds until a newer one"))
    parser.add_argument("amount", metavar=gettext(N_("AMOUNT")), help=gettext(N_("euros an hour")))
    parser.add_argument(
        "--source",
        metavar=gettext(N_("TEXT")),
        required=True,
        help=gettext(N_("who says so: a law, a collective agreement, a partner")),
    )


def _rate(args: "Namespace") -> None:
    from db import costs

    rate = costs.choose_rate(args.year, args.amount, args.source)
    said = gettext(N_("From {year} on an hour of a volunteer would cost {amount}, according to {source}."))
    tell(said.format(year=rate.year, amount=numbers.euro(rate.cents / 100), source=rate.source))


def _show_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "year",
        metavar=gettext(N_("YYYY")),
        type=typed.whole_number,
        nargs="?",
        help=gettext(N_("of one year (this year without it)")),
    )
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _show(args: "Namespace") -> None:
    from db import costs, figures_costs, figures_period
    from db.figures_period import Unit
    from hostdesk.words import costs as cost_words

    year = figures_period.named(f"{args.year or typed.today().year:04}", Unit.YEAR)
    lines = costs.lines(year.from_day.year, year.from_day.year)
    if args.json:
        from hostdesk.reports import figures_json

        tell(json.dumps(figures_json.costs(figures_costs.of(year.from_day, year.to_day))))
        return
    if not lines:
        tell(gettext(N_("The costs of {year} are not filled in.")).format(year=year.from_day.year))
    for line in lines:
        tell(f"{line.id}  {cost_words.line(line)}  {numbers.euro(line.cents / 100)}")
    if lines:
        total = numbers.euro(sum(line.cents for line in lines) / 100)
        tell(gettext(N_("Together: {amount}")).format(amount=total))
    if rate := costs.rate_on(year.to_day):
        tell(f"{cost_words.rate(rate)} ({rate.year}): {numbers.euro(rate.cents / 100)}")
    else:
        tell(gettext(N_("The hourly rate is not filled in.")))


COSTS = Command(
    "costs",
    N_("Keep what the room costs in a year, and what an hour of a volunteer would cost."),
    example=N_('hostdesk costs add 2026 "Rent" 6000'),
    subcommands=(
        Command(
            "show",
            N_("Show the costs of a year and the hourly rate."),
            run=_show,
            arguments=_show_arguments,
            example="hostdesk costs show 2026",
        ),
        Command(
            "add",
            N_("Something costs so much in a year."),
            run=_add,
            arguments=_add_arguments,
            example='hostdesk costs add 2026 "Professional" --hours 120 --rate 55',
        ),
        Command(
            "remove",
            N_("A line was a mistake."),
            run=_remove,
            arguments=_remove_arguments,
            example="hostdesk costs remove 3",
        ),
        Command(
            "rate",
            N_("Say what an hour of a volunteer would cost, with the source; none is built in."),
            run=_rate,
            arguments=_rate_arguments,
            example='hostdesk costs rate 2026 18,50 --source "de gemeente"',
        ),
    ),
)
