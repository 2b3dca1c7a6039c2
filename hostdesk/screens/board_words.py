"""What the board says: its cards, its columns, and the line below them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.board import Card
from db.room import Room
from db.states import Kind, Lead, State
from db.text import visible
from hostdesk import whose_keys
from hostdesk.commands import keys
from hostdesk.way_around import other_screens
from hostdesk.widgets.lines import Line, Span, cells_of, fit, line, spread, width_of, wrap
from hostdesk.words import N_, advice, board, dates, gettext, ngettext

STATES = {
    State.RECEIVED: N_("Wish received"),
    State.EXPLORING: N_("Being explored"),
    State.PLANNED: N_("Planned"),
    State.RUNNING: N_("Running"),
    State.DONE: N_("Done"),
    State.NOT_FEASIBLE: N_("Not feasible"),
}
"""Where a card stands, in full."""

_SHORT = {State.RECEIVED: N_("Wishes"), State.EXPLORING: N_("Exploring")}
"""The same where there is little room."""

_EMPTY = {
    State.RECEIVED: N_("No wishes that wait."),
    State.EXPLORING: N_("Nobody is working out a wish."),
    State.PLANNED: N_("Nothing is planned."),
    State.RUNNING: N_("Nothing is running. An activity comes here after its first session."),
    State.DONE: N_("Nothing is done yet."),
    State.NOT_FEASIBLE: N_("Nothing failed."),
}
"""What an empty column says."""

_FILL = {
    State.RECEIVED: N_("Did you hear one? Press w."),
    State.EXPLORING: N_("Move one here with >."),
    State.PLANNED: N_("Choose a wish and press p."),
}
"""How something comes to stand there, for who may do that."""

LEADS = {**board.LEADS, Lead.UNKNOWN: N_("leader unknown")}
"""Who leads; a card has no heading that says what is unknown."""

_GUTTER = 3
"""Cells before a card: the arrow of the focus, the mark, and a blank."""

_CELLS, _SMALL_CELLS = (14, 21, 14), (11, 18, 14)
"""Cells of theme, time and who, where a card has a whole line for them; and on a small terminal."""

_SMALL = 76
"""Cells of a small terminal's column at most."""


@dataclass(frozen=True)
class Shape:
    """How the cards are drawn on this terminal."""

    width: int
    """Cells of a column."""
    wide: bool
    """Whether there are columns side by side; otherwise one, with tabs."""
    titles: int
    """Lines for a title."""

    @property
    def high(self) -> int:
        """Lines of a card with the blank below it."""
        return self.titles + (4 if self.wide else 2)


def state(state: State) -> str:
    """Where a card stands."""
    return gettext(STATES[state])


def title(room: Room, width: int) -> Line:
    """The line on top: what this is, and whose."""
    return spread(line(Span(gettext(N_("Activity board")), "strong")), line(visible(room.name)), width)


def tabs(counts: Mapping[State, int], at: State, width: int) -> tuple[Line, tuple[tuple[int, State], ...]]:
    """The columns with their numbers on one line, and where each one ends.

    All in full where that fits, else in short, else as many as fit around the one that is looked at.
    """
    short = {**STATES, **_SHORT}
    choices = [(STATES, tuple(State)), *((short, _around(at, n)) for n in range(len(State), 0, -1))]
    for names, states in choices:
        spans = [Span("" if states[0] is State.RECEIVED else "← ", "quiet")]
        ends: list[tuple[int, State]] = []
        for one in states:
            says = f"{gettext(names[one])} {counts[one]}"
            spans.append(Span(f"[{says}]", "key") if one is at else Span(f" {says} ", "quiet"))
            ends.append((width_of(tuple(spans)), one))
        spans.append(Span("" if states[-1] is State.NOT_FEASIBLE else " →", "quiet"))
        if width_of(tuple(spans)) <= width:
            break
    return tuple(spans), tuple(ends)


def edges(counts: Mapping[State, int], shown: Sequence[State], width: int) -> Line:
    """What stands to the left and to the right of the columns that fit."""
    states = tuple(State)
    first, last = states.index(shown[0]), states.index(shown[-1])

    def named(some: Iterable[State]) -> str:
        return " · ".join(f"{gettext(STATES[one])} {counts[one]}" for one in some)

    left = f"← {named(states[:first])}" if first else ""
    right = f"{named(states[last + 1 :])} →" if last + 1 < len(states) else ""
    return spread(line(Span(left, "quiet")), line(Span(right, "quiet")), width)


