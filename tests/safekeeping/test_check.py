"""The check says in words what is wrong with a room's file, and changes nothing."""

import contextlib
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest
from peewee import Field, IntegerField, TextField

from db import backup, check, closing, connection, door, duties, errors, ledger, opening, put_right
from db import room as rooms
from db.codes import CODES
from db.door_rows import Kind
from db.models import Door, Table
from db.moments import DayField, MomentField
from db.room import Hours
from db.states import Step
from hostdesk import demo
from tests.clocks import FakeClock, at, machine_in
from tests.safekeeping.files import break_page_of, contents, write


def codes(file: Path, *, serious: bool = True) -> set[str]:
    """What the check finds, in short."""
    report = check.check(file)
    assert report.sound == (not any(finding.serious for finding in report.findings))
    return {finding.code for finding in report.findings if finding.serious or not serious}


@pytest.fixture
def busy(room_file: Path, clock: FakeClock) -> Path:
    """A room with a bit of everything in its ledger; rows 1 to 9."""
    connection.open(room_file)
    door.arrive(5, first_visit=True, reason="inloop")  # 1, 2, 3
    door.arrive(2, volunteer=True)  # 4
    door.depart(1)  # 5
    door.headcount(0)  # 6
    clock.go_on(days=1)
    door.undo()  # 7
    door.arrive(2)  # 8
    door.first_visit(8)  # 9
    connection.close()
    return room_file


def test_a_new_room_is_in_order(room_file: Path) -> None:
    assert codes(room_file) == set()
    assert codes(room_file, serious=False) == {"no_backup"}


def test_a_room_that_counted_is_in_order(busy: Path) -> None:
    report = check.check(busy)
    assert report.sound
    assert report.rows == 9


def test_the_check_changes_nothing(busy: Path) -> None:
    before = contents(busy.parent)
    check.check(busy)
    assert contents(busy.parent) == before


