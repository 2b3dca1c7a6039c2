"""What is called a change, and what is not."""

from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import pytest

from db import closing, costs, door, figures, figures_behind, figures_period
from db import room as rooms
from db.figures_change import Change, Trend, since
from db.figures_made import Figure
from db.figures_names import Name, Status
from db.figures_period import Unit
from db.room import Room
from hostdesk import words
from hostdesk.reports import figures_document
from hostdesk.screens import figures_behind_words, figures_words
from hostdesk.screens.figures_words import Page
from hostdesk.words import figures as figure_words
from tests.clocks import FakeClock, at


def week_of(clock: FakeClock, monday: str, *visits: int | None) -> None:
    """A week from Monday on: so many a day; None where nobody opened."""
    first = date.fromisoformat(monday)
    for number, n in enumerate(visits):
        if n is not None:
            clock.go_on_until(at(f"{first + timedelta(days=number)} 15:00"))
            door.arrive(n)
    clock.go_on_until(at(f"{first + timedelta(days=6)} 22:00"))  # no day with a shift is left to come
    door.start_of_day()


def trend(name: Name, week: str = "2026-W50") -> Trend:
    made = figures.compared(figures_period.named(week, Unit.WEEK))
    return made.changes[0][1][name].trend


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ((20, 25, 18, 22, 30), (24, 19, 28, 20, 27), Trend.ABOUT_EQUAL),
        ((20, 25, 18, 22, 30), (40, 45, 38, 42, 50), Trend.MORE),
        ((40, 45, 38, 42, 50), (20, 25, 18, 22, 30), Trend.LESS),
        ((20, 20, 20, 20, 20), (21, 21, 21, 21, 21), Trend.ABOUT_EQUAL),
        ((1, 1, 1, 1, 2), (1, 1, 1, 1, 4), Trend.ABOUT_EQUAL),
    ],
)
def test_what_days_differ_by_themselves_is_no_change(
    room: Room, clock: FakeClock, then: tuple[int, ...], now: tuple[int, ...], expected: Trend
) -> None:
    week_of(clock, "2026-11-30", *then)
    week_of(clock, "2026-12-07", *now)
    assert trend(Name.VISITS) is expected
    assert trend(Name.VISITS_PER_DAY_OPEN) is expected


def test_what_people_decide_is_a_change_however_small(room: Room, clock: FakeClock) -> None:
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    rooms.close_day(date(2026, 12, 9), "feest")
    week_of(clock, "2026-12-07", 20, 20, None, 20, 20)
    assert trend(Name.DAYS_OPEN) is Trend.LESS
    assert trend(Name.OPEN_HOURS) is Trend.LESS


def test_a_few_minutes_in_hundreds_of_hours_are_no_change(room: Room, clock: FakeClock) -> None:
    """Two times four weeks; one day of the later four was closed ten minutes early."""
    mondays = [date(2026, 11, 30) + timedelta(weeks=number) for number in range(8)]
    for monday in mondays:
        early = monday == mondays[4]
        if early:
            clock.go_on_until(at(f"{monday} 15:00"))
            door.arrive(5)
            clock.go_on_until(at(f"{monday} 16:20"))
            closing.close()
        week_of(clock, f"{monday}", None if early else 5, 5, 5, 5, 5)
    before, now = (
        figures.of(figures_period.between(first, first + timedelta(days=27))) for first in mondays[::4]
    )
    assert (before.figures[Name.OPEN_HOURS].value, now.figures[Name.OPEN_HOURS].value) == (130, 129.83)
    assert since(now, before)[Name.OPEN_HOURS].trend is Trend.ABOUT_EQUAL


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((31, 34, 34, 36, 36, 37, 37), Trend.ABOUT_EQUAL),  # drawn from all, seven of a hundred differ so
        ((41, 44, 44, 46, 46, 47, 47), Trend.MORE),
    ],
)
def test_a_middle_value_over_few_differs_by_chance(
    room: Room, clock: FakeClock, now: tuple[float, ...], expected: Trend
) -> None:
    """Days from a wish to its first session, in two years; what else happened does not matter."""
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    week_of(clock, "2026-12-07", 20, 20, 20, 20, 20)
    name, before = Name.DAYS_TO_FIRST_SESSION, (20, 26, 30, 30, 31, 31, 32, 32, 34, 36, 36)
    made = figures.compared(figures_period.named("2026-W50", Unit.WEEK))
    assert made.whole and made.former
    one, other = (
        replace(
            part,
            figures={**part.figures, name: Figure(name, median(of), Status.COUNTED, len(of), middle_of=of)},
        )
        for part, of in ((made.whole, now), (made.former, before))
    )
    assert since(one, other)[name].trend is expected


