"""The command line: what was asked, in which language, and how it ended.

Exit codes: 0 done; 1 it could not be done, one sentence on stderr; 2 the command itself was wrong.
"""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from db import connection, room
from db.errors import HostdeskError
from hostdesk import __version__, commands, place, words
from hostdesk.commands.command import Command
from hostdesk.words import gettext

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    database = _asked_database(arguments)
    words.choose(room.peek_language(database) or words.language_of_environment())
    try:
        args = _parse(arguments)
        database = args.db
        return _run(args)
    except HostdeskError as error:
        print(f"hostdesk: {words.say(error)}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our output has gone, as in `hostdesk today | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
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
    sys.stdout.flush()
    return 0


class Parser(ArgumentParser):
    """What a command line may say, for the program and for each subcommand: in the room's language."""

    def __init__(self, prog: str, **options: Any) -> None:
        """Take what every command line takes: a question for help, and which database."""
        super().__init__(
            prog, allow_abbrev=False, add_help=False, formatter_class=RawDescriptionHelpFormatter, **options
        )
        self.register("type", int, _whole_number)
        self.add_argument("-h", "--help", action="help", help=gettext("show this help and stop"))
        self.add_argument(
            "--db", metavar="PATH", type=_file, default=SUPPRESS, help=gettext("the room's database file")
        )

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End once the help is written, so that `main` notices when whoever read it has gone."""
        sys.stdout.flush()
        super().exit(status, message)


def _parse(arguments: list[str]) -> Namespace:
    """Read the command line; only the module of the asked subcommand is imported, for speed."""
    asked = [word for word in arguments if word in commands.NAMES][:1]
    top = Parser("hostdesk", description=gettext("The desk of a neighbourhood living room."))
    top.add_argument(
        "--version",
        action="version",
        version=f"hostdesk {__version__}",
        help=gettext("show the version and stop"),
    )
    top.set_defaults(command=None, db=None, default_db=place.default_database)
    subcommands = top.add_subparsers(title=gettext("commands"), metavar=gettext("COMMAND"))
    for name in asked or (commands.NAMES if arguments else ()):
        _add(subcommands, commands.load(name))
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
    """An argument that is a number of people: in place of `int`, whose own message is for programmers."""
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(gettext("{text} is no whole number.").format(text=text)) from None


def _file(text: str) -> Path:
    return Path(text).expanduser()


def _asked_database(arguments: list[str]) -> Path:
    """The database of this command line, before it is parsed: its language is the messages'."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--db" and following:
            return _file(following)
        if word.startswith("--db="):
            return _file(word.removeprefix("--db="))
    return place.default_database()


def _report_bug(database: Path) -> int:
    """What only a bug can cause goes to the log file, and is said in one line."""
    from hostdesk import logfile

    file = logfile.keep(database)
    logfile.log.exception("a bug: this should not happen")
    sentence = gettext("Something went wrong that should not. The details are in {path}.")
    print(f"hostdesk: {sentence.format(path=file)}", file=sys.stderr)
    return 1
