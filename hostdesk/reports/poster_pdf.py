"""The poster as PDF, through the optional extra `pdf`; its own fonts, so that it prints anywhere.

A PDF's built-in fonts know the letters of western Europe. Other letters lose their marks where that
helps, and are a ? where it does not.
"""

import unicodedata
from functools import lru_cache
from io import BytesIO
from typing import Any

from db.errors import N_, NotPossible
from db.text import visible
from db.week import Week
from hostdesk import place
from hostdesk.reports import sheet as sheets
from hostdesk.reports.sheet import Entry, Row, Sheet, Style

UNKNOWN = "?"
"""Stands for signs that the fonts lack, however many of them follow each other."""

_PLAINER = {"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H"}
"""Letters with a mark that Unicode does not tell apart from them."""

_FONTS = {Style.BOLD: "Helvetica-Bold"}
_GREY, _BLACK = 0.27, 0.0


def of(week: Week) -> bytes:
    """The page.

    Raises:
        NotPossible: the extra is not installed.
    """
    try:
        from reportlab.pdfgen.canvas import Canvas
    except ImportError:
        raise NotPossible(
            N_(
                "A poster as PDF needs one more package, where hostdesk runs: {command} "
                "(or make it as .html, and print that)."
            ),
            command=place.installing("pdf"),
        ) from None
    sheet = sheets.fitted(sheets.of(week, legible), _width)
    written = BytesIO()
    canvas = Canvas(written, pagesize=sheets.PAGE, invariant=1, lang=sheet.language)
    canvas.setTitle(f"{sheet.name} – {sheet.week}")
    canvas.setCreator("hostdesk")
    _Page(canvas, sheet).draw()
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def legible(text: str) -> str:
    """What a PDF's built-in fonts can show of a text."""
    shown = ""
    for letter in unicodedata.normalize("NFC", visible(text)):
        plainer = _plainer(letter)
        if plainer != UNKNOWN or letter == UNKNOWN or not shown.endswith(UNKNOWN):
            shown += plainer
    return shown


def loses(week: Week) -> bool:
    """Whether a sign on this poster is a ? in a PDF and nowhere else."""
    full, shown = sheets.of(week), sheets.of(week, legible)
    return f"{full}".count(UNKNOWN) != f"{shown}".count(UNKNOWN)


def _plainer(letter: str) -> str:
    """This letter, or what is nearest to it; nothing for marks that are no sign of their own."""
    if _known(letter):
        return letter
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return ""
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    nearest = _PLAINER.get(bare, bare)
    return nearest if nearest and _known(nearest) else UNKNOWN


def _known(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _font(style: Style) -> str:
    return _FONTS.get(style, "Helvetica")


@lru_cache(maxsize=4096)
def _width(text: str, style: Style) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _font(style), 1))


