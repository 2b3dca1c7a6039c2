"""What is said when a shift begins: who is on, what to read, what the shift before left."""

from collections.abc import Iterator

from db.closing import Before
from db.duties import OnDuty, Shift
from db.handover import Begun, Handover
from db.logbook import Entry
from db.room import Room
from db.text import visible
from hostdesk import whose_keys
from hostdesk.widgets.lines import Line, Span, fit, line, spread, wrap
from hostdesk.words import N_, dates, gettext, ngettext, shift

_INDENT = 4
_TOLD = 2
"""More shifts than this are said in a number."""


def title(seen: Handover, width: int) -> Line:
    """The line on top: what this is, and of which shift."""
    left = [Span(gettext(N_("Begin of the shift")), "strong")]
    if one := seen.shift:
        left.append(Span(f"  {shift.when(seen.room, one)}"))
    points = seen.open_points
    said = ngettext("{n} open point", "{n} open points", points).format(n=points) if points else ""
    return spread(line(*left), line(Span(said, "key")), width)


def page(seen: Handover, at: int, width: int) -> list[tuple[int | None, Line]]:
    """Each line, with the place of the duty that it is of."""
    lines: list[tuple[int | None, Line]] = [(None, line(Span(gettext(N_("Who is here")), "strong")))]
    lines += _team(seen, at, width)
    lines += [(None, text) for text in (*_before(seen, width), *_to_read(seen, width))]
    return lines


def begun(now: Begun) -> str:
    """The shift has begun, or goes on, with these people; and who comes later."""
    said = []
    here = shift.names(now.here)
    if now.had_closed_at:
        said.append(gettext(N_("The shift was closed, and goes on; close it again at the end.")))
        said += [gettext(N_("Here: {names}.")).format(names=here)] if here else []
    elif here:
        said.append(gettext(N_("The shift has begun: {names}.")).format(names=here))
    elif now.shift.team:
        said.append(gettext(N_("The shift has begun.")))
    else:
        said.append(gettext(N_("The shift has begun; nobody is on its roster.")))
    if now.later:
        names = ", ".join(
            f"{visible(shift.somebody(duty.name))} ({shift.times(now.room, duty.begins, None).rstrip('–')})"
            for duty in now.later
        )
        said.append(gettext(N_("Later: {names}.")).format(names=names))
    return " ".join(said)


def read_still() -> str:
    """What is left after that."""
    return gettext(N_("Read this still; 5 when you have."))


def learns(duty: OnDuty) -> str:
    """What came of it that somebody learns, or does not any longer."""
    said = N_("{name} is no trainee any more.") if duty.trainee else N_("{name} is a trainee, and one more.")
    return gettext(said).format(name=visible(shift.somebody(duty.name)))


def arrived(duty: OnDuty) -> str:
    """Who would come later is here."""
    return gettext(N_("{name} is here now.")).format(name=visible(shift.somebody(duty.name)))


def when_closed(room: Room, one: Shift) -> str:
    """The question that is asked once about a shift that nobody closed."""
    said = gettext(N_("{when}: when did the door really close?"))
    return said.format(when=shift.when(room, one))


def _team(seen: Handover, at: int, width: int) -> Iterator[tuple[int | None, Line]]:
    one = seen.shift
    if one is None:
        yield None, line(f"  {gettext(N_('There is no shift now. The first visitor opens one.'))}")
        return
    if seen.closed_before_its_time and one.closed_at:
        closed = N_("This shift was closed at {time}. Enter: it goes on, and is closed again later.")
        if not seen.can_go_on:
            closed = N_(
                "This shift was closed at {time}, and the clock may be behind: it stays closed. "
                "Enter keeps who is here, for when the clock is right."
            )
        said = gettext(closed).format(time=dates.clock(seen.room.local(one.closed_at)))
        yield from ((None, line(Span(f"  {part}", "key"))) for part in wrap(said, width - 2))
    if not one.team:
        nobody = gettext(N_("Nobody is on the roster."))
        if whose_keys.may("start", "one_more"):
            nobody = f"{nobody} {gettext(N_('*: somebody is here.'))}"
        yield None, line(f"  {nobody}")
    for number, duty in enumerate(one.team):
        yield number, _duty(seen, duty, width, pointed_at=number == at)
    if one.gap:
        yield None, line(Span(f"  {shift.gap(seen.room, one, one.gap)}", "key"))


