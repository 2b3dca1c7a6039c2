"""Behind every figure stand the rows that it was made of: put together again they are that figure."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median
from typing import Any

import pytest

from db import connection, figures, figures_period
from db.figures_behind import Row, behind
from db.figures_board import LED_BY_VOLUNTEERS
from db.figures_names import MEANINGS, Name
from db.figures_period import Period, Unit
from db.room import Room
from db.rounding import half_up
from db.states import Lead
from hostdesk import words
from hostdesk.screens import figures_behind_words, figures_words
from hostdesk.screens.figures_words import Page
from hostdesk.words import figures as figure_words
from tests.clocks import FakeClock

PERIODS = [
    figures_period.month_of(date(2024, 12, 1)),
    figures_period.month_of(date(2026, 3, 1)),
    figures_period.month_of(date(2026, 11, 1)),
    figures_period.year(2025),
    figures_period.day(date(2026, 10, 6)),
]


@pytest.fixture
def demo_room(demo_file: Path, clock: FakeClock) -> Iterator[None]:
    connection.open(demo_file)
    yield
    connection.close()


def _sum(rows: list[Any], of: str) -> float:
    return half_up(sum(getattr(row, of) or 0 for row in rows), 2)


def _share(rows: list[Any], holds: Callable[[Any], bool]) -> float | None:
    return half_up(sum(map(holds, rows)) / len(rows), 4) if rows else None


def _hours(rows: list[Any]) -> float | None:
    return half_up(sum((row.lasts for row in rows), timedelta(0)) / timedelta(hours=1), 2) if rows else None


def _average_a_day(rows: list[Any]) -> float | None:
    visits = [row.visits for row in rows if row.visits is not None]
    return half_up(mean(visits), 1) if visits else None


def _led(rows: list[Any]) -> float | None:
    known = [row for row in rows if row.lead is not Lead.UNKNOWN]
    return _share(known, lambda row: row.lead in LED_BY_VOLUNTEERS)


PUT_TOGETHER: dict[Name, Callable[[list[Any]], float | None]] = {
    Name.VISITS: lambda rows: _sum(rows, "visits"),
    Name.VOLUNTEER_ARRIVALS: lambda rows: _sum(rows, "volunteer_arrivals"),
    Name.FIRST_VISITS: lambda rows: _sum(rows, "first_visits"),
    Name.UNIQUE_VISITORS_LOW: lambda rows: half_up(mean(row.at_least for row in rows), 1) if rows else None,
    Name.UNIQUE_VISITORS_HIGH: lambda rows: half_up(mean(row.at_most for row in rows), 1) if rows else None,
    Name.PRESENT_AT_HEADCOUNTS: lambda rows: half_up(mean(row.n for row in rows), 1) if rows else None,
    Name.VISITS_PER_DAY_OPEN: _average_a_day,
    Name.OPEN_HOURS: lambda rows: _sum(rows, "hours"),
    Name.ACTIVITIES: lambda rows: len({row.activity for row in rows}),
    Name.PARTICIPATIONS: lambda rows: _sum(rows, "participations"),
    Name.VOLUNTEER_LED_SHARE: _led,
    Name.DAYS_TO_FIRST_SESSION: lambda rows: (
        median(row.days_to_first_session for row in rows) if rows else None
    ),
    Name.HOURS_TO_ANSWER: lambda rows: (
        half_up(median(row.hours_to_answer for row in rows), 1) if rows else None
    ),
    Name.LEAD_STAYED_SHARE: lambda rows: _share(rows, lambda row: row.lead_stayed),
    Name.VOLUNTEER_HOURS: _hours,
}
"""How rows make a figure; the others are as many as there are rows, or costs."""

COSTS = {
    Name.COST_PER_VISIT,
    Name.COST_PER_OPEN_HOUR,
    Name.COST_PER_PARTICIPATION,
    Name.REPLACEMENT_VALUE_LOW,
    Name.REPLACEMENT_VALUE_HIGH,
}


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.unit}-{period.from_day}")
def test_the_rows_put_together_are_the_figure(period: Period, demo_room: None) -> None:
    for name in set(Name) - COSTS:
        found = behind(name, period)
        rows: list[Row] = list(found.rows)
        if rows:
            assert PUT_TOGETHER.get(name, len)(rows) == found.figure.value, name
        else:  # 0, or not measured
            assert not found.figure.value, name


def test_behind_costs_stand_the_lines_and_the_rate(demo_room: None) -> None:
    year = figures_period.year(2025)
    assert {row.name for row in behind(Name.COST_PER_VISIT, year).rows} == {"Huur", "Beroepskracht"}  # type: ignore[union-attr]
    least, most = (
        behind(name, year).rows for name in (Name.REPLACEMENT_VALUE_LOW, Name.REPLACEMENT_VALUE_HIGH)
    )
    assert least[0] == most[0]
    assert {type(row).__name__ for row in least} == {"Rate", "OnDuty"}
    assert {type(row).__name__ for row in most} == {"Rate", "OnDuty", "Meeting"}


def test_nothing_is_behind_what_has_yet_to_come_or_never_was(room: Room) -> None:
    for period in (figures_period.year(2031), figures_period.year(1999)):
        for name in Name:
            found = behind(name, period)
            assert found.figure.value is None or not found.figure.value
            assert not [row for row in found.rows if getattr(row, "visits", None)]


def test_the_months_add_up_to_their_year(demo_room: None) -> None:
    """Also what is rounded: hours open are added up as each day says them."""
    months = [figures.of(figures_period.month_of(date(2025, month, 1))) for month in range(1, 13)]
    year = figures.of(figures_period.year(2025))
    for name in (Name.VISITS, Name.OPEN_HOURS, Name.SHIFTS_HELD, Name.PARTICIPATIONS, Name.WISHES_VOICED):
        parts = sum(month.figures[name].value or 0 for month in months)
        assert round(parts, 2) == year.figures[name].value, name


@pytest.mark.parametrize("wide", [61, 77])
@pytest.mark.parametrize("name", list(Name))
def test_each_figure_stands_beside_the_former_period_and_the_same_one_last_year(
    demo_room: None, name: Name, wide: int
) -> None:
    words.choose("nl")
    shown = behind(name, figures_period.month_of(date(2026, 10, 1)))
    lines = ["".join(span.text for span in text) for _, text in figures_behind_words.page(shown, 0, wide)]
    page = " ".join(" ".join(lines).split())
    for month, said in ((date(2026, 9, 1), "september 2026"), (date(2025, 10, 1), "oktober 2025")):
        was = figures.of(figures_period.month_of(month)).figures[name]
        number = figure_words.value(was) or figure_words.status(was)
        assert f"Vergeleken met {said}: {number}" in page
        then = page.partition(f"Vergeleken met {said}: {number}")[2]
        ways = tuple(f"; {one}" for one in ("meer", "minder", "ongeveer gelijk", "niet te vergelijken"))
        assert then.startswith(ways) is (was.value is not None)
    assert max(map(len, lines)) <= wide


def test_half_a_day_is_compared_with_nothing_behind_a_figure_either(demo_room: None) -> None:
    """The demo's Monday has only begun: what is compared goes up to and including Sunday, and says so."""
    words.choose("nl")
    shown = behind(Name.VISITS, figures_period.month_of(date(2026, 11, 1)))
    page = " ".join(
        "".join(span.text for span in text) for _, text in figures_behind_words.page(shown, 0, 77)
    )
    assert "Vergeleken worden hele dagen: 1 t/m 22 november 2026." in page
    assert "Vergeleken met 1 t/m 22 oktober 2026:" in page


