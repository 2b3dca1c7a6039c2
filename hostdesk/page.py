"""What a screen that is a page of lines is made of: a title, the lines, and what just happened."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.message import Message
from textual.screen import ScreenResultType

from db.errors import NotPossible
from db.thread import DatabaseThread
from hostdesk import trouble
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.over_desk import OverDesk
from hostdesk.way_around import other_screens
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Line, Lines, Span, line, wrap
from hostdesk.words import say


class PageScreen(OverDesk[ScreenResultType]):
    """Shows lines, some of which can be pointed at, and does what its keys ask in the database thread."""

    DEFAULT_CSS = """
    PageScreen {
        #title { background: $panel; padding: 0 1; }
        #page { height: 1fr; overflow-y: auto; padding: 0 1; }
        #status { height: 1; padding: 0 1; }
    }
    """
    ABOVE: ClassVar[int] = 2
    """Lines above what is pointed at that stay in sight."""

    KEY_LINES: ClassVar[int] = 1
    """Lines that its keys may take."""

    @dataclass
    class Changed(Message):
        """Something was written."""

    def __init__(self, database: DatabaseThread) -> None:
        """Show something of the room that this thread has open."""
        super().__init__()
        self._database = database
        self._message = ""
        # Held, and not looked for: a screen that is being taken down has no widgets any more.
        self._title, self._text, self._status = Lines(id="title"), Lines(id="text"), Lines(id="status")
        self._page = Vertical(self._text, id="page")
        self._stood: object = None
        """What was pointed at when it was drawn last."""
        self._rows = range(0)
        """The lines of that."""
        self._goes_on = False
        """Whether a key reads on."""

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield self._title
        yield self._page
        yield self._status
        yield KeyBar(most=self.KEY_LINES)

    def on_resize(self, _event: events.Resize) -> None:
        """Draw it at this width."""
        self._stood = None
        self._draw()

    def on_mount(self) -> None:
        """Follow how far it is scrolled."""
        self.watch(self._page, "scroll_y", self._how_far, init=False)

    def on_key(self, _event: events.Key) -> None:
        """A new key answers what was said."""
        if self._message:
            self.tell("")

    def read(self) -> None:
        """Read it again, and show it."""
        if self.size.width:
            self._draw_status()  # who looks along may be others now
        self._work(self._read())

    def tell(self, sentence: str) -> None:
        """Say what just happened."""
        self._message = sentence
        self._draw_status()

    async def _read(self) -> None:
        """Read what stands here, and draw it."""
        raise NotImplementedError

    def _draw(self) -> None:
        """Show what was read."""
        raise NotImplementedError

    def _asks(self) -> str:
        """What the page says as long as nothing just happened."""
        return ""

    def _draw_status(self) -> None:
        said = self._message or self._asks()
        wide = max(self.size.width - 2, 20)
        told = [line(Span(part, "key")) for part in wrap(said, wide)] or [
            other_screens(self.SUBJECT, len(self.others))
        ]
        self._status.styles.height = len(told)
        self._status.show(told)

    def _work(self, work: Awaitable[None]) -> None:
        """Do this for a key; what goes wrong is told."""
        self.run_worker(trouble.told(self, work, self.tell), group=OF_A_KEY, exit_on_error=False)

    def _unless_refused(self, check: Callable[[], object], ask: Message) -> None:
        """Ask for a form, where what it is for can be; otherwise say why not."""
        if self._can(check):
            self.post_message(ask)

    def _can(self, check: Callable[[], object]) -> bool:
        """Whether this can be; it is said why not."""
        try:
            check()
        except NotPossible as error:
            self.tell(say(error))
            return False
        return True

    def _do(self, write: Callable[[], object], told: str) -> None:
        """Write this, and say what it came to."""

        async def do() -> None:
            try:
                await self._database.run(write)
            finally:  # what was refused may have been done in part
                await self._read()
            self.tell(told)
            self.post_message(self.Changed())

        self._work(do())

    def _show(
        self, title: Line, lines: Sequence[tuple[int | None, Line]], at: int | None, of: object = None
    ) -> None:
        """Show the page, each line with the row that it is of, and the row that is pointed at in sight.

        Whoever scrolled on to read stays there until another row is pointed at.

        Args:
            title: the line on top.
            lines: the page.
            at: the row that is pointed at.
            of: what that row is about, where rows come and go; without it a row is its place.
        """
        self._title.show([title])
        self._text.styles.height = max(len(lines), 1)
        self._text.show([text for _, text in lines])
        chosen = [y for y, (row, _) in enumerate(lines) if row is not None and row == at]
        stands, stood = (at if of is None else of) if chosen else None, self._stood
        rows = range(chosen[0], chosen[-1] + 1) if chosen else range(0)
        if stands is not None and stands != stood:
            self.call_after_refresh(self._in_sight, rows.start, len(rows))
        elif stands is not None and rows.start != self._rows.start:  # what is above it grew, or shrank
            moved = rows.start - self._rows.start
            self.call_after_refresh(self._page.scroll_relative, y=moved, animate=False)
        self._stood, self._rows = stands, rows
        self.call_after_refresh(self._how_far)

    def _more_below(self) -> bool:
        """Whether there is more to read below."""
        return self._page.scroll_offset.y < self._page.max_scroll_y

    def _how_far(self) -> None:
        """Have the key that reads on on the bar as long as there is more below."""
        if self.is_mounted and self._more_below() != self._goes_on:
            self._goes_on = not self._goes_on
            self.refresh_bindings()

    def _in_sight(self, y: int, high: int) -> None:
        """Scroll so far that these lines, and those just above and below them, can be seen."""
        self._page.scroll_to_region(Region(0, max(y - self.ABOVE, 0), 1, high + 2), animate=False)
