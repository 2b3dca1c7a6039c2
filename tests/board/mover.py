"""A process that moves wishes: `python -m tests.board.mover FILE NAME WISH…`.

Of each wish it says `seen` when it has read where that stands, waits for a line, and then moves it as it
was seen, so that another one can have seen the same before either of them moves. It says `moved` or
`too late`. Anything on its standard error is something that a person would have seen.
"""

import subprocess
import sys
from pathlib import Path

from db import connection, course
from db.states import Kind, State

TOP = Path(__file__).parents[2]


class Mover:
    """Such a process."""

    def __init__(self, file: Path, name: str, wishes: list[int]) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.board.mover", str(file), name, *map(str, wishes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=TOP,
        )

    def says(self) -> str:
        """What it says next."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n") or self._process.communicate()[1]

    def go(self) -> None:
        """Let it move what it has seen."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def ended(self) -> tuple[int, str]:
        """How it ended, and what it complained of."""
        _, complaints = self._process.communicate(timeout=60)
        return self._process.returncode, complaints


def main() -> int:
    """Move each of these wishes from where it stands to exploring, as a screen does that shows it there."""
    file, name, *wishes = sys.argv[1:]
    connection.open(Path(file))
    for wish in map(int, wishes):
        seen = course.state_of(Kind.WISH, wish)
        print("seen", seen, flush=True)
        sys.stdin.readline()
        try:
            course.move(Kind.WISH, wish, State.EXPLORING, by=name, expected=seen)
        except course.MovedMeanwhile:
            print("too late", flush=True)
        else:
            print("moved", flush=True)
    connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
