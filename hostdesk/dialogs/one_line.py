"""Dialogs of one line: a question to a professional, and the reason why something did not work out."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from db import advice, course
from db.errors import N_ as mark
from db.errors import NotPossible
from db.logbook import Entry
from db.states import Kind, NoteKind
from db.text import clean, visible
from db.thread import DatabaseThread
from hostdesk.deeds import Deeds
from hostdesk.dialogs.form import Dialog, Line
from hostdesk.place import who
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, gettext, ngettext, say, shift
from hostdesk.words import advice as words_of_advice

_NOT_THE_INCIDENT = N_("Who answers does not read the incident: ask so that it says enough.")


class AskDialog(Dialog):
    """Asks a professional at a distance; who leads stays who leads."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("ask"), key_display="Enter", priority=True),
    ]

    def __init__(
        self,
        database: DatabaseThread,
        kind: Kind | None = None,
        number: int | None = None,
        title: str = "",
        draft: str = "",
        *,
        entry: Entry | None = None,
        deeds: Deeds | None = None,
    ) -> None:
        """Ask about one of these, or about the room in general; go on with this draft.

        What is asked can be taken back by these deeds.
        """
        super().__init__()
        self._database = database
        self._deeds = Deeds() if deeds is None else deeds
        self._about = (kind, number)
        self._entry = entry
        self._title = words_of_advice.entry(entry) if entry else visible(title)
        self._line = Line(draft, longest=advice.LONGEST, id="question")

    @property
    def draft(self) -> str:
        """The question as it is typed."""
        return self._line.value

    def questions(self) -> Iterator[Widget]:
        """The question, and what happens with it."""
        yield Question(lambda: gettext(N_("Question")), self._line)
        yield Sentence(look="quiet", id="explained")

    def on_mount(self) -> None:
        """Say what happens with it."""
        explained = gettext(N_("The answer comes to the desk. Whoever leads keeps the lead."))
        if self._entry is not None:  # whoever answers is not one of those who may read all of the log
            explained = f"{gettext(shift.NO_NAMES)} {explained}"
            if self._entry.kind is NoteKind.INCIDENT:
                explained = f"{gettext(_NOT_THE_INCIDENT)} {explained}"
        self.query_one("#explained", Sentence).say(explained)
        self._line.cursor_position = len(self._line.value)

    def title_says(self) -> str:
        """What the dialog is for."""
        if not self._title:
            return gettext(N_("Ask a professional for advice"))
        return gettext(N_("Ask a professional about: {title}")).format(title=self._title)

    async def action_next(self) -> None:
        """Ask."""
        question, (kind, number) = self._line.value, self._about
        entry = self._entry.id if self._entry else None

        def told(asked: int) -> str:
            self._deeds.asked(asked, question, None if kind is None or number is None else (kind, number))
            return gettext(N_("Question {n} is asked; the answer comes to the desk.")).format(n=asked)

        await self.save(
            self._database,
            lambda: advice.ask(question, about=kind, number=number, entry=entry, by=who()),
            told,
        )


class ReasonDialog(Dialog):
    """Asks why something did not work out; the card goes with it, and the reason stays until it is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("not feasible"), key_display="Enter", priority=True),
    ]

    def __init__(
        self,
        database: DatabaseThread,
        title: str,
        give_up: Callable[[str], str],
        stops: int = 0,
        draft: str = "",
    ) -> None:
        """Ask it about this wish or activity.

        Args:
            database: the thread in which it is kept.
            title: what does not work out.
            give_up: keeps the reason, and says what that came to (in the database thread).
            stops: so many sessions to come stop with it.
            draft: what was half typed.
        """
        super().__init__()
        self._database = database
        self._give_up = give_up
        self._title = title
        self._stops = stops
        self._line = Line(draft, longest=course.LONGEST_REASON, id="reason")

    @property
    def draft(self) -> str:
        """The reason as it is typed."""
        return self._line.value

    def questions(self) -> Iterator[Widget]:
        """The reason."""
        yield Question(lambda: gettext(N_("Why not?")), self._line)
        yield Sentence(look="strong", id="stops")

    def on_mount(self) -> None:
        """Say what stops with it, before it is confirmed."""
        n = self._stops
        stops = ngettext("{n} session to come does not go on.", "{n} sessions to come don't go on.", n)
        self.query_one("#stops", Sentence).say(stops.format(n=n) if n else "")
        self._line.cursor_position = len(self._line.value)

    def title_says(self) -> str:
        """What the dialog is for."""
        return gettext(N_("Not feasible: {title}")).format(title=visible(self._title))

    async def action_next(self) -> None:
        """Keep the reason; without one, say that it is needed."""
        try:
            reason = clean(self._line.value, most=course.LONGEST_REASON)
            if not reason:
                raise NotPossible(mark("Say in a few words why it did not work out."))
        except NotPossible as error:
            self.complain(say(error))
        else:
            await self.save(self._database, lambda: self._give_up(reason), str)
