"""One report in many forms: they say the same, in both languages, and text from people stays text."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from db import connection, models
from hostdesk.reports import figures_html
from hostdesk.reports.figures_document import Cell, Document, Shape, Table
from tests.board_commands.stories import done
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run

FORMS = ["text", "md", "html", "csv"]
EVIL = "=cmd|'/c calc'!A1 <b>[x](y)|`"


def report(run: Run, form: str, *arguments: str) -> str:
    code, out, err = run("report", "--format", form, *arguments)
    assert (code, err) == (0, "") or "--words" in arguments
    return out


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


class Page(HTMLParser):
    """The cells of a page, and every tag on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.tags: list[str] = []
        self.in_cell = False
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

        self.in_cell = tag in ("td", "th") or (self.in_cell and tag == "bdi")

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = self.in_cell and tag == "bdi"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.in_cell:
            self.tables[-1][-1][-1] += data


@pytest.fixture
def week(run: Run, clock: FakeClock) -> Run:
    """A week with 12, 3 and 400 visits, and two days on which nobody opened."""
    for day in ("2026-12-01", "2026-12-02", "2026-12-07"):
        clock.go_on_until(at(f"{day} 12:00"))
        run("count", "12")
    clock.go_on_until(at("2026-12-08 12:00"))
    run("count", "2", "--reason", "eten")
    run("count", "1", "--reason", "inloop")
    clock.go_on_until(at("2026-12-11 12:00"))
    run("count", "400")
    clock.go_on_until(at("2026-12-14 12:00"))
    return run


DAYS = ("--from", "2026-12-07", "--to", "2026-12-13")


