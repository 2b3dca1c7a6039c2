"""The shift in the shell: starting it, closing it, and how it stands."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.place import who
from hostdesk.words import N_, dates, gettext, ngettext, shift
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import tell

if TYPE_CHECKING:  # the roster is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.closing import Before
    from db.duties import OnDuty, Shift
    from db.room import Room


def _json(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _start(args: "Namespace") -> None:
    from db import closing, handover, logbook, pattern, room

    pattern.plan_ahead()
    begun = handover.begin()
    here = room.current()
    _tell(args, begun.shift)
    if args.json:
        return
    if begun.had_closed_at:
        tell(
            gettext(N_("It was closed at {time}, and goes on; close it again at the end.")).format(
                time=dates.clock(here.local(begun.had_closed_at))
            )
        )
    if before := closing.before():
        tell(*_of_before(here, before))
    if n := len(logbook.to_read(logbook.reader(who(), at_the_desk=True))):
        to_read = ngettext(
            "{n} entry to read: hostdesk log --unread", "{n} entries to read: hostdesk log --unread", n
        )
        tell(filled(to_read, {"n": n}))


def _close_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--hours",
        action="store_true",
        help=gettext(N_("everybody was here as the roster says: confirm the hours")),
    )
    _json(parser)


def _close(args: "Namespace") -> None:
    from db import closing, closing_steps, logbook

    key = closing.confirm_hours(by=who()).shift.key if args.hours else None
    closed = closing_steps.close(logbook.reader(who(), at_the_desk=True), key)
    _tell(args, closed.shift)
    if closed.skipped and not args.json:
        tell(
            gettext(N_("Skipped, and said at the next start: {steps}.")).format(
                steps=shift.steps(closed.skipped, closed.not_done)
            )
        )


def _show_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "day", metavar=gettext(N_("DAY")), nargs="?", help=gettext(N_("of this day; today without it"))
    )
    _json(parser)


def _show(args: "Namespace") -> None:
    from db import duties, room

    day = typed.shown_day(args.day) if args.day else typed.today()
    here, found = room.current(), duties.between(day, day)
    if args.json:
        tell(json.dumps({"shifts": [facts(here, one) for one in found]}))
        return
    nothing = gettext(N_("There is no shift on {day}.")).format(day=dates.day(day))
    tell(*([text for one in found for text in in_words(here, one)] or [nothing]))


def _checklist_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "items",
        metavar=gettext(N_("LINE")),
        nargs="*",
        help=gettext(N_("from now on look at these, in the place of what there was")),
    )
    parser.add_argument("--none", action="store_true", help=gettext(N_("from now on look at nothing")))


def _checklist(args: "Namespace") -> None:
    from db import checklist

    if args.items or args.none:
        checklist.keep(tuple(args.items))
    tell(*(checklist.lines() or [gettext(N_("The checklist is empty."))]))


def _tell(args: "Namespace", one: "Shift") -> None:
    from db import room

    here = room.current()
    if args.json:
        tell(json.dumps(facts(here, one)))
    else:
        tell(*in_words(here, one))


def _of_before(room: "Room", before: "Before") -> Iterator[str]:
    for forgotten in before.forgotten:
        yield gettext(
            N_("The shift of {when} was not closed by anybody; it was closed at its planned end.")
        ).format(when=shift.when(room, forgotten))
    if n := len(before.forgotten):
        said = ngettext(
            "At the desk: b and then . to say when it really closed.",
            "At the desk: b and then . to say when these {n} really closed, the oldest first.",
            n,
        )
        yield said.format(n=n)
    for one in before.skipped:
        said = gettext(N_("Skipped when the shift of {when} was closed: {steps}."))
        yield said.format(when=shift.when(room, one.shift), steps=shift.steps(one.steps, one.not_done))


def in_words(room: "Room", one: "Shift") -> Iterator[str]:
    """A shift and who is on it, in lines of plain text."""
    state = shift.shift_state(one.state)
    yield f"{dates.day(one.key.day)} · {shift.times(room, one.starts_at, one.ends_at)} · {state}"
    yield from (f"  {of_duty(room, duty)}" for duty in one.duties)
    yield from (f"  {shift.somebody(duty.name)} · {shift.also_there(room, duty)}" for duty in one.also_there)
    if one.gap:
        yield f"  {shift.gap(room, one, one.gap)}"


def of_duty(room: "Room", duty: "OnDuty") -> str:
    """Who is on duty, from when until when, and what is special about it."""
    return f"{shift.somebody(duty.name)} · {shift.duty(room, duty)}"


def facts(room: "Room", one: "Shift") -> dict[str, object]:
    """A shift as the public contract of `roster --json` has it (DESIGN.md)."""
    few = one.too_few
    return {
        "id": one.number,
        "day": one.key.day.isoformat(),
        "starts_at": room.local(one.starts_at).isoformat(timespec="seconds"),
        "ends_at": room.local(one.ends_at).isoformat(timespec="seconds"),
        "state": one.state,
        "opened_at": one.opened_at and room.local(one.opened_at).isoformat(timespec="seconds"),
        "closed_at": one.closed_at and room.local(one.closed_at).isoformat(timespec="seconds"),
        "missing": one.missing,
        "missing_from": few and room.local(few.from_at).isoformat(timespec="seconds"),
        "missing_until": few and room.local(few.until_at).isoformat(timespec="seconds"),
        "duties": [_facts_of_duty(room, duty) for duty in one.duties],
        "also_there": [duty.name for duty in one.also_there if not duty.absent],
    }


def _facts_of_duty(room: "Room", duty: "OnDuty") -> dict[str, object]:
    return {
        "person": duty.name,
        "from": duty.begins and room.local(duty.begins).isoformat(timespec="seconds"),
        "until": duty.ends and room.local(duty.ends).isoformat(timespec="seconds"),
        "hours": duty.hours,
        "confirmed": duty.confirmed,
        "absent": duty.absent,
        "trainee": duty.trainee,
        "stands_in_for": duty.stands_in_for,
    }


SHIFT = Command(
    "shift",
    N_("Start the shift that is on, close it, and show how it stands."),
    example="hostdesk shift show",
    subcommands=(
        Command(
            "start",
            N_("Open the shift; who is on the roster is here."),
            run=_start,
            arguments=_json,
            example="hostdesk shift start",
        ),
        Command(
            "close",
            N_("Close the shift; what was not gone through is said at the next start."),
            run=_close,
            arguments=_close_arguments,
            example="hostdesk shift close --hours",
        ),
        Command(
            "show",
            N_("Show the shifts of a day, and who is on them."),
            run=_show,
            arguments=_show_arguments,
            example="hostdesk shift show --json",
        ),
        Command(
            "checklist",
            N_("Show or change what a host looks at before everybody goes."),
            run=_checklist,
            arguments=_checklist_arguments,
            example=N_('hostdesk shift checklist "key" "alarm on" "windows closed"'),
        ),
    ),
)
