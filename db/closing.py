"""Starting and closing a shift: what is gone through, what was skipped, and what the next start says of it.

The steps of a closing are kept one by one, so that a closing that was cut off goes on where it was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db import checklist, clock, duties, hours_given, models, shifts
from db import room as rooms
from db.clock import Doubt
from db.connection import reading, rows, writing
from db.duties import Shift
from db.errors import N_, NotPossible
from db.history import name as sound_by
from db.shift_models import ClosingStep
from db.shifts import ShiftKey
from db.states import Mark, ShiftState, Step

ASKED_FOR = timedelta(days=14)
"""After so long nobody knows any more when a forgotten shift really closed."""

STILL_CLOSING = timedelta(hours=4)
"""So long after its planned end somebody can still be there who closes a shift, on another day by then."""

_NONE_OPEN = N_("No shift is open. The first visitor opens it.")


@dataclass(frozen=True)
class Closing:
    """How far the closing of a shift is."""

    shift: Shift
    done: tuple[Step, ...]
    skipped: tuple[Step, ...]
    to_go_through: tuple[Step, ...]
    """Nobody came to these yet; the first is where it goes on."""
    not_done: tuple[str, ...] = ()
    """Lines of the checklist that were not done while others were."""


@dataclass(frozen=True)
class Skipped:
    """What was skipped when a shift was closed, or never reached, and nobody did since either."""

    shift: Shift
    steps: tuple[Step, ...]
    not_done: tuple[str, ...]
    """Lines of the checklist that were not done while others were."""


@dataclass(frozen=True)
class Before:
    """What the one who starts must hear of the shift before, and of those of which nobody heard yet."""

    shift: Shift
    skipped: tuple[Skipped, ...]
    """Of the last shift that its hosts began and those since; newest first.

    Where none of the last fortnight was begun, of the shift before alone: hosts who only count, and a room
    that an older version kept, would hear of all of those days at once.
    """
    forgotten: tuple[Shift, ...]
    """Shifts that nobody closed, and of which nobody was asked yet when they really closed; oldest first."""


def start() -> Shift:
    """Open the shift that belongs to this moment; one that is open stays as it is, one that closed goes on.

    Raises:
        NotPossible: it was closed by a host already, and its time is over.
    """
    with writing():
        room, at = rooms.current(), clock.moment_kept()
        shifts.close_forgotten(at)
        day = rooms.day_of(room, at)
        stretches = shifts.Stretches(room, day)
        ends = stretches.nearest(at)[1]
        known = duties.now()
        if known is not None and known.closed_at is not None and ends <= at:
            raise NotPossible(N_("That shift is over. The next one opens with its first visitor."))
        shifts.begin(room, day, at)
        key = ShiftKey(day, ends)
        _reopen(key)
        _keep(key, Mark.BEGUN, by="", skipped=False)
        return duties.of_shift(key)


def can_go_on(shift: Shift) -> bool:
    """Whether a shift that was closed before its time goes on when somebody begins it.

    By a clock that is behind, and by one that may be since the machine was off, it is likely another shift
    that begins: this one stays as it was closed.
    """
    at, doubt = clock.reliable_now()
    if shift.state is not ShiftState.CLOSED or shift.closed_at is None or shift.key.ends <= at:
        return False
    return doubt not in (Doubt.BEFORE_RELEASE, Doubt.BEHIND) and clock.saw(shift.closed_at)


def current(key: ShiftKey | None = None) -> Closing:
    """How far the closing is: of one that is half done already, else of the shift that is or was open last.

    Args:
        key: of the shift that somebody is closing; it stays that one, though the next has begun by now.

    Raises:
        NotPossible: no shift was opened today.
    """
    with reading():
        return _closing(_to_close(key))


def step(which: Step, key: ShiftKey | None = None, *, by: str = "", skipped: bool = False) -> Closing:
    """A step of closing is done, or skipped; on the disk at once. What is done stays so, whoever skips it.

    Args:
        which: the step.
        key: of the shift that is being closed; without it the one that `current` gives.
        by: who did so.
        skipped: whether they went on without it.

    Raises:
        NotPossible: no shift is open.
    """
    with writing():
        shift = _this(key)
        if not (skipped and _steps(shift.key).get(which) is False):
            _keep(shift.key, which, by, skipped)
        return _closing(shift)


def confirm_hours(key: ShiftKey | None = None, *, by: str = "", at_closing: bool = False) -> Closing:
    """Everybody was here as it stands; with that the step of the hours is done.

    Args:
        key: of a shift that is over; without it of the one that is being closed.
        by: who says so.
        at_closing: this shift is being closed, over or not.

    Raises:
        NotPossible: no shift is open, this one is not over, or some hours cannot be so: those of the others
            are kept.
    """
    with writing():
        shift = _this(key) if key is None or at_closing else duties.of_shift(key)
        if key is not None and not (at_closing or shift.over):
            raise NotPossible(N_("That shift is not over yet: its hours are confirmed when it is closed."))
        refused = hours_given.confirm_shift(shift.key)
        if not refused:
            _keep(shift.key, Step.HOURS, by, skipped=False)
            return _closing(duties.of_shift(shift.key))
    raise NotPossible(
        N_("Kept, but for {names}: those hours cannot be so. Say from when until when it was."),
        names=", ".join(dict.fromkeys(duty.name for duty in refused)),
    )


def check(line: str, key: ShiftKey | None = None, *, done: bool = True, by: str = "") -> Closing:
    """A line of the checklist is done, or after all it is not; with the last one that step is done.

    Args:
        line: as it stands on the checklist.
        key: of the shift that is being closed; without it the one that `current` gives.
        done: whether it is.
        by: who says so.

    Raises:
        NotPossible: no shift is open.
    """
    with writing():
        shift = _this(key)
        if line in checklist.lines():
            checklist.mark(shift.key, line, done=done, by=by)
        if all(one.done for one in checklist.of_shift(shift.key)):
            _keep(shift.key, Step.CHECKLIST, by, skipped=False)
        elif _steps(shift.key).get(Step.CHECKLIST) is False:
            _keep(shift.key, Step.CHECKLIST, by, skipped=True)
        return _closing(shift)


def close(key: ShiftKey | None = None, *, by: str = "") -> Closing:
    """Close the shift that is open; steps that nobody did are skipped, and the next start says so.

    One that closed by itself while its hosts were still going through the steps is closed by them after all.

    Args:
        key: of the shift that is being closed; without it the one that `current` gives.
        by: who closes it.

    Raises:
        NotPossible: no shift is open.
    """
    with writing():
        shift, at = _this(key), clock.moment_kept()
        if shift.state is ShiftState.CLOSED:
            raise NotPossible(N_("The shift is closed already."))
        for waiting in _closing(shift).to_go_through:
            _keep(shift.key, waiting, by, skipped=True)
        hours_given.leave(shift, at)
        row = models.Shift
        row.update(closed_at=at, closed_automatically=False).where(_of(shift.key)).execute()
        return _closing(duties.of_shift(shift.key))


def before() -> Before | None:
    """What is to be said of the shifts before the one that is on now; None when there is nothing."""
    with reading():
        room, at = rooms.current(), clock.reliable_now()[0]
        key = shifts.at(room, at)
        since = key.day - ASKED_FOR
        earlier = [one for one in duties.between(since, key.day) if one.opened_at and one.key.ends < key.ends]
        if not earlier:
            return None
        earlier.sort(key=lambda one: one.key.ends, reverse=True)
        kept = _kept(ClosingStep.day >= since)
        forgotten = tuple(
            one
            for one in reversed(earlier)
            if one.state is ShiftState.CLOSED_AUTOMATICALLY and Mark.ASKED not in kept.get(one.key, {})
        )
        begun = (place for place, one in enumerate(earlier) if Mark.BEGUN in kept.get(one.key, {}))
        skipped = []
        for one in earlier[: next(begun, 0) + 1]:  # what was skipped before that was said then
            of_this = kept.get(one.key, {})
            broken_off = one.state is ShiftState.CLOSED_AUTOMATICALLY and any(
                step in of_this for step in Step
            )
            steps = tuple(
                step for step in Step if of_this.get(step, broken_off) is True and not _settled(one, step)
            )
            if steps:
                skipped.append(Skipped(one, steps, checklist.not_done(one.key)))
        return Before(earlier[0], tuple(skipped), forgotten) if skipped or forgotten else None


def _settled(shift: Shift, step: Step) -> bool:
    """Whether a step that was skipped was done afterwards: everybody's hours are confirmed one by one."""
    return step is Step.HOURS and bool(shift.team) and not shift.unconfirmed


