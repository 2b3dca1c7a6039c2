"""Random keys and resizes in a real terminal; ten minutes of it are `python -m tests.fuzz`."""

import shutil
import time
from pathlib import Path

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
