"""The door: who came in, who left, how many are here, and taking it back.

The ledger only grows: a row a key press, an undo is a row that voids one. Everything that is said
about a day is read from its rows (DESIGN.md, "Counting").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from peewee import fn

from db import clock, models, shifts
from db import room as rooms
from db.clock import Doubt
from db.connection import reading, rows, writing
from db.errors import N_, AlreadyUndone, NothingToUndo, NotPossible
from db.room import Room
from db.shifts import Opening

MOST_AT_ONCE = 500
"""More people than this do not come in with one key press: it is a typing mistake."""

MOST_HEADS = 2000
"""More people than this are in no living room."""

AVERAGE_OVER = 8
"""The average of a weekday is taken over so many of the last such days on which the room was open."""

RECENT_ROWS = 8
"""How many of the last actions a screen may show."""


class Kind(StrEnum):
    """What a door row says."""

    ARRIVAL = "arrival"
    VOLUNTEER = "volunteer"
    DEPARTURE = "departure"
    HEADCOUNT = "headcount"
    UNDO = "undo"
    FIRST_VISIT = "first_visit"
    REASON = "reason"


ACTIONS = (Kind.ARRIVAL, Kind.VOLUNTEER, Kind.DEPARTURE, Kind.HEADCOUNT)
"""What can stand as the last action and be undone; the rest is said about one of these."""


@dataclass(frozen=True)
class Row:
    """An action at the door, or the undoing of one."""

    id: int
    at: datetime
    day: date
    hour: int
    kind: Kind
    n: int
    """Persons; for an undo, those of the voided row."""
    voided: bool = False
    """Whether it was taken back later."""
    undone: Kind | None = None
    """For an undo: what was taken back."""


@dataclass(frozen=True)
class Present:
    """How many are here now, where somebody measured it."""

    n: int
    counted_at: datetime | None
    """The headcount it starts from, if there was one."""
    arrived: int
    """Since that headcount, or today."""
    left: int


@dataclass(frozen=True)
class Average:
    """What a weekday usually brings."""

    days: int
    """Over how many of the last such days on which the room was open."""
    visits: float
    by_hour: dict[int, float]


@dataclass(frozen=True)
class Today:
    """The room's day so far."""

    room: Room
    now: datetime
    day: date
    opening: Opening
    visits: int
    volunteers: int
    first_visits: int
    present: Present | None
    by_hour: dict[int, int]
    """Visits by local hour; hours without visits are left out."""
    last: Row | None
    """The newest action of any day, an undo included."""
    undoes: Row | None
    """What an undo would take back now."""
    recent: tuple[Row, ...]
    """The newest actions of the day, newest first."""
    average: Average | None
    """The same weekday before today, or None when there was none."""
    doubt: Doubt | None
    """Why the clock is not believed, or None."""


def arrive(
    n: int = 1, *, volunteer: bool = False, first_visit: bool = False, reason: str | None = None
) -> Row:
    """People came in.

    Args:
        n: how many.
        volunteer: they are volunteers who are not on duty, counted apart.
        first_visit: all of them are here for the first time.
        reason: a code of the room's list of reasons.

    Raises:
        NotPossible: no such number or reason.
    """
    if not 1 <= n <= MOST_AT_ONCE:
        raise NotPossible(
            N_("Between 1 and {most} people can come in at once, not {n}."), most=MOST_AT_ONCE, n=n
        )
    with writing():
        code = _known_reason(reason) if reason else None
        row = _record(Kind.VOLUNTEER if volunteer else Kind.ARRIVAL, n)
        if first_visit:
            _record(Kind.FIRST_VISIT, n, about=row.id)
        if code:
            _record(Kind.REASON, n, about=row.id, reason=code)
        return row


def depart(n: int = 1) -> Row:
    """People left; it never changes the number of visits.

    Raises:
        NotPossible: no such number.
    """
    if not 1 <= n <= MOST_AT_ONCE:
        raise NotPossible(
            N_("Between 1 and {most} people can leave at once, not {n}."), most=MOST_AT_ONCE, n=n
        )
    with writing():
        return _record(Kind.DEPARTURE, n)


def headcount(n: int) -> Row:
    """Somebody counted the people who are here: everybody but the hosts on duty.

    Raises:
        NotPossible: no such number.
    """
    if not 0 <= n <= MOST_HEADS:
        raise NotPossible(N_("A headcount is between 0 and {most}, not {n}."), most=MOST_HEADS, n=n)
    with writing():
        return _record(Kind.HEADCOUNT, n)


