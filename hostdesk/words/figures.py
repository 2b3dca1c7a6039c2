"""The words of the figures: what each is called, what it means, how it came about, what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from db import figures_change
from db.figures_change import Trend
from db.figures_days import DayState
from db.figures_names import MEANINGS, Measure, Name, Status, Why
from db.figures_period import Period, Unit
from hostdesk.words import N_, dates, gettext, language, ngettext, numbers

if TYPE_CHECKING:
    from db.figures import Compared
    from db.figures_change import Change
    from db.figures_days import Day
    from db.figures_made import Figure, Figures, Gaps

STATUSES = {
    Status.COUNTED: N_("counted"),
    Status.ESTIMATED: N_("estimated"),
    Status.SAMPLE: N_("sample"),
    Status.NOT_MEASURED: N_("not measured"),
}
DAY_STATES = {
    DayState.OPEN: N_("open"),
    DayState.CLOSED: N_("shut"),
    DayState.MISSING: N_("missing"),
}
TRENDS = {
    Trend.MORE: N_("more"),
    Trend.LESS: N_("less"),
    Trend.ABOUT_EQUAL: N_("about the same"),
    Trend.INCOMPARABLE: N_("can't be compared"),
}
_CHANGES = {Trend.MORE, Trend.LESS}
_IN_A_COLUMN = {
    Name.VOLUNTEER_ARRIVALS: N_("Volunteers coming in"),
    Name.UNIQUE_VISITORS_LOW: N_("Unique visitors, at least"),
    Name.UNIQUE_VISITORS_HIGH: N_("Unique visitors, at most"),
    Name.PRESENT_AT_HEADCOUNTS: N_("Present, by headcount"),
    Name.SESSIONS_HELD: N_("Sessions that were held"),
    Name.SESSIONS_CANCELLED: N_("Sessions not held"),
    Name.VOLUNTEER_LED_SHARE: N_("Led by volunteers"),
    Name.DAYS_TO_FIRST_SESSION: N_("Days from wish to session"),
    Name.LEAD_STAYED_SHARE: N_("Lead stayed after advice"),
    Name.REPLACEMENT_VALUE_LOW: N_("Replacement value, low"),
    Name.REPLACEMENT_VALUE_HIGH: N_("Replacement value, high"),
}
"""Labels that are too long for a narrow column in one of the languages, in fewer words."""
_WHY = {
    Why.MISSING: N_("missing"),
    Why.SHUT: N_("shut"),
    Why.NOT_FILLED_IN: N_("not filled in"),
    Why.SEVERAL_RATES: N_("more than one rate"),
    Why.NOTHING: N_("nothing to measure"),
    Why.BY_ZERO: N_("not to be reckoned: divided by 0"),
}


def label(name: Name) -> str:
    """What a figure is called."""
    return gettext(MEANINGS[name].label)


def label_within(name: Name, cells: int) -> str:
    """What a figure is called in a column of so many cells."""
    whole = label(name)
    return gettext(_IN_A_COLUMN[name]) if len(whole) > cells and name in _IN_A_COLUMN else whole


def definition(name: Name) -> str:
    """What a figure means."""
    return gettext(MEANINGS[name].definition)


def status(figure: "Figure", most: int | None = None) -> str:
    """How it came about; without a number why there is none, in so many characters at most."""
    said = why(figure.why) if figure.why else gettext(STATUSES[figure.status])
    return said if most is None or len(said) <= most else said.partition(":")[0]


def why(reason: Why) -> str:
    """Why there is no number."""
    return gettext(_WHY[reason])


def value(figure: "Figure") -> str:
    """The number; empty where there is none, because `status` says why."""
    return "" if figure.value is None else amount(figure.name, figure.value)


def amount(name: Name, number: float) -> str:
    """A number of this figure, with its decimals and its sign."""
    match MEANINGS[name].measure:
        case Measure.SHARE:
            return numbers.percent(number)
        case Measure.EURO:
            return numbers.euro(number)
        case Measure.COUNT:
            return numbers.number(number)
        case Measure.PERSONS if float(number).is_integer():
            return numbers.number(number)
        case _:
            return numbers.number(number, 1)


def over(figure: "Figure") -> str:
    """Over how many days, sessions, wishes or questions it is; empty for a plain number."""
    return ", ".join(said for said in (_out_of(figure), _earlier(figure)) if said)


def _earlier(figure: "Figure") -> str:
    """How many of its days somebody tallied before the program did."""
    n = figure.earlier
    if n is None:
        return ""
    return ngettext("{n} day from an earlier tally", "{n} days from an earlier tally", n).format(
        n=numbers.number(n)
    )


def _out_of(figure: "Figure") -> str:
    n = figure.out_of
    if n is None or figure.value is None:
        return ""
    many, unknown = numbers.number(n), numbers.number(figure.unknown or 0)
    match figure.name:
        case Name.VISITS_PER_DAY_OPEN:
            return ngettext("over {n} day open", "over {n} days open", n).format(n=many)
        case Name.VOLUNTEER_LED_SHARE:
            said = ngettext("of {n} session", "of {n} sessions", n).format(n=many)
            return f"{said}, {gettext(N_('{n} unknown')).format(n=unknown)}" if figure.unknown else said
        case Name.UNIQUE_VISITORS_LOW | Name.UNIQUE_VISITORS_HIGH:
            said = ngettext("heard at {n} visit", "heard at {n} visits", n).format(n=many)
            return f"{said}, {gettext(N_('not at {n}')).format(n=unknown)}" if figure.unknown else said
        case Name.PRESENT_AT_HEADCOUNTS:
            return ngettext("over {n} headcount", "over {n} headcounts", n).format(n=many)
        case Name.HOURS_TO_ANSWER | Name.LEAD_STAYED_SHARE:
            return ngettext("over {n} question", "over {n} questions", n).format(n=many)
        case Name.DAYS_TO_FIRST_SESSION:
            return ngettext("over {n} wish", "over {n} wishes", n).format(n=many)
        case _:
            return ""


def before(figure: "Figure") -> str:
    """What it was in another period, or why there was no number."""
    return value(figure) or status(figure)


def trend(change: "Change", most: int | None = None) -> str:
    """More, less, about the same; where it is a change also by how much, or from which number to which.

    Args:
        change: of one figure.
        most: so many characters there are; what is said of it then is less, and never cut.
    """
    ways = list(_ways(change))
    return next((way for way in ways if most is None or len(way) <= most), ways[-1])


def _ways(change: "Change") -> Iterator[str]:
    """What can be said of a change, the most first."""
    said = gettext(TRENDS[change.trend])
    by = change.printed
    if by is None or change.value is None or change.before is None or not change.known:
        yield said
        if change.trend is Trend.INCOMPARABLE:
            yield gettext(N_("not comparable"))
        return
    sign = "+" if by > 0 else "-"
    if MEANINGS[change.name].measure is Measure.SHARE:
        points = gettext(N_("{n} percentage points")).format(n=sign + numbers.number(abs(by) * 100))
        yield from (f"{said}: {points}", points)
        return
    least = f"{said}: {sign}{amount(change.name, abs(by))}"
    if change.in_numbers:
        before, now = (amount(change.name, number) for number in (change.before, change.value))
        both = gettext(N_("from {before} to {now}")).format(before=before, now=now)
        yield from (f"{said}: {both}", both)
    else:
        yield f"{least} ({sign}{numbers.percent(abs(by) / change.before)})"
    yield least


def by_days_open(changes: "Mapping[Name, Change]") -> str:
    """Why there are more visits, or fewer, and not on a day open; empty where both went the same way."""
    days, a_day = figures_change.by_days_open(changes), changes[Name.VISITS_PER_DAY_OPEN]
    if days is None or days.value is None or days.before is None:
        return ""
    said = ngettext(
        "{n} day open, {before} then; {visits} per day open, {visits_before} then: {trend}",
        "{n} days open, {before} then; {visits} per day open, {visits_before} then: {trend}",
        int(days.value),
    )
    return said.format(
        n=numbers.number(days.value),
        before=numbers.number(days.before),
        visits=amount(a_day.name, a_day.value or 0),
        visits_before=amount(a_day.name, a_day.before or 0),
        trend=gettext(TRENDS[a_day.trend]),
    )


def what_changed(compared: "Compared", changes: "Mapping[Name, Change]", name: Name) -> str:
    """What changed of a figure: of which number where that is not the one shown, and why of visits."""
    change = changes[name]
    said = trend(change)
    told = change.trend is Trend.INCOMPARABLE or (change.known and change.in_numbers)
    if not told and (value := compared_with(compared, name)):
        said = f"{value}, {said}"
    days = by_days_open(changes) if name is Name.VISITS else ""
    return f"{said}; {days}" if days else said


_NOTHING_OVER = {
    False: N_("No day of it is over yet: there is nothing to compare."),
    True: N_("No whole month of it is over yet: there is nothing to compare."),
}


def missing(compared: "Compared") -> Iterator[str]:
    """What is missing in these figures, and which of their days are compared when that is not all."""
    yield from gaps(compared.now.gaps)
    if compared.whole is None:
        if not compared.now.gaps.not_begun:
            yield gettext(_NOTHING_OVER[compared.by_months])
    elif compared.whole is not compared.now:
        part = compared.whole.period
        yield gettext(N_("Compared in whole days: {days}.")).format(days=_stretch(part.from_day, part.to_day))


def compared_with(compared: "Compared", name: Name) -> str:
    """The number that is compared, of whole days, where it is not the one that is shown: that has today's."""
    whole = compared.whole
    said = "" if whole is None else value(whole.figures[name])
    return "" if said == value(compared.now.figures[name]) else said


