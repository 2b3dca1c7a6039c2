"""Counting at the door: from the desk with one key, from the shell with one line."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from db import days, door
from db.days import Today
from db.door_rows import Kind, Row
from db.errors import HostdeskError
from hostdesk.commands.command import Command
from hostdesk.words import N_, dates, day, gettext, ngettext, say
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _number(parser: "ArgumentParser", help_text: str, *, default: int | None = None) -> None:
    """The N of a door command; whether it makes sense is for the room's rules to say."""
    parser.add_argument(
        "n",
        metavar="N",
        type=int,
        nargs="?" if default else None,
        default=default,
        help=gettext(help_text),
    )


def _count_arguments(parser: "ArgumentParser") -> None:
    _number(parser, N_("how many came in (1 without a number)"), default=1)
    parser.add_argument(
        "--volunteer", action="store_true", help=gettext(N_("volunteers who are not on duty, counted apart"))
    )
    parser.add_argument(
        "--first-time", action="store_true", help=gettext(N_("they are here for the first time"))
    )
    parser.add_argument(
        "--first-this-week",
        metavar="N",
        type=int,
        help=gettext(N_("in a sample week: how many of them come for the first time this week")),
    )
    parser.add_argument(
        "--reason", metavar=gettext(N_("REASON")), help=gettext(N_("why they came, from the room's list"))
    )


def _count(args: "Namespace") -> None:
    row = door.arrive(
        args.n,
        volunteer=args.volunteer,
        first_visit=args.first_time,
        reason=args.reason,
        first_this_week=args.first_this_week,
    )
    _tell(row, args.db)


def _leave(args: "Namespace") -> None:
    _tell(door.depart(args.n), args.db)


def _headcount(args: "Namespace") -> None:
    _tell(door.headcount(args.n), args.db)


def _undo(args: "Namespace") -> None:
    _tell(door.undo(), args.db)


def _today(args: "Namespace") -> None:
    today = days.today()
    if args.json:
        import json  # the desk reads this module too, and wants none

        tell(json.dumps(_facts(today)))
    else:
        tell(*in_words(today))
    _tell_doubt(today)


def _today_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _tell(row: Row, file: Path) -> None:
    """One line: what was done, when, and how many visits that makes.

    The row is durable, so nothing here may end as if it was not: somebody would count it again.
    """
    try:
        _tell_of(row)
        _back_up()
    except Exception as error:
        if not isinstance(error, OSError | HostdeskError):
            from hostdesk import logfile

            logfile.keep(file)
            logfile.log.exception("a bug, after the count was saved")


def _back_up() -> None:
    """The first count of a day brings what a day brings, where no desk is open that does: a backup, and
    before it what was kept long enough is erased.
    """
    from db import todays_backup

    try:
        if todays_backup.is_due():
            from db import upkeep
            from db.machine import Machine

            upkeep.everything(Machine())
    except HostdeskError as error:
        remark(gettext(N_("The backup of today could not be made: {reason}")).format(reason=say(error)))


def _tell_of(row: Row) -> None:
    try:
        today = days.today()
    except Exception:
        done = gettext(N_("{action} is saved. The day cannot be read just now."))
        tell(done.format(action=day.action(row)))
        raise
    when = dates.clock(today.room.local(row.at))
    visits = ngettext("{n} visit today", "{n} visits today", today.visits).format(n=today.visits)
    done = day.done(today, row)
    tell(gettext(N_("{action} at {time}. {visits}.")).format(action=done, time=when, visits=visits))
    _tell_doubt(today)


def _tell_doubt(today: Today) -> None:
    """One line for people, beside what programs read: the clock may be wrong."""
    if today.doubt:
        remark(day.doubt(today))


