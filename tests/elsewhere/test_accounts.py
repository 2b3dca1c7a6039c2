"""Who logs in to an account of their own on the machine is known by its name, and may what they may."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from db import connection, people, roles
from db.states import PersonKind
from hostdesk import elsewhere, place
from tests.commands.test_door import Run, run

__all__ = ["run"]

LINE = "192.0.2.1 50022 192.0.2.2 22"
LogIn = Callable[..., tuple[int, str, str]]


@pytest.fixture
def log_in(run: Run, room_file: Path, monkeypatch: pytest.MonkeyPatch) -> LogIn:
    """What somebody types in a shell of their own, over SSH; the room's file is another account's."""
    connection.open(room_file)
    for kind in PersonKind:
        people.add(f"Een-{kind}", kind=kind)
    people.end(people.add("Truus", kind=PersonKind.COORDINATOR).id)
    connection.close()
    monkeypatch.setenv("SSH_CONNECTION", LINE)
    monkeypatch.delenv(elsewhere.ASKED, raising=False)
    monkeypatch.setenv("HOSTDESK_BY", "Een-coordinator")  # whoever they say to be

    def log_in(account: str, *line: str, owner: bool = False) -> tuple[int, str, str]:
        monkeypatch.setattr(place, "account", lambda: account)
        monkeypatch.setattr(os, "geteuid", lambda: room_file.stat().st_uid if owner else 4711)
        monkeypatch.setenv("HOSTDESK_BY", os.environ["HOSTDESK_BY"])
        return run(*line)

    return log_in


@pytest.mark.parametrize("kind", PersonKind)
def test_an_account_that_is_called_as_a_person_has_that_persons_role(log_in: LogIn, kind: PersonKind) -> None:
    code, _, err = log_in(f"een-{kind}", "person", "add", "Omar")
    assert code == (0 if kind is PersonKind.COORDINATOR else 1)
    assert (err == "") == (code == 0)
    if kind is PersonKind.PARTNER:
        assert "De Huiskamer" in log_in(f"een-{kind}")[1], "who has no desk sees the figures"


def test_what_they_write_bears_their_name_whoever_they_say_to_be(log_in: LogIn, room_file: Path) -> None:
    assert log_in("een-volunteer", "note", "De lamp is stuk")[0] == 0
    with connection.looking_at(room_file) as seen:
        assert list(seen.execute("SELECT by FROM log_entry")) == [("Een-volunteer",)]


@pytest.mark.parametrize("account", ["omar", "truus", ""])
def test_an_account_that_is_called_as_nobody_gets_no_further(
    log_in: LogIn, room_file: Path, account: str
) -> None:
    """And is no coordinator by accident, nor is somebody who stopped."""
    for line in (("count",), ("log",), ("report",), ("today",)):
        code, out, err = log_in(account, *line)
        assert (code, out, err.count("\n")) == (1, "", 1)
    with connection.looking_at(room_file) as seen:
        assert list(seen.execute("SELECT count(*) FROM door")) == [(0,)]


def test_the_rooms_own_account_does_what_is_done_at_the_desk(log_in: LogIn) -> None:
    assert log_in("balie", "person", "add", "Omar", owner=True)[0] == 0
    assert log_in("een-host", "person", "add", "Nora", owner=True)[0] == 1, "it is called after a host"


def test_its_file_can_be_put_right_by_whose_it_is_and_by_nobody_else(log_in: LogIn, room_file: Path) -> None:
    room_file.write_bytes(b"bread and milk" * 1000)
    for owner in (True, False):
        code, out, err = log_in("balie", "check", owner=owner)
        assert code == 1 and err.count("\n") == 1, (out, err)
    assert roles.asking() is None


def test_where_there_is_no_room_yet_nobody_is_asked_who_they_are(log_in: LogIn, tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "room.db"
    assert log_in("omar", "init", "--name", "Van Omar", "--db", str(mine), owner=True)[0] == 0


def test_at_the_desk_nobody_logs_in(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_CONNECTION")
    assert log_in("omar", "person", "add", "Nora")[0] == 0
