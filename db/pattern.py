"""The weekly pattern: who is on duty every week, planned ahead into duties that can change by themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import gcd

from db import clock, duty_rules, people, roles, roster
from db import room as rooms
from db.connection import reading, rows, writing
from db.duty_rules import Stretch
from db.errors import N_, NotPossible
from db.people import Somebody
from db.room import Period, Room
from db.shift_models import Duty, Pattern, Person

AHEAD = timedelta(weeks=8)
"""So far ahead the weekly pattern is planned."""

MOST_WEEKS = 8
"""A pattern comes back after so many weeks at most."""


@dataclass(frozen=True)
class Weekly:
    """Somebody's place in the weekly pattern."""

    id: int
    person: int
    name: str
    weekday: int
    """1 is Monday."""
    begins: str
    """Local, HH:MM."""
    ends: str
    weeks: int
    """Every so many weeks."""
    from_day: date
    to_day: date | None


def weekly(
    person: int,
    weekday: int,
    begins: time | None = None,
    ends: time | None = None,
    *,
    weeks: int = 1,
    from_day: date | None = None,
    to_day: date | None = None,
) -> tuple[int, int]:
    """Somebody is on duty every so many weeks, from a day on; the pattern's number, and duties planned.

    Days on which the room is shut, or they are on duty already, are left out.

    Raises:
        NotPossible: it cannot be; nothing has changed.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise NotPossible(N_("Between every week and every {most} weeks, not {n}."), most=MOST_WEEKS, n=weeks)
    with writing():
        room, today = rooms.current(), _today()
        first = max(from_day or today, today)
        first += timedelta(days=(weekday - first.isoweekday()) % 7)
        if to_day is not None and to_day < first:
            raise NotPossible(N_("It ends before it starts."))
        who = people.one(person)
        duty_rules.assert_active(who)
        at, until = duty_rules.stretch(first, begins, ends, shut=True)
        duty_rules.assert_lasts(at, until)
        _assert_no_place_then(who, first, to_day, weeks, (at, until))
        added: int = Pattern.insert(
            person=person,
            weekday=weekday,
            begins=f"{room.local(at):%H:%M}",
            ends=f"{room.local(until):%H:%M}",
            weeks=weeks,
            from_day=first,
            to_day=to_day,
            planned_through=first - timedelta(days=1),
        ).execute()
        return added, plan_ahead()


def _assert_no_place_then(
    who: Somebody, first: date, to_day: date | None, weeks: int, wanted: Stretch
) -> None:
    """Refuse a second place at the same time: ended, the first would leave a hole; swapped, it would return.

    Raises:
        NotPossible: on some day both would be.
    """
    room = rooms.current()
    theirs = (Pattern.person == who.id) & (Pattern.weekday == first.isoweekday())
    for begins, ends, every, from_day, last in rows(
        Pattern.select(Pattern.begins, Pattern.ends, Pattern.weeks, Pattern.from_day, Pattern.to_day).where(
            theirs
        )
    ):
        same_weeks = (first - from_day).days // 7 % gcd(weeks, every) == 0
        same_days = (last is None or last >= first) and (to_day is None or to_day >= from_day)
        since, until = stretch_of(room, first, begins, ends)
        if same_weeks and same_days and since < wanted[1] and wanted[0] < until:
            raise NotPossible(
                N_("{name} has a place in the weekly pattern then already, from {begins} to {ends}."),
                name=who.name,
                begins=begins,
                ends=ends,
            )


def end_weekly(pattern: int, *, from_day: date | None = None) -> int:
    """From a day on (today without it) somebody is not in the weekly pattern; how many duties that took off.

    Raises:
        NotPossible: there is no such pattern.
    """
    with writing():
        first = from_day or _today()
        known = Pattern.update(to_day=first - timedelta(days=1)).where(Pattern.id == pattern)
        if not known.execute():
            raise NotPossible(N_("There is no such place in the weekly pattern."))
        coming = (Duty.pattern == pattern) & (Duty.day >= first) & Duty.from_at.is_null()
        coming &= Duty.planned_from > clock.reliable_now()[0]
        going = Duty.select(Duty.id).where(coming)
        Duty.update(stands_in_for=None).where(Duty.stands_in_for.in_(going)).execute()
        return int(Duty.delete().where(coming).execute())


def plan_ahead() -> int:
    """Plan the weekly patterns up to `AHEAD`; how many duties that made. Once a day is enough.

    That is the machine's own work, whoever is the first to look on a new day.
    """
    with roles.by_the_machine(), writing():
        horizon = _today() + AHEAD
        waiting = rows(
            Pattern.select(
                Pattern.id, Pattern.person, Pattern.weekday, Pattern.begins, Pattern.ends, Pattern.weeks,
                Pattern.from_day, Pattern.to_day, Pattern.planned_through,
            ).where(
                (Pattern.planned_through < horizon)
                & (Pattern.to_day.is_null() | (Pattern.to_day > Pattern.planned_through))
            )
        )  # fmt: skip
        if not waiting:
            return 0
        room, made = rooms.current(), 0
        open_days = rooms.periods_between(room, min(row[-1] for row in waiting), horizon)
        for id_, person, _, begins, ends, weeks, from_day, to_day, through in waiting:
            last = min(horizon, to_day or horizon)
            day = from_day + timedelta(weeks=-(-max((through - from_day).days + 1, 0) // (7 * weeks)) * weeks)
            while day <= last:
                if open_days.get(day):
                    put_on = _put_on(room, day, id_, person, stretch_of(room, day, begins, ends))
                    made += put_on is not None
                day += timedelta(weeks=weeks)
            Pattern.update(planned_through=horizon).where(Pattern.id == id_).execute()
        return made


def plan_day(day: date, left_out: Collection[int]) -> list[int]:
    """Plan one day again, whose hours have changed; the duties that made. The caller is writing.

    Args:
        day: the room's day.
        left_out: the places that did not fit its hours before (see `shut_out`). Who had one that did and is
            not on duty any more was taken off, or swapped.
    """
    room = rooms.current()
    made = [
        _put_on(room, day, id_, person, wanted)
        for id_, person, wanted in _on_day(room, day)
        if id_ in left_out and not Duty.select().where((Duty.day == day) & (Duty.pattern == id_)).exists()
    ]
    return [duty for duty in made if duty is not None]


def go_along(first: date, day: date, usual_before: tuple[Period, ...]) -> None:
    """From a day on the places on a weekday are within its hours, that have changed.

    The caller is writing. A place that does not fit them at all stays as it is, and waits for hours that it
    fits; so does one that does not come again.

    Args:
        first: from when on these hours hold.
        day: the first such weekday since.
        usual_before: what its hours would have been.
    """
    room = rooms.current()
    lasting = (Pattern.weekday == day.isoweekday()) & (Pattern.to_day.is_null() | (Pattern.to_day >= day))
    asked = Pattern.id, Pattern.begins, Pattern.ends, Pattern.weeks, Pattern.from_day, Pattern.to_day
    for id_, begins, ends, weeks, from_day, to_day in rows(Pattern.select(*asked).where(lasting)):
        wanted = stretch_of(room, day, begins, ends)
        fits = within(rooms.usual_periods(room, day), usual_before, wanted)
        again = from_day + timedelta(weeks=-(-max((day - from_day).days, 0) // (7 * weeks)) * weeks)
        if fits is not None and fits != wanted and (to_day is None or again <= to_day):
            now = {"begins": f"{room.local(fits[0]):%H:%M}", "ends": f"{room.local(fits[1]):%H:%M}"}
            going_on = id_ if again == from_day else _divide(id_, first, again)
            Pattern.update(now).where(Pattern.id == going_on).execute()


def _divide(pattern: int, first: date, again: date) -> int:
    """Have a place end before this day and go on as another one, with its duties; the other's number."""
    names = ("person", "weekday", "begins", "ends", "weeks", "to_day", "planned_through")
    [known] = rows(Pattern.select(*(getattr(Pattern, name) for name in names)).where(Pattern.id == pattern))
    added: int = Pattern.insert(**dict(zip(names, known, strict=True)), from_day=again).execute()
    Duty.update(pattern=added).where((Duty.pattern == pattern) & (Duty.day >= first)).execute()
    Pattern.update(to_day=first - timedelta(days=1)).where(Pattern.id == pattern).execute()
    return added


