"""The report as PDF, through the optional extra `pdf`; its own fonts, so that it prints anywhere."""

from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from db.errors import N_, NotPossible
from hostdesk import place
from hostdesk.reports import figures_picture
from hostdesk.reports.poster_pdf import legible
from hostdesk.words import gettext, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostdesk.reports.figures_document import Document, Table
    from hostdesk.reports.figures_picture import Picture

_MARGIN = 42.0
"""Points on each side."""

_LONGEST = 36
"""Characters of the room's name below a page: behind it stands which days these are, and when it was made."""

_WIDTHS = {
    2: (0.4, 0.16),
    3: (0.4, 0.15, 0.15),
    5: (0.3, 0.12, 0.2, 0.14, 0.2),
    7: (0.24, 0.1, 0.18, 0.1, 0.14, 0.1, 0.14),
}
"""Of a table with so many columns: the part of the page that each takes."""


def of(document: "Document") -> bytes:
    """The pages.

    Raises:
        NotPossible: the extra is not installed.
    """
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import SimpleDocTemplate
    except ImportError:
        raise NotPossible(
            N_(
                "A report as PDF needs one more package, where hostdesk runs: {command} "
                "(or make it as .html, and print that)."
            ),
            command=place.installing("pdf"),
        ) from None
    written = BytesIO()
    pages = SimpleDocTemplate(
        written,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=legible(f"{document.room} – {document.title}"),
        creator="hostdesk",
        invariant=1,
        lang=document.language,
    )
    room = document.room if len(document.room) <= _LONGEST else f"{document.room[: _LONGEST - 1]}…"
    footing = legible(f"{room} · {document.dated}")

    def number(canvas: Any, page: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, _MARGIN / 2, footing)
        canvas.drawRightString(A4[0] - _MARGIN, _MARGIN / 2, f"{page.page}")

    pages.build(list(_Story(document, pages.width).parts()), onFirstPage=number, onLaterPages=number)
    return written.getvalue()


class _Story:
    """What stands on the pages, one thing under another."""

    def __init__(self, document: "Document", width: float) -> None:
        from reportlab.lib.styles import ParagraphStyle

        self.document, self.width = document, width
        self.plain = ParagraphStyle(
            "plain", fontName="Helvetica", fontSize=9, leading=12, spaceAfter=3, allowWidows=0
        )
        self.quiet = ParagraphStyle("quiet", self.plain, fontSize=8, leading=10, spaceAfter=4)
        self.cell = ParagraphStyle("cell", self.plain, fontSize=8, leading=9.6, spaceAfter=0)
        self.right = ParagraphStyle("right", self.cell, alignment=2, splitLongWords=0)
        self.strong = ParagraphStyle("strong", self.cell, fontName="Helvetica-Bold")
        self.strong_right = ParagraphStyle("strong_right", self.strong, alignment=2)
        self.title = ParagraphStyle("title", self.plain, fontName="Helvetica-Bold", fontSize=17, leading=21)
        self.head = ParagraphStyle(
            "head",
            self.plain,
            fontName="Helvetica-Bold",
            fontSize=11,
            leading=14,
            spaceBefore=9,
            keepWithNext=1,
        )

    def parts(self) -> "Iterator[Any]":
        """In the order in which they are read."""
        document = self.document
        yield self._text(document.room, self.title)
        yield self._text(f"{document.title} · {document.dated}", self.plain)
        yield from (self._text(paragraph, self.plain) for paragraph in document.words)
        if document.gaps:
            yield self._text(gettext(N_("What is missing")), self.head)
            for sentence in document.gaps:
                yield self._text(f"• {sentence}", self.plain)
        if document.moments:
            yield self._text(gettext(N_("Happy moments")), self.head)
            yield from (self._text(f"• {day}: {text}", self.plain) for day, text in document.moments)
        for table in document.printed:
            yield from self._table(table)
        yield self._text(gettext(N_("What the figures mean")), self.head)
        for label, meaning in document.meanings:
            yield self._text(f"{label}: {meaning}", self.plain, strong=len(label) + 1)

    def _table(self, table: "Table") -> "Iterator[Any]":
        from reportlab.platypus import Table as Grid

        yield self._text(table.title, self.head)
        if picture := figures_picture.of(table):
            yield self._drawn(picture)
            yield self._text(picture.says, self.quiet)
        if table.rows:
            styles = [self.right if is_number else self.cell for is_number in table.numeric]
            heads = [self.strong_right if is_number else self.strong for is_number in table.numeric]
            rows = [[self._text(head, style) for head, style in zip(table.heads, heads, strict=True)]]
            rows += [
                [self._text(cell.text, style) for cell, style in zip(row, styles, strict=True)]
                for row in table.rows
            ]
            widths = [part * self.width for part in _WIDTHS[len(table.heads)]]
            grid = Grid(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
            grid.setStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LINEBELOW", (0, 0), (-1, 0), 1, "black"),
                    ("LINEBELOW", (0, 1), (-1, -1), 0.3, "grey"),
                    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                    ("LEFTPADDING", (0, 0), (-1, -1), 2),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ]
            )
            yield grid
        if table.note:
            yield self._text(table.note, self.plain)

    def _drawn(self, picture: "Picture") -> Any:
        """The picture, in points; what lies above in it has a higher `y` here."""
        from reportlab.graphics.shapes import Drawing, Rect, String
        from reportlab.graphics.shapes import Line as Thin
        from reportlab.lib.colors import black, grey

        drawing = Drawing(figures_picture.WIDTH, picture.height + 4)
        for part in picture.parts:
            match part:
                case figures_picture.Bar(x, y, width, height, filled):
                    look = {"fillColor": black if filled else None, "strokeColor": None if filled else black}
                    drawing.add(Rect(x, picture.height - y - height, width, height, strokeWidth=0.6, **look))
                case figures_picture.Line(y):
                    y = picture.height - y
                    drawing.add(Thin(34, y, figures_picture.WIDTH, y, strokeWidth=0.4, strokeColor=grey))
                case figures_picture.Label(x, y, text, anchor):
                    word = String(x, picture.height - y, legible(text), fontName="Helvetica", fontSize=9)
                    word.textAnchor = anchor
                    drawing.add(word)
        drawing.hAlign = "LEFT"
        return drawing

    def _text(self, text: str, style: Any, *, strong: int = 0) -> Any:
        """A text from people is no markup; so many of its first characters are bold."""
        from reportlab.platypus import Paragraph

        first, rest = (numbers.unbroken(escape(legible(part))) for part in (text[:strong], text[strong:]))
        return Paragraph(f"<b>{first}</b>{rest}" if first else rest, style)
