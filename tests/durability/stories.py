"""What people do that writes to the card, told so that anything may fail in it.

Each story is one of the program's ways to write: counting, closing, erasing, backing up, putting back,
upgrading. `failing_once` lives one with a card on which one thing fails; `cut_after` puts the files back as a
power cut leaves them. After either, `kept` looks whether the promise holds.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import apsw
from peewee import OperationalError

from db import backup, closing, connection, door, log, privacy, restore
from db import clock as clocks
from db.errors import HostdeskError, SetAside
from db.states import NoteKind, Step
from tests.clocks import FakeClock, at
from tests.durability import failing_card
from tests.durability.card import Acknowledged, Cut, Files, NamesSynced, Synced, Written
from tests.durability.card import Card as CutCard
from tests.durability.failing_card import Card
from tests.durability.recording import Trace, recording
from tests.machine.sticks import Port

VERSIONS = sorted((Path(__file__).parents[1] / "safekeeping" / "kept").glob("version-*.db"))
"""A room of each earlier version of the tables."""

NAME = "room.db"


@dataclass
class Life:
    """What somebody did on the card, and what they were told."""

    file: Path
    clock: FakeClock
    trace: Trace | None = None
    """Where it is recorded, when the power will be cut."""
    shown: list[int] = field(default_factory=list)
    """The newest row of each press that was shown to be kept."""
    refused: list[str] = field(default_factory=list)
    """The sentences in the place of an answer."""

    def do(self, deed: Callable[[], object]) -> bool:
        """Do it, as the desk would: whatever people can cause is a sentence. Whether it was done."""
        try:
            deed()
        except HostdeskError as problem:
            self.refused.append(str(problem))
            return False
        return True

    def open(self) -> bool:
        """Open the room."""
        return self.do(lambda: connection.open(self.file))

    def close(self) -> None:
        """Leave. SQLite passes over a log that can't be folded in at the end; apsw tells of it."""
        with suppress(OperationalError):
            connection.close()

    def count(self) -> None:
        """Count one, where that is possible."""
        self.do(lambda: self.show(door.arrive().id))

    def show(self, row: int) -> None:
        """A number stands on the screen."""
        self.shown.append(row)
        if self.trace:
            self.trace.acknowledge(row)


Story = Callable[[Life], None]


def counting(life: Life) -> None:
    """A few visitors, one taken back, the desk is closed; twice, so that a log is folded in as well."""
    for _ in range(2):
        if life.open():
            life.count()
            life.clock.go_on(minutes=1)
            life.do(lambda: life.show(door.undo().id))
            life.count()
        life.close()


def closing_by_itself(life: Life) -> None:
    """Yesterday was forgotten; the desk closes it at the start of the day."""
    if life.open():
        life.count()
        life.clock.go_on_until(at("2026-11-24 09:00"))
        life.do(door.start_of_day)
        life.count()
    life.close()


def closing_a_shift(life: Life) -> None:
    """A host goes through the steps, and closes."""
    if life.open():
        life.count()
        life.do(lambda: closing.step(Step.COUNT, by="Nadia"))
        life.do(lambda: log.write("de sleutels liggen klaar", kind=NoteKind.HANDOVER, by="Nadia"))
        life.do(lambda: closing.close(by="Nadia"))
        life.count()
    life.close()


def purging(life: Life) -> None:
    """A year later: texts go from the room, and from the backup that has them."""
    if life.open():
        life.count()
        life.do(lambda: log.write("Nadia was ziek", by="Nadia"))
        life.do(backup.by_hand)
        life.clock.go_on(days=800)
        life.count()
        life.do(privacy.purge)
        life.count()
    life.close()


def erasing(life: Life) -> None:
    """Somebody asks to be forgotten: in the room and in the backup that has the name."""
    if life.open():
        life.count()
        life.do(lambda: log.write("de koffie is op", by="Nadia"))
        life.do(backup.by_hand)
        life.do(lambda: privacy.erase("Nadia"))
        life.count()
    life.close()


def backing_up(life: Life) -> None:
    """The day's backup is made, one by hand, and one on the stick."""
    port = Port(life.file.parent)
    port.put_in(backup.STICK, at=life.file.parent / "stick")
    if life.open():
        life.count()
        life.do(backup.daily)
        life.do(lambda: backup.daily_on_stick(port.machine))
        life.do(backup.by_hand)
        life.count()
    life.close()


