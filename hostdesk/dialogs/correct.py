"""A row at the door was not right, or one is missing: what it should have been, and why."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from textual.widget import Widget

from db import corrections, written_days
from db.door_rows import Row
from db.errors import NotPossible
from db.thread import DatabaseThread
from hostdesk.dialogs import answers
from hostdesk.dialogs.form import Dialog, Go, Line, NumberField, TimeField
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.steps import Steps
from hostdesk.place import who
from hostdesk.widgets.field import Field
from hostdesk.widgets.question import Question
from hostdesk.words import N_, dates, gettext

_VISITORS, _VOLUNTEERS = "visitors", "volunteers"
_COUNTS_NOT = "0"


def form(database: DatabaseThread, day: date, row: Row | None, said: str) -> Dialog:
    """The dialog about this row of a day, which says this; without one, about who was not counted."""
    return AddDialog(database, day) if row is None else CorrectDialog(database, row, said)


class CorrectDialog(Steps):
    """Says of a row that it was another number, or does not count."""

    def __init__(self, database: DatabaseThread, row: Row, said: str) -> None:
        """Ask about this row.

        Args:
            database: where it is written.
            row: that stands; it stays, and another one says what is right.
            said: what the row says.
        """
        super().__init__()
        self._database, self._row, self._said = database, row, said
        self._countable = row.kind in corrections.COUNTED
        self._number = NumberField(str(row.n) if self._countable else _COUNTS_NOT, id="number")
        self._why = Line(longest=corrections.LONGEST_WHY, id="why")

    def questions(self) -> Iterator[Widget]:
        """How many there really were, and why it is said now."""
        if self._countable:
            yield Question(lambda: gettext(N_("How many really")), self._number)
        yield Question(lambda: gettext(N_("Why")), self._why)
        yield Go(lambda: gettext(N_("Correct it")))

    def on_mount(self) -> None:
        """The number is typed over."""
        self._number.select_on_focus = True
        self._why.placeholder = gettext(N_("others will read this"))

    def title_says(self) -> str:
        """Which row this is about."""
        if self._countable:
            said = gettext(N_("{row}: how many were there really? 0: it does not count"))
        else:
            said = gettext(N_("{row}: why does it not count?"))
        return said.format(row=self._said)

    def rewrite(self, field: Field) -> None:
        """The number, as it is understood.

        Raises:
            NotPossible: it is none.
        """
        field.value = str(number(field.value))

    async def write(self) -> None:
        """Write it; what stood there stays known."""
        n, why = number(self._number.value), self._why.value
        if n:
            work = partial(corrections.change, self._row.id, n, why, by=who())
        else:
            work = partial(corrections.take_back, self._row.id, why, by=who())
        await self.save(self._database, work, lambda _: gettext(N_("Corrected; what stood there is kept.")))


class AddDialog(Steps):
    """Says that people came in whom nobody counted."""

    def __init__(self, database: DatabaseThread, day: date) -> None:
        """Ask when on this day."""
        super().__init__()
        self._database, self._day = database, day
        self._time = TimeField(id="time")
        self._number = NumberField("1", id="number")
        # The digits are for a numeric pad: they choose, as the first letter of a name does.
        options = [(_VISITORS, gettext(N_("1 visitors"))), (_VOLUNTEERS, gettext(N_("2 volunteers")))]
        self._kind = Pick(options, _VISITORS, id="kind")
        self._why = Line(longest=corrections.LONGEST_WHY, id="why")

    def questions(self) -> Iterator[Widget]:
        """When, how many, who, and why they were not counted."""
        yield Question(lambda: gettext(N_("At what time, about")), self._time)
        yield Question(lambda: gettext(N_("How many")), self._number)
        yield Question(lambda: gettext(N_("Who")), self._kind)
        yield Question(lambda: gettext(N_("Why not counted")), self._why)
        yield Go(lambda: gettext(N_("Add it")))

    def on_mount(self) -> None:
        """The number is typed over."""
        self._number.select_on_focus = True
        self._why.placeholder = gettext(N_("others will read this"))

    def title_says(self) -> str:
        """Which day this is about."""
        return gettext(N_("Who came in on {day} and was not counted?")).format(day=dates.day(self._day))

    def rewrite(self, field: Field) -> None:
        """The time or the number, as it is understood.

        Raises:
            NotPossible: it is none.
        """
        if field is self._time:
            field.value = f"{written_days.time_of_day(field.value):%H:%M}"
        else:
            field.value = str(number(field.value))

    async def write(self) -> None:
        """Write it."""
        work = partial(
            corrections.add,
            self._day,
            written_days.time_of_day(self._time.value),
            number(self._number.value),
            self._why.value,
            volunteer=self._kind.code == _VOLUNTEERS,
            by=who(),
        )
        await self.save(self._database, work, lambda _: gettext(N_("Added; every figure counts it now.")))


def number(typed: str) -> int:
    """The number that somebody typed.

    Raises:
        NotPossible: it is none.
    """
    n = answers.number(typed)
    if n is None:
        raise NotPossible(N_("“{text}” is no number."), text="")
    return n