def shut_out(day: date) -> frozenset[int]:
    """The places in the pattern that do not fit the hours of this day. The caller is reading."""
    room = rooms.current()
    return frozenset(id_ for id_, _, wanted in _on_day(room, day) if fitted(room, day, wanted) is None)


def _on_day(room: Room, day: date) -> list[tuple[int, int, Stretch]]:
    """The places in the pattern of a day to come that was planned: number, person, from when until when."""
    if day < _today():
        return []
    of_this_day = rows(
        Pattern.select(
            Pattern.id, Pattern.person, Pattern.begins, Pattern.ends, Pattern.weeks, Pattern.from_day
        ).where(
            (Pattern.weekday == day.isoweekday())
            & (Pattern.from_day <= day)
            & (Pattern.planned_through >= day)  # otherwise `plan_ahead` comes to it
            & (Pattern.to_day.is_null() | (Pattern.to_day >= day))
        )
    )
    return [
        (id_, person, stretch_of(room, day, begins, ends))
        for id_, person, begins, ends, weeks, from_day in of_this_day
        if (day - from_day).days % (7 * weeks) == 0
    ]


def stretch_of(room: Room, day: date, begins: str, ends: str) -> Stretch:
    """From when until when a place in the pattern lasts on a day that goes as usual."""
    from_at = rooms.moment_of(room, day, time.fromisoformat(begins))
    return from_at, rooms.first_after(room, from_at, time.fromisoformat(ends))


