"""A report of figures before it has a form: what stands in it, and in which order for whom.

Every form is made of this, so they say the same. For whom it is made changes what it begins with and
how small a number may be, never a number.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from db.figures_names import Name, Why
from db.figures_small import SMALLEST, AtLeast, Hidden, Shown
from hostdesk import words
from hostdesk.reports import figures_broken_down, figures_over_time
from hostdesk.words import N_, board, dates, gettext, numbers
from hostdesk.words import costs as cost_words
from hostdesk.words import figures as figure_words

if TYPE_CHECKING:
    from db.figures import Compared
    from db.figures_costs import Costs
    from db.figures_made import Figures
    from db.figures_sample import Sample
    from db.figures_when import Weekday
    from db.happy_moments import Moment
    from hostdesk.reports.figures_over_time import ShownMonth


class Audience(StrEnum):
    """Whom a report is for."""

    ROOM = "room"
    """The coordinator's own: small numbers are shown, as on the screen."""
    MUNICIPALITY = "municipality"
    CORPORATION = "corporation"
    FUND = "fund"


class Shape(StrEnum):
    """How the numbers in the last column of a table are drawn."""

    COLUMNS = "columns"
    """Standing, in an order that means something: days."""
    BARS = "bars"
    """Lying, with room for words."""


@dataclass(frozen=True)
class Cell:
    """What stands in a place of a table."""

    text: str
    value: float | None = None
    """The number itself, for a form that calculates; None where it is no number, or not shown."""
    short: str = ""
    """The same in a few characters, for under a picture."""
    marked: bool = False
    """Whether a picture says that here is nothing because something is missing."""


@dataclass(frozen=True)
class Table:
    """A table with a heading; the first column says what a row is about."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    picture: Shape | None = None
    adds_up: bool = False
    """Whether the numbers of the last column together are a number that means something."""
    of_figures: bool = False
    """Whether its rows are figures, beside what they were."""

    @cached_property
    def whole(self) -> bool:
        """Whether no number of the last column is kept from the reader."""
        return not any(row[-1].text and row[-1].value is None for row in self.rows)

    @cached_property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers."""
        places = range(len(self.heads))
        return tuple(any(row[place].value is not None for row in self.rows) for place in places)


NO_TABLE = Table("", (), ())


@dataclass(frozen=True)
class Added:
    """What the coordinator lets go with a report, beside the figures."""

    words: tuple[str, ...] = ()
    moments: "tuple[Moment, ...]" = ()


NOTHING = Added()


@dataclass(frozen=True)
class Document:
    """A whole report."""

    language: str
    room: str
    title: str
    dated: str
    words: tuple[str, ...]
    """The coordinator's own sentences, paragraph by paragraph."""
    moments: tuple[tuple[str, str], ...]
    """The day and the text of each happy moment that the coordinator chose."""
    gaps: tuple[str, ...]
    """What is missing, to be read before any number."""
    tables: tuple[Table, ...]
    meanings: tuple[tuple[str, str], ...]
    """What each figure is called and what it means."""
    days: Table = NO_TABLE
    """Day by day."""
    days_in_print: bool = True
    """Whether people read the days; of a long period they stand in a spreadsheet alone."""

    @property
    def printed(self) -> tuple[Table, ...]:
        """What stands in a report that people read from its beginning to its end."""
        return (*self.tables, self.days) if self.days_in_print and _says(self.days) else self.tables


class _Group(StrEnum):
    """Figures that stand together."""

    DOOR = "door"
    OPEN = "open"
    ACTIVITIES = "activities"
    WISHES = "wishes"
    VOLUNTEERS = "volunteers"
    COSTS = "costs"


