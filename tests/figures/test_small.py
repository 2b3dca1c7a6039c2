"""Small numbers stay hidden from a reader who knows the total, every other number and the rule."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations_with_replacement, pairwise, product

import pytest

from db.figures_small import AtLeast, Hidden, months_shown, shown, together, visits_shown
from db.sample_weeks import Planned

SMALL, BESIDE = Hidden.SMALL, Hidden.BESIDE


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((), ()),
        ((12, 0, 5), (12, 0, 5)),
        ((2, 3, 40), (SMALL, SMALL, BESIDE)),
        ((2, 30, 40), (SMALL, 30, BESIDE)),
        ((2, 40, 30, 3), (SMALL, 40, BESIDE, SMALL)),
        ((2, 3), (SMALL, SMALL)),
        # Nothing less can have this sum.
        ((1, 1, 7, 5), None),
        ((3,), None),
        ((1, 1), None),
    ],
)
def test_what_is_shown(numbers: tuple[int, ...], expected: object) -> None:
    assert shown(numbers) == expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        # One month shows neither: three are at least one, and of its 33 at most four are not the other.
        ([(9, 30), (8, 30), (3, 30)], (AtLeast(18), AtLeast(89))),
        ([(9, 8, 30), (8, 0, 30), (3, 9, 30)], (AtLeast(18), 17, AtLeast(89))),
        # Of one of the months nothing is shown.
        ([(9, 30), (8, 30), (1, 5)], (AtLeast(17), AtLeast(60))),
        ([(9, 30), (8, 30), (7, 0)], (24, 60)),
        # Three in a year, or what is known of no more, is not worth saying.
        ([(1, 30), (0, 30), (2, 30)], (BESIDE, AtLeast(85))),
        ([(1, 5), (1, 5)], None),
        ([(0, 0), (0, 0)], (0, 0)),
    ],
)
def test_a_year_shows_what_its_months_show_together(months: list[tuple[int, ...]], expected: object) -> None:
    assert together([(shown(month), sum(month)) for month in months]) == expected


def breakdowns(size: int, most: int) -> Iterator[tuple[int, ...]]:
    """Every one of this size with a total of at most so many: of each total all that there are."""
    for ends in combinations_with_replacement(range(most + 1), size):
        yield tuple(later - former for former, later in pairwise((0, *ends)))


@pytest.mark.parametrize(("size", "most"), [(1, 30), (2, 30), (3, 30), (4, 24), (5, 17)])
def test_nobody_can_compute_a_small_number(size: int, most: int) -> None:
    """Of the breakdowns that are shown alike, no small number is the same in all: the rule tells nothing."""
    alike = defaultdict(list)
    for numbers in breakdowns(size, most):
        alike[shown(numbers), sum(numbers)].append(numbers)
    for (seen, total), found in alike.items():
        for place, one in enumerate(seen or ()):
            if one is SMALL:
                assert len({numbers[place] for numbers in found}) > 1, (seen, total, found)


def test_nobody_can_compute_a_small_number_from_a_year_and_its_months() -> None:
    """All that there is of two months and of both together, each with its total."""
    alike = defaultdict(list)
    for months in product(breakdowns(3, 10), repeat=2):
        year = together([(shown(month), sum(month)) for month in months])
        for place, n in enumerate(year or ()):
            total = sum(month[place] for month in months)
            assert n == total if isinstance(n, int) else not isinstance(n, AtLeast) or 5 <= n.n <= total
        alike[year, tuple((shown(month), sum(month)) for month in months)].append(months)
    assert len(alike) == len({months for _, months in alike}), "a year tells nothing that its months don't"
    for (year, seen), found in alike.items():
        for place in range(3):
            for month, (those, _) in enumerate(seen):
                if those and those[place] is SMALL:
                    assert len({months[month][place] for months in found}) > 1, (year, seen, found)
            if year and not isinstance(year[place], int):
                assert len({sum(month[place] for month in months) for months in found}) > 1, (year, seen)


DAYS = [date(2026, 11, 20) + timedelta(days=n) for n in range(5)]
"""Friday to Tuesday: a sample week begins on Monday the 23rd."""
WEEK = Planned(date(2026, 11, 23))


def test_nobody_can_compute_a_day_from_the_month_and_its_sample_week() -> None:
    """A report tells the visits of both: of the days within the week, and so of the others."""
    alike = defaultdict(list)
    for before in breakdowns(3, 12):
        for within in breakdowns(2, 12):
            days = dict(zip(DAYS, before + within, strict=True))
            seen = tuple(visits_shown(days, [WEEK.days])[day] for day in DAYS)
            alike[seen, sum(before), sum(within)].append(days)
    for (seen, *totals), found in alike.items():
        for day, one in zip(DAYS, seen, strict=True):
            if one is SMALL:
                assert len({days[day] for days in found}) > 1, (seen, totals, found)


def test_of_the_months_that_a_sample_week_is_half_in_no_day_is_shown() -> None:
    """A year tells its visits; each month hides on its own, and knows nothing of the other."""
    days = {date(2026, month, 27): 12 for month in (10, 11, 12)} | {date(2026, 12, 2): 3}
    seen = visits_shown(days, [Planned(date(2026, 11, 30)).days])
    assert list(seen.values()) == [12, BESIDE, BESIDE, BESIDE]


MONTHS = [date(2026, month, 1) for month in (1, 2, 3)]
SIX_DAYS = [first + timedelta(days=n) for first in MONTHS for n in (0, 1)]


@pytest.mark.parametrize("until", [None, date(2026, 2, 28)], ids=["all together", "and January and February"])
def test_nobody_can_compute_a_small_month_or_day_from_a_year_told_by_the_month(until: date | None) -> None:
    """Three months of two days open, their total, and in a year that goes on that of the months before."""
    alike = defaultdict(list)
    for visits in breakdowns(6, 14):
        days = dict(zip(SIX_DAYS, visits, strict=True))
        months = {first: days[first] + days[first + timedelta(days=1)] for first in MONTHS}
        seen = months_shown(months, [], until)
        seen_days = visits_shown(days, [], seen)
        told = sum(n for month, n in months.items() if until and month < until)
        alike[tuple(seen.values()), tuple(seen_days.values()), sum(months.values()), told].append(
            (tuple(months.values()), tuple(days.values()))
        )
    assert any(SMALL in seen for seen, *_ in alike) and any(SMALL in days for _, days, *_ in alike)
    for (months_seen, days_seen, *totals), found in alike.items():
        for place, one in enumerate(months_seen):
            if one is SMALL:
                assert len({months[place] for months, _ in found}) > 1, (months_seen, days_seen, totals)
        for place, one in enumerate(days_seen):
            if one is SMALL:
                assert len({days[place] for _, days in found}) > 1, (months_seen, days_seen, totals)


def test_of_a_month_that_is_not_shown_no_day_is() -> None:
    """Its days would tell it, and with it the small one."""
    days = {date(2026, 1, 2): 3, date(2026, 2, 2): 8, date(2026, 2, 3): 9, date(2026, 3, 2): 7}
    months = months_shown({MONTHS[0]: 3, MONTHS[1]: 17, MONTHS[2]: 0}, [])
    assert list(months.values()) == [SMALL, BESIDE, 0]
    assert list(visits_shown(days, [], months).values()) == [BESIDE, BESIDE, BESIDE, 7]


def test_where_a_sample_week_tells_visits_of_a_month_that_would_be_hidden_no_month_is_shown() -> None:
    months = {MONTHS[0]: 3, MONTHS[1]: 17, MONTHS[2]: 20}
    assert list(months_shown(months, [Planned(date(2026, 2, 9)).days]).values()) == [SMALL, 17, BESIDE]
    assert set(months_shown(months, [Planned(date(2026, 3, 9)).days]).values()) == {BESIDE}
