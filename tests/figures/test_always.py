"""Whatever is counted, taken back, tagged and corrected, when the clock changes too: figures agree."""

import shutil
from datetime import date, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import clock as clocks
from db import connection, corrections, days, door, figures, figures_period, figures_when, sample_weeks
from db import room as rooms
from db.errors import NotPossible
from db.figures_names import Name
from db.room import Hours
from tests.clocks import FakeClock, at
from tests.figures import recomputed
from tests.figures.recomputed import Rows

NIGHTS = [Hours(weekday, "20:00", "03:30") for weekday in range(1, 7)]
"""Each evening but Sunday's until past the hour that comes twice, or never."""

SAMPLED = (Name.UNIQUE_VISITORS_LOW, Name.UNIQUE_VISITORS_HIGH)

CORRECTIONS = ("change", "take back", "add")

STEPS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.sampled_from(
            ("come", "come", "volunteer", "undo", "first", "week", "week", "leave", "heads", *CORRECTIONS)
        ),
        st.integers(1, 9),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("always")


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(steps=STEPS, begin=st.sampled_from(["2027-03-26 19:00", "2027-10-29 19:00"]))
def test_the_figures_agree(
    steps: list[tuple[int, str, int]], begin: str, new_room: Path, directory: Path
) -> None:
    clock = FakeClock(at(begin))
    clocks.use(clock)
    connection.close()
    connection.open(Path(shutil.copy(new_room, directory / f"{uuid4()}.db")))
    rooms.change_hours(NIGHTS, date(2027, 1, 1))
    sample_weeks.plan(f"{clock.now():%G-W%V}")
    for minutes, what, n in steps:
        clock.go_on(minutes=minutes)
        do(what, n)
    clock.go_on(days=7)
    door.start_of_day()

    first = at(begin).date()
    week = figures_period.between(first, first + timedelta(days=6))
    made = figures.of(week)
    visits = made.figures[Name.VISITS].value or 0
    assert visits == sum(day.visits or 0 for day in made.days)
    for day in made.days:
        assert (day.visits or 0) == days.visits(day.day)
    when = figures_when.of(made.days, made.open_in)
    assert sum(when.hours().values()) == visits
    assert {place: (of.days, of.visits) for place, of in when.by_hour.items()} == recomputed.by_hour(
        Rows(clock.now(), recomputed.in_the_file()), first, week.to_day
    )
    halves = [
        figures.of(figures_period.between(*pair))
        for pair in ((first, first + timedelta(days=1)), (first + timedelta(days=2), week.to_day))
    ]
    for name in (
        Name.VISITS,
        Name.VOLUNTEER_ARRIVALS,
        Name.FIRST_VISITS,
        Name.SHIFTS_MISSING,
        Name.SHIFTS_HELD,
    ):
        parts = sum(half.figures[name].value or 0 for half in halves)
        assert (made.figures[name].value or 0) == parts, name
    monday = first - timedelta(days=first.weekday())
    sample = figures.of(figures_period.between(monday, monday + timedelta(days=6)))
    low, high = (sample.figures[name].value for name in SAMPLED)
    assert {Name.UNIQUE_VISITORS_LOW: low, Name.UNIQUE_VISITORS_HIGH: high} == recomputed.sample_weeks(
        Rows(clock.now(), recomputed.in_the_file()), monday, monday + timedelta(days=6)
    )
    if low is not None and high is not None:
        counted = sample.figures[Name.VISITS].value or 0
        assert 0 <= low <= high <= counted
    raw = recomputed.door(
        Rows(clock.now(), recomputed.in_the_file()), first, max(day.day for day in made.days)
    )
    for name, value in raw.items():
        assert (made.figures[Name(name)].value or 0) == (value or 0), name


def do(what: str, n: int) -> None:
    """Something at the door; what is not possible just then is left."""
    match what:
        case "come":
            door.arrive(n)
        case "volunteer":
            door.arrive(n, volunteer=True)
        case "leave":
            door.depart(n)
        case "heads":
            door.headcount(n)
        case "undo":
            try:
                door.undo()
            except NotPossible:
                return
        case "first":
            last = days.today().last_arrival
            if last:
                door.first_visit(last.id)
        case "week":
            last = days.today().last_arrival
            if last and days.today().sample_week:
                door.first_this_week(last.id)
        case _:
            today = days.today().day
            standing = [one.row for one in corrections.of_day(today) if not one.row.voided]
            try:
                if what == "add":
                    corrections.add(today, time(19 + n % 8 if n < 5 else n % 5), n, "niet geteld")
                elif standing and what == "change":
                    corrections.change(standing[n % len(standing)].id, n, "anders geteld")
                elif standing:
                    corrections.take_back(standing[n % len(standing)].id, "telt niet")
            except NotPossible:
                return
