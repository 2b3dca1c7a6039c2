"""A host at the desk: people come in, leave, come in groups; mistakes are taken back."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import connection, days, door, door_rows, people, roster
from db.errors import Damaged
from hostdesk import app as program
from hostdesk.presses import Presses
from hostdesk.widgets.big_number import BigNumber
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk

Story = Callable[[Desk], Awaitable[None]]


def tell(file: Path, story: Story, **options: object) -> None:
    """Live a story at the desk of this room."""

    async def live() -> None:
        async with desk(file, **options) as here:  # type: ignore[arg-type]
            await story(here)

    asyncio.run(live())


@pytest.mark.parametrize("key", ["plus", "add"])
def test_one_key_counts_one_visitor(room_file: Path, key: str) -> None:
    async def story(here: Desk) -> None:
        await here.press(key)
        await here.sees("Laatste: +1 om 14:07", "bezoek vandaag")
        assert (await here.today()).visits == 1

    tell(room_file, story)


@pytest.mark.parametrize("key", ["minus", "subtract"])
def test_leaving_makes_present_known_and_keeps_the_visits(room_file: Path, key: str) -> None:
    async def story(here: Desk) -> None:
        await here.sees("niet gemeten")
        await here.press("plus", "plus", key)
        await here.sees("Nu aanwezig     1", "Laatste: -1 om 14:07")
        assert (await here.today()).visits == 2

    tell(room_file, story)


def test_a_group_is_typed_first(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("1", "2")
        await here.sees("12_")
        await here.press("plus")
        await here.sees("Laatste: +12 om 14:07")
        today = await here.today()
        assert (today.visits, len(today.recent)) == (12, 1)

    tell(room_file, story)


def test_a_group_over_twenty_is_asked_about_once(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("2", "5", "plus")
        await here.sees("25 mensen tegelijk?")
        assert (await here.today()).visits == 0
        await here.press("plus")
        await here.sees("Laatste: +25")
        await here.press("2", "1", "plus", "escape", "plus")
        assert (await here.today()).visits == 26

    tell(room_file, story)


def test_twenty_is_not_asked_about(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("2", "0", "plus")
        await here.sees("Laatste: +20")

    tell(room_file, story)


def test_a_headcount_by_its_key_or_by_the_number_first(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("h", "9", "enter")
        await here.sees("Nu aanwezig     9", "geteld 14:07")
        await here.press("1", "1", "asterisk")
        await here.sees("Nu aanwezig     11", "Laatste: telling 11")
        await here.press("h", "0", "h")
        await here.sees("Nu aanwezig     0")

    tell(room_file, story)


def test_somebody_comes_in_while_heads_are_counted(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("h", "7", "plus")
        await here.sees("7_", "Laatste: +1")
        await here.press("enter")
        await here.sees("Laatste: telling 7")
        assert (await here.today()).visits == 1

    tell(room_file, story)


def test_undo_goes_back_step_by_step(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus", "5", "plus", "u")
        await here.sees("Laatste: +5 ongedaan gemaakt")
        await here.press("backspace")
        assert (await here.today()).visits == 0
        await here.press("u")
        await here.sees("niets om ongedaan te maken")

    tell(room_file, story)


def test_undo_takes_what_stands_on_the_screen_and_nothing_else(room_file: Path) -> None:
    """Another process undid it first: the desk says so, and the row before it stays."""

    async def story(here: Desk) -> None:
        await here.press("plus", "plus")
        today = await here.today()
        assert today.undoes is not None
        target = today.undoes.id
        await here.database.run(lambda: door.undo(target))
        await here.press("u")
        await here.sees("al ongedaan gemaakt")
        assert (await here.today()).visits == 1

    tell(room_file, story)


def test_a_first_visit_is_tagged_later_by_one_key(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("n")
        await here.sees("Tel eerst de bezoeker")
        await here.press("plus", "n")
        await here.sees("Eerste keer     1")
        await here.press("n")
        await here.sees("Eerste keer     0")
        await here.press("n", "u")
        await here.sees("ongedaan gemaakt")
        assert (await here.today()).first_visits == 0

    tell(room_file, story)


def test_volunteers_are_counted_apart(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("v", "3", "v", "0", "plus")
        await here.sees("Vrijwilligers   5")
        today = await here.today()
        assert (today.visits, today.volunteers) == (0, 5)

    tell(room_file, story)


def test_the_numeric_pad_alone_is_enough(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("add", "full_stop", "5", "add", "divide", "subtract", "8", "multiply", "0", "add")
        today = await here.today()
        assert (today.visits, today.volunteers, today.first_visits) == (1, 1, 1)
        assert today.present is not None
        assert today.present.n == 9

    tell(room_file, story)


def test_a_key_held_down_counts_once_and_says_so(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus")
        await here.press("plus", every=0.5)  # the keyboard's delay, then its repeats
        await here.press(*["plus"] * 20, every=0.033)
        await here.sees("Toets bleef ingedrukt")
        assert (await here.today()).visits == 1
        await here.press("plus", every=1.5)
        assert (await here.today()).visits == 2

    tell(room_file, story)


def test_quick_fingers_are_not_a_held_key(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press(*["plus"] * 10, every=0.15)
        assert (await here.today()).visits == 10

    tell(room_file, story)


def test_escape_drops_what_was_typed_and_nothing_else(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus", "7", "escape", "escape", "plus")
        assert (await here.today()).visits == 2

    tell(room_file, story)


def test_other_processes_are_followed(room_file: Path) -> None:
    """A count from the shell comes on the screen by itself."""
    import subprocess
    import sys

    async def story(here: Desk) -> None:
        command = [sys.executable, "-m", "hostdesk", "count", "3", "--db", str(room_file)]
        await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
        await here.sees("+3")

    tell(room_file, story)


def test_the_desk_goes_on_into_the_next_day(room_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus")
        await here.sees("ma 23 nov 2026", "14:07", "open tot 16:30")
        await here.today()
        clock.go_on_until(at("2026-11-24 09:55"))
        await here.sees("di 24 nov 2026", "09:55", "dicht", "Laatste: +1 om ma 14:07")
        await here.press("u")
        await here.sees("ongedaan gemaakt")

    tell(room_file, story)
    connection.open(room_file)
    assert days.today().visits == 0


def test_a_wrong_clock_is_said_and_confirmed_with_one_key(room_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus")
        await here.today()
        clock.set_to(at("2026-11-23 11:07"))
        await here.sees("klok")
        await here.press("plus")
        assert (await here.today()).visits == 2
        await here.press("k")
        await here.sees("De klok is goed")
        assert (await here.today()).doubt is None

    tell(room_file, story)


def test_a_shift_that_was_begun_under_a_wrong_clock_goes_along_and_what_stays_is_said(
    room_file: Path, clock: FakeClock
) -> None:
    connection.open(room_file)
    for name in ("Karim", "Nadia"):
        roster.plan(people.add(name).id, date(2026, 11, 24))
    door.arrive()
    connection.close()
    clock.reboot(says=at("2026-11-24 10:00"))  # it is Thursday

    async def story(here: Desk) -> None:
        await here.burst("b")
        await here.sees("Begin van de dienst", "di 24 nov 2026")
        await here.burst("enter")
        await here.sees("De dienst is begonnen: Karim, Nadia.")
        clock.set_to(at("2026-11-26 10:00"))
        await here.burst("1", "escape")
        await here.sees("De klok is verzet. Is het nu do 26 nov 2026 10:00? k = ja")
        await here.burst("k")
        await here.sees(
            "De klok is goed. Wat intussen geschreven is, ging mee.",
            "Karim (24",
            "Nadia (24 nov); kijk in F4 en F5",
        )
        await here.burst("b")
        await here.sees("do 26 nov 2026", "Er staat niemand op het rooster")

    tell(room_file, story)


def test_a_key_in_between_means_the_first_was_let_go(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus", "5", "plus", every=0.05)
        assert (await here.today()).visits == 6

    tell(room_file, story)


@pytest.mark.parametrize("key", ["u", "backspace", "slash"])
def test_undo_held_down_takes_back_no_more_than_its_two_first_presses(room_file: Path, key: str) -> None:
    """The first repeat cannot be told from a second press; what repeats after it is not one."""

    async def story(here: Desk) -> None:
        await here.press("5", "plus", "plus", "plus", "plus")
        await here.press(key)
        await here.press(key, every=0.5)
        await here.press(*[key] * 20, every=0.033)
        assert (await here.today()).visits == 6

    tell(room_file, story)


def test_rubbing_out_digits_with_a_held_key_undoes_nothing(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus", "1", "2", "backspace")
        await here.press("backspace", every=0.5)
        await here.press(*["backspace"] * 20, every=0.033)
        assert (await here.today()).visits == 1

    tell(room_file, story)


def test_a_held_key_takes_back_its_own_repeat_and_nobody_elses_count(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus")
        await here.press("plus", every=0.5)
        await here.today()
        await here.database.run(lambda: door.arrive(9))
        here.app._changed.set()  # as when another process wrote
        await here.sees("+9")
        await here.press(*["plus"] * 10, every=0.033)
        assert (await here.today()).visits == 10

    tell(room_file, story)


def test_a_question_is_answered_by_a_press_and_not_by_a_repeat_alone(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("2", "5", "plus")
        await here.press(*["plus"] * 20, every=0.033)
        await here.sees("25 mensen tegelijk?")
        assert (await here.today()).visits == 0

    tell(room_file, story)


def test_after_a_question_a_digit_begins_another_number(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("2", "5", "plus", "1", "plus")
        assert (await here.today()).visits == 1
        await here.press("2", "5", "plus", "slash", "plus")
        assert (await here.today()).visits == 2

    tell(room_file, story)


def test_what_cannot_be_is_refused_and_not_asked(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("2", "5", "0", "9", "plus")
        await here.sees("500")
        assert (await here.today()).visits == 0

    tell(room_file, story)


@pytest.mark.parametrize("key", ["plus", "minus", "v", "h"])
def test_a_refusal_says_the_number_that_was_typed(room_file: Path, key: str) -> None:
    async def story(here: Desk) -> None:
        await here.press(*"999999", key)
        await here.sees("niet 999999.")
        assert (await here.today()).last is None

    tell(room_file, story)


def test_a_number_and_enter_is_a_group(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("6", "enter")
        await here.sees("Laatste: +6")

    tell(room_file, story)


def test_undo_goes_further_back_than_the_screen_while_the_disk_is_slow(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        for _ in range(12):
            await here.press("plus")
        await here.today()
        gate = threading.Event()
        here.database.submit(lambda: gate.wait(10))
        await here.press(*["u"] * 10)
        gate.set()
        assert (await here.today()).visits == 2

    tell(room_file, story)


def test_a_later_key_says_what_they_came_for(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("3", "plus", "r")
        await here.sees("Komt voor: inloop. r = de volgende")
        await here.press("r")
        await here.sees("Komt voor: activiteit")
        assert (await here.today()).visits == 3

    tell(room_file, story)


def test_a_number_before_the_first_visit_is_so_many_of_the_group(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("5", "plus", "3", "n", "2", "plus")
        await here.sees("Laatste: +2 om 14:07")
        today = await here.today()
        assert (today.visits, today.first_visits) == (7, 3)

    tell(room_file, story)


@pytest.mark.parametrize("away", [("f3", "f2"), ("l", "escape"), ("w", "escape"), ("f1", "escape")])
def test_a_number_does_not_wait_for_who_went_elsewhere(room_file: Path, away: tuple[str, str]) -> None:
    """Who comes back says a new number: 1, a note, and then 5 + counted fifteen."""

    async def story(here: Desk) -> None:
        await here.press("1")
        for key in away:
            before = here.app.screen
            await here.press(key)
            await here.until(lambda before=before: here.app.screen is not before, lambda: here.screen)
        await here.press("5", "plus")
        await here.sees("Laatste: +5 om 14:07")
        assert (await here.today()).visits == 5

    tell(room_file, story)


def test_a_first_visit_belongs_to_the_days_last_visitors_however_long_ago(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus", *["minus"] * 9, "n")
        await here.sees("Eerste keer     1")

    tell(room_file, story)


def test_yesterdays_visitor_is_not_tagged_today(room_file: Path, clock: FakeClock) -> None:
    async def story(here: Desk) -> None:
        await here.press("plus")
        await here.today()
        clock.go_on_until(at("2026-11-24 10:05"))
        await here.sees("di 24 nov 2026")
        await here.press("n")
        await here.sees("Tel eerst de bezoeker")

    tell(room_file, story)


def test_a_bug_in_one_press_does_not_stop_the_others(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(n: int = 1) -> door_rows.Row:
        raise ValueError(n)

    monkeypatch.setattr(door, "depart", broken)

    async def story(here: Desk) -> None:
        await here.press("plus", "minus", "plus", "plus")
        assert (await here.today()).visits == 3

    tell(room_file, story)


def test_a_day_that_was_read_before_a_press_is_not_painted_over_it(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    show_number = BigNumber.show_number
    monkeypatch.setattr(BigNumber, "show_number", lambda self, n: (shown.append(n), show_number(self, n)))

    async def story(here: Desk) -> None:
        for _ in range(15):
            here.app._changed.set()
            await here.press("plus")
        await here.today()

    tell(room_file, story)
    assert shown == sorted(shown)


def test_what_was_read_before_a_press_is_read_again_for_all_of_the_desk(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes a note; while it is read, a press is saved, and what was read is out of date."""
    monkeypatch.setattr(program, "HANDOVER_SECONDS", 3600)
    read, reads = program._read, list[bool]()

    async def story(here: Desk) -> None:
        def while_a_press_is_saved(*, handover: bool = False, **other: Any) -> program.Seen:
            reads.append(handover)
            if reads.count(True) == 1:
                here.app._saves += 1
            return read(handover=handover, **other)

        monkeypatch.setattr(program, "_read", while_a_press_is_saved)
        here.app._settle()
        await here.until(lambda: True in reads)
        here.app._changed.set()  # as when the press has settled
        await here.until(lambda: here.app._handover is not None)

    tell(room_file, story)


