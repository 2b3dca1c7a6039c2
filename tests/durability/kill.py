"""Killing the desk at a random moment right after a number appeared: what was shown is in the file.

    python -m tests.durability.kill --times 1000 --seed 7

A desk is opened in a real terminal and `+` is pressed. As soon as the new number stands on the screen, and
at most 20 ms later, the process gets SIGKILL; half of the time another press is under way by then.
"""

import signal
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from db import connection, days
from tests.durability import noon
from tests.durability.big_digits import number_on
from tests.terminal import HOSTDESK, NotSeen, Terminal

LONGEST_MS = 20
"""How long after the number appeared the desk may still live."""


def kill_once(file: Path, before: int, random: Random, command: tuple[str, ...] = HOSTDESK) -> int:
    """Open the desk, count one, kill it.

    Args:
        file: the room.
        before: today's visits.
        random: chooses the moment.
        command: runs hostdesk.

    Returns:
        The number on the screen when it died.

    Raises:
        NotSeen: the desk did not show the numbers that it should.
    """
    with Terminal([*command, "--db", str(file)]) as desk:
        desk.wait(lambda _screen: number_on(desk.lines) == before)
        desk.send("+")
        desk.wait(lambda _screen: number_on(desk.lines) == before + 1)
        end = time.perf_counter() + random.uniform(0, LONGEST_MS / 1000)
        if random.random() < 0.5:
            desk.send("v")
        while (left := end - time.perf_counter()) > 0 and desk.read(left):
            pass
        desk.signal(signal.SIGKILL)
        desk.wait_for_exit()
        shown = number_on(desk.lines)
    if shown != before + 1:
        raise NotSeen(f"{shown} instead of {before + 1}:\n{desk.text}")
    return shown


def kept(file: Path) -> int:
    """Today's visits as the file has them; the file must be sound."""
    connection.open(file)
    try:
        assert connection.database.pragma("integrity_check") == "ok"
        return days.today().visits
    finally:
        connection.close()


def main() -> int:
    """Kill desks one after another on one file; say what was lost."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    random, lost = Random(args.seed), 0
    with TemporaryDirectory() as directory:
        file = Path(directory) / "huiskamer.db"
        noon.create(file)
        visits = 0
        for _ in range(args.times):
            shown = kill_once(file, visits, random)
            visits = kept(file)
            if visits != shown:
                lost += 1
                print(f"the screen said {shown}, the file says {visits}")
    print(f"killed {args.times} times, {lost} numbers lost")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
