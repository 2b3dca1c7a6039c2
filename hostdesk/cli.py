"""The command line: what was asked, in which language, and how it ended.

Exit codes: 0 done; 1 it could not be done, one sentence on stderr; 2 the command itself was wrong.
"""

import re
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from db import connection, room
from db.errors import HostdeskError
from db.text import visible
from hostdesk import __version__, commands, place, words
from hostdesk.commands.command import Command
from hostdesk.words import gettext, shell

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from _typeshed import SupportsWrite


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    shell.forgive()
    name, database = _asked(arguments)
    words.choose(room.peek_language(database) or words.language_of_environment())
    try:
        args = _parse(arguments, name)
        database = args.db
        return _run(args)
    except HostdeskError as error:
        shell.complain(words.say(error))
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception:
        return _report_bug(database)
    finally:
        connection.close()


def _run(args: Namespace) -> int:
    if args.command is None:
        from hostdesk.commands.desk import open_desk

        return open_desk(args.db)
    command: Command = args.command
    if command.needs_room:
        connection.open(args.db)
    assert command.run is not None
    command.run(args)
    return 0


class Parser(ArgumentParser):
    """What a command line may say, for the program and for each subcommand: in the room's language."""

    def __init__(self, prog: str, **options: Any) -> None:
        """Take what every command line takes: a question for help, and which database."""
        super().__init__(
            prog, allow_abbrev=False, add_help=False, formatter_class=RawDescriptionHelpFormatter, **options
        )
        self.register("type", int, _whole_number)
        self.register("type", Path, _file)
        self.add_argument("-h", "--help", action="help", help=gettext("show this help and stop"))
        self.add_argument(
            "--db", metavar="PATH", type=Path, default=SUPPRESS, help=gettext("the room's database file")
        )

    def print_help(self, file: "SupportsWrite[str] | None" = None) -> None:
        """Print the help as every answer is printed."""
        shell.tell(*self.format_help().splitlines())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line; what stands in it is inert."""
        super().error(visible(message))


def _parse(arguments: list[str], name: str | None) -> Namespace:
    """Read the command line; only the module of the asked subcommand is imported, for speed."""
    top = Parser("hostdesk", description=gettext("The desk of a neighbourhood living room."))
    top.add_argument(
        "--version",
        action="version",
        version=f"hostdesk {__version__}",
        help=gettext("show the version and stop"),
    )
    top.set_defaults(command=None, db=None, default_db=place.default_database)
    subcommands = top.add_subparsers(title=gettext("commands"), metavar=gettext("COMMAND"))
    for one in [name] if name in commands.NAMES else commands.NAMES if arguments else ():
        _add(subcommands, commands.load(one))
    args = top.parse_args(arguments)
    args.db = args.db or args.default_db()
    return args


def _add(subcommands: "_SubParsersAction[Parser]", command: Command) -> None:
    text = gettext(command.help)
    example = f"{gettext('example')}:\n  {command.example}"
    parser = subcommands.add_parser(command.name, help=text, description=text, epilog=example)
    command.arguments(parser)
    parser.set_defaults(command=command)


def _whole_number(text: str) -> int:
    """A whole number as people write it; Python's own reading would take 1_0 for 10."""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise ArgumentTypeError(gettext("{text} is no whole number.").format(text=text[:20] or "''"))
    return int(text)


def _file(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~somebody who is not there
        return Path(text)


def _asked(arguments: list[str]) -> tuple[str | None, Path]:
    """The subcommand and the database of this command line, before it is parsed.

    The database's language is that of the messages, and only the subcommand's module is imported.
    """
    name, database = None, None
    rest = iter(arguments)
    for word in rest:
        if word == "--db":
            database = next(rest, None) or database
        elif word.startswith("--db="):
            database = word.removeprefix("--db=")
        elif name is None and not word.startswith("-"):
            name = word
    return name, _file(database) if database else place.default_database()


def _report_bug(database: Path) -> int:
    """What only a bug can cause goes to the log file, and is said in one line."""
    from hostdesk import logfile

    file = logfile.keep(database)
    logfile.log.exception("a bug: this should not happen")
    sentence = gettext("Something went wrong that should not. The details are in {path}.")
    shell.complain(sentence.format(path=file))
    return 1
