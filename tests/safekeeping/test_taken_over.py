"""A desk that stands open while a newer hostdesk brings its room up to date."""

from pathlib import Path

import pytest

from db import connection, days, door, errors, roles
from db.states import PersonKind
from tests.safekeeping.files import row_count, write
from tests.terminal import HOSTDESK, Terminal

NEWER = f"ALTER TABLE door ADD of_a_newer_one; PRAGMA user_version = {connection.SCHEMA_VERSION + 1}"


@pytest.mark.parametrize("role", [None, PersonKind.HOST])
def test_nothing_is_written_in_tables_that_are_not_known(room_file: Path, role: PersonKind | None) -> None:
    roles.act_as(role)
    try:
        connection.open(room_file)
        door.arrive(2)
        write(room_file, NEWER)
        with pytest.raises(errors.Upgraded):
            door.arrive(3)
        assert days.today().visits == 2
    finally:
        connection.close()
        roles.act_as(None)


@pytest.mark.parametrize("key", ["", "+"])
def test_the_desk_says_so_and_ends_so_that_the_newer_one_can_start(room_file: Path, key: str) -> None:
    with Terminal([*HOSTDESK, "--db", str(room_file)], env={"SSH_CONNECTION": None}) as desk:
        desk.wait("bezoeken vandaag")
        desk.send("+")
        desk.wait("+1")
        write(room_file, NEWER)
        desk.send(key)
        desk.wait("Start hostdesk opnieuw")
        assert desk.wait_for_exit() == 1
    assert row_count(room_file) == 1
