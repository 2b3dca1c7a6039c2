"""Who has read it: at the desk nobody logs in, so one of those who are on duty says so with one key."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from db import handover
from db.handover import Signing
from db.text import visible
from db.thread import DatabaseThread
from hostdesk.dialogs.form import Dialog
from hostdesk.widgets.lines import Lines, line, wrap
from hostdesk.words import N_, gettext, ngettext

_MOST = 9
"""As many as there are keys for them."""


class SignDialog(Dialog):
    """Asks which of them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "next", show=False, priority=True)]

    def __init__(self, database: DatabaseThread, to_sign: tuple[Signing, ...]) -> None:
        """Ask it of those who have something left to read."""
        super().__init__()
        self._database = database
        self._to_sign = to_sign[:_MOST]
        self._names = Lines(id="names")

    def questions(self) -> Iterator[Widget]:
        """Their names, each with its key."""
        yield self._names

    def on_mount(self) -> None:
        """No field waits for the keys: a digit is somebody."""
        self._names.can_focus = True
        self.set_focus(self._names)

    def on_resize(self, _event: events.Resize) -> None:
        """Show them at this width."""
        names = (f"{at} {visible(one.name)}".replace(" ", "\xa0") for at, one in enumerate(self._to_sign, 1))
        shown = wrap("   ".join(names), max(self.size.width - 2, 20))
        self._names.styles.height = len(shown)
        self._names.show([line(part.replace("\xa0", " ")) for part in shown])

    def title_says(self) -> str:
        """What is asked."""
        return gettext(N_("Who has read it?"))

    async def on_key(self, event: events.Key) -> None:
        """The one whose digit this is."""
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._to_sign):
            event.stop()
            await self._signed(self._to_sign[int(event.key) - 1])

    async def action_next(self) -> None:
        """Say which keys there are."""
        self.complain(gettext(N_("Press the digit before your name.")))

    async def _signed(self, signing: Signing) -> None:
        await self.save(self._database, partial(handover.sign, signing), lambda _none: has_read(signing))


def has_read(signing: Signing) -> str:
    """Somebody has read what there was."""
    n = len(signing.entries)
    said = ngettext("{name} has read it: {n} entry.", "{name} has read it: {n} entries.", n)
    return said.format(name=visible(signing.name), n=n)
