"""Everything behind a card: the wish, the activity, its sessions with who came, and what happened."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from db import board, course, sessions
from db.board import Thread
from db.errors import HostdeskError
from db.states import Kind, State
from db.thread import DatabaseThread
from hostdesk import place
from hostdesk.logfile import log
from hostdesk.screens import board_thread_words as says
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Line, Lines, Span, line
from hostdesk.words import N_, gettext, say

_LONGEST_NUMBER = 3
"""Digits of how many took part."""

_CELL = 26
"""Cells of a choice at least."""


Key = tuple[Kind, int]
"""Which card: what it is, and its number."""


@dataclass(frozen=True)
class Choice:
    """Something that can be done with what is looked at, by one digit."""

    digit: str
    action: str
    label: str
    """In English, marked for translation."""


_ON = Choice("1", "on", N_("move on"))
_BACK = Choice("2", "back", N_("move back"))
_ME_TOO = Choice("3", "me_too", N_("one more: me too"))
_PLAN = Choice("4", "plan", N_("plan"))
_ASK = Choice("5", "ask", N_("ask advice"))
_NOT_FEASIBLE = Choice("6", "not_feasible", N_("not feasible"))
_CANCEL = Choice("7", "cancel", N_("cancel the next session"))
_ATTEND = Choice("8", "attend", N_("how many took part"))


class ThreadScreen(Screen[None]):
    """Shows the thread behind a card, and does with one digit what its keys do on the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down", "scroll('down')", N_("down"), key_display="↓"),
        Binding("up", "scroll('up')", N_("up"), key_display="↑"),
        Binding("pagedown,space", "scroll('page_down')", N_("page down"), key_display="PgDn"),
        Binding("pageup", "scroll('page_up')", show=False),
        Binding("home", "scroll('home')", show=False),
        Binding("end", "scroll('end')", show=False),
        *(Binding(one.digit, f"choose('{one.digit}')", show=False) for one in (_ON, _BACK, _ME_TOO, _PLAN)),
        *(
            Binding(one.digit, f"choose('{one.digit}')", show=False)
            for one in (_ASK, _NOT_FEASIBLE, _CANCEL, _ATTEND)
        ),
        Binding("greater_than_sign,shift+right", "choose('1')", show=False),
        Binding("less_than_sign,shift+left", "choose('2')", show=False),
        Binding("m", "choose('3')", show=False),
        Binding("p", "choose('4')", show=False),
        Binding("a", "choose('5')", show=False),
        Binding("x", "choose('6')", show=False),
    ]
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    ThreadScreen {
        #title { background: $panel; padding: 0 1; }
        #page { height: 1fr; overflow-y: auto; padding: 0 1; }
        #choices { padding: 0 1; height: 2; }
        #status { height: 1; padding: 0 1; }
    }
    """

    def __init__(
        self,
        database: DatabaseThread,
        kind: Kind,
        number: int,
        *,
        chosen: Callable[[str, tuple[Kind, int]], None],
    ) -> None:
        """Show this card.

        Args:
            database: where it is read.
            kind: what it is.
            number: its wish or activity.
            chosen: does on the board what was chosen; "changed" when it was done here already.
        """
        super().__init__()
        self._database = database
        self._kind, self._number = kind, number
        self._chosen = chosen
        self._thread: Thread | None = None
        self._entry: str | None = None
        self._cancelling = False
        self._message = ""
        # Held, and not looked for: a screen that is being taken down has no widgets any more.
        self._shows = {name: Lines(id=name) for name in ("title", "text", "choices", "status")}
        self._page = Vertical(self._shows["text"], id="page")

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield self._shows["title"]
        yield self._page
        yield self._shows["choices"]
        yield self._shows["status"]
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the thread."""
        self.read()

    def on_screen_resume(self) -> None:
        """What was done in a dialog is on it."""
        self.read()

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the page at this width."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Do what the choice that is pressed says."""
        choices = self._shows["choices"]
        if event.widget is choices:
            column, row = (event.x - 1) // self._cell, event.y - 1
            at = row * self._across + column
            if 0 <= at < len(self._choices()):
                self.action_choose(self._choices()[at].digit)

    def on_key(self, event: events.Key) -> None:
        """While a number is asked for the digits are its own; a yes or no is Enter or Esc."""
        if self._message:
            self.tell("")
        if self._entry is None and not self._cancelling:
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self._entry, self._cancelling = None, False
        elif event.key == "enter":
            self._confirm()
        elif self._entry is not None and event.key == "backspace":
            self._entry = self._entry[:-1]
        elif self._entry is not None and event.character and event.character in "0123456789":
            self._entry = (self._entry + event.character)[:_LONGEST_NUMBER]
        self._draw_status()

    def read(self) -> None:
        """Read the thread, and show it."""
        self._work(self._read)

    def tell(self, sentence: str) -> None:
        """Say what just happened."""
        self._message = sentence
        self._draw_status()

    def action_back(self) -> None:
        """Back to the board."""
        self.dismiss()

    def action_scroll(self, where: str) -> None:
        """Move over the page."""
        getattr(self._page, f"scroll_{where}")(animate=False)

    def action_choose(self, digit: str) -> None:
        """Do what this digit stands for."""
        choice = next((one for one in self._choices() if one.digit == digit), None)
        if choice is _CANCEL:
            self._cancelling = True
        elif choice is _ATTEND:
            self._entry = ""
        elif choice is not None:
            self._chosen(choice.action, (self._kind, self._number))
        self._draw_status()

    def _choices(self) -> list[Choice]:
        """What can be done with this card."""
        if self._thread is None:
            return []
        wish = self._kind is Kind.WISH
        state = next(
            one.state
            for one in (self._thread.wishes if wish else self._thread.activities)
            if one.id == self._number
        )
        offered = {
            _ON: state is not State.NOT_FEASIBLE,
            _BACK: state is not State.RECEIVED,
            _ME_TOO: True,
            _PLAN: wish,
            _ASK: True,
            _NOT_FEASIBLE: State.NOT_FEASIBLE in course.legal(self._kind, state),
            _CANCEL: says.next_session(self._thread) is not None,
            _ATTEND: says.unnumbered(self._thread) is not None,
        }
        return [choice for choice, is_offered in offered.items() if is_offered]

    def _confirm(self) -> None:
        """Write the number that was typed, or cancel the session that was asked about."""
        if self._thread is None:
            return
        cancel, attend = says.next_session(self._thread), says.unnumbered(self._thread)
        by = place.who()
        if self._cancelling and cancel:
            stop = partial(sessions.cancel, cancel.id, by=by, expected=cancel.standing)
            self._work(partial(self._write, stop))
        elif self._entry and attend:
            count = partial(sessions.attend, attend.id, int(self._entry), by=by, expected=attend.standing)
            self._work(partial(self._write, count))
        self._entry, self._cancelling = None, False

    async def _read(self) -> None:
        self._thread = await self._database.run(partial(board.thread, self._kind, self._number))
        self._draw()

    async def _write(self, work: Callable[[], object]) -> None:
        await self._database.run(work)
        await self._read()
        self.tell(gettext(N_("Written down.")))
        self._chosen("changed", (self._kind, self._number))

    def _work(self, work: Callable[[], Awaitable[None]]) -> None:
        async def do() -> None:
            try:
                await work()
            except HostdeskError as error:
                self.tell(say(error))
            except Exception:
                log.exception("a bug: the thread behind a card")
                self.tell(gettext(N_("Something went wrong: this was not done.")))

        self.run_worker(do(), exit_on_error=False)

    @property
    def _across(self) -> int:
        """Choices on a line."""
        return max((self.size.width - 2) // _CELL, 1)

    @property
    def _cell(self) -> int:
        return (self.size.width - 2) // self._across

    def _draw(self) -> None:
        if self._thread is None or not self.is_mounted:
            return
        width = max(self.size.width - 2, 20)
        self._shows["title"].show([says.title(self._thread, width)])
        lines = says.page(self._thread, width - 2)
        text = self._shows["text"]
        text.styles.height = len(lines)
        text.show(lines)
        choices = self._choice_lines()
        self._shows["choices"].styles.height = len(choices)
        self._shows["choices"].show(choices)
        self._draw_status()

    def _choice_lines(self) -> list[Line]:
        choices, across = self._choices(), self._across
        lines: list[Line] = [line(Span("─" * max(self.size.width - 2, 1), "average"))]
        for first in range(0, len(choices), across):
            spans: list[Span] = []
            for one in choices[first : first + across]:
                label = f" {gettext(one.label)}"
                spans += [Span(one.digit, "key"), Span(f"{label:<{self._cell - 1}}")]
            lines.append(tuple(spans))
        return lines

    def _draw_status(self) -> None:
        if not self.is_mounted or self._thread is None:
            return
        asked = self._message
        if self._entry is not None and (meeting := says.unnumbered(self._thread)):
            when = says.session(meeting, self._thread)
            asked = gettext(N_("{when}: how many took part?  {n}█  Enter")).format(when=when, n=self._entry)
        elif self._cancelling and (meeting := says.next_session(self._thread)):
            when = says.session(meeting, self._thread)
            asked = gettext(N_("{when} does not go on? Enter is yes, Esc is no.")).format(when=when)
        self._shows["status"].show([line(Span(asked, "key"))])
