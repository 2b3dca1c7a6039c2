"""The report as a workbook and as PDF: read back by other programs, with the same numbers."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from hostdesk.reports import figures_pdf, figures_text
from hostdesk.reports.figures_document import Cell, Document, Table
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run

NAME = "=cmd|'/c calc'!A1"
DAYS = ("--from", "2026-11-23", "--to", "2026-11-25")


@pytest.fixture
def few_days(run: Run, clock: FakeClock) -> Run:
    """12, 30 and 2 visits."""
    assert run("room", "--name", NAME)[0] == 0
    for day, n in (("23", "12"), ("24", "30"), ("25", "2")):
        clock.go_on_until(at(f"2026-11-{day} 15:00"))
        run("count", n)
    clock.go_on(days=1)
    run("costs", "add", "2026", "=1+1", "100")
    return run


def workbook(run: Run, tmp_path: Path, *arguments: str) -> openpyxl.Workbook:
    file = tmp_path / "cijfers.xlsx"
    code, _, err = run("report", *DAYS, "-o", str(file), *arguments)
    assert code == 0 and (not err or "--words" in arguments)
    return openpyxl.load_workbook(file)


def test_a_workbook_has_the_figures_as_numbers(few_days: Run, tmp_path: Path) -> None:
    figures, days = workbook(few_days, tmp_path).worksheets
    visits = next(row for row in figures.iter_rows(values_only=True) if row[0] == "Bezoeken")
    assert visits[1:3] == (44, "geteld")
    counted = [row[2] for row in days.iter_rows(min_row=3, max_row=5, values_only=True)]
    assert counted == [12, 30, 2]
    assert days["C6"].value == "=SUM(C3:C5)"
    file = tmp_path / "cijfers.xlsx"
    assert openpyxl.load_workbook(file, data_only=True).worksheets[1]["C6"].value == 44


def test_text_in_a_workbook_calculates_nothing(few_days: Run, tmp_path: Path) -> None:
    book = workbook(few_days, tmp_path, "--words", "@SUM(1)")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == ["=SUM(C3:C5)"]
    said = [cell.value for cell in cells if cell.data_type == "s"]
    assert "@SUM(1)" in said
    assert "=1+1" in said
    assert any(str(text).startswith(NAME) for text in said)


def test_with_small_numbers_hidden_there_is_no_sum_that_would_be_less(few_days: Run, tmp_path: Path) -> None:
    days = workbook(few_days, tmp_path, "--for", "fund").worksheets[1]
    assert [row[2] for row in days.iter_rows(min_row=3, max_row=5, values_only=True)] == [12, "–", "<5"]
    assert "C6" not in {cell.coordinate for row in days.iter_rows() for cell in row if cell.value}


def test_the_same_report_gives_the_same_workbook(few_days: Run, tmp_path: Path) -> None:
    workbook(few_days, tmp_path)
    first = (tmp_path / "cijfers.xlsx").read_bytes()
    workbook(few_days, tmp_path)
    assert (tmp_path / "cijfers.xlsx").read_bytes() == first


@pytest.mark.parametrize(("language", "said"), [("nl", "Bezoeken"), ("en", "Visits")])
def test_a_pdf_says_the_same(few_days: Run, tmp_path: Path, language: str, said: str) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs the Debian package poppler-utils")
    file = tmp_path / "cijfers.pdf"
    assert few_days("report", *DAYS, "-o", str(file), "--language", language)[0] == 0
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(rf"^ *{said} +44 ", text, re.MULTILINE)
    assert NAME in text


def test_the_sign_of_an_amount_stays_on_the_line_of_that_amount(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs the Debian package poppler-utils")
    words = tuple(f"{'a ' * before}€ 7.000" for before in range(120))  # at some width the line is full there
    table = Table("Kosten", ("cijfer", "getal", "hoe"), (), of_figures=True)
    made = Document("nl", "Huis", "Cijfers", "nu", words, (), (), (table,), ())
    file = tmp_path / "euro.pdf"
    file.write_bytes(figures_pdf.of(made))
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    for said in (read.stdout, "\n".join(figures_text.of(made))):
        plain = said.replace("\N{NO-BREAK SPACE}", " ")
        assert plain.count("€") == plain.count("€ 7.000") == len(words)


@pytest.mark.parametrize("columns", [2, 3, 5, 7])
def test_no_amount_is_broken_in_a_narrow_column(tmp_path: Path, columns: int) -> None:
    """Ten years of volunteers; half an amount on the next line reads as another one."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs the Debian package poppler-utils")
    amounts = ("€ 69.304,08", "€ 790.793,58")
    rows = tuple((Cell("Waarde"), *[Cell(text, 1.0)] * (columns - 1)) for text in amounts)
    table = Table("Kosten", ("cijfer", *["getal"] * (columns - 1)), rows, of_figures=True)
    file = tmp_path / "smal.pdf"
    file.write_bytes(figures_pdf.of(Document("nl", "Huis", "Cijfers", "nu", (), (), (), (table,), ())))
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    dense = re.sub(r"[ \N{NO-BREAK SPACE}]", "", read.stdout)
    assert [dense.count(text.replace(" ", "")) for text in amounts] == [columns - 1] * len(amounts)


def test_below_each_page_stands_when_it_was_made_however_long_the_name_is(
    few_days: Run, tmp_path: Path
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs the Debian package poppler-utils")
    assert few_days("room", "--name", "Buurtkamer " * 5)[0] == 0
    file = tmp_path / "cijfers.pdf"
    assert few_days("report", "--quarter", "2026-Q4", "-o", str(file))[0] == 0
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    made = "… · 1 oktober t/m 31 december 2026, gemaakt op do 26 nov 2026 om 15:00"
    pages = said.stdout.split("\f")[:-1]
    assert len(pages) > 2 and all(made in page for page in pages)


@pytest.mark.parametrize("before", range(3))
def test_no_page_begins_with_the_last_line_of_a_paragraph(tmp_path: Path, before: int) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs the Debian package poppler-utils")
    words = ["Regel."] * before + [f"Begin {'en dan nog wat ' * 20}einde."] * 120
    file = tmp_path / "lang.pdf"
    file.write_bytes(figures_pdf.of(Document("nl", "Huis", "Cijfers", "nu", tuple(words), (), (), (), ())))
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    first = [page.split("\n", 1)[0] for page in said.stdout.split("\f")[1:-1]]
    assert len(first) > 5
    assert not [line for line in first if "einde" in line and "Begin" not in line]


def test_without_the_extra_a_pdf_is_one_clear_sentence(
    few_days: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "reportlab"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)
    code, out, err = few_days("report", "-o", str(tmp_path / "cijfers.pdf"))
    assert (code, out) == (1, "")
    assert f"{sys.executable} -m pip install 'hostdesk[pdf]'" in err
    assert len(err.splitlines()) == 1


def test_a_plain_report_loads_no_office() -> None:
    code = "import sys, hostdesk.commands.report, hostdesk.reports.figures_document\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"xlsxwriter", "reportlab"} & set(run.stdout.split())
