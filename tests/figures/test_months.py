"""A report of more than a quarter tells its months in print, and its days where a program reads them."""

import csv
import io
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from db import connection, figures, figures_months, figures_period
from db import room as rooms
from db.figures_names import Name
from hostdesk.reports.figures_over_time import OF_A_MONTH
from tests.board_commands.stories import done
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run
from tests.figures.reports import report

FORMS = ["txt", "md", "html", "pdf", "xlsx"]


def printed(run: Run, file: Path, *arguments: str) -> list[str]:
    """What people read of a report, line by line; of a workbook its first sheet."""
    done(run, "report", *arguments, "-o", str(file))
    match file.suffix:
        case ".pdf":
            if not shutil.which("pdftotext"):
                pytest.skip("pdftotext reads the PDF")
            said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
            return said.stdout.decode().splitlines()
        case ".xlsx":
            sheet = openpyxl.load_workbook(file).worksheets[0]
            return ["  ".join("" if one is None else str(one) for one in row) for row in sheet.values]
        case ".html":
            rows = file.read_text(encoding="utf-8").split("<tr")
            return [re.sub("<[^>]*>", " ", row.partition("</tr>")[0]) for row in rows]
    return file.read_text(encoding="utf-8").splitlines()


def row_of(lines: list[str], month: str) -> list[str]:
    """What stands in the row of this month."""
    (found,) = (line for line in lines if re.match(rf"[\W\s]*{month}[\s|]{{2,}}", line))
    return found.partition(month)[2].replace("|", " ").split()


@pytest.fixture
def winter(room_file: Path, run: Run, clock: FakeClock) -> Run:
    """Nobody opened in December, in January nobody came, February was shut, and in March there were seven."""
    clock.go_on_until(at("2027-01-05 12:30"))
    run("count")
    run("undo")
    connection.open(room_file)
    for day in range(28):
        rooms.close_day(date(2027, 2, 1) + timedelta(days=day), "verbouwing")
    connection.close()
    clock.go_on_until(at("2027-03-02 12:30"))
    run("count", "7")
    clock.go_on_until(at("2027-04-01 12:00"))
    return run


WINTER = "--from", "2026-12-01", "--to", "2027-03-31"


@pytest.mark.parametrize("form", FORMS)
def test_zero_shut_and_missing_months_are_three_things(winter: Run, tmp_path: Path, form: str) -> None:
    lines = printed(winter, tmp_path / f"winter.{form}", *WINTER)
    december, january, february, march = (
        row_of(lines, month) for month in ("december 2026", "januari 2027", "februari 2027", "maart 2027")
    )
    assert (december[0], february[0]) == ("ontbreekt", "dicht")
    assert (january[0], january[-2:]) == ("1", ["0", "0"])
    assert (march[0], march[-2:]) == ("1", ["7", "7"])
    assert "7" not in (december[-1], february[-1]) and len(december) == len(january) - 4
    assert not any("wo 2 dec 2026" in line for line in lines), "its days are in the spreadsheet"


