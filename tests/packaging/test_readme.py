"""The README tells of everything that a person can do, and its commands are those that are tested."""

import importlib.util
import re
from pathlib import Path

from hostdesk import commands
from hostdesk.commands import keys

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def first_cells(heading: str) -> str:
    """The first column of the table under this heading."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    return "\n".join(line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `"))


def test_every_subcommand_is_in_the_readme() -> None:
    told = first_cells("From the shell")
    assert not [name for name in commands.NAMES if f"`hostdesk {name}`" not in told]
    assert set(re.findall(r"`hostdesk ([\w-]+)`", told)) == set(commands.NAMES)


def test_every_key_of_the_desk_is_in_the_readme() -> None:
    told = first_cells("Keys at the desk")
    faces = [face for command in keys.AT_THE_DESK for face in keys.faces(command)]
    assert faces
    assert not [face for face in faces if f"`{face}`" not in told]


def test_the_first_two_commands_open_the_demo_and_run_the_tests() -> None:
    demo, tests = BLOCKS[:2]
    assert demo.strip().endswith("hostdesk demo")
    assert tests.strip().endswith("-m pytest")
    assert all(len(block.splitlines()) == 1 for block in (demo, tests)), "one line each, to paste"


def test_what_the_readme_points_to_is_there() -> None:
    files = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    assert files
    assert not [file for file in files if not (ROOT / file).exists()]


def test_the_modules_that_the_readme_runs_are_there() -> None:
    modules = re.findall(r"python -m (tests\.[\w.]+)", README)
    assert modules
    assert not [module for module in modules if importlib.util.find_spec(module) is None]
