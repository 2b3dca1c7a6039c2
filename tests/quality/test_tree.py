"""The tree is the architecture: what stands where, and what stands nowhere."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {"hostdesk", "db", "tests", "pyproject.toml", "README.md", "LICENSE"}
"""What the top level holds, beside files that begin with a dot."""

SOURCES = [file for name in ("hostdesk", "db", "tests") for file in sorted((ROOT / name).rglob("*.py"))]
RUNS_SQL = re.compile(r"\bexecute_sql\(|\.execute\(|\bcursor\(|\bVACUUM\b|\bPRAGMA\b")
SOMEBODYS_PATH = re.compile(r"""["'\s(=](/home/|/root/|/Users/|/mnt/|/opt/|[A-Z]:\\\\)""")


def lines_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    """Where the pattern occurs."""
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_top_level_holds_what_was_agreed() -> None:
    asked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        pytest.skip("only a git checkout knows which files belong to it")
    names = {Path(name).parts[0] for name in asked.stdout.splitlines()}
    assert {name for name in names if not name.startswith(".")} == TOP_LEVEL


def test_hostdesk_runs_no_sql() -> None:
    assert not lines_with(RUNS_SQL, [file for file in SOURCES if ROOT / "hostdesk" in file.parents])


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    here = [file for file in SOURCES if file != Path(__file__)]
    documents = [ROOT / "README.md", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]
    assert not lines_with(SOMEBODYS_PATH, here + documents)


def test_every_folder_of_code_says_what_it_is_for() -> None:
    folders = {file.parent for file in SOURCES} - {ROOT / "db" / "migrations"}
    silent = [folder for folder in folders if not (folder / "__init__.py").exists()]
    assert not sorted(str(folder.relative_to(ROOT)) for folder in silent)


def test_no_file_is_named_after_nothing() -> None:
    """A name like these says that somebody did not know where a thing belongs."""
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
    assert not [str(file.relative_to(ROOT)) for file in SOURCES if file.stem in vague]
