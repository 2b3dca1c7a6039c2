"""What a duty must be: of a day's hours, not too long, nobody twice at once, one who stands in."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from peewee import fn

from db import clock, duties, roles, shifts
from db import room as rooms
from db.duties import OnDuty
from db.errors import N_, NotPossible
from db.moments import to_text
from db.people import Somebody
from db.room import Period, Room
from db.shift_models import Duty

LONGEST = timedelta(hours=16)
"""A longer duty is a typing mistake."""

A_DAY = timedelta(hours=24)

Stretch = tuple[datetime, datetime]
"""From when until when."""


def stretch(day: date, begins: time | None, ends: time | None, *, shut: bool = False) -> Stretch:
    """From when until when, of a day that is planned or opened; without times its only planned shift.

    Args:
        day: the room's day.
        begins: local.
        ends: local.
        shut: it is the first day of a pattern, on which the room may be shut, or open at other hours: the
            week's own are what counts.
    """
    room = rooms.current()
    planned = rooms.usual_periods(room, day) if shut else rooms.periods(room, day)
    if not shut:
        assert_not_shut(day)
    if (begins is None or ends is None) and not planned:
        raise NotPossible(N_("Say from when until when: on {day} the room is usually shut."), day=day)
    if (begins is None or ends is None) and len(planned) != 1:
        raise NotPossible(N_("Say from when until when: {day} has {n} shifts."), day=day, n=len(planned))
    from_at = planned[0].opens_at if begins is None else rooms.moment_of(room, day, begins)
    until_at = planned[0].closes_at if ends is None else rooms.first_after(room, from_at, ends)
    _assert_within_reach(room, day, planned, from_at, until_at)
    return from_at, until_at


def assert_not_shut(day: date) -> None:
    """Refuse a day that is neither planned nor opened: who is on duty then stands on no shift.

    Raises:
        NotPossible: it is.
    """
    if not rooms.periods(rooms.current(), day) and not shifts.opened_on(day):
        raise NotPossible(N_("The room is shut on {day}."), day=day)


def meets(planned: tuple[Period, ...], from_at: datetime, until_at: datetime) -> bool:
    """Whether a duty is of a day's hours: who prepares or clears away meets them, and may be there longer."""
    return from_at <= planned[-1].closes_at and planned[0].opens_at <= until_at


def _assert_within_reach(
    room: Room, day: date, planned: tuple[Period, ...], from_at: datetime, until_at: datetime
) -> None:
    if planned and not meets(planned, from_at, until_at):
        hours = planned[0].opens_at, planned[-1].closes_at, from_at, until_at
        opens, closes, begins, ends = (f"{room.local(at):%H:%M}" for at in hours)
        raise NotPossible(
            N_(
                "{begins} to {ends} is outside the hours: on {day} the room is open from {opens} to {closes}."
            ),
            begins=begins,
            ends=ends,
            day=day,
            opens=opens,
            closes=closes,
        )


def assert_can(
    who: Somebody,
    day: date,
    from_at: datetime,
    until_at: datetime,
    *,
    but: Iterable[int] = (),
    active: bool = True,
) -> None:
    """Refuse what cannot be: the wrong way round, too long, twice at once, more than a day in a day.

    Raises:
        NotPossible: it cannot.
    """
    if active:
        assert_active(who)
    assert_lasts(from_at, until_at)
    assert_free(who, from_at, until_at, but=but)
    others = duties.of((Duty.person == who.id) & (Duty.day == day) & ~Duty.absent & Duty.id.not_in(list(but)))
    total = sum((duty.lasts for duty in others), until_at - from_at)
    if total > A_DAY:
        raise NotPossible(
            N_("That makes {hours} hours on {day} for {name}; a day has no more than 24."),
            hours=_as_hours(total),
            day=day,
            name=who.name,
        )


def assert_lasts(from_at: datetime, until_at: datetime) -> None:
    """Refuse a duty that is the wrong way round or too long.

    Raises:
        NotPossible: it is.
    """
    if until_at <= from_at:
        raise NotPossible(N_("It ends before it starts."))
    if until_at - from_at > LONGEST:
        room = rooms.current()
        begins, ends = room.local(from_at), room.local(until_at)
        raise NotPossible(
            N_("{begins} to {ends} on {day} is {hours} hours; {most} is the most. Look at the times again."),
            begins=f"{begins:%H:%M}",
            ends=f"{ends:%H:%M}",
            day=ends.date(),
            hours=_as_hours(until_at - from_at),
            most=_as_hours(LONGEST),
        )