def of_whole_days(compared: "Compared", name: Name, *, changed: bool = True) -> str:
    """to 26 Nov: 12, where that is what there is more or less of, or else about as much."""
    number = compared_with(compared, name)
    trends = {change[name].trend for _, change in compared.changes}
    if not number or not trends & (_CHANGES if changed else {*_CHANGES, Trend.ABOUT_EQUAL}):
        return ""
    return gettext(N_("to {day}: {value}")).format(day=until(compared), value=number)


def beside(compared: "Compared", name: Name) -> Iterator[str]:
    """What a figure was in the period before and in the same one a year earlier, and what changed since."""
    for other, changes in compared.changes:
        said = [before(other.figures[name])]
        if changes[name].before is not None:
            said.append(trend(changes[name]))
            said += filter(None, [by_days_open(changes) if name is Name.VISITS else ""])
        head = gettext(N_("Compared with {period}:")).format(period=period(other.period))
        yield f"{head} {'; '.join(said)}"


def until(compared: "Compared") -> str:
    """Up to and including which day is compared, when that is not all of the period."""
    whole = compared.whole
    return "" if whole is None or whole is compared.now else dates.day_in_short(whole.period.to_day)


ABOUT_EQUAL = N_(
    "Of every figure: a difference that is no more than a twentieth (5%) of what it was, or no more than "
    "chance brings from day to day. With a third of the shifts missing, or in a period in which the room "
    "began, nothing is compared."
)
"""What is no change, in words (`db.figures_change`)."""


