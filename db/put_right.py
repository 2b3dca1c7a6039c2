"""What a clock that was wrong did is put right, once somebody says that the clock is right.

The counts and the shifts of this start of the machine get their right moments (`db.door`, `db.shifts`). What
was written beside the door goes along with its shift, by the moments that were kept (`clock.moment_kept`):

- the room itself, where it was set up then: since when days can be missing;
- a shift that a host began, though nobody was counted, with its mark that it was begun;
- the steps of its closing, and its checklist;
- notes, as far as they are of just then: they stand on the right shift, and as with every other moment that
  was said anew the former one stays one key away (`log.MOVED`);
- what happened on the board, and advice: wishes and questions are of the right moment, sessions stay on their
  day;
- who was here: who came unplanned with their hours; who was on the roster, where they are on that of the
  right shift too, and there they are here.

What was said of a day, and not of just then, stays on that day, and the desk says so: a note that happened
at another time, somebody who is not on the roster of the right shift or did not come, hours that were
confirmed of a shift that was really held.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from db import clock, door, duties, duty_rules, log, models, roster, shifts
from db import room as rooms
from db.board_models import Activity, AdviceRequest, BoardEvent, MeToo, Session, SignUp, Wish
from db.connection import rows, writing
from db.duties import OnDuty
from db.moments import to_text
from db.room import Room
from db.shift_models import ChecklistMark, ClosingStep, Duty, LogChange, LogEntry, LogRead
from db.shifts import ShiftKey
from db.states import Mark, NoteKind

Beside = Mapping[datetime, datetime]
"""The moments at which something was written under the wrong clock, and the right ones."""


class Stayed(NamedTuple):
    """Something that was written under a clock that was wrong, and stays on the day that it was said of."""

    day: date
    duty: OnDuty | None = None
    """Who was said to be here then, or not; None for a note."""


@dataclass(frozen=True)
class PutRight:
    """What came of it that somebody said that the clock is right."""

    counts: int
    """So many door rows got their right moment."""
    beside: int
    """So much that was written beside the door went along with its shift."""
    stayed: tuple[Stayed, ...]


def clock_is_right() -> PutRight:
    """Somebody at the desk says that the clock is right; what was put right by it.

    Raises:
        NotPossible: it cannot be right.
    """
    with writing():
        room, right = rooms.current(), clock.is_right()
        door.put_right(room, right)
        went: list[Stayed | None] = []
        if beside := right.beside:
            _set_up(beside)
            went = [*_closings(room, beside), *_entries(room, beside), *_who_was_here(room, beside)]
            went += _on_the_board(beside)
            shifts.close_forgotten(clock.reliable_now()[0])
        stayed = tuple(dict.fromkeys(one for one in went if one is not None))
        return PutRight(len(right.rows), went.count(None), stayed)


def _set_up(beside: Beside) -> None:
    """The room was set up under the wrong clock: it is no older than that."""
    found: datetime = models.Room.select(models.Room.created_at).scalar()
    if found in beside:
        models.Room.update(created_at=beside[found]).execute()


def _closings(room: Room, beside: Beside) -> Iterator[Stayed | None]:
    """The marks of the beginning and the closing of a shift, and of its checklist."""
    step, mark = ClosingStep, ChecklistMark
    found = _written(step.select(step.at, step.day, step.shift_ends, step.step), step.at, beside)
    for at, day, ends, which in found:
        of_this = (step.day == day) & (step.shift_ends == ends) & (step.step == which)
        key = _key(room, ShiftKey(day, ends), at, beside[at])
        if which == Mark.BEGUN:
            shifts.begin(room, key.day, beside[at])
            yield None
        if key != ShiftKey(day, ends):  # what was said there under a right clock is newer
            there = (step.day == key.day) & (step.shift_ends == key.ends) & (step.step == which)
            if step.select().where(there).exists():
                step.delete().where(of_this).execute()
                continue
        step.update(day=key.day, shift_ends=key.ends, at=beside[at]).where(of_this).execute()
    for at, number, day, ends in _written(
        mark.select(mark.at, mark.id, mark.day, mark.shift_ends), mark.at, beside
    ):
        key = _key(room, ShiftKey(day, ends), at, beside[at])
        mark.update(day=key.day, shift_ends=key.ends, at=beside[at]).where(mark.id == number).execute()


def _entries(room: Room, beside: Beside) -> Iterator[Stayed | None]:
    """What was written in the log, what was said about it, and who read it."""
    entry, change, receipt = LogEntry, LogChange, LogRead
    found = _written(
        entry.select(entry.written_at, entry.happened_at, entry.id, entry.day, entry.kind, entry.expires_on),
        entry.written_at,
        beside,
    )
    said = _written(change.select(change.at, change.id, change.entry, change.what), change.at, beside)
    for at, happened_at, number, day, kind, expires_on in found:
        if happened_at != at:
            yield Stayed(day)
            continue
        right = beside[at]
        key = shifts.at(room, right)
        values: dict[str, Any] = {
            "written_at": right,
            "happened_at": right,
            "day": key.day,
            "shift_ends": key.ends,
        }
        if kind == NoteKind.NOTICE and expires_on == day + timedelta(days=log.NOTICE_DAYS):
            values["expires_on"] = key.day + timedelta(days=log.NOTICE_DAYS)
        entry.update(**values).where(entry.id == number).execute()
        change.insert(
            entry=number, what=log.MOVED, text=to_text(at), by="", at=clock.reliable_now()[0]
        ).execute()
        yield None
    for at, number, of_entry, what in said:
        change.update(at=beside[at]).where(change.id == number).execute()
        if what == log.SHOWN_UNTIL:
            taken_away = entry.expires_on == _day_before(room, at)
            entry.update(expires_on=_day_before(room, beside[at])).where(
                (entry.id == of_entry) & taken_away
            ).execute()
    for at, number, reader in _written(
        receipt.select(receipt.at, receipt.entry, receipt.reader), receipt.at, beside
    ):
        of_this = (receipt.entry == number) & (receipt.reader == reader)
        receipt.update(at=beside[at]).where(of_this).execute()


def _day_before(room: Room, at: datetime) -> date:
    """The day with which a notice ended that was taken away at this moment."""
    return rooms.day_of(room, at) - timedelta(days=1)


def _on_the_board(beside: Beside) -> Iterator[None]:
    """What happened on the board, and the advice that was asked and given."""
    for moment in _OF_THE_BOARD:
        table: Any = moment.model
        for at, number in _written(table.select(moment, table.id), moment, beside):
            table.update({moment: beside[at]}).where(table.id == number).execute()
            if table is BoardEvent:
                yield None


_OF_THE_BOARD: tuple[Any, ...] = (
    Wish.since, Wish.voiced_at, MeToo.at, Activity.since, Activity.created_at, Session.changed_at, SignUp.at,
    SignUp.withdrawn_at, AdviceRequest.asked_at, AdviceRequest.answered_at, AdviceRequest.read_at,
    BoardEvent.at,
)  # fmt: skip


def _who_was_here(room: Room, beside: Beside) -> Iterator[Stayed | None]:
    """The marks on the roster that were made of just then."""
    for duty in duties.of(_between(Duty.changed_at, beside)):
        at = duty.changed_at
        if at not in beside or duty.day != shifts.at(room, at).day or not (duty.absent or duty.from_at):
            continue  # planned, or said of another day
        goes = not duty.absent and (
            _came_goes(room, duty, beside) if duty.planned_from is None else _planned_goes(room, duty, beside)
        )
        yield None if goes else Stayed(duty.day, duty)


def _came_goes(room: Room, duty: OnDuty, beside: Beside) -> bool:
    """Whether somebody who was not on the roster goes along: with their hours, to their duty of that day."""
    if duty.from_at is None or duty.from_at not in beside:
        return False
    begins, late = beside[duty.from_at], beside[duty.changed_at] - duty.changed_at
    ends = duty.until_at + late if duty.until_at else None
    soonest = ends or begins + timedelta(minutes=1)
    there = duty_rules.on_duty_then(duty.person, begins, soonest, but=(duty.id,))
    known = _theirs(room, duty, beside)
    if not there:
        roster.change(duty.id, day=rooms.day_of(room, begins), from_at=begins, until_at=ends)
    elif known is not None and there == [known]:
        roster.change(known.id, from_at=begins, until_at=ends, confirmed=duty.confirmed)
        Duty.delete().where(Duty.id == duty.id).execute()
    else:
        return False
    return True


def _planned_goes(room: Room, duty: OnDuty, beside: Beside) -> bool:
    """Whether what was said of somebody on the roster goes to their duty on the right shift."""
    at, right = duty.changed_at, beside[duty.changed_at]
    if shifts.at(room, at) == shifts.at(room, right):
        begins, ends = (one and beside.get(one, one) for one in (duty.from_at, duty.until_at))
        roster.change(duty.id, from_at=begins, until_at=ends)
        return True
    held = any(one.opened_at for one in duties.between(duty.day, duty.day) if duty in one.team)
    known = _theirs(room, duty, beside)
    if known is None or (held and duty.until_at is not None):
        return False

    def there(was: datetime | None, planned: datetime | None, theirs: datetime | None) -> datetime | None:
        return theirs if was == planned else was and was + (right - at)

    begins = there(duty.from_at, duty.planned_from, known.planned_from)
    ends = there(duty.until_at, duty.planned_until, known.planned_until)
    roster.change(known.id, from_at=begins, until_at=ends, confirmed=duty.confirmed)
    roster.change(duty.id, from_at=None, until_at=None, confirmed=False)
    return True


def _theirs(room: Room, duty: OnDuty, beside: Beside) -> OnDuty | None:
    """The duty of the same person on the right shift, of which nobody said anything yet."""
    key = shifts.at(room, beside[duty.changed_at])
    return next(
        (
            one
            for shift in duties.between(key.day, key.day)
            for one in shift.team
            if shift.key == key
            and one.person == duty.person
            and one.id != duty.id
            and not (one.absent or one.confirmed or one.from_at)
        ),
        None,
    )


def _key(room: Room, key: ShiftKey, at: datetime, right: datetime) -> ShiftKey:
    """The shift that was really on, where this one was thought to be; what was said of another stays."""
    return shifts.at(room, right) if shifts.at(room, at) == key else key


def _written(query: Any, at: Any, beside: Beside) -> list[Any]:
    """The rows that were written at these moments, in an order in which none gets in the way of the next."""
    found = [row for row in rows(query.where(_between(at, beside))) if row[0] in beside]
    return sorted(
        found, key=lambda row: row[0], reverse=any(right > wrong for wrong, right in beside.items())
    )


def _between(at: Any, beside: Beside) -> Any:
    return at.between(min(beside), max(beside))
