"""The figures of a period: each is made here, once, and screen, report and export all read that.

Zero, shut, missing and not measured stay four different things: a figure without a value was not
measured, and a day has its visits only where the room was open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from db import (
    clock,
    duties,
    figures_board,
    figures_change,
    figures_costs,
    figures_days,
    figures_door,
    figures_made,
    figures_people,
    figures_period,
    figures_sample,
    figures_when,
    models,
)
from db import room as rooms
from db.connection import reading
from db.figures_board import Sessions
from db.figures_change import Change
from db.figures_costs import Costs
from db.figures_made import Figure, Figures, Gaps
from db.figures_names import MEANINGS, Name, Status, Why
from db.figures_people import Hours
from db.figures_period import Period, Unit
from db.figures_sample import Sample
from db.figures_when import Weekday, When
from db.room import Room
from db.rounding import half_up
from db.states import Lead, ShiftState


@dataclass(frozen=True)
class Breakdown:
    """What a total is made of, by what people have in common."""

    visits: int
    by_reason: Mapping[str, int]
    by_theme: Mapping[str, int]


@dataclass(frozen=True)
class Compared:
    """The figures of a period beside those of two others."""

    now: Figures
    whole: Figures | None
    """Its days that are over: these are compared. A day that is going on is compared with nothing."""
    former: Figures | None
    """As many days of the period just before it; None as long as no day of this one is over."""
    year_before: Figures | None
    """The same days a year earlier."""
    by_months: bool = False
    """Whether only whole months are compared, as in what others than the room read."""

    @property
    def when(self) -> When:
        """When the visits came."""
        return figures_when.of(self.now.days, self.now.open_in)

    @property
    def by_weekday(self) -> Mapping[int, Weekday]:
        """What each weekday brought."""
        return figures_when.weekdays(self.now.days)

    @property
    def months(self) -> tuple[Breakdown, ...]:
        """What the visits and participations of each month of a quarter or a year were, month by month."""
        period = self.now.period
        if period.unit not in (Unit.QUARTER, Unit.YEAR):
            return ()
        with reading():
            return tuple(_breakdown(self.now, month) for month in period.months)

    @property
    def others(self) -> tuple[Figures, ...]:
        """What it is measured against; before a year there is only the year before it."""
        if self.former is None or self.year_before is None:
            return ()
        same = self.former.period == self.year_before.period
        return (self.former,) if same else (self.former, self.year_before)

    @cached_property
    def changes(self) -> tuple[tuple[Figures, Mapping[Name, Change]], ...]:
        """Each other period, and how every figure changed since."""
        if self.whole is None:
            return ()
        return tuple((before, figures_change.since(self.whole, before)) for before in self.others)


def _breakdown(made: Figures, month: Period) -> Breakdown:
    """What this month of a longer period was made of, as far as that period is told."""
    from_day, to_day = month.from_day, min(month.to_day, made.gaps.ends_early or month.to_day)
    sessions = figures_board.sessions(figures_board.meetings(from_day, to_day), made.made_at)
    visits = sum(day.visits or 0 for day in made.days if from_day <= day.day <= to_day)
    return Breakdown(visits, figures_days.by_reason(from_day, to_day), sessions.by_theme)


def compared(period: Period, *, until: date | None = None) -> Compared:
    """The figures of this period and of those it is measured against.

    As long as it is not over, its whole days are compared, up to and including yesterday: half a day
    beside a whole one would look like a fall.

    Args:
        period: which days.
        until: for others than the room. The figures themselves then go up to and including this day, should
            the period go on after it, and of a month, a quarter or a year whole months are compared: a total
            up to now, or of a part of a month that is over, gives away a day, which may be a small number.
    """
    with reading():
        today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
        last_day = today - timedelta(days=1)
        by_months = until is not None and period.unit in figures_period.CALENDAR
        if by_months:
            last_day = figures_period.month_of(today).former.to_day
        beside = period.beside(last_day)
        now = of(period, until if until and until < period.to_day else None)
        if beside is None:
            return Compared(now, None, None, None, by_months)
        part, before, earlier = beside
        former = of(before)
        return Compared(
            now,
            now if part == period else of(part),
            former,
            former if earlier == before else of(earlier),
            by_months,
        )


def of(period: Period, last_day: date | None = None) -> Figures:
    """The figures of this period, as far as it has gone, or up to and including an earlier day of it."""
    with reading():
        room, now = rooms.current(), clock.reliable_now()[0]
        here_since = _here_since(room)
        really_today = rooms.day_of(room, now)
        today = last_day or really_today
        from_day, to_day = period.from_day, min(period.to_day, today)
        shifts = duties.between(from_day, to_day) if from_day <= to_day else ()
        opened = figures_days.opened(room, shifts, now)
        days, tagged = (
            figures_days.of(from_day, to_day, shifts, opened, here_since)
            if from_day <= to_day
            else ((), False)
        )
        by_reason = figures_days.by_reason(from_day, to_day)
        sample = figures_sample.of(from_day, period.to_day, days, today)
        found = figures_board.meetings(from_day, to_day)
        sessions = figures_board.sessions(found, now)
        hours = figures_people.hours(shifts, now)
        over = [shift for shift in shifts if shift.planned and shift.state is not ShiftState.PLANNED]
        tallied = {day.day for day in days if day.earlier}
        costs = figures_costs.of(from_day, to_day, tallied, here_since)
        unknown = sum(shift.key.day in tallied for shift in over)
        why = figures_door.why_nothing(days)
        made: dict[Name, Figure] = {}
        if from_day <= to_day:
            made |= figures_door.at_the_door(days, tagged=tagged) | _of_sessions(sessions)
            made |= _of_sample(sample)
            made |= _of_headcounts(from_day, to_day)
            made |= _of_wishes(room, from_day, to_day)
            made |= _of_people(from_day, to_day, hours, why)
            made |= _of_costs(costs, made, sessions, hours)
        if to_day < here_since and not opened.by_day:  # nothing was kept but what was tallied then
            made = {
                name: figure
                for name, figure in made.items()
                if (tallied and name in _TALLIED) or figure.why is Why.NOT_FILLED_IN
            }
    figures = {name: made.get(name, Figure(name, None, Status.NOT_MEASURED)) for name in MEANINGS}
    gaps = Gaps(
        shifts_planned=len(over) - unknown,
        shifts_missing=sum(day.shifts_missing or 0 for day in days),
        shifts_unknown=unknown,
        sessions_unknown=sessions.unknown,
        duties_unconfirmed=hours.unconfirmed,
        duties_unopened=hours.unopened,
        sessions_unopened=sum(
            figures_days.nobody_opened(shifts, one.starts_at, one.ends_at) for one in found if one.held
        ),
        earlier_days=len(tallied),
        overruled_days=sum(day.overruled is not None for day in days),
        costs_over=_costs_over(costs, (to_day - from_day).days + 1),
        began_on=here_since if here_since > period.from_day else None,
        not_begun=really_today < period.from_day,
        ends_early=today if period.from_day <= today <= period.to_day else None,
    )
    return Figures(
        room, period, now, figures, days, opened.hours, gaps, by_reason, sessions, costs, sample, hours
    )


def _here_since(room: Room) -> date:
    """The room's first day."""
    return room.local(models.Room.select(models.Room.created_at).scalar()).date()


