"""What the closing of a shift says: its steps one below the other, and what the step that one is at asks."""

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from db.checklist import Check
from db.closing import Closing
from db.closing_steps import Asked
from db.duties import OnDuty
from db.logbook import Entry
from db.programme import Slot
from db.room import Room
from db.states import ShiftState, Step
from db.text import visible
from hostdesk.widgets.lines import Line, Span, fit, line, spread, wrap
from hostdesk.words import N_, dates, gettext, ngettext, shift


class Also(Enum):
    """What can be chosen beside what a step is about."""

    AGREED = auto()
    """It is so: this step is done."""
    NOTE = auto()
    """Something happened: write it down."""
    SOMEBODY = auto()
    """Somebody else was here."""


Row = Also | Slot | Entry | OnDuty | Check
"""What the arrow can stand at."""

_INDENT = 5
"""Cells before what a step asks, below its heading."""

_LAST = N_("close the shift")


def rows(asked: Asked, step: Step | None) -> list[Row]:
    """What can be chosen in a step; first what is most often so."""
    match step:
        case Step.SESSIONS if asked.sessions:
            return [*asked.sessions]
        case Step.PARTICULARS:
            return [Also.AGREED, Also.NOTE]
        case Step.OPEN_POINTS:
            return [Also.AGREED, *asked.open_points]
        case Step.HOURS:
            return [Also.AGREED, *asked.duties, Also.SOMEBODY] if asked.duties else [Also.SOMEBODY]
        case Step.CHECKLIST:
            return [Also.AGREED, *asked.checklist]
        case _:
            return [Also.AGREED]


def title(asked: Asked | None, step: Step | None, width: int) -> Line:
    """The line on top: what this is, of which shift, and how far it is."""
    name = Span(gettext(N_("Closing the shift")), "strong")
    if asked is None:
        return line(name)
    one, room = asked.closing.shift, asked.today.room
    when = f"  {dates.day(one.key.day)}  {shift.times(room, one.starts_at, one.ends_at)}"
    stops = [*Step, None]
    far = gettext(N_("step {n} of {all}")).format(n=stops.index(step) + 1, all=len(stops))
    return spread(line(name, Span(when)), line(far), width)


def page(asked: Asked, step: Step | None, at: int, width: int) -> list[tuple[int | None, Line]]:
    """Each line, with the row that it is of: the steps, and in its place what this one asks."""
    lines: list[tuple[int | None, Line]] = []
    for number, one in enumerate([*Step, None], start=1):
        lines.append((None, _heading(asked, number, one, width, here=one is step)))
        if one is step:
            explained = [part for text in _explained(asked, step) for part in wrap(text, width - _INDENT)]
            lines += [(None, line(" " * _INDENT + text)) for text in explained]
            lines += [
                (place, _row(asked, step, row, width, pointed_at=place == at))
                for place, row in enumerate(rows(asked, step))
            ]
    return lines


def nothing(why: str) -> str:
    """What there is to do where nothing can be closed."""
    return f"{why} {gettext(N_('+ counts them. At the desk b, or 0 and Enter, begins a shift.'))}"


def closed(so_far: Closing) -> str:
    """What came of it, for who is back at the desk."""
    said = gettext(N_("The shift is closed."))
    if not so_far.skipped:
        return f"{said} {gettext(N_('Nothing was skipped.'))}"
    skipped = gettext(N_("Skipped, and said at the next start: {steps}."))
    return f"{said} {skipped.format(steps=shift.steps(so_far.skipped, so_far.not_done))}"


def _heading(asked: Asked, number: int, step: Step | None, width: int, *, here: bool) -> Line:
    """3 Bijzonderheden                                  gedaan"""
    said = gettext(_LAST) if step is None else shift.steps([step])
    text = f"{number} {said[:1].upper()}{said[1:]}"
    return spread(
        line(Span(text, "strong" if here else "plain")), line(Span(_state(asked, step), "quiet")), width
    )


def _state(asked: Asked, step: Step | None) -> str:
    """What became of a step."""
    so_far = asked.closing
    if step is None:
        done, skipped = so_far.shift.state is ShiftState.CLOSED, False
    else:
        done, skipped = step in so_far.done, step in so_far.skipped
    return gettext(N_("gone through")) if done else gettext(N_("skipped")) if skipped else ""


def _explained(asked: Asked, step: Step | None) -> Iterator[str]:
    """What there is to know before one chooses."""
    match step:
        case Step.COUNT:
            yield _count(asked)
            if asked.quiet:
                yield _quiet(asked)
            yield gettext(N_("Forgot somebody? + counts here too. Too many? Esc, and then u."))
        case Step.PARTICULARS:
            n = len(asked.notes)
            if n:
                yield ngettext(
                    "{n} note in the log of this shift.", "{n} notes in the log of this shift.", n
                ).format(n=n)
        case Step.OPEN_POINTS if asked.open_points:
            yield gettext(N_("Was one dealt with? Go there with ↓, and Enter."))
        case Step.HOURS if asked.duties:
            yield gettext(N_("Was somebody here longer, shorter or not at all? Go there with ↓, and Enter."))
            if waiting := [duty for duty in asked.duties if duty.id in asked.to_begin]:
                yield _to_begin(asked.today.room, waiting)
            if asked.go_on:
                yield _go_on(asked.today.room, asked.go_on)
        case Step.CHECKLIST:
            yield gettext(N_("One by one? Go there with ↓, and Enter."))
        case None:
            yield from _end(asked)
        case _:
            return


