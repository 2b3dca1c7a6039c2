"""The commands that have a key at the desk, in the order of the help and the palette; and what their keys
are called."""

from hostdesk.commands import door
from hostdesk.commands.command import Command
from hostdesk.words import N_

ATTEND = Command(
    "attend",
    N_("Say how many took part in a session of today; the arrows choose another session."),
    keys=("d",),
    key_face="d",
    label=N_("took part"),
)
WISH = Command(
    "wish",
    N_("Write down a neighbour's wish, on any screen."),
    keys=("w",),
    key_face="w",
    label=N_("wish"),
)
ASK = Command(
    "ask",
    N_("Ask a professional for advice; who leads stays the same."),
    keys=("a",),
    key_face="a",
    label=N_("ask advice"),
)
READ = Command(
    "read",
    N_("Read the advice that was given; without any, the questions that wait."),
    keys=("o",),
    key_face="o",
    label=N_("read advice"),
)
QUESTIONS = Command(
    "questions",
    N_("The questions that wait for advice, and the answers."),
    keys=READ.keys,
    key_face=READ.key_face,
    label=N_("questions"),
)
"""For who answers from elsewhere: the room's own reading is not theirs to do."""
DESK = Command(
    "desk",
    N_("Back to the desk, from any screen."),
    keys=("f2",),
    key_face="F2",
    label=N_("desk"),
)
BOARD = Command(
    "board",
    N_("The activity board: wishes, activities and who leads them."),
    keys=("f3",),
    key_face="F3",
    label=N_("board"),
)

NOTE = Command(
    "note",
    N_("Write a note in the log, on any screen: what the next ones should know."),
    keys=("l",),
    key_face="l",
    label=N_("note"),
)
LOG = Command(
    "log",
    N_("The shift log: what happened, what is open, who has read it."),
    keys=("f4",),
    key_face="F4",
    label=N_("log"),
)
START = Command(
    "start",
    N_("Begin the shift: who is here, and what must be read."),
    keys=("b",),
    key_face="b",
    label=N_("begin"),
)
ROSTER = Command(
    "roster",
    N_("The roster: who is on duty when, and where somebody is needed."),
    keys=("f5",),
    key_face="F5",
    label=N_("roster"),
)
FIGURES = Command(
    "figures",
    N_("The figures of a month, or of another period, and what lies behind each."),
    keys=("f6",),
    key_face="F6",
    label=N_("figures"),
)

CLOSE = Command(
    "closing",
    N_("Close the shift: the count, the sessions, open points, who was here; each step can be skipped."),
    keys=("s",),
    key_face="s",
    label=N_("close shift"),
)

AT_THE_DESK = (
    door.COUNT,
    door.GROUP,
    door.LEAVE,
    door.UNDO,
    door.HEADCOUNT,
    WISH,
    NOTE,
    CLOSE,
    BOARD,
    LOG,
    START,
    ROSTER,
    FIGURES,
    door.FIRST_VISIT,
    door.REASON,
    door.VOLUNTEER,
    ATTEND,
    ASK,
    READ,
    door.CLOCK_IS_RIGHT,
)

SCREENS = (DESK, BOARD, LOG, ROSTER, FIGURES)
"""Each has a key that is the same everywhere."""

IN_A_SAMPLE_WEEK = (door.FIRST_THIS_WEEK,)
"""At the desk too, as long as it asks who is here for the first time this week."""

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
    "f3": "F3",
    "f4": "F4",
    "f5": "F5",
    "f6": "F6",
}


def faces(command: Command) -> tuple[str, ...]:
    """What stands on the keys that do this, each once: a numeric pad has its own names for the same."""
    return tuple(dict.fromkeys((command.key_face, *(_FACES.get(key, key) for key in command.keys))))
