"""What time it is, on a machine whose clock may be wrong.

A small machine without a battery starts hours or days behind after a power cut, and nobody tells it.
So each door row keeps the time since boot beside the clock's time, and so does every moment at which
something else was written (`moment_kept`). A clock that is earlier than this
program, behind what is known already, or that jumped against the time since boot is doubted. Surely
wrong, or jumped further ahead than a machine is ever late: the row gets the best estimate, and what the
clock said is kept. Jumped less far: it is believed, since mostly the network has set it right. Once
somebody says that the clock is right what was written in that boot is put right from the difference
(DESIGN.md, "Counting").
"""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from peewee import Value, fn

from db import models, roles
from db.errors import N_, NotPossible
from db.moments import from_text, to_whole_milliseconds
from db.prepared import Prepared, given

RELEASED_AT = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is right can be earlier than this program."""

TOLERANCE = timedelta(seconds=60)
"""Smaller differences are the clock's own drift, or its being kept in step over the network."""

FAR = timedelta(days=31)
"""No machine was off for longer and then counted before the network set its clock: a jump ahead over
more than this is not believed until somebody says so. (A clock that starts so far ahead is: the room
may have been shut.)
"""

_MILLISECOND = timedelta(milliseconds=1)


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""

    def boot(self) -> str:
        """What this start of the machine is called."""

    def since_boot(self) -> timedelta:
        """Time since that start, sleep included; nobody can set it."""

    def in_step(self) -> bool:
        """Whether it is told the right time, as over the network."""


