"""How sessions repeat: rules in the form of RFC 5545, read and written by python-dateutil.

A rule speaks of the room's own clock: "Tuesdays at 14:00" stays 14:00 when the clocks change. So all
days and times here are local and without a time zone.
"""

from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice, takewhile

from dateutil.rrule import MONTHLY, WEEKLY, rrule, rrulestr, weekday  # comes with pendulum

from db.errors import N_, NotPossible

MOST_SESSIONS = 520
"""Ten years of every week: more is not planned at once."""

LAST = -1
"""The last such weekday of a month, where a fifth one does not always come."""


class Repeat(StrEnum):
    """How often."""

    ONCE = "once"
    WEEKLY = "weekly"
    TWO_WEEKLY = "two-weekly"
    MONTHLY = "monthly"


def rule_for(
    repeat: Repeat,
    starts: datetime,
    *,
    times: int | None = None,
    until: date | None = None,
    nth: int | None = None,
) -> str:
    """The rule in RFC 5545 form (the value of an RRULE); empty for what happens once.

    Args:
        repeat: how often.
        starts: the first time.
        times: so many times in all, those that are skipped included.
        until: the last day on which it may be; with neither it goes on.
        nth: for a month: which of such weekdays, 1 to 4 or `LAST`; without it that of the first time.

    Raises:
        NotPossible: no such number, or it ends before it begins.
    """
    if times is not None and not 1 <= times <= MOST_SESSIONS:
        raise NotPossible(
            N_("It can be repeated between 1 and {most} times, not {n}."), most=MOST_SESSIONS, n=times
        )
    if until is not None and until < starts.date():
        raise NotPossible(
            N_("The last day ({until}) is before the first ({first})."), until=until, first=starts.date()
        )
    if nth is not None and nth not in (1, 2, 3, 4, 5, LAST):
        raise NotPossible(N_("A month has a first to fifth such weekday and a last one, not {n}."), n=nth)
    if repeat is Repeat.ONCE:
        return ""
    end = datetime.combine(until, time(23, 59, 59)) if until else None
    ends = {"until": end} if end else {"count": times} if times else {}
    if repeat is Repeat.MONTHLY:
        which = weekday(starts.weekday())(_nth(starts, nth))
        made = rrule(MONTHLY, byweekday=which, **ends)
    else:
        made = rrule(WEEKLY, interval=2 if repeat is Repeat.TWO_WEEKLY else 1, **ends)
    rule = next(line.removeprefix("RRULE:") for line in str(made).splitlines() if line.startswith("RRULE:"))
    if (
        until is not None
        and len(list(islice(rrulestr(rule, dtstart=starts), MOST_SESSIONS + 1))) > MOST_SESSIONS
    ):
        raise NotPossible(
            N_("Until {until} that is more than {most} times: say an earlier last day, or none to go on."),
            until=until,
            most=MOST_SESSIONS,
        )
    return rule


def without_end(rule: str, starts: datetime) -> str:
    """As often as this rule, going on from another first time without an end.

    A rule for a weekday of the month keeps it where the new first time is such a day; else it follows
    from that day.
    """
    parts = [part for part in rule.split(";") if not part.startswith(("COUNT=", "UNTIL="))]
    kept = ";".join(parts)
    if "FREQ=MONTHLY" not in parts or next(iter(rrulestr(kept, dtstart=starts))) == starts:
        return kept
    return rule_for(Repeat.MONTHLY, starts)


def ended(rule: str, last_day: date) -> str:
    """A rule without an end, ending with this local day."""
    return f"{rule};UNTIL={last_day:%Y%m%d}T235959"


def is_endless(rule: str) -> bool:
    """Whether this rule goes on until somebody stops it."""
    return bool(rule) and "COUNT=" not in rule and "UNTIL=" not in rule


def times(
    rule: str, starts: datetime, *, after: date | None = None, through: date | None = None
) -> list[datetime]:
    """When it is, in order: at most `MOST_SESSIONS` times.

    Args:
        rule: as `rule_for` made it, or as another program wrote it.
        starts: the first time; what the rule leaves open, such as the weekday, follows from it.
        after: leave out what is on this day or earlier.
        through: the last day to look at; an endless rule needs one.
    """
    if not rule:
        found = [starts]
    else:
        endless = rrulestr(rule, dtstart=starts)
        until = takewhile(lambda at: through is None or at.date() <= through, endless)
        later = (at for at in until if after is None or at.date() > after)
        found = list(islice(later, MOST_SESSIONS))
    return [
        at
        for at in found
        if (after is None or at.date() > after) and (through is None or at.date() <= through)
    ]


def _nth(starts: datetime, nth: int | None) -> int:
    """Which such weekday of its month a day is; a fifth one is the last, since not all months have it."""
    if nth is not None:
        return nth
    found = (starts.day - 1) // 7 + 1
    return LAST if found == 5 else found