class _Page:
    """Draws the sheet from the top down; `y` is where the next thing begins."""

    def __init__(self, canvas: Any, sheet: Sheet) -> None:
        self._canvas = canvas
        self._sheet = sheet
        self._size = sheet.size
        self._y = sheets.PAGE[1] - sheets.MARGIN

    def draw(self) -> None:
        """The whole page."""
        self._heading()
        spare = max(sheets.spare(self._sheet, _width), 0.0)
        weights = [0.4 if row.shut and not row.entries else 1.0 for row in self._sheet.rows]
        for row, weight in zip(self._sheet.rows, weights, strict=True):
            self._rule(3.0 if row is self._sheet.rows[0] else 1.2)
            self._row(row, spare * weight / sum(weights))
        self._rule(1.2)
        if self._sheet.footing:
            self._footing()

    def _heading(self) -> None:
        sheet, top = self._sheet, self._y
        self._text(sheets.MARGIN, top - 0.8 * sheet.name_size, sheet.name, sheet.name_size, Style.BOLD)
        below = top - 1.15 * sheet.name_size - 22
        self._text(sheets.MARGIN, below, sheet.week, 17, Style.BOLD)
        wide = _width(sheet.stretch, Style.PLAIN) * 17
        self._text(sheets.MARGIN + sheets.WIDTH - wide, below, sheet.stretch, 17, Style.PLAIN)
        self._y = top - sheets.HEADING

    def _rule(self, thick: float) -> None:
        self._canvas.setLineWidth(thick)
        self._canvas.setStrokeGray(_BLACK)
        self._canvas.line(sheets.MARGIN, self._y, sheets.MARGIN + sheets.WIDTH, self._y)

    def _row(self, row: Row, spare: float) -> None:
        size, top = self._size, self._y
        height = sheets.row_height(row, size, _width) + spare
        compact = row.shut and not row.entries
        inner = top - sheets.PADDING * size - (spare / 2 if compact else min(spare / 2, size * 0.5))
        self._canvas.setFillGray(_GREY if compact else _BLACK)
        left = _Column(self, sheets.MARGIN, inner)
        left.line([(row.name, Style.BOLD)], sheets.DAY_SIZE)
        if not compact:
            left.line([(row.date, Style.PLAIN)], sheets.SMALL_SIZE)
        right = _Column(self, sheets.MARGIN + sheets.DAY_COLUMN * size, inner)
        for line in sheets.hours_lines(row, size, _width):
            right.line(line, sheets.SMALL_SIZE)
        for entry in row.entries:
            self._entry(right, entry)
        if row.more:
            right.line([(row.more, Style.PLAIN)], sheets.SMALL_SIZE)
        self._y = top - height

    def _entry(self, column: "_Column", entry: Entry) -> None:
        self.words(column.x, column.baseline(1.0), [(entry.times, Style.BOLD)], self._size)
        if entry.cancelled:
            self.strike(column.x, column.baseline(1.0), _width(entry.times, Style.BOLD) * self._size)
        for line in sheets.lines(entry.words(), sheets.entry_room(self._size), _width):
            column.line(line, 1.0, indent=sheets.TIME_COLUMN * self._size)

    def _footing(self) -> None:
        sheet = self._sheet
        size = min(12.0, sheets.WIDTH / max(_width(sheet.footing, Style.PLAIN), 1.0))
        wide = _width(sheet.footing, Style.PLAIN) * size
        self._canvas.setFillGray(_BLACK)
        self._text((sheets.PAGE[0] - wide) / 2, sheets.MARGIN, sheet.footing, size, Style.PLAIN)

    @property
    def size(self) -> float:
        """Of the letters on the days."""
        return self._size

    def words(self, x: float, y: float, words: list[tuple[str, Style]], size: float) -> None:
        """A line of words, each in its own style."""
        for nth, (text, style) in enumerate(words):
            wide = _width(text, style) * size
            space = _width(" ", style) * size
            self._text(x, y, text, size, style)
            if style is Style.STRUCK:
                goes_on = words[nth + 1 : nth + 2] and words[nth + 1][1] is Style.STRUCK
                self.strike(x, y, wide + (space if goes_on else 0))
            x += wide + space

    def strike(self, x: float, y: float, wide: float) -> None:
        """A line through what stands there."""
        self._canvas.setStrokeGray(_BLACK)
        self._canvas.setLineWidth(0.08 * self._size)
        self._canvas.line(x, y + 0.27 * self._size, x + wide, y + 0.27 * self._size)

    def _text(self, x: float, y: float, text: str, size: float, style: Style) -> None:
        self._canvas.setFont(_font(style), size)
        if style is Style.PLACE:
            self._canvas.saveState()
            self._canvas.setFillGray(_GREY)
        self._canvas.drawString(x, y, text)
        if style is Style.PLACE:
            self._canvas.restoreState()


class _Column:
    """Lines one under another."""

    def __init__(self, page: _Page, x: float, top: float) -> None:
        self.x = x
        self._page = page
        self._top = top

    def baseline(self, of_size: float) -> float:
        """Where the letters of the next line stand."""
        return self._top - self._page.size * of_size * (sheets.LEADING + 0.45) / 2 - 0.15 * self._page.size

    def line(self, words: list[tuple[str, Style]], of_size: float, *, indent: float = 0.0) -> None:
        """The next line, in letters of so many sizes."""
        self._page.words(self.x + indent, self.baseline(of_size), words, self._page.size * of_size)
        self._top -= self._page.size * of_size * sheets.LEADING
