"""Weeks of desk life in one process, by a clock that is moved: what grows, and what the card has to bear.

    python -m tests.soak --days 7 --presses 60

The desk stands open day and night, as it does in the room: people come and go, somebody takes back, looks at
the board and at the help; then the night, and its backup. Each day's end is one line. It fails when memory,
open files, the write-ahead log or the bytes of a count grow from the second day to the last.

The log itself takes 0.3 to 0.5 MB more each day until it holds 1000 pages (4.1 MB); then it is folded in, and
written anew from its start.
"""

import asyncio
import gc
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from db import backup, connection
from db import clock as clocks
from db import room as rooms
from hostdesk import housekeeping
from tests.clocks import FakeClock
from tests.desks import Desk, desk
from tests.soak.written import Written, metered
from tests.upkeep import in_this_process

GROWTH_KB = 512
"""Memory that may come in a day on end, measured from the second day: Python's own unevenness."""

GROWTH_OF_A_COUNT = 1.25
"""By how much the bytes of a count may differ from those of the second day; the log is folded in at times."""

BLOCK = 131_072
"""Bytes that a card may have to write anew for each sync, at worst."""

CARD_BYTES, CARD_CYCLES = 16_000_000_000, 500
"""A small, cheap card, and how often each part of it can be written."""


@dataclass(frozen=True)
class Day:
    """What stood at the end of a day."""

    memory_kb: int
    files: int
    log_bytes: int
    presses: int
    bytes: int
    """Written by that day's presses, its night and its backup."""
    syncs: int
    bytes_of_presses: int
    syncs_of_presses: int

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.memory_kb / 1024:7.1f} MB  {self.files:3} files  log {self.log_bytes / 1e6:5.2f} MB  "
            f"{self.bytes_of_presses / self.presses / 1e3:6.1f} kB and "
            f"{self.syncs_of_presses / self.presses:.2f} syncs a press  "
            f"{self.bytes / 1e6:6.2f} MB and {self.syncs:4} syncs that day"
        )


async def live(file: Path, days: int, presses: int, clock: FakeClock, written: Written) -> list[Day]:
    """So many days at one desk."""
    random, lived = Random(1), list[Day]()
    async with desk(file) as here:
        for _ in range(days):
            before = written.now()
            clock.go_on_until(_next_morning(clock))
            await here.until((backup.folder(file) / f"{file.stem}-{clock.now().date()}.db").exists)
            before_presses = written.now()
            for _ in range(presses):
                clock.go_on(seconds=random.randint(60, 600))
                await _something(here, random)
            pressed = written.since(before_presses)
            lived.append(_end_of_day(file, presses, written.since(before), pressed))
            print(f"day {len(lived):3}: {lived[-1]}", flush=True)
    return lived


async def _something(here: Desk, random: Random) -> None:
    """What a host does, mostly counting."""
    for key in random.choice(
        [["plus"]] * 6 + [["minus"], ["v"], ["u"], ["5", "plus"], ["f3", "f2"], ["f1", "f2"]]
    ):
        await here.press(key)
    await here.today()


def _next_morning(clock: FakeClock) -> datetime:
    """Nine o'clock UTC of the next day."""
    return (clock.now() + timedelta(days=1)).replace(hour=9, minute=0)


def _end_of_day(file: Path, presses: int, day: tuple[int, int], pressed: tuple[int, int]) -> Day:
    gc.collect()
    status = Path("/proc/self/status").read_text()
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    log = Path(f"{file}-wal")
    return Day(
        memory_kb=memory,
        files=len(list(Path("/proc/self/fd").iterdir())),
        log_bytes=log.stat().st_size if log.exists() else 0,
        presses=presses,
        bytes=day[0],
        syncs=day[1],
        bytes_of_presses=pressed[0],
        syncs_of_presses=pressed[1],
    )


def grown(lived: list[Day]) -> Iterator[str]:
    """What did not stay flat, from the second day on."""
    first, last, days = lived[1], lived[-1], max(len(lived) - 2, 1)
    if (more := last.memory_kb - first.memory_kb) > GROWTH_KB * days:
        yield f"memory: {more / days:.0f} kB a day"
    if last.files > first.files:
        yield f"open files: from {first.files} to {last.files}"
    if last.log_bytes > connection.SETTINGS["journal_size_limit"]:
        yield f"the write-ahead log: {last.log_bytes} bytes"
    if last.bytes_of_presses > first.bytes_of_presses * GROWTH_OF_A_COUNT:
        yield f"the bytes of a press: {last.bytes_of_presses / first.bytes_of_presses:.2f} times day 2's"


def main() -> int:
    """Live, and say what grew."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--presses", type=int, default=60, help="a day")
    args = parser.parse_args()
    clock = FakeClock()
    clocks.use(clock)
    housekeeping.SETTLE_SECONDS, housekeeping.EVERY_SECONDS = 0.0, 0.2
    housekeeping.upkeep = in_this_process
    with TemporaryDirectory() as directory, metered() as written:
        file = Path(directory) / "huiskamer.db"
        rooms.create(file, name="De Huiskamer", language="nl", timezone="Europe/Amsterdam")
        connection.close()
        lived = asyncio.run(live(file, args.days, args.presses, clock, written))
    usual = lived[1:] or lived
    bytes_a_day = sum(day.bytes for day in usual) / len(usual)
    syncs_a_day = sum(day.syncs for day in usual) / len(usual)
    worst = max(bytes_a_day, syncs_a_day * BLOCK)
    print(f"{bytes_a_day / 1e6:.2f} MB and {syncs_a_day:.0f} syncs to the card a day")
    years = CARD_BYTES * CARD_CYCLES / worst / 365
    print(
        f"a card of {CARD_BYTES / 1e9:.0f} GB (written {CARD_CYCLES} times over) lasts {years:.0f} years so"
    )
    problems = list(grown(lived)) if len(lived) > 1 else []
    print(*problems or ["nothing grew"], sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
