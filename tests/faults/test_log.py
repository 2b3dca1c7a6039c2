"""The log beside the room: small, shared by several programs, and in nobody's way."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from hostdesk import logfile, place

WRITES = """
import sys
from pathlib import Path
from hostdesk import logfile
logfile.keep(Path(sys.argv[1]))
for n in range(200):
    logfile.log.info("%s %s", sys.argv[2], n)
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """Where a room would stand; the log is closed afterwards."""
    yield tmp_path / "room.db"
    for handler in logfile.log.handlers:
        handler.close()
    logfile.log.handlers.clear()


def begin(database: Path, text: str) -> None:
    """Start the program's log anew, and write a line."""
    for handler in logfile.log.handlers:
        handler.close()
    logfile.keep(database)
    logfile.log.info(text)


def test_a_full_log_is_put_aside_and_three_files_stay(database: Path) -> None:
    for text in ("first", "second", "third", "fourth"):
        begin(database, f"{text} {'x' * logfile.FULL}")
    logs = sorted(file.name for file in database.parent.iterdir())
    assert logs == ["room.log", "room.log.1", "room.log.2"]
    begun = [(database.parent / name).read_text(encoding="utf-8").split()[4] for name in logs]
    assert begun == ["fourth", "third", "second"]


def test_a_log_that_is_not_full_goes_on(database: Path) -> None:
    begin(database, "first")
    begin(database, "second")
    assert len(place.log_file(database).read_text(encoding="utf-8").splitlines()) == 2


def test_programs_that_begin_at_once_lose_no_line(database: Path) -> None:
    begin(database, "x" * logfile.FULL)
    writers = [subprocess.Popen([sys.executable, "-c", WRITES, str(database), f"w{n}"]) for n in range(4)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    begin(database, "still here")
    said = [
        " ".join(line.split()[4:])
        for file in database.parent.iterdir()
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert "still here" in said
    assert not {f"w{w} {n}" for w in range(4) for n in range(200)} - set(said)
    assert not (database.parent / "room.log.2").exists(), "put aside once"


def test_a_log_that_another_program_has_just_begun_anew_stays(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was full when this one began to look."""
    begin(database, "x" * logfile.FULL)
    file = place.log_file(database)
    opened = Path.open

    def after_another(path: Path, mode: str = "r") -> IO[Any]:
        monkeypatch.undo()
        file.rename(file.with_name("room.log.1"))
        file.write_text("of the other\n", encoding="utf-8")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", after_another)
    begin(database, "of this one")
    assert [line.split()[-1] for line in file.read_text(encoding="utf-8").splitlines()] == ["other", "one"]


def test_a_log_that_cannot_be_written_stops_nobody(database: Path) -> None:
    place.log_file(database).mkdir()
    begin(database, "nobody reads this")
    begin(database.with_name("nowhere") / "room.db", "nor this")


def test_what_stands_in_the_log_is_inert(database: Path) -> None:
    logfile.keep(database)
    logfile.log.log(logging.ERROR, "Za\x1b]0;gone\x07al\u202e")
    assert place.log_file(database).read_text(encoding="utf-8").rstrip("\n").endswith("Za]0;goneal")
