"""A room that is lived in, read by everybody from elsewhere with all that is theirs: no bug, and no name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import connection, people, roles
from db.states import PersonKind
from hostdesk import elsewhere
from tests.commands.test_door import Run, run

__all__ = ["run"]

FORMATS = ("text", "md", "csv", "json", "html")

READS = {
    "activity": ("activity sessions 1",),
    "advice": ("advice", "advice --json", "advice --all"),
    "board": ("board", "board --json"),
    "calendar": ("calendar",),
    "check": ("check",),
    "log": ("log", "log --json", "log --search koffie", "log --kind happy"),
    "poster": ("poster",),
    "report": (
        "report --for corporation --language en",
        "report --year 2025",
        *(f"report --month 2026-10 --format {name} -o -" for name in FORMATS),
    ),
    "roster": ("roster", "roster --json"),
    "shift": ("shift show", "shift show --json"),
    "today": ("today", "today --json"),
}
"""What each subcommand tells; the others change something or ask for more words."""


@pytest.fixture
def lived_in(run: Run, tmp_path: Path) -> Iterator[Path]:
    """The demo's room, with somebody of each kind."""
    file = tmp_path / "demo.db"
    assert run("demo", "--db", str(file), "--days", "60", "--no-open")[0] == 0
    for kind in PersonKind:
        assert run("person", "add", f"Een {kind}", "--kind", kind.value, "--db", str(file))[0] == 0
    yield file
    connection.close()
    roles.act_as(None)


@pytest.mark.parametrize("role", list(elsewhere.COMMANDS))
def test_what_is_theirs_to_read_is_read_in_a_room_that_is_lived_in(
    run: Run, lived_in: Path, role: PersonKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.open(lived_in)
    names = [person.name for person in people.everybody() if not person.name.startswith("Een ")]
    connection.close()
    lines = [line for name in sorted(elsewhere.COMMANDS[role]) for line in READS.get(name, ())]
    assert lines and names
    for line in lines:
        monkeypatch.setenv(elsewhere.ASKED, line)
        code, out, err = run("--as", f"Een {role}", "--db", str(lived_in))
        assert code == 0, f"{line}: {err}"
        if role is PersonKind.PARTNER:
            assert not [name for name in names if name in out], line
    assert not lived_in.with_suffix(".log").exists(), lived_in.with_suffix(".log").read_text()
