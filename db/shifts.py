"""Being open: the first count opens the shift, and a close that was forgotten happens by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from peewee import fn

from db import models
from db import room as rooms
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


def open_for(room: Room, day: date, at: datetime, row_id: int) -> None:
    """Open the shift that a door row belongs to, unless it was opened already.

    That is the planned stretch nearest to the moment: who comes early or leaves late belongs to it.
    A day without a plan gets a shift until its midnight.
    """
    planned = rooms.periods(room, day)
    nearest = min(planned, key=lambda period: _distance(period, at), default=None)
    closes_at = nearest.closes_at if nearest else rooms.end_of_day(room, day)
    if _SHIFT.row(day=day, closes_at=closes_at) is None:
        models.Shift.create(
            day=day,
            planned_opens_at=nearest.opens_at if nearest else None,
            planned_closes_at=closes_at,
            opened_at=at,
            opened_by=row_id,
        )


def opened_by_mistake(row_id: int, stands: tuple[int, datetime] | None) -> None:
    """A door row was undone: had it opened the room outside all plans, it did not, or another row did.

    Args:
        row_id: the row that was undone.
        stands: the first action of that day that still stands, and its moment; or None.
    """
    shift = models.Shift
    unplanned = (shift.opened_by == row_id) & shift.planned_opens_at.is_null()
    if stands is None:
        shift.delete().where(unplanned).execute()
    else:
        shift.update(opened_by=stands[0], opened_at=stands[1]).where(unplanned).execute()


def put_right(room: Room, actions: Iterable[tuple[int, date, datetime, bool]], now: datetime) -> None:
    """Open the shifts of these actions again, now that their days and moments are right.

    Args:
        room: the room.
        actions: all actions since the first whose moment was wrong: row, day, moment, and whether it
            stands; an action that was undone was a sign of life in planned hours only.
        now: what is surely the time; a shift that ends later was closed too soon.
    """
    actions = list(actions)
    shift = models.Shift
    if actions:
        shift.delete().where(shift.opened_by >= min(row_id for row_id, *_ in actions)).execute()
    for row_id, day, at, stands in actions:
        if stands or rooms.periods(room, day):
            open_for(room, day, at, row_id)
    too_soon = shift.closed_automatically & (shift.planned_closes_at > now)
    shift.update(closed_at=None, closed_automatically=False).where(too_soon).execute()
    close_forgotten(now)


def close_forgotten(now: datetime) -> int:
    """Close every shift whose planned end has passed, marked as closed by itself; how many."""
    return _CLOSE_FORGOTTEN.change(now=now)


def opening(room: Room, now: datetime, today: tuple[Period, ...]) -> Opening:
    """Whether the room is open now: within its hours, or because somebody was counted outside them.

    Args:
        room: the room.
        now: the moment.
        today: the periods of the day that the moment belongs to.
    """
    for period in today:
        if period.opens_at <= now < period.closes_at:
            return Opening(True, period.closes_at, None)
    if running := _RUNNING.row(now=now):
        return Opening(True, from_text(running[0]), None)
    return Opening(False, None, rooms.next_opening(room, now))


def _distance(period: Period, at: datetime) -> float:
    """Seconds between a moment and a stretch; none inside it."""
    if at < period.opens_at:
        return (period.opens_at - at).total_seconds()
    return max((at - period.closes_at).total_seconds(), 0.0)


_SHIFT = Prepared(
    models.Shift.select(models.Shift.id).where(
        (models.Shift.day == given("day")) & (models.Shift.planned_closes_at == given("closes_at"))
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
