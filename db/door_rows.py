"""The rows of the door ledger: what each says, and finding them with what was said about them later."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from db import models
from db.moments import from_text
from db.prepared import Prepared, given

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
    FIRST_THIS_WEEK = "first_this_week"
    """Said in a sample week, and only then."""
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


def action(row_id: int) -> Row | None:
    """The action of this row, voided or not; None when there is none."""
    return _first(_ONE, id=row_id)


def newest_standing(before: int = 2**63 - 1) -> Row | None:
    """The newest action (before this row) that is not voided."""
    return _first(_STANDING, before=before)


def first_standing(day: date) -> Row | None:
    """The first action of this day that is not voided."""
    return _first(_FIRST_OF_DAY, day=day)


def last_arrival(day: date) -> Row | None:
    """The newest arrival of visitors on this day that is not voided."""
    return _first(_LAST_ARRIVAL, day=day)


def recent() -> list[Row]:
    """The newest actions of any day, the undoing of one included, newest first."""
    return _rows(_NEWEST)


def of_day(day: date) -> list[Row]:
    """All actions of this day, those that were taken back among them, by their moments."""
    return _rows(_OF_DAY, day=day)


def since(row_id: int) -> list[Row]:
    """The actions from this row on, oldest first."""
    return _rows(_SINCE, since=row_id)


def _first(question: Prepared, **values: Any) -> Row | None:
    return next(iter(_rows(question, **values)), None)


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


_KINDS: dict[str | None, Kind] = {kind.value: kind for kind in Kind}

_VOIDING, _VOIDED, _TAG = models.Door.alias(), models.Door.alias(), models.Door.alias()


def _questions(where: Any, *order: Any, most: int | None = None) -> Prepared:
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
        .order_by(*order)
        .limit(most)
    )


_IS_ACTION = models.Door.kind.in_(ACTIONS)
_STANDS = _VOIDING.id.is_null()
_AT_THE_DESK = models.Door.correction.is_null()
"""What a correction adds is not what somebody just did: the desk does not show it, and takes none back."""
_OLDEST, _NEWEST_FIRST = models.Door.id, models.Door.id.desc()
_BY_MOMENT = (models.Door.at, models.Door.id)
_ONE = _questions((models.Door.id == given("id")) & _IS_ACTION)
_LAST_ARRIVAL = _questions(
    (models.Door.day == given("day")) & (models.Door.kind == Kind.ARRIVAL) & _STANDS & _AT_THE_DESK,
    _NEWEST_FIRST,
    most=1,
)
_OF_DAY = _questions((models.Door.day == given("day")) & _IS_ACTION, *_BY_MOMENT)
_FIRST_OF_DAY = _questions((models.Door.day == given("day")) & _IS_ACTION & _STANDS, *_BY_MOMENT, most=1)
_SINCE = _questions((models.Door.id >= given("since")) & _IS_ACTION, _OLDEST)
_NEWEST = _questions(
    models.Door.kind.in_((*ACTIONS, Kind.UNDO)) & _AT_THE_DESK, _NEWEST_FIRST, most=RECENT_ROWS
)
_STANDING = _questions(
    (models.Door.id < given("before")) & _IS_ACTION & _STANDS & _AT_THE_DESK, _NEWEST_FIRST, most=1
)
