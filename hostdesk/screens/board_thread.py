"""Everything behind a card: the wish, the activity, its sessions with who came, and what happened."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Region
from textual.message import Message

from db import board, course
from db.board import Thread, WishFacts
from db.sessions import Meeting
from db.states import Kind, SessionState, State
from db.thread import DatabaseThread
from hostdesk import trouble, whose_keys
from hostdesk.board_requests import AskAbout, BoardChanged, ChangeCard, FillIn, Form, GiveUp, PlanWishes
from hostdesk.deeds import Deeds, Subject, neighbour, stops
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.over_desk import OverDesk
from hostdesk.screens import board_thread_words as says
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Line, Lines, Span, line, wrap
from hostdesk.words import N_, gettext

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
_BACK = Choice("7", "move_back", N_("move back"))
_ME_TOO = Choice("3", "me_too", N_("one more: me too"))
_PLAN = Choice("4", "plan", N_("plan"))
_ASK = Choice("5", "ask", N_("ask advice"))
_NOT_FEASIBLE = Choice("6", "not_feasible", N_("not feasible"))
_CHANGE = Choice("4", "change", N_("change"))
_REWORD = Choice("9", "change", N_("write it better"))
_SESSION = Choice("9", "session", N_("this session…"))
_NUMBER = Choice("1", "number", N_("how many took part"))
_STOP = Choice("3", "stop", N_("does not go on"))
_GO_ON = Choice("3", "go_on", N_("goes on after all"))
_LEAD = Choice("7", "lead", N_("who leads"))
_MOVE = Choice("4", "move", N_("another day, time, place"))
_SIGN_UPS = Choice("5", "sign_ups", N_("sign-ups"))
_ADD = Choice("6", "add", N_("add a session"))
_FORMS = {
    _NUMBER: Form.NUMBER,
    _STOP: Form.STOP,
    _MOVE: Form.MOVE,
    _SIGN_UPS: Form.SIGN_UPS,
    _ADD: Form.ADD,
    _LEAD: Form.LEAD,
}
"""What is filled in about the session that is chosen."""


class _Page(Vertical):
    """What is read, which says when it has another size."""

    class Sized(Message):
        """It is as large as it stays for now."""

    def on_resize(self) -> None:
        """Say so."""
        self.post_message(self.Sized())


class ThreadScreen(OverDesk[None]):
    """Shows the thread behind a card, and does with one digit what its keys do on the board."""

    SUBJECT = "thread"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down,2", "walk(1)", N_("down"), key_display="↓"),
        Binding("up,8", "walk(-1)", N_("up"), key_display="↑"),
        Binding("enter", "do('session')", N_("this session"), key_display="Enter"),
        Binding("pagedown,space", "scroll('page_down')", N_("page down"), key_display="PgDn"),
        Binding("pageup", "scroll('page_up')", show=False),
        Binding("home", "scroll('home')", show=False),
        Binding("end", "scroll('end')", show=False),
        *(Binding(digit, f"choose('{digit}')", show=False) for digit in "1345679"),
        Binding("greater_than_sign,shift+right", "do('on')", show=False),
        Binding("less_than_sign,shift+left", "do('move_back')", show=False),
        Binding("m", "do('me_too')", show=False),
        Binding("p", "do('plan')", show=False),
        Binding("a", "do('ask')", show=False),
        Binding("x", "do('not_feasible')", show=False),
        Binding("u,backspace,full_stop,decimal,slash,divide", "take_back", N_("undo"), key_display="u"),
    ]
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
        self._chosen: Meeting | None = None
        """The session that the arrow stands at."""
        self._of_session = False
        """Whether the digits do something with that session, and not with the card."""
        self._message = ""
        # Held, and not looked for: a screen that is being taken down has no widgets any more.
        self._shows = {name: Lines(id=name) for name in ("title", "text", "choices", "status")}
        self._page = _Page(self._shows["text"], id="page")

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
        """What was done in a dialog is on it; keys wait for that."""
        self.run_worker(trouble.told(self, self._read(), self.tell), group=OF_A_KEY, exit_on_error=False)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the page at this width; what ends higher now is not left behind."""
        self._draw()
        self.call_after_refresh(lambda: self._page.scroll_to(y=self._page.scroll_y, animate=False))

    @on(_Page.Sized)
    def keep_in_sight(self) -> None:
        """The choices below took a line more or less: what is pointed at is still seen."""
        if self._chosen is not None:
            self._bring_into_sight()

    def on_click(self, event: events.Click) -> None:
        """Do what the choice that is pressed says."""
        choices = self._shows["choices"]
        if event.widget is choices:
            column, row = (event.x - 1) // self._cell, event.y - 1
            at = row * self._across + column
            if 0 <= at < len(self._choices()):
                self.action_choose(self._choices()[at].digit)

    def on_key(self) -> None:
        """What was said of the key before is read."""
        if self._message:
            self.tell("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter shows where there is a session to do something with."""
        if (action, *parameters) == ("do", _SESSION.action):
            theirs = whose_keys.may(self.SUBJECT, _SESSION.action)
            return theirs and self._chosen is not None and not self._of_session
        return super().check_action(action, parameters)

    def read(self) -> None:
        """Read the thread, and show it."""
        trouble.meanwhile(self, self._read, self.tell)

    def tell(self, sentence: str) -> None:
        """Say what just happened."""
        self._message = sentence
        self._draw_status()

    def action_back(self) -> None:
        """From the session to the card; from there back to the board."""
        if self._of_session:
            self._offer_session(False)
        else:
            self.dismiss()

    def action_scroll(self, where: str) -> None:
        """Move over the page."""
        getattr(self._page, f"scroll_{where}")(animate=False)

    def action_walk(self, step: int) -> None:
        """To the session after or before this one; where there is none, move over the page."""
        walked = says.sessions(self._thread) if self._thread else []
        at = walked.index(self._chosen) + step if self._chosen in walked else -1
        if 0 <= at < len(walked):
            self._chosen = walked[at]
            self._draw()
            self._bring_into_sight()
        else:
            self.action_scroll("down" if step > 0 else "up")

    def action_choose(self, digit: str) -> None:
        """Do what this digit stands for."""
        choice = next((one for one in self._choices() if one.digit == digit), None)
        if choice is not None:
            self._perform(choice)

    def action_do(self, action: str) -> None:
        """Do with the card what this key does on the board, or hear why that cannot be."""
        offered = (*self._choices_of_card(), _ON, _BACK, _ME_TOO)
        choice = next((one for one in offered if one.action == action), None)
        if choice is not None:
            self._perform(choice)

    def _perform(self, choice: Choice) -> None:
        if self._thread is None:
            return
        card = self._subject(self._thread)
        if choice is _SESSION:
            self._offer_session(True)
        elif self._chosen is not None and choice in _FORMS:
            following = says.following(self._chosen, self._thread)
            self.post_message(FillIn(_FORMS[choice], self._chosen, following))
        elif self._chosen is not None and choice is _GO_ON:
            self._do(partial(self._deeds.go_on, self._chosen))
        elif choice in (_CHANGE, _REWORD):
            self.post_message(ChangeCard(card))
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

    def _offer_session(self, of_session: bool) -> None:
        """Let the digits be for the session that is chosen, or for the card again."""
        self._of_session = of_session
        self._draw()
        self.refresh_bindings()

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

        self.run_worker(trouble.told(self, ask(), self.tell), group=OF_A_KEY, exit_on_error=False)

    def _plan(self, card: Subject) -> None:
        self.post_message(PlanWishes((card.number,)))

    def _subject(self, thread: Thread) -> Subject:
        """The card that this is the thread of, as it stands on the screen."""
        facts = says.card(thread)
        title = facts.text if isinstance(facts, WishFacts) else facts.title
        return Subject(self._kind, self._number, title, facts.state, facts.reason or "")

    def _choices(self) -> list[Choice]:
        """What the digits do now."""
        offered = self._choices_of_session() if self._of_session else self._choices_of_card()
        return [choice for choice in offered if whose_keys.may(self.SUBJECT, choice.action)]

    def _choices_of_session(self) -> list[Choice]:
        """What can be said of the session that is chosen."""
        chosen, thread = self._chosen, self._thread
        if chosen is None or thread is None:
            return []
        offered = {
            _NUMBER: chosen.day <= thread.room.local(thread.now).date(),
            _STOP: chosen.state is not SessionState.CANCELLED,
            _GO_ON: chosen.state is SessionState.CANCELLED,
            _MOVE: chosen.state is not SessionState.HELD,
            _SIGN_UPS: chosen.state is SessionState.PLANNED and chosen.ends_at > thread.now,
            _ADD: True,
            _LEAD: chosen.state is not SessionState.CANCELLED,
        }
        return [choice for choice, is_offered in offered.items() if is_offered]

    def _choices_of_card(self) -> list[Choice]:
        """What can be done with this card."""
        if self._thread is None:
            return []
        wish = self._kind is Kind.WISH
        state = says.card(self._thread).state
        offered = {
            _ON: self._leads_somewhere(state, 1),
            _BACK: self._leads_somewhere(state, -1),
            _ME_TOO: bool(self._thread.wishes),
            _PLAN: wish,
            _CHANGE: not wish,
            _ASK: True,
            _NOT_FEASIBLE: state is not State.NOT_FEASIBLE,
            _REWORD: wish,
            _SESSION: self._chosen is not None,
        }
        return [choice for choice, is_offered in offered.items() if is_offered]

    def _leads_somewhere(self, stands: State, step: int) -> bool:
        """Whether a card that stands here can be moved this way."""
        held = says.was_held(self._thread)
        to = neighbour(self._kind, stands, step, held=held)
        if self._kind is Kind.WISH and stands is State.EXPLORING and to is State.PLANNED:
            return True  # it is planned to get there
        return to in course.legal(self._kind, stands, held=held)

    async def _read(self) -> None:
        thread = await self._database.run(partial(board.thread, self._kind, self._number))
        if activity := says.went_to(thread):  # the wish was planned: who looks at it goes along
            self._kind, self._number = Kind.ACTIVITY, activity
            thread = await self._database.run(partial(board.thread, self._kind, self._number))
        self._thread = thread
        before, self._chosen = self._chosen, self._still_chosen(thread)
        self._of_session = self._of_session and self._chosen is not None
        self._draw()
        self.refresh_bindings()
        if self._chosen is not None and (before is None or before.id != self._chosen.id):
            self._bring_into_sight()

    def _still_chosen(self, thread: Thread) -> Meeting | None:
        """The session that was chosen, as it stands now; else the one that matters most now."""
        same = (one for one in says.sessions(thread) if self._chosen and one.id == self._chosen.id)
        return next(same, says.nearest(thread))

    def _bring_into_sight(self) -> None:
        """Scroll the chosen session into sight, once the page is laid out."""
        row = says.row_of_chosen(self._shows["text"].lines)
        if row is not None:
            at = Region(0, row, 1, 1)
            self.call_after_refresh(lambda: self._page.scroll_to_region(at, animate=False))

    def _do(self, work: Callable[[], str]) -> None:
        """Do this with the card, and say what it came to."""

        async def do() -> None:
            told = await self._database.run(work)
            await self._read()
            self.tell(told)

        async def done() -> None:
            if await trouble.told(self, do(), self.tell) is not None:
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
        lines = says.page(self._thread, self._text_width, self._chosen)
        text = self._shows["text"]
        text.styles.height = len(lines)
        text.show(lines)
        choices = self._choice_lines()
        self._shows["choices"].styles.height = len(choices)
        self._shows["choices"].show(choices)
        self._draw_status()

    def _choice_lines(self) -> list[Line]:
        choices, across = self._choices(), self._across
        lines: list[Line] = [self._choices_about()]
        for first in range(0, len(choices), across):
            spans: list[Span] = []
            for one in choices[first : first + across]:
                label = f" {gettext(one.label)}"
                spans += [Span(one.digit, "key"), Span(label.ljust(self._cell - 1))]
            lines.append(tuple(spans))
        return lines

    def _choices_about(self) -> Line:
        """The line over the choices; it says so when they are about the session."""
        about = ""
        if self._of_session and self._chosen is not None and self._thread is not None:
            about = f"── {says.session(self._chosen, self._thread)} "
        return line(Span(f"{about:─<{max(self.size.width - 2, 1)}}", "average"))

    def _draw_status(self) -> None:
        if self.is_mounted:
            told = wrap(self._message, max(self.size.width - 2, 20)) or [""]
            self._shows["status"].styles.height = len(told)
            self._shows["status"].show([line(Span(part, "key")) for part in told])
