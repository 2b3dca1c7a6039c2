"""The tools that read the code find nothing to say; how strict they are stands in pyproject.toml."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))

TOOLS = {
    "lint": [sys.executable, "-m", "ruff", "check"],
    "format": [sys.executable, "-m", "ruff", "format", "--diff"],
    "types": [sys.executable, "-m", "mypy"],
    "layers": [str(SCRIPTS / "lint-imports"), "--no-logo"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_has_nothing_to_say(tool: str) -> None:
    said = subprocess.run(TOOLS[tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
