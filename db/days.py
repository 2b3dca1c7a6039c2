"""What the desk reads back of a day: its visits, who is here now, and what such a day usually brings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from peewee import fn

from db import clock, connection, door_rows, models, roles, sample_weeks, shifts
from db import room as rooms
from db.clock import Doubt
from db.connection import reading
from db.door_rows import Kind, Row
from db.errors import Spoiled
from db.moments import from_text
from db.prepared import Prepared, given
from db.room import Period, Room
from db.shifts import Opening

AVERAGE_OVER = 8
"""The average of a weekday is taken over so many of the last such days on which the room was open."""


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
    """Over the days on which the hour was measured; hours without visits are left out."""
    unmeasured: frozenset[int] = frozenset()
    """Hours of which nothing is known yet: the room was made after them, on the only such day."""

    def usual(self, hour: int) -> float | None:
        """The visits of this local hour; None where it was never measured."""
        return None if hour in self.unmeasured else self.by_hour.get(hour, 0.0)


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
    sample_week: bool = False
    """Whether the desk asks who is here for the first time this week."""
    counts: bool = True
    """Whether it says what was counted: not to who may not read the door, for whom nothing of it is read."""

    def measured(self, hour: int) -> bool:
        """Whether the room was there in this local hour, or somebody entered later who came then."""
        return hour in self.by_hour or hour not in _before_it_was_here(self.room, self.day, self.periods)


def visits(day: date) -> int:
    """The visits of a day: what the desk's number says as soon as a press is durable.

    Raises:
        Spoiled: somebody else wrote what cannot have been counted.
    """
    with reading():
        n, least = _VISITS.row(day=day)
        _assert_people([least])
        return int(n or 0)


def _assert_people(numbers: Iterable[int | None]) -> None:
    """No number of people is below nought; of the rows of a sum the least is held against that."""
    if any(n is not None and n < 0 for n in numbers):
        raise Spoiled(path=connection.path())


def today() -> Today:
    """The room's day so far, as the desk and `hostdesk today` show it.

    Raises:
        Spoiled: somebody else wrote what cannot have been counted.
    """
    with reading():
        room = rooms.current()
        now, doubt = clock.reliable_now()
        day = rooms.day_of(room, now)
        periods = rooms.periods(room, day)
        if not roles.may_read("door"):
            return _without_the_door(room, now, day, periods, doubt)
        counted = _HEADCOUNT.row(day=day)
        since, counted_at = (counted[0], counted[2]) if counted else (0, "")
        sums = _SUMS.rows(day=day, since=since, counted_at=counted_at)
        by_hour = {hour: n for kind, hour, n, *_ in sums if kind == Kind.ARRIVAL}
        recent = door_rows.recent()
        first_visits, least_of_them = _FIRST_VISITS.row(day=day)
        _assert_people([counted and counted[1], least_of_them, *(least for *_, least in sums)])
        _assert_people(row.n for row in recent)
        return Today(
            room=room,
            now=now,
            day=day,
            opening=shifts.opening(room, now, periods),
            periods=periods,
            visits=sum(by_hour.values()),
            volunteers=sum(n for kind, _, n, *_ in sums if kind == Kind.VOLUNTEER),
            first_visits=first_visits or 0,
            present=_present(counted, sums),
            by_hour=by_hour,
            last=recent[0] if recent else None,
            undoes=next((row for row in recent if row.kind is not Kind.UNDO and not row.voided), None)
            or door_rows.newest_standing(),
            # From a list: a tuple made from a generator is cut to length, and CPython keeps 2,000 such.
            recent=tuple([row for row in recent if row.day == day]),
            average=_average(room, day),
            doubt=doubt,
            last_arrival=next((row for row in recent if _may_be_tagged(row, day)), None)
            or (door_rows.last_arrival(day) if by_hour else None),
            sample_week=sample_weeks.is_in_one(day),
        )


def _without_the_door(
    room: Room, now: datetime, day: date, periods: tuple[Period, ...], doubt: Doubt | None
) -> Today:
    """The day for who may not read what was counted: which one it is, and whether the room is open."""
    return Today(
        room=room,
        now=now,
        day=day,
        opening=shifts.opening(room, now, periods),
        periods=periods,
        visits=0,
        volunteers=0,
        first_visits=0,
        present=None,
        by_hour={},
        last=None,
        undoes=None,
        recent=(),
        average=None,
        doubt=doubt,
        counts=False,
    )


def _present(
    counted: tuple[int, int, str] | None, sums: Sequence[tuple[str, int, int, int | None, int]]
) -> Present | None:
    """How many are here: from the last headcount on, or from the first departure of the day."""
    left = sum(since or 0 for kind, _, _, since, _ in sums if kind == Kind.DEPARTURE)
    arrived = sum(since or 0 for kind, _, _, since, _ in sums if kind != Kind.DEPARTURE)
    if counted is None:
        return Present(max(arrived - left, 0), None, arrived, left) if left else None
    _, n, at = counted
    return Present(max(n + arrived - left, 0), from_text(at), arrived, left)


def _may_be_tagged(row: Row, day: date) -> bool:
    """Whether a first visit of this day can be said of this row."""
    return row.kind is Kind.ARRIVAL and row.day == day and not row.voided


def _before_it_was_here(room: Room, day: date, planned: tuple[Period, ...]) -> range:
    """The local hours from its opening on that were over when the room was made here, on its first day."""
    since = room.local(room.since)
    if since.date() != day:
        return range(0)
    return range(room.local(planned[0].opens_at).hour if planned else 0, since.hour)


def _average(room: Room, day: date) -> Average | None:
    """What the last such weekdays brought, over the days on which the room was open."""
    days = _SUCH_DAYS_OPEN.rows(**_such_days(day))
    return _average_over(connection.path(), room, day, tuple(days)) if days else None


@lru_cache(maxsize=1)
def _average_over(
    _file: Path, room: Room, day: date, days: tuple[tuple[str, int, int | None], ...]
) -> Average:
    """What these days brought; an hour before the room was there is none of no visits.

    That is half the work of `today`, and the same all day: it is asked again only when one of those
    days has more rows (somebody undid something of weeks ago), or when somebody said that the clock is
    right.
    """
    first = room.local(room.since).date()
    unmeasured: set[int] = set()
    if first.isoformat() in (such for such, *_ in days):
        sums = _SUMS.rows(day=first, since=0, counted_at="")
        counted = {hour for kind, hour, *_ in sums if kind == Kind.ARRIVAL}
        unmeasured = {*_before_it_was_here(room, first, rooms.periods(room, first))} - counted
    by_hour = {
        hour: n / (len(days) - (hour in unmeasured))
        for hour, n in _HOURS_OF_SUCH_DAYS.rows(**_such_days(day))
    }
    never = frozenset(unmeasured) if len(days) == 1 else frozenset[int]()
    return Average(len(days), sum(by_hour.values()), by_hour, never)


def _such_days(day: date) -> dict[str, object]:
    """Which days are the same weekday's, for the questions about them."""
    return {"after": day - timedelta(weeks=26), "before": day, "weekday": f"{day.isoweekday() % 7}"}


