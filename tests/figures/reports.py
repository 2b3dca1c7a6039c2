"""A report as other programs read it."""

import json
from typing import Any

from tests.commands.test_door import Run


def report(run: Run, *arguments: str) -> dict[str, Any]:
    """What another program reads."""
    code, out, err = run("report", "--format", "json", *arguments)
    assert (code, err) == (0, "")
    read: dict[str, Any] = json.loads(out)
    return read


def values(read: dict[str, Any], *names: str) -> list[object]:
    return [read["figures"][name]["value"] for name in names]