def heading(state: State, n: int, width: int, *, focused: bool) -> list[Line]:
    """What stands above a column: its name, how many there are, and a rule."""
    look = "key" if focused else "strong"
    name = spread(line(Span(gettext(STATES[state]), look)), line(Span(f"{n}", look)), width)
    return [name, line(Span(("═" if focused else "─") * width, "average"))]


def empty_column(state: State, width: int, *, filtered: bool) -> list[Line]:
    """What an empty column says."""
    says = gettext(N_("Nothing found here.")) if filtered else gettext(_EMPTY[state])
    if not filtered and state in _FILL and whose_keys.may("board", "plan"):
        says = f"{says} {gettext(_FILL[state])}"
    return [line(Span(" " * _GUTTER + text, "quiet")) for text in wrap(says, max(width - _GUTTER, 10))]


def empty_board() -> tuple[str, ...]:
    """What an empty board says: what to do."""
    if not whose_keys.may("app", "wish"):
        return (
            gettext(N_("There is nothing on the board yet.")),
            gettext(N_("What neighbours wish for comes to stand here, and what becomes of it.")),
        )
    return (
        gettext(N_("There is nothing on the board yet.")),
        gettext(N_("Did a neighbour say what they would like? Press w, type the wish, and press Enter.")),
        gettext(N_("It comes to stand here, and you can work it out together.")),
    )


def foot(below: int) -> Line:
    """What stands under the last card that fits."""
    if not below:
        return line()
    return line(Span(" " * _GUTTER + gettext(N_("↓ {n} more")).format(n=below), "quiet"))


def older(n: int, *, focused: bool) -> list[Line]:
    """The line that stands for older cards."""
    says = ngettext("and {n} more, older", "and {n} more, older", n).format(n=n)
    return [line(Span("→  " if focused else "   ", "key"), Span(says, "key" if focused else "quiet"))]


def gone(to: State) -> list[Line]:
    """The open place of a card that was moved."""
    return [line(Span(" " * _GUTTER + gettext(N_("moved to: {column}")).format(column=state(to)), "quiet"))]


def card(
    card: Card, room: Room, now: datetime, shape: Shape, *, focused: bool = False, marked: bool = False
) -> list[Line]:
    """A card: its title, then what is known of it."""
    gutter = Span(f"{'→' if focused else ' '}{'*' if marked else ' '} ", "key")
    look = "key" if focused else "strong"
    inside = shape.width - _GUTTER - 1
    first, *others = _title(card, inside, shape.titles)
    lines = [line(gutter, Span(first, look))]
    lines += [line(Span(" " * _GUTTER), Span(text, look)) for text in others]
    for facts in _facts(card, room, now, shape):
        lines.append(fit(line(Span(" " * _GUTTER), Span(facts, "quiet")), shape.width - 1))
    if card.open_advice:
        lines[-1] = _with_question(lines[-1], shape)
    return lines


def when(moment: datetime, room: Room, now: datetime) -> str:
    """The start of a session: today, tomorrow, or its day; and the time."""
    local, today = room.local(moment), room.local(now).date()
    days = (local.date() - today).days
    near = {0: gettext(N_("today")), 1: gettext(N_("tomorrow"))}
    return f"{near.get(days) or dates.day_seen_on(today, local.date())} {dates.clock(local)}"


