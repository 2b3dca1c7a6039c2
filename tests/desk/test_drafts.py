"""What is half typed is still there next time: after Esc, another screen, a stop, and a crash."""

import asyncio
import os
import resource
import signal
import stat
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from db import connection, log, logbook, planning, wishes
from db.clock import Doubt
from db.errors import DiskFull
from db.mentions import Sought
from db.planning import Plan
from db.room import Room
from db.states import Missing, NoteKind
from hostdesk import app, drafts
from hostdesk.drafts import Drafts
from tests.clocks import FakeClock, at
from tests.desks import PATIENCE, Desk, desk
from tests.terminal import HOSTDESK, Terminal

Story = Callable[[Desk], Awaitable[None]]


def tell(file: Path, story: Story) -> None:
    """Live a story at the desk of this room."""

    async def live() -> None:
        async with desk(file) as here:
            await story(here)

    asyncio.run(live())


def half_typed(file: Path) -> str:
    """All that is half typed in this room."""
    return "".join(one.read_text(encoding="utf-8") for one in file.parent.glob(".*.draft"))


def leave_behind(file: Path, *notes: str) -> None:
    """As many programs as notes, all open at once, each with a note half typed when it ends."""
    programs = [Drafts(file) for _ in notes]
    for program, note in zip(programs, notes, strict=True):
        program.keep("note", note)
    for program in programs:
        program.close()


@pytest.fixture
def club(room: Room) -> None:
    """A knitting club that meets today."""
    planning.plan((), Plan("Breiclub", date(2026, 11, 23), time(14), time(16)))
    connection.close()


async def to_the_club(here: Desk) -> None:
    """From the desk to everything behind its card."""
    await here.press("f3")
    await here.sees("Gepland 1")
    await here.press("right", "right", "enter")
    await here.sees("9 deze bijeenkomst…")


@pytest.mark.parametrize("leaves", ["escape", "f2", "f3", "f5"])
@pytest.mark.parametrize("types", ["w", "l"])
def test_whatever_somebody_leaves_by(room_file: Path, types: str, leaves: str) -> None:
    async def story(here: Desk) -> None:
        await here.burst(types, *"Samen zi", leaves, "f2")
        await here.sees("bezoeken vandaag", "+ komt")
        await here.burst(types)
        await here.sees("Samen zi")

    tell(room_file, story)


