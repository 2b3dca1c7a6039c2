"""Databases that somebody made to hurt, or that a card spoiled: every command and the desk say a sentence."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import apsw
import pytest

from db import connection, days, door
from tests.commands.test_door import Run, run
from tests.safekeeping.files import write

__all__ = ["run"]

COMMANDS = (
    ("today",),
    ("today", "--json"),
    ("count", "2"),
    ("undo",),
    ("note", "de koffie is op"),
    ("log",),
    ("wish", "samen breien"),
    ("board",),
    ("roster",),
    ("report", "--month", "2026-11"),
    ("backup",),
    ("check",),
    ("doctor",),
)

TELLS_LIES = {
    "a view in the place of the ledger": (
        "ALTER TABLE door RENAME TO ledger; CREATE VIEW door AS SELECT * FROM ledger"
    ),
    "a view that has no end": (
        "ALTER TABLE door RENAME TO ledger; CREATE VIEW door AS WITH RECURSIVE n(id) AS "
        "(SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT n.id, ledger.at FROM n, ledger"
    ),
    "a trigger that takes counts away": (
        "CREATE TRIGGER away AFTER INSERT ON door BEGIN DELETE FROM door WHERE id = new.id; END"
    ),
    "a trigger that refuses": "CREATE TRIGGER no BEFORE INSERT ON door BEGIN SELECT RAISE(ABORT, 'no'); END",
    "a trigger that goes on and on": (
        "CREATE TRIGGER more AFTER INSERT ON door BEGIN "
        "INSERT INTO door(at, day, hour, kind, n, boot, boot_ms) "
        "SELECT at, day, hour, kind, n, boot, boot_ms FROM door WHERE id = new.id; END"
    ),
    "no ledger": "DROP TABLE door",
    "no room": "DELETE FROM room",
    "a room of another number": "UPDATE room SET id = 7",
    "a ledger of one column": "DROP TABLE door; CREATE TABLE door (id INTEGER PRIMARY KEY)",
    "a time zone that is none": "UPDATE room SET timezone = '../../etc/passwd'",
    "a language that is none": "UPDATE room SET language = '../../../tmp'",
    "a theme that is none": "UPDATE room SET theme = '[/]'",
    "a name that never ends": "UPDATE room SET name = printf('%.*c', 300000, 'x')",
    "a name of escapes": "UPDATE room SET name = char(27) || ']0;x' || char(7, 0, 10, 8238) || '[/]'",
    "a name of bytes": "UPDATE room SET name = CAST(x'fffe80' AS TEXT)",
    "hours that are none": "UPDATE opening_hours SET opens = 'noon'",
    "a kind that is none": "UPDATE door SET kind = 'boo'",
    "a number that is text": "UPDATE door SET n = 'many'",
    "a number without end": "UPDATE door SET n = 9223372036854775807",
    "a moment that is none": "UPDATE door SET at = 'then'",
    "a moment of bytes": "UPDATE door SET at = x'00ff'",
    "a day that is none": "UPDATE door SET day = '2026-13-45'",
    "an undo of itself": "UPDATE door SET voids = id",
    "an id at the end": "UPDATE door SET id = 9223372036854775807 WHERE id = (SELECT MAX(id) FROM door)",
    "an index that lies": (
        "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 3 WHERE type = 'index'"
    ),
    "tables that share their pages": "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 2",
    "a schema that is no SQL": (
        "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE TABLE (' WHERE name = 'door'"
    ),
}
"""What SQL can do to a room."""


@pytest.fixture
def spoiled(room_file: Path) -> Path:
    """A room with a few counts, that nobody has open."""
    connection.open(room_file)
    door.arrive(5)
    door.headcount(3)
    door.depart()
    connection.close()
    write(room_file, "PRAGMA wal_checkpoint(truncate)")
    return room_file


def says_a_sentence(run: Run, file: Path) -> None:
    """Every command answers: a fact, or one line why not; and no word of a bug."""
    for command in COMMANDS:
        code, _out, err = run(*command)
        assert code in {0, 1}, (command, err)
        assert err.count("\n") <= 1 and "Traceback" not in err, (command, err)
        assert "dat niet mag" not in err and "should not" not in err, (
            command,
            err,
            file.with_suffix(".log").read_text()[-3000:],
        )


def _log_of(file: Path) -> str:
    return file.with_suffix(".log").read_text(encoding="utf-8")[-3000:]


def test_a_trigger_takes_no_count_away(run: Run, spoiled: Path) -> None:
    write(spoiled, TELLS_LIES["a trigger that takes counts away"])
    assert "+2" in run("count", "2")[1]
    connection.open(spoiled)
    assert days.today().visits == 7


@pytest.mark.parametrize("lie", TELLS_LIES)
def test_what_sql_can_do_to_a_room(run: Run, spoiled: Path, lie: str) -> None:
    other = apsw.Connection(str(spoiled))
    try:
        other.execute(TELLS_LIES[lie])
    except apsw.Error as problem:
        pytest.fail(f"{lie}: {problem}")
    finally:
        other.close()
    says_a_sentence(run, spoiled)


def _page_size(raw: bytearray) -> None:
    raw[16:18] = b"\x00\x03"


def _of_the_future(raw: bytearray) -> None:
    raw[18:20] = b"\x09\x09"


def _reserved(raw: bytearray) -> None:
    raw[20] = 255


def _too_many_pages(raw: bytearray) -> None:
    raw[28:32] = b"\xff\xff\xff\xff"


def _free_pages(raw: bytearray) -> None:
    raw[32:40] = b"\x00\x00\x00\x02\x7f\xff\xff\xff"


def _schema_format(raw: bytearray) -> None:
    raw[44:48] = b"\x00\x00\x00\x63"


def _utf_16(raw: bytearray) -> None:
    raw[56:60] = b"\x00\x00\x00\x02"


def _cut(raw: bytearray) -> None:
    del raw[len(raw) // 2 + 77 :]


def _longer(raw: bytearray) -> None:
    raw.extend(b"\xa5" * 12345)


def _nothing_after_the_head(raw: bytearray) -> None:
    raw[100:] = bytes(len(raw) - 100)


def _only_the_head(raw: bytearray) -> None:
    del raw[100:]


HEADS: list[Callable[[bytearray], None]] = [
    _page_size,
    _of_the_future,
    _reserved,
    _too_many_pages,
    _free_pages,
    _schema_format,
    _utf_16,
    _cut,
    _longer,
    _nothing_after_the_head,
    _only_the_head,
]


@pytest.mark.parametrize("change", HEADS, ids=lambda change: change.__name__.strip("_"))
def test_what_bytes_can_do_to_a_room(run: Run, spoiled: Path, change: Callable[[bytearray], None]) -> None:
    raw = bytearray(spoiled.read_bytes())
    change(raw)
    spoiled.write_bytes(raw)
    says_a_sentence(run, spoiled)


@pytest.mark.parametrize("seed", range(12))
def test_bytes_that_fell_over(run: Run, spoiled: Path, seed: int) -> None:
    random, raw = Random(seed), bytearray(spoiled.read_bytes())
    for _ in range(random.choice([1, 8, 200])):
        at = random.randrange(100, len(raw))
        raw[at : at + 4] = random.randbytes(4)
    spoiled.write_bytes(raw)
    says_a_sentence(run, spoiled)


@pytest.mark.parametrize("log", [b"\xa5" * 5000, b"\x37\x7f\x06\x82" + b"\xff" * 4000, bytes(40_000)])
def test_a_log_of_nonsense_beside_it(run: Run, spoiled: Path, log: bytes) -> None:
    Path(f"{spoiled}-wal").write_bytes(log)
    says_a_sentence(run, spoiled)
