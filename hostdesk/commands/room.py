"""Making a room from the shell, and saying what anybody may know of it."""

from typing import TYPE_CHECKING

from db import room
from hostdesk.commands.command import Command
from hostdesk.words import N_, choose, dates, gettext, language_of_environment, ngettext
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _init_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--name",
        metavar=gettext(N_("NAME")),
        required=True,
        help=gettext(N_("what the neighbours call the room")),
    )
    parser.add_argument(
        "--language",
        metavar=gettext(N_("LANGUAGE")),
        default=language_of_environment(),
        help=gettext(N_("nl or en")),
    )
    parser.add_argument(
        "--timezone", metavar=gettext(N_("ZONE")), help=gettext(N_("a name like Europe/Amsterdam"))
    )


def _init(args: "Namespace") -> None:
    from db import backup

    left = backup.newest(args.db)
    room.create(args.db, name=args.name, language=args.language, timezone=args.timezone)
    choose(args.language)
    tell(gettext("{name} is ready in {path}.").format(name=room.current().name, path=args.db))
    if left:
        said = N_(
            "A room was here before. Its newest backup, of {day}, comes back with: hostdesk restore {backup}"
        )
        remark(filled(gettext(said), {"day": dates.day(left.day), "backup": left.file}))


INIT = Command(
    "init",
    N_("Make a new room."),
    run=_init,
    arguments=_init_arguments,
    example='hostdesk init --name "De Huiskamer"',
    needs_room=False,
    at_the_machine=True,
)


def _room_arguments(parser: "ArgumentParser") -> None:
    said = {
        "--name": (N_("NAME"), N_("what the neighbours call the room")),
        "--website": (N_("WEBADDRESS"), N_("where its website is")),
        "--logo": (N_("WEBADDRESS"), N_("where the picture of its logo is, on the web")),
        "--email": (N_("ADDRESS"), N_("where the room itself is reached, not a person")),
        "--address": (N_("ADDRESS"), N_("where it stands: street, number, postal code and town")),
        "--reasons": (N_("LIST"), N_("what people come for, with commas between: the reasons for a visit")),
        "--backup-key": (N_("KEY"), N_("the public key of age that seals backups which leave this machine")),
    }
    for option, (placeholder, help_text) in said.items():
        parser.add_argument(option, metavar=gettext(placeholder), help=gettext(help_text))


def _room(args: "Namespace") -> None:
    from db import description, door, reasons, sealed

    if args.reasons is not None:
        reasons.keep(args.reasons.split(","))
    if args.backup_key is not None:
        sealed.choose_key(args.db, args.backup_key)
    known = description.change(
        name=args.name, website=args.website, logo=args.logo, email=args.email, address=args.address
    )
    nothing = gettext(N_("not said yet"))
    for label, value in (
        (N_("name"), known.name),
        (N_("website"), known.website),
        (N_("logo"), known.logo),
        (N_("e-mail"), known.email),
        (N_("address"), known.address),
    ):
        tell(f"{gettext(label)}: {value or nothing}")
    tell(f"{gettext(N_('reasons'))}: {', '.join(door.reasons())}")
    if key := sealed.key(args.db):
        tell(f"{gettext(N_('backup key'))}: {key}")
    if args.backup_key:
        _seal_what_left_before()


def _seal_what_left_before() -> None:
    """What came to the stick without a key, and what is out of reach."""
    from db import backup
    from db.machine import Machine

    machine = Machine()
    if done := backup.seal_on_stick(machine):
        said = ngettext(
            "{n} backup on the stick could be read by anybody; it is sealed now.",
            "{n} backups on the stick could be read by anybody; they are sealed now.",
            len(done),
        )
        remark(said.format(n=len(done)))
    if machine.stick(backup.STICK) is None and backup.last_on_stick():
        remark(gettext(N_("What stands on a stick already is sealed as soon as that is put in.")))


ROOM = Command(
    "room",
    N_("Show what anybody may know of the room, or change it; an empty text takes away."),
    run=_room,
    arguments=_room_arguments,
    example="hostdesk room --website https://www.example.org/ --email info@example.org",
)
