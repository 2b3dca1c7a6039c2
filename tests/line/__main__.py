"""How the desk is at 9,600 baud and 300 ms each way: `python -m tests.line`.

A room with 400 days behind it, at 80x24. It fails when a count is long in coming, or when keys that are
pressed in a row have to wait for pictures that nobody needs any more.
"""

import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.durability.big_digits import number_on
from tests.line.shaped import OVER_SSH, Shaped
from tests.terminal import HOSTDESK

COUNT_SECONDS, BURST_SECONDS, SCREEN_SECONDS, IN_A_ROW_SECONDS = 2.0, 3.0, 10.0, 12.0
"""At most: a count; the last of a burst; a screen; the last of five screens, after its key."""

SCREENS = ("f3", "f4", "f5", "f6", "f2")


class Failures(list[str]):
    """What took too long."""

    def told(self, what: str, seconds: float, most: float, size: int) -> None:
        """Print a line."""
        print(f"{what}: {seconds:.1f} s, {size} bytes", flush=True)
        if seconds > most:
            self.append(f"{what}: {seconds:.1f} s, at most {most:g} s")


def typed(desk: Shaped, keys: tuple[str, ...], every: float) -> None:
    """Press these keys, so many seconds apart."""
    for key in keys:
        desk.press(key)
        desk.read_for(every)


def quiet(desk: Shaped) -> float:
    """Wait until nothing is on its way any more; the seconds until the last came."""
    began = last = time.perf_counter()
    while time.perf_counter() - last < 1.5:
        if desk.read_for(0.1) or desk.backlog:
            last = time.perf_counter()
    return last - began


def seconds_until(desk: Shaped, number: int) -> float:
    """Until this number of visits stands on the far screen."""
    return desk.wait(lambda _screen: number_on(desk.lines) == number, timeout=60)


def measured(desk: Shaped) -> Failures:
    """Count and walk around, and print how long each took."""
    failures = Failures()

    def timed(what: str, most: float, do: Callable[[], float]) -> None:
        before = desk.bytes_out
        took = do()
        failures.told(what, took, most, desk.bytes_out - before)
        quiet(desk)

    timed("open", 15, lambda: desk.wait(lambda _screen: number_on(desk.lines) is not None, timeout=60))
    for _ in range(3):
        wanted = (number_on(desk.lines) or 0) + 1
        desk.send("+")
        timed("one +", COUNT_SECONDS, lambda wanted=wanted: seconds_until(desk, wanted))  # type: ignore[misc]
    wanted = (number_on(desk.lines) or 0) + 20
    typed(desk, ("+",) * 20, every=0.15)
    timed("the last of 20 + in 3 s", BURST_SECONDS, lambda: seconds_until(desk, wanted))
    for key in SCREENS:
        desk.press(key)
        timed(key, SCREEN_SECONDS, lambda: quiet(desk))
    typed(desk, SCREENS, every=0.5)
    timed("the last of those five in 2.5 s", IN_A_ROW_SECONDS, lambda: quiet(desk))
    print(f"at most {desk.longest_queue} bytes waited before the line")
    return failures


def main() -> int:
    """Measure, print, and fail when something took too long."""
    parser = ArgumentParser("python -m tests.line", description=__doc__)
    parser.add_argument("--baud", type=int, default=9600)
    parser.add_argument("--late", type=float, default=0.3, help="seconds, each way")
    parser.add_argument("--term", default="xterm-256color")
    args = parser.parse_args()
    with TemporaryDirectory() as directory:
        file = Path(directory) / "room.db"
        subprocess.run(
            [*HOSTDESK, "demo", "--db", str(file), "--no-open"], check=True, stdout=subprocess.DEVNULL
        )
        line = {"bytes_a_second": args.baud / 10, "late": args.late}
        with Shaped([*HOSTDESK, "--db", str(file)], **line, term=args.term, env=OVER_SSH) as desk:
            failures = measured(desk)
            desk.press("ctrl+q")
            desk.wait_for_exit(60)
    print(*failures or ["usable"], sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
