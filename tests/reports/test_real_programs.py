"""What leaves the room, in the programs that people open it with: a spreadsheet, a browser, Frictionless."""

import csv
import html
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from frictionless import Package

from db import clock as clocks
from db import connection, costs
from hostdesk import cli, demo, words
from hostdesk.reports import figures_html
from hostdesk.reports.figures_document import Cell, Document, Table
from tests.clocks import FakeClock

PERIOD = ("--month", "2026-09")
PHONE = 360
"""The width of a small phone, in CSS pixels."""

TABLET = 720
"""The width of a tablet that stands, likewise."""

RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""

ALL_SHEETS_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

WINDOW = 900
"""The narrowest in which figures stand beside what they were, likewise."""

LOOK = """<!DOCTYPE html><meta charset="utf-8"><body>
<iframe width="{width}" height="740" style="border:0" srcdoc="{page}"></iframe><script>
onload = () => {{
  const page = document.querySelector("iframe").contentDocument, edge = page.documentElement.clientWidth;
  const out = [...page.querySelectorAll("body *")].filter(one => !one.closest(".many thead")
    && (one.getBoundingClientRect().right > edge + 1 || one.scrollWidth > one.clientWidth + 1
      && one.clientWidth > 0 && getComputedStyle(one).overflowX !== "visible"));
  document.body.textContent = JSON.stringify({{
    scrolls: page.documentElement.scrollWidth > edge, out: out.map(one => one.textContent.slice(0, 60)),
    wide: [...page.querySelectorAll("th, td")].filter(one => one.scrollWidth > one.clientWidth + 1)
      .map(one => one.textContent),
    seen: page.body.innerText.slice(0, 4000), pictures: page.querySelectorAll("svg").length}});
}};
</script>"""
"""A page in a small window, and what of it stands beyond the edge or its own cell."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The report of a month of a lifelike room, and all of its data."""
    place = tmp_path_factory.mktemp("reports")
    clocks.use(FakeClock())
    words.choose("nl")
    file = place / "demo.db"
    demo.make(file, days=120)
    connection.open(file)
    costs.add(2026, "Huur", "6000")
    connection.close()
    for form in ("xlsx", "html", "json", "pdf"):
        assert cli.main(["report", *PERIOD, "-o", str(place / f"report.{form}"), "--db", str(file)]) == 0
    assert cli.main(["export", str(place / "data"), "--db", str(file)]) == 0
    yield place
    clocks.use(clocks.SystemClock())


