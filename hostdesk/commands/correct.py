"""A day at the door is put right in the shell: what did not count, was another number, or is missing."""

import json
from typing import TYPE_CHECKING

from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import N_, dates, door_rows, gettext
from hostdesk.words.shell import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from db.corrections import Correction, Entry
    from db.door_rows import Row
    from db.room import Room


def _day_argument(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "day", metavar=gettext(N_("DAY")), help=gettext(N_("the day: 23-11, monday, yesterday"))
    )


def _why_argument(parser: "ArgumentParser") -> None:
    reason = gettext(N_("why; others will read this"))
    parser.add_argument("--why", metavar=gettext(N_("TEXT")), required=True, help=reason)


def _row_argument(parser: "ArgumentParser") -> None:
    number = gettext(N_("the number of the row, as hostdesk correct day shows it"))
    parser.add_argument("row", metavar=gettext(N_("ROW")), type=typed.whole_number, help=number)


def _number_argument(parser: "ArgumentParser") -> None:
    many = gettext(N_("how many there really were"))
    parser.add_argument("n", metavar=gettext(N_("NUMBER")), type=typed.whole_number, help=many)


def _day_arguments(parser: "ArgumentParser") -> None:
    _day_argument(parser)
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _change_arguments(parser: "ArgumentParser") -> None:
    _row_argument(parser)
    _number_argument(parser)
    _why_argument(parser)


def _take_back_arguments(parser: "ArgumentParser") -> None:
    _row_argument(parser)
    _why_argument(parser)


def _add_arguments(parser: "ArgumentParser") -> None:
    _day_argument(parser)
    at = gettext(N_("about what time: 14:30"))
    parser.add_argument("time", metavar=gettext(N_("TIME")), help=at)
    _number_argument(parser)
    _why_argument(parser)
    them = gettext(N_("they were volunteers who were not on duty"))
    parser.add_argument("--volunteers", action="store_true", help=them)


def _show(args: "Namespace") -> None:
    from db import corrections, room

    day = typed.past_day(args.day)
    entries, here = corrections.of_day(day), room.current()
    if args.json:
        tell(json.dumps([_facts(here, entry) for entry in entries]))
        return
    lines = [dates.day(day)]
    for entry in entries:
        lines.append(f"{entry.row.id:>6}  {door_rows.what(here, entry.row)}")
        lines += [f"        {said}" for said in door_rows.later(here, entry)]
    if not entries:
        lines.append(gettext(N_("Nothing was counted at the door.")))
    tell(*lines)


def _change(args: "Namespace") -> None:
    from db import corrections
    from hostdesk.place import who

    _told(corrections.change(args.row, args.n, args.why, by=who()))


def _take_back(args: "Namespace") -> None:
    from db import corrections
    from hostdesk.place import who

    corrections.take_back(args.row, args.why, by=who())
    tell(gettext(N_("Corrected; what stood there is kept.")))


def _add(args: "Namespace") -> None:
    from db import corrections, written_days
    from hostdesk.place import who

    day, at = typed.past_day(args.day), written_days.time_of_day(args.time)
    _told(corrections.add(day, at, args.n, args.why, volunteer=args.volunteers, by=who()))


def _told(row: "Row") -> None:
    from db import room

    said = gettext(N_("Corrected, on {day}: {row}."))
    tell(said.format(day=dates.day(row.day), row=door_rows.what(room.current(), row)))


def _facts(here: "Room", entry: "Entry") -> dict[str, object]:
    row = entry.row
    return {
        "row": row.id,
        "at": here.local(row.at).isoformat(timespec="seconds"),
        "kind": row.kind,
        "n": row.n,
        "first_visits": row.first_visits,
        "counts": not row.voided,
        "added": _correction(entry.added),
        "taken_back": _correction(entry.taken_back),
    }


def _correction(made: "Correction | None") -> dict[str, str] | None:
    return None if made is None else {"why": made.why, "by": made.by}


CORRECT = Command(
    "correct",
    N_("Put a day at the door right afterwards, with the reason; what stood there is kept."),
    example="hostdesk correct day 23-11",
    subcommands=(
        Command(
            "day",
            N_("Show a day at the door, row by row."),
            run=_show,
            arguments=_day_arguments,
            example="hostdesk correct day 23-11",
        ),
        Command(
            "change",
            N_("Say that it was another number that came in."),
            run=_change,
            arguments=_change_arguments,
            example=N_('hostdesk correct change 118 3 --why "the group was three"'),
        ),
        Command(
            "take-back",
            N_("Say that a row does not count."),
            run=_take_back,
            arguments=_take_back_arguments,
            example=N_('hostdesk correct take-back 118 --why "a class that passed by"'),
        ),
        Command(
            "add",
            N_("Say who came in and was not counted."),
            run=_add,
            arguments=_add_arguments,
            example=N_('hostdesk correct add 23-11 14:30 4 --why "the laptop was off"'),
        ),
    ),
)