_TITLES = {
    _Group.DOOR: N_("At the door"),
    _Group.OPEN: N_("Open"),
    _Group.ACTIVITIES: N_("Activities and sessions"),
    _Group.WISHES: N_("Wishes and advice"),
    _Group.VOLUNTEERS: N_("Volunteering"),
    _Group.COSTS: N_("Costs"),
}
_FIGURES = {
    _Group.DOOR: (
        Name.VISITS,
        Name.VISITS_PER_DAY_OPEN,
        Name.FIRST_VISITS,
        Name.UNIQUE_VISITORS_LOW,
        Name.UNIQUE_VISITORS_HIGH,
        Name.VOLUNTEER_ARRIVALS,
        Name.PRESENT_AT_HEADCOUNTS,
    ),
    _Group.OPEN: (
        Name.DAYS_OPEN,
        Name.OPEN_HOURS,
        Name.SHIFTS_HELD,
        Name.SHIFTS_MISSING,
        Name.SHIFTS_UNDERSTAFFED,
    ),
    _Group.ACTIVITIES: (
        Name.ACTIVITIES,
        Name.SESSIONS_HELD,
        Name.SESSIONS_CANCELLED,
        Name.SESSIONS_UNKNOWN,
        Name.PARTICIPATIONS,
        Name.VOLUNTEER_LED_SHARE,
    ),
    _Group.WISHES: (
        Name.WISHES_VOICED,
        Name.WISHES_FULFILLED,
        Name.WISHES_NOT_FEASIBLE,
        Name.WISHES_OPEN,
        Name.DAYS_TO_FIRST_SESSION,
        Name.ADVICE_ASKED,
        Name.ADVICE_ANSWERED,
        Name.HOURS_TO_ANSWER,
        Name.LEAD_STAYED_SHARE,
    ),
    _Group.VOLUNTEERS: (Name.VOLUNTEERS, Name.VOLUNTEER_HOURS),
    _Group.COSTS: (
        Name.COST_PER_VISIT,
        Name.COST_PER_OPEN_HOUR,
        Name.COST_PER_PARTICIPATION,
        Name.REPLACEMENT_VALUE_LOW,
        Name.REPLACEMENT_VALUE_HIGH,
    ),
}
_ORDER = {
    Audience.ROOM: tuple(_Group),
    Audience.MUNICIPALITY: (_Group.DOOR, _Group.OPEN, _Group.VOLUNTEERS, _Group.ACTIVITIES, _Group.WISHES),
    Audience.CORPORATION: (_Group.OPEN, _Group.DOOR, _Group.ACTIVITIES, _Group.VOLUNTEERS, _Group.WISHES),
    Audience.FUND: (_Group.WISHES, _Group.ACTIVITIES, _Group.COSTS, _Group.VOLUNTEERS, _Group.DOOR),
}
"""What each begins with; the groups that are not named follow."""

NO_ANALYSIS = N_(
    "This is no cost-benefit analysis: what would have happened without the room, and what it brings about, "
    "are not known. What somebody needs to make one is in the export."
)
HIDDEN = "–"
"""A number that is not small, and not shown either."""


def of(compared: "Compared", audience: Audience = Audience.ROOM, added: Added = NOTHING) -> Document:
    """The report, in the language spoken now."""
    made = compared.now
    order = dict.fromkeys((*_ORDER[audience], *_Group))
    over_time = figures_over_time.of(compared, whole=audience is Audience.ROOM)
    return Document(
        language=words.language(),
        room=made.room.name,
        title=figure_words.title(made),
        dated=figure_words.dated(made),
        words=added.words,
        moments=tuple((dates.day(moment.day), moment.text) for moment in added.moments),
        gaps=tuple(_gaps(compared)),
        tables=tuple(
            table
            for table in (
                *(_figures(group, compared) for group in order),
                *_sample_weeks(made.sample),
                *_costs(made.costs),
                *_breakdowns(compared, whole=audience is Audience.ROOM),
                *([_weekdays(compared.by_weekday)] if audience is Audience.ROOM else ()),
                *([_months(over_time.months)] if over_time.months else ()),
            )
            if _says(table)
        ),
        days=_days(made, over_time.days),
        days_in_print=not over_time.months,
        meanings=(
            *(
                (figure_words.label(name), figure_words.definition(name))
                for group in order
                for name in _FIGURES[group]
            ),
            figure_words.about_equal(),
            *(() if audience is Audience.ROOM else (figure_words.small(),)),
        ),
    )


def _gaps(compared: "Compared") -> Iterator[str]:
    """Of the period itself, and then of those it stands beside."""
    yield from figure_words.missing(compared)
    for other in compared.others:
        period = figure_words.period(other.period)
        yield from (f"{period}: {sentence}" for sentence in figure_words.gaps(other.gaps))


