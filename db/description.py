"""What anybody may know of the room, on paper and on its website."""

import re
from dataclasses import dataclass

from db import models
from db.connection import reading, rows, writing
from db.errors import N_, NotPossible
from db.room import sound_name
from db.text import clean

LONGEST_ADDRESS = 200
"""Characters of a postal address, a web address or an e-mail address."""

_WEB = re.compile(r"https?://[^\s/@:?#]+(\.[^\s/@:?#]+)+(:[0-9]{1,5})?([/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+")


@dataclass(frozen=True)
class Description:
    """What the room says of itself; None where nobody said so."""

    name: str
    website: str | None
    logo: str | None
    """Where the picture of its logo is, on the web."""
    email: str | None
    """Where the room itself is reached, not a person."""
    address: str | None


def current() -> Description:
    """What anybody may know of the room."""
    with reading():
        query = models.Room.select(
            models.Room.name, models.Room.website, models.Room.logo, models.Room.email, models.Room.address
        )
        (row,) = rows(query.where(models.Room.id == 1))
    return Description(*row)


def change(
    *,
    name: str | None = None,
    website: str | None = None,
    logo: str | None = None,
    email: str | None = None,
    address: str | None = None,
) -> Description:
    """Say what anybody may know of the room; what is not given stays, and an empty text takes away.

    Raises:
        NotPossible: one of these is not what it should be; nothing has changed.
    """
    said = {
        "name": None if name is None else sound_name(name),
        "website": None if website is None else _sound_web(website),
        "logo": None if logo is None else _sound_web(logo),
        "email": None if email is None else _sound_email(email),
        "address": None if address is None else clean(address, most=LONGEST_ADDRESS),
    }
    changed = {field: text or None for field, text in said.items() if text is not None}
    if changed:
        with writing():
            models.Room.update(**changed).where(models.Room.id == 1).execute()
    return current()


def _sound_web(text: str) -> str:
    text = clean(text, most=LONGEST_ADDRESS)
    if text and not _WEB.fullmatch(text):
        raise NotPossible(
            N_("{text} is no web address. Write it like https://www.example.org/place."), text=text
        )
    return text


def _sound_email(text: str) -> str:
    text = clean(text, most=LONGEST_ADDRESS)
    if text and not _EMAIL.fullmatch(text):
        raise NotPossible(N_("{text} is no e-mail address. Write it like info@example.org."), text=text)
    return text
