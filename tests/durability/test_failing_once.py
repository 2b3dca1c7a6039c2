"""One thing fails on the card, or the power does: a sentence, nothing lost, and the next start works.

A sample of every kind of fault in every story; `python -m tests.durability.everything` makes all of them.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import door
from tests.durability.stories import (
    STORIES,
    VERSIONS,
    Life,
    Story,
    cut_after,
    failing_once,
    kept,
    putting_back,
    upgrading,
    what_may_fail,
)

WRITES, OTHERS = 10, 4
"""How many writes of a story fail, and how many of every other kind of thing."""

CUTS = 8
"""After how many events of a story the power fails, each in four ways."""


def sample(done: list[str]) -> Iterator[tuple[int, str]]:
    """The first and the last write and some in between, and the same of every other kind of thing."""
    for kind in dict.fromkeys(done):
        those = [number for number, what in enumerate(done, 1) if what == kind]
        n = min(WRITES if kind == "write" else OTHERS, len(those))
        yield from ((those[step * (len(those) - 1) // max(n - 1, 1)], kind) for step in range(n))


def begins(story: Story, new: Path) -> Path:
    return VERSIONS[0] if story is upgrading else new


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_was_shown_is_there_and_the_next_start_works(
    story: Story, room_file: Path, tmp_path: Path
) -> None:
    room, place = begins(story, room_file), tmp_path / "card"
    failed = set()
    for number, what in sample(what_may_fail(story, room, place)):
        for torn in {False, what == "write"}:
            life, card = failing_once(story, room, place, failing=number, torn=torn)
            assert card.what_failed == what, "the same story each time"
            kept(life)
            failed.add(what)
    assert failed >= {"write", "sync", "truncate"}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_was_shown_is_there_after_a_power_cut(story: Story, room_file: Path, tmp_path: Path) -> None:
    room, place = begins(story, room_file), tmp_path / "card"
    every = max(len(what_may_fail(story, room, place)) // CUTS, 1)
    lives = 0
    for life in cut_after(story, room, place, every=every):
        kept(life)
        lives += 1
    assert lives >= CUTS / 2


def test_a_count_that_is_shown_too_early_would_be_missed(room_file: Path, tmp_path: Path) -> None:
    """The control: somebody who is told before the card was asked would be lied to."""

    def hasty(life: Life) -> None:
        if life.open():
            life.show(1)
            life.do(lambda: door.arrive())
        life.close()

    place = tmp_path / "card"
    for number, _what in enumerate(what_may_fail(hasty, room_file, place), 1):
        life, _card = failing_once(hasty, room_file, place, failing=number, torn=False)
        if life.refused:
            break
    with pytest.raises(AssertionError, match=r"\[1\]"):
        kept(life)


def test_a_restore_that_is_cut_off_half_way_is_found_again(room_file: Path, tmp_path: Path) -> None:
    """Between the two renames there is no room at its path: the next start says where it is."""
    found = set()
    for life in cut_after(putting_back, room_file, tmp_path / "card", every=1, seed=3):
        if not life.file.exists():
            kept(life)
            found.add(tuple(life.shown))
    assert found