def test_a_room_that_cannot_be_read_is_said_until_it_can(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = days.today

    def damaged() -> days.Today:
        raise Damaged(path="de.db")

    async def story(here: Desk) -> None:
        monkeypatch.setattr(days, "today", damaged)
        here.app._changed.set()
        await here.sees("NIET GELEZEN")
        await here.press("escape")
        await here.sees("NIET GELEZEN")
        monkeypatch.setattr(days, "today", today)
        here.app._changed.set()
        await here.until(lambda: "NIET GELEZEN" not in here.screen)

    tell(room_file, story)


def test_a_bug_behind_one_key_leaves_the_others(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Presses) -> None:
        raise ValueError("a stone in the road")

    monkeypatch.setattr(Presses, "first_visit", broken)

    async def story(here: Desk) -> None:
        await here.press("plus", "n")
        await here.sees("Er ging iets mis")
        await here.press("plus")
        assert (await here.today()).visits == 2

    tell(room_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_what_undo_takes_next_stands_under_the_last_line(room_file: Path, size: tuple[int, int]) -> None:
    """Also when all that fits the screen was taken back: a host sees how far they go."""

    async def story(here: Desk) -> None:
        await here.press("3", "plus", "v", *["minus"] * 6)
        await here.sees("Laatste: -1")
        assert "u terug:" not in here.screen
        await here.press(*["u"] * 6)
        await here.sees("u terug: 14:07 vrijwilliger +1")
        rows = here.screen.splitlines()
        at = next(y for y, row in enumerate(rows) if "u terug:" in row)
        assert "Laatste: -1 ongedaan gemaakt" in rows[at - 1]
        await here.press("u")
        await here.sees("u terug: 14:07 +3")
        await here.press("u")
        await here.sees("Laatste: +3 ongedaan gemaakt")
        await here.until(lambda: "u terug:" not in here.screen, lambda: here.screen)

    tell(room_file, story, size=size)


def test_who_is_here_now_is_whole_on_a_small_screen(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Nu aanwezig   niet gemeten")
        await here.press("1", "2", "h", "1", "8", "plus", "1", "5", "minus")
        await here.sees("Nu aanwezig     15", "geteld 14:07 +18 -15")

    tell(room_file, story, size=(64, 20))


@pytest.mark.parametrize("key", ["kp_begin", "home", "insert"])
def test_a_numeric_pad_that_gives_no_digits_is_said_also_after_the_count(room_file: Path, key: str) -> None:
    """With Num Lock off `5+` counts one: whoever typed it must see why."""

    async def story(here: Desk) -> None:
        await here.press(key)
        await here.sees("Num Lock")
        await here.press("plus")
        await here.sees("Laatste: +1", "Num Lock")
        await here.press("u", "5", "plus")
        await here.sees("Laatste: +5")
        assert "Num Lock" not in here.screen

    tell(room_file, story)


def test_what_undo_takes_next_says_its_day(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    door.arrive(2)
    clock.go_on(days=2)
    door.arrive(3)
    connection.close()

    async def story(here: Desk) -> None:
        await here.press("u")
        await here.sees("Laatste: +3 ongedaan gemaakt", "u terug: ma 14:07 +2")
        await here.press("u")
        await here.sees("Laatste: +2 van ma ongedaan gemaakt om 14:07")
        await here.until(lambda: "u terug:" not in here.screen)

    tell(room_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_a_notice_leaves_what_is_being_typed_in_sight(room_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Desk) -> None:
        await here.press("1", "2")
        await here.sees("12_")
        typing, keys = here.screen.splitlines()[-2:]
        await here.press("ctrl+c")
        await here.sees("Druk op ctrl+q")
        assert here.screen.splitlines()[-2:] == [typing, keys]

    tell(room_file, story, size=size)