def _costs_over(costs: Costs, days: int) -> tuple[int | None, int | None, int | None] | None:
    """Over how many days the costs go, where these are not all of the period as far as it has gone."""
    visits, hours, participations = (
        share.days if 0 < share.days < days else None
        for share in (costs.by_visits, costs.by_hours, costs.by_participations)
    )
    return (
        (visits, hours, participations) if costs.filled_in and (visits or hours or participations) else None
    )


def _of_all(
    name: Name, value: float | None, n: int, *, out_of: int | None = None, unknown: int | None = None
) -> dict[Name, Figure]:
    """A share of so many; of none there is nothing to measure."""
    if not n:
        return figures_made.none(Why.NOTHING, name)
    return figures_made.figure(name, value, out_of=n if out_of is None else out_of, unknown=unknown)


def _middle(name: Name, of: tuple[float, ...]) -> dict[Name, Figure]:
    """The middle one of these; of none there is nothing to measure."""
    if not of:
        return figures_made.none(Why.NOTHING, name)
    return {name: Figure(name, half_up(median(of), 1), Status.COUNTED, out_of=len(of), middle_of=of)}


def _of_headcounts(from_day: date, to_day: date) -> dict[Name, Figure]:
    """Who was here when somebody counted them."""
    heads = [one.n for one in figures_days.headcounts(from_day, to_day)]
    if not heads:
        return {}
    return figures_made.figure(
        Name.PRESENT_AT_HEADCOUNTS, half_up(sum(heads) / len(heads), 1), out_of=len(heads)
    )


def _of_sample(sample: Sample) -> dict[Name, Figure]:
    """How many different people came in a sample week, where somebody asked."""
    return {
        name: Figure(name, value, Status.SAMPLE, out_of=sample.asked, unknown=sample.not_asked)
        for name, value in (
            (Name.UNIQUE_VISITORS_LOW, sample.at_least),
            (Name.UNIQUE_VISITORS_HIGH, sample.at_most),
        )
        if value is not None
    }


