"""Key presses on their way to the disk: in order, none lost, none shown before it is durable."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from db import days, door, door_rows
from db.days import Today
from db.door_rows import Kind, Row
from db.errors import N_, HostdeskError, NothingToUndo, NotPossible
from db.thread import DatabaseThread
from hostdesk.logfile import log

if TYPE_CHECKING:
    from db.put_right import PutRight

SLOW_SECONDS = 0.3
"""When a row takes longer than this to be durable, the screen says so."""

RETRY_SECONDS = 2.0
"""How long to wait before a press that could not be saved is tried again."""


def _now() -> float:
    """The event loop's own clock, in seconds."""
    return asyncio.get_running_loop().time()


@dataclass(frozen=True)
class FirstVisits:
    """So many of the last arrival are here for the first time, as it says now."""

    n: int


@dataclass(frozen=True)
class FirstThisWeek:
    """So many of the last arrival are here for the first time this week, as it says now."""

    n: int


@dataclass(frozen=True)
class CameFor:
    """What the last arrival came for, as it says now; None where nothing is said any more."""

    reason: str | None


@dataclass(frozen=True)
class ClockBelieved:
    """Somebody said that the clock is right."""

    done: "PutRight"


Outcome = Row | FirstVisits | FirstThisWeek | CameFor | ClockBelieved
"""What a press came to: a row in the ledger, or what was said about rows."""


@dataclass(eq=False)
class Press:
    """One thing that a key asked of the door."""

    name: str
    """What it is, for the log."""
    work: Callable[[], Outcome]
    """Writes it, in the database thread."""
    arrival: bool = False
    """Whether visitors came in by it."""
    pressed: float = field(default_factory=_now)
    outcome: Outcome | None = None
    """What it came to, once that is durable."""
    visits: int | None = None
    """The visits of its day, once it is durable; None when they could not be read."""

    @property
    def row(self) -> Row | None:
        """Its row, once it is durable; None while it isn't, and for what adds no row."""
        return self.outcome if isinstance(self.outcome, Row) else None


@dataclass(frozen=True)
class Waiting:
    """What is not on the disk yet."""

    n: int
    """Presses that wait."""
    slow: bool
    """Whether the oldest has waited longer than a person expects."""
    trouble: HostdeskError | None
    """Why the last try failed; it is tried again."""


