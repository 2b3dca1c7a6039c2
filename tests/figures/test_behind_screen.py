"""Stories behind a figure: what it means, its rows, a day at the door, and putting that right."""

import asyncio
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from db import corrections, days, figures_behind, figures_period, roles
from db.figures_names import Name
from db.room import Room
from db.states import PersonKind
from hostdesk import words
from hostdesk.screens import figures_behind_words, figures_words
from hostdesk.screens.figures_behind import BehindScreen
from hostdesk.screens.figures_day import DoorDayScreen
from tests.board.test_slow_disk import on_a_slow_disk
from tests.desks import Desk, desk
from tests.figures.test_screen import tell, two_weeks

__all__ = ["two_weeks"]


async def behind(here: Desk, name: Name) -> BehindScreen:
    """Enter on this figure."""
    at = figures_words.items().index(name)
    await here.burst("home", *["down"] * at, "enter")
    await here.until(lambda: isinstance(here.app.screen, BehindScreen) and here.app.screen._seen)
    screen = here.app.screen
    assert isinstance(screen, BehindScreen)
    return screen


async def november(here: Desk) -> None:
    await here.sees("december 2026")
    await here.burst("left")
    await here.sees("november 2026")


async def monday(here: Desk) -> None:
    """From the visits of November to Monday 23 November at the door."""
    await november(here)
    await behind(here, Name.VISITS)
    await here.burst("home", "enter")
    await here.sees("Aan de deur", "ma 23 nov 2026")


