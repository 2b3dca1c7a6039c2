"""One thing fails on the card, once, at every point: a sentence, nothing lost, and the next start works."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import apsw
import pytest
from peewee import OperationalError

from db import backup, connection, door
from db import clock as clocks
from db.errors import HostdeskError
from tests.clocks import FakeClock, at
from tests.durability import failing_card
from tests.durability.failing_card import Card

KEPT = Path(__file__).parents[1] / "safekeeping" / "kept"


@dataclass
class Life:
    """What somebody did on the card, and what they were told."""

    file: Path
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

    def close(self) -> None:
        """Leave. SQLite passes over a log that can't be folded in at the end; apsw tells of it."""
        with suppress(OperationalError):
            connection.close()

    def count(self) -> None:
        """Count one."""
        self.shown.append(door.arrive().id)


def counting(life: Life, clock: FakeClock) -> None:
    """A few visitors, and the desk is closed; twice over, so that a log is folded in as well."""
    for _ in range(2):
        if life.do(lambda: connection.open(life.file)):
            for _ in range(2):
                life.do(life.count)
                clock.go_on(minutes=1)
        life.close()


def closing_by_itself(life: Life, clock: FakeClock) -> None:
    """Yesterday was forgotten; the desk closes it at the start of the day."""
    if life.do(lambda: connection.open(life.file)):
        life.do(life.count)
        clock.go_on_until(at("2026-11-24 09:00"))
        life.do(door.start_of_day)
        life.do(life.count)
    life.close()


def backing_up(life: Life, clock: FakeClock) -> None:
    """The day's backup is made, and one by hand."""
    if life.do(lambda: connection.open(life.file)):
        life.do(life.count)
        life.do(backup.daily)
        life.do(backup.by_hand)
        life.do(life.count)
    life.close()


def upgrading(life: Life, clock: FakeClock) -> None:
    """A room of the first hostdesk is opened, and somebody comes in."""
    if life.do(lambda: connection.open(life.file)):
        life.do(life.count)
    life.close()


STORIES = (counting, closing_by_itself, backing_up, upgrading)


def lives(
    story: Callable[[Life, FakeClock], None], room: Path, tmp_path: Path, *, torn: bool
) -> Iterator[tuple[Life, Card]]:
    """The story, once for each thing that may fail in it, or for each write that may be torn."""
    _, whole = live(story, room, tmp_path, failing=0, torn=False)
    for number, what in enumerate(whole.done, 1):
        if what == "write" or not torn:
            life, card = live(story, room, tmp_path, failing=number, torn=torn)
            assert card.what_failed == what, "the same story each time"
            yield life, card


def live(
    story: Callable[[Life, FakeClock], None], room: Path, tmp_path: Path, *, failing: int, torn: bool
) -> tuple[Life, Card]:
    """The story, on a card on which this fails."""
    file = tmp_path / "card" / "room.db"
    shutil.rmtree(file.parent, ignore_errors=True)
    file.parent.mkdir()
    shutil.copy(room, file)
    clock = FakeClock()
    clocks.use(clock)
    life = Life(file)
    with failing_card.inserted(failing=failing, torn=torn) as card:
        story(life, clock)
    connection.close()
    return life, card


@pytest.mark.parametrize("torn", [False, True], ids=["fails", "is torn"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_was_shown_is_there_and_the_next_start_works(
    story: Callable[[Life, FakeClock], None], torn: bool, room_file: Path, tmp_path: Path
) -> None:
    room = KEPT / "version-1.db" if story is upgrading else room_file
    failed = {card.what_failed for life, card in lives(story, room, tmp_path, torn=torn) if kept(life)}
    assert failed == {"write"} if torn else failed >= {"write", "sync"}
    assert torn or story not in (backing_up, upgrading) or failed >= {"rename", "fsync", "unlink"}


def test_a_count_that_is_shown_too_early_would_be_missed(room_file: Path, tmp_path: Path) -> None:
    """The control: somebody who is told before the card was asked would be lied to."""

    def hasty(life: Life, clock: FakeClock) -> None:
        if life.do(lambda: connection.open(life.file)):
            life.shown.append(1)
            life.do(lambda: door.arrive())
        life.close()

    with pytest.raises(AssertionError, match=r"\[1\]"):
        [kept(life) for life, _card in lives(hasty, room_file, tmp_path, torn=False)]


def kept(life: Life) -> bool:
    """The file and its backups are sound, hold what was shown, and can be counted in."""
    seen = apsw.Connection(str(life.file))
    assert seen.pragma("integrity_check") == "ok"
    rows = {row for (row,) in seen.execute("SELECT id FROM door")}
    seen.close()
    assert set(life.shown) <= rows, (life.shown, rows, life.refused)
    connection.open(life.file)
    assert door.arrive().id not in rows
    connection.close()
    for copy in backup.all_of(life.file):
        with connection.looking_at(copy.file) as found:
            assert found.pragma("integrity_check") == "ok", copy
    return True
