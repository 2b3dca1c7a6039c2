"""Whatever is counted, corrected, taken in from a file and taken back: each day is counted once."""

import shutil
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import clock as clocks
from db import connection, corrections, door, earlier, figures, figures_period
from db.errors import HostdeskError
from db.figures_names import Name
from tests.clocks import FakeClock, at
from tests.figures import recomputed

FIRST = date(2026, 11, 18)
"""Before the room: it begins on Monday the 23rd, and is shut at the weekend."""

WHAT = ("come", "import", "night", "undo", "import", "add", "import back", "take back", "come", "change")
STEPS = st.lists(
    st.tuples(st.sampled_from(WHAT), st.integers(0, 3), st.integers(1, 9)), min_size=8, max_size=25
)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("earlier")


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(steps=STEPS)
def test_each_day_is_counted_once(steps: list[tuple[str, int, int]], new_room: Path, directory: Path) -> None:
    clock = FakeClock(at("2026-11-23 12:00"))
    clocks.use(clock)
    connection.close()
    connection.open(Path(shutil.copy(new_room, directory / f"{uuid4()}.db")))
    for what, place, n in steps:
        with suppress(HostdeskError):
            do(what, place, n, clock, directory)
        agree(clock)
    for taken in earlier.taken():
        earlier.take_back(taken.number)
    agree(clock)


def agree(clock: FakeClock) -> None:
    """Every day has what the ledger knows of it, and else what the files say that stand."""
    rows = recomputed.Rows(clock.now(), recomputed.in_the_file())
    today = rows.local_day(clock.now().isoformat())
    counted: dict[str, int] = {row["day"]: 0 for row in rows["shift"]}
    for row in rows["door"]:
        if row["kind"] == "arrival" and row["id"] not in rows.voided:
            counted[row["day"]] = counted.get(row["day"], 0) + row["n"]
    told: dict[str, int] = {}
    for row in rows["earlier_count"]:
        back = [one["taken_back_at"] for one in rows["earlier_import"] if one["id"] == row["import"]]
        if back == [None]:
            told[row["day"]] = told.get(row["day"], 0) + row["visits"]
    made = figures.of(figures_period.between(FIRST, today))
    seen = {day.day.isoformat(): day.visits for day in made.days if day.visits is not None}
    assert seen == told | counted
    assert {day.day.isoformat() for day in made.days if day.earlier} == told.keys() - counted.keys()
    assert (made.figures[Name.VISITS].value or 0) == sum(seen.values())


def do(what: str, place: int, n: int, clock: FakeClock, directory: Path) -> None:
    """Something that somebody does, as far as it can be done."""
    day = clock.now().date() - timedelta(days=place)
    match what:
        case "come":
            door.arrive(n)
        case "undo":
            door.undo()
        case "night":
            clock.go_on_until(clock.now() + timedelta(days=1))
            door.start_of_day()
        case "add":
            corrections.add(day, time(12), n, "niet geteld")
        case "change" | "take back":
            standing = [one.row for one in corrections.of_day(day) if not one.row.voided]
            if standing and what == "change":
                corrections.change(standing[n % len(standing)].id, n, "anders geteld")
            elif standing:
                corrections.take_back(standing[n % len(standing)].id, "telt niet")
        case "import":
            file = directory / "turflijst.csv"
            file.write_text(f"datum;aantal\n{day};{n}\n{day - timedelta(days=1)};{n + 10}\n")
            understood = earlier.read(file)
            number = earlier.take_in(file, understood.tallies)
            made = figures.of(figures_period.between(day - timedelta(days=1), day))
            counts = {one.day for one in made.days if one.earlier}
            assert understood.overruled == {one.day for one in understood.tallies} - counts, number
        case "import back":
            if taken := earlier.taken():
                earlier.take_back(taken[place % len(taken)].number)