def really_closed(key: ShiftKey, at: datetime | None = None, *, by: str = "") -> Shift:
    """The answer to when a forgotten shift really closed; it is asked once, and can be said again.

    Args:
        key: the shift.
        at: when; None for who does not know, then it stays at its planned end.
        by: who said so.

    Raises:
        NotPossible: it was not forgotten, or it cannot have closed then.
    """
    with writing():
        shift = duties.of_shift(key)
        if shift.state is not ShiftState.CLOSED_AUTOMATICALLY:
            raise NotPossible(N_("That shift was not forgotten."))
        if at is not None:
            now = clock.reliable_now()[0]
            if shift.opened_at and at <= shift.opened_at:
                raise NotPossible(N_("It ends before it starts."))
            if at > now or at > max(key.ends, shift.opened_at or key.ends) + STILL_CLOSING:
                raise NotPossible(N_("The shift cannot have closed then."))
            models.Shift.update(closed_at=at, closed_automatically=True).where(_of(key)).execute()
        _keep(key, Mark.ASKED, by, skipped=False)
        return duties.of_shift(key)


def _this(key: ShiftKey | None) -> Shift:
    """The shift of this key, that is being closed; without it the one that is to be.

    Raises:
        NotPossible: there is none, or a clock that was put right took its opening to another day.
    """
    shift = _to_close() if key is None else duties.of_shift(key)
    if shift.opened_at is None:
        raise NotPossible(_NONE_OPEN)
    return shift