def assert_active(who: Somebody) -> None:
    """Refuse who ended.

    Raises:
        NotPossible: they did.
    """
    if not who.active:
        raise NotPossible(N_("{name} ended already."), name=who.name)


def assert_free(who: Somebody, from_at: datetime, until_at: datetime, *, but: Iterable[int] = ()) -> None:
    """Refuse who is on duty then already.

    Raises:
        NotPossible: they are.
    """
    if then := on_duty_then(who.id, from_at, until_at, but):
        room = rooms.current()
        begins, ends = then[0].begins, then[0].ends
        said = N_("{name} is on duty then already, on {day} from {begins} to {ends}.")
        if ends is None:
            said = N_("{name} is on duty then already, on {day} from {begins} on.")
        raise NotPossible(
            said,
            name=who.name,
            day=then[0].day,
            begins=f"{room.local(begins):%H:%M}" if begins else "?",
            ends=f"{room.local(ends):%H:%M}" if ends else "",
        )


def assert_not_afterwards(begins: datetime) -> None:
    """Refuse who says from elsewhere who was on a shift that is over: they would read of an incident there.

    At the desk everybody sees it, and the coordinator reads it anyway. The caller is reading or writing.

    Args:
        begins: when the duty begins.

    Raises:
        NotPossible: that shift is over.
    """
    if roles.asking() is None:
        return
    if shifts.at(rooms.current(), begins).ends <= clock.reliable_now()[0]:
        raise NotPossible(N_("That shift is over. Who was there is said at the desk, or by the coordinator."))


def assert_of_the_same_shifts(known: OnDuty, begins: datetime, ends: datetime) -> None:
    """Refuse who says from elsewhere that a duty reached into another shift than it did as it stands.

    Raises:
        NotPossible: it would.
    """
    room = rooms.current()
    if known.absent or shifts.at(room, begins) < shifts.at(room, known.begins or begins):
        assert_not_afterwards(begins)
    if shifts.at(room, ends) > shifts.at(room, known.ends or begins):
        assert_not_afterwards(begins)


def assert_leaves_a_trace(known: OnDuty) -> None:
    """Refuse who has somebody disappear, from elsewhere, from a shift of which they may have read.

    Raises:
        NotPossible: it is a duty of today, or of a day that is past.
    """
    if roles.asking() is None:
        return
    if known.day <= rooms.day_of(rooms.current(), clock.reliable_now()[0]):
        raise NotPossible(
            N_(
                "From elsewhere only days to come go so. Say that {name} does not come, or do it at the desk."
            ),
            name=known.name,
        )


def assert_nobody_else_does(known: OnDuty, from_at: datetime, until_at: datetime) -> None:
    """Refuse that a duty is done twice: by who was to do it, and by who stands in for them.

    Raises:
        NotPossible: at this time somebody comes in their place, or the one comes in whose place they would.
    """
    instead_of = Duty.select(Duty.stands_in_for).where(Duty.id == known.id)
    for others, said in (
        (
            Duty.stands_in_for == known.id,
            N_("{other} stands in for {name} already. Say first that {other} does not come."),
        ),
        (
            Duty.id.in_(instead_of),
            N_("{other} comes after all, so {name} need not. Say first that {other} does not come."),
        ),
    ):
        for other in duties.of(others & ~Duty.absent):
            if _is_there(other, from_at, until_at):
                raise NotPossible(said, other=other.name, name=known.name)


def _is_there(other: OnDuty, from_at: datetime, until_at: datetime) -> bool:
    """Whether somebody who is not absent is on duty in this time, or when is not known."""
    return other.begins is None or (other.begins < until_at and from_at < (other.ends or until_at))


def on_duty_then(person: int, from_at: datetime, until_at: datetime, but: Iterable[int] = ()) -> list[OnDuty]:
    """What somebody does already in this time; whoever calls this is reading already.

    Who came and of whom nobody said when they left was here for `LONGEST` at most.
    """
    begins = fn.COALESCE(Duty.from_at, Duty.planned_from)
    at_most = fn.strftime("%Y-%m-%d %H:%M:%f", begins, f"+{LONGEST // timedelta(hours=1)} hours")
    ends = fn.COALESCE(Duty.until_at, Duty.planned_until, at_most)
    near = (from_at - timedelta(days=2)).date(), (until_at + timedelta(days=2)).date()
    return duties.of(
        (Duty.person == person)
        & Duty.day.between(*near)
        & ~Duty.absent
        & (begins < to_text(until_at))
        & (ends > to_text(from_at))
        & Duty.id.not_in(list(but))
    )


def _as_hours(lasts: timedelta) -> float:
    hours = round(lasts / timedelta(hours=1), 2)
    return int(hours) if hours.is_integer() else hours
