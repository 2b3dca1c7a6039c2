"""The people of the house in the shell: who joins, who there are, who stops."""

import json
from typing import TYPE_CHECKING

from db.errors import N_
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import dates, gettext, ngettext, shift
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import tell

if TYPE_CHECKING:  # the roster is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.people import Somebody


def _name(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "name", metavar=gettext(N_("NAME")), nargs="+", help=gettext(N_("as others call them"))
    )


def _add_arguments(parser: "ArgumentParser") -> None:
    _name(parser)
    parser.add_argument(
        "--kind",
        metavar=gettext(N_("KIND")),
        default="volunteer",
        help=gettext(N_("host, volunteer, coordinator, professional or partner")),
    )
    parser.add_argument(
        "--phone",
        metavar=gettext(N_("NUMBER")),
        default="",
        help=gettext(N_("optional; goes when they stop")),
    )


def _add(args: "Namespace") -> None:
    from db import people

    added = people.add(" ".join(args.name), kind=typed.person_kind(args.kind), phone=args.phone)
    said = gettext(N_("{name} is there, as {kind}."))
    tell(said.format(name=added.name, kind=shift.person_kind(added.kind)))


def _change_arguments(parser: "ArgumentParser") -> None:
    _name(parser)
    parser.add_argument(
        "--kind",
        metavar=gettext(N_("KIND")),
        help=gettext(N_("host, volunteer, coordinator, professional or partner")),
    )
    parser.add_argument(
        "--phone", metavar=gettext(N_("NUMBER")), help=gettext(N_("another number; “” takes it away"))
    )


def _change(args: "Namespace") -> None:
    from db import people

    kind = None if args.kind is None else typed.person_kind(args.kind)
    person = people.find(" ".join(args.name))
    tell(_in_words(people.change(person.id, kind=kind, phone=args.phone)))


def _list_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--all", action="store_true", help=gettext(N_("those who stopped too")))
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _list(args: "Namespace") -> None:
    from db import people

    found = people.everybody(ended=args.all)
    if args.json:
        tell(json.dumps([_facts(person) for person in found]))
        return
    nobody = filled(gettext(N_("Nobody is there yet. Add somebody with: hostdesk person add NAME")), {})
    tell(*([_in_words(person) for person in found] or [nobody]))


def _end_arguments(parser: "ArgumentParser") -> None:
    _name(parser)
    parser.add_argument(
        "--and-duties", action="store_true", help=gettext(N_("take their coming duties off the roster too"))
    )


def _end(args: "Namespace") -> None:
    from db import people

    person = people.find(" ".join(args.name))
    n = people.end(person.id, and_duties=args.and_duties)
    tell(gettext(N_("{name} stops. The telephone number is erased.")).format(name=person.name))
    if n:
        tell(
            ngettext("{n} duty is off the roster.", "{n} duties are off the roster.", n).format(n=n),
        )


def _in_words(person: "Somebody") -> str:
    parts = [person.name, shift.person_kind(person.kind)]
    if person.phone:
        parts.append(person.phone)
    if person.ended_on:
        parts.append(gettext(N_("stopped on {day}")).format(day=dates.day(person.ended_on)))
    return " · ".join(parts)


def _facts(person: "Somebody") -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "kind": person.kind,
        "phone": person.phone,
        "since": person.since.isoformat(),
        "ended_on": person.ended_on and person.ended_on.isoformat(),
        "active": person.active,
    }


PERSON = Command(
    "person",
    N_("Keep who the hosts, the volunteers, the coordinator and the professionals are."),
    example="hostdesk person add Nadia --kind host",
    subcommands=(
        Command(
            "add",
            N_("Somebody joins, or comes back."),
            run=_add,
            arguments=_add_arguments,
            example="hostdesk person add Karim --kind host",
        ),
        Command(
            "change",
            N_("Say what somebody is by now, or another telephone number."),
            run=_change,
            arguments=_change_arguments,
            example="hostdesk person change Nadia --kind host",
        ),
        Command(
            "list",
            N_("Show who there are."),
            run=_list,
            arguments=_list_arguments,
            example="hostdesk person list --json",
        ),
        Command(
            "end",
            N_("Somebody stops; the hours they gave stay known."),
            run=_end,
            arguments=_end_arguments,
            example="hostdesk person end Nadia",
        ),
    ),
)
