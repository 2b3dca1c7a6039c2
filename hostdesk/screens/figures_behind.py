"""Behind a figure: what it means, and the rows that it was made of; from a row to its day at the door."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from db import figures_behind
from db.costs import Line as CostLine
from db.costs import Rate
from db.duties import Shift
from db.figures_behind import Behind
from db.figures_board import Fate, Question
from db.figures_names import Name
from db.figures_people import Volunteer
from db.figures_period import Period
from db.figures_sample import Week
from db.thread import DatabaseThread
from hostdesk.page import PageScreen
from hostdesk.screens import figures_behind_words as says
from hostdesk.widgets.lines import Line
from hostdesk.words import N_

_FAR = 100_000


class BehindScreen(PageScreen[None]):
    """Shows what a figure was made of."""

    SUBJECT = "figure"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "day", N_("that day at the door"), key_display="Enter"),
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down,2", "go(1)", show=False),
        Binding("up,8", "go(-1)", show=False),
        Binding("pagedown,3", "go(10)", show=False),
        Binding("pageup,9", "go(-10)", show=False),
        Binding("home,7", f"go(-{_FAR})", show=False),
        Binding("end,1", f"go({_FAR})", show=False),
    ]

    @dataclass
    class Day(Message):
        """Somebody wants to see what was counted on a day."""

        day: date

    def __init__(self, database: DatabaseThread, name: Name, period: Period) -> None:
        """Show the rows of this figure."""
        super().__init__(database)
        self._figure, self._period = name, period
        self._seen: Behind | None = None
        self._at = 0

    def on_screen_resume(self) -> None:
        """Whoever comes here, or comes back, finds them as they are now."""
        self.read()

    def on_click(self, event: events.Click) -> None:
        """Point at what was pressed; a second time shows its day."""
        if event.widget is not self._text or self._seen is None:
            return
        lines = self._lines_of(self._seen)
        at = lines[event.y][0] if event.y < len(lines) else None
        if at is not None:
            again, self._at = at == self._at, at
            self._draw()
            if again:
                self.action_day()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key shows where the row has a day."""
        if action == "day":
            return self._day is not None
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Back to the figures."""
        self.dismiss()

    def action_go(self, step: int) -> None:
        """To another row."""
        if self._seen is not None and self._seen.rows:
            self._at = min(max(self._at + step, 0), len(self._seen.rows) - 1)
            self._draw()
            self.refresh_bindings()

    def action_day(self) -> None:
        """Show what was counted on the day of this row."""
        if self._day is not None:
            self.post_message(self.Day(self._day))

    @property
    def _day(self) -> date | None:
        """The day of the row that is pointed at."""
        if self._seen is None or not self._seen.rows:
            return None
        match self._seen.rows[self._at]:
            case Fate() | Question() | Volunteer() | CostLine() | Rate():
                return None
            case Week() as week:
                return week.week.from_day
            case Shift() as shift:
                return shift.key.day
            case row:
                return row.day

    async def _read(self) -> None:
        seen = await self._database.run(partial(figures_behind.behind, self._figure, self._period))
        self._seen, self._at = seen, min(self._at, max(len(seen.rows) - 1, 0))
        self._draw()
        self.refresh_bindings()

    def _lines_of(self, seen: Behind) -> list[tuple[int | None, Line]]:
        return says.page(seen, self._at, max(self.size.width - 3, 40))

    def _draw(self) -> None:
        if self._seen is None or not self.is_mounted:
            return
        title = says.title(self._seen, max(self.size.width - 2, 20))
        self._show(title, self._lines_of(self._seen), self._at)
        self._draw_status()
