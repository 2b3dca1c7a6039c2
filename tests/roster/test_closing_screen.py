"""Stories at the closing of a shift: one pass, with a numeric pad, and nobody at the door waits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time
from pathlib import Path

import pytest

from db import checklist, closing, connection, door, log, logbook, people, planning, roster
from db import room as rooms
from db.duties import OnDuty
from db.planning import Plan
from db.room import Hours
from db.states import FollowUp, NoteKind, PersonKind, ShiftState, Step
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk

Story = Callable[[Desk], Awaitable[None]]
MONDAY = date(2026, 11, 23)
SIZES = [(80, 24), (64, 20), (132, 43)]


def tell(file: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Somebody stands at the desk of this room, at the end of the day."""

    async def live() -> None:
        async with desk(file, size=size) as here:
            await story(here)

    asyncio.run(live())


@pytest.fixture
def afternoon(room_file: Path, clock: FakeClock) -> None:
    """Visitors came, Anja and Ben are on duty, knitting has no number, and the coffee machine leaks."""
    connection.open(room_file)
    for name in ("Anja", "Ben"):
        roster.plan(people.add(name, kind=PersonKind.HOST).id, MONDAY)
    people.add("Carla")
    planning.plan((), Plan("Breiclub", MONDAY, time(13), time(14)))
    log.write("Koffiezetter lekt", kind=NoteKind.BROKEN, by="Anja")
    door.arrive(12)
    connection.close()
    clock.go_on_until(at("2026-11-23 16:20"))


async def so_far(here: Desk) -> closing.Closing:
    """How far the closing is, as the database has it."""
    return await here.database.run(closing.current)


async def on_duty(here: Desk) -> list[OnDuty]:
    """Who was on duty."""
    return list((await so_far(here)).shift.duties)


