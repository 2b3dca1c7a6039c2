"""Who stops, becomes something else or loses their key, is at a live desk no more."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from db import connection, door, people, roles
from db.states import PersonKind
from hostdesk import authorized_keys
from tests.commands.test_door import Run, run
from tests.elsewhere.test_authorized_keys import ed25519
from tests.safekeeping.files import row_count
from tests.terminal import HOSTDESK, Terminal

__all__ = ["run"]

LINE = "192.0.2.1 50022 192.0.2.2 22"


def end(run: Run) -> None:
    assert run("person", "end", "Hanna")[0] == 0


def become_a_partner(_run: Run) -> None:
    people.change(people.find("Hanna").id, kind=PersonKind.PARTNER)


def take_the_key_away(run: Run) -> None:
    assert run("ssh-key", "remove", "Hanna")[0] == 0


@pytest.mark.parametrize("how", [end, become_a_partner, take_the_key_away])
@pytest.mark.parametrize("kind", [PersonKind.HOST, PersonKind.COORDINATOR])
def test_her_desk_ends_with_a_sentence(
    run: Run,
    room_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: PersonKind,
    how: Callable[[Run], None],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert run("person", "add", "Hanna", "--kind", kind.value)[0] == 0
    keys = authorized_keys.default_file()
    for name in ("Hanna", "Omar"):
        key = authorized_keys.read_key(ed25519(name[:1].encode()))
        authorized_keys.add(keys, name, key, room_file)
    env = {"SSH_CONNECTION": LINE, "HOME": str(tmp_path)}
    with Terminal([*HOSTDESK, "--as", "Hanna", "--db", str(room_file)], env=env) as desk:
        desk.wait("bezoeken vandaag")
        authorized_keys.remove(keys, "Omar")
        desk.send("+")
        desk.wait("+1")
        connection.open(room_file)
        how(run)
        connection.close()
        desk.wait("Log opnieuw in")
        assert desk.wait_for_exit() == 1
        assert "Traceback" not in desk.text
    assert row_count(room_file) == 1


@pytest.mark.parametrize("written_by", ["this version", "an earlier one"])
def test_her_key_stands_in_another_file_than_that_of_the_account(
    run: Run, room_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written_by: str
) -> None:
    """sshd may be told of it: the line says which file it stands in, after `list` those of before too."""
    monkeypatch.setenv("HOME", str(tmp_path))
    keys = tmp_path / "of sshd" / "keys"
    public = tmp_path / "hanna.pub"
    public.write_text(ed25519())
    of_keys = ("--file", str(keys))
    assert run("person", "add", "Hanna", "--kind", "coordinator")[0] == 0
    assert run("ssh-key", "add", "Hanna", str(public), *of_keys)[0] == 0
    if written_by == "an earlier one":
        keys.write_text(keys.read_text().replace(f"--keys '{keys}' ", ""))
        assert str(keys) not in keys.read_text()
        assert run("ssh-key", "list", *of_keys)[0] == 0
    forced = re.match(r'restrict,pty,command="([^"]*)" ', keys.read_text())
    assert forced
    with Terminal(["/bin/sh", "-c", forced[1]], env={"SSH_CONNECTION": LINE, "HOME": str(tmp_path)}) as desk:
        desk.wait("bezoeken vandaag")
        desk.send("+")
        desk.wait("+1")
        assert run("ssh-key", "remove", "Hanna", *of_keys)[0] == 0
        desk.wait("Log opnieuw in")
        assert desk.wait_for_exit() == 1
    assert row_count(room_file) == 1


def test_nothing_is_written_between_her_end_and_her_desks_next_look(room_file: Path) -> None:
    connection.open(room_file)
    hanna = people.add("Hanna", kind=PersonKind.COORDINATOR)
    roles.act_as(PersonKind.COORDINATOR, "Hanna")
    roles.stay()
    try:
        door.arrive(1)
        people.end(hanna.id)
        with pytest.raises(roles.NoLonger):
            door.arrive(1)
    finally:
        roles.act_as(None)
    assert row_count(room_file) == 1


def test_a_coordinator_may_erase_herself(run: Run, room_file: Path) -> None:
    """A command asks once, and does then all of what it does."""
    run("person", "add", "Hanna", "--kind", "coordinator")
    assert run("--as", "Hanna", "--db", str(room_file), "privacy", "erase", "Hanna")[::2] == (0, "")
