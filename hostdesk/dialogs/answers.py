"""Answers as they are read back in a form: days and numbers."""

from datetime import date

from db.errors import NotPossible
from hostdesk.words import N_, dates

_MOST_DIGITS = 9
"""What is longer is no number of people."""


def day_written(day: date) -> str:
    """di 24-11-2026: as it is read back."""
    return f"{dates.weekday_short(day)} {day:%d-%m-%Y}"


def number(text: str, refusal: str = N_("“{text}” is no number.")) -> int | None:
    """The number that stands there, if any.

    Raises:
        NotPossible: something else stands there, which this sentence says.
    """
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise NotPossible(refusal, text=text[:20])
    return int(text)


def places(text: str) -> int | None:
    """The number of places that stands there, if any.

    Raises:
        NotPossible: something else stands there.
    """
    return number(text, N_("“{text}” is no number of places; empty where it does not matter."))
