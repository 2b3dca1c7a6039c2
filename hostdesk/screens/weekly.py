"""The weekly pattern (F5, v): who is on duty every week, and from when on somebody is not any more."""

from collections.abc import Awaitable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen

from db import pattern
from db.pattern import Weekly
from db.thread import DatabaseThread
from hostdesk import trouble
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.screens import weekly_words as says
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.words import N_

_FAR = 1_000


class WeeklyScreen(Screen[None]):
    """Shows the places in the weekly pattern, and changes them."""

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
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    WeeklyScreen {
        #title { background: $panel; padding: 0 1; }
        #page { height: 1fr; overflow-y: auto; padding: 0 1; }
        #status { height: 1; padding: 0 1; }
    }
    """

    @dataclass
    class Add(Message):
        """Somebody comes every week from now on."""

        like: Weekly | None
        """The place that the arrow is at: its weekday and times are likely meant."""

    @dataclass
    class Changed(Message):
        """Something was written."""

    def __init__(self, database: DatabaseThread) -> None:
        """Show the weekly pattern of the room that this thread has open."""
        super().__init__()
        self._database = database
        self._seen: tuple[Weekly, ...] | None = None
        self._at = 0
        self._message = ""
        # Held, and not looked for: a screen that is being taken down has no widgets any more.
        self._title, self._text, self._status = Lines(id="title"), Lines(id="text"), Lines(id="status")
        self._page = Vertical(self._text, id="page")

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield self._title
        yield self._page
        yield self._status
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Whoever comes here finds it as it is now."""
        self.read()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw it at this width."""
        self._draw()

    def on_key(self, _event: events.Key) -> None:
        """A new key answers what was said."""
        if self._message:
            self.tell("")

    def read(self) -> None:
        """Read it again, and show it."""
        self._work(self._read())

    def tell(self, sentence: str) -> None:
        """Say what just happened."""
        self._message = sentence
        self._status.show([line(Span(sentence, "key"))])

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

    def _work(self, work: Awaitable[None]) -> None:
        """Do this for a key; what goes wrong is told."""
        self.run_worker(trouble.told(work, self.tell), group=OF_A_KEY, exit_on_error=False)

    async def _read(self) -> None:
        self._seen = await self._database.run(pattern.patterns)
        self._at = min(self._at, max(len(self._seen) - 1, 0))
        self._draw()

    def _draw(self) -> None:
        if self._seen is None or not self.is_mounted:
            return
        self._title.show([says.title()])
        lines = says.page(self._seen, self._at, max(self.size.width - 3, 20))
        self._text.styles.height = max(len(lines), 1)
        self._text.show([text for _, text in lines])
        at = next((y for y, (row, _) in enumerate(lines) if row == self._at), 0)
        self.call_after_refresh(self._page.scroll_to_region, Region(0, max(at - 1, 0), 1, 3), animate=False)
