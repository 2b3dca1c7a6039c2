"""While the desk stands, yesterday is closed and the room is copied, without anybody asking."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from db import backup, connection, copies, machine, people
from db.errors import DiskFull
from db.states import PersonKind
from hostdesk import housekeeping, place
from hostdesk.cli import main
from tests.clocks import FakeClock, at
from tests.desks import desk
from tests.machine.sticks import Port


@pytest.mark.usefixtures("upkeep_here")
def test_each_day_has_its_copy(room_file: Path, clock: FakeClock) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await here.until(lambda: len(backup.all_of(room_file)) == 1)
            clock.go_on_until(at("2026-11-24 09:00"))
            await here.until(lambda: len(backup.all_of(room_file)) == 2)

    asyncio.run(story())


@pytest.mark.usefixtures("upkeep_here")
def test_a_stick_that_is_put_in_gets_the_days_copy(
    room_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = Port(tmp_path)
    monkeypatch.setattr(machine, "Machine", lambda: port.machine)

    async def story() -> None:
        async with desk(room_file) as here:
            await here.until(lambda: backup.all_of(room_file))
            stick = port.put_in(backup.STICK, at=tmp_path / "stick")
            await here.until(lambda: list(stick.rglob("huiskamer-2026-11-23.db")))

    asyncio.run(story())


@pytest.mark.usefixtures("upkeep_here")
def test_a_forgotten_close_is_closed(room_file: Path, clock: FakeClock) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await here.press("plus")
            await here.today()
            clock.go_on_until(at("2026-11-24 09:00"))
            await here.until(lambda: _closings(room_file) == [("2026-11-23 15:30:00.000", 1)])

    asyncio.run(story())


def test_the_room_is_looked_after_from_elsewhere_too_whoever_is_called_as_its_account(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.open(room_file)
    people.add(place.account(), kind=PersonKind.VOLUNTEER)
    connection.close()
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50022 192.0.2.2 22")
    assert asyncio.run(housekeeping.upkeep(room_file)) == ""
    assert backup.newest(room_file)


def _closings(file: Path) -> list[tuple[object, ...]]:
    with connection.looking_at(file) as seen:
        return list(seen.execute("SELECT closed_at, closed_automatically FROM shift"))


@pytest.mark.usefixtures("upkeep_here")
def test_a_copy_that_fails_is_said_and_counting_goes_on(room_file: Path) -> None:
    backup.folder(room_file).write_text("somebody's file in the way")

    async def story() -> None:
        async with desk(room_file) as here:
            await here.sees("kan niet")
            await here.press("plus")
            assert (await here.today()).visits == 1

    asyncio.run(story())


@pytest.mark.usefixtures("upkeep_here")
def test_a_disk_too_full_for_a_copy_is_not_said_to_save_nothing(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a count that is saved: a row takes less than a copy of the room."""

    def full() -> None:
        raise DiskFull

    monkeypatch.setattr(backup, "daily", full)

    async def story() -> None:
        async with desk(room_file) as here:
            await here.sees("schijf", "reservekopie")
            assert "niets opgeslagen" not in here.screen
            await here.press("plus")
            assert (await here.today()).visits == 1

    asyncio.run(story())


