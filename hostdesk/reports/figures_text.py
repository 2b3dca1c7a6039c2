"""The figures as plain text, for a shell and a screen reader: what is missing stands before any number."""

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hostdesk.words import N_, dates, gettext, numbers
from hostdesk.words import figures as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.figures import Compared
    from db.figures_change import Change
    from db.figures_days import Day
    from db.figures_made import Figure, Gaps

_WIDTH = 80


def of(compared: "Compared") -> Iterator[str]:
    """Its lines."""
    made = compared.now
    yield f"{made.room.name} · {words.title(made)}"
    yield words.dated(made)
    if gaps := list(_gaps(made.gaps)):
        yield ""
        yield gettext(N_("What is missing"))
        yield from gaps
    yield ""
    yield from _table([_figure(figure) for figure in made.figures.values()])
    for other, changes in compared.changes:
        yield ""
        yield words.compared_with(other)
        yield from _gaps(other.gaps)
        yield from _table(list(_changes(changes.values())))
    yield ""
    yield gettext(N_("Day by day"))
    yield from _table([_day(day) for day in made.days])
    yield ""
    yield gettext(N_("What the figures mean"))
    for name in made.figures:
        yield from _wrapped(f"{words.label(name)}: {words.definition(name)}", "  ")


def _gaps(gaps: "Gaps") -> Iterator[str]:
    for sentence in words.gaps(gaps):
        yield from _wrapped(f"- {sentence}", "  ")


def _changes(changes: "Iterable[Change]") -> Iterator[tuple[str, str, str]]:
    """What was measured then; what was not says nothing."""
    for change in changes:
        if change.before is not None:
            yield words.label(change.name), words.before(change), words.trend(change)


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
