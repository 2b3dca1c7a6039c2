"""The report as plain text, for a shell and a screen reader: no boxes, at most 80 wide."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hostdesk.words import N_, gettext, numbers

if TYPE_CHECKING:
    from hostdesk.reports.figures_document import Cell, Document, Table

_WIDTH = 80


def of(document: "Document") -> Iterator[str]:
    """Its lines."""
    yield f"{document.room} · {document.title}"
    yield document.dated
    for paragraph in document.words:
        yield ""
        yield from _wrapped(paragraph)
    if document.gaps:
        yield from _heading(gettext(N_("What is missing")))
        for sentence in document.gaps:
            yield from _wrapped(f"- {sentence}", "  ")
    if document.moments:
        yield from _heading(gettext(N_("Happy moments")))
        for day, text in document.moments:
            yield from _wrapped(f"- {day}: {text}", "  ")
    figures = [table for table in document.printed if table.of_figures]
    for table in figures:
        yield from _heading(table.title)
        yield from _columns(row[:3] for row in table.rows)
        yield from _wrapped(table.note)
    for place in range(3, len(figures[0].heads), 2):
        yield from _heading(gettext(N_("Compared with {period}")).format(period=figures[0].heads[place]))
        rows = [row for table in figures for row in table.rows]
        heads = (figures[0].heads[0], gettext(N_("then")), figures[0].heads[place + 1])
        if any(row[place].value is not None for row in rows):
            yield from _columns(((row[0], row[place], row[place + 1]) for row in rows), heads)
        else:
            yield gettext(N_("Nothing was measured then."))
    for table in document.printed:
        if table not in figures:
            yield from _heading(table.title)
            yield from _small(table)
    yield from _heading(gettext(N_("What the figures mean")))
    for label, meaning in document.meanings:
        yield from _wrapped(f"{label}: {meaning}", "  ")


def _small(table: "Table") -> Iterator[str]:
    yield from _columns(table.rows, table.heads)
    yield from _wrapped(table.note)


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield title


def _columns(rows: "Iterable[tuple[Cell, ...]]", heads: tuple[str, ...] = ()) -> Iterator[str]:
    """Under each other, with what a column is about above it where that is said; numbers on the right."""
    rows = list(rows)
    if not rows:
        return
    texts = [*([heads] if heads else []), *(tuple(cell.text for cell in row) for row in rows)]
    numeric = [any(row[place].value is not None for row in rows) for place in range(len(rows[0]))]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    last = sum(widths[:-1]) + 2 * len(widths[:-1])
    for row in texts:
        cells = (
            text.rjust(width) if is_number else text.ljust(width)
            for text, width, is_number in zip(row, widths, numeric, strict=True)
        )
        yield from _wrapped("  ".join(cells).rstrip(), " " * (last if last <= _WIDTH - 20 else 4))


def _wrapped(text: str, after: str = "") -> list[str]:
    """On lines of this width; the sign of an amount stays with it."""
    lines = textwrap.wrap(numbers.unbroken(text), _WIDTH, subsequent_indent=after, break_on_hyphens=False)
    return [line.replace(numbers.NO_BREAK, " ") for line in lines]
