"""What the page behind a figure says: what it means, what is missing, and each row that it was made of."""

from collections.abc import Iterator

from db.costs import Line as CostLine
from db.costs import Rate
from db.duties import OnDuty, Shift
from db.figures_behind import Behind, Row
from db.figures_board import Fate, Meeting, Question
from db.figures_days import Day, Heads
from db.figures_names import MEANINGS, Measure, Name
from db.figures_people import Volunteer
from db.figures_sample import Week
from db.room import Room
from db.states import Lead, SessionState
from db.text import visible
from hostdesk.widgets.lines import Line, Span, cells_of, fit, line, spread, wrap
from hostdesk.words import N_, board, dates, gettext, ngettext, numbers, shift
from hostdesk.words import figures as words

_INDENT = "    "


def title(shown: Behind, width: int) -> Line:
    """The line on top: which figure this is, and of which period."""
    left = line(Span(words.label(shown.name), "strong"), Span(f"  {words.period(shown.made.period)}"))
    return spread(left, line(visible(shown.made.room.name)), width)


def page(shown: Behind, at: int, width: int) -> list[tuple[int | None, Line]]:
    """Each line, with the number of the row that it is of."""
    top = 0 if at == 0 else None  # at the first row all that is said above it is in sight
    found: list[tuple[int | None, Line]] = [(top, text) for text in _about(shown, width)]
    for number, row in enumerate(shown.rows):
        found += [(number, text) for text in _row(shown, row, width, pointed_at=number == at)]
    return found


def _about(shown: Behind, width: int) -> Iterator[Line]:
    """The figure, what it means, over what it is, what it was before, and what is missing."""
    figure = shown.figure
    for sentence in words.missing(shown.compared):
        for place, text in enumerate(wrap(sentence, max(width - 2, 20))):
            yield line(Span("  " if place else "! ", "key"), text)
    value = words.value(figure)
    yield line(Span(f"{value} " if value else "", "number"), Span(words.status(figure), "strong"))
    over = words.over(figure), words.of_whole_days(shown.compared, shown.name, changed=False)
    if any(over):
        yield line(Span(", ".join(filter(None, over)), "quiet"))
    for sentence in words.beside(shown.compared, shown.name):
        for text in wrap(sentence, width):
            yield line(text)
    yield line("")
    for text in wrap(words.definition(shown.name), width):
        yield line(text)
    yield line("")
    n = len(shown.rows)
    said = ngettext("Made of {n} row:", "Made of {n} rows:", n).format(n=n)
    yield line(Span(said if n else gettext(N_("There are no rows behind it.")), "strong"))
    if not n and MEANINGS[shown.name].measure is Measure.EURO:
        for text in wrap(gettext(N_("The coordinator fills it in: hostdesk costs --help.")), width):
            yield line(text)


def _row(shown: Behind, row: Row, width: int, *, pointed_at: bool) -> Iterator[Line]:
    """What a row is, with its number at the end; what else is said of it below."""
    said, value, more = _said(shown, row)
    arrow = Span("→ " if pointed_at else "  ", "key")
    end = Span(f" {value}", "strong")
    wide = max(width - 2 - cells_of(end.text), 10)
    first, *rest = wrap(said, wide) or [""]
    look = "strong" if pointed_at else "plain"
    yield fit((arrow, Span(first, look), Span(" " * (wide - cells_of(first))), end), width)
    for text in rest:
        yield line(Span(f"  {text}", look))
    for text in wrap(more, width - len(_INDENT)):
        yield line(Span(f"{_INDENT}{text}", "quiet"))


