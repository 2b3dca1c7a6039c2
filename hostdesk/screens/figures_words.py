"""What the figures screen says: what is missing, the large numbers, the charts, and every figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.figures import Compared
from db.figures_change import Change, Trend
from db.figures_made import Figure, Figures
from db.figures_names import MEANINGS, Name
from db.figures_period import Unit
from db.figures_when import When
from db.text import visible
from hostdesk.screens import figures_charts as charts
from hostdesk.widgets import big_number
from hostdesk.widgets.lines import Line, Span, fit, line, spread, width_of, wrap
from hostdesk.words import N_, board, gettext
from hostdesk.words import figures as words


class Chart(StrEnum):
    """What can be pointed at beside a figure."""

    VISITS = "visits_by_day"
    HOURS = "visits_by_hour"


Item = Name | Chart
"""What the arrow can point at."""

LARGE = (Name.VISITS, Name.PARTICIPATIONS, Name.VOLUNTEER_HOURS)
"""What stands at the top, in large digits."""

_GROUPS: dict[str, tuple[Name, ...]] = {
    N_("At the door"): (
        Name.VISITS_PER_DAY_OPEN,
        Name.FIRST_VISITS,
        Name.UNIQUE_VISITORS_LOW,
        Name.UNIQUE_VISITORS_HIGH,
        Name.VOLUNTEER_ARRIVALS,
        Name.PRESENT_AT_HEADCOUNTS,
    ),
    N_("Open"): (
        Name.DAYS_OPEN,
        Name.OPEN_HOURS,
        Name.SHIFTS_HELD,
        Name.SHIFTS_MISSING,
        Name.SHIFTS_UNDERSTAFFED,
    ),
    N_("Activities and sessions"): (
        Name.ACTIVITIES,
        Name.SESSIONS_HELD,
        Name.SESSIONS_CANCELLED,
        Name.SESSIONS_UNKNOWN,
    ),
    N_("Who led the sessions"): (Name.VOLUNTEER_LED_SHARE,),
    N_("Wishes"): (
        Name.WISHES_OPEN,
        Name.WISHES_VOICED,
        Name.WISHES_FULFILLED,
        Name.WISHES_NOT_FEASIBLE,
        Name.DAYS_TO_FIRST_SESSION,
    ),
    N_("Advice"): (
        Name.ADVICE_ASKED,
        Name.ADVICE_ANSWERED,
        Name.HOURS_TO_ANSWER,
        Name.LEAD_STAYED_SHARE,
    ),
    N_("Volunteering"): (Name.VOLUNTEERS,),
}
"""The figures below the charts; those that are not named here stand at the end."""

_COSTS = N_("Costs")

_NUMBER, _HOW, _TREND = 10, 14, 24
"""Cells of the columns of the list."""

_LEAST_LABEL = 26


@dataclass(frozen=True)
class Page:
    """What is shown of a period."""

    compared: Compared
    when: When
    """When the visits came."""


def items() -> tuple[Item, ...]:
    """All that the arrow passes, from above to below."""
    return (*LARGE, Chart.VISITS, Chart.HOURS, *(name for group in _groups().values() for name in group))


def title(made: Figures, width: int) -> Line:
    """The line on top: what this is, and of which period."""
    left = line(Span(gettext(N_("Figures")), "strong"), Span(f"  {words.period(made.period)}"))
    return spread(left, line(visible(made.room.name)), width)


def page(shown: Page, at: int, width: int) -> list[tuple[int | None, Line]]:
    """Each line, with the number of the item that it is of."""
    made = shown.compared.now
    found: list[tuple[int | None, Line]] = []
    top = at if at < len(LARGE) else 0
    found += [(top, text) for text in _gaps(shown.compared, width)]
    found += [(top, text) for text in _large(shown.compared, at, width)]
    number = len(LARGE)
    for heading, drawn in (
        (_of_visits(made), charts.visits(made, shown.when, width)),
        (gettext(N_("When is it busy?")), charts.hours(shown.when, width)),
    ):
        if made.period.unit is Unit.DAY and number > len(LARGE):
            drawn = []  # of one day its hours stand above
        found.append((None, line("")))
        found.append((number, _heading(heading, pointed_at=number == at)))
        found += [(number, text) for text in drawn]
        number += 1
    for group, names in _groups().items():
        found.append((None, line("")))
        found.append((None, _group(group, shown.compared, width)))
        found += [(None, text) for text in _parts(group, made, width)]
        for name in names:
            lines = _row(shown.compared, name, width, pointed_at=number == at)
            found += [(number, text) for text in lines]
            number += 1
    return found


def _groups() -> Mapping[str, tuple[Name, ...]]:
    """The groups, with every figure in one of them."""
    named = {*LARGE, *(name for group in _GROUPS.values() for name in group)}
    return {**_GROUPS, _COSTS: tuple(name for name in MEANINGS if name not in named)}


def _gaps(compared: Compared, width: int) -> Iterator[Line]:
    """What is missing, before any number."""
    missing = list(words.missing(compared))
    for number, sentence in enumerate(missing):
        look = "alarm" if compared.now.gaps.badly and number < 2 else "plain"
        for place, text in enumerate(wrap(sentence, max(width - 2, 20))):
            yield line(Span("  " if place else "! ", "key"), Span(text, look))
    if missing:
        yield line("")


def large_at(x: int, width: int) -> int:
    """Which of the large numbers stands at this cell of the line."""
    return min(max(x, 0) // (width // len(LARGE)), len(LARGE) - 1)


def _large(compared: Compared, at: int, width: int) -> Iterator[Line]:
    """The large numbers, how they came about, and what changed."""
    wide = width // len(LARGE)
    figures = [compared.now.figures[name] for name in LARGE]
    yield _side_by_side(
        [
            line(Span("→ " if number == at else "  ", "key"), Span(words.label(one.name), "strong"))
            for number, one in enumerate(figures)
        ],
        wide,
    )
    drawn = [_digits(one, wide - 3) for one in figures]
    for row in zip(*drawn, strict=True):
        yield _side_by_side([line("  ", span) for span in row], wide)
    yield _side_by_side([line(Span(f"  {_how(one)}", "quiet")) for one in figures], wide)
    if any(until := [words.of_whole_days(compared, name) for name in LARGE]):
        yield _side_by_side([line(Span(f"  {said}", "quiet")) for said in until], wide)
    for other, changes in compared.changes:
        period = words.period(other.period)
        if all(changes[name].before is None for name in LARGE):
            nothing = ", ".join(dict.fromkeys(words.status(other.figures[name]) for name in LARGE))
            yield line(Span(f"  {period}: {nothing}", "quiet"))
            continue
        if all(changes[name].trend is Trend.INCOMPARABLE for name in LARGE):
            nothing = gettext(N_("{period}: can't be compared")).format(period=period)
            yield line(Span(f"  {nothing}", "quiet"))
            continue
        said = gettext(N_("Compared with {period}:")).format(period=period)
        yield line(Span(f"  {said}", "quiet"))
        yield _side_by_side([line("  ", _trend(changes[name], other, wide - 3)) for name in LARGE], wide)
        if why := words.by_days_open(changes):
            for text in wrap(f"{words.label(Name.VISITS)}: {why}", width - 2):
                yield line(f"  {text}")


def _digits(figure: Figure, wide: int) -> list[Span]:
    """The lines of a large number; one that was not measured says so."""
    text = words.value(figure)
    if text and set(text) <= big_number.DIGITS:
        for scale in ((2, 1), (1, 1)):
            if big_number.across(text) * scale[0] <= wide:
                return [Span(row, "number") for row in big_number.draw(text, scale)]
    middle = Span(text or f"– {words.status(figure)}", "number" if text else "quiet")
    return [Span(""), Span(""), middle, Span(""), Span("")]


def _how(figure: Figure) -> str:
    """How it came about, where there is a number."""
    return "" if figure.value is None else words.status(figure)


def _side_by_side(parts: list[Line], wide: int) -> Line:
    """Lines next to each other, each so wide."""
    found: list[Span] = []
    for part in parts:
        fitted = fit(part, wide - 1)
        found += [*fitted, Span(" " * (wide - width_of(fitted)))]
    return tuple(found)


def _heading(text: str, *, pointed_at: bool) -> Line:
    return line(Span("→ " if pointed_at else "", "key"), Span(text, "strong"))


def _of_visits(made: Figures) -> str:
    """What the columns of the chart are."""
    match made.period.unit:
        case Unit.DAY:
            return gettext(N_("Visits by the hour"))
        case Unit.QUARTER:
            return gettext(N_("Visits per day open, week by week"))
        case Unit.YEAR:
            return gettext(N_("Visits per day open, month by month"))
        case _:
            return gettext(N_("Visits a day"))


def _group(heading: str, compared: Compared, width: int) -> Line:
    """A heading, and above the columns what they are compared with."""
    title = line(Span(gettext(heading), "strong"))
    shown = _trends(width)
    if not shown:
        return title
    periods = [words.period_in_short(other.period) for other in compared.others[:shown]]
    columns = [f"{period:<{_TREND}}"[:_TREND] for period in periods]
    return spread(title, line(Span("".join(columns), "quiet")), width)


def _trends(width: int) -> int:
    """How many other periods there is room for beside a figure."""
    left = width - 2 - _LEAST_LABEL - _NUMBER - _HOW
    return min(max(left // _TREND, 0), 2)


def _row(compared: Compared, name: Name, width: int, *, pointed_at: bool) -> Iterator[Line]:
    """→ Bezoeken per open dag      19,4 geteld        ongeveer gelijk"""
    figure = compared.now.figures[name]
    beside = compared.changes[: _trends(width)]
    trends = [_trend(changes[name], other, _TREND - 1) for other, changes in beside]
    number = words.value(figure)
    how = words.status(figure, None if number else _NUMBER + _HOW - 2)
    wide = _HOW if number else max(_HOW, len(how) + 1)  # without a number there is its room too
    digits = max(_NUMBER + _HOW - wide - 1, len(number))  # a large amount takes of the room of its label
    label = width - 2 - digits - 1 - wide - _TREND * len(trends)
    spans = [
        Span("→ " if pointed_at else "  ", "key"),
        *_padded(Span(words.label_within(name, label - 1), "strong" if pointed_at else "plain"), label),
        Span(f"{number:>{digits}} ", "strong"),
        *_padded(Span(how, "quiet"), wide),
    ]
    for trend in trends:
        spans += _padded(trend, _TREND)
    yield fit(tuple(spans), width)
    untold = [(other, changes[name]) for other, changes in compared.changes[len(trends) :]]
    until = words.of_whole_days(compared, name)
    if over := ", ".join(said for said in (words.over(figure), until) if said):
        yield line(Span(f"    {over}", "quiet"))
    for other, change in untold:
        if change.known:  # there is no column for it
            yield line(f"    {words.period_in_short(other.period)}: {words.trend(change)}")


def _padded(span: Span, wide: int) -> Line:
    fitted = fit(line(span), wide - 1)
    return (*fitted, Span(" " * (wide - width_of(fitted))))


def _trend(change: Change, before: Figures, wide: int) -> Span:
    """What changed since, with as much as there is room for; quiet where that is nothing."""
    if change.before is None:
        return Span(words.status(before.figures[change.name], wide), "quiet")
    return Span(words.trend(change, wide), "plain" if change.known else "quiet")


def _parts(group: str, made: Figures, width: int) -> list[Line]:
    """What a total is made of, above the figures of its group."""
    sessions = made.sessions
    match group:
        case "At the door" if made.by_reason:
            reasons = {visible(reason): n for reason, n in words.by_reason(made.by_reason).items()}
            said = gettext(N_("What the visits were for, where somebody said so:"))
            return [line(Span(f"  {said}", "quiet")), *charts.bars(reasons, width)]
        case "Activities and sessions" if sessions.by_theme:
            themes = {visible(theme): n for theme, n in words.by_theme(sessions.by_theme).items()}
            said = gettext(N_("Participations by theme:"))
            return [line(Span(f"  {said}", "quiet")), *charts.bars(themes, width)]
        case "Who led the sessions" if sessions.held:
            return charts.bars({board.lead(lead): n for lead, n in sessions.led_by.items()}, width)
    return []
