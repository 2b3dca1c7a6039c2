"""Every figure of a lifelike room equals what plain Python makes of its rows, month by month."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import clock as clocks
from db import connection, figures, figures_period
from db.figures_names import MEANINGS, Measure, Name
from db.figures_period import Unit
from hostdesk import words
from hostdesk.reports import data_package, figures_csv, figures_document, figures_json
from hostdesk.words import figures as figure_words
from tests.clocks import FakeClock
from tests.figures import recomputed
from tests.figures.recomputed import Rows

MONTHS = [f"{2024 + (10 + n) // 12}-{(10 + n) % 12 + 1:02}" for n in range(24)]
"""November 2024 to October 2026."""


@pytest.fixture(scope="module")
def exported(demo_file: Path) -> recomputed.Tables:
    """All data of the room as it was given out; what happened on the board was asked for by its name."""
    clocks.use(FakeClock())
    connection.open(demo_file)
    data_package.write(demo_file.parent / "data", ["board_event.text"])
    connection.close()
    return recomputed.in_an_export(demo_file.parent / "data")


@pytest.fixture
def rows(demo_file: Path, exported: recomputed.Tables, clock: FakeClock) -> Iterator[Rows]:
    connection.open(demo_file)
    yield Rows(clock.now(), exported)
    connection.close()


def same(made: figures.Figures, expected: dict[str, float | None]) -> None:
    """Every figure there is; euros to the cent, which two ways of adding up may round differently."""
    assert set(expected) == set(Name)
    for name, value in expected.items():
        found = made.figures[Name(name)].value
        if MEANINGS[Name(name)].measure is Measure.EURO and value is not None:
            assert found == pytest.approx(value, abs=0.011), name
        else:
            assert found == value, name


def test_what_is_measured_now_and_then_was_measured(rows: Rows) -> None:
    """The months below prove something of these too."""
    year = figures.of(figures_period.year(2025))
    for name in (
        Name.UNIQUE_VISITORS_LOW,
        Name.LEAD_STAYED_SHARE,
        Name.SHIFTS_UNDERSTAFFED,
        Name.COST_PER_PARTICIPATION,
    ):
        assert year.figures[name].value, name


@pytest.mark.parametrize("month", MONTHS)
def test_a_month(rows: Rows, month: str) -> None:
    made = figures.of(figures_period.named(month, Unit.MONTH))
    expected = recomputed.figures(rows, made.period.from_day, made.period.to_day)
    same(made, expected)
    assert made.figures["visits"].value > 0  # type: ignore[index,operator]


@pytest.mark.parametrize("month", MONTHS)
def test_what_a_month_is_made_of(rows: Rows, month: str) -> None:
    made = figures.of(figures_period.named(month, Unit.MONTH))
    reasons, themes, led = recomputed.broken_down(rows, made.period.from_day, made.period.to_day)
    assert (made.by_reason, made.sessions.by_theme) == (reasons, themes)
    assert {lead: n for lead, n in made.sessions.led_by.items() if n} == led
    assert reasons


@pytest.mark.parametrize("month", MONTHS)
def test_when_a_month_was_busy(rows: Rows, month: str) -> None:
    made = figures.compared(figures_period.named(month, Unit.MONTH))
    days = made.now.period.from_day, made.now.period.to_day
    found = {place: (of.days, of.visits) for place, of in made.when.by_hour.items()}
    assert found == recomputed.by_hour(rows, *days)
    assert {hour for _, hour in found} >= {10, 14}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_people_read_of_every_month_is_what_was_recomputed(
    rows: Rows, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each number as it is printed in a report, in both languages, read back."""
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    words.choose(language)
    names = {figure_words.label(name): name for name in Name}
    for month in MONTHS:
        made = figures.compared(figures_period.named(month, Unit.MONTH))
        expected = recomputed.figures(rows, made.now.period.from_day, made.now.period.to_day)
        printed = {
            names[row[0].text]: row[1].text
            for table in figures_document.of(made).tables
            if table.of_figures
            for row in table.rows
        }
        assert set(printed) == set(Name)
        for name, text in printed.items():
            value, exact = expected[name], MEANINGS[name].measure in (Measure.COUNT, Measure.PERSONS)
            if value is None:
                assert text == "", (month, name)
            elif text.endswith("%"):
                assert abs(float(text[:-1]) / 100 - value) <= 0.005 + 1e-9, (month, name)
            else:
                least = 0.011 if text.startswith("€") else 0 if exact and value == int(value) else 0.05
                assert abs(read(text, language) - value) <= least + 1e-9, (month, name)


