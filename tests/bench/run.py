"""What every row of the table needs: a place of its own, the rooms, and how often to repeat."""

import os
from pathlib import Path

from tests.bench.programs import Program, bare, desk
from tests.bench.rooms import Rooms
from tests.bench.terminal import COLUMNS, ROWS


class Run:
    """One run of the benchmark."""

    def __init__(self, place: Path, *, quick: bool) -> None:
        """Keep everything that is written in this place, the programs' own files too."""
        self.place = place
        self.quick = quick
        self.environment = _environment(place)
        self.rooms = Rooms(place, self.environment)
        self.bare = bare(self.environment)

    def desk(self, room: Path, size: tuple[int, int] = (COLUMNS, ROWS)) -> Program:
        """The desk on this room, in a terminal of this size."""
        return desk(room, self.environment, size)

    def repeats(self, full: int, quick: int) -> range:
        """So many times, fewer in a quick run."""
        return range(quick if self.quick else full)


def _environment(place: Path) -> dict[str, str]:
    """The same for both programs, and nothing of the person's own settings."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(place),
        "XDG_DATA_HOME": str(place / "data"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
