"""The room's own checklist: what a host looks at before everybody goes, line by line."""

from dataclasses import dataclass
from typing import Any

from db import clock
from db import room as rooms
from db.connection import reading, rows, writing
from db.errors import N_, NotPossible
from db.history import name as sound_by
from db.shift_models import ChecklistItem, ChecklistMark, Setting
from db.shifts import ShiftKey
from db.text import clean

LONGEST_LINE = 60
MOST_LINES = 20

DEFAULT = {
    "nl": ("sleutel", "alarm aan", "koffiezetter uit", "ramen dicht"),
    "en": ("key", "alarm on", "coffee machine off", "windows closed"),
}
"""What a room looks at until its coordinator says otherwise."""

_KEPT = "checklist_kept"


@dataclass(frozen=True)
class Check:
    """A line of the checklist, at the closing of a shift."""

    text: str
    done: bool


def lines() -> tuple[str, ...]:
    """What a host looks at, as the coordinator keeps it."""
    with reading():
        kept = rows(ChecklistItem.select(ChecklistItem.text).order_by(ChecklistItem.position))
        if kept or Setting.select().where(Setting.name == _KEPT).exists():
            return tuple(text for (text,) in kept)
        return DEFAULT[rooms.current().language]


def keep(items: tuple[str, ...]) -> tuple[str, ...]:
    """Look at these from now on; none is fine, and what stands there twice is one.

    Raises:
        NotPossible: one is too long, or there are too many.
    """
    cleaned = (clean(item, most=LONGEST_LINE) for item in items)
    sound = tuple(dict.fromkeys(filter(None, cleaned)))
    if len(sound) > MOST_LINES:
        raise NotPossible(N_("A checklist has {most} lines at most, not {n}."), most=MOST_LINES, n=len(sound))
    with writing():
        ChecklistItem.delete().execute()
        for position, text in enumerate(sound):
            ChecklistItem.insert(position=position, text=text).execute()
        Setting.replace(name=_KEPT, number=1).execute()
    return sound


def of_shift(key: ShiftKey) -> tuple[Check, ...]:
    """The lines as they are now, each with whether it is done at the end of this shift."""
    with reading():
        marks = _marks(key)
        return tuple(Check(text, marks.get(text, False)) for text in lines())


def mark(key: ShiftKey, text: str, *, done: bool, by: str = "") -> None:
    """This line is done, or after all it is not. The caller is writing."""
    ChecklistMark.delete().where(_of(key) & (ChecklistMark.text == text)).execute()
    ChecklistMark.insert(
        day=key.day,
        shift_ends=key.ends,
        text=text,
        done=done,
        at=clock.moment_kept(),
        by=sound_by(by),
    ).execute()


def settle(key: ShiftKey, *, done: bool, by: str = "") -> None:
    """All lines are done; or whatever nobody marked was not. The caller is writing."""
    for check in of_shift(key):
        if not check.done:
            mark(key, check.text, done=done, by=by)


def clear(key: ShiftKey) -> None:
    """What was looked at is to be looked at again: this shift goes on. The caller is writing."""
    ChecklistMark.delete().where(_of(key)).execute()


def not_done(key: ShiftKey) -> tuple[str, ...]:
    """Where only some lines were done at the end of this shift: the others, as the list was then."""
    with reading():
        marks = _marks(key)
    return tuple(text for text, done in marks.items() if not done) if any(marks.values()) else ()


def _marks(key: ShiftKey) -> dict[str, bool]:
    query = ChecklistMark.select(ChecklistMark.text, ChecklistMark.done).where(_of(key))
    return {text: bool(done) for text, done in rows(query.order_by(ChecklistMark.id))}


def _of(key: ShiftKey) -> Any:
    return (ChecklistMark.day == key.day) & (ChecklistMark.shift_ends == key.ends)
