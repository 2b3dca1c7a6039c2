"""What time it is, on a machine whose clock may be wrong.

A small machine without a battery starts hours or days behind after a power cut, and nobody tells it.
So each door row keeps the time since boot beside the clock's time. A clock that is earlier than this
program, behind the newest row, or that jumped against the time since boot is doubted: the row gets the
best estimate, what the clock said is kept, and once somebody says that the clock is right the rows of
that boot are put right from the difference (DESIGN.md, "Counting").
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from peewee import fn

from db import models
from db.errors import N_, NotPossible

RELEASED_AT = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is right can be earlier than this program."""

TOLERANCE = timedelta(seconds=60)
"""Smaller differences are the clock's own drift, or its being kept in step over the network."""


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""

    def boot(self) -> str:
        """What this start of the machine is called."""

    def since_boot(self) -> timedelta:
        """Time since that start, sleep included; nobody can set it."""


class SystemClock:
    """The machine's own clock."""

    def __init__(self) -> None:
        """Ask the kernel which boot this is; elsewhere than on Linux each process is one."""
        kernel = Path("/proc/sys/kernel/random/boot_id")
        self._boot = kernel.read_text().strip() if kernel.exists() else str(uuid.uuid4())
        self._counter = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def now(self) -> datetime:
        """The wall clock."""
        return datetime.now(UTC)

    def boot(self) -> str:
        """The kernel's boot id."""
        return self._boot

    def since_boot(self) -> timedelta:
        """The kernel's count since boot."""
        return timedelta(milliseconds=time.clock_gettime_ns(self._counter) // 1_000_000)


_clock: Clock = SystemClock()


def use(clock: Clock) -> None:
    """Take the time from this clock from now on (the demo's years, the tests' odd nights)."""
    global _clock
    _clock = clock


def now() -> datetime:
    """What the wall clock says, right or wrong."""
    return _clock.now()


class Doubt(StrEnum):
    """Why the clock is not believed."""

    BEFORE_RELEASE = "before_release"
    BEHIND = "behind"
    JUMPED = "jumped"


@dataclass(frozen=True)
class Stamp:
    """When a row is filed."""

    at: datetime
    """The moment, as good as it is known."""
    boot: int
    """The row of the machine's start."""
    boot_ms: int
    """Milliseconds since that start."""
    clock_at: datetime | None
    """What the clock said, where `at` is an estimate."""
    doubt: Doubt | None
    """Why the clock was not believed."""


def stamp() -> Stamp:
    """The moment to file a row at; inside the transaction that writes it."""
    boot, _ = models.Boot.get_or_create(kernel_id=_clock.boot(), defaults={"after_row": _last_row()})
    return _stamp(boot)


def reliable_now() -> tuple[datetime, Doubt | None]:
    """The moment that a row would be filed at now, and why the clock is doubted (or None)."""
    boot = models.Boot.get_or_none(models.Boot.kernel_id == _clock.boot())
    filed = _stamp(boot or models.Boot(id=-1, after_row=_last_row()))
    return filed.at, filed.doubt


def is_right(refile: Callable[[int, datetime], None]) -> int:
    """Somebody says that the clock is right: put the rows of this boot right by it.

    Args:
        refile: files a door row (its id) under the day and hour of its right moment.

    Returns:
        How many rows were put right.

    Raises:
        NotPossible: the clock is earlier than this program, so it cannot be right.
    """
    said = _clock.now()
    if said < RELEASED_AT:
        raise NotPossible(N_("This clock cannot be right. Set the date and the time of this machine."))
    booted_at = said - _clock.since_boot()
    wrong = [row for row in _rows_of_this_boot() if _differs(row, booted_at)]
    for row in wrong:
        right = booted_at + timedelta(milliseconds=row.boot_ms)
        kept = row.clock_at or row.at
        models.Door.update(at=right, clock_at=kept).where(models.Door.id == row.id).execute()
        refile(row.id, right)
    models.ClockCheck.create(at=said, up_to_row=_last_row(), rows_put_right=len(wrong))
    return len(wrong)


def _stamp(boot: models.Boot) -> Stamp:
    """The clock's word, or an estimate where it is surely wrong."""
    said, boot_ms = _clock.now(), _clock.since_boot() // timedelta(milliseconds=1)
    accepted = int(models.ClockCheck.select(fn.MAX(models.ClockCheck.up_to_row)).scalar() or 0)
    newest = _row(models.Door.id > accepted, models.Door.id.desc())
    doubt = _doubt(said, boot, accepted, newest)
    if doubt in (None, Doubt.JUMPED):
        return Stamp(said, boot.id, boot_ms, None, doubt)
    if newest is None:
        estimate = RELEASED_AT
    else:  # after the newest row, by the time since then where that is known
        passed = boot_ms - newest.boot_ms if newest.boot_id == boot.id else 0
        estimate = newest.at + timedelta(milliseconds=max(passed, 0))
    return Stamp(estimate, boot.id, boot_ms, said, doubt)


def _doubt(said: datetime, boot: models.Boot, accepted: int, newest: models.Door | None) -> Doubt | None:
    """Hold the clock against this program's age, the newest row, and the time since boot."""
    if said < RELEASED_AT:
        return Doubt.BEFORE_RELEASE
    if newest is None:
        return None
    if said < newest.at - TOLERANCE:
        return Doubt.BEHIND
    since = max(boot.after_row, accepted)
    first = _row((models.Door.id > since) & (models.Door.boot == boot.id), models.Door.id.asc())
    if first is not None and _differs(first, said - _clock.since_boot()):
        return Doubt.JUMPED
    return None


def _differs(row: models.Door, booted_at: datetime) -> bool:
    """Whether the row's moment does not fit a machine that started then."""
    return abs(row.at - booted_at - timedelta(milliseconds=row.boot_ms)) > TOLERANCE


def _rows_of_this_boot() -> list[models.Door]:
    boot = models.Boot.get_or_none(models.Boot.kernel_id == _clock.boot())
    if boot is None:
        return []
    door = models.Door
    return list(door.select().where((door.id > boot.after_row) & (door.boot == boot.id)))


def _row(where: Any, order: Any) -> models.Door | None:
    row: models.Door | None = models.Door.select().where(where).order_by(order).first()
    return row


def _last_row() -> int:
    return int(models.Door.select(fn.MAX(models.Door.id)).scalar() or 0)
