"""The demo's room: lifelike, the same for the same seed, and trusted by the desk."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import clock as clocks
from db import connection, days, door, models
from db import room as rooms
from db.connection import rows
from db.door_rows import Kind
from db.room import Room
from hostdesk import demo
from hostdesk.demo.calendar import closed_days
from tests.clocks import FakeClock, at

TUESDAY_EVENING = at("2026-11-24 20:07")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the demo as `hostdesk demo` makes it, on a Tuesday evening."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    clocks.use(FakeClock(TUESDAY_EVENING))
    demo.make(file)
    return file


@pytest.fixture
def room(year: Path, clock: FakeClock) -> Room:
    """That room, open, at the moment at which it was made."""
    clock.set_to(TUESDAY_EVENING)
    connection.open(year)
    return rooms.current()


def ledger() -> list[tuple[object, ...]]:
    """The door rows and the shifts of the open room."""
    tables = (models.Door, models.Shift, models.ClosedDay, models.Boot)
    return [row for table in tables for row in rows(table.select())]


def made(file: Path, *, days: int = 30, seed: int = 1) -> list[tuple[object, ...]]:
    """The rows of a demo room."""
    demo.make(file, days=days, seed=seed)
    connection.open(file)
    return ledger()


def days_with_visits() -> dict[date, int]:
    """Visits by day, of the days on which somebody came."""
    door_, voiding = models.Door, models.Door.alias()
    query = (
        door_.select(door_.day, door_.n)
        .left_outer_join(voiding, on=(voiding.voids == door_.id))
        .where((door_.kind == Kind.ARRIVAL) & voiding.id.is_null())
    )
    visits: dict[date, int] = {}
    for day, n in rows(query):
        visits[day] = visits.get(day, 0) + n
    return visits


def test_the_same_seed_gives_the_same_room(tmp_path: Path, clock: FakeClock) -> None:
    assert made(tmp_path / "one.db") == made(tmp_path / "other.db")


def test_another_seed_gives_another_room(tmp_path: Path, clock: FakeClock) -> None:
    assert made(tmp_path / "one.db") != made(tmp_path / "other.db", seed=2)


def test_an_hour_later_the_same_day_has_only_gone_on(tmp_path: Path, clock: FakeClock) -> None:
    """What was on the desk at 14:07 is still there when the demo is made anew at 15:07."""
    made(tmp_path / "demo.db")
    before = rows(models.Door.select())
    connection.close()
    clock.go_on(hours=1)
    made(tmp_path / "demo.db")
    after = rows(models.Door.select())
    assert len(before) < len(after)
    assert after[: len(before)] == before


def test_who_opens_it_sees_a_desk_at_work(room: Room) -> None:
    today = days.today()
    assert today.day == date(2026, 11, 24)
    assert today.opening.open
    assert today.visits > 0
    assert sum(today.by_hour.values()) == today.visits == days_with_visits()[today.day]
    assert {10, 14, 19} <= set(today.by_hour)
    assert today.last is not None
    assert today.last.at <= TUESDAY_EVENING
    assert today.average is not None
    assert today.average.days == days.AVERAGE_OVER
    assert room.name.endswith("(demo)")


@pytest.mark.parametrize(
    "tried_at",
    ["2026-11-24 08:30", "2026-11-29 23:15", "2026-12-25 11:00", "2026-11-25 03:00", "2026-11-23 10:10"],
)
def test_at_whatever_hour_somebody_tries_it_its_desk_is_at_work(
    tmp_path: Path, clock: FakeClock, tried_at: str
) -> None:
    clock.set_to(at(tried_at))
    made(tmp_path / "demo.db")
    today = days.today()
    assert today.opening.open
    assert today.visits > 0


def test_nobody_doubts_the_clock(room: Room) -> None:
    assert days.today().doubt is None
    newest = max(moment for (moment,) in rows(models.Door.select(models.Door.at)))
    assert newest <= TUESDAY_EVENING


def test_the_first_count_at_the_desk_is_not_doubted_either(tmp_path: Path, clock: FakeClock) -> None:
    made(tmp_path / "demo.db")
    door.arrive()
    clock.go_on(minutes=5)
    door.undo()
    assert days.today().doubt is None


def test_it_has_had_open_shut_and_missed_days(room: Room) -> None:
    all_days = [date(2026, 11, 24) - timedelta(days=ago) for ago in range(400)]
    opened = {day for (day,) in rows(models.Shift.select(models.Shift.day).distinct())}
    planned = {day for day in all_days if rooms.periods(room, day)}
    assert opened < planned, "shifts are opened on planned days only"
    assert 1 <= len(planned - opened) <= 20, "some planned days were missed"
    assert date(2025, 12, 25) not in planned, "Christmas"
    assert date(2026, 12, 25) not in {period.day for period in rooms.periods(room, date(2026, 12, 25))}


def test_most_days_bring_5_to_60_visitors_and_some_few(room: Room) -> None:
    visits = days_with_visits()
    usual = [n for n in visits.values() if 5 <= n <= 60]
    assert len(usual) >= 0.9 * len(visits)
    assert min(visits.values()) < 8
    assert max(visits.values()) <= 75


def test_weekdays_seasons_and_hours_have_their_rhythm(room: Room) -> None:
    visits = days_with_visits()

    def usually(days: Iterator[int]) -> float:
        found = list(days)
        return sum(found) / len(found)

    assert usually(n for day, n in visits.items() if day.isoweekday() == 5) > 1.3 * usually(
        n for day, n in visits.items() if day.isoweekday() == 6
    )
    assert usually(n for day, n in visits.items() if day.month in (1, 2, 11, 12)) > 1.1 * usually(
        n for day, n in visits.items() if day.month in (7, 8)
    )
    hours = [hour for (hour,) in rows(models.Door.select(models.Door.hour))]
    assert set(hours) <= {10, 11, 12, 13, 14, 15, 16, 19, 20, 21}
    assert hours.count(10) > hours.count(12)


def test_what_happens_at_a_door_has_happened_here(room: Room) -> None:
    door_ = models.Door
    counted = {kind for (kind,) in rows(door_.select(door_.kind).distinct())}
    assert counted == set(Kind)
    assert door_.select().where((door_.kind == Kind.ARRIVAL) & (door_.n == 5)).count() > 10
    undone = [row_id for (row_id,) in rows(door_.select(door_.id).where(door_.kind == Kind.UNDO))]
    assert any(row_id + 1 in undone for row_id in undone), "an undo was repeated"
    for kind in (Kind.HEADCOUNT, Kind.DEPARTURE):
        days = door_.select(door_.day).where(door_.kind == kind).distinct().count()
        assert 0 < days < 0.6 * len(days_with_visits()), f"{kind} on some days only"


def test_hosts_close_their_shifts_and_forget_it_now_and_then(room: Room) -> None:
    shift = models.Shift
    forgotten = shift.select().where(shift.closed_automatically).count()
    assert 0 < forgotten < 0.15 * shift.select().count()
    still_open = list(shift.select().where(shift.closed_at.is_null()))
    assert [(one.day, one.planned_closes_at) for one in still_open] == [
        (date(2026, 11, 24), at("2026-11-24 21:30"))
    ]


def test_a_day_of_23_and_one_of_25_hours_are_filed_under_themselves(room: Room) -> None:
    for day in (date(2025, 10, 26), date(2026, 3, 29), date(2026, 10, 25)):
        query = models.Door.select(models.Door.at, models.Door.hour).where(models.Door.day == day)
        found = rows(query)
        assert found
        assert {(rooms.day_of(room, moment), room.local(moment).hour) for moment, _ in found} == {
            (day, hour) for _, hour in found
        }


@pytest.mark.parametrize("seed", [1, 2])
def test_the_busy_room_of_twenty_years_has_a_million_door_rows(
    seed: int, tmp_path: Path, clock: FakeClock
) -> None:
    """A twentieth of it: every year has the same rhythm of weeks and holidays."""
    year = demo.make(tmp_path / "busy.db", days=365, seed=seed, busy=True)
    assert year.rows / 365 * 7300 >= 1_000_000


def test_public_holidays_move_with_easter() -> None:
    closed = closed_days(date(2027, 1, 1), date(2027, 12, 31))
    assert {date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17), date(2027, 4, 27)} <= set(closed)
    assert date(2027, 5, 5) not in closed
    assert date(2025, 4, 26) in closed_days(date(2025, 4, 1), date(2025, 4, 30)), "27 April is a Sunday"
