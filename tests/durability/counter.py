"""A process that counts, or takes back, as fast as it can: `python -m tests.durability.counter FILE …`.

It says `ready`, begins when its input ends (so that many begin at once), and says in the end how many of its
presses were taken. Anything on its standard error is something that a person would have seen.
"""

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

from db import connection, door
from db.errors import AlreadyUndone

TOP = Path(__file__).parents[2]


class Counter:
    """Such a process, seen from the test."""

    def __init__(self, file: Path, *task: str) -> None:
        """Start it, and wait until it has the room open."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.durability.counter", str(file), *task],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=TOP,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n", self._process.communicate()[1]

    def begin(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.stdin = None

    def taken(self) -> int:
        """How many presses were taken, once it has ended without a word of complaint."""
        out, complaints = self._process.communicate(timeout=120)
        assert (self._process.returncode, complaints) == (0, ""), complaints
        return int(out)


def main() -> int:
    """Do the task when everybody is ready."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--arrivals", type=int, default=0, help="count so many visitors, one by one")
    parser.add_argument("--undo", type=int, nargs="*", default=[], help="take back these rows, in this order")
    args = parser.parse_args()
    connection.open(args.file)
    print("ready", flush=True)
    sys.stdin.read()
    taken = 0
    for _ in range(args.arrivals):
        taken += door.arrive().n
    for row in args.undo:
        try:
            door.undo(row)
        except AlreadyUndone:
            continue
        taken += 1
    connection.close()
    print(taken)
    return 0


if __name__ == "__main__":
    sys.exit(main())
