"""A note for the shift log: one line and Enter; and what is said about a note later."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from db import clock, log
from db.moments import from_text, to_text
from db.shifts import ShiftKey
from db.states import NoteKind
from db.thread import DatabaseThread
from hostdesk.dialogs.form import Dialog, Line, TimeField
from hostdesk.drafts import packed, unpacked
from hostdesk.place import at_the_desk, who
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, gettext, shift

_KINDS = tuple(NoteKind)


class NoteDialog(Dialog):
    """Takes a note; the kind is one key away, and nothing else is asked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down", "kind(1)", N_("another kind"), key_display="Tab", priority=True),
        Binding("shift+tab,up", "kind(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    NoteDialog {
        #kind { margin-left: 22; }
        #warning { margin-left: 22; }
    }
    """

    def __init__(self, database: DatabaseThread, draft: str = "", closing: ShiftKey | None = None) -> None:
        """Go on with this draft; at a closing it is about the shift that is closed."""
        super().__init__()
        self._database = database
        self._of_closing = closing
        typed = unpacked(draft)
        self.kind = next((kind for kind in _KINDS if kind == typed.get("kind")), NoteKind.PARTICULARS)
        """What it is about."""
        self._draft = draft
        self._held_back = typed.get("note", "") if self.kind is NoteKind.INCIDENT and at_the_desk() else ""
        """An incident that may have been typed in another shift: what happened there is not for this one."""
        self._since = (_moment(typed.get("since", "")) if self._held_back else None) or clock.now()
        self._note = Line("" if self._held_back else typed.get("note", ""), longest=log.LONGEST, id="note")
        self._kind, self._warning = Lines(id="kind"), Sentence(look="strong", id="warning")

    @property
    def draft(self) -> str:
        """What is typed, and what it is about: an incident does not become a note for everybody."""
        if self._held_back:
            return self._draft
        note = self._note.value
        return packed({"note": note, "kind": self.kind, "since": to_text(self._since)}) if note else ""

    def questions(self) -> Iterator[Widget]:
        """What never belongs in a note, the note, and what it is about."""
        yield Sentence(look="strong", id="no-names")
        yield Question(lambda: gettext(N_("Note")), self._note)
        yield self._kind
        yield self._warning

    def title_says(self) -> str:
        """What the dialog is for."""
        return gettext(N_("A note in the log"))

    def on_mount(self) -> None:
        """Say what never belongs in it."""
        self.query_one("#no-names", Sentence).say(gettext(shift.NO_NAMES))
        self._note.cursor_position = len(self._note.value)
        self._draw_kind()
        if self._held_back:
            self.meanwhile(partial(self.keeping, self._look_whose))

    async def _look_whose(self) -> None:
        """Go on with an incident of this shift; that of a shift before goes into the log, once, and stays."""
        write = partial(log.write_half_typed, self._held_back, self._since, by=who())
        was_before = await self._database.run(write)
        typed, self._held_back = self._held_back, ""
        if not was_before:
            self._note.value = typed + self._note.value
            self._note.cursor_position = len(self._note.value)
            return
        self.kind, self._since, self.goes_on = NoteKind.PARTICULARS, clock.now(), False
        self.draw_title()
        self._draw_kind()
        said = N_(
            "A half-typed incident of a shift before is in the log now, for that shift and the coordinator."
        )
        self.complain(gettext(said))

    @on(Input.Changed, "#note")
    def warn_softly(self) -> None:
        """Say so when it looks like something about a person; nothing is refused for it."""
        if self.is_attached:
            self._warning.say(shift.delicate(self._note.value) or "")

    def action_kind(self, step: int) -> None:
        """It is about something else."""
        self.kind = _KINDS[(_KINDS.index(self.kind) + step) % len(_KINDS)]
        self._draw_kind()

    async def action_next(self) -> None:
        """Write it in the log."""
        if self._held_back:  # not known yet, or that went wrong: see again, and lose nothing
            await self.keeping(self._look_whose)
            return
        text, kind, closing = self._note.value, self.kind, self._of_closing
        said = gettext(N_("In the log: {kind}."))
        if kind in log.OPENS_A_FOLLOW_UP:
            said = gettext(N_("In the log: {kind}. It is an open point until somebody deals with it."))
        await self.save(
            self._database,
            lambda: log.write(text, kind=kind, by=who(), closing=closing),
            lambda _: said.format(kind=shift.note_kind(kind)),
        )

    def _draw_kind(self) -> None:
        sign = shift.sign(self.kind)
        word = f"{sign} {shift.note_kind(self.kind)}"
        self._kind.show([line(Span(word, "strong"), Span(f"   {gettext(N_('Tab: another kind'))}", "quiet"))])


def _moment(text: str) -> datetime | None:
    """When a draft was begun; None in one that does not say so."""
    try:
        return from_text(text)
    except ValueError:
        return None


class SayDialog(Dialog):
    """One line about a note that is there: how it was dealt with, or what it should say."""

    def __init__(
        self,
        database: DatabaseThread,
        *,
        title: str,
        label: str,
        longest: int,
        write: Callable[[str], None],
        told: str,
        text: str = "",
        draft: str = "",
        in_words: bool = True,
        explained: str = "",
    ) -> None:
        """Ask for it.

        Args:
            database: where it is written.
            title: what this is about.
            label: what is asked.
            longest: characters that it may have.
            write: writes it, in the database thread.
            told: the sentence for when that is done.
            text: what stands there already.
            draft: what was half typed in its place.
            in_words: whether it is a text, in which no names belong; otherwise it is a time.
            explained: what to say over the line, in place of that no names belong in it.
        """
        super().__init__()
        self._database = database
        self._title, self._label, self._write, self._told = title, label, write, told
        self._text = text
        self._explained = explained or (gettext(shift.NO_NAMES) if in_words else "")
        self._line = Line(draft or text, longest=longest, id="say") if in_words else TimeField(text)

    @property
    def draft(self) -> str:
        """What is typed, where that is not what stood there."""
        return "" if self._line.value == self._text else self._line.value

    def questions(self) -> Iterator[Widget]:
        """The line."""
        yield Sentence(look="strong", id="no-names")
        yield Question(lambda: self._label, self._line)

    def title_says(self) -> str:
        """What this is about."""
        return self._title

    def on_mount(self) -> None:
        """Say what belongs in it, or never does."""
        self.query_one("#no-names", Sentence).say(self._explained)
        self._line.cursor_position = len(self._line.value)

    async def action_next(self) -> None:
        """Write it."""
        await self.save(self._database, partial(self._write, self._line.value), lambda _: self._told)
