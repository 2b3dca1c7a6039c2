"""A process that writes notes as fast as it can: `python -m tests.log.writer FILE NAME N`.

It says `ready` and begins when its input ends, so that several begin at once. Anything on its standard
error is something that a person would have seen.
"""

import subprocess
import sys
from pathlib import Path

from db import connection, log

TOP = Path(__file__).parents[2]


def start(file: Path, name: str, n: int) -> "subprocess.Popen[str]":
    """Start it, and wait until it has the room open."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.log.writer", str(file), name, str(n)],
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
    """Write so many notes."""
    file, name, n = sys.argv[1:]
    connection.open(Path(file))
    print("ready", flush=True)
    sys.stdin.read()
    for number in range(int(n)):
        log.write(f"{name} schrijft regel {number}", by=name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
