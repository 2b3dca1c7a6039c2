"""Who may come in over SSH, and as whom."""

import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db import people, roles
from db.errors import HostdeskError, NotPossible
from db.mishaps import saying
from hostdesk import authorized_keys, place
from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext, ngettext, say
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

STDIN = Path("-")
"""A file that is none: what is put in."""

_LARGEST = 20_000  # bytes; a public key has some hundreds


def _of_sshd(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--file",
        metavar=gettext("FILE"),
        type=Path,
        default=authorized_keys.default_file(),
        help=gettext(N_("the authorized_keys file of sshd (that of this account)")),
    )


def _named(parser: "ArgumentParser") -> None:
    parser.add_argument("name", metavar=gettext("NAME"), help=gettext(N_("who it is")))
    _of_sshd(parser)


def _add_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("name", metavar=gettext("NAME"), help=gettext(N_("who it is")))
    parser.add_argument(
        "key",
        metavar=gettext("FILE"),
        type=Path,
        help=gettext(N_("their public key, such as id_ed25519.pub; - reads it from standard input")),
    )
    _of_sshd(parser)


def _add(args: "Namespace") -> None:
    _assert_here(args.db)
    name = authorized_keys.checked_name(args.name)
    key = authorized_keys.read_key(_text_of(args.key))
    opened = authorized_keys.add(args.file, name, key, args.db.absolute())
    said = gettext(N_("{name} can come in with this key: ssh -t {machine}"))
    tell(said.format(name=name, machine=roles.ssh_address()))
    if opened:
        said = N_("This key opened {before} until now. It opens {path} from now on, and only that.")
        remark(gettext(said).format(before=opened, path=args.db.absolute()))
    if args.file == authorized_keys.default_file():
        for finding in authorized_keys.distrusted(args.file):
            remark(filled(gettext(finding.sentence), finding.values))
    try:
        people.known_as(args.db, name)
    except HostdeskError as not_yet:  # the key is there; the name may have been mistyped
        remark(say(not_yet))


def _assert_here(database: Path) -> None:
    """Keys are those of the account that has the room."""
    if refused := place.of_the_desk(database):
        raise refused


def _text_of(file: Path) -> str:
    """What the file says, as far as a key could go."""
    if file == STDIN:
        return _decoded(sys.stdin.buffer.read(_LARGEST))
    file = file.absolute()  # which folder that is, sudo decides
    with saying(file):  # in somebody else's even asking whether it is there is refused
        if not file.is_file():
            raise NotPossible(N_("There is no file {path}."), path=file)
        with file.open("rb") as key:
            return _decoded(key.read(_LARGEST))


def _decoded(raw: bytes) -> str:
    """The bytes as text; Windows may have written them anew in an encoding of its own."""
    two_a_letter = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return raw.decode("utf-16" if two_a_letter else "utf-8-sig", errors="replace")


def _list(args: "Namespace") -> None:
    _assert_here(args.db)
    found = authorized_keys.allowed(args.file)
    lines = [f"{one.name}  {one.key.kind} …{one.key.data[-12:]}" for one in found]
    tell(*lines or [gettext(N_("Nobody can come in over SSH by hostdesk."))])
    if renewed := authorized_keys.renew(args.file):
        said = ngettext(
            "{n} key began hostdesk as an earlier version did; it begins it as this one does now.",
            "{n} keys began hostdesk as an earlier version did; they begin it as this one does now.",
            renewed,
        )
        remark(said.format(n=renewed))


def _remove(args: "Namespace") -> None:
    _assert_here(args.db)
    if not authorized_keys.remove(args.file, args.name):
        raise NotPossible(N_("{name} has no key here."), name=args.name)
    tell(gettext(N_("{name} cannot come in over SSH any more.")).format(name=args.name))


SSH_KEY = Command(
    "ssh-key",
    N_("Say who may come in over SSH: each as themselves, into hostdesk and into nothing else."),
    example="hostdesk ssh-key add Fatima id_ed25519.pub",
    needs_room=False,
    at_the_machine=True,
    subcommands=(
        Command(
            "add",
            N_("Let somebody in with their public key."),
            run=_add,
            arguments=_add_arguments,
            example="hostdesk ssh-key add Fatima id_ed25519.pub",
            needs_room=False,
            at_the_machine=True,
        ),
        Command(
            "list",
            N_("Show who may come in."),
            run=_list,
            arguments=_of_sshd,
            example="hostdesk ssh-key list",
            needs_room=False,
            at_the_machine=True,
        ),
        Command(
            "remove",
            N_("Let somebody in no more."),
            run=_remove,
            arguments=_named,
            example="hostdesk ssh-key remove Fatima",
            needs_room=False,
            at_the_machine=True,
        ),
    ),
)
