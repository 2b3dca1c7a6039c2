"""A form about one session of an activity."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from db import clock, signups
from db import room as rooms
from db.room import Room
from db.sessions import Meeting, SaidMeanwhile
from db.signups import SignedUp
from db.states import Standing
from db.text import visible
from db.thread import DatabaseThread
from hostdesk import trouble
from hostdesk.dialogs.form import Dialog
from hostdesk.widgets.lines import Span, fit, line
from hostdesk.words import board

T = TypeVar("T")

_LEAST = 12
"""Cells of a session's name at least; when it is and what is done with it stand behind it."""

THIS, AND_AFTER = "this", "and after"
"""Which sessions are meant."""


class SessionDialog(Dialog):
    """A form about one session, which its title names by day and time."""

    _database: DatabaseThread
    _session: Meeting
    _seen: Standing
    _room: Room | None = None
    _now: datetime
    _signed_up: tuple[SignedUp, ...] = ()

    def about(self, database: DatabaseThread, session: Meeting) -> None:
        """Ask about this session."""
        self._database = database
        self._session = session
        self._seen = session.standing

    def as_seen(self, write: Callable[[Standing], T]) -> T:
        """Write it of the session as it was seen (in the database thread); once it is known what somebody
        else said, again is meant.
        """
        try:
            return write(self._seen)
        except SaidMeanwhile as refusal:
            self._seen = refusal.now
            raise

    async def on_mount(self) -> None:  # type: ignore[override]  # Textual takes both
        """Read what the form begins with; only then keys find it."""
        await trouble.told(self, self._begin(), self.complain)

    async def _begin(self) -> None:
        session = self._session.id
        self._room, self._now, self._signed_up = await self._database.run(
            lambda: (rooms.current(), clock.reliable_now()[0], signups.of(session))
        )
        self.known()

    def known(self) -> None:
        """Fill in what can be known."""

    def what(self) -> str:
        """What is done with it."""
        raise NotImplementedError

    def title_says(self) -> str:
        """Which session, and what is done with it."""
        said = self.what()
        if self._room is not None:
            said = f"{board.when(self._room.local(self._session.starts_at))} · {said}"
        title = line(Span(visible(self._session.title)))
        shown = fit(title, max(self.app.size.width - 2 - len(f" · {said}"), _LEAST))
        return f"{''.join(span.text for span in shown)} · {said}"
