"""When somebody comes who is on the roster: later than planned, or at other times of that day."""

from collections.abc import Iterator
from functools import partial

from textual.widget import Widget

from db import roster
from db.duties import OnDuty
from db.duty_rules import Stretch
from db.room import Room
from db.text import visible
from db.thread import DatabaseThread
from hostdesk.dialogs.form import Dialog, TimeField
from hostdesk.widgets.question import Question
from hostdesk.words import N_, dates, gettext, shift


class ComesDialog(Dialog):
    """Puts the duty of one person at other times of its day."""

    def __init__(self, database: DatabaseThread, room: Room, duty: OnDuty, likely: Stretch) -> None:
        """Ask when they come.

        Args:
            database: where it is written.
            room: whose clock it is.
            duty: theirs.
            likely: what stands there to be changed.
        """
        super().__init__()
        self._database, self._duty = database, duty
        begins, ends = (f"{room.local(at):%H:%M}" for at in likely)
        self._from = TimeField(begins, id="from")
        self._until = TimeField(ends, id="until")

    def questions(self) -> Iterator[Widget]:
        """From when, and until when."""
        yield Question(lambda: gettext(N_("From")), self._from)
        yield Question(lambda: gettext(N_("Until")), self._until)

    def on_mount(self) -> None:
        """A time is typed over."""
        for field in (self._from, self._until):
            field.select_on_focus = True

    def title_says(self) -> str:
        """Who it is about."""
        said = gettext(N_("When does {name} come on {day}?"))
        return said.format(name=visible(shift.somebody(self._duty.name)), day=dates.day(self._duty.day))

    async def action_next(self) -> None:
        """Write it."""
        if (begins := self.time(self._from)) is None or (ends := self.time(self._until)) is None:
            return
        work = partial(roster.move, self._duty.id, begins, ends)
        said = gettext(N_("{name} comes at {time}."))
        told = said.format(name=visible(shift.somebody(self._duty.name)), time=f"{begins:%H:%M}")
        await self.save(self._database, work, lambda _: told)
