"""Stories at the figures (F6): a coordinator sees how the month goes, and steps through the periods."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from db import connection, door
from db.figures_names import MEANINGS, Name
from hostdesk.screens import figures_words
from hostdesk.screens.figures import FiguresScreen
from hostdesk.widgets import big_number
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run
from tests.desks import Desk, desk

Story = Callable[[Desk], Awaitable[None]]


def tell(file: Path, story: Story, size: tuple[int, int] = (80, 24), language: str = "nl") -> None:
    """Somebody opens the figures of this room."""

    async def live() -> None:
        async with desk(file, size=size, language=language) as here:
            await here.burst("f6")
            await here.until(lambda: type(here.app.screen).__name__ == "FiguresScreen")
            await story(here)

    asyncio.run(live())


@pytest.fixture
def two_weeks(room_file: Path, clock: FakeClock) -> Path:
    """A Wednesday on which nobody opened, a Friday on which nobody came; and the Tuesday after."""
    connection.open(room_file)
    for day, visits in zip(range(23, 28), (20, 30, None, 25, 0), strict=True):
        if visits is not None:
            clock.go_on_until(at(f"2026-11-{day} 15:00"))
            if visits:
                door.arrive(visits)
            else:
                door.headcount(0)
    clock.go_on_until(at("2026-12-01 14:00"))
    door.arrive(12)
    connection.close()
    return room_file


def of_figure(here: Desk, name: Name) -> str:
    """What is said of one figure."""
    screen = here.app.screen
    assert isinstance(screen, FiguresScreen) and screen._seen
    number = figures_words.items().index(name)
    lines = [text for row, text in screen._lines_of(screen._seen) if row == number]
    return "\n".join("".join(span.text for span in text) for text in lines)


def everything(here: Desk) -> str:
    """The whole page, also what is out of sight."""
    return "\n".join(str(one.text) for one in here.app.screen.query("#text"))


def test_the_month_with_its_numbers_beside_the_one_before(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Cijfers", "december 2026", "Bezoeken", "Deelnames", "Vrijwilligersuren")
        await here.burst("left")
        await here.sees("november 2026")

    tell(two_weeks, story)


def test_stepping_stops_at_now_and_comes_back_to_it(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("december 2026")
        await here.burst("right", "right")
        await here.sees("december 2026")
        await here.burst("left", "left")
        await here.sees("oktober 2026")
        await here.burst("n")
        await here.sees("december 2026")

    tell(two_weeks, story)


def test_one_key_goes_through_the_kinds_of_period(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        for title in (
            "kwartaal 4 van 2026",
            "Cijfers  2026",
            "di 1 dec 2026",
            "week 49 van 2026",
            "december",
        ):
            await here.burst("t")
            await here.sees(title)

    tell(two_weeks, story)


def test_zero_shut_missing_and_not_measured_are_four_things(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("t", "t", "t", "t", "left")
        await here.sees("week 48 van 2026")
        page = everything(here)
        assert "0 open, niemand kwam" in page
        assert "· dicht" in page
        assert "! ontbreekt: gepland en nooit geopend" in page
        assert "niet gemeten" in page  # nobody said a first visit

    tell(two_weeks, story)


def test_what_is_badly_missing_is_said_before_any_number(two_weeks: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.sees("december 2026")
        await here.burst("left")
        await here.sees("geplande diensten")
        lines = here.screen.splitlines()
        assert "geplande diensten" in lines[1]

    tell(two_weeks, story)


def test_a_room_in_which_nobody_was_counted(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("november 2026", "– niet gemeten")
        page = everything(here)
        assert "Aan de deur is niets geteld." in page and "Er is niemand per uur geteld." in page
        assert "█ bezoeken" not in page and "Gemiddeld op een open dag" not in page

    tell(room_file, story)


def test_days_on_which_nobody_came_have_no_columns_but_say_so(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    clock.go_on_until(at("2026-11-24 15:00"))
    door.headcount(0)
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("t", "t", "t", "t")
        await here.sees("week 48 van 2026")
        lines = everything(here).splitlines()
        chart = lines[lines.index("Bezoeken per dag") + 1 :]
        assert chart[0].split()[0] == "0", chart[0]
        assert "0 open, niemand kwam" in "".join(chart[:6])

    tell(room_file, story)


def test_a_year_stands_beside_one_other_and_says_which(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("december 2026")
        await here.burst("t", "t")
        await here.sees("Cijfers  2026")
        page = everything(here)
        heading = next(row for row in page.splitlines() if row.startswith("Aan de deur"))
        assert heading.split() == ["Aan", "de", "deur", "1", "jan", "t/m", "30", "nov", "2025"]

    tell(two_weeks, story, size=(132, 43))


def test_the_columns_of_a_long_period_stand_in_words_with_their_days(two_weeks: Path) -> None:
    """75 visits on the four days that opened, of five; and 12 on the first of December."""

    async def story(here: Desk) -> None:
        await here.sees("december 2026")
        await here.burst("t")
        await here.sees("kwartaal 4 van 2026")
        assert "Op een open dag, in week 48: 18,8 (4 dagen) · 49: 12 (1 dag)" in everything(here)
        await here.burst("t")
        await here.sees("Cijfers  2026")
        assert "Op een open dag, in maand 11: 18,8 (4 dagen) · 12: 12 (1 dag)" in everything(here)

    tell(two_weeks, story, size=(132, 43))


def test_a_count_elsewhere_is_seen(two_weeks: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("december 2026")
        before = everything(here)
        await here.database.run(lambda: door.arrive(9))
        here.app._look_again()
        await here.until(lambda: everything(here) != before)

    tell(two_weeks, story)


def test_every_figure_has_its_place(two_weeks: Path) -> None:
    items = figures_words.items()
    assert {item for item in items if isinstance(item, Name)} == set(MEANINGS)
    assert len(items) == len(set(items))


def test_the_screen_says_what_the_report_says(two_weeks: Path, run: Run) -> None:
    """Each figure's number and its status, of the month before this one; the large ones as digits."""
    code, out, _ = run("report", "--json", "--month", "2026-11")
    assert code == 0
    said = json.loads(out)["figures"]

    async def story(here: Desk) -> None:
        await here.burst("left")
        await here.sees("november 2026")
        for name, figure in said.items():
            row = of_figure(here, Name(name))
            value = figure["value"]
            if name in figures_words.LARGE:
                assert value is None or big_number.draw(dutch(value), (2, 1))[0] in everything(here)
            elif value is None:
                assert "niet gemeten" in row or "niet ingevuld" in row
            elif name == "volunteer_led_share":
                assert f" {value * 100:.0f}% geteld" in row
            else:
                assert f" {dutch(value)} " in row

    tell(two_weeks, story)


