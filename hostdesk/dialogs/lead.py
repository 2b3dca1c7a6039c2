"""Somebody else leads a session than its activity says; the other sessions stay as they are."""

from collections.abc import Iterator

from textual.widget import Widget

from db import sessions
from db.sessions import Meeting
from db.states import Lead
from db.thread import DatabaseThread
from hostdesk.deeds import Deeds
from hostdesk.dialogs.form import Line
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.session import SessionDialog
from hostdesk.place import who
from hostdesk.widgets.question import Question
from hostdesk.words import N_, board, gettext


class LeadDialog(SessionDialog):
    """Who leads this one."""

    def __init__(self, database: DatabaseThread, session: Meeting, deeds: Deeds) -> None:
        """Begin with who leads it now; what is done can be taken back by these deeds."""
        super().__init__()
        self.about(database, session)
        self._deeds = deeds
        self._lead = Pick([(one, board.lead(one)) for one in Lead], session.lead)
        self._leader = Line(session.leader, longest=sessions.LONGEST_LEADER, id="leader")

    def questions(self) -> Iterator[Widget]:
        """What they are, and who."""
        yield Question(lambda: gettext(N_("Led by")), self._lead)
        yield Question(lambda: gettext(N_("Their first name")), self._leader)

    def what(self) -> str:
        """What is done with it."""
        return gettext(N_("who leads"))

    def known(self) -> None:
        """A first name is never asked for; what is typed takes the place of who led it."""
        self._leader.placeholder = gettext(N_("may be empty"))
        self._leader.action_select_all()
        self.set_focus(self._lead)

    async def action_next(self) -> None:
        """From what they are to who; then save it."""
        if self.focused is self._lead:
            self.move(1)
            return
        lead, leader = Lead(self._lead.code), self._leader.value
        await self.save(self._database, lambda: self._write(lead, leader), str)

    def _write(self, lead: Lead, leader: str) -> str:
        """Somebody else leads it (in the database thread)."""
        number = self._session.id
        self.as_seen(lambda seen: sessions.led_by(number, lead, leader, by=who(), expected=seen))
        self._deeds.led(self._session)
        return gettext(N_("Written down. u takes it back."))