def undo(row_id: int | None = None) -> Row:
    """Void one action, and nothing else.

    Args:
        row_id: the action that stands on the screen; without one the newest that is not voided.

    Raises:
        NothingToUndo: there is no such action.
        AlreadyUndone: it was voided before, by this or another process.
    """
    with writing():
        target = _newest_standing() if row_id is None else _action(row_id)
        if target is None:
            raise NothingToUndo
        if target.voided:
            raise AlreadyUndone
        return _record(Kind.UNDO, target.n, voids=target.id, day=target.day, undone=target.kind)


def standing_before(row_id: int) -> int | None:
    """The action to undo after this one, or None: the newest before it that is not voided."""
    with reading():
        row = _newest_standing(before=row_id)
        return row.id if row else None


def first_visit(arrival_id: int) -> int:
    """Say how many of an arrival are here for the first time: one more each time, then none again.

    Returns:
        How many it says now.

    Raises:
        NotPossible: that row is no visitors' arrival, or it was undone.
    """
    with writing():
        arrival = _action(arrival_id)
        if arrival is None or arrival.kind != Kind.ARRIVAL or arrival.voided:
            raise NotPossible(N_("First visits belong to an arrival. Count the visitor first."))
        n = (_first_visits(models.Door.about == arrival_id) + 1) % (arrival.n + 1)
        _record(Kind.FIRST_VISIT, n, about=arrival_id, day=arrival.day)
        return n


def clock_is_right() -> int:
    """Somebody at the desk says that the clock is right; how many rows were put right by it.

    Raises:
        NotPossible: it cannot be right.
    """
    with writing():
        room = rooms.current()
        put_right: list[tuple[int, date, datetime]] = []

        def refile(row_id: int, at: datetime) -> None:
            day = rooms.day_of(room, at)
            door = models.Door
            door.update(day=day, hour=room.local(at).hour).where(door.id == row_id).execute()
            put_right.append((row_id, day, at))

        count = clock.is_right(refile)
        shifts.forget_opened_by([row_id for row_id, _, _ in put_right])
        for row_id, day, at in put_right:
            shifts.open_for(room, day, at, row_id)
        return count


def today() -> Today:
    """The room's day so far, as the desk and `hostdesk today` show it."""
    with reading():
        room = rooms.current()
        now, doubt = clock.reliable_now()
        day = rooms.day_of(room, now)
        actions = _actions(models.Door.day == day)
        standing = [row for row in actions if not row.voided]
        by_hour: dict[int, int] = {}
        for row in standing:
            if row.kind == Kind.ARRIVAL:
                by_hour[row.hour] = by_hour.get(row.hour, 0) + row.n
        recent = _newest_rows()
        return Today(
            room=room,
            now=now,
            day=day,
            opening=shifts.opening(room, now),
            visits=sum(by_hour.values()),
            volunteers=sum(row.n for row in standing if row.kind == Kind.VOLUNTEER),
            first_visits=_first_visits(models.Door.day == day),
            present=_present(standing),
            by_hour=by_hour,
            last=recent[0] if recent else None,
            undoes=next((row for row in recent if row.kind != Kind.UNDO and not row.voided), None)
            or _newest_standing(),
            recent=tuple(row for row in recent if row.day == day),
            average=_average(day),
            doubt=doubt,
        )


def start_of_day() -> None:
    """What a day begins with: shifts that nobody closed are closed at their planned end."""
    with writing():
        shifts.close_forgotten(clock.reliable_now()[0])


def _record(
    kind: Kind,
    n: int,
    *,
    voids: int | None = None,
    about: int | None = None,
    reason: str | None = None,
    day: date | None = None,
    undone: Kind | None = None,
) -> Row:
    """Add one row to the ledger, filed under the room's day; an action opens the shift."""
    room = rooms.current()
    stamp = clock.stamp()
    day = day or rooms.day_of(room, stamp.at)
    hour = room.local(stamp.at).hour
    row = models.Door.create(
        at=stamp.at,
        day=day,
        hour=hour,
        kind=kind,
        n=n,
        voids=voids,
        about=about,
        reason=reason,
        boot=stamp.boot,
        boot_ms=stamp.boot_ms,
        clock_at=stamp.clock_at,
    )
    if kind in ACTIONS:
        shifts.close_forgotten(stamp.at)
        shifts.open_for(room, day, stamp.at, row.id)
    return Row(row.id, stamp.at, day, hour, kind, n, undone=undone)