def _said(shown: Behind, row: Row) -> tuple[str, str, str]:
    """What a row is, its number, and what else is known."""
    room, name = shown.made.room, shown.name
    match row:
        case Day():
            return _of_day(row, name)
        case Heads():
            at = f"{dates.day(row.day)} {dates.clock(room.local(row.at))}"
            return at, numbers.number(row.n), ""
        case Week():
            n = row.at_least if name is Name.UNIQUE_VISITORS_LOW else row.at_most
            week = dates.stretch(row.week.from_day, row.week.to_day)
            asked = gettext(N_("{visits} visits, asked at {asked}, first that week at {first}"))
            return week, numbers.number(n), asked.format(visits=row.visits, asked=row.asked, first=row.first)
        case Shift():
            missing = gettext(N_("too few: {n}")).format(n=row.missing)
            return (
                f"{dates.day(row.key.day)} {shift.times(room, row.starts_at, row.ends_at)}",
                missing if name is Name.SHIFTS_UNDERSTAFFED else "",
                "",
            )
        case Meeting():
            at = f"{dates.day(row.day)} {dates.clock(room.local(row.starts_at))}"
            return f"{at} {visible(row.title)}", _of_meeting(row, name), _led(row)
        case Fate():
            return _of_wish(row, name)
        case Question():
            return _of_question(room, row, name)
        case OnDuty():
            who = visible(shift.somebody(row.name))
            how = "" if row.confirmed else gettext(N_("as planned, not confirmed"))
            return (
                f"{dates.day(row.day)} {shift.times(room, row.begins, row.ends)} {who}",
                words.amount(Name.VOLUNTEER_HOURS, row.hours),
                how,
            )
        case Volunteer():
            since = gettext(N_("since {day}")).format(day=dates.day(row.since))
            until = gettext(N_("until {day}")).format(day=dates.day(row.ended_on)) if row.ended_on else ""
            who = f"{visible(shift.somebody(row.name))} ({shift.person_kind(row.kind)})"
            return who, "", " ".join(filter(None, (since, until)))
        case CostLine():
            return f"{row.year}  {visible(row.name)}", numbers.euro(row.cents / 100), ""
        case Rate():
            source = gettext(N_("from {year} on; source: {source}"))
            source = source.format(year=row.year, source=visible(row.source))
            return gettext(N_("Hourly rate")), numbers.euro(row.cents / 100), source


def _of_day(day: Day, name: Name) -> tuple[str, str, str]:
    """A day with what it brought; one that was not open says so."""
    value = {
        Name.VOLUNTEER_ARRIVALS: day.volunteer_arrivals,
        Name.FIRST_VISITS: day.first_visits,
        Name.OPEN_HOURS: day.hours,
        Name.DAYS_OPEN: None,
    }.get(name, day.visits)
    more = gettext(N_("from an earlier tally")) if day.earlier else ""
    if day.shifts_missing and day.visits is not None:
        missing = ngettext("{n} shift missing", "{n} shifts missing", day.shifts_missing)
        more = missing.format(n=day.shifts_missing)
    said = dates.day(day.day)
    if day.visits is None:
        return said, words.day_state(day.state), more
    return said, "" if value is None else numbers.number(value, 2), more


def _of_meeting(one: Meeting, name: Name) -> str:
    """The number of a session, or what became of it."""
    if one.state is SessionState.CANCELLED:
        return gettext(N_("did not go on"))
    if one.participations is None:
        return gettext(N_("nobody said how many"))
    return numbers.number(one.participations) if name is not Name.VOLUNTEER_LED_SHARE else ""


def _led(one: Meeting) -> str:
    """Who led it, and what it was about."""
    lead = gettext(N_("nobody said who led it")) if one.lead is Lead.UNKNOWN else board.lead(one.lead)
    return " · ".join(filter(None, (visible(one.theme), lead)))


def _of_wish(wish: Fate, name: Name) -> tuple[str, str, str]:
    """A wish, and what became of it when."""
    said = [gettext(N_("voiced {day}")).format(day=dates.day(wish.voiced_on))]
    if wish.first_session:
        said.append(gettext(N_("first session {day}")).format(day=dates.day(wish.first_session)))
    if wish.given_up_on:
        said.append(gettext(N_("not feasible {day}")).format(day=dates.day(wish.given_up_on)))
    took = wish.first_session is not None and name in (Name.WISHES_FULFILLED, Name.DAYS_TO_FIRST_SESSION)
    days = ngettext("{n} day", "{n} days", wish.days_to_first_session).format(n=wish.days_to_first_session)
    return visible(wish.text), days if took else "", " · ".join(said)


def _of_question(room: Room, one: Question, name: Name) -> tuple[str, str, str]:
    """A question, when it was asked and answered, and whether the lead stayed."""
    said = [gettext(N_("asked {day}")).format(day=dates.day(room.local(one.asked_at).date()))]
    if one.answered_at:
        said.append(gettext(N_("answered {day}")).format(day=dates.day(room.local(one.answered_at).date())))
    value = ""
    if name is Name.LEAD_STAYED_SHARE:
        stayed = N_("the lead stayed") if one.lead_stayed else N_("a professional came to lead")
        value = gettext(stayed)
    elif one.hours_to_answer is not None:
        hours = numbers.number(one.hours_to_answer, 1)
        value = gettext(N_("{hours} hours")).format(hours=hours)
    return visible(one.question), value, " · ".join(said)
