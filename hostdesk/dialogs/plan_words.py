"""What a plan comes to, in words."""

from collections.abc import Iterable
from datetime import date

from db.planning import Plan, Preview
from db.recurrence import Repeat
from db.text import visible
from db.timetable import Clash
from hostdesk.words import N_, board, dates, gettext, ngettext
from hostdesk.words import clashes as words

REPEATS = {
    Repeat.ONCE: N_("once"),
    Repeat.WEEKLY: N_("every week"),
    Repeat.TWO_WEEKLY: N_("every two weeks"),
    Repeat.MONTHLY: N_("every month"),
}

_MOST_DAYS = 3
"""So many days are named; of the others it is said how many there are."""


def comes_to(preview: Preview) -> str:
    """How many sessions, from when to when, and what is skipped and why."""
    parts = [_sessions(preview), *(_skipped(day, why, preview) for day, why in preview.skipped[:_MOST_DAYS])]
    left = len(preview.skipped) - _MOST_DAYS
    if left > 0:
        parts.append(ngettext("{n} more is skipped", "{n} more are skipped", left).format(n=left))
    return "; ".join(parts)


def clashes(found: Iterable[Clash], plan: Plan) -> str:
    """What is odd about it; empty when nothing is."""
    return " ".join(words.sentences(found, place=plan.place, leader=plan.leader, near=plan.first_day))


def _sessions(preview: Preview) -> str:
    n, first, last = len(preview.days), preview.days[0], preview.days[-1]
    if preview.endless:
        text = gettext(N_("goes on without an end, from {first}; {n} sessions in the first half year"))
        return text.format(first=board.short_day(first, first), n=n)
    if n == 1:
        return gettext(N_("1 session, {day}")).format(day=dates.day(first))
    text = gettext(N_("{n} sessions, {first} to {last}"))
    return text.format(n=n, first=board.short_day(first, first), last=board.short_day(last, first))


def _skipped(day: date, why: str, preview: Preview) -> str:
    text = gettext(N_("not on {day} ({why})"))
    return text.format(day=board.short_day(day, preview.days[0]), why=visible(why))
