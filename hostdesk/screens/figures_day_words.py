"""What the page of a day at the door says: what it comes to, and row by row what was counted."""

from collections.abc import Iterator, Sequence

from db.corrections import Entry
from db.figures_made import Figures
from db.figures_names import Name
from db.room import Room
from db.text import visible
from hostdesk.widgets.lines import Line, Span, line, spread, wrap
from hostdesk.words import N_, dates, door_rows, gettext, numbers
from hostdesk.words import figures as words

_INDENT = 9


def title(made: Figures, width: int) -> Line:
    """The line on top: that this is the door, and of which day."""
    day = Span(f"  {dates.day(made.period.from_day)}")
    return spread(line(Span(gettext(N_("At the door")), "strong"), day), line(visible(made.room.name)), width)


def page(
    made: Figures, entries: Sequence[Entry], at: int, width: int, *, add: bool
) -> list[tuple[int | None, Line]]:
    """Each line, with the number of the row that it is of; the last one can be for who was not counted."""
    top = 0 if at == 0 else None
    found: list[tuple[int | None, Line]] = [(top, text) for text in _total(made, width)]
    for number, entry in enumerate(entries):
        found += [(number, text) for text in _entry(made.room, entry, width, pointed_at=number == at)]
    if not add:
        return found
    missing = at == len(entries)
    look = "strong" if missing else "plain"
    said = gettext(N_("Somebody came in who was not counted"))
    found.append((len(entries), line(Span("→ " if missing else "  ", "key"), Span(said, look))))
    return found


def _total(made: Figures, width: int) -> Iterator[Line]:
    """What the day comes to."""
    state = made.days[0].state if made.days else None
    said = [words.day_state(state)] if state else []
    for name in (Name.VISITS, Name.VOLUNTEER_ARRIVALS, Name.FIRST_VISITS):
        if made.figures[name].value is not None:
            said.append(f"{words.label(name)}: {words.value(made.figures[name])}")
    for text in wrap(" · ".join(said), width):
        yield line(Span(text, "strong"))
    if made.days and made.days[0].earlier:
        yield line(Span(gettext(N_("from an earlier tally")), "quiet"))
    if made.days and (overruled := made.days[0].overruled) is not None:
        two = N_("An earlier tally ({visits}) does not count: this day was counted at the desk too.")
        for text in wrap(gettext(two).format(visits=numbers.visits(overruled)), width):
            yield line(Span(text, "quiet"))
    yield line("")


def _entry(room: Room, entry: Entry, width: int, *, pointed_at: bool) -> Iterator[Line]:
    """→ 14:05  5 bezoekers kwamen binnen (eerste keer: 2); why it was added or taken back stands below it."""
    row = entry.row
    look = "struck" if row.voided else "strong" if pointed_at else "plain"
    yield line(
        Span("→ " if pointed_at else "  ", "key"),
        Span(dates.clock(room.local(row.at)), look),
        Span("  "),
        Span(door_rows.who(row), look),
    )
    for sentence in door_rows.later(room, entry):
        for text in wrap(sentence, width - _INDENT):
            yield line(Span(f"{' ' * _INDENT}{text}", "quiet"))