@pytest.mark.parametrize("size", SIZES)
def test_one_pass_with_a_numeric_pad(
    room_file: Path, clock: FakeClock, afternoon: None, size: tuple[int, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("0", "-")
        await here.sees("Dienst afsluiten", "stap 1 van 7", "12 bezoeken vandaag", "→ De telling klopt")
        await here.burst("enter")
        await here.sees("stap 2 van 7", "→ 13:00 Breiclub: hoeveel deelnemers?")
        await here.burst("enter", "7", "enter")
        await here.sees("stap 3 van 7", "→ Dat is alles", "1 notitie van deze dienst")
        await here.burst("enter")
        await here.sees("stap 4 van 7", "→ Alles gaat door", "Koffiezetter lekt")
        await here.burst("enter")
        await here.sees("stap 5 van 7", "→ Iedereen was er", "Anja", "10:00–16:30", "Ben")
        await here.burst("enter")
        await here.sees("stap 6 van 7", "[ ] sleutel", "[ ] alarm aan", "→ Alles is gedaan")
        await here.burst("enter")
        await here.sees("stap 7 van 7", "→ Sluit de dienst af")
        await here.burst("enter")
        await here.sees("bezoeken vandaag", "De dienst is afgesloten. Er is niets overgeslagen.")
        after = await so_far(here)
        assert (after.done, after.skipped, after.to_go_through) == (tuple(Step), (), ())
        assert (after.shift.state, after.shift.closed_at) == (ShiftState.CLOSED, clock.now())
        assert [(duty.hours, duty.confirmed) for duty in after.shift.duties] == [(6.5, True)] * 2
        assert (await here.today()).visits == 12

    tell(room_file, story, size)


def test_each_step_is_skipped_with_one_key_and_said(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", *"." * len(Step))
        await here.sees("stap 7 van 7", "overgeslagen", "wordt bij de volgende start gezegd")
        await here.burst(".")
        await here.sees("Enter sluit de dienst af. Met Esc blijft hij open.")
        assert (await so_far(here)).shift.state is ShiftState.OPEN
        await here.burst("enter")
        await here.sees("bezoeken vandaag", "De dienst is afgesloten. Overgeslagen")
        assert (await so_far(here)).skipped == tuple(Step)

    tell(room_file, story)


def test_what_was_skipped_can_be_done_after_all(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", ".", "4", "enter")
        await here.sees("stap 2 van 7", "gedaan")  # the skip alone brought it to step 2 as well
        assert (await so_far(here)).done == (Step.COUNT,)
        await here.burst("left")
        await here.sees("stap 1 van 7")
        await here.burst(".")
        await here.sees("stap 2 van 7")
        assert (await so_far(here)).done == (Step.COUNT,), "what is done stays done"

    tell(room_file, story)


def test_a_visitor_at_the_door_is_counted_at_once(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.press("s", "plus")
        await here.sees("13 bezoeken vandaag", "stap 1 van 7")
        await here.press("enter", "plus", "minus")
        await here.sees("stap 2 van 7", "Laatste: -1 om 16:20")
        assert (await here.today()).visits == 14
        assert (await so_far(here)).done == (Step.COUNT,)

    tell(room_file, story)


def test_esc_leaves_and_it_goes_on_where_it_was(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", "enter", ".", "escape")
        await here.sees("bezoeken vandaag")
        await here.burst("+", "s")
        await here.sees("stap 3 van 7", "gedaan", "overgeslagen")
        assert (await so_far(here)).shift.state is ShiftState.OPEN

    tell(room_file, story)


def test_a_program_that_ended_half_way_goes_on_where_it_was(room_file: Path, afternoon: None) -> None:
    async def until_it_ends(here: Desk) -> None:
        await here.burst("s", "enter", ".")
        await here.sees("stap 3 van 7")

    async def again(here: Desk) -> None:
        await here.burst("s")
        await here.sees("stap 3 van 7", "overgeslagen")

    tell(room_file, until_it_ends)
    tell(room_file, again)


def test_an_open_point_is_dealt_with_in_a_line(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", ".", ".", ".", "2", "enter")
        await here.sees("kapot: Koffiezetter lekt")
        await here.burst(*"nieuwe slang", "enter")
        await here.sees("stap 5 van 7")
        assert Step.OPEN_POINTS in (await so_far(here)).done, "none is left"
        await here.burst("left")
        await here.sees("stap 4 van 7", "→ Er staat niets open")
        assert "Is er een afgehandeld?" not in here.screen
        [entry] = await here.database.run(lambda: logbook.entries(logbook.reader("Anja")))
        assert entry.follow_up is FollowUp.DONE and entry.dealt_with
        assert entry.dealt_with.text == "nieuwe slang"

    tell(room_file, story)


@pytest.mark.parametrize("size", SIZES)
def test_an_open_point_says_of_which_month_and_year_it_is(
    room_file: Path, clock: FakeClock, size: tuple[int, int]
) -> None:
    connection.open(room_file)
    for day, text in (("2026-11-27", "Koffiezetter lekt"), ("2027-04-16", "Lamp kapot")):
        clock.go_on_until(at(f"{day} 11:00"))
        log.write(text, kind=NoteKind.BROKEN, by="Anja")
    clock.go_on_until(at("2027-05-17 16:20"))
    door.arrive()
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("s", ".", ".")
        await here.sees("× vr 16 apr Lamp kapot", "× vr 27 nov 2026 Koffiezetter lekt")

    tell(room_file, story, size)


def test_who_can_settle_an_incident_of_another_shift_is_said_before_somebody_types_how(
    room_file: Path, clock: FakeClock
) -> None:
    clock.set_to(at("2026-11-20 14:00"))
    connection.open(room_file)
    log.write("Ruzie bij de deur", kind=NoteKind.INCIDENT, by="balie")
    clock.set_to(at("2026-11-23 16:20"))
    door.arrive()
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("s", "enter", "enter")
        await here.sees("stap 4 van 7", "er was een incident")
        await here.burst("down", "enter")
        await here.sees("Niemand die hier bekend is", "hostdesk person add NAAM --kind coördinator")
        await here.database.run(lambda: people.add("Truus", kind=PersonKind.COORDINATOR))
        await here.burst("escape", "f4", "enter")
        await here.sees("Alleen Truus kan hier meer over zeggen", "hostdesk --as NAAM log")
        await here.burst("escape", "s", "down", "enter")
        await here.sees("stap 4 van 7", "Alleen Truus kan hier meer over zeggen")

    tell(room_file, story)


def morning_before_the_afternoon(room_file: Path, clock: FakeClock, incident: str = "") -> None:
    """It is as good as over, and the next shift begins at once."""
    clock.set_to(at("2026-11-23 10:00"))
    connection.open(room_file)
    rooms.change_hours([Hours(1, "10:00", "13:00"), Hours(1, "13:00", "17:00")], date.min)
    closing.start()
    if incident:
        log.write(incident, kind=NoteKind.INCIDENT, by="balie")
    connection.close()
    clock.go_on_until(at("2026-11-23 12:58"))


def test_what_happened_in_the_morning_stays_with_those_who_close_it_though_the_afternoon_begins(
    room_file: Path, clock: FakeClock
) -> None:
    morning_before_the_afternoon(room_file, clock, incident="Ruzie bij de deur")

    async def story(here: Desk) -> None:
        await here.burst("s", "enter")
        await here.sees("stap 3 van 7", "1 notitie van deze dienst")
        clock.go_on_until(at("2026-11-23 13:05"))
        await here.burst("+", "down", "enter", *"Soep over", "enter")
        await here.sees("stap 3 van 7", "2 notities van deze dienst")
        await here.burst("enter")
        await here.sees("stap 4 van 7", "Ruzie bij de deur")
        await here.burst("down", "enter", *"uitgepraat", "enter")
        await here.sees("stap 6 van 7")
        await here.burst("f4")
        await here.sees("Soep over", "er was een incident", "afgehandeld")
        assert "Ruzie" not in here.screen, "the log is that of the afternoon"

    tell(room_file, story)


def test_a_note_by_its_key_at_the_closing_is_of_the_shift_that_is_closed(
    room_file: Path, clock: FakeClock
) -> None:
    morning_before_the_afternoon(room_file, clock)

    async def story(here: Desk) -> None:
        await here.burst("s", "enter")
        await here.sees("stap 3 van 7")
        clock.go_on_until(at("2026-11-23 13:05"))
        await here.burst("+", "l", *"Soep over", "enter")
        await here.sees("stap 3 van 7", "1 notitie van deze dienst")

    tell(room_file, story)


def test_who_comes_after_a_closed_shift_does_not_read_its_incident_there(
    room_file: Path, clock: FakeClock
) -> None:
    clock.set_to(at("2026-11-23 10:00"))
    connection.open(room_file)
    rooms.change_hours([Hours(1, "10:00", "13:00"), Hours(1, "18:00", "21:00")], date.min)
    closing.start()
    log.write("Ruzie bij de deur", kind=NoteKind.INCIDENT, by="balie")
    clock.go_on_until(at("2026-11-23 12:58"))
    closing.close()
    connection.close()
    clock.go_on_until(at("2026-11-23 16:30"))

    async def story(here: Desk) -> None:
        await here.burst("s")
        await here.sees("afgesloten")
        await here.burst(*["left"] * 3)
        await here.sees("stap 4 van 7", "er was een incident")
        assert "Ruzie" not in here.screen

    tell(room_file, story)


def test_a_line_for_the_log(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", ".", ".", "2", "enter", *"Soep over", "enter")
        await here.sees("stap 3 van 7", "2 notities van deze dienst", "→ Dat is alles")

    tell(room_file, story)


def test_who_left_early_and_who_did_not_come(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", *"....", "2", "enter")
        await here.sees("Was Anja er op")
        await here.burst("down", "down", *"15", "enter")
        await here.sees("Bewaard voor Anja.", "10:00–15:00", "→ Anja")
        await here.burst("2", "enter", "2", "enter")
        await here.sees("Bewaard voor Ben.", "afwezig")
        await here.burst("8", "8", "enter")
        await here.sees("stap 6 van 7")
        anja, ben = await on_duty(here)
        assert (anja.hours, anja.confirmed) == (5, True)
        assert (ben.absent, ben.confirmed) == (True, False)

    tell(room_file, story)


def test_who_came_late(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", *"....", "2", "enter")
        await here.sees("Was Anja er op")
        await here.burst("down", *"11", "enter")
        await here.sees("Bewaard voor Anja.", "11:00–16:30")
        _, anja = await on_duty(here)  # in the order in which they began
        assert (anja.hours, anja.confirmed) == (5.5, True)

    tell(room_file, story)


def test_who_was_not_on_the_roster(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", *"....", *"222", "enter")
        await here.sees("Wie was er nog op ma 23 nov 2026 10:00–16:30?")
        await here.burst("c", "down", *"14", "enter")
        await here.sees("Carla was er op ma 23 nov 2026.", "14:00–16:30", "→ Iedereen was er")
        await here.burst("enter")
        await here.sees("stap 6 van 7")
        assert {duty.name: duty.hours for duty in await on_duty(here)} == {
            "Anja": 6.5,
            "Ben": 6.5,
            "Carla": 2.5,
        }

    tell(room_file, story)


def test_a_long_name_stands_apart_from_the_time_behind_it(room_file: Path, afternoon: None) -> None:
    tuesday = date(2026, 11, 24)
    connection.open(room_file)
    rooms.change_hours([Hours(2, "10:00", "13:00"), Hours(2, "13:00", "17:00")], tuesday)
    annemarie = people.add("Annemarie van Dijk", kind=PersonKind.HOST).id
    roster.plan(annemarie, MONDAY, time(10), time(16, 30))
    roster.plan(annemarie, tuesday, time(10), time(17))
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("s", *"....")
        await here.sees("stap 5 van 7", "Annemarie van Dijk 10:00–16:30")
        await here.burst("f5")
        await here.sees("Rooster", "Annemarie van Dijk 10:00–17:00 · ook op een andere dienst")
        await here.sees("Annemarie van Dijk 10:00–16:30")

    tell(room_file, story)


def test_the_hours_on_the_screen_are_those_that_are_kept(
    room_file: Path, clock: FakeClock, afternoon: None
) -> None:
    """Long before the planned end, and somebody who came by and has not left."""

    def came() -> None:
        roster.came(people.find("Carla").id, at=at("2026-11-23 11:00"))

    async def story(here: Desk) -> None:
        await here.database.run(came)
        clock.set_to(at("2026-11-23 14:10"))
        await here.burst("s", *"....")
        await here.sees("10:00–14:10", "Carla         11:00–14:10")
        assert "16:30 ·" not in here.screen
        await here.burst("enter")
        await here.sees("stap 6 van 7")
        hours = {duty.name: duty.hours for duty in await on_duty(here)}
        assert hours == {"Anja": 4.17, "Ben": 4.17, "Carla": 3.17}

    tell(room_file, story)


def test_two_stretches_of_one_person_keep_nobody_from_closing(
    room_file: Path, clock: FakeClock, afternoon: None
) -> None:
    """Carla helped in the morning, and has her own duty from one o'clock on."""
    connection.open(room_file)
    carla = people.find("Carla").id
    roster.plan(carla, MONDAY, time(13), time(16, 30))
    roster.came(carla, at=at("2026-11-23 10:05"))
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("s", *"....")
        await here.sees("stap 5 van 7", "Carla         10:05–13:00", "Carla         13:00–16:30")
        await here.burst("enter")
        await here.sees("stap 6 van 7")
        assert [duty.confirmed for duty in await on_duty(here)] == [True] * 4

    tell(room_file, story)


def test_who_cannot_have_been_here_so_long_is_named_and_the_others_are_kept(
    room_file: Path, clock: FakeClock, afternoon: None
) -> None:
    connection.open(room_file)
    roster.came(people.find("Carla").id, at=at("2026-11-23 00:05"))
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("s", *"....", "enter")
        await here.sees("stap 5 van 7", "niet voor Carla: die uren kunnen niet", "6,5 uur, bevestigd")
        assert Step.HOURS in (await so_far(here)).to_go_through

    tell(room_file, story)


def test_nothing_to_check_is_not_asked(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    door.arrive()
    checklist.keep(())
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("s", "enter", "enter")
        await here.sees("stap 7 van 7", "→ Sluit de dienst af")
        assert (await so_far(here)).done == tuple(Step)

    tell(room_file, story)


def test_the_checklist_line_by_line(room_file: Path, clock: FakeClock, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", *".....", "2", "enter", "enter")
        await here.sees("[x] sleutel", "[x] alarm aan", "→ [ ] koffiezetter uit", "De rest is ook gedaan")
        await here.burst("8", "enter")
        await here.sees("→ [ ] alarm aan")
        await here.burst("escape", "s")
        await here.sees("stap 6 van 7", "[x] sleutel", "[ ] alarm aan")
        await here.burst(".", "enter")
        await here.sees("de controlelijst (niet: alarm aan, koffiezetter uit, ramen")

    tell(room_file, story)
    clock.go_on_until(at("2026-11-24 10:05"))

    async def the_next_morning(here: Desk) -> None:
        await here.burst("b")
        await here.sees("(niet: alarm aan,", "ramen dicht)")

    tell(room_file, the_next_morning)


def test_the_last_line_of_the_checklist_is_the_end_of_that_step(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", *".....", *["2", *["enter"] * 4])
        await here.sees("stap 7 van 7")
        assert (await so_far(here)).done == (Step.CHECKLIST,)

    tell(room_file, story)


def test_hours_without_a_count_are_named(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    for moment, n in (("11-30 10:30", 4), ("11-30 11:30", 5), ("11-30 13:30", 6), ("12-07 11:05", 2)):
        clock.go_on_until(at(f"2026-{moment}"))
        door.arrive(n)
    clock.go_on_until(at("2026-12-07 16:20"))
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("s")
        await here.sees("2 bezoeken vandaag · gem. 15 (1× maandag)")
        await here.sees("Niemand geteld: 10:00–11:00 (anders 4), 13:00–14:00 (anders 6).")

    tell(room_file, story)


def test_who_is_still_to_begin_is_said_and_not_confirmed(room_file: Path, afternoon: None) -> None:
    connection.open(room_file)
    roster.plan(people.add("Dirk").id, MONDAY, time(16, 30), time(18))
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("s", *"....")
        await here.sees("stap 5 van 7", "Begint nog", "Dirk (16:30–18:00)")
        await here.burst("enter")
        await here.sees("stap 6 van 7")
        assert [(duty.name, duty.confirmed) for duty in await on_duty(here)] == [
            ("Anja", True),
            ("Ben", True),
            ("Dirk", False),
        ]

    tell(room_file, story)


def test_who_goes_on_in_the_next_shift_is_asked_about_there(room_file: Path, clock: FakeClock) -> None:
    clock.set_to(at("2026-11-23 10:00"))
    connection.open(room_file)
    rooms.change_hours([Hours(1, "10:00", "13:00"), Hours(1, "13:00", "17:00")], date.min)
    roster.plan(people.add("Anja").id, MONDAY, time(10), time(17))
    roster.plan(people.add("Ben").id, MONDAY, time(10), time(13))
    closing.start()
    connection.close()
    clock.go_on_until(at("2026-11-23 12:50"))

    async def story(here: Desk) -> None:
        await here.burst("f5")
        await here.sees(
            "→ ma 23 nov 2026  10:00–13:00", "Anja          10:00–17:00 · ook op een andere dienst"
        )
        await here.burst("down", "down", "down")
        await here.sees("→ Anja", "13:00–17:00 · komt nog", "! gat: nog 1 nodig")
        await here.burst("escape", "s", *"..")
        await here.sees("stap 5 van 7", "Ook in de volgende dienst", "Anja (10:00–17:00)", "Ben")
        await here.burst("enter")
        await here.sees("stap 6 van 7")
        assert [(duty.name, duty.confirmed) for duty in (await so_far(here)).shift.team] == [
            ("Anja", False),
            ("Ben", True),
        ]

    tell(room_file, story)


def test_no_shift_is_open(room_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", "enter", ".", "2", "4")
        await here.sees("Er is geen dienst open.", "met 0 en Enter")
        assert "hostdesk" not in here.screen
        await here.burst("+")
        await here.sees("1 bezoek vandaag", "stap 1 van 7")

    tell(room_file, story)


def test_a_shift_that_is_closed_says_so(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.database.run(closing.close)
        await here.burst("s")
        await here.sees("De dienst is om 16:20 afgesloten.", "→ Terug naar de balie")
        await here.burst("enter")
        await here.sees("Laatste")
        await here.burst("s", "4")
        await here.sees("→ Alles is gedaan")
        await here.burst("enter")
        await here.until(lambda: "Alles is gedaan" not in here.screen)
        assert (await so_far(here)).done == (Step.CHECKLIST,), "what was skipped is done after all"

    tell(room_file, story)


def test_a_shift_that_was_closed_too_early_says_so_and_is_closed_again(
    room_file: Path, clock: FakeClock, afternoon: None
) -> None:
    async def story(here: Desk) -> None:
        clock.set_to(at("2026-11-23 14:10"))
        await here.burst("s", "enter", ".", *["enter"] * 5)
        await here.sees("bezoeken vandaag", "De dienst is afgesloten")
        clock.set_to(at("2026-11-23 14:20"))
        await here.burst("b")
        await here.sees("Deze dienst is om 14:10 afgesloten.", "Enter: hij gaat door")
        await here.burst("enter")
        await here.sees("De dienst was afgesloten en gaat door", "Anja, Ben")
        clock.set_to(at("2026-11-23 16:20"))
        await here.burst("escape", "s")
        await here.sees("stap 1 van 7", "→ De telling klopt")
        await here.burst("right", "right", "right", "right")
        await here.sees("stap 5 van 7", "Anja          10:00–16:30", "Ben           10:00–16:30")

    tell(room_file, story)


def test_a_machine_that_was_off_since_the_shift_was_closed_opens_it_no_more_and_says_so(
    room_file: Path, clock: FakeClock, afternoon: None
) -> None:
    """It has no battery, and the next morning its clock goes on where it was switched off."""

    async def story(here: Desk) -> None:
        await here.burst("s", "enter", ".", *["enter"] * 5)
        await here.sees("bezoeken vandaag", "De dienst is afgesloten")
        clock.reboot()
        await here.burst("b")
        await here.sees("Deze dienst is om 16:20 afgesloten, en de klok loopt misschien achter")
        await here.burst("enter", "escape")
        await here.sees("bezoeken vandaag")
        assert (await so_far(here)).shift.closed_at == at("2026-11-23 16:20")

    tell(room_file, story)


def test_closing_after_the_planned_end_while_somebody_comes_in(
    room_file: Path, clock: FakeClock, afternoon: None
) -> None:
    async def story(here: Desk) -> None:
        clock.go_on_until(at("2026-11-23 16:40"))
        await here.burst("s", *"." * len(Step), "+")
        assert (await here.today()).visits == 13
        assert (await so_far(here)).shift.state is ShiftState.CLOSED_AUTOMATICALLY
        await here.burst("enter")
        await here.sees("De dienst is afgesloten.")
        shift = (await so_far(here)).shift
        assert (shift.state, shift.closed_at) == (ShiftState.CLOSED, clock.now())

    tell(room_file, story)


def test_the_next_shift_begins_while_this_one_is_closed(room_file: Path, clock: FakeClock) -> None:
    """Back to back: a visitor of the next shift comes in while a host is half-way."""
    connection.open(room_file)
    rooms.change_hours([Hours(1, "13:00", "16:00"), Hours(1, "16:00", "20:00")], date.min)
    roster.plan(people.add("Bea", kind=PersonKind.HOST).id, MONDAY, time(13), time(16))
    roster.plan(people.add("Anja", kind=PersonKind.HOST).id, MONDAY, time(16), time(20))
    door.arrive()
    connection.close()
    clock.go_on_until(at("2026-11-23 15:58"))

    async def story(here: Desk) -> None:
        await here.burst("0", "-")
        await here.sees("13:00–16:00", "stap 1 van 7")
        clock.go_on_until(at("2026-11-23 16:01"))
        await here.burst("+")
        assert (await here.today()).visits == 2
        await here.burst("enter")
        await here.sees("13:00–16:00", "stap 3 van 7")
        await here.burst("enter")
        await here.sees("13:00–16:00", "stap 5 van 7", "Bea           13:00–16:00")
        await here.burst("escape", "0", "-")
        await here.sees("13:00–16:00", "stap 5 van 7", "Bea           13:00–16:00")
        await here.burst("enter")
        await here.sees("13:00–16:00", "stap 6 van 7")
        await here.burst("enter", "enter")
        await here.sees("bezoeken vandaag", "De dienst is afgesloten.")
        after = await so_far(here)
        assert [(one.name, one.confirmed) for one in after.shift.duties] == [("Anja", False)]
        assert (after.shift.state, after.done) == (ShiftState.OPEN, ())

    tell(room_file, story)


def test_another_process_has_closed_it_meanwhile(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s")
        await here.sees("stap 1 van 7")

        def elsewhere() -> None:
            connection.open(room_file)
            closing.close()
            connection.close()

        await asyncio.to_thread(elsewhere)
        await here.sees("De dienst is om 16:20 afgesloten.")

    tell(room_file, story)


@pytest.mark.parametrize("arrows", [1, 3])
def test_arrows_right_behind_the_key_that_opens_it_are_not_lost(
    room_file: Path, afternoon: None, arrows: int
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", *["right"] * arrows)
        await here.sees(f"stap {1 + arrows} van 7")
        await here.pilot.pause()
        await here.database.run(lambda: None)
        await here.pilot.pause()
        await here.sees(f"stap {1 + arrows} van 7")

    tell(room_file, story)


def test_arrows_right_behind_a_step_are_not_lost(room_file: Path, afternoon: None) -> None:
    async def story(here: Desk) -> None:
        await here.burst("s", "enter", "right", "right", "right")
        await here.sees("stap 5 van 7")
        await here.burst("left", "left", "left", ".", "right", "right", "right")
        await here.sees("stap 6 van 7")
        assert (await so_far(here)).skipped == (Step.SESSIONS,)

    tell(room_file, story)
