"""The report as a workbook: the tables of the report, and the days as numbers that add up by formula.

Text is written as text: what begins with = is no formula there.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from db.text import visible
from hostdesk.words import N_, gettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hostdesk.reports.figures_document import Cell, Document, Table

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDTHS = (46, 15, 34, 16, 26, 16, 26)
_DAY_WIDTHS = (22, 20, 12)
_FORMATS = {"€": "€ #,##0.00", "%": "0%"}


def of(document: "Document", made_at: "datetime") -> bytes:
    """The workbook; the same report made at the same moment gives the same bytes."""
    from xlsxwriter import Workbook  # takes as long to load as the whole command line

    written = BytesIO()
    book = Workbook(written, _OPTIONS)
    book.set_properties(
        {"title": f"{visible(document.room)}: {document.title}", "created": made_at.replace(tzinfo=None)}
    )
    _Book(book, document).write()
    book.close()
    return written.getvalue()


class _Book:
    """A workbook that is being written."""

    def __init__(self, book: Any, document: "Document") -> None:
        self.book, self.document = book, document
        self.bold = book.add_format({"bold": True})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        above = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        right, beside = {"align": "right"}, {"align": "left", "indent": 1}  # off the number on its left
        self.of_numbers = book.add_format(above | right), book.add_format(right)
        self.of_texts = book.add_format(above | beside), book.add_format(beside)
        self.of_first = book.add_format(above), self.wrap
        self.numbers: dict[str, Any] = {}

    def write(self) -> None:
        """Both sheets: the report, and day by day."""
        self._report(self.document.tables)
        self._days(self.document.days)

    def _report(self, tables: "Sequence[Table]") -> None:
        sheet = self._sheet(gettext(N_("Figures")))
        document = self.document
        sheet.write_string(0, 0, f"{visible(document.room)}: {document.title}", self.bold)
        sheet.write_string(1, 0, document.dated)
        row = 3
        row = self._paragraphs(sheet, row, document.words)
        if document.gaps:
            sheet.write_string(row, 0, gettext(N_("What is missing")), self.bold)
            for sentence in document.gaps:
                row += 1
                sheet.write_string(row, 0, sentence)
            row += 2
        if document.moments:
            sheet.write_string(row, 0, gettext(N_("Happy moments")), self.bold)
            told = [f"{day}: {text}" for day, text in document.moments]
            row = self._paragraphs(sheet, row + 1, told)
        for table in tables:
            row = self._table(sheet, row, table) + 1
        sheet.write_string(row, 0, gettext(N_("What the figures mean")), self.bold)
        for label, meaning in document.meanings:
            row += 1
            sheet.write_string(row, 0, label, self.wrap)
            sheet.merge_range(row, 1, row, len(_WIDTHS) - 1, "", self.wrap)
            sheet.write_string(row, 1, meaning, self.wrap)
            sheet.set_row(row, 15 * (1 + max(len(meaning) // 120, len(label) // _WIDTHS[0])))

    def _paragraphs(self, sheet: Any, row: int, texts: "Sequence[str]") -> int:
        """Text from people over the whole width; the row after it, with one left free."""
        for text in texts:
            sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, "", self.wrap)
            sheet.write_string(row, 0, visible(text), self.wrap)
            sheet.set_row(row, 15 * (1 + len(text) // 160))
            row += 1
        return row + bool(texts)

    def _days(self, table: "Table") -> None:
        """Each day, and a picture of them."""
        self._table(self._sheet(table.title, _DAY_WIDTHS), 0, table)

    def _sheet(self, name: str, widths: "Sequence[int]" = _WIDTHS) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def _table(self, sheet: Any, row: int, table: "Table") -> int:
        """The table from this row on, with its sum as a formula and its picture; the first row under it."""
        above = row
        sheet.write_string(row, 0, table.title, self.bold)
        row += bool(table.rows)
        looks = [
            self.of_numbers if is_number else self.of_texts if column else self.of_first
            for column, is_number in enumerate(table.numeric)
        ]
        for column, head in enumerate(table.heads if table.rows else ()):
            sheet.write_string(row, column, head, looks[column][0])
        for cells in table.rows:
            row += 1
            for column, cell in enumerate(cells):
                self._cell(sheet, row, column, cell, looks[column][1])
        first, last = above + 2, row
        if table.adds_up and table.whole and table.rows:
            row += 1
            self._sum(sheet, row, first, last, table)
        if table.picture and any(cells[-1].value for cells in table.rows):
            row = max(row, above + self._picture(sheet, above, first, last, table))
        if table.note:
            row += 1
            sheet.write_string(row, 0, table.note)
        return row + 1

    def _sum(self, sheet: Any, row: int, first: int, last: int, table: "Table") -> None:
        """The numbers together; where one is not shown there is no sum, which would give it away."""
        place = len(table.heads) - 1
        column = chr(ord("A") + place)
        total = sum(cells[-1].value or 0 for cells in table.rows)
        sheet.write_string(row, 0, gettext(N_("In all")), self.bold)
        formula = f"=SUM({column}{first + 1}:{column}{last + 1})"
        sheet.write_formula(row, place, formula, self._number("#,##0"), total)

    def _picture(self, sheet: Any, above: int, first: int, last: int, table: "Table") -> int:
        """A chart of the spreadsheet's own, beside the table; how many rows it takes."""
        name, place = sheet.get_name(), len(table.heads) - 1
        chart = self.book.add_chart({"type": "column" if table.picture == "columns" else "bar"})
        chart.add_series(
            {
                "name": table.title,
                "categories": [name, first, 0, last, 0],
                "values": [name, first, place, last, place],
                "fill": {"color": "#333333"},
                "gap": 40,
                "data_labels": self._labels(table),
            }
        )
        chart.set_title({"name": table.title, "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_x_axis({"num_font": {"size": 8}, "major_gridlines": {"visible": False}})
        chart.set_y_axis({"num_font": {"size": 8}, "min": 0, "reverse": False})
        if table.picture == "bars":  # the first row of the table on top
            chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
            chart.set_x_axis({"min": 0, "num_font": {"size": 8}, "major_gridlines": {"visible": False}})
        rows = 16 if table.picture == "columns" else max(6, last - first + 4)
        chart.set_size({"width": 720 if table.picture == "columns" else 480, "height": rows * 20})
        sheet.insert_chart(above, len(table.heads), chart, {"x_offset": 20})
        return rows

    def _labels(self, table: "Table") -> dict[str, Any]:
        """What stands beside its bars: a cell without a number has none, and its sign says why."""
        is_bars, cells = table.picture == "bars", [row[-1] for row in table.rows]
        signs = [
            {"value": cell.text}
            if cell.value is None and cell.text
            else None
            if is_bars
            else {"delete": True}
            for cell in cells
        ]
        shown = is_bars or any(sign and "value" in sign for sign in signs)
        return {"value": shown, "num_format": "#,##0.#"} | ({"custom": signs} if shown else {})

    def _cell(self, sheet: Any, row: int, column: int, cell: "Cell", look: Any) -> None:
        if cell.value is None:
            sheet.write_string(row, column, visible(cell.text), look)
            return
        signs = [form for sign, form in _FORMATS.items() if sign in cell.text]
        whole = "#,##0" if float(cell.value).is_integer() else "#,##0.0"
        sheet.write_number(row, column, cell.value, self._number(*signs or [whole]))

    def _number(self, form: str) -> Any:
        if form not in self.numbers:
            self.numbers[form] = self.book.add_format({"num_format": form, "align": "right"})
        return self.numbers[form]
