"""Which week is a sample week: one line, and the desk asks then who is here for the first time that week."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from db import sample_weeks
from db.sample_weeks import Planned
from db.thread import DatabaseThread
from hostdesk.dialogs.form import Dialog, Line
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, gettext
from hostdesk.words import sample_week as words


class SampleWeekDialog(Dialog):
    """Plans a sample week."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("plan"), key_display="Enter", priority=True),
    ]

    def __init__(self, database: DatabaseThread) -> None:
        """Ask which week."""
        super().__init__()
        self._database = database
        self._week = Line(longest=sample_weeks.LONGEST, id="week")

    def questions(self) -> Iterator[Widget]:
        """What it is for, and which week."""
        yield Sentence(look="quiet", id="explained")
        yield Question(lambda: gettext(N_("Week")), self._week)

    def on_mount(self) -> None:
        """Say what happens then."""
        self.query_one("#explained", Sentence).say(
            gettext(
                N_(
                    "After each arrival the desk asks who is here for the first time that week. Only then "
                    "the figures say how many different people came. Planned weeks: hostdesk sample-week list"
                )
            )
        )
        self._week.placeholder = gettext(N_("its number, such as 48"))

    def title_says(self) -> str:
        """What the dialog is for."""
        return gettext(N_("Plan a sample week"))

    async def action_next(self) -> None:
        """Plan it."""
        await self.save(self._database, partial(sample_weeks.plan, self._week.value), _told)


def _told(week: Planned) -> str:
    return f"{words.planned(week)} {words.where(week)}".rstrip()
