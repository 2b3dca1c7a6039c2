"""The first run: three questions, and the room is there."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from db import backup, connection, hours, room
from db.backup import Backup
from db.errors import HostdeskError, NotPossible, RoomExists
from db.machine import Machine
from db.room import DEFAULT_HOURS, Hours, Room
from db.text import visible
from db.thread import DatabaseThread
from hostdesk import words
from hostdesk.trouble import meanwhile
from hostdesk.widgets.choice import Choice
from hostdesk.widgets.field import Field
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, dates, gettext
from hostdesk.words.command_lines import filled

LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
"""Each in its own words: who cannot read the screen finds their language."""


@dataclass(frozen=True)
class Answers:
    """What was filled in."""

    name: str
    language: str
    week: tuple[Hours, ...]


class Start(Lines, can_focus=True):
    """The last stop: from here the room is made."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.start", N_("make the room"), key_display="Enter", priority=True)
    ]
    DEFAULT_CSS = """
    Start { margin: 1 0 0 20; }
    """

    def watch_has_focus(self, has_focus: bool) -> None:
        """The keys go here, or elsewhere."""
        super().watch_has_focus(has_focus)
        self.draw()

    def on_click(self, _event: events.Click) -> None:
        """Do what Enter does."""
        if isinstance(self.screen, SetupScreen):
            self.screen.action_start()

    def draw(self) -> None:
        """Say it in the language that is spoken now."""
        text = f" {'→' if self.has_focus else ' '} {gettext(N_('Make the room and open the desk'))} "
        self.show([line(Span(text, "alarm" if self.has_focus else "strong"))])


