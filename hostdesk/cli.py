"""The command line: what was asked, in which language, and how it ended.

Exit codes: 0 done; 1 it could not be done, one sentence on stderr; 2 the command itself was wrong.
"""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from db import connection, roles, room
from db.errors import CannotOpen, DiskFull, Gone, HostdeskError, NoRoom, ReadOnly
from hostdesk import commands, place, words
from hostdesk.commands.command import WrongUsage
from hostdesk.words import command_lines, gettext, shell

if TYPE_CHECKING:
    from argparse import Namespace

    from hostdesk.commands.command import Command


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    shell.forgive()
    from_elsewhere, refused = False, None
    named = arguments[:1] == ["--as"]
    if named:
        from hostdesk import elsewhere

        try:
            arguments, from_elsewhere = elsewhere.enter(arguments)
        except HostdeskError as error:
            arguments, refused = arguments[2:], error  # said once it is known in which language
    asked = _asked(arguments)
    database = asked.database
    words.choose(room.peek_language(database) or words.language_of_environment())
    _speak_of(None if named else database)
    try:
        if refused:
            raise refused
        if named:
            arguments = elsewhere.take_role(database, arguments, asked.name)
            asked = _asked(arguments)
        elif not place.at_the_machine():
            from hostdesk import elsewhere

            arguments = elsewhere.recognise(database, arguments, asked.name)
            asked = _asked(arguments)
        if asked.nothing_else:
            return _open_desk(database)
        from hostdesk.arguments import parse

        args = parse(arguments, asked.name, _offered(from_elsewhere=from_elsewhere))
        if from_elsewhere:
            elsewhere.assert_may(args)
        database = args.db
        _speak_of(None if named else database)
        return _run(args)
    except HostdeskError as error:
        shell.complain(words.say(_or_gone(_as_told(error, named=named))))
        return 2 if isinstance(error, WrongUsage) else 1
    except PermissionError as refused_there:  # where nobody may look, Python fails at asking what is there
        shell.complain(words.say(CannotOpen(path=refused_there.filename or database)))
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception:
        return _report_bug(database, named=named)
    finally:
        with suppress(KeyboardInterrupt):  # what was asked is done or refused by now
            connection.close()
        roles.act_as(None)


def _as_told(error: HostdeskError, *, named: bool) -> HostdeskError:
    """What is said of it: to who comes in with a key, what helps from where they are."""
    if not named or place.at_the_machine():
        return error
    from hostdesk import elsewhere

    return elsewhere.as_told(error)


def _or_gone(error: HostdeskError) -> HostdeskError:
    """Where backups stand there was a room: the newest one is named, in its language; or it is the desk's."""
    if type(error) is not NoRoom:
        return error
    from db import backup

    path = Path(str(error.values["path"]))
    if (newest := backup.newest(path)) is None:
        return place.of_the_desk(path) or error
    words.choose(room.peek_language(newest.file) or words.language())
    return Gone(path=path, day=newest.day, backup=newest.file)


def _offered(*, from_elsewhere: bool) -> "Callable[[Command], bool]":
    """Which commands the help shows: those that are theirs who ask."""
    if not from_elsewhere and roles.asking() is None:
        return lambda _command: True
    from hostdesk import elsewhere

    return partial(elsewhere.offers, from_elsewhere=from_elsewhere)


def _speak_of(database: Path | None) -> None:
    command_lines.speak_of(database, place.itself(place.default_database()), commands.NAMES)


def _run(args: "Namespace") -> int:
    if args.command is None:
        if args.plain_screen:
            os.environ["NO_COLOR"] = "1"
        return _open_desk(args.db)
    place.assert_known(args.db)
    command: Command = args.command
    if command.needs_room:
        _open_room(args.db)
    assert command.run is not None
    command.run(args)
    return 0


def _open_room(file: Path) -> None:
    try:
        connection.open(file)
    except ReadOnly:
        connection.open_to_read(file)
    except DiskFull:  # what is there can be read all the same
        connection.open(file, alone=True)


def _open_desk(database: Path) -> int:
    place.assert_known(database)
    from hostdesk.commands.desk import open_desk

    return open_desk(database)


class _Asked(NamedTuple):
    """What can be seen of a command line before it is parsed."""

    name: str | None
    """The subcommand, whose module alone is imported."""
    database: Path
    """The room, whose language is that of the messages."""
    nothing_else: bool
    """Whether it is just the desk: there is nothing to parse."""


def _asked(arguments: list[str]) -> _Asked:
    name, database, others = None, None, 0
    rest = iter(arguments)
    for word in rest:
        if word == "--db":
            value = next(rest, None)
            database, others = value or database, others + (value is None)
        elif word.startswith("--db="):
            database = word.removeprefix("--db=")
        else:
            others += 1
            if name is None and not word.startswith("-"):
                name = word
    file = place.given(database) if database else place.default_database()
    return _Asked(name, place.itself(file), not others)


def _report_bug(database: Path, *, named: bool) -> int:
    """What only a bug can cause goes to the log file, and is said in one line; or what a spoiled file can."""
    from db import check
    from hostdesk import logfile

    file = logfile.keep(database)
    connection.close()
    if database.is_file() and (problem := check.spoiled(database)):
        logfile.log.exception("what the file holds cannot be used")
        shell.complain(words.say(_as_told(problem, named=named)))
        return 1
    logfile.log.exception("a bug: this should not happen")
    sentence = gettext("Something went wrong that should not. The details are in {path}.")
    shell.complain(sentence.format(path=file))
    return 1
