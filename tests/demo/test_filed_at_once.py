"""Days filed at once leave exactly the rows that counting them at the desk would have left."""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

import pytest

from db import clock as clocks
from db import connection, door, models, past, shifts
from db import room as rooms
from db.connection import rows, writing
from db.door_rows import Kind
from db.past import Day, Happening
from db.room import Room
from hostdesk.demo import WEEK, book
from hostdesk.demo.day import imagine
from tests.clocks import FakeClock, at

DAYS = (date(2027, 10, 26), date(2027, 10, 31), date(2027, 11, 4))
"""A day with an evening, the day of 25 hours, and another with an evening."""


class Replay:
    """A machine that starts at a day's first happening, and whose clock shows each one's moment."""

    def __init__(self, room: Room, day: Day) -> None:
        self._boot = str(uuid5(UUID(room.uuid), day.day.isoformat()))
        self.first = self.moment = day.happenings[0].at

    def now(self) -> datetime:
        return self.moment

    def boot(self) -> str:
        return self._boot

    def since_boot(self) -> timedelta:
        whole = timedelta(microseconds=self.first.microsecond % 1000)
        return self.moment - self.first + whole

    def in_step(self) -> bool:
        return True


@pytest.fixture
def two_rooms(tmp_path: Path, clock: FakeClock) -> tuple[Path, Path]:
    """Two rooms that differ in nothing but their file."""
    files = tmp_path / "counted.db", tmp_path / "filed.db"
    for file in files:
        rooms.create(file, name="De Huiskamer", timezone="Europe/Amsterdam", hours=WEEK)
        with writing():
            models.Room.update(uuid=str(UUID(int=5))).execute()
    return files


def count(room: Room, day: Day) -> None:
    """Count a day at the desk, press by press."""
    replay = Replay(room, day)
    clocks.use(replay)
    ids: list[int] = []
    for event in day.happenings:
        replay.moment = event.at
        door.start_of_day()
        match event.kind:
            case Kind.ARRIVAL | Kind.VOLUNTEER:
                ids.append(door.arrive(event.n, volunteer=event.kind is Kind.VOLUNTEER).id)
            case Kind.DEPARTURE:
                ids.append(door.depart(event.n).id)
            case Kind.HEADCOUNT:
                ids.append(door.headcount(event.n).id)
            case Kind.UNDO:
                assert event.of is not None
                row = door.undo()
                assert row.n == event.n
                assert models.Door.get_by_id(row.id).voids_id == ids[event.of], "the newest that stands"
                ids.append(row.id)
            case Kind.FIRST_VISIT:
                assert event.of is not None
                assert door.first_visit(ids[event.of]) == event.n
                ids.append(ids[-1] + 1)


def everything() -> list[list[tuple[object, ...]]]:
    """All that counting writes."""
    return [rows(table.select().order_by(table.id)) for table in (models.Boot, models.Door, models.Shift)]


def counted_and_filed(
    files: tuple[Path, Path], days: list[Day], now: datetime
) -> tuple[list[list[tuple[object, ...]]], list[list[tuple[object, ...]]]]:
    counted, filed = files
    connection.open(counted)
    for day in days:
        count(rooms.current(), day)
    with writing():
        shifts.close_forgotten(now)
    by_counting = everything()
    connection.open(filed)
    past.file_days(rooms.current(), days, now)
    return by_counting, everything()


def test_imagined_days_are_filed_as_if_they_were_counted(
    two_rooms: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MISTAKES", 0.2)
    monkeypatch.setattr(book, "FIRST_VISITS", 0.3)
    monkeypatch.setattr(book, "REASONS", 0)  # the desk has no key for it yet
    room = rooms.current()
    imagined = [imagine(Random(f"{day}"), room, day, (), opens_surely=True) for day in DAYS]
    days = [Day(day, one.happenings, {}) for day, one in zip(DAYS, imagined, strict=True)]
    kinds = {event.kind for day in days for event in day.happenings}
    assert {Kind.ARRIVAL, Kind.VOLUNTEER, Kind.UNDO, Kind.FIRST_VISIT} <= kinds
    by_counting, by_filing = counted_and_filed(two_rooms, days, at("2027-11-05 09:00"))
    assert by_filing == by_counting
    assert len(by_filing[2]) == 5, "two evenings beside three days"


def test_who_comes_between_two_openings_opens_the_nearest(two_rooms: tuple[Path, Path]) -> None:
    tuesday = DAYS[0]
    early, late = at("2027-10-26 17:00"), at("2027-10-26 18:30")
    day = Day(tuesday, [Happening(early, Kind.ARRIVAL, 1), Happening(late, Kind.ARRIVAL, 2)])
    by_counting, by_filing = counted_and_filed(two_rooms, [day], at("2027-10-27 09:00"))
    assert by_filing == by_counting


def test_a_day_without_a_plan_is_open_until_midnight_unless_all_was_a_mistake(
    two_rooms: tuple[Path, Path],
) -> None:
    for file in two_rooms:
        connection.open(file)
        for closed in DAYS:
            rooms.close_day(closed, "verbouwing")
    mistake = [
        Happening(at("2027-10-26 11:00"), Kind.ARRIVAL, 1),
        Happening(at("2027-10-26 11:01"), Kind.UNDO, 1, of=0),
    ]
    came = [
        Happening(at("2027-10-31 11:00"), Kind.ARRIVAL, 1),
        Happening(at("2027-10-31 11:01"), Kind.UNDO, 1, of=0),
        Happening(at("2027-10-31 12:00"), Kind.ARRIVAL, 3),
    ]
    days = [Day(DAYS[0], mistake), Day(DAYS[1], came)]
    by_counting, by_filing = counted_and_filed(two_rooms, days, at("2027-11-05 09:00"))
    assert [row[1:6] for row in by_filing[2]] == [row[1:6] for row in by_counting[2]]
    assert by_filing[2][0][4] == at("2027-10-31 12:00")
    assert [day.visits() for day in days] == [0, 3]


def test_a_shift_that_a_host_closed_keeps_that_moment(two_rooms: tuple[Path, Path]) -> None:
    planned, closed = at("2027-10-26 16:30"), at("2027-10-26 16:41")
    day = Day(DAYS[0], [Happening(at("2027-10-26 10:05"), Kind.ARRIVAL, 1)], {planned: closed})
    past.file_days(rooms.current(), [day], at("2027-10-27 09:00"))
    (shift,) = models.Shift.select()
    assert (shift.closed_at, shift.closed_automatically) == (closed, False)


def test_an_opening_that_goes_on_stays_open(two_rooms: tuple[Path, Path]) -> None:
    day = Day(DAYS[0], [Happening(at("2027-10-26 10:05"), Kind.ARRIVAL, 1)])
    past.file_days(rooms.current(), [day], at("2027-10-26 12:00"))
    (shift,) = models.Shift.select()
    assert shift.closed_at is None
