"""Stories of a shift that begins: who is here with two keys, and what the next ones must know."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import time
from pathlib import Path

import pytest

from db import advice, closing, connection, door, duties, log, logbook, people, planning, roles, roster
from db.states import NoteKind, PersonKind, ShiftState
from hostdesk import app
from hostdesk.screens.start import StartScreen
from tests.clocks import FakeClock, at
from tests.desk.test_clicks import click
from tests.desks import Desk, desk

Story = Callable[[Desk], Awaitable[None]]
YESTERDAY, MORNING = at("2026-11-23 15:00"), at("2026-11-24 10:05")


@pytest.fixture
def on_the_roster(room_file: Path) -> dict[str, int]:
    """Anja and Ben are on the roster of Tuesday; Carla is known too. Their duties' numbers, by name."""
    connection.open(room_file)
    known = {name: people.add(name, kind=PersonKind.HOST).id for name in ("Anja", "Ben", "Carla")}
    found = {name: roster.plan(known[name], MORNING.date()) for name in ("Anja", "Ben")}
    connection.close()
    return found


def tell(file: Path, clock: FakeClock, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Somebody comes to the desk on Tuesday morning."""
    if clock.now() < MORNING:
        clock.go_on_until(MORNING)

    async def live() -> None:
        async with desk(file, size=size) as here:
            await story(here)

    asyncio.run(live())


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "HANDOVER_SECONDS", 0.01)
    monkeypatch.setenv("HOSTDESK_BY", "balie")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)


def shift_of_today() -> duties.Shift:
    (found,) = duties.between(MORNING.date(), MORNING.date())
    return found


def handed_over(file: Path, clock: FakeClock, text: str) -> int:
    """On Monday somebody wrote this for the shift of Tuesday."""
    clock.go_on_until(YESTERDAY)
    connection.open(file)
    number = log.write(text, kind=NoteKind.HANDOVER, by="Dirk")
    connection.close()
    return number


def test_who_reads_on_stays_there_while_the_room_goes_on(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    handed_over(room_file, clock, "eerste " + "woord " * 140 + "klaar")
    handed_over(room_file, clock, "tweede " + "woord " * 140)

    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("Wie er is", "3 lees verder")
        await here.burst("3")
        await here.until(lambda: "Wie er is" not in here.screen)

        def elsewhere() -> None:
            connection.open(room_file)
            door.arrive()
            log.write("Lamp kapot", kind=NoteKind.BROKEN)
            connection.close()

        await asyncio.to_thread(elsewhere)
        await here.sees("1 open punt")
        await here.pilot.pause()
        assert "Wie er is" not in here.screen, "it stays where it is read"
        await here.burst("3", "3")
        await here.sees("klaar")
        assert "lees verder" not in here.screen, "there is no more below"
        await here.burst("8")
        await here.sees("Wie er is", "3 lees verder")

    tell(room_file, clock, story, (64, 20))


def test_a_click_on_what_the_key_says_begins_too(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await click(here, "Enter = begin", StartScreen)

    tell(room_file, clock, story)


def test_a_shift_begins_on_which_everybody_is_absent(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("b", "slash", "down", "slash")
        await here.sees("Ben komt niet", "! gat: nog 2")
        await here.burst("enter")
        await here.sees("bezoeken vandaag", "De dienst is begonnen.")
        assert "staat niemand op het rooster" not in here.screen

    tell(room_file, clock, story)


def test_two_keys_begin_the_shift(room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Dienst", "Anja, Ben?", "Voor deze dienst: zijn er: Anja, Ben?", "Enter = begin")
        await here.burst("b", "enter")
        await here.sees("bezoeken vandaag", "De dienst is begonnen: Anja, Ben.")
        found = await here.database.run(shift_of_today)
        assert found.state is ShiftState.OPEN
        assert [duty.from_at for duty in found.duties] == [found.starts_at] * 2
        await here.until(lambda: "Voor deze dienst" not in here.screen)

    tell(room_file, clock, story)


def test_by_the_numeric_pad(room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Voor deze dienst")
        await here.burst("enter", "enter")
        await here.sees("bezoeken vandaag", "De dienst is begonnen")

    tell(room_file, clock, story)


def test_a_whole_beginning_by_the_numeric_pad(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    """Who is here is looked up and changed, and what there is read, with digits and + - * / . Enter."""
    number = handed_over(room_file, clock, "De sleutel ligt bij de bakker.")
    connection.open(room_file)
    door.arrive()
    clock.go_on_until(MORNING)
    door.start_of_day()
    connection.close()

    async def story(here: Desk) -> None:
        await here.press("0")
        await here.sees("Enter = dienst beginnen", "- = afsluiten")
        await here.press("enter")
        await here.sees("Wie er is", "→ Anja", "Niemand sloot die af")
        await here.burst(".")
        await here.sees("echt dicht?")
        await here.burst(*"1730", "enter")
        await here.sees("Dank je")
        await here.burst("/")
        await here.sees("afwezig")
        await here.burst("*", "enter")
        await here.sees("Carla          10:05–16:30")
        await here.burst("2", "1")
        await here.sees("loopt mee")
        await here.burst("1", "enter", "5", "1", "5", "1")
        await here.sees("Carla heeft het gelezen")
        await here.burst("0")
        await here.sees("bezoeken vandaag")
        found = await here.database.run(shift_of_today)
        assert {duty.name: (duty.absent, duty.trainee) for duty in found.duties} == {
            "Anja": (True, False),
            "Ben": (False, False),
            "Carla": (False, False),
        }
        assert await here.database.run(lambda: logbook.one(number, logbook.Reader()).read_by) == (
            "Ben",
            "Carla",
        )
        assert (await here.today()).volunteers == 0

        await here.press("0", "enter")
        await here.sees("Wie er is")

    tell(room_file, clock, story)


def test_somebody_at_the_door_is_counted_meanwhile(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Voor deze dienst")
        await here.burst("b")
        await here.sees("Wie er is")
        await here.press("plus")
        assert (await here.today()).visits == 1
        await here.sees("Wie er is")

    tell(room_file, clock, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_what_the_shift_must_know_stands_whatever_else_waits(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int], size: tuple[int, int]
) -> None:
    """An answer, a number that nobody counted and a shift that ends, on one small screen."""
    handed_over(room_file, clock, "De sleutel ligt bij de bakker.")
    connection.open(room_file)
    planning.plan((), planning.Plan("Breiclub", YESTERDAY.date(), time(15, 30), time(16)), by="Dirk")
    advice.answer(advice.ask("Mag het raam open?", by="Dirk"), "Ja, tot tien uur", by="Karin")
    clock.go_on_until(at("2026-11-24 16:20"))
    door.arrive()
    connection.close()
    clock.set_to(at("2026-11-24 16:20"))

    async def story(here: Desk) -> None:
        await here.sees("1 te lezen", "De dienst eindigt om 16:30")
        await here.burst("2", "5")
        await here.sees("25_", "1 te lezen", "De dienst eindigt om 16:30")
        await here.burst("+")
        await here.until(lambda: "1 te lezen" in here.screen)

    tell(room_file, clock, story, size)


def test_the_first_visitor_opens_the_shift_and_who_is_here_is_asked_still(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Voor deze dienst")
        await here.press("plus")
        await here.sees("Laatste: +1", "zijn er: Anja, Ben?")
        assert (await here.database.run(shift_of_today)).state is ShiftState.OPEN

    tell(room_file, clock, story)


def test_what_was_handed_over_is_read_by_each_with_one_key(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    number = handed_over(room_file, clock, "De sleutel ligt bij de bakker.")

    async def story(here: Desk) -> None:
        await here.sees("Voor deze dienst: 1 te lezen")
        await here.burst("b", "enter")
        await here.sees("De dienst is begonnen", "Lees dit nog", "De sleutel ligt bij de bakker.", "nieuw")
        await here.burst("5")
        await here.sees("Wie heeft het gelezen?", "1 Anja", "2 Ben")
        await here.burst("enter")
        await here.sees("Druk op het cijfer voor je naam.")
        await here.burst("2")
        await here.sees("Ben heeft het gelezen", "gelezen door Ben")
        await here.burst("g")
        await here.sees("Wie heeft het gelezen?", "1 Anja")
        assert "2 Ben" not in here.screen, "who has read it is not asked again"
        await here.burst("escape", "g", "1")
        await here.sees("Anja heeft het gelezen")
        await here.burst("g")
        await here.sees("Iedereen die er is heeft het gelezen.")
        await here.burst("escape")
        await here.until(lambda: "Voor deze dienst" not in here.screen)
        read = await here.database.run(lambda: logbook.one(number, logbook.Reader()).read_by)
        assert set(read) == {"Anja", "Ben"}

    tell(room_file, clock, story)


def test_in_the_log_it_is_one_of_those_on_duty_who_reads_too(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    """At the desk nobody logs in, whatever account it runs under."""
    number = handed_over(room_file, clock, "De sleutel ligt bij de bakker.")

    async def story(here: Desk) -> None:
        await here.burst("b", "enter", "escape", "f4")
        await here.sees("1 aantekening te lezen: 5")
        await here.burst("5")
        await here.sees("Wie heeft het gelezen?", "1 Anja   2 Ben")
        await here.burst("1")
        await here.sees("Anja heeft het gelezen: 1 aantekening.", "gelezen door Anja")
        await here.burst("g", "1")
        await here.sees("Ben heeft het gelezen: 1 aantekening.")
        await here.burst("g")
        await here.sees("Iedereen die er is heeft het gelezen.")
        read = await here.database.run(lambda: logbook.one(number, logbook.Reader()).read_by)
        assert set(read) == {"Anja", "Ben"}

    tell(room_file, clock, story)


def test_who_is_alone_is_not_asked_who_they_are(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    number = handed_over(room_file, clock, "De sleutel ligt bij de bakker.")

    async def story(here: Desk) -> None:
        await here.burst("b", "enter", "down", "/")
        await here.sees("Ben komt niet")
        await here.burst("f4", "g")
        await here.sees("Anja heeft het gelezen: 1 aantekening.")
        read = await here.database.run(lambda: logbook.one(number, logbook.Reader()).read_by)
        assert read == ("Anja",)

    tell(room_file, clock, story)


def test_who_looks_from_elsewhere_reads_for_themselves(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = handed_over(room_file, clock, "De sleutel ligt bij de bakker.")
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    monkeypatch.setenv("HOSTDESK_BY", "Carla")

    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("De sleutel ligt")
        await here.burst("g")
        await here.sees("Carla heeft het gelezen")
        await here.burst("f4", "g")
        await here.sees("Iedereen die er is heeft het gelezen.")
        read = await here.database.run(lambda: logbook.one(number, logbook.Reader()).read_by)
        assert read == ("Carla",)

    tell(room_file, clock, story)


def test_who_says_who_they_are_at_the_machine_looks_for_themselves_there_too(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = handed_over(room_file, clock, "De sleutel ligt bij de bakker.")
    clock.go_on_until(MORNING)
    connection.open(room_file)
    log.write("Ruzie bij de deur", kind=NoteKind.INCIDENT, by="balie")
    connection.close()
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.setenv("HOSTDESK_BY", "Carla")
    roles.act_as(PersonKind.HOST, "Carla")  # hostdesk --as Carla

    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("De sleutel ligt")
        await here.burst("g")
        await here.sees("Carla heeft het gelezen")
        await here.burst("f4")
        await here.sees("er was een incident")
        assert "Ruzie" not in here.screen
        read = await here.database.run(lambda: logbook.one(number, logbook.Reader()).read_by)
        assert read == ("Carla",)

    try:
        tell(room_file, clock, story)
    finally:
        roles.act_as(None)


def test_a_note_of_another_program_is_on_the_desk_within_a_second(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Voor deze dienst")
        assert "te lezen" not in here.screen
        await asyncio.to_thread(_note, room_file)
        await here.sees("1 te lezen")

    tell(room_file, clock, story)


def _note(file: Path) -> None:
    connection.open(file)
    log.write("Woensdag komt de schilder.", kind=NoteKind.NOTICE, by="Carla")
    connection.close()


def test_ill_a_stand_in_and_a_trainee(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("→ Anja")
        await here.burst("s")
        await here.sees("Wie valt in voor Anja")
        await here.burst("c", "enter")
        await here.sees("Carla", "valt in voor Anja", "afwezig")
        await here.burst("2", "t")
        await here.sees("loopt mee, en telt als extra")
        found = await here.database.run(shift_of_today)
        assert {duty.name: (duty.absent, duty.trainee) for duty in found.duties} == {
            "Anja": (True, False),
            "Ben": (False, True),
            "Carla": (False, False),
        }
        assert found.missing == 1

    tell(room_file, clock, story)


def test_somebody_who_is_not_on_the_roster(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("→ Anja")
        await here.burst("e", "c", "down", *"12", "enter")
        await here.sees("Carla", "12:00–16:30")

    tell(room_file, clock, story)


def test_who_comes_in_the_afternoon_was_not_here_in_the_morning(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    clock.go_on_until(at("2026-11-24 15:52"))

    async def story(here: Desk) -> None:
        await here.burst("b", "enter", "b")
        await here.sees("→ Anja", "is er")
        await here.burst("e")
        await here.sees("Van                 15:50", "Tot                 16:30")
        await here.burst("escape", "s")
        await here.sees("Wie valt in voor Anja", "Van                 15:50")
        await here.burst("c", "enter")
        await here.sees("Anja           10:00–15:50 · was er", "15:50–16:30 · valt in voor Anja")

    tell(room_file, clock, story)


def test_one_key_claims_nobody_who_comes_later(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    connection.open(room_file)
    roster.plan(people.find("Carla").id, MORNING.date(), time(13), time(16, 30))
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees("zijn er: Anja, Ben?")
        await here.burst("b")
        await here.sees("Carla          13:00–16:30 · komt later")
        await here.burst("enter")
        await here.sees("De dienst is begonnen: Anja, Ben. Later: Carla (13:00).")
        await here.until(lambda: "Voor deze dienst" not in here.screen)
        assert "Carl" not in here.screen.replace("Later: Carla", "")
        clock.go_on_until(at("2026-11-24 13:01"))
        await here.sees("Voor deze dienst: zijn er: Carla?")
        await here.burst("enter", "enter")
        await here.sees("De dienst is begonnen: Anja, Ben, Carla.", "bezoeken vandaag")
        found = await here.database.run(shift_of_today)
        assert [duty.from_at for duty in found.duties][-1] == at("2026-11-24 13:00")

    tell(room_file, clock, story)


@pytest.mark.parametrize("key", ["k", "6"])
def test_somebody_comes_later(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int], key: str
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("→ Anja", "Anja           10:00–16:30 · is er?")
        await here.burst(key)
        await here.sees("Hoe laat komt Anja op di 24 nov 2026?", "Van                 10:30")
        await here.burst("enter")
        await here.sees("Anja komt om 10:30.", "10:30–16:30 · komt later")
        await here.burst("8", key)
        await here.sees("Hoe laat komt Ben")
        await here.burst(*"1145", "enter")
        await here.sees("Ben komt om 11:45.")
        await here.burst("8", key)
        await here.sees("Anja is er nu.", "10:05–16:30 · is er")
        await here.burst("enter")
        await here.sees("De dienst is begonnen: Anja. Later: Ben (11:45).")

    tell(room_file, clock, story)


def test_who_was_not_on_the_roster_does_not_come_later(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    clock.go_on_until(MORNING)
    connection.open(room_file)
    roster.came(people.find("Carla").id)
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("Carla          10:05–")
        await here.burst("2", "2", "6")
        await here.sees("Carla stond niet op het rooster, en is er.")
        await here.burst("7")
        await here.sees("Carla stond niet op het rooster: niemand kan invallen.")

    tell(room_file, clock, story)


def test_nobody_on_the_roster(room_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("Er staat niemand op het rooster.", "Er is niets te lezen.")
        await here.burst("enter")
        await here.sees("De dienst is begonnen; er staat niemand op het rooster.", "bezoeken vandaag")

    tell(room_file, clock, story)


def forgotten(file: Path, clock: FakeClock) -> None:
    """On Monday somebody counted, and nobody closed."""
    clock.go_on_until(YESTERDAY)
    connection.open(file)
    door.arrive()
    clock.go_on_until(MORNING)
    door.start_of_day()
    connection.close()


def test_a_shift_that_nobody_closed_is_asked_about_once(room_file: Path, clock: FakeClock) -> None:
    forgotten(room_file, clock)

    async def story(here: Desk) -> None:
        await here.sees("Voor deze dienst: 1 dienst niet afgesloten")
        await here.burst("b")
        await here.sees("Niemand sloot die af", ". dicht om")
        await here.burst("c", *"kwart", "enter")
        await here.sees(
            "ma 23 nov 2026 10:00–16:30: hoe laat ging de deur echt dicht?", "De tijd “kwart” bestaat niet"
        )
        assert "Geen namen" not in here.screen
        await here.burst(*["backspace"] * 5, *"17:15", "enter")
        await here.sees("Dank je, het is bewaard.")
        await here.until(lambda: "Niemand sloot die af" not in here.screen, lambda: here.screen)
        (monday,) = await here.database.run(lambda: duties.between(YESTERDAY.date(), YESTERDAY.date()))
        assert monday.closed_at == at("2026-11-23 17:15")

    tell(room_file, clock, story)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((80, 24), "! 1 te lezen · 1 dienst niet afgesloten · zijn er: Anja, Ben?"),
        ((64, 20), "! 1 te lezen · 1 dienst niet afgesloten  "),
    ],
)
def test_all_that_waits_for_the_shift_stands_on_its_line(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int], size: tuple[int, int], said: str
) -> None:
    handed_over(room_file, clock, "De sleutel ligt bij de bakker.")
    forgotten(room_file, clock)

    async def story(here: Desk) -> None:
        await here.sees(said, "Enter = begin")

    tell(room_file, clock, story, size)


def test_enter_on_a_shut_day_opens_the_room_the_second_time(room_file: Path, clock: FakeClock) -> None:
    """Somebody comes on Saturday, and says when the shift of Friday closed."""
    clock.go_on_until(at("2026-11-27 15:00"))
    connection.open(room_file)
    door.arrive()
    connection.close()
    clock.go_on_until(at("2026-11-28 11:00"))

    async def story(here: Desk) -> None:
        await here.sees("dicht, open ma 10:00")
        await here.burst("0", "enter")
        await here.sees("Er is nu geen dienst.", "Druk op . en")
        await here.burst("enter")
        await here.sees("De buurtkamer is nu dicht. Nog eens Enter: dan gaat die toch open.")
        await here.burst(".", *"16:40", "enter")
        await here.sees("Dank je, het is bewaard.")
        await here.burst("enter")
        await here.sees("Nog eens Enter: dan gaat die toch open.")
        assert not (await here.today()).opening.open
        await here.burst("enter")
        await here.sees("bezoeken vandaag", "De dienst is begonnen")
        assert (await here.today()).opening.open

    tell(room_file, clock, story)


def test_each_shift_that_nobody_closed_is_asked_about(room_file: Path, clock: FakeClock) -> None:
    clock.go_on_until(YESTERDAY)
    connection.open(room_file)
    door.arrive()
    clock.go_on_until(at("2026-11-24 15:00"))
    door.arrive()
    clock.go_on_until(at("2026-11-25 10:05"))
    door.start_of_day()
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees("2 diensten niet afgesloten")
        await here.burst("b")
        await here.sees(
            "De vorige dienst, di 24 nov 2026 10:00–16:30", "De dienst van ma 23 nov 2026 10:00–16:30"
        )
        await here.sees("2 diensten wachten daarop; deze komt eerst.", "Ook deze is door niemand afgesloten")
        await here.burst("c", *"1715", "enter")
        await here.sees("Dank je")
        await here.burst("c")
        await here.sees("di 24 nov 2026 10:00–16:30: hoe laat")
        await here.burst(*"1800", "enter")
        await here.sees("Dank je", "Begin van de dienst")
        await here.burst("c")
        await here.sees("di 24 nov 2026 10:00–16:30: hoe laat")
        await here.burst(*"1715", "enter")
        await here.sees("Dank je", "Begin van de dienst")
        await here.until(lambda: "niet afgesloten" not in here.screen)
        assert await here.database.run(closing.before) is None
        tuesday = await here.database.run(lambda: duties.between(YESTERDAY.date(), MORNING.date())[1])
        assert tuesday.closed_at == at("2026-11-24 17:15")

    tell(room_file, clock, story)


def test_who_does_not_know_says_nothing_and_is_not_asked_again(room_file: Path, clock: FakeClock) -> None:
    forgotten(room_file, clock)

    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("Niemand sloot die af")
        await here.burst("c", "enter")
        await here.sees("Dank je, het is bewaard.")
        assert await here.database.run(closing.before) is None

    tell(room_file, clock, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_much_to_read_is_read_on_and_hides_nothing(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int], size: tuple[int, int]
) -> None:
    handed_over(room_file, clock, "woord " * 150 + "einde")
    handed_over(room_file, clock, "begin " * 150)

    async def story(here: Desk) -> None:
        await here.sees("bezoeken vandaag", "2 te lezen")
        await here.burst("b")
        await here.sees("→ Anja", "begin")
        await here.burst(*["pagedown"] * 6)
        await here.sees("einde")

    tell(room_file, clock, story, size)


def test_when_the_shift_is_as_good_as_over_the_desk_says_how_to_close_it(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Voor deze dienst")
        await here.burst("b", "enter")
        await here.sees("De dienst is begonnen")
        assert "dienst afsluiten" not in here.screen
        clock.go_on_until(at("2026-11-24 16:12"))
        await here.sees("De dienst eindigt om 16:30.", "Enter = dienst afsluiten")
        await here.burst("enter")
        await here.sees("Dienst afsluiten", "Klopt de telling")

    tell(room_file, clock, story)


def test_at_the_end_of_a_shift_enter_closes_it_whatever_its_beginning_still_asks(
    room_file: Path, clock: FakeClock
) -> None:
    """Nobody closed the shift of Monday, and nobody on Tuesday knew when it closed."""
    connection.open(room_file)
    door.arrive()
    clock.go_on_until(MORNING)
    door.arrive()
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees("Voor deze dienst:", "Enter = begin")
        clock.go_on_until(at("2026-11-24 16:12"))
        await here.sees("De dienst eindigt om 16:30.", "Enter = dienst afsluiten", "b = begin")
        await here.burst("enter")
        await here.sees("Dienst afsluiten", "→ De telling klopt")
        await here.burst("escape")
        await here.sees("Enter = dienst afsluiten", "b = begin")

    tell(room_file, clock, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_the_numeric_pad_leaves_every_form_of_the_beginning(
    room_file: Path, clock: FakeClock, on_the_roster: dict[str, int], size: tuple[int, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("0", "enter")
        await here.sees("→ Anja")
        for form in ("7", "*"):
            await here.burst(form)
            await here.sees("Esc / terug  * volgende")
            await here.burst("+")
            await here.sees("“+” doet hier niets en telt niemand: / gaat terug.")
            await here.burst("/")
            await here.sees("→ Anja", "* nog iemand")
        assert (await here.today()).visits == 0
        await here.burst("6")
        await here.sees("Hoe laat komt Anja")
        await here.burst(*"1530", "-", "-", "-", "-", *"14,30", "*", *"16", "enter")
        await here.sees("Anja komt om 14:30.")
        await here.burst("6")
        await here.sees("Hoe laat komt Ben")
        await here.burst("/")
        await here.sees("* nog iemand")

    tell(room_file, clock, story, size)
