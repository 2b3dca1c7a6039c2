"""The words of the shift: who somebody is, what an entry is about, what became of a shift."""

from datetime import datetime
from typing import TYPE_CHECKING

from db.states import FollowUp, Missing, NoteKind, PersonKind, ShiftState, Step
from db.text import visible
from hostdesk.words import N_, dates, gettext, language, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from db.duties import OnDuty, Shift, TooFew
    from db.logbook import Change, Entry
    from db.room import Room

PERSON_KINDS = {
    PersonKind.HOST: N_("host"),
    PersonKind.VOLUNTEER: N_("volunteer"),
    PersonKind.COORDINATOR: N_("coordinator"),
    PersonKind.PROFESSIONAL: N_("professional"),
    PersonKind.PARTNER: N_("partner"),
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
_SIGNS = {
    NoteKind.INCIDENT: "!",
    NoteKind.BROKEN: "×",
    NoteKind.SHORTAGE: "-",
    NoteKind.HANDOVER: "→",
    NoteKind.NOTICE: "i",
    NoteKind.HAPPY: "*",
}
"""Signs beside the words, for who looks quickly; particulars have a dot."""

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

STEPS = {
    Step.COUNT: N_("does the count look right"),
    Step.SESSIONS: N_("sessions without a number"),
    Step.PARTICULARS: N_("particulars"),
    Step.OPEN_POINTS: N_("open points"),
    Step.HOURS: N_("who was here, and for how long"),
    Step.CHECKLIST: N_("the checklist"),
}
DELICATE = {
    "phone": N_("a telephone number"),
    "email": N_("an e-mail address"),
    "iban": N_("a bank account (IBAN)"),
    "bsn": N_("a citizen service number (BSN)"),
}
MISSING = {
    Missing.FOR_OTHERS: N_("there was an incident; the coordinator knows of it"),
    Missing.ERASED: N_("the text is erased: its time is up"),
}
INCIDENTS = N_(
    "What happened in an incident is for that shift and the coordinator, who reads it here with: "
    "hostdesk --as NAME log"
)
"""Said where only the fact of an incident is shown: the desk's own account is everybody's."""
NO_NAMES = N_("No names, no illness, no debts. Write: a visitor.")
"""Stands over every field for a note."""


def person_kind(kind: PersonKind) -> str:
    """What somebody is in the house."""
    return gettext(PERSON_KINDS[kind])


def note_kind(kind: NoteKind) -> str:
    """What an entry is about."""
    return gettext(NOTE_KINDS[kind])


def sign(kind: NoteKind) -> str:
    """A sign of one cell."""
    return _SIGNS.get(kind, "•")


def follow_up(stands: FollowUp) -> str:
    """Whether somebody still has to deal with it."""
    return gettext(FOLLOW_UPS[stands])


def shift_state(stands: ShiftState) -> str:
    """What became of a shift."""
    return gettext(SHIFT_STATES[stands])


def steps(which: "Iterable[Step]", not_done: "Iterable[str]" = ()) -> str:
    """Steps of closing a shift, one after another; of the checklist also the lines that were not done."""
    lines = ", ".join(map(visible, not_done))
    said = []
    for one in which:
        name = gettext(STEPS[one])
        if one is Step.CHECKLIST and lines:
            name = gettext(N_("{step} (not: {lines})")).format(step=name, lines=lines)
        said.append(name)
    return ", ".join(said)


def times(room: "Room", begins: datetime | None, ends: datetime | None) -> str:
    """10:00–16:30; an end that nobody knows yet is left open."""
    return "–".join(dates.clock(room.local(moment)) if moment else "" for moment in (begins, ends))


def when(room: "Room", one: "Shift") -> str:
    """di 10 nov 2026 13:00–17:00: a day can have more than one."""
    return f"{dates.day(one.key.day)} {times(room, one.starts_at, one.ends_at)}"


def duty(room: "Room", one: "OnDuty") -> str:
    """From when until when somebody is on duty, and what is special about it."""
    parts = [times(room, one.begins, one.ends)]
    if one.trainee:
        parts.append(gettext(N_("trainee")))
    if one.absent:
        parts.append(gettext(N_("absent")))
    if one.stands_in_for is not None:
        parts.append(gettext(N_("stands in for {name}")).format(name=somebody(one.stands_in_for)))
    if one.confirmed:
        parts.append(gettext(N_("{hours} hours, confirmed")).format(hours=hours(one.hours)))
    return " · ".join(parts)


def also_there(room: "Room", one: "OnDuty") -> str:
    """The same of who is on duty in another shift too: 10:00–17:00 · ook op een andere dienst."""
    return f"{duty(room, one)} · {gettext(N_('on another shift too'))}"


def gap(room: "Room", one: "Shift", found: "TooFew") -> str:
    """So many hosts are missing on a shift, and from when until when where that is not all of it."""
    n = found.n
    if (found.from_at, found.until_at) == (one.starts_at, one.ends_at):
        return ngettext("! gap: {n} more host needed", "! gap: {n} more hosts needed", n).format(n=n)
    said = gettext(N_("! gap: {n} more needed {times}"))
    return said.format(n=n, times=times(room, found.from_at, found.until_at))


def changes_absence(one: "OnDuty") -> str:
    """What came of it that somebody is absent, or is not after all; of the duty as it was before."""
    said = N_("{name} does not come; the same key again takes it back.")
    if one.absent:
        said = N_("{name} comes after all.")
    return gettext(said).format(name=visible(somebody(one.name)))


def every(weeks: int) -> str:
    """How often somebody comes back."""
    return ngettext("once a week", "once in {n} weeks", weeks).format(n=weeks)


def hours(n: float) -> str:
    """6,5 in Dutch, 6.5 in English."""
    said = f"{n:g}"
    return said.replace(".", ",") if language() == "nl" else said


def delicate(text: str) -> str | None:
    """A soft warning about a text that seems to say something about a person; None for most texts."""
    from db.delicate import looks_like  # a count has no text

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


def whose(entry: "Entry") -> str:
    """Who may say more of an incident that is not for who asks, and how they come in."""
    if not entry.whose:
        return gettext(
            N_(
                "Nobody who may say more of this is known here. Somebody makes a coordinator known: "
                "hostdesk person add NAME --kind coordinator"
            )
        )
    *others, last = map(visible, entry.whose)
    who_ = gettext(N_("{names} or {last}")).format(names=", ".join(others), last=last) if others else last
    return gettext(
        N_("Only {names} can say more of this, or that it is settled: from elsewhere, or with {command}")
    ).format(names=who_, command=gettext(N_("hostdesk --as NAME log")))


def names(of: "Iterable[OnDuty]") -> str:
    """Who they are, each once; who is on duty twice in a shift is one person."""
    return ", ".join(dict.fromkeys(visible(somebody(duty.name)) for duty in of))


def somebody(name: str) -> str:
    """A name, or what stands there once it was erased."""
    return name or gettext(N_("volunteer"))


def in_a_column(name: str) -> str:
    """The same where something stands behind it: below each other, and a long name apart from that too."""
    return f"{visible(somebody(name)):<13} "


def former(change: "Change", moment: "Callable[[datetime], str]") -> str | None:
    """When it happened, or until when it was shown, as an entry said before; written as moments are there."""
    if change.before:
        return moment(change.before)
    return dates.day(change.last_day) if change.last_day else None
