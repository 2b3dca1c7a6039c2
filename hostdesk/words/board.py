"""The words of the activity board: where things stand, who leads, how long something took."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from db.states import Kind, Lead, SessionState, State
from db.text import visible
from hostdesk.words import N_, dates, gettext, ngettext

STATES = {
    State.RECEIVED: N_("wish received"),
    State.EXPLORING: N_("being explored"),
    State.PLANNED: N_("planned"),
    State.RUNNING: N_("running"),
    State.DONE: N_("done"),
    State.NOT_FEASIBLE: N_("not feasible"),
}
LEADS = {
    Lead.VOLUNTEER: N_("volunteer"),
    Lead.NEIGHBOUR: N_("neighbour"),
    Lead.TOGETHER: N_("together"),
    Lead.PROFESSIONAL: N_("professional"),
    Lead.UNKNOWN: N_("unknown"),
}
SESSION_STATES = {
    SessionState.PLANNED: N_("planned"),
    SessionState.HELD: N_("held"),
    SessionState.CANCELLED: N_("cancelled"),
}

_MOST_DAYS = 3
"""So many days are named; of the others it is said how many there are."""

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def state(stands: State) -> str:
    """Where a wish or an activity stands."""
    return gettext(STATES[stands])


def lead(who: Lead) -> str:
    """Who leads."""
    return gettext(LEADS[who])


def session_state(stands: SessionState) -> str:
    """What became of a session."""
    return gettext(SESSION_STATES[stands])


def card(kind: Kind, number: int) -> str:
    """How a card is called in a command: w3, a2."""
    return f"{'w' if kind is Kind.WISH else 'a'}{number}"


def signed_up(n: int, name: str | None, *, waiting: bool) -> str:
    """Henk: 2 people, waiting list. Who left no name is said to have none: a number alone would be
    read as something else.
    """
    people = ngettext("{n} person", "{n} people", n).format(n=n)
    said = f"{visible(name) if name else gettext(N_('without a name'))}: {people}"
    return f"{said}, {gettext(N_('waiting list'))}" if waiting else said


def no_place(n: int, left: int) -> str:
    """Why so many people wait for a place."""
    if not left:
        return gettext(N_("It is full"))
    text = ngettext("There is {left} place left, not {n}", "There are {left} places left, not {n}", left)
    return text.format(left=left, n=n)


def let_in(n: int) -> str:
    """So many people waited for a place and have one now; nothing for none."""
    text = ngettext("{n} who waited has a place now.", "{n} who waited have a place now.", n)
    return text.format(n=n) if n else ""


def when(local: datetime) -> str:
    """di 24 nov 2026 14:00 (the moment is local already)."""
    return f"{dates.day(local.date())} {dates.clock(local)}"


def short_day(day: date, near: date) -> str:
    """di 24 nov; with its year when that is another one than that of a day near it."""
    text = dates.day(day)
    return text.removesuffix(f" {day.year}") if day.year == near.year else text


def some_days(days: Sequence[date], near: date) -> str:
    """The first of these days, and how many more there are; see `short_day`."""
    said = ", ".join(short_day(day, near) for day in days[:_MOST_DAYS])
    left = len(days) - _MOST_DAYS
    if left <= 0:
        return said
    return ngettext("{days} and {n} more day", "{days} and {n} more days", left).format(days=said, n=left)


def how_long(took: timedelta) -> str:
    """5 minutes, 3 hours, 2 days."""
    if took < _HOUR:
        n = max(round(took / timedelta(minutes=1)), 0)
        return ngettext("{n} minute", "{n} minutes", n).format(n=n)
    if took < 2 * _DAY:
        n = round(took / _HOUR)
        return ngettext("{n} hour", "{n} hours", n).format(n=n)
    n = round(took / _DAY)
    return ngettext("{n} day", "{n} days", n).format(n=n)
