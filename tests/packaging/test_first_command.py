"""The README's first command, word for word, in a fresh copy; and what its reader tries next."""

import os
import shutil
import signal
import sysconfig
from pathlib import Path

import pytest

from tests.durability.big_digits import number_on
from tests.packaging.test_readme import BLOCKS
from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What somebody has who downloaded the project."""
    made = tmp_path / "hostdesk"
    made.mkdir()
    for part in ("hostdesk", "db"):
        shutil.copytree(ROOT / part, made / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, made / part)
    return made


def test_the_first_command_opens_a_desk_that_counts_and_is_followed(copy: Path, tmp_path: Path) -> None:
    """What hostdesk needs lies beside this Python already, so that nothing is asked of the network."""
    env = {
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads this one the other way round: build with what is here
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "LANG": "nl_NL.UTF-8",
        "LC_ALL": None,
        "HOSTDESK_DB": None,
    }
    with Terminal(["bash", "-euc", BLOCKS[0]], cwd=copy, env=env) as desk:
        desk.wait("Laatste", timeout=120)
        desk.wait(lambda _screen: number_on(desk.lines) is not None)  # the rest of that frame
        before = number_on(desk.lines)
        desk.send("+")
        desk.wait(lambda _screen: number_on(desk.lines) == before + 1)
        with Terminal([".venv/bin/hostdesk", "demo"], cwd=copy, env=env) as other:
            other.wait(lambda _screen: number_on(other.lines) == before + 1)
            other.send("3+")
            desk.wait(lambda _screen: number_on(desk.lines) == before + 4)
            os.killpg(desk.process.pid, signal.SIGKILL)  # the plug
            os.killpg(other.process.pid, signal.SIGKILL)
    with Terminal([".venv/bin/hostdesk", "demo"], cwd=copy, env=env) as desk:
        desk.wait(lambda _screen: number_on(desk.lines) == before + 4)
