"""Somebody whom the room does not know yet: their name, and whether they are a host or a volunteer.

What else somebody can be goes with a key of their own, or with more to see; that is said in the shell.
"""

from collections.abc import Iterator
from functools import partial

from textual.widget import Widget

from db import people
from db.people import Somebody
from db.states import PersonKind
from db.text import visible
from db.thread import DatabaseThread
from hostdesk.dialogs.form import Dialog, Line
from hostdesk.dialogs.pick import Pick
from hostdesk.widgets.question import Question
from hostdesk.words import N_, gettext, shift


class NewcomerDialog(Dialog):
    """Has somebody join."""

    def __init__(self, database: DatabaseThread) -> None:
        """Ask who."""
        super().__init__()
        self._database = database
        self._called = Line(longest=people.LONGEST_NAME, id="name")
        kinds = (PersonKind.HOST, PersonKind.VOLUNTEER)
        self._kind = Pick([(kind, shift.person_kind(kind)) for kind in kinds], PersonKind.HOST, id="kind")

    def questions(self) -> Iterator[Widget]:
        """What others call them, and what they are."""
        yield Question(lambda: gettext(N_("Name")), self._called)
        yield Question(lambda: gettext(N_("Joins as")), self._kind)

    def on_mount(self) -> None:
        """No more is asked than is needed."""
        self._called.placeholder = gettext(N_("a first name is enough"))

    def title_says(self) -> str:
        """What the dialog is for."""
        return gettext(N_("Somebody new among the hosts or the volunteers"))

    async def action_next(self) -> None:
        """Have them join."""
        if not self.understands(self._called, partial(people.sound_name, self._called.value)):
            self.set_focus(self._called)
            return
        work = partial(people.add, self._called.value, kind=PersonKind(self._kind.code))
        await self.save(self._database, work, _told)


def _told(added: Somebody) -> str:
    said = gettext(N_("{name} is there, as {kind}."))
    return said.format(name=visible(added.name), kind=shift.person_kind(added.kind))
