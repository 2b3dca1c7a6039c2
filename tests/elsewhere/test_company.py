"""Each screen knows who else looks along."""

import fcntl
import os
import stat
from pathlib import Path

import pytest

from db import people, privacy
from hostdesk import words
from hostdesk.company import Company
from hostdesk.words import company as company_words
from tests.commands.test_door import Run, run
from tests.terminal import HOSTDESK, Terminal

__all__ = ["run"]


def test_who_comes_and_goes(tmp_path: Path) -> None:
    room = tmp_path / "room.db"
    desk, fatima, omar = Company(room), Company(room), Company(room)
    desk.come()
    assert desk.others() == []
    before = desk.changed()
    fatima.come(3)
    omar.come(4)
    assert (desk.others(), fatima.others(), desk.changed() != before) == ([3, 4], [0, 4], True)
    omar.go()
    assert desk.others() == [3]
    fatima.go()
    desk.go()
    assert list(tmp_path.iterdir()) == []


def test_a_screen_that_was_killed_is_not_counted(tmp_path: Path) -> None:
    desk = Company(tmp_path / "room.db")
    desk.come()
    [own] = (tmp_path / ".room.db-screens").iterdir()
    own.with_name("1-dead").touch()
    assert desk.others() == []
    assert not own.with_name("1-dead").exists()
    desk.go()


def test_accounts_of_one_group_see_each_other(tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    before = os.umask(0o022)
    try:
        desk, fatima = Company(tmp_path / "room.db"), Company(tmp_path / "room.db")
        desk.come()
        fatima.come(3)
    finally:
        os.umask(before)
    folder = tmp_path / ".room.db-screens"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o770, "the others of the group can stand there too"
    for file in folder.iterdir():
        file.chmod(0o440)  # of another account it can only be read
    assert (desk.others(), fatima.others()) == ([3], [0])


def test_who_comes_while_another_looks_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look falls between the file and its lock, and takes it for one of a screen that was killed."""
    desk, fatima = Company(tmp_path / "room.db"), Company(tmp_path / "room.db")
    desk.come()
    lock = fcntl.flock

    def looked_at_first(handle: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", lock)
        assert desk.others() == []
        lock(handle, operation)

    before = desk.changed()
    monkeypatch.setattr(fcntl, "flock", looked_at_first)
    fatima.come(3)
    assert desk.changed() != before, "every screen looks again"
    assert (fatima.others(), desk.others()) == ([0], [3])


def test_who_comes_while_the_last_one_leaves_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder goes with the last one, between making sure of it and putting the file there."""
    desk, fatima = Company(tmp_path / "room.db"), Company(tmp_path / "room.db")
    desk.come()
    make = Path.mkdir

    def left_meanwhile(folder: Path, mode: int, **options: bool) -> None:
        monkeypatch.setattr(Path, "mkdir", make)
        make(folder, mode, **options)
        desk.go()

    monkeypatch.setattr(Path, "mkdir", left_meanwhile)
    fatima.come()
    assert fatima.others() == []
    desk.come()
    assert desk.others() == [0]


def test_where_nothing_can_be_written_nobody_is_seen(tmp_path: Path) -> None:
    (tmp_path / ".room.db-screens").touch()
    desk = Company(tmp_path / "room.db")
    desk.come()
    assert desk.others() == desk.others() == []
    desk.go()


def test_a_screen_of_an_older_hostdesk_is_one_of_nobody(tmp_path: Path) -> None:
    desk, fatima = Company(tmp_path / "room.db"), Company(tmp_path / "room.db")
    desk.come()
    fatima.come(3)
    (hers,) = (file for file in (tmp_path / ".room.db-screens").iterdir() if file.name.endswith("-3"))
    hers.rename(hers.with_name(hers.name.removesuffix("-3")))
    assert desk.others() == [0]


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ((), ""),
        ((None,), "At other screens now: the desk."),
        (("Fatima", None, "Fatima"), "At other screens now: Fatima (2 ×), the desk."),
        (("Fatima", ""), "At other screens now: Fatima, 1 other."),
        (("", ""), "2 look along"),
    ],
)
def test_who_they_are_in_words(
    others: tuple[str | None, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_language", "_texts"):
        monkeypatch.setattr(words, name, getattr(words, name))
    words.choose("en")
    assert company_words.names(others) == said


def test_each_sees_who_looks_along_on_every_screen(run: Run, room_file: Path) -> None:
    """The number stands on the screen, the names are behind F1; no file has a name in it."""
    for name in ("Fatima", "Omar"):
        assert run("person", "add", name, "--kind", "coordinator")[0] == 0
    at_the_desk = [*HOSTDESK, "--db", str(room_file)]

    def of(name: str) -> Terminal:
        env = {"SSH_CONNECTION": "192.0.2.1 50022 192.0.2.2 22"}
        return Terminal([*HOSTDESK, "--as", name, "--db", str(room_file)], env=env)

    with Terminal(at_the_desk, env={"SSH_CONNECTION": None}) as desk, of("Fatima") as fatima:
        desk.wait("1 kijkt mee")
        with of("Omar") as omar:
            desk.wait("2 kijken mee")
            for key, title in (("f3", "bord"), ("f4", "ogboek"), ("f5", "ooster"), ("f6", "ijfers")):
                fatima.press(key)
                fatima.wait(lambda seen, title=title: title in seen and "2 kijken mee" in seen)
            fatima.press("f1")
            fatima.wait("Aan andere schermen nu: de balie, Omar.")
            desk.press("f1")
            desk.wait("Aan andere schermen nu: Fatima, Omar.")
            written = [file for file in room_file.parent.rglob("*-screens/*") if file.is_file()]
            assert len(written) == 3
            assert not any(file.read_bytes() or "Omar" in file.name for file in written)
            omar.press("ctrl+q")
            omar.wait_for_exit()
        fatima.press("escape")
        fatima.wait("1 kijkt mee")


def test_who_is_erased_has_no_name_at_a_screen_that_stands_still(run: Run, room_file: Path) -> None:
    assert run("person", "add", "Fatima")[0] == 0
    from db import connection

    connection.open(room_file)
    number = people.find("Fatima").id
    assert people.names_of({number}) == {number: "Fatima"}
    privacy.erase("Fatima")
    assert not people.names_of({number}).get(number)
    connection.close()
