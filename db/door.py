"""The door: who came in, who left, how many are here, and taking it back.

The ledger only grows: a row a key press, an undo is a row that voids one (DESIGN.md, "Counting"). What
is said about a day is read from its rows, in `db.days`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from peewee import fn

from db import clock, door_rows, models, sample_weeks, shifts
from db import room as rooms
from db.clock import SetRight, Stamp
from db.connection import reading, rows, writing
from db.door_rows import Kind, Row
from db.errors import N_, AlreadyUndone, NothingToUndo, NotPossible
from db.prepared import Prepared, given
from db.room import Room
from db.states import Mark

MOST_AT_ONCE = 500
"""More people than this do not come in with one key press: it is a typing mistake."""

MOST_HEADS = 2000
"""More people than this are in no living room."""


def arrive(
    n: int = 1,
    *,
    volunteer: bool = False,
    first_visit: bool = False,
    reason: str | None = None,
    first_this_week: int | None = None,
) -> Row:
    """People came in.

    Args:
        n: how many.
        volunteer: they are volunteers who are not on duty, counted apart.
        first_visit: all of them are here for the first time.
        reason: a code of the room's list of reasons.
        first_this_week: in a sample week, how many of them are here for the first time that week; None
            where nobody asked.

    Raises:
        NotPossible: no such number or reason, a volunteer's first visit, or this is no sample week.
    """
    if not 1 <= n <= MOST_AT_ONCE:
        raise NotPossible(
            N_("Between 1 and {most} people can come in at once, not {n}."), most=MOST_AT_ONCE, n=n
        )
    if volunteer and (first_visit or first_this_week is not None):
        raise NotPossible(N_("First visits are counted of visitors, not of volunteers."))
    with writing():
        code = _known_reason(reason) if reason else None
        row = _act(Kind.VOLUNTEER if volunteer else Kind.ARRIVAL, n)
        if first_visit:
            _say_about(row, Kind.FIRST_VISIT, n)
        if first_this_week is not None:
            _say_first_this_week(row, first_this_week)
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


def undo(row_id: int | None = None, *, correction: int | None = None) -> Row:
    """Void one action, and nothing else.

    Args:
        row_id: the action that stands on the screen; without one the newest that is not voided.
        correction: the correction that this is part of (see `db.corrections`).

    Raises:
        NothingToUndo: there is no such action.
        AlreadyUndone: it was voided before, by this or another process.
    """
    with writing():
        target = door_rows.newest_standing() if row_id is None else door_rows.action(row_id)
        if target is None:
            raise NothingToUndo
        if target.voided:
            raise AlreadyUndone
        undo = _say_about(target, Kind.UNDO, target.n, correction=correction)
        if shifts.opened_outside_plans(target.day, target.id):
            shifts.opened_by_mistake(target.id, _opened(target.day))
        return undo


def fill_in(day: date, at: datetime, kind: Kind, n: int, *, correction: int, like: int | None = None) -> Row:
    """File what was not counted when it happened; it opens the shift, as counting it would have.

    Args:
        day: the room's day that the moment belongs to.
        at: when they came in.
        kind: of visitors or of volunteers.
        n: how many.
        correction: the correction that this is part of (see `db.corrections`).
        like: the arrival in whose place it stands; what was said about that one holds here too.
    """
    with writing():
        room, stamp = rooms.current(), clock.stamp()
        hour = room.local(at).hour
        filed = replace(stamp, at=at, clock_at=None)
        row = Row(_add(filed, day, hour, kind, n, correction=correction), at, day, hour, kind, n)
        shifts.open_for(room, day, at, row.id)
        shifts.began_before(day, row.id, at)
        shifts.close_forgotten(stamp.at)
        said = {} if like is None else {Kind(tag): what for tag, *what in _SAID.rows(about=like)}
        for tag, (of, reason) in said.items():
            _say_about(
                row, tag, n if tag is Kind.REASON else min(of, n), reason=reason, correction=correction
            )
        return row


def standing_before(row_id: int) -> int | None:
    """The action to undo after this one, or None: the newest before it that is not voided."""
    with reading():
        row = door_rows.newest_standing(row_id)
        return row.id if row else None


def first_visit(arrival_id: int, n: int | None = None) -> int:
    """Say how many of an arrival are here for the first time.

    Args:
        arrival_id: the row of the arrival.
        n: so many; without it one more each time, and after all of them none.

    Returns:
        How many it says now.

    Raises:
        NotPossible: that row is no visitors' arrival, it was undone, or they are fewer.
    """
    with writing():
        arrival = _arrival(arrival_id)
        if n is None:
            n = (arrival.first_visits + 1) % (arrival.n + 1)
        _assert_among(n, arrival)
        _say_about(arrival, Kind.FIRST_VISIT, n)
        return n


def first_this_week(arrival_id: int, n: int | None = None) -> int:
    """Say how many of an arrival are here for the first time in this sample week.

    Args:
        arrival_id: the row of the arrival.
        n: so many; without it one more each time, and after all of them none.

    Returns:
        How many it says now.

    Raises:
        NotPossible: that row is no visitors' arrival of a sample week, it was undone, or they are fewer.
    """
    with writing():
        arrival = _arrival(arrival_id)
        if n is None:
            said = _SAID_LAST.row(about=arrival_id, kind=Kind.FIRST_THIS_WEEK)
            n = (said[0] + 1) % (arrival.n + 1) if said else 1
        _say_first_this_week(arrival, n)
        return n


def next_reason(arrival_id: int) -> str | None:
    """Say what an arrival came for: the next reason of the list each time, and after the last one none.

    Returns:
        What it says now; None where nothing is said any more.

    Raises:
        NotPossible: that row is no visitors' arrival, or it was undone.
    """
    with writing():
        arrival, known = _arrival(arrival_id), reasons()
        n, said = _SAID_LAST.row(about=arrival_id, kind=Kind.REASON) or (0, "")
        at = known.index(said) + 1 if n and said in known else 0
        code = known[at] if at < len(known) else None
        # A row of this kind has a reason, whether or not anybody came for it.
        _say_about(arrival, Kind.REASON, arrival.n if code else 0, reason=code or known[-1])
        return code


def reasons() -> tuple[str, ...]:
    """The reasons for a visit that the room's coordinator keeps, in their order; see `db.reasons`."""
    with reading():
        return tuple(code for (code,) in _REASONS.rows())


