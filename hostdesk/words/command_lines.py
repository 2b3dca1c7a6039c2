"""Commands that stand in sentences: they work as they are printed, also for a room elsewhere."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

_options = ""
_command = re.compile(r"(?!)")  # until somebody says which there are
_PLACE = re.compile(r"\{(\w+)\}")


def speak_of(room: Path, default: Path, names: Collection[str]) -> None:
    """From now on sentences are about this room.

    Args:
        room: its database.
        default: the database that a command without `--db` is about.
        names: the subcommands there are; other words behind `hostdesk` are no command.
    """
    global _options, _command
    _options = "" if room == default else f" --db {_quoted(room.absolute())}"
    _command = re.compile(rf"\bhostdesk (?:{'|'.join(names)})\b(?: --[a-z]+| [A-Z]{{2,}}\b| \{{\w+\}})*")


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with its {named} places filled; what stands in a command is quoted as a shell wants it."""
    in_commands = {name for command in _command.findall(sentence) for name in _PLACE.findall(command)}
    fitting = {name: _quoted(value) if name in in_commands else value for name, value in values.items()}
    options = _options.replace("{", "{{").replace("}", "}}")
    return _command.sub(lambda found: found[0] + options, sentence).format(**fitting)


def _quoted(value: object) -> str:
    from shlex import quote  # most that is said names no command

    return quote(str(value))