class SetupScreen(Screen[None]):
    """Asks the room's name, its language and its opening hours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("next"), key_display="Enter", priority=True),
        Binding("down,tab", "go_on", show=False, priority=True),
        Binding("up,shift+tab", "back", N_("back"), key_display="↑", priority=True),
        Binding("f2", "start", N_("make the room"), key_display="F2", priority=True),
        Binding("ctrl+q", "app.quit", N_("stop"), key_display="ctrl+q", priority=True),
    ]
    DEFAULT_CSS = """
    SetupScreen {
        #title { background: $panel; padding: 0 1; }
        #questions { height: 1fr; overflow-y: auto; padding: 1 1 0 1; }
        #left, #intro { margin-bottom: 1; }
        /* What stands in an empty field is an answer too; the muted colour is too near in sixteen. */
        Field > .input--placeholder { color: $foreground; }
        #hours { margin: 1 0 0 2; }
        #where { margin-top: 1; }
        &.-small {
            #questions { padding: 0 1; }
            #left, #intro { margin-bottom: 0; }
            #hours, #where { margin-top: 0; }
            Start { margin-top: 0; }
        }
    }
    """

    @dataclass
    class Made(Message):
        """The room is there, open in the database thread."""

        room: Room

    def __init__(self, file: Path, database: DatabaseThread) -> None:
        """Make the room in this file."""
        super().__init__()
        self._file = file
        self._database = database
        self._making = False
        self._left: Backup | None = None

    def compose(self) -> ComposeResult:
        """Lay the questions out."""
        yield Lines(id="title")
        with Vertical(id="questions"):
            yield Sentence(look="strong", id="left")
            yield Sentence(id="intro")
            yield Question(lambda: gettext(N_("Name of the room")), Field(most=room.LONGEST_NAME, id="name"))
            yield Question(lambda: gettext(N_("Language")), Choice(LANGUAGES, words.language()))
            yield Sentence(look="quiet", id="hours")
            for weekday in range(1, 8):
                usual = hours.in_words(DEFAULT_HOURS, weekday)
                field = Field(usual, most=hours.LONGEST, id=f"day{weekday}")
                yield Question(partial(dates.weekday_name, weekday), field)
            yield Start()
            yield Sentence(look="alarm", id="trouble")
            yield Sentence(look="quiet", id="where")
        yield KeyBar()

    @property
    def _room_name(self) -> Field:
        return self.query_one("#name", Field)

    @property
    def _days(self) -> dict[int, Field]:
        """The answers about opening hours; 1 is Monday."""
        return {weekday: self.query_one(f"#day{weekday}", Field) for weekday in range(1, 8)}

    def on_mount(self) -> None:
        """Speak; and look whether a room that was here before stands on the stick."""
        self._draw()
        meanwhile(self, self._look, self._say)

    async def _look(self) -> None:
        with suppress(HostdeskError):  # a stick that gives errors keeps nobody from making a room
            self._left = await self._database.run(partial(backup.left_on_stick, Machine(), self._file.stem))
        if self._left:
            self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Close up where there is little room."""
        self.set_class(event.size.height < 23, "-small")

    @on(Choice.Chosen)
    def change_language(self, message: Choice.Chosen) -> None:
        """Speak the chosen language at once."""
        words.choose(message.code)
        self._draw()

    @on(Input.Blurred)
    def tidy(self, event: Input.Blurred) -> None:
        """Write the hours as they are understood, or say what is wrong."""
        if event.input is not self._room_name:
            self._understands(event.input)

    def action_next(self) -> None:
        """To the next question, when the answer is understood; after the last one, make the room."""
        if isinstance(self.focused, Start):
            self.action_start()
        elif not isinstance(self.focused, Field) or self._understands(self.focused):
            self.focus_next()

    def action_go_on(self) -> None:
        """To the next question."""
        self.focus_next()

    def action_back(self) -> None:
        """To the question before."""
        self.focus_previous()

    def action_start(self) -> None:
        """Make the room, when all answers are understood; else go to the first that is not."""
        wrong = [field for field in (self._room_name, *self._days.values()) if not self._understands(field)]
        if wrong:
            wrong[0].focus()
        elif not self._making:
            self._making = True
            answers = self._answers()
            meanwhile(self, lambda: self._make(answers), self._say)

    async def _make(self, answers: Answers) -> None:
        """Make the room; what goes wrong is said, and the answers stay."""
        self._say(gettext(N_("One moment…")))
        try:
            self.post_message(self.Made(await self._database.run(lambda: _made(self._file, answers))))
        finally:
            self._making = False

    def _answers(self) -> Answers:
        week = chain.from_iterable(hours.parse(field.value, day) for day, field in self._days.items())
        return Answers(self._room_name.value, self.query_one(Choice).code, tuple(week))

    def _understands(self, field: Input) -> bool:
        """Whether an answer makes sense; if it does, it is written as it is understood."""
        question = field.query_ancestor(Question)
        try:
            field.value = self._reader(field)(field.value)
        except NotPossible as error:
            question.show_trouble(error)
            return False
        question.show_trouble(None)
        return True

    def _reader(self, field: Input) -> Callable[[str], str]:
        """What reads this field's answer and writes it back as it is understood."""
        if field is self._room_name:
            return room.sound_name
        weekday = next(day for day, one in self._days.items() if one is field)
        return lambda text: hours.in_words(hours.parse(text, weekday), weekday)

    def _say(self, sentence: str) -> None:
        """Say what concerns no question alone."""
        trouble = self.query_one("#trouble", Sentence)
        trouble.say(sentence)
        trouble.scroll_visible(animate=False)

    def _draw(self) -> None:
        """Say everything in the language that is spoken now."""
        title = gettext(N_("hostdesk · a new room"))
        self.query_one("#title", Lines).show([line(Span(title, "strong"))])
        if self._left:
            sentence = N_(
                "On the USB stick {stick} stands a room already. "
                "It comes back, in the place of a new one, with: hostdesk restore {backup}"
            )
            left = filled(gettext(sentence), {"stick": backup.STICK, "backup": self._left.file})
            self.query_one("#left", Sentence).say(left)
        intro = gettext(N_("Three questions, then the desk opens. Type the name and press Enter."))
        self.query_one("#intro", Sentence).say(intro)
        explained = gettext(N_("Opening hours, such as 10:00-16:30 or 10-12, 14-17. Empty means closed."))
        self.query_one("#hours", Sentence).say(explained)
        where = gettext(N_("The room will be kept in {path}")).format(path=visible(str(self._file)))
        self.query_one("#where", Sentence).say(where)
        self._say("")
        for field in self._days.values():
            field.placeholder = gettext(N_("closed"))
        for question in self.query(Question):
            question.draw()
        self.query_one(Start).draw()
        self.query_one(KeyBar).draw()


def _made(file: Path, answers: Answers) -> Room:
    """Make the room, or open the one that somebody else made meanwhile (in the database thread)."""
    try:
        room.create(file, name=answers.name, language=answers.language, hours=answers.week)
    except RoomExists:
        connection.open(file)
    return room.current()
