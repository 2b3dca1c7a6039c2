"""From when until when somebody was really on duty, or that they did not come."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from textual.widget import Widget

from db import hours_given, roster, written_days
from db import room as rooms
from db.duties import OnDuty
from db.room import Room
from db.text import visible
from db.thread import DatabaseThread
from hostdesk.dialogs.form import Dialog, TimeField
from hostdesk.dialogs.pick import Pick
from hostdesk.widgets.question import Question
from hostdesk.words import N_, dates, gettext, shift

_CAME, _ABSENT = "came", "absent"


class WasHereDialog(Dialog):
    """Confirms the hours of one person, as they really were."""

    def __init__(self, database: DatabaseThread, room: Room, duty: OnDuty, now: datetime) -> None:
        """Ask about this person.

        Args:
            database: where it is written.
            room: whose clock it is.
            duty: theirs; its hours stand there to be changed.
            now: until when somebody was here who has not left yet.
        """
        super().__init__()
        self._database, self._room, self._duty = database, room, duty
        self._begins, self._ends = duty.begins or now, duty.ends or now
        # The digits are for a numeric pad: they choose, as the first letter of a name does.
        options = [(_CAME, gettext(N_("1 was here"))), (_ABSENT, gettext(N_("2 did not come")))]
        self._came = Pick(options, _ABSENT if duty.absent else _CAME, id="came")
        self._from = TimeField(self._as_typed(self._begins), id="from")
        self._until = TimeField(self._as_typed(self._ends), id="until")

    def questions(self) -> Iterator[Widget]:
        """Whether they came, from when and until when."""
        yield Question(lambda: gettext(N_("Was here")), self._came)
        yield Question(lambda: gettext(N_("From")), self._from)
        yield Question(lambda: gettext(N_("Until")), self._until)

    def on_mount(self) -> None:
        """A time is typed over."""
        for field in (self._from, self._until):
            field.select_on_focus = True
        self.set_focus(self._came)

    def title_says(self) -> str:
        """Whose hours these are."""
        said = gettext(N_("Was {name} here on {day}?"))
        return said.format(name=visible(shift.somebody(self._duty.name)), day=dates.day(self._duty.day))

    async def action_next(self) -> None:
        """Write it."""
        duty = self._duty
        if self._came.code == _ABSENT:
            await self.save(self._database, partial(roster.absent, duty.id), self._told)
        elif self.time(self._from) is not None and self.time(self._until) is not None:
            work = partial(self._confirm, self._from.value, self._until.value)
            await self.save(self._database, work, self._told)

    def _told(self, _written: object) -> str:
        name = visible(shift.somebody(self._duty.name))
        return gettext(N_("Kept for {name}.")).format(name=name)

    def _as_typed(self, moment: datetime) -> str:
        return f"{self._room.local(moment):%H:%M}"

    def _confirm(self, begin: str, end: str) -> OnDuty:
        """Keep from when until when (in the database thread); what stands as it stood keeps its seconds."""
        begins, ends = self._begins, self._ends
        if begin != self._as_typed(begins):
            begins = rooms.moment_of(self._room, self._duty.day, written_days.time_of_day(begin))
        if end != self._as_typed(ends):
            ends = rooms.first_after(self._room, begins, written_days.time_of_day(end))
        return hours_given.confirm(self._duty.id, begins, ends)