def _to_close(key: ShiftKey | None = None) -> Shift:
    """The shift of this key while somebody may be closing it; else one whose closing is half done.

    With neither, the shift that is open now; else the last one that was opened today, or ended not long ago.
    Near the end of the shift that is on, who closes means that one.

    Raises:
        NotPossible: there is none.
    """
    room, at = rooms.current(), clock.reliable_now()[0]
    today = rooms.day_of(room, at)
    known = duties.between(today - timedelta(days=1), today)
    opened = [
        shift
        for shift in known
        if shift.opened_at is not None and (shift.key.day == today or at < shift.key.ends + STILL_CLOSING)
    ]
    running = [shift for shift in opened if shift.closed_at is None]
    if not opened:
        raise NotPossible(_NONE_OPEN)
    last = (running or opened)[-1]
    if last.as_good_as_over(at):
        return last
    earlier = [shift for shift in opened if shift.key.ends < last.key.ends]
    earlier = [shift for shift in earlier if at < shift.key.ends + STILL_CLOSING]
    begun = [shift for shift in earlier if shift.key == key]
    if begun or last.key == key:
        return (begun or [last])[0]
    return next((shift for shift in earlier if _half_done(shift)), last)


def _half_done(shift: Shift) -> bool:
    """Whether its hosts began to close it, and nobody said yet that it is closed, or when it was."""
    kept = _steps(shift.key)
    by_itself = shift.state is ShiftState.CLOSED_AUTOMATICALLY
    return by_itself and Mark.ASKED not in kept and any(one in kept for one in Step)


def _closing(shift: Shift) -> Closing:
    kept = _steps(shift.key)
    return Closing(
        shift,
        tuple(one for one in Step if kept.get(one) is False),
        tuple(one for one in Step if kept.get(one) is True),
        tuple(one for one in Step if one not in kept),
        checklist.not_done(shift.key),
    )


def _steps(key: ShiftKey) -> dict[str, bool]:
    """The steps that were gone through, and whether each was skipped."""
    return _kept(_of_closing(key)).get(key, {})


def _kept(where: Any) -> dict[ShiftKey, dict[str, bool]]:
    """What was kept of the closing of each shift, and whether it was skipped."""
    step, found = ClosingStep, dict[ShiftKey, dict[str, bool]]()
    for day, ends, which, skipped in rows(
        step.select(step.day, step.shift_ends, step.step, step.skipped).where(where)
    ):
        found.setdefault(ShiftKey(day, ends), {})[which] = bool(skipped)
    return found


def _keep(key: ShiftKey, which: str, by: str, skipped: bool) -> None:
    if which == Step.CHECKLIST:
        checklist.settle(key, done=not skipped, by=by)
    ClosingStep.replace(
        day=key.day,
        shift_ends=key.ends,
        step=which,
        at=clock.moment_kept(),
        by=sound_by(by),
        skipped=skipped,
    ).execute()


def _reopen(key: ShiftKey) -> None:
    """A shift that was closed before its end goes on: it is to be closed again, all of it.

    The alarm that was on is off by now, and who was here until then is here for longer.
    """
    closed = duties.of_shift(key)
    if closed.closed_at is None or not can_go_on(closed):
        return
    models.Shift.update(closed_at=None, closed_automatically=False).where(_of(key)).execute()
    hours_given.go_on(closed, closed.closed_at)
    ClosingStep.delete().where(_of_closing(key)).execute()
    checklist.clear(key)


def _of_closing(key: ShiftKey) -> Any:
    return (ClosingStep.day == key.day) & (ClosingStep.shift_ends == key.ends)


def _of(key: ShiftKey) -> Any:
    return (models.Shift.day == key.day) & (models.Shift.planned_closes_at == key.ends)
