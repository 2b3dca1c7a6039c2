"""The report as plain text, for a shell and a screen reader: no boxes, at most 80 wide."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hostdesk.words import N_, gettext

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
    figures = [table for table in document.tables if len(table.heads) > 3]
    for table in figures:
        yield from _heading(table.title)
        yield from _columns(row[:3] for row in table.rows)
        yield from _wrapped(table.note)
    for place in range(3, len(figures[0].heads), 2):
        yield from _heading(gettext(N_("Compared with {period}")).format(period=figures[0].heads[place]))
        rows = [row for table in figures for row in table.rows if row[place].text]
        yield from _columns((row[0], row[place], row[place + 1]) for row in rows)
    for table in document.tables:
        if table not in figures:
            yield from _heading(table.title)
            yield from _small(table)
    yield from _heading(gettext(N_("What the figures mean")))
    for label, meaning in document.meanings:
        yield from _wrapped(f"{label}: {meaning}", "  ")


def _small(table: "Table") -> Iterator[str]:
    yield from _columns(table.rows)
    yield from _wrapped(table.note)


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield title


def _columns(rows: "Iterable[tuple[Cell, ...]]") -> Iterator[str]:
    """Under each other; numbers on the right of theirs."""
    rows = list(rows)
    widths = [max(len(row[place].text) for row in rows) for place in range(len(rows[0]))] if rows else []
    numeric = [any(row[place].value is not None for row in rows) for place in range(len(widths))]
    for row in rows:
        cells = (
            cell.text.rjust(width) if is_number else cell.text.ljust(width)
            for cell, width, is_number in zip(row, widths, numeric, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _wrapped(text: str, after: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=after, break_on_hyphens=False)
