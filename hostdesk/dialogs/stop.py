"""A session does not go on: that one, or that one and all that follow."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from db import series, sessions
from db.sessions import Meeting
from db.states import Kind
from db.thread import DatabaseThread
from hostdesk.deeds import Deeds
from hostdesk.dialogs.form import Line
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.session import AND_AFTER, THIS, SessionDialog
from hostdesk.place import who
from hostdesk.widgets.question import Question
from hostdesk.words import N_, gettext, ngettext


class StopDialog(SessionDialog):
    """A session does not go on, or that one and all that follow; why may be said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("does not go on"), key_display="Enter", priority=True),
    ]

    def __init__(
        self, database: DatabaseThread, session: Meeting, following: int, deeds: Deeds, draft: str = ""
    ) -> None:
        """Ask it of this session, which so many follow; what is done can be taken back by these deeds."""
        super().__init__()
        self.about(database, session)
        self._deeds = deeds
        self._following = following
        self._why = Line(draft, longest=sessions.LONGEST_REMARK, id="why")
        n = following + 1
        all_of_them = ngettext("{n} from here on", "all {n} from here on", n).format(n=n)
        options = [(THIS, gettext(N_("1 this one"))), (AND_AFTER, f"2 {all_of_them}")]
        self._which = Pick(options, THIS)

    @property
    def draft(self) -> str:
        """Why not, as it is typed."""
        return self._why.value

    def questions(self) -> Iterator[Widget]:
        """Why, and which."""
        yield Question(lambda: gettext(N_("Which")), self._which)
        yield Question(lambda: gettext(N_("Why not?")), self._why)

    async def on_mount(self) -> None:  # type: ignore[override]  # Textual takes both
        """Ask which one only where others follow."""
        self._why.placeholder = gettext(N_("may be empty"))
        self._which.query_ancestor(Question).display = self._following > 0
        self.set_focus(self._which if self._following else self._why)

    def what(self) -> str:
        """What is done with it."""
        return gettext(N_("does not go on"))

    async def action_next(self) -> None:
        """From which one to why; then it does not go on."""
        if self.focused is self._which:
            self.move(1)
            return
        why, all_of_them = self._why.value, self._which.code == AND_AFTER
        stop = self._stop_all if all_of_them else self._stop_one
        await self.save(self._database, lambda: stop(why), lambda told: told)

    def _stop_one(self, why: str) -> str:
        """It does not go on (in the database thread)."""
        number = self._session.id
        before = sessions.one(number)
        after = self.as_seen(lambda seen: sessions.cancel(number, why, by=who(), expected=seen))
        self._deeds.said(before, after)
        return gettext(N_("Written down. u takes it back."))

    def _stop_all(self, why: str) -> str:
        """None from here on goes on (in the database thread)."""
        number = self._session.id
        n = self.as_seen(lambda seen: series.cancel_from(number, why, by=who(), expected=seen))
        self._deeds.changed_for_good((Kind.ACTIVITY, self._session.activity))
        return ngettext("{n} session to come does not go on.", "{n} sessions to come don't go on.", n).format(
            n=n
        )
