"""Two people write at the same moment: every note is there, and is found."""

from pathlib import Path

from db import connection, logbook
from db.check import check
from db.logbook import Filter, Reader
from tests.log import writer


def test_no_note_is_lost(room_file: Path) -> None:
    names = ("Ans", "Bea", "Cor")
    writers = [writer.start(room_file, name, 40) for name in names]
    for one in writers:
        assert one.stdin is not None
        one.stdin.close()
        one.stdin = None
    for one in writers:
        _, complaints = one.communicate(timeout=60)
        assert (one.returncode, complaints) == (0, "")

    connection.open(room_file)
    for name in names:
        found = logbook.entries(Reader(), Filter(words=f"{name} regels"), most=200)
        assert sorted(entry.text or "" for entry in found) == sorted(
            f"{name} schrijft regel {number}" for number in range(40)
        )
    connection.close()
    assert check(room_file).sound
