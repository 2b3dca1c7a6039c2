"""Somebody else leads a session than its activity says; the other sessions stay as they are."""

from collections.abc import Iterator
from functools import partial

from textual.widget import Widget

from db import sessions
from db.errors import Meanwhile
from db.sessions import Meeting, SaidMeanwhile
from db.states import Lead
from db.thread import DatabaseThread
from hostdesk.deeds import Deeds
from hostdesk.dialogs.form import Line
from hostdesk.dialogs.half_typed import HalfTyped
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.session import SessionDialog
from hostdesk.place import who
from hostdesk.widgets.question import Question
from hostdesk.words import N_, board, gettext


class LeadDialog(SessionDialog):
    """Who leads this one."""

    def __init__(self, database: DatabaseThread, session: Meeting, deeds: Deeds, draft: str = "") -> None:
        """Begin with who leads it now, or with this draft; what is done can be taken back by these deeds."""
        super().__init__()
        self.about(database, session)
        self._deeds = deeds
        self._lead = Pick([(one, board.lead(one)) for one in Lead], session.lead)
        self._led = (session.lead, session.leader)
        self._leader = Line(session.leader, longest=sessions.LONGEST_LEADER, id="leader")
        self._half_typed = HalfTyped(draft, lead=self._lead, leader=self._leader)

    @property
    def draft(self) -> str:
        """What is typed and chosen here."""
        return self._half_typed.draft

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
        self._half_typed.remember()
        self._led = (Lead(self._lead.code), self._leader.value)
        self._leader.action_select_all()
        self._half_typed.go_on()
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
        by_whom = partial(sessions.led_by, self._session.id, lead, leader, by=who())
        try:
            after = self.as_seen(lambda seen: by_whom(expected=seen, instead_of=self._led))
        except Meanwhile as refusal:
            if not isinstance(refusal, SaidMeanwhile):
                self._led = refusal.now
            raise
        self._deeds.led(self._session, after)
        return gettext(N_("Written down. u takes it back."))
