"""A board to run commands on, and what another program reads of it."""

import json
from collections.abc import Callable
from typing import Any

Run = Callable[..., tuple[int, str, str]]

BREICLUB = (
    "activity",
    "add",
    "Breiclub",
    "--starts",
    "2026-11-24 14:00",
    "--repeat",
    "weekly",
    "--times",
    "6",
)


def done(run: Run, *arguments: str) -> str:
    """What a command that succeeds prints."""
    code, out, _ = run(*arguments)
    assert code == 0, (arguments, out)
    return out


def facts(run: Run, *arguments: str) -> Any:
    """What another program reads."""
    return json.loads(done(run, *arguments, "--json"))


def whole_board(run: Run) -> tuple[Any, Any]:
    """Everything that a command can change, to see that one did not."""
    return facts(run, "board"), facts(run, "advice")
