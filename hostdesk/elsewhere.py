"""Who comes in from elsewhere: as themselves, and with what may be done from there.

With a key of `hostdesk ssh-key`, sshd starts `hostdesk --as NAME --keys FILE --db PATH` whatever the visitor
asks for, and puts what they asked into `SSH_ORIGINAL_COMMAND`. That is taken apart here, without a shell.
Who logs in to an account of their own on the machine, and starts hostdesk there, is known by that account's
name.
"""

import os
import re
import shlex
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from db import roles
from db.errors import LOST, N_, HostdeskError, NotPossible, Spoiled
from db.roles import NotYourRole
from db.states import PersonKind
from hostdesk import place
from hostdesk.commands import NAMES
from hostdesk.commands.command import Command

AS = "--as"
"""Stands first on the command line, with the name behind it."""

LONGEST = 20_000
"""Characters of a visitor's command line."""

ASKED = "SSH_ORIGINAL_COMMAND"
"""Where sshd puts what the visitor typed behind the machine's name."""

STDOUT = Path("-")
"""A file that is none: down the line."""

_VOLUNTEER = frozenset(
    {
        *("today", "wish", "board", "move", "activity", "ask", "advice", "note", "log"),
        *("roster", "shift", "report", "calendar", "poster", "spaceapi"),
    }
)

COMMANDS: dict[PersonKind, frozenset[str]] = {
    PersonKind.HOST: _VOLUNTEER | {"count", "leave", "headcount", "undo", "duty", "check"},
    PersonKind.VOLUNTEER: _VOLUNTEER,
    PersonKind.PROFESSIONAL: frozenset({"board", "advice", "advise"}),
    PersonKind.PARTNER: frozenset({"report"}),
}
"""The subcommands of each role from elsewhere; a coordinator has all but those of the machine."""

_WITHOUT_DESK = {PersonKind.PARTNER: "report"}
"""What is shown to somebody who has no part in the desk."""

_OTHERS_SAY = ("--db", AS)  # which room it is, and who, was said already


_PIECE = re.compile(
    r"""
    "(?:\\.|[^"\\])*"  # between quotation marks
    | (?<![^\s="'])'[^']*'(?![^\s"'\\])  # or between two that stand around a word or several
    | \\.
    | '  # an apostrophe: a visitor's own shell has taken the quotation marks around it away
    """,
    re.DOTALL | re.VERBOSE,
)
"""What quotes something in a visitor's command line; and what seems to."""


class NotFromElsewhere(NotPossible):
    """What was asked leads out of hostdesk."""

    sentence = N_("That cannot be done from elsewhere. What can: hostdesk --help")


class DownTheLine(NotFromElsewhere):
    """What was asked leads to a file of the visitor's choosing."""

    sentence = N_(
        "From elsewhere no file or directory on that machine can be named. Type - in its place, "
        "and > FILE behind the command: it comes down the line, into a file on your own computer."
    )


class Lost(HostdeskError):
    """There is no room to look at, and what helps is done at its own machine."""

    sentence = N_(
        "The file of the room is damaged or has gone, so from elsewhere nothing can be seen now. "
        "Ring somebody at the desk, or go there: its screen says what is wrong, and puts the newest backup "
        "back with one key."
    )


class LostInPart(HostdeskError):
    """What was asked stumbles over what the file holds, and that too is put right at its own machine."""

    sentence = N_(
        "The file of the room holds something that hostdesk did not write there, so this could not be done. "
        "Ring whoever looks after the machine of the desk: a backup can be put back there."
    )


def as_told(error: HostdeskError) -> HostdeskError:
    """What is said of it to who comes in from elsewhere, where the commands that help are refused."""
    if isinstance(error, Spoiled):
        return LostInPart()
    return Lost() if isinstance(error, LOST) else error


