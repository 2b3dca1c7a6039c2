"""The hours that somebody really gave: as they stand, confirmed, and when a shift closes or goes on."""

from dataclasses import replace
from datetime import datetime, timedelta

from db import clock, duties, duty_rules, people, roster
from db.connection import reading, writing
from db.duties import OnDuty, Shift, one
from db.errors import N_, NotPossible
from db.shift_models import Duty
from db.shifts import ShiftKey
from db.states import ShiftState

LEAVES_LATE = timedelta(hours=2)
"""So long before it is over somebody can say until when they are on duty."""

LAST_TO_LEAVE = timedelta(minutes=15)
"""Who was here until so long before a shift was closed, was here until it closed."""


def confirm(duty: int, from_at: datetime | None = None, until_at: datetime | None = None) -> OnDuty:
    """It really was so: from when until when somebody was on duty.

    Args:
        duty: its number.
        from_at: when they began; as it stands without it.
        until_at: when they left; as it stands without it (see `as_they_stand`).

    Raises:
        NotPossible: it ends before it starts, is too long, overlaps another duty or is still to come.
    """
    with writing():
        known, now = one(duty), clock.moment_kept()
        stands = as_it_stands(known)
        begins = from_at or known.begins or now
        ends = until_at or stands.ends or now
        if begins > now or ends > now + LEAVES_LATE:
            raise NotPossible(N_("That is still to come: hours are confirmed when they were given."))
        duty_rules.assert_can(people.one(known.person), known.day, begins, ends, but=(duty,), active=False)
        duty_rules.assert_of_the_same_shifts(stands, begins, ends)
        roster.change(duty, from_at=begins, until_at=ends, confirmed=True, absent=False)
        return one(duty)


def as_they_stand(shift: Shift, now: datetime) -> tuple[OnDuty, ...]:
    """The duties of a shift with the hours that `confirm_shift` would give them at this moment.

    Who came and has not left was here until now, and of a shift that is over until its end; so was who is
    on duty for long after that. Who is to clear away after the planned end does so; a shift that closes
    before its time sends everybody home. Nobody was here longer than until their next duty begins. Whoever
    calls this is reading already.
    """
    waiting = [duty for duty in shift.duties if not (duty.absent or duty.confirmed)]
    nexts = _next_begins(waiting)
    return tuple(_as_it_stands(shift, duty, nexts.get(duty.id), now) for duty in shift.duties)


def _as_it_stands(shift: Shift, duty: OnDuty, next_begins: datetime | None, now: datetime) -> OnDuty:
    if duty.absent or duty.confirmed or is_still_to_begin(duty, now) or duty.begins is None:
        return duty
    over_at, until = shift.closed_at or shift.ends_at, now
    if duty.begins < over_at and (shift.state is ShiftState.CLOSED or over_at + LEAVES_LATE <= now):
        until = over_at
    near = LEAVES_LATE if shift.as_good_as_over(until) else duties.SOON
    if duty.ends is not None and duty.ends <= until + near:
        until = duty.ends
    return replace(duty, until_at=min(until, next_begins or until))


def as_it_stands(duty: OnDuty) -> OnDuty:
    """A duty with the hours that it has as one of its shift; see `as_they_stand`."""
    with reading():
        for shift in duties.between(duty.day, duty.day):
            if duty in shift.duties:
                alone = replace(shift, duties=(duty,))
                return as_they_stand(alone, clock.reliable_now()[0])[0]
        return duty


def _next_begins(waiting: list[OnDuty]) -> dict[int, datetime]:
    """When who is on duty is on duty again, for each of these who is; whoever calls this is reading."""
    if not waiting:
        return {}
    people_, day = {duty.person for duty in waiting}, waiting[0].day
    near = Duty.day.between(day, day + timedelta(days=2))
    theirs = duties.of(Duty.person.in_(people_) & near & ~Duty.absent)
    found: dict[int, datetime] = {}
    for duty in waiting:
        later = [
            other.begins
            for other in theirs
            if other.person == duty.person and other.begins and duty.begins and other.begins > duty.begins
        ]
        if later:
            found[duty.id] = min(later)
    return found


def confirm_shift(key: ShiftKey) -> tuple[OnDuty, ...]:
    """All hours of this shift are as they stand; those that cannot be so are left, and returned.

    One that is still to begin is left as it is.
    """
    with writing():
        now, refused = clock.moment_kept(), []
        for duty in as_they_stand(duties.of_shift(key), now):
            if not (duty.absent or duty.confirmed or is_still_to_begin(duty, now)):
                try:
                    confirm(duty.id, until_at=duty.until_at)
                except NotPossible:
                    refused.append(duty)
        return tuple(refused)


def leave(shift: Shift, now: datetime) -> None:
    """A shift closes: who came and has not left, does so by now. The caller is writing."""
    for duty, stands in zip(shift.duties, as_they_stand(shift, now), strict=True):
        if duty.ends is None and stands.ends is not None:
            roster.change(duty.id, until_at=stands.ends)


def go_on(shift: Shift, closed_at: datetime) -> None:
    """A shift that was closed goes on: who was here until then is here for longer. The caller is writing.

    Who had left by then keeps the hours that were confirmed.
    """
    for duty in shift.duties:
        if duty.absent or duty.until_at is None or duty.until_at < closed_at - LAST_TO_LEAVE:
            continue
        as_planned = duty.planned_until is None or duty.planned_until > duty.until_at
        roster.change(duty.id, until_at=None if as_planned else duty.until_at, confirmed=False)


def is_still_to_begin(duty: OnDuty, now: datetime) -> bool:
    """Whether somebody is on duty later only; who begins at this moment has no time on duty yet either."""
    return not duty.absent and not duty.confirmed and duty.begins is not None and duty.begins >= now