def in_words(today: Today) -> Iterator[str]:
    """The day so far in lines of plain text, for a shell and a screen reader."""
    yield f"{today.room.name} · {dates.day_and_week(today.day)}"
    yield day.opening(today)
    yield gettext(N_("Visits: {n}")).format(n=today.visits)
    yield gettext(N_("Volunteers: {n}")).format(n=today.volunteers)
    yield gettext(N_("First visits: {n}")).format(n=today.first_visits)
    here = f"{today.present.n} ({day.present(today)})" if today.present else gettext(N_("not measured"))
    yield gettext(N_("Present now: {n}")).format(n=here)
    if today.last:
        yield day.last(today, today.last)
    yield from (f"  {hour:02}:00  {n}" for hour, n in sorted(today.by_hour.items()))


def _facts(today: Today) -> dict[str, object]:
    """The public contract of `today --json` (DESIGN.md)."""
    from db import programme  # a count needs no board

    last = today.last
    return {
        "date": today.day.isoformat(),
        "room": today.room.name,
        "open": today.opening.open,
        "visits": today.visits,
        "volunteers": today.volunteers,
        "first_visits": today.first_visits,
        "present": today.present.n if today.present else None,
        "participations": programme.participations(today.day),
        "last": {
            "at": today.room.local(last.at).isoformat(timespec="seconds"),
            "kind": Kind.ARRIVAL if last.kind == Kind.VOLUNTEER else last.kind,
            "n": last.n,
        }
        if last
        else None,
        "hours": {str(hour): n for hour, n in sorted(today.by_hour.items())},
    }


COUNT = Command(
    "count",
    N_("Count people who come in."),
    run=_count,
    arguments=_count_arguments,
    example="hostdesk count 5",
    keys=("plus", "add"),
    key_face="+",
    label=N_("comes in"),
)
LEAVE = Command(
    "leave",
    N_("Count people who leave; the number of visits stays."),
    run=_leave,
    arguments=lambda parser: _number(parser, N_("how many left (1 without a number)"), default=1),
    example="hostdesk leave 2",
    keys=("minus", "subtract"),
    key_face="-",
    label=N_("leaves"),
)
HEADCOUNT = Command(
    "headcount",
    N_("Say how many people are here now: everybody but the hosts on duty."),
    run=_headcount,
    arguments=lambda parser: _number(parser, N_("how many are here")),
    example="hostdesk headcount 12",
    keys=("h", "asterisk", "multiply"),
    key_face="h",
    label=N_("headcount"),
)
UNDO = Command(
    "undo",
    N_("Take back the last action; again takes back the one before it."),
    run=_undo,
    example="hostdesk undo",
    keys=("u", "backspace", "slash", "divide"),
    key_face="u",
    label=N_("undo"),
)
TODAY = Command(
    "today",
    N_("Show the day so far."),
    run=_today,
    arguments=_today_arguments,
    example="hostdesk today --json",
)
GROUP = Command(
    "group",
    N_("Count a group: type how many they are, then +."),
    keys=("g",),
    key_face="5+",
    label=N_("group"),
)
VOLUNTEER = Command(
    "volunteer",
    N_("Count a volunteer who is not on duty; volunteers are counted apart."),
    keys=("v",),
    key_face="v",
    label=N_("volunteer"),
)
FIRST_VISIT = Command(
    "first_visit",
    N_(
        "Say that the last visitor is here for the first time; in a group, once for each of them, or first "
        "how many."
    ),
    keys=("n", "full_stop", "comma", "decimal", "separator"),
    key_face="n",
    label=N_("first visit"),
)
REASON = Command(
    "reason",
    N_("Say what the last visitor came for, if you like: each time the next reason of the room's list."),
    keys=("r",),
    key_face="r",
    label=N_("reason"),
)
FIRST_THIS_WEEK = Command(
    "first_this_week",
    N_(
        "In a sample week: the last visitor is here for the first time this week; again: is not. In a group, "
        "once for each, or first how many."
    ),
    keys=("t",),
    key_face="t",
    label=N_("first this week"),
)
CLOCK_IS_RIGHT = Command(
    "clock_is_right",
    N_("Say that the clock of this machine is right."),
    keys=("k",),
    key_face="k",
    label=N_("clock is right"),
)