def _figures(group: _Group, compared: "Compared") -> Table:
    """Figures beside what they were."""
    heads = [gettext(N_("figure")), gettext(N_("number")), gettext(N_("how"))]
    until = figure_words.until(compared)
    changed = N_("to {day}: what changed") if until else N_("what changed")
    for other, _ in compared.changes:
        heads += [figure_words.period(other.period), gettext(changed).format(day=until)]
    rows = []
    for name in _FIGURES[group]:
        figure = compared.now.figures[name]
        said = ", ".join(part for part in (figure_words.status(figure), figure_words.over(figure)) if part)
        row = [Cell(figure_words.label(name)), Cell(figure_words.value(figure), figure.value), Cell(said)]
        for other, changes in compared.changes:
            before = Cell(figure_words.before(other.figures[name]), changes[name].before)
            row += [before, Cell(figure_words.what_changed(compared, changes, name))]
        rows.append(tuple(row))
    note = gettext(NO_ANALYSIS) if group is _Group.COSTS else ""
    return Table(gettext(_TITLES[group]), tuple(heads), tuple(rows), note, of_figures=True)


def _sample_weeks(sample: "Sample") -> Iterator[Table]:
    """Which weeks they were, and at how many visits the desk heard who was new that week."""
    heads = (
        gettext(N_("sample week")),
        gettext(N_("visits")),
        gettext(N_("heard at")),
        gettext(N_("at least")),
        gettext(N_("at most")),
    )
    rows = tuple(
        (
            Cell(dates.stretch(one.week.from_day, one.week.to_day)),
            *(Cell(numbers.number(n), n) for n in (one.visits, one.asked, one.at_least, one.at_most)),
        )
        for one in sample.weeks
    )
    if rows:
        yield Table(gettext(N_("Sample weeks")), heads, rows)


def _costs(costs: "Costs") -> Iterator[Table]:
    """What the coordinator filled in, and where the hourly rate comes from."""
    heads = (gettext(N_("yearly costs")), gettext(N_("year")), gettext(N_("amount")))
    rows = tuple(
        (
            Cell(cost_words.line(line)),
            Cell(f"{line.year}"),
            Cell(numbers.euro(line.cents / 100), line.cents / 100),
        )
        for line in costs.lines
    )
    rate = cost_words.reckoned(costs.rate) if costs.rate else ""  # no cost: it adds up with none of them
    if rows or rate:
        yield Table(gettext(N_("What the costs are made of")), heads, rows, rate)


def _breakdowns(compared: "Compared", *, whole: bool) -> Iterator[Table]:
    """What a total is made of; small numbers of people are not shown."""
    made = compared.now
    for part in figures_broken_down.of(compared, whole=whole):
        heads = (gettext(_OF_WHAT[part.what][1]), gettext(N_("number")))
        title = gettext(_OF_WHAT[part.what][0])
        if part.numbers is None:
            yield Table(title, heads, (), figures_broken_down.too_few())
            continue
        seen = part.numbers.values()
        rows = tuple((Cell(name), _cell(n)) for name, n in part.numbers.items())
        picture = None if any(isinstance(n, AtLeast) for n in seen) else Shape.BARS
        yield Table(title, heads, rows, _note(seen), picture, adds_up=True)
    led_by = tuple(
        (Cell(board.lead(lead)), Cell(numbers.number(n), n)) for lead, n in made.sessions.led_by.items()
    )
    if made.sessions.held:
        heads = (gettext(N_("who led")), gettext(N_("sessions")))
        yield Table(gettext(N_("Who led the sessions")), heads, led_by, picture=Shape.BARS, adds_up=True)


_OF_WHAT = {
    figures_broken_down.Part.REASON: (N_("What the visits were for"), N_("reason")),
    figures_broken_down.Part.THEME: (N_("Participations by theme"), N_("theme")),
}


def _weekdays(by_weekday: "Mapping[int, Weekday]") -> Table:
    """What a weekday brings; of a short period that is what one day brought, which not everybody may see."""
    heads = (gettext(N_("weekday")), gettext(N_("days open")), gettext(N_("visits a day")))
    rows = tuple(
        (
            Cell(dates.weekday(date.fromisocalendar(2026, 1, weekday))),
            Cell(numbers.number(such.days), such.days),
            Cell("" if such.visits is None else numbers.number(such.visits, 1), such.visits),
        )
        for weekday, such in by_weekday.items()
        if any(one.days for one in by_weekday.values())
    )
    return Table(gettext(N_("What a weekday brings")), heads, rows, picture=Shape.BARS)


