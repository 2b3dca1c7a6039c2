"""A key that somebody leans on: it counts once (DESIGN.md, "Counting")."""

from enum import Enum, auto

FASTEST = 0.125
"""Seconds between two presses of one key; nobody presses faster, a held key repeats faster."""

LONGEST_DELAY = 1.1
"""Seconds that a keyboard waits at most before a held key begins to repeat."""


class Says(Enum):
    """What a key event means."""

    PRESSED = auto()
    """Somebody pressed the key."""
    HELD_SINCE_BEFORE = auto()
    """The key turns out to be held since the press before the last: the last was its first repeat."""
    HELD = auto()
    """The key is still held."""


class HeldKey:
    """Tells presses from repeats by when they came; terminals do not say which is which."""

    def __init__(self) -> None:
        """No key yet."""
        self._key = ""
        self._last = self._before_last = float("-inf")
        self._held = False

    def says(self, key: str, at: float) -> Says:
        """What this key event at this monotonic time means."""
        if key != self._key:
            self._key, self._before_last, self._held = key, float("-inf"), False
        elif at - self._last < FASTEST:
            first_repeat_counted = not self._held and self._last - self._before_last < LONGEST_DELAY
            self._last, self._held = at, True
            return Says.HELD_SINCE_BEFORE if first_repeat_counted else Says.HELD
        else:
            self._before_last, self._held = self._last, False
        self._last = at
        return Says.PRESSED
