"""Who comes to a session: a number is enough."""

from collections.abc import Iterator, Sequence

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from db import signups
from db.sessions import Meeting
from db.signups import SignedUp, Taken
from db.states import Kind
from db.thread import DatabaseThread
from hostdesk import trouble
from hostdesk.deeds import Deeds
from hostdesk.dialogs import answers
from hostdesk.dialogs.form import Line, NumberField
from hostdesk.dialogs.half_typed import HalfTyped
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.session import SessionDialog
from hostdesk.place import who
from hostdesk.widgets.lines import Lines, cells_of, line
from hostdesk.widgets.question import Question
from hostdesk.words import N_, board, gettext, ngettext

_HIGH = 6
"""So many sign-ups stand one below the other, at least."""


class SignUpsDialog(SessionDialog):
    """How many want to come to a session, and who comes no more."""

    def __init__(self, database: DatabaseThread, session: Meeting, deeds: Deeds, draft: str = "") -> None:
        """Sign up for this session; go on with this draft."""
        super().__init__()
        self.about(database, session)
        self._deeds = deeds
        self._n = NumberField(id="n")
        self._first_name = Line(longest=signups.LONGEST_NAME, id="name")
        self._out = Pick([("", "")], "")
        self._list = Lines(id="list")
        self._half_typed = HalfTyped(draft, n=self._n, name=self._first_name, out=self._out)

    @property
    def draft(self) -> str:
        """What is typed and chosen here."""
        return self._half_typed.draft

    def questions(self) -> Iterator[Widget]:
        """Who signed up; how many more, and who does not come."""
        yield self._list
        yield Question(lambda: gettext(N_("How many come?")), self._n)
        yield Question(lambda: gettext(N_("Their first name")), self._first_name)
        yield Question(lambda: gettext(N_("Comes no more")), self._out)

    def what(self) -> str:
        """What is done with it."""
        return gettext(N_("sign-ups"))

    def known(self) -> None:
        """Show who signed up."""
        self._first_name.placeholder = gettext(N_("may be empty"))
        self._offer("")
        self._half_typed.remember()
        self._half_typed.go_on()
        self.set_focus(self._n)

    def _offer(self, out: str) -> None:
        """Show who signed up; of them, this one comes no more, if that is still so."""
        told = {str(one.id): f"{at}. {_signed_up(one)}" for at, one in enumerate(self._signed_up, 1)}
        self._out.offer([("", gettext(N_("nobody"))), *told.items()], out if out in told else "")
        self._out.query_ancestor(Question).display = bool(told)
        self._draw_list()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the list out at this width."""
        self._draw_list()

    def _draw_list(self) -> None:
        """One below the other; where that is too high, in columns."""
        told = [f"{at}. {_signed_up(one)}" for at, one in enumerate(self._signed_up, 1)]
        if self._room is None:
            return
        told = told or [gettext(N_("Nobody signed up yet."))]
        wide = max(map(cells_of, told)) + 3
        across = max((self.size.width - 2) // wide, 1)
        high = max(_HIGH, -(-len(told) // across))
        lines = []
        for first in range(min(high, len(told))):
            row = told[first::high]
            lines.append(line("".join(text + " " * (wide - cells_of(text)) for text in row).rstrip()))
        self._list.styles.height = len(lines)
        self._list.show(lines)

    @on(Input.Changed, "#n")
    def read_number(self) -> None:
        """Say it at once when so many cannot sign up."""
        if self.is_attached:
            self._understood()

    async def action_next(self) -> None:
        """Save what is said; with nothing said yet, to the next question."""
        n, out = self._n.value.strip(), self._out.code
        if not n and not out:
            self.move(1)
        elif self._understood():
            name = self._first_name.value
            await self.save(self._database, lambda: self._said(n, name, out), lambda told: told)
            if self.is_current:  # refused: perhaps by what somebody else has done
                await trouble.told(self, self._look_again(), self.complain)

    async def _look_again(self) -> None:
        """Show who signed up by now; who was withdrawn meanwhile can't be withdrawn again."""
        session = self._session.id
        self._signed_up = await self._database.run(lambda: signups.of(session))
        self._offer(self._out.code)

    def _understood(self) -> bool:
        """Whether the number makes sense; if not, that is said."""
        return self.understands(self._n, lambda: _assert_number(self._n.value.strip()))

    def _said(self, n: str, name: str, out: str) -> str:
        """Write it (in the database thread), all of it or nothing."""
        let_in: Sequence[SignedUp] = ()
        done: Taken | None = None
        session = self._session.id
        if out and n:
            let_in, done = self.as_seen(
                lambda seen: signups.sign_up_instead(int(out), session, int(n), name, by=who(), expected=seen)
            )
        elif out:
            let_in = signups.withdraw(int(out), by=who())
        else:
            done = self.as_seen(lambda seen: signups.sign_up(session, int(n), name, by=who(), expected=seen))
        self._deeds.changed_for_good((Kind.ACTIVITY, self._session.activity))
        told = [gettext(N_("Withdrawn.")) if out else "", board.let_in(sum(one.n for one in let_in))]
        return " ".join(part for part in (*told, _taken_in(done) if done else "") if part)


def _taken_in(done: Taken) -> str:
    if done.waiting:
        why = board.no_place(done.n, done.left or 0)
        return gettext(N_("{why}: {n} on the waiting list.")).format(why=why, n=done.n)
    return ngettext("{n} signed up.", "{n} signed up.", done.n).format(n=done.n)


def _signed_up(one: SignedUp) -> str:
    return board.signed_up(one.n, one.name, waiting=one.waiting)


def _assert_number(text: str) -> None:
    """Refuse what is no number of people; nothing is fine.

    Raises:
        NotPossible: it is none.
    """
    n = answers.number(text, N_("“{text}” is no number of people."))
    if n is not None:
        signups.assert_number(n)
