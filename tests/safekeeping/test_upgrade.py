"""A room of an earlier hostdesk opens with all it holds, after a copy of it was kept.

`kept/version-N.db` are rooms as that version left them; they are never written again.
"""

import shutil
from pathlib import Path

import pytest

from db import backup, board, connection, days, wishes
from db.check import check
from db.states import State
from tests.clocks import FakeClock

KEPT = sorted((Path(__file__).parent / "kept").glob("version-*.db"))


@pytest.fixture(params=KEPT, ids=lambda file: file.stem)
def older(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Path:
    clock.go_on(minutes=30)
    return Path(shutil.copy(request.param, tmp_path / "room.db"))


def test_there_is_one_of_every_earlier_version() -> None:
    assert [int(file.stem.removeprefix("version-")) for file in KEPT] == [
        *range(1, connection.SCHEMA_VERSION)
    ]


def test_its_counts_are_all_there(older: Path) -> None:
    connection.open(older)

    today = days.today()
    assert (today.room.name, today.visits) == ("De Huiskamer", 5)
    assert today.present and today.present.n == 6


def test_what_is_new_works_in_it(older: Path) -> None:
    connection.open(older)

    wish = wishes.voice("Samen breien")

    assert [card.id for card in board.cards().columns[State.RECEIVED]] == [wish]
    connection.close()
    assert check(older).sound


def test_it_was_kept_as_it_was(older: Path) -> None:
    connection.open(older)

    copy = backup.newest(older)
    assert copy and copy.file.name.endswith("-before-migration.db")
    with connection.looking_at(copy.file) as seen:
        assert seen.pragma("user_version") < connection.SCHEMA_VERSION
