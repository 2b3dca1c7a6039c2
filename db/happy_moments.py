"""Happy moments that go with a report: good stories of the log, which the coordinator chose one by one.

What stands in the log was written for hosts. Nothing of it leaves the room unless somebody names it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db import logbook
from db.connection import reading
from db.errors import N_, NotPossible
from db.logbook import Reader
from db.states import NoteKind


@dataclass(frozen=True)
class Moment:
    """A happy moment as it reads now; who wrote it is not said."""

    number: int
    day: date
    text: str


def chosen(numbers: Iterable[int], from_day: date, to_day: date) -> tuple[Moment, ...]:
    """These entries of the log, in the order of their days.

    Raises:
        NotPossible: one is not there, is no happy moment, is erased, or is of another day than these.
    """
    found = []
    with reading():
        for number in dict.fromkeys(numbers):
            entry = logbook.one(number, Reader())
            if entry.kind is not NoteKind.HAPPY:
                raise NotPossible(
                    N_("Entry {n} is no happy moment. hostdesk log --kind happy shows those."), n=number
                )
            if entry.text is None:
                raise NotPossible(N_("The text of entry {n} is erased: its time is up."), n=number)
            if not from_day <= entry.day <= to_day:
                raise NotPossible(
                    N_("Entry {n} is of {day}, and not of these days."), n=number, day=entry.day
                )
            found.append(Moment(number, entry.day, entry.text))
    return tuple(sorted(found, key=lambda moment: (moment.day, moment.number)))
