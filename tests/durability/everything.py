"""Every fault at every point of every story (20 minutes); the tests take a sharp sample of them.

    python -m tests.durability.everything
    python -m tests.durability.everything --story purging

Every write, sync, truncation, rename, link and deletion fails once; every write is torn once; and the power
is cut after each of them, in each of the ways in which a card may lose what was not synced.
"""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from db import clock as clocks
from db import connection
from db import room as rooms
from tests.clocks import FakeClock
from tests.durability.stories import (
    STORIES,
    VERSIONS,
    Story,
    cut_after,
    failing_once,
    kept,
    upgrading,
    what_may_fail,
)


def rooms_of(story: Story, new: Path) -> tuple[Path, ...]:
    """Where a story begins: in a new room, or in one of each earlier version."""
    return tuple(VERSIONS) if story is upgrading else (new,)


def _wrong(story: Story, room: Path, place: Path) -> Iterator[tuple[str, str]]:
    """Each fault, and what broke the promise after it; nothing, mostly."""
    done = what_may_fail(story, room, place)
    for torn in (False, True):
        for number, what in enumerate(done, 1):
            if what == "write" or not torn:
                life, _card = failing_once(story, room, place, failing=number, torn=torn)
                yield f"{what} {number} {'is torn' if torn else 'fails'}", _problem(life)
    for life in cut_after(story, room, place):
        yield "the power fails", _problem(life)


def _problem(life: object) -> str:
    try:
        kept(life)  # type: ignore[arg-type]
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    finally:
        connection.close()
    return ""


def main() -> int:
    """Live all stories; say how many faults there were, and which ones broke the promise."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--story", choices=[story.__name__ for story in STORIES])
    args = parser.parse_args()
    wrong = 0
    with TemporaryDirectory() as directory:
        new = Path(directory) / "new.db"
        clocks.use(FakeClock())
        rooms.create(new, name="De Huiskamer", language="nl", timezone="Europe/Amsterdam")
        connection.close()
        for story in STORIES:
            if args.story not in {None, story.__name__}:
                continue
            for room in rooms_of(story, new):
                began, faults = time.monotonic(), 0
                for fault, problem in _wrong(story, room, Path(directory) / "card"):
                    faults += 1
                    if problem:
                        wrong += 1
                        print(f"  {fault}: {problem}", flush=True)
                took = time.monotonic() - began
                print(f"{story.__name__} ({room.stem}): {faults} faults in {took:.0f} s", flush=True)
    print(f"{wrong} broke the promise")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