def test_a_wish_and_a_note_are_not_mixed_up(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("l", *"De klok tikt", "f2", "w", *"Zingen", "enter")
        await here.sees("Wens 1 staat op het bord.")
        await here.burst("w")
        await here.sees("Een wens van een buurtbewoner")
        await here.until(lambda: "De klok tikt" not in here.screen)

    tell(room_file, story)


def test_an_incident_half_typed_is_an_incident_still(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("l", "tab", *"Ruzie", "escape")
        await here.sees("Nog niet bewaard.")
        await here.burst("l")
        await here.sees("Half getypt · Een aantekening in het logboek", "! incident", "Ruzie")
        await here.burst("enter")
        await here.sees("In het logboek: incident")
        await here.burst("l")
        await here.sees("Een aantekening in het logboek")
        await here.until(lambda: "Half getypt" not in here.screen)

    tell(room_file, story)


def test_an_incident_half_typed_in_a_shift_before_is_kept_for_that_shift(
    room_file: Path, clock: FakeClock
) -> None:
    async def story(here: Desk) -> None:
        await here.burst("l", "tab", *"Ruzie om een stoel", "escape")
        await here.sees("Nog niet bewaard.")
        clock.go_on_until(at("2026-11-24 10:30"))
        await here.burst("l")
        await here.sees("Een half getypt incident van een eerdere dienst staat nu in het logboek")
        assert "Ruzie" not in here.screen
        assert "Half getypt" not in here.screen
        await here.burst(*"De klok tikt", "enter")
        await here.sees("In het logboek: bijzonderheden")
        assert half_typed(room_file) == ""

    tell(room_file, story)
    connection.open(room_file)
    note, incident = logbook.entries(logbook.Reader(coordinator=True))
    assert (note.text, note.kind) == ("De klok tikt", NoteKind.PARTICULARS)
    assert (incident.text, incident.kind) == ("Ruzie om een stoel", NoteKind.INCIDENT)
    assert incident.happened_at == at("2026-11-23 14:07"), "when it was typed"
    of_this_shift = logbook.reader("balie", at_the_desk=True)
    assert logbook.one(incident.id, of_this_shift).missing is Missing.FOR_OTHERS


def test_an_incident_that_cannot_be_kept_yet_is_not_lost(
    room_file: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> bool:
        raise DiskFull

    async def story(here: Desk) -> None:
        await here.burst("l", "tab", *"Ruzie om een stoel", "escape")
        await here.sees("Nog niet bewaard.")
        clock.go_on_until(at("2026-11-24 10:30"))
        with monkeypatch.context() as disk:
            disk.setattr(log, "write_half_typed", full)
            await here.burst("l")
            await here.sees("vol")
            await here.burst("enter", "escape")
            await here.sees("Nog niet bewaard.")
        assert "Ruzie om een stoel" in half_typed(room_file)
        await here.burst("l")
        await here.sees("staat nu in het logboek")

    tell(room_file, story)


def test_who_leaves_while_an_incident_goes_into_a_slow_log_has_it_there_once(
    room_file: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, write = threading.Event(), log.write_half_typed

    def slowly(incident: str, since: datetime, *, by: str = "") -> bool:
        go_on.wait(PATIENCE)
        return write(incident, since, by=by)

    async def story(here: Desk) -> None:
        await here.burst("l", "tab", *"Ruzie om een stoel", "escape")
        await here.sees("Nog niet bewaard.")
        clock.go_on_until(at("2026-11-24 10:30"))
        monkeypatch.setattr(log, "write_half_typed", slowly)
        await here.burst("l", "escape")
        go_on.set()
        await here.burst("l")
        await here.sees("staat nu in het logboek")

    tell(room_file, story)
    connection.open(room_file)
    assert [one.text for one in logbook.entries(logbook.Reader(coordinator=True))] == ["Ruzie om een stoel"]


def test_u_after_an_accidental_esc_takes_back_a_count(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("3", "+", "l", *"De klok", "escape", "u")
        await here.sees("Laatste: +3 ongedaan gemaakt")

    tell(room_file, story)


def test_after_a_crash_the_desk_says_that_a_note_is_half_typed(room_file: Path) -> None:
    leave_behind(room_file, "De klok")

    async def story(here: Desk) -> None:
        await here.sees("Een aantekening is half getypt en niet bewaard: met l ga je verder.")
        await here.burst("+")
        await here.until(lambda: "half getypt" not in here.screen)

    tell(room_file, story)


def test_a_clock_that_may_be_wrong_is_said_before_what_is_half_typed(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_behind(room_file, "De klok")
    monkeypatch.setattr(app, "HANDOVER_SECONDS", 3600)

    async def story(here: Desk) -> None:
        assert here.app._today is not None
        here.app._today = replace(here.app._today, doubt=Doubt.JUMPED)
        here.app._settle()
        assert not here.app._desk.message
        here.app._today = replace(here.app._today, doubt=None)
        here.app._settle()
        assert "half getypt" in here.app._desk.message

    tell(room_file, story)


def test_a_desk_that_has_gone_within_its_first_second_says_nothing(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        gone.append(here)

    gone: list[Desk] = []
    tell(room_file, story)
    gone[0].app._settle()


@pytest.mark.parametrize("ends", [signal.SIGHUP, signal.SIGKILL])
def test_the_line_drops_or_the_program_is_killed(room_file: Path, ends: signal.Signals) -> None:
    desk_of_this_room = [*HOSTDESK, "--db", str(room_file)]
    with Terminal(desk_of_this_room) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("lDe verwarming tikt")
        terminal.wait("De verwarming tikt")
        if ends is signal.SIGKILL:  # what a second ago was typed survives that too
            while "De verwarming ti" not in half_typed(room_file):
                terminal.read(0.1)
        os.kill(terminal.pid, ends)
        terminal.wait_for_exit()
    with Terminal(desk_of_this_room) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("l")
        terminal.wait("De verwarming ti")


def test_what_was_saved_is_gone_from_the_disk(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("l", *"De klok", "escape")
        await here.until(lambda: list(room_file.parent.glob(".*.draft")))
        [file] = room_file.parent.glob(".*.draft")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        await here.burst("l", "enter")
        await here.sees("In het logboek")
        await here.until(lambda: not file.exists())

    tell(room_file, story)


def test_after_a_day_it_is_gone(tmp_path: Path) -> None:
    leave_behind(tmp_path / "room.db", "De klok")
    [file] = tmp_path.glob(".*.draft")
    old = file.stat().st_mtime - drafts.KEPT_SECONDS - 1
    os.utime(file, (old, old))
    assert Drafts(tmp_path / "room.db").of("note") == ""
    assert not file.exists()


@pytest.mark.parametrize("damage", ["", "{", "[1]", '"x"', "\x00\x01"])
def test_a_damaged_file_is_no_draft(tmp_path: Path, damage: str) -> None:
    leave_behind(tmp_path / "room.db", "De klok")
    [file] = tmp_path.glob(".*.draft")
    file.write_text(damage)
    assert Drafts(tmp_path / "room.db").of("note") == ""


@contextmanager
def full_disk() -> Iterator[None]:
    """No file takes a byte meanwhile."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("before", ["", "De klok staat stil"])
@pytest.mark.parametrize("after", ["De lamp", "De lamp is kapot"])
def test_what_a_full_disk_does_not_take_stays_and_is_kept_once_there_is_space(
    tmp_path: Path, before: str, after: str
) -> None:
    program = Drafts(tmp_path / "room.db")
    program.keep("wish", before)
    with full_disk():
        program.keep("note", "De lamp")
        assert (program.of("note"), program.of("wish")) == ("De lamp", before)
        assert not [*tmp_path.glob(".*.new")]
    program.keep("note", after)
    program.close()
    again = Drafts(tmp_path / "room.db")
    assert (again.of("note"), again.of("wish")) == (after, before)


def test_what_a_full_disk_did_not_take_is_kept_at_the_end(tmp_path: Path) -> None:
    program = Drafts(tmp_path / "room.db")
    with full_disk():
        program.keep("note", "De lamp")
    program.close()
    assert Drafts(tmp_path / "room.db").of("note") == "De lamp"


def test_what_a_full_disk_did_not_take_does_not_come_back_once_its_name_was_erased(tmp_path: Path) -> None:
    program = Drafts(tmp_path / "room.db")
    program.keep("wish", "Nadia wil breien")
    with full_disk():
        program.keep("note", "Nadia belde")
    drafts.erase(tmp_path / "room.db", Sought("Nadia"))
    program.close()
    assert "Nadia" not in half_typed(tmp_path / "room.db")


def test_two_programs_of_one_person_keep_what_is_typed_in_each(tmp_path: Path) -> None:
    leave_behind(tmp_path / "room.db", "De klok", "De deur")
    first, second, third = (Drafts(tmp_path / "room.db") for _ in range(3))
    assert (first.of("note"), second.of("note"), third.of("note")) == ("De klok", "De deur", "")
    first.keep("note", "")
    third.keep("note", "Het raam")
    assert (first.of("note"), second.of("note"), third.of("note")) == ("", "De deur", "Het raam")
    for program in (first, second, third):
        program.close()


def test_what_a_crash_left_of_a_draft_is_erased_and_thrown_away_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crashes(*_: object) -> None:
        raise KeyboardInterrupt

    room_file = tmp_path / "room.db"
    program = Drafts(room_file)
    with monkeypatch.context() as just_then, suppress(KeyboardInterrupt):
        just_then.setattr(Path, "replace", crashes)
        program.keep("note", "Nadia belde")
    [left] = [file for file in tmp_path.iterdir() if "Nadia" in file.read_text(encoding="utf-8")]

    assert drafts.erase(room_file, Sought("Nadia")) == ()
    assert "Nadia" not in left.read_text(encoding="utf-8")
    os.utime(left, (0, 0))
    Drafts(room_file).close()
    assert not left.exists()


def test_a_name_that_is_erased_is_in_no_draft(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where a program is open that keeps it; of who has that name, nothing is left at all."""
    program = Drafts(room_file)
    program.keep("note", "nadia belde, en Ben ook")
    monkeypatch.setenv("HOSTDESK_BY", "Nadia")
    leave_behind(room_file, "De klok")
    drafts.erase(room_file, Sought("Nadia"))
    assert program.of("note") == "***** belde, en Ben ook"
    assert "nadia" not in half_typed(room_file).casefold() and "De klok" not in half_typed(room_file)
    program.close()


@pytest.mark.parametrize("leaves", ["escape", "f2"])
@pytest.mark.parametrize(
    ("opens", "stands"),
    [
        (("a",), "Stel een professional een vraag"),
        (("f3", "a"), "Stel een professional een vraag over: Schaken"),
        (("f3", "x"), "Niet gelukt: Schaken"),
    ],
)
def test_a_question_and_a_reason_too(
    room_file: Path, opens: tuple[str, ...], stands: str, leaves: str
) -> None:
    async def story(here: Desk) -> None:
        await here.database.run(lambda: wishes.voice("Schaken"))

        async def open_it() -> None:
            for key in opens:
                await here.press(key)
                await here.until(
                    lambda key=key: key != "f3" or "→  Schaken" in here.screen, lambda: here.screen
                )
            await here.until(lambda: here.app.screen.is_modal, lambda: here.screen)

        await open_it()
        await here.burst(*"Te duur", leaves, "f2")
        await here.sees("bezoeken vandaag", "+ komt")
        await open_it()
        await here.sees("Te duur")
        await here.burst(*", dus", "enter")
        await here.until(lambda: not here.app.screen.is_modal)
        assert half_typed(room_file) == ""

    tell(room_file, story)


@pytest.mark.parametrize(("digit", "label"), [("1", "Hoe het ging"), ("3", "Waarom niet?")])
def test_a_remark_on_a_session_too(room_file: Path, club: None, digit: str, label: str) -> None:
    async def story(here: Desk) -> None:
        await to_the_club(here)
        await here.press("9")
        for typed in ("Er was taart", " en thee"):
            await here.sees("6 bijeenkomst erbij")
            await here.press(digit)
            await here.sees(label)
            if digit == "1":
                await here.press("down")
            await here.burst(*typed)
            await here.sees(typed)
            await here.press("escape")
            await here.until(lambda: not here.app.screen.is_modal)
        await here.press(digit)
        await here.sees("Er was taart en thee")

    tell(room_file, story)
    assert "Er was taart en thee" in half_typed(room_file)


def test_another_name_for_an_activity_and_who_leads_too_until_that_name_is_erased(
    room_file: Path, club: None
) -> None:
    async def story(here: Desk) -> None:
        await to_the_club(here)
        await here.burst("4", *" van Nadia", "escape")
        await here.burst("9", "7", "down", *"Nadia", "escape")
        await here.until(lambda: half_typed(room_file).count("Nadia") == 2)
        await here.database.run(lambda: drafts.erase(room_file, Sought("Nadia")))
        assert "Nadia" not in half_typed(room_file)
        await here.burst("7")
        await here.sees("wie begeleidt", "*****")
        await here.burst("escape", "0", "4")
        await here.sees("Breiclub van *****")

    tell(room_file, story)


def test_a_plan_is_there_again_as_far_as_it_was_filled_in(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.database.run(lambda: wishes.voice("Schaken"))
        await here.press("f3")
        await here.sees("→  Schaken")
        await here.press("p")
        await here.sees("Een activiteit plannen", "1 bijeenkomst, ma 30 nov 2026")
        await here.burst(*"Schaakclub", "down", *"di", "enter", "down", "down", "right", "escape")
        await here.until(lambda: not here.app.screen.is_modal)
        await here.press("p")
        await here.sees(
            "Schaakclub", "di 24-11-2026", "14:00", "elke week", "gaat steeds door vanaf di 24 nov"
        )
        await here.press("f2")
        await here.sees("“Schaakclub” is gepland")
        assert half_typed(room_file) == ""

    tell(room_file, story)