@pytest.fixture(scope="module")
def facts(reports: Path) -> dict[str, dict[str, dict[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = json.loads((reports / "report.json").read_text())
    return found


def program(*names: str, package: str) -> str:
    """The first of these that is here."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"needs the Debian package {package}")


def in_chromium(profile: Path, *arguments: str) -> str:
    """What it prints, from a profile of its own and without a word to anybody."""
    command = [
        program("chromium", "chromium-browser", "google-chrome", package="chromium"),
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={profile}", *arguments,
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_workbook_recalculates_to_the_same_totals(
    reports: Path, facts: dict[str, dict[str, dict[str, float]]], tmp_path: Path
) -> None:
    """The sums that are kept in the file are made wrong first: what comes out was reckoned anew."""
    office = program("soffice", "libreoffice", package="libreoffice-calc")
    spoilt = tmp_path / "report.xlsx"
    formulas = 0
    with zipfile.ZipFile(reports / "report.xlsx") as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if "worksheets/sheet" in name:
                content, n = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1<v>1</v>", content)
                formulas += n
            target.writestr(name, content)
    settings = tmp_path / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(RECALCULATE_ALWAYS)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", ALL_SHEETS_AS_CSV, "--outdir", str(tmp_path), spoilt],
        capture_output=True,
        check=True,
        timeout=120,
    )
    rows = {
        file.stem: list(csv.reader(file.open(encoding="utf-8"))) for file in tmp_path.glob("report-*.csv")
    }
    sums = [
        float(next(cell for cell in reversed(row) if cell))
        for of in rows.values()
        for row in of
        if row[0] == "In totaal"
    ]
    figures = facts["figures"]
    assert formulas == len(sums) >= 3
    assert float(rows["report-Dag voor dag"][-1][2]) == figures["visits"]["value"]
    assert {figures[name]["value"] for name in ("visits", "participations", "sessions_held")} <= set(sums)
    visits = next(row for row in rows["report-Cijfers"] if row[0] == "Bezoeken")
    assert float(visits[1].replace(",", "")) == figures["visits"]["value"]


@pytest.mark.parametrize("width", [PHONE, TABLET, WINDOW])
def test_the_page_needs_no_scrolling_sideways(reports: Path, tmp_path: Path, width: int) -> None:
    page = (reports / "report.html").read_text(encoding="utf-8")
    (tmp_path / "small.html").write_text(LOOK.format(width=width, page=html.escape(page)), encoding="utf-8")
    dom = in_chromium(tmp_path / "profile", "--dump-dom", f"file://{tmp_path / 'small.html'}")
    found = json.loads(html.unescape(re.search(r"<body>(.*)</body>", dom, re.DOTALL)[1]))  # type: ignore[index]
    assert not found["scrolls"]
    assert found["out"] == []
    assert found["wide"] == [], "a text that stands over its neighbour"
    assert found["pictures"] >= 4
    assert "Bezoeken" in found["seen"]


def test_the_page_prints_on_a4(reports: Path, tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    in_chromium(
        tmp_path / "profile",
        f"--print-to-pdf={printed}",
        "--no-pdf-header-footer",
        f"file://{reports / 'report.html'}",
    )
    told = subprocess.run(
        [program("pdfinfo", package="poppler-utils"), printed], capture_output=True, text=True, check=True
    ).stdout
    pages = int(re.search(r"Pages: +(\d+)", told)[1])  # type: ignore[index]
    assert "A4" in told
    assert 3 <= pages <= 8
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True)
    sheets = text.stdout.split("\f")[:pages]
    assert all(len(sheet.split()) > 20 for sheet in sheets), "no sheet is nearly empty"
    for said in ("Wat er ontbreekt", "Dag voor dag", "30 sep 2026", "Wat de cijfers betekenen"):
        assert said in text.stdout


def test_no_amount_is_broken_on_a_printed_page(tmp_path: Path) -> None:
    """Half an amount on the next line reads as another one."""
    amounts = ("€ 78.868,42", "€ 690.793,58")
    rows = tuple((Cell("Vervangingswaarde, minstens"), *[Cell(text, 1.0)] * 6) for text in amounts)
    table = Table("Kosten", ("cijfer", *["getal"] * 6), rows)
    page, printed = tmp_path / "page.html", tmp_path / "printed.pdf"
    page.write_bytes(figures_html.of(Document("nl", "Huis", "Cijfers", "nu", (), (), (), (table,), ())))
    in_chromium(tmp_path / "profile", f"--print-to-pdf={printed}", f"file://{page}")
    command = [program("pdftotext", package="poppler-utils"), "-layout", str(printed), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    dense = re.sub(r"[ \N{NO-BREAK SPACE}]", "", text)
    assert [dense.count(amount.replace(" ", "")) for amount in amounts] == [6, 6]
    assert dense.count("getal") == 6


def test_every_sheet_of_the_pdf_is_filled_and_keeps_its_margins(reports: Path, tmp_path: Path) -> None:
    """As pictures, 40 dots an inch: what no reader of texts sees."""
    program("pdftoppm", package="poppler-utils")
    subprocess.run(["pdftoppm", "-r", "40", "-gray", reports / "report.pdf", tmp_path / "sheet"], check=True)
    sheets = sorted(tmp_path.glob("sheet-*.pgm"))
    assert 3 <= len(sheets) <= 8
    heaviest = 0
    for sheet in sheets:
        _, size, _, dots = sheet.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        assert (width, height) == (331, 468), "A4"
        rows = [dots[at : at + width] for at in range(0, width * height, width)]
        dark = [sum(dot < 128 for dot in row) for row in rows]
        heaviest = max(heaviest, *dark)
        for row in rows:
            assert min(row[:18]) > 200 and min(row[-18:]) > 200, "nothing runs off the sheet"
        assert sum(n > 0 for n in dark) > height / 8, "no sheet is nearly empty"
    assert heaviest > 150, "the pictures have bars"


def test_the_data_package_is_valid(reports: Path) -> None:
    report = Package(str(reports / "data" / "datapackage.json")).validate()
    problems = [error.message for task in report.tasks for error in task.errors]
    assert report.valid, [*(error.message for error in report.errors), *problems][:5]
    assert len(report.tasks) == len(list((reports / "data").glob("*.csv")))


def test_a_data_package_that_is_not_right_would_be_noticed(reports: Path, tmp_path: Path) -> None:
    spoilt = Path(shutil.copytree(reports / "data", tmp_path / "data"))
    door = spoilt / "door.csv"
    lines = door.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = lines[1].split(",")
    cells[2] = "gisteren"  # the day
    door.write_text("".join([lines[0], ",".join(cells), *lines[2:]]), encoding="utf-8")
    assert not Package(str(spoilt / "datapackage.json")).validate().valid