SMALL = N_(
    "1 to 4 people are not shown, nor a number from which they could be computed with the reports of other "
    "months, quarters and years. Who has a report of a week or of other days beside it, or an earlier one of "
    "a period that was not over then, may still be able to."
)
"""What is hidden of a breakdown, and what that does not prevent (`db.figures_small`)."""


def small() -> tuple[str, str]:
    """What a small number is, to stand beside the definitions."""
    return gettext(N_("Small numbers (<5)")), gettext(SMALL)


def about_equal() -> tuple[str, str]:
    """What is called about the same, to stand beside the definitions."""
    said = gettext(TRENDS[Trend.ABOUT_EQUAL])
    return said[:1].upper() + said[1:], gettext(ABOUT_EQUAL)


def day_state(state: DayState) -> str:
    """Whether the room was open on a day."""
    return gettext(DAY_STATES[state])


def how_the_day_was(day: "Day") -> str:
    """The same of a day in a table, and whether its visits come from an earlier tally."""
    said = day_state(day.state)
    return f"{said}, {gettext(N_('from an earlier tally'))}" if day.earlier else said


def by_reason(counts: Mapping[str, int]) -> dict[str, int]:
    """What the visits were for, in this language."""
    from db.room import DEFAULT_REASONS

    return _translated(counts, DEFAULT_REASONS)


def by_theme(counts: Mapping[str, int]) -> dict[str, int]:
    """The participations of each theme, in this language."""
    from db.wishes import THEMES

    themes = _translated(counts, THEMES)
    return {theme or gettext(N_("no theme")): n for theme, n in themes.items()}