def _says(table: Table) -> bool:
    """Whether it has something to say: a heading alone has not."""
    return bool(table.rows or table.note)


def _months(months: "Sequence[ShownMonth]") -> Table:
    """Month by month, in print instead of the days, which are too many to read."""
    heads = (
        gettext(N_("month")),
        gettext(N_("days open")),
        gettext(N_("hours open")),
        gettext(N_("understaffed")),
        gettext(N_("missing")),
        gettext(N_("per day")),
        gettext(N_("visits")),
    )
    title = gettext(N_("Month by month"))
    note = [
        gettext(N_("Understaffed and missing: so many shifts.")),
        gettext(N_("Every single day is in the spreadsheet, the CSV and the JSON of this report.")),
    ]
    counted = [one for one in months if one.month.figure(Name.VISITS).value is not None]
    if counted and all(one.hidden is Hidden.BESIDE for one in counted):
        return Table(title, heads, (), f"{figures_broken_down.too_few()} {note[-1]}")
    rows = tuple(
        (
            Cell(dates.month(one.month.first), short=dates.month_in_short(one.month.first)),
            *(_of_month(one, name) for name in _MONTH_COLUMNS),
        )
        for one in months
    )
    tallied = [
        f"{dates.month(one.month.first)} {numbers.days(one.month.earlier)}"
        for one in months
        if one.month.earlier
    ]
    if tallied:
        said = gettext(N_("From an earlier tally, of which nothing else is known: {months}."))
        note.insert(0, said.format(months=", ".join(tallied)))
    if signs := _note([one.hidden for one in months if one.hidden]):
        note.insert(0, signs)
    return Table(title, heads, rows, " ".join(note), Shape.COLUMNS, adds_up=True)


_MONTH_COLUMNS = (
    Name.DAYS_OPEN,
    Name.OPEN_HOURS,
    Name.SHIFTS_UNDERSTAFFED,
    Name.SHIFTS_MISSING,
    Name.VISITS_PER_DAY_OPEN,
    Name.VISITS,
)


def _of_month(one: "ShownMonth", name: Name) -> Cell:
    """A number of a month; in the column of its days open it says that it was shut, or that nobody opened."""
    figure = one.figure(name)
    if isinstance(figure, Hidden):
        return _cell(figure if name is Name.VISITS else Hidden.BESIDE)
    if name is Name.DAYS_OPEN and (why := one.month.figure(Name.VISITS).why):
        return Cell(figure_words.why(why), marked=why is Why.MISSING)
    return Cell(figure_words.value(figure), figure.value)


def _days(made: "Figures", seen: Mapping[date, Shown]) -> Table:
    """Day by day."""
    heads = (gettext(N_("day")), gettext(N_("the room was")), gettext(N_("visits")))
    title = gettext(N_("Day by day"))
    if seen and all(n is Hidden.BESIDE for n in seen.values()):
        return Table(title, heads, (), figures_broken_down.too_few())
    rows = tuple(
        (
            Cell(dates.day(day.day), short=dates.day_in_short(day.day)),
            Cell(figure_words.how_the_day_was(day), marked=bool(day.shifts_missing)),
            _cell(seen[day.day]) if day.day in seen else Cell(""),
        )
        for day in made.days
    )
    return Table(title, heads, rows, _note(seen.values()), Shape.COLUMNS, adds_up=True)


def _cell(n: Shown) -> Cell:
    match n:
        case Hidden():
            return Cell(f"<{SMALLEST}" if n is Hidden.SMALL else HIDDEN)
        case AtLeast(sure):
            return Cell(gettext(N_("at least {n}")).format(n=numbers.number(sure)))
    return Cell(numbers.number(n), n)


def _note(seen: Collection[Shown]) -> str:
    """What the signs mean, where there are any."""
    said = []
    if Hidden.BESIDE in seen:
        said.append(N_("<5: one to four people. –: not shown, so that a small number can't be computed."))
    elif Hidden.SMALL in seen:
        said.append(N_("<5: one to four people."))
    if any(isinstance(n, AtLeast) for n in seen):
        said.append(N_("At least: of a month that does not show a number, only what is certain is counted."))
    return " ".join(map(gettext, said))
