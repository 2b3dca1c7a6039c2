"""A group comes in while the card is slow, or full: it is told the truth, and nothing is lost."""

import asyncio
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual.screen import Screen

from db import connection, days, door
from db.errors import DiskFull, DiskTrouble, HostdeskError
from hostdesk.app import HostdeskApp
from tests.desks import PATIENCE, desk
from tests.durability import noon, slow_card
from tests.durability.big_digits import number_on
from tests.terminal import HOSTDESK, Terminal

TOP = Path(__file__).parents[2]


def test_a_press_is_acknowledged_only_when_a_slow_card_has_it(room_file: Path) -> None:
    with slow_card.inserted(sync_ms=200):
        connection.open(room_file)
        began = time.perf_counter()
        door.arrive()
        assert time.perf_counter() - began >= 0.2
        connection.close()


def test_a_card_that_is_slow_at_the_start_is_no_trouble_in_the_log(
    room_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The first frame does not wait for it, and the day comes when it is read."""
    stands, today, first = Event(), days.today, HostdeskApp.get_default_screen

    def slowly() -> days.Today:
        stands.wait(PATIENCE)
        return today()

    def at_once(app: HostdeskApp) -> Screen[None]:
        screen = first(app)
        stands.set()
        return screen

    monkeypatch.setattr(days, "today", slowly)
    monkeypatch.setattr(HostdeskApp, "get_default_screen", at_once)

    async def story() -> None:
        async with desk(room_file) as here:
            await here.sees("bezoeken vandaag")

    asyncio.run(story())
    assert not caplog.text


@pytest.mark.parametrize(("fault", "sentence"), [("full", DiskFull), ("io", DiskTrouble)])
def test_what_a_failing_card_refuses_is_counted_once_it_takes_it_again(
    room_file: Path, tmp_path: Path, fault: str, sentence: type[HostdeskError]
) -> None:
    flag = tmp_path / "full"
    with slow_card.inserted(fault=slow_card.FAULTS[fault], flag=flag):
        connection.open(room_file)
        door.arrive(5)
        flag.touch()
        with pytest.raises(sentence):
            door.arrive()
        assert days.today().visits == 5
        flag.unlink()
        door.arrive()
        assert days.today().visits == 6
        connection.close()


@pytest.mark.parametrize("from_write", range(1, 12))
def test_a_press_that_fails_at_any_write_leaves_nothing_behind(room_file: Path, from_write: int) -> None:
    with slow_card.inserted(fault=slow_card.FAULTS["full"], from_write=from_write):
        counted = 0
        try:
            connection.open(room_file)
            for _ in range(3):
                door.arrive()
                counted += 1
        except DiskFull:
            pass
        finally:
            connection.close()
    connection.open(room_file)
    assert days.today().visits == counted < 3
    assert connection.database.pragma("integrity_check") == "ok"


def test_a_full_card_is_one_clear_sentence_in_the_shell(room_file: Path, tmp_path: Path) -> None:
    flag = tmp_path / "full"
    flag.touch()
    count = slow_card.command("--db", str(room_file), "count", fail="full", flag=flag)
    full = subprocess.run(count, capture_output=True, text=True, cwd=TOP, check=False)
    assert full.returncode == 1
    assert full.stderr.count("\n") == 1 and full.stderr.startswith("hostdesk: ")
    flag.unlink()
    assert subprocess.run(count, capture_output=True, cwd=TOP, check=False).returncode == 0


LEAVING: dict[str, Callable[[Terminal], None]] = {
    "ctrl+q": lambda desk: desk.press("ctrl+q"),
    "SIGTERM": lambda desk: desk.signal(signal.SIGTERM),
    "the terminal vanishes": lambda desk: desk.vanish(),
}
"""The ways in which a desk ends."""


@pytest.mark.parametrize(
    "way",
    [
        "ctrl+q",
        "SIGTERM",
        "the terminal vanishes",
    ],
)
def test_nothing_is_lost_or_doubled_by_leaving_while_the_card_is_slow(tmp_path: Path, way: str) -> None:
    file = tmp_path / "huiskamer.db"
    noon.create(file)
    with Terminal(slow_card.command("--db", str(file), sync_ms=500), cwd=TOP) as desk:
        desk.wait(lambda _screen: number_on(desk.lines) == 0)
        desk.send("5+v-")
        desk.wait("opslaan…")
        assert number_on(desk.lines) == 0, "no number before it is kept"
        LEAVING[way](desk)
        desk.wait_for_exit()
    connection.open(file)
    today = days.today()
    assert (today.visits, today.volunteers, len(today.recent)) == (5, 1, 3)


def test_who_counts_elsewhere_meanwhile_loses_nothing_and_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "huiskamer.db"
    noon.create(file)
    with Terminal(slow_card.command("--db", str(file), sync_ms=500), cwd=TOP) as desk:
        desk.wait(lambda _screen: number_on(desk.lines) == 0)
        desk.send("5+2+")
        desk.wait("opslaan…")
        elsewhere = [
            subprocess.Popen([*HOSTDESK, "--db", str(file), "count", n], stderr=subprocess.PIPE)
            for n in ("30", "400")
        ]
        desk.send("+")
        assert [writer.communicate()[1] for writer in elsewhere] == [b"", b""]
        desk.wait(lambda _screen: number_on(desk.lines) == 438)
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0
    connection.open(file)
    assert days.today().visits == 5 + 2 + 1 + 30 + 400


def test_a_desk_keeps_what_a_full_card_refuses_until_there_is_space(tmp_path: Path) -> None:
    file, flag = tmp_path / "huiskamer.db", tmp_path / "full"
    noon.create(file)
    with Terminal(slow_card.command("--db", str(file), fail="full", flag=flag), cwd=TOP) as desk:
        desk.wait(lambda _screen: number_on(desk.lines) == 0)
        flag.touch()
        desk.send("5+v")
        desk.wait("NIET OPGESLAGEN")
        assert number_on(desk.lines) == 0
        flag.unlink()
        desk.wait(lambda screen: number_on(desk.lines) == 5 and "NIET OPGESLAGEN" not in screen)
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0
    connection.open(file)
    today = days.today()
    assert (today.visits, today.volunteers, len(today.recent)) == (5, 1, 2)
