"""How many took part in a session: digits and Enter; or that it did not go on."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from db import room as rooms
from db import sessions
from db.errors import NotPossible
from db.programme import Slot
from db.room import Room
from db.sessions import Meeting, SaidMeanwhile
from db.text import visible
from db.thread import DatabaseThread
from hostdesk.dialogs import answers
from hostdesk.dialogs.form import Dialog, Line, NumberField
from hostdesk.drafts import packed, unpacked
from hostdesk.place import who
from hostdesk.widgets.question import Question
from hostdesk.words import N_, dates, gettext, ngettext


class AttendDialog(Dialog):
    """Takes the number of participants of a session, or why it did not go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("save"), key_display="Enter", priority=True),
        Binding("n", "not_held", N_("did not go on"), key_display="n", priority=True),
        Binding("down,tab", "go_on", N_("more"), key_display="↓", priority=True),
    ]

    def __init__(
        self,
        database: DatabaseThread,
        slot: Slot | Meeting,
        keep: Callable[[Meeting, Meeting], None] | None = None,
        draft: str = "",
    ) -> None:
        """Take those of this session; how it stood and stands is kept by who can take it back."""
        super().__init__()
        self._database = database
        self._slot = slot
        self._keep = keep
        self._seen = slot.standing
        self._room: Room | None = None
        self._held = True
        typed = unpacked(draft)
        self._number = NumberField(id="number")
        self._number.value = typed.get("number", "")
        self._how = Line(typed.get("how", ""), longest=sessions.LONGEST_REMARK, id="how")
        self._why = Line(typed.get("why", ""), longest=sessions.LONGEST_REMARK, id="why")

    @property
    def draft(self) -> str:
        """What is typed: how many, how it went, or why it did not go on."""
        typed = {"number": self._number, "how": self._how, "why": self._why}
        return packed({name: field.value for name, field in typed.items()})

    def questions(self) -> Iterator[Widget]:
        """How many, and in one line how it went; or why it did not go on."""
        yield Question(lambda: gettext(N_("Participants")), self._number)
        yield Question(lambda: gettext(N_("How it went")), self._how)
        yield Question(lambda: gettext(N_("Why not?")), self._why)

    def on_mount(self) -> None:
        """Ask for the number; what was said before stands there to be seen."""
        self._show_questions()
        self.set_focus(self._number)
        said = self._slot.participations
        self._number.placeholder = "" if said is None else str(said)
        self._how.placeholder = self._why.placeholder = gettext(N_("may be empty"))
        self.meanwhile(self._find_room)

    async def _find_room(self) -> None:
        """The title says the session's time on the room's own clock."""
        self._room = await self._database.run(rooms.current)
        self.draw_title()

    def title_says(self) -> str:
        """Which session this is about, and that it did not go on."""
        said = [visible(self._slot.title)]
        if self._room is not None:
            starts, ends = self._room.local(self._slot.starts_at), self._room.local(self._slot.ends_at)
            said.append(f"{dates.day(starts.date())} {dates.clock(starts)}-{dates.clock(ends)}")
        if not self._held:
            said.append(gettext(N_("did not go on")))
        return " · ".join(said)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """`n` is a letter in a line of text, and a key at the number."""
        if action == "not_held":
            return self._held and self.focused is self._number
        return super().check_action(action, parameters)

    def action_not_held(self) -> None:
        """It did not go on."""
        self._held = False
        self._show_questions()
        self.set_focus(self._why)

    def action_leave(self) -> None:
        """Back to the number; from there, leave."""
        if self._held:
            super().action_leave()
            return
        self._held = True
        self.complain("")
        self._show_questions()
        self.set_focus(self._number)

    async def action_next(self) -> None:
        """Save the number, or that it did not go on."""
        session, title = self._slot.id, visible(self._slot.title)
        if not self._held:
            why = self._why.value
            await self.save(
                self._database,
                lambda: self._said(lambda: sessions.cancel(session, why, by=who(), expected=self._seen)),
                lambda _: gettext(N_("{title}: did not go on.")).format(title=title),
            )
            return
        if not self._understood():
            return
        n, how = int(self._number.value), self._how.value.strip() or None
        await self.save(
            self._database,
            lambda: self._said(lambda: sessions.attend(session, n, how=how, by=who(), expected=self._seen)),
            lambda _: ngettext("{title}: {n} participant.", "{title}: {n} participants.", n).format(
                title=title, n=n
            ),
        )

    def _said(self, say_it: Callable[[], Meeting]) -> Meeting:
        """Say it (in the database thread); once it is known what somebody else said, again is meant."""
        before = sessions.one(self._slot.id)
        try:
            after = say_it()
        except SaidMeanwhile as refusal:
            self._seen = refusal.now
            raise
        if self._keep is not None:
            self._keep(before, after)
        return after

    def _understood(self) -> bool:
        """Whether a number stands there; if not, what is missing is said."""
        if self.understands(self._number, self._assert_number):
            return True
        self.set_focus(self._number)
        return False

    def _assert_number(self) -> None:
        typed = self._number.value
        if not typed:
            raise NotPossible(N_("Type how many took part; 0 is fine. Did it not go on? Press n."))
        answers.number(typed, N_("“{text}” is no number of participants."))

    def _show_questions(self) -> None:
        """Ask what goes with it being held, or not."""
        for field in (self._number, self._how):
            field.query_ancestor(Question).display = self._held
        self._why.query_ancestor(Question).display = not self._held
        self.draw_title()
        self.refresh_bindings()
