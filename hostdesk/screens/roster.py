"""The roster (F5, Rooster): who is on when, where somebody is needed, and the hours that were given."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from db import clock, closing, duties, pattern, roster
from db import room as rooms
from db.duties import Given, OnDuty, Shift
from db.room import Room
from db.thread import DatabaseThread
from hostdesk import place
from hostdesk.page import PageScreen
from hostdesk.screens import roster_words as says
from hostdesk.widgets.lines import Line
from hostdesk.words import N_, gettext
from hostdesk.words import shift as words

_WEEKS = 4
"""So many weeks stand on the screen, as on the wall."""

_A_DAY = 100_000

_OF_A_ROW = ("fill", "absent", "swap", "times", "take_off", "confirm")
"""What is done with a shift, or with somebody who is on it."""


@dataclass(frozen=True)
class Seen:
    """What the roster shows, read at one moment."""

    room: Room
    today: date
    shifts: tuple[Shift, ...]
    month: date
    """The first day of the month of today; of other weeks, of that in which they begin."""
    hours: tuple[Given, ...]
    """Of that month."""


Row = Shift | OnDuty
"""What the arrow can point at."""


class RosterScreen(PageScreen[None]):
    """Shows the shifts with who is on them, and changes who is."""

    SUBJECT = "roster"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "fill", N_("somebody comes"), key_display="Enter"),
        Binding("x", "absent", N_("absent, or not"), key_display="x"),
        Binding("s", "swap", N_("swap"), key_display="s"),
        Binding("k", "times", N_("other times"), key_display="k"),
        Binding("delete,t", "take_off", N_("take off"), key_display="t"),
        Binding("b,5", "confirm", N_("hours are right"), key_display="b"),
        Binding("v", "app.weekly", N_("weekly"), key_display="v"),
        Binding("h", "hours", N_("hours"), key_display="h"),
        Binding("greater_than_sign,right,6", "weeks(1)", N_("later"), key_display=">"),
        Binding("less_than_sign,left,4", "weeks(-1)", N_("earlier"), key_display="<"),
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down,2", "go(1)", show=False),
        Binding("up,8", "go(-1)", show=False),
        Binding("pagedown,3", "go(10)", show=False),
        Binding("pageup,9", "go(-10)", show=False),
        Binding("home,7", f"go(-{_A_DAY})", show=False),
        Binding("end,1", f"go({_A_DAY})", show=False),
    ]
    ABOVE = 1
    KEY_LINES = 2

    @dataclass
    class Fill(Message):
        """Somebody is to be put on a shift, or to stand in for who is on duty."""

        shift: Shift
        instead_of: OnDuty | None

    @dataclass
    class Correct(Message):
        """Somebody was here on a shift that is over: from when until when?"""

        duty: OnDuty

    @dataclass
    class Move(Message):
        """Somebody who is on the roster comes at other times of that day."""

        duty: OnDuty

    def __init__(self, database: DatabaseThread) -> None:
        """Show the roster of the room that this thread has open."""
        super().__init__(database)
        self._seen: Seen | None = None
        self._moved = 0
        """So many times four weeks later than now."""
        self._at: int | None = None
        self._swapping: OnDuty | None = None
        self._counts_hours = False

    def on_screen_resume(self) -> None:
        """Whoever comes to the roster finds it as it is now, and the fixed days planned far enough ahead."""
        self._work(self._plan_ahead())

    def on_click(self, event: events.Click) -> None:
        """Point at what was pointed at; a second time on a shift fills it."""
        if event.widget is self._text and self._seen is not None and not self._counts_hours:
            lines = self._lines_of(self._seen)
            at = lines[event.y][0] if event.y < len(lines) else None
            if at is not None:
                again = at == self._at
                self._at = at
                self._draw()
                if again:
                    self.action_fill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where everybody's hours stand, there is no shift and nobody on duty to do something with."""
        if self._counts_hours and action in _OF_A_ROW:
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """From the hours to the shifts, out of a swap, and then to the desk."""
        if self._counts_hours or self._swapping:
            self._counts_hours, self._swapping = False, None
            self._draw()
            self.refresh_bindings()
        else:
            self.dismiss()

    def action_go(self, step: int) -> None:
        """To another shift, or another person on duty."""
        if self._seen is not None and not self._counts_hours and (rows := _rows(self._seen)):
            self._at = min(max((self._at or 0) + step, 0), len(rows) - 1)
            self._draw()
        else:
            self._page.scroll_relative(y=step, animate=False)

    def action_weeks(self, step: int) -> None:
        """Four weeks later, or earlier."""
        self._moved += step
        self._at = None
        self.read()

    def action_hours(self) -> None:
        """Everybody's hours of the month, or the shifts again."""
        self._counts_hours = not self._counts_hours
        self._draw()
        self.refresh_bindings()

    def action_fill(self) -> None:
        """Put somebody on the shift; on somebody who is on duty: who stands in for them."""
        row = self._row
        if isinstance(row, OnDuty):
            self._unless_refused(partial(roster.on_the_roster, row), self.Fill(self._shift_of(row), row))
        elif row is not None:
            self.post_message(self.Fill(row, None))

    def action_absent(self) -> None:
        """Somebody does not come; or comes after all."""
        if (duty := self._duty) is not None:
            change = roster.present_after_all if duty.absent else roster.absent
            self._do(partial(change, duty.id), words.changes_absence(duty))

    def action_times(self) -> None:
        """Somebody comes later, or leaves earlier."""
        if (duty := self._duty) is not None:
            self._unless_refused(partial(roster.assert_can_move, duty), self.Move(duty))

    def action_take_off(self) -> None:
        """Take somebody off the roster of that day."""
        if (duty := self._duty) is not None:
            self._do(partial(roster.take_off, duty.id), says.taken_off(duty))

    def action_confirm(self) -> None:
        """Of a shift that is over: everybody was here as it stands; of a person: from when until when."""
        row = self._row
        if isinstance(row, OnDuty) and self._shift_of(row).over:
            self.post_message(self.Correct(row))
        elif isinstance(row, OnDuty):
            self.tell(gettext(N_("That is still to come: hours are confirmed when they were given.")))
        elif row is not None:
            work = partial(closing.confirm_hours, row.key, by=place.who())
            self._do(work, says.confirmed(row))

    def action_swap(self) -> None:
        """The first time: this one; the second time: with that one."""
        duty, first = self._duty, self._swapping
        if duty is None:
            return
        self._swapping = None
        if first is None:
            self._swapping = duty if self._can(partial(roster.assert_can_swap, duty)) else None
        if first is None or first.id == duty.id:
            self._draw_status()
        else:
            self._do(partial(roster.swap, first.id, duty.id), says.swapped(first, duty))

    @property
    def _row(self) -> Row | None:
        """What the arrow points at."""
        if self._seen is None or self._at is None or self._counts_hours:
            return None
        rows = _rows(self._seen)
        return rows[self._at] if self._at < len(rows) else None

    @property
    def _duty(self) -> OnDuty | None:
        """Who the arrow points at; where it is a shift, what to do is said."""
        row = self._row
        if isinstance(row, OnDuty):
            return row
        self.tell(gettext(N_("Go to a person first, with ↓ and ↑.")))
        return None

    def _shift_of(self, duty: OnDuty) -> Shift:
        assert self._seen is not None
        return next(shift for shift in self._seen.shifts if duty in shift.duties)

    async def _plan_ahead(self) -> None:
        await self._database.run(pattern.plan_ahead)
        await self._read()

    async def _read(self) -> None:
        row = self._row
        self._seen = await self._database.run(partial(_read, self._moved))
        rows = _rows(self._seen)
        if row is not None:
            self._at = next((at for at, one in enumerate(rows) if _same(one, row)), self._at)
        elif self._at is None:
            self._at = _begin(self._seen)
        if self._at is not None:
            self._at = min(self._at, len(rows) - 1) if rows else None
        self._draw()

    def _lines_of(self, seen: Seen) -> list[tuple[int | None, Line]]:
        width = max(self.size.width - 3, 20)
        if self._counts_hours:
            return [(None, text) for text in says.hours(seen.hours, seen.month, width)]
        return says.page(seen.room, seen.shifts, _rows(seen), self._at, width)

    def _draw(self) -> None:
        if self._seen is None or not self.is_mounted:
            return
        width = max(self.size.width - 2, 20)
        title = says.title(self._seen.room, self._seen.shifts, width)
        self._show(title, self._lines_of(self._seen), self._at)
        self._draw_status()

    def _asks(self) -> str:
        return says.swapping(self._swapping) if self._swapping else ""


def _rows(seen: Seen) -> list[Row]:
    """The shifts with who is on them, one after another."""
    rows: list[Row] = []
    for shift in seen.shifts:
        rows += [shift, *shift.duties]
    return rows


def _same(one: Row, other: Row) -> bool:
    if isinstance(one, OnDuty) and isinstance(other, OnDuty):
        return one.id == other.id
    return isinstance(one, Shift) and isinstance(other, Shift) and one.key == other.key


def _begin(seen: Seen) -> int | None:
    """The arrow begins at the first shift of today or later."""
    rows = _rows(seen)
    ahead = (at for at, row in enumerate(rows) if isinstance(row, Shift) and row.key.day >= seen.today)
    return next(ahead, 0 if rows else None)


def _read(moved: int) -> Seen:
    """The roster, so many times four weeks from now (in the database thread)."""
    here = rooms.current()
    today = rooms.day_of(here, clock.reliable_now()[0])
    first = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEKS * moved)
    month = (today if not moved else first).replace(day=1)
    end_of_month = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Seen(
        here,
        today,
        duties.between(first, first + timedelta(weeks=_WEEKS, days=-1)),
        month,
        duties.hours(month, end_of_month),
    )
