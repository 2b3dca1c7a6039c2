"""Answers as they are read back in a form: days and numbers."""

from datetime import date

from db.errors import NotPossible
from hostdesk.words import N_, dates


def day_written(day: date) -> str:
    """di 24-11-2026: as it is read back."""
    return f"{dates.weekday_short(day)} {day:%d-%m-%Y}"


def places(text: str) -> int | None:
    """The number of places that stands there, if any.

    Raises:
        NotPossible: something else stands there.
    """
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise NotPossible(N_("“{text}” is no number of places; empty where it does not matter."), text=text)
    return int(text)