@pytest.mark.usefixtures("upkeep_here")
def test_what_is_wrong_stands_at_the_desk_until_it_is_not(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host presses a key a minute: a sentence that the next one wipes out would never be read."""
    damaged = "het bestand is beschadigd"
    mended = asyncio.Event()
    answers = [damaged]

    async def upkeep(_file: Path) -> str:
        if not answers:
            await mended.wait()
            return ""
        return answers.pop()

    monkeypatch.setattr(housekeeping, "upkeep", upkeep)

    async def story() -> None:
        async with desk(room_file) as here:
            await here.sees(damaged)
            await here.press("3", "plus", "n", "u", "escape")
            await here.today()
            assert damaged in here.screen
            await here.press("f3")
            await here.sees("Activiteitenbord")
            await here.press("f2")
            await here.sees("vandaag", damaged)
            mended.set()
            await here.until(lambda: damaged not in here.screen)

    asyncio.run(story())


@pytest.mark.usefixtures("upkeep_here")
def test_the_same_trouble_is_said_once_over_another_screen(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["de stick is vol"] * 3
    asked: list[Path] = []

    async def upkeep(file: Path) -> str:
        asked.append(file)
        while len(asked) == 1 and here_is != ["board"]:
            await asyncio.sleep(0.01)
        return answers.pop() if answers else "de kaart is vol"

    here_is: list[str] = []
    monkeypatch.setattr(housekeeping, "upkeep", upkeep)
    told: list[str] = []

    async def story() -> None:
        async with desk(room_file) as here:
            monkeypatch.setattr(here.app, "tell", told.append)
            await here.press("f3")
            await here.sees("Activiteitenbord")
            here_is.append("board")
            await here.until(lambda: len(asked) > 6)

    asyncio.run(story())
    assert told == ["de stick is vol", "de kaart is vol"]


def test_a_full_disk_on_which_there_is_space_again_is_full_no_more(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was thrown away is looked for, and the next look that is due is not waited for."""
    monkeypatch.setattr(housekeeping, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping, "SPACE_SECONDS", 0.01)
    full = "de schijf is vol"
    free = [0]
    looked: list[int] = []

    async def upkeep(_file: Path) -> str:
        looked.append(free[0])
        return "" if free[0] else full

    monkeypatch.setattr(housekeeping, "upkeep", upkeep)
    monkeypatch.setattr(housekeeping, "_free", lambda _file: free[0])

    async def story() -> None:
        async with desk(room_file) as here:
            await here.sees(full)
            free[0] = 5_000_000
            await here.until(lambda: full not in here.screen)

    asyncio.run(story())
    assert looked == [0, 5_000_000], "while nothing changes nobody looks"


def test_it_is_a_process_of_its_own(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "SETTLE_SECONDS", 0.0)

    async def story() -> None:
        async with desk(room_file) as here:
            await here.until(lambda: len(backup.all_of(room_file)) == 1)

    asyncio.run(story())


def test_a_process_that_fails_says_why(room_file: Path) -> None:
    backup.folder(room_file).write_text("somebody's file in the way")
    trouble = asyncio.run(housekeeping.upkeep(room_file))
    assert str(backup.folder(room_file)) in trouble
    assert trouble.count("\n") == 0


def test_stopping_waits_for_no_copy(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = room_file.with_name("begun")
    slow = "import os, signal, sys; open(sys.argv[1], 'w').write(f'{os.getpid()}'); signal.pause()"
    monkeypatch.setattr(housekeeping, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping, "command", lambda _file: [sys.executable, "-c", slow, str(begun)])

    async def story() -> None:
        async with desk(room_file) as here:
            await here.until(lambda: begun.exists() and begun.read_text())
        await here.until(lambda: not _works(int(begun.read_text())))

    asyncio.run(story())


def _works(pid: int) -> bool:
    """Whether this process is at work; one that has ended, and that nobody asked how, has no command line."""
    line = Path(f"/proc/{pid}/cmdline")
    return line.exists() and line.read_bytes() != b""


def test_an_upkeep_that_is_ended_leaves_nothing_half_made(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copies.onto_the_disk
    handlers = {one: signal.getsignal(one) for one in (signal.SIGHUP, signal.SIGTERM)}

    def ended(copy: Path) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        before(copy)

    monkeypatch.setattr(copies, "onto_the_disk", ended)
    try:
        with pytest.raises(SystemExit):
            main(["--db", str(room_file), "upkeep"])
    finally:
        for one, handler in handlers.items():
            signal.signal(one, handler)
    connection.open(room_file)
    assert list(backup.folder(room_file).iterdir()) == []
    assert backup.is_due()
