"""What people type as an argument, and what it means: numbers, cards, states, leaders."""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from typing import TypeVar

from db.errors import NotPossible
from db.states import Kind, Lead, NoteKind, PersonKind, State
from hostdesk.words import N_, board, gettext, shift

_STATES = {
    State.RECEIVED: ("received", "wish received", "wens binnen", "binnen"),
    State.EXPLORING: ("exploring", "being explored", "in verkenning", "verkenning"),
    State.PLANNED: ("planned", "gepland"),
    State.RUNNING: ("running", "loopt"),
    State.DONE: ("done", "geweest", "klaar"),
    State.NOT_FEASIBLE: ("not feasible", "niet gelukt"),
}
_LEADS = {
    Lead.VOLUNTEER: ("volunteer", "vrijwilliger"),
    Lead.NEIGHBOUR: ("neighbour", "buurtbewoner"),
    Lead.TOGETHER: ("together", "samen"),
    Lead.PROFESSIONAL: ("professional", "beroepskracht"),
    Lead.UNKNOWN: ("unknown", "onbekend"),
}
_PERSON_KINDS = {
    PersonKind.HOST: ("host", "gastheer", "gastvrouw", "gastteam"),
    PersonKind.VOLUNTEER: ("volunteer", "vrijwilliger"),
    PersonKind.COORDINATOR: ("coordinator", "coördinator"),
    PersonKind.PROFESSIONAL: ("professional", "beroepskracht"),
    PersonKind.PARTNER: ("partner",),
}
_NOTE_KINDS = {
    NoteKind.PARTICULARS: ("particulars", "bijzonderheden", "bijzonderheid"),
    NoteKind.INCIDENT: ("incident",),
    NoteKind.BROKEN: ("broken", "kapot"),
    NoteKind.SHORTAGE: ("shortage", "tekort"),
    NoteKind.HANDOVER: ("handover", "overdracht"),
    NoteKind.NOTICE: ("notice", "mededeling"),
    NoteKind.HAPPY: ("happy", "happy moment", "geluksmoment"),
}
"""The codes and the words of the glossary, in both languages whatever that of the room."""

EVERY = 1_000_000
"""More questions than a room ever asks: a list with all of them."""

T = TypeVar("T")

_KINDS = {"w": Kind.WISH, "a": Kind.ACTIVITY}


def whole_number(text: str) -> int:
    """A whole number as people write it; Python's own reading would take 1_0 for 10."""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise ArgumentTypeError(gettext(N_("{text} is no whole number.")).format(text=text[:20] or "''"))
    return int(text)


def numbered(letter: str) -> Callable[[str], int]:
    """Reads the number of a thing, with or without the letter that the board shows before it."""

    def number(text: str) -> int:
        bare = text.casefold().removeprefix(letter)
        return whole_number(bare if bare.isdecimal() else text)

    return number


wish = numbered("w")
activity = numbered("a")
session = numbered("s")


def card(text: str) -> tuple[Kind, int]:
    """A card: w3 or a2.

    Raises:
        NotPossible: it is neither.
    """
    found = re.fullmatch(r"([wa])([0-9]{1,18})", text.casefold())
    if not found:
        raise NotPossible(N_("Write w3 for wish 3 or a2 for activity 2, not “{text}”."), text=text[:20])
    return _KINDS[found[1]], int(found[2])


def state(text: str) -> State:
    """Where a card goes: a code, or the word of the board.

    Raises:
        NotPossible: the board has no such state.
    """
    if found := _named(text, _STATES):
        return found
    raise NotPossible(
        N_("“{text}” is no place on the board. There are: {choices}."),
        text=text[:20],
        choices=", ".join(map(board.state, State)),
    )


def lead(text: str) -> Lead:
    """Who leads.

    Raises:
        NotPossible: that is no kind of leader.
    """
    if found := _named(text, _LEADS):
        return found
    raise NotPossible(
        N_("“{text}” does not say who leads. There are: {choices}."),
        text=text[:20],
        choices=", ".join(map(board.lead, Lead)),
    )


def person_kind(text: str) -> PersonKind:
    """What somebody is in the house.

    Raises:
        NotPossible: that is nothing that somebody can be here.
    """
    if found := _named(text, _PERSON_KINDS):
        return found
    raise NotPossible(
        N_("“{text}” is nothing that somebody is here. There are: {choices}."),
        text=text[:20],
        choices=", ".join(map(shift.person_kind, PersonKind)),
    )


