"""What every dialog is made of: lines to type on, a last stop, and keys that lose nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import date, time
from functools import partial
from textwrap import wrap
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from db import written_days
from db.errors import HostdeskError, NotPossible
from db.text import clean, visible
from db.thread import DatabaseThread
from hostdesk import trouble
from hostdesk.dialogs.pick import Pick
from hostdesk.logfile import log
from hostdesk.presses import SLOW_SECONDS
from hostdesk.widgets.field import Field
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, dates, gettext, say

T = TypeVar("T")

PATIENCE = 15
"""Seconds that keys wait for the disk: longer than one process waits for another."""

_PLUS, _MINUS, _POINT = ("plus", "add"), ("minus", "subtract"), ("decimal", "separator")
"""What keys of a numeric pad are called, on one terminal or another."""

_TITLE_LINES = 2

_LONGEST_PASTE = 20_000
"""More than this is no line of anybody's."""


class _Pasted(Field):
    """A line that takes in what is too long: only then can that be said."""

    def __init__(self, value: str, id: str | None) -> None:  # noqa: A002
        """Take in more than anybody types."""
        super().__init__(value, most=_LONGEST_PASTE, id=id)

    def on_paste(self, event: events.Paste) -> None:
        """Take the whole paste in: Textual takes its first line, or nothing when it is long."""
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        room = _LONGEST_PASTE - len(self.value) + end - start
        self.replace(" ".join(event.text.split())[:room], start, end)


class Line(_Pasted):
    """A line of a person's own words: what is too long is said, and kept to be made shorter."""

    def __init__(self, value: str = "", *, longest: int, id: str | None = None) -> None:  # noqa: A002
        """Hold so many characters in the end; more may stand here meanwhile."""
        super().__init__(value, id)
        self.select_on_focus = False  # what was typed before is gone on with, and not typed over
        self._longest = longest

    def assert_fits(self) -> None:
        """Refuse what is too long.

        Raises:
            NotPossible: it is.
        """
        clean(self.value, most=self._longest)


class PadField(_Pasted):
    """A line that is no text: on a numeric pad - takes a character away, * goes on, and / goes back."""

    IS_TEXT = False

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        """Begin with this answer, to be typed over."""
        super().__init__(value, id)

    def on_key(self, event: events.Key) -> None:
        """Take a character away; where none stands, the form says that - does nothing, as of +."""
        if event.key in _MINUS and self.value:
            self.action_delete_left()
            event.stop()
        elif event.key not in (*_PLUS, *_MINUS):
            return
        event.prevent_default()


class TimeField(PadField):
    """A line for a time; what is none is not swallowed."""

    def on_key(self, event: events.Key) -> None:
        """The point of a numeric pad, on a terminal that gives it no character."""
        if event.key in _POINT and not event.is_printable:
            self.insert_text_at_cursor(".")
            event.prevent_default()
            event.stop()


class NumberField(PadField):
    """A line for a number and nothing else: another character is said by the form, and not taken in."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits are for this line; a letter may be a key of the dialog."""
        return character is not None and character.isdigit()

    def on_key(self, event: events.Key) -> None:
        """Take digits, and the keys that go over them."""
        if event.key not in _MINUS and _no_digit(event):
            event.prevent_default()


def _no_digit(event: events.Key) -> str:
    """What a key types that is no digit; empty where it types nothing, or a digit."""
    if event.key in _POINT:
        return "."
    typed = event.character if event.is_printable and event.character else ""
    return "" if typed.isascii() and typed.isdigit() else typed


