"""What every test starts from: a clock of its own, a room of its own, and nothing left behind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import clock as clocks
from db import connection
from db import room as rooms
from hostdesk import housekeeping
from tests.clocks import FakeClock
from tests.upkeep import in_this_process


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Close this thread's connection and give the machine's clock back, however the test ended."""
    yield
    connection.close()
    clocks.use(clocks.SystemClock())


@pytest.fixture
def clock() -> FakeClock:
    """The clock that `db` reads: Monday 23 November 2026, 14:07 in Amsterdam, until the test moves it."""
    fake = FakeClock()
    clocks.use(fake)
    return fake


@pytest.fixture
def upkeep_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the desk leaves to another process is done in this one, by the test's clock, all the time."""
    monkeypatch.setattr(housekeeping, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(housekeeping, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(housekeeping, "upkeep", in_this_process)


@pytest.fixture(scope="session")
def new_room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, since making the tables takes longer than most tests."""
    file = tmp_path_factory.mktemp("new") / "huiskamer.db"
    clocks.use(FakeClock())
    rooms.create(file, name="De Huiskamer", language="nl", timezone="Europe/Amsterdam")
    connection.close()
    return file


@pytest.fixture
def room_file(new_room: Path, tmp_path: Path, clock: FakeClock) -> Path:
    """The file of a new Dutch room, De Huiskamer (Monday to Friday, 10:00 to 16:30), that nobody has open."""
    return Path(shutil.copy(new_room, tmp_path))


@pytest.fixture
def room(room_file: Path) -> rooms.Room:
    """That room, open."""
    connection.open(room_file)
    return rooms.current()
