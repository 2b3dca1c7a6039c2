"""The door's keys on screens that are not the desk: whoever comes in is counted there too, one at a time."""

from textual import events

from hostdesk.commands import door as commands
from hostdesk.held_key import HeldKey, Says
from hostdesk.presses import Press, Presses


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

    def rings(self, event: events.Key) -> bool:
        """Count when this is a key of the door; whether it was."""
        says = self._held.says(event.key, event.time)
        count = self._counts.get(event.key)
        if count is None:
            return False
        if says is Says.PRESSED:
            self._made = count(1)
        elif says is Says.HELD_SINCE_BEFORE and self._made is not None:
            self._presses.cancel(self._made)
        return True
