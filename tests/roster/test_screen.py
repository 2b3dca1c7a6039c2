"""Stories at the roster (F5): the coordinator fills a gap, somebody is ill, two people swap."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time
from pathlib import Path

import pytest

from db import connection, door, duties, people, roles, roster
from db.states import PersonKind
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk
from tests.safekeeping.files import write

Story = Callable[[Desk], Awaitable[None]]
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def tell(file: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Somebody opens the roster of this room."""

    async def live() -> None:
        async with desk(file, size=size) as here:
            await here.burst("f5")
            await here.sees("Rooster")
            await story(here)

    asyncio.run(live())


@pytest.fixture
def planned(room_file: Path) -> dict[str, int]:
    """Anja is on duty today and Ben tomorrow; Carla is known too. The duties' numbers."""
    connection.open(room_file)
    known = {name: people.add(name, kind=PersonKind.HOST).id for name in ("Anja", "Ben", "Carla")}
    found = {"Anja": roster.plan(known["Anja"], MONDAY), "Ben": roster.plan(known["Ben"], TUESDAY)}
    connection.close()
    return found


async def names(here: Desk, day: date) -> list[tuple[str, bool]]:
    """Who is on duty that day, and whether they are absent."""
    found = await here.database.run(lambda: duties.between(day, day))
    return [(duty.name, duty.absent) for shift in found for duty in shift.duties]


