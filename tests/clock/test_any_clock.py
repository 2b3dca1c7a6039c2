"""Whatever the clock does, rows stay in order, and none is filed before the program was released."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import clock as clocks
from db import connection, days, door, put_right
from db.clock import RELEASED_AT, TOLERANCE, Doubt
from db.connection import database
from db.errors import NotPossible
from tests.clocks import FakeClock

SECONDS = timedelta(seconds=1)
ODD_TIMES = st.one_of(
    st.integers(0, 10**6).map(lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + seconds * SECONDS),
    st.integers(0, 7 * 10**6).map(lambda seconds: datetime(2026, 10, 20, tzinfo=UTC) + seconds * SECONDS),
    st.integers(0, 10**6).map(lambda seconds: datetime(2036, 11, 20, tzinfo=UTC) + seconds * SECONDS),
)

STEPS = st.one_of(
    st.tuples(st.just("count"), st.integers(1, 9)),
    st.tuples(st.just("wait"), st.integers(1, 5000)),
    st.tuples(st.just("set"), ODD_TIMES),
    st.tuples(st.just("restart"), ODD_TIMES),
    st.tuples(st.just("right"), st.none()),
)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clocks")


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(steps=st.lists(STEPS, max_size=25))
def test_counting_goes_on(steps: list[tuple[str, object]], new_room: Path, directory: Path) -> None:
    clock = FakeClock()
    clocks.use(clock)
    connection.open(Path(shutil.copy(new_room, directory)))
    counted = 0
    for what, value in steps:
        match what, value:
            case "count", int(n):
                before = days.today()
                row = door.arrive(n)
                counted += n
                if before.last and before.doubt in (Doubt.BEHIND, Doubt.BEFORE_RELEASE):
                    assert row.at >= min(before.last.at, before.now)
            case "wait", int(seconds):
                clock.go_on(seconds=seconds)
            case "set", datetime() as moment:
                clock.set_to(moment)
            case "restart", datetime() as moment:
                clock.reboot(says=moment)
            case _:
                _say_that_it_is_right(clock)
    rows = database.execute_sql("SELECT at, n FROM door ORDER BY id").fetchall()
    assert sum(n for _, n in rows) == counted
    assert all(at >= f"{RELEASED_AT - timedelta(days=1):%Y-%m-%d}" for at, _ in rows)
    visits = database.execute_sql("SELECT day, SUM(n) FROM door GROUP BY day").fetchall()
    opened = {day for (day,) in database.execute_sql("SELECT day FROM shift").fetchall()}
    assert opened == {day for day, _ in visits}
    connection.close()


def _say_that_it_is_right(clock: FakeClock) -> None:
    if clock.now() < RELEASED_AT:
        with pytest.raises(NotPossible):
            put_right.clock_is_right()
        return
    put_right.clock_is_right()
    today = days.today()
    assert today.doubt is None
    assert abs(today.now - clock.now()) < TOLERANCE
    assert put_right.clock_is_right().counts == 0