def test_in_a_row_without_room_for_a_column_a_change_since_the_other_period_stands_below(
    demo_room: None,
) -> None:
    """At 80 columns one period has a column; at 64 none has."""
    words.choose("nl")
    made = figures.compared(figures_period.named("2026-Q3", Unit.QUARTER))
    for wide, columns in ((61, 0), (77, 1), (129, 2)):
        page = [
            "".join(span.text for span in text)
            for _, text in figures_words.page(Page(made, made.when), 0, wide)
        ]
        assert max(map(len, page)) <= wide
        for place, (other, changes) in enumerate(made.changes):
            below = [text for text in page if text.startswith(f"    {figure_words.period(other.period)}: ")]
            known = [name for name in MEANINGS if changes[name].known and name not in figures_words.LARGE]
            assert known
            assert len(below) == (len(known) if place >= columns else 0)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_that_is_said_of_a_figure_is_cut(demo_room: None, language: str) -> None:
    """Days without a session, weeks in which little happened, the months in which the room began."""
    words.choose(language)
    days = [figures_period.day(date(2026, 11, number)) for number in range(1, 12)]
    weeks = [figures_period.named(f"2026-W{number:02}", Unit.WEEK) for number in range(27, 37)]
    months = [figures_period.month_of(date(2024, month, 1)) for month in (9, 10, 11, 12)]
    for period in (*days, *weeks, *months, figures_period.year(2025), figures_period.year(2026)):
        made = figures.compared(period)
        for wide in (61, 77, 97, 129):
            drawn = figures_words.page(Page(made, made.when), 0, wide)
            page = ["".join(span.text for span in text) for _, text in drawn]
            assert not [text for text in page if "…" in text or len(text) > wide], period