def _of_sessions(sessions: Sessions) -> dict[Name, Figure]:
    """What became of the sessions, and who led those that were held."""
    unknown = sessions.led_by[Lead.UNKNOWN]
    known = sessions.held - unknown
    theirs = sum(sessions.led_by[lead] for lead in figures_board.LED_BY_VOLUNTEERS)
    nobody_said = sessions.unknown and not sessions.held
    return (
        figures_made.figure(Name.ACTIVITIES, sessions.activities)
        | figures_made.figure(Name.SESSIONS_HELD, sessions.held)
        | figures_made.figure(Name.SESSIONS_CANCELLED, sessions.cancelled)
        | figures_made.figure(Name.SESSIONS_UNKNOWN, sessions.unknown)
        | figures_made.figure(Name.PARTICIPATIONS, None if nobody_said else sessions.participations)
        | _of_all(
            Name.VOLUNTEER_LED_SHARE,
            half_up(theirs / known, 4) if known else None,
            sessions.held,
            out_of=known,
            unknown=unknown,
        )
    )


def _of_wishes(room: Room, from_day: date, to_day: date) -> dict[Name, Figure]:
    """What became of the wishes, and of the questions to a professional."""
    wishes = figures_board.wishes(figures_board.fates(room, to_day), from_day, to_day)
    advice = figures_board.advice(figures_board.questions(room, from_day, to_day))
    return (
        figures_made.figure(Name.WISHES_VOICED, wishes.voiced)
        | figures_made.figure(Name.WISHES_FULFILLED, wishes.fulfilled)
        | figures_made.figure(Name.WISHES_NOT_FEASIBLE, wishes.not_feasible)
        | figures_made.figure(Name.WISHES_OPEN, wishes.open)
        | _middle(Name.DAYS_TO_FIRST_SESSION, wishes.took_days)
        | figures_made.figure(Name.ADVICE_ASKED, advice.asked)
        | figures_made.figure(Name.ADVICE_ANSWERED, advice.answered)
        | _middle(Name.HOURS_TO_ANSWER, advice.took_hours)
        | _of_all(
            Name.LEAD_STAYED_SHARE,
            half_up(advice.lead_stayed / advice.about_an_activity, 4) if advice.about_an_activity else None,
            advice.about_an_activity,
            unknown=advice.answered - advice.about_an_activity,
        )
    )


def _of_people(from_day: date, to_day: date, hours: Hours, why: Why | None) -> dict[Name, Figure]:
    """How many volunteers there are, and the hours they gave."""
    found = figures_made.figure(Name.VOLUNTEERS, figures_people.volunteers(from_day, to_day))
    if not hours.duties:
        return found | figures_made.none(why, Name.VOLUNTEER_HOURS)
    total = figures_days.hours(hours.confirmed + hours.as_planned)
    seen = not (hours.unconfirmed or hours.unopened)
    return found | figures_made.figure(
        Name.VOLUNTEER_HOURS, total, Status.COUNTED if seen else Status.ESTIMATED
    )


def _of_costs(
    costs: Costs, made: Mapping[Name, Figure], sessions: Sessions, hours: Hours
) -> dict[Name, Figure]:
    """What it costs, by what was counted; and what the volunteers' hours would cost."""
    found: dict[Name, Figure] = {}
    for name, by, share in (
        (Name.COST_PER_VISIT, Name.VISITS, costs.by_visits),
        (Name.COST_PER_OPEN_HOUR, Name.OPEN_HOURS, costs.by_hours),
        (Name.COST_PER_PARTICIPATION, Name.PARTICIPATIONS, costs.by_participations),
    ):
        n = made.get(by)
        if not costs.filled_in:
            found |= figures_made.none(Why.NOT_FILLED_IN, name)
        elif n is None or n.value is None or share.euros is None:
            found |= figures_made.none(n.why if n else None, name)
        elif not n.value:
            found |= figures_made.none(Why.BY_ZERO, name)
        else:
            counted = share.whole_years and n.status is Status.COUNTED
            status = Status.COUNTED if counted else Status.ESTIMATED
            found |= figures_made.figure(name, half_up(share.euros / n.value, 2), status)
    values = Name.REPLACEMENT_VALUE_LOW, Name.REPLACEMENT_VALUE_HIGH
    if costs.rate is None:
        why = Why.SEVERAL_RATES if costs.several_rates else Why.NOT_FILLED_IN
        return found | figures_made.none(why, *values)
    if not hours.duties:
        return found | figures_made.none(made[Name.VOLUNTEER_HOURS].why, *values)
    least, most = hours.confirmed, hours.confirmed + hours.as_planned + sessions.led_by_volunteers
    for name, lasted in zip(values, (least, most), strict=True):
        value = half_up(lasted / timedelta(hours=1) * costs.rate.cents / 100, 2)
        found |= figures_made.figure(name, value, Status.ESTIMATED)
    return found


_TALLIED = (Name.VISITS, Name.DAYS_OPEN, Name.VISITS_PER_DAY_OPEN, Name.COST_PER_VISIT)
"""What is known of a day that was tallied before there was a door ledger."""