def _count(asked: Asked) -> str:
    """38 bezoeken vandaag · gem. 41 (8× maandag)"""
    today = asked.today
    said = ngettext("{n} visit today", "{n} visits today", today.visits).format(n=today.visits)
    if today.average is None:
        return said
    usual = gettext(N_("avg {n} ({days}× {weekday})")).format(
        n=round(today.average.visits), days=today.average.days, weekday=dates.weekday(today.day)
    )
    return f"{said} · {usual}"


def _quiet(asked: Asked) -> str:
    """Niemand geteld: 12:00–14:00 (anders 7)."""
    room, stretches = asked.today.room, []
    for one in asked.quiet:
        said = shift.times(room, one.begins, one.ends)
        if one.usual is not None:
            said += f" ({gettext(N_('usually {n}')).format(n=round(one.usual))})"
        stretches.append(said)
    return gettext(N_("Nobody was counted: {hours}.")).format(hours=", ".join(stretches))


def _to_begin(room: Room, waiting: list[OnDuty]) -> str:
    """Begint nog: Karim (15:00–19:00)."""
    return gettext(N_("Still to begin, so not confirmed: {names}.")).format(names=_with_times(room, waiting))


def _go_on(room: Room, duties: Iterable[OnDuty]) -> str:
    """Gaat door in de volgende dienst: Anja (10:00–17:00)."""
    said = gettext(N_("On in the next shift too, and confirmed there: {names}."))
    return said.format(names=_with_times(room, duties))


def _with_times(room: Room, duties: Iterable[OnDuty]) -> str:
    return ", ".join(
        f"{visible(shift.somebody(duty.name))} ({shift.times(room, duty.begins, duty.ends)})"
        for duty in duties
    )


def _end(asked: Asked) -> Iterator[str]:
    so_far, room = asked.closing, asked.today.room
    if so_far.shift.state is ShiftState.CLOSED and so_far.shift.closed_at:
        at = dates.clock(room.local(so_far.shift.closed_at))
        yield gettext(N_("The shift was closed at {time}.")).format(time=at)
    if any(one not in so_far.done and not asked.nothing(one) for one in Step):
        yield gettext(N_("What was not gone through is said at the next start."))


def _row(asked: Asked, step: Step | None, row: Row, width: int, *, pointed_at: bool) -> Line:
    """An arrow where Enter goes, and what it does there."""
    text = _words(asked, step, row)
    return fit(
        line(
            Span("   → " if pointed_at else "     ", "key"), Span(text, "strong" if pointed_at else "plain")
        ),
        width,
    )


def _words(asked: Asked, step: Step | None, row: Row) -> str:
    """What a row is."""
    room = asked.today.room
    match row:
        case Slot():
            starts = dates.clock(room.local(row.starts_at))
            return gettext(N_("{time} {title}: how many took part?")).format(
                time=starts, title=visible(row.title)
            )
        case Entry():
            day = dates.day_seen_on(asked.today.day, row.day)
            return f"{shift.sign(row.kind)} {day:<9} {visible(shift.text_of(row))}"
        case OnDuty():
            return shift.in_a_column(row.name) + visible(shift.duty(room, row))
        case Check():
            return f"[{'x' if row.done else ' '}] {visible(row.text)}"
        case Also.NOTE:
            return gettext(N_("Write a line in the log"))
        case Also.SOMEBODY:
            return gettext(N_("Somebody else was here"))
        case Also.AGREED:
            return _agreed(asked, step)


def _agreed(asked: Asked, step: Step | None) -> str:
    """What is said with Enter on the first line."""
    match step:
        case Step.COUNT:
            said = N_("It looks right")
        case Step.SESSIONS:
            said = N_("All sessions have their number")
        case Step.PARTICULARS:
            said = N_("That is all") if asked.notes else N_("Nothing particular")
        case Step.OPEN_POINTS:
            said = N_("All of it goes on to the next shift") if asked.open_points else N_("Nothing is open")
        case Step.HOURS:
            said = N_("Everybody was here as it stands")
        case Step.CHECKLIST:
            some = any(check.done for check in asked.checklist)
            said = N_("The rest is done too") if some else N_("All of it is done")
        case None if asked.closing.shift.state is ShiftState.CLOSED:
            said = N_("Back to the desk")
        case None:
            said = N_("Close the shift")
    return gettext(said)
