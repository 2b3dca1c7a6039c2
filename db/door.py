"""The door: who came in, who left, how many are here, and taking it back.

The ledger only grows: a row a key press, an undo is a row that voids one. Everything that is said
about a day is read from its rows (DESIGN.md, "Counting").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from peewee import fn

from db import clock, connection, models, shifts
from db import room as rooms
from db.clock import Doubt, Stamp
from db.connection import reading, writing
from db.errors import N_, AlreadyUndone, NothingToUndo, NotPossible
from db.moments import from_text
from db.prepared import Prepared, given
from db.room import Period, Room
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
    first_visits: int = 0
    """For an arrival: how many of them are here for the first time, as far as somebody said so."""


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
    periods: tuple[Period, ...]
    """When the room is planned to be open today, in order."""
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
    last_arrival: Row | None = None
    """The day's newest arrival of visitors that stands: what a first visit tags."""


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
        NotPossible: no such number or reason, or a volunteer's first visit.
    """
    if not 1 <= n <= MOST_AT_ONCE:
        raise NotPossible(
            N_("Between 1 and {most} people can come in at once, not {n}."), most=MOST_AT_ONCE, n=n
        )
    if volunteer and first_visit:
        raise NotPossible(N_("First visits are counted of visitors, not of volunteers."))
    with writing():
        code = _known_reason(reason) if reason else None
        row = _act(Kind.VOLUNTEER if volunteer else Kind.ARRIVAL, n)
        if first_visit:
            _say_about(row, Kind.FIRST_VISIT, n)
        if code:
            _say_about(row, Kind.REASON, n, reason=code)
        return replace(row, first_visits=n if first_visit else 0)


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
        return _act(Kind.DEPARTURE, n)


def headcount(n: int) -> Row:
    """Somebody counted the people who are here: everybody but the hosts on duty.

    Raises:
        NotPossible: no such number.
    """
    if not 0 <= n <= MOST_HEADS:
        raise NotPossible(N_("A headcount is between 0 and {most}, not {n}."), most=MOST_HEADS, n=n)
    with writing():
        return _act(Kind.HEADCOUNT, n)


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
        undo = _say_about(target, Kind.UNDO, target.n)
        first = next(iter(_rows(_FIRST_OF_DAY, day=target.day)), None)
        shifts.opened_by_mistake(target.id, (first.id, first.at) if first else None)
        return undo


def standing_before(row_id: int) -> int | None:
    """The action to undo after this one, or None: the newest before it that is not voided."""
    with reading():
        row = _newest_standing(row_id)
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
        if arrival is None or arrival.kind is not Kind.ARRIVAL or arrival.voided:
            raise NotPossible(N_("First visits belong to an arrival. Count the visitor first."))
        n = (arrival.first_visits + 1) % (arrival.n + 1)
        _say_about(arrival, Kind.FIRST_VISIT, n)
        return n


def reasons() -> tuple[str, ...]:
    """The reasons for a visit that the room's coordinator keeps, in their order."""
    with reading():
        return tuple(code for (code,) in _REASONS.rows())


def clock_is_right() -> int:
    """Somebody at the desk says that the clock is right; how many rows were put right by it.

    Those get the day, the hour and the shift of their right moment; what the clock said then is kept.

    Raises:
        NotPossible: it cannot be right.
    """
    with writing():
        room = rooms.current()
        wrong = clock.is_right()
        for row_id, at in wrong:
            _PUT_RIGHT.change(id=row_id, at=at, day=rooms.day_of(room, at), hour=room.local(at).hour)
        moved: Sequence[Row] = ()
        if wrong:
            since = wrong[0][0]
            _FOLLOW.change(since=since)
            moved = _rows(_SINCE, since=since)
        shifts.put_right(
            room, [(row.id, row.day, row.at, not row.voided) for row in moved], clock.reliable_now()[0]
        )
        return len(wrong)


def visits(day: date) -> int:
    """The visits of a day: what the desk's number says as soon as a press is durable."""
    with reading():
        return int(_VISITS.row(day=day)[0] or 0)


