"""What somebody does on the board, one thing after another, so that the last one can be taken back.

Everything here is done in the database thread. A deed is taken back only as long as nobody did something
else to the same card or session since: then it stays as they left it, and that is said.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from db import advice, clock, course, sessions, wishes
from db import board as boards
from db.errors import NotPossible
from db.sessions import Meeting
from db.states import Kind, SessionState, State
from db.text import visible
from hostdesk.place import who
from hostdesk.words import N_, board, dates, gettext, ngettext


@dataclass(frozen=True)
class Subject:
    """A card, as it stands on the screen of who does something with it."""

    kind: Kind
    number: int
    title: str
    state: State
    reason: str = ""
    """Why it was not feasible."""

    @property
    def key(self) -> tuple[Kind, int]:
        """Which card this is."""
        return self.kind, self.number


@dataclass(frozen=True)
class _Deed:
    """Something that was done, and what takes it back."""

    card: tuple[Kind, int] | None
    """What it was done to; None where that is no card."""
    back: Callable[[], str]
    """Takes it back, and says so."""


class Deeds:
    """What was done at this board, the last one last."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._done: list[_Deed] = []

    def move(self, card: Subject, to: State, reason: str = "") -> str:
        """Move a card; the sentence that says what it came to.

        Raises:
            NotPossible: it cannot go there, or was moved meanwhile.
        """
        came_to = course.move(card.kind, card.number, to, by=who(), reason=reason, expected=card.state)
        moved = replace(card, state=to, reason=reason)
        self._keep(card, lambda: _moved_back(moved, card))
        said = gettext(N_("“{title}”: {column}.")).format(title=visible(card.title), column=board.state(to))
        return f"{said} {_sessions(came_to)}".strip()

    def me_too(self, card: Subject) -> str:
        """One more neighbour has this wish, or the first of those that this activity came of.

        Raises:
            NotPossible: no wish is behind it.
        """
        wish = _wish_of(card)
        n = wishes.me_too(wish, by=who())
        self._keep(card, lambda: _one_less(card.title, wish))
        return gettext(N_("One more for “{title}”: {n} now.")).format(title=visible(card.title), n=n)

    def heard(self, wish: int, text: str) -> None:
        """A wish was put on the board."""
        self._done.append(_Deed((Kind.WISH, wish), lambda: _unheard(wish, text)))

    def joined(self, wish: int, text: str) -> None:
        """One more neighbour has this wish."""
        self._done.append(_Deed((Kind.WISH, wish), lambda: _one_less(text, wish)))

    def asked(self, request: int, question: str, card: tuple[Kind, int] | None) -> None:
        """A professional was asked a question, about this card or the room in general."""
        self._done.append(_Deed(card, lambda: _unasked(request, question)))

    def said(self, before: Meeting, after: Meeting) -> None:
        """A session was given its number or was cancelled: this is how it stood before, and stands now."""
        self._done.append(_Deed((Kind.ACTIVITY, after.activity), lambda: _said_before(before, after)))

    def led(self, before: Meeting, after: Meeting) -> None:
        """Somebody else leads a session: this is how it stood before, and how it stands now."""
        self._done.append(_Deed((Kind.ACTIVITY, before.activity), lambda: _led_again(before, after)))

    def go_on(self, session: Meeting) -> str:
        """A session that was cancelled goes on after all; the sentence that says it.

        Raises:
            NotPossible: somebody else said something else of it, or its activity does not go on.
        """
        after = sessions.go_on(session.id, by=who(), expected=session.standing)
        reason = session.reason or ""
        self._done.append(_Deed((Kind.ACTIVITY, after.activity), lambda: _stopped_again(after, reason)))
        return _of_session(N_("{title}, {day}: goes on after all."), after)

    def changed_for_good(self, card: tuple[Kind, int]) -> None:
        """Something was changed that no key takes back; nor does that key take back what came before."""
        self._done.append(_Deed(card, _for_good))

    def take_back(self) -> tuple[tuple[Kind, int] | None, str]:
        """Take back what was done last, and nothing else; the card, and the sentence that says it.

        Raises:
            NotPossible: somebody did something else with it since; it is left alone for good.
            HostdeskError: the disk does not take it now.
        """
        if not self._done:
            return None, gettext(
                N_("There is nothing of the board to take back. At the desk, u takes back the last count.")
            )
        last = self._done[-1]
        try:
            said = last.back()
        except NotPossible:
            self._done.pop()
            raise
        self._done.pop()
        return last.card, said

    def _keep(self, card: Subject, back: Callable[[], str]) -> None:
        self._done.append(_Deed(card.key, back))


