"""A day at the door: each row that was counted, and why one was added or taken back later."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from db import clock, corrections, figures, figures_period, roles
from db import room as rooms
from db.corrections import Entry
from db.door_rows import Row
from db.figures_made import Figures
from db.thread import DatabaseThread
from hostdesk.page import PageScreen
from hostdesk.screens import figures_day_words as says
from hostdesk.widgets.lines import Line
from hostdesk.words import N_, door_rows, gettext, say

_DAY = timedelta(days=1)
_FAR = 100_000


@dataclass(frozen=True)
class Seen:
    """What was read, at one moment."""

    made: Figures
    """The figures of that day."""
    entries: tuple[Entry, ...]
    today: date


class DoorDayScreen(PageScreen[None]):
    """Shows a day row by row, and lets it be corrected."""

    SUBJECT = "door_day"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "correct", N_("correct"), key_display="Enter"),
        Binding("enter", "refuse", show=False),
        Binding("left,4", "step(-1)", N_("day before"), key_display="←"),
        Binding("right,6", "step(1)", N_("day after"), key_display="→"),
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down,2", "go(1)", show=False),
        Binding("up,8", "go(-1)", show=False),
        Binding("pagedown,3", "go(10)", show=False),
        Binding("pageup,9", "go(-10)", show=False),
        Binding("home,7", f"go(-{_FAR})", show=False),
        Binding("end,1", f"go({_FAR})", show=False),
    ]

    @dataclass
    class Correct(Message):
        """Somebody says that a row is not right, or that one is missing."""

        day: date
        row: Row | None
        """None for who was not counted."""
        said: str
        """What the row says."""

    def __init__(self, database: DatabaseThread, day: date) -> None:
        """Show this day."""
        super().__init__(database)
        self._day = day
        self._seen: Seen | None = None
        self._at = 0

    def on_screen_resume(self) -> None:
        """Whoever comes here, or comes back, finds it as it is now."""
        self.read()

    def on_click(self, event: events.Click) -> None:
        """Point at what was pressed; a second time corrects it."""
        if event.widget is not self._text or self._seen is None:
            return
        lines = self._lines_of(self._seen)
        at = lines[event.y][0] if event.y < len(lines) else None
        if at is not None:
            again, self._at = at == self._at, at
            self._draw()
            if again and roles.may_change("correction"):
                self.action_correct()
            elif again:
                self.action_refuse()

    def action_back(self) -> None:
        """Back to where somebody came from."""
        self.dismiss()

    def action_go(self, step: int) -> None:
        """To another row; the last one is for who was not counted."""
        if self._seen is not None:
            self._at = min(max(self._at + step, 0), self._last)
            self._draw()

    def action_step(self, step: int) -> None:
        """To the day before, or after; never to one that has yet to come."""
        other = self._day + step * _DAY
        if self._seen is not None and other <= self._seen.today and other.year > figures_period.FIRST_YEAR:
            self._day, self._at = other, 0
            self.read()

    def action_correct(self) -> None:
        """Say what it should have been."""
        if self._seen is None:
            return
        entries = self._seen.entries
        entry = entries[self._at] if self._at < len(entries) else None
        if entry is None:
            self._work(self._add())
        elif entry.row.voided:
            self.tell(
                gettext(N_("That does not count any more. Go to the last line to add what is missing."))
            )
        else:
            said = door_rows.what(self._seen.made.room, entry.row)
            self.post_message(self.Correct(self._day, entry.row, said))

    def action_refuse(self) -> None:
        """Say who may correct, to whom it is not offered."""
        self.tell(say(roles.refusal()))

    async def _add(self) -> None:
        """Who was not counted; a day on which nobody can have come says so before anybody fills in a form."""
        day = self._day
        await self._database.run(partial(corrections.assert_somebody_came, day))
        self.post_message(self.Correct(day, None, ""))

    async def _read(self) -> None:
        self._seen = await self._database.run(partial(_read, self._day))
        self._at = min(self._at, self._last)
        self._draw()

    @property
    def _last(self) -> int:
        """What the arrow can reach; for who may correct it is a line below the rows."""
        rows = len(self._seen.entries) if self._seen else 0
        return rows if roles.may_change("correction") else max(rows - 1, 0)

    def _lines_of(self, seen: Seen) -> list[tuple[int | None, Line]]:
        wide = max(self.size.width - 3, 40)
        return says.page(seen.made, seen.entries, self._at, wide, add=roles.may_change("correction"))

    def _draw(self) -> None:
        if self._seen is None or not self.is_mounted:
            return
        title = says.title(self._seen.made, max(self.size.width - 2, 20))
        self._show(title, self._lines_of(self._seen), self._at)
        self._draw_status()


def _read(day: date) -> Seen:
    """The rows of this day, and what they come to (in the database thread)."""
    today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
    return Seen(figures.of(figures_period.day(day)), corrections.of_day(day), today)
