"""What runs before a change lands is what the README tells people to run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PASSES = "echo '===== 3 passed in 0.10s =====' # -m pytest"
SKIPS = "echo 'SKIPPED [1] test_x.py:1: needs the Debian package tmux' # -m pytest"
FAILS = "echo '===== 1 failed in 0.10s =====' && false # -m pytest"


def run(checkout: Path, readme: str) -> subprocess.CompletedProcess[str]:
    """Run .ci/run in a checkout with this README, from a directory elsewhere."""
    (checkout / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", checkout / ".ci" / "run")
    (checkout / "README.md").write_text(readme, encoding="utf-8")
    script = str(checkout / ".ci" / "run")
    return subprocess.run([script], cwd=checkout.parent, capture_output=True, text=True, check=False)


def readme(second: str) -> str:
    """A README with two commands."""
    return f"# x\n\n```sh\nfalse\n```\n\nand\n\n```sh\n{second}\n```\n\n```sh\nfalse\n```\n"


def test_it_runs_the_second_command_in_the_checkout(tmp_path: Path) -> None:
    done = run(tmp_path, readme("touch here && " + PASSES))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "here").exists()
    assert done.stdout.endswith("===== 3 passed in 0.10s =====\n")


@pytest.mark.parametrize("second", [SKIPS, FAILS, "false && " + PASSES, "true", ""])
def test_it_fails_when_the_tests_do_not_all_run_and_pass(second: str, tmp_path: Path) -> None:
    assert run(tmp_path, readme(second)).returncode != 0


def test_it_fails_without_a_readme_that_says_how(tmp_path: Path) -> None:
    assert run(tmp_path, "# x\n").returncode == 1


def test_it_can_be_run_and_names_no_package_index() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    said = script.read_text(encoding="utf-8")
    assert not [word for word in ("http", "index-url", "pypi", ".org", ".com") if word in said]