def test_an_evening_past_midnight_is_in_order(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    rooms.change_hours([Hours(5, "20:00", "02:00")], clock.now().date())
    clock.go_on_until(at("2026-11-28 01:15"))
    assert door.arrive().day.isoformat() == "2026-11-27"
    connection.close()
    assert codes(room_file) == set()


def test_one_evening_past_midnight_is_in_order(room_file: Path, clock: FakeClock) -> None:
    """New year's eve: that one day, and not every week."""
    connection.open(room_file)
    opening.change_day(date(2026, 12, 31), "20-1:30")
    clock.go_on_until(at("2027-01-01 00:20"))
    assert door.arrive().day.isoformat() == "2026-12-31"
    connection.close()
    assert codes(room_file) == set()


@pytest.mark.parametrize(("evening", "late"), [("2027-03-27", "03:10"), ("2027-10-30", "02:20")])
def test_an_evening_on_which_the_clock_is_changed_is_in_order(
    room_file: Path, clock: FakeClock, evening: str, late: str
) -> None:
    connection.open(room_file)
    opening.change_week(6, "20-1:30")
    day = date.fromisoformat(evening)
    clock.go_on_until(at(f"{day + timedelta(days=1)} {late}"))
    assert door.arrive().day == day
    connection.close()
    assert codes(room_file) == set()


def test_who_leaves_late_is_in_order(room_file: Path, clock: FakeClock) -> None:
    """Closing at half past eleven, the last visitor out after midnight: still the evening's."""
    connection.open(room_file)
    rooms.change_hours([Hours(5, "20:00", "23:30")], clock.now().date())
    clock.go_on_until(at("2026-11-27 23:00"))
    door.arrive()
    clock.go_on_until(at("2026-11-28 00:10"))
    assert door.depart().day.isoformat() == "2026-11-27"
    connection.close()
    assert codes(room_file) == set()


def test_the_day_the_clock_goes_back_is_in_order(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    clock.go_on_until(at("2027-10-31 01:30"))
    for _ in range(6):
        door.arrive()
        clock.go_on(minutes=30)
    connection.close()
    assert codes(room_file) == set()


def test_a_shift_that_was_begun_and_forgotten_is_in_order(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    closing.start()
    clock.go_on_until(at("2026-11-24 09:55"))
    door.start_of_day()
    closing.really_closed(duties.between(date(2026, 11, 23), date(2026, 11, 23))[0].key)
    connection.close()
    assert codes(room_file) == set()


def test_a_clock_put_right_is_in_order(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    clock.reboot(says=at("2026-11-10 09:00"))
    door.arrive(3)
    door.undo()
    clock.set_to(at("2026-11-26 10:00"))
    put_right.clock_is_right()
    connection.close()
    assert codes(room_file) == set()


WRONGS = {
    "UPDATE door SET kind = 'dog' WHERE id = 5": "unknown_kind",
    "UPDATE door SET n = 0 WHERE id = 1": "number",
    "UPDATE door SET n = -1 WHERE id = 6": "number",
    "UPDATE door SET n = 501 WHERE id = 5": "number",
    "UPDATE door SET n = 'many' WHERE id = 5": "number",
    "UPDATE door SET voids = NULL WHERE id = 7": "voids",
    "UPDATE door SET voids = 1 WHERE id = 8": "voids",
    "UPDATE door SET voids = 2 WHERE id = 7": "undone_kind",
    "UPDATE door SET voids = 8 WHERE id = 7": "undone_kind",
    "UPDATE door SET n = 4 WHERE id = 7": "undone_number",
    "DROP INDEX door_voids; INSERT INTO door (at, day, hour, kind, n, voids, boot, boot_ms) "
    "SELECT at, day, hour, kind, n, voids, boot, boot_ms FROM door WHERE id = 7": "undone_twice",
    "UPDATE door SET about = NULL WHERE id = 9": "tag",
    "UPDATE door SET about = 5 WHERE id = 9": "tag",
    "UPDATE door SET n = 6 WHERE id = 2": "first_visits",
    "UPDATE door SET reason = NULL WHERE id = 3": "reason",
    "UPDATE door SET at = '2026-11-23T13:07' WHERE id = 5": "moment",
    "UPDATE door SET day = 'monday' WHERE id = 5": "moment",
    "UPDATE door SET day = '2026-11-22' WHERE id = 5": "filing",
    "UPDATE door SET hour = 13 WHERE id = 5": "filing",
    "UPDATE room SET uuid = 'x'": "uuid",
    "UPDATE room SET timezone = 'Mars/Olympus'": "timezone",
    "UPDATE room SET timezone = '../../etc/passwd'": "timezone",
    "UPDATE room SET language = 'fy'": "language",
    "DELETE FROM room": "room",
    "PRAGMA foreign_keys = 0; DELETE FROM boot": "references",
    "DROP TABLE closed_day": "table",
    "DROP TABLE door": "table",
    "ALTER TABLE door ADD COLUMN who TEXT": "columns",
    "ALTER TABLE room RENAME COLUMN name TO title": "columns",
    "DROP INDEX door_voids": "index",
    "CREATE TRIGGER t AFTER INSERT ON door BEGIN DELETE FROM door; END": "strange",
}


@pytest.mark.parametrize("sql", WRONGS)
def test_what_another_program_did_is_found(busy: Path, sql: str) -> None:
    write(busy, sql)
    assert WRONGS[sql] in codes(busy)


@pytest.fixture
def lived_in(tmp_path: Path, clock: FakeClock) -> Path:
    """A room in which everything happened."""
    file = tmp_path / "lived-in.db"
    demo.make(file, days=60)
    connection.open(file)
    door.arrive()
    for step in ("count", "hours"):
        closing.step(Step(step))
    connection.close()
    return file


def test_a_word_that_nobody_knows_is_found_in_each_column_of_such(lived_in: Path, tmp_path: Path) -> None:
    file = tmp_path / "room.db"
    for place in CODES:
        table, column = place.split(".")
        shutil.copy(lived_in, file)
        write(file, f"UPDATE {table} SET {column} = 'dog' WHERE rowid = (SELECT MAX(rowid) FROM {table})")
        (found,) = [finding for finding in check.check(file).findings if finding.serious]
        assert (found.code, found.values["table"], found.values["column"]) == ("word", table, column)


def test_each_column_of_such_words_is_looked_at(lived_in: Path) -> None:
    """Where everything that stands is one of the codes, nothing else may."""
    codes = {word for words in (*CODES.values(), Kind) for word in words}
    assert check.check(lived_in).sound
    with contextlib.closing(apsw.Connection(str(lived_in))) as room:
        tables = [name for (name,) in room.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            for (column,) in list(room.execute("SELECT name FROM pragma_table_info(?)", (table,))):
                stands = {one for (one,) in room.execute(f'SELECT DISTINCT "{column}" FROM "{table}"')}
                if len(stands - {None}) > 1 and stands - {None} <= codes:
                    assert f"{table}.{column}" in {*CODES, "door.kind"}


HOURS = ("opening_hours.opens", "opening_hours.closes")
TIMES = (*HOURS, "other_hours.closes", "pattern.begins")


@pytest.mark.parametrize(
    ("place", "time"),
    [
        *((place, time) for place in TIMES for time in ("'noon'", "'24:00'", "'9:00'", "''")),
        *((place, "NULL") for place in HOURS),  # one without the other; the rest refuses that itself
    ],
)
def test_a_time_of_day_that_is_none_is_found(lived_in: Path, place: str, time: str) -> None:
    table, column = place.split(".")
    write(lived_in, "INSERT INTO other_hours VALUES (77, '2026-12-31', '20:00', '01:30', '')")
    assert check.check(lived_in).sound
    write(lived_in, f"UPDATE {table} SET {column} = {time} WHERE rowid = (SELECT MAX(rowid) FROM {table})")
    (found,) = [finding for finding in check.check(lived_in).findings if finding.serious]
    assert (found.code, found.values["table"], found.values["n"]) == ("time", table, 1)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (MomentField, "'2026-02-30 10:00:00.000'"),
        (MomentField, "'2026-11-23 13:07'"),
        (DayField, "'2026-11-31'"),
        (TextField, "x'a5a5'"),
        (IntegerField, "'many'"),
    ],
)
def test_what_cannot_be_read_is_found_in_each_column(
    lived_in: Path, kind: "type[Field[Any]]", value: str
) -> None:
    """Of the ledger, and of words from a list, that is told otherwise."""
    write(lived_in, "INSERT INTO other_hours VALUES (77, '2026-12-31', '20:00', '01:30', '')")
    spoiled = set()
    for model in set(Table.__subclasses__()) - {Door}:
        table = model._meta.table_name
        for field in model._meta.sorted_fields:
            is_row_number = kind is IntegerField and field.primary_key
            if isinstance(field, kind) and not (is_row_number or f"{table}.{field.column_name}" in CODES):
                write(lived_in, f"UPDATE {table} SET {field.column_name} = {value} WHERE rowid = 1")
                spoiled.add((table, field.column_name))
    with contextlib.closing(apsw.Connection(str(lived_in))) as room:
        stands = {
            (table, column)
            for table, column in spoiled
            if list(room.execute(f"SELECT 1 FROM {table} WHERE rowid = 1 AND {column} = {value}"))
        }
    found = [finding.values for finding in check.check(lived_in).findings if finding.code == "value"]
    assert {(one["table"], one["column"]) for one in found} == stands
    assert stands and {one["n"] for one in found} == {1}


def test_tables_that_are_missing_are_told_once(tmp_path: Path) -> None:
    """Each with its columns and indexes were 86 things to do, and all of them the same."""
    file = tmp_path / "room.db"
    with contextlib.closing(apsw.Connection(str(file))) as bare:
        bare.pragma("application_id", connection.APPLICATION_ID)
        bare.pragma("user_version", connection.SCHEMA_VERSION)
    assert [found.code for found in check.check(file).findings if found.serious] == ["table"]


def test_every_rule_of_the_ledger_was_broken_once() -> None:
    assert set(ledger.RULES) <= set(WRONGS.values())


def test_one_row_is_told_as_well_as_many(busy: Path) -> None:
    write(busy, "UPDATE door SET n = 0 WHERE id = 1")
    told = [finding.sentence.format(**finding.values) for finding in check.check(busy).findings]

    assert "Rows of the door ledger with a number of people that cannot be: 1. The first is row 1." in told
    assert all(": {n}. " in sentence for _, sentence in ledger.RULES.values())


def test_a_table_of_somebody_else_does_no_harm(busy: Path) -> None:
    write(busy, "CREATE TABLE shopping (what TEXT)")
    assert codes(busy) == set()
    assert "strange" in codes(busy, serious=False)


@pytest.mark.parametrize("table", ["door", "room", "shift", "reason"])
def test_a_broken_page_is_damage(busy: Path, table: str) -> None:
    break_page_of(busy, table)
    assert codes(busy) == {"damaged"}


def test_a_file_cut_short_is_damage(busy: Path) -> None:
    with busy.open("r+b") as raw:
        raw.truncate(20_000)
    assert codes(busy) == {"damaged"}


def test_a_list_of_tables_that_is_broken_is_damage(busy: Path) -> None:
    with busy.open("r+b") as raw:
        raw.seek(100)
        raw.write(b"\xa5" * 2000)
    assert codes(busy) == {"damaged"}


def test_damage_names_the_backup_to_put_back(busy: Path) -> None:
    connection.open(busy)
    made = backup.by_hand()
    connection.close()
    break_page_of(busy, "door")
    (finding,) = check.check(busy).findings
    assert finding.values["backup"] == made


def test_of_a_damaged_room_nobody_is_told_to_make_a_backup(busy: Path, clock: FakeClock) -> None:
    break_page_of(busy, "door")
    (finding,) = check.check(busy).findings
    assert "hostdesk restore FILE" in finding.sentence


def test_a_backup_is_as_old_as_the_rooms_days_say(busy: Path, clock: FakeClock) -> None:
    """In Amsterdam it is a day later already than where the machine thinks that it is."""
    connection.open(busy)
    backup.daily()
    connection.close()
    clock.go_on_until(at("2026-12-02 00:30"))
    with machine_in("America/New_York"):
        assert codes(busy, serious=False) == {"old_backup"}


def test_an_old_backup_is_told(busy: Path, clock: FakeClock) -> None:
    connection.open(busy)
    backup.daily()
    connection.close()
    assert codes(busy, serious=False) == set()
    clock.go_on_until(clock.now() + timedelta(days=8))
    assert codes(busy, serious=False) == {"old_backup"}


def test_an_older_room_is_said_to_be_one(busy: Path) -> None:
    write(busy, f"PRAGMA user_version = {connection.SCHEMA_VERSION - 1}")
    assert codes(busy, serious=False) == {"older", "no_backup"}


def test_what_is_no_room_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "list.txt"
    text.write_text("bread, milk")
    with pytest.raises(errors.NotARoom):
        check.check(text)
    with pytest.raises(errors.NoRoom):
        check.check(tmp_path / "nothing.db")
    with pytest.raises(errors.HostdeskError):
        check.check(tmp_path)
