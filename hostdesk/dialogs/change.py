"""A card is written differently: an activity with all that is said of it, a wish in other words."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from textual.widget import Widget

from db import board as boards
from db import planning, series, sessions, wishes
from db.errors import Meanwhile
from db.signups import SignedUp
from db.states import Kind, Lead
from db.text import visible
from db.thread import DatabaseThread
from hostdesk import trouble
from hostdesk.deeds import Deeds, Subject
from hostdesk.dialogs import answers
from hostdesk.dialogs.form import Dialog, Go, Line, NumberField
from hostdesk.dialogs.half_typed import HalfTyped
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.steps import Steps
from hostdesk.place import who
from hostdesk.widgets.field import Field
from hostdesk.widgets.question import Question
from hostdesk.words import N_, board, gettext


def form(card: Subject, database: DatabaseThread, deeds: Deeds, draft: str = "") -> Dialog:
    """The dialog in which this card is changed; what was half typed in it is gone on with."""
    dialog = RewordDialog if card.kind is Kind.WISH else ChangeDialog
    return dialog(database, card, deeds, draft)


class RewordDialog(Dialog):
    """A wish says it better; what it said before stays in its history."""

    def __init__(self, database: DatabaseThread, card: Subject, deeds: Deeds, draft: str = "") -> None:
        """Write this wish better; go on with this draft."""
        super().__init__()
        self._database = database
        self._card = card
        self._deeds = deeds
        self._text = Line(card.title, longest=wishes.LONGEST, id="wish")
        self._theme = Pick([("", "")], "")
        self._half_typed = HalfTyped(draft, text=self._text, theme=self._theme)
        self._seen: dict[str, str] = {}

    @property
    def draft(self) -> str:
        """What is typed and chosen here."""
        return self._half_typed.draft

    def questions(self) -> Iterator[Widget]:
        """The wish, and its theme."""
        yield Question(lambda: gettext(N_("Wish")), self._text)
        yield Question(lambda: gettext(N_("Theme")), self._theme)

    async def on_mount(self) -> None:  # type: ignore[override]  # Textual takes both
        """Offer the themes; only then keys find the form."""
        await trouble.told(self, self._begin(), self.complain)

    async def _begin(self) -> None:
        number = self._card.number
        theme, themes = await self._database.run(lambda: (wishes.theme_of(number), wishes.themes()))
        offered = [("", gettext(N_("none"))), *((one, visible(one)) for one in themes)]
        self._theme.offer(offered, theme)
        self._half_typed.remember()
        self._seen = self._answers()
        self._half_typed.go_on()

    def title_says(self) -> str:
        """What the dialog is for."""
        return gettext(N_("Write the wish better"))

    async def action_next(self) -> None:
        """Save what differs from how it stood."""
        text, said = self._text.value, self._answers()
        changed = {name: answer for name, answer in said.items() if answer != self._seen.get(name)}

        def reword() -> str:
            seen = {name: self._seen[name] for name in changed}
            try:
                wishes.reword(self._card.number, **changed, by=who(), expected=seen)
            except Meanwhile as refusal:
                self._seen |= refusal.now
                raise
            self._deeds.changed_for_good(self._card.key)
            return gettext(N_("“{title}”: changed.")).format(title=visible(text.strip()))

        await self.save(self._database, reword, lambda told: told)

    def _answers(self) -> dict[str, str]:
        """The form as it stands, by what `wishes.reword` calls it."""
        return {"text": self._text.value, "theme": self._theme.code}


class ChangeDialog(Steps):
    """What is said of an activity; of what nobody changed here, nothing is written over."""

    def __init__(self, database: DatabaseThread, card: Subject, deeds: Deeds, draft: str = "") -> None:
        """Change this activity; go on with this draft."""
        super().__init__()
        self._database = database
        self._card = card
        self._deeds = deeds
        self._stood: dict[str, Any] = {}
        self._called = Line(longest=planning.LONGEST_TITLE, id="title-field")
        self._theme = Pick([("", "")], "")
        self._where = Line(longest=planning.LONGEST_PLACE, id="place")
        self._places = NumberField(id="places")
        self._lead = Pick([(one, board.lead(one)) for one in Lead], Lead.VOLUNTEER)
        self._leader = Line(longest=sessions.LONGEST_LEADER, id="leader")
        self._needs = Line(longest=planning.LONGEST_NEEDS, id="needs")
        self._half_typed = HalfTyped(
            draft,
            title=self._called,
            theme=self._theme,
            place=self._where,
            capacity=self._places,
            lead=self._lead,
            leader=self._leader,
            needs=self._needs,
        )

    @property
    def draft(self) -> str:
        """What is typed and chosen here."""
        return self._half_typed.draft

    def questions(self) -> Iterator[Widget]:
        """What, where, by whom."""
        asked: list[tuple[Callable[[], str], Widget]] = [
            (lambda: gettext(N_("Name")), self._called),
            (lambda: gettext(N_("Theme")), self._theme),
            (lambda: gettext(N_("Place")), self._where),
            (lambda: gettext(N_("Places")), self._places),
            (lambda: gettext(N_("Led by")), self._lead),
            (lambda: gettext(N_("Their first name")), self._leader),
            (lambda: gettext(N_("What is needed")), self._needs),
        ]
        for label, answer in asked:
            yield Question(label, answer)
        yield Go(lambda: gettext(N_("Change it")))

    def title_says(self) -> str:
        """What the dialog is for."""
        return gettext(N_("Change: {title}")).format(title=visible(self._card.title))

    async def on_mount(self) -> None:  # type: ignore[override]  # Textual takes both
        """Fill in how it stands; only then keys find the form."""
        self._places.placeholder = gettext(N_("does not matter"))
        self._places.select_on_focus = True
        await trouble.told(self, self._begin(), self.complain)

    async def _begin(self) -> None:
        number = self._card.number
        facts, themes = await self._database.run(lambda: (boards.activity(number), wishes.themes()))
        self._called.value = facts.title
        offered = [("", gettext(N_("none"))), *((one, visible(one)) for one in themes)]
        self._theme.offer(offered, facts.theme)
        self._where.value = facts.place
        self._places.value = str(facts.capacity or "")
        leads = [(one, board.lead(one)) for one in Lead]
        self._lead.offer(leads, facts.lead)
        self._leader.value = facts.leader
        self._needs.value = facts.needs
        self._half_typed.remember()
        self._stood = self._answers()
        self._half_typed.go_on()

    def rewrite(self, field: Field) -> None:
        """The number of places, as it is understood.

        Raises:
            NotPossible: it is no number.
        """
        field.value = str(answers.places(field.value) or "")

    async def write(self) -> None:
        """Write what differs from how it stood."""
        said = self._answers()
        changed = {name: answer for name, answer in said.items() if answer != self._stood.get(name)}

        def change() -> str:
            let_in: Sequence[SignedUp] = ()
            if changed:
                let_in = self._write(changed)
                self._deeds.changed_for_good(self._card.key)
            told = gettext(N_("“{title}”: changed.")).format(title=visible(said["title"].strip()))
            return f"{told} {board.let_in(sum(one.n for one in let_in))}".strip()

        await self.save(self._database, change, lambda told: told)

    def _write(self, changed: dict[str, Any]) -> Sequence[SignedUp]:
        """Write this (in the database thread); once it is known what somebody else wrote, again is meant."""
        seen = {name: self._stood[name] for name in changed}
        try:
            return series.change(self._card.number, **changed, by=who(), expected=seen)
        except Meanwhile as refusal:
            self._stood |= refusal.now
            raise

    def _answers(self) -> dict[str, Any]:
        """The form as it stands, by what `series.change` calls it."""
        return {
            "title": self._called.value,
            "theme": self._theme.code,
            "place": self._where.value,
            "capacity": answers.places(self._places.value) or 0,
            "lead": Lead(self._lead.code),
            "leader": self._leader.value,
            "needs": self._needs.value,
        }