def today() -> Today:
    """The room's day so far, as the desk and `hostdesk today` show it."""
    with reading():
        room = rooms.current()
        now, doubt = clock.reliable_now()
        day = rooms.day_of(room, now)
        periods = rooms.periods(room, day)
        counted = _HEADCOUNT.row(day=day)
        sums = _SUMS.rows(day=day, since=counted[0] if counted else 0)
        by_hour = {hour: n for kind, hour, n, _ in sums if kind == Kind.ARRIVAL}
        recent = _rows(_NEWEST)
        return Today(
            room=room,
            now=now,
            day=day,
            opening=shifts.opening(room, now, periods),
            periods=periods,
            visits=sum(by_hour.values()),
            volunteers=sum(n for kind, _, n, _ in sums if kind == Kind.VOLUNTEER),
            first_visits=_FIRST_VISITS.row(day=day)[0] or 0,
            present=_present(counted, sums),
            by_hour=by_hour,
            last=recent[0] if recent else None,
            undoes=next((row for row in recent if row.kind is not Kind.UNDO and not row.voided), None)
            or _newest_standing(),
            recent=tuple(row for row in recent if row.day == day),
            average=_average(day),
            doubt=doubt,
            last_arrival=next((row for row in recent if _may_be_tagged(row, day)), None)
            or (next(iter(_rows(_LAST_ARRIVAL, day=day)), None) if by_hour else None),
        )


def start_of_day() -> None:
    """What a day begins with: shifts that nobody closed are closed at their planned end."""
    with writing():
        shifts.close_forgotten(clock.reliable_now()[0])


def _act(kind: Kind, n: int) -> Row:
    """Add an action to the ledger, filed under the room's day; it opens the shift."""
    room, stamp = rooms.current(), clock.stamp()
    day, hour = rooms.day_of(room, stamp.at), room.local(stamp.at).hour
    row = Row(_add(stamp, day, hour, kind, n), stamp.at, day, hour, kind, n)
    shifts.close_forgotten(stamp.at)
    shifts.open_for(room, day, stamp.at, row.id)
    return row


def _say_about(action: Row, kind: Kind, n: int, *, reason: str | None = None) -> Row:
    """Add a row about an action to the ledger: it is filed under the day of that action."""
    stamp = clock.stamp()
    hour = rooms.current().local(stamp.at).hour
    undo = kind is Kind.UNDO
    about = {"voids": action.id} if undo else {"about": action.id, "reason": reason}
    row_id = _add(stamp, action.day, hour, kind, n, **about)
    return Row(row_id, stamp.at, action.day, hour, kind, n, undone=action.kind if undo else None)


def _add(stamp: Stamp, day: date, hour: int, kind: Kind, n: int, **about: int | str | None) -> int:
    """One more row in the ledger; its id."""
    return _ADD.add(
        **(dict.fromkeys(_ABOUT) | about),
        at=stamp.at,
        day=day,
        hour=hour,
        kind=kind,
        n=n,
        boot=stamp.boot,
        boot_ms=stamp.boot_ms,
        clock_at=stamp.clock_at,
    )


def _rows(question: Prepared, **values: Any) -> list[Row]:
    """The rows that one of this module's questions finds."""
    return [
        Row(
            id_,
            from_text(at),
            date.fromisoformat(day),
            hour,
            _KINDS[kind],
            n,
            voiding is not None,
            _KINDS.get(undone),
            first_visits or 0,
        )
        for id_, at, day, hour, kind, n, voiding, undone, first_visits in question.rows(**values)
    ]


def _action(row_id: int) -> Row | None:
    return next(iter(_rows(_ONE, id=row_id)), None)


def _newest_standing(before: int = 2**63 - 1) -> Row | None:
    """The newest action (before this row) that is not voided."""
    return next(iter(_rows(_STANDING, before=before)), None)


