"""The demo's shifts: lived through for two years, with all that goes otherwise."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from db import clock as clocks
from db import connection, duties, log, logbook, pattern, people, shift_models
from db import room as rooms
from db.check import check
from db.connection import rows
from db.logbook import Filter, Reader
from db.states import FollowUp, Missing, NoteKind, PersonKind, ShiftState
from hostdesk import demo, words
from tests.clocks import FakeClock, at

TUESDAY_EVENING = at("2026-11-24 20:07")
TODAY = date(2026, 11, 24)
COORDINATOR = Reader(coordinator=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    clocks.use(FakeClock(TUESDAY_EVENING))
    words.choose("nl")
    demo.make(file)
    connection.close()
    return file


@pytest.fixture
def _open(made: Path, clock: FakeClock) -> None:
    clock.set_to(TUESDAY_EVENING)
    connection.open(made)


def everything() -> list[object]:
    """All rows of the shift's tables."""
    return [row for table in shift_models.TABLES for row in rows(table.select())]


@pytest.mark.parametrize(
    "tried_at", ["2026-11-29 23:15", "2027-03-28 03:30", "2026-11-24 18:07", "2026-11-26 22:15"]
)
def test_the_same_seed_gives_the_same_shifts(tmp_path: Path, clock: FakeClock, tried_at: str) -> None:
    clock.set_to(at(tried_at))
    found = []
    for name in ("one", "other"):
        demo.make(tmp_path / f"{name}.db", days=20)
        connection.open(tmp_path / f"{name}.db")
        found.append(everything())
        now = duties.now()
        assert now
        assert now.state is ShiftState.OPEN
        there = [
            duty
            for duty in now.duties
            if (duty.begins and duty.ends is None) or (duty.ends and duty.ends > clock.now())
        ]
        assert there, "somebody is at the desk"
        assert all(now.starts_at <= duty.begins < now.ends_at for duty in now.duties if duty.begins)
        connection.close()
    assert found[0] == found[1]


def test_it_is_sound(made: Path) -> None:
    assert check(made).sound


@pytest.mark.usefixtures("_open")
def test_two_years_with_gaps_stand_ins_and_swaps() -> None:
    shifts = duties.between(TODAY - timedelta(days=730), TODAY - timedelta(days=1))
    served = [duty for shift in shifts for duty in shift.duties]
    assert served[0].day < date(2024, 12, 31)
    assert any(shift.missing for shift in shifts)
    assert any(duty.absent for duty in served)
    assert any(duty.stands_in_for for duty in served)
    assert any(duty.trainee for duty in served)
    assert any(not duty.confirmed and not duty.absent for duty in served)
    assert any(shift.state is ShiftState.CLOSED_AUTOMATICALLY for shift in shifts), "a forgotten close"
    assert not any(
        shift.duties
        for shift in shifts
        if shift.key.day > date(2025, 11, 1) and shift.state is ShiftState.MISSING
    )


@pytest.mark.usefixtures("_open")
def test_nobody_is_in_two_places() -> None:
    for person in people.everybody(ended=True):
        theirs = duties.of_person(person.id, TODAY - timedelta(days=730), TODAY + timedelta(days=60))
        for one, other in pairwise(theirs):
            assert one.planned_until is None or other.begins is None or one.planned_until <= other.begins, (
                one,
                other,
            )


@pytest.mark.usefixtures("_open")
def test_who_there_are() -> None:
    kinds = {person.kind for person in people.everybody()}
    assert kinds == set(PersonKind)
    assert len(people.everybody(ended=True)) == len(people.everybody()) + 1, "somebody stopped"
    assert pattern.patterns()
    coming = duties.between(TODAY + timedelta(days=1), TODAY + timedelta(days=28))
    assert any(shift.missing for shift in coming)
    assert any(not shift.missing for shift in coming)
    assert any(duty.stands_in_for for shift in coming for duty in shift.duties)


@pytest.mark.usefixtures("_open")
def test_a_log_of_all_kinds_with_old_and_new_open_points() -> None:
    entries = logbook.entries(COORDINATOR, most=10_000)
    assert {entry.kind for entry in entries} == set(NoteKind)
    points = logbook.open_points(COORDINATOR)
    assert (
        min(point.day for point in points) < TODAY - timedelta(days=30) < max(point.day for point in points)
    )
    assert any(entry.follow_up is FollowUp.DONE and entry.dealt_with for entry in entries)
    assert logbook.to_read(Reader("Piet")), "there is something to read at the start"
    assert logbook.entries(COORDINATOR, Filter(words="sleutels"))
    assert {
        entry.text is None
        for entry in entries
        if entry.day < date(2025, 11, 24) and entry.kind is NoteKind.HAPPY
    } == {True}
    assert not any(entry.missing is Missing.ERASED for entry in entries if entry.day >= date(2025, 11, 24))


def test_it_speaks_the_language_of_the_room(tmp_path: Path, clock: FakeClock) -> None:
    try:
        words.choose("en")
        demo.make(tmp_path / "demo.db", days=20)
    finally:
        words.choose("nl")
    connection.open(tmp_path / "demo.db")
    assert rooms.current().language == "en"
    assert logbook.entries(COORDINATOR, Filter(words="keys"))
    assert not logbook.entries(COORDINATOR, Filter(words="koffiezetter"))
    assert all(len(entry.text or "") <= log.LONGEST for entry in logbook.entries(COORDINATOR))