def fitted(room: Room, day: date, wanted: Stretch) -> Stretch | None:
    """A duty within the hours of a day, should these be others than usual; None when it is shut by then.

    Who comes before the door opens, or stays until all is clean, does so on a day as usual.
    """
    return within(rooms.periods(room, day), rooms.usual_periods(room, day), wanted)


def within(open_then: tuple[Period, ...], usual: tuple[Period, ...], wanted: Stretch) -> Stretch | None:
    """A duty of a day with these usual hours within others; None when it is shut by then."""
    if not open_then:
        return None
    begins, ends = wanted
    opens_at, closes_at = open_then[0].opens_at, open_then[-1].closes_at
    if usual:
        begins = max(begins, opens_at) if opens_at > usual[0].opens_at else begins
        ends = min(ends, closes_at) if closes_at < usual[-1].closes_at else ends
    return (begins, ends) if duty_rules.meets(open_then, begins, ends) and begins < ends else None


def _put_on(room: Room, day: date, pattern: int, person: int, wanted: Stretch) -> int | None:
    """Have somebody on duty as the pattern says, unless they are already or do not come any more."""
    fits = fitted(room, day, wanted)
    if fits is None or not people.one(person).active or duty_rules.on_duty_then(person, *fits):
        return None
    return roster.insert(person, day, *fits, pattern=pattern)


def patterns() -> tuple[Weekly, ...]:
    """The weekly pattern as it goes on, by weekday and time."""
    with reading():
        query = (
            Pattern.select(
                Pattern.id, Pattern.person, Person.name, Pattern.weekday, Pattern.begins, Pattern.ends,
                Pattern.weeks, Pattern.from_day, Pattern.to_day,
            )
            .join(Person)
            .where(Pattern.to_day.is_null() | (Pattern.to_day >= _today()))
            .order_by(Pattern.weekday, Pattern.begins, Person.name)
        )  # fmt: skip
        return tuple(Weekly(*row) for row in rows(query))


def _today() -> date:
    return rooms.day_of(rooms.current(), clock.reliable_now()[0])
