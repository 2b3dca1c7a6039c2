"""While the desk stands, yesterday is closed and the room is copied, without anybody asking."""

import asyncio
import threading
from pathlib import Path

import pytest

from db import backup, connection, machine
from hostdesk import housekeeping
from tests.clocks import FakeClock, at
from tests.desks import desk
from tests.machine.sticks import Port


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping, "EVERY_SECONDS", 0.01)


@pytest.mark.usefixtures("_soon")
def test_each_day_has_its_copy(room_file: Path, clock: FakeClock) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await here.until(lambda: len(backup.all_of(room_file)) == 1)
            clock.go_on_until(at("2026-11-24 09:00"))
            await here.until(lambda: len(backup.all_of(room_file)) == 2)

    asyncio.run(story())


@pytest.mark.usefixtures("_soon")
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


@pytest.mark.usefixtures("_soon")
def test_a_forgotten_close_is_closed(room_file: Path, clock: FakeClock) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await here.press("plus")
            await here.today()
            clock.go_on_until(at("2026-11-24 09:00"))
            await here.until(lambda: _closings(room_file) == [("2026-11-23 15:30:00.000", 1)])

    asyncio.run(story())


def _closings(file: Path) -> list[tuple[object, ...]]:
    with connection.looking_at(file) as seen:
        return list(seen.execute("SELECT closed_at, closed_automatically FROM shift"))


@pytest.mark.usefixtures("_soon")
def test_a_copy_that_fails_is_said_and_counting_goes_on(room_file: Path) -> None:
    backup.folder(room_file).write_text("somebody's file in the way")

    async def story() -> None:
        async with desk(room_file) as here:
            await here.sees("kan niet")
            await here.press("plus")
            assert (await here.today()).visits == 1

    asyncio.run(story())


@pytest.mark.usefixtures("_soon")
def test_stopping_waits_for_no_copy(room_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        stopped.wait(20)

    monkeypatch.setattr(backup, "daily", slow)
    monkeypatch.setattr(backup, "stop", stopped.set)

    async def story() -> None:
        async with desk(room_file) as here:
            await here.until(begun.is_set)
        assert stopped.is_set()

    asyncio.run(story())
