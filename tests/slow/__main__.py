"""How fast the desk is within 10 % of one core and 128 MB of memory: `sudo .venv/bin/python -m tests.slow`.

The desk of a room with 400 days behind it is opened in a control group (version 1 or 2; root makes one),
and a visitor is counted every second: how long until the number stands on the screen.
"""

import shlex
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.durability.big_digits import number_on
from tests.slow.group import Group
from tests.terminal import HOSTDESK, Terminal

OPENS_SECONDS, COUNTS_SECONDS = 5.0, 0.25
"""What is promised."""


def measured(file: Path, group: Group, counts: int) -> tuple[float, float, list[float]]:
    """Seconds until the desk shows its number, those of the core among them, and until each count stands."""
    joined = f"{group.joining}; exec {shlex.join([*HOSTDESK, '--db', str(file)])}"
    with Terminal(["/bin/sh", "-c", joined]) as desk:
        opened = desk.wait(lambda _screen: number_on(desk.lines) is not None, timeout=60)
        worked = desk.cpu_seconds
        desk.settle(quiet=3, timeout=60)  # what the desk reads after its start
        took = []
        for _ in range(counts):
            before = number_on(desk.lines)
            assert before is not None
            desk.send("+")
            wanted = before + 1
            took.append(desk.wait(lambda _screen, wanted=wanted: number_on(desk.lines) == wanted, timeout=30))
            desk.read_for(1.0)
        desk.press("ctrl+q")
        desk.wait_for_exit(60)
    return opened, worked, took


def main() -> int:
    """Measure, print, and fail when a promise is missed."""
    parser = ArgumentParser("python -m tests.slow", description=__doc__)
    parser.add_argument("--percent", type=int, default=10, help="of one core")
    parser.add_argument("--megabytes", type=int, default=128)
    parser.add_argument("--counts", type=int, default=30)
    args = parser.parse_args()
    with TemporaryDirectory() as directory:
        file = Path(directory) / "room.db"
        subprocess.run(
            [*HOSTDESK, "demo", "--db", str(file), "--no-open"], check=True, stdout=subprocess.DEVNULL
        )
        began = time.monotonic()
        with Group(args.percent, args.megabytes) as group:
            opened, worked, took = measured(file, group, args.counts)
            most = group.most_megabytes
    usual, worst = statistics.median(took), sorted(took)[-max(len(took) // 20, 1)]
    print(f"within {args.percent} % of a core and {args.megabytes} MB ({time.monotonic() - began:.0f} s):")
    print(f"  opens in {opened:.2f} s, with {worked:.2f} s of the core (promised: {OPENS_SECONDS:g} s)")
    print(f"  counts in {usual * 1000:.0f} ms, 19 of 20 within {worst * 1000:.0f} ms (promised: 250 ms)")
    print(f"  most memory at once: {most:.0f} MB, files that were read included")
    return 0 if opened <= OPENS_SECONDS and usual <= COUNTS_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