def _actions(where: object, newest: int | None = None, *, undos: bool = False) -> list[Row]:
    """Actions of the ledger, in their order (newest first when only so many are asked)."""
    door, voiding, voided = models.Door, models.Door.alias(), models.Door.alias()
    kinds = (*ACTIONS, Kind.UNDO) if undos else ACTIONS
    query = (
        door.select(
            door.id, door.at, door.day, door.hour, door.kind, door.n, voiding.id, voided.kind.alias("undone")
        )
        .left_outer_join(voiding, on=(voiding.voids == door.id))
        .left_outer_join(voided, on=(door.voids == voided.id))
        .where(where & door.kind.in_(kinds))
        .order_by(door.id if newest is None else door.id.desc())
        .limit(newest)
    )
    return [
        Row(id_, at, day, hour, Kind(kind), n, void is not None, Kind(undone) if undone else None)
        for id_, at, day, hour, kind, n, void, undone in rows(query)
    ]


def _newest_rows() -> list[Row]:
    return _actions(models.Door.id > 0, RECENT_ROWS, undos=True)


def _action(row_id: int) -> Row | None:
    return next(iter(_actions(models.Door.id == row_id)), None)


def _newest_standing(before: int | None = None) -> Row | None:
    """The newest action that is not voided."""
    door, voiding = models.Door, models.Door.alias()
    query = (
        door.select(door.id)
        .left_outer_join(voiding, on=(voiding.voids == door.id))
        .where(voiding.id.is_null() & door.kind.in_(ACTIONS))
        .order_by(door.id.desc())
    )
    if before is not None:
        query = query.where(door.id < before)
    found = query.limit(1).scalar()
    return _action(found) if found else None


def _first_visits(where: object) -> int:
    """First visits among arrivals that stand; the newest word about an arrival counts."""
    tag, arrival, voiding = models.Door, models.Door.alias(), models.Door.alias()
    newest = tag.select(fn.MAX(tag.id)).where(where & (tag.kind == Kind.FIRST_VISIT)).group_by(tag.about)
    said = models.Door.alias()
    query = (
        said.select(fn.COALESCE(fn.SUM(said.n), 0))
        .join(arrival, on=(said.about == arrival.id))
        .left_outer_join(voiding, on=(voiding.voids == arrival.id))
        .where(said.id.in_(newest) & voiding.id.is_null())
    )
    return int(query.scalar())


def _present(standing: Iterable[Row]) -> Present | None:
    """How many are here: from the last headcount on, or from the first departure of the day."""
    counted: Row | None = None
    arrived = left = 0
    for row in standing:
        if row.kind == Kind.HEADCOUNT:
            counted, arrived, left = row, 0, 0
        elif row.kind == Kind.DEPARTURE:
            left += row.n
        else:
            arrived += row.n
    if counted is None and not left:
        return None
    start = counted.n if counted else 0
    return Present(max(start + arrived - left, 0), counted.at if counted else None, arrived, left)


def _average(day: date) -> Average | None:
    """What the last such weekdays brought, over the days on which the room was open."""
    door, voiding, shift = models.Door, models.Door.alias(), models.Shift
    same_weekday = [day - timedelta(weeks=ago) for ago in range(1, 27)]
    opened = shift.select(shift.day).where(shift.day.in_(same_weekday)).distinct()
    days = [row[0] for row in rows(opened.order_by(shift.day.desc()).limit(AVERAGE_OVER))]
    if not days:
        return None
    query = (
        door.select(door.hour, fn.SUM(door.n))
        .left_outer_join(voiding, on=(voiding.voids == door.id))
        .where(door.day.in_(days) & (door.kind == Kind.ARRIVAL) & voiding.id.is_null())
        .group_by(door.hour)
    )
    by_hour = {hour: n / len(days) for hour, n in rows(query)}
    return Average(len(days), sum(by_hour.values()), by_hour)


def _known_reason(code: str) -> str:
    """The code as the room's list has it.

    Raises:
        NotPossible: it is not on the list.
    """
    listed = models.Reason.select(models.Reason.code).where(models.Reason.active)
    codes = [row[0] for row in rows(listed.order_by(models.Reason.position))]
    for known in codes:
        if known.casefold() == code.strip().casefold():
            return str(known)
    raise NotPossible(
        N_("{reason} is not on the list of reasons. Choose from: {reasons}."),
        reason=code[:40],
        reasons=", ".join(codes),
    )
