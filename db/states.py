"""Codes that tables and JSON hold: on the board, in the log, on the roster; and who is who."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a wish or an activity stands on the board."""

    RECEIVED = "received"
    EXPLORING = "exploring"
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    NOT_FEASIBLE = "not_feasible"


class Lead(StrEnum):
    """Who leads an activity or one of its sessions."""

    VOLUNTEER = "volunteer"
    NEIGHBOUR = "neighbour"
    TOGETHER = "together"
    PROFESSIONAL = "professional"
    UNKNOWN = "unknown"


class SessionState(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Standing(NamedTuple):
    """How a session stands; what is shown of it may be older than what somebody has said since."""

    starts_at: datetime
    state: SessionState
    participations: int | None


class Kind(StrEnum):
    """What a card on the board is."""

    WISH = "wish"
    ACTIVITY = "activity"


class PersonKind(StrEnum):
    """What somebody is in the house."""

    HOST = "host"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    PROFESSIONAL = "professional"
    PARTNER = "partner"


class NoteKind(StrEnum):
    """What an entry in the shift log is about."""

    PARTICULARS = "particulars"
    INCIDENT = "incident"
    BROKEN = "broken"
    SHORTAGE = "shortage"
    HANDOVER = "handover"
    NOTICE = "notice"
    HAPPY = "happy"


class FollowUp(StrEnum):
    """Whether somebody still has to deal with an entry."""

    OPEN = "open"
    DONE = "done"


class Missing(StrEnum):
    """Why an entry has no text for who reads it."""

    FOR_OTHERS = "for_others"
    """An incident of a shift that they were not on."""
    ERASED = "erased"
    """Its time is up."""


class ShiftState(StrEnum):
    """What became of a shift."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CLOSED_AUTOMATICALLY = "closed_automatically"
    MISSING = "missing"


class Mark(StrEnum):
    """What is kept of a shift beside the steps of its closing."""

    ASKED = "asked"
    """It was asked when a forgotten shift really closed."""
    BEGUN = "begun"
    """Its hosts have begun it."""


class Step(StrEnum):
    """A step of closing, in this order."""

    COUNT = "count"
    """Does the number of visits look right?"""
    SESSIONS = "sessions"
    """Sessions of which nobody said how many took part."""
    PARTICULARS = "particulars"
    OPEN_POINTS = "open_points"
    HOURS = "hours"
    """Who was here, from when until when."""
    CHECKLIST = "checklist"
