"""The charts of the figures, with their numbers in words: by day, by weekday and hour, by part."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from db.figures_days import Day, DayState
from db.figures_made import Figures
from db.figures_period import Period, Unit, around
from db.figures_when import When
from hostdesk.widgets import column_chart, heat_map
from hostdesk.widgets.column_chart import Column
from hostdesk.widgets.heat_map import Cell, Row
from hostdesk.widgets.lines import Line, Span, cells_of, line, wrap
from hostdesk.words import N_, dates, gettext, ngettext, numbers

_HIGH = 6
"""Lines of the highest column."""

_NO_BREAK = "\u00a0"

_BUSIEST = 3
"""So many hours are named in words."""

_MARKS = {DayState.CLOSED: "·", DayState.MISSING: "!"}
_LONG = (Unit.QUARTER, Unit.YEAR)
"""Of these a column is a week or a month."""


def visits(made: Figures, when: When, width: int) -> list[Line]:
    """The visits a day beside what such a weekday brings; of a long period a week or a month together."""
    if made.period.unit is Unit.DAY:
        return _one_day(when, width)
    long = made.period.unit in _LONG
    columns = list(_by_part(made) if long else _by_day(made, when))
    most = max((value for one in columns for value in (one.value, one.usual) if value), default=0)
    if all(one.value is None for one in columns):
        return _wrapped(gettext(N_("Nothing was counted at the door.")), width, "quiet")
    drawn = column_chart.draw(columns, width, _HIGH if most else 0, (numbers.number(most), "0"))
    said = [*_wrapped(_legend(made, columns), width, "quiet"), *_weekdays(when, width)]
    return [*drawn, *said, *(_wrapped(_in_words(made), width) if long else ())]


def hours(when: When, width: int) -> list[Line]:
    """What each hour of a weekday brings, and in words when it is busiest."""
    heads = sorted({hour for _, hour in when.by_hour})
    if not when.hours():
        return [line(Span(gettext(N_("Nobody was counted by the hour.")), "quiet"))]
    for together in (1, 2, 3):
        starts = range(heads[0], heads[-1] + 1, together)
        rows = list(_rows(when, starts))
        if heat_map.least_width(len(starts), rows) <= width:
            break
    said = gettext(
        N_(
            "Visits in such an hour, on average over the days of which it is known; "
            "· shut then, or not known."
        )
    )
    if together > 1:
        said = gettext(
            N_(
                "Visits from such an hour to the next, on average over the days of which it is known; "
                "· shut then, or not known."
            )
        )
    return [
        *heat_map.draw([f"{hour:02}" for hour in starts], rows, width),
        *_wrapped(said, width, "quiet"),
        *_wrapped(_busiest(when), width),
    ]


def bars(parts: Mapping[str, int], width: int) -> list[Line]:
    """A bar for each part of a total, the largest first, with its number."""
    if not parts:
        return []
    names = min(max(map(cells_of, parts)), width // 3)
    digits = max(len(numbers.number(n)) for n in parts.values())
    length = min(width - names - digits - 4, 50)
    most = max(*parts.values(), 1)
    lines = []
    for name, n in sorted(parts.items(), key=lambda part: -part[1]):
        cells = max(round(n / most * length), 1) if n else 0
        shown = name if cells_of(name) <= names else f"{name[: names - 1]}…"
        pad = " " * (names - cells_of(shown))
        lines.append(line(f"  {shown}{pad} {numbers.number(n):>{digits}} ", Span("█" * cells, "bar")))
    return lines


def _one_day(when: When, width: int) -> list[Line]:
    """A day by the hour."""
    counted = when.hours()
    known = {hour for _, hour in when.by_hour}
    if not counted:
        return [line(Span(gettext(N_("Nobody was counted by the hour.")), "quiet"))]
    columns = [
        Column(
            counted.get(hour, 0) if hour in known else None,
            mark="" if hour in counted else "0" if hour in known else _MARKS[DayState.CLOSED],
            below=f"{hour:02}",
        )
        for hour in range(min(known), max(known) + 1)
    ]
    drawn = column_chart.draw(columns, width, _HIGH, (numbers.number(max(counted.values(), default=0)), "0"))
    said = " · ".join(_whole(f"{hour:02}–{(hour + 1) % 24:02} {n}") for hour, n in counted.items())
    return [*drawn, *_wrapped(said, width)]


def _by_day(made: Figures, when: When) -> Iterator[Column]:
    """A column a day, the days to come among them."""
    known = {day.day: day for day in made.days}
    for number in range(made.period.days):
        which = date.fromordinal(made.period.from_day.toordinal() + number)
        day, letter = known.get(which), dates.weekday_short(which)[:1]
        monday_or_first = which.weekday() == 0 or number == 0
        below = f"{which.day}" if monday_or_first or made.period.unit is Unit.WEEK else ""
        usual = when.by_weekday[which.isoweekday()].visits if day and day.visits is not None else None
        yield Column(day.visits if day else None, usual, _mark(day), letter, below)


def _by_part(made: Figures) -> Iterator[Column]:
    """A column a week or a month: what a day open brought there."""
    for number, days in _parts(made):
        missing = any(day.state is DayState.MISSING for day in days)
        shut = _MARKS[DayState.MISSING if missing else DayState.CLOSED] if days else " "
        value = _a_day_open(days)
        yield Column(value, mark=shut if value is None else "" if value else "0", below=f"{number}")


def _parts(made: Figures) -> Iterator[tuple[int, list[Day]]]:
    """The weeks of a quarter or the months of a year, by number, with their days until now."""
    unit = Unit.WEEK if made.period.unit is Unit.QUARTER else Unit.MONTH
    by_part: dict[Period, list[Day]] = {}
    for number in range(made.period.days):
        which = date.fromordinal(made.period.from_day.toordinal() + number)
        by_part.setdefault(around(which, unit), [])
    for day in made.days:
        by_part[around(day.day, unit)].append(day)
    for part, days in by_part.items():
        yield part.from_day.isocalendar().week if unit is Unit.WEEK else part.from_day.month, days


def _a_day_open(days: Sequence[Day]) -> float | None:
    """The visits of a day open, on average; None where none was."""
    counted = [day.visits for day in days if day.visits is not None]
    return sum(counted) / len(counted) if counted else None


def _in_words(made: Figures) -> str:
    """What a day open brought in each week or month, and over how many of them."""
    said = [
        _over_days(f"{number}:", average, sum(day.visits is not None for day in days))
        for number, days in _parts(made)
        if (average := _a_day_open(days)) is not None
    ]
    by_week = made.period.unit is Unit.QUARTER
    text = N_("On a day open, in week {averages}") if by_week else N_("On a day open, in month {averages}")
    return gettext(text).format(averages=" · ".join(said)) if said else ""


def _mark(day: Day | None) -> str:
    """Why there is no column: nobody came, shut, missing, or it has yet to come."""
    if day is None:
        return " "
    return _MARKS.get(day.state, "" if day.visits else "0")


def _legend(made: Figures, columns: Sequence[Column]) -> str:
    """What the signs mean, those that are there."""
    marks = {one.mark for one in columns}
    said = [gettext(N_("█ visits"))]
    if any(one.usual and one.usual > (one.value or 0) for one in columns):
        said.append(gettext(N_("░ such a weekday on average")))
    if "0" in marks:
        said.append(gettext(N_("0 open, nobody came")))
    if "·" in marks:
        said.append(gettext(N_("· shut")))
    if "!" in marks:
        said.append(gettext(N_("! missing: planned and never opened")))
    if any(day.earlier for day in made.days):
        n = sum(day.earlier for day in made.days)
        said.append(
            ngettext("{n} day from an earlier tally", "{n} days from an earlier tally", n).format(n=n)
        )
    return "   ".join(map(_whole, said))


def _weekdays(when: When, width: int) -> list[Line]:
    """What each weekday brings on average, and over how many days."""
    said = []
    for weekday, such in when.by_weekday.items():
        name = dates.weekday_short(_named(weekday))
        if such.visits is None:
            said.append(gettext(N_("{weekday} not open")).format(weekday=name))
        else:
            said.append(_over_days(name, such.visits, such.days))
    heading = gettext(N_("On average on a day open:"))
    return _wrapped(f"{heading} {' · '.join(map(_whole, said))}", width)


def _over_days(name: str, average: float, n: int) -> str:
    """An average with its name and its days, to stand on one line."""
    said = ngettext("{weekday} {average} ({n} day)", "{weekday} {average} ({n} days)", n)
    return _whole(said.format(weekday=name, average=numbers.number(average, 1), n=n))


def _busiest(when: When) -> str:
    """The busiest hours, in words."""
    visited = [(place, one) for place, one in when.by_hour.items() if one.visits]
    found = sorted(visited, key=lambda one: (-one[1].average, one[0]))[:_BUSIEST]
    said = []
    for (weekday, hour), one in found:
        part = ngettext(
            "{weekday} {from_hour}–{to_hour} ({average}, over {n} day)",
            "{weekday} {from_hour}–{to_hour} ({average}, over {n} days)",
            one.days,
        )
        said.append(
            part.format(
                weekday=dates.weekday(_named(weekday)),
                from_hour=f"{hour:02}",
                to_hour=f"{(hour + 1) % 24:02}",
                average=numbers.number(one.average, 1),
                n=one.days,
            )
        )
    hours = ", ".join(map(_whole, said))
    return gettext(N_("Busiest, when it helps to be with two: {hours}.")).format(hours=hours)


def _rows(when: When, starts: range) -> Iterator[Row]:
    """A row for each weekday with a count by the hour; from each of these hours to the next."""
    together = starts.step
    values = {(day, hour): _an_hour(when, day, hour, together) for day in range(1, 8) for hour in starts}
    written = numbers.number if max(value or 0 for value in values.values()) >= 10 else numbers.decimal
    for weekday in range(1, 8):
        of_day = [values[weekday, hour] for hour in starts]
        if any(value is not None for value in of_day):
            cells = (Cell(value, "·" if value is None else written(value)) for value in of_day)
            yield Row(dates.weekday_short(_named(weekday)), tuple(cells))


def _an_hour(when: When, weekday: int, hour: int, together: int) -> float | None:
    """What one hour, or two together, of such a day brings."""
    found = [when.an_hour(weekday, one) for one in range(hour, hour + together)]
    known = [one for one in found if one is not None]
    return sum(known) if known else None


def _named(weekday: int) -> date:
    """A day with this weekday."""
    return date.fromisocalendar(2026, 1, weekday)


def _whole(part: str) -> str:
    """So that it stays on one line."""
    return part.replace(" ", _NO_BREAK)


def _wrapped(text: str, width: int, look: str = "plain") -> list[Line]:
    return [line(Span(part.replace(_NO_BREAK, " "), look)) for part in wrap(text, width)]
