"""Activities and their sessions in the shell: planning, holding, moving, signing up."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import TYPE_CHECKING

from db.errors import NotPossible
from db.states import Kind, Lead
from hostdesk.commands import typed
from hostdesk.commands.board import facts_of_session
from hostdesk.commands.command import Command
from hostdesk.place import who
from hostdesk.words import N_, board, dates, gettext, ngettext
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:  # the board is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.board import Thread
    from db.planning import Plan, Preview
    from db.room import Room
    from db.sessions import Meeting
    from db.signups import SignedUp

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


def _today(room: "Room") -> date:
    from db import clock
    from db import room as rooms

    return rooms.day_of(room, clock.reliable_now()[0])


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


def _session(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "session",
        metavar=gettext(N_("SESSION")),
        type=typed.session,
        help=gettext(N_("its number, as hostdesk activity sessions shows it")),
    )


def _activity(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "id",
        metavar=gettext(N_("NUMBER")),
        type=typed.activity,
        help=gettext(N_("the number of the activity")),
    )


def _starts(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--starts",
        metavar=gettext(N_("WHEN")),
        required=True,
        help=gettext(N_('day and time, such as "2026-11-24 14:00" or "tue 14:00"')),
    )


def _and_after(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--and-after", action="store_true", help=gettext(N_("with all sessions that follow it"))
    )


def _add_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("title", metavar=gettext(N_("TITLE")), help=gettext(N_("what it is called")))
    _starts(parser)
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
    _json(parser)


def _add(args: "Namespace") -> None:
    from db import planning, sessions
    from db import room as rooms

    room = rooms.current()
    plan = _planned(args, _today(room))
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
    from db import planning, written_days
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
        until=written_days.day(args.until, day) if args.until else None,
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


def _sessions_arguments(parser: "ArgumentParser") -> None:
    _activity(parser)
    _json(parser)


def _sessions(args: "Namespace") -> None:
    from db import board as boards

    thread = boards.thread(Kind.ACTIVITY, args.id)
    [activity] = thread.activities
    if args.json:
        tell(json.dumps([facts_of_session(thread.room, one) for one in activity.sessions]))
        return
    card = board.card(Kind.ACTIVITY, activity.id)
    tell(f"{card} {activity.title} · {board.state(activity.state)} · {board.lead(activity.lead)}")
    tell(*(line for one in activity.sessions for line in _in_words(thread, one)))


def _in_words(thread: "Thread", one: "Meeting") -> Iterator[str]:
    """A session, and under it who signed up for it."""
    starts, ends = thread.room.local(one.starts_at), thread.room.local(one.ends_at)
    parts = [f"s{one.id}  {board.when(starts)}–{dates.clock(ends)}", board.session_state(one.state)]
    if one.participations is not None:
        parts.append(gettext(N_("participations: {n}")).format(n=one.participations))
    parts += [board.lead(one.lead), one.leader, one.place, one.reason or "", one.how or ""]
    yield "  " + " · ".join(part for part in parts if part)
    yield from (f"    {_of_sign_up(sign_up)}" for sign_up in thread.sign_ups.get(one.id, ()))


def _of_sign_up(one: "SignedUp") -> str:
    sentence = N_("sign-up {id}: {n}, waiting for a place") if one.waiting else N_("sign-up {id}: {n}")
    said = gettext(sentence).format(id=one.id, n=one.n)
    return f"{said} · {one.name}" if one.name else said


def _attend_arguments(parser: "ArgumentParser") -> None:
    _session(parser)
    parser.add_argument("n", metavar="N", type=int, help=gettext(N_("how many took part")))
    parser.add_argument("--how", metavar=gettext(N_("TEXT")), help=gettext(N_("how it went, in a line")))
    parser.add_argument(
        "--lead", metavar=gettext(N_("LEAD")), help=gettext(N_("who led it, when that was somebody else"))
    )
    parser.add_argument(
        "--leader", metavar=gettext(N_("NAME")), help=gettext(N_("the first name of who led it"))
    )


def _attend(args: "Namespace") -> None:
    from db import sessions

    lead = None if args.lead is None else typed.lead(args.lead)
    held = sessions.attend(args.session, args.n, how=args.how, lead=lead, leader=args.leader, by=who())
    said = ngettext("{title} on {day}: {n} participation.", "{title} on {day}: {n} participations.", args.n)
    tell(said.format(title=held.title, day=dates.day(held.day), n=args.n))


def _cancel_arguments(parser: "ArgumentParser") -> None:
    _session(parser)
    parser.add_argument(
        "--reason", metavar=gettext(N_("WHY")), default="", help=gettext(N_("why it does not go on"))
    )
    _and_after(parser)


def _cancel(args: "Namespace") -> None:
    from db import series, sessions

    if args.and_after:
        tell(_do_not_go_on(series.cancel_from(args.session, args.reason, by=who())))
        return
    one = sessions.cancel(args.session, args.reason, by=who())
    tell(gettext(N_("{title} on {day} does not go on.")).format(title=one.title, day=dates.day(one.day)))


def _do_not_go_on(n: int) -> str:
    return ngettext("{n} session does not go on.", "{n} sessions do not go on.", n).format(n=n)


def _go_on(args: "Namespace") -> None:
    from db import sessions

    one = sessions.go_on(args.session, by=who())
    tell(gettext(N_("{title} on {day} goes on.")).format(title=one.title, day=dates.day(one.day)))


def _move_arguments(parser: "ArgumentParser") -> None:
    _session(parser)
    _starts(parser)
    parser.add_argument("--ends", metavar=gettext(N_("TIME")), help=gettext(N_("when it ends")))
    parser.add_argument("--place", metavar=gettext(N_("PLACE")), help=gettext(N_("where it is")))
    _and_after(parser)


def _move(args: "Namespace") -> None:
    from db import room as rooms
    from db import series, sessions
    from hostdesk.words import clashes

    room = rooms.current()
    day, starts = typed.when(args.starts, _today(room))
    n = series.move_session(
        args.session,
        day,
        starts,
        typed.ends(args.ends) if args.ends else None,
        place=args.place,
        and_after=args.and_after,
        by=who(),
    )
    one = sessions.one(args.session)
    said = gettext(N_("{title} is on {when} now.")).format(
        title=one.title, when=board.when(room.local(one.starts_at))
    )
    tell(said if n == 1 else f"{said} {_moved_along(n)}")
    found = series.clashes_of(args.session)
    for sentence in clashes.sentences(found, place=one.place, leader=one.leader, near=one.day):
        remark(sentence)


def _moved_along(n: int) -> str:
    return ngettext("{n} session was changed.", "{n} sessions were changed.", n).format(n=n)


def _sign_up_arguments(parser: "ArgumentParser") -> None:
    _session(parser)
    parser.add_argument(
        "n", metavar="N", type=int, nargs="?", default=1, help=gettext(N_("how many (1 without a number)"))
    )
    parser.add_argument(
        "--name",
        metavar=gettext(N_("NAME")),
        default="",
        help=gettext(N_("a first name, if they wish; erased the day after")),
    )


def _sign_up(args: "Namespace") -> None:
    from db import signups

    made = signups.sign_up(args.session, args.n, args.name, by=who())
    if made.waiting:
        said = gettext(N_("It is full, so they wait for a place: sign-up {id}."))
    else:
        said = gettext(N_("They have a place: sign-up {id}."))
    tell(said.format(id=made.id))


def _withdraw_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "id",
        metavar=gettext(N_("NUMBER")),
        type=typed.whole_number,
        help=gettext(N_("the number of the sign-up")),
    )


def _withdraw(args: "Namespace") -> None:
    from db import signups

    let_in = signups.withdraw(args.id, by=who())
    tell(gettext(N_("Sign-up {id} is withdrawn.")).format(id=args.id))
    _tell_let_in(let_in)


def _tell_let_in(let_in: "Iterable[SignedUp]") -> None:
    for one in let_in:
        name = one.name or "?"
        said = gettext(N_("Sign-up {id} ({name}, {n}) waited and has a place now."))
        tell(said.format(id=one.id, name=name, n=one.n))


def _change_arguments(parser: "ArgumentParser") -> None:
    _activity(parser)
    parser.add_argument("--title", metavar=gettext(N_("TITLE")), help=gettext(N_("what it is called")))
    parser.add_argument(
        "--no-capacity", action="store_true", help=gettext(N_("places are not counted any more"))
    )
    _particulars(parser)


def _change(args: "Namespace") -> None:
    from db import board as boards
    from db import series, signups
    from db.planning import MOST_PLACES

    if args.capacity == 0:
        raise NotPossible(N_("There are between 1 and {most} places, not {n}."), most=MOST_PLACES, n=0)
    said = {name: getattr(args, name) for name in ("title", "theme", "needs", "place", "leader")}
    lead = None if args.lead is None else typed.lead(args.lead)
    capacity = 0 if args.no_capacity else args.capacity
    if all(value is None for value in (*said.values(), lead, capacity)):
        raise NotPossible(N_("Say what changes, such as --place or --lead; --help shows all."))
    series.change(args.id, **said, lead=lead, capacity=capacity, by=who())
    changed = boards.thread(Kind.ACTIVITY, args.id)
    [activity] = changed.activities
    tell(
        gettext(N_("{card} is changed.")).format(
            card=f"{board.card(Kind.ACTIVITY, args.id)} {activity.title}"
        )
    )
    for session in changed.sign_ups:  # there may be more places than before
        _tell_let_in(signups.let_in(session))


def _json(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


ACTIVITY = Command(
    "activity",
    N_("Plan activities, and say what became of their sessions."),
    example='hostdesk activity add Breiclub --starts "2026-11-24 14:00" --repeat weekly --times 6 --wish 1',
    subcommands=(
        Command(
            "add",
            N_("Plan an activity with its sessions; what is odd about them is said, and never refused."),
            run=_add,
            arguments=_add_arguments,
            example='hostdesk activity add Breiclub --starts "2026-11-24 14:00" --repeat weekly --times 6',
        ),
        Command(
            "sessions",
            N_("Show the sessions of an activity with their numbers."),
            run=_sessions,
            arguments=_sessions_arguments,
            example="hostdesk activity sessions 1",
        ),
        Command(
            "attend",
            N_("Say how many took part in a session; again to correct it."),
            run=_attend,
            arguments=_attend_arguments,
            example='hostdesk activity attend 1 7 --how "Two neighbours came for the first time"',
        ),
        Command(
            "cancel",
            N_("Say that a session does not go on, or did not."),
            run=_cancel,
            arguments=_cancel_arguments,
            example='hostdesk activity cancel 2 --reason "the leader is ill"',
        ),
        Command(
            "go-on",
            N_("Let a session go on after all, or take a number back."),
            run=_go_on,
            arguments=_session,
            example="hostdesk activity go-on 3",
        ),
        Command(
            "move",
            N_("Move a session to another time or place."),
            run=_move,
            arguments=_move_arguments,
            example='hostdesk activity move 2 --starts "2026-12-02 14:00"',
        ),
        Command(
            "sign-up",
            N_("Sign people up for a session; when it is full they wait."),
            run=_sign_up,
            arguments=_sign_up_arguments,
            example="hostdesk activity sign-up 2 3",
        ),
        Command(
            "withdraw",
            N_("Withdraw a sign-up; who waited longest has a place then."),
            run=_withdraw,
            arguments=_withdraw_arguments,
            example="hostdesk activity withdraw 1",
        ),
        Command(
            "change",
            N_("Write something else about an activity."),
            run=_change,
            arguments=_change_arguments,
            example="hostdesk activity change 1 --place kitchen",
        ),
    ),
)
