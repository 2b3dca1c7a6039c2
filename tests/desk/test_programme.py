"""The programme, a number that is wanted, advice that comes in: beside the counting, never before it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time
from functools import partial
from pathlib import Path

import pytest

from db import advice, connection, planning, programme, sessions, wishes
from db.planning import Plan
from db.programme import Programme
from db.sessions import Meeting
from db.states import SessionState
from hostdesk.screens.advice import AdviceScreen
from hostdesk.screens.board import BoardScreen
from tests.clocks import FakeClock, at
from tests.desks import CHARACTERS, Desk, desk

Story = Callable[[Desk], Awaitable[None]]

TODAY = date(2026, 11, 23)
"""A Monday; it is 14:07."""


def tell(file: Path, story: Story, **options: object) -> None:
    """Live a story at the desk of this room."""

    async def live() -> None:
        async with desk(file, **options) as here:  # type: ignore[arg-type]
            await story(here)

    asyncio.run(live())


def session(title: str, starts: int, ends: int, day: date = TODAY, **other: object) -> int:
    """Plan a session; its number. Whoever calls this has the room open."""
    plan = Plan(title, day, time(starts), time(ends), **other)  # type: ignore[arg-type]
    return sessions.of_activity(planning.plan((), plan))[0].id


@pytest.fixture
def planned(room_file: Path, clock: FakeClock) -> dict[str, int]:
    """Coffee this morning, knitting now, cooking later."""
    clock.set_to(at("2026-11-23 09:00"))
    connection.open(room_file)
    made = {
        "coffee": session("Koffieochtend", 10, 12),
        "knitting": session("Breiclub", 14, 16),
        "cooking": session("Samen koken", 17, 19, capacity=8),
    }
    connection.close()
    clock.set_to(at("2026-11-23 14:07"))
    return made


@pytest.fixture
def last_friday(room_file: Path, clock: FakeClock) -> int:
    """A session of three days ago, of which nobody said how many took part."""
    clock.set_to(at("2026-11-20 09:00"))
    connection.open(room_file)
    made = session("Schilderen", 10, 12, date(2026, 11, 20))
    connection.close()
    clock.set_to(at("2026-11-23 14:07"))
    return made


async def seen(here: Desk) -> Programme:
    """The programme as the database has it."""
    return await here.database.run(programme.today)


async def meeting(here: Desk, number: int) -> Meeting:
    """A session as the database has it."""
    return await here.database.run(partial(sessions.one, number))


def line_of(here: Desk, text: str) -> str:
    """The line of the screen on which this stands."""
    return next(line for line in here.screen.splitlines() if text in line)


def toast(here: Desk) -> str:
    """What stands in the box over the screen."""
    boxed = [line.split("│")[1].strip() for line in here.screen.splitlines() if line.count("│") > 1]
    return " ".join(boxed)


@pytest.mark.usefixtures("planned")
def test_the_day_stands_on_the_desk_from_past_to_next(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Vandaag", "Koffieochtend", "Breiclub", "Samen koken")
        assert "hoeveel?" in line_of(here, "10:00 Koffieochtend")
        assert "nu" in line_of(here, "14:00 Breiclub")
        assert "0 van 8" in line_of(here, "17:00 Samen koken")

    tell(room_file, story)


def test_there_is_no_box_when_there_is_nothing(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        assert "Vandaag" not in here.screen
        assert here.app._desk.query_one("#programme").size.height == 0

    tell(room_file, story)


def test_what_does_not_go_on_says_so(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.database.run(partial(sessions.cancel, planned["cooking"], "kok ziek"))
        here.app._changed.set()
        await here.until(lambda: "gaat niet door" in line_of(here, "Samen koken"), lambda: here.screen)

    tell(room_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20), (132, 43)])
def test_a_full_day_shows_what_is_nearest_to_now(
    room_file: Path, clock: FakeClock, size: tuple[int, int]
) -> None:
    clock.set_to(at("2026-11-23 07:00"))
    connection.open(room_file)
    for hour in range(8, 20):
        session(f"Om {hour} uur", hour, hour + 1)
    connection.close()
    clock.set_to(at("2026-11-23 14:07"))

    async def story(here: Desk) -> None:
        await here.sees("Om 14 uur", "meer")
        shown = sum(f"Om {hour} uur" in here.screen for hour in range(8, 20))
        assert 1 < shown < 12
        assert f"+ {12 - shown} meer" in here.screen
        assert "Laatste" in here.screen or "Nog niets geteld" in here.screen

    tell(room_file, story, size=size)


@pytest.mark.parametrize("key", ["d", "enter"])
def test_one_key_takes_the_number_of_what_ended(room_file: Path, planned: dict[str, int], key: str) -> None:
    async def story(here: Desk) -> None:
        await here.press(key)
        await here.sees("Koffieochtend", "Deelnemers")
        await here.press("1", "2", "enter")
        await here.until(lambda: here.app.screen is here.app._desk)
        await here.until(lambda: "12 deelnames" in line_of(here, "10:00 Koffieochtend"), lambda: here.screen)
        assert (await meeting(here, planned["coffee"])).participations == 12
        assert (await here.today()).visits == 0

    tell(room_file, story)


def test_an_arrow_chooses_another_session(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        assert "→" in line_of(here, "10:00 Koffieochtend")
        await here.press("down")
        await here.until(lambda: "→" in line_of(here, "14:00 Breiclub"), lambda: here.screen)
        await here.press("d")
        await here.sees("Deelnemers")
        await here.press("7", "enter")
        await here.until(lambda: here.app.screen is here.app._desk)
        assert (await meeting(here, planned["knitting"])).participations == 7
        assert (await meeting(here, planned["coffee"])).state is SessionState.PLANNED

    tell(room_file, story)


def test_a_click_chooses_too(room_file: Path, planned: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Breiclub")
        await here.pilot.click("#programme", offset=(3, 2))
        await here.sees("Deelnemers")
        await here.press("9", "enter")
        await here.until(lambda: here.app.screen is here.app._desk)
        assert (await meeting(here, planned["knitting"])).participations == 9

    tell(room_file, story)


@pytest.mark.usefixtures("planned")
def test_enter_after_a_number_still_counts_people(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("3", "enter")
        await here.sees("Laatste: +3 om 14:07")
        assert here.app.screen is here.app._desk

    tell(room_file, story)


def test_enter_once_too_often_asks_nothing_and_the_next_visitors_are_counted(
    room_file: Path, planned: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.press("3", "enter", "enter")
        await here.sees("Nog eens Enter: hoeveel deden mee met Koffieochtend?")
        await here.press("4", "enter")
        await here.sees("Laatste: +4 om 14:07")
        assert (await here.today()).visits == 7
        assert (await meeting(here, planned["coffee"])).participations is None
        await here.press("enter", "enter")
        await here.sees("Deelnemers")

    tell(room_file, story)


def test_enter_alone_does_not_ask_again_for_a_number_that_was_given(
    room_file: Path, planned: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        for n, begun in (("7", "10:00 Koffieochtend"), ("9", "14:00 Breiclub")):
            await here.press("d", n, "enter")
            await here.until(lambda: here.app.screen is here.app._desk)
            await here.until(lambda: f"{n} deelnames" in line_of(here, begun), lambda: here.screen)  # noqa: B023
        await here.press("enter", "3", "enter")
        await here.sees("Laatste: +3 om 14:07")
        assert (await meeting(here, planned["knitting"])).participations == 9
        await here.press("plus", "enter")
        await here.sees("5 Enter is vijf bezoekers")
        await here.press("d")  # that one asks again
        await here.sees("Deelnemers")

    tell(room_file, story)


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize("typed", [(), ("1", "2")])
def test_the_numeric_pad_leaves_the_question_too(room_file: Path, typed: tuple[str, ...]) -> None:
    async def story(here: Desk) -> None:
        await here.press("enter")
        await here.sees("Deelnemers")
        await here.press(*typed, "slash")
        await here.until(lambda: here.app.screen is here.app._desk)
        await here.press("3", "enter")
        await here.sees("Laatste: +3 om 14:07")

    tell(room_file, story)


def test_the_question_about_an_earlier_day_stays_while_people_are_counted(
    room_file: Path, last_friday: int
) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Schilderen (vr 10:00): hoeveel deelnames?", "Esc = overslaan")
        await here.press("plus", "5", "plus", "v", every=60)
        await here.sees("Laatste: vrijwilliger +1", "hoeveel deelnames?")
        assert (await here.today()).visits == 6
        await here.press("d", "escape")  # looked at, and left for later
        await here.until(lambda: here.app.screen is here.app._desk)
        await here.sees("hoeveel deelnames?")
        assert not (await meeting(here, last_friday)).asked

    tell(room_file, story)


def test_esc_puts_the_question_off_for_good_and_drops_a_number_first(
    room_file: Path, last_friday: int
) -> None:
    async def story(here: Desk) -> None:
        await here.sees("hoeveel deelnames?")
        await here.press("5", "escape")
        await here.sees("hoeveel deelnames?")
        await here.press("escape")
        await here.until(lambda: "hoeveel deelnames?" not in here.screen, lambda: here.screen)
        await here.until(lambda: here.app._desk._programme and not here.app._desk._programme.unnumbered)
        assert (await meeting(here, last_friday)).asked

    tell(room_file, story)


def test_when_one_is_answered_the_next_one_is_asked(
    room_file: Path, last_friday: int, clock: FakeClock
) -> None:
    clock.set_to(at("2026-11-22 09:00"))
    connection.open(room_file)
    session("Zingen", 10, 12, date(2026, 11, 22))
    connection.close()
    clock.set_to(at("2026-11-23 14:07"))

    async def story(here: Desk) -> None:
        await here.sees("Zingen (zo 10:00): hoeveel deelnames?")
        await here.press("d", "5", "enter")
        await here.sees("Zingen: 5 deelnemers.")
        here.app._desk._pressed_at = float("-inf")  # a quiet while
        here.app._changed.set()
        await here.sees("Schilderen (vr 10:00): hoeveel deelnames?")
        await here.press("d")
        await here.sees("Schilderen", "Deelnemers")

    tell(room_file, story)


def test_the_question_is_answered_with_one_key(room_file: Path, last_friday: int) -> None:
    async def story(here: Desk) -> None:
        await here.sees("hoeveel deelnames?")
        await here.press("d")
        await here.sees("Deelnemers")
        await here.press("5", "enter")
        await here.until(lambda: here.app.screen is here.app._desk)
        assert (await meeting(here, last_friday)).participations == 5

    tell(room_file, story)


def test_advice_stays_until_it_was_read(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    asked = advice.ask("Mag er een kachel bij?")
    clock.go_on(hours=2)
    connection.close()

    async def story(here: Desk) -> None:
        await here.until(lambda: "Advies gevraagd" in here.screen and "1" in line_of(here, "Advies gevraagd"))
        await here.database.run(partial(advice.answer, asked, "Ja, met [/] randaarde.", by="Carla"))
        here.app._changed.set()  # as when another process wrote
        await here.sees("? Advies van Carla (na 2 uur): Ja, met [/] randaarde.", "o = lezen")
        assert "Advies gevraagd" not in here.screen
        await here.press("plus")
        await here.sees("Laatste: +1", "? Advies van Carla")
        await here.press("o")
        await here.sees("Mag er een kachel bij?", "Ja, met [/] randaarde.")
        await here.press("escape")
        await here.until(lambda: here.app.screen is here.app._desk)
        await here.until(lambda: "? Advies" not in here.screen, lambda: here.screen)
        assert (await here.database.run(partial(advice.one, asked))).read_at is not None

    tell(room_file, story)


def test_without_advice_to_read_the_key_shows_what_waits(room_file: Path) -> None:
    """The coordinator who looks along answers it there."""

    async def story(here: Desk) -> None:
        await here.press("o")
        await here.sees("Er is geen advies dat nog niemand heeft gelezen.")
        await here.database.run(partial(advice.ask, "Mag er een kachel bij?"))
        here.app._changed.set()  # as when another process wrote
        await here.sees("Advies gevraagd")
        await here.press("o")
        await here.sees("Vragen aan een professional", "Mag er een kachel bij?", "Enter antwoorden")

    tell(room_file, story)


def test_somebody_at_the_door_goes_before_reading(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    advice.answer(advice.ask("Mag er een kachel bij?"), "Ja.", by="Carla")
    connection.close()

    async def story(here: Desk) -> None:
        await here.press("o")
        await here.sees("Mag er een kachel bij?")
        await here.press("plus")
        await here.sees("Laatste: +1 om 14:07")
        assert here.app.screen is here.app._desk

    tell(room_file, story)


def test_a_wish_half_typed_is_there_the_next_time(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("w")
        await here.until(lambda: here.app.screen.is_modal)
        await here.press(*"schaken")
        await here.sees("schaken")
        await here.press("f2")
        await here.until(lambda: here.app.screen is here.app._desk)
        await here.press("w")
        await here.sees("schaken")
        await here.press("enter")
        await here.sees("op het bord")
        assert len(await here.database.run(partial(wishes.alike, "schaken"))) == 1

    tell(room_file, story)


@pytest.mark.parametrize("key", ["f3", "questions"])
def test_the_door_is_answered_on_other_screens(room_file: Path, key: str) -> None:
    async def story(here: Desk) -> None:
        if key == "f3":
            await here.press(key)
        else:
            here.app.action_questions()
        await here.until(lambda: here.app.screen is not here.app._desk)
        await here.press("plus", "plus", "minus")
        await here.sees("Laatste: -1 om 14:07")
        today = await here.today()
        assert (today.visits, today.present and today.present.n) == (2, 1)
        await here.press("plus", every=2)  # held down: it waits a little, and then repeats
        await here.press("plus", every=0.5)
        await here.press(*["plus"] * 6, every=0.03)
        assert (await here.today()).visits == 3
        await here.press("f2")
        await here.until(lambda: here.app.screen is here.app._desk)

    tell(room_file, story)


@pytest.mark.parametrize(("key", "n"), [("plus", 1), ("minus", 0)])
def test_digits_are_arrows_on_the_board_and_a_group_is_not_lost_in_silence(
    room_file: Path, key: str, n: int
) -> None:
    """One is counted, and how to count the others is said; after another key there is no doubt."""

    async def story(here: Desk) -> None:
        await here.database.run(partial(wishes.voice, "Schaken"))
        await here.press("f3")
        await here.sees("→  Schaken")
        await here.press("5", key)
        face = CHARACTERS[key]
        said = f"Laatste: {face}1 om 14:07. Hier telt {face} er één. Waren het er 5? Dan F2, en daar 4{face}."
        await here.until(lambda: toast(here) == said, lambda: here.screen)
        assert "Enter open  > verder" in here.screen and "t thema" in here.screen
        assert "→  Schaken" in here.screen  # nor was it marked
        assert (await here.today()).visits == n
        await here.press("5", "right", key, every=60)
        await here.until(lambda: toast(here) == f"Laatste: {face}1 om 14:07", lambda: here.screen)
        await here.press("1", key, every=60)
        assert (await here.today()).visits == 3 * n
        assert toast(here) == f"Laatste: {face}1 om 14:07"

    tell(room_file, story)


def test_the_board_is_one_screen_however_often_one_goes_there(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        boards = set()
        for _ in range(3):
            await here.press("f3")
            await here.until(lambda: isinstance(here.app.screen, BoardScreen))
            boards.add(id(here.app.screen))
            await here.press("escape")
            await here.until(lambda: here.app.screen is here.app._desk)
        assert len(boards) == 1
        assert len(here.app.screen_stack) == 1

    tell(room_file, story)


def test_a_wish_from_elsewhere_comes_onto_the_board(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("f3")
        await here.until(lambda: isinstance(here.app.screen, BoardScreen))
        await here.database.run(partial(wishes.voice, "Samen tuinieren"))
        here.app._changed.set()  # as when another process wrote
        await here.sees("Samen tuinieren")

    tell(room_file, story)


def test_what_is_over_comes_before_what_goes_on(room: object, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-23 09:00"))
    first, second, third = session("A", 10, 13), session("B", 10, 12), session("C", 14, 16)
    assert programme.today().waits is None
    clock.set_to(at("2026-11-23 14:07"))
    wanted = []
    for _ in range(3):
        waits = programme.today().waits
        assert waits is not None
        wanted.append(waits.id)
        sessions.attend(waits.id, 4)
    assert wanted == [second, first, third]
    assert programme.today().waits is None
    assert [slot.id for slot in programme.today().begun] == [first, second, third]


def test_the_boards_help_does_not_stand_before_the_door(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("f3", "f1")
        await here.sees("Hulp: het activiteitenbord", "ik ook")
        await here.press("plus")
        await here.sees("Laatste: +1 om 14:07")
        assert isinstance(here.app.screen, BoardScreen)
        assert (await here.today()).visits == 1

    tell(room_file, story)


def test_the_board_opens_from_a_dialog_and_the_list_of_questions(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("a")
        await here.until(lambda: here.app.screen.is_modal)
        await here.press("f3")
        await here.until(lambda: isinstance(here.app.screen, BoardScreen))
        here.app.action_questions()
        await here.until(lambda: isinstance(here.app.screen, AdviceScreen))
        await here.press("a")
        await here.until(lambda: here.app.screen.is_modal)
        await here.press(*"wol", "enter")
        await here.until(lambda: isinstance(here.app.screen, AdviceScreen))
        await here.sees("wol")
        await here.press("f2")
        await here.until(lambda: here.app.screen is here.app._desk)
        assert len(here.app.screen_stack) == 1

    tell(room_file, story)


def test_every_question_that_waits_is_on_the_list(room_file: Path) -> None:
    connection.open(room_file)
    for n in range(230):
        advice.ask(f"Vraag {n}?")
    connection.close()

    async def story(here: Desk) -> None:
        here.app.action_questions()
        await here.sees("Vraag 0?")
        here.app._changed.set()
        await here.until(lambda: len(here.app.screen._asked._requests) == 230)
        await here.press("up", *["down"] * 229)
        await here.sees("Vraag 229?")

    tell(room_file, story)
