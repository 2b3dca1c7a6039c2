"""A bug on the database thread: is it one, or does the file hold what hostdesk never writes?"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import check, door
from db.errors import HostdeskError, Spoiled
from db.thread import DatabaseThread
from tests.safekeeping.files import write


@pytest.fixture
def thread(room_file: Path) -> Iterator[DatabaseThread]:
    """The room, open on its thread."""
    thread = DatabaseThread()
    thread.open(room_file).result()
    yield thread
    thread.end()


def test_a_bug_that_comes_again_has_the_file_looked_through_once(
    thread: DatabaseThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is counted meanwhile would wait for it each time."""
    looked, look = list[Path](), check.spoiled

    def counted(file: Path) -> HostdeskError | None:
        looked.append(file)
        return look(file)

    monkeypatch.setattr(check, "spoiled", counted)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            thread.submit(lambda: 1 / 0).result()
        thread.submit(door.arrive).result()
    assert len(looked) == 1


def test_what_a_spoiled_file_brings_about_is_said_as_that_each_time(
    thread: DatabaseThread, room_file: Path
) -> None:
    write(room_file, "UPDATE room SET created_at = 'gisteren'")
    for _ in range(3):
        with pytest.raises(Spoiled) as said:
            thread.submit(lambda: 1 / 0).result()
        assert isinstance(said.value.__cause__, ZeroDivisionError)