def note_kind(text: str) -> NoteKind:
    """What an entry in the log is about.

    Raises:
        NotPossible: the log has no such kind.
    """
    if found := _named(text, _NOTE_KINDS):
        return found
    raise NotPossible(
        N_("“{text}” is no kind of entry. There are: {choices}."),
        text=text[:20],
        choices=", ".join(map(shift.note_kind, NoteKind)),
    )


def _named(text: str, names: Mapping[T, Collection[str]]) -> T | None:
    """What goes by this name, however its words are joined."""
    said = " ".join(re.split(r"[\s_-]+", text.casefold().strip()))
    return next((one for one, known in names.items() if said in known), None)


def when(text: str, today: date) -> tuple[date, time]:
    """A day and a time: `2026-11-24 14:00`, `24-11 14:00`, `tue 14`, or as programs write it.

    Raises:
        NotPossible: it can't be read, or there is no such day or time.
    """
    from db import written_days

    if exact := _exact(text):
        return written_days.day(exact.date().isoformat(), today), exact.time()
    day_text, _, time_text = re.sub(r"(?<=\d)[Tt](?=\d)", " ", text.strip()).rpartition(" ")
    if not day_text.strip():
        raise NotPossible(N_("Say a day and a time, like 2026-11-24 14:00, not “{text}”."), text=text[:20])
    return written_days.day(day_text, today), written_days.time_of_day(time_text)


def ends(text: str) -> time:
    """When something ends, on the day on which it starts or after midnight: `16:00`, `1600`, `16`.

    Raises:
        NotPossible: it can't be read, or a day stands there too.
    """
    from db import written_days

    if re.search(r"\d[-/Tt ]+\d", text):
        raise NotPossible(
            N_("Say only the time at which it ends, like 16:00 or 1600, and no day: “{text}”."),
            text=text[:20],
        )
    return written_days.time_of_day(text)


def past_day(text: str) -> date:
    """A day that was: `2026-11-24`, `24-11`, `gisteren`, `di`."""
    from db import written_days

    return written_days.past_day(text, today())


def past_moment(text: str) -> datetime:
    """When something happened: `14:00`, `gisteren 14:00`, `2026-11-24 14:00`, or as programs write it.

    Raises:
        NotPossible: it can't be read, or there is no such day or time.
    """
    from db import room, written_days

    if exact := _exact(text):
        return exact
    return room.moment(room.current(), *written_days.past_moment(text, today()))


def _exact(text: str) -> datetime | None:
    """A moment as programs write it, with seconds or how far it is from UTC (ISO 8601), on the room's clock.

    The seconds go: nothing here is planned or told by them.
    """
    from db import room

    if not re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.", text.strip()):
        return None
    try:
        found = datetime.fromisoformat(text.strip().upper()).replace(second=0, microsecond=0)
        here = room.current()
        return here.local(found if found.tzinfo else room.moment(here, found.date(), found.time()))
    except (ValueError, OverflowError):  # no moment, or one outside the years that there are
        return None


def any_day(text: str) -> date:
    """A day, past or to come: with a year, or the first such day from today on; or `gisteren`.

    Raises:
        NotPossible: it can't be read, or there is no such day.
    """
    from db import written_days

    return written_days.named_before(text, today()) or written_days.day(text, today())


def shown_day(text: str) -> date:
    """A day to look at: with a year, or the nearest such date; a weekday from today on; or `gisteren`."""
    from db import written_days

    return written_days.nearest_day(text, today())


def last_day(text: str, first_day: date) -> date:
    """The day with which some days end: with a year, or the first such day from their first on."""
    from db import written_days

    return written_days.last_day(text, first_day, today())


def today() -> date:
    """The room's day, now."""
    from db import clock, room

    return room.day_of(room.current(), clock.reliable_now()[0])


def coming_day(text: str) -> date:
    """A day to come: `2026-12-24`, `24-12`, `morgen`, `di`."""
    from db import written_days

    return written_days.day(text, today())


def weekday(text: str) -> int:
    """Which weekday; 1 is Monday.

    Raises:
        NotPossible: it is none.
    """
    from db import written_days

    return written_days.weekday(text)


def nth(text: str) -> int:
    """Which such weekday of a month: 1 to 5, or the last one."""
    from db.recurrence import LAST

    return LAST if text.casefold() in {"last", "laatste"} else whole_number(text)
