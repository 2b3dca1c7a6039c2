"""How much a key press asks of the database: as little with a million rows as with ten."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import apsw
import pytest

from db import clock, connection, days, door, door_rows, shifts
from db import room as rooms
from db.connection import database
from db.prepared import Prepared
from db.room import Room
from tests.clocks import FakeClock

QUESTIONS = {
    f"{module.__name__}.{name}": question
    for module in (clock, days, door, door_rows, rooms, shifts)
    for name, question in vars(module).items()
    if isinstance(question, Prepared)
}

SMALL = ("room", "reason", "closed_day", "other_hours")
"""Tables that are read whole without anybody noticing."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """What SQLite is asked meanwhile."""
    asked: list[str] = []
    handle = database.connection()
    handle.trace_v2(apsw.SQLITE_TRACE_STMT, lambda event: asked.append(event["sql"]))
    try:
        yield asked
    finally:
        handle.trace_v2(0, None)


@pytest.mark.parametrize(
    ("act", "most"),
    [
        (door.arrive, 16),
        (lambda: door.arrive(2, first_visit=True, reason="eten"), 28),
        (door.depart, 16),
        (lambda: door.headcount(3), 16),
        (door.undo, 14),
        (days.today, 16),
    ],
)
def test_statements(room: Room, clock: FakeClock, act: Callable[[], object], most: int) -> None:
    for _ in range(20):
        door.arrive(3)
        clock.go_on(minutes=1)
    with statements() as asked:
        act()

    assert 1 < len(asked) <= most, asked


def test_no_more_statements_on_a_busy_day(room: Room, clock: FakeClock) -> None:
    door.arrive()
    with statements() as quiet:
        days.today()
    for _ in range(40):
        door.arrive(3, first_visit=True)
        door.undo()
    door.arrive()
    with statements() as busy:
        days.today()

    assert busy == quiet


def test_a_press_is_one_transaction(room: Room) -> None:
    with statements() as asked:
        door.arrive(2, first_visit=True, reason="eten")

    begun = [sql for sql in asked if sql.lower().startswith("begin")]
    assert [sql.lower() for sql in begun] == ["begin immediate"]
    assert len([sql for sql in asked if sql.lower().startswith("commit")]) == 1


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_finds_its_rows_by_an_index(room: Room, name: str) -> None:
    sql, values = QUESTIONS[name]._written
    plan = database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", [0 for _ in values]).fetchall()
    scans = [step for *_, step in plan if step.startswith("SCAN")]

    newest_first = (
        "ORDER BY" in sql and "LIMIT" in sql and not any("TEMP B-TREE" in step for *_, step in plan)
    )
    assert not scans or newest_first or any(f'FROM "{table}"' in sql for table in SMALL), plan


def test_looking_writes_nothing(room: Room) -> None:
    door.arrive()
    before = connection.changes_elsewhere(), database.connection().total_changes()
    days.today()
    door.standing_before(1)
    door.reasons()

    assert (connection.changes_elsewhere(), database.connection().total_changes()) == before
