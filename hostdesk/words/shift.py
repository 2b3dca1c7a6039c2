"""The words of the shift: who somebody is, what an entry is about, what became of a shift."""

from db.states import FollowUp, NoteKind, PersonKind, ShiftState
from hostdesk.words import N_, gettext

PERSON_KINDS = {
    PersonKind.HOST: N_("host"),
    PersonKind.VOLUNTEER: N_("volunteer"),
    PersonKind.COORDINATOR: N_("coordinator"),
    PersonKind.PROFESSIONAL: N_("professional"),
}
NOTE_KINDS = {
    NoteKind.PARTICULARS: N_("particulars"),
    NoteKind.INCIDENT: N_("incident"),
    NoteKind.BROKEN: N_("broken"),
    NoteKind.SHORTAGE: N_("shortage"),
    NoteKind.HANDOVER: N_("handover"),
    NoteKind.NOTICE: N_("notice"),
    NoteKind.HAPPY: N_("happy moment"),
}
FOLLOW_UPS = {
    FollowUp.OPEN: N_("open point"),
    FollowUp.DONE: N_("dealt with"),
}
SHIFT_STATES = {
    ShiftState.PLANNED: N_("to come"),
    ShiftState.OPEN: N_("is open now"),
    ShiftState.CLOSED: N_("shift closed"),
    ShiftState.CLOSED_AUTOMATICALLY: N_("closed automatically"),
    ShiftState.MISSING: N_("never opened"),
}


def person_kind(kind: PersonKind) -> str:
    """What somebody is in the house."""
    return gettext(PERSON_KINDS[kind])


def note_kind(kind: NoteKind) -> str:
    """What an entry is about."""
    return gettext(NOTE_KINDS[kind])


def follow_up(stands: FollowUp) -> str:
    """Whether somebody still has to deal with it."""
    return gettext(FOLLOW_UPS[stands])


def shift_state(stands: ShiftState) -> str:
    """What became of a shift."""
    return gettext(SHIFT_STATES[stands])


def somebody(name: str) -> str:
    """A name, or what stands there once it was erased."""
    return name or gettext(N_("volunteer"))