def putting_back(life: Life) -> None:
    """A backup is put back; what was counted after it is kept beside it."""
    made: list[Path] = []
    if life.open():
        life.count()
        life.do(lambda: made.append(backup.by_hand()))
        life.count()
    life.close()
    if made and life.do(lambda: restore.restore(made[0], life.file)):
        life.do(lambda: door.arrive())  # it gets the number of a row that is put aside
    life.close()


def upgrading(life: Life) -> None:
    """A room of an earlier hostdesk is opened, and somebody comes in."""
    if life.open():
        life.count()
    life.close()


STORIES: tuple[Story, ...] = (
    counting,
    closing_by_itself,
    closing_a_shift,
    purging,
    erasing,
    backing_up,
    putting_back,
    upgrading,
)


def _begin(room: Path, directory: Path) -> Path:
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    return Path(shutil.copy(room, directory / NAME))


def failing_once(story: Story, room: Path, directory: Path, *, failing: int, torn: bool) -> tuple[Life, Card]:
    """The story, on a card on which the thing of this number fails; 0 for none."""
    clock = FakeClock()
    clocks.use(clock)
    life = Life(_begin(room, directory), clock)
    with failing_card.inserted(failing=failing, torn=torn) as card:
        story(life)
    connection.close()
    return life, card


def what_may_fail(story: Story, room: Path, directory: Path) -> list[str]:
    """Everything that the story does to the card, in order."""
    return failing_once(story, room, directory, failing=0, torn=False)[1].done


def cut_after(story: Story, room: Path, directory: Path, *, every: int = 1, seed: int = 1) -> Iterator[Life]:
    """The story, once for each different state of the files that a power cut leaves after one of its events.

    Args:
        story: what happens.
        room: where it begins.
        directory: an empty one.
        every: look only at each so-manieth event, for speed.
        seed: chooses what of the unsynced is kept, and where the sample begins.
    """
    clock = FakeClock()
    clocks.use(clock)
    lived = Life(_begin(room, directory), clock)
    with recording(directory) as trace:
        number = trace.file(lived.file)
        trace.events += [Written(number, 0, lived.file.read_bytes()), Synced(number), NamesSynced()]
        lived.trace = trace
        story(lived)
        connection.close()
    card, random, seen, shown = CutCard(), Random(seed), set[bytes](), list[int]()
    for position, event in enumerate(trace.events):
        card.take(event)
        if isinstance(event, Acknowledged):
            shown.append(event.rows)
        if position < 3 or (position + seed) % every:
            continue
        for cut in Cut:
            files = card.after_cut(cut, random)
            if (digest := _digest(files, shown)) not in seen:
                seen.add(digest)
                yield Life(_put_back(files, directory), clock, shown=[*shown])


def _digest(files: Files, shown: list[int]) -> bytes:
    digest = hashlib.sha256(repr(shown).encode())
    for name, contents in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(contents).digest())
    return digest.digest()


def _put_back(files: Files, directory: Path) -> Path:
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    for name, contents in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(contents)
    return directory / NAME


def kept(life: Life) -> None:
    """The file and its backups are sound, hold what was shown, and can be counted in."""
    life.clock.go_on(minutes=1)
    aside = [place / NAME for place in life.file.parent.glob("room-before-restore-*")]
    rows = set[int]().union(*(_rows(file) for file in (life.file, *aside) if file.exists()))
    assert set(life.shown) <= rows, (life.shown, rows, life.refused)
    try:
        connection.open(life.file)
    except SetAside as problem:  # a restore was cut off: its sentence names what to put back
        restore.restore(Path(str(problem.values["kept"])), life.file)
    before = {row for (row,) in connection.database.connection().execute("SELECT id FROM door")}
    assert door.arrive().id not in before
    connection.close()
    for copy in backup.all_of(life.file):
        assert _rows(copy.file) is not None
    for on_stick in life.file.parent.glob("stick/*/*.db"):
        assert _rows(on_stick) is not None


def _rows(file: Path) -> set[int]:
    """The door rows of this file, which must be sound."""
    seen = apsw.Connection(str(file))
    try:
        seen.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        assert seen.pragma("integrity_check") == "ok", file
        return {row for (row,) in seen.execute("SELECT id FROM door")}
    finally:
        seen.close()
