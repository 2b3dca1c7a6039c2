"""The program's commands, each in a process of its own."""

import subprocess
from pathlib import Path

from tests.terminal import HOSTDESK


def shell(file: Path, *words: str, program: tuple[str, ...] = HOSTDESK) -> str:
    """What a command prints."""
    command = [*program, *words, "--db", str(file)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
