"""The words of advice, the same wherever it is read."""

from textwrap import shorten
from typing import TYPE_CHECKING

from db.text import visible
from hostdesk.words import N_, board, gettext, ngettext, shift

if TYPE_CHECKING:
    from db.advice import Advice
    from db.logbook import Entry
    from db.programme import Answer

_LONGEST_ENTRY = 160
"""Characters of an entry of the log that tell which one it is."""


def given(answer: "Answer") -> str:
    """Who gave advice, and how long it took."""
    return gettext(N_("Advice from {name} (after {time})")).format(
        name=visible(answer.answered_by) or "?", time=board.how_long(answer.took)
    )


def waiting(questions: int) -> str:
    """How many questions wait for an answer."""
    waits = ngettext("{n} question waits for an answer.", "{n} questions wait for an answer.", questions)
    return waits.format(n=questions)


def about(request: "Advice") -> str:
    """What a question is about; empty for the room in general."""
    return entry(request.entry) if request.entry is not None else visible(request.title)


def entry(about: "Entry") -> str:
    """An entry of the log that somebody asks about, as who reads this may see it."""
    said = shorten(visible(shift.text_of(about)), _LONGEST_ENTRY, placeholder="…")
    return f"{shift.note_kind(about.kind)}: {said}"
