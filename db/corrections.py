"""Corrections of a day at the door: somebody looks at it again, and says what it should have been, and why.

Nothing in the ledger is changed: what does not count is taken back by a row, and what is missing is added
by one, each with the correction that it is of. So every figure follows, and what stood there stays known.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from db import clock, door, door_rows, models, shifts
from db import room as rooms
from db.connection import reading, rows, writing
from db.door_rows import Kind, Row
from db.errors import N_, AlreadyUndone, NotPossible
from db.figure_models import EarlierCount, EarlierImport
from db.room import Room
from db.text import clean

LONGEST_WHY = 200
"""Characters of a reason."""

COUNTED = (Kind.ARRIVAL, Kind.VOLUNTEER)
"""What can be added later, or be another number: nobody can count heads again that have left."""


@dataclass(frozen=True)
class Correction:
    """Why something was added or taken back later."""

    why: str
    by: str
    """Who said so; empty once it is erased."""
    at: datetime


@dataclass(frozen=True)
class Entry:
    """An action in the ledger of a day."""

    row: Row
    added: Correction | None
    """Why it was added later; None for what was counted when it happened."""
    taken_back: Correction | None
    """Why it was taken back later; None for what stands, and for what the desk undid."""


def of_day(day: date) -> tuple[Entry, ...]:
    """All actions of a day by their moments, those that were taken back among them."""
    with reading():
        made = {
            number: Correction(why, by, at)
            for number, why, by, at in rows(
                models.Correction.select(
                    models.Correction.id, models.Correction.why, models.Correction.by, models.Correction.at
                ).where(models.Correction.day == day)
            )
        }
        ledger = models.Door.select(models.Door.id, models.Door.voids, models.Door.correction)
        of = rows(ledger.where((models.Door.day == day) & models.Door.correction.is_null(False)))
        added = {row: made[number] for row, voids, number in of if voids is None}
        taken_back = {voids: made[number] for _, voids, number in of if voids is not None}
        return tuple(Entry(row, added.get(row.id), taken_back.get(row.id)) for row in door_rows.of_day(day))


def add(day: date, at: time, n: int, why: str, *, volunteer: bool = False, by: str = "") -> Row:
    """People came in whom nobody counted.

    Args:
        day: the room's day.
        at: when, on the room's clock; past midnight for an evening that went on.
        n: how many.
        why: why they were not counted.
        volunteer: they are volunteers who were not on duty.
        by: who says so.

    Raises:
        NotPossible: no such number, no reason, that moment is not of this day or has yet to come, or nobody
            can have come in that day (see `assert_somebody_came`).
    """
    with writing():
        room, now = rooms.current(), clock.reliable_now()[0]
        moment = rooms.moment_of(room, day, at)
        if rooms.day_of(room, moment) != day:
            raise NotPossible(N_("{time} does not belong to {day}."), time=f"{at:%H:%M}", day=day)
        if moment > now:
            raise NotPossible(N_("{time} on {day} has yet to come."), time=f"{at:%H:%M}", day=day)
        assert_somebody_came(day)
        _assert_number(n)
        kind = Kind.VOLUNTEER if volunteer else Kind.ARRIVAL
        return door.fill_in(day, moment, kind, n, correction=_keep(day, why, by))


def assert_somebody_came(day: date) -> None:
    """Whether who was not counted can be added to this day: a correction never says that it was open.

    Raises:
        NotPossible: the room was shut, its visits come from an earlier tally, or it was before the room.
    """
    with reading():
        room = rooms.current()
        opened = shifts.opened_on(day)
        _assert_not_tallied(room, day, opened=opened)
        if not opened and not rooms.periods(room, day):
            raise NotPossible(
                N_("On {day} the room was shut. If it was open after all, say first when: {command}"),
                day=day,
                command=f"hostdesk opening day {day.isoformat()} 10-13",
            )


def change(row_id: int, n: int, why: str, *, by: str = "") -> Row:
    """It was another number that came in.

    Raises:
        NotPossible: no such number, no reason, or that row is no arrival that stands.
    """
    with writing():
        entry = _standing(row_id)
        if entry.kind not in COUNTED:
            raise NotPossible(
                N_("Only arrivals can be another number. Of the rest you can say that it does not count.")
            )
        if n == entry.n:
            raise NotPossible(N_("That number stands there already."))
        _assert_number(n)
        correction = _keep(entry.day, why, by)
        door.undo(row_id, correction=correction)
        return door.fill_in(entry.day, entry.at, entry.kind, n, correction=correction, like=row_id)


def take_back(row_id: int, why: str, *, by: str = "") -> Row:
    """It does not count.

    Raises:
        NotPossible: there is no reason, or that row does not stand.
    """
    with writing():
        entry = _standing(row_id)
        return door.undo(row_id, correction=_keep(entry.day, why, by))


def _standing(row_id: int) -> Row:
    """The action of this row, which counts.

    Raises:
        NotPossible: there is none, or it counts no more.
    """
    entry = door_rows.action(row_id)
    if entry is None:
        raise NotPossible(N_("There is no such row at the door."))
    if entry.voided:
        raise AlreadyUndone
    return entry


def _assert_not_tallied(room: Room, day: date, *, opened: bool) -> None:
    """What the ledger knows overrules a tally: with one row at the door the whole tally would count no more.

    Raises:
        NotPossible: the visits of this day come from one, or it was before the room.
    """
    began_on = room.local(models.Room.select(models.Room.created_at).scalar()).date()
    if day < began_on:
        raise NotPossible(
            N_("The room began on {day}. What was tallied before can be taken in: hostdesk import"),
            day=began_on,
        )
    tallied = (
        EarlierCount.select()
        .join(EarlierImport, on=(EarlierCount.import_ == EarlierImport.id))
        .where((EarlierCount.day == day) & EarlierImport.taken_back_at.is_null())
    )
    if not opened and tallied.exists():
        raise NotPossible(
            N_(
                "The visits of {day} come from an earlier tally. Put its file right, take it back and take "
                "it in again: hostdesk import"
            ),
            day=day,
        )


def _assert_number(n: int) -> None:
    if not 1 <= n <= door.MOST_AT_ONCE:
        raise NotPossible(
            N_("Between 1 and {most} people can come in at once, not {n}."), most=door.MOST_AT_ONCE, n=n
        )


def _keep(day: date, why: str, by: str) -> int:
    """Keep the reason; its number.

    Raises:
        NotPossible: there is none.
    """
    why = clean(why, most=LONGEST_WHY)
    if not why:
        raise NotPossible(N_("Say why: whoever reads the figures later wants to know."))
    at = clock.reliable_now()[0]
    return int(models.Correction.create(day=day, why=why, by=clean(by, most=LONGEST_WHY), at=at).id)
