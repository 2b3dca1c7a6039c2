"""What the desk says beside its counts: today's programme, the number it waits for, advice that was given."""

from collections.abc import Callable, Iterator
from datetime import datetime

from db.programme import Answer, Programme, Slot
from db.states import SessionState
from db.text import visible
from hostdesk import whose_keys
from hostdesk.widgets.lines import Line, Span, fit, line, spread, width_of
from hostdesk.words import N_, advice, dates, gettext, ngettext

Local = Callable[[datetime], datetime]
"""A moment on the room's own clock."""

_SHORTEST_TITLE = 12
"""Cells of a title that are worth more than what else there is to say of a session."""


def nearest(programme: Programme, most: int, chosen: Slot | None) -> tuple[Slot, ...]:
    """The sessions nearest to now, as many as there is room for, in the order of the day."""

    def away(slot: Slot) -> float:
        if slot == chosen or slot.goes_on_at(programme.now):
            return 0.0
        return min(abs((end - programme.now).total_seconds()) for end in (slot.starts_at, slot.ends_at))

    kept = sorted(programme.slots, key=away)[: max(most, 0)]
    return tuple([slot for slot in programme.slots if slot in kept])


def lines(
    programme: Programme, shown: tuple[Slot, ...], asked: Slot | None, local: Local, width: int
) -> list[Line]:
    """Today's sessions under their heading; how many more there are stands in it."""
    following = next((slot for slot in programme.slots if _is_to_come(slot, programme)), None)
    return [
        _heading(len(programme.slots) - len(shown), width),
        *(
            _line(slot, programme, asked=slot == asked, following=slot == following, local=local, width=width)
            for slot in shown
        ),
    ]


def notices(programme: Programme, question: Slot | None, local: Local, width: int) -> list[Line]:
    """What waits for somebody to look: an answer to a question of ours, a number of an earlier day."""
    rows = []
    if programme.answers and whose_keys.may("desk", "read"):
        rows.append(_advice(programme.answers[0], len(programme.answers) - 1, width))
    if question is not None:
        rows.append(_question(question, local, width))
    return rows


def _heading(more: int, width: int) -> Line:
    """─ Today ───────── + 3 more ─"""
    title = Span(f" {gettext(N_('Today'))} ", "strong")
    left_out = gettext(N_("+ {n} more")).format(n=more)
    right = line(Span(f" {left_out} ", "quiet"), Span("─", "average")) if more else line()
    rule = max(width - 1 - width_of((title,)) - width_of(right), 0)
    return line(Span("─", "average"), title, Span("─" * rule, "average"), *right)


def _line(
    slot: Slot, programme: Programme, *, asked: bool, following: bool, local: Local, width: int
) -> Line:
    """When, what, and what there is to say of it: as much as leaves the title to be read."""
    now = slot.goes_on_at(programme.now)
    title = line(
        Span("→" if asked else " ", "strong"),
        Span(f"{dates.clock(local(slot.starts_at))} ", "strong" if now or asked else "plain"),
        Span(visible(slot.title), _look(slot, strong=now or asked)),
    )
    wanted = min(width_of(title), _SHORTEST_TITLE + 7) + 1
    for text in _said(slot, programme, asked=asked, following=following):
        if wanted + len(text) <= width:
            break
    return spread(title, line(Span(text, "strong" if now or asked else "plain")), width)


def _look(slot: Slot, *, strong: bool) -> str:
    if slot.state is SessionState.CANCELLED:
        return "struck"
    return "strong" if strong else "plain"


def _said(slot: Slot, programme: Programme, *, asked: bool, following: bool) -> Iterator[str]:
    """What there is to say of a session; then less and less."""
    if slot.state is SessionState.CANCELLED:
        word = gettext(N_("does not go on"))
    elif slot.participations is not None:
        n = slot.participations
        word = ngettext("{n} took part", "{n} took part", n).format(n=n)
    elif slot.goes_on_at(programme.now):
        word = gettext(N_("now"))
    elif slot.waits_for_number(programme.now):
        word = gettext(N_("how many?"))
    else:
        word = gettext(N_("next")) if following else ""
    key = gettext(N_("d = number")) if asked else ""
    places = _places(slot) if slot.state is SessionState.PLANNED else ""
    for parts in ((word, places, key), (word, key), (word,)):
        yield " · ".join(filter(None, parts))


def _places(slot: Slot) -> str:
    """How many signed up, where somebody keeps that."""
    if slot.capacity is None:
        return (
            ngettext("{n} signed up", "{n} signed up", slot.signed_up).format(n=slot.signed_up)
            if slot.signed_up
            else ""
        )
    if slot.signed_up >= slot.capacity:
        return gettext(N_("full ({n})")).format(n=slot.capacity)
    return gettext(N_("{n} of {capacity}")).format(n=slot.signed_up, capacity=slot.capacity)


def _is_to_come(slot: Slot, programme: Programme) -> bool:
    return slot.state is SessionState.PLANNED and slot.starts_at > programme.now


def _advice(answer: Answer, more: int, width: int) -> Line:
    """? Advice from Carla (after 2 hours): Yes, with…   o = read"""
    key = gettext(N_("o = read"))
    if more:
        key = f"{key} {gettext(N_('(and {n} more)')).format(n=more)}"
    said = line(Span(f"? {advice.given(answer)}: ", "strong"), Span(visible(answer.answer)))
    return spread(said, line("  ", Span(key, "strong", "read")), width)


def _question(slot: Slot, local: Local, width: int) -> Line:
    """A session of an earlier day: how many took part? The question is worth more than the whole title."""
    starts = local(slot.starts_at)
    when = f"{dates.weekday_short(starts.date())} {dates.clock(starts)}"
    asked = gettext(N_(" ({when}): how many took part? d = number, Esc = skip")).format(when=when)
    title = visible(slot.title)
    if len(asked) + min(len(title), _SHORTEST_TITLE) > width:
        asked = gettext(N_(" ({when}): how many? d = number, Esc = skip")).format(when=when)
    return line(*fit(line(Span(title)), max(width - len(asked), 1)), Span(asked, "strong", "attend"))
