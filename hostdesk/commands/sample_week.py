"""The sample weeks in the shell: when the desk asks who is here for the first time that week."""

import json
from typing import TYPE_CHECKING

from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext
from hostdesk.words import sample_week as words
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _week_argument(parser: "ArgumentParser") -> None:
    example = gettext(N_("the week, such as 2026-W48; 48 is the next week 48"))
    parser.add_argument("week", metavar=gettext("YYYY-Www"), help=example)


def _add(args: "Namespace") -> None:
    from db import sample_weeks

    week = sample_weeks.plan(args.week)
    tell(words.planned(week))
    if where := words.where(week):
        remark(where)


def _remove(args: "Namespace") -> None:
    from db import sample_weeks

    week = sample_weeks.remove(args.week)
    tell(gettext(N_("No sample week any more: {days}.")).format(days=words.days(week)))


def _list_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _list(args: "Namespace") -> None:
    from db import sample_weeks

    weeks = sample_weeks.all_of()
    if args.json:
        facts = [{"from_day": week.from_day.isoformat(), "to_day": week.to_day.isoformat()} for week in weeks]
        tell(json.dumps(facts))
    elif weeks:
        tell(*(f"{week.from_day:%G-W%V}  {words.days(week)}" for week in weeks))
    else:
        sentence = N_("No sample week is planned. hostdesk sample-week add 2026-W48 plans one.")
        tell(filled(gettext(sentence), {}))


SAMPLE_WEEK = Command(
    "sample-week",
    N_("Plan a week in which the desk asks who is here for the first time that week."),
    example="hostdesk sample-week add 2026-W48",
    subcommands=(
        Command(
            "add",
            N_("Let the desk ask in this week."),
            run=_add,
            arguments=_week_argument,
            example="hostdesk sample-week add 2026-W48",
        ),
        Command(
            "list",
            N_("Show the sample weeks, those that are over too."),
            run=_list,
            arguments=_list_arguments,
            example="hostdesk sample-week list",
        ),
        Command(
            "remove",
            N_("Let the desk not ask in this week after all."),
            run=_remove,
            arguments=_week_argument,
            example="hostdesk sample-week remove 2026-W48",
        ),
    ),
)
