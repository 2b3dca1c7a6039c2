"""Random keys and resizes in a real terminal; ten minutes of it are `python -m tests.fuzz`."""

import shutil
import time
from pathlib import Path

import apsw
import pytest

from tests.fuzz import keys

SECONDS = 5.0


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A room with something of everything in it."""
    file = tmp_path_factory.mktemp("fuzz") / "room.db"
    keys.room(file)
    return file


def test_random_keys_and_resizes_leave_no_traceback(lived_in: Path, tmp_path: Path) -> None:
    seed = int(time.time())
    print(f"seed {seed}: python -m tests.fuzz --seed {seed}")
    assert keys.press(Path(shutil.copy(lived_in, tmp_path)), SECONDS, seed) > keys.BATCH


def test_random_keys_on_the_board_lose_no_wish_and_reach_no_state_that_cannot_be(
    lived_in: Path, tmp_path: Path
) -> None:
    seed = int(time.time())
    print(f"seed {seed}")
    file = Path(shutil.copy(lived_in, tmp_path))
    assert keys.press(file, SECONDS, seed, keys.ON_THE_BOARD) > keys.BATCH


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM comes; DELETE FROM me_too; DELETE FROM contact; DELETE FROM wish WHERE id = 2",
        "UPDATE wish SET state = 'done' WHERE id = 2",
        "UPDATE door SET n = n + 1 WHERE id = 5",
        "INSERT INTO board_event (at, by, what, wish, from_state, to_state)"
        " VALUES ('2026-11-23 10:00:00.000', '', 'moved', 2, 'running', 'done')",
    ],
)
def test_what_is_lost_or_cannot_be_is_seen(lived_in: Path, tmp_path: Path, harm: str) -> None:
    file = Path(shutil.copy(lived_in, tmp_path))
    before = keys._what_stays(file)
    keys._assert_sound(file, before)
    apsw.Connection(str(file)).execute(harm)
    with pytest.raises(keys.Fell):
        keys._assert_sound(file, before)


def test_a_desk_that_falls_over_is_seen(
    lived_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a traceback in the log, and an end that nobody asked for."""
    import sys

    broken = (
        "import sys; from hostdesk import cli; from hostdesk.screens.desk import DeskScreen\n"
        "DeskScreen.on_resize = lambda self, event: 1 / 0\nsys.exit(cli.main())"
    )
    monkeypatch.setattr(keys, "HOSTDESK", (sys.executable, "-c", broken))
    monkeypatch.setattr(keys.Terminal, "wait", lambda self, needle: self.wait_for_exit())
    with pytest.raises(keys.Fell, match="a bug"):
        keys.press(Path(shutil.copy(lived_in, tmp_path)), SECONDS, 1)