def put_right(room: Room, right: SetRight) -> None:
    """Rows get the day, the hour and the shift of their right moment; what the clock said then is kept.

    The caller is writing.
    """
    for row_id, at in right.rows:
        _PUT_RIGHT.change(id=row_id, at=at, day=rooms.day_of(room, at), hour=room.local(at).hour)
    moved: Sequence[Row] = ()
    if right.rows:
        since = right.rows[0][0]
        _FOLLOW.change(since=since)
        moved = door_rows.since(since)
    actions = [(row.id, row.day, row.at, not row.voided) for row in moved]
    shifts.put_right(room, actions, clock.reliable_now()[0], right)


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


def _opened(day: date) -> tuple[int, datetime] | None:
    """What opened the room on a day outside all plans, as it stands: who came in first, or who began it."""
    from db.shift_models import ClosingStep  # a count does without

    first = door_rows.first_standing(day)
    opened = [(first.id, first.at)] if first else []
    begun = (ClosingStep.day == day) & (ClosingStep.step == Mark.BEGUN)
    opened += [(-clock.this_boot(), at) for (at,) in rows(ClosingStep.select(ClosingStep.at).where(begun))]
    return min(opened, key=lambda one: one[1], default=None)


def _say_about(
    action: Row, kind: Kind, n: int, *, reason: str | None = None, correction: int | None = None
) -> Row:
    """Add a row about an action to the ledger: it is filed under the day of that action."""
    stamp = clock.stamp()
    hour = rooms.current().local(stamp.at).hour
    undo = kind is Kind.UNDO
    about = {"voids": action.id} if undo else {"about": action.id, "reason": reason}
    row_id = _add(stamp, action.day, hour, kind, n, **about, correction=correction)
    return Row(row_id, stamp.at, action.day, hour, kind, n, undone=action.kind if undo else None)


def _say_first_this_week(arrival: Row, n: int) -> None:
    """So many of an arrival are here for the first time in its sample week.

    Raises:
        NotPossible: it is none, or they are fewer.
    """
    if not sample_weeks.is_in_one(arrival.day):
        raise NotPossible(N_("That is no sample week: it is not asked who comes for the first time."))
    _assert_among(n, arrival)
    _say_about(arrival, Kind.FIRST_THIS_WEEK, n)


def _arrival(row_id: int) -> Row:
    """The arrival of visitors that something is said of.

    Raises:
        NotPossible: it is none, or it was undone.
    """
    found = door_rows.action(row_id)
    if found is None or found.kind is not Kind.ARRIVAL or found.voided:
        raise NotPossible(N_("Count the visitor first: this is said of the last one who came in."))
    return found


def _assert_among(n: int, arrival: Row) -> None:
    if not 0 <= n <= arrival.n:
        raise NotPossible(
            N_("Of this arrival between 0 and {most} can be new, not {n}."), most=arrival.n, n=n
        )


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


_ABOUT = ("voids", "about", "reason", "correction")
"""What a row may say about another one, or of which correction it is; an action at the desk says none."""
_ADD = Prepared(
    models.Door.insert(
        {
            name: given(name)
            for name in ("at", "day", "hour", "kind", "n", "boot", "boot_ms", "clock_at", *_ABOUT)
        }
    )
)

_REASONS = Prepared(
    models.Reason.select(models.Reason.code).where(models.Reason.active).order_by(models.Reason.position)
)

# The last of each kind holds.
_SAID = Prepared(
    models.Door.select(models.Door.kind, models.Door.n, models.Door.reason)
    .where(models.Door.about == given("about"))
    .order_by(models.Door.id)
)
_SAID_LAST = Prepared(
    models.Door.select(models.Door.n, models.Door.reason)
    .where((models.Door.about == given("about")) & (models.Door.kind == given("kind")))
    .order_by(models.Door.id.desc())
    .limit(1)
)

_TARGET = models.Door.alias()
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
        day=_TARGET.select(_TARGET.day).where(_TARGET.id == fn.COALESCE(models.Door.voids, models.Door.about))
    ).where(
        (models.Door.id >= given("since"))
        & (models.Door.voids.is_null(False) | models.Door.about.is_null(False))
    )
)
