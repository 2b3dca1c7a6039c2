"""The roster in the shell: printing it for the wall, and changing who is on when."""

import json
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from db.errors import NotPossible
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import N_, dates, gettext, ngettext, shift
from hostdesk.words.shell import tell

if TYPE_CHECKING:  # the roster is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.duties import OnDuty
    from db.people import Somebody

_WEEKS = 4
"""So many weeks hang on the wall."""

_BACK = timedelta(weeks=5)
_FURTHER = timedelta(weeks=8)
"""What other programs read, unless they say which days."""

_MOST_DAYS = timedelta(days=3 * 366)


def _roster_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--from", dest="from_day", metavar=gettext(N_("DAY")), help=gettext(N_("from this day on"))
    )
    parser.add_argument("--to", dest="to_day", metavar=gettext(N_("DAY")), help=gettext(N_("up to this day")))
    parser.add_argument(
        "--hours",
        action="store_true",
        help=gettext(N_("everybody's hours, of this month unless you say which days")),
    )
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _roster(args: "Namespace") -> None:
    from db import duties, pattern, room
    from hostdesk.commands.shift import facts, in_words

    pattern.plan_ahead()
    here, (first, last) = room.current(), _days(args)
    if args.hours:
        _hours(args, first, last)
        return
    found = duties.between(first, last)
    if args.json:
        tell(json.dumps({"shifts": [facts(here, one) for one in found]}))
        return
    nothing = gettext(N_("No shift is planned in these days."))
    tell(here.name, *([text for one in found for text in in_words(here, one)] or [nothing]))


def _hours(args: "Namespace", first: date, last: date) -> None:
    from db import duties

    found = duties.hours(first, last)
    if args.json:
        tell(
            json.dumps(
                [
                    {
                        "person": one.name,
                        "kind": one.kind,
                        "confirmed": one.confirmed,
                        "unconfirmed": one.unconfirmed,
                    }
                    for one in found
                ]
            )
        )
        return
    said = gettext(N_("{name}: {confirmed} hours confirmed, {unconfirmed} to come or to confirm"))
    tell(
        dates.stretch(first, last),
        *(
            said.format(
                name=shift.somebody(one.name),
                confirmed=shift.hours(one.confirmed),
                unconfirmed=shift.hours(one.unconfirmed),
            )
            for one in found
        ),
    )


def _days(args: "Namespace") -> tuple[date, date]:
    """Which days: those that were said, a month for hours, some weeks for the wall.

    Raises:
        NotPossible: they are the wrong way round, or too many.
    """
    today = typed.today()
    if args.hours:
        first = today.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    elif args.json:
        first, last = today - _BACK, today + _FURTHER
    else:
        first = today - timedelta(days=today.weekday())
        last = first + timedelta(weeks=_WEEKS, days=-1)
    if args.from_day:
        first = typed.past_day(args.from_day) if args.hours else typed.shown_day(args.from_day)
    last = typed.last_day(args.to_day, first) if args.to_day else max(first, last)
    if last < first:
        raise NotPossible(N_("It ends before it starts."))
    if last - first > _MOST_DAYS:
        raise NotPossible(N_("That is more than three years; take fewer days."))
    return first, last


def _who_and_when(parser: "ArgumentParser") -> None:
    parser.add_argument("name", metavar=gettext(N_("NAME")), help=gettext(N_("as others call them")))
    parser.add_argument(
        "day", metavar=gettext(N_("DAY")), help=gettext(N_("a day, like 24-11, di or morgen"))
    )


def _times(
    parser: "ArgumentParser",
    begins: str = N_("from when; the whole shift without it"),
    ends: str = N_("until when; the end of the shift without it"),
) -> None:
    time = gettext(N_("TIME"))
    parser.add_argument("--from", dest="begins", metavar=time, help=gettext(begins))
    parser.add_argument("--until", dest="ends", metavar=time, help=gettext(ends))


def _add_arguments(parser: "ArgumentParser") -> None:
    _who_and_when(parser)
    _times(parser)


def _add(args: "Namespace") -> None:
    from db import roster

    _say(roster.plan(_person(args.name).id, typed.coming_day(args.day), _time(args.begins), _time(args.ends)))


def _weekly_arguments(parser: "ArgumentParser") -> None:
    _add_arguments(parser)
    parser.add_argument(
        "--every",
        metavar="N",
        type=typed.whole_number,
        default=1,
        help=gettext(N_("every so many weeks (1)")),
    )
    parser.add_argument(
        "--to", metavar=gettext(N_("DAY")), help=gettext(N_("up to this day; without it for ever"))
    )


