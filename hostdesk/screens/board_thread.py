"""Everything behind a card: the wish, the activity, its sessions with who came, and what happened."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from db import board, course
from db.board import Thread, WishFacts
from db.sessions import Meeting
from db.states import Kind, State
from db.thread import DatabaseThread
from hostdesk import trouble
from hostdesk.board_requests import AskAbout, BoardChanged, GiveUp, PlanWishes
from hostdesk.deeds import Deeds, Subject, neighbour, stops
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.screens import board_thread_words as says
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Line, Lines, Span, line
from hostdesk.words import N_, gettext

_LONGEST_NUMBER = 3
"""Digits of how many took part."""

_CELL = 26
"""Cells of a choice at least."""


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
        Binding("u,backspace,full_stop,decimal,slash,divide", "take_back", N_("undo"), key_display="u"),
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

    def __init__(self, database: DatabaseThread, deeds: Deeds, kind: Kind, number: int) -> None:
        """Show this card, and do things with it that can be taken back."""
        super().__init__()
        self._database = database
        self._deeds = deeds
        self._kind, self._number = kind, number
        self._thread: Thread | None = None
        self._asked_of: Meeting | None = None
        """The session that a question on the screen is about, as it stood when it was asked."""
        self._entry: str | None = None
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
        if self._asked_of is None:
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self._asked_of = self._entry = None
        elif event.key == "enter":
            self._confirm()
        elif self._entry is not None and event.key == "backspace":
            self._entry = self._entry[:-1]
        elif self._entry is not None and event.character and event.character in "0123456789":
            self._entry = (self._entry + event.character)[:_LONGEST_NUMBER]
        self._draw_status()

    def read(self) -> None:
        """Read the thread, and show it."""
        self.run_worker(trouble.told(self._read(), self.tell), exit_on_error=False)

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
        if self._thread is None or choice is None:
            return
        card = self._subject(self._thread)
        if choice is _CANCEL:
            self._asked_of = says.next_session(self._thread)
        elif choice is _ATTEND:
            self._asked_of, self._entry = says.unnumbered(self._thread), ""
        elif choice is _ASK:
            self.post_message(AskAbout(card))
        elif choice is _ME_TOO:
            self._do(partial(self._deeds.me_too, card))
        elif choice is _PLAN:
            self._plan(card)
        elif choice is _NOT_FEASIBLE:
            self._give_up(card)
        else:
            self._move(card, 1 if choice is _ON else -1)
        self._draw_status()

    def action_take_back(self) -> None:
        """Take back what was done last on the board."""
        self._do(lambda: self._deeds.take_back()[1])

    def _move(self, card: Subject, step: int) -> None:
        """Move it to the column beside this one; a wish is planned to get there."""
        to = neighbour(card.kind, card.state, step, held=says.was_held(self._thread))
        if to is State.NOT_FEASIBLE:
            self._give_up(card)
        elif card.kind is Kind.WISH and to is State.PLANNED:
            self._plan(card)
        elif to is not None:
            self._do(partial(self._deeds.move, card, to))

    def _give_up(self, card: Subject) -> None:
        async def ask() -> None:
            self.post_message(GiveUp(card, await self._database.run(partial(stops, card))))

        self.run_worker(trouble.told(ask(), self.tell), group=OF_A_KEY, exit_on_error=False)

    def _plan(self, card: Subject) -> None:
        self.post_message(PlanWishes((card.number,)))

    def _subject(self, thread: Thread) -> Subject:
        """The card that this is the thread of, as it stands on the screen."""
        facts = says.card(thread)
        title = facts.text if isinstance(facts, WishFacts) else facts.title
        return Subject(self._kind, self._number, title, facts.state, facts.reason or "")

    def _choices(self) -> list[Choice]:
        """What can be done with this card."""
        if self._thread is None:
            return []
        wish = self._kind is Kind.WISH
        state = says.card(self._thread).state
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
        session, entry = self._asked_of, self._entry
        self._asked_of = self._entry = None
        if session is not None and entry is None:
            self._do(partial(self._deeds.cancel, session))
        elif session is not None and entry:
            self._do(partial(self._deeds.attend, session, int(entry)))

    async def _read(self) -> None:
        thread = await self._database.run(partial(board.thread, self._kind, self._number))
        if activity := says.went_to(thread):  # the wish was planned: who looks at it goes along
            self._kind, self._number = Kind.ACTIVITY, activity
            thread = await self._database.run(partial(board.thread, self._kind, self._number))
        self._thread = thread
        self._draw()

    def _do(self, work: Callable[[], str]) -> None:
        """Do this with the card, and say what it came to."""

        async def do() -> None:
            told = await self._database.run(work)
            await self._read()
            self.tell(told)

        async def done() -> None:
            if await trouble.told(do(), self.tell) is not None:
                self.read()  # perhaps it is not as it stands here
            self.post_message(BoardChanged())

        self.run_worker(done(), group=OF_A_KEY, exit_on_error=False)

    @property
    def _text_width(self) -> int:
        """Cells of a line of the page."""
        return max(self.size.width - 2, 20) - 2

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
        lines = says.page(self._thread, self._text_width)
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
        if self._asked_of is not None:
            when = says.session(self._asked_of, self._thread)
            question = N_("{when} does not go on? Enter is yes, Esc is no.")
            if self._entry is not None:
                question = N_("{when}: how many took part?  {n}█  Enter")
            asked = gettext(question).format(when=when, n=self._entry)
        self._shows["status"].show([line(Span(asked, "key"))])
