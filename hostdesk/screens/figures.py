"""The figures (F6, Cijfers): how the room is doing, period by period, and what lies behind each number."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from db import clock, figures, figures_period
from db import room as rooms
from db.connection import reading
from db.figures_names import Name
from db.figures_period import Period, Unit
from db.thread import DatabaseThread
from hostdesk.page import PageScreen
from hostdesk.screens import figures_words as says
from hostdesk.screens.figures_words import Chart, Page
from hostdesk.widgets.lines import Line
from hostdesk.words import N_

_UNITS = (Unit.MONTH, Unit.QUARTER, Unit.YEAR, Unit.DAY, Unit.WEEK)
"""In the order in which the key goes through them."""

_FAR = 1_000


@dataclass(frozen=True)
class Seen:
    """What was read, at one moment."""

    page: Page
    today: date


class FiguresScreen(PageScreen[None]):
    """Shows the figures of a period, and steps through periods."""

    SUBJECT = "figures"
    KEY_LINES = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "behind", N_("details"), key_display="Enter"),
        Binding("left,4,less_than_sign", "step(-1)", N_("earlier"), key_display="←"),
        Binding("right,6,greater_than_sign", "step(1)", N_("later"), key_display="→"),
        Binding("t,asterisk,multiply", "unit", N_("period"), key_display="t"),
        Binding("n,5", "now", N_("now"), key_display="n"),
        Binding("p", "sample_week", N_("sample week"), key_display="p"),
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down,2", "go(1)", show=False),
        Binding("up,8", "go(-1)", show=False),
        Binding("pagedown,3", "go(5)", show=False),
        Binding("pageup,9", "go(-5)", show=False),
        Binding("home,7", f"go(-{_FAR})", show=False),
        Binding("end,1", f"go({_FAR})", show=False),
    ]

    @dataclass
    class Behind(Message):
        """Somebody wants to know what is behind a figure."""

        name: Name
        period: Period

    @dataclass
    class PlanSampleWeek(Message):
        """Somebody wants to know how many different people come."""

    def __init__(self, database: DatabaseThread) -> None:
        """Show the figures of the room that this thread has open."""
        super().__init__(database)
        self._seen: Seen | None = None
        self._unit = Unit.MONTH
        self._in: date | None = None
        """A day of the period that is shown; without it the period that it is now."""
        self._at = 0

    def on_screen_resume(self) -> None:
        """Whoever comes here finds them as they are now."""
        self.read()

    def on_click(self, event: events.Click) -> None:
        """Point at what was pressed; a second time shows what is behind it."""
        if event.widget is not self._text or self._seen is None:
            return
        lines = self._lines_of(self._seen)
        at = lines[event.y][0] if event.y < len(lines) else None
        if at is not None:
            at = says.large_at(event.x, self._wide) if at < len(says.LARGE) else at
            again, self._at = at == self._at, at
            self._draw()
            if again:
                self.action_behind()

    def action_back(self) -> None:
        """Back to the desk."""
        self.dismiss()

    def action_go(self, step: int) -> None:
        """To another figure."""
        self._at = min(max(self._at + step, 0), len(says.items()) - 1)
        self._draw()

    def action_step(self, step: int) -> None:
        """To the period before, or after; never to one that has yet to begin."""
        if self._seen is None:
            return
        period = self._period(self._seen.today)
        other = period.later if step > 0 else period.former
        if other.from_day.year > figures_period.FIRST_YEAR and other.from_day <= self._seen.today:
            current = other.from_day <= self._seen.today <= other.to_day
            self._in = None if current else other.from_day
            self.read()

    def action_unit(self) -> None:
        """Another kind of period, around the same days."""
        if self._seen is None:
            return
        period = self._period(self._seen.today)
        self._in = self._in and min(period.to_day, self._seen.today)
        self._unit = _UNITS[(_UNITS.index(self._unit) + 1) % len(_UNITS)]
        self.read()

    def action_now(self) -> None:
        """Back to the period that it is now."""
        self._in = None
        self.read()

    def action_sample_week(self) -> None:
        """Plan a week in which the desk asks who is new."""
        self.post_message(self.PlanSampleWeek())

    def action_behind(self) -> None:
        """Show what a figure means, and the rows that it was made of."""
        if self._seen is not None:
            item = says.items()[self._at]
            name = Name.VISITS if isinstance(item, Chart) else item
            self.post_message(self.Behind(name, self._period(self._seen.today)))

    @property
    def _wide(self) -> int:
        return max(self.size.width - 3, 40)

    def _period(self, today: date) -> Period:
        return figures_period.around(self._in or today, self._unit)

    async def _read(self) -> None:
        self._seen = await self._database.run(partial(_read, self._unit, self._in))
        self._draw()

    def _lines_of(self, seen: Seen) -> list[tuple[int | None, Line]]:
        return says.page(seen.page, self._at, self._wide)

    def _draw(self) -> None:
        if self._seen is None or not self.is_mounted:
            return
        title = says.title(self._seen.page.compared.now, max(self.size.width - 2, 20))
        self._show(title, self._lines_of(self._seen), self._at)
        self._draw_status()


def _read(unit: Unit, in_: date | None) -> Seen:
    """The figures of the period around that day, or around now (in the database thread)."""
    with reading():
        today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
        compared = figures.compared(figures_period.around(in_ or today, unit))
        return Seen(Page(compared, compared.when), today)
