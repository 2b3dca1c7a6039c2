"""Numbers as people read them: 1.234,5 in Dutch and 1,234.5 in English."""

from db.rounding import half_up
from hostdesk.words import language, ngettext

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Holds together what belongs on one line."""

_DUTCH = str.maketrans(",.", ".,")


def number(value: float, decimals: int = 0) -> str:
    """With so many decimals at most; those that say nothing are left out."""
    text = f"{half_up(value, decimals):,.{decimals}f}"
    if decimals:
        text = text.rstrip("0").rstrip(".")
    return _in_language(text)


def decimal(value: float) -> str:
    """With one decimal, also where that is 0: numbers below each other."""
    return _in_language(f"{half_up(value, 1):,.1f}")


def percent(share: float) -> str:
    """A share between 0 and 1: 75%."""
    return f"{half_up(share * 100, 0):.0f}%"


def euro(amount: float) -> str:
    """€ 12,50."""
    return f"€ {_in_language(f'{half_up(amount, 2):,.2f}')}"


def unbroken(text: str) -> str:
    """The same text, in which the sign of an amount stays on its line."""
    return text.replace("€ ", f"€{NO_BREAK}")


def days(n: int) -> str:
    """1 dag, 1.200 dagen."""
    return ngettext("{n} day", "{n} days", n).format(n=number(n))


def visits(n: int) -> str:
    """1 bezoek, 1.200 bezoeken."""
    return ngettext("{n} visit", "{n} visits", n).format(n=number(n))


def _in_language(text: str) -> str:
    return text.translate(_DUTCH) if language() == "nl" else text