def _weekly(args: "Namespace") -> None:
    from db import pattern

    first = typed.coming_day(args.day)
    who = _person(args.name)
    _, made = pattern.weekly(
        who.id,
        first.isoweekday(),
        _time(args.begins),
        _time(args.ends),
        weeks=args.every,
        from_day=first,
        to_day=typed.last_day(args.to, first) if args.to else None,
    )
    said = ngettext(
        "{name} is on the roster {n} time, from {day} on.",
        "{name} is on the roster {n} times, from {day} on.",
        made,
    )
    tell(said.format(name=who.name, n=made, day=dates.day(first)))


def _end_weekly_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("name", metavar=gettext(N_("NAME")), help=gettext(N_("as others call them")))
    parser.add_argument(
        "--from", dest="from_day", metavar=gettext(N_("DAY")), help=gettext(N_("from this day on"))
    )
    parser.add_argument("--weekday", metavar=gettext(N_("DAY")), help=gettext(N_("of this weekday only")))


def _end_weekly(args: "Namespace") -> None:
    from db import pattern

    who = _person(args.name)
    weekday = typed.coming_day(args.weekday).isoweekday() if args.weekday else None
    from_day = typed.coming_day(args.from_day) if args.from_day else None
    mine = [one for one in pattern.patterns() if one.person == who.id and weekday in (None, one.weekday)]
    if not mine:
        raise NotPossible(N_("There is no such place in the weekly pattern."))
    n = sum(pattern.end_weekly(one.id, from_day=from_day) for one in mine)
    tell(ngettext("{n} duty is off the roster.", "{n} duties are off the roster.", n).format(n=n))


def _of_duty_arguments(parser: "ArgumentParser") -> None:
    _who_and_when(parser)
    parser.add_argument(
        "--at",
        metavar=gettext(N_("TIME")),
        help=gettext(N_("when that duty begins, where there are more on that day")),
    )


def _absent_arguments(parser: "ArgumentParser") -> None:
    _of_duty_arguments(parser)
    parser.add_argument("--after-all", action="store_true", help=gettext(N_("they come after all")))


def _absent(args: "Namespace") -> None:
    from db import roster

    duty = _duty(args, absent=args.after_all)
    (roster.present_after_all if args.after_all else roster.absent)(duty.id)
    _say(duty.id)


def _stand_in_arguments(parser: "ArgumentParser") -> None:
    _of_duty_arguments(parser)
    parser.add_argument("other", metavar=gettext(N_("OTHER")), help=gettext(N_("who does it")))
    _times(parser)


def _stand_in(args: "Namespace") -> None:
    from db import roster

    duty, other = _duty(args), _person(args.other)
    _say(roster.stand_in(duty.id, other.id, _time(args.begins), _time(args.ends)))


def _swap_arguments(parser: "ArgumentParser") -> None:
    _who_and_when(parser)
    parser.add_argument("other", metavar=gettext(N_("OTHER")), help=gettext(N_("who takes it over")))
    parser.add_argument("other_day", metavar=gettext(N_("DAY")), help=gettext(N_("the other one's day")))


def _swap(args: "Namespace") -> None:
    from db import roster

    one, other = _find(args.name, args.day), _find(args.other, args.other_day)
    roster.swap(one.id, other.id)
    _say(one.id)
    _say(other.id)


def _came_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("name", metavar=gettext(N_("NAME")), help=gettext(N_("as others call them")))
    parser.add_argument("--at", metavar=gettext(N_("TIME")), help=gettext(N_("since when; now without it")))
    parser.add_argument("--trainee", action="store_true", help=gettext(N_("they learn how it goes")))


def _came(args: "Namespace") -> None:
    from db import roster

    at = typed.past_moment(args.at) if args.at else None
    _say(roster.came(_person(args.name).id, trainee=args.trainee, at=at))


def _hours_arguments(parser: "ArgumentParser") -> None:
    _of_duty_arguments(parser)
    _times(parser)


def _confirm(args: "Namespace") -> None:
    from db import hours_given, room

    day = typed.past_day(args.day)
    duty = _find(args.name, args.day, args.at, past=True)
    here = room.current()
    begins, ends = _time(args.begins), _time(args.ends)
    from_at = None if begins is None else room.moment_of(here, day, begins)
    starts_at = from_at or duty.begins or room.moment(here, day, time())
    until_at = None if ends is None else room.first_after(here, starts_at, ends)
    _say(hours_given.confirm(duty.id, from_at, until_at).id)


def _later_arguments(parser: "ArgumentParser") -> None:
    _of_duty_arguments(parser)
    _times(
        parser,
        N_("from when; without it in half an hour, should it have begun"),
        N_("until when; as planned without it"),
    )


def _later(args: "Namespace") -> None:
    from db import clock, room, roster

    duty, here = _duty(args), room.current()
    roster.assert_can_move(duty)
    begins, ends = (here.local(at).time() for at in roster.likely_later(duty, clock.reliable_now()[0]))
    roster.move(duty.id, _time(args.begins) or begins, _time(args.ends) or ends)
    _say(duty.id)


