"""The commands that have a key at the desk, in the order of the help and the palette; and what their keys
are called."""

from hostdesk.commands import door
from hostdesk.commands.command import Command

AT_THE_DESK = (
    door.COUNT,
    door.GROUP,
    door.LEAVE,
    door.UNDO,
    door.HEADCOUNT,
    door.FIRST_VISIT,
    door.VOLUNTEER,
    door.CLOCK_IS_RIGHT,
)

_FACES = {
    "plus": "+",
    "add": "+",
    "minus": "-",
    "subtract": "-",
    "asterisk": "*",
    "multiply": "*",
    "slash": "/",
    "divide": "/",
    "full_stop": ".",
    "comma": ",",
    "decimal": ".",
    "separator": ",",
    "backspace": "Backspace",
}


def faces(command: Command) -> tuple[str, ...]:
    """What stands on the keys that do this, each once: a numeric pad has its own names for the same."""
    return tuple(dict.fromkeys((command.key_face, *(_FACES.get(key, key) for key in command.keys))))
