"""Being open: the first count opens the shift, and a close that was forgotten happens by itself."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from peewee import fn

from db import clock, models
from db import room as rooms
from db.clock import SetRight
from db.connection import reading, rows
from db.moments import from_text
from db.prepared import Prepared, given
from db.room import Period, Room


@dataclass(frozen=True)
class Opening:
    """Whether the room is open at a moment, and when that changes."""

    open: bool
    until: datetime | None
    """When it closes, as planned."""
    opens_at: datetime | None
    """When it opens next, as planned; None when nothing is planned for a fortnight."""


class ShiftKey(NamedTuple):
    """What a shift is known by, planned or not."""

    day: date
    ends: datetime
    """Its planned end; without a plan the midnight that ends the day."""

    def number(self, room: Room) -> int:
        """What other programs call it: its day and its planned end on the room's clock, 202611231630."""
        return int(f"{self.day:%Y%m%d}{room.local(self.ends):%H%M}")


class Stretches:
    """What a day's shifts are for: each planned stretch, or without a plan the day until its midnight."""

    def __init__(self, room: Room, day: date) -> None:
        """Take the day as it is planned now."""
        periods = rooms.periods(room, day)
        self._planned = bool(periods)
        self._stretches: list[tuple[datetime | None, datetime]] = [
            (period.opens_at, period.closes_at) for period in periods
        ] or [(None, rooms.end_of_day(room, day))]
        self._last_moments = [_halfway(earlier, later) for earlier, later in pairwise(periods)]

    def nearest(self, at: datetime) -> tuple[datetime | None, datetime]:
        """From when (None outside all plans) and until when the stretch lasts that this moment belongs to.

        That is the nearest one: who comes early or leaves late belongs to it.
        """
        return self._stretches[bisect_left(self._last_moments, at)]

    def opened_by(self, *, stands: bool) -> bool:
        """Whether an action opens one: what was undone was a sign of life in planned hours only."""
        return stands or self._planned


def open_for(room: Room, day: date, at: datetime, row_id: int) -> None:
    """Open the shift that a door row belongs to, unless it was opened already."""
    _open(Stretches(room, day), day, at, row_id)


def opened_outside_plans(day: date, row_id: int) -> bool:
    """Whether it was this door row that opened the room on its day, outside all plans."""
    return _OUTSIDE_PLANS.row(day=day, row_id=row_id) is not None


def opened_by_mistake(row_id: int, opened: tuple[int, datetime] | None) -> None:
    """A door row that had opened the room outside all plans was undone: it did not, or something else did.

    Where a host closed that shift, it was open, though nobody came.

    Args:
        row_id: the row that was undone.
        opened: what opened the room instead, as `opened_by` has it, and when; or None.
    """
    shift = models.Shift
    this, closed_at = shift.opened_by == row_id, shift.closed_at
    if opened is None:
        by_host = closed_at.is_null(False) & ~shift.closed_automatically
        shift.delete().where(this & ~by_host).execute()
    else:
        by, at = opened
        open_then = closed_at.is_null() | (closed_at >= at)
        shift.update(opened_by=by, opened_at=at).where(this & open_then).execute()


def began_before(day: date, row_id: int, at: datetime) -> None:
    """It is known now that somebody came earlier: an opening that nobody planned began with them."""
    shift = models.Shift
    unplanned = (shift.day == day) & shift.planned_opens_at.is_null() & (shift.opened_at > at)
    shift.update(opened_by=row_id, opened_at=at).where(unplanned).execute()


def begin(room: Room, day: date, at: datetime) -> None:
    """A host begins the shift that is on, unless it was opened already: no door row opens it."""
    open_for(room, day, at, -clock.this_boot())


def put_right(
    room: Room, actions: Iterable[tuple[int, date, datetime, bool]], now: datetime, right: SetRight
) -> None:
    """Open the shifts of these actions again, now that their days and moments are right.

    What a host began or closed since the machine's start, at a moment that was not right, goes along.

    Args:
        room: the room.
        actions: all actions since the first whose moment was wrong: row, day, moment, and whether it
            stands.
        now: what is surely the time; a shift that ends later was closed too soon.
        right: what somebody said with that.
    """
    actions = list(actions)
    shift = models.Shift
    wrong = (shift.opened_by == -right.boot) & shift.opened_at.in_(list(right.beside))
    if actions:
        wrong |= shift.opened_by >= min(row_id for row_id, *_ in actions)
    asked = shift.select(shift.opened_by, shift.opened_at, shift.closed_at).where(wrong)
    found = list(rows(asked.order_by(shift.opened_at)))
    shift.delete().where(wrong).execute()
    began = [right.beside[opened_at] for opened_by, opened_at, _ in found if opened_by == -right.boot]
    actions[:0] = [(-right.boot, rooms.day_of(room, at), at, True) for at in began]
    for row_id, day, at, stands in actions:
        stretches = Stretches(room, day)
        if stretches.opened_by(stands=stands):
            _open(stretches, day, at, row_id)
    for closed_at in [right.beside[closed_at] for *_, closed_at in found if closed_at in right.beside]:
        day = rooms.day_of(room, closed_at)
        ends = Stretches(room, day).nearest(closed_at)[1]
        closes = (shift.day == day) & (shift.planned_closes_at == ends)
        shift.update(closed_at=closed_at).where(closes).execute()
    too_soon = shift.closed_automatically & (shift.planned_closes_at > now)
    shift.update(closed_at=None, closed_automatically=False).where(too_soon).execute()
    close_forgotten(now)


