"""The roster: putting somebody on it, standing in, swapping and being absent."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from peewee import fn

from db import clock, duties, people
from db import room as rooms
from db.connection import writing
from db.duties import OnDuty, Shift, one
from db.errors import N_, NotPossible
from db.moments import to_text
from db.people import Somebody
from db.room import Period, Room
from db.shift_models import Duty, Setting
from db.shifts import ShiftKey
from db.states import ShiftState

LONGEST = timedelta(hours=16)
"""A longer duty is a typing mistake."""

A_DAY = timedelta(hours=24)

MOST_NEEDED = 20

IN_A_WHILE = timedelta(minutes=30)
"""When somebody comes who comes later, unless they say it."""

Stretch = tuple[datetime, datetime]
"""From when until when."""


def plan(person: int, day: date, begins: time | None = None, ends: time | None = None) -> int:
    """Put somebody on the roster of a day; the duty's number.

    Args:
        person: their number.
        day: the room's day.
        begins: local; without both the shift of that day, when it has just one.
        ends: local; at or before the beginning it is after midnight.

    Raises:
        NotPossible: they cannot be on duty then; nothing has changed.
    """
    with writing():
        from_at, until_at = stretch(day, begins, ends)
        return _put(people.one(person), day, from_at, until_at)


def came(person: int, *, trainee: bool = False, at: datetime | None = None) -> int:
    """Somebody is on duty now who was not on the roster; the duty's number.

    Args:
        person: their number.
        trainee: they learn how it goes, and are one more.
        at: since when; now without it.

    Raises:
        NotPossible: they are on duty already, or do not come in here any more.
    """
    with writing():
        room, now = rooms.current(), clock.reliable_now()[0]
        begins = at or now
        who = people.one(person)
        assert_active(who)
        _assert_free(who, begins, begins + timedelta(minutes=1))
        return insert(person, rooms.day_of(room, begins), None, None, from_at=begins, trainee=trainee)


def here(key: ShiftKey) -> int:
    """Who is on the roster of this shift and should be here by now is here, as planned: how many that are."""
    with writing():
        shift, now = duties.of_shift(key), clock.reliable_now()[0]
        waiting = [duty for duty in shift.duties if is_expected(shift, duty, now)]
        for duty in waiting:
            change(duty.id, from_at=duty.planned_from)
        return len(waiting)


def arrived(duty: int) -> None:
    """Somebody who would come later is here now.

    Raises:
        NotPossible: there is no such duty, or they do not come.
    """
    with writing():
        known = one(duty)
        if known.absent:
            raise NotPossible(N_("{name} does not come."), name=known.name)
        if known.from_at is None:
            change(duty, from_at=clock.reliable_now()[0])


def is_expected(shift: Shift, duty: OnDuty, now: datetime) -> bool:
    """Whether somebody should be here by now, and nobody said yet that they are.

    Who is on from the beginning of the shift is expected when it begins early.
    """
    if duty.absent or duty.confirmed or duty.from_at is not None or duty.planned_from is None:
        return False
    return duty.planned_from <= max(now, shift.starts_at)


def comes_later(shift: Shift, duty: OnDuty, now: datetime) -> bool:
    """Whether somebody is not here yet, and need not be."""
    return not (duty.absent or duty.confirmed) and duty.from_at is None and not is_expected(shift, duty, now)


def absent(duty: int) -> None:
    """Somebody does not come; the shift has a gap until somebody stands in.

    Raises:
        NotPossible: there is no such duty, or they were there.
    """
    with writing():
        known = one(duty)
        if known.confirmed:
            raise NotPossible(N_("{name} was there: those hours are confirmed already."), name=known.name)
        if known.planned_from is None:  # since when they were here is all that is known of them
            change(duty, absent=True)
        else:
            change(duty, absent=True, from_at=None, until_at=None)


def present_after_all(duty: int) -> None:
    """Somebody comes after all.

    Raises:
        NotPossible: there is no such duty, they are on duty elsewhere by now, or who they stood in for comes.
    """
    with writing():
        known = one(duty)
        if known.absent:
            if known.planned_from and known.planned_until:
                _assert_free(people.one(known.person), known.planned_from, known.planned_until)
                _assert_nobody_stands_in(known, known.planned_from, known.planned_until)
                _assert_stands_in(known, known.planned_from, known.planned_until)
            change(duty, absent=False)


def stand_in(duty: int, person: int, begins: time | None = None, ends: time | None = None) -> int:
    """Somebody else does this duty, or the rest of it; the number of theirs.

    Who was here already was so until then.

    Args:
        duty: of who does not come, or leaves.
        person: who does.
        begins: local; as planned without it.
        ends: local; as planned without it.

    Raises:
        NotPossible: there is no such duty, or they cannot, or somebody stands in already.
    """
    with writing():
        known = one(duty)
        planned_from, planned_until = on_the_roster(known)
        if person == known.person:
            raise NotPossible(N_("{name} is who does not come: choose somebody else."), name=known.name)
        room = rooms.current()
        at = planned_from if begins is None else rooms.moment_of(room, known.day, begins)
        until = planned_until if ends is None else rooms.first_after(room, at, ends)
        _assert_nobody_stands_in(known, at, until)
        if known.from_at is not None and known.from_at < at and not known.confirmed:
            change(duty, until_at=at)
        else:
            absent(duty)
        theirs = _put(people.one(person), known.day, at, until)
        Duty.update(stands_in_for=duty).where(Duty.id == theirs).execute()
        return theirs


def swap(duty: int, other: int) -> None:
    """Two people do each other's duty.

    Raises:
        NotPossible: one of them cannot, or one duty is over; nothing has changed.
    """
    with writing():
        one_, other_ = one(duty), one(other)
        if one_.person == other_.person:
            raise NotPossible(N_("Both are {name}'s: choose somebody else to swap with."), name=one_.name)
        for known in (one_, other_):
            if known.confirmed or known.from_at or known.absent or known.planned_from is None:
                raise NotPossible(N_("Only what is still to come can be swapped."))
        pairs = ((one_, people.one(other_.person)), (other_, people.one(one_.person)))
        for known, person in pairs:
            assert_active(person)
            assert known.planned_from is not None
            assert known.planned_until is not None
            _assert_free(person, known.planned_from, known.planned_until, but=(duty, other))
        for known, person in pairs:
            change(known.id, person=person.id, pattern=None)


def move(duty: int, begins: time, ends: time) -> None:
    """A duty is at other times of its day: who comes later is not here yet.

    Raises:
        NotPossible: there is no such duty, it is over, or that cannot be.
    """
    with writing():
        known = one(duty)
        assert_can_move(known)
        at, until = stretch(known.day, begins, ends)
        assert_can(people.one(known.person), known.day, at, until, but=(duty,))
        _assert_nobody_stands_in(known, at, until)
        _assert_stands_in(known, at, until)
        change(duty, planned_from=at, planned_until=until, from_at=None, until_at=None, absent=False)


def assert_can_move(known: OnDuty) -> None:
    """Refuse who cannot come later.

    Raises:
        NotPossible: their hours are confirmed, or they came without being on the roster.
    """
    if known.planned_from is None:
        raise NotPossible(N_("{name} was not on the roster, and is here."), name=known.name)
    if known.confirmed:
        raise NotPossible(N_("Only what is still to come can be moved."))


def on_the_roster(known: OnDuty) -> Stretch:
    """From when until when somebody should be on duty, so that another can stand in.

    Raises:
        NotPossible: they were not on the roster.
    """
    if known.planned_from is None or known.planned_until is None:
        raise NotPossible(N_("{name} was not on the roster: nobody can stand in."), name=known.name)
    return known.planned_from, known.planned_until


def likely_later(duty: OnDuty, now: datetime) -> Stretch:
    """When somebody likely comes who is on the roster: as planned, or else in half an hour."""
    begins, ends = duty.planned_from or now, duty.planned_until or now
    in_a_while = _rounded(now + IN_A_WHILE, timedelta(minutes=15))
    return (in_a_while if begins <= now < in_a_while < ends else begins), ends


def likely_stretch(shift: Shift, instead_of: OnDuty | None, now: datetime) -> Stretch:
    """From when until when somebody likely comes on a shift, or in the place of somebody.

    As that was planned; of what is going on now, the rest.
    """
    begins, ends = shift.starts_at, shift.ends_at
    if instead_of is not None:
        begins, ends = instead_of.planned_from or begins, instead_of.planned_until or ends
    if begins < now < ends and shift.state in (ShiftState.PLANNED, ShiftState.OPEN):
        begins = max(begins, _rounded(now, timedelta(minutes=5)))
    return begins, ends


def _rounded(moment: datetime, to: timedelta) -> datetime:
    """The last moment of this measure on the clock."""
    return moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % to


def learns(duty: int, learning: bool = True) -> None:
    """Somebody on duty is a trainee, one more than is needed; or not any longer.

    Raises:
        NotPossible: there is no such duty.
    """
    with writing():
        one(duty)
        change(duty, trainee=learning)


def take_off(duty: int) -> None:
    """Nobody need do this duty; it goes from the roster.

    Raises:
        NotPossible: there is no such duty, or it was done.
    """
    with writing():
        known = one(duty)
        if known.confirmed:
            raise NotPossible(N_("{name} was there: those hours are confirmed already."), name=known.name)
        if known.from_at and not known.absent:
            raise NotPossible(
                N_("{name} is here, as somebody said. Say first that they are absent."), name=known.name
            )
        Duty.update(stands_in_for=None).where(Duty.stands_in_for == duty).execute()
        Duty.delete().where(Duty.id == duty).execute()


def need_hosts(n: int) -> None:
    """A shift needs so many hosts.

    Raises:
        NotPossible: no such number.
    """
    if not 1 <= n <= MOST_NEEDED:
        raise NotPossible(N_("A shift needs between 1 and {most} hosts, not {n}."), most=MOST_NEEDED, n=n)
    with writing():
        Setting.replace(name=duties.SETTING, number=n).execute()


def stretch(day: date, begins: time | None, ends: time | None, *, shut: bool = False) -> Stretch:
    """From when until when, of a day; without times the only shift of that day.

    Args:
        day: the room's day.
        begins: local.
        ends: local.
        shut: it is the first day of a pattern, on which the room may be shut, or open at other hours: the
            week's own are what counts.
    """
    room = rooms.current()
    planned = rooms.usual_periods(room, day) if shut else rooms.periods(room, day)
    if not planned and not shut:
        raise NotPossible(N_("The room is shut on {day}."), day=day)
    if (begins is None or ends is None) and not planned:
        raise NotPossible(N_("Say from when until when: on {day} the room is usually shut."), day=day)
    if (begins is None or ends is None) and len(planned) != 1:
        raise NotPossible(N_("Say from when until when: {day} has {n} shifts."), day=day, n=len(planned))
    from_at = planned[0].opens_at if begins is None else rooms.moment_of(room, day, begins)
    until_at = planned[0].closes_at if ends is None else rooms.first_after(room, from_at, ends)
    _assert_within_reach(room, day, planned, from_at, until_at)
    return from_at, until_at


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


def _put(who: Somebody, day: date, from_at: datetime, until_at: datetime) -> int:
    assert_can(who, day, from_at, until_at)
    return insert(who.id, day, from_at, until_at)


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
    _assert_free(who, from_at, until_at, but=but)
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


def _assert_free(who: Somebody, from_at: datetime, until_at: datetime, *, but: Iterable[int] = ()) -> None:
    if then := on_duty_then(who.id, from_at, until_at, but):
        room = rooms.current()
        begins, ends = then[0].begins, then[0].ends
        raise NotPossible(
            N_("{name} is on duty then already, on {day} from {begins} to {ends}."),
            name=who.name,
            day=then[0].day,
            begins=f"{room.local(begins):%H:%M}" if begins else "?",
            ends=f"{room.local(ends):%H:%M}" if ends else "?",
        )


def _assert_nobody_stands_in(known: OnDuty, from_at: datetime, until_at: datetime) -> None:
    """Refuse who comes in the place of somebody, beside who does so already."""
    for other in duties.of((Duty.stands_in_for == known.id) & ~Duty.absent):
        if _is_there(other, from_at, until_at):
            raise NotPossible(
                N_("{other} stands in for {name} already. Say first that {other} does not come."),
                other=other.name,
                name=known.name,
            )


def _assert_stands_in(known: OnDuty, from_at: datetime, until_at: datetime) -> None:
    """Refuse who stands in for somebody that does this duty after all."""
    instead_of = Duty.select(Duty.stands_in_for).where(Duty.id == known.id)
    for other in duties.of(Duty.id.in_(instead_of) & ~Duty.absent):
        if _is_there(other, from_at, until_at):
            raise NotPossible(
                N_("{other} comes after all, so {name} need not. Say first that {other} does not come."),
                other=other.name,
                name=known.name,
            )


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


def insert(
    person: int,
    day: date,
    planned_from: datetime | None,
    planned_until: datetime | None,
    *,
    pattern: int | None = None,
    from_at: datetime | None = None,
    trainee: bool = False,
) -> int:
    """Add a duty that can be; its number. Whoever calls this is writing already."""
    return int(
        Duty.insert(
            day=day,
            person=person,
            pattern=pattern,
            planned_from=planned_from,
            planned_until=planned_until,
            from_at=from_at,
            confirmed=False,
            absent=False,
            trainee=trainee,
            revision=0,
            changed_at=clock.reliable_now()[0],
        ).execute()
    )


def change(duty: int, **values: Any) -> None:
    """Something of a duty is otherwise now. Whoever calls this is writing already."""
    changed = {"revision": Duty.revision + 1, "changed_at": clock.reliable_now()[0], **values}
    Duty.update(**changed).where(Duty.id == duty).execute()


def _as_hours(lasts: timedelta) -> str:
    return f"{lasts / timedelta(hours=1):g}"
