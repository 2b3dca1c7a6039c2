"""Opening hours that change: a day that is shut or open at other hours, a weekday from a day on.

Who was on the roster of such a day is on it within the new hours; and not any more when it is shut. Who said
that they do not come stays absent, whatever the hours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db import clock, duties, hours, models, pattern, sessions, shifts
from db import room as rooms
from db.connection import reading, rows, writing
from db.duties import OnDuty
from db.duty_rules import Stretch
from db.errors import N_, NotPossible
from db.room import Hours, Period, Room
from db.sessions import Meeting
from db.shift_models import Duty, Pattern
from db.states import SessionState

Wanted = tuple[OnDuty, Stretch]
"""A duty, and when it would be if its day went as usual."""


@dataclass(frozen=True)
class _DayBefore:
    """The roster of a day before its hours change."""

    usual: tuple[Period, ...]
    """Its hours as the week said."""
    wanted: tuple[Wanted, ...]
    left_out: frozenset[int]
    """The places in the weekly pattern that did not fit its hours."""


@dataclass(frozen=True)
class OtherDay:
    """A day that goes otherwise than the week says."""

    day: date
    periods: tuple[Period, ...]
    """When it is open; none when it is shut."""
    reason: str


@dataclass(frozen=True)
class Changed:
    """What another opening time brought along."""

    room: Room
    moved: tuple[OnDuty, ...]
    """On the roster at other times now."""
    off: tuple[OnDuty, ...]
    """Not on the roster any more: somebody tells them."""
    planned: tuple[OnDuty, ...]
    """On the roster by the weekly pattern on days that are open now; who was taken off before is again."""
    sessions: tuple[Meeting, ...]
    """Planned when the room is shut; they stay as they are."""


def change_day(day: date, written: str, reason: str = "") -> Changed:
    """On this day the room is open at other hours, or shut.

    Args:
        day: the room's day.
        written: its hours as `hours.parse` reads them; nothing is shut.
        reason: why, as it stands on the poster.

    Raises:
        NotPossible: the hours cannot be read, or the room was opened on that day already.
    """
    stretches = hours.parse(written, day.isoweekday())
    with writing():
        _assert_not_opened(day)
        before = _before([day])
        if stretches:
            rooms.open_otherwise(day, stretches, reason)
        else:
            rooms.close_day(day, reason)
        return _brought_along(before)


def as_usual(day: date) -> Changed:
    """On this day the room is open as the week says, after all.

    Raises:
        NotPossible: nothing else was said of that day, or the room was opened on it already.
    """
    with writing():
        if day not in rooms.closed_days(day, day) | rooms.other_days(day, day):
            raise NotPossible(N_("{day} goes as usual already."), day=day)
        _assert_not_opened(day)
        before = _before([day])
        rooms.open_as_usual(day)
        return _brought_along(before)


def change_week(weekday: int, written: str, from_day: date | None = None) -> Changed:
    """From a day on the room is open at other hours on this weekday, or shut; what was before stays known.

    Args:
        weekday: 1 is Monday.
        written: its hours as `hours.parse` reads them; nothing is shut.
        from_day: the first day; today without it.

    Raises:
        NotPossible: the hours cannot be, that day is past, or the room was opened on it already.
    """
    stretches = hours.parse(written, weekday)
    with writing():
        today = _today()
        first = today if from_day is None else from_day
        if first < today:
            raise NotPossible(N_("{day} is past; hours change from a day to come on."), day=first)
        if first.isoweekday() == weekday:
            _assert_not_opened(first)
        until = today + pattern.AHEAD
        days = (first + timedelta(days=n) for n in range((until - first).days + 1))
        before = _before(day for day in days if day.isoweekday() == weekday)
        soonest = first + timedelta(days=(weekday - first.isoweekday()) % 7)
        usual = rooms.usual_periods(rooms.current(), soonest)
        for since in (first, *_weeks_after(first)):
            others = (one for one in rooms.week_of(since) if one.weekday != weekday)
            rooms.change_hours([*others, *stretches], since)
        pattern.go_along(first, soonest, usual)
        return _brought_along(before)


def coming() -> tuple[OtherDay, ...]:
    """Today and the days to come that go otherwise than the week says, in their order."""
    with reading():
        room, today = rooms.current(), _today()
        otherwise = rooms.closed_days(today, date.max) | rooms.other_days(today, date.max)
        return tuple(
            OtherDay(day, rooms.periods(room, day), reason) for day, reason in sorted(otherwise.items())
        )


def week() -> tuple[Hours, ...]:
    """The week as it is now."""
    with reading():
        return rooms.week_of(_today())


def _weeks_after(first: date) -> tuple[date, ...]:
    """From when other weeks hold that somebody planned for later: they change along."""
    later = models.OpeningHours.select(models.OpeningHours.from_day).distinct()
    return tuple(day for (day,) in rows(later.where(models.OpeningHours.from_day > first)))


def _assert_not_opened(day: date) -> None:
    """Refuse to change the plan under a shift that goes on or was held: it is known by its planned end."""
    if shifts.opened_on(day):
        raise NotPossible(N_("The room was opened on {day} already; its hours stay as they are."), day=day)


def _brought_along(before: Mapping[date, _DayBefore]) -> Changed:
    """Have the roster of these days agree with their hours."""
    room = rooms.current()
    moved: list[OnDuty] = []
    off: list[OnDuty] = []
    shut: list[Meeting] = []
    planned: list[OnDuty] = []
    for day, was in before.items():
        open_then = rooms.periods(room, day)
        for duty, stretch in was.wanted:
            fits = pattern.within(open_then, was.usual, stretch)
            if fits is None and duty.absent:
                continue
            if fits is None:
                off.append(duty)
                Duty.update(stands_in_for=None).where(Duty.stands_in_for == duty.id).execute()
                Duty.delete().where(Duty.id == duty.id).execute()
            elif fits != (duty.planned_from, duty.planned_until):
                changed = {"revision": Duty.revision + 1, "changed_at": clock.reliable_now()[0]}
                Duty.update(planned_from=fits[0], planned_until=fits[1], **changed).where(
                    Duty.id == duty.id
                ).execute()
                moved.append(duties.one(duty.id))
        planned += [duties.one(made) for made in pattern.plan_day(day, was.left_out)]
        shut += [one for one in sessions.between(day, day) if _is_shut_out(one, open_then)]
    return Changed(room, tuple(moved), tuple(off), tuple(planned), tuple(shut))


def _before(days: Iterable[date]) -> dict[date, _DayBefore]:
    """The roster of these days, before their hours change."""
    room = rooms.current()
    return {
        day: _DayBefore(rooms.usual_periods(room, day), tuple(_wanted_on(room, day)), pattern.shut_out(day))
        for day in days
    }


def _wanted_on(room: Room, day: date) -> Iterable[Wanted]:
    """The duties of a day that nobody began yet: only one that is as the pattern has it follows the pattern.

    What somebody said of another stays so. One that shorter hours cut stays cut when they get longer again:
    who was told until when they are on duty is not on duty for longer unasked.
    """
    still = (Duty.day == day) & Duty.planned_from.is_null(False) & Duty.from_at.is_null() & ~Duty.confirmed
    weekly = {
        id_: pattern.stretch_of(room, day, begins, ends)
        for id_, begins, ends in rows(
            Duty.select(Duty.id, Pattern.begins, Pattern.ends).join(Pattern).where(still)
        )
    }
    for duty in duties.of(still):
        assert duty.planned_from is not None
        assert duty.planned_until is not None
        planned, usual = (duty.planned_from, duty.planned_until), weekly.get(duty.id)
        if usual is None or pattern.fitted(room, day, usual) != planned:
            usual = planned
        yield duty, usual


def _is_shut_out(session: Meeting, open_then: tuple[Period, ...]) -> bool:
    """Whether a session is planned when the room is not open."""
    return session.state is SessionState.PLANNED and not any(
        period.opens_at <= session.starts_at and session.ends_at <= period.closes_at for period in open_then
    )


def _today() -> date:
    return rooms.day_of(rooms.current(), clock.reliable_now()[0])
