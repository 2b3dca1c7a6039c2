"""The shift log of ten years: how soon a page of it is there, and how soon words are found in it."""

import time
from collections.abc import Callable, Iterator

from db import connection, logbook
from db.logbook import Filter
from db.states import FollowUp, NoteKind
from tests.bench.budget import Outcome, at_most
from tests.bench.run import Run

ENTRIES = 100_000
MOST_MILLISECONDS = 100

SEARCHES = (
    "s", "sleutel", "sleutelkast", "kast", "buur lijst", "gezellige sjaal", "bezoeker eten", "xylofoon",
    "markt sleutel lamp kast thee lijst",
)  # fmt: skip
"""A letter that most entries have, words of many, of few and inside others, one that nobody wrote, and many
words at once, of which one is inside as many others as are looked for.
"""


def read_back(run: Run) -> Iterator[Outcome]:
    """A page, what must be read, and searches with and without a filter; the slowest of each."""
    connection.open(run.rooms.with_log(ENTRIES))
    try:
        who = logbook.reader("Marijke")
        asked: dict[str, list[Callable[[], object]]] = {
            "opens": [
                lambda: logbook.entries(who),
                lambda: logbook.open_points(who),
                lambda: logbook.to_read(who),
            ],
            "finds words": [_search(who, Filter(words=words)) for words in SEARCHES],
            "finds words that fit a filter": [
                _search(who, Filter(words="sleutel", kind=NoteKind.HANDOVER)),
                _search(who, Filter(words="sleutel", by="Nobody")),
                _search(who, Filter(words="s", follow_up=FollowUp.OPEN)),
            ],
        }
        for what, questions in asked.items():
            slowest = max(_seconds(run, question) for question in questions)
            yield at_most(f"log of {ENTRIES:,} entries {what}", slowest * 1000, MOST_MILLISECONDS, "ms")
    finally:
        connection.close()


def _search(who: logbook.Reader, which: Filter) -> Callable[[], object]:
    return lambda: logbook.entries(who, which)


def _seconds(run: Run, question: Callable[[], object]) -> float:
    """The median of several askings, the first of which fills the caches."""
    taken = []
    for _ in run.repeats(9, 4):
        began = time.perf_counter()
        question()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[len(taken) // 2]
