"""How much it asks of the database to know what a shift must read: as little after ten years as after one."""

import pytest

from db import logbook
from db.connection import database
from db.room import Room
from tests.door.test_effort import statements

GROWS = ("duty", "log_entry", "log_read", "log_change")
"""Tables to which every shift adds rows."""


@pytest.mark.parametrize("name", ["", "Nadia"])
def test_what_must_be_read_is_found_by_an_index(room: Room, name: str) -> None:
    with statements() as asked:
        logbook.to_read(logbook.reader(name))

    read = [sql for sql in asked if 'FROM "log_entry"' in sql]
    assert len(read) >= 3, "what was handed over, notices, open points"
    for sql in read:
        names = {short: table for table in GROWS for short in _short_names(sql, table)}
        plan = database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", [0] * sql.count("?")).fetchall()
        whole = [step for *_, step in plan if step.startswith("SCAN") and " USING " not in step]
        assert not [step for step in whole if step.split()[1] in names], (sql, plan)


def _short_names(sql: str, table: str) -> list[str]:
    """What a table is called within a question."""
    return [part.split('"')[1] for part in sql.split(f'"{table}" AS ')[1:]]
