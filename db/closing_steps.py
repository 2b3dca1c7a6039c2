"""What there is to go through when a shift is closed: of each step what it asks, all read at one moment."""

from dataclasses import dataclass

from db import closing, days, logbook, people, programme, roster
from db.closing import Closing
from db.connection import reading
from db.days import Today
from db.duties import OnDuty
from db.logbook import Entry, Filter, Reader
from db.programme import Slot
from db.states import ShiftState, Step


@dataclass(frozen=True)
class Asked:
    """A closing, and what its steps ask."""

    closing: Closing
    today: Today
    sessions: tuple[Slot, ...]
    """Sessions of today that began, and of which nobody said how many took part."""
    notes: tuple[Entry, ...]
    """What stands in the log of this shift, newest first."""
    open_points: tuple[Entry, ...]
    """Of whatever shift, newest first."""
    duties: tuple[OnDuty, ...]
    """Who was on duty, with the hours that saying yes to them would confirm."""
    anybody: bool
    """Whether this room keeps who its hosts and volunteers are."""
    checklist: tuple[str, ...]

    @property
    def goes_on_at(self) -> Step | None:
        """The first step that nobody came to; None where the shift can be closed, or is."""
        if self.closing.shift.state is ShiftState.CLOSED or not self.closing.left:
            return None
        return self.closing.left[0]

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


def ask(who: Reader) -> Asked:
    """How far the closing is, and what is asked; the steps at which there is nothing to do are done.

    Args:
        who: who goes through it.

    Raises:
        NotPossible: no shift was opened today.
    """
    asked = _asked(who)
    while (step := asked.goes_on_at) is not None and asked.nothing(step):
        closing.step(step, by=who.name)
        asked = _asked(who)
    return asked


def _asked(who: Reader) -> Asked:
    with reading():
        so_far, plan = closing.current(), programme.today()
        return Asked(
            so_far,
            days.today(),
            tuple(slot for slot in plan.slots if slot.waits_for_number(plan.now)),
            logbook.entries(who, Filter(shift=so_far.shift.key)),
            logbook.open_points(who),
            tuple(roster.as_it_stands(duty, plan.now) for duty in so_far.shift.duties),
            bool(people.everybody()),
            closing.checklist(),
        )
