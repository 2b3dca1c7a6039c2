"""Counting at the door: from the desk with one key, from the shell with one line."""

import json
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import datetime

from db import clock, door
from db.clock import Doubt
from db.door import Kind, Present, Row, Today
from db.text import clean
from hostdesk.commands.command import Command
from hostdesk.words import N_, dates, gettext, ngettext

_DOUBTS = {
    Doubt.BEFORE_RELEASE: N_("The clock is wrong. Set its date and time; counting goes on."),
    Doubt.BEHIND: N_("The clock says {when}, which is before the last count. Counting goes on; is it right?"),
    Doubt.JUMPED: N_("The clock was changed and says {when}. Counting goes on; is it right?"),
}


def _whole(text: str) -> int:
    """A whole number as people write it; Python's own reading would take 1_0 for 10."""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        said = clean(text[:20], most=20)
        raise ArgumentTypeError(gettext(N_("{text} is no whole number.")).format(text=said or "''"))
    return int(text)


def _number(parser: ArgumentParser, help_text: str, *, default: int | None = None) -> None:
    """The N of a door command; whether it makes sense is for the room's rules to say."""
    parser.add_argument(
        "n",
        metavar="N",
        type=_whole,
        nargs="?" if default else None,
        default=default,
        help=gettext(help_text),
    )


def _count_arguments(parser: ArgumentParser) -> None:
    _number(parser, N_("how many came in (1 without a number)"), default=1)
    parser.add_argument(
        "--volunteer", action="store_true", help=gettext(N_("volunteers who are not on duty, counted apart"))
    )
    parser.add_argument(
        "--first-time", action="store_true", help=gettext(N_("they are here for the first time"))
    )
    parser.add_argument("--reason", metavar="R", help=gettext(N_("why they came, from the room's list")))


def _count(args: Namespace) -> None:
    row = door.arrive(args.n, volunteer=args.volunteer, first_visit=args.first_time, reason=args.reason)
    _tell(row)


def _leave(args: Namespace) -> None:
    _tell(door.depart(args.n))


def _headcount(args: Namespace) -> None:
    _tell(door.headcount(args.n))


def _undo(_args: Namespace) -> None:
    _tell(door.undo())


def _today(args: Namespace) -> None:
    today = door.today()
    print(json.dumps(_facts(today), ensure_ascii=False) if args.json else in_words(today))
    _tell_doubt(today)


def _today_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _tell(row: Row) -> None:
    """One line: what was done, when, and how many visits that makes."""
    today = door.today()
    when = dates.clock(today.room.local(row.at))
    visits = ngettext("{n} visit today", "{n} visits today", today.visits).format(n=today.visits)
    print(gettext("{action} at {time}. {visits}.").format(action=action(row), time=when, visits=visits))
    _tell_doubt(today)


def _tell_doubt(today: Today) -> None:
    """One line for people, beside what programs read: the clock may be wrong."""
    if today.doubt:
        says = today.room.local(clock.now())
        when = f"{dates.day(says.date())} {dates.clock(says)}"
        print(gettext(_DOUBTS[today.doubt]).format(when=when), file=sys.stderr)


def action(row: Row) -> str:
    """The action in a few words: +5, -1, volunteer +1, headcount 12, +5 undone."""
    match row.kind:
        case Kind.ARRIVAL:
            return f"+{row.n}"
        case Kind.VOLUNTEER:
            return gettext("volunteer +{n}").format(n=row.n)
        case Kind.DEPARTURE:
            return f"-{row.n}"
        case Kind.HEADCOUNT:
            return gettext("headcount {n}").format(n=row.n)
    what = Row(row.id, row.at, row.day, row.hour, row.undone or Kind.ARRIVAL, row.n)
    return gettext("{action} undone").format(action=action(what))


def present_in_words(present: Present | None, at: datetime | None) -> str:
    """How many are here now, and from which measurement; or that nobody measured it."""
    if present is None:
        return gettext("not measured")
    since = " ".join(
        part
        for part in (
            f"+{present.arrived}" if present.arrived else "",
            f"-{present.left}" if present.left else "",
        )
        if part
    )
    if at is None:
        return f"{present.n} ({since})"
    counted = gettext("counted at {time}").format(time=dates.clock(at))
    later = gettext(", since then {changes}").format(changes=since) if since else ""
    return f"{present.n} ({counted}{later})"


def in_words(today: Today) -> str:
    """The day so far as plain text, for a shell and a screen reader."""
    room, present = today.room, today.present
    local = room.local
    counted_at = local(present.counted_at) if present and present.counted_at else None
    lines = [
        f"{room.name} · {dates.day_and_week(today.day)}",
        opening_in_words(today),
        gettext("Visits: {n}").format(n=today.visits),
        gettext("Volunteers: {n}").format(n=today.volunteers),
        gettext("First visits: {n}").format(n=today.first_visits),
        gettext("Present now: {n}").format(n=present_in_words(present, counted_at)),
    ]
    if today.last:
        when = dates.clock(local(today.last.at))
        lines.append(gettext("Last: {action} at {time}").format(action=action(today.last), time=when))
    lines += [f"  {hour:02}:00  {n}" for hour, n in sorted(today.by_hour.items())]
    return "\n".join(lines)


def opening_in_words(today: Today) -> str:
    """Open until when, or closed and when it opens."""
    opening, local = today.opening, today.room.local
    if opening.open and opening.until:
        return gettext("open until {time}").format(time=dates.clock(local(opening.until)))
    if opening.opens_at is None:
        return gettext("closed")
    opens = local(opening.opens_at)
    when = dates.clock(opens)
    if opens.date() != today.day:
        when = f"{dates.weekday_short(opens.date())} {when}"
    return gettext("closed, opens {when}").format(when=when)


def _facts(today: Today) -> dict[str, object]:
    """The public contract of `today --json` (DESIGN.md)."""
    last = today.last
    return {
        "date": today.day.isoformat(),
        "room": today.room.name,
        "open": today.opening.open,
        "visits": today.visits,
        "volunteers": today.volunteers,
        "first_visits": today.first_visits,
        "present": today.present.n if today.present else None,
        "participations": 0,
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
    N_("Say that the last visitor is here for the first time; again takes it back."),
    keys=("n", "full_stop", "comma", "decimal", "separator"),
    key_face="n",
    label=N_("first visit"),
)
CLOCK_IS_RIGHT = Command(
    "clock_is_right",
    N_("Say that the clock of this machine is right."),
    keys=("k",),
    key_face="k",
    label=N_("clock is right"),
)
