"""The report as Markdown: headings, pipe tables and lists, that reads as plain text as well."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.text import visible
from hostdesk.words import N_, gettext

if TYPE_CHECKING:
    from hostdesk.reports.figures_document import Document, Table

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def of(document: "Document") -> bytes:
    """The page."""
    return ("\n".join(_lines(document)) + "\n").encode()


def _lines(document: "Document") -> Iterator[str]:
    yield f"# {_text(document.room)}: {_text(document.title)}"
    yield ""
    yield _text(document.dated)
    for paragraph in document.words:
        yield ""
        yield _text(paragraph)
    if document.gaps:
        yield from _heading(gettext(N_("What is missing")))
        yield from (f"- {_text(sentence)}" for sentence in document.gaps)
    if document.moments:
        yield from _heading(gettext(N_("Happy moments")))
        yield from (f"- {_text(day)}: {_text(text)}" for day, text in document.moments)
    for table in document.printed:
        yield from _heading(table.title)
        yield from _table(table)
    yield from _heading(gettext(N_("What the figures mean")))
    yield from (f"- **{_text(label)}**: {_text(meaning)}" for label, meaning in document.meanings)


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield f"## {_text(title)}"
    yield ""


def _table(table: "Table") -> Iterator[str]:
    if table.rows:
        yield _row(table.heads)
        yield _row("---:" if is_number else "---" for is_number in table.numeric).replace(" ", "")
        yield from (_row(_text(cell.text) for cell in row) for row in table.rows)
    if table.note:
        yield ""
        yield _text(table.note)


def _row(cells: "Iterator[str] | tuple[str, ...]") -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """A text from people is no markup."""
    return _MARKUP.sub(r"\\\1", visible(text))