def _remove(args: "Namespace") -> None:
    from db import roster

    duty = _duty(args)
    roster.take_off(duty.id)
    tell(gettext(N_("{name} is off the roster of {day}.")).format(name=duty.name, day=dates.day(duty.day)))


def _needed_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "n", metavar="N", type=typed.whole_number, nargs="?", help=gettext(N_("from now on so many"))
    )


def _needed(args: "Namespace") -> None:
    from db import duties, roster

    if args.n is not None:
        roster.need_hosts(args.n)
    n = duties.hosts_needed()
    tell(ngettext("A shift needs {n} host.", "A shift needs {n} hosts.", n).format(n=n))


def _person(name: str) -> "Somebody":
    from db import people

    return people.find(name)


def _time(text: str | None) -> time | None:
    from db import written_days

    return None if text is None else written_days.time_of_day(text)


def _duty(args: "Namespace", *, absent: bool = False) -> "OnDuty":
    return _find(args.name, args.day, args.at, absent=absent)


def _find(
    name: str, day_text: str, at: str | None = None, *, past: bool = False, absent: bool = False
) -> "OnDuty":
    """Somebody's duty on a day; the one that begins then where they have more.

    Raises:
        NotPossible: there is none, or more than one.
    """
    from db import duties, people, room

    who = people.find(name, ended=True)
    day = typed.past_day(day_text) if past else typed.any_day(day_text)
    here, begins = room.current(), _time(at)
    on_day = [duty for shift_ in duties.between(day, day) for duty in shift_.duties if duty.person == who.id]
    found = [
        duty
        for duty in on_day
        if duty.absent is absent
        and (
            begins is None
            or (duty.begins and here.local(duty.begins).time().replace(second=0, microsecond=0) == begins)
        )
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotPossible(N_("{name} is not on the roster of {day} then."), name=who.name, day=day)
    raise NotPossible(
        N_("{name} has {n} duties on {day}: say which one with --at and when it begins."),
        name=who.name,
        n=len(found),
        day=day,
    )


def _say(number: int) -> None:
    """A duty as it stands now, in one line."""
    from db import duties, room
    from hostdesk.commands.shift import of_duty

    duty = duties.one(number)
    tell(f"{dates.day(duty.day)} · {of_duty(room.current(), duty)}")


ROSTER = Command(
    "roster",
    N_("Print the roster for the wall, with its gaps, or everybody's hours."),
    run=_roster,
    arguments=_roster_arguments,
    example="hostdesk roster --json",
)
DUTY = Command(
    "duty",
    N_("Change who is on duty when."),
    example=N_("hostdesk duty add Nadia tue"),
    subcommands=(
        Command(
            "add",
            N_("Put somebody on the roster of a day."),
            run=_add,
            arguments=_add_arguments,
            example="hostdesk duty add Nadia morgen --from 10 --until 13",
        ),
        Command(
            "weekly",
            N_("Somebody is on duty every week from a day on."),
            run=_weekly,
            arguments=_weekly_arguments,
            example="hostdesk duty weekly Nadia do --every 2",
        ),
        Command(
            "end-weekly",
            N_("Somebody is not on duty every week any more."),
            run=_end_weekly,
            arguments=_end_weekly_arguments,
            example="hostdesk duty end-weekly Karim",
        ),
        Command(
            "absent",
            N_("Somebody does not come; the roster shows the gap."),
            run=_absent,
            arguments=_absent_arguments,
            example="hostdesk duty absent Karim di",
        ),
        Command(
            "later",
            N_("Somebody comes later, or at other times of that day."),
            run=_later,
            arguments=_later_arguments,
            example="hostdesk duty later Karim di --from 11",
        ),
        Command(
            "stand-in",
            N_("Somebody else does a duty."),
            run=_stand_in,
            arguments=_stand_in_arguments,
            example="hostdesk duty stand-in Karim di Nadia",
        ),
        Command(
            "swap",
            N_("Two people do each other's duty."),
            run=_swap,
            arguments=_swap_arguments,
            example="hostdesk duty swap Karim di Nadia wo",
        ),
        Command(
            "came",
            N_("Somebody is on duty now who was not on the roster."),
            run=_came,
            arguments=_came_arguments,
            example="hostdesk duty came Nadia --trainee",
        ),
        Command(
            "hours",
            N_("Confirm from when until when somebody was really on duty."),
            run=_confirm,
            arguments=_hours_arguments,
            example="hostdesk duty hours Karim vandaag --until 14:00",
        ),
        Command(
            "remove",
            N_("Take a duty off the roster."),
            run=_remove,
            arguments=_of_duty_arguments,
            example="hostdesk duty remove Karim di",
        ),
        Command(
            "needed",
            N_("Show or say how many hosts a shift needs."),
            run=_needed,
            arguments=_needed_arguments,
            example="hostdesk duty needed 2",
        ),
    ),
)
