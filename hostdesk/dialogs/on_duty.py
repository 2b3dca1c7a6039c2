"""Who comes on a shift, or stands in for somebody: one of the house, and from when until when."""

from collections.abc import Iterator
from functools import partial

from textual.widget import Widget

from db import people, roster
from db.duties import OnDuty, Shift
from db.duty_rules import Stretch
from db.people import Somebody
from db.room import Room
from db.text import visible
from db.thread import DatabaseThread
from hostdesk.dialogs.form import Dialog, TimeField
from hostdesk.dialogs.pick import Pick
from hostdesk.widgets.question import Question
from hostdesk.words import N_, dates, gettext, shift


class OnDutyDialog(Dialog):
    """Puts somebody on the roster."""

    def __init__(
        self,
        database: DatabaseThread,
        room: Room,
        everybody: tuple[Somebody, ...],
        wanted: Shift,
        instead_of: OnDuty | None,
        likely: Stretch,
        *,
        was_here: bool = False,
    ) -> None:
        """Ask who comes.

        Args:
            database: where it is written.
            room: whose clock it is.
            everybody: who can be chosen; at least one.
            wanted: the shift.
            instead_of: who does not come, where somebody stands in.
            likely: from when until when, to be changed.
            was_here: whether it is said when the shift is closed, of who was there.
        """
        super().__init__()
        self._database, self._was_here = database, was_here
        self._room, self._shift, self._instead_of = room, wanted, instead_of
        options = [(str(one.id), visible(one.name)) for one in everybody]
        self._who = Pick(options, options[0][0], id="who")
        begins, ends = (room.local(at) for at in likely)
        self._from = TimeField(f"{begins:%H:%M}", id="from")
        self._until = TimeField(f"{ends:%H:%M}", id="until")

    def questions(self) -> Iterator[Widget]:
        """Who, and for a part of the shift: from when until when."""
        yield Question(lambda: gettext(N_("Who")), self._who)
        yield Question(lambda: gettext(N_("From")), self._from)
        yield Question(lambda: gettext(N_("Until")), self._until)

    def on_mount(self) -> None:
        """The arrows choose who, from the start."""
        for field in (self._from, self._until):
            field.select_on_focus = True
        self.set_focus(self._who)

    def title_says(self) -> str:
        """Which shift, and for whom."""
        one = self._shift
        when = f"{dates.day(one.key.day)} {shift.times(self._room, one.starts_at, one.ends_at)}"
        if self._instead_of is None:
            said = N_("Who else was here on {when}?") if self._was_here else N_("Who comes on {when}?")
            return gettext(said).format(when=when)
        name = visible(shift.somebody(self._instead_of.name))
        return gettext(N_("Who stands in for {name} on {when}?")).format(name=name, when=when)

    async def action_next(self) -> None:
        """Put them on the roster."""
        person, instead_of = int(self._who.code), self._instead_of
        if (begins := self.time(self._from)) is None or (ends := self.time(self._until)) is None:
            return
        if instead_of is not None:
            work = partial(roster.stand_in, instead_of.id, person, begins, ends)
        else:
            work = partial(roster.plan, person, self._shift.key.day, begins, ends)
        await self.save(self._database, lambda: (work(), people.one(person).name)[1], self._told)

    def _told(self, name: str) -> str:
        said = N_("{name} was here on {day}.") if self._was_here else N_("{name} comes on {day}.")
        return gettext(said).format(name=visible(name), day=dates.day(self._shift.key.day))
