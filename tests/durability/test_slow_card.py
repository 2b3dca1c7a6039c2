"""A group comes in while the card is slow, or full: it is told the truth, and nothing is lost."""

import subprocess
import time
from pathlib import Path

import pytest

from db import connection, door
from db.errors import DiskFull, DiskTrouble, HostdeskError
from tests.durability import slow_card

TOP = Path(__file__).parents[2]


def test_a_press_is_acknowledged_only_when_a_slow_card_has_it(room_file: Path) -> None:
    with slow_card.inserted(sync_ms=200):
        connection.open(room_file)
        began = time.perf_counter()
        door.arrive()
        assert time.perf_counter() - began >= 0.2
        connection.close()


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
        assert door.today().visits == 5
        flag.unlink()
        door.arrive()
        assert door.today().visits == 6
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
    assert door.today().visits == counted < 3
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