def test_one_shift_more_or_less_that_nobody_opened_is_no_change(room: Room, clock: FakeClock) -> None:
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    week_of(clock, "2026-12-07", 20, 20, 20, 20, None)
    assert trend(Name.SHIFTS_MISSING) is Trend.ABOUT_EQUAL


def test_with_a_third_of_the_shifts_missing_nothing_is_compared(room: Room, clock: FakeClock) -> None:
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    week_of(clock, "2026-12-07", 90, None, None, 90, 90)
    assert trend(Name.VISITS) is Trend.INCOMPARABLE


def test_what_was_not_measured_is_not_compared(room: Room, clock: FakeClock) -> None:
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    assert trend(Name.VISITS, "2026-W49") is Trend.INCOMPARABLE  # before it nobody opened
    assert trend(Name.FIRST_VISITS, "2026-W49") is Trend.INCOMPARABLE


def test_a_month_that_is_not_over_stands_beside_as_many_days(room: Room, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-12-10 12:00"))
    made = figures.compared(figures_period.named("2026-12", Unit.MONTH))
    assert [(one.period.from_day, one.period.to_day) for one in (made.whole, *made.others) if one] == [
        (date(2026, 12, 1), date(2026, 12, 9)),
        (date(2026, 11, 1), date(2026, 11, 9)),
        (date(2025, 12, 1), date(2025, 12, 9)),
    ]


def test_half_a_day_is_never_beside_a_whole_one(room: Room, clock: FakeClock) -> None:
    """Forty visits a day, and today's have only begun: no visit was lost."""
    week_of(clock, "2026-11-30", 40, 40, 40, 40, 40)
    for number in range(3):
        clock.go_on_until(at(f"2026-12-{7 + number:02} 12:10"))
        door.arrive(40 if number < 2 else 1)
    made = figures.compared(figures_period.named("2026-W50", Unit.WEEK))
    change = made.changes[0][1][Name.VISITS]
    assert (made.now.figures[Name.VISITS].value, change.value, change.before) == (81, 80, 80)
    assert change.trend is Trend.ABOUT_EQUAL
    words.choose("nl")
    assert "Vergeleken worden hele dagen: 7 t/m 8 december 2026." in " ".join(figure_words.missing(made))


def test_a_number_that_is_compared_without_today_is_said_beside_it(room: Room, clock: FakeClock) -> None:
    """Eighty visits and today's five; what they are compared with is never taken for the one or the other."""
    words.choose("nl")
    week_of(clock, "2026-11-30", 20, 20, 20, 20, 20)
    for number, n in enumerate((40, 40, 5)):
        clock.go_on_until(at(f"2026-12-{7 + number:02} 12:10"))
        door.arrive(n)
    made = figures.compared(figures_period.named("2026-W50", Unit.WEEK))
    drawn = figures_words.page(Page(made, made.when), 0, 129)
    page = ["".join(span.text for span in said) for _, said in drawn]
    place = next(number for number, said in enumerate(page) if "t/m 8 dec: 80" in said)
    assert "meer: +40 (+100%)" in page[place + 2]
    row = next(number for number, said in enumerate(page) if "Bezoeken per open dag" in said)
    assert " 28,3 geteld        meer: +20 (+100%)" in page[row]
    assert page[row + 1].strip() == "over 3 open dagen, t/m 8 dec: 40"
    (table, *_) = figures_document.of(made).tables
    assert table.heads[4] == "t/m 8 dec: verschil"
    assert [row[4].text for row in table.rows[:2]] == ["80, meer: +40 (+100%)", "40, meer: +20 (+100%)"]


def test_what_is_about_the_same_stands_beside_the_number_that_is_compared(
    room: Room, clock: FakeClock
) -> None:
    """Three days of 40 visits, the third one today; a reader of 120, 80 and “about the same” would wonder."""
    words.choose("nl")
    for day in ("11-30", "12-01", "12-07", "12-08", "12-09"):
        clock.go_on_until(at(f"2026-{day} 12:10"))
        door.arrive(40)
    made = figures.compared(figures_period.named("2026-W50", Unit.WEEK))
    (table, *_) = figures_document.of(made).tables
    visits = [cell.text for cell in table.rows[0]]
    assert (visits[1], visits[3:5]) == ("120", ["80", "80, ongeveer gelijk"])
    behind = figures_behind.behind(Name.VISITS, made.now.period)
    page = ["".join(span.text for span in said) for _, said in figures_behind_words.page(behind, 0, 80)]
    assert "t/m 8 dec: 80" in page
    assert "Vergeleken met 30 november t/m 1 december 2026: 80; ongeveer gelijk" in page


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (("2026-12", Unit.MONTH), None),
        (
            ("2026-Q4", Unit.QUARTER),
            ("2026-10-01/2026-11-30", "2026-07-01/2026-08-31", "2025-10-01/2025-11-30"),
        ),
        (("2026", Unit.YEAR), ("2026-01-01/2026-11-30", "2025-01-01/2025-11-30", "2025-01-01/2025-11-30")),
    ],
)
def test_for_others_no_part_of_a_month_is_compared(
    room: Room, clock: FakeClock, period: tuple[str, Unit], expected: tuple[str, ...] | None
) -> None:
    """The report of a month that is over, and its total up to a day: what is left is a day."""
    week_of(clock, "2026-12-07", 20, 20, 20, 20, 20)
    made = figures.compared(figures_period.named(*period), until=date(2026, 12, 11))
    assert made.now.gaps.ends_early == date(2026, 12, 11)
    words.choose("nl")
    nothing = "Er is nog geen hele maand voorbij: er is nog niets te vergelijken."
    assert (nothing in figure_words.missing(made)) is (expected is None)
    those = (made.whole, made.former, made.year_before)
    found = tuple(f"{one.period.from_day}/{one.period.to_day}" for one in those if one)
    assert found == (expected or ())