def test_the_weeks_to_come_with_their_gaps_in_words(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.sees("→ ma 23 nov 2026  10:00–16:30", "! gat: nog 1 nodig", "Anja")

    tell(room_file, story)


def test_on_a_narrow_screen_a_gap_leaves_the_hours_whole(room_file: Path, clock: FakeClock) -> None:
    """The longest way to say it: of a part of the shift."""
    connection.open(room_file)
    known = people.add("Anja", kind=PersonKind.HOST).id
    roster.plan(known, TUESDAY, time(10), time(14))
    connection.close()

    async def live() -> None:
        async with desk(room_file, size=(64, 20), language="en") as here:
            await here.burst("f5")
            await here.sees("Tue 24 Nov 2026  10:00–16:30", "! gap: 2 more needed 14:00–16:30")

    asyncio.run(live())


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_a_shift_that_nobody_opened_says_so_whole_beside_hours_that_wait(
    room_file: Path, clock: FakeClock, planned: dict[str, int], size: tuple[int, int]
) -> None:
    """And the line on top names its days, whatever stands beside them."""
    clock.go_on_until(at("2026-11-24 17:00"))

    async def story(here: Desk) -> None:
        await here.sees("10:00–16:30 · ontbreekt: niet geopend", "! uren te bevestigen: 1", "met een gat")
        assert "…" not in here.screen

    tell(room_file, story, size)


def test_a_gap_is_filled_with_a_few_keys(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("enter", "c", "enter")
        await here.sees("Carla komt op ma 23 nov 2026.")
        assert await names(here, MONDAY) == [("Anja", False), ("Carla", False)]

    tell(room_file, story)


def test_who_is_not_on_duty_yet_is_offered_first(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("enter", "enter")
        await here.sees("Ben komt op ma 23 nov 2026.")
        await here.burst("enter", "enter")
        await here.sees("Carla komt op ma 23 nov 2026.")

    tell(room_file, story)


def test_for_a_part_of_the_shift(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("enter", "c", "down", *"12", "down", *"14", "enter")
        await here.sees("Carla komt op", "12:00–14:00")

    tell(room_file, story)


def test_who_is_on_duty_already_cannot_come_twice(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("enter", "a", "enter")
        await here.sees("Wie komt er op", "Anja")
        await here.sees("Anja", "al in dienst")
        assert await names(here, MONDAY) == [("Anja", False)]

    tell(room_file, story)


def test_somebody_is_ill_and_somebody_stands_in(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("x")
        await here.sees("Ga eerst naar een persoon")
        await here.burst("down", "x")
        await here.sees("Anja komt niet; nog een keer dezelfde toets", "afwezig", "nog 2 van het gastteam")
        await here.burst("x")
        await here.sees("Anja komt toch.")
        await here.burst("enter", "c", "enter")
        await here.sees("Carla komt op", "valt in voor Anja")
        assert await names(here, MONDAY) == [("Anja", True), ("Carla", False)]

    tell(room_file, story)


def test_two_people_swap(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("down", "s")
        await here.sees("Anja ruilt ma 23 nov 2026")
        await here.burst("down", "down", "s")
        await here.until(lambda: "hebben geruild" in here.screen or "worden geruild" in here.screen)
        assert await names(here, TUESDAY) == [("Anja", False)]

    tell(room_file, story)


def test_who_cannot_swap_is_told_before_somebody_looks_for_the_other(
    room_file: Path, planned: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("down", "x")
        await here.sees("Anja komt niet")
        await here.burst("s")
        await here.sees("Ruilen kan alleen met wat nog komt.")
        await here.burst("down", "down", "s")
        await here.sees("Ben ruilt di 24 nov 2026 met …")
        await here.burst("s")
        await here.until(lambda: "ruilt" not in here.screen, lambda: here.screen)

    tell(room_file, story)


def test_somebody_comes_at_other_times(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("down", "down", "down", "k")
        await here.sees("Hoe laat komt Ben op di 24 nov 2026?", "10:00")
        await here.burst(*"12", "down", *"15", "enter")
        await here.sees("Ben komt om 12:00.", "12:00–15:00")

    tell(room_file, story)


def test_somebody_goes_from_the_roster(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("down", "t")
        await here.sees("Anja staat niet meer op het rooster van ma 23 nov 2026.")
        assert await names(here, MONDAY) == []

    tell(room_file, story)


@pytest.fixture
def yesterday(room_file: Path, clock: FakeClock, planned: dict[str, int]) -> None:
    """On Monday Anja was on duty, and Carla came at two; nobody closed. It is Tuesday morning."""
    connection.open(room_file)
    door.arrive()
    roster.came(people.find("Carla").id)
    clock.go_on_until(at("2026-11-24 09:50"))
    door.start_of_day()
    connection.close()


def test_the_hours_of_a_past_shift_are_confirmed_by_keys(room_file: Path, yesterday: None) -> None:
    async def story(here: Desk) -> None:
        await here.sees("→ di 24 nov 2026", "! uren te bevestigen: 2")
        await here.sees("Anja          10:00–16:30 · nog niet bevestigd", "Carla         14:07– · nog niet")
        await here.burst("5")
        await here.sees("Die dienst is nog niet voorbij")
        await here.burst("8", "5")
        await here.sees("Was Carla er op ma 23 nov 2026?", "Van                 14:07", "16:30")
        await here.burst("down", "down", *"1530", "enter")
        await here.sees("Bewaard voor Carla.", "14:07–15:30 · 1,38 uur, bevestigd")
        await here.burst("8", "8", "5")
        await here.sees("De uren van ma 23 nov 2026 zijn bevestigd.", "6,5 uur, bevestigd")
        assert "nog niet bevestigd" not in here.screen

    tell(room_file, story)


def test_who_sees_figures_only_confirms_nothing(
    room_file: Path, yesterday: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "_asking", PersonKind.VOLUNTEER)

    async def story(here: Desk) -> None:
        await here.sees("te bevestigen")
        assert "b uren kloppen" not in here.screen
        await here.burst("8", "8", "8", "5")
        await here.sees("kan een vrijwilliger")

    tell(room_file, story)


def test_the_hours_and_back(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("h")
        await here.sees("Uren in november 2026", "Anja")
        await here.until(lambda: "ruilen" not in here.screen, lambda: here.screen)
        await here.burst("enter", "t")
        assert "Ga eerst naar een persoon" not in here.screen
        await here.burst(">", ">")
        await here.sees("Uren in januari 2027")
        await here.burst("<", "<", "escape")
        await here.sees("→ ma 23 nov 2026", "s ruilen")
        await here.burst("escape")
        await here.sees("bezoeken vandaag")

    tell(room_file, story)


def test_a_visitor_who_comes_in_meanwhile_is_counted(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("+", "f2")
        await here.sees("Laatste: +1 om 14:07")

    tell(room_file, story)


def test_another_processs_change_is_seen(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        def elsewhere() -> None:
            connection.open(room_file)
            roster.plan(people.find("Carla").id, TUESDAY)
            connection.close()

        await asyncio.to_thread(elsewhere)
        await here.sees("Carla")

    tell(room_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_in_a_new_room_who_comes_is_asked_by_name(room_file: Path, size: tuple[int, int]) -> None:
    """On the first day nobody is known, and a host has no shell."""

    async def story(here: Desk) -> None:
        await here.burst("enter")
        await here.sees("Iemand nieuw in het gastteam of bij de vrijwilligers", "een voornaam is genoeg")
        await here.burst("enter")
        await here.sees("Een persoon heeft een naam nodig")
        await here.burst(*"Anja", "enter")
        await here.sees("Wie komt er op ma 23 nov 2026", "Anja")
        await here.burst("enter")
        await here.sees("Anja komt op ma 23 nov 2026.")
        assert await names(here, MONDAY) == [("Anja", False)]
        [anja] = await here.database.run(people.everybody)
        assert anja.kind is PersonKind.HOST

    tell(room_file, story, size)


def test_somebody_joins_by_the_palette(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("ctrl+p", *"nieuw")
        await here.sees("Iemand nieuw", "Er komt iemand bij het gastteam of de vrijwilligers.")
        await here.burst("enter")
        await here.sees("Komt erbij als")
        await here.burst(*"Dirk", "down", "right", "enter")
        await here.sees("Dirk hoort erbij, als vrijwilliger.")
        await here.burst("enter", "d")
        await here.sees("Wie komt er op ma 23 nov 2026", "(•) Dirk")

    tell(room_file, story, (132, 43))


def test_who_may_have_nobody_join_is_told_where_that_is_done(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(here: Desk) -> None:
        monkeypatch.setattr(roles, "_asking", PersonKind.HOST)
        await here.burst("enter")
        await here.sees("hostdesk person add NAAM")

    tell(room_file, story)


@pytest.mark.parametrize("size", [(64, 20), (132, 43)])
def test_on_small_and_large_terminals(
    room_file: Path, planned: dict[str, int], size: tuple[int, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.sees("→ ma 23 nov 2026", "Anja", "gat", "Esc terug")

    tell(room_file, story, size)


def test_a_roster_that_cannot_be_read_is_said_and_counting_goes_on(
    room_file: Path, planned: dict[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    """Another program, or a card, left something there that hostdesk never writes: that is no bug."""
    write(room_file, "UPDATE duty SET changed_at = 'gisteren'")

    async def story() -> None:
        async with desk(room_file, size=(100, 30)) as here:
            await here.press("plus")
            assert (await here.today()).visits == 1
            await here.press("f5")
            await here.sees("niet heeft geschreven", "hostdesk check")
            await here.press("plus")
            assert (await here.today()).visits == 2

    asyncio.run(story())
    assert "gisteren" in caplog.text
    assert "bug" not in caplog.text
