"""Whose keys are whose: what somebody may not do does not stand on their bar, in their palette and help.

What a role may is said in `db.roles`, table by table. Here stands which table each key is for.
"""

from collections.abc import Iterable

from textual.binding import Binding

from db import roles

SHOWS = {
    "log": "log_words",
    "roster": "duty",
    "figures": "cost_line",
    "start": "duty",
}
"""What somebody must be allowed to read for whom a screen stands; the others are for everybody."""

_QUESTION, _ANSWER, _READ = (f"advice_request.{column}" for column in ("question", "answer", "read_at"))

_CARD = {
    **dict.fromkeys(("move", "plan", "mark", "not_feasible", "take_back"), "wish"),
    "me_too": "me_too",
    "ask": _QUESTION,
}

CHANGES: dict[str, dict[str, str]] = {
    "app": {
        "wish": "wish",
        "ask": _QUESTION,
        "note": "log_entry",
        "closing": "closing_step",
        "newcomer": "person",
    },
    "desk": {
        **dict.fromkeys(("arrive", "depart", "volunteer", "group", "headcount", "undo"), "door"),
        **dict.fromkeys(("first_visit", "first_this_week", "reason"), "door"),
        "clock_is_right": "clock_check",
        "attend": "session",
        "read": _READ,
        "questions": _ANSWER,
    },
    "board": {**_CARD, "questions": _ANSWER},
    "thread": {
        **_CARD,
        **dict.fromkeys(("on", "move_back", "change"), "wish"),
        **dict.fromkeys(("session", "number", "stop", "go_on", "move", "add", "lead"), "session"),
        "sign_ups": "sign_up",
    },
    "questions": {"answer": _ANSWER, "have_read": _READ, "take_back": _QUESTION},
    "log": {
        **dict.fromkeys(("deal_with", "amend", "open_again", "until", "moment"), "log_change"),
        "read": "log_read",
        "ask": _QUESTION,
    },
    "figures": {"sample_week": "sample_week"},
    "roster": dict.fromkeys(("fill", "absent", "swap", "times", "confirm", "take_off"), "duty"),
    "weekly": dict.fromkeys(("add", "end"), "pattern"),
    "start": {
        **dict.fromkeys(("begin", "one_more", "stand_in", "later", "absent", "trainee", "closed"), "duty"),
        "read": "log_read",
    },
    "closing": {**dict.fromkeys(("choose", "skip"), "closing_step"), "note": "log_entry"},
    "door_day": {"correct": "correction"},
}
"""The table that each action of a screen is for, or the column; the others change nothing."""


def may(subject: str, action: str, parameters: Iterable[object] = ()) -> bool:
    """Whether who asks may do this on this screen (`app` is what can be done on every one)."""
    if subject == "app" and not roles.may_read(SHOWS.get(action, "room")):
        return False
    if action == "do":  # with a card, what the parameter says
        action = str(next(iter(parameters)))
    table = CHANGES.get(subject, {}).get(action)
    return table is None or roles.may_change(table)


def only_answers() -> bool:
    """Whether who looks along answers the questions, and reads no answers for the room."""
    return may("desk", "questions") and not may("desk", "read")


def may_press(subject: str, binding: Binding) -> bool:
    """Whether what this key does is theirs to do."""
    name, _, parameter = binding.action.partition("(")
    if name.startswith("app."):
        subject, name = "app", name.removeprefix("app.")
    return may(subject, name, [parameter.strip("')")])
