"""The roster: putting somebody on it, standing in, swapping and being absent."""

from datetime import date, datetime, time, timedelta
from typing import Any

from db import clock, duties, duty_rules, people
from db import room as rooms
from db.connection import writing
from db.duties import OnDuty, Shift, one
from db.duty_rules import Stretch
from db.errors import N_, NotPossible
from db.people import Somebody
from db.shift_models import Duty, Setting
from db.shifts import ShiftKey
from db.states import ShiftState

MOST_NEEDED = 20

IN_A_WHILE = timedelta(minutes=30)
"""When somebody comes who comes later, unless they say it."""


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
        from_at, until_at = duty_rules.stretch(day, begins, ends)
        return _put(people.one(person), day, from_at, until_at)


def came(person: int, *, trainee: bool = False, at: datetime | None = None) -> int:
    """Somebody is on duty now who was not on the roster; the duty's number.

    Args:
        person: their number.
        trainee: they learn how it goes, and are one more.
        at: since when; now without it.

    Raises:
        NotPossible: they are on duty already, or do not come in here any more, or the room is shut.
    """
    with writing():
        room, now = rooms.current(), clock.moment_kept()
        begins = at or now
        who = people.one(person)
        duty_rules.assert_active(who)
        duty_rules.assert_not_shut(rooms.day_of(room, begins))
        duty_rules.assert_not_afterwards(begins)
        duty_rules.assert_free(who, begins, begins + timedelta(minutes=1))
        return insert(person, rooms.day_of(room, begins), None, None, from_at=begins, trainee=trainee)


def here(key: ShiftKey) -> int:
    """Who is on the roster of this shift and should be here by now is here, as planned: how many that are."""
    with writing():
        shift, now = duties.of_shift(key), clock.reliable_now()[0]
        waiting = [duty for duty in shift.team if is_expected(shift, duty, now)]
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
            change(duty, from_at=clock.moment_kept())


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
            duty_rules.assert_not_afterwards(known.begins or known.changed_at)
            if known.planned_from and known.planned_until:
                duty_rules.assert_free(people.one(known.person), known.planned_from, known.planned_until)
                duty_rules.assert_nobody_else_does(known, known.planned_from, known.planned_until)
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
        duty_rules.assert_nobody_else_does(known, at, until)
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
            assert_can_swap(known)
            duty_rules.assert_leaves_a_trace(known)
        pairs = ((one_, people.one(other_.person)), (other_, people.one(one_.person)))
        for known, person in pairs:
            duty_rules.assert_active(person)
            assert known.planned_from is not None
            assert known.planned_until is not None
            duty_rules.assert_free(person, known.planned_from, known.planned_until, but=(duty, other))
        for known, person in pairs:
            change(known.id, person=person.id, pattern=None)


def assert_can_swap(known: OnDuty) -> None:
    """Refuse who cannot swap a duty with anybody.

    Raises:
        NotPossible: it has begun, they are absent, or they were not on the roster.
    """
    if known.confirmed or known.from_at or known.absent or known.planned_from is None:
        raise NotPossible(N_("Only what is still to come can be swapped."))


def move(duty: int, begins: time, ends: time) -> None:
    """A duty is at other times of its day: who comes later is not here yet.

    Raises:
        NotPossible: there is no such duty, it is over, or that cannot be.
    """
    with writing():
        known = one(duty)
        assert_can_move(known)
        at, until = duty_rules.stretch(known.day, begins, ends)
        duty_rules.assert_not_afterwards(at)
        duty_rules.assert_can(people.one(known.person), known.day, at, until, but=(duty,))
        duty_rules.assert_nobody_else_does(known, at, until)
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
        duty_rules.assert_leaves_a_trace(known)
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


def _put(who: Somebody, day: date, from_at: datetime, until_at: datetime) -> int:
    duty_rules.assert_can(who, day, from_at, until_at)
    duty_rules.assert_not_afterwards(from_at)
    return insert(who.id, day, from_at, until_at)


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
            changed_at=clock.moment_kept() if from_at else clock.reliable_now()[0],
        ).execute()
    )


def change(duty: int, **values: Any) -> None:
    """Something of a duty is otherwise now. Whoever calls this is writing already."""
    changed = {"revision": Duty.revision + 1, "changed_at": clock.moment_kept(), **values}
    Duty.update(**changed).where(Duty.id == duty).execute()