def _duty(seen: Handover, duty: OnDuty, width: int, *, pointed_at: bool) -> Line:
    """→ Anja           10:00–16:30 · is er"""
    stands = shift.duty(seen.room, duty)
    if not duty.absent and not duty.confirmed:
        if duty in seen.later(seen.at):
            here = N_("comes later")
        elif duty.left(seen.at):
            here = N_("was here")
        else:
            here = N_("is here") if duty.from_at else N_("is here?")
        stands = f"{stands} · {gettext(here)}"
    look = "struck" if duty.absent else "strong" if pointed_at else "plain"
    return fit(
        line(
            Span("→ " if pointed_at else "  ", "key"),
            Span(f"{visible(shift.somebody(duty.name)):<14} ", look),
            Span(visible(stands), "plain" if pointed_at else "quiet"),
        ),
        width,
    )


def _before(seen: Handover, width: int) -> Iterator[Line]:
    """What the shifts before skipped, and which of them nobody closed: first the one that . is about."""
    before = seen.before
    if before is None:
        return
    skipped = {one.shift: one for one in before.skipped}
    told = list(dict.fromkeys([*before.forgotten[:1], *skipped, *before.forgotten]))
    for one in told[:_TOLD]:
        said: list[str] = []
        if one in before.forgotten:
            said += _forgotten(before, one)
        if one in skipped:
            steps = shift.steps(skipped[one].steps, skipped[one].not_done)
            said.append(gettext(N_("Skipped: {steps}.")).format(steps=steps))
        heading = N_("The shift before, {when}") if one == before.shift else N_("The shift of {when}")
        yield from _section(gettext(heading).format(when=shift.when(seen.room, one)), said, width)
    if n := len(told[_TOLD:]):
        yield line(f"  {ngettext('And {n} shift more.', 'And {n} shifts more.', n).format(n=n)}")


def _forgotten(before: Before, one: Shift) -> Iterator[str]:
    """Nobody closed this shift: . asks about one after the other."""
    if one != before.forgotten[0]:
        yield gettext(N_("Nobody closed this one either; . asks about it later."))
        return
    yield gettext(N_("Nobody closed it; it was closed at its planned end. Press . to say when."))
    if (n := len(before.forgotten)) > 1:
        yield gettext(N_("{n} shifts wait for that; this one comes first.")).format(n=n)


def _section(heading: str, said: list[str], width: int) -> Iterator[Line]:
    yield line("")
    yield line(Span(heading, "strong"))
    for text in said:
        yield from (line(f"  {part}") for part in wrap(text, width - 2))


def _to_read(seen: Handover, width: int) -> Iterator[Line]:
    """What they must know, whole."""
    yield line("")
    n, unread = len(seen.to_read), {entry.id for entry in seen.unread}
    heading = ngettext("To read: {n} entry", "To read: {n} entries", n).format(n=n)
    if len(unread) < n:  # the number that the desk says
        heading = f"{heading} · {len(unread)} {gettext(N_('new'))}"
    yield line(Span(heading if n else gettext(N_("There is nothing to read.")), "strong" if n else "quiet"))
    for entry in seen.to_read:
        yield from _entry(seen, entry, width, new=entry.id in unread)


def _entry(seen: Handover, entry: Entry, width: int, *, new: bool) -> Iterator[Line]:
    """ma 23 nov  → overdracht · nieuw, and what it says."""
    kind = f"{shift.sign(entry.kind)} {shift.note_kind(entry.kind)}"
    state = f" · {shift.follow_up(entry.follow_up)}" if entry.follow_up else ""
    head = line(
        Span(f"  {dates.day(seen.room.local(entry.happened_at).date())}  "),
        Span(kind, "strong" if new else "quiet"),
        Span(state, "quiet"),
        Span(f" · {gettext(N_('new'))}" if new else "", "key"),
    )
    read = gettext(N_("read by {names}")).format(names=", ".join(visible(name) for name in entry.read_by))
    yield spread(head, line(Span(read if entry.read_by else "", "quiet")), width)
    for part in wrap(visible(shift.text_of(entry)), width - _INDENT):
        yield line(" " * _INDENT, Span(part, "strong" if new else "plain"))
