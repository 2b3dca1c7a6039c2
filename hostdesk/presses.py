"""Key presses on their way to the disk: in order, none lost, none shown before it is durable."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from db import door
from db.door import Kind, Row, Today
from db.errors import N_, HostdeskError, NothingToUndo, NotPossible
from db.thread import DatabaseThread
from hostdesk.logfile import log

SLOW_SECONDS = 0.3
"""When a row takes longer than this to be durable, the screen says so."""

RETRY_SECONDS = 2.0
"""How long to wait before a press that could not be saved is tried again."""


@dataclass(eq=False)
class Press:
    """One thing that a key asked of the door."""

    kind: Kind
    work: Callable[[], Any]
    """Writes it, in the database thread."""
    pressed: float = field(default_factory=time.monotonic)
    row: Row | None = None
    """Its row, once it is durable."""
    outcome: Any = None
    """What `work` answered."""


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
    """The queue between the keys and the database thread."""

    def __init__(
        self,
        database: DatabaseThread,
        *,
        saved: Callable[[Press, Today | None], None],
        refused: Callable[[HostdeskError], None],
        waiting: Callable[[Waiting], None],
    ) -> None:
        """Tell `saved` what became durable, `refused` what the rules forbid, `waiting` what waits."""
        self._database = database
        self._saved, self._refused, self._tell = saved, refused, waiting
        self._queue: deque[Press] = deque()
        self._standing: list[Press | Row] = []
        self._trouble: HostdeskError | None = None
        self._retry = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """How many presses are not on the disk yet."""
        return len(self._queue)

    def arrive(self, n: int = 1) -> None:
        """Visitors came in."""
        self._act(Kind.ARRIVAL, partial(door.arrive, n))

    def volunteers(self, n: int = 1) -> None:
        """Volunteers who are not on duty came in."""
        self._act(Kind.VOLUNTEER, partial(door.arrive, n, volunteer=True))

    def depart(self, n: int = 1) -> None:
        """People left."""
        self._act(Kind.DEPARTURE, partial(door.depart, n))

    def headcount(self, n: int) -> None:
        """So many are here now."""
        self._act(Kind.HEADCOUNT, partial(door.headcount, n))

    def undo(self) -> None:
        """Take back what stands as the last action: on the screen, or still on its way to the disk."""
        if not self._standing:
            self._refused(NothingToUndo())
            return
        target = self._standing.pop()
        self._put(Press(Kind.UNDO, lambda: door.undo(_id(target))))

    def first_visit(self) -> None:
        """Tag the last arrival."""
        arrivals = (one for one in reversed(self._standing) if one.kind == Kind.ARRIVAL)
        target = next(arrivals, None)
        if target is None:
            self._refused(NotPossible(N_("First visits belong to an arrival. Count the visitor first.")))
            return
        self._put(Press(Kind.FIRST_VISIT, lambda: door.first_visit(_id(target))))

    def clock_is_right(self) -> None:
        """The clock was looked at, and is right."""
        self._put(Press(Kind.REASON, door.clock_is_right))

    def shown(self, today: Today) -> None:
        """The screen shows this now; what can be undone is read off it when nothing is on its way."""
        if self._queue:
            return
        standing = [row for row in today.recent if row.kind in door.ACTIONS and not row.voided]
        if today.undoes and today.undoes not in standing:
            standing.append(today.undoes)
        self._standing = [*reversed(standing)]

    def flush(self) -> None:
        """Ask the database thread for everything that waits (the program ends).

        What is being written now is asked for too: should it fail, it is tried once more.
        """
        for press in self._queue:
            self._database.submit(partial(_save, press)).add_done_callback(_log_loss)
        self._queue.clear()

    def _act(self, kind: Kind, work: Callable[[], Row]) -> None:
        press = Press(kind, work)
        self._standing.append(press)
        self._put(press)

    def _put(self, press: Press) -> None:
        self._queue.append(press)
        self._retry.set()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        """Save press after press; one that fails stays first and is tried again."""
        while self._queue:
            press = self._queue[0]
            saving = asyncio.ensure_future(self._database.run(partial(_save, press)))
            await asyncio.wait({saving}, timeout=max(press.pressed + SLOW_SECONDS - time.monotonic(), 0.0))
            if not saving.done():
                self._tell(Waiting(len(self._queue), slow=True, trouble=self._trouble))
            try:
                today = await saving
            except NotPossible as error:
                self._drop(press)
                self._refused(error)
            except HostdeskError as error:
                await self._wait_for_better(error)
            except Exception:
                log.exception("a press could not be saved: %s", press.kind)
                await self._wait_for_better(HostdeskError())
            else:
                self._answered(press)
                self._saved(press, today)
            if self._trouble is None:
                late = bool(self._queue) and time.monotonic() - self._queue[0].pressed > SLOW_SECONDS
                self._tell(Waiting(len(self._queue), slow=late, trouble=None))

    def _drop(self, press: Press) -> None:
        """The room's rules say no: the press is answered, not kept."""
        self._answered(press)
        if press in self._standing:
            self._standing.remove(press)

    def _answered(self, press: Press) -> None:
        """The first press waits no longer."""
        if self._queue and self._queue[0] is press:
            self._queue.popleft()
        self._trouble = None

    async def _wait_for_better(self, error: HostdeskError) -> None:
        """Say what is wrong, and wait a little or for the next key before trying again."""
        self._trouble = error
        log.error("not saved, will try again: %s", error)
        self._tell(Waiting(len(self._queue), slow=True, trouble=error))
        self._retry.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._retry.wait(), RETRY_SECONDS)


def _id(target: Press | Row) -> int:
    """The row of an action that was saved before this is asked.

    Raises:
        NothingToUndo: it never became a row, since the rules refused it.
    """
    row = target.row if isinstance(target, Press) else target
    if row is None:
        raise NothingToUndo
    return row.id


def _save(press: Press) -> Today | None:
    """Write the press, once, then read the day; a failure to read must not write it again."""
    if press.outcome is None:
        press.outcome = press.work()
    if isinstance(press.outcome, Row):
        press.row = press.outcome
    try:
        return door.today()
    except HostdeskError:
        log.exception("saved, but the day could not be read")
        return None


def _log_loss(saving: "Future[Today | None]") -> None:
    """The program ended with a press that no disk took."""
    if error := saving.exception():
        log.error("lost at the end of the program: %s", error)
