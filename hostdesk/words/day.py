"""The words of a day, the same at the desk and in the shell."""

from datetime import date, datetime, timedelta

from db.clock import Doubt
from db.days import Present, Today
from db.door_rows import Kind, Row
from hostdesk.words import N_, dates, gettext

_DOUBTS = {
    Doubt.BEFORE_RELEASE: N_("The clock is wrong. Set its date and time; counting goes on."),
    Doubt.BEHIND: N_("The clock is behind the last count. Is {time} right?"),
    Doubt.JUMPED: N_("The clock was changed. Is {time} right?"),
}

_A_WEEK = timedelta(days=7)


def action(row: Row) -> str:
    """The action in a few words: +5, -1, volunteer +1, headcount 12, +5 undone."""
    match row.kind:
        case Kind.ARRIVAL:
            return f"+{row.n}"
        case Kind.VOLUNTEER:
            return gettext(N_("volunteer +{n}")).format(n=row.n)
        case Kind.DEPARTURE:
            return f"-{row.n}"
        case Kind.HEADCOUNT:
            return gettext(N_("headcount {n}")).format(n=row.n)
    return gettext(N_("{action} undone")).format(action=action(_undone(row)))


def _undone(row: Row) -> Row:
    """What an undo took back."""
    return Row(row.id, row.at, row.day, row.hour, row.undone or Kind.ARRIVAL, row.n)


def last(today: Today, row: Row) -> str:
    """The last action and when it was: the time, and the day when that is another one."""
    return gettext(N_("Last: {action} at {time}")).format(action=done(today, row), time=_at(today, row))


def last_in_short(today: Today, row: Row, width: int) -> str:
    """The last action and when it was, where there is little room: as much of it as fits in so many cells."""
    when = _at(today, row)
    said = gettext(N_("Last: {action} {time}")).format(action=done(today, row), time=when)
    if len(said) <= width:
        return said
    if row.undone is None:
        return gettext(N_("{action}, {time}")).format(action=action(row), time=when)
    return gettext(N_("{action} undone, {time}")).format(action=action(_undone(row)), time=when)


def done(today: Today, row: Row) -> str:
    """The action; of what was undone on a later day than its own, that day too."""
    if not _is_later(today, row):
        return action(row)
    undone, day = action(_undone(row)), _day(row.day, today.day)
    return gettext(N_("{action} of {day} undone")).format(action=undone, day=day)


def _at(today: Today, row: Row) -> str:
    """When it was done: an undo stands in the ledger under the day of what it takes back."""
    local = today.room.local(row.at)
    return _when(local, local.date() if _is_later(today, row) else row.day, today.day)


def _is_later(today: Today, row: Row) -> bool:
    return row.undone is not None and row.day not in {today.day, today.room.local(row.at).date()}


def opening(today: Today) -> str:
    """Open until when, or closed and when it opens."""
    found, local = today.opening, today.room.local
    if found.open and found.until:
        return gettext(N_("open until {time}")).format(time=dates.clock(local(found.until)))
    if found.opens_at is None:
        return gettext(N_("closed"))
    opens = local(found.opens_at)
    return gettext(N_("closed, opens {when}")).format(when=_when(opens, opens.date(), today.day))


def present(today: Today) -> str:
    """Where the number of people present comes from; empty when nobody measured it."""
    found = today.present
    if found is None:
        return ""
    changes = _changes(found)
    if found.counted_at is None:
        return gettext(N_("in and out: {changes}")).format(changes=changes)
    counted = dates.clock(today.room.local(found.counted_at))
    if not changes:
        return gettext(N_("counted {time}")).format(time=counted)
    return gettext(N_("counted {time}, then {changes}")).format(time=counted, changes=changes)


def present_in_short(today: Today) -> str:
    """The same where there is little room."""
    found = today.present
    if found is None or found.counted_at is None:
        return _changes(found) if found else ""
    counted = gettext(N_("counted {time}")).format(time=dates.clock(today.room.local(found.counted_at)))
    return f"{counted} {_changes(found)}"


def _changes(found: Present) -> str:
    """+3 -1"""
    moved = (("+", found.arrived), ("-", found.left))
    return " ".join(f"{sign}{n}" for sign, n in moved if n)


def doubt(today: Today) -> str:
    """What may be wrong with the clock; empty when nothing is."""
    if today.doubt is None:
        return ""
    says = today.room.local(today.now)
    return gettext(_DOUBTS[today.doubt]).format(time=f"{dates.day(says.date())} {dates.clock(says)}")


def _when(moment: datetime, day: date, today: date) -> str:
    """A local time of a day of the room; with its weekday, or its date when that says too little."""
    time = dates.clock(moment)
    return time if day == today else f"{_day(day, today)} {time}"


def _day(day: date, today: date) -> str:
    near = abs(day - today) < _A_WEEK
    return dates.weekday_short(day) if near else dates.day(day)
