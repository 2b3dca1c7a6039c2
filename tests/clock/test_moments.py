"""Moments in the tables: UTC text of one width, whose order is that of time, and that others can read."""

import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import connection, door, models, moments
from db.connection import database
from db.room import Room
from tests.clocks import AMSTERDAM

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
FROM, TO = datetime(1970, 1, 2), datetime(9998, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
ANY_MOMENT = st.datetimes(FROM, TO, timezones=OFFSETS)


@given(one=ANY_MOMENT, other=ANY_MOMENT)
def test_text_sorts_as_time_does(one: datetime, other: datetime) -> None:
    first, second = moments.to_whole_milliseconds(one), moments.to_whole_milliseconds(other)

    assert (moments.to_text(one) < moments.to_text(other)) == (first < second)


@given(moment=ANY_MOMENT)
def test_a_moment_is_read_back_as_wide_as_any(moment: datetime) -> None:
    text = moments.to_text(moment)

    assert len(text) == len("2026-11-23 13:07:05.250")
    assert moments.from_text(text) == moments.to_whole_milliseconds(moment)
    assert moments.from_text(text).tzinfo is UTC


def test_the_hour_that_comes_twice_stays_two_hours() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)

    assert moments.to_text(first) == "2026-10-25 00:30:00.000"
    assert moments.to_text(first.replace(fold=1)) == "2026-10-25 01:30:00.000"


def test_a_moment_without_a_zone_is_refused(room: Room) -> None:
    naive = datetime(2026, 11, 23, 14, 7)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError):
        moments.to_text(naive)
    with pytest.raises(ValueError):
        models.ClockCheck.create(at=naive, boot=1, boot_ms=0, up_to_row=0, rows_put_right=0)
    with pytest.raises(ValueError):
        list(models.Door.select().where(models.Door.at > naive))


def test_a_moment_is_no_day(room: Room) -> None:
    with pytest.raises(ValueError):
        models.ClosedDay.create(day=datetime(2026, 11, 23, tzinfo=UTC), reason="")
    models.ClosedDay.create(day=date(2026, 11, 23), reason="")


def test_sqlite_itself_reads_them(room: Room) -> None:
    door.arrive()
    asked = "SELECT strftime('%d-%m-%Y %H:%M', at), datetime(at), julianday(day), date(day) = day FROM door"

    assert database.execute_sql(asked).fetchall() == [
        ("23-11-2026 13:07", "2026-11-23 13:07:00", 2461367.5, 1)
    ]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 command is not installed")
def test_the_sqlite3_command_reads_a_copy(room: Room, tmp_path: Path) -> None:
    door.arrive(5)
    copy = tmp_path / "copy.db"
    database.execute_sql("VACUUM INTO ?", (str(copy),))
    connection.close()
    asked = "SELECT datetime(at, '+1 hour') || ' ' || n FROM door"
    told = subprocess.run(["sqlite3", copy, asked], capture_output=True, text=True, check=True)

    assert told.stdout == "2026-11-23 14:07:00 5\n"
