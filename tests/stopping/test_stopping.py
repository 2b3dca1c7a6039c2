"""ctrl+q stops at once, after saving; what only a bug can cause is one sentence and a log."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import connection, days, door
from db.errors import DiskFull
from hostdesk.leaving import Leaving
from hostdesk.presses import Waiting
from tests.desks import Desk, desk


class Disk:
    """The disk under the door: slow until it may go on, or full until there is space."""

    def __init__(self) -> None:
        """In order."""
        self.full = False
        self.go_on = threading.Event()
        self.go_on.set()
        self._arrive = door.arrive

    def arrive(self, n: int = 1) -> object:
        """Write, when the disk lets us."""
        self.go_on.wait(5)
        if self.full:
            raise DiskFull
        return self._arrive(n)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """The disk, in order until the test says otherwise."""
    disk = Disk()
    monkeypatch.setattr(door, "arrive", disk.arrive)
    yield disk
    disk.go_on.set()


def visits(file: Path) -> int:
    """What the file holds."""
    connection.open(file)
    return days.today().visits


def ended(here: Desk) -> bool:
    """Whether the program has ended."""
    return not here.app.is_running


def test_ctrl_q_stops_at_once(room_file: Path) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            await here.press("plus")
            await here.sees("Laatste: +1")
            await here.press("ctrl+q")
            await here.until(lambda: ended(here))
            assert here.app.return_code == 0

    asyncio.run(story())
    assert visits(room_file) == 1


def test_what_is_on_its_way_to_a_slow_disk_is_saved_first(room_file: Path, disk: Disk) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            disk.go_on.clear()
            await here.press("plus", "plus", "plus", "ctrl+q")
            await here.sees("opslaan")
            assert not ended(here)
            disk.go_on.set()
            await here.until(lambda: ended(here))

    asyncio.run(story())
    assert visits(room_file) == 3


def test_ctrl_q_says_what_would_be_lost_and_again_stops(room_file: Path, disk: Disk) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            disk.full = True
            await here.press("plus", "plus")
            await here.sees("NIET OPGESLAGEN")
            await here.press("ctrl+q")
            await here.sees("2 tellingen")
            assert not ended(here)
            await here.press("ctrl+q")
            await here.until(lambda: ended(here))

    asyncio.run(story())
    assert visits(room_file) == 0


def test_after_the_trouble_ctrl_q_stops_at_once_again(room_file: Path, disk: Disk) -> None:
    async def story() -> None:
        async with desk(room_file) as here:
            disk.full = True
            await here.press("plus")
            await here.sees("NIET OPGESLAGEN")
            await here.press("ctrl+q")
            await here.sees("1 telling")
            disk.full = False
            await here.press("plus")
            await here.sees("Laatste: +1")
            assert not ended(here)
            await here.press("ctrl+q")
            await here.until(lambda: ended(here))

    asyncio.run(story())
    assert visits(room_file) == 2


def test_trouble_while_stopping_holds_it_back() -> None:
    heard: list[str] = []
    leaving = Leaving(leave=lambda: heard.append("left"), warn=lambda n: heard.append(f"{n} not saved"))
    leaving.asked(2)
    assert heard == []
    leaving.waiting(Waiting(2, slow=True, trouble=DiskFull()))
    assert heard == ["2 not saved"]
    leaving.waiting(Waiting(0, slow=False, trouble=None))
    assert heard == ["2 not saved"], "who was warned went on working"


def test_a_bug_is_one_sentence_and_a_log(room_file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from hostdesk import logfile

    logfile.keep(room_file)

    def stumble() -> None:
        raise RuntimeError("a stone in the road")

    async def story() -> None:
        async with desk(room_file) as here:
            await here.press("plus")
            here.app.call_later(stumble)
            await here.until(lambda: ended(here))

    with pytest.raises(RuntimeError, match="stone"):
        asyncio.run(story())
    said = capfd.readouterr()
    log = room_file.with_suffix(".log")
    assert said.err == f"hostdesk: Er ging iets mis dat niet mag. De details staan in {log}.\n"
    assert "Traceback" not in said.out
    assert "a stone in the road" in log.read_text(encoding="utf-8")
    assert visits(room_file) == 1