def _present(
    counted: tuple[int, int, str] | None, sums: Sequence[tuple[str, int, int, int | None]]
) -> Present | None:
    """How many are here: from the last headcount on, or from the first departure of the day."""
    left = sum(since or 0 for kind, _, _, since in sums if kind == Kind.DEPARTURE)
    arrived = sum(since or 0 for kind, _, _, since in sums if kind != Kind.DEPARTURE)
    if counted is None:
        return Present(max(arrived - left, 0), None, arrived, left) if left else None
    _, n, at = counted
    return Present(max(n + arrived - left, 0), from_text(at), arrived, left)


def _may_be_tagged(row: Row, day: date) -> bool:
    """Whether a first visit of this day can be said of this row."""
    return row.kind is Kind.ARRIVAL and row.day == day and not row.voided


def _average(day: date) -> Average | None:
    """What the last such weekdays brought, over the days on which the room was open."""
    days = _SUCH_DAYS_OPEN.rows(**_such_days(day))
    return _average_over(connection.path(), day, tuple(days)) if days else None


@lru_cache(maxsize=1)
def _average_over(_file: Path, day: date, days: tuple[tuple[str, int, int | None], ...]) -> Average:
    """What these days brought.

    That is half the work of `today`, and the same all day: it is asked again only when one of those
    days has more rows (somebody undid something of weeks ago), or when somebody said that the clock is
    right.
    """
    by_hour = {hour: n / len(days) for hour, n in _HOURS_OF_SUCH_DAYS.rows(**_such_days(day))}
    return Average(len(days), sum(by_hour.values()), by_hour)


def _such_days(day: date) -> dict[str, object]:
    """Which days are the same weekday's, for the questions about them."""
    return {"after": day - timedelta(weeks=26), "before": day, "weekday": f"{day.isoweekday() % 7}"}


def _known_reason(code: str) -> str:
    """The code as the room's list has it.

    Raises:
        NotPossible: it is not on the list.
    """
    codes = reasons()
    for known in codes:
        if known.casefold() == code.strip().casefold():
            return known
    raise NotPossible(
        N_("{reason} is not on the list of reasons. Choose from: {reasons}."),
        reason=code[:40],
        reasons=", ".join(codes),
    )


_KINDS: dict[str | None, Kind] = {kind.value: kind for kind in Kind}

_VOIDING, _VOIDED, _TAG = models.Door.alias(), models.Door.alias(), models.Door.alias()

_ABOUT = ("voids", "about", "reason")
"""What a row may say about another one; an action says none of it."""
_ADD = Prepared(
    models.Door.insert(
        {
            name: given(name)
            for name in ("at", "day", "hour", "kind", "n", "boot", "boot_ms", "clock_at", *_ABOUT)
        }
    )
)


def _questions(where: Any, order: Any = models.Door.id, most: int | None = None) -> Prepared:
    """Rows of the ledger with what was said about them later; see `_rows`."""
    door = models.Door
    newest_tag = (
        _TAG.select(_TAG.n)
        .where((_TAG.about == door.id) & (_TAG.kind == Kind.FIRST_VISIT))
        .order_by(_TAG.id.desc())
        .limit(1)
    )
    columns = (
        door.id,
        door.at,
        door.day,
        door.hour,
        door.kind,
        door.n,
        _VOIDING.id,
        _VOIDED.kind,
        newest_tag,
    )
    return Prepared(
        door.select(*columns)
        .left_outer_join(_VOIDING, on=(_VOIDING.voids == door.id))
        .left_outer_join(_VOIDED, on=(door.voids == _VOIDED.id))
        .where(where)
        .order_by(order)
        .limit(most)
    )


_IS_ACTION = models.Door.kind.in_(ACTIONS)
_STANDS = _VOIDING.id.is_null()
_ONE = _questions((models.Door.id == given("id")) & _IS_ACTION)
_LAST_ARRIVAL = _questions(
    (models.Door.day == given("day")) & (models.Door.kind == Kind.ARRIVAL) & _STANDS,
    models.Door.id.desc(),
    1,
)
_FIRST_OF_DAY = _questions((models.Door.day == given("day")) & _IS_ACTION & _STANDS, most=1)
_SINCE = _questions((models.Door.id >= given("since")) & _IS_ACTION)
_NEWEST = _questions(models.Door.kind.in_((*ACTIONS, Kind.UNDO)), models.Door.id.desc(), RECENT_ROWS)
_STANDING = _questions((models.Door.id < given("before")) & _IS_ACTION & _STANDS, models.Door.id.desc(), 1)