def test_whole_months_are_compared_with_whole_months() -> None:
    quarter = figures_period.named("2029-Q1", Unit.QUARTER)
    assert quarter.beside(date(2029, 2, 28)) == (
        figures_period.between(date(2029, 1, 1), date(2029, 2, 28)),
        figures_period.between(date(2028, 10, 1), date(2028, 11, 30)),
        figures_period.between(date(2028, 1, 1), date(2028, 2, 29)),
    )


def test_on_its_first_day_a_period_is_compared_with_nothing(room: Room, clock: FakeClock) -> None:
    door.arrive(4)
    made = figures.compared(figures_period.day(date(2026, 11, 23)))
    assert (made.whole, made.others, made.changes) == (None, (), ())
    words.choose("nl")
    assert "nog niets te vergelijken" in " ".join(figure_words.missing(made))


@pytest.mark.parametrize("period", [("2027-03", Unit.MONTH), ("2028", Unit.YEAR), ("2027-W10", Unit.WEEK)])
def test_what_has_not_begun_is_not_measured(room: Room, period: tuple[str, Unit]) -> None:
    door.arrive(4)
    made = figures.compared(figures_period.named(*period))
    assert {one.value for one in made.now.figures.values()} == {None}
    assert (made.now.days, made.changes) == ((), ())
    words.choose("nl")
    assert list(figure_words.missing(made)) == ["Deze periode is nog niet begonnen: er is niets gemeten."]


def test_a_period_in_which_the_room_began_is_compared_with_nothing(room: Room, clock: FakeClock) -> None:
    """It began on 23 November: a December of 23 days is no growth on a November of six."""
    for number in range(23, 31):
        clock.go_on_until(at(f"2026-11-{number} 15:00"))
        door.arrive(10)
    for number in range(1, 24):
        clock.go_on_until(at(f"2026-12-{number:02} 15:00"))
        door.arrive(10)
    clock.go_on_until(at("2027-01-01 12:00"))
    made = figures.compared(figures_period.named("2026-12", Unit.MONTH))
    assert made.changes[0][1][Name.VISITS].trend is Trend.INCOMPARABLE


def test_costs_a_visit_change_no_more_than_the_visits_do(room: Room, clock: FakeClock) -> None:
    costs.add(2026, "Huur", "6000")
    week_of(clock, "2026-11-30", 20, 25, 18, 22, 30)
    week_of(clock, "2026-12-07", 24, 19, 28, 20, 38)
    assert trend(Name.VISITS) is trend(Name.COST_PER_VISIT) is Trend.ABOUT_EQUAL
    assert trend(Name.COST_PER_OPEN_HOUR) is Trend.ABOUT_EQUAL