def _translated(counts: Mapping[str, int], offered: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Words that a room is offered in its own language, in that of the reader; its own words stay."""
    here = offered[language()]
    known = {word: here[place] for words in offered.values() for place, word in enumerate(words)}
    found: dict[str, int] = {}
    for word, n in counts.items():
        said = known.get(word.casefold(), word)
        found[said] = found.get(said, 0) + n
    return found


def period(which: Period) -> str:
    """november 2026, 2026, quarter 4 of 2026, week 48 of 2026, 23 to 29 november 2026."""
    first = which.from_day
    match which.unit:
        case Unit.YEAR:
            return f"{first.year}"
        case Unit.QUARTER:
            said = gettext(N_("quarter {n} of {year}"))
            return said.format(n=(first.month + 2) // 3, year=first.year)
        case Unit.WEEK:
            number = first.isocalendar()
            return gettext(N_("week {n} of {year}")).format(n=number.week, year=number.year)
        case Unit.MONTH:
            return dates.month(first)
        case _:
            return dates.day(first) if first == which.to_day else dates.stretch(first, which.to_day)


def period_in_short(which: Period) -> str:
    """The same above a column: 1 jan t/m 26 nov 2026."""
    if which.unit is not Unit.RANGE or which.from_day.year != which.to_day.year:
        return period(which)
    first, last = dates.day_in_short(which.from_day), dates.day_in_short(which.to_day)
    return gettext(N_("{first} to {last}")).format(first=first, last=f"{last} {which.to_day.year}")


_BEGAN = {
    False: N_("The room began on {day}: before that nothing was measured."),
    True: N_("The room began on {day}: before that nothing else was measured."),
}


def gaps(found: "Gaps") -> Iterator[str]:
    """What is missing in these figures, the worst first; nothing when all was counted."""
    if found.not_begun:
        yield gettext(N_("This period has not begun yet: nothing was measured."))
        return
    if found.shifts_missing:
        yield ngettext(
            "{n} of the {all} planned shifts never opened: nothing was counted at the door.",
            "{n} of the {all} planned shifts never opened: nothing was counted at the door.",
            found.shifts_missing,
        ).format(n=numbers.number(found.shifts_missing), all=numbers.number(found.shifts_planned))
        if found.badly:
            yield gettext(N_("That is a third or more: the totals say little about this period."))
    if found.earlier_days:
        yield ngettext(
            "The visits of {n} day come from an earlier tally; nothing else is known of it.",
            "The visits of {n} days come from an earlier tally; nothing else is known of them.",
            found.earlier_days,
        ).format(n=numbers.number(found.earlier_days))
    if found.overruled_days:
        yield ngettext(
            "The earlier tally of {n} day does not count: that day was counted at the desk too.",
            "The earlier tallies of {n} days do not count: those days were counted at the desk too.",
            found.overruled_days,
        ).format(n=numbers.number(found.overruled_days))
    if found.shifts_unknown:
        yield ngettext(
            "Of {n} shift it is not known whether it opened: that day comes from an earlier tally.",
            "Of {n} shifts it is not known whether they opened: those days come from an earlier tally.",
            found.shifts_unknown,
        ).format(n=numbers.number(found.shifts_unknown))
    if found.costs_over:
        yield from _costs_over(*found.costs_over)
    if found.sessions_unknown:
        yield ngettext(
            "Of {n} session nobody said how many took part: it counts nowhere.",
            "Of {n} sessions nobody said how many took part: they count nowhere.",
            found.sessions_unknown,
        ).format(n=numbers.number(found.sessions_unknown))
    if found.duties_unconfirmed:
        yield ngettext(
            "The hours of {n} duty are as planned; nobody confirmed them.",
            "The hours of {n} duties are as planned; nobody confirmed them.",
            found.duties_unconfirmed,
        ).format(n=numbers.number(found.duties_unconfirmed))
    if found.duties_unopened:
        yield ngettext(
            "{n} time hours were confirmed of a shift that nobody opened: they count, as estimated.",
            "{n} times hours were confirmed of a shift that nobody opened: they count, as estimated.",
            found.duties_unopened,
        ).format(n=numbers.number(found.duties_unopened))
    if found.sessions_unopened:
        yield ngettext(
            "{n} session was held during a shift that nobody opened: it counts.",
            "{n} sessions were held during shifts that nobody opened: they count.",
            found.sessions_unopened,
        ).format(n=numbers.number(found.sessions_unopened))
    if found.began_on:
        yield gettext(_BEGAN[bool(found.earlier_days)]).format(day=dates.day(found.began_on))
    if found.ends_early:
        yield gettext(N_("Up to and including {day}: the period is not over yet.")).format(
            day=dates.day(found.ends_early)
        )


def _costs_over(visits: int | None, hours: int | None, participations: int | None) -> Iterator[str]:
    """Over which days the costs go, when these are not all."""
    if visits and visits == hours == participations:
        yield ngettext(
            "The costs are those of the {n} day on which the room was there.",
            "The costs are those of the {n} days on which the room was there.",
            visits,
        ).format(n=numbers.number(visits))
        return
    if visits:
        yield ngettext(
            "The costs per visit are those of the {n} day of which the visits are known.",
            "The costs per visit are those of the {n} days of which the visits are known.",
            visits,
        ).format(n=numbers.number(visits))
    if hours:
        yield ngettext(
            "The costs per hour open are those of the {n} day of which the hours are known.",
            "The costs per hour open are those of the {n} days of which the hours are known.",
            hours,
        ).format(n=numbers.number(hours))
    if participations:
        yield ngettext(
            "The costs per participation are those of the {n} day on which the room was there.",
            "The costs per participation are those of the {n} days on which the room was there.",
            participations,
        ).format(n=numbers.number(participations))


def title(made: "Figures") -> str:
    """What a report is called."""
    return gettext(N_("Figures of {period}")).format(period=period(made.period))


def dated(made: "Figures") -> str:
    """Which days it is about, and when it was made."""
    local = made.room.local(made.made_at)
    return gettext(N_("{stretch}, made on {day} at {time}")).format(
        stretch=_stretch(made.period.from_day, made.period.to_day),
        day=dates.day(local.date()),
        time=dates.clock(local),
    )


def _stretch(first: date, last: date) -> str:
    return dates.day(first) if first == last else dates.stretch(first, last)