def opened_on(day: date) -> bool:
    """Whether the room was opened on this day, planned or not; whoever calls this is reading already."""
    return bool(models.Shift.select().where(models.Shift.day == day).exists())


def at(room: Room, moment: datetime) -> ShiftKey:
    """The shift that this moment belongs to, whether it was opened or not."""
    day = rooms.day_of(room, moment)
    return ShiftKey(day, Stretches(room, day).nearest(moment)[1])


def close_forgotten(now: datetime) -> int:
    """Close every shift whose planned end has passed, marked as closed by itself; how many."""
    return _CLOSE_FORGOTTEN.change(now=now)


def opening(room: Room, now: datetime, today: tuple[Period, ...]) -> Opening:
    """Whether the room is open now: within its hours until a host closes, or because somebody was counted.

    Args:
        room: the room.
        now: the moment.
        today: the periods of the day that the moment belongs to.
    """
    for period in today:
        if period.opens_at <= now < period.closes_at and not _BY_HOST.row(
            day=period.day, closes_at=period.closes_at
        ):
            return Opening(True, period.closes_at, None)
    if running := _RUNNING.row(now=now):
        return Opening(True, from_text(running[0]), None)
    return Opening(False, None, rooms.next_opening(room, now))


def last_change(room: Room, now: datetime) -> datetime | None:
    """When the room last opened or closed, as `opening` has it; None when not within a fortnight."""
    today = rooms.day_of(room, now)
    days = [today - timedelta(days=back) for back in range(15)]
    planned = [period for day in days for period in rooms.periods(room, day)]
    shift = models.Shift
    with reading():
        opened = rows(
            shift.select(
                shift.day, shift.planned_opens_at, shift.planned_closes_at, shift.opened_at, shift.closed_at,
                shift.closed_automatically,
            ).where(shift.day >= days[-1])
        )  # fmt: skip
    stretches = [(period.day, period.opens_at, period.closes_at) for period in planned]
    stretches += [
        (day, opened_at, closes_at) for day, opens_at, closes_at, opened_at, *_ in opened if not opens_at
    ]
    by_host = {
        (day, closes_at): min(closed_at, closes_at)
        for day, _, closes_at, _, closed_at, by_itself in opened
        if closed_at and not by_itself
    }
    moments = [
        moment
        for day, opens_at, closes_at in stretches
        for moment in (opens_at, by_host.get((day, closes_at), closes_at))
    ]
    return max((moment for moment in moments if moment <= now), default=None)


def _halfway(earlier: Period, later: Period) -> datetime:
    """The last moment that is nearer to the earlier of two periods, or as near; never before its end."""
    return max(earlier.closes_at, earlier.closes_at + (later.opens_at - earlier.closes_at) / 2)


def _open(stretches: Stretches, day: date, at: datetime, row_id: int) -> None:
    opens_at, closes_at = stretches.nearest(at)
    if _SHIFT.row(day=day, closes_at=closes_at) is None:
        models.Shift.create(
            day=day,
            planned_opens_at=opens_at,
            planned_closes_at=closes_at,
            opened_at=at,
            opened_by=row_id,
        )


_SHIFT = Prepared(
    models.Shift.select(models.Shift.id).where(
        (models.Shift.day == given("day")) & (models.Shift.planned_closes_at == given("closes_at"))
    )
)
_BY_HOST = Prepared(
    models.Shift.select(models.Shift.id).where(
        (models.Shift.day == given("day"))
        & (models.Shift.planned_closes_at == given("closes_at"))
        & models.Shift.closed_at.is_null(False)
        & ~models.Shift.closed_automatically
    )
)
_OUTSIDE_PLANS = Prepared(
    models.Shift.select(models.Shift.id).where(
        (models.Shift.day == given("day"))
        & (models.Shift.opened_by == given("row_id"))
        & models.Shift.planned_opens_at.is_null()
    )
)
_OPEN = models.Shift.closed_at.is_null()
_RUNNING = Prepared(
    models.Shift.select(models.Shift.planned_closes_at)
    .where(_OPEN & (models.Shift.opened_at <= given("now")) & (models.Shift.planned_closes_at > given("now")))
    .order_by(models.Shift.planned_closes_at)
    .limit(1)
)
# Who opened it after its planned end (a count that was entered late) does not close it before that.
_CLOSE_FORGOTTEN = Prepared(
    models.Shift.update(
        closed_at=fn.MAX(models.Shift.planned_closes_at, models.Shift.opened_at), closed_automatically=True
    ).where(_OPEN & (models.Shift.planned_closes_at <= given("now")))
)
