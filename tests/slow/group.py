"""A control group of Linux, of whichever version the machine has."""

import os
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path("/sys/fs/cgroup")
PERIOD = 100_000
"""Microseconds over which the share of the core is counted."""


class Group:
    """So much of one core and so much memory for whoever joins; leaving the context takes it away."""

    def __init__(self, percent: int, megabytes: int) -> None:
        """Ask for so much.

        Raises:
            SystemExit: this machine lets nobody make one.
        """
        self._limits = {
            "cpu": {"cpu.cfs_period_us": PERIOD, "cpu.cfs_quota_us": PERIOD * percent // 100},
            "memory": {"memory.limit_in_bytes": megabytes << 20},
        }
        self._of_version_2 = {
            "cpu.max": f"{PERIOD * percent // 100} {PERIOD}",
            "memory.max": megabytes << 20,
        }
        self._is_version_2 = (ROOT / "cgroup.controllers").exists()
        name = f"hostdesk-slow-{os.getpid()}"
        self._places = [ROOT / name] if self._is_version_2 else [ROOT / kind / name for kind in self._limits]

    def __enter__(self) -> Self:
        """Make it."""
        try:
            for place in self._places:
                place.mkdir()
                limits = self._of_version_2 if self._is_version_2 else self._limits[place.parent.name]
                for file, value in limits.items():
                    (place / file).write_text(str(value))
        except OSError as problem:
            self._take_away()
            raise SystemExit(f"This machine makes no control group for you (try sudo): {problem}") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it away, once everybody in it has gone."""
        self._take_away()

    @property
    def joining(self) -> str:
        """What a shell says to put itself into it."""
        return "; ".join(f"echo $$ > {place}/cgroup.procs" for place in self._places)

    @property
    def most_megabytes(self) -> float:
        """The most memory that was used at once."""
        file = "memory.peak" if self._is_version_2 else "memory.max_usage_in_bytes"
        return int((self._places[-1] / file).read_text()) / (1 << 20)

    def _take_away(self) -> None:
        for place in self._places:
            end = time.monotonic() + 5
            while place.exists() and time.monotonic() < end:
                with suppress(OSError):
                    place.rmdir()