@pytest.mark.parametrize(
    ("name", "now", "before", "said"),
    [
        (Name.VISITS_PER_DAY_OPEN, 12.5, 10.0, "meer: +2,5 (+25%)"),
        (Name.VOLUNTEER_HOURS, 296.75, 306.25, "minder: -9,5 (-3%)"),  # 296,8 and 306,3
        (Name.VOLUNTEER_HOURS, 12.45, 12.04, "meer: +0,5 (+4%)"),  # 12,5 and 12,0
        (Name.VOLUNTEER_LED_SHARE, 0.7451, 0.6449, "meer: +11 procentpunt"),  # 75% and 64%
        (Name.VOLUNTEER_LED_SHARE, 0.9, 0.3, "meer: +60 procentpunt"),
        (Name.VISITS, 24, 12, "meer: +12 (+100%)"),
        (Name.VISITS, 1769, 12, "meer: van 12 naar 1.769"),
        (Name.VISITS, 25, 12, "meer: van 12 naar 25"),
        (Name.VISITS, 5, 0, "meer: van 0 naar 5"),
        (Name.VISITS, 0, 50, "minder: -50 (-100%)"),
        (Name.COST_PER_VISIT, 12.5, 4, "meer: van € 4,00 naar € 12,50"),
    ],
)
def test_a_difference_is_that_of_the_numbers_beside_it(
    name: Name, now: float, before: float, said: str
) -> None:
    words.choose("nl")
    trend = Trend.MORE if now > before else Trend.LESS
    assert figure_words.trend(Change(name, now, before, trend)) == said


def test_a_share_changes_by_points_and_not_by_a_part_of_itself() -> None:
    words.choose("nl")
    change = Change(Name.VOLUNTEER_LED_SHARE, 0.73, 0.9, Trend.LESS)
    assert figure_words.trend(change) == "minder: -17 procentpunt"


@pytest.mark.parametrize(
    ("most", "said"),
    [(23, "meer: van 12 naar 1.769"), (17, "van 12 naar 1.769"), (16, "meer: +1.757"), (5, "meer: +1.757")],
)
def test_in_a_narrow_column_less_is_said_and_nothing_cut(most: int, said: str) -> None:
    words.choose("nl")
    assert figure_words.trend(Change(Name.VISITS, 1769, 12, Trend.MORE), most) == said
    words.choose("en")
    assert figure_words.trend(Change(Name.VISITS, 1769, 12, Trend.MORE)) == "more: from 12 to 1,769"


@pytest.mark.parametrize("wide", [61, 77])
@pytest.mark.parametrize(
    ("then", "now", "reason"),
    [
        (
            (20, 20, 20),
            (20, 20, 20, 20, 20),
            "5 open dagen, toen 3; 20 per open dag, toen 20: ongeveer gelijk",
        ),
        (
            (20, 20, 20, 20, 20),
            (20, 20, 20),
            "3 open dagen, toen 5; 20 per open dag, toen 20: ongeveer gelijk",
        ),
        ((20, 20, 20, 20, 20), (35, 35, 35), "3 open dagen, toen 5; 35 per open dag, toen 20: meer"),
        ((20, 20, 20, 20), (40, 40, 40, 40), ""),
        ((20, 20, 20), (40, 40, 40, 40), ""),
    ],
)
def test_more_visits_and_not_more_on_a_day_open_says_why(
    room: Room, clock: FakeClock, wide: int, then: tuple[int, ...], now: tuple[int, ...], reason: str
) -> None:
    """Both are true, and beside each other they look like a mistake: it is said where the visits are."""
    words.choose("nl")
    for monday, visits in (("2026-11-30", then), ("2026-12-07", now)):
        for day in range(len(visits), 5):
            rooms.close_day(date.fromisoformat(monday) + timedelta(days=day), "feest")
        week_of(clock, monday, *visits)
    made = figures.compared(figures_period.named("2026-W50", Unit.WEEK))
    drawn = figures_words.page(Page(made, made.when), 0, wide)
    page = ["".join(span.text for span in said).rstrip() for _, said in drawn]
    assert all(len(text) <= wide for text in page)
    told = " ".join(" ".join(page).split())
    assert told.count("toen") == (2 if reason else 0)
    assert f"Bezoeken: {reason}" in told if reason else "Bezoeken:" not in told
    cell = figures_document.of(made).tables[0].rows[0][4].text
    assert cell.endswith(f"; {reason}") if reason else "toen" not in cell
