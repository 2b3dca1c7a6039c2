"""The sessions of activities in the shell: holding, moving, stopping, signing up."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from db.states import Kind
from hostdesk.commands import typed
from hostdesk.commands.board import facts_of_session
from hostdesk.commands.command import Command
from hostdesk.place import who
from hostdesk.words import N_, board, dates, gettext, ngettext
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:  # the board is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.board import Thread
    from db.sessions import Meeting
    from db.signups import SignedUp


def _session(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "session",
        metavar=gettext(N_("SESSION")),
        type=typed.session,
        help=gettext(N_("its number, as hostdesk activity sessions shows it")),
    )


def number_of_activity(parser: "ArgumentParser") -> None:
    """Which activity."""
    parser.add_argument(
        "id",
        metavar=gettext(N_("NUMBER")),
        type=typed.activity,
        help=gettext(N_("the number of the activity")),
    )


def starts_at(parser: "ArgumentParser") -> None:
    """When a session starts."""
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


def _sessions_arguments(parser: "ArgumentParser") -> None:
    number_of_activity(parser)
    as_json(parser)


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
    who_comes = board.signed_up(one.n, one.name, waiting=one.waiting)
    return f"{gettext(N_('sign-up {id}')).format(id=one.id)} · {who_comes}"


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
    starts_at(parser)
    parser.add_argument("--ends", metavar=gettext(N_("TIME")), help=gettext(N_("when it ends")))
    parser.add_argument("--place", metavar=gettext(N_("PLACE")), help=gettext(N_("where it is")))
    _and_after(parser)


def _move(args: "Namespace") -> None:
    from db import room as rooms
    from db import series, sessions
    from hostdesk.words import clashes

    room = rooms.current()
    day, starts = typed.when(args.starts, typed.today())
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
    said = N_("{title} is on {when} now.") if n else N_("Nothing is changed: {title} is on {when} already.")
    told = gettext(said).format(title=one.title, when=board.when(room.local(one.starts_at)))
    tell(told if n <= 1 else f"{told} {_moved_along(n)}")
    found = series.clashes_of(args.session)
    for sentence in clashes.sentences(found, place=one.place, leader=one.leader, near=one.day):
        remark(sentence)


def _moved_along(n: int) -> str:
    return ngettext("{n} session was changed.", "{n} sessions were changed.", n).format(n=n)


def _led_by_arguments(parser: "ArgumentParser") -> None:
    _session(parser)
    parser.add_argument(
        "lead",
        metavar=gettext(N_("LEAD")),
        help=gettext(N_("volunteer, neighbour, together, professional or unknown")),
    )
    parser.add_argument(
        "--leader",
        metavar=gettext(N_("NAME")),
        default="",
        help=gettext(N_("the first name of who leads")),
    )


def _led_by(args: "Namespace") -> None:
    from db import sessions

    one = sessions.led_by(args.session, typed.lead(args.lead), args.leader, by=who())
    lead = f"{board.lead(one.lead)} {one.leader}".strip()
    said = gettext(N_("{title}, {day}: led by {lead}."))
    tell(said.format(title=one.title, day=dates.day(one.day), lead=lead))


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
        said = gettext(N_("{why}: they wait for a place, with sign-up {id}."))
    else:
        said = gettext(N_("They have a place: sign-up {id}."))
    tell(said.format(id=made.id, why=board.no_place(made.n, made.left or 0)))


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
    tell_let_in(let_in)


def tell_let_in(let_in: "Iterable[SignedUp]") -> None:
    """Who waited for a place and has one now."""
    for one in let_in:
        said = gettext(N_("Sign-up {id} ({who}) waited and has a place now."))
        tell(said.format(id=one.id, who=board.signed_up(one.n, one.name, waiting=False)))


def as_json(parser: "ArgumentParser") -> None:
    """For other programs."""
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


SESSIONS = (
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
        example=N_('hostdesk activity attend 1 7 --how "Two neighbours came for the first time"'),
    ),
    Command(
        "cancel",
        N_("Say that a session does not go on, or did not."),
        run=_cancel,
        arguments=_cancel_arguments,
        example=N_('hostdesk activity cancel 2 --reason "the leader is ill"'),
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
        "led-by",
        N_("Say that somebody else leads one session."),
        run=_led_by,
        arguments=_led_by_arguments,
        example=N_("hostdesk activity led-by 2 neighbour"),
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
)
"""The subcommands that are about sessions, in the order of the help."""
