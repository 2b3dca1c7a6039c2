"""The command line: what was asked, in which language, and how it ended.

Exit codes: 0 done; 1 it could not be done, one sentence on stderr; 2 the command itself was wrong.
"""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from db import connection, room
from db.errors import HostdeskError
from hostdesk import __version__, commands, place, words
from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    words.choose(room.peek_language(_asked_database(arguments)) or words.language_of_environment())
    args = _parse(arguments)
    try:
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
        return _report_bug(args.db)
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


def _parse(arguments: list[str]) -> Namespace:
    """Read the command line; only the module of the asked subcommand is imported, for speed."""
    asked = next((word for word in arguments if word in commands.NAMES), None)
    wants_help = asked is None
    top = _parser("hostdesk", gettext(N_("The desk of a neighbourhood living room.")))
    top.add_argument("--version", action="version", version=f"hostdesk {__version__}")
    top.set_defaults(command=None, db=place.default_database())
    subcommands = top.add_subparsers(title=gettext(N_("commands")), metavar="")
    for name in commands.NAMES:
        if wants_help or name == asked:
            _add(subcommands, commands.load(name))
    return top.parse_args(arguments)


def _parser(prog: str, description: str, epilog: str | None = None) -> ArgumentParser:
    parser = ArgumentParser(
        prog,
        description=description,
        epilog=epilog,
        allow_abbrev=False,
        add_help=False,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("-h", "--help", action="help", help=gettext(N_("show this help and stop")))
    parser.add_argument(
        "--db", metavar="PATH", type=_file, default=SUPPRESS, help=gettext(N_("the room's database file"))
    )
    return parser


def _add(subcommands: "object", command: Command) -> None:
    text = gettext(command.help)
    example = f"{gettext(N_('example'))}:\n  {command.example}"
    parser = subcommands.add_parser(  # type: ignore[attr-defined]
        command.name,
        help=text,
        description=text,
        epilog=example,
        allow_abbrev=False,
        add_help=False,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("-h", "--help", action="help", help=gettext(N_("show this help and stop")))
    parser.add_argument(
        "--db", metavar="PATH", type=_file, default=SUPPRESS, help=gettext(N_("the room's database file"))
    )
    command.arguments(parser)
    parser.set_defaults(command=command)


def _file(text: str) -> Path:
    return Path(text).expanduser()


def _asked_database(arguments: list[str]) -> Path:
    """The database of this command line, before it is parsed: its language is the messages'."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
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
