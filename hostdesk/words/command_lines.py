"""Commands that stand in sentences: they work as they are printed, also for a room elsewhere."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

_options = ""
_command = re.compile(r"(?!)")  # until somebody says which there are
_PLACE = re.compile(r"\{(\w+)\}")
_DOWN_THE_LINE = re.compile(r"\bssh (?:-\w+ )*\S+ $")
"""What stands before a command that is typed on another machine."""


def speak_of(room: Path | None, default: Path, names: Collection[str]) -> None:
    """From now on sentences are about this room.

    Args:
        room: its database; None for who comes in from elsewhere, who has no other.
        default: the database that a command without `--db` is about.
        names: the subcommands there are; other words behind `hostdesk` are no command.
    """
    global _options, _command
    _options = "" if room is None or room == default else f" --db {_quoted(room.absolute())}"
    what = r"(?: [A-Z]{2,}\b| \{\w+\})*"  # what it is about; an option may have a value that is any word
    _command = re.compile(
        rf"(\bhostdesk (?:{'|'.join(names)})\b(?: [a-z]+(?= \{{))?{what})((?: --[a-z-]+{what})*)"
    )


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with its {named} places filled; what stands in a command is quoted as a shell wants it."""
    options = _options.replace("{", "{{").replace("}", "}}")
    quoted: dict[str, str] = {}

    def quote(place: re.Match[str]) -> str:
        quoted[f"quoted_{place[1]}"] = _quoted(values[place[1]])
        return f"{{quoted_{place[1]}}}"

    def whole(found: re.Match[str]) -> str:
        about, others = (_PLACE.sub(quote, part) for part in found.groups())
        from_elsewhere = _DOWN_THE_LINE.search(sentence[: found.start()])
        return f"{about}{'' if from_elsewhere else options}{others}"

    return _command.sub(whole, sentence).format(**values, **quoted)


def _quoted(value: object) -> str:
    from shlex import quote  # most that is said names no command

    return quote(str(value))
