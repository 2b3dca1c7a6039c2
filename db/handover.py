"""What the next ones must know when their shift begins: who is on, what is to be read, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db import clock, closing, duties, log, logbook, roster, written_days
from db import room as rooms
from db.closing import Before
from db.connection import reading, writing
from db.duties import OnDuty, Shift
from db.logbook import Entry
from db.room import Room
from db.shifts import ShiftKey
from db.states import ShiftState


@dataclass(frozen=True)
class Signing:
    """What somebody says with one key that they have read."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Handover:
    """How a shift is handed over to those who are on it now."""

    reader: str
    """Who looks; at the desk that is an account, and nobody's name."""
    at_the_desk: bool
    room: Room
    at: datetime
    """When this was read."""
    shift: Shift | None
    """The one that is on, or comes next today; None outside all plans, when nobody opened."""
    to_read: tuple[Entry, ...]
    """What they must know, newest first; who of them has read it stands in each."""
    open_points: int
    before: Before | None
    """What is to be said of the shift before."""
    can_go_on: bool
    """Whether the shift was closed before its time, and goes on when somebody begins it."""

    @property
    def closed_before_its_time(self) -> bool:
        """Whether the shift was closed, and its time is not over."""
        shift = self.shift
        return shift is not None and shift.state is ShiftState.CLOSED and self.at < shift.key.ends

    @property
    def team(self) -> tuple[OnDuty, ...]:
        """Who is on duty, or should be."""
        return tuple(duty for duty in self.shift.team if not duty.absent) if self.shift else ()

    @property
    def unread(self) -> tuple[Entry, ...]:
        """What none of them has read."""
        names = {duty.name for duty in self.team}
        return tuple(entry for entry in self.to_read if not names.intersection(_knows(entry)))

    def expected(self, at: datetime) -> tuple[OnDuty, ...]:
        """Who should be here by this moment, and nobody said yet that they are."""
        shift = self.shift
        return tuple(duty for duty in self.team if shift and roster.is_expected(shift, duty, at))

    def later(self, at: datetime) -> tuple[OnDuty, ...]:
        """Who is still to come at this moment."""
        shift = self.shift
        return tuple(duty for duty in self.team if shift and roster.comes_later(shift, duty, at))

    def waits(self, at: datetime) -> bool:
        """Whether the beginning of the shift still asks for something at this moment."""
        if self.shift is None or self.shift.state not in (ShiftState.PLANNED, ShiftState.OPEN):
            return False
        return bool(self.expected(at) or self.unread or (self.before and self.before.forgotten))

    def ends_soon(self, at: datetime) -> bool:
        """Whether it is time to close: the shift is open, and as good as over."""
        shift = self.shift
        return shift is not None and shift.state is ShiftState.OPEN and shift.as_good_as_over(at)

    @property
    def opens_with_a_visitor(self) -> bool:
        """Whether the next visitor changes how the shift stands."""
        return self.shift is None or self.shift.state is not ShiftState.OPEN

    @property
    def signers(self) -> tuple[str, ...]:
        """Who can say that they have read something.

        At the desk nobody logs in: that is each of who is on duty by now, and the account only when nobody
        is. Who looks from elsewhere says it for themselves.
        """
        if not self.at_the_desk:
            return (self.reader,)
        later = self.later(self.at)
        here = dict.fromkeys(duty.name for duty in self.team if duty.name and duty not in later)
        return tuple(here) or (self.reader,)

    def to_sign(self, entries: Sequence[Entry]) -> tuple[Signing, ...]:
        """Who of them can say that they have read these, and which of these are new to them."""
        must = {entry.id for entry in self.to_read}

        def is_new(entry: Entry, name: str) -> bool:
            # what a shift before read under the same account, this one did not
            return name not in _knows(entry) or (name == self.reader and entry.id in must)

        found = ((name, [entry for entry in entries if is_new(entry, name)]) for name in self.signers)
        return tuple(Signing(name, tuple(new)) for name, new in found if new)


@dataclass(frozen=True)
class Begun:
    """A shift that has begun."""

    room: Room
    shift: Shift
    here: tuple[OnDuty, ...]
    """Who is on duty."""
    later: tuple[OnDuty, ...]
    """Who is still to come."""
    had_closed_at: datetime | None
    """When it was closed before it went on; None for one that was not."""


def now(reader: str, *, at_the_desk: bool) -> Handover:
    """The handover to the shift that is on now.

    Args:
        reader: who looks, or the desk's own name.
        at_the_desk: they are in the room.
    """
    with reading():
        shift = duties.now()
        return Handover(
            reader,
            at_the_desk,
            rooms.current(),
            clock.reliable_now()[0],
            shift,
            logbook.to_read(logbook.reader(reader, at_the_desk=at_the_desk)),
            logbook.how_many_open(),
            closing.before(),
            shift is not None and closing.can_go_on(shift),
        )


def begin() -> Begun:
    """Open the shift that is on; who is on its roster by now is here, as planned.

    Raises:
        NotPossible: that shift is over.
    """
    with writing():
        known = duties.now()
        started = closing.start()
        roster.here(started.key)
        shift, at = duties.of_shift(started.key), clock.reliable_now()[0]
        later = tuple(duty for duty in shift.team if roster.comes_later(shift, duty, at))
        here = tuple(duty for duty in shift.team if not (duty.absent or duty in later or duty.left(at)))
        goes_on = known is not None and known.state is ShiftState.CLOSED and shift.closed_at is None
        return Begun(rooms.current(), shift, here, later, known.closed_at if known and goes_on else None)


def sign(signing: Signing) -> None:
    """Somebody has read these entries."""
    log.mark_read([entry.id for entry in signing.entries], by=signing.name)


def really_closed(key: ShiftKey, said: str, *, by: str = "") -> None:
    """When a shift really closed that nobody closed; it is asked once.

    Args:
        key: the shift.
        said: a time of its own day, or of the night after; nothing for who does not know.
        by: who says so.

    Raises:
        NotPossible: it is no time, or the shift cannot have closed then.
    """
    with writing():
        room, at = rooms.current(), None
        if said.strip():
            shift = duties.of_shift(key)
            at = rooms.first_after(room, shift.opened_at or shift.starts_at, written_days.time_of_day(said))
        closing.really_closed(key, at, by=by)


def _knows(entry: Entry) -> set[str]:
    """Who knows of it: they read it, or wrote it."""
    return {*entry.read_by, entry.by}
