"""In a sample week the desk asks, with one key and never in the way, who is new that week."""

from pathlib import Path

import pytest

from db import connection, figures_sample, roles, sample_weeks
from db.clock import reliable_now
from db.figures_days import Day, DayState
from db.room import Room
from db.states import PersonKind
from tests.clocks import FakeClock
from tests.desk.test_counting import tell
from tests.desks import Desk

ASKED = "eerste keer deze week? t = ja"


@pytest.fixture
def week_file(room: Room, room_file: Path) -> Path:
    sample_weeks.plan("2026-W48")
    connection.close()
    return room_file


def heard(file: Path, clock: FakeClock) -> tuple[int, int]:
    """At how many visits this week, and of how many it was the first."""
    connection.open(file)
    today = reliable_now()[0].date()
    days = [Day(today, DayState.OPEN, 100, 0, 0, 0.0, 0)]
    (planned,) = sample_weeks.all_of()
    clock.go_on(days=7)
    found = figures_sample.of(planned.from_day, planned.to_day, days, reliable_now()[0].date())
    connection.close()
    return (found.weeks[0].asked, found.weeks[0].first) if found.weeks else (0, 0)


def test_it_asks_after_an_arrival_and_one_key_answers(week_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus")
        await here.sees("Laatste: +1", ASKED)
        await here.press("t")
        await here.sees("Genoteerd: 1 persoon")
        assert (await here.today()).visits == 1

    tell(week_file, story)
    assert heard(week_file, clock) == (1, 1)


def test_again_is_no_and_who_does_not_answer_is_in_nobodys_way(week_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus", "t", "t")
        await here.sees("niemand voor de eerste keer")
        await here.press("plus", "plus", "minus", "5", "plus")
        assert (await here.today()).visits == 8

    tell(week_file, story)
    assert heard(week_file, clock) == (1, 0)


@pytest.mark.parametrize("keys", [("3", "t"), ("t", "t", "t"), ("3", "full_stop"), ("3", "n")])
def test_of_a_group_it_is_how_many(week_file: Path, clock: FakeClock, keys: tuple[str, ...]) -> None:
    async def story(here: Desk) -> None:
        await here.press("5", "plus")
        await here.sees("hoeveel van 5")
        await here.press(*keys)
        await here.sees("Genoteerd: 3 personen")
        today = await here.today()
        assert (today.visits, today.first_visits) == (5, 0)

    tell(week_file, story)
    assert heard(week_file, clock) == (5, 3)


def test_the_numeric_pad_alone_says_yes_and_no(week_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.press("add", "1", "decimal", "add", "0", "decimal", "add", "decimal")
        today = await here.today()
        assert (today.visits, today.first_visits) == (3, 1), "without a number it is somebody's first visit"

    tell(week_file, story)
    assert heard(week_file, clock) == (3, 2)


def test_an_arrival_that_is_undone_takes_its_answer_with_it(week_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus", "t", "plus", "t", "u")
        await here.sees("ongedaan gemaakt")
        assert (await here.today()).visits == 1

    tell(week_file, story)
    assert heard(week_file, clock) == (1, 1)


def test_more_than_came_in_is_said_and_not_noted(week_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.press("2", "plus", "3", "t")
        await here.sees("0 tot 2")
        assert (await here.today()).visits == 2

    tell(week_file, story)
    assert heard(week_file, clock) == (0, 0)


def test_without_a_visitor_there_is_nothing_to_say(week_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("t")
        await here.sees("Tel eerst de bezoeker")

    tell(week_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_key_bar_and_help_show_the_key_in_a_sample_week(week_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Desk) -> None:
        await here.sees("t nieuw deze week")
        await here.press("plus")
        await here.sees("t = ja")
        await here.press("f1")
        await here.sees("In een telweek")
        await here.press("escape", "ctrl+p")
        await here.press(*"nieuw")
        await here.sees("Nieuw deze week  (t)")

    tell(week_file, story, size=size)


def test_in_another_week_nothing_is_asked_or_shown(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus")
        await here.sees("Laatste: +1")
        assert "telweek" not in here.screen.lower()
        assert "nieuw deze week" not in here.screen
        await here.press("t")
        await here.sees("Dit is geen telweek")
        await here.press("f1")
        await here.sees("Hulp")
        assert "telweek" not in here.screen.lower()

    tell(room_file, story)


def test_a_week_that_is_planned_meanwhile_is_asked_about(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.database.run(lambda: sample_weeks.plan("2026-W48"))
        here.app._look_again()
        await here.sees("t nieuw deze week")
        await here.press("plus")
        await here.sees(ASKED)

    tell(room_file, story)


def test_while_a_number_is_typed_its_keys_are_said(week_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("5", "plus", "2")
        await here.sees("2_", "t = nieuw deze week")

    tell(week_file, story)


def test_a_coordinator_plans_it_at_the_figures_and_the_desk_asks(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("f6")
        await here.sees("Cijfers")
        await here.burst("f1")
        await here.sees("een week waarin de balie vraagt")
        await here.burst("escape", "p")
        await here.sees("Een telweek plannen")
        await here.burst(*"vijftig", "enter")
        await here.sees("is zo niet te lezen")
        await here.burst(*["backspace"] * 7, "4", "8", "enter")
        await here.sees("Telweek: 23 t/m 29 november 2026.", "Cijfers")
        await here.burst("escape")
        await here.press("plus")
        await here.sees(ASKED)

    tell(room_file, story)


def test_who_may_not_plan_it_is_not_offered_it(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("f6")
        await here.sees("Cijfers", "t periode")
        assert "telweek" not in here.screen
        await here.burst("p", "f1")
        await here.sees("Hulp: de cijfers")
        assert "een week waarin de balie vraagt" not in here.screen

    roles.act_as(PersonKind.VOLUNTEER)
    try:
        tell(room_file, story)
    finally:
        roles.act_as(None)