def dutch(number: float) -> str:
    """1.234,5."""
    return f"{number:,.1f}".removesuffix(".0").translate(str.maketrans(",.", ".,"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("wide", [64, 80, 132])
def test_no_two_labels_read_the_same_and_none_is_cut(two_weeks: Path, wide: int, language: str) -> None:
    async def story(here: Desk) -> None:
        screen = here.app.screen
        assert isinstance(screen, FiguresScreen)
        await here.until(lambda: screen._seen)
        assert screen._seen
        said: dict[str, object] = {}
        for item, text in screen._lines_of(screen._seen):
            spans = [span.text.strip() for span in text]
            figure = isinstance(item, int) and isinstance(figures_words.items()[item], Name)
            heading = text[:1] and text[0].look == "strong"
            if (figure and item >= len(figures_words.LARGE) and len(spans) > 1) or heading:
                label = spans[0] if heading else spans[1]
                assert label not in said, (label, item, said[label])
                said[label] = item
        assert not [label for label in said if "…" in label]
        assert len(said) > len(Name)

    tell(two_weeks, story, size=(wide, 24), language=language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("wide", [64, 80, 100])
def test_why_there_is_no_number_is_not_cut(room_file: Path, wide: int, language: str) -> None:
    async def story(here: Desk) -> None:
        screen = here.app.screen
        assert isinstance(screen, FiguresScreen)
        await here.until(lambda: screen._seen)
        page = [of_figure(here, name) for name in Name if name not in figures_words.LARGE]
        assert not [text for text in page if "…" in text]
        nothing = "niets te meten" if language == "nl" else "nothing to measure"
        assert [text for text in page if nothing in text]

    tell(room_file, story, size=(wide, 24), language=language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", [(64, 20), (80, 24)])
def test_every_key_is_on_the_bar(room_file: Path, size: tuple[int, int], language: str) -> None:
    keys = {
        "nl": ("Enter uitleg", "← eerder", "→ later", "t periode", "n nu", "p telweek", "Esc terug"),
        "en": ("Enter details", "← earlier", "→ later", "t period", "n now", "p sample week", "Esc back"),
    }

    async def story(here: Desk) -> None:
        await here.sees(*keys[language])

    tell(room_file, story, size=size, language=language)
