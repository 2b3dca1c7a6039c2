"""Activities in the shell: planning one, and writing something else about it."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import TYPE_CHECKING

from db.errors import NotPossible
from db.states import Kind, Lead
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.commands.sessions import SESSIONS, as_json, number_of_activity, starts_at, tell_let_in
from hostdesk.place import who
from hostdesk.words import N_, board, gettext, ngettext
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:  # the board is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.planning import Plan, Preview
    from db.sessions import Meeting

_REPEATS = {
    "once": "once",
    "eenmalig": "once",
    "weekly": "weekly",
    "wekelijks": "weekly",
    "two-weekly": "two-weekly",
    "tweewekelijks": "two-weekly",
    "monthly": "monthly",
    "maandelijks": "monthly",
}


def _particulars(parser: "ArgumentParser") -> None:
    parser.add_argument("--theme", metavar=gettext(N_("THEME")), help=gettext(N_("its theme")))
    parser.add_argument("--needs", metavar=gettext(N_("NEEDS")), help=gettext(N_("what it takes")))
    parser.add_argument("--place", metavar=gettext(N_("PLACE")), help=gettext(N_("where it is")))
    parser.add_argument("--capacity", metavar="N", type=int, help=gettext(N_("how many can take part")))
    parser.add_argument(
        "--lead",
        metavar=gettext(N_("LEAD")),
        help=gettext(N_("volunteer, neighbour, together, professional or unknown")),
    )
    parser.add_argument(
        "--leader", metavar=gettext(N_("NAME")), help=gettext(N_("the first name of who leads"))
    )


def _add_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("title", metavar=gettext(N_("TITLE")), help=gettext(N_("what it is called")))
    starts_at(parser)
    ends = parser.add_mutually_exclusive_group()
    ends.add_argument("--ends", metavar=gettext(N_("TIME")), help=gettext(N_("when it ends")))
    ends.add_argument(
        "--minutes", metavar="N", type=int, help=gettext(N_("how long it takes (120 without a number)"))
    )
    parser.add_argument(
        "--repeat",
        metavar=gettext(N_("HOW OFTEN")),
        default="once",
        help=gettext(N_("once, weekly, two-weekly or monthly")),
    )
    parser.add_argument(
        "--nth",
        metavar="N",
        type=typed.nth,
        help=gettext(N_("of a month: the first (1) to fourth such weekday, or the last")),
    )
    last = parser.add_mutually_exclusive_group()
    last.add_argument("--times", metavar="N", type=int, help=gettext(N_("so many times in all")))
    last.add_argument("--until", metavar=gettext(N_("DAY")), help=gettext(N_("the last day it may be on")))
    parser.add_argument(
        "--skip-holidays", action="store_true", help=gettext(N_("not on Dutch public holidays"))
    )
    parser.add_argument(
        "--wish",
        metavar=gettext(N_("NUMBER")),
        type=typed.wish,
        action="append",
        default=[],
        help=gettext(N_("a wish it came of; may be said again for another one")),
    )
    _particulars(parser)
    as_json(parser)


def _add(args: "Namespace") -> None:
    from db import planning, sessions
    from db import room as rooms

    room = rooms.current()
    plan = _planned(args, typed.today())
    before = planning.preview(plan)
    number = planning.plan(args.wish, plan, by=who())
    made = sessions.of_activity(number)
    if args.json:
        tell(json.dumps(_facts_of_plan(number, made, before)))
    else:
        said = ngettext(
            "{card} is planned: {n} session, on {when}.",
            "{card} is planned: {n} sessions, the first on {when}.",
            len(made),
        )
        card = f"{board.card(Kind.ACTIVITY, number)} {plan.title}"
        tell(said.format(card=card, n=len(made), when=board.when(room.local(made[0].starts_at))))
        if before.endless:
            tell(gettext(N_("It goes on without an end; more sessions are planned as time goes by.")))
    for sentence in _oddities(plan, before):
        remark(sentence)


def _planned(args: "Namespace", today: date) -> "Plan":
    """What the command line plans.

    Raises:
        NotPossible: something on it can't be read or makes no sense.
    """
    from db import planning
    from db.planning import Plan
    from db.recurrence import Repeat

    day, starts = typed.when(args.starts, today)
    if args.repeat.casefold() not in _REPEATS:
        raise NotPossible(
            N_("Choose from: once, weekly, two-weekly, monthly; “{text}” is not among them."),
            text=args.repeat[:20],
        )
    repeat = Repeat(_REPEATS[args.repeat.casefold()])
    if repeat is Repeat.ONCE and (args.times is not None or args.until is not None or args.nth is not None):
        raise NotPossible(N_("Say how often it is: --repeat weekly, two-weekly or monthly."))
    if repeat is not Repeat.MONTHLY and args.nth is not None:
        raise NotPossible(N_("Only what is monthly is on such a weekday of the month: --repeat monthly."))
    return Plan(
        title=args.title,
        first_day=day,
        starts=starts,
        ends=typed.ends(args.ends) if args.ends else _later(starts, args.minutes),
        repeat=repeat,
        times=args.times,
        until=typed.last_day(args.until, day) if args.until else None,
        nth=args.nth,
        skip_holidays=args.skip_holidays,
        theme=planning.suggest(args.wish).theme if args.theme is None else args.theme,
        needs=args.needs or "",
        place=args.place or "",
        capacity=args.capacity,
        lead=Lead.VOLUNTEER if args.lead is None else typed.lead(args.lead),
        leader=args.leader or "",
    )


def _later(starts: time, minutes: int | None) -> time:
    """When it ends, perhaps on the next day.

    Raises:
        NotPossible: it would take no time, or half a day and more.
    """
    from db import planning, timetable

    if minutes is None:
        return timetable.ends_after(starts)
    if not 1 <= minutes <= planning.LONGEST_MINUTES:
        raise NotPossible(
            N_("It takes between 1 and {most} minutes, not {n}."), most=planning.LONGEST_MINUTES, n=minutes
        )
    return timetable.ends_after(starts, minutes)


def _oddities(plan: "Plan", preview: "Preview") -> Iterator[str]:
    """What is worth saying about a plan, and no reason to refuse it."""
    from hostdesk.words import clashes

    why: dict[str, list[date]] = {}
    for day, reason in preview.skipped:
        why.setdefault(reason, []).append(day)
    for reason, days in why.items():
        said = gettext(N_("Not on {days}: {reason}."))
        yield said.format(days=board.some_days(days, plan.first_day), reason=reason)
    yield from clashes.sentences(preview.clashes, place=plan.place, leader=plan.leader, near=plan.first_day)


def _facts_of_plan(number: int, made: "Iterable[Meeting]", preview: "Preview") -> dict[str, object]:
    return {
        "id": number,
        "sessions": [one.id for one in made],
        "endless": preview.endless,
        "skipped": [{"day": day.isoformat(), "reason": reason} for day, reason in preview.skipped],
        "clashes": [
            {"trouble": one.trouble, "day": one.day.isoformat(), "title": one.title}
            for one in preview.clashes
        ],
    }


def _change_arguments(parser: "ArgumentParser") -> None:
    number_of_activity(parser)
    parser.add_argument("--title", metavar=gettext(N_("TITLE")), help=gettext(N_("what it is called")))
    parser.add_argument(
        "--no-capacity", action="store_true", help=gettext(N_("places are not counted any more"))
    )
    _particulars(parser)


def _change(args: "Namespace") -> None:
    from db import board as boards
    from db import series
    from db.planning import MOST_PLACES

    if args.capacity == 0:
        raise NotPossible(N_("There are between 1 and {most} places, not {n}."), most=MOST_PLACES, n=0)
    said = {name: getattr(args, name) for name in ("title", "theme", "needs", "place", "leader")}
    lead = None if args.lead is None else typed.lead(args.lead)
    capacity = 0 if args.no_capacity else args.capacity
    if all(value is None for value in (*said.values(), lead, capacity)):
        raise NotPossible(N_("Say what changes, such as --place or --lead; --help shows all."))
    let_in = series.change(args.id, **said, lead=lead, capacity=capacity, by=who())
    activity = boards.activity(args.id)
    tell(
        gettext(N_("{card} is changed.")).format(
            card=f"{board.card(Kind.ACTIVITY, args.id)} {activity.title}"
        )
    )
    tell_let_in(let_in)


ACTIVITY = Command(
    "activity",
    N_("Plan activities, and say what became of their sessions."),
    example=N_(
        'hostdesk activity add "Knitting club" --starts "2026-11-24 14:00" --repeat weekly --times 6 --wish 1'
    ),
    subcommands=(
        Command(
            "add",
            N_("Plan an activity with its sessions; what is odd about them is said, and never refused."),
            run=_add,
            arguments=_add_arguments,
            example=N_(
                'hostdesk activity add "Knitting club" --starts "2026-11-24 14:00" --repeat weekly --times 6'
            ),
        ),
        *SESSIONS,
        Command(
            "change",
            N_("Write something else about an activity."),
            run=_change,
            arguments=_change_arguments,
            example=N_("hostdesk activity change 1 --place kitchen"),
        ),
    ),
)
