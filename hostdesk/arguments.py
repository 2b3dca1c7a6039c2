"""What a command line may say: read only where there is one, since argparse takes its time to load."""

import os
from argparse import (
    PARSER,
    SUPPRESS,
    Action,
    ArgumentError,
    ArgumentParser,
    ArgumentTypeError,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from db import roles
from db.text import visible
from hostdesk import __version__, commands, place
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.words import gettext, shell

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from _typeshed import SupportsWrite


class Parser(ArgumentParser):
    """What a command line may say, for the program and for each subcommand: in the room's language."""

    def __init__(self, prog: str, **options: Any) -> None:
        """Take what every command line takes: a question for help, and which database."""
        super().__init__(
            prog, allow_abbrev=False, add_help=False, formatter_class=_as_wide_as_the_terminal, **options
        )
        self.register("type", int, typed.whole_number)
        self.register("type", Path, _path)
        self.register("type", None, _text)
        self.add_argument("-h", "--help", action="help", help=gettext("show this help and stop"))
        self.add_argument(
            "--db",
            metavar=gettext("PATH"),
            type=Path,
            default=SUPPRESS,
            help=gettext("the room's database file"),
        )

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Read a command line; what a subcommand does not know is said with its own usage.

        argparse would leave that to the program, whose usage is that of all commands.
        """
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(gettext("unrecognized arguments: %s") % " ".join(unknown))
        return found, unknown

    def print_help(self, file: "SupportsWrite[str] | None" = None) -> None:
        """Print the help as every answer is printed."""
        shell.tell(*self.format_help().splitlines())

    def _check_value(self, action: Action, value: Any) -> None:
        """Refuse a command that there is not; argparse would name all of them."""
        if action.nargs != PARSER or action.choices is None or value in action.choices:
            super()._check_value(action, value)
            return
        from difflib import get_close_matches

        near = get_close_matches(value, action.choices, n=1)
        if near:
            said = gettext("there is no “{value}”; did you mean {near}?").format(value=value, near=near[0])
        else:
            said = gettext("there is no “{value}”; {program} --help shows all there is").format(
                value=value, program=self.prog
            )
        raise ArgumentError(action, said)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line; what stands in it is inert."""
        super().error(visible(message))


def _path(text: str) -> Path:
    """A path; nothing is none, although it would mean the directory where somebody is."""
    if not text.strip():
        raise ArgumentTypeError(gettext("no file is named there"))
    return place.given(text)


def _text(text: str) -> str:
    """A text; of one with bytes that are no characters nobody knows what it was to say."""
    if any("\udc80" <= character <= "\udcff" for character in text):
        raise ArgumentTypeError(
            gettext("“{text}” has bytes that are no text: type it again").format(text=text)
        )
    return text


def _as_wide_as_the_terminal(prog: str) -> RawDescriptionHelpFormatter:
    """A formatter that knows its width: argparse would load `shutil` to find it, 5 ms of each command."""
    try:
        columns = int(os.environ.get("COLUMNS", 0)) or os.get_terminal_size().columns
    except (ValueError, OSError):  # no number; no terminal
        columns = 80
    return RawDescriptionHelpFormatter(prog, width=max(columns, 20) - 2)


def parse(
    arguments: list[str], name: str | None, offered: Callable[[Command], bool] = lambda _command: True
) -> Namespace:
    """Read the command line; only the module of the subcommand that is asked (`name`) is imported.

    Args:
        arguments: what was typed.
        name: the subcommand among it.
        offered: which of all there are the help shows; one that is asked by its name says itself what it is.
    """
    without = gettext("Without a command it opens on this terminal; its help is under F1.")
    if roles.reads_only():  # who has no desk
        without = gettext("Without a command it gives the figures of the last month.")
    top = Parser(
        "hostdesk", description="\n".join((gettext("The desk of a neighbourhood living room."), without))
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"hostdesk {__version__}",
        help=gettext("show the version and stop"),
    )
    top.add_argument(
        "--plain-screen",
        action="store_true",
        help=gettext("the desk without colours, for a line or a terminal that cannot show them"),
    )
    top.set_defaults(command=None, db=None, default_db=place.default_database)
    subcommands = _commands(top, required=False)
    if name in commands.NAMES:
        _add(subcommands, commands.load(name))
    elif arguments:
        for command in filter(offered, map(commands.load, commands.NAMES)):
            _add(subcommands, command)
    args = top.parse_args(arguments)
    args.db = place.itself(args.db or args.default_db())
    return args


def _commands(parser: Parser, *, required: bool) -> "_SubParsersAction[Parser]":
    """Where subcommands are added; what stands behind their names is read by each of them."""
    subcommands = parser.add_subparsers(
        title=gettext("commands"), metavar=gettext("COMMAND"), required=required
    )
    subcommands.type = str
    return subcommands


def _add(subcommands: "_SubParsersAction[Parser]", command: Command) -> None:
    text = gettext(command.help)
    example = f"{gettext('example')}:\n  {gettext(command.example) if command.example else ''}"
    parser = subcommands.add_parser(command.name, help=text, description=text, epilog=example)
    command.arguments(parser)
    parser.set_defaults(command=command)
    if command.subcommands:
        below = _commands(parser, required=True)
        for one in command.subcommands:
            _add(below, one)
