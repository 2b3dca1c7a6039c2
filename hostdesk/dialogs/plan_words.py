"""What a plan comes to, in words."""

from collections.abc import Sequence
from datetime import date

from db.planning import Plan, Preview
from db.recurrence import Repeat
from db.text import visible
from db.timetable import Clash, Trouble
from hostdesk.words import N_, dates, gettext, ngettext

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


def clashes(preview: Preview, plan: Plan) -> str:
    """What is odd about it; empty when nothing is."""
    by_kind: dict[tuple[Trouble, str], list[Clash]] = {}
    for clash in preview.clashes:
        by_kind.setdefault((clash.trouble, clash.title), []).append(clash)
    said = [_clash(trouble, title, found, plan) for (trouble, title), found in by_kind.items()]
    return " ".join(said)


def short_day(day: date, near: date) -> str:
    """di 24 nov; with its year when that is another one than that of a day near it."""
    text = dates.day(day)
    return text.removesuffix(f" {day.year}") if day.year == near.year else text


def _sessions(preview: Preview) -> str:
    n, first, last = len(preview.days), preview.days[0], preview.days[-1]
    if preview.endless:
        text = gettext(N_("goes on without an end, from {first}; {n} sessions in the first half year"))
        return text.format(first=short_day(first, first), n=n)
    if n == 1:
        return gettext(N_("1 session, {day}")).format(day=dates.day(first))
    text = gettext(N_("{n} sessions, {first} to {last}"))
    return text.format(n=n, first=short_day(first, first), last=short_day(last, first))


def _skipped(day: date, why: str, preview: Preview) -> str:
    text = gettext(N_("not on {day} ({why})"))
    return text.format(day=short_day(day, preview.days[0]), why=visible(why))


def _clash(trouble: Trouble, title: str, found: Sequence[Clash], plan: Plan) -> str:
    match trouble:
        case Trouble.PLACE_TAKEN:
            text = gettext(N_("{place} is taken by {title} on {days}."))
        case Trouble.LEADER_TWICE:
            text = gettext(N_("{leader} leads {title} then, on {days}."))
        case Trouble.ROOM_SHUT:
            text = gettext(N_("Outside the opening hours on {days}."))
    days = _days([clash.day for clash in found], plan.first_day)
    return text.format(
        place=visible(plan.place), leader=visible(plan.leader), title=visible(title), days=days
    )


def _days(days: Sequence[date], near: date) -> str:
    said = ", ".join(short_day(day, near) for day in days[:_MOST_DAYS])
    left = len(days) - _MOST_DAYS
    if left <= 0:
        return said
    return ngettext("{days} and {n} more day", "{days} and {n} more days", left).format(days=said, n=left)
