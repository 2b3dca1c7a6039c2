"""A room of an earlier hostdesk opens with all it holds, after a copy of it was kept.

`kept/version-N.db` are rooms as that version left them; they are never written again.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from db import backup, board, connection, days, duties, errors, log, logbook, people, roles, roster, wishes
from db.check import check
from db.logbook import Filter, Reader
from db.states import PersonKind, ShiftState, State
from tests.clocks import FakeClock
from tests.safekeeping.files import contents

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
    nadia = people.add("Nadia")
    roster.plan(nadia.id, date(2026, 11, 24))
    log.write("de sleutels liggen klaar", by="Nadia")
    assert [entry.by for entry in logbook.entries(Reader(), Filter(words="sleutel"))] == ["Nadia"]
    today, tomorrow = duties.between(date(2026, 11, 23), date(2026, 11, 24))
    assert (today.state, [duty.name for duty in tomorrow.duties]) == (ShiftState.OPEN, ["Nadia"])
    connection.close()
    assert check(older).sound


def test_who_only_reads_waits_for_the_desk_and_leaves_nothing(older: Path) -> None:
    before = contents(older.parent)
    roles.act_as(PersonKind.PARTNER, "Paula")
    try:
        with pytest.raises(errors.NotYetUpgraded):
            connection.open(older)
        assert contents(older.parent) == before
        roles.act_as(None)
        connection.open(older)
        roles.act_as(PersonKind.PARTNER, "Paula")
        connection.open(older)
        assert days.today().visits == 5
    finally:
        roles.act_as(None)


def test_nothing_but_its_backup_is_left_beside_it(older: Path) -> None:
    connection.open(older)
    connection.close()

    assert {*older.parent.iterdir()} == {older, backup.folder(older)}


def test_it_was_kept_as_it_was(older: Path) -> None:
    connection.open(older)

    copy = backup.newest(older)
    assert copy and copy.file.name.endswith("-before-migration.db")
    with connection.looking_at(copy.file) as seen:
        assert seen.pragma("user_version") < connection.SCHEMA_VERSION
