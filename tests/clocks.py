"""A clock that tests move, set wrong and restart: no test waits for a real one."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """The moment at which a room's clock shows this: at("2026-11-23 14:07")."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


MONDAY_AFTERNOON = at("2026-11-23 14:07")
"""Where the tests' stories begin, unless they say otherwise."""


class FakeClock:
    """The clock of a machine: what it says, which start this is, and how long ago that was."""

    def __init__(self, now: datetime = MONDAY_AFTERNOON, up: timedelta = timedelta(hours=5)) -> None:
        """Start a machine that has been up for so long."""
        self._now = now
        self._up = up
        self._boots = 1
        self._in_step = False

    def now(self) -> datetime:
        """What the clock says, right or wrong."""
        return self._now

    def boot(self) -> str:
        """The name of this start of the machine."""
        return f"boot-{self._boots}"

    def since_boot(self) -> timedelta:
        """How long the machine has been up."""
        return self._up

    def in_step(self) -> bool:
        """Whether the network tells it the time."""
        return self._in_step

    def is_told_the_time(self) -> None:
        """It is on the network from now on."""
        self._in_step = True

    def go_on(self, **passed: float) -> None:
        """Time passes: go_on(minutes=5). The clock shows it as well."""
        self._up += timedelta(**passed)
        self._now += timedelta(**passed)

    def go_on_until(self, moment: datetime) -> None:
        """Time passes until the clock says this."""
        passed = moment - self._now
        assert passed >= timedelta(0), "time does not go back; set the clock, or restart the machine"
        self.go_on(seconds=passed.total_seconds())

    def set_to(self, moment: datetime) -> None:
        """Somebody, or the network, sets the clock; no time passes."""
        self._now = moment

    def reboot(self, says: datetime | None = None, after: timedelta = timedelta(minutes=2)) -> None:
        """The machine starts again: its clock says this, or the time it was off was kept."""
        self._boots += 1
        self._now = says if says is not None else self._now + after
        self._up = timedelta(seconds=40)


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """Somebody set this machine to another time zone than the room's."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
