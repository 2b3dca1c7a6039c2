"""What there is to go through when a shift is closed: of each step what it asks, all read at one moment."""

from dataclasses import dataclass, replace

from db import checklist, closing, days, hours_given, logbook, people, programme, quiet_hours
from db.checklist import Check
from db.closing import Closing
from db.connection import reading, writing
from db.days import Today
from db.duties import OnDuty
from db.logbook import Entry, Filter, Reader
from db.programme import Slot
from db.quiet_hours import Quiet
from db.shifts import ShiftKey
from db.states import ShiftState, Step


@dataclass(frozen=True)
class Asked:
    """A closing, and what its steps ask."""

    closing: Closing
    today: Today
    quiet: tuple[Quiet, ...]
    """Hours of this shift in which nobody was counted, though usually somebody is."""
    sessions: tuple[Slot, ...]
    """Sessions of today that began, and of which nobody said how many took part."""
    notes: tuple[Entry, ...]
    """What stands in the log of this shift, newest first."""
    open_points: tuple[Entry, ...]
    """Of whatever shift, newest first."""
    duties: tuple[OnDuty, ...]
    """Who was on duty, with the hours that saying yes to them would confirm."""
    to_begin: frozenset[int]
    """Which of these duties are still to begin: they stay as they are."""
    go_on: tuple[OnDuty, ...]
    """Those of these duties that go on in another shift, where their hours are confirmed."""
    anybody: bool
    """Whether this room keeps who its hosts and volunteers are."""
    checklist: tuple[Check, ...]

    @property
    def goes_on_at(self) -> Step | None:
        """The first step that nobody came to; None where the shift can be closed, or is."""
        if self.closing.shift.state is ShiftState.CLOSED or not self.closing.to_go_through:
            return None
        return self.closing.to_go_through[0]

    def nothing(self, step: Step) -> bool:
        """Whether there is nothing to go through in this step."""
        match step:
            case Step.SESSIONS:
                return not self.sessions
            case Step.OPEN_POINTS:
                return not self.open_points
            case Step.HOURS:
                return not self.anybody and not self.duties
            case Step.CHECKLIST:
                return not self.checklist
            case _:
                return False


def ask(who: Reader, key: ShiftKey | None = None) -> Asked:
    """How far the closing is, and what is asked; the steps at which there is nothing to do are done.

    Args:
        who: who goes through it.
        key: of the shift that they are closing (see `closing.current`).

    Raises:
        NotPossible: no shift was opened today.
    """
    asked = _asked(who, key)
    while (step := asked.goes_on_at) is not None and asked.nothing(step):
        key = asked.closing.shift.key
        closing.step(step, key, by=who.name)
        asked = _asked(who, key)
    return asked


def close(who: Reader, key: ShiftKey | None = None) -> Closing:
    """Close the shift that is open; steps that nobody came to are skipped, unless there is nothing to do.

    Args:
        who: who closes it.
        key: of the shift that they are closing (see `closing.current`).

    Raises:
        NotPossible: no shift is open.
    """
    with writing():
        asked = _asked(who, key)
        key = asked.closing.shift.key
        if asked.closing.shift.state is not ShiftState.CLOSED:
            for step in asked.closing.to_go_through:
                if asked.nothing(step):
                    closing.step(step, key, by=who.name)
        return closing.close(key, by=who.name)


def _asked(who: Reader, key: ShiftKey | None) -> Asked:
    with reading():
        so_far, plan, today = closing.current(key), programme.today(), days.today()
        shift = so_far.shift
        if shift.state is not ShiftState.CLOSED:  # until then it is theirs at the desk
            who = replace(who, shift=who.shift and shift.key)
        quiet: tuple[Quiet, ...] = ()
        if shift.key.day == today.day:
            quiet = quiet_hours.of(today, shift.starts_at, shift.ends_at)
        else:  # it went on past midnight, and it is another day by now
            today = replace(today, day=shift.key.day, visits=days.visits(shift.key.day), average=None)
        return Asked(
            so_far,
            today,
            quiet,
            tuple(slot for slot in plan.slots if slot.waits_for_number(plan.now)),
            logbook.entries(who, Filter(shift=shift.key)),
            logbook.open_points(who),
            (*hours_given.as_they_stand(shift, plan.now), *shift.also_there),
            frozenset(
                duty.id
                for duty in shift.duties
                if duty.begins != plan.now and hours_given.is_still_to_begin(duty, plan.now)
            ),
            tuple(duty for duty in shift.also_there if not (duty.absent or duty.confirmed)),
            bool(people.everybody()),
            checklist.of_shift(shift.key),
        )
