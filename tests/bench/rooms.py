"""The rooms that the desk is measured in, each made once a run, in the run's own directory."""

import subprocess
import sys
from functools import cached_property
from pathlib import Path

from tests.bench import boards, logs

MILLION = 1_000_000


class Rooms:
    """Makes each room when it is first asked for."""

    def __init__(self, place: Path, environment: dict[str, str]) -> None:
        """Nothing is made yet."""
        self._place = place
        self._environment = environment
        self._empty_ones = 0

    def empty(self) -> Path:
        """A new room in which nobody was counted."""
        self._empty_ones += 1
        file = self._place / f"empty-{self._empty_ones}.db"
        self.hostdesk("init", "--name", "De Huiskamer", "--language", "nl", "--db", str(file))
        return file

    @cached_property
    def lived_in(self) -> Path:
        """The demo's 400 days."""
        return self._demo("lived-in")

    @cached_property
    def of_a_million_rows(self) -> Path:
        """Twenty busy years.

        Raises:
            RuntimeError: the demo wrote fewer rows than the budget speaks of.
        """
        file = self._demo("million", "--days", "7300", "--busy")
        if (rows := _door_rows(file)) < MILLION:
            raise RuntimeError(f"only {rows} door rows in {file}")
        return file

    def with_board(self, live: int, past: int) -> Path:
        """A room with so many cards on its board; the same one when it is asked for again."""
        file = self._place / f"board-{live}-{past}.db"
        if not file.exists():
            self.hostdesk("init", "--name", "De Huiskamer", "--language", "nl", "--db", str(file))
            boards.fill(file, live=live, past=past)
        return file

    def with_log(self, entries: int) -> Path:
        """A room with so many entries in its log; the same one when it is asked for again."""
        file = self._place / f"log-{entries}.db"
        if not file.exists():
            self.hostdesk("init", "--name", "De Huiskamer", "--language", "nl", "--db", str(file))
            logs.fill(file, entries)
        return file

    def hostdesk(self, *arguments: str) -> str:
        """Run a command as the shell does; what it printed.

        Raises:
            RuntimeError: it failed.
        """
        command = [*HOSTDESK, *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr}")
        return done.stdout

    def _demo(self, name: str, *options: str) -> Path:
        file = self._place / f"{name}.db"
        self.hostdesk("demo", "--no-open", "--db", str(file), *options)
        return file


def _door_rows(file: Path) -> int:
    """How many rows the ledger has; no desk is open yet, and the connection is closed again."""
    from db import connection, models

    connection.open(file)
    try:
        return int(models.Door.select().count())
    finally:
        connection.close()


def _hostdesk() -> tuple[str, ...]:
    """The command as a person has it: the script that was installed beside this Python."""
    script = Path(sys.executable).with_name("hostdesk")
    return (str(script),) if script.exists() else (sys.executable, "-m", "hostdesk")


HOSTDESK = _hostdesk()
