"""Opening hours as people write them: `10-16:30`, `10.00 - 12.00, 14 tot 17`, `dicht`."""

import re
from collections.abc import Iterable

from db import room
from db.errors import N_, NotPossible
from db.room import Hours
from db.text import clean

LONGEST_NIGHT = 12
"""Hours that a stretch past midnight may last: a longer one is a day typed backwards (16:30-10:00).

A room that really is open for longer, from an afternoon to the next noon, writes it on both days:
`14-24` on the one and `0-12` on the other.
"""

LONGEST = 60
"""Characters of what is written for one day."""

_DAYS_END = "24:00"
_SHUT = frozenset({"", "-", "x", "0", "dicht", "gesloten", "closed", "shut", "no", "nee"})
_TIME = r"(\d{1,2})(?:[:.uh]?(\d\d))?\s*(?:uur|u|h)?"
_STRETCH = re.compile(
    rf"(?:\b(?:van|from)\s+)?\b{_TIME}\s*(?:-|–|—|\b(?:tot|to|until|till)\b)\s*{_TIME}(?!\d)"
)
_BETWEEN = re.compile(r"(?:[\s,;/&+]|\ben\b|\band\b)*")


def parse(text: str, weekday: int) -> tuple[Hours, ...]:
    """The opening hours of one weekday (1 is Monday); none when the room is shut.

    Closing before opening means after midnight (20:00-02:00), for a night of at most `LONGEST_NIGHT`
    hours; 24:00 is midnight, and 00:00-24:00 is the whole day.

    Raises:
        NotPossible: it can't be read, it can't be true, or it is probably typed the wrong way round.
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
    stretches = [(_time(opens, minute), _time(closes, end)) for opens, minute, closes, end in found]
    week = [Hours(weekday, opens, _midnight(closes)) for opens, closes in stretches]
    for one, typed in zip(week, stretches, strict=True):
        room.sound([one])
        _assert_meant(*typed)
    return room.sound(week)


def in_words(week: Iterable[Hours], weekday: int) -> str:
    """This weekday's hours as `parse` reads them back; empty when the room is shut."""
    return ", ".join(f"{one.opens}-{_closing(one)}" for one in week if one.weekday == weekday)


def _closing(hours: Hours) -> str:
    """When it closes, as it is written: a whole day ends at 24:00."""
    return _DAYS_END if hours.opens == hours.closes else hours.closes


def _assert_meant(opens: str, closes: str) -> None:
    """Ask about hours that are hardly meant as they are typed.

    Raises:
        NotPossible: the room would open and close at one moment, or the night would be too long.
    """
    if opens == closes:
        raise NotPossible(N_("Opening and closing at {time} is no opening time."), time=opens)
    if closes < opens and _minutes(closes) + 24 * 60 - _minutes(opens) > LONGEST_NIGHT * 60:
        raise NotPossible(
            N_("Did you mean {turned}? {typed} goes on past midnight, for more than {most} hours."),
            turned=f"{closes}-{opens}",
            typed=f"{opens}-{closes}",
            most=LONGEST_NIGHT,
        )


def _minutes(time: str) -> int:
    """Since midnight."""
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _midnight(time: str) -> str:
    """The end of the day as the room keeps it."""
    return "00:00" if time == _DAYS_END else time


def _time(hour: str, minute: str | None) -> str:
    """HH:MM; whether there is such a time is for the room to say."""
    return f"{int(hour):02}:{minute or '00'}"
