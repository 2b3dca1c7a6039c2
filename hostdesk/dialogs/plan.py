"""Planning: one form, filled in as far as it can be, that says what it comes to while somebody types."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from db import clock, planning, sessions, timetable, wishes, written_days
from db import room as rooms
from db.course import MovedMeanwhile
from db.errors import HostdeskError, NotPossible
from db.planning import Plan, Preview
from db.recurrence import Repeat
from db.states import Lead, State
from db.text import visible
from db.thread import DatabaseThread
from hostdesk import trouble
from hostdesk.dialogs import answers, plan_words
from hostdesk.dialogs.form import Go, Line, NumberField, TimeField, readable
from hostdesk.dialogs.half_typed import HalfTyped
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.steps import Steps
from hostdesk.place import who
from hostdesk.widgets.choice import Choice
from hostdesk.widgets.field import Field
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, board, gettext, ngettext, say


@dataclass(frozen=True)
class _Facts:
    """What the form begins with."""

    plan: Plan
    today: date
    themes: tuple[str, ...]
    seen: Mapping[int, State]
    """Where the wishes stand."""
    said: tuple[str, ...]
    """What the wishes say."""


class PlanDialog(Steps):
    """Makes an activity with its sessions, of one wish, of several, or of none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "finish", N_("plan it"), key_display="F2", priority=True),
    ]
    DEFAULT_CSS = """
    PlanDialog {
        #form { height: 100%; border-top: none; }
        #questions { height: 1fr; max-height: 100%; }
        #told { border-top: solid $primary; }
    }
    """

    def __init__(self, database: DatabaseThread, wishes: Sequence[int] = (), draft: str = "") -> None:
        """Plan these wishes; go on with this draft."""
        super().__init__()
        self._database = database
        self._wishes = tuple(wishes)
        self._seen: Mapping[int, State] = {}
        self._today = date.min
        self._our_end = ""
        self._of = Sentence(look="strong", id="of")
        self._called = Line(longest=planning.LONGEST_TITLE, id="title-field")
        self._day = Field(most=written_days.LONGEST, id="day")
        self._starts = TimeField(id="starts")
        self._ends = TimeField(id="ends")
        self._repeat = Pick([(one, gettext(text)) for one, text in plan_words.REPEATS.items()], Repeat.ONCE)
        self._until = Field(most=written_days.LONGEST, id="until")
        on_holidays = [("yes", gettext(N_("goes on"))), ("no", gettext(N_("does not go on")))]
        self._holidays = Pick(on_holidays, "yes")
        self._where = Line(longest=planning.LONGEST_PLACE, id="place")
        self._places = NumberField(id="places")
        self._lead = Pick([(one, board.lead(one)) for one in Lead], Lead.VOLUNTEER)
        self._leader = Line(longest=sessions.LONGEST_LEADER, id="leader")
        self._needs = Line(longest=planning.LONGEST_NEEDS, id="needs")
        self._theme = Pick([("", "")], "")
        self._comes = Sentence(id="comes")
        self._half_typed = HalfTyped(
            draft,
            title=self._called,
            day=self._day,
            starts=self._starts,
            ends=self._ends,
            until=self._until,
            place=self._where,
            places=self._places,
            leader=self._leader,
            needs=self._needs,
            repeat=self._repeat,
            holidays=self._holidays,
            lead=self._lead,
            theme=self._theme,
        )

    @property
    def draft(self) -> str:
        """The answers that are not what was suggested."""
        return self._half_typed.draft

    def questions(self) -> Iterator[Widget]:
        """What is planned, when, where, by whom."""
        asked: list[tuple[Callable[[], str], Widget]] = [
            (lambda: gettext(N_("Name")), self._called),
            (lambda: gettext(N_("Day")), self._day),
            (lambda: gettext(N_("From")), self._starts),
            (lambda: gettext(N_("To")), self._ends),
            (lambda: gettext(N_("How often")), self._repeat),
            (lambda: gettext(N_("Times or last day")), self._until),
            (lambda: gettext(N_("On public holidays")), self._holidays),
            (lambda: gettext(N_("Place")), self._where),
            (lambda: gettext(N_("Places")), self._places),
            (lambda: gettext(N_("Led by")), self._lead),
            (lambda: gettext(N_("Their first name")), self._leader),
            (lambda: gettext(N_("What is needed")), self._needs),
            (lambda: gettext(N_("Theme")), self._theme),
        ]
        yield self._of
        for label, answer in asked:
            yield Question(label, answer)
        yield Go(lambda: gettext(N_("Plan it")))

    def told(self) -> Iterator[Widget]:
        """What it comes to, and what is odd about it."""
        yield self._comes
        yield from super().told()

    def title_says(self) -> str:
        """What the dialog is for."""
        return gettext(N_("Plan an activity"))

    async def on_mount(self) -> None:  # type: ignore[override]  # Textual takes both
        """Fill in what can be known; only then keys find the form."""
        for field in (self._day, self._starts, self._ends, self._until, self._places):
            field.select_on_focus = True
        self._places.placeholder = gettext(N_("does not matter"))
        self._until.placeholder = gettext(N_("goes on without an end"))
        await trouble.told(self, self._begin(), self.complain)

    async def _begin(self) -> None:
        """Fill in what can be known."""
        facts = await self._database.run(lambda: _facts(self._wishes))
        self._today, self._seen = facts.today, facts.seen
        self._fill_in(facts)
        self._ask_what_matters()
        self.preview()

    @on(Input.Changed)
    def typed_on(self) -> None:
        """Say what it comes to now."""
        if self.is_attached:
            self.preview()

    @on(Choice.Chosen)
    def chosen(self) -> None:
        """Ask what matters now, and say what it comes to."""
        self._ask_what_matters()
        self.preview()

    async def write(self) -> None:
        """Plan it."""
        try:
            plan, chosen = self._plan(), self._wishes
        except NotPossible as error:
            self.complain(say(readable(error)))
            return
        await self.save(self._database, lambda: self._planned(chosen, plan), _told)

    def preview(self) -> None:
        """Say what the form comes to as it stands; what was asked for before is not said any more."""
        self.meanwhile(self._preview, only_the_last="preview")

    async def _preview(self) -> None:
        try:
            plan = self._plan()
            preview = await self._database.run(lambda: planning.preview(plan))
        except HostdeskError as error:
            self._comes.say(say(readable(error)))
            self._oddities.say("")
        else:
            self._comes.say(plan_words.comes_to(preview))
            self._oddities.say(plan_words.clashes(preview.clashes, plan))

    def _plan(self) -> Plan:
        """The form as it stands.

        Raises:
            NotPossible: an answer can't be read.
        """
        first_day = written_days.day(self._day.value, self._today)
        repeat = Repeat(self._repeat.code)
        again = repeat is not Repeat.ONCE
        times, until = self._end(first_day) if again else (None, None)
        return Plan(
            title=self._called.value,
            first_day=first_day,
            starts=written_days.time_of_day(self._starts.value),
            ends=written_days.time_of_day(self._ends.value),
            repeat=repeat,
            times=times,
            until=until,
            skip_holidays=again and self._holidays.code == "no",
            theme=self._theme.code,
            needs=self._needs.value,
            place=self._where.value,
            capacity=answers.places(self._places.value),
            lead=Lead(self._lead.code),
            leader=self._leader.value,
        )

    def _end(self, first_day: date) -> tuple[int | None, date | None]:
        """How often it comes in all, or its last day.

        Raises:
            NotPossible: it is neither.
        """
        return written_days.end(self._until.value, first_day, self._today)

    def _planned(self, wish_ids: Sequence[int], plan: Plan) -> tuple[str, Preview]:
        """Plan it (in the database thread); its name, and what it came to.

        Once it is known what somebody else did with a wish, again is meant.
        """
        preview = planning.preview(plan)
        try:
            planning.plan(wish_ids, plan, by=who(), expected=self._seen)
        except MovedMeanwhile as refusal:
            self._seen = refusal.now
            raise
        return plan.title.strip(), preview

    def rewrite(self, field: Field) -> None:
        """Write a day, a time or a number as it is understood.

        Raises:
            NotPossible: it is not.
        """
        text = field.value
        if field is self._day:
            field.value = answers.day_written(written_days.day(text, self._today))
        elif field is self._starts:
            starts = written_days.time_of_day(text)
            field.value = f"{starts:%H:%M}"
            if self._ends.value == self._our_end:  # nobody said yet when it ends
                self._our_end = self._ends.value = f"{timetable.ends_after(starts):%H:%M}"
        elif field is self._ends:
            field.value = f"{written_days.time_of_day(text):%H:%M}"
        elif field is self._until:
            times, until = self._end(written_days.day(self._day.value, self._today))
            field.value = str(times) if times is not None else answers.day_written(until) if until else ""
        else:
            number = answers.places(text)
            field.value = "" if number is None else str(number)

    def _fill_in(self, facts: _Facts) -> None:
        plan = facts.plan
        self._of.say(_of_several(facts.said))
        self._called.value = plan.title
        self._called.action_select_all()  # suggested: what somebody types takes its place
        self._day.value = answers.day_written(plan.first_day)
        self._starts.value = f"{plan.starts:%H:%M}"
        self._our_end = self._ends.value = f"{plan.ends:%H:%M}"
        themes = [("", gettext(N_("none"))), *((one, visible(one)) for one in facts.themes)]
        self._theme.offer(themes, plan.theme if plan.theme in facts.themes else "")
        self._half_typed.remember()
        self._half_typed.go_on()

    def _ask_what_matters(self) -> None:
        """How long it goes on matters only when it is repeated."""
        again = self._repeat.code != Repeat.ONCE
        for answer in (self._until, self._holidays):
            answer.query_ancestor(Question).display = again


def _facts(wish_ids: Sequence[int]) -> _Facts:
    """What the form begins with (in the database thread)."""
    today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
    return _Facts(
        planning.suggest(wish_ids),
        today,
        wishes.themes(),
        planning.standing(wish_ids),
        wishes.texts(wish_ids),
    )


def _of_several(said: Sequence[str]) -> str:
    """Which wishes it is of; of one wish the name says that already."""
    if len(said) < 2:
        return ""
    named = ", ".join(f"“{visible(text)}”" for text in said)
    return ngettext("{n} wish: {wishes}", "{n} wishes: {wishes}", len(said)).format(n=len(said), wishes=named)


def _told(planned: tuple[str, Preview]) -> str:
    title, preview = planned
    text = gettext(N_("“{title}” is planned: {comes}."))
    return text.format(title=visible(title), comes=plan_words.comes_to(preview))
