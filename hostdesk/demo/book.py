"""How the desk keeps the day's book: mostly right, now and then a wrong key and its correction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from db.door_rows import Kind
from db.past import Happening

MISTAKES = 0.025
"""The share of actions that are taken back at once."""

FIRST_VISITS = 0.05
"""The share of arrivals that are somebody's first."""

NEW_THIS_WEEK = 0.6
"""The share of visitors in a sample week who were not there yet that week."""

HEARD = 0.85
"""The share of arrivals in a sample week at which the desk asks."""

REASONS = 0.06
"""The share of arrivals of which the reason is noted."""

_BETWEEN_PRESSES = timedelta(milliseconds=1300)


class Book:
    """The happenings of one day, in the order in which they were written down."""

    def __init__(self, luck: Random, reasons: Sequence[str], sample: Random | None = None) -> None:
        """Begin an empty page; in a sample week with a luck of its own, so that other days stay the same."""
        self.happenings: list[Happening] = []
        self._luck = luck
        self._reasons = reasons
        self._sample = sample
        self._standing: list[int] = []

    def note(self, at: datetime, kind: Kind, n: int) -> None:
        """Write down an action, and what the desk says about it next."""
        place = self._act(at, kind, n)
        chance = self._luck.random()
        if chance < MISTAKES:
            self._correct(kind, n)
        elif kind is Kind.ARRIVAL and (chance := chance - MISTAKES) < FIRST_VISITS:
            self._tag_first_visit(place, n)
        elif kind is Kind.ARRIVAL and chance - FIRST_VISITS < REASONS:
            self._write(Kind.REASON, n, of=place, reason=self._luck.choice(self._reasons))
        if self._sample and kind is Kind.ARRIVAL and chance >= 0 and self._sample.random() < HEARD:
            self._tag_this_week(place, n, self._sample)

    def _correct(self, kind: Kind, n: int) -> None:
        """Take the last action back, some of these times the one before it too; then do it right."""
        times = 1 if self._luck.random() < 0.75 else 2
        for place in [self._standing.pop() for _ in range(min(times, len(self._standing)))]:
            self._write(Kind.UNDO, self.happenings[place].n, of=place)
        if self._luck.random() < 0.6:
            self._act(self.happenings[-1].at + _BETWEEN_PRESSES, kind, max(n - 1, 1))

    def _tag_first_visit(self, place: int, n: int) -> None:
        """Say that one of an arrival is new; of some groups, one more."""
        self._write(Kind.FIRST_VISIT, 1, of=place)
        if n > 1 and self._luck.random() < 0.3:
            self._write(Kind.FIRST_VISIT, 2, of=place)

    def _tag_this_week(self, place: int, n: int, sample: Random) -> None:
        """Say how many of an arrival were not there yet this week."""
        if place in self._standing:
            new = sum(sample.random() < NEW_THIS_WEEK for _ in range(n))
            at = self.happenings[-1].at + _BETWEEN_PRESSES
            self.happenings.append(Happening(at, Kind.FIRST_THIS_WEEK, new, place))

    def _act(self, at: datetime, kind: Kind, n: int) -> int:
        """Write an action down at its moment, or as soon as the keys before it have been pressed."""
        if self.happenings:
            at = max(at, self.happenings[-1].at + _BETWEEN_PRESSES)
        self._standing.append(len(self.happenings))
        self.happenings.append(Happening(at, kind, n))
        return self._standing[-1]

    def _write(self, kind: Kind, n: int, *, of: int, reason: str | None = None) -> None:
        """Write down what is said about an earlier happening, moments after the newest."""
        wait = timedelta(milliseconds=1300 + int(self._luck.random() * 5000))
        self.happenings.append(Happening(self.happenings[-1].at + wait, kind, n, of, reason))
