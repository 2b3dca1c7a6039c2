"""Privacy in the shell: what is known of somebody, erasing it, and how long what is kept."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from db.errors import N_
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import dates, gettext, ngettext, shift
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:  # loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.privacy import Kept, Known, Purged
    from db.room import Room

_PLACES = {
    "person": N_("in the list of people"),
    "duty": N_("on the roster"),
    "log_entry": N_("in the log"),
    "log_change": N_("in what was said about the log later"),
    "log_read": N_("as a reader of the log"),
    "closing_step": N_("as who settled a shift at its end"),
    "checklist_item": N_("on the checklist"),
    "checklist_mark": N_("in what was checked at the end of a shift"),
    "wish": N_("in wishes"),
    "me_too": N_("as who took in a “me too”"),
    "contact": N_("in contacts of wishes"),
    "activity": N_("in activities"),
    "session": N_("in sessions"),
    "sign_up": N_("in sign-ups"),
    "advice_request": N_("in questions for advice"),
    "board_event": N_("in the history of the board"),
    "closed_day": N_("in why the room was shut"),
    "other_hours": N_("in why it was open at other hours"),
}
_ERASED = {
    "notes": N_("entries of the log"),
    "incidents": N_("incidents"),
    "names": N_("names in other places"),
    "people": N_("people"),
    "contacts": N_("contacts of wishes"),
    "sign_ups": N_("names of who signed up"),
}


_DUTCH = {
    "aantekeningen": "notes",
    "incidenten": "incidents",
    "namen": "names",
    "reservekopieën": "backups",
}


def _name(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "name", metavar=gettext(N_("NAME")), nargs="+", help=gettext(N_("as others call them"))
    )


def _show_arguments(parser: "ArgumentParser") -> None:
    _name(parser)
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _show(args: "Namespace") -> None:
    from db import privacy, room

    known, here = privacy.show(" ".join(args.name)), room.current()
    if args.json:
        tell(json.dumps(_facts(here, known)))
    else:
        tell(*_in_words(here, known))


def _erase(args: "Namespace") -> None:
    from db import backup, privacy
    from hostdesk import drafts, logfile

    name = " ".join(args.name)
    try:
        done = privacy.erase(name)  # or it is refused, and stays in what is half typed too
    except privacy.Nowhere:
        drafts.erase(args.db, name)
        raise
    left = drafts.erase(args.db, name)
    logfile.erase(args.db, name)
    tell(gettext(N_("That name is erased here. Hours and numbers stay, of somebody without a name.")))
    _tell(replace(done, left=(*done.left, *left)), dry_run=False)
    if day := backup.elsewhere():
        said = gettext(
            N_(
                "The last backup that left this room, on {day}, is not reached. "
                "Throw away what is elsewhere, such as on a stick."
            )
        )
        remark(said.format(day=dates.day(day)))


def _purge_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--dry-run", action="store_true", help=gettext(N_("only say what would be erased")))


def _purge(args: "Namespace") -> None:
    from db import privacy

    _tell(privacy.purge(dry_run=args.dry_run), dry_run=args.dry_run)


def _periods_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "what", metavar=gettext(N_("WHAT")), nargs="?", help=gettext(N_("notes, incidents, names or backups"))
    )
    parser.add_argument(
        "n", metavar="N", nargs="?", type=typed.whole_number, help=gettext(N_("how long from now on"))
    )


def _periods(args: "Namespace") -> None:
    from db import privacy

    if args.what is not None and args.n is not None:
        privacy.keep(_DUTCH.get(args.what.casefold(), args.what), args.n)
    for kept in privacy.periods():
        tell(_of_period(kept), f"  {gettext(kept.period.why)}")
    tell(gettext(privacy.CONTACTS), gettext(privacy.SIGN_UPS), gettext(privacy.FOR_EVER))


def _of_period(kept: "Kept") -> str:
    from db.privacy import Unit

    n = kept.n
    if kept.period.unit is Unit.MONTHS:
        long = ngettext("{n} month", "{n} months", n).format(n=n)
    elif kept.period.unit is Unit.YEARS:
        long = ngettext("{n} year", "{n} years", n).format(n=n)
    else:
        long = ngettext("{n} day", "{n} days", n).format(n=n)
    return f"{gettext(kept.period.what)}: {long}"


def _tell(done: "Purged", *, dry_run: bool) -> None:
    lines = [f"{gettext(text)}: {n}" for code, text in _ERASED.items() if (n := getattr(done.erased, code))]
    nothing = gettext(N_("Nothing was kept for too long."))
    tell(*(lines or [nothing]))
    if dry_run:
        tell(gettext(N_("Nothing was erased: this was only to see.")))
    if done.backups:
        said = ngettext("{n} backup was written anew.", "{n} backups were written anew.", done.backups)
        tell(said.format(n=done.backups))
    if done.left:
        said = gettext(
            N_("These files cannot be read, and so not be cleaned: {files}. Throw them away yourself.")
        )
        remark(said.format(files=", ".join(map(str, done.left))))
    if done.log_in_use:
        remark(gettext(N_("Another program is reading the room; its log is emptied when that stops.")))


def _in_words(room: "Room", known: "Known") -> Iterator[str]:
    if not known.places and not known.backups:
        yield gettext(N_("{name} stands nowhere in this room.")).format(name=known.name)
        return
    if known.person:
        person = known.person
        parts = [person.name, shift.person_kind(person.kind), *([person.phone] if person.phone else [])]
        yield " · ".join(parts)
    for table, n in known.places.items():
        yield f"{gettext(_PLACES[table])}: {n}"
    yield f"{gettext(N_('in backups'))}: {known.backups}"
    for duty in known.duties:
        yield f"  {dates.day(duty.day)} · {shift.times(room, duty.begins, duty.ends)}"


def _facts(room: "Room", known: "Known") -> dict[str, object]:
    person = known.person
    return {
        "name": known.name,
        "person": person
        and {
            "kind": person.kind,
            "phone": person.phone,
            "since": person.since.isoformat(),
            "active": person.active,
        },
        "places": known.places,
        "backups": known.backups,
        "duties": [
            {
                "from": duty.begins and room.local(duty.begins).isoformat(timespec="seconds"),
                "until": duty.ends and room.local(duty.ends).isoformat(timespec="seconds"),
                "hours": duty.hours,
            }
            for duty in known.duties
        ],
    }


PRIVACY = Command(
    "privacy",
    N_("Show what is known of somebody, erase it, and how long what is kept."),
    example="hostdesk privacy show Nadia",
    subcommands=(
        Command(
            "show",
            N_("Show all that is known of a name."),
            run=_show,
            arguments=_show_arguments,
            example="hostdesk privacy show Nadia",
        ),
        Command(
            "erase",
            N_("Erase a name wherever it stands, in backups too; hours and numbers stay."),
            run=_erase,
            arguments=_name,
            example="hostdesk privacy erase Nadia",
        ),
        Command(
            "purge",
            N_("Erase now what was kept long enough, in backups too."),
            run=_purge,
            arguments=_purge_arguments,
            example="hostdesk privacy purge --dry-run",
        ),
        Command(
            "periods",
            N_("Show or change how long what is kept, and why."),
            run=_periods,
            arguments=_periods_arguments,
            example="hostdesk privacy periods notes 12",
        ),
    ),
)
