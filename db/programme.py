"""Today's programme at the desk: the sessions of the day, and what the desk should know beside them.

Read with the day after each key press, so its questions are kept (`db.prepared`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peewee import fn

from db import board_models as models
from db import clock
from db import room as rooms
from db.connection import reading
from db.moments import from_text
from db.prepared import Prepared, given
from db.states import Lead, SessionState, Standing

ASK_FOR = timedelta(days=7)
"""The number of a session longer ago than this is not asked for any more."""


@dataclass(frozen=True)
class Slot:
    """A session in the programme."""

    id: int
    activity: int
    title: str
    starts_at: datetime
    ends_at: datetime
    state: SessionState
    participations: int | None
    place: str
    lead: Lead
    signed_up: int
    """How many signed up and have a place."""
    capacity: int | None

    @property
    def standing(self) -> Standing:
        """How it stands, for who acts on it (see `sessions.attend`)."""
        return Standing(self.starts_at, self.state, self.participations)

    def goes_on_at(self, moment: datetime) -> bool:
        """Whether it is being held at this moment, as planned."""
        return self.state is not SessionState.CANCELLED and self.starts_at <= moment < self.ends_at

    def waits_for_number(self, now: datetime) -> bool:
        """Whether it has begun, and nobody said yet how many took part or that it did not go on."""
        return self.state is SessionState.PLANNED and self.starts_at <= now


@dataclass(frozen=True)
class Answer:
    """Advice that was given and that nobody in the room has read yet."""

    id: int
    question: str
    answer: str
    answered_by: str
    took: timedelta


@dataclass(frozen=True)
class Programme:
    """What the desk shows beside its counts."""

    day: date
    now: datetime
    slots: tuple[Slot, ...]
    """The sessions of the day in the order of their times, cancelled ones too."""
    unnumbered: Slot | None
    """A session of an earlier day whose number nobody gave or said not to know."""
    answers: tuple[Answer, ...]
    """Answers that nobody read, the oldest first."""
    questions: int
    """Questions that wait for an answer."""

    @property
    def waits(self) -> Slot | None:
        """The session of today whose number is wanted first.

        What is over comes before what goes on: of that the number is known. Of several, what ended first.
        """
        waiting = [slot for slot in self.slots if slot.waits_for_number(self.now)]
        over = [slot for slot in waiting if slot.ends_at <= self.now]
        if over:
            return min(over, key=lambda slot: slot.ends_at)
        return waiting[-1] if waiting else None

    @property
    def begun(self) -> tuple[Slot, ...]:
        """The sessions of today whose number can be said, or put right."""
        return tuple(
            [
                slot
                for slot in self.slots
                if slot.starts_at <= self.now and slot.state is not SessionState.CANCELLED
            ]
        )

    @property
    def participations(self) -> int:
        """How many took part today, in all sessions together; never added to visits."""
        return sum(slot.participations or 0 for slot in self.slots)


def today() -> Programme:
    """The programme of the room's day."""
    with reading():
        now = clock.reliable_now()[0]
        day = rooms.day_of(rooms.current(), now)
        waiting = _slots(_UNNUMBERED, day=day, since=day - ASK_FOR)
        return Programme(
            day=day,
            now=now,
            slots=_slots(_OF_DAY, day=day),
            unnumbered=waiting[0] if waiting else None,
            answers=tuple(
                Answer(id_, question, answer, by or "", from_text(answered) - from_text(asked))
                for id_, question, answer, by, asked, answered in _UNREAD.rows()
            ),
            questions=int(_QUESTIONS.row()[0]),
        )


def participations(day: date) -> int:
    """How many took part in the sessions of a day, all together."""
    with reading():
        return int(_PARTICIPATIONS.row(day=day)[0] or 0)


def _slots(question: Prepared, **values: object) -> tuple[Slot, ...]:
    return tuple(
        Slot(
            id_,
            activity,
            title,
            from_text(starts),
            from_text(ends),
            SessionState(state),
            n,
            own_place if own_place is not None else place,
            Lead(own_lead or lead),
            int(signed_up or 0),
            capacity,
        )
        for (
            id_,
            activity,
            title,
            starts,
            ends,
            state,
            n,
            own_place,
            place,
            own_lead,
            lead,
            capacity,
            signed_up,
        ) in question.rows(**values)
    )


_SIGNED_UP = models.SignUp.select(fn.SUM(models.SignUp.n)).where(
    (models.SignUp.session == models.Session.id)
    & ~models.SignUp.waiting
    & models.SignUp.withdrawn_at.is_null()
)


def _question(where: object, *order: object, most: int | None = None) -> Prepared:
    """Sessions with what they have from their activity; see `_slots`."""
    return Prepared(
        models.Session.select(
            models.Session.id,
            models.Session.activity,
            models.Activity.title,
            models.Session.starts_at,
            models.Session.ends_at,
            models.Session.state,
            models.Session.participations,
            models.Session.place,
            models.Activity.place,
            models.Session.lead,
            models.Activity.lead,
            models.Activity.capacity,
            _SIGNED_UP,
        )
        .join(models.Activity, on=(models.Session.activity == models.Activity.id))
        .where(where)
        .order_by(*order)
        .limit(most)
    )


_OF_DAY = _question(models.Session.day == given("day"), models.Session.starts_at, models.Session.id)
_UNNUMBERED = _question(
    (models.Session.day >= given("since"))
    & (models.Session.day < given("day"))
    & (models.Session.state == SessionState.PLANNED.value)
    & ~models.Session.asked,
    models.Session.starts_at.desc(),
    most=1,
)
_PARTICIPATIONS = Prepared(
    models.Session.select(fn.SUM(models.Session.participations)).where(models.Session.day == given("day"))
)
_UNREAD = Prepared(
    models.AdviceRequest.select(
        models.AdviceRequest.id,
        models.AdviceRequest.question,
        models.AdviceRequest.answer,
        models.AdviceRequest.answered_by,
        models.AdviceRequest.asked_at,
        models.AdviceRequest.answered_at,
    )
    .where(models.AdviceRequest.answered_at.is_null(False) & models.AdviceRequest.read_at.is_null())
    .order_by(models.AdviceRequest.answered_at)
)
_QUESTIONS = Prepared(
    models.AdviceRequest.select(fn.COUNT(models.AdviceRequest.id)).where(
        models.AdviceRequest.answered_at.is_null()
    )
)
