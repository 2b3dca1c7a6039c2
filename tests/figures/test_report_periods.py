"""The days of a report: how they are named, before there was a room, after today, and beside which others."""

import json
from pathlib import Path

import pytest

from hostdesk import cli
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run
from tests.figures.reports import report


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
    ("line", "like"),
    [
        (("report", "--month", ""), "2026-11"),
        (("report", "--week", " "), "2026-W48"),
        (("report", "--quarter", ""), "2026-Q4"),
        (("report", "--year", ""), "2026"),
        (("sample-week", "add", ""), "2026-W48"),
    ],
)
def test_nothing_is_not_said_to_be_no_period(run: Run, line: tuple[str, ...], like: str) -> None:
    assert run(*line) == (1, "", f"hostdesk: Zeg welke, zoals {like}.\n")


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
