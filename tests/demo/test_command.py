"""`hostdesk demo`: where it writes, where it refuses to, and what it says."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db import connection, days, door, models
from db import room as rooms
from hostdesk import cli, demo, place
from hostdesk.commands import desk
from hostdesk.commands.progress import Progress
from tests.clocks import FakeClock


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> None:
    """A user's own directories, in English."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.delenv("HOSTDESK_DB", raising=False)


def hostdesk(*arguments: str) -> int:
    return cli.main(["demo", "--no-open", "--days", "20", *arguments])


def open_name(file: Path) -> str:
    connection.open(file)
    return rooms.current().name


def contents(directory: Path) -> dict[str, bytes]:
    """Every file in a directory, for files that nobody has open.

    Who only reads a room leaves an empty log and its index beside it; those say nothing of the room.
    """
    files = [file for file in directory.rglob("*") if file.is_file()]
    assert not any(file.stat().st_size for file in files if file.name.endswith("-wal"))
    return {str(file): file.read_bytes() for file in files if not file.name.endswith(("-wal", "-shm"))}


def test_it_says_where_the_room_is_and_how_much_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hostdesk() == 0
    said = capsys.readouterr()
    assert str(tmp_path / "hostdesk" / "demo.db") in said.out
    assert "20 days" in said.out
    assert said.err == ""
    assert open_name(place.demo_database()) == "The Living Room (demo)"


def test_the_room_speaks_the_language_of_who_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    hostdesk()
    assert open_name(place.demo_database()) == "De Huiskamer (demo)"
    assert rooms.current().language == "nl"
    assert door.reasons()[0] == "inloop"


def test_the_real_room_is_never_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = tmp_path / "elsewhere" / "chosen.db"
    for real in (place.default_database(), chosen):
        rooms.create(real, name="Buurthuis", language="en")
        connection.close()
    monkeypatch.setenv("HOSTDESK_DB", str(chosen))
    before = contents(tmp_path)
    assert hostdesk() == 0
    after = contents(tmp_path)
    assert before.items() <= after.items()
    assert set(after) - set(before) == {str(place.demo_database())}


def test_the_file_that_the_environment_names_is_followed_where_no_real_room_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = tmp_path / "chosen.db"
    monkeypatch.setenv("HOSTDESK_DB", str(chosen))
    assert [hostdesk(), hostdesk("--seed", "2")] == [0, 0]
    assert open_name(chosen).endswith("(demo)")
    assert not place.demo_database().exists()
    connection.close()
    capsys.readouterr()
    assert cli.main(["spaceapi"]) == 0
    assert json.loads(capsys.readouterr().out)["url"].startswith("https://")


def test_an_environment_that_names_no_file_is_as_if_it_were_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOSTDESK_DB", "")
    assert hostdesk() == 0
    assert place.demo_database().exists()
    assert not place.default_database().exists()


def test_a_path_that_is_given_is_followed_on_either_side_of_the_word(tmp_path: Path) -> None:
    assert hostdesk("--db", str(tmp_path / "after.db")) == 0
    assert cli.main(["--db", str(tmp_path / "before.db"), "demo", "--no-open", "--days", "1"]) == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["after.db", "before.db"]


