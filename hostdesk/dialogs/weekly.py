"""Who comes every week: one of the house, a weekday, from when until when, and how often."""

from collections.abc import Iterator
from functools import partial

from textual.widget import Widget

from db import pattern, people, written_days
from db.pattern import Weekly
from db.people import Somebody
from db.text import visible
from db.thread import DatabaseThread
from hostdesk.dialogs.form import Go, TimeField
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.steps import Steps
from hostdesk.widgets.field import Field
from hostdesk.widgets.question import Question
from hostdesk.words import N_, dates, gettext, ngettext, shift


class WeeklyDialog(Steps):
    """Gives somebody a place in the weekly pattern."""

    def __init__(
        self, database: DatabaseThread, everybody: tuple[Somebody, ...], like: Weekly | None
    ) -> None:
        """Ask for it.

        Args:
            database: where it is written.
            everybody: who can be chosen; at least one.
            like: a place whose weekday and times are likely meant.
        """
        super().__init__()
        self._database = database
        options = [(str(one.id), visible(one.name)) for one in everybody]
        self._who = Pick(options, options[0][0], id="who")
        days = [(str(day), dates.weekday_name(day)) for day in range(1, 8)]
        self._weekday = Pick(days, str(like.weekday if like else 1), id="weekday")
        self._from = TimeField(like.begins if like else "10:00", id="from")
        self._until = TimeField(like.ends if like else "16:30", id="until")
        weeks = [(str(n), shift.every(n)) for n in range(1, pattern.MOST_WEEKS + 1)]
        self._weeks = Pick(weeks, "1", id="weeks")

    def questions(self) -> Iterator[Widget]:
        """Who, when, and how often."""
        yield Question(lambda: gettext(N_("Who")), self._who)
        yield Question(lambda: gettext(N_("Weekday")), self._weekday)
        yield Question(lambda: gettext(N_("From")), self._from)
        yield Question(lambda: gettext(N_("Until")), self._until)
        yield Question(lambda: gettext(N_("How often")), self._weeks)
        yield Go(lambda: gettext(N_("Put it in the pattern")))

    def on_mount(self) -> None:
        """The arrows choose who, from the start."""
        for field in (self._from, self._until):
            field.select_on_focus = True
        self.set_focus(self._who)

    def title_says(self) -> str:
        """What this is."""
        return gettext(N_("Who comes every week?"))

    def rewrite(self, field: Field) -> None:
        """Write a time as it is understood.

        Raises:
            NotPossible: it is none.
        """
        field.value = f"{written_days.time_of_day(field.value):%H:%M}"

    async def write(self) -> None:
        """Put them in the pattern, and on the roster of the weeks to come."""
        person, weekday, weeks = int(self._who.code), int(self._weekday.code), int(self._weeks.code)
        begins, ends = (written_days.time_of_day(field.value) for field in (self._from, self._until))
        work = partial(pattern.weekly, person, weekday, begins, ends, weeks=weeks)
        await self.save(self._database, lambda: (people.one(person).name, work()[1]), self._told)

    def _told(self, done: tuple[str, int]) -> str:
        name, n = done
        said = ngettext(
            "{name} is in the pattern: {n} shift planned.", "{name} is in the pattern: {n} shifts planned.", n
        )
        return said.format(name=visible(name), n=n)
