"""`hostdesk report`: a month's figures in the shell, as other programs read them and as people do."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.figures_names import MEANINGS, Name
from hostdesk import cli
from tests.board_commands.stories import done
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run
from tests.terminal import HOSTDESK, Terminal

AGREED = [
    "visits", "volunteer_arrivals", "first_visits", "open_hours", "shifts_missing", "sessions_held",
    "sessions_cancelled", "participations", "wishes_voiced", "wishes_fulfilled",
    "wishes_not_feasible", "wishes_open", "volunteer_led_share", "advice_asked", "advice_answered",
    "volunteers", "volunteer_hours", "cost_per_visit", "replacement_value_low",
    "replacement_value_high",
]  # fmt: skip


def report(run: Run, *arguments: str) -> dict[str, Any]:
    """What another program reads."""
    code, out, err = run("report", "--format", "json", *arguments)
    assert (code, err) == (0, "")
    read: dict[str, Any] = json.loads(out)
    return read


def values(read: dict[str, Any], *names: str) -> list[object]:
    return [read["figures"][name]["value"] for name in names]


def test_every_figure_that_was_agreed_is_there_with_its_meaning(run: Run) -> None:
    read = report(run)
    assert set(AGREED) <= set(read["figures"])
    assert (read["room"], read["from_day"], read["to_day"]) == ("De Huiskamer", "2026-11-01", "2026-11-30")
    for name in AGREED:
        figure = read["figures"][name]
        assert figure["definition"]
        assert figure["status"] in {"counted", "estimated", "sample", "not_measured"}
        assert (figure["value"] is None) == (figure["status"] == "not_measured")


def test_every_name_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Name)


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


@pytest.mark.parametrize("days", [("--year", "2026"), ("--month", "2026-11"), ("--week", "2026-W48")])
@pytest.mark.parametrize("form", ["pdf", "xlsx", "html"])
def test_every_kind_of_period_can_be_printed(
    run: Run, tmp_path: Path, clock: FakeClock, days: tuple[str, str], form: str
) -> None:
    """Before a year there is one other to stand beside, before a month there are two."""
    run("sample-week", "2026-W48")
    run("count", "9", "--first-time")
    clock.go_on_until(at("2026-12-01 12:00"))
    assert run("report", *days, "-o", str(tmp_path / f"cijfers.{form}"))[0] == 0


def test_before_there_was_a_room_nothing_was_measured(run: Run) -> None:
    read = report(run, "--year", "2020")
    assert {figure["status"] for figure in read["figures"].values()} == {"not_measured"}
    assert read["days"] == [], "they were not shut: there was no room"
    assert read["gaps"]["began_on"] == "2026-11-23"


def test_days_to_come_are_no_days_yet(run: Run) -> None:
    run("count")
    read = report(run, "--month", "2026-11")
    assert read["days"][-1]["day"] == "2026-11-23"
    assert read["gaps"]["ends_early"] == "2026-11-23"
    read = report(run, "--year", "2027")
    assert (read["days"], read["compared"], read["gaps"]["not_begun"]) == ([], [], True)
    assert {(one["value"], one["status"]) for one in read["figures"].values()} == {(None, "not_measured")}


@pytest.mark.parametrize("form", ["text", "md", "html", "csv", "pdf", "xlsx"])
def test_what_has_not_begun_is_said_in_every_form(run: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"maart.{form}"
    assert run("report", "--month", "2027-03", "--format", form, "-o", str(file))[0] == 0
    if form not in ("pdf", "xlsx"):
        assert "nog niet begonnen" in file.read_text(encoding="utf-8")
        assert "-100" not in file.read_text(encoding="utf-8")


def test_days_before_the_room_began_are_no_days_of_it(run: Run) -> None:
    run("count")
    read = report(run, "--month", "2026-11")
    assert [day["day"] for day in read["days"]] == ["2026-11-23"]
    text = run("report", "--month", "2026-11")[1]
    assert "De buurtkamer begon op ma 23 nov 2026: daarvoor is niets gemeten." in text
    assert "zo 22 nov 2026" not in text


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


def test_advice_over_the_turn_of_the_year_is_counted_once(run: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-12-30 12:00"))
    run("ask", "Wie betaalt de wol?")
    clock.go_on_until(at("2027-01-02 12:00"))
    run("advise", "1", "De winkel.")
    clock.go_on_until(at("2027-02-01 12:00"))
    names = "advice_asked", "advice_answered", "hours_to_answer"
    assert values(report(run, "--year", "2026"), *names) == [1, 0, None]
    assert values(report(run, "--year", "2027"), *names) == [0, 1, 72]
    assert values(report(run, "--from", "2026-12-01", "--to", "2027-01-31"), *names) == [1, 1, 72]


def test_who_begins_in_the_evening_missed_no_shift_that_day(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.go_on_until(at("2026-11-23 20:00"))
    file = str(tmp_path / "nieuw.db")
    for words in (["init", "--name", "Nieuw", "--language", "nl"], ["report", "--json"]):
        capsys.readouterr()
        assert cli.main([words[0], "--db", file, *words[1:]]) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["days"], read["gaps"]["shifts_planned"], read["gaps"]["shifts_missing"]) == ([], 0, 0)
    assert (read["figures"]["visits"]["value"], read["figures"]["visits"].get("why")) == (None, None)
    clock.go_on_until(at("2026-11-24 20:00"))
    assert cli.main(["report", "--db", file, "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert [(day["day"], day["state"]) for day in read["days"]] == [("2026-11-24", "missing")]


def test_a_year_without_week_53_says_so(run: Run) -> None:
    assert run("report", "--week", "2025-W53")[2] == (
        "hostdesk: 2025 heeft geen week 53: de laatste is week 52.\n"
    )


def test_a_morning_on_which_the_room_may_still_open_is_not_missing(run: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-24 09:00"))
    assert report(run, "--from", "2026-11-24")["days"] == []


def test_the_door_counts_visits_volunteers_and_first_visits_apart(run: Run) -> None:
    run("count", "5", "--first-time")
    run("count", "4", "--volunteer")
    run("count", "2")
    run("undo")
    run("leave", "3")
    run("headcount", "40")
    read = report(run, "--from", "2026-11-23")
    assert values(read, "visits", "volunteer_arrivals", "first_visits") == [5, 4, 5]


def test_hours_open_are_those_of_the_plan_until_a_host_closes(run: Run, clock: FakeClock) -> None:
    run("count")
    clock.go_on_until(at("2026-11-23 15:30"))
    assert values(report(run), "open_hours") == [5.5]
    clock.go_on_until(at("2026-11-24 16:45"))
    run("count")  # late, and nobody closed on Monday
    read = report(run)
    assert values(read, "open_hours", "shifts_held") == [13, 2]
    assert read["figures"]["open_hours"]["status"] == "estimated"


def test_outside_the_plan_the_room_was_open_from_the_first_to_the_last_count(
    run: Run, clock: FakeClock
) -> None:
    clock.go_on_until(at("2026-11-28 13:00"))
    run("count")
    clock.go_on_until(at("2026-11-28 14:30"))
    run("count")
    clock.go_on_until(at("2026-11-29 12:00"))
    run("count", "--help")
    assert values(report(run, "--from", "2026-11-28", "--to", "2026-11-28"), "open_hours") == [1.5]


def test_a_wish_is_followed_to_its_session(run: Run, clock: FakeClock) -> None:
    run("wish", "Samen", "breien")
    run("wish", "Zwemmen")
    clock.go_on(days=1)
    run("activity", "add", "Breiclub", "--starts", "2026-11-25 14:00", "--wish", "1", "--lead", "volunteer")
    read = report(run)
    assert values(read, "wishes_voiced", "wishes_fulfilled", "wishes_open") == [2, 0, 2]
    clock.go_on_until(at("2026-11-25 17:00"))
    assert values(report(run), "sessions_held", "sessions_unknown", "participations") == [0, 1, None]
    run("activity", "attend", "1", "7")
    assert run("move", "w2", "not_feasible", "--reason", "geen bad")[0] == 0
    read = report(run)
    assert values(read, "wishes_voiced", "wishes_fulfilled", "wishes_not_feasible", "wishes_open") == [
        2,
        1,
        1,
        0,
    ]
    assert values(read, "sessions_held", "participations", "days_to_first_session") == [1, 7, 2]
    share = read["figures"]["volunteer_led_share"]
    assert (share["value"], share["out_of"], share["unknown"]) == (1, 1, 0)


def test_sessions_of_which_nobody_knows_who_led_stand_apart(run: Run, clock: FakeClock) -> None:
    for number, lead in enumerate(("volunteer", "neighbour", "together", "professional", "unknown"), 1):
        run("activity", "add", f"Koffie {number}", "--starts", "2026-11-23 14:30", "--lead", lead)
    clock.go_on(hours=3)
    for number in range(1, 6):
        run("activity", "attend", f"{number}", "2")
    share = report(run)["figures"]["volunteer_led_share"]
    assert (share["value"], share["out_of"], share["unknown"]) == (0.5, 4, 1)


def test_advice_is_asked_and_answered(run: Run, clock: FakeClock) -> None:
    run("ask", "Wie", "betaalt", "de", "wol?")
    run("ask", "Mag", "dit?")
    clock.go_on(hours=6)
    run("advise", "1", "De", "winkel.")
    read = report(run)
    assert values(read, "advice_asked", "advice_answered", "hours_to_answer") == [2, 1, 6]


def test_after_advice_the_lead_stays_where_it_is_or_not(run: Run, clock: FakeClock) -> None:
    run("wish", "Samen breien")
    for number, title in enumerate(("Breien", "Schaken", "Fietsen"), 1):
        extra = ("--wish", "1") if number == 1 else ()
        run("activity", "add", title, "--starts", f"2026-11-2{3 + number} 10:00", *extra)
    run("ask", "Van voor de vraag?", "--wish", "1")  # it has an activity by now
    run("ask", "Hoe leer je een opening?", "--activity", "2")
    run("ask", "Mag dat op straat?", "--activity", "3")
    run("ask", "Wie betaalt de koffie?")  # about no activity
    assert report(run)["figures"]["lead_stayed_share"]["status"] == "not_measured"
    clock.go_on(hours=1)
    for number in "1234":
        assert run("advise", number, "Zo.")[0] == 0
    share = report(run)["figures"]["lead_stayed_share"]
    assert (share["value"], share["out_of"], share["unknown"]) == (1, 3, 1)
    run("activity", "change", "1", "--lead", "neighbour")  # nobody of outside took it over
    run("activity", "change", "2", "--lead", "professional")
    clock.go_on_until(at("2026-11-26 17:00"))
    run("activity", "attend", "3", "8", "--lead", "together")
    share = report(run)["figures"]["lead_stayed_share"]
    assert (share["value"], share["out_of"]) == (pytest.approx(1 / 3, abs=1e-4), 3)
    assert report(run, "--from", "2026-11-23", "--to", "2026-11-25")["figures"]["lead_stayed_share"][
        "value"
    ] == pytest.approx(2 / 3, abs=1e-4), "by then the third was not led otherwise yet"


def test_a_session_that_was_over_before_a_wish_was_voiced_did_not_make_it_true(
    run: Run, clock: FakeClock
) -> None:
    """An activity is written down when it has met already: a wish of today comes true next week."""
    clock.go_on_until(at("2026-11-24 15:00"))
    done(run, "wish", "Samen breien")
    weekly = ("--starts", "2026-11-24 10:00", "--repeat", "weekly")
    done(run, "activity", "add", "Breiclub", *weekly, "--wish", "1")
    done(run, "activity", "attend", "1", "7")
    assert values(report(run), "sessions_held", "wishes_fulfilled", "wishes_open") == [1, 0, 1]
    clock.go_on_until(at("2026-12-01 15:00"))
    done(run, "activity", "attend", "2", "9")
    december = report(run, "--month", "2026-12")
    assert values(december, "wishes_fulfilled", "wishes_open", "days_to_first_session") == [1, 0, 7]
    assert values(report(run, "--month", "2026-11"), "wishes_fulfilled", "wishes_open") == [0, 1]


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        (("--month", "2024-02"), ("2024-02-01", "2024-02-29")),
        (("--year", "2025"), ("2025-01-01", "2025-12-31")),
        (("--quarter", "2025-Q4"), ("2025-10-01", "2025-12-31")),
        (("--quarter", "2025-k1"), ("2025-01-01", "2025-03-31")),
        (("--week", "2026-W53"), ("2026-12-28", "2027-01-03")),
        (("--from", "1-11-2026", "--to", "15-11-2026"), ("2026-11-01", "2026-11-15")),
        (("--from", "1-10", "--to", "5-10"), ("2026-10-01", "2026-10-05")),
        (("--from", "20-12", "--to", "5-1"), ("2025-12-20", "2026-01-05")),
        (("--from", "1-11", "--to", "30-11"), ("2026-11-01", "2026-11-30")),
        (("--from", "vr", "--to", "zo"), ("2026-11-20", "2026-11-22")),
        (("--from", "2025-10-01", "--to", "gisteren"), ("2025-10-01", "2026-11-22")),
        (("--from", "1-11", "--to", "morgen"), ("2026-11-01", "2026-11-24")),
    ],
)
def test_periods(run: Run, arguments: tuple[str, ...], days: tuple[str, str]) -> None:
    read = report(run, *arguments)
    assert (read["from_day"], read["to_day"]) == days


@pytest.mark.parametrize(
    "arguments",
    [
        ("--month", "2026-13"),
        ("--month", "november"),
        ("--year", "20260"),
        ("--year", "0001"),
        ("--week", "2025-W53"),
        ("--quarter", "2026-Q5"),
        ("--from", "2026-11-15", "--to", "2026-11-01"),
        ("--from", "31-2-2026"),
        ("--to", "2026-11-01"),
    ],
)
def test_periods_that_are_none(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run("report", *arguments)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--month", "9999-12"),
        ("--month", "0000-01"),
        ("--year", "0000"),
        ("--quarter", "9999-Q4"),
        ("--week", "0000-W01"),
        ("--from", "0001-01-01"),
        ("--from", "2026-01-01", "--to", "9999-12-31"),
    ],
)
def test_another_age_is_said_to_be_one(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run("report", *arguments)
    assert (code, out, err) == (1, "", "hostdesk: Kies dagen tussen 1900 en 2199.\n")


def test_what_is_no_form_of_a_report_is_said_with_those_that_are(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cijfers.docx"
    code, out, err = run("report", "-o", str(file))
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert all(
        ending in err for ending in (".docx", ".txt", ".md", ".csv", ".json", ".html", ".xlsx", ".pdf")
    )
    assert not file.exists()
    assert run("report", "--format", "text", "-o", str(file))[0] == 0
    assert run("report", "-o", str(tmp_path / "cijfers"))[0] == 0


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_what_is_no_text_does_not_go_to_a_terminal(room_file: Path, form: str) -> None:
    with Terminal([*HOSTDESK, "--db", str(room_file), "report", "--format", form]) as shell:
        shell.wait(f"Een terminal kan geen {form} tonen")
        assert shell.wait_for_exit() == 1


def test_what_a_room_is_offered_is_said_in_the_language_of_the_report(run: Run) -> None:
    done(run, "count", "10", "--reason", "inloop")
    done(run, "count", "12", "--reason", "eten")
    done(run, "count", "30")
    for title, theme in (("Soep", "eten"), ("Breien", "creatief"), ("Yoga", "Yin")):
        done(run, "activity", "add", title, "--theme", theme, "--starts", "23-11 10:00")
    for session in "123":
        done(run, "activity", "attend", session, "7")
    dutch, english = (done(run, "report", "--language", language) for language in ("nl", "en"))
    for ours, theirs in (("inloop", "drop-in"), ("eten", "meal"), ("eten", "food"), ("creatief", "creative")):
        assert re.search(rf"^{ours} +\d+$", dutch, re.MULTILINE)
        assert re.search(rf"^{theirs} +\d+$", english, re.MULTILINE)
        assert not re.search(rf"^{ours} +\d+$", english, re.MULTILINE)
    assert re.search(r"^Yin +7$", english, re.MULTILINE), "the room's own word stays"


def test_what_the_columns_are_stands_above_them(run: Run) -> None:
    done(run, "count", "12")
    done(run, "costs", "add", "2026", "Huur", "6000")
    text = done(run, "report")
    for heads in (
        r"^jaarkosten +jaar +bedrag$",
        r"^weekdag +dagen open +bezoeken per dag$",
        r"^dag +de buurtkamer was +bezoeken$",
    ):
        assert re.search(heads, text, re.MULTILINE), heads
    assert max(map(len, text.splitlines())) <= 80


def test_people_read_what_is_missing_before_any_number(run: Run, clock: FakeClock) -> None:
    run("count", "3")
    clock.go_on_until(at("2026-11-27 20:00"))
    code, out, err = run("report", "--month", "2026-11")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "De Huiskamer · Cijfers van november 2026"
    gap = next(number for number, line in enumerate(lines) if "4 van de 5 geplande diensten" in line)
    assert gap < next(number for number, line in enumerate(lines) if line.startswith("Bezoeken "))
    assert "Dat is een derde of meer" in out
    assert "ontbreekt" in out
    assert "niet ingevuld" in out
    assert max(map(len, lines)) <= 80


def test_it_is_given_in_english_too(run: Run) -> None:
    for _ in range(3):
        run("count", "400")
    _, dutch, _ = run("report", "--language", "nl")
    _, english, _ = run("report", "--language", "en")
    assert "1.200  geteld" in dutch
    assert "1,200  counted" in english
    assert "Figures of November 2026" in english


def test_it_is_written_into_a_file_by_its_name(run: Run, tmp_path: Path) -> None:
    run("count")
    file = tmp_path / "cijfers.json"
    assert run("report", "-o", str(file))[0] == 0
    assert json.loads(file.read_bytes())["figures"]["visits"]["value"] == 1
    text = tmp_path / "cijfers.txt"
    assert run("report", "-o", str(text))[0] == 0
    assert "Bezoeken" in text.read_text(encoding="utf-8")


def test_the_desk_starts_without_the_figures() -> None:
    code = "import sys, hostdesk.app; print([name for name in sys.modules if 'figures' in name])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_it_stands_beside_the_former_period_and_the_same_one_last_year(run: Run, clock: FakeClock) -> None:
    run("count", "3")
    clock.go_on_until(at("2026-12-01 12:00"))
    run("count", "2")
    clock.go_on_until(at("2027-01-02 12:00"))
    read = report(run, "--month", "2026-12")
    assert [(other["from_day"], other["to_day"]) for other in read["compared"]] == [
        ("2026-11-01", "2026-11-30"),
        ("2025-12-01", "2025-12-31"),
    ]
    assert read["compared"][0]["figures"]["visits"] == {
        "value": 3,
        "difference": -1,
        "trend": "incomparable",  # most shifts are missing
        "status": "counted",
    }
    assert read["compared"][1]["figures"]["visits"]["value"] is None
    assert "Vergeleken met november 2026" in run("report", "--month", "2026-12")[1]


def test_a_year_has_one_year_before_it_and_is_compared_once(run: Run, clock: FakeClock) -> None:
    run("count", "4")
    clock.go_on(days=365)
    run("count", "4")
    compared = report(run, "--year", "2027")["compared"]
    assert [one["from_day"] for one in compared] == ["2026-01-01"]


def test_it_says_what_a_weekday_brings_over_the_days_open(run: Run, clock: FakeClock) -> None:
    for day, n in (("2026-11-24", 10), ("2026-12-01", 5), ("2026-12-02", 8)):  # two Tuesdays, a Wednesday
        clock.go_on_until(at(f"{day} 12:30"))
        run("count", f"{n}")
    read = report(run, "--from", "2026-11-24", "--to", "2026-12-02")
    assert [(one["days_open"], one["visits_per_day_open"]) for one in read["by_weekday"]] == [
        (0, None), (2, 7.5), (1, 8), (0, None), (0, None), (0, None), (0, None),
    ]  # fmt: skip
    assert read["hours"] == {"12": 23}
    assert "dinsdag" in run("report", "--from", "2026-11-24", "--to", "2026-12-02")[1]


def test_who_was_here_when_heads_were_counted(run: Run) -> None:
    assert report(run)["figures"]["present_at_headcounts"]["status"] == "not_measured"
    for n in ("12", "0", "99"):
        run("headcount", n)
    run("undo")
    present = report(run)["figures"]["present_at_headcounts"]
    assert (present["value"], present["out_of"]) == (6, 2)
