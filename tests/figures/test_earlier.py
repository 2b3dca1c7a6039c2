"""Tallies from before the program: they count where the door ledger knows nothing, and can be taken back."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from db import clock as clocks
from db import door, duties, figures, figures_period
from db.figure_models import EarlierCount, EarlierImport
from db.figures_days import DayState
from db.figures_names import Name, Status
from db.room import Room
from hostdesk import words
from hostdesk.reports import figures_csv, figures_document, figures_json
from hostdesk.words import figures as figure_words
from tests.clocks import FakeClock, at


def tally(*days: tuple[str, int], hour: int | None = None) -> int:
    """A file with so many visits on these days; the number of its import."""
    taken_in: int = EarlierImport.insert(file="turflijst.csv", imported_at=clocks.now()).execute()
    for day, visits in days:
        EarlierCount.insert(import_=taken_in, day=date.fromisoformat(day), hour=hour, visits=visits).execute()
    return taken_in


def made(first: str, last: str) -> figures.Figures:
    return figures.of(figures_period.between(date.fromisoformat(first), date.fromisoformat(last)))


def test_days_before_the_program_have_their_visits_and_nothing_else(room: Room) -> None:
    tally(("2025-03-03", 20), ("2025-03-04", 31))
    found = made("2025-03-01", "2025-03-31")
    measured = {name: figure.value for name, figure in found.figures.items() if figure.value is not None}
    assert measured == {Name.VISITS: 51, Name.DAYS_OPEN: 2, Name.VISITS_PER_DAY_OPEN: 25.5}
    assert found.gaps.earlier_days == 2
    assert [day.day.day for day in found.days if day.earlier] == [3, 4]


def test_what_the_ledger_knows_is_never_counted_twice(room: Room, clock: FakeClock) -> None:
    door.arrive(5)
    clock.go_on(days=2)
    tally(("2026-11-23", 40), ("2026-11-24", 7))
    found = made("2026-11-23", "2026-11-25")
    assert found.figures[Name.VISITS].value == 12
    assert [day.visits for day in found.days] == [5, 7]  # today may still open


def test_a_shift_that_was_tallied_on_paper_is_not_missing(room: Room, clock: FakeClock) -> None:
    door.arrive(5)
    clock.go_on_until(at("2026-11-26 12:00"))
    tally(("2026-11-24", 7))
    found = made("2026-11-23", "2026-11-25")
    assert [day.state for day in found.days] == [DayState.OPEN, DayState.OPEN, DayState.MISSING]
    assert found.figures[Name.SHIFTS_MISSING].value == found.gaps.shifts_missing == 1
    assert found.figures[Name.VOLUNTEER_ARRIVALS].value == 0


def test_shifts_of_tallied_days_are_not_known_and_hide_no_missing_ones(
    room: Room, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of five shifts two opened, nobody knows of two, and one never opened: a third of what is known."""
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    words.choose("nl")
    door.arrive(5)
    clock.go_on_until(at("2026-11-24 12:00"))
    door.arrive(2)
    clock.go_on_until(at("2026-11-30 08:00"))
    planned = [one for one in duties.between(date(2026, 11, 23), date(2026, 11, 29)) if one.planned]
    assert [one.key.day.day for one in planned] == [23, 24, 25, 26, 27]
    tally(("2026-11-25", 7), ("2026-11-26", 8))
    found = made("2026-11-23", "2026-11-29")
    gaps = found.gaps
    assert (gaps.shifts_planned, gaps.shifts_missing, gaps.shifts_unknown) == (3, 1, 2)
    assert gaps.badly
    assert found.figures[Name.SHIFTS_HELD].value == 2
    assert found.figures[Name.DAYS_OPEN].value == 4
    said = "Van 2 diensten is niet bekend of ze opengingen: die dagen komen uit een eerdere telling."
    assert said in list(figure_words.gaps(gaps))
    assert figure_words.over(found.figures[Name.VISITS]) == "2 dagen uit een eerdere telling"
    assert figure_words.over(made("2026-11-23", "2026-11-24").figures[Name.VISITS]) == ""
    assert made("2026-11-25", "2026-11-26").figures[Name.SHIFTS_MISSING].status is Status.NOT_MEASURED


def test_hours_add_up_to_their_day(room: Room) -> None:
    tally(("2025-03-03", 4), hour=10)
    tally(("2025-03-03", 5), hour=11)
    assert made("2025-03-03", "2025-03-03").figures[Name.VISITS].value == 9


def test_what_is_taken_back_counts_no_more(room: Room) -> None:
    taken_in = tally(("2025-03-03", 20))
    EarlierImport.update(taken_back_at=clocks.now() + timedelta(days=1)).where(
        EarlierImport.id == taken_in
    ).execute()
    found = made("2025-03-03", "2025-03-03")
    assert found.figures[Name.VISITS].status is Status.NOT_MEASURED
    assert found.gaps.earlier_days == 0


def test_many_days_are_said_as_the_numbers_beside_them(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    words.choose("nl")
    tally(*((f"{date(2020, 1, 1) + timedelta(days=number)}", 2) for number in range(1234)))
    found = made("2020-01-01", "2024-12-31")
    assert figure_words.over(found.figures[Name.VISITS]) == "1.234 dagen uit een eerdere telling"
    missing = list(figure_words.gaps(found.gaps))
    assert any(said.startswith("De bezoeken van 1.234 dagen") for said in missing)
    assert "De buurtkamer begon op ma 23 nov 2026: daarvoor is verder niets gemeten." in missing


def test_a_tallied_day_is_marked_wherever_days_are_told_and_its_hours_are_not_known(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    words.choose("nl")
    tally(("2026-11-20", 30))
    door.arrive(30)
    compared = figures.compared(figures_period.between(date(2026, 11, 20), date(2026, 11, 23)))
    told = [
        (row[1].text, row[2].text) for row in figures_document.of(compared).days.rows if row[2].text == "30"
    ]
    assert told == [("open, uit een eerdere telling", "30"), ("open", "30")]
    lines = csv.DictReader(io.StringIO(figures_csv.of(compared).decode()))
    of_days = [(line["label"], line["value"], line["status"]) for line in lines if line["part"] == "day"]
    assert of_days == [("earlier", "30", "open"), ("", "30", "open")]
    for whole in (True, False):
        day = json.loads(figures_json.of(compared, whole=whole))["days"][0]
        assert (day["earlier"], day["open_hours"], day["shifts_missing"]) == (True, None, None)
