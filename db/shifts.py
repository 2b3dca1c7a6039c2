"""Being open: the first count opens the shift, and a close that was forgotten happens by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from db import models
from db import room as rooms
from db.room import Room


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
    shift = models.Shift
    if shift.get_or_none((shift.day == day) & (shift.planned_closes_at == closes_at)) is None:
        shift.create(
            day=day,
            planned_opens_at=nearest.opens_at if nearest else None,
            planned_closes_at=closes_at,
            opened_at=at,
            opened_by=row_id,
        )


def forget_opened_by(row_ids: list[int]) -> None:
    """Take back the shifts that these door rows opened (their moment was wrong)."""
    models.Shift.delete().where(models.Shift.opened_by.in_(row_ids)).execute()


def close_forgotten(now: datetime) -> int:
    """Close every shift whose planned end has passed, marked as closed by itself; how many."""
    shift = models.Shift
    closing = shift.update(closed_at=shift.planned_closes_at, closed_automatically=True)
    return int(closing.where(shift.closed_at.is_null() & (shift.planned_closes_at <= now)).execute())


def opening(room: Room, now: datetime) -> Opening:
    """Whether the room is open now: within its hours, or because somebody was counted outside them."""
    day = rooms.day_of(room, now)
    for period in rooms.periods(room, day):
        if period.opens_at <= now < period.closes_at:
            return Opening(True, period.closes_at, None)
    shift = models.Shift
    running = shift.get_or_none(
        shift.closed_at.is_null() & (shift.opened_at <= now) & (shift.planned_closes_at > now)
    )
    if running is not None:
        return Opening(True, running.planned_closes_at, None)
    return Opening(False, None, rooms.next_opening(room, now))


def _distance(period: rooms.Period, at: datetime) -> float:
    """Seconds between a moment and a stretch; none inside it."""
    if at < period.opens_at:
        return (period.opens_at - at).total_seconds()
    return max((at - period.closes_at).total_seconds(), 0.0)
