"""Pulling the plug at every moment of a day at the desk.

`live` runs the program, with its own settings, several desks and a room that is new, and records what it
does to its files. `pull_the_plug` then rebuilds the files as a cut would leave them after each event of that
record, in each of the ways in which a card may lose what was not synced (`card.Cut`), and looks whether
everything that somebody had been told is kept is there, whole and once.

A longer soak than the tests', with another day for each seed:

    python -m tests.durability.power_cut --presses 2000 --seed 7
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import apsw

from db import clock as clocks
from db import connection, door
from db import room as rooms
from db.errors import NothingToUndo
from db.thread import DatabaseThread
from tests.clocks import FakeClock
from tests.durability.card import Acknowledged, Card, Cut, Event, Files
from tests.durability.recording import Trace, recording

NAME = "huiskamer.db"
DESKS = 3
DAYS = 3
"""How often all desks are closed, and opened again."""

PAGES_BEFORE_FOLDING = 30
"""The write-ahead log is folded in after so many pages instead of 1000: what is rare comes often here."""

Press = Callable[[], int]
"""Something done at the door; the newest row that it wrote."""

_LEDGER = (
    "SELECT id, at, day, hour, kind, n, voids, about, reason, boot, boot_ms, clock_at FROM door ORDER BY id"
)
_WHOLE = (
    ("PRAGMA integrity_check", "ok"),
    ("PRAGMA application_id", connection.APPLICATION_ID),
    ("PRAGMA user_version", connection.SCHEMA_VERSION),
    ("SELECT COUNT(*) FROM room", 1),
    ("SELECT COUNT(*) FROM opening_hours", 7),
    ("SELECT COUNT(*) FROM reason", 5),
)
"""What holds for a whole room, whatever was counted there."""


@dataclass(frozen=True)
class Story:
    """What happened, and what should be known of it."""

    events: list[Event]
    ledger: list[tuple[object, ...]]
    """The door rows as they stood in the end."""
    presses: frozenset[int]
    """The newest row of each press, and 0: where the ledger may end."""


@dataclass
class Outcome:
    """How many cuts were made, and what went wrong."""

    boundaries: int = 0
    states: int = 0
    """Boundaries times the ways in which a card loses things."""
    opened: int = 0
    """Those states that differ from all others, each really opened."""
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """In one line."""
        return (
            f"{self.boundaries} boundaries, {self.states} states, {self.opened} different files opened, "
            f"{len(self.wrong)} wrong ({len(self.wrong) / max(self.states, 1):.0%})"
        )


def live(directory: Path, presses: int, seed: int) -> Story:
    """Make a room, count there at several desks, and record it.

    Args:
        directory: an empty one.
        presses: how many, at all desks together.
        seed: the same one makes the same day.
    """
    file = directory / NAME
    with recording() as trace:
        rooms.create(file, name="De Huiskamer", language="nl", timezone="Europe/Amsterdam")
        trace.acknowledge(0)
        connection.close()
        ends = [end for day in range(DAYS) for end in _day(file, trace, presses // DAYS, Random(seed + day))]
    return Story(trace.events, _ledger(file), frozenset([0, *ends]))


def pull_the_plug(story: Story, directory: Path, seed: int) -> Outcome:
    """Cut the power after each event, in each way, and look what is left."""
    outcome, seen = Outcome(), dict[frozenset[tuple[str, int]], int | str | None]()
    for boundary, acknowledged, cut, files in cuts(story, seed):
        outcome.boundaries = boundary + 1
        outcome.states += 1
        key = frozenset((name, hash(contents)) for name, contents in files.items())
        if key not in seen:
            seen[key] = _rows_found(story, files, directory)
        if problem := _problem(seen[key], acknowledged):
            outcome.wrong.append(f"{cut.value}, after event {boundary}: {problem}")
    outcome.opened = len(seen)
    return outcome


def cuts(story: Story, seed: int) -> Iterator[tuple[int, int | None, Cut, Files]]:
    """Each boundary, what was acknowledged by then, the kind of cut, and the files after it."""
    card, random, acknowledged = Card(), Random(seed), None
    for boundary, event in enumerate(story.events):
        card.take(event)
        if isinstance(event, Acknowledged):
            acknowledged = max(event.rows, acknowledged or 0)
        for cut in Cut:
            yield boundary, acknowledged, cut, card.after_cut(cut, random)


@contextmanager
def put_back(files: Files, directory: Path) -> Iterator[Path]:
    """The files on a disk again, for as long as this lasts; the path of the database."""
    for name, contents in files.items():
        (directory / name).write_bytes(contents)
    try:
        yield directory / NAME
    finally:
        for left in directory.iterdir():
            left.unlink()


def _day(file: Path, trace: Trace, presses: int, random: Random) -> list[int]:
    """Open the desks, count, and close them; the newest row of each press, in order."""
    ends: list[int] = []
    desks = [DatabaseThread() for _ in range(DESKS)]
    for desk in desks:
        desk.open(file).result()
        desk.submit(_fold_often).result()

    def press_at(desk: DatabaseThread) -> None:
        end = desk.submit(_press(random)).result()
        ends.append(end)
        trace.acknowledge(end)

    def somebody_at_another_than(busy: DatabaseThread) -> Callable[[], None]:
        """While one desk folds the log into the database, somebody counts at another."""

        def meanwhile() -> None:
            if connection.SETTINGS["journal_mode"] == "wal" and random.random() < 0.3:
                trace.folding = _nobody
                press_at(random.choice([desk for desk in desks if desk is not busy]))
                trace.folding = meanwhile

        return meanwhile

    for _ in range(presses):
        desk = random.choice(desks)
        trace.folding = somebody_at_another_than(desk)
        press_at(desk)
    trace.folding = _nobody
    for desk in desks:
        desk.end()
    return sorted(ends)


def _nobody() -> None:
    """Nobody is at another desk."""


def _fold_often() -> None:
    connection.database.pragma("wal_autocheckpoint", PAGES_BEFORE_FOLDING)


def _press(random: Random) -> Press:
    """One of the things that happen at a door."""
    n = random.randint(2, 20)
    usual: list[Press] = [lambda: door.arrive().id] * 4
    return random.choice(
        [
            *usual,
            lambda: door.arrive(n).id,
            lambda: door.arrive(n, first_visit=True, reason="inloop").id + 2,
            lambda: door.arrive(volunteer=True).id,
            lambda: door.depart().id,
            lambda: door.headcount(n).id,
            _undo,
        ]
    )


def _undo() -> int:
    try:
        return door.undo().id
    except NothingToUndo:
        return door.arrive().id


def _ledger(file: Path) -> list[tuple[object, ...]]:
    reader = apsw.Connection(str(file))
    try:
        return list(reader.execute(_LEDGER))
    finally:
        reader.close()


def _rows_found(story: Story, files: Files, directory: Path) -> int | str | None:
    """How many door rows the room holds, None without a room, or what is wrong with it."""
    if NAME not in files:
        left = [name for name in files if name.startswith(NAME)]
        return f"no room, but {', '.join(left)}" if left else None
    with put_back(files, directory) as file:
        reader = apsw.Connection(str(file))
        reader.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        try:
            return _whole(story, reader)
        except apsw.Error as problem:
            return f"{type(problem).__name__}: {problem}"
        finally:
            reader.close()


def _whole(story: Story, reader: apsw.Connection) -> int | str:
    """How many door rows there are, or what is half or doubled."""
    reader.execute("PRAGMA synchronous = OFF")  # for speed: nobody cuts the power of the one who looks
    for question, answer in _WHOLE:
        if (found := reader.execute(question).get) != answer:
            return f"{question}: {found}"
    ledger = list(reader.execute(_LEDGER))
    if len(ledger) not in story.presses or ledger != story.ledger[: len(ledger)]:
        return f"a ledger of {len(ledger)} rows that never was"
    shifts_and_boots = reader.execute("SELECT (SELECT COUNT(*) FROM shift), (SELECT COUNT(*) FROM boot)").get
    expected = (1 if ledger else 0, 1)  # the room was made in this start of the machine
    if shifts_and_boots != expected:
        return f"{shifts_and_boots} shifts and boots with {len(ledger)} door rows"
    return len(ledger)


def _problem(found: int | str | None, acknowledged: int | None) -> str | None:
    """What breaks the promise, or None."""
    if isinstance(found, str):
        return found
    if acknowledged is None:
        return None
    if found is None:
        return "the room is gone"
    return f"{acknowledged - found} rows are gone" if found < acknowledged else None


def main() -> int:
    """The soak: one long day, cut everywhere."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    clocks.use(FakeClock())
    with TemporaryDirectory() as lived, TemporaryDirectory() as found:
        story = live(Path(lived), args.presses, args.seed)
        outcome = pull_the_plug(story, Path(found), args.seed)
    print(f"{len(story.ledger)} door rows: {outcome}", *outcome.wrong[:20], sep="\n")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
