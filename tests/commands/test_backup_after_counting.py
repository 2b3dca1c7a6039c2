"""Who counts from the shell alone has a backup each day too."""

from pathlib import Path

import pytest

from db import backup, connection, wishes
from db.errors import DiskFull
from tests.clocks import FakeClock
from tests.commands.test_door import Run, run

__all__ = ["run"]


@pytest.mark.parametrize("line", [("count", "2"), ("headcount", "3")])
def test_the_first_count_of_a_day_brings_its_backup(
    run: Run, room_file: Path, clock: FakeClock, line: tuple[str, ...]
) -> None:
    for _ in range(2):
        assert run(*line)[0] == 0
    assert [str(one.day) for one in backup.all_of(room_file)] == ["2026-11-23"]
    clock.go_on(days=1)
    assert run(*line)[0] == 0
    assert [str(one.day) for one in backup.all_of(room_file)] == ["2026-11-23", "2026-11-24"]


def test_looking_makes_no_backup(run: Run, room_file: Path) -> None:
    run("today")
    assert backup.all_of(room_file) == []


def test_a_backup_that_fails_is_said_and_the_count_stands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise DiskFull

    monkeypatch.setattr(backup, "daily", full)
    code, out, err = run("count", "2")
    assert (code, out.count("\n"), err.count("\n")) == (0, 1, 1)
    assert "reservekopie" in err and "schijf" in err


def test_who_counts_from_the_shell_alone_erases_what_was_kept_long_enough(
    run: Run, room_file: Path, clock: FakeClock
) -> None:
    run("wish", "Samen breien", "--contact", "Annie 06-12345678")
    clock.go_on(days=wishes.CONTACT_KEPT.days + 1)
    assert run("count")[0] == 0
    connection.open(room_file)
    assert wishes.contact_of(1) is None
