"""The costs: filled in by the coordinator, and otherwise not there; never 0, and no rate of our own."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from db import costs
from db.errors import NotPossible
from db.room import Room
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run

COSTS = (
    "cost_per_visit",
    "cost_per_open_hour",
    "cost_per_participation",
    "replacement_value_low",
    "replacement_value_high",
)


def figures(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run("report", "--json", *arguments)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)["figures"]
    return found


@pytest.fixture
def served(run: Run, clock: FakeClock) -> Run:
    """100 visits; Nadia was there for 6.5 hours, and Karim is said to be by the plan alone."""
    run("person", "add", "Nadia", "--kind", "host")
    run("person", "add", "Karim", "--kind", "host")
    run("duty", "add", "Nadia", "2026-11-24")
    run("duty", "add", "Karim", "2026-11-24")
    clock.go_on_until(at("2026-11-24 12:00"))
    run("count", "100")
    clock.go_on_until(at("2026-11-24 17:00"))
    assert run("duty", "hours", "Nadia", "vandaag")[0] == 0
    return run


def test_what_is_not_filled_in_is_never_0(served: Run) -> None:
    found = figures(served)
    assert {found[name]["value"] for name in COSTS} == {None}
    assert "niet ingevuld" in served("report")[1]
    assert "€ 0" not in served("report")[1]


def test_a_month_costs_its_part_of_the_year(served: Run) -> None:
    served("costs", "add", "2026", "Huur", "6.000")
    served("costs", "add", "2026", "Beroepskracht", "--hours", "23,5", "--rate", "€ 55")
    a_year = 6000 + 23.5 * 55
    found = figures(served, "--from", "2026-11-23", "--to", "2026-11-24")
    assert found["cost_per_visit"]["value"] == round(a_year * 2 / 365 / 100, 2)
    assert found["cost_per_open_hour"]["value"] == round(a_year * 2 / 365 / 6.5, 2)
    none = found["cost_per_participation"]  # nobody took part in anything
    assert (none["value"], none["why"]) == (None, "divided_by_zero")
    assert "niet te berekenen: gedeeld door 0" in served("report")[1]
    assert found["cost_per_visit"]["status"] == "estimated"


def test_a_year_without_costs_makes_none_of_both(served: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2027-01-09 17:00"))
    served("costs", "add", "2026", "Huur", "6000")
    found = figures(served, "--from", "2026-11-23", "--to", "2027-01-09")
    assert (found["cost_per_visit"]["value"], found["cost_per_visit"]["why"]) == (None, "not_filled_in")
    served("costs", "add", "2027", "Huur", "1000")
    found = figures(served, "--from", "2026-11-23", "--to", "2027-01-09")
    expected = 6000 * 39 / 365 + 1000 * 9 / 365
    assert found["cost_per_visit"]["value"] == round(expected / 100, 2)


def test_a_room_costs_nothing_before_it_was_there(run: Run) -> None:
    """Ten visits on its first day stand beside what that day costs, not beside a year of rent."""
    run("count", "10")
    run("costs", "add", "2026", "Huur", "36500")
    assert figures(run, "--year", "2026")["cost_per_visit"]["value"] == 10
    assert "De kosten gaan over de 1 dag dat de buurtkamer er was." in run("report", "--year", "2026")[1]
    assert "De kosten gaan" not in run("report", "--from", "2026-11-23", "--to", "2026-11-23")[1]


def test_costs_go_over_the_days_of_what_stands_beside_them(
    run: Run, clock: FakeClock, tmp_path: Path
) -> None:
    """An earlier tally has visits and no hours; what it has no lines of costs nothing."""
    days = [f"2026-10-{number:02};10" for number in (5, 6, 7, 8, 9, 12, 13)]  # a weekend between them
    (tmp_path / "turf.csv").write_text("\n".join(["2026-03-02;10", *days]))
    assert run("import", str(tmp_path / "turf.csv"), "--take-in")[0] == 0
    clock.go_on_until(at("2026-11-24 12:00"))
    run("count", "20")
    clock.go_on_until(at("2026-11-24 20:00"))
    run("costs", "add", "2026", "Huur", "36500")
    found = figures(run, "--year", "2026")
    tallied, here = 1 + 9, 2
    assert found["cost_per_visit"]["value"] == round((tallied + here) * 100 / 100, 2)
    assert found["cost_per_open_hour"]["value"] == round(here * 100 / found["open_hours"]["value"], 2)
    said = " ".join(run("report", "--year", "2026")[1].split())
    assert "De kosten per bezoek gaan over de 12 dagen waarvan de bezoeken bekend zijn." in said
    assert "De kosten per uur open gaan over de 2 dagen waarvan de uren bekend zijn." in said
    assert "over de 0 dagen" not in " ".join(run("report", "--month", "2026-10")[1].split()), (
        "no hours: no sentence"
    )
    march = figures(run, "--month", "2026-03")
    assert (march["cost_per_visit"]["value"], march["cost_per_open_hour"]["value"]) == (10, None)


def test_the_replacement_value_is_a_range_and_says_whose_rate(served: Run) -> None:
    served("costs", "rate", "2025", "18,50", "--source", "de gemeente")
    found = figures(served)
    confirmed, planned = 6.5, 6.5
    assert found["replacement_value_low"]["value"] == confirmed * 18.5
    assert found["replacement_value_high"]["value"] == (confirmed + planned) * 18.5
    text = " ".join(served("report")[1].split())
    assert "wordt gerekend met € 18,50 vanaf 2025, volgens de gemeente." in text
    assert "geen kosten-batenanalyse" in text
    page = served("report", "--format", "html")[1]
    assert "volgens de gemeente" in page and '<th scope="col">jaarkosten' not in page, "it is no cost"


def test_hours_of_two_years_are_not_all_reckoned_at_the_rate_of_the_last(
    served: Run, clock: FakeClock
) -> None:
    clock.go_on_until(at("2027-01-10 12:00"))
    days = ("--from", "2020-11-01", "--to", "2027-01-09")
    served("costs", "rate", "2025", "10", "--source", "de gemeente")
    assert figures(served, *days)["replacement_value_low"]["value"] == 65
    served("costs", "rate", "2027", "20", "--source", "de gemeente")
    found = figures(served, *days)["replacement_value_low"]
    assert found["value"] is None and "voor al deze dagen" in found["definition"]
    text = " ".join(served("report", *days)[1].split())
    assert "meer dan één tarief" in text and "20,00" not in text
    assert found["why"] == "several_rates", "both are filled in"
    assert figures(served, "--year", "2024")["replacement_value_low"]["why"] != "several_rates"
    assert figures(served, "--year", "2026")["replacement_value_low"]["value"] == 65


def test_sessions_that_volunteers_led_are_in_the_highest_value_only(served: Run, clock: FakeClock) -> None:
    served("costs", "rate", "2026", "10", "--source", "de gemeente")
    before = figures(served)
    for lead in ("neighbour", "professional"):
        served("activity", "add", f"Koffie {lead}", "--starts", "2026-11-25 10:00", "--lead", lead)
    clock.go_on_until(at("2026-11-25 17:00"))
    served("activity", "attend", "1", "7")
    served("activity", "attend", "2", "7")
    after = figures(served)
    assert after["replacement_value_low"] == before["replacement_value_low"]
    assert after["replacement_value_high"]["value"] == before["replacement_value_high"]["value"] + 2 * 10


def test_a_rate_holds_until_a_newer_one_and_never_before(room: Room) -> None:
    costs.choose_rate(2024, "17", "de gemeente")
    costs.choose_rate(2026, "19", "het fonds")
    found = [costs.rate_on(at(f"{year}-06-01 12:00").date()) for year in (2023, 2024, 2025, 2026, 2027)]
    assert [rate and rate.cents for rate in found] == [None, 1700, 1700, 1900, 1900]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("6000", 600000),
        ("6.000", 600000),
        ("6.000,00", 600000),
        ("1,234.56", 123456),
        ("€ 12,5", 1250),
        ("12.50", 1250),
        ("1 250", 125000),
        ("0,01", 1),
    ],
)
def test_amounts_as_people_write_them(text: str, cents: int) -> None:
    assert costs.cents(text) == cents


@pytest.mark.parametrize(
    "text", ["", "0", "-5", "1e3", "duizend", "1.2.3", "12,345,6", "٣", "99999999999", "1.23,45"]
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(NotPossible):
        costs.cents(text)


def test_lines_are_shown_and_taken_off(run: Run) -> None:
    run("costs", "add", "2026", "Huur", "6000")
    run("costs", "add", "2026", "Koffie", "450,25")
    code, out, _ = run("costs", "show")
    assert code == 0
    assert "2  Koffie  € 450,25" in out.splitlines()
    assert "Samen: € 6.450,25" in out
    assert "Het uurtarief is niet ingevuld." in out
    assert run("costs", "remove", "1")[0] == 0
    facts = json.loads(run("costs", "show", "2026", "--json")[1])
    assert [line["name"] for line in facts["lines"]] == ["Koffie"]
    assert facts["of_these_days"] == 450.25
    assert facts["hourly_rate"] is None
    assert run("costs", "remove", "1")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "2026", "Huur"),
        ("add", "2026", "Huur", "5", "--hours", "3", "--rate", "4"),
        ("add", "2026", "Huur", "--hours", "3"),
        ("add", "26", "Huur", "5"),
        ("add", "2026", "", "5"),
        ("rate", "2026", "5", "--source", " "),
        ("show", "99999"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run("costs", *arguments)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1


def test_the_same_line_is_not_added_twice(run: Run) -> None:
    """Who enters the rent again has forgotten that it stands there: it would count double."""
    assert run("costs", "add", "2026", "Huur", "6000")[0] == 0
    code, out, err = run("costs", "add", "2026", "huur", "6000")
    assert (code, out) == (1, "")
    assert "staat er al voor 2026" in err
    assert run("costs", "add", "2027", "Huur", "6000")[0] == 0


def test_a_csv_has_what_the_costs_are_made_of_and_whose_rate_it_is(run: Run) -> None:
    run("costs", "add", "2026", "=Huur", "6000")
    run("costs", "add", "2026", "Professional", "--hours", "100", "--rate", "55")
    run("costs", "rate", "2026", "18,50", "--source", "de gemeente")
    code, out, _ = run("report", "--format", "csv")
    assert code == 0
    read = [row for row in csv.DictReader(io.StringIO(out)) if row["part"] in {"cost", "hourly_rate"}]
    assert [(row["name"], row["label"], row["value"]) for row in read] == [
        ("2026", "'=Huur", "6000.0"),
        ("2026", "Professional, 100 uur à € 55,00", "5500.0"),
        ("2026", "de gemeente", "18.5"),
    ]
