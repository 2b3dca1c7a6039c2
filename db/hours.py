"""Opening hours as people write them: `10-16:30`, `10.00 - 12.00, 14 tot 17`, `dicht`."""

import re
from collections.abc import Iterable

from db import room
from db.errors import N_, NotPossible
from db.room import Hours
from db.text import clean

LONGEST = 60
"""Characters of what is written for one day."""

_SHUT = frozenset({"", "-", "x", "0", "dicht", "gesloten", "closed", "shut", "no", "nee"})
_TIME = r"(\d{1,2})(?:[:.uh]?(\d\d))?\s*(?:uur|u|h)?"
_STRETCH = re.compile(
    rf"(?:\b(?:van|from)\s+)?\b{_TIME}\s*(?:-|–|—|\b(?:tot|to|until|till)\b)\s*{_TIME}(?!\d)"
)
_BETWEEN = re.compile(r"(?:[\s,;/&+]|\ben\b|\band\b)*")


def parse(text: str, weekday: int) -> tuple[Hours, ...]:
    """The opening hours of one weekday (1 is Monday); none when the room is shut.

    Closing at or before opening means after midnight; 24:00 is midnight.

    Raises:
        NotPossible: it can't be read, or it can't be true.
    """
    text = clean(text, most=LONGEST)
    written = text.casefold()
    if written in _SHUT:
        return ()
    found = [match.groups() for match in _STRETCH.finditer(written)]
    if not found or not _BETWEEN.fullmatch(_STRETCH.sub(" ", written)):
        raise NotPossible(
            N_("{text} is no opening time. Write it like 10:00-16:30; empty means closed."), text=text
        )
    return room.sound(
        Hours(weekday, _time(opens, opens_minute), _time(closes, closes_minute))
        for opens, opens_minute, closes, closes_minute in found
    )


def in_words(week: Iterable[Hours], weekday: int) -> str:
    """This weekday's hours as `parse` reads them back; empty when the room is shut."""
    return ", ".join(f"{hours.opens}-{hours.closes}" for hours in week if hours.weekday == weekday)


def _time(hour: str, minute: str | None) -> str:
    """HH:MM; whether there is such a time is for the room to say."""
    time = f"{int(hour):02}:{minute or '00'}"
    return "00:00" if time == "24:00" else time
