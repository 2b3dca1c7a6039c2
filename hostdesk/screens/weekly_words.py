"""What the weekly pattern says: by weekday, who comes from when until when, and how often."""

from collections.abc import Sequence

from db.pattern import Weekly
from db.text import visible
from hostdesk import whose_keys
from hostdesk.widgets.lines import Line, Span, fit, line
from hostdesk.words import N_, dates, gettext, ngettext, shift


def title() -> Line:
    """The line on top."""
    return line(Span(gettext(N_("Weekly pattern")), "strong"))


def page(places: Sequence[Weekly], at: int, width: int) -> list[tuple[int | None, Line]]:
    """Each line, with the place that it is of."""
    if not places:
        how = N_("Press Enter: who comes, on which day, from when until when.")
        return [
            (None, line("")),
            (None, line(Span(gettext(N_("Nobody is on duty every week yet.")), "strong"))),
            *([(None, line(gettext(how)))] if whose_keys.may("weekly", "add") else []),
        ]
    lines: list[tuple[int | None, Line]] = []
    weekday = None
    for number, place in enumerate(places):
        if place.weekday != weekday:
            weekday = place.weekday
            lines += [(None, line(""))] if lines else []
            lines.append((None, line(Span(dates.weekday_name(weekday), "strong"))))
        lines.append((number, _place(place, width, pointed_at=number == at)))
    return lines


def ended(place: Weekly, n: int) -> str:
    """Somebody is not in the pattern any more."""
    said = ngettext(
        "{name} is off the pattern; {n} shift to come is free.",
        "{name} is off the pattern; {n} shifts to come are free.",
        n,
    )
    return said.format(name=visible(shift.somebody(place.name)), n=n)


def _place(place: Weekly, width: int, *, pointed_at: bool) -> Line:
    """→ 10:00–16:30  Anja · elke week"""
    until = gettext(N_("until {day}")).format(day=dates.day(place.to_day)) if place.to_day else ""
    parts = [shift.every(place.weeks), *([until] if until else [])]
    return fit(
        line(
            Span("→ " if pointed_at else "  ", "key"),
            Span(f"{place.begins}–{place.ends}  "),
            Span(f"{visible(shift.somebody(place.name)):<14} ", "strong" if pointed_at else "plain"),
            Span(" · ".join(parts), "plain" if pointed_at else "quiet"),
        ),
        width,
    )