class Presses:
    """The queue between the keys and the database thread; lives on the event loop."""

    def __init__(
        self,
        database: DatabaseThread,
        *,
        saved: Callable[[Press], None],
        refused: Callable[[HostdeskError], None],
        waiting: Callable[[Waiting], None],
    ) -> None:
        """Tell `saved` what became durable, `refused` what the rules forbid, `waiting` what waits."""
        self._database = database
        self._saved, self._refused, self._tell = saved, refused, waiting
        self._queue: deque[Press] = deque()
        self._standing: list[Press | Row] = []
        self._undone: Press | Row | _Below | None = None
        self._last_arrival: Row | None = None
        self._taken_back = False
        self._day: date | None = None
        self._trouble: HostdeskError | None = None
        self._saving = False
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """How many presses are not on the disk yet."""
        return len(self._queue)

    def arrive(self, n: int = 1) -> Press:
        """Visitors came in."""
        return self._act(Press("arrival", partial(door.arrive, n), arrival=True))

    def volunteers(self, n: int = 1) -> Press:
        """Volunteers who are not on duty came in."""
        return self._act(Press("volunteer", partial(door.arrive, n, volunteer=True)))

    def depart(self, n: int = 1) -> Press:
        """People left."""
        return self._act(Press("departure", partial(door.depart, n)))

    def headcount(self, n: int) -> Press:
        """So many are here now."""
        return self._act(Press("headcount", partial(door.headcount, n)))

    def undo(self) -> None:
        """Take back what stands as the last action: on the screen, or still on its way to the disk.

        Further back than the screen goes, it is the newest before what was undone last.
        """
        if self._standing:
            self._undo(self._standing.pop())
        elif self._undone is not None:
            self._undo(_Below(self._undone))
        else:
            self._refused(NothingToUndo())

    def cancel(self, press: Press) -> None:
        """Take back this press and no other."""
        row_id = press.row.id if press.row else None
        self._standing = [
            one for one in self._standing if one is not press and (isinstance(one, Press) or one.id != row_id)
        ]
        self._take_back(press)

    def first_visit(self, n: int | None = None) -> None:
        """Tag the last arrival of the day: of those that stand, once all that was asked before is done."""
        self._tag("first visit", lambda arrival: FirstVisits(door.first_visit(arrival, n)))

    def first_this_week(self, n: int | None = None) -> None:
        """Tag the same arrival in a sample week: so many of it, or one more, came for the first time."""
        self._tag("first this week", lambda arrival: FirstThisWeek(door.first_this_week(arrival, n)))

    def reason(self) -> None:
        """Say of the same arrival what they came for: the next reason of the list."""
        self._tag("reason", lambda arrival: CameFor(door.next_reason(arrival)))

    def clock_is_right(self) -> None:
        """The clock was looked at, and is right."""

        def believe() -> ClockBelieved:
            from db import put_right  # with the log and the roster, which the desk does not open with

            return ClockBelieved(put_right.clock_is_right())

        self._put(Press("clock is right", believe))

    def shown(self, today: Today) -> None:
        """The screen shows this now; what can be undone is read off it when nothing is on its way."""
        if self._queue:
            return
        standing = [row for row in today.recent if row.kind in door_rows.ACTIONS and not row.voided]
        if today.undoes and today.undoes not in standing:
            standing.append(today.undoes)
        self._standing = [*reversed(standing)]
        self._undone = None
        self._last_arrival = today.last_arrival
        self._taken_back = False
        self._day = today.day

    def flush(self) -> None:
        """Ask the database thread for everything that waits (the program ends).

        What is being written now is asked for too: should it fail, it is tried once more.
        """
        for press in self._queue:
            self._database.submit(partial(_save, press)).add_done_callback(_log_loss)
        self._queue.clear()

    def _tag(self, name: str, say: Callable[[int], Outcome]) -> None:
        """Say something about the last arrival of the day."""
        standing = (one for one in reversed(self._standing) if self._is_todays_arrival(one))
        target = next(standing, None if self._taken_back else self._last_arrival)
        if target is None and not self._taken_back:
            self._refused(_no_arrival())
        elif target is None:  # the screen no longer says which one it is
            self._put(Press(name, lambda: say(_last_arrival())))
        else:
            self._put(Press(name, lambda: say(_id(target))))

    def _is_todays_arrival(self, action: Press | Row) -> bool:
        """Whether a first visit of today can be said of this action."""
        if isinstance(action, Press):
            return action.arrival
        return action.kind is Kind.ARRIVAL and action.day == self._day

    def _act(self, press: Press) -> Press:
        self._standing.append(press)
        self._put(press)
        return press

    def _undo(self, target: "Press | Row | _Below") -> None:
        self._undone = target
        self._take_back(target)

    def _take_back(self, target: "Press | Row | _Below") -> None:
        self._taken_back = True
        self._put(Press("undo", lambda: door.undo(_id(target))))

    def _put(self, press: Press) -> None:
        self._queue.append(press)
        if not self._saving:
            self._save_first()

    def _save_first(self) -> None:
        """Give the oldest press to the database thread, and look at the clock meanwhile."""
        press = self._queue[0]
        loop = asyncio.get_running_loop()
        self._saving = True
        self._wait(press.pressed + SLOW_SECONDS - _now(), self._tell_slow)

        def settle(saving: "Future[None]") -> None:
            with suppress(RuntimeError):  # the loop has ended, and with it the program
                loop.call_soon_threadsafe(self._settled, press, saving)

        self._database.submit(partial(_save, press)).add_done_callback(settle)

    def _settled(self, press: Press, saving: "Future[None]") -> None:
        """A press was saved, refused, or has to be tried again; the next one is on its way at once."""
        self._saving = False
        self._wait(0, None)
        error = saving.exception()
        if isinstance(error, HostdeskError) and not isinstance(error, NotPossible):
            self._try_again_later(press, error)
            return
        self._answered(press)
        if self._queue:
            self._save_first()
        try:
            if error is None:
                self._saved(press)
            else:
                self._not_saved(press, error)
        except Exception:
            log.exception("a bug: a press that was answered could not be shown: %s", press.name)
        late = bool(self._queue) and _now() - self._queue[0].pressed > SLOW_SECONDS
        self._tell(Waiting(len(self._queue), slow=late, trouble=None))

    def _not_saved(self, press: Press, error: BaseException) -> None:
        """The room's rules say no, or it is a bug, which must not stop the presses after it."""
        if press in self._standing:
            self._standing.remove(press)
        if isinstance(error, HostdeskError):
            self._refused(error)
        else:
            log.error("a bug: a press was not counted: %s", press.name, exc_info=error)
            self._refused(HostdeskError(N_("Something went wrong: the last key was not counted.")))

    def _answered(self, press: Press) -> None:
        """The first press waits no longer."""
        if self._queue and self._queue[0] is press:
            self._queue.popleft()
        self._trouble = None

    def _try_again_later(self, press: Press, error: HostdeskError) -> None:
        """Say what is wrong, and try again in a little while or at the next key."""
        log.error("not saved, will try again: %s: %s", press.name, error)
        self._trouble = error
        self._tell(Waiting(len(self._queue), slow=True, trouble=error))
        if self._queue:
            self._wait(RETRY_SECONDS, self._save_first)

    def _tell_slow(self) -> None:
        self._tell(Waiting(len(self._queue), slow=True, trouble=self._trouble))

    def _wait(self, seconds: float, then: Callable[[], None] | None) -> None:
        """Do this after a while, unless something else comes first."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = then and asyncio.get_running_loop().call_later(max(seconds, 0), then)


@dataclass(eq=False)
class _Below:
    """The newest action before another one, looked up once that one is undone."""

    above: "Press | Row | _Below"
    found: int | None = None


def _id(target: "Press | Row | _Below") -> int:
    """The row of an action, in the database thread, after everything that was asked before.

    Raises:
        NothingToUndo: there is none: the rules refused it, or the ledger goes no further back.
    """
    if isinstance(target, _Below):
        target.found = target.found or door.standing_before(_id(target.above))
        found = target.found
    else:
        row = target.row if isinstance(target, Press) else target
        found = row.id if row else None
    if found is None:
        raise NothingToUndo
    return found


def _last_arrival() -> int:
    """The day's newest arrival that stands, in the database thread, after everything that was asked before.

    Raises:
        NotPossible: there is none.
    """
    found = days.today().last_arrival
    if found is None:
        raise _no_arrival()
    return found.id


def _no_arrival() -> NotPossible:
    return NotPossible(N_("Count the visitor first: this is said of the last one who came in."))


def _save(press: Press) -> None:
    """Write the press, once, then read the visits; a failure to read must not write it again."""
    if press.outcome is None:
        press.outcome = press.work()
    if press.row:
        with suppress(HostdeskError):
            press.visits = days.visits(press.row.day)


def _log_loss(saving: "Future[None]") -> None:
    """The program ended with a press that no disk took."""
    if error := saving.exception():
        log.error("lost at the end of the program: %s", error)
