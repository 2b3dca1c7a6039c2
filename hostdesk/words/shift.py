"""The words of the shift: who somebody is, what an entry is about, what became of a shift."""

from typing import TYPE_CHECKING

from db.delicate import Delicate, looks_like
from db.states import FollowUp, Missing, NoteKind, PersonKind, ShiftState
from hostdesk.words import N_, gettext

if TYPE_CHECKING:
    from db.logbook import Entry

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

DELICATE = {
    Delicate.PHONE: N_("a telephone number"),
    Delicate.EMAIL: N_("an e-mail address"),
    Delicate.IBAN: N_("a bank account (IBAN)"),
    Delicate.BSN: N_("a citizen service number (BSN)"),
}
MISSING = {
    Missing.FOR_OTHERS: N_("there was an incident; the coordinator knows of it"),
    Missing.ERASED: N_("the text is erased: its time is up"),
}
NO_NAMES = N_("No names, no illness, no debts. Write: a visitor.")
"""Stands over every field for a note."""


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


def delicate(text: str) -> str | None:
    """A soft warning about a text that seems to say something about a person; None for most texts."""
    found = looks_like(text)
    if not found:
        return None
    looks = gettext(N_("This looks like {what}.")).format(
        what=", ".join(gettext(DELICATE[one]) for one in found)
    )
    return f"{looks} {gettext(NO_NAMES)}"


def text_of(entry: "Entry") -> str:
    """What an entry says, or why it says nothing."""
    return entry.text or gettext(MISSING[entry.missing or Missing.ERASED])


def somebody(name: str) -> str:
    """A name, or what stands there once it was erased."""
    return name or gettext(N_("volunteer"))
