"""Stopping: at once, after what is on its way to the disk; never silently over a count that is not saved."""

from collections.abc import Callable

from hostdesk.presses import Waiting


class Leaving:
    """What ctrl+q comes to while presses may still wait."""

    def __init__(self, *, leave: Callable[[], None], warn: Callable[[int], None]) -> None:
        """Call `leave` to stop, and `warn` with the number of counts that would be lost."""
        self._leave, self._warn = leave, warn
        self._waiting = Waiting(0, slow=False, trouble=None)
        self._wanted = False
        self._warned = False

    def asked(self, n: int) -> None:
        """Somebody wants to stop while so many presses wait."""
        if not n or self._warned:
            self._leave()
        elif self._waiting.trouble:
            self._hold_back(n)
        else:
            self._wanted = True

    def waiting(self, waiting: Waiting) -> None:
        """So much is not on the disk now."""
        self._waiting = waiting
        if not waiting.n:
            self._warned = False
            if self._wanted:
                self._leave()
        elif waiting.trouble and self._wanted:
            self._hold_back(waiting.n)

    def _hold_back(self, n: int) -> None:
        self._wanted, self._warned = False, True
        self._warn(n)