_HEADCOUNT = Prepared(
    models.Door.select(models.Door.id, models.Door.n, models.Door.at)
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where((models.Door.day == given("day")) & (models.Door.kind == Kind.HEADCOUNT) & _STANDS)
    .order_by(models.Door.id.desc())
    .limit(1)
)
_VISITS = Prepared(
    models.Door.select(fn.SUM(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where((models.Door.day == given("day")) & (models.Door.kind == Kind.ARRIVAL) & _STANDS)
)
# By kind and hour: persons in all, and since the row that the presence is counted from.
_SUMS = Prepared(
    models.Door.select(
        models.Door.kind,
        models.Door.hour,
        fn.SUM(models.Door.n),
        fn.SUM(models.Door.n).filter(models.Door.id > given("since")),
    )
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where(
        (models.Door.day == given("day"))
        & models.Door.kind.in_((Kind.ARRIVAL, Kind.VOLUNTEER, Kind.DEPARTURE))
        & _STANDS
    )
    .group_by(models.Door.kind, models.Door.hour)
)
# The last tag of each arrival holds, as long as the arrival does; a tag has the day of its arrival.
_FIRST_VISITS = Prepared(
    models.Door.select(fn.SUM(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.about))
    .where(
        (models.Door.day == given("day"))
        & (models.Door.kind == Kind.FIRST_VISIT)
        & _STANDS
        & ~fn.EXISTS(
            _TAG.select(_TAG.id).where(
                (_TAG.about == models.Door.about)
                & (_TAG.kind == Kind.FIRST_VISIT)
                & (_TAG.id > models.Door.id)
            )
        )
    )
)
_REASONS = Prepared(
    models.Reason.select(models.Reason.code).where(models.Reason.active).order_by(models.Reason.position)
)

_PUT_RIGHT = Prepared(
    models.Door.update(
        clock_at=fn.COALESCE(models.Door.clock_at, models.Door.at),
        at=given("at"),
        day=given("day"),
        hour=given("hour"),
    ).where(models.Door.id == given("id"))
)
# What is said about an action stays with it, on whatever day.
_FOLLOW = Prepared(
    models.Door.update(
        day=_VOIDED.select(_VOIDED.day).where(_VOIDED.id == fn.COALESCE(models.Door.voids, models.Door.about))
    ).where(
        (models.Door.id >= given("since"))
        & (models.Door.voids.is_null(False) | models.Door.about.is_null(False))
    )
)

_SUCH_DAYS = (
    models.Shift.select(models.Shift.day)
    .where(
        (models.Shift.day >= given("after"))
        & (models.Shift.day < given("before"))
        & (fn.strftime("%w", models.Shift.day) == given("weekday"))
    )
    .distinct()
    .order_by(models.Shift.day.desc())
    .limit(AVERAGE_OVER)
)
_OPEN = _SUCH_DAYS.alias("such")
# Each with the number of its rows: what was counted then is the same as long as that is.
_SUCH_DAYS_OPEN = Prepared(
    _OPEN.select_from(
        _OPEN.c.day,
        models.Door.select(fn.COUNT(models.Door.id)).where(models.Door.day == _OPEN.c.day),
        models.ClockCheck.select(fn.MAX(models.ClockCheck.id)),
    )
)
_HOURS_OF_SUCH_DAYS = Prepared(
    models.Door.select(models.Door.hour, fn.SUM(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where(models.Door.day.in_(_SUCH_DAYS) & (models.Door.kind == Kind.ARRIVAL) & _VOIDING.id.is_null())
    .group_by(models.Door.hour)
)
