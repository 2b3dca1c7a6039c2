"""What the roster says: its shifts, who is on them, where somebody is needed, and everybody's hours."""

from collections.abc import Sequence
from datetime import date

from db.duties import Given, OnDuty, Shift
from db.room import Room
from db.text import visible
from hostdesk.widgets.lines import Line, Span, fit, line, spread, width_of
from hostdesk.words import N_, dates, gettext, ngettext, shift


def title(room: Room, shifts: Sequence[Shift], width: int) -> Line:
    """The line on top: what this is, which days, and in how many shifts somebody is needed."""
    n = sum(one.gap is not None for one in shifts)
    gaps = ngettext("{n} shift with a gap", "{n} shifts with a gap", n).format(n=n) if n else ""
    right = line(Span(gaps or visible(room.name), "key" if gaps else "plain"))
    ways = [""]
    if shifts:
        first, last = shifts[0].key.day, shifts[-1].key.day
        in_short = f"{dates.day_in_short(first)}–{dates.day_in_short(last)}"
        ways = [dates.stretch(first, last), in_short]
    lefts = [line(Span(gettext(N_("Roster")), "strong"), Span(f"  {days}")) for days in ways]
    fits = (left for left in lefts if width_of(left) + 1 + width_of(right) <= width)
    return spread(next(fits, lefts[-1]), right, width)


def page(
    room: Room, shifts: Sequence[Shift], rows: Sequence[Shift | OnDuty], at: int | None, width: int
) -> list[tuple[int | None, Line]]:
    """Each line, with the row that it is of: the shifts by day, and who is on them."""
    if not rows:
        return [(None, line(gettext(N_("No shift is planned in these days."))))]
    lines: list[tuple[int | None, Line]] = []
    unconfirmed = {duty.id for one in shifts for duty in one.unconfirmed}
    for number, row in enumerate(rows):
        pointed_at = number == at
        if isinstance(row, Shift):
            lines += [(None, line(""))] if lines else []
            lines += [(number, text) for text in _shift(room, row, width, pointed_at=pointed_at)]
            lines += [(None, _also_there(room, duty, width)) for duty in row.also_there]
        else:
            doubt = row.id in unconfirmed
            lines.append((number, _duty(room, row, width, pointed_at=pointed_at, doubt=doubt)))
    return lines


def hours(given: Sequence[Given], month: date, width: int) -> list[Line]:
    """Everybody's hours of this month."""
    heading = gettext(N_("Hours in {month}: confirmed, and not yet")).format(month=dates.month(month))
    lines = [line(Span(heading, "strong")), line("")]
    for one in given:
        name = visible(shift.somebody(one.name))
        numbers = f"{shift.hours(one.confirmed):>8}{shift.hours(one.unconfirmed):>8}"
        lines.append(spread(line(f"  {name}"), line(numbers), min(width, 60)))
    if not given:
        nobody = gettext(N_("Nobody is or was on duty in {month}."))
        lines.append(line(nobody.format(month=dates.month(month))))
    return lines


def taken_off(duty: OnDuty) -> str:
    """Somebody is not on the roster of that day any more."""
    said = gettext(N_("{name} is off the roster of {day}."))
    return said.format(name=visible(shift.somebody(duty.name)), day=dates.day(duty.day))


def confirmed(one: Shift) -> str:
    """The hours of a shift that is over are as they stand."""
    return gettext(N_("The hours of {day} are confirmed.")).format(day=dates.day(one.key.day))


def swapping(duty: OnDuty) -> str:
    """The first of two was chosen."""
    said = gettext(N_("{name} swaps {day} with … go to the other one and press s. Esc stops."))
    return said.format(name=visible(shift.somebody(duty.name)), day=dates.day(duty.day))


def swapped(one: OnDuty, other: OnDuty) -> str:
    """Two people do each other's duty."""
    said = gettext(N_("{one} and {other} have swapped."))
    return said.format(one=visible(shift.somebody(one.name)), other=visible(shift.somebody(other.name)))


def _shift(room: Room, one: Shift, width: int, *, pointed_at: bool) -> list[Line]:
    """→ do 26 nov 2026  10:00–16:30 · komt nog          ! gat: nog 2 nodig"""
    when = f"{dates.day(one.key.day)}  {shift.times(room, one.starts_at, one.ends_at)}"
    short = line(Span("→ " if pointed_at else "  ", "key"), Span(when, "strong"))
    left = (*short, Span(f" · {shift.shift_state(one.state)}", "quiet"))
    ways = [left]
    if n := len(one.unconfirmed):
        asks = line(Span(gettext(N_("! hours to confirm: {n}")).format(n=n), "key"))
    elif one.gap:
        asks = line(Span(shift.gap(room, one, one.gap), "key"))
        ways = [left, short]  # that somebody is needed says that it is still to come
    else:
        return [fit(left, width)]
    for whole in ways:
        if width_of(whole) + 1 + width_of(asks) <= width:
            return [spread(whole, asks, width)]
    return [fit(left, width), spread(line(), asks, width)]


def _also_there(room: Room, duty: OnDuty, width: int) -> Line:
    """Anja  10:00–17:00 · ook op een andere dienst; it is there that the arrow finds her."""
    name = shift.in_a_column(duty.name)
    look = "struck" if duty.absent else "quiet"
    return fit(line(Span(f"    {name}", look), Span(visible(shift.also_there(room, duty)), "quiet")), width)


def _duty(room: Room, duty: OnDuty, width: int, *, pointed_at: bool, doubt: bool) -> Line:
    """→ Anja  10:00–16:30 · afwezig"""
    stands = shift.duty(room, duty)
    if doubt:
        stands = f"{stands} · {gettext(N_('not confirmed yet'))}"
    look = "struck" if duty.absent else "strong" if pointed_at else "plain"
    return fit(
        line(
            Span("  → " if pointed_at else "    ", "key"),
            Span(shift.in_a_column(duty.name), look),
            Span(visible(stands), "plain" if pointed_at else "quiet"),
        ),
        width,
    )
