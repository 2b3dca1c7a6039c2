"""Zero, shut, missing and not measured are four different things, in every form of a report."""

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.board_commands.stories import done
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run
from tests.figures.reports import report, values


def test_zero_shut_missing_and_not_measured_are_four_things(run: Run, clock: FakeClock) -> None:
    run("count", "3")  # Monday
    clock.go_on_until(at("2026-11-24 12:00"))
    run("count")
    run("undo")  # Tuesday: somebody was there, and nobody came
    clock.go_on_until(at("2026-11-28 12:00"))  # Wednesday to Friday: nobody opened; Saturday: shut
    read = report(run, "--from", "2026-11-23", "--to", "2026-11-28")
    assert [(day["day"][-2:], day["state"], day["visits"]) for day in read["days"]] == [
        ("23", "open", 3),
        ("24", "open", 0),
        ("25", "missing", None),
        ("26", "missing", None),
        ("27", "missing", None),
        ("28", "closed", None),
    ]
    assert values(read, "visits", "days_open", "visits_per_day_open", "shifts_missing") == [3, 2, 1.5, 3]
    assert read["figures"]["visits_per_day_open"]["out_of"] == 2
    assert read["figures"]["first_visits"]["status"] == "not_measured"
    assert read["gaps"]["shifts_missing"] == 3


