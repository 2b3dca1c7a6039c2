"""Digits typed before a key says what they are: a group, a number of people who left, a headcount."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from db.door import MOST_AT_ONCE

MOST_DIGITS = 9
"""More digits don't fit the line; so many are said back as they were typed when they are too many people."""

ASK_OVER = 20
"""A larger group than this is asked about once: it may be a typing mistake."""


@dataclass(frozen=True)
class Entry:
    """What is being typed at the desk."""

    digits: str = ""
    headcount: bool = False
    """Whether the number is going to be a headcount."""
    group: bool = False
    """Whether somebody asked for a group before typing its size."""
    asked: Callable[[int], Any] | None = None
    """What is asked about, when the number is large."""

    def __bool__(self) -> bool:
        """Whether anything is being typed."""
        return bool(self.digits or self.headcount or self.group)

    @property
    def n(self) -> int:
        """The number typed; one person where none was."""
        return int(self.digits or 1) or 1

    @property
    def lone_zero(self) -> bool:
        """Whether the number typed is nought."""
        return bool(self.digits) and not self.digits.strip("0") and not self.headcount

    def type(self, digit: str) -> "Entry":
        """One digit more; after a question it begins another number."""
        return Entry(digit) if self.asked else replace(self, digits=(self.digits + digit)[:MOST_DIGITS])

    def rub_out(self) -> "Entry":
        """One digit less; nothing is left after a question, or without digits."""
        return replace(self, digits=self.digits[:-1]) if self.digits and not self.asked else Entry()

    def must_ask(self, count: Callable[[int], Any]) -> bool:
        """Whether this number is too large to believe at once, but not too large to be."""
        return ASK_OVER < self.n <= MOST_AT_ONCE and self.asked != count

    def ask(self, count: Callable[[int], Any]) -> "Entry":
        """Ask about it; the same key again says yes."""
        return replace(self, asked=count)
