"""So many look along over SSH and count, while the desk in the room counts: `python -m tests.soak.elsewhere`.

It fails when a count is lost or doubled, when a screen does not come to show them all, or when a desk's
memory grows.
"""

import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from db import connection
from tests.durability.big_digits import number_on
from tests.elsewhere.server import LACKS, serving
from tests.terminal import HOSTDESK, Terminal

GROWTH_KB = 4096
"""Memory that a desk may take more at the end than halfway: Python's own unevenness, and that of a heap."""

ROUND_SECONDS = 2.0
"""How often each of those elsewhere does something."""

SCREENS = ("f3", "f4", "f6", "f1")


@dataclass(frozen=True)
class Lived:
    """What came of it."""

    pressed: int
    """Visitors that somebody counted."""
    kept: int
    """Visitors that are on the disk."""
    shown: tuple[int | None, ...]
    """What each screen shows at the end."""
    took: tuple[float, ...]
    """Seconds until each count at the desk stood on its screen."""
    grown_kb: tuple[int, ...]
    """What each desk takes more at the end than halfway."""
    most_kb: int
    """What the largest takes."""

    def problems(self) -> Iterator[str]:
        """What is not as it should be."""
        if self.kept != self.pressed:
            yield f"{self.pressed} were counted, {self.kept} are kept"
        if {*self.shown} != {self.kept}:
            yield f"{self.kept} are kept, the screens show {self.shown}"
        if max(self.grown_kb) > GROWTH_KB:
            yield f"memory grew by {self.grown_kb} kB"


def live(place: Path, clients: int, seconds: float) -> Lived:
    """One desk in the room and so many elsewhere, for so long."""
    random = Random(1)
    pressed, took, halfway = 0, [], []
    with ExitStack() as stack:
        server = stack.enter_context(serving(place))
        command = [*HOSTDESK, "--db", str(server.room)]
        desk = stack.enter_context(Terminal(command, env={"SSH_CONNECTION": None}))
        lines = [stack.enter_context(Terminal(server.command(terminal=True))) for _ in range(clients)]
        for one in (desk, *lines):
            one.wait("vandaag", timeout=60)
        processes = [desk.pid, *server.desks()]
        began = time.monotonic()
        while (passed := time.monotonic() - began) < seconds:
            if not halfway and passed > seconds / 2:
                halfway = [_memory_kb(process) for process in processes]
            for line in lines:
                n = random.randint(1, 3)
                line.press(random.choice(SCREENS), "f2")
                line.send(f"{n}+")
                pressed += n
            for one in (desk, *lines):
                one.read_for(ROUND_SECONDS / (len(lines) + 1))
            _shows(desk, pressed)
            pressed += 1
            desk.send("1+")
            took.append(_shows(desk, pressed))
        shown = tuple(_settled(one, pressed) for one in (desk, *lines))
        at_end = [_memory_kb(process) for process in processes]
        kept = _visits(server.room)
    grown = tuple(end - before for end, before in zip(at_end, halfway, strict=True))
    return Lived(pressed, kept, shown, tuple(took), grown, max(at_end))


def _shows(desk: Terminal, visits: int) -> float:
    """Wait until this is what the desk shows; seconds."""
    return desk.wait(lambda _screen: number_on(desk.lines) == visits)


def _settled(screen: Terminal, wanted: int) -> int | None:
    """What this screen comes to show."""
    screen.press("f2")
    end = time.monotonic() + 20
    while number_on(screen.lines) != wanted and time.monotonic() < end:
        screen.read(0.1)
    return number_on(screen.lines)


def _visits(room: Path) -> int:
    with connection.looking_at(room) as seen:
        return sum(n for (n,) in seen.execute("SELECT n FROM door WHERE kind = 'arrival'"))


def _memory_kb(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def main() -> int:
    """Live, and say what came of it."""
    parser = ArgumentParser("python -m tests.soak.elsewhere", description=__doc__)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=5)
    args = parser.parse_args()
    if LACKS:
        raise SystemExit(LACKS)
    with TemporaryDirectory() as directory:
        lived = live(Path(directory), args.clients, args.minutes * 60)
    print(f"{args.clients} over SSH and the desk, {args.minutes:g} minutes: {lived.pressed} visitors counted")
    print(f"kept: {lived.kept}; on the screens: {sorted({*lived.shown}, key=str)}")
    took = sorted(lived.took)
    usual, worst = statistics.median(took), took[-max(len(took) // 20, 1)]
    print(f"a count at the desk: {usual * 1000:.0f} ms, 19 of 20 within {worst * 1000:.0f} ms")
    print(f"memory in the second half: {min(lived.grown_kb):+} to {max(lived.grown_kb):+} kB")
    print(f"the largest desk takes {lived.most_kb / 1024:.0f} MB")
    problems = list(lived.problems())
    print(*problems or ["nothing was lost, nothing grew"], sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
