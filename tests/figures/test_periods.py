"""Which days a period has, which came before it, and which a year earlier."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import figures_period
from db.figures_period import Period, Unit


def days(period: Period) -> tuple[str, str]:
    return period.from_day.isoformat(), period.to_day.isoformat()


@pytest.mark.parametrize(
    ("unit", "name", "former", "year_before"),
    [
        (Unit.MONTH, "2026-01", ("2025-12-01", "2025-12-31"), ("2025-01-01", "2025-01-31")),
        (Unit.MONTH, "2024-03", ("2024-02-01", "2024-02-29"), ("2023-03-01", "2023-03-31")),
        (Unit.QUARTER, "2026-Q1", ("2025-10-01", "2025-12-31"), ("2025-01-01", "2025-03-31")),
        (Unit.YEAR, "2026", ("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-12-31")),
        (Unit.WEEK, "2026-W53", ("2026-12-21", "2026-12-27"), ("2025-12-29", "2026-01-04")),
        (Unit.WEEK, "2026-W01", ("2025-12-22", "2025-12-28"), ("2024-12-30", "2025-01-05")),
    ],
)
def test_what_came_before(
    unit: Unit, name: str, former: tuple[str, str], year_before: tuple[str, str]
) -> None:
    period = figures_period.named(name, unit)
    assert days(period.former) == former
    assert days(period.year_before) == year_before


def test_any_days_stand_beside_as_many_and_beside_the_same_dates() -> None:
    period = figures_period.between(date(2024, 2, 20), date(2024, 2, 29))
    assert days(period.former) == ("2024-02-10", "2024-02-19")
    assert days(period.year_before) == ("2023-02-20", "2023-02-28")


@pytest.mark.parametrize(
    ("unit", "name", "last", "expected"),
    [
        (Unit.MONTH, "2026-11", "2026-11-25", [("11-01", "11-25"), ("10-01", "10-25"), ("11-01", "11-25")]),
        (Unit.MONTH, "2026-03", "2026-03-30", [("03-01", "03-30"), ("02-01", "02-28"), ("03-01", "03-30")]),
        (Unit.YEAR, "2028", "2028-02-29", [("01-01", "02-29"), ("01-01", "02-28"), ("01-01", "02-28")]),
        (Unit.WEEK, "2026-W48", "2026-11-25", [("11-23", "11-25"), ("11-16", "11-18"), ("11-24", "11-26")]),
    ],
)
def test_what_is_not_over_stands_beside_the_same_days(
    unit: Unit, name: str, last: str, expected: list[tuple[str, str]]
) -> None:
    found = figures_period.named(name, unit).beside(date.fromisoformat(last))
    assert found is not None
    assert [(f"{one.from_day:%m-%d}", f"{one.to_day:%m-%d}") for one in found] == expected


@given(st.dates(date(1901, 1, 1), date(2198, 12, 31)), st.sampled_from([Unit.MONTH, Unit.QUARTER, Unit.YEAR]))
def test_periods_follow_each_other_without_a_gap(day: date, unit: Unit) -> None:
    quarter = (day.month + 2) // 3
    name = {Unit.MONTH: f"{day:%Y-%m}", Unit.QUARTER: f"{day.year}-K{quarter}", Unit.YEAR: f"{day.year}"}[
        unit
    ]
    period = figures_period.named(name, unit)
    assert period.from_day <= day <= period.to_day
    assert period.former.to_day + timedelta(days=1) == period.from_day
    assert period.former.unit is period.year_before.unit is unit
    assert period.year_before.from_day == period.from_day.replace(year=day.year - 1)
