"""What is behind a figure: the rows that it was made of, read by the same rules as the figure itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import duties, figures, figures_board, figures_days, figures_people
from db import room as rooms
from db.connection import reading
from db.costs import Line, Rate
from db.duties import OnDuty, Shift
from db.figures import Compared
from db.figures_board import Fate, Meeting, Question
from db.figures_days import NEVER_OPENED, Day, DayState, Heads
from db.figures_made import Figure, Figures
from db.figures_names import Name
from db.figures_people import Volunteer
from db.figures_period import Period
from db.figures_sample import Week
from db.states import SessionState, ShiftState

Row = Day | Heads | Week | Shift | Meeting | Fate | Question | OnDuty | Volunteer | Line | Rate
"""What a figure can be made of."""


@dataclass(frozen=True)
class Behind:
    """A figure, and what it was made of."""

    compared: Compared
    name: Name
    rows: tuple[Row, ...]

    @property
    def made(self) -> Figures:
        """The figures that it is one of."""
        return self.compared.now

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.made.figures[self.name]


def behind(name: Name, period: Period) -> Behind:
    """The rows behind this figure of this period."""
    with reading():
        compared = figures.compared(period)
        made = compared.now
        to_day = min(period.to_day, rooms.day_of(made.room, made.made_at))
        found = _rows(name, made, period.from_day, to_day) if period.from_day <= to_day else ()
        return Behind(compared, name, tuple(found))


def _rows(name: Name, made: Figures, from_day: date, to_day: date) -> Sequence[Row]:
    """The days, shifts, sessions, wishes, questions, duties, people or costs that it is about."""
    now = made.made_at
    if belongs := _DAYS.get(name):
        return [day for day in made.days if belongs(day)]
    if is_one := _SHIFTS.get(name):
        return [shift for shift in duties.between(from_day, to_day) if is_one(shift)]
    if took_place := _MEETINGS.get(name):
        return [one for one in figures_board.meetings(from_day, to_day) if took_place(one, now)]
    if became := _WISHES.get(name):
        return [one for one in figures_board.fates(made.room, to_day) if became(one, from_day, to_day)]
    if was_said := _ADVICE.get(name):
        return [one for one in figures_board.questions(made.room, from_day, to_day) if was_said(one)]
    match name:
        case Name.PRESENT_AT_HEADCOUNTS:
            return figures_days.headcounts(from_day, to_day)
        case Name.UNIQUE_VISITORS_LOW | Name.UNIQUE_VISITORS_HIGH:
            return made.sample.weeks
        case Name.VOLUNTEERS:
            return figures_people.of_the_house(from_day, to_day)
        case Name.COST_PER_VISIT | Name.COST_PER_OPEN_HOUR | Name.COST_PER_PARTICIPATION:
            return made.costs.lines
    served: list[Row] = [*figures_people.served(duties.between(from_day, to_day), now)]
    if name is Name.VOLUNTEER_HOURS:
        return served
    rate = [made.costs.rate] if made.costs.rate else []
    if name is Name.REPLACEMENT_VALUE_LOW:
        return [*rate, *(one for one in served if isinstance(one, OnDuty) and one.confirmed)]
    held = [one for one in figures_board.meetings(from_day, to_day) if one.held]
    led = [one for one in held if one.lead in figures_board.LED_BY_VOLUNTEERS]
    return [*rate, *served, *led]


def _held(one: Meeting, _now: datetime) -> bool:
    return one.held


def _came_true(wish: Fate, from_day: date, to_day: date) -> bool:
    return wish.first_session is not None and from_day <= wish.first_session <= to_day


def _given_up(wish: Fate, from_day: date, to_day: date) -> bool:
    return wish.given_up_on is not None and from_day <= wish.given_up_on <= to_day


def _answered(one: Question) -> bool:
    return one.answered_at is not None


_DAYS: dict[Name, Callable[[Day], object]] = {
    Name.VISITS: lambda _day: True,
    Name.VISITS_PER_DAY_OPEN: lambda _day: True,
    Name.VOLUNTEER_ARRIVALS: lambda day: day.volunteer_arrivals,
    Name.FIRST_VISITS: lambda day: day.first_visits,
    Name.DAYS_OPEN: lambda day: day.state is DayState.OPEN,
    Name.OPEN_HOURS: lambda day: day.hours,
}
"""Days that are shut or missing are among the visits: they explain the total."""

_SHIFTS: dict[Name, Callable[[Shift], bool]] = {
    Name.SHIFTS_HELD: lambda shift: shift.state not in NEVER_OPENED,
    Name.SHIFTS_MISSING: lambda shift: shift.planned and shift.state is ShiftState.MISSING,
    Name.SHIFTS_UNDERSTAFFED: lambda shift: shift.state not in NEVER_OPENED and shift.missing > 0,
}
_MEETINGS: dict[Name, Callable[[Meeting, datetime], bool]] = {
    Name.ACTIVITIES: _held,
    Name.SESSIONS_HELD: _held,
    Name.SESSIONS_CANCELLED: lambda one, _now: one.state is SessionState.CANCELLED,
    Name.SESSIONS_UNKNOWN: Meeting.unknown,
    Name.PARTICIPATIONS: _held,
    Name.VOLUNTEER_LED_SHARE: _held,
}
_WISHES: dict[Name, Callable[[Fate, date, date], bool]] = {
    Name.WISHES_VOICED: lambda wish, from_day, _to_day: wish.voiced_on >= from_day,
    Name.WISHES_FULFILLED: _came_true,
    Name.WISHES_NOT_FEASIBLE: _given_up,
    Name.WISHES_OPEN: lambda wish, _from_day, to_day: wish.is_open(to_day),
    Name.DAYS_TO_FIRST_SESSION: _came_true,
}
_ADVICE: dict[Name, Callable[[Question], bool]] = {
    Name.ADVICE_ASKED: lambda one: one.asked_then,
    Name.ADVICE_ANSWERED: _answered,
    Name.HOURS_TO_ANSWER: _answered,
    Name.LEAD_STAYED_SHARE: lambda one: one.lead_stayed is not None,
}