def test_a_figure_says_what_it_means_and_shows_its_days(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await november(here)
        await behind(here, Name.VISITS)
        await here.sees("Bezoeken  november 2026", "75 geteld", "geteld bij de deur", "Gemaakt van 8 regels")
        await here.burst("end")
        await here.sees("ma 23 nov 2026", "wo 25 nov 2026", "ontbreekt", "dicht")
        await here.burst("escape")
        await here.sees("Cijfers  november 2026")

    tell(two_weeks, story)


def test_a_numeric_pad_goes_down_to_the_door_and_back(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("december 2026")
        await here.burst("4")
        await here.sees("november 2026")
        await here.burst("enter")
        await here.sees("Gemaakt van")
        await here.burst("1", *["8"] * 7, "enter")
        await here.sees("Aan de deur", "ma 23 nov 2026", "20 bezoekers kwamen binnen")
        await here.burst("6")
        await here.sees("di 24 nov 2026", "30 bezoekers kwamen binnen")
        await here.burst("4")
        await here.sees("ma 23 nov 2026")
        await here.burst("0", "0")
        await here.sees("Cijfers  november 2026")

    tell(two_weeks, story)


def test_another_number_is_in_every_figure_at_once(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await monday(here)
        await here.burst("enter")
        await here.sees("20 bezoekers kwamen binnen: hoeveel waren het er echt?")
        await here.burst("2", "3", "enter", *"drie erbij", "enter", "enter")
        await here.sees("23 bezoekers kwamen binnen", "telt niet: drie erbij", "Bezoeken: 23")
        await here.burst("escape", "home")
        await here.sees("78 geteld", "Gemaakt van 8 regels")
        await here.burst("escape")
        await here.sees("Cijfers  november 2026")
        await behind(here, Name.VISITS_PER_DAY_OPEN)
        await here.sees("19,5 geteld", "over 4 open dagen")

    tell(two_weeks, story)


def test_nothing_is_corrected_without_a_reason(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await monday(here)
        await here.burst("enter")
        await here.sees("hoeveel waren het er echt?")
        await here.burst("2", "2", "f2")
        await here.sees("Zeg waarom")
        await here.burst("escape")
        await here.sees("Bezoeken: 20")

    tell(two_weeks, story)


def test_nought_takes_a_row_back_and_it_is_not_corrected_twice(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await monday(here)
        await here.burst("enter")
        await here.sees("0: het telt niet")
        await here.burst("0", "enter", *"verkeerde dag", "f2")
        await here.sees("Bezoeken: 0", "telt niet: verkeerde dag")
        await here.burst("enter")
        await here.sees("Dat telt al niet meer")

    tell(two_weeks, story)


def test_on_a_small_screen_too_it_says_how_a_row_is_taken_back(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await monday(here)
        await here.burst("enter")
        await here.until(lambda: "echt? 0: het telt niet" in " ".join(here.screen.split()))

    tell(two_weeks, story, size=(64, 20))


def test_who_was_not_counted_is_added(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await monday(here)
        await here.burst("end", "enter")
        await here.sees("Wie kwam binnen op ma 23 nov 2026 en is niet geteld?")
        await here.burst(*"1130", "enter", "4", "enter", "2", "enter", *"stroom uit", "enter", "enter")
        await here.sees("11:30  4 vrijwilligers kwamen binnen", "erbij gezet: stroom uit")
        entries = await here.database.run(lambda: corrections.of_day(date(2026, 11, 23)))
        assert [entry.row.n for entry in entries] == [4, 20]
        assert await here.database.run(lambda: days.visits(date(2026, 11, 23))) == 20

    tell(two_weeks, story)


def test_a_time_that_cannot_be_is_said_and_nothing_typed_is_lost(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await monday(here)
        await here.burst("end", "enter")
        await here.sees("is niet geteld?")
        await here.burst(*"kwart", "enter")
        await here.sees("“kwart”")
        await here.burst(*["backspace"] * 5, *"12", "enter", "3", "f2")
        await here.sees("Zeg waarom")
        await here.sees("12:00", "3")

    tell(two_weeks, story)


def test_who_came_on_a_day_that_was_shut_is_no_correction(two_weeks: Path) -> None:
    """Nobody fills in a form first: the page itself says what comes before."""

    async def story(here: Desk) -> None:
        await november(here)
        await behind(here, Name.VISITS)
        await here.burst("end", "up", "enter")
        await here.sees("Aan de deur", "zo 29 nov 2026", "dicht")
        await here.burst("end", "enter")
        await here.sees("de buurtkamer dicht", "hostdesk opening day 2026-11-29 10-13")
        assert isinstance(here.app.screen, DoorDayScreen)

    tell(two_weeks, story)


@pytest.mark.parametrize("role", [PersonKind.HOST, PersonKind.VOLUNTEER])
def test_who_may_not_correct_is_not_offered_it_and_hears_why(two_weeks: Path, role: PersonKind) -> None:
    async def story(here: Desk) -> None:
        await monday(here)
        await here.sees("← dag eerder")
        assert "verbeteren" not in here.screen and "niet geteld" not in here.screen
        await here.burst("end", "enter")
        await here.sees("Van elders")
        assert isinstance(here.app.screen, DoorDayScreen)
        await here.burst("f1")
        await here.sees("Hulp: een dag aan de deur")
        assert "Enter" not in here.screen

    roles.act_as(role)
    try:
        tell(two_weeks, story)
    finally:
        roles.act_as(None)


def test_a_headcount_can_only_be_taken_back(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await november(here)
        await behind(here, Name.PRESENT_AT_HEADCOUNTS)
        await here.burst("enter")
        await here.sees("vr 27 nov 2026", "koppen geteld: 0")
        await here.burst("enter")
        await here.sees("koppen geteld: 0: waarom telt het niet?")
        await here.burst(*"niet geteld", "f2")
        await here.sees("telt niet: niet geteld")
        await here.burst("escape")
        await here.sees("niet gemeten", "Er zitten geen regels achter.")

    tell(two_weeks, story)


def test_days_that_have_yet_to_come_are_not_gone_to(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("december 2026")
        await here.burst("enter")
        await here.sees("Gemaakt van 1 regel")
        await here.burst("enter")
        await here.sees("Aan de deur", "di 1 dec 2026")
        await here.burst("right")
        await here.burst("left")
        await here.sees("ma 30 nov 2026")

    tell(two_weeks, story)


def test_every_figure_of_an_empty_room_says_what_it_means_at_any_width(room: Room) -> None:
    words.choose("nl")
    for width, name in product((61, 77, 129), Name):
        seen = figures_behind.behind(name, figures_period.month_of(date(2026, 11, 1)))
        text = ["".join(span.text for span in row) for _, row in figures_behind_words.page(seen, 0, width)]
        how = ("geteld", "niet gemeten", "niet ingevuld", "niets te meten")
        assert any(said in "\n".join(text) for said in how), name
        assert max(map(len, text)) <= width


def test_a_count_at_the_desk_shows_on_its_day(two_weeks: Path) -> None:
    """Somebody comes in while a coordinator looks: + counts here too, and is a row at once."""

    async def story(here: Desk) -> None:
        await here.sees("december 2026")
        await here.burst("enter")
        await here.sees("Gemaakt van 1 regel")
        await here.burst("enter")
        await here.sees("di 1 dec 2026", "Bezoeken: 12")
        assert isinstance(here.app.screen, DoorDayScreen)
        await here.press("plus")
        await here.sees("Bezoeken: 13")

    tell(two_weeks, story)


def test_keys_right_after_each_other_go_down_to_the_door_on_a_slow_disk(two_weeks: Path) -> None:
    async def story() -> None:
        async with desk(two_weeks) as here:
            await on_a_slow_disk(here, "f6", "left", "enter", "end", *["up"] * 3, "enter", "end", "enter")
            await here.sees("Wie kwam binnen op vr 27 nov 2026 en is niet geteld?")

    asyncio.run(story())