@pytest.mark.parametrize(("language", "said"), [("nl", "Bezoeken"), ("en", "Visits")])
def test_every_form_says_the_same(week: Run, language: str, said: str) -> None:
    asked = (*DAYS, "--language", language)
    assert re.search(rf"^{said} +415  ", report(week, "text", *asked), re.MULTILINE)
    assert re.search(rf"^\| {said} \| 415 \| ", report(week, "md", *asked), re.MULTILINE)
    visits = next(row for row in rows(report(week, "csv", *asked)) if row["name"] == "visits")
    assert (visits["label"], visits["value"]) == (said, "415")
    page = Page(report(week, "html", *asked))
    assert page.tables[0][1][:2] == [said, "415"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_missing_stands_before_any_number(week: Run, form: str) -> None:
    text = report(week, form, *DAYS)
    assert 0 < text.index("2 van de 5 geplande diensten") < text.index("415")


@pytest.mark.parametrize("form", FORMS)
def test_zero_shut_missing_and_not_measured_stay_apart(week: Run, form: str) -> None:
    text = report(week, form, "--from", "2026-12-07", "--to", "2026-12-12")
    words = {"csv": ("missing", "closed", "not_measured")}.get(form, ("ontbreekt", "dicht", "niet gemeten"))
    assert all(word in text for word in words)


def test_the_days_of_a_csv_add_up(week: Run) -> None:
    days = [row for row in rows(report(week, "csv", *DAYS)) if row["part"] == "day"]
    assert [row["value"] for row in days] == ["12", "3", "", "", "400", "", ""]
    assert [row["status"] for row in days] == [
        "open",
        "open",
        "missing",
        "missing",
        "open",
        "closed",
        "closed",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_small_numbers_leave_the_room_only_as_small(week: Run, form: str) -> None:
    """3 visits on a day would be known from the other days, so that the last one is not shown either."""
    text = report(week, form, *DAYS, "--for", "municipality")
    if form == "csv":
        days = [row["value"] for row in rows(text) if row["part"] == "day"]
        assert days == ["12", "<5", "", "", "–", "", ""], "what is hidden is not what is missing"
        return
    shown = Page(text).text if form == "html" else text.replace("\\", "")
    assert re.search(r"di 8 dec 2026\W+open\W+<5", shown) or form == "html"
    assert re.search(r"vr 11 dec 2026\W*open\W*–", shown)
    assert "400" not in shown


def test_other_programs_get_no_small_numbers_either(week: Run) -> None:
    said = report(week, "json", *DAYS, "--for", "municipality")
    read = json.loads(said)
    assert [(day["visits"], day["hidden"]) for day in read["days"] if day["state"] == "open"] == [
        (12, None), (None, "small"), (None, "beside"),
    ]  # fmt: skip
    assert (read["hours"], read["by_weekday"], read["figures"]["visits"]["value"]) == ({}, [], 415)
    assert "first_visits" not in read["days"][0]
    own = json.loads(report(week, "json", *DAYS))
    assert [day["visits"] for day in own["days"]] == [12, 3, None, None, 400, None, None]


@pytest.mark.parametrize("form", [*FORMS, "json", "xlsx", "pdf"])
@pytest.mark.parametrize(
    "which",
    [
        ("--month", "2026-12"),
        ("--week", "2026-W51"),
        ("--year", "2026"),
        ("--from", "2026-12-14"),
        ("--from", "2026-12-15"),
    ],
)
def test_what_others_read_of_a_running_period_is_the_same_whatever_today_brought(
    week: Run, clock: FakeClock, tmp_path: Path, form: str, which: tuple[str, str]
) -> None:
    """A total up to now beside what is compared, in whole days, would leave today's three as the rest."""

    def written(whom: str) -> bytes:
        file = tmp_path / "cijfers"
        assert week("report", "--format", form, *which, "--for", whom, "-o", str(file))[0] == 0
        return file.read_bytes()

    week("count", "9")
    clock.go_on_until(at("2026-12-15 12:00"))
    before, own = written("municipality"), written("room")
    week("count", "3", "--reason", "eten")
    assert written("municipality") == before
    assert written("room") != own, "the room itself reads up to now"


def test_on_the_first_day_of_a_period_others_read_that_no_day_is_over(week: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2027-01-01 12:00"))
    week("count", "7")
    for which, nothing in (("--month=2027-01", "hele maand"), ("--from=2027-01-01", "hele dag")):
        said = report(week, "text", which, "--for", "municipality")
        assert f"Er is nog geen {nothing} voorbij" in said and "nog niet begonnen" not in said
        assert re.search("^Bezoeken +niet gemeten$", said, re.MULTILINE)


def test_others_are_told_what_people_have_in_common_by_the_month_only(week: Run) -> None:
    for _ in range(2):
        week("count", "7", "--reason", "eten")
    assert "Waar de bezoeken voor waren" in report(week, "text", "--month", "2026-12", "--for", "fund")
    assert "Waar de bezoeken voor waren" not in report(week, "text", *DAYS, "--for", "fund")


@pytest.fixture
def quarter(run: Run, clock: FakeClock) -> Run:
    """Of a quarter: in November nine came to eat, in December three, and in each twenty dropped in."""
    for day, eten in (("2026-11-24", "9"), ("2026-12-01", "3")):
        clock.go_on_until(at(f"{day} 12:00"))
        run("count", eten, "--reason", "eten")
        run("count", "20", "--reason", "inloop")
    clock.go_on_until(at("2027-01-02 12:00"))
    return run


@pytest.mark.parametrize("form", [*FORMS, "json"])
def test_the_room_itself_reads_the_reasons_that_its_screen_shows(quarter: Run, form: str) -> None:
    for which, eten in ((("--month", "2026-12"), 3), (("--quarter", "2026-Q4"), 12)):
        text = report(quarter, form, *which)
        if form == "json":
            parts = json.loads(text)["broken_down"]["reason"]
            assert {part["name"]: part["n"] for part in parts} == {
                "eten": eten, "inloop": 20 if eten == 3 else 40, "niet gezegd": 0,
            }  # fmt: skip
        elif form == "csv":
            assert [row["value"] for row in rows(text) if row["name"] == "eten"] == [str(eten)]
        elif form == "html":
            assert any(["eten", f"{eten}"] in table for table in Page(text).tables)
        else:
            assert re.search(rf"\beten\W+{eten}\b", text)


def test_a_longer_period_says_how_many_there_are_at_least(quarter: Run, tmp_path: Path) -> None:
    """Three in December are <5 there: nine and at least one in the quarter, and of 23 at most four less."""
    run, asked = quarter, ("--quarter", "2026-Q4", "--for", "municipality")
    for form in ("text", "md"):
        text = report(run, form, *asked)
        assert re.search(r"\beten\W+minstens 10\b", text) and re.search(r"\binloop\W+minstens 39\b", text)
        assert "telt alleen mee wat zeker is" in text
    said = [(row["label"] or row["name"], row["value"]) for row in rows(report(run, "csv", *asked))]
    assert {("eten", "≥10"), ("inloop", "≥39")} <= set(said)
    page = Page(report(run, "html", *asked))
    assert page.tables[-2][1:3] == [
        ["eten", "minstens 10"],
        ["inloop", "minstens 39"],
    ]
    read = json.loads(report(run, "json", *asked))["broken_down"]["reason"]
    assert read[0] == {"name": "eten", "n": None, "hidden": "beside", "at_least": 10}
    assert read[2] == {"name": "niet gezegd", "n": 0, "hidden": None}
    file = tmp_path / "cijfers.xlsx"
    assert run("report", *asked, "-o", str(file))[0] == 0
    sheet = openpyxl.load_workbook(file).worksheets[0]
    cells = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert (cells["eten"], cells["inloop"]) == ("minstens 10", "minstens 39")


def test_few_reasons_are_never_shown_to_others(week: Run) -> None:
    text = report(week, "text", "--month", "2026-12", "--for", "fund")
    assert re.search(r"^eten +<5$", text, re.MULTILINE)
    assert re.search(r"^inloop +<5$", text, re.MULTILINE)


def test_whom_it_is_for_changes_the_order_and_no_number(week: Run) -> None:
    first = {}
    figures = set()
    for audience in ("municipality", "corporation", "fund"):
        page = Page(report(week, "html", *DAYS, "--for", audience))
        first[audience] = page.tables[0][1][0]
        figures.add(frozenset(tuple(row) for table in page.tables for row in table if len(table[0]) > 3))
    assert first == {"municipality": "Bezoeken", "corporation": "Dagen open", "fund": "Wensen binnen"}
    assert len(figures) == 1


@pytest.fixture
def full_of(run: Run, room_file: Path) -> Callable[[str], None]:
    """People write this wherever a report can have it."""

    def write(evil: str) -> None:
        done(run, "room", f"--name={evil}")
        done(run, "costs", "add", "--", "2026", evil, "100")
        done(run, "costs", "rate", "2026", "18", f"--source={evil}")
        done(run, "activity", "add", "Soep", f"--theme={evil}", "--starts", "23-11 10:00")
        done(run, "activity", "attend", "1", "7")
        done(run, "note", "--kind", "happy", "--", evil)
        connection.open(room_file)
        models.Reason.create(code=evil.strip(), position=99, active=True)
        connection.close()
        done(run, "count", "8", f"--reason={evil.strip()}")

    return write


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t="])
def test_a_formula_in_a_csv_calculates_nothing(run: Run, full_of: Callable[[str], None], sign: str) -> None:
    full_of(f"{sign}1+1")
    text = done(run, "report", "--format", "csv", f"--words={sign}1+1", "--moments", "1")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert sum(cell.endswith("1+1") for cell in cells) >= 7
    assert [cell for cell in cells if cell.endswith("1+1") and not cell.startswith("'")] == []


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t="])
def test_a_formula_in_a_workbook_is_text(
    run: Run, full_of: Callable[[str], None], tmp_path: Path, sign: str
) -> None:
    full_of(f"{sign}1+1")
    file = tmp_path / "r.xlsx"
    assert run("report", "-o", str(file), f"--words={sign}1+1", "--moments", "1")[0] == 0
    with zipfile.ZipFile(file) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert strings.count("1+1") >= 3  # equal texts are kept once
    formulas = re.findall(r"<f>([^<]*)</f>", "".join(sheets))
    assert formulas and all(formula.startswith("SUM(") for formula in formulas)
    cells = [cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row]
    texts = [cell for cell in cells if str(cell.value).endswith("1+1")]
    assert len(texts) >= 5 and {cell.data_type for cell in texts} == {"s"}


def test_markup_from_people_is_text(run: Run) -> None:
    assert run("room", "--name", EVIL)[0] == 0
    page = Page(report(run, "html", "--words", EVIL))
    assert "b" not in page.tags
    assert page.text.count(EVIL) == 3  # the title, the heading, the coordinator's own words
    markdown = report(run, "md", "--words", EVIL)
    assert "<b>" not in markdown.replace(r"\<b\>", "")
    assert "[x](y)" not in markdown


@pytest.mark.parametrize("sign", ["", "+", "-"])
def test_the_signs_of_an_amount_stay_with_it_on_a_page(sign: str) -> None:
    table = Table("Kosten", ("cijfer", "verschil"), ((Cell("Waarde"), Cell(f"meer: {sign}€ 2.042,71")),))
    page = figures_html.of(Document("nl", "Huis", "Cijfers", "nu", (), (), (), (table,), ())).decode()
    assert f"meer: {sign}{'&NoBreak;' if sign else ''}€&nbsp;2.042,71" in page


def test_a_page_loads_nothing(week: Run) -> None:
    text = report(week, "html", *DAYS)
    assert not re.search(r"src=|href=|url\(|<script|<link|<img", text)


class Rows(tuple[tuple[Cell, ...], ...]):
    """The rows of a table, and how often they were gone through."""

    passes = 0

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        self.passes += 1
        return super().__iter__()


def test_a_page_of_twenty_years_goes_through_its_days_a_few_times_and_not_once_for_each() -> None:
    days = Rows((Cell(f"dag {n}"), Cell("open"), Cell(f"{n}", n)) for n in range(7000))
    table = Table("Dag voor dag", ("dag", "", "bezoeken"), days, picture=Shape.COLUMNS)
    page = figures_html.of(Document("nl", "Huis", "Cijfers", "nu", (), (), (), (table,), ()))
    assert page.count(b"<tr>") == 7001
    assert days.passes < 20


def test_what_the_file_is_called_says_its_form(week: Run, tmp_path: Path) -> None:
    for name, begins in (("a.md", "# "), ("a.html", "<!DOCTYPE"), ("a.csv", "part,"), ("a.txt", "De Huis")):
        assert week("report", *DAYS, "-o", str(tmp_path / name))[0] == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_no_heading_of_a_new_room_stands_over_nothing(run: Run) -> None:
    lines = [line for line in report(run, "md").splitlines() if line.strip()]
    below = zip(lines, [*lines[1:], "# end"], strict=True)
    assert [line for line, next_one in below if line.startswith("## ") and next_one.startswith("#")] == []
    assert "Dag voor dag" not in report(run, "html")