def ago(moment: datetime, room: Room, now: datetime) -> str:
    """How long ago: in days, then weeks, months and years."""
    days = max((room.local(now).date() - room.local(moment).date()).days, 0)
    if days < 2:
        return gettext(N_("yesterday")) if days else gettext(N_("today"))
    if days < 14:
        return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
    if days < 61:
        return ngettext("{n} week ago", "{n} weeks ago", days // 7).format(n=days // 7)
    if days < 730:
        return ngettext("{n} month ago", "{n} months ago", days // 30).format(n=days // 30)
    return ngettext("{n} year ago", "{n} years ago", days // 365).format(n=days // 365)


def me_too(card: Card) -> str:
    """How many want this."""
    if card.kind is Kind.ACTIVITY:
        return ngettext("{n} asked", "{n} asked", card.me_too).format(n=card.me_too) if card.me_too else ""
    return gettext(N_("{n}× me too")).format(n=card.me_too) if card.me_too else ""


def looking(sought: str, theme: str | None, marked: int, found: int, hidden: Sequence[str]) -> Line:
    """What is looked for, and what is marked: the line below the cards while nothing else is said.

    What is marked and out of sight comes first: `p` plans that too.
    """
    parts: list[str] = []
    if marked:
        parts.append(ngettext("{n} marked; p plans it", "{n} marked; p plans them", marked).format(n=marked))
    if hidden:
        titles = ", ".join(map(visible, hidden))
        parts.append(gettext(N_("out of sight: {titles}")).format(titles=titles))
    if sought:
        parts.append(gettext(N_("found for “{words}”: {n}")).format(words=visible(sought), n=found))
    if theme is not None:
        parts.append(gettext(N_("theme: {theme}")).format(theme=visible(theme)))
    return line(Span(" · ".join(parts), "key")) if parts else ()


def elsewhere(along: int, questions: int) -> Line:
    """Where else one can go: the questions first, for who comes to answer those."""
    if not questions:
        return other_screens("board", along)
    goes = "screen.questions"
    waits = Span(f" {advice.waiting(questions)}", "strong", goes)
    return (Span(keys.QUESTIONS.key_face, "key", goes), waits, Span("  "), *other_screens("board", along))


def typing(sought: str, found: int, width: int) -> Line:
    """The line on which somebody types what they look for."""
    left = line(Span(gettext(N_("Look for: ")), "strong"), Span(f"{visible(sought)}█", "key"))
    count = ngettext("{n} card", "{n} cards", found).format(n=found)
    help_ = gettext(N_("{found}   Enter keeps it, Esc shows all")).format(found=count)
    return spread(left, line(Span(help_, "quiet")), width)


def _around(at: State, n: int) -> tuple[State, ...]:
    """So many columns, with this one as near to their middle as can be."""
    states = tuple(State)
    first = min(max(states.index(at) - n // 2, 0), len(states) - n)
    return states[first : first + n]


def _title(card: Card, width: int, lines: int) -> list[str]:
    """The title on so many lines."""
    said = wrap(visible(card.title), max(width, 8)) or ["…"]
    if len(said) > lines:
        rest = " ".join(said[lines - 1 :])
        cut = fit(line(Span(rest)), width)
        said = [*said[: lines - 1], "".join(span.text for span in cut)]
    return said


def _facts(card: Card, room: Room, now: datetime, shape: Shape) -> list[str]:
    """What is known of a card: on three lines of a narrow column, or in cells below each other on one."""
    theme, time = visible(card.theme), _time(card, room, now)
    cells = _CELLS if shape.width >= _SMALL else _SMALL_CELLS
    if card.state is State.NOT_FEASIBLE:
        reason = visible(card.reason or "")
        if shape.wide:
            return [_joined(theme, me_too(card)), time, reason]
        return [_in_cells((theme, time), cells) + reason]
    if shape.wide:
        facts = (_joined(theme, me_too(card)), _joined(time, _counted(card)), _who(card))
        return [text for text in facts if text]
    room_left = shape.width - 1 - _GUTTER - sum(cells)
    if card.open_advice:
        room_left -= width_of(_question(shape)) + 1
    # Where there is no room for all, how many took part says most.
    counts = [_joined(_counted(card), me_too(card)), _counted(card)]
    if card.state is State.DONE:
        counts.append(
            ngettext("{n} took part", "{n} took part", card.participations).format(n=card.participations)
        )
    told = next((text for text in counts if cells_of(text) <= room_left), counts[-1])
    return [_in_cells((theme, time, _who(card)), cells) + told]


def _with_question(spans: Line, shape: Shape) -> Line:
    """The line with a question mark at its end: advice was asked and not yet given."""
    return spread(spans, _question(shape), shape.width - 1)


def _question(shape: Shape) -> Line:
    return line(Span("?", "key")) if shape.wide else line(Span(gettext(N_("? advice")), "key"))


def _time(card: Card, room: Room, now: datetime) -> str:
    """The next date of what is still to come; else since when it stands there."""
    if card.state in (State.PLANNED, State.RUNNING):
        return when(card.next_at, room, now) if card.next_at else gettext(N_("no date"))
    return ago(card.voiced_at if card.kind is Kind.WISH and not card.reason else card.since, room, now)


def _who(card: Card) -> str:
    return gettext(LEADS[card.lead]) if card.lead is not None else ""


def _counted(card: Card) -> str:
    """How many places are left; for what is done, how often it was and how many took part."""
    if card.state is State.DONE:
        return gettext(N_("{times}× · {n} took part")).format(times=card.held, n=card.participations)
    if card.places_left is None:
        return ""
    if not card.places_left:
        return gettext(N_("full"))
    return ngettext("{n} left", "{n} left", card.places_left).format(n=card.places_left)


def _in_cells(texts: Iterable[str], cells: Iterable[int]) -> str:
    """The texts each in its cells, so that they stand below each other from card to card."""
    cut = [(fit(line(Span(text)), width - 2), width) for text, width in zip(texts, cells, strict=False)]
    return "".join("".join(span.text for span in spans) + " " * (n - width_of(spans)) for spans, n in cut)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
