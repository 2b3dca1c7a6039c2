"""The figures as plain text, for a shell and a screen reader: what is missing stands before any number."""

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hostdesk.words import N_, dates, gettext, numbers
from hostdesk.words import figures as words

if TYPE_CHECKING:
    from db.figures import Figure, Figures
    from db.figures_days import Day

_WIDTH = 80


def of(made: "Figures") -> Iterator[str]:
    """Its lines."""
    yield f"{made.room.name} · {words.title(made)}"
    yield words.dated(made)
    if gaps := list(words.gaps(made.gaps)):
        yield ""
        yield gettext(N_("What is missing"))
        for sentence in gaps:
            yield from _wrapped(f"- {sentence}", "  ")
    yield ""
    yield from _table([_figure(figure) for figure in made.figures.values()])
    yield ""
    yield gettext(N_("Day by day"))
    yield from _table([_day(day) for day in made.days])
    yield ""
    yield gettext(N_("What the figures mean"))
    for name in made.figures:
        yield from _wrapped(f"{words.label(name)}: {words.definition(name)}", "  ")


def _figure(figure: "Figure") -> tuple[str, str, str]:
    said = ", ".join(part for part in (words.status(figure), words.over(figure)) if part)
    return words.label(figure.name), words.value(figure), said


def _day(day: "Day") -> tuple[str, str, str]:
    visits = "" if day.visits is None else numbers.number(day.visits)
    return dates.day(day.day), visits, words.day_state(day.state)


def _table(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    """A label, a number on the right, and what is said of it."""
    labels = max((len(label) for label, _, _ in rows), default=0)
    values = max((len(value) for _, value, _ in rows), default=0)
    for label, value, said in rows:
        yield f"{label:<{labels}}  {value:>{values}}  {said}".rstrip()


def _wrapped(text: str, after: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=after, break_on_hyphens=False)