def test_where_nobody_was_there_are_no_visits_and_not_zero(run: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-28 12:00"))
    read = report(run, "--from", "2026-11-24", "--to", "2026-11-26")
    assert values(read, "visits", "volunteer_arrivals", "visits_per_day_open") == [None, None, None]
    assert values(read, "days_open", "open_hours", "shifts_held", "shifts_missing") == [None, None, None, 3]
    why = {name: figure.get("why") for name, figure in read["figures"].items() if figure["value"] is None}
    assert {why[name] for name in ("visits", "days_open", "open_hours", "volunteer_hours")} == {"missing"}
    assert (why["hours_to_answer"], why["cost_per_visit"]) == ("nothing_to_measure", "not_filled_in")


def test_a_period_in_which_the_room_was_shut_was_open_for_no_hours(run: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-30 12:00"))
    read = report(run, "--from", "2026-11-28", "--to", "2026-11-29")
    assert values(read, "days_open", "open_hours", "shifts_held", "shifts_missing") == [0, 0, 0, 0]
    visits = read["figures"]["visits"]
    assert (visits["value"], visits["status"], visits["why"]) == (None, "not_measured", "closed")


def test_what_is_divided_by_nothing_was_filled_in(run: Run, clock: FakeClock) -> None:
    done(run, "costs", "add", "2026", "huur", "3650")
    run("count")
    run("undo")
    clock.go_on_until(at("2026-11-28 12:00"))
    for days, why in (
        (("2026-11-23", "2026-11-23"), "divided_by_zero"),
        (("2026-11-24", "2026-11-25"), "missing"),
    ):
        cost = report(run, "--from", days[0], "--to", days[1])["figures"]["cost_per_visit"]
        assert (cost["value"], cost["why"]) == (None, why)


def test_of_nothing_there_is_no_middle_value_or_share_and_that_is_not_unmeasured(run: Run) -> None:
    found = report(run)["figures"]
    names = ("days_to_first_session", "hours_to_answer", "lead_stayed_share", "volunteer_led_share")
    assert {found[name].get("why") for name in names} == {"nothing_to_measure"}
    assert "niets te meten" in run("report")[1]
    run("ask", "Wie betaalt de koffie?")
    run("advise", "1", "De gemeente.")
    found = report(run)["figures"]
    assert found["hours_to_answer"]["value"] == 0
    assert found["lead_stayed_share"]["why"] == "nothing_to_measure"  # it is about no activity


@pytest.mark.parametrize(
    "starts", ["2026-11-23 10:00", "2026-11-22 14:00"], ids=["this morning", "yesterday"]
)
def test_a_wish_that_is_written_down_after_its_session_came_true_as_the_board_says(
    run: Run, starts: str
) -> None:
    done(run, "wish", "Breien")
    done(run, "activity", "add", "Brei", "--starts", starts, "--wish", "1")
    done(run, "activity", "attend", "1", "7")
    assert json.loads(done(run, "board", "--json"))["wishes"][0]["state"] == "done"
    read = report(run)
    assert values(read, "wishes_fulfilled", "wishes_open", "days_to_first_session") == [1, 0, 0]


def of_visits(file: Path, label: str) -> str:
    """The line of the visits in a report, whatever its form."""
    match file.suffix:
        case ".csv":
            with file.open(encoding="utf-8", newline="") as lines:
                row = next(row for row in csv.DictReader(lines) if row["name"] == "visits")
            return " ".join(row[name] for name in ("value", "status", "former_status", "year_before_status"))
        case ".xlsx":
            sheet = openpyxl.load_workbook(file).worksheets[0]
            row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == label)
            return " ".join(str(cell) for cell in row[1:] if cell is not None)
        case ".pdf":
            text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
            return " ".join(text.partition(f"\n{label}\n")[2].partition(f"\n{label} ")[0].split())
        case ".html":
            row = file.read_text(encoding="utf-8").partition(f"<bdi>{label}</bdi>")[2].partition("</tr>")[0]
            return " ".join(re.findall(r"<bdi>(.*?)</bdi>", row))
        case _:
            lines = file.read_text(encoding="utf-8").splitlines()
            return next(line.strip("| ") for line in lines if line.strip("| ").startswith(f"{label} "))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("form", ["txt", "md", "html", "csv", "xlsx", "pdf"])
def test_every_form_tells_missing_from_shut_from_zero_from_not_measured(
    run: Run, clock: FakeClock, tmp_path: Path, form: str, language: str
) -> None:
    """On Monday nobody came, on Tuesday nobody opened, on Saturday it was shut; before there was no room."""
    if form == "pdf" and not shutil.which("pdftotext"):
        pytest.skip("pdftotext reads the PDF")
    run("count")
    run("undo")
    clock.go_on_until(at("2026-12-01 12:00"))
    words = {
        "csv": ("0 counted", "missing", "closed", "not_measured"),
        "nl": ("0 geteld", "ontbreekt", "dicht", "niet gemeten"),
        "en": ("0 counted", "missing", "shut", "not measured"),
    }["csv" if form == "csv" else language]
    for day, state in zip(("23", "24", "28", "22"), words, strict=True):
        file = tmp_path / f"{day}.{form}"
        days = "--from", f"2026-11-{day}", "--to", f"2026-11-{day}"
        done(run, "report", *days, "--language", language, "-o", str(file))
        said = of_visits(file, {"nl": "Bezoeken", "en": "Visits"}[language])
        assert state in " ".join(said.replace("|", " ").split())
        if form != "txt" and day in ("23", "24"):  # text has it in a part of its own
            assert {"23": words[3], "24": words[0].split()[form == "csv"]}[day] in said, "the day before"
        if form != "txt" and day == "24":
            assert words[3] in said, "a year before"


def test_in_text_a_period_of_which_nothing_is_known_is_one_sentence(run: Run, clock: FakeClock) -> None:
    run("count")
    clock.go_on_until(at("2026-12-01 12:00"))
    text = done(run, "report", "--month", "2026-11")
    assert text.count("Toen is niets gemeten.") == 2
    text = done(run, "report", "--from", "2026-11-24", "--to", "2026-11-24")
    then = text.partition("Vergeleken met ma 23 nov 2026")[2].partition("Vergeleken met")[0]
    assert re.search(r"^Bezoeken +1  niet te vergelijken", then, re.MULTILINE)
    assert re.search(r"^Eerste keer +niet gemeten", then, re.MULTILINE)


def test_what_was_said_of_a_shift_that_nobody_opened_is_a_gap(run: Run, clock: FakeClock) -> None:
    run("activity", "add", "Soep", "--starts", "2026-11-24 14:00", "--lead", "volunteer")
    run("count")
    clock.go_on_until(at("2026-11-25 12:00"))  # on Tuesday nobody opened
    run("activity", "attend", "1", "7")
    read = report(run)
    assert read["gaps"]["sessions_unopened"] == 1
    assert any("dienst die niemand opende: die telt mee" in said for said in read["gaps"]["sentences"])
    assert not any("uren bevestigd" in said for said in read["gaps"]["sentences"])
    assert values(read, "sessions_held", "participations") == [1, 7]
    assert report(run, "--from", "2026-11-23", "--to", "2026-11-23")["gaps"]["sessions_unopened"] == 0


def test_hours_of_a_shift_that_nobody_opened_count_as_estimated(run: Run, clock: FakeClock) -> None:
    done(run, "person", "add", "Nadia", "--kind", "host")
    for day in ("2026-11-24", "2026-11-25"):
        done(run, "duty", "add", "Nadia", day)
    clock.go_on_until(at("2026-11-24 12:00"))
    run("count")  # on Wednesday nobody opened
    clock.go_on_until(at("2026-11-26 12:00"))
    for day in ("2026-11-24", "2026-11-25"):
        done(run, "duty", "hours", "Nadia", day)
    for days, hours, status, unopened in (
        (("2026-11-24", "2026-11-24"), 6.5, "counted", 0),
        (("2026-11-25", "2026-11-25"), 6.5, "estimated", 1),
        (("2026-11-24", "2026-11-25"), 13, "estimated", 1),
    ):
        read = report(run, "--from", days[0], "--to", days[1])
        figure = read["figures"]["volunteer_hours"]
        assert (figure["value"], figure["status"]) == (hours, status)
        assert read["gaps"]["duties_unopened"] == unopened
        said = [sentence for sentence in read["gaps"]["sentences"] if "als geraamd" in sentence]
        assert len(said) == unopened
    assert "een dienst die niemand opende" in figure["definition"]


def test_a_morning_on_which_the_room_may_still_open_is_not_missing(run: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-24 09:00"))
    assert report(run, "--from", "2026-11-24")["days"] == []
