"""Sessions fall where python-dateutil says, at the same time by the room's clock, but not on skipped days."""

from datetime import date, datetime, time, timedelta

import holidays
from dateutil.rrule import MONTHLY, WEEKLY, rrule, rrulestr, weekday
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import connection, models, planning, public_holidays, recurrence, sessions
from db import room as rooms
from db.errors import NotPossible
from db.recurrence import LAST, MOST_SESSIONS, Repeat
from db.room import Room
from tests.board.plans import knitting

FIRST = date(2026, 11, 23)
DAYS = st.integers(0, 800).map(lambda n: FIRST + timedelta(days=n))
TIMES = st.tuples(st.integers(0, 22), st.sampled_from((0, 15, 30, 45))).map(lambda at: time(*at))
REPEATS = st.sampled_from(tuple(Repeat))
ENDS = st.one_of(
    st.fixed_dictionaries({"times": st.integers(1, 30)}),
    st.fixed_dictionaries({"until": st.integers(0, 400)}),
    st.just({}),
)
_SLOW = {"suppress_health_check": [HealthCheck.function_scoped_fixture], "deadline": None}


def _as_dateutil_says(repeat: Repeat, first: datetime, ends: dict[str, object]) -> list[datetime]:
    """The same, put to the library in another way: as its own objects, and never as text."""
    if repeat is Repeat.ONCE:
        return [first]
    count = {"count": ends["times"]} if "times" in ends else {}
    until = {"until": datetime.combine(ends["until"], time(23, 59, 59))} if "until" in ends else {}
    if repeat is Repeat.MONTHLY:
        nth = (first.day - 1) // 7 + 1
        which = weekday(first.weekday())(nth if nth < 5 else -1)
        return list(rrule(MONTHLY, dtstart=first, byweekday=which, **count, **until)[:MOST_SESSIONS])
    step = 2 if repeat is Repeat.TWO_WEEKLY else 1
    return list(rrule(WEEKLY, interval=step, dtstart=first, **count, **until)[:MOST_SESSIONS])


@settings(max_examples=120, **_SLOW)
@given(
    repeat=REPEATS,
    first_day=DAYS,
    starts=TIMES,
    ends=ENDS,
    shut=st.sets(st.integers(0, 120), max_size=12),
    skip_holidays=st.booleans(),
)
def test_sessions_fall_where_the_rule_says(
    room: Room,
    repeat: Repeat,
    first_day: date,
    starts: time,
    ends: dict[str, object],
    shut: set[int],
    skip_holidays: bool,
) -> None:
    if "until" in ends:
        ends = {"until": first_day + timedelta(days=int(str(ends["until"])))}
    closed = {first_day + timedelta(days=7 * n) for n in shut}
    _shut_exactly(closed)
    plan = knitting(
        repeat=repeat,
        first_day=first_day,
        starts=starts,
        ends=time(starts.hour, starts.minute + 14),
        skip_holidays=skip_holidays,
        **({"times": None} | ends),
    )
    dutch = holidays.country_holidays("NL", language="en_US")
    expected = [
        at
        for at in _until_horizon(repeat, datetime.combine(first_day, starts), ends)
        if at.date() not in closed
        and not (skip_holidays and dutch.get(at.date(), "Good Friday") != "Good Friday")
    ]
    if not expected:
        try:
            planning.plan([], plan)
        except NotPossible:
            return
        raise AssertionError("an activity without a session was planned")

    planned = sessions.of_activity(planning.plan([], plan))

    assert [room.local(one.starts_at).replace(tzinfo=None, fold=0) for one in planned] == [
        _as_clocks_show(room, at) for at in expected
    ]
    assert [one.day for one in planned] == [at.date() for at in expected]
    assert all(one.starts_at <= one.ends_at for one in planned)


def _until_horizon(repeat: Repeat, first: datetime, ends: dict[str, object]) -> list[datetime]:
    """What has no end is planned half a year ahead, from today or from its first day."""
    if ends or repeat is Repeat.ONCE:
        return _as_dateutil_says(repeat, first, ends)
    horizon = max(FIRST, first.date()) + planning.AHEAD
    return _as_dateutil_says(repeat, first, {"until": horizon})


def _as_clocks_show(room: Room, at: datetime) -> datetime:
    """A local time, or what a clock shows then when it skips that time."""
    there = at.replace(tzinfo=room.zone)
    return room.local(datetime.fromtimestamp(there.timestamp(), room.zone)).replace(tzinfo=None, fold=0)


def _shut_exactly(days: set[date]) -> None:
    with connection.writing():
        models.ClosedDay.delete().execute()
    for day in days:
        rooms.close_day(day, "dicht")


@given(
    repeat=REPEATS, first_day=DAYS, starts=TIMES, ends=ENDS, nth=st.sampled_from((None, 1, 2, 3, 4, 5, LAST))
)
def test_a_rule_is_rfc_5545_and_reads_back(
    repeat: Repeat, first_day: date, starts: time, ends: dict[str, object], nth: int | None
) -> None:
    first = datetime.combine(first_day, starts)
    times = ends.get("times")
    until = first_day + timedelta(days=int(str(ends["until"]))) if "until" in ends else None
    rule = recurrence.rule_for(
        repeat, first, times=times if isinstance(times, int) else None, until=until, nth=nth
    )
    assert recurrence.is_endless(rule) == (not ends and repeat is not Repeat.ONCE)
    if not rule:
        return
    read = rrulestr(f"RRULE:{rule}", dtstart=first)
    through = first_day + timedelta(days=1000)
    assert recurrence.times(rule, first, through=through) == [
        at for at in read.xafter(first, inc=True, count=400) if at.date() <= through
    ]


@given(repeat=REPEATS, first_day=DAYS, moved=DAYS, starts=TIMES, ends=ENDS)
def test_a_rule_without_its_end_goes_on_from_another_day(
    repeat: Repeat, first_day: date, moved: date, starts: time, ends: dict[str, object]
) -> None:
    if repeat is Repeat.ONCE:
        return
    times = ends.get("times")
    rule = recurrence.rule_for(
        repeat, datetime.combine(first_day, starts), times=times if isinstance(times, int) else None
    )
    first = datetime.combine(moved, starts)

    going_on = recurrence.without_end(rule, first)

    assert recurrence.is_endless(going_on)
    found = recurrence.times(going_on, first, through=moved + timedelta(days=200))
    assert found[0] == first
    assert {at.weekday() for at in found} == {first.weekday()}


def test_holidays_are_those_of_the_law() -> None:
    assert public_holidays.on(date(2027, 4, 27), "nl") == "Koningsdag"
    assert public_holidays.on(date(2027, 3, 26)) is None, "Good Friday: the room is open"
    assert public_holidays.on(date(2027, 3, 29), "en") is not None, "Easter Monday"
    assert public_holidays.on(date(2027, 3, 30)) is None


def test_a_fifth_monday_is_the_last_one_of_a_month() -> None:
    fifth = datetime.combine(date(2026, 11, 30), time(14))

    rule = recurrence.rule_for(Repeat.MONTHLY, fifth, times=3)

    assert [at.date() for at in recurrence.times(rule, fifth)] == [
        date(2026, 11, 30),
        date(2026, 12, 28),
        date(2027, 1, 25),
    ]
