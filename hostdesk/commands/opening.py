"""Opening hours in the shell: the week, and days that are shut or open at other hours."""

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import N_, dates, gettext, ngettext, shift
from hostdesk.words.shell import tell

if TYPE_CHECKING:  # loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.opening import Changed, OtherDay
    from db.room import Period, Room

_MOST_SESSIONS = 5
"""More sessions than this are not named one by one."""


def _show_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _show(args: "Namespace") -> None:
    from db import hours, opening, room

    here, week, coming = room.current(), opening.week(), opening.coming()
    if args.json:
        days = {str(weekday): hours.in_words(week, weekday) for weekday in range(1, 8)}
        tell(json.dumps({"week": days, "other_days": [_facts(here, one) for one in coming]}))
        return
    shut = gettext(N_("closed"))
    tell(
        *(
            f"{dates.weekday_name(weekday)}: {hours.in_words(week, weekday) or shut}"
            for weekday in range(1, 8)
        ),
        *(_of_day(here, one.day, one.periods, one.reason) for one in coming),
    )


def _day_and_hours(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "day", metavar=gettext(N_("DAY")), help=gettext(N_("a day, like 24-12, za or morgen"))
    )
    _hours_argument(parser)
    parser.add_argument(
        "--because", metavar=gettext(N_("WHY")), default="", help=gettext(N_("as it stands on the poster"))
    )


def _hours_argument(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "hours", metavar=gettext(N_("HOURS")), nargs="+", help=gettext(N_("like 10-13, or closed"))
    )


def _day(args: "Namespace") -> None:
    from db import opening

    day = typed.any_day(args.day)
    _say(day, opening.change_day(day, " ".join(args.hours), args.because), args.because)


def _usual_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "day", metavar=gettext(N_("DAY")), help=gettext(N_("a day, like 24-12, za or morgen"))
    )


def _usual(args: "Namespace") -> None:
    from db import opening

    day = typed.any_day(args.day)
    _say(day, opening.as_usual(day))


def _week_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("weekday", metavar=gettext(N_("WEEKDAY")), help=gettext(N_("like tue or tuesday")))
    _hours_argument(parser)
    parser.add_argument(
        "--from",
        dest="from_day",
        metavar=gettext(N_("DAY")),
        help=gettext(N_("from this day on; from today without it")),
    )


def _week(args: "Namespace") -> None:
    from db import opening

    weekday = typed.weekday(args.weekday)
    first = typed.any_day(args.from_day) if args.from_day else typed.today()
    changed = opening.change_week(weekday, " ".join(args.hours), first)
    on = first.fromordinal(first.toordinal() + (weekday - first.isoweekday()) % 7)
    _say(on, changed)


def _say(day: date, changed: "Changed", reason: str = "") -> None:
    """What holds now, and what that brought along."""
    from db import room

    tell(
        _of_day(changed.room, day, room.periods(changed.room, day), reason),
        *_brought_along(changed),
    )


def _brought_along(changed: "Changed") -> Iterator[str]:
    for duty in changed.moved:
        said = gettext(N_("{name} is on the roster of {day} from now on at {times}."))
        yield said.format(
            name=shift.somebody(duty.name),
            day=dates.day(duty.day),
            times=shift.times(changed.room, duty.planned_from, duty.planned_until),
        )
    for duty in changed.off:
        said = gettext(N_("{name} is off the roster of {day}."))
        yield said.format(name=shift.somebody(duty.name), day=dates.day(duty.day))
    if n := len(changed.planned):
        said = ngettext(
            "{n} duty of the weekly pattern is planned: {names}.",
            "{n} duties of the weekly pattern are planned: {names}.",
            n,
        )
        names = dict.fromkeys(shift.somebody(duty.name) for duty in changed.planned)
        yield said.format(n=n, names=", ".join(names))
    for session in changed.sessions[:_MOST_SESSIONS]:
        said = gettext(N_("{title} on {day} is planned when the room is closed: move it, or cancel it."))
        yield said.format(title=session.title, day=dates.day(session.day))


def _of_day(room: "Room", day: date, periods: "tuple[Period, ...]", reason: str) -> str:
    """do 24 dec 2026: 10:00–13:00 · Kerstavond."""
    times = ", ".join(shift.times(room, period.opens_at, period.closes_at) for period in periods)
    said = f"{dates.day(day)}: {times or gettext(N_('closed'))}"
    return f"{said} · {reason}" if reason else said


def _facts(room: "Room", one: "OtherDay") -> dict[str, object]:
    return {
        "day": one.day.isoformat(),
        "periods": [
            {
                "opens_at": room.local(period.opens_at).isoformat(timespec="seconds"),
                "closes_at": room.local(period.closes_at).isoformat(timespec="seconds"),
            }
            for period in one.periods
        ],
        "reason": one.reason,
    }


OPENING = Command(
    "opening",
    N_("Show or change when the room is open: the week, or one day."),
    example="hostdesk opening show",
    subcommands=(
        Command(
            "show",
            N_("Show the week, and the days to come that go otherwise."),
            run=_show,
            arguments=_show_arguments,
            example="hostdesk opening show",
        ),
        Command(
            "day",
            N_("Open at other hours on one day, or not at all; the roster goes along."),
            run=_day,
            arguments=_day_and_hours,
            example="hostdesk opening day 24-12 10-13 --because Kerstavond",
        ),
        Command(
            "usual",
            N_("Open on a day as the week says, after all."),
            run=_usual,
            arguments=_usual_arguments,
            example="hostdesk opening usual 24-12",
        ),
        Command(
            "week",
            N_("Open at other hours on a weekday, from a day on; what was before stays known."),
            run=_week,
            arguments=_week_arguments,
            example="hostdesk opening week za 10-14",
        ),
    ),
)