class SystemClock:
    """The machine's own clock."""

    def __init__(self) -> None:
        """Ask the kernel which boot this is; elsewhere than on Linux each process is one."""
        kernel = Path("/proc/sys/kernel/random/boot_id")
        self._counter = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
        if kernel.exists():
            self._boot, self._started = kernel.read_text().strip(), timedelta(0)
        else:
            self._boot, self._started = str(uuid.uuid4()), self._counted()

    def now(self) -> datetime:
        """The wall clock."""
        return datetime.now(UTC)

    def boot(self) -> str:
        """The kernel's boot id."""
        return self._boot

    def since_boot(self) -> timedelta:
        """The kernel's count since boot."""
        return self._counted() - self._started

    def in_step(self) -> bool:
        """As the kernel says."""
        from db.machine import Machine  # seldom asked

        return Machine().clock_in_step() is True

    def _counted(self) -> timedelta:
        return timedelta(milliseconds=time.clock_gettime_ns(self._counter) // 1_000_000)


_clock: Clock = SystemClock()


def use(clock: Clock) -> None:
    """Take the time from this clock from now on (the demo's years, the tests' odd nights)."""
    global _clock
    _clock = clock


class Retold:
    """The clock of what is told afterwards: its moments are known, and older than any doubt."""

    def __init__(self) -> None:
        """Begin at the release; whoever tells moves it."""
        self.at = RELEASED_AT

    def now(self) -> datetime:
        """The moment that is told of."""
        return self.at

    def boot(self) -> str:
        """No start of a machine."""
        return "retold"

    def since_boot(self) -> timedelta:
        """Nothing that can be measured."""
        return timedelta(0)

    def in_step(self) -> bool:
        """Its moments are known."""
        return True


@contextmanager
def retelling() -> Iterator[Retold]:
    """Tell what was done at moments that are known; afterwards the earlier clock is back.

    Only for what is not filed at the door, where each row keeps the machine's own start.
    """
    earlier, told = _clock, Retold()
    use(told)
    try:
        yield told
    finally:
        use(earlier)


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
    """The moment, as good as it is known; whole milliseconds, as the table keeps it."""
    boot: int
    """The row of the machine's start."""
    boot_ms: int
    """Milliseconds since that start."""
    clock_at: datetime | None
    """What the clock said, where `at` is an estimate."""
    doubt: Doubt | None
    """Why the clock was not believed."""


class SetRight(NamedTuple):
    """What is otherwise by a clock of which somebody said that it is right."""

    boot: int
    """The row of the machine's start."""
    rows: list[tuple[int, datetime]]
    """The door rows of this boot that have another moment by this clock, and that moment."""
    beside: dict[datetime, datetime]
    """The moments of this boot at which something was written beside the door and that are others by this
    clock, and those."""


class _Boot(NamedTuple):
    """A start of the machine."""

    id: int
    after_row: int
    """The newest door row before it."""
    first_at: str | None = None
    """The first moment of it at which something was written beside the door, as it is stored."""
    first_ms: int | None = None
    """Milliseconds since the start then."""


class _Known(NamedTuple):
    """A moment that the room knows: that of a door row, or of somebody's word that the clock was right."""

    at: datetime
    boot: int
    boot_ms: int
    up_to_row: int = 0
    """For somebody's word: the newest door row then; what lies later than now up to there may stay so."""
    clock_was_behind: bool | None = False
    """For a door row: whether its moment is an estimate, since the clock was behind it."""

    def fits(self, booted_at: datetime) -> bool:
        """Whether it can be true on a machine that started then."""
        return abs(self.at - booted_at - self.boot_ms * _MILLISECOND) <= TOLERANCE


def stamp() -> Stamp:
    """The moment to file a row at; inside the transaction that writes it."""
    return _stamp(_boot_kept())


def reliable_now() -> tuple[datetime, Doubt | None]:
    """The moment that a row would be filed at now, and why the clock is doubted (or None)."""
    if isinstance(_clock, Retold):
        return to_whole_milliseconds(_clock.now()), None
    # Whoever asks hears what time it is, and not what was counted: that is read to know it.
    with nullcontext() if roles.may_read("door", "boot", "clock_check") else roles.by_the_machine():
        filed = _stamp(_boot() or _Boot(id=-1, after_row=_last_row()))
    return filed.at, filed.doubt


def moment_kept() -> datetime:
    """The moment to write at elsewhere than at the door; inside the transaction that writes it.

    It is kept with the time since boot until the machine starts again, so that what was written can be put
    right; for what people do, and not for what the program does by itself.
    """
    at = reliable_now()[0]
    keep(at)
    return at


def keep(at: datetime) -> None:
    """Keep a moment that was read just now, likewise."""
    if not isinstance(_clock, Retold):
        boot = _boot_kept().id
        _FORGET_READINGS.change(boot=boot)
        _READ.change(at=at, boot=boot, boot_ms=_clock.since_boot() // _MILLISECOND)


def saw(at: datetime) -> bool:
    """Whether a moment was kept since the machine started, or its clock is known to be right since.

    Otherwise it was off since that moment, nobody knows for how long: its clock may have gone on from there.
    """
    if _clock.in_step():
        return True
    boot = _boot()
    word = _known(_LAST_WORD.row())
    if boot is None:
        return False
    return bool(word and word.boot == boot.id) or _IS_KEPT.row(at=at, boot=boot.id) is not None


def this_boot() -> int:
    """The number of this start of the machine, from now on known; 0 for what is told afterwards."""
    return 0 if isinstance(_clock, Retold) else _boot_kept().id


def is_right() -> SetRight:
    """Somebody says that the clock is right; inside the transaction that acts on it.

    Raises:
        NotPossible: the clock is earlier than this program, so it cannot be right.
    """
    said = to_whole_milliseconds(_clock.now())
    if said < RELEASED_AT:
        raise NotPossible(N_("This clock cannot be right. Set the date and the time of this machine."))
    boot, boot_ms = _boot_kept(), _clock.since_boot() // _MILLISECOND
    booted_at = said - boot_ms * _MILLISECOND
    rows = [
        (row_id, _Known(from_text(at), boot.id, row_ms))
        for row_id, at, row_ms in _OF_BOOT.rows(boot=boot.id, after=boot.after_row)
    ]
    misfits = [(row_id, row) for row_id, row in rows if not row.fits(booted_at)]
    wrong = [(row_id, booted_at + row.boot_ms * _MILLISECOND) for row_id, row in misfits]
    beside = _put_readings_right(boot.id, booted_at)
    models.ClockCheck.create(
        at=said, boot=boot.id, boot_ms=boot_ms, up_to_row=_last_row(), rows_put_right=len(wrong)
    )
    return SetRight(boot.id, wrong, beside)


def _put_readings_right(boot: int, booted_at: datetime) -> dict[datetime, datetime]:
    """The moments beside the door that are others by the right clock, and those: that is what is kept now."""
    read = [_Known(from_text(at), boot, boot_ms) for at, boot_ms in _READINGS.rows(boot=boot)]
    wrong = [one for one in read if not one.fits(booted_at)]
    beside = {one.at: booted_at + one.boot_ms * _MILLISECOND for one in wrong}
    for one in wrong:
        _UNREAD.change(at=one.at)
    for one in wrong:
        _READ.change(at=beside[one.at], boot=boot, boot_ms=one.boot_ms)
    return beside


def _stamp(boot: _Boot) -> Stamp:
    """The clock's word, or an estimate where it is surely wrong."""
    said, boot_ms = to_whole_milliseconds(_clock.now()), _clock.since_boot() // _MILLISECOND
    word = _known(_LAST_WORD.row())
    newest = _known(_NEWEST.row(after=word.up_to_row if word else 0)) or word
    doubt = _doubt(said, boot_ms, boot, newest, word)
    estimate = _by_time_since_boot(boot_ms, boot, newest)
    if doubt is None or (doubt is Doubt.JUMPED and not _too_far(said - estimate, boot, newest)):
        return Stamp(said, boot.id, boot_ms, None, doubt)
    return Stamp(estimate, boot.id, boot_ms, said, doubt)


def _by_time_since_boot(boot_ms: int, boot: _Boot, newest: _Known | None) -> datetime:
    """The earliest moment that it can be: what is known, and the time that has surely passed since."""
    if newest is None:
        return RELEASED_AT + boot_ms * _MILLISECOND
    passed = boot_ms - newest.boot_ms if newest.boot == boot.id else boot_ms
    return newest.at + max(passed, 0) * _MILLISECOND


def _too_far(ahead: timedelta, boot: _Boot, newest: _Known | None) -> bool:
    """Whether a clock that jumped so far ahead was right before: after one that was behind, it is now."""
    return ahead > FAR and newest is not None and newest.boot == boot.id and not newest.clock_was_behind


def _doubt(
    said: datetime, boot_ms: int, boot: _Boot, newest: _Known | None, word: _Known | None
) -> Doubt | None:
    """Hold the clock against this program's age, what is known, and the time since boot."""
    if said < RELEASED_AT:
        return Doubt.BEFORE_RELEASE
    if newest is None:
        return None
    if said < newest.at - TOLERANCE:
        return Doubt.BEHIND
    if word and word.boot == boot.id:
        firsts = [word]
    else:
        after = max(boot.after_row, word.up_to_row if word else 0)
        counted = _known(_FIRST_OF_BOOT.row(boot=boot.id, after=after))
        firsts = [first for first in (counted, _first_beside(boot)) if first]
    if all(first.fits(said - boot_ms * _MILLISECOND) for first in firsts):
        return None
    return Doubt.JUMPED


def _first_beside(boot: _Boot) -> _Known | None:
    """The first moment of this start at which something was written beside the door."""
    if boot.first_at is None or boot.first_ms is None:
        return None
    return _Known(from_text(boot.first_at), boot.id, boot.first_ms)


def _boot() -> _Boot | None:
    """This start of the machine, when it is known already."""
    row = _BOOT.row(kernel_id=_clock.boot())
    return _Boot(*row) if row else None


def _boot_kept() -> _Boot:
    """This start of the machine, from now on known."""
    if boot := _boot():
        return boot
    after_row = _last_row()
    return _Boot(models.Boot.create(kernel_id=_clock.boot(), after_row=after_row).id, after_row)


def _known(row: tuple[str, int, int, int] | tuple[str, int, int, int, bool | None] | None) -> _Known | None:
    return _Known(from_text(row[0]), *row[1:]) if row else None


def _last_row() -> int:
    return int(_LAST_ROW.row()[0] or 0)


_READING = models.ClockReading
_BOOT = Prepared(
    models.Boot.select(models.Boot.id, models.Boot.after_row, _READING.at, _READING.boot_ms)
    .left_outer_join(_READING, on=(_READING.boot == models.Boot.id))
    .where(models.Boot.kernel_id == given("kernel_id"))
    .order_by(_READING.boot_ms)
    .limit(1)
)
_LAST_ROW = Prepared(models.Door.select(fn.MAX(models.Door.id)))
_LAST_WORD = Prepared(
    models.ClockCheck.select(
        models.ClockCheck.at, models.ClockCheck.boot, models.ClockCheck.boot_ms, models.ClockCheck.up_to_row
    )
    .order_by(models.ClockCheck.id.desc())
    .limit(1)
)
_KNOWN_ROWS = models.Door.select(
    models.Door.at, models.Door.boot, models.Door.boot_ms, Value(0), models.Door.clock_at < models.Door.at
)
# What a correction adds has the moment that somebody says, and tells nothing of the clock.
_BY_THE_CLOCK = models.Door.correction.is_null()
_NEWEST = Prepared(
    _KNOWN_ROWS.where((models.Door.id > given("after")) & _BY_THE_CLOCK)
    .order_by(models.Door.id.desc())
    .limit(1)
)
_IN_BOOT = (models.Door.id > given("after")) & (models.Door.boot == given("boot")) & _BY_THE_CLOCK
_FIRST_OF_BOOT = Prepared(_KNOWN_ROWS.where(_IN_BOOT).order_by(models.Door.id).limit(1))
_OF_BOOT = Prepared(
    models.Door.select(models.Door.id, models.Door.at, models.Door.boot_ms)
    .where(_IN_BOOT)
    .order_by(models.Door.id)
)
_READ = Prepared(
    _READING.insert({name: given(name) for name in ("at", "boot", "boot_ms")}).on_conflict_replace()
)
_IS_KEPT = Prepared(
    _READING.select(_READING.at).where((_READING.at == given("at")) & (_READING.boot == given("boot")))
)
_UNREAD = Prepared(_READING.delete().where(_READING.at == given("at")))
_FORGET_READINGS = Prepared(_READING.delete().where(_READING.boot < given("boot")))
_READINGS = Prepared(_READING.select(_READING.at, _READING.boot_ms).where(_READING.boot == given("boot")))
