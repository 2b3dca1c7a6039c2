"""A process that moves wishes as fast as it can: `python -m tests.board.mover FILE NAME WISH…`.

It says `ready`, begins when its input ends (so that several begin at once), and says in the end which moves
were its own. Anything on its standard error is something that a person would have seen.
"""

import subprocess
import sys
from pathlib import Path

from db import connection, course
from db.states import Kind, State

TOP = Path(__file__).parents[2]


def start(file: Path, name: str, wishes: list[int]) -> "subprocess.Popen[str]":
    """Start it, and wait until it has the room open."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.board.mover", str(file), name, *map(str, wishes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=TOP,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def main() -> int:
    """Move each of these wishes from received to exploring, as a screen does that shows them there."""
    file, name, *wishes = sys.argv[1:]
    connection.open(Path(file))
    print("ready", flush=True)
    sys.stdin.read()
    for wish in map(int, wishes):
        try:
            course.move(Kind.WISH, wish, State.EXPLORING, by=name, expected=State.RECEIVED)
        except course.MovedMeanwhile:
            continue
        print(wish)
    connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
