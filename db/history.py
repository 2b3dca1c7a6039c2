"""What happened on the board, and who did it: rows that are only ever added, and read back in order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from db import clock, roles
from db.board_models import BoardEvent
from db.connection import rows
from db.prepared import Prepared, given
from db.states import Lead, State
from db.text import clean

LONGEST_NAME = 40
"""Characters of who did something."""


class What(StrEnum):
    """What happened."""

    VOICED = "voiced"
    ME_TOO = "me_too"
    MOVED = "moved"
    PLANNED = "planned"
    CHANGED = "changed"
    LEAD_CHANGED = "lead_changed"
    """Its text is who led and who leads now, as two codes of `states.Lead`."""
    SESSION_ADDED = "session_added"
    SESSION_HELD = "session_held"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_GOES_ON = "session_goes_on"
    SESSION_MOVED = "session_moved"
    SESSION_LED = "session_led"
    STOPPED_HERE = "stopped_here"
    SIGNED_UP = "signed_up"
    WITHDRAWN = "withdrawn"
    ADVICE_ASKED = "advice_asked"
    ADVICE_GIVEN = "advice_given"
    ADVICE_READ = "advice_read"
    CONTACT_ERASED = "contact_erased"


@dataclass(frozen=True)
class Event:
    """Something that happened on the board."""

    id: int
    at: datetime
    by: str
    """Who, as far as the program knows: a name, or the account it ran under."""
    what: What
    wish: int | None
    activity: int | None
    session: int | None
    from_state: State | None
    to_state: State | None
    text: str | None
    """A reason, a number or a remark, as the event has one."""


def leads_of(text: str | None) -> tuple[Lead, Lead] | None:
    """Who led and who leads now, as `What.LEAD_CHANGED` says it; None where that cannot be read any more."""
    try:
        before, now = map(Lead, (text or "").split())
    except ValueError:  # a name that is erased may look like a code
        return None
    return before, now


def name(by: str) -> str:
    """Who did something, as the board keeps it: never too long to be kept."""
    return clean(by[: LONGEST_NAME * 2], most=LONGEST_NAME * 2)[:LONGEST_NAME]


def note(
    what: What,
    at: datetime,
    by: str,
    *,
    wish: int | None = None,
    activity: int | None = None,
    session: int | None = None,
    from_state: State | None = None,
    to_state: State | None = None,
    text: str | None = None,
) -> int:
    """Add what happened, now; its id. Whoever calls this is writing already."""
    if what is not What.CONTACT_ERASED:  # that happens by itself
        with roles.by_the_machine():
            clock.keep(at)
    return _ADD.add(
        at=at,
        by=name(by),
        what=what,
        wish=wish,
        activity=activity,
        session=session,
        from_state=from_state,
        to_state=to_state,
        text=text,
    )


def of(where: Any) -> tuple[Event, ...]:
    """The events for which this holds, oldest first."""
    event = BoardEvent
    query = event.select(
        event.id,
        event.at,
        event.by,
        event.what,
        event.wish,
        event.activity,
        event.session,
        event.from_state,
        event.to_state,
        event.text,
    )
    return tuple(
        Event(
            id_,
            at,
            by,
            What(what),
            wish,
            activity,
            session,
            State(before) if before else None,
            State(after) if after else None,
            text,
        )
        for id_, at, by, what, wish, activity, session, before, after, text in rows(
            query.where(where).order_by(event.id)
        )
    )


_ADD = Prepared(
    BoardEvent.insert(
        {
            name: given(name)
            for name in (
                "at", "by", "what", "wish", "activity", "session", "from_state", "to_state", "text",
            )
        }
    )
)  # fmt: skip
