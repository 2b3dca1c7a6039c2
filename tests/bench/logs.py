"""A log of ten years: a hundred thousand entries, filed at once."""

from datetime import timedelta
from itertools import cycle
from pathlib import Path

from db import clock, connection, past
from db.past import Noted
from db.states import NoteKind

# One in seven has a word that no other has: as many words as ten years of people use.
_TEXTS = (
    "rustige ochtend, vooral krantlezers aan de grote tafel",
    "koffiezetter lekt, de monteur is gebeld en komt dinsdag",
    "sleutels van de sleutelkast liggen bij de buren op nummer {n}",
    "drukke middag met {n} bezoekers, twee bleven er eten van de {rare}markt",
    "de lamp in de gang doet het niet, ladder staat in de kast",
    "gezellig, de breiclub gaf sjaals weg aan wie het koud had",
    "suiker en thee zijn bijna op, staat op de lijst",
)
_KINDS = (
    NoteKind.PARTICULARS, NoteKind.BROKEN, NoteKind.HANDOVER, NoteKind.PARTICULARS, NoteKind.BROKEN,
    NoteKind.HAPPY, NoteKind.SHORTAGE, NoteKind.PARTICULARS, NoteKind.INCIDENT,
)  # fmt: skip


def fill(file: Path, n: int) -> None:
    """Put so many entries in the log of this room, the newest of now; of the last hundred some are open."""
    connection.open(file)
    try:
        now = clock.now()
        every = timedelta(days=3650) / n
        noted = []
        for number, text, kind in zip(range(n), cycle(_TEXTS), cycle(_KINDS), strict=False):
            at = now - (n - number) * every
            dealt_with = ("gemaakt", "Bram", at) if number < n - 100 else None
            said = text.format(n=number % 97, rare=f"woord{number}")
            noted.append(Noted(at.date(), at, kind, said, "Nadia", at, dealt_with, [("Piet", at)]))
        past.file_notes(noted)
    finally:
        connection.close()
