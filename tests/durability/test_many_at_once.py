"""Eight processes at one door: the sum is exact, nobody waits in vain, nothing is taken back twice."""

import subprocess
from pathlib import Path

from db import connection, days, door
from tests.durability import noon
from tests.durability.big_digits import number_on
from tests.durability.counter import Counter
from tests.terminal import HOSTDESK, Terminal

PROCESSES = 8
EACH = 250


def test_eight_processes_count_at_once_and_none_is_lost(tmp_path: Path) -> None:
    file = _room(tmp_path)
    _count_at_once(file)
    assert _shell(file, "count", "5").startswith("+5 ")
    connection.open(file)
    assert days.today().visits == PROCESSES * EACH + 5
    ledger = connection.database.execute_sql("SELECT COUNT(*), MAX(id), SUM(n) FROM door").fetchone()
    assert ledger == (PROCESSES * EACH + 1, PROCESSES * EACH + 1, PROCESSES * EACH + 5)
    assert connection.database.pragma("integrity_check") == "ok"


def test_the_shell_counts_while_others_do(tmp_path: Path) -> None:
    file = _room(tmp_path)
    counters = [Counter(file, "--arrivals", str(EACH)) for _ in range(4)]
    for counter in counters:
        counter.begin()
    for _ in range(5):
        _shell(file, "count")
        _shell(file, "undo")
    assert [counter.taken() for counter in counters] == [EACH] * 4
    connection.open(file)
    undone = days.today().visits
    assert undone == 4 * EACH, "each undo takes back one arrival, its own or a neighbour's"


def test_a_desk_that_is_open_meanwhile_ends_on_the_right_number(tmp_path: Path) -> None:
    file = _room(tmp_path)
    with Terminal([*HOSTDESK, "--db", str(file)]) as desk:
        desk.wait(lambda _screen: number_on(desk.lines) == 0)
        _count_at_once(file)
        desk.send("+")
        total = PROCESSES * EACH + 1
        desk.wait(lambda _screen: number_on(desk.lines) == total)
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0
    connection.open(file)
    assert days.today().visits == total


def test_no_row_is_taken_back_twice(tmp_path: Path) -> None:
    file = _room(tmp_path)
    connection.open(file)
    rows = [door.arrive().id for _ in range(50)]
    counters = [Counter(file, "--undo", *map(str, rows)) for _ in range(PROCESSES)]
    for counter in counters:
        counter.begin()
    assert sum(counter.taken() for counter in counters) == len(rows)
    assert days.today().visits == 0
    voided = "SELECT COUNT(*), COUNT(DISTINCT voids) FROM door WHERE voids IS NOT NULL"
    assert connection.database.execute_sql(voided).fetchone() == (50, 50)


def _room(directory: Path) -> Path:
    file = directory / "huiskamer.db"
    noon.create(file)
    return file


def _count_at_once(file: Path) -> None:
    counters = [Counter(file, "--arrivals", str(EACH)) for _ in range(PROCESSES)]
    for counter in counters:
        counter.begin()
    assert [counter.taken() for counter in counters] == [EACH] * PROCESSES


def _shell(file: Path, *command: str) -> str:
    """What hostdesk says; it must have nothing to complain of."""
    done = subprocess.run(
        [*HOSTDESK, "--db", str(file), *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