class Go(Lines, can_focus=True):
    """The last stop of a form: Enter does what it is for."""

    DEFAULT_CSS = """
    Go { margin-left: 20; }
    """

    def __init__(self, label: Callable[[], str]) -> None:
        """Say this, in the language that is spoken when it is drawn."""
        super().__init__()
        self._label = label

    def on_mount(self) -> None:
        """Say it."""
        self.draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The keys go here, or elsewhere."""
        super().watch_has_focus(has_focus)
        self.draw()

    def on_click(self, _event: events.Click) -> None:
        """Do what Enter does."""
        if isinstance(self.screen, Dialog):
            self.screen.meanwhile(self.screen.action_next)

    def draw(self) -> None:
        """Say it; an arrow shows where the keys go without colours too."""
        text = f" {'→' if self.has_focus else ' '} {self._label()} "
        self.show([line(Span(text, "alarm" if self.has_focus else "strong"))])


class Dialog(ModalScreen[str | None]):
    """A form over a screen: left with a sentence to tell, or with nothing by Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("save"), key_display="Enter", priority=True),
        Binding("down,tab", "go_on", show=False, priority=True),
        Binding("up,shift+tab", "back", show=False, priority=True),
        Binding("escape", "leave", N_("back"), key_display="Esc", priority=True),
        Binding("slash,divide", "leave_on_a_pad", N_("back"), key_display="/", priority=True),
        Binding("asterisk,multiply", "next_on_a_pad", N_("next"), key_display="*", priority=True),
        Binding("f1", "app.help", N_("help"), key_display="F1", system=True),
    ]
    DEFAULT_CSS = """
    Dialog {
        align: left bottom;
        #form {
            height: auto;
            max-height: 100%;
            background: $background;
            border-top: solid $primary;
        }
        #title { background: $panel; padding: 0 1; }
        #questions { height: auto; padding: 0 1; }
        #trouble { margin: 0 1; }
        KeyBar { dock: none; }
        /* What stands in an empty field is an answer too; the muted colour is too near in sixteen. */
        Field > .input--placeholder { color: $foreground; }
    }
    """

    def __init__(self) -> None:
        """Nothing is being saved yet."""
        super().__init__()
        self.goes_on = False
        """Whether it begins with what was left half typed."""
        self._saving = False
        self._stands: tuple[Input, bool] | None = None
        """Whether something stands in the line that changed last: the keys on the bar hang on it."""
        self._complained_of: tuple[str, ...] = ()
        self._trouble = Sentence(look="alarm", id="trouble")

    @property
    def draft(self) -> str:
        """What is half typed, to go on with the next time; empty when nothing is."""
        return ""

    def compose(self) -> ComposeResult:
        """A title, the questions, what is wrong, the keys."""
        with Vertical(id="form"):
            yield Lines(id="title")
            with Vertical(id="questions"):
                yield from self.questions()
            yield self._trouble
            yield KeyBar()

    def questions(self) -> Iterator[Widget]:
        """What is asked."""
        raise NotImplementedError

    def title_says(self) -> str:
        """What the dialog is for."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Say what this is; from here on keys find the first question."""
        # Here, since the program's own style of screens comes before ours. What is beneath stays as it is:
        # dimming it would send the whole screen again.
        self.styles.background = "transparent"
        self.draw_title()
        if self.focused is None:
            self.set_focus(self.query(Input).first())

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the title at this width."""
        if self.is_mounted:
            self.draw_title()

    def draw_title(self) -> None:
        """Say what this is."""
        half = f"{gettext(N_('Half typed'))} · " if self.goes_on else ""
        wide = max(self.size.width - 2, 20)
        first, *rest = wrap(half + self.title_says(), wide, max_lines=_TITLE_LINES, placeholder="…")
        title = self.query_one("#title", Lines)
        title.styles.height = 1 + len(rest)
        below = [line(Span(text, "strong")) for text in rest]
        title.show([line(Span(half, "key"), Span(first.removeprefix(half), "strong")), *below])

    @on(Input.Changed)
    def read_along(self, event: Input.Changed) -> None:
        """Say it at once when a line gets too long; what was wrong before may be right now."""
        if not self.is_attached:  # the dialog was left meanwhile
            return
        if (stands := (event.input, bool(event.value))) != self._stands:
            self._stands = stands
            self.refresh_bindings()
        if self._values() != self._complained_of:  # this may be news of what was typed before
            self.complain("")
        if isinstance(event.input, Line):
            self.understands(event.input, event.input.assert_fits)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A numeric pad has no Esc and no Tab. In a text its keys are text, but for `/` where none stands."""
        if action == "next_on_a_pad":
            return isinstance(self.focused, Pick | PadField)
        if action == "leave_on_a_pad":
            return (typed := self._typed_in) is None or not typed.value
        return super().check_action(action, parameters)

    @property
    def _typed_in(self) -> Input | None:
        """The line of text that is being typed; None where the keys are not text."""
        typed = self.focused
        return typed if isinstance(typed, Input) and getattr(typed, "IS_TEXT", True) else None

    @on(events.Key)
    def say_what_does_nothing(self, event: events.Key) -> None:
        """A key of a numeric pad that nothing here is for is said: nobody may think that it counted."""
        key = "+" if event.key in _PLUS else "-" if event.key in _MINUS else ""
        if isinstance(self.focused, Pick) and event.key.isdecimal():
            key = event.key
        elif isinstance(self.focused, NumberField):
            key = key or _no_digit(event)
        if key and self._typed_in is None:
            said = gettext(N_("“{key}” does nothing here, and counts nobody: / goes back."))
            self.complain(said.format(key=visible(key)))

    async def action_next(self) -> None:
        """Save what stands here."""
        raise NotImplementedError

    def action_go_on(self) -> None:
        """To the next question."""
        self.move(1)

    def action_back(self) -> None:
        """To the question before."""
        self.move(-1)

    def action_next_on_a_pad(self) -> None:
        """To the next question."""
        self.move(1)

    def action_leave_on_a_pad(self) -> None:
        """Leave it, as Esc does."""
        self.action_leave()

    def action_leave(self) -> None:
        """Leave it; not while it is being saved."""
        if not self._saving:
            self.dismiss(None)

    def move(self, step: int) -> None:
        """To a question after or before this one.

        Textual remembers what is shown until the next frame; in a burst a question may be there already.
        """
        stops = [
            widget
            for widget in self.query("#questions *")
            if widget.can_focus and all(node.display for node in widget.ancestors_with_self)
        ]
        if self.focused in stops:
            self.set_focus(stops[(stops.index(self.focused) + step) % len(stops)])

    def understands(self, field: Widget, read: Callable[[], object]) -> bool:
        """Whether an answer makes sense; what is wrong with it is said under its question."""
        question = field.query_ancestor(Question)
        try:
            read()
        except NotPossible as error:
            question.show_trouble(readable(error))
            return False
        question.show_trouble(None)
        return True

    def time(self, field: Field) -> time | None:
        """The time of day that stands there; None where it can't be read, and that is said."""
        if self.understands(field, partial(written_days.time_of_day, field.value)):
            return written_days.time_of_day(field.value)
        self.set_focus(field)
        return None

    def complain(self, sentence: str) -> None:
        """Say what concerns no question alone; nothing is fine too."""
        self._complained_of = self._values()
        self._trouble.say(sentence)

    def meanwhile(self, work: Callable[[], Awaitable[None]], *, only_the_last: str = "") -> None:
        """Do this while keys go on; what goes wrong is said, and the desk beneath goes on counting."""
        trouble.meanwhile(self, work, self.complain, only_the_last=only_the_last)

    def _values(self) -> tuple[str, ...]:
        """What stands in all lines."""
        return tuple(field.value for field in self.query(Input))

    async def save(self, database: DatabaseThread, work: Callable[[], T], told: Callable[[T], str]) -> None:
        """Do this in the database thread, and leave; what goes wrong is said, and the answers stay.

        Args:
            database: that thread.
            work: what writes.
            told: the sentence for what came of it.
        """
        await self.keeping(lambda: self._save(database, work, told))

    async def keeping(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do this, and nothing else meanwhile; keys wait for it, and nobody leaves before it is done."""
        if self._saving:
            return
        self._saving = True
        kept = asyncio.Event()

        async def keep() -> None:
            try:
                await work()
            finally:
                self._saving = False
                kept.set()

        self.meanwhile(keep)
        with suppress(TimeoutError):
            await asyncio.wait_for(kept.wait(), PATIENCE)

    async def _save(self, database: DatabaseThread, work: Callable[[], T], told: Callable[[T], str]) -> None:
        slow = self.set_timer(SLOW_SECONDS, self._tell_slow)
        try:
            # Whoever stops the program now does not take this away from the disk; nobody hears then
            # what came of it, which asyncio would complain of on the terminal.
            writing = asyncio.ensure_future(database.run(work))
            writing.add_done_callback(lambda done: done.cancelled() or done.exception())
            outcome = await asyncio.shield(writing)
        except HostdeskError as error:
            sentence = say(readable(error))
            stands = any(question.trouble == sentence for question in self.query(Question))
            self.complain("" if stands else sentence)  # once, and best under its question
        except Exception:
            log.exception("a dialog could not save")
            self.complain(say(HostdeskError()))
        else:
            self._leave_with(told(outcome))
        finally:
            slow.stop()

    def _tell_slow(self) -> None:
        """Say that it takes long; the timer may come just as what came of it was said."""
        if self._saving:
            self.complain(gettext(N_("saving…")))

    def _leave_with(self, sentence: str) -> None:
        """It is kept: leave, and whatever was opened over this meanwhile goes too; who stopped has left."""
        if self in self.app.screen_stack:
            self.pop_until_active()
            self.dismiss(sentence)


def readable(error: HostdeskError) -> HostdeskError:
    """The error with its days in words."""
    values: dict[str, Any] = {
        name: dates.day(value) if isinstance(value, date) else value for name, value in error.values.items()
    }
    return type(error)(error.sentence, **values)
