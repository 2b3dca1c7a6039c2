"""Advice at a distance: the questions that wait for an answer, and the answers that nobody read yet."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Region
from textual.widgets import Input

from db import advice, clock, logbook
from db.advice import Advice
from db.text import visible
from db.thread import DatabaseThread
from hostdesk import whose_keys
from hostdesk.board_requests import BoardChanged
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.over_desk import OverDesk
from hostdesk.place import at_the_desk, who
from hostdesk.trouble import meanwhile, told
from hostdesk.widgets.field import Field
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Line, Lines, Span, line, wrap
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, board, gettext
from hostdesk.words import advice as words_of_advice

_INDENT = 4


class Asked(Lines, can_focus=True):
    """Questions and answers under each other; an arrow marks the one that Enter is for."""

    def __init__(self) -> None:
        """Know of none yet."""
        super().__init__()
        self._requests: tuple[Advice, ...] = ()
        self._now = clock.now()
        self._at = 0
        self._begins: list[int] = []
        """The first line of each."""

    @property
    def chosen(self) -> Advice | None:
        """The one that the arrow points at."""
        return self._requests[self._at] if self._requests else None

    def show_requests(self, requests: tuple[Advice, ...], now: datetime) -> None:
        """Show these; the arrow stays where it was, or at what took that place."""
        stood = self.chosen
        ids = [request.id for request in requests]
        self._requests, self._now = requests, now
        if stood is not None and stood.id in ids:
            self._at = ids.index(stood.id)
        self._at = min(self._at, max(len(ids) - 1, 0))
        self.draw()

    def move(self, step: int) -> None:
        """To the next one, or the one before."""
        if 0 <= self._at + step < len(self._requests):
            self._at += step
            self.draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap it anew."""
        self.draw()

    def on_click(self, event: events.Click) -> None:
        """Point at what was pointed at."""
        above = [at for at, row in enumerate(self._begins) if row <= event.y]
        if above:
            self._at = above[-1]
            self.draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The keys go here, or elsewhere."""
        super().watch_has_focus(has_focus)
        self.draw()

    def draw(self) -> None:
        """Say everything in the language that is spoken now."""
        lines: list[Line] = []
        self._begins = []
        for at, request in enumerate(self._requests):
            self._begins.append(len(lines))
            lines += self._entry(request, pointed_at=at == self._at)
        self.styles.height = max(len(lines), 1)
        self.show(lines)
        if self._begins:
            row, after = self._begins[self._at], [*self._begins[1:], len(lines)][self._at]
            self.call_after_refresh(self._in_sight, row, after - row)

    def _in_sight(self, row: int, height: int) -> None:
        if isinstance(self.parent, Vertical):
            self.parent.scroll_to_region(Region(0, row, 1, height), animate=False)

    def _entry(self, request: Advice, *, pointed_at: bool) -> Iterator[Line]:
        look = "strong" if pointed_at and self.has_focus else "plain"
        arrow = "→" if pointed_at and self.has_focus else " "
        mark = "?" if request.answer is None else "!"
        first, *others = self._wrapped(request.question)
        yield line(Span(f"{arrow} {mark} ", "key"), Span(first, look))
        yield from (line(Span(" " * _INDENT + text, look)) for text in others)
        for text in self._wrapped(_where_from(request, self._now)):
            yield line(Span(" " * _INDENT + text, "quiet"))
        if request.answer is not None:
            for text in self._wrapped(request.answer):
                yield line(Span(" " * _INDENT + text, "strong"))
            yield line(Span(" " * _INDENT + _answered(request), "quiet"))
        yield line("")

    def _wrapped(self, text: str) -> list[str]:
        return wrap(visible(text), max(self.size.width - _INDENT, 20)) or [""]


class AdviceScreen(OverDesk[None]):
    """Answers what was asked, and lets answers be read; open questions come first."""

    SUBJECT = "questions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", N_("answer"), key_display="Enter", priority=True),
        Binding("enter", "have_read", N_("read"), key_display="Enter", priority=True),
        Binding("down", "move(1)", N_("down"), key_display="↓", priority=True),
        Binding("up", "move(-1)", N_("up"), key_display="↑", priority=True),
        Binding("x", "take_back", N_("take back"), key_display="x"),
        Binding("escape", "leave", N_("back"), key_display="Esc", priority=True),
    ]
    DEFAULT_CSS = """
    AdviceScreen {
        #title { background: $panel; padding: 0 1; }
        #page { height: 1fr; overflow-y: auto; padding: 1 1 0 1; }
        #bar { height: auto; padding: 0 1; border-top: solid $primary; display: none; }
        #trouble { margin: 0 1; }
    }
    """

    def __init__(self, database: DatabaseThread) -> None:
        """Show those of the room that this thread has open."""
        super().__init__()
        self._database = database
        self._asked = Asked()
        self._nothing = Sentence(id="nothing")
        self._trouble = Sentence(look="alarm", id="trouble")
        self._line = Field(most=20_000, id="answer")
        self._line.select_on_focus = False
        self._answering: Advice | None = None
        self._drafts: dict[int, str] = {}
        self._complained_of = ""
        self._taking_back: int | None = None
        """The question that x was just pressed on: once more takes it back."""

    def compose(self) -> ComposeResult:
        """A title, the questions, a line to answer, the keys."""
        yield Lines(id="title")
        with Vertical(id="page"):
            yield self._nothing
            yield self._asked
        with Vertical(id="bar"):
            yield Question(lambda: gettext(N_("Your answer")), self._line)
        yield self._trouble
        yield KeyBar()

    def on_mount(self) -> None:
        """Read what there is; keys that come in meanwhile are for that, and wait."""
        title = gettext(N_("Questions to a professional, and answers"))
        self.query_one("#title", Lines).show([line(Span(title, "strong"))])
        self.set_focus(self._asked)
        self.run_worker(told(self, self._read(), self._complain), group=OF_A_KEY, exit_on_error=False)

    def read(self) -> None:
        """Read again what waits."""
        meanwhile(self, self._read, self._complain)

    def _show(self, requests: tuple[Advice, ...]) -> None:
        """Show these: the open questions, then the answers that nobody read; where one stands stays."""
        if not self.is_attached:
            return
        open_ones = [request for request in requests if request.answer is None]
        unread = [request for request in requests if request.answer is not None and request.read_at is None]
        waiting = (*sorted(open_ones, key=_asked_at), *sorted(unread, key=_asked_at))
        self._asked.show_requests(waiting, clock.now())
        nothing = gettext(N_("No question is open, and every answer was read."))
        if whose_keys.may("app", "ask"):
            nothing = f"{nothing} {gettext(N_('Ask one with a.'))}"
        self._nothing.say("" if waiting else nothing)
        self.refresh_bindings()
        self._asked.display = bool(waiting)
        if waiting and self.focused is None:
            self.set_focus(self._asked)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter answers a question, and has read an answer."""
        if action in ("answer", "have_read"):
            chosen = None if self._answering else self._asked.chosen
            is_answered = chosen is not None and chosen.answer is not None
            if is_answered != (action == "have_read"):
                return False
        if action == "take_back":
            chosen = None if self._answering else self._asked.chosen
            if chosen is None or chosen.answer is not None:
                return False
        return super().check_action(action, parameters)

    async def action_answer(self) -> None:
        """Begin to answer, or give the answer."""
        if self.focused is self._line:
            await self._answer()
        elif self._asked.chosen is not None:
            self._begin(self._asked.chosen)

    async def action_have_read(self) -> None:
        """Somebody in the room has read this answer."""
        if (chosen := self._asked.chosen) is not None:
            await self._do(lambda: advice.mark_read(chosen.id, by=who()))

    async def action_take_back(self) -> None:
        """A question that nobody meant, or that is settled already, goes; asked twice, since it is gone."""
        if (chosen := self._asked.chosen) is None:
            return
        if self._taking_back != chosen.id:
            self._taking_back = chosen.id
            self._complain(gettext(N_("Once more x: this question goes, as if nobody had asked it.")))
        else:
            self._taking_back = None
            await self._do(lambda: advice.take_back(chosen.id))

    def on_key(self, event: events.Key) -> None:
        """Another key than x leaves the question."""
        if event.key != "x" and self._taking_back is not None:
            self._leave_it()

    def _leave_it(self) -> None:
        self._taking_back = None
        self._complain("")

    def action_move(self, step: int) -> None:
        """To the next one, or the one before; while an answer is typed it stays where it is."""
        if self._answering is None:
            self._leave_it()
            self._asked.move(step)
            self.refresh_bindings()

    def action_leave(self) -> None:
        """Back to the list; what was typed stays with its question. From the list, leave."""
        if self._answering is None:
            self.dismiss()
            return
        self._drafts[self._answering.id] = self._line.value
        self._end()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """What was wrong may be right now, unless this is news of what was typed before that was said."""
        if self.is_attached and self._line.value != self._complained_of:
            self._complain("")

    def _begin(self, request: Advice) -> None:
        """Answer this one."""
        self._leave_it()
        self._answering = request
        self._line.value = self._drafts.get(request.id, "")
        self._line.cursor_position = len(self._line.value)
        self.query_one("#bar").display = True
        self.set_focus(self._line)

    def _end(self) -> None:
        self._answering = None
        self._complain("")
        self.query_one("#bar").display = False
        self.set_focus(self._asked)

    async def _answer(self) -> None:
        request, text = self._answering, self._line.value
        if request is not None and await self._do(lambda: advice.answer(request.id, text, by=who())):
            self._drafts.pop(request.id, None)
            self._end()

    async def _do(self, work: Callable[[], object]) -> bool:
        """Write this, and show what became of the list; what goes wrong is said."""
        done = False

        async def do() -> None:
            nonlocal done
            await self._database.run(work)
            done = True
            await self._read()

        await told(self, do(), self._complain)
        if done:
            self.post_message(BoardChanged())
        return done

    async def _read(self) -> None:
        self._show(await self._database.run(waiting))

    def _complain(self, sentence: str) -> None:
        self._complained_of = self._line.value
        self._trouble.say(sentence)


def waiting() -> tuple[Advice, ...]:
    """The open questions and the unread answers, as who looks here may see them (in the database thread)."""
    reader = logbook.reader(who(), at_the_desk=at_the_desk())
    return advice.unanswered(reader) + advice.unread(reader)


def _asked_at(request: Advice) -> datetime:
    return request.asked_at


def _where_from(request: Advice, now: datetime) -> str:
    """About what, who asked, how long ago."""
    ago = gettext(N_("{time} ago")).format(time=board.how_long(max(now - request.asked_at, timedelta(0))))
    parts = [words_of_advice.about(request), visible(request.asked_by), ago]
    return " · ".join(part for part in parts if part)


def _answered(request: Advice) -> str:
    """Who answered, and how long that took."""
    took = board.how_long(request.took) if request.took is not None else ""
    if not request.answered_by:
        return gettext(N_("answered after {time}")).format(time=took)
    text = gettext(N_("answered by {name} after {time}"))
    return text.format(name=visible(request.answered_by), time=took)