@pytest.mark.parametrize("renamed", [False, True])
def test_it_does_not_write_over_a_room_that_is_no_demo(
    renamed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not over a room that somebody set up, and not over a demo that they made their own by its name."""
    file = tmp_path / "room.db"
    if renamed:
        assert hostdesk("--db", str(file)) == 0
        connection.open(file)
        with connection.writing():
            models.Room.update(name="Buurthuis").execute()
    else:
        rooms.create(file, name="Almost a (demo)", language="en")
    connection.close()
    before = contents(tmp_path)
    assert hostdesk("--db", str(file)) == 1
    assert "not a demo" in capsys.readouterr().err
    assert contents(tmp_path) == before


@pytest.mark.parametrize("content", [b"shopping list", b"SQLite format 3\0" + bytes(4080)])
def test_it_does_not_write_over_another_file(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(content)
    assert hostdesk("--db", str(file)) == 1
    assert "not a hostdesk database" in capsys.readouterr().err
    assert contents(tmp_path) == {str(file): content}


def test_a_directory_is_no_place_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hostdesk("--db", str(tmp_path)) == 1
    assert "is a directory" in capsys.readouterr().err


def test_a_device_is_not_replaced_by_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert hostdesk("--db", str(pipe)) == 1
    assert "no ordinary file" in capsys.readouterr().err
    assert pipe.is_fifo()


def test_a_second_time_it_begins_afresh(tmp_path: Path) -> None:
    file = place.demo_database()
    hostdesk()
    connection.open(file)
    before = days.today().visits
    door.arrive(7)
    connection.close()
    assert hostdesk() == 0
    connection.open(file)
    assert days.today().visits == before
    connection.close()
    assert [left.name for left in file.parent.iterdir()] == ["demo.db"]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The rooms whose desk was opened."""
    rooms_opened: list[Path] = []
    monkeypatch.setattr(desk, "open_desk", lambda file: rooms_opened.append(file) or 0)
    return rooms_opened


def visits() -> int:
    """Today's visits in the demo."""
    connection.open(place.demo_database())
    try:
        return days.today().visits
    finally:
        connection.close()


def test_todays_demo_goes_on_as_somebody_left_it(
    opened: list[Path], clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["demo", "--days", "20"]) == 0
    connection.open(place.demo_database())
    door.arrive(7)
    connection.close()
    before = visits()
    clock.go_on(minutes=5)
    assert cli.main(["demo", "--days", "20"]) == 0
    assert visits() == before
    assert "as you left it" in capsys.readouterr().out
    assert opened == [place.demo_database()] * 2


@pytest.mark.parametrize(
    ("days_later", "line"),
    [(1, ["--days", "20"]), (0, ["--days", "21"]), (0, ["--days", "20", "--seed", "2"])],
)
def test_another_day_or_another_number_is_another_demo(
    opened: list[Path], clock: FakeClock, capsys: pytest.CaptureFixture[str], days_later: int, line: list[str]
) -> None:
    assert cli.main(["demo", "--days", "20"]) == 0
    clock.go_on(days=days_later)
    assert cli.main(["demo", *line]) == 0
    assert "as you left it" not in capsys.readouterr().out


def test_a_demo_that_somebody_has_open_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    hostdesk()
    file = place.demo_database()
    someone = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from db import connection, days, door\n"
            "connection.open(pathlib.Path(sys.argv[1])); days.today(); print('open', flush=True)\n"
            "sys.stdin.read(); print(door.arrive(3).n)",
            str(file),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert someone.stdout is not None
    assert someone.stdout.readline() == "open\n"
    refused = hostdesk()
    counted, _ = someone.communicate("")
    assert refused == 1
    assert "open in another program" in capsys.readouterr().err
    assert counted == "3\n"
    assert hostdesk() == 0, "once it is closed"


@pytest.mark.parametrize("days", ["0", "-3", "36501"])
def test_a_number_of_days_that_makes_no_sense_is_refused_in_a_sentence(
    days: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["demo", "--no-open", "--days", days]) == 1
    assert "between 1 and 36500 days" in capsys.readouterr().err
    assert not place.demo_database().exists()


@pytest.mark.parametrize("arguments", [["--days", "x"], ["--seed", "1.5"]])
def test_what_is_no_number_is_a_mistake_in_the_command(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["demo", "--no-open", *arguments])
    assert ended.value.code == 2


def test_a_demo_of_one_day_is_today(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo", "--no-open", "--days", "1"]) == 0
    assert cli.main(["today", "--json", "--db", str(place.demo_database())]) == 0
    today = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert today["visits"] == sum(today["hours"].values()) > 0


def test_then_its_desk_opens_and_the_exit_code_is_the_desks(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def open_desk(database: Path) -> int:
        assert connection.database.is_closed(), "the desk opens it in its own thread"
        opened.append(database)
        return 2

    monkeypatch.setattr(desk, "open_desk", open_desk)
    with pytest.raises(SystemExit) as ended:
        cli.main(["demo", "--days", "2"])
    assert ended.value.code == 2
    assert opened == [place.demo_database()]


def test_stopped_halfway_it_leaves_the_earlier_demo_as_it_was(tmp_path: Path) -> None:
    def stop(_part: float) -> None:
        raise KeyboardInterrupt

    file = tmp_path / "demo.db"
    demo.make(file, days=5)
    before = contents(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        demo.make(file, days=200, progress=stop)
    after = contents(tmp_path)
    assert list(after) == list(before), "nothing lies about"
    assert open_name(file).endswith("(demo)")


class Screen(io.StringIO):
    """A terminal, or what is not one."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def test_the_bar_shows_after_a_second_on_a_terminal_and_goes_away() -> None:
    seconds = iter([0.0, 0.9, 1.1, 1.2])
    screen = Screen(terminal=True)
    progress = Progress(screen, lambda: next(seconds))
    progress(0.25)
    assert screen.getvalue() == ""
    progress(0.5)
    progress(0.75)
    progress.end()
    lines = screen.getvalue().split("\r")
    assert [line[-4:] for line in lines[1:3]] == [" 50%", " 75%"]
    assert lines[-2].strip() == lines[-1] == ""


def test_there_is_no_bar_where_nobody_looks() -> None:
    seconds = iter([0.0, 5.0])
    file = Screen(terminal=False)
    progress = Progress(file, lambda: next(seconds))
    progress(0.5)
    progress.end()
    assert file.getvalue() == ""
