"""Who comes to a session: a number is enough."""

from collections.abc import Iterator

from textual.widget import Widget

from db import signups
from db.errors import NotPossible
from db.sessions import Meeting
from db.signups import SignedUp
from db.states import Kind
from db.text import visible
from db.thread import DatabaseThread
from hostdesk.deeds import Deeds
from hostdesk.dialogs.form import Line
from hostdesk.dialogs.half_typed import HalfTyped
from hostdesk.dialogs.pick import Pick
from hostdesk.dialogs.session import SessionDialog
from hostdesk.place import who
from hostdesk.widgets.field import Field
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, gettext, ngettext


class SignUpsDialog(SessionDialog):
    """How many want to come to a session, and who comes no more."""

    def __init__(self, database: DatabaseThread, session: Meeting, deeds: Deeds, draft: str = "") -> None:
        """Sign up for this session; go on with this draft."""
        super().__init__()
        self.about(database, session)
        self._deeds = deeds
        self._n = Field(most=3, id="n")
        self._first_name = Line(longest=signups.LONGEST_NAME, id="name")
        self._out = Pick([("", "")], "")
        self._list = Sentence(id="list")
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
        told = [(str(one.id), f"{at} {_signed_up(one)}") for at, one in enumerate(self._signed_up, 1)]
        self._out.offer([("", gettext(N_("nobody"))), *told], "")
        self._out.query_ancestor(Question).display = bool(told)
        said = "; ".join(text for _, text in told) or gettext(N_("Nobody signed up yet."))
        self._list.say(said)
        self._half_typed.remember()
        self._half_typed.go_on()
        self.set_focus(self._n)

    async def action_next(self) -> None:
        """Save what is said; with nothing said yet, to the next question."""
        n, out = self._n.value.strip(), self._out.code
        if not n and not out:
            self.move(1)
        elif self.understands(self._n, lambda: _assert_number(n)):
            name = self._first_name.value
            await self.save(self._database, lambda: self._said(n, name, out), lambda told: told)

    def _said(self, n: str, name: str, out: str) -> str:
        """Write it (in the database thread): first who comes no more, since that makes a place."""
        told = []
        if out:
            let_in = sum(one.n for one in signups.withdraw(int(out), by=who()))
            told.append(gettext(N_("Withdrawn.")))
            if let_in:
                text = ngettext("{n} who waited has a place now.", "{n} who waited have a place now.", let_in)
                told.append(text.format(n=let_in))
        if n:
            session = self._session.id
            done = self.as_seen(lambda seen: signups.sign_up(session, int(n), name, by=who(), expected=seen))
            text = ngettext("{n} signed up.", "{n} signed up.", done.n)
            if done.waiting:
                text = ngettext(
                    "No place for {n}: on the waiting list.",
                    "No places for {n}: on the waiting list.",
                    done.n,
                )
            told.append(text.format(n=done.n))
        self._deeds.changed_for_good((Kind.ACTIVITY, self._session.activity))
        return " ".join(told)


def _signed_up(one: SignedUp) -> str:
    """How many, who, and whether they wait."""
    n = ngettext("{n} person", "{n} people", one.n).format(n=one.n)
    waits = gettext(N_("waiting list")) if one.waiting else ""
    return " · ".join(part for part in (n, visible(one.name or ""), waits) if part)


def _assert_number(text: str) -> None:
    """Refuse what is no number; nothing is fine.

    Raises:
        NotPossible: it is none.
    """
    if text and not (text.isascii() and text.isdigit()):
        raise NotPossible(N_("“{text}” is no number of people."), text=text)