_VOIDING, _TAG = models.Door.alias(), models.Door.alias()
_STANDS = _VOIDING.id.is_null()

_HEADCOUNT = Prepared(
    models.Door.select(models.Door.id, models.Door.n, models.Door.at)
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where((models.Door.day == given("day")) & (models.Door.kind == Kind.HEADCOUNT) & _STANDS)
    .order_by(models.Door.id.desc())
    .limit(1)
)
_VISITS = Prepared(
    models.Door.select(fn.SUM(models.Door.n), fn.MIN(models.Door.n))
    .left_outer_join(_VOIDING, on=(_VOIDING.voids == models.Door.id))
    .where((models.Door.day == given("day")) & (models.Door.kind == Kind.ARRIVAL) & _STANDS)
)
# By kind and hour: persons in all, since the row that the presence is counted from, and in the least row.
_SUMS = Prepared(
    models.Door.select(
        models.Door.kind,
        models.Door.hour,
        fn.SUM(models.Door.n),
        fn.SUM(models.Door.n).filter(
            (models.Door.id > given("since"))
            & (models.Door.correction.is_null() | (models.Door.at > given("counted_at")))
        ),
        fn.MIN(models.Door.n),
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
    models.Door.select(fn.SUM(models.Door.n), fn.MIN(models.Door.n))
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
