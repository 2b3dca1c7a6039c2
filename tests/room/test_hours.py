"""Opening hours: the week, what changes it from a day on, and days on which the room stays shut."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import connection, days, door, shifts
from db import room as rooms
from db.errors import NotPossible, RoomExists
from db.room import DEFAULT_HOURS, Hours, Room
from tests.clocks import FakeClock, at

MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28)


def stretches(room: Room, day: date) -> list[str]:
    """The day's hours on the room's own clock."""
    return [
        f"{room.local(period.opens_at):%H:%M}-{room.local(period.closes_at):%H:%M}"
        for period in rooms.periods(room, day)
    ]


def test_the_week_as_it_was_set_up(room: Room) -> None:
    assert rooms.week_of(MONDAY) == DEFAULT_HOURS
    assert stretches(room, MONDAY) == ["10:00-16:30"]
    assert stretches(room, SATURDAY) == []


def test_other_hours_from_a_day_on(room: Room) -> None:
    rooms.change_hours([Hours(1, "09:00", "12:00"), Hours(1, "13:00", "17:00")], TUESDAY)

    assert stretches(room, MONDAY) == ["10:00-16:30"]
    assert stretches(room, TUESDAY) == []
    assert stretches(room, date(2026, 11, 30)) == ["09:00-12:00", "13:00-17:00"]
    assert rooms.week_of(MONDAY) == DEFAULT_HOURS


def test_changed_twice_for_the_same_day_the_last_holds(room: Room) -> None:
    rooms.change_hours([Hours(2, "09:00", "12:00")], TUESDAY)
    rooms.change_hours([Hours(2, "10:00", "12:00")], TUESDAY)

    assert stretches(room, TUESDAY) == ["10:00-12:00"]


def test_a_closed_day(room: Room, clock: FakeClock) -> None:
    rooms.close_day(MONDAY, "Verbouwing")

    assert stretches(room, MONDAY) == []
    assert not days.today().opening.open
    assert days.today().periods == ()
    assert days.today().opening.opens_at == at("2026-11-24 10:00")


def test_open_until(room: Room) -> None:
    opening = days.today().opening

    assert (opening.open, opening.until, opening.opens_at) == (True, at("2026-11-23 16:30"), None)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 08:00", "2026-11-23 10:00"),
        ("2026-11-23 16:30", "2026-11-24 10:00"),
        ("2026-11-27 16:30", "2026-11-30 10:00"),  # Friday afternoon: Monday
        ("2026-11-28 12:00", "2026-11-30 10:00"),
    ],
)
def test_closed_and_when_it_opens_next(room: Room, clock: FakeClock, moment: str, opens: str) -> None:
    clock.set_to(at(moment))
    opening = days.today().opening

    assert (opening.open, opening.until, opening.opens_at) == (False, None, at(opens))


def test_nothing_planned_for_a_fortnight(room: Room, clock: FakeClock) -> None:
    rooms.change_hours([], TUESDAY)
    clock.go_on_until(at("2026-11-24 12:00"))

    assert days.today().opening == shifts.Opening(False, None, None)


def test_a_moment_is_open_or_not_by_the_second(room: Room, clock: FakeClock) -> None:
    for moment, is_open in (("09:59:59", False), ("10:00:00", True), ("16:29:59", True), ("16:30:00", False)):
        clock.set_to(at(f"2026-11-23 {moment}"))
        assert days.today().opening.open is is_open


@pytest.mark.parametrize(
    "week",
    [
        [Hours(1, "10:00", "10:00")],
        [Hours(1, "10:00", "12:00"), Hours(1, "11:00", "13:00")],
        [Hours(1, "20:00", "02:00"), Hours(1, "21:00", "23:00")],
        [Hours(1, "20:00", "03:00"), Hours(2, "02:00", "04:00")],
        [Hours(7, "20:00", "03:00"), Hours(1, "02:00", "04:00")],
        [Hours(1, "10:00", "24:30")],
        [Hours(1, "ten", "12:00")],
        [Hours(1, "", "12:00")],
    ],
)
def test_hours_that_cannot_be(room: Room, week: list[Hours]) -> None:
    with pytest.raises(NotPossible):
        rooms.change_hours(week, MONDAY)

    assert rooms.week_of(MONDAY) == DEFAULT_HOURS


def test_a_time_is_kept_as_it_sorts(room: Room) -> None:
    rooms.change_hours([Hours(1, "9:05", "11:00"), Hours(1, "11:00", "17:00")], MONDAY)

    assert stretches(room, MONDAY) == ["09:05-11:00", "11:00-17:00"]


TIMES = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda time: f"{time[0]:02}:{time[1]:02}")


@given(stretches=st.lists(st.builds(Hours, st.integers(1, 7), TIMES, TIMES), max_size=6))
def test_a_sound_week_never_has_two_openings_at_once(stretches: list[Hours]) -> None:
    try:
        week = rooms.sound(stretches)
    except NotPossible:
        return
    open_minutes = [minute % rooms._WEEK for hours in week for minute in range(*rooms._minutes(hours))]

    assert len(open_minutes) == len(set(open_minutes))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "   "},
        {"name": "x" * 61},
        {"name": "De Huiskamer", "language": "fr"},
        {"name": "De Huiskamer", "timezone": "Europe/Atlantis"},
        {"name": "De Huiskamer", "timezone": "../../etc/passwd"},
        {"name": "De Huiskamer", "hours": [Hours(1, "10:00", "10:00")]},
    ],
)
def test_a_room_that_cannot_be_is_not_made(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(NotPossible):
        rooms.create(tmp_path / "none.db", **wrong)  # type: ignore[arg-type]

    assert not list(tmp_path.iterdir())


def test_a_room_is_made_once(room: Room, room_file: Path) -> None:
    door.arrive(3)
    connection.close()
    with pytest.raises(RoomExists):
        rooms.create(room_file, name="Een andere")

    connection.open(room_file)
    assert (rooms.current().name, days.today().visits) == ("De Huiskamer", 3)


def test_the_language_is_seen_without_opening(room_file: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear room")

    assert rooms.peek_language(room_file) == "nl"
    assert rooms.peek_language(tmp_path / "letter.txt") is None
    assert rooms.peek_language(tmp_path / "nothing.db") is None
    assert rooms.peek_language(tmp_path) is None


def test_seeing_the_language_leaves_nothing_beside_the_room(room_file: Path) -> None:
    assert rooms.peek_language(room_file) == "nl"
    assert list(room_file.parent.iterdir()) == [room_file]


def test_the_language_of_an_open_room_is_seen_in_its_log(room: Room, room_file: Path) -> None:
    with connection.writing():
        connection.database.execute_sql("UPDATE room SET language = 'en'")

    assert rooms.peek_language(room_file) == "en"


def test_when_the_room_was_made_is_kept(room: Room) -> None:
    from db import models

    assert models.Room.get().created_at == datetime(2026, 11, 23, 13, 7, tzinfo=UTC)