def stops(card: Subject) -> int:
    """How many sessions to come don't go on any more when this does not work out."""
    if card.kind is Kind.WISH or card.state not in (State.PLANNED, State.RUNNING):
        return 0
    now = clock.reliable_now()[0]
    ahead = (one for one in boards.activity(card.number).sessions if one.state is SessionState.PLANNED)
    return sum(one.starts_at > now for one in ahead)


def neighbour(kind: Kind, stands: State, step: int, *, held: bool) -> State | None:
    """Where a card goes that somebody moves one column to the right (1) or to the left (-1).

    What did not work out goes back to the nearest column where it may be: an activity that was never held
    does not run.
    """
    columns = tuple(State)
    at = columns.index(stands) + step
    if not 0 <= at < len(columns):
        return None
    if stands is State.NOT_FEASIBLE:
        allowed = course.legal(kind, stands, held=held)
        return next((state for state in reversed(columns[: at + 1]) if state in allowed), columns[at])
    return columns[at]


def _moved_back(moved: Subject, card: Subject) -> str:
    """Back to where it stood: what is done and failed goes through what runs, as the board's rules want."""
    if (moved.state, card.state) == (State.NOT_FEASIBLE, State.DONE):
        course.move(card.kind, card.number, State.RUNNING, by=who(), expected=moved.state)
        moved = replace(moved, state=State.RUNNING)
    came_to = course.move(
        card.kind, card.number, card.state, by=who(), reason=card.reason, expected=moved.state
    )
    said = gettext(N_("Taken back. “{title}”: {column}."))
    told = said.format(title=visible(card.title), column=board.state(card.state))
    return f"{told} {_sessions(came_to)}".strip()


def _sessions(came_to: course.Moved) -> str:
    """What a move did to the sessions to come."""
    n = came_to.sessions
    if not n:
        return ""
    if came_to.to_state in (State.DONE, State.NOT_FEASIBLE):
        said = ngettext("{n} session to come does not go on.", "{n} sessions to come don't go on.", n)
    else:
        said = ngettext("{n} session to come goes on again.", "{n} sessions to come go on again.", n)
    return said.format(n=n) + " " + gettext(N_("u takes it back."))


def _wish_of(card: Subject) -> int:
    """The wish that a card is, or the first that it came of.

    Raises:
        NotPossible: there is none.
    """
    behind = (card.number,) if card.kind is Kind.WISH else boards.activity(card.number).wishes
    if not behind:
        raise NotPossible(N_("No wish is behind this activity, so nobody can say “me too” to it."))
    return behind[0]


def _unheard(wish: int, text: str) -> str:
    wishes.take_back(wish)
    return gettext(N_("Taken back: the wish “{title}”.")).format(title=visible(text.strip()))


def _one_less(title: str, wish: int) -> str:
    n = wishes.take_back_me_too(wish, by=who())
    return gettext(N_("Taken back: one less for “{title}”, {n} now.")).format(title=visible(title), n=n)


def _unasked(request: int, question: str) -> str:
    advice.take_back(request)
    return gettext(N_("Taken back: the question “{question}”.")).format(question=visible(question.strip()))


def _for_good() -> str:
    raise NotPossible(N_("What was done last is not taken back with u: change it again here."))


def _said_before(before: Meeting, after: Meeting) -> str:
    """A session that was given its number or was cancelled stands as it did before."""
    if before.participations is not None:
        n = before.participations
        sessions.attend(after.id, n, how=before.how or "", by=who(), expected=after.standing)
        said = ngettext(
            "Taken back. {title}, {day}: {n} participant.", "Taken back. {title}, {day}: {n} participants.", n
        )
        return said.format(title=visible(after.title), day=dates.day(after.day), n=n)
    if before.state is SessionState.CANCELLED:
        return _stopped_again(after, before.reason or "")
    sessions.go_on(after.id, by=who(), expected=after.standing)
    return _of_session(N_("Taken back. {title}, {day}: planned."), after)


def _stopped_again(after: Meeting, reason: str) -> str:
    """A session that went on after all does not, for the reason that was given."""
    sessions.cancel(after.id, reason, by=who(), expected=after.standing)
    return _of_session(N_("Taken back. {title}, {day}: does not go on."), after)


def _led_again(before: Meeting, after: Meeting) -> str:
    sessions.led_by(
        before.id,
        before.lead,
        before.leader,
        by=who(),
        expected=after.standing,
        instead_of=(after.lead, after.leader),
    )
    said = gettext(N_("Taken back. {title}, {day}: led by {lead}."))
    lead = f"{board.lead(before.lead)} {before.leader}".strip()
    return said.format(title=visible(before.title), day=dates.day(before.day), lead=visible(lead))


def _of_session(sentence: str, session: Meeting) -> str:
    return gettext(sentence).format(title=visible(session.title), day=dates.day(session.day))
