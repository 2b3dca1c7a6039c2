"""Closing a shift (Dienst afsluiten): one pass over what the next host must be able to rely on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from db import closing, closing_steps, logbook
from db.checklist import Check
from db.closing import Closing
from db.closing_steps import Asked
from db.duties import OnDuty, Shift
from db.errors import NotPossible
from db.logbook import Entry, Reader
from db.programme import Slot
from db.shifts import ShiftKey
from db.states import ShiftState, Step
from db.thread import DatabaseThread
from hostdesk import place, trouble
from hostdesk.commands import keys
from hostdesk.page import PageScreen
from hostdesk.screens import closing_words as says
from hostdesk.screens.closing_words import Also
from hostdesk.widgets.lines import Line, line, wrap
from hostdesk.words import N_, gettext, say


class ClosingScreen(PageScreen[None]):
    """Goes through the steps of closing; each is on the disk as soon as it is done or skipped.

    Esc leaves it at any moment, and a program that ends does too: it goes on at the first step that nobody
    came to.
    """

    SUBJECT = "closing"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("choose"), key_display="Enter"),
        Binding("full_stop,comma,decimal,separator,s", "skip", N_("skip"), key_display="."),
        Binding("left,4", "to(-1)", N_("step back"), key_display="←"),
        Binding("right,6", "to(1)", show=False),
        Binding("down,2", "go(1)", show=False),
        Binding("up,8", "go(-1)", show=False),
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        keys.NOTE.binding("note", show=False),
    ]

    @dataclass
    class Attend(Message):
        """The number of a session is to be said."""

        slot: Slot

    @dataclass
    class DealWith(Message):
        """Somebody dealt with an open point, and is to say how."""

        entry: Entry
        closing: ShiftKey

    @dataclass
    class Note(Message):
        """Something happened on the shift that is closed, where there is one: write it down."""

        closing: ShiftKey | None

    @dataclass
    class Correct(Message):
        """Somebody was here from or until another moment, or was not here."""

        duty: OnDuty

    @dataclass
    class Fill(Message):
        """Somebody was here who is not on the roster."""

        shift: Shift

    @dataclass
    class Closed(Message):
        """The shift is closed."""

        told: str
        """What there is to say of it."""

    def __init__(self, database: DatabaseThread) -> None:
        """Close the shift of the room that this thread has open."""
        super().__init__(database)
        self._seen: Asked | None = None
        self._nothing = ""
        """Why there is nothing to close."""
        self._step: Step | None = None
        """Where somebody is; None at the end, where the shift is closed."""
        self._at = 0

    def on_screen_resume(self) -> None:
        """Whoever comes here, or comes back, finds it as it is now."""
        self._work(self._read())

    async def on_click(self, event: events.Click) -> None:
        """Choose what was pressed."""
        if event.widget is self._text and self._seen is not None:
            lines = self._lines(max(self.size.width - 3, 20))
            at = lines[event.y][0] if event.y < len(lines) else None
            if at is not None:
                self._at = at
                self._draw()
                await self.action_choose()

    def read(self) -> None:
        """Read how far it is, and show it."""
        trouble.meanwhile(self, self._read, self.tell)

    def action_back(self) -> None:
        """Back to the desk; what was gone through stays so."""
        self.dismiss()

    def action_go(self, step: int) -> None:
        """To another line of this step."""
        if self._seen is not None:
            self._at = min(max(self._at + step, 0), len(says.rows(self._seen, self._step)) - 1)
            self._draw()

    def action_to(self, step: int) -> None:
        """To the step before, or after."""
        stops = [*Step, None]
        self._stand_at(stops[min(max(stops.index(self._step) + step, 0), len(stops) - 1)])

    def action_skip(self) -> None:
        """Go on without this step; the next start says so."""
        seen, which = self._seen, self._step
        if seen is None:
            return
        if which is None:
            self.tell(gettext(N_("Enter closes the shift. Esc leaves it open.")))
        elif which in seen.closing.done:
            self.action_to(1)
        else:
            self._go_through(partial(closing.step, which, _key(seen), by=place.who(), skipped=True))

    def action_note(self) -> None:
        """Write a note in the log of this shift, whichever has begun by now."""
        self.post_message(self.Note(_key(self._seen) if self._seen else None))

    async def action_choose(self) -> None:
        """Do what the arrow stands at."""
        if self._seen is None:
            return
        match says.rows(self._seen, self._step)[self._at]:
            case Slot() as slot:
                self.post_message(self.Attend(slot))
            case Entry() as entry:
                self.post_message(self.DealWith(entry, _key(self._seen)))
            case OnDuty() as duty:
                self.post_message(self.Correct(duty))
            case Check() as check:
                self._work(self._tick(self._seen, check))
            case Also.NOTE:
                self._at = 0
                self.action_note()
            case Also.SOMEBODY:
                self._at = 0
                self.post_message(self.Fill(self._seen.closing.shift))
            case Also.AGREED:
                self._agree(self._seen)

    def _agree(self, seen: Asked) -> None:
        """This step is done; the last one closes the shift."""
        if self._step is Step.HOURS:
            work = partial(closing.confirm_hours, _key(seen), by=place.who(), at_closing=True)
            self._go_through(work)
        elif self._step is not None:
            self._go_through(partial(closing.step, self._step, _key(seen), by=place.who()))
        elif seen.closing.shift.state is ShiftState.CLOSED:
            self.dismiss()
        else:
            self._work(self._close(seen))

    async def _close(self, seen: Asked) -> None:
        closed = await self._database.run(partial(_close, _key(seen)))
        self.post_message(self.Closed(says.closed(closed)))

    async def _tick(self, seen: Asked, check: Check) -> None:
        """A line of the checklist is done, and the arrow goes on to the next; or it is not done after all."""
        tick = partial(closing.check, check.text, _key(seen), done=not check.done, by=place.who())
        await self._database.run(tick)
        self._at += not check.done
        await self._read()
        self.post_message(self.Changed())

    def _go_through(self, work: Callable[[], Closing]) -> None:
        """Write a step, and go on where nobody came yet."""

        async def do() -> None:
            try:
                await self._database.run(work)
            finally:  # where some hours cannot be, the others are kept
                await self._read()
            if self._seen is not None:
                self._stand_at(self._seen.goes_on_at)
            self.post_message(self.Changed())

        self._work(do())

    async def _read(self) -> None:
        try:
            began_with = _key(self._seen) if self._seen else None
            now = await self._database.run(partial(_read, began_with))
        except NotPossible as error:
            self._seen, self._nothing = None, says.nothing(say(error))
        else:
            before, self._seen = self._seen, now  # only now: another reading may have come in meanwhile
            if before is None or _moves_on(before, now, self._step):
                self._stand_at(now.goes_on_at)
            self._at = min(self._at, len(says.rows(now, self._step)) - 1)
        self._draw()

    def _stand_at(self, which: Step | None) -> None:
        """Here one goes on."""
        if which is not self._step:
            self._step, self._at = which, 0
            self._draw()

    def _lines(self, width: int) -> list[tuple[int | None, Line]]:
        if self._seen is None:
            return [(None, line(text)) for text in wrap(self._nothing, width)]
        return says.page(self._seen, self._step, self._at, width)

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        width = max(self.size.width - 3, 20)
        title, stands = says.title(self._seen, self._step, width + 1), (self._step, self._at)
        self._show(title, self._lines(width), self._at, stands)

    def _in_sight(self, y: int, high: int) -> None:
        """With the step before and what comes after it."""
        self._page.scroll_to_region(Region(0, max(y - 3, 0), 1, high + 4), animate=False)


def _moves_on(before: Asked, now: Asked, step: Step | None) -> bool:
    """Whether another shift is closed by now, this one goes on after all, or somebody came to this step."""
    if before.closing.shift.key != now.closing.shift.key:
        return True
    if set(now.closing.to_go_through) - set(before.closing.to_go_through):
        return True
    return step in before.closing.to_go_through and step not in now.closing.to_go_through


def _key(seen: Asked) -> ShiftKey:
    """Which shift is closed here: it stays so, though the next one begins meanwhile."""
    return seen.closing.shift.key


def _read(key: ShiftKey | None) -> Asked:
    """How far the closing is, and what each step asks (in the database thread)."""
    return closing_steps.ask(_who(), key)


def _close(key: ShiftKey) -> Closing:
    """Close the shift (in the database thread)."""
    return closing_steps.close(_who(), key)


def _who() -> Reader:
    return logbook.reader(place.who(), at_the_desk=place.at_the_desk())