def read(text: str, language: str) -> float:
    """1.234,5 in Dutch and 1,234.5 in English."""
    thousands, decimal = (".", ",") if language == "nl" else (",", ".")
    return float(text.removeprefix("€ ").replace(thousands, "").replace(decimal, "."))


def test_a_year_and_any_other_days(rows: Rows) -> None:
    for period in (
        figures_period.year(2025),
        figures_period.named("2026-Q3", Unit.QUARTER),
        figures_period.named("2026-W13", Unit.WEEK),  # the clock is put forward
        figures_period.between(date(2025, 10, 20), date(2026, 4, 2)),
    ):
        expected = recomputed.figures(rows, period.from_day, period.to_day)
        made = figures.of(period)
        same(made, expected)


def test_what_a_month_that_is_not_over_is_compared_by(rows: Rows) -> None:
    """Its whole days, those of the month before and the same days a year ago."""
    made = figures.compared(figures_period.named("2026-11", Unit.MONTH))
    days = [(date(2026, 11, 1), date(2026, 11, 22)), (date(2026, 10, 1), date(2026, 10, 22))]
    for part, (first, last) in zip(
        (made.whole, made.former, made.year_before),
        [*days, (date(2025, 11, 1), date(2025, 11, 22))],
        strict=True,
    ):
        assert part is not None
        same(part, recomputed.figures(rows, first, last))


def test_the_months_of_a_year_add_up(rows: Rows) -> None:
    year = figures.of(figures_period.year(2025))
    months = [figures.of(figures_period.named(f"2025-{number:02}", Unit.MONTH)) for number in range(1, 13)]
    for name in (
        "visits",
        "volunteer_arrivals",
        "first_visits",
        "days_open",
        "shifts_held",
        "shifts_missing",
        "sessions_held",
        "sessions_cancelled",
        "participations",
        "wishes_voiced",
        "wishes_fulfilled",
        "wishes_not_feasible",
        "advice_asked",
        "advice_answered",
    ):
        parts = sum(month.figures[name].value or 0 for month in months)  # type: ignore[index]
        assert year.figures[name].value == parts, name  # type: ignore[index]
    assert year.days == tuple(day for month in months for day in month.days)
    assert sum(day.visits or 0 for day in year.days) == year.figures["visits"].value  # type: ignore[index]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_hours_days_months_and_the_export_say_the_same(
    rows: Rows, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    words.choose(language)
    visits = 0
    for number in range(1, 13):
        made = figures.compared(figures_period.named(f"2025-{number:02}", Unit.MONTH))
        said = json.loads(figures_json.of(made))
        of_month = said["figures"]["visits"]["value"]
        assert sum(said["hours"].values()) == of_month
        assert sum(day["visits"] or 0 for day in said["days"]) == of_month
        lines = list(csv.DictReader(io.StringIO(figures_csv.of(made).decode())))
        assert sum(int(line["value"] or 0) for line in lines if line["part"] == "day") == of_month
        assert [line["value"] for line in lines if line["name"] == "visits"] == [f"{of_month}"]
        visits += of_month
    of_year = rows.on(rows["door"], date(2025, 1, 1), date(2025, 12, 31))
    assert visits == sum(
        row["n"] for row in of_year if row["kind"] == "arrival" and row["id"] not in rows.voided
    )