def test_other_programs_read_the_months_with_why_there_is_no_number(winter: Run) -> None:
    months = {one["month"]: one["figures"] for one in report(winter, *WINTER)["months"]}
    visits = {month: one["visits"] for month, one in months.items()}
    assert {month: (one["value"], one.get("why")) for month, one in visits.items()} == {
        "2026-12": (None, "missing"),
        "2027-01": (0, None),
        "2027-02": (None, "closed"),
        "2027-03": (7, None),
    }
    assert months["2027-02"]["days_open"]["value"] == 0
    assert months["2026-12"]["days_open"]["value"] is None
    longer = report(winter, "--from", "2026-09-01", "--to", "2027-03-31")["months"]
    assert [one["month"] for one in longer] == ["2026-11", *visits], "before the room began there is none"
    rows = csv.DictReader(io.StringIO(done(winter, "report", *WINTER, "--format", "csv")))
    told = {row["name"]: (row["value"], row["status"]) for row in rows if row["part"] == "month_visits"}
    assert told == {
        "2026-12": ("", "missing"),
        "2027-01": ("0", "counted"),
        "2027-02": ("", "closed"),
        "2027-03": ("7", "counted"),
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_quarter_is_told_by_the_day(winter: Run, tmp_path: Path, form: str) -> None:
    lines = printed(winter, tmp_path / f"kwartaal.{form}", "--quarter", "2027-Q1")
    assert not any("Maand voor maand" in line for line in lines)
    assert any("di 2 mrt 2027" in line for line in lines) is (form != "xlsx")  # it has a sheet for them
    assert report(winter, "--quarter", "2027-Q1")["months"] == []


def test_the_days_of_a_long_period_are_where_a_program_reads_them(winter: Run, tmp_path: Path) -> None:
    assert len(report(winter, *WINTER)["days"]) == 121
    file = tmp_path / "winter.xlsx"
    done(winter, "report", *WINTER, "-o", str(file))
    sheet = openpyxl.load_workbook(file)["Dag voor dag"]
    assert ("di 2 mrt 2027", "open", 7) in [row[:3] for row in sheet.values]
    rows = csv.DictReader(io.StringIO(done(winter, "report", *WINTER, "--format", "csv")))
    assert len([row for row in rows if row["part"] == "day"]) == 121


@pytest.mark.parametrize(
    "period",
    [
        figures_period.year(2025),
        figures_period.year(2026),
        figures_period.between(date(2025, 3, 20), date(2026, 4, 2)),
    ],
)
def test_the_months_add_up_to_the_whole_and_are_what_their_own_report_says(
    demo_file: Path, period: figures_period.Period
) -> None:
    connection.open(demo_file)
    made = figures.of(period)
    months = figures_months.of(made)
    for name in (Name.VISITS, Name.DAYS_OPEN, Name.OPEN_HOURS, Name.SHIFTS_UNDERSTAFFED, Name.SHIFTS_MISSING):
        values = [month.figure(name).value for month in months]
        assert values.count(None) == 0 and sum(filter(None, values)) == pytest.approx(
            made.figures[name].value
        )
    for month in months:
        whole = figures_period.month_of(month.first)
        if period.from_day <= whole.from_day and whole.to_day <= period.to_day:
            alone = figures.of(whole)
            assert [month.figure(name) for name in OF_A_MONTH] == [alone.figures[name] for name in OF_A_MONTH]
    connection.close()


@pytest.fixture
def small(run: Run, clock: FakeClock) -> Run:
    """December had three visits, January twelve on two days, February nine, March twenty."""
    for day, n in (
        ("2026-12-02", 3), ("2027-01-05", 6), ("2027-01-06", 6), ("2027-02-02", 9), ("2027-03-02", 20),
    ):  # fmt: skip
        clock.go_on_until(at(f"{day} 12:30"))
        run("count", f"{n}")
    clock.go_on_until(at("2027-04-01 12:00"))
    return run


@pytest.mark.parametrize("form", FORMS)
def test_a_small_month_is_not_told_to_others_nor_by_its_neighbours(
    small: Run, tmp_path: Path, form: str
) -> None:
    lines = printed(small, tmp_path / f"winter.{form}", *WINTER, "--for", "fund")
    told = {
        month: row_of(lines, month)[-2:]
        for month in ("december 2026", "januari 2027", "februari 2027", "maart 2027")
    }
    sign = {"html": "&lt;5", "md": "\\<5"}.get(form, "<5")
    assert told == {
        "december 2026": ["–", sign],
        "januari 2027": ["6", "12"],
        "februari 2027": ["9", "9"],
        "maart 2027": ["–", "–"],
    }
    assert row_of(printed(small, tmp_path / f"zelf.{form}", *WINTER), "maart 2027")[-2:] == ["20", "20"]


def test_other_programs_are_not_told_it_either(small: Run, tmp_path: Path) -> None:
    read = report(small, *WINTER, "--for", "fund")
    assert [(one["hidden"], one["figures"]["visits"]["value"]) for one in read["months"]] == [
        ("small", None), (None, 12), (None, 9), ("beside", None),
    ]  # fmt: skip
    assert {one["figures"]["visits_per_day_open"]["value"] for one in read["months"]} == {None, 6, 9}
    days = {day["day"]: (day["visits"], day["hidden"]) for day in read["days"] if day["state"] == "open"}
    assert (days["2026-12-02"], days["2027-03-02"]) == ((None, "beside"), (None, "beside"))
    assert days["2027-01-05"] == (6, None)
    text = done(small, "report", *WINTER, "--for", "fund", "--format", "csv")
    told = [row for row in csv.DictReader(io.StringIO(text)) if row["part"] in ("month_visits", "day")]
    assert [row["value"] for row in told if row["part"] == "month_visits"] == ["<5", "12", "9", "–"]
    assert not [row for row in told if row["value"] in ("3", "20")]
    file = tmp_path / "winter.xlsx"
    done(small, "report", *WINTER, "--for", "fund", "-o", str(file))
    cells = [cell for row in openpyxl.load_workbook(file)["Dag voor dag"].values for cell in row]
    assert 6 in cells and 3 not in cells and 20 not in cells


def test_others_are_told_no_part_of_a_month_that_is_over(small: Run) -> None:
    """With the month's own report the rest of it would be a few days."""
    days = "--from", "2026-12-01", "--to", "2027-03-15"
    assert len(report(small, *days)["months"]) == 4
    assert report(small, *days, "--for", "fund")["months"] == []
    assert "Maand voor maand" not in done(small, "report", *days, "--for", "fund")


def test_a_month_of_an_earlier_tally_says_so(run: Run, tmp_path: Path, clock: FakeClock) -> None:
    file = tmp_path / "turflijst.csv"
    file.write_text("datum;aantal\n1-9-2026;4\n2-9-2026;8\n")
    done(run, "import", str(file), "--take-in")
    done(run, "count", "3")
    text = done(run, "report", "--year", "2026")
    assert row_of(text.splitlines(), "september 2026") == ["2", "6", "12"], "no hours, no shifts"
    assert "Uit een eerdere telling, waarvan verder niets bekend is: september 2026 2 dagen." in " ".join(
        text.split()
    )
    month = report(run, "--year", "2026")["months"][0]
    assert (month["earlier_days"], month["figures"]["open_hours"]["status"]) == (2, "not_measured")


@pytest.mark.parametrize("for_whom", [(), ("--for", "fund")])
def test_months_in_which_nobody_ever_opened_are_told_as_such(
    run: Run, tmp_path: Path, clock: FakeClock, for_whom: tuple[str, ...]
) -> None:
    clock.go_on_until(at("2027-05-01 12:00"))
    lines = printed(run, tmp_path / "leeg.txt", "--from", "2026-12-01", "--to", "2027-04-30", *for_whom)
    assert row_of(lines, "maart 2027")[0] == "ontbreekt"
    assert not any("Te weinig mensen" in line for line in lines), "nobody was counted at all"
