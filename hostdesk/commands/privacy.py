"""Privacy in the shell: what is known of somebody, erasing it, and how long what is kept."""

import json
import shlex
from argparse import BooleanOptionalAction
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from db.errors import N_, HostdeskError
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import dates, gettext, ngettext, shift
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:  # loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.erasing import Mention
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
    "cost_line": N_("in the costs"),
    "hourly_rate": N_("in where the rate of an hour comes from"),
    "earlier_import": N_("in the name of a file that was brought in"),
    "correction": N_("in corrections of the count"),
}
_ERASED = {
    "notes": N_("entries of the log"),
    "incidents": N_("incidents"),
    "names": N_("names in other places"),
    "people": N_("people"),
    "contacts": N_("contacts of wishes"),
    "sign_ups": N_("names of who signed up"),
}


_ONLY_TO_SEE = N_("Nothing was erased: this was only to see.")

_DUTCH = {
    "aantekeningen": "notes",
    "incidenten": "incidents",
    "namen": "names",
    "reservekopieën": "backups",
}


_AROUND = 30
"""Characters on each side of a name that are shown of a text."""


def _name(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "name", metavar=gettext(N_("NAME")), nargs="+", help=gettext(N_("as others call them"))
    )
    parser.add_argument(
        "--lower-case",
        action=BooleanOptionalAction,
        help=gettext(
            N_("without a capital it is the name too, or never; else: unless it is an ordinary word then")
        ),
    )


def _show_arguments(parser: "ArgumentParser") -> None:
    _name(parser)
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _show(args: "Namespace") -> None:
    from db import privacy, room
    from hostdesk.place import who

    known, here = privacy.show(" ".join(args.name), lower_case=args.lower_case, by=who()), room.current()
    if args.json:
        tell(json.dumps(_facts(here, known)))
    else:
        tell(*_in_words(here, known))


def _erase_arguments(parser: "ArgumentParser") -> None:
    _name(parser)
    parser.add_argument("--dry-run", action="store_true", help=gettext(N_("only say what would be erased")))


def _erase(args: "Namespace") -> None:
    from db import backup, people, privacy, room
    from db.mentions import Sought
    from hostdesk import drafts, logfile
    from hostdesk.place import who

    name = " ".join(args.name)
    known = privacy.show(name, lower_case=args.lower_case, by=who())
    sought = Sought(known.name, args.lower_case)
    if args.dry_run:
        tell(*_in_words(room.current(), known), gettext(_ONLY_TO_SEE))
        _remark_a_key(known.name)
        if known.person is not None and known.person.active:
            people.assert_off_the_roster(known.person)  # the erasing would be refused for it
        return
    try:
        # Or it is refused, and stays in what is half typed too.
        done = privacy.erase(name, lower_case=args.lower_case, known=known)
    except privacy.Nowhere:
        drafts.erase(args.db, sought)
        _remark_what_stands(known)
        _remark_a_key(known.name)
        raise
    left = drafts.erase(args.db, sought)
    logfile.erase(args.db, sought)
    tell(gettext(N_("That name is erased here. Hours and numbers stay, of somebody without a name.")))
    _tell(replace(done, left=(*done.left, *left)), dry_run=False)
    _remark_what_stands(known)
    _remark_a_key(known.name)
    if day := backup.elsewhere():
        said = gettext(
            N_(
                "The last backup that left this room, on {day}, is not reached. "
                "Throw away what is elsewhere, such as on a stick."
            )
        )
        remark(said.format(day=dates.day(day)))


def _remark_what_stands(known: "Known") -> None:
    for sentence in _left_standing(known):
        remark(sentence)


def _remark_a_key(name: str) -> None:
    """Whose name is erased comes in no more, but it stands in the file of sshd still, beside other rooms."""
    from hostdesk import authorized_keys

    file = authorized_keys.visitors_file()
    with suppress(OSError, HostdeskError):
        if authorized_keys.lets_in(file, name):
            said = N_(
                "That name still stands with a key, in {path}. Take it away: hostdesk ssh-key remove {name}"
            )
            remark(gettext(said).format(path=file, name=shlex.quote(name)))


def _left_standing(known: "Known") -> Iterator[str]:
    """What may be something else, and how to erase it all the same."""
    if not known.standing:
        return
    words = ", ".join(f"{word} ({n})" for word, n in known.standing.items())
    yield gettext(N_("Left standing, as it may be something else: {words}.")).format(words=words)
    if any(word.islower() for word in known.standing):
        said = gettext(N_("If it is the name: hostdesk privacy erase {name} --lower-case"))
        yield filled(said, {"name": known.name})
    if other := next((word for word in known.standing if not word.islower()), None):
        yield filled(gettext(N_("If it is the same person: hostdesk privacy erase {name}")), {"name": other})


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
        tell(gettext(_ONLY_TO_SEE))
    if done.backups:
        said = ngettext("{n} backup was written anew.", "{n} backups were written anew.", done.backups)
        tell(said.format(n=done.backups))
    if done.left:
        said = gettext(
            N_("These files cannot be read, and so not be cleaned: {files}. Throw them away yourself.")
        )
        remark(said.format(files=", ".join(map(str, done.left))))
    if done.not_written:
        said = gettext(
            N_(
                "These backups could not be written anew: their disk or stick is full, or takes no writing. "
                "What was erased still stands in {files}. Make space there and do this again, or throw them "
                "away yourself."
            )
        )
        remark(said.format(files=", ".join(map(str, done.not_written))))
    if done.stick:
        said = gettext(
            N_(
                "The stick is not in, and its backups up to {day} still have what was erased. Put it in at "
                "the desk: within a quarter of an hour they are brought there again. What is kept there "
                "only loses all texts when its own time is up."
            )
        )
        remark(said.format(day=dates.day(done.stick)))
    if done.log_in_use:
        remark(gettext(N_("Another program is reading the room; its log is emptied when that stops.")))


def _in_words(room: "Room", known: "Known") -> Iterator[str]:
    if not known.places and not known.backups:
        yield gettext(N_("{name} stands nowhere in this room.")).format(name=known.name)
        yield from _texts(known)
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
    yield from _texts(known)


def _texts(known: "Known") -> Iterator[str]:
    """What people wrote, with what an erasing takes out and what it leaves."""
    if known.mentions:
        yield gettext(
            N_("Erasing crosses out what stands [between these]; what stands (between these) stays.")
        )
    for mention in known.mentions:
        yield f"  {gettext(_PLACES[mention.table])}: {_marked(mention)}"
    yield from _left_standing(known)


def _marked(mention: "Mention") -> str:
    """The text around the name, with the marks that `_texts` tells of."""
    text, shown, at = mention.text, "", 0
    struck = mention.found.name
    for start, end in sorted((*struck, *mention.found.left)):
        shown += text[at:start] if shown else _end_of(text[:start])
        shown += f"[{text[start:end]}]" if (start, end) in struck else f"({text[start:end]})"
        at = end
    rest = text[at:]
    return shown + (rest if len(rest) <= _AROUND else f"{rest[:_AROUND]}…")


def _end_of(text: str) -> str:
    return text if len(text) <= _AROUND else f"…{text[-_AROUND:]}"


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
        "texts": [
            {
                "place": mention.table,
                "text": mention.text,
                "erased": [mention.text[start:end] for start, end in mention.found.name],
                "left": [mention.text[start:end] for start, end in mention.found.left],
            }
            for mention in known.mentions
        ],
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
            arguments=_erase_arguments,
            example="hostdesk privacy erase Nadia --dry-run",
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
