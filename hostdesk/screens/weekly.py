"""The weekly pattern (F5, v): who is on duty every week, and from when on somebody is not any more."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from db import pattern
from db.pattern import Weekly
from db.thread import DatabaseThread
from hostdesk.page import PageScreen
from hostdesk.screens import weekly_words as says
from hostdesk.words import N_

_FAR = 1_000


class WeeklyScreen(PageScreen[None]):
    """Shows the places in the weekly pattern, and changes them."""

    SUBJECT = "weekly"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "add", N_("somebody every week"), key_display="Enter"),
        Binding("delete,t", "end", N_("not any more"), key_display="t"),
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down,2", "go(1)", show=False),
        Binding("up,8", "go(-1)", show=False),
        Binding("pagedown,3", "go(10)", show=False),
        Binding("pageup,9", "go(-10)", show=False),
        Binding("home,7", f"go(-{_FAR})", show=False),
        Binding("end,1", f"go({_FAR})", show=False),
    ]
    ABOVE = 1

    @dataclass
    class Add(Message):
        """Somebody comes every week from now on."""

        like: Weekly | None
        """The place that the arrow is at: its weekday and times are likely meant."""

    def __init__(self, database: DatabaseThread) -> None:
        """Show the weekly pattern of the room that this thread has open."""
        super().__init__(database)
        self._seen: tuple[Weekly, ...] | None = None
        self._at = 0

    def on_screen_resume(self) -> None:
        """Whoever comes here finds it as it is now."""
        self.read()

    def action_back(self) -> None:
        """Back to the roster."""
        self.dismiss()

    def action_go(self, step: int) -> None:
        """To another place in the pattern."""
        if self._seen:
            self._at = min(max(self._at + step, 0), len(self._seen) - 1)
            self._draw()

    def action_add(self) -> None:
        """Somebody comes every week."""
        self.post_message(self.Add(self._place))

    def action_end(self) -> None:
        """From today on this place is nobody's; what was planned for it and is still to come goes."""
        place = self._place
        if place is None:
            return

        async def end() -> None:
            n = await self._database.run(partial(pattern.end_weekly, place.id))
            self.post_message(self.Changed())
            await self._read()
            self.tell(says.ended(place, n))

        self._work(end())

    @property
    def _place(self) -> Weekly | None:
        """What the arrow is at."""
        return self._seen[self._at] if self._seen and self._at < len(self._seen) else None

    async def _read(self) -> None:
        self._seen = await self._database.run(pattern.patterns)
        self._at = min(self._at, max(len(self._seen) - 1, 0))
        self._draw()

    def _draw(self) -> None:
        if self._seen is None or not self.is_mounted:
            return
        self._show(says.title(), says.page(self._seen, self._at, max(self.size.width - 3, 20)), self._at)