def enter(arguments: list[str]) -> tuple[list[str], bool]:
    """Be the person whom the command line names.

    Returns:
        The rest of the command line, with what was asked over SSH; and whether it came from there.

    Raises:
        NotPossible: there is no name, or what was asked is not hostdesk's own.
    """
    from hostdesk.authorized_keys import KEYS, checked_name, let_in_by

    name, rest = (arguments[1:2] or [""])[0], arguments[2:]
    let_in_by(None)
    if rest[:1] == [KEYS]:
        let_in_by(Path((rest[1:2] or [""])[0]))
        rest = rest[2:]
    os.environ["HOSTDESK_BY"] = checked_name(name)
    for variable in [name for name in os.environ if name.startswith(("TEXTUAL", "PYTHON"))]:
        del os.environ[variable]  # other drivers, tools that look inside; modules for what is begun from here
    if ASKED not in os.environ:
        return rest, False
    return [*rest, *asked(os.environ[ASKED])], True


def recognise(database: Path, arguments: list[str], command: str | None) -> list[str]:
    """Be the person after whom this account on the machine is called, and do what they may.

    The account that the room's file belongs to may do what is done at the desk, unless it is called after
    somebody. Where there is no room nobody is asked who they are.

    Returns:
        The command line; who has no desk is shown what they came for.

    Raises:
        NotPossible: nobody here is called as this account.
        NotYourRole: the command is for others.
    """
    try:
        theirs = database.stat().st_uid == os.geteuid() or not os.geteuid()
    except OSError:
        return arguments
    said = os.environ.get("HOSTDESK_BY")
    os.environ["HOSTDESK_BY"] = place.account()
    try:
        return take_role(database, arguments, command)
    except NotYourRole:
        raise
    except HostdeskError:  # nobody's name, or a file that must be put right: by whom it belongs to
        if not theirs:
            raise
        os.environ["HOSTDESK_BY"] = said or ""
        return arguments


def take_role(database: Path, arguments: list[str], command: str | None) -> list[str]:
    """Do from now on what this visitor may, and refuse a command that is not theirs.

    Returns:
        The command line; who has no desk is shown what they came for.

    Raises:
        NotPossible: nobody here has this name.
        NotYourRole: the command is for others.
    """
    from db import people

    os.environ["HOSTDESK_BY"], role = people.known_as(database, os.environ["HOSTDESK_BY"])
    roles.act_as(role, os.environ["HOSTDESK_BY"])
    theirs = COMMANDS.get(role)
    if theirs is None or command in theirs or _asks_for_help(arguments):
        return arguments
    if command is None and role in _WITHOUT_DESK:
        return [*arguments, _WITHOUT_DESK[role]]
    if command is None or command not in NAMES:
        return arguments
    raise roles.refusal()


def offers(command: Command, *, from_elsewhere: bool) -> bool:
    """Whether the help shows a command to who asks: another one would be refused."""
    theirs = COMMANDS.get(role) if (role := roles.asking()) else None
    return (theirs is None or command.name in theirs) and not (from_elsewhere and command.at_the_machine)


def _asks_for_help(arguments: list[str]) -> bool:
    """Whether this is answered with help alone: behind a -- all words are text."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "-h" in options or "--help" in options


def asked(line: str) -> list[str]:
    """A visitor's command line as words: `hostdesk today --json`, with or without the program's name.

    Raises:
        NotFromElsewhere: it names another room or another person.
        NotPossible: it cannot be taken apart.
    """
    if len(line) > LONGEST or "\0" in line:
        raise NotFromElsewhere
    try:
        words = shlex.split(_PIECE.sub(lambda piece: r"\'" if piece[0] == "'" else piece[0], line))
    except ValueError:
        raise NotPossible(N_("A quotation mark has no second one in that command.")) from None
    if words[:1] == ["hostdesk"]:
        words = words[1:]
    if any(word == option or word.startswith(f"{option}=") for word in words for option in _OTHERS_SAY):
        raise NotFromElsewhere
    return words


def assert_may(args: Namespace) -> None:
    """Refuse what only somebody at the machine may do: commands that say so, and any file but the line.

    Raises:
        NotFromElsewhere, DownTheLine: it is such a thing.
    """
    if args.command is not None and args.command.at_the_machine:
        raise NotFromElsewhere
    if any(path != STDOUT for path in _paths(args)):
        raise DownTheLine


def _paths(args: Namespace) -> Iterator[Path]:
    """Every file that the command line names, the room's own left out."""
    for name, value in vars(args).items():
        if name != "db":
            yield from (
                one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Path)
            )
