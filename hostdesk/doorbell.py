"""The door's keys on screens that are not the desk: whoever comes in is counted there too, one at a time."""

from textual import events

from hostdesk.commands import door as commands
from hostdesk.entry import MOST_DIGITS
from hostdesk.held_key import HeldKey, Says
from hostdesk.presses import Press, Presses
from hostdesk.words import N_, gettext


class Doorbell:
    """Counts one arrival or departure a key; a key held down counts once."""

    def __init__(self, presses: Presses) -> None:
        """Count through these presses."""
        self._counts = {
            **dict.fromkeys(commands.COUNT.keys, presses.arrive),
            **dict.fromkeys(commands.LEAVE.keys, presses.depart),
        }
        self._presses = presses
        self._held = HeldKey()
        self._made: Press | None = None
        self._digits = ""
        """What was typed right before this key; on these screens digits are arrows, or choose something."""
        self._doubt = ""

    def rings(self, event: events.Key) -> bool:
        """Count when this is a key of the door; whether it was."""
        says = self._held.says(event.key, event.time)
        count = self._counts.get(event.key)
        if count is None:
            return False
        if says is Says.PRESSED:
            self._made = count(1)
            self._doubt = self._doubts(event.character or "")
        elif says is Says.HELD_SINCE_BEFORE and self._made is not None:
            self._presses.cancel(self._made)
        return True

    def hears(self, event: events.Key) -> None:
        """Remember digits, whatever they do on this screen: a group may be meant."""
        digit = event.key if event.key.isdecimal() and len(event.key) == 1 else ""
        self._digits = (self._digits + digit)[-MOST_DIGITS:] if digit else ""

    def doubt(self, press: Press) -> str:
        """What to say beside this press, when more than the one that was counted may have been meant."""
        return self._doubt if press is self._made else ""

    def _doubts(self, face: str) -> str:
        n = int(self._digits or 1)
        if n <= 1:
            return ""
        text = gettext(N_("Here {key} counts one. Were there {n}? Then F2, and there {rest}{key}."))
        return text.format(key=face, n=n, rest=n - 1)
