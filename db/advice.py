"""Advice at a distance: a question to a professional, and the answer; the lead stays where it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from db import clock, course, history, logbook, roles
from db.board_models import Activity, AdviceRequest, BoardEvent, Wish
from db.connection import reading, rows, writing
from db.errors import N_, NotPossible
from db.history import What
from db.logbook import Entry, Reader
from db.states import Kind, Missing
from db.text import clean

LONGEST = 500
"""Characters of a question or an answer."""

ANYBODY = Reader()
"""Who reads where nobody said so: incidents are not for them."""


@dataclass(frozen=True)
class Advice:
    """A question, and the answer when there is one."""

    id: int
    question: str
    asked_at: datetime
    asked_by: str
    about: Kind | None
    """What it is about: a wish, an activity, or (None) an entry of the log or the room in general."""
    number: int | None
    """That wish's or activity's number."""
    title: str
    """What the wish says, or what the activity is called; empty for all else."""
    answer: str | None
    answered_at: datetime | None
    answered_by: str | None
    read_at: datetime | None
    """When somebody in the room read the answer."""
    entry: Entry | None = None
    """The entry of the log that it is about, as who reads this may see it; None for who reads no log."""

    @property
    def took(self) -> timedelta | None:
        """How long the answer took."""
        return self.answered_at - self.asked_at if self.answered_at else None


def ask(
    question: str,
    *,
    about: Kind | None = None,
    number: int | None = None,
    entry: int | None = None,
    by: str = "",
) -> int:
    """Ask a professional a question in one line; its number.

    Args:
        question: the question.
        about: what it is about, with its number: a wish or an activity.
        number: see above.
        entry: or the number of an entry of the log.
        by: who asks.

    Raises:
        NotPossible: it says nothing, is too long, or is about something that is not there.
    """
    question = clean(question, most=LONGEST)
    if not question:
        raise NotPossible(N_("Ask the question in a few words."))
    with writing():
        if about is not None and number is not None:
            course.state_of(about, number)
        if entry is not None:
            logbook.one(entry, Reader())
        at = clock.reliable_now()[0]
        wish, activity = _place(about, number)
        request: int = AdviceRequest.insert(
            question=question,
            asked_at=at,
            asked_by=history.name(by),
            wish=wish,
            activity=activity,
            entry=entry,
        ).execute()
        history.note(What.ADVICE_ASKED, at, by, wish=wish, activity=activity, text=question)
        return request


def take_back(request: int) -> None:
    """It was a mistake: a question that nobody answered yet goes, as if nobody had asked.

    Raises:
        NotPossible: there is no such question, or somebody answered it.
    """
    with writing():
        asked = one(request)
        _assert_waits(asked)
        wish, activity = _place(asked.about, asked.number)
        BoardEvent.delete().where(
            (BoardEvent.what == What.ADVICE_ASKED)
            & (BoardEvent.at == asked.asked_at)
            & (BoardEvent.wish == wish)
            & (BoardEvent.activity == activity)
            & (BoardEvent.text == asked.question)
        ).execute()
        AdviceRequest.delete().where(AdviceRequest.id == request).execute()


def answer(request: int, text: str, *, by: str = "") -> Advice:
    """Answer a question.

    Raises:
        NotPossible: there is no such question, it has its answer already, or this says nothing.
    """
    text = clean(text, most=LONGEST)
    if not text:
        raise NotPossible(N_("An answer needs words."))
    with writing():
        found = one(request)
        _assert_waits(found)
        at = clock.reliable_now()[0]
        AdviceRequest.update(answer=text, answered_at=at, answered_by=history.name(by)).where(
            AdviceRequest.id == request
        ).execute()
        _note(What.ADVICE_GIVEN, found, at, by, text)
        return one(request)


def mark_read(request: int, *, by: str = "") -> None:
    """Somebody in the room has read the answer.

    Raises:
        NotPossible: there is no such question, or no answer yet.
    """
    with writing():
        found = one(request)
        if found.answered_at is None:
            raise NotPossible(N_("That question has no answer yet."))
        if found.read_at is None:
            at = clock.reliable_now()[0]
            AdviceRequest.update(read_at=at).where(AdviceRequest.id == request).execute()
            _note(What.ADVICE_READ, found, at, by, None)


def one(request: int) -> Advice:
    """This question.

    Raises:
        NotPossible: there is none.
    """
    with reading():
        found = of(AdviceRequest.id == request)
    if not found:
        raise NotPossible(N_("There is no question {n}. hostdesk advice shows them."), n=request)
    return found[0]


def unanswered(who: Reader = ANYBODY) -> tuple[Advice, ...]:
    """The questions that wait for an answer, the oldest first."""
    with reading():
        return of(AdviceRequest.answered_at.is_null(), who)


def unread(who: Reader = ANYBODY) -> tuple[Advice, ...]:
    """The answers that nobody in the room has read yet, the oldest first."""
    with reading():
        return of(AdviceRequest.answered_at.is_null(False) & AdviceRequest.read_at.is_null(), who)


def everything(who: Reader = ANYBODY) -> tuple[Advice, ...]:
    """All questions, answered or not, the newest first."""
    with reading():
        return of(AdviceRequest.id > 0, who, order=AdviceRequest.id.desc())


def about_entries(entries: Iterable[Entry]) -> dict[int, tuple[Advice, ...]]:
    """What was asked about each of these entries of the log, the oldest first.

    About an entry that somebody may not read they do not hear what was asked either.
    """
    known = {entry.id: entry for entry in entries if entry.missing is not Missing.FOR_OTHERS}
    asked: dict[int, tuple[Advice, ...]] = {}
    with reading():
        for entry, request in _with_entry(AdviceRequest.entry.in_(list(known)), AdviceRequest.id):
            if entry is not None:
                asked[entry] = (*asked.get(entry, ()), replace(request, entry=known[entry]))
    return asked


def of(where: Any, who: Reader = ANYBODY, *, order: Any = AdviceRequest.id) -> tuple[Advice, ...]:
    """The questions for which this holds; whoever calls this is reading already.

    Args:
        where: the condition.
        who: who reads: of an entry of the log they see what they may.
        order: which one comes first.
    """
    found = _with_entry(where, order)
    numbers = [entry for entry, _ in found if entry is not None and roles.may_read("log_entry")]
    known = {entry.id: entry for entry in logbook.some(numbers, who)} if numbers else {}
    return tuple(replace(request, entry=known.get(entry)) if entry else request for entry, request in found)


def _with_entry(where: Any, order: Any) -> list[tuple[int | None, Advice]]:
    """These questions, each with the number of the entry that it is about."""
    request = AdviceRequest
    query = (
        request.select(
            request.id,
            request.question,
            request.asked_at,
            request.asked_by,
            request.wish,
            request.activity,
            Wish.text,
            Activity.title,
            request.answer,
            request.answered_at,
            request.answered_by,
            request.read_at,
            request.entry,
        )
        .left_outer_join(Wish, on=(request.wish == Wish.id))
        .switch(request)
        .left_outer_join(Activity, on=(request.activity == Activity.id))
        .where(where)
        .order_by(order)
    )
    return [
        (
            entry,
            Advice(
                id_,
                question,
                asked_at,
                asked_by,
                Kind.WISH if wish else Kind.ACTIVITY if activity else None,
                wish or activity,
                text or title or "",
                answer,
                answered_at,
                answered_by,
                read_at,
            ),
        )
        for (
            id_,
            question,
            asked_at,
            asked_by,
            wish,
            activity,
            text,
            title,
            answer,
            answered_at,
            answered_by,
            read_at,
            entry,
        ) in rows(query)
    ]


def _assert_waits(request: Advice) -> None:
    """Refuse a question that has its answer.

    Raises:
        NotPossible: it has.
    """
    if request.answered_at is not None:
        raise NotPossible(
            N_("That question has its answer already, from {name}."), name=request.answered_by or "?"
        )


def _note(what: What, request: Advice, at: datetime, by: str, text: str | None) -> None:
    wish, activity = _place(request.about, request.number)
    history.note(what, at, by, wish=wish, activity=activity, text=text)


def _place(about: Kind | None, number: int | None) -> tuple[int | None, int | None]:
    """What a question is about: a wish's number, an activity's, or neither."""
    return (number if about is Kind.WISH else None, number if about is Kind.ACTIVITY else None)
