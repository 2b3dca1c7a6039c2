"""When a session is: another day, time or place, or one session more."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from db import planning, series, written_days
from db.errors import HostdeskError
from db.planning import Plan
from db.sessions import Meeting
from db.states import Kind
from db.text import visible
from db.thread import DatabaseThread
from db.timetable import Clash
from hostdesk.deeds import Deeds
from hostdesk.dialogs import answers, plan_words
from hostdesk.dialogs.form import Go, Line, TimeField, readable
from hostdesk.dialogs.half_typed import HalfTyped
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.session import AND_AFTER, THIS, SessionDialog
from hostdesk.dialogs.steps import Steps
from hostdesk.place import who
from hostdesk.widgets.choice import Choice
from hostdesk.widgets.field import Field
from hostdesk.widgets.question import Question
from hostdesk.words import N_, board, gettext, ngettext, say


class WhenDialog(Steps, SessionDialog):
    """The day and the times of a session, with what is odd about them said at once."""

    def __init__(self, database: DatabaseThread, session: Meeting, deeds: Deeds, draft: str = "") -> None:
        """Begin with those of this session, or with this draft."""
        super().__init__()
        self.about(database, session)
        self._deeds = deeds
        self._today = session.day
        self._day = Field(most=written_days.LONGEST, id="day")
        self._starts = TimeField(id="starts")
        self._ends = TimeField(id="ends")
        self._where = Line(session.place, longest=planning.LONGEST_PLACE, id="place")
        self._half_typed = HalfTyped(draft, **self.typed())

    @property
    def draft(self) -> str:
        """What is typed and chosen here."""
        return self._half_typed.draft

    def typed(self) -> dict[str, Field | Choice]:
        """The answers by their names."""
        return {"day": self._day, "starts": self._starts, "ends": self._ends}

    def when(self) -> Iterator[Widget]:
        """The day, and from when to when."""
        yield Question(lambda: gettext(N_("Day")), self._day)
        yield Question(lambda: gettext(N_("From")), self._starts)
        yield Question(lambda: gettext(N_("To")), self._ends)

    def first_day(self) -> date:
        """The day that the form begins with."""
        return self._session.day

    def known(self) -> None:
        """Fill in the day and the times, on the room's own clock."""
        assert self._room is not None
        local = self._room.local
        self._today = local(self._now).date()
        self._day.value = answers.day_written(self.first_day())
        self._starts.value = f"{local(self._session.starts_at):%H:%M}"
        self._ends.value = f"{local(self._session.ends_at):%H:%M}"
        for field in (self._day, self._starts, self._ends):
            field.select_on_focus = True
        self._half_typed.remember()
        self._half_typed.go_on()
        self._day.action_select_all()

    @on(Input.Changed)
    def typed_on(self) -> None:
        """Say what is odd about it now."""
        if self.is_attached and self._room is not None:
            self.preview()

    def preview(self) -> None:
        """Say what is odd about the form as it stands; what was asked for before is not said any more."""
        self.meanwhile(self._preview, only_the_last="preview")

    async def _preview(self) -> None:
        try:
            plan = self.plan()
            odd = await self._database.run(self.oddities(plan))
        except HostdeskError as error:
            self._oddities.say(say(readable(error)))
        else:
            self._oddities.say(plan_words.clashes(odd, plan))

    def oddities(self, plan: Plan) -> Callable[[], Sequence[Clash]]:
        """Finds what is odd about it (in the database thread)."""
        return lambda: planning.preview(plan).clashes

    def plan(self) -> Plan:
        """The form as it stands.

        Raises:
            NotPossible: an answer can't be read.
        """
        return Plan(
            title=self._session.title,
            first_day=written_days.day(self._day.value, self._today),
            starts=written_days.time_of_day(self._starts.value),
            ends=written_days.time_of_day(self._ends.value),
            place=self._where.value,
            leader=self._session.leader,
        )

    def rewrite(self, field: Field) -> None:
        """A day or a time, as it is understood.

        Raises:
            NotPossible: it is not.
        """
        if field is self._day:
            field.value = answers.day_written(written_days.day(field.value, self._today))
        else:
            field.value = f"{written_days.time_of_day(field.value):%H:%M}"


class MoveDialog(WhenDialog):
    """A session is at another time or place, alone or with all that follow."""

    def __init__(
        self, database: DatabaseThread, session: Meeting, following: int, deeds: Deeds, draft: str = ""
    ) -> None:
        """Move this session, which so many follow; go on with this draft."""
        self._following = following
        after = gettext(N_("2 this one and all that follow"))
        self._which = Pick([(THIS, gettext(N_("1 this one"))), (AND_AFTER, after)], THIS)
        super().__init__(database, session, deeds, draft)

    def typed(self) -> dict[str, Field | Choice]:
        """The place too, and which sessions."""
        return super().typed() | {"place": self._where, "which": self._which}

    def questions(self) -> Iterator[Widget]:
        """When, where, and which."""
        yield from self.when()
        yield Question(lambda: gettext(N_("Place")), self._where)
        if self._following:
            yield Question(lambda: gettext(N_("Which")), self._which)
        yield Go(lambda: gettext(N_("Move it")))

    def what(self) -> str:
        """What is done with it."""
        return gettext(N_("another day, time, place"))

    @on(Choice.Chosen)
    def chosen(self) -> None:
        """What follows may have something else in its way."""
        self.preview()

    def oddities(self, plan: Plan) -> Callable[[], Sequence[Clash]]:
        """What is in the way of all that move, and never of each other."""
        return partial(
            series.clashes_of_move,
            *(self._session.id, plan.first_day, plan.starts, plan.ends),
            place=plan.place,
            and_after=self._which.code == AND_AFTER,
        )

    async def write(self) -> None:
        """Move it."""
        plan, and_after = self.plan(), self._which.code == AND_AFTER
        place = None if plan.place == self._session.place else plan.place

        def move() -> str:
            n = self.as_seen(
                lambda seen: series.move_session(
                    self._session.id,
                    plan.first_day,
                    plan.starts,
                    plan.ends,
                    place=place,
                    and_after=and_after,
                    by=who(),
                    expected=seen,
                )
            )
            if not n:
                return gettext(N_("Nothing is changed: it is on {when} already.")).format(when=_when(plan))
            self._deeds.changed_for_good((Kind.ACTIVITY, self._session.activity))
            text = ngettext("{n} session moved, from {when}.", "{n} sessions moved, from {when}.", n)
            return text.format(n=n, when=_when(plan))

        await self.save(self._database, move, lambda told: told)


class AddDialog(WhenDialog):
    """One more session of an activity."""

    def questions(self) -> Iterator[Widget]:
        """When."""
        yield from self.when()
        yield Go(lambda: gettext(N_("Add it")))

    def first_day(self) -> date:
        """The day after this session, and never behind today."""
        return max(self._session.day, self._today) + timedelta(days=1)

    def title_says(self) -> str:
        """What the dialog is for."""
        return f"{visible(self._session.title)} · {gettext(N_('add a session'))}"

    async def write(self) -> None:
        """Add it."""
        plan = self.plan()

        def add() -> str:
            activity = self._session.activity
            series.add_session(activity, plan.first_day, plan.starts, plan.ends, by=who())
            self._deeds.changed_for_good((Kind.ACTIVITY, activity))
            return gettext(N_("One session more: {when}.")).format(when=_when(plan))

        await self.save(self._database, add, lambda told: told)


def _when(plan: Plan) -> str:
    """di 24 nov 2026 14:00."""
    return board.when(plan.first)
