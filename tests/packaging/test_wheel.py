"""The wheel works in a directory of its own, far from the checkout: nothing was left out of it."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., str]


def pip(*arguments: str) -> None:
    """Run pip without asking the network for anything."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    where = tmp_path_factory.mktemp("wheel")
    pip("wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(where))
    (built,) = where.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed in a directory outside the checkout."""
    where = tmp_path_factory.mktemp("installed")
    pip("install", str(wheel), "--no-deps", "--no-index", "--quiet", "--target", str(where))
    return where


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run a Python of its own there, with what is installed and nothing of the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HOSTDESK")}
    environment |= {
        "PYTHONPATH": str(installed),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "LC_ALL": "nl_NL.UTF-8",
        "PYTHONUTF8": "1",
    }

    def in_it(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return in_it


def test_the_wheel_holds_both_packages_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"hostdesk", "db"}
    assert {"hostdesk/py.typed", "db/py.typed", "hostdesk/words/nl/LC_MESSAGES/hostdesk.mo"} <= set(names)
    source = {
        str(file.relative_to(ROOT))
        for package in ("hostdesk", "db")
        for file in (ROOT / package).rglob("*")
        if file.is_file() and file.suffix not in {".pyc", ".po"}
    }
    assert source == {name for name in names if ".dist-info/" not in name}


def test_the_desk_can_be_loaded_from_it(run: Run, installed: Path) -> None:
    where = run("-c", "import hostdesk.app, db; print(hostdesk.app.__file__); print(db.__file__)").split()
    assert all(Path(file).is_relative_to(installed) for file in where)


def test_a_room_is_made_and_counted_in_dutch_with_it(run: Run, tmp_path: Path) -> None:
    """Tables come from the migrations, words from the catalogue: both are in the wheel."""
    run("-m", "hostdesk", "init", "--name", "De Huiskamer")
    assert "3 bezoeken vandaag" in run("-m", "hostdesk", "count", "3")
    assert json.loads(run("-m", "hostdesk", "today", "--json"))["visits"] == 3
    assert (tmp_path / "data" / "hostdesk" / "hostdesk.db").exists()


def test_a_demo_is_made_with_it(run: Run) -> None:
    assert "De demo staat in" in run("-m", "hostdesk", "demo", "--no-open", "--days", "3")


def test_its_script_starts_the_program(run: Run, installed: Path) -> None:
    assert run(str(installed / "bin" / "hostdesk"), "--version").startswith("hostdesk ")
