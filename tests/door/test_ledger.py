"""Whatever keys are pressed in whatever order: the ledger only grows, and says what a model says."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from db import clock as clocks
from db import connection, days, door, door_rows
from db import room as rooms
from db.connection import database
from db.door_rows import Kind
from db.errors import AlreadyUndone, NothingToUndo, NotPossible
from tests.clocks import AMSTERDAM, FakeClock


@dataclass
class Remembered:
    """An action as somebody with a good memory would tell it."""

    id: int
    day: date
    hour: int
    kind: Kind
    n: int
    first_visits: int = 0
    voided: bool = False


class DoorModel(RuleBasedStateMachine):
    """Keys at the door beside a plain list of what was pressed."""

    new_room: Path
    """A room that nobody has open, to copy."""

    def __init__(self) -> None:
        """A new room, and nobody has come yet."""
        super().__init__()
        self.clock = FakeClock()
        clocks.use(self.clock)
        self.directory = tempfile.TemporaryDirectory()
        connection.open(Path(shutil.copy(self.new_room, self.directory.name)))
        self.told: list[Remembered] = []
        self.filed: list[tuple[object, ...]] = []

    def teardown(self) -> None:
        """Leave nothing behind."""
        connection.close()
        self.directory.cleanup()

    def _remember(self, row: door_rows.Row, kind: Kind, n: int, first_visits: int = 0) -> None:
        local = self.clock.now().astimezone(AMSTERDAM)
        self.told.append(Remembered(row.id, local.date(), local.hour, kind, n, first_visits))

    @rule(n=st.integers(1, 500), volunteer=st.booleans(), first=st.booleans(), reason=st.booleans())
    def somebody_comes_in(self, n: int, volunteer: bool, first: bool, reason: bool) -> None:
        first = first and not volunteer
        row = door.arrive(n, volunteer=volunteer, first_visit=first, reason="eten" if reason else None)
        self._remember(row, Kind.VOLUNTEER if volunteer else Kind.ARRIVAL, n, n if first else 0)

    @rule(n=st.integers(1, 20))
    def somebody_leaves(self, n: int) -> None:
        self._remember(door.depart(n), Kind.DEPARTURE, n)

    @rule(n=st.integers(0, 60))
    def heads_are_counted(self, n: int) -> None:
        self._remember(door.headcount(n), Kind.HEADCOUNT, n)

    @rule()
    def the_last_is_undone(self) -> None:
        standing = [action for action in self.told if not action.voided]
        if not standing:
            with pytest.raises(NothingToUndo):
                door.undo()
            return
        undo = door.undo()
        standing[-1].voided = True
        assert (undo.n, undo.undone, undo.day) == (standing[-1].n, standing[-1].kind, standing[-1].day)

    @rule(data=st.data())
    def some_row_is_undone(self, data: st.DataObject) -> None:
        if not self.told:
            return
        action = data.draw(st.sampled_from(self.told))
        if action.voided:
            with pytest.raises(AlreadyUndone):
                door.undo(action.id)
        else:
            door.undo(action.id)
            action.voided = True

    @rule(data=st.data())
    def it_is_a_first_visit(self, data: st.DataObject) -> None:
        if not self.told:
            return
        action = data.draw(st.sampled_from(self.told))
        if action.kind is not Kind.ARRIVAL or action.voided:
            with pytest.raises(NotPossible):
                door.first_visit(action.id)
            return
        action.first_visits = (action.first_visits + 1) % (action.n + 1)
        assert door.first_visit(action.id) == action.first_visits

    @rule(minutes=st.one_of(st.integers(1, 90), st.integers(600, 3000)))
    def time_passes(self, minutes: int) -> None:
        self.clock.go_on(minutes=minutes)

    @rule()
    def the_machine_starts_again(self) -> None:
        self.clock.reboot()

    @invariant()
    def the_ledger_only_grew(self) -> None:
        rows = database.execute_sql("SELECT * FROM door ORDER BY id").fetchall()
        assert rows[: len(self.filed)] == self.filed
        self.filed = rows

    @invariant()
    def the_day_is_as_remembered(self) -> None:
        day = self.clock.now().astimezone(AMSTERDAM).date()
        standing = [action for action in self.told if action.day == day and not action.voided]
        arrivals = [action for action in standing if action.kind is Kind.ARRIVAL]
        today = days.today()
        assert (today.day, today.doubt) == (day, None)
        assert today.visits == sum(action.n for action in arrivals) == sum(today.by_hour.values())
        assert today.by_hour == {
            hour: sum(action.n for action in arrivals if action.hour == hour)
            for hour in {action.hour for action in arrivals}
        }
        assert today.volunteers == sum(a.n for a in standing if a.kind is Kind.VOLUNTEER)
        assert today.first_visits == sum(action.first_visits for action in arrivals) <= today.visits
        assert (today.present.n if today.present else None) == _present(standing)
        newest = next((action for action in reversed(self.told) if not action.voided), None)
        assert (today.undoes.id if today.undoes else None) == (newest.id if newest else None)

    @invariant()
    def every_row_stays_with_its_action(self) -> None:
        strays = """SELECT said.id FROM door AS said JOIN door AS action
            ON action.id = COALESCE(said.voids, said.about) WHERE said.day <> action.day"""
        assert not database.execute_sql(strays).fetchall()


def _present(standing: list[Remembered]) -> int | None:
    """The design's formula, to the letter."""
    headcounts = [place for place, action in enumerate(standing) if action.kind is Kind.HEADCOUNT]
    since = standing[headcounts[-1] + 1 :] if headcounts else standing
    came = sum(action.n for action in since if action.kind in (Kind.ARRIVAL, Kind.VOLUNTEER))
    left = sum(action.n for action in since if action.kind is Kind.DEPARTURE)
    if headcounts:
        return max(standing[headcounts[-1]].n + came - left, 0)
    return max(came - left, 0) if left else None


def test_the_door_does_as_its_model(new_room: Path) -> None:
    DoorModel.new_room = new_room
    few = settings(max_examples=25, stateful_step_count=30, deadline=None, derandomize=True, database=None)
    run_state_machine_as_test(DoorModel, settings=few)  # type: ignore[no-untyped-call]


def test_the_rooms_day_and_the_models_day_are_the_same_here(room: rooms.Room, clock: FakeClock) -> None:
    """The model knows no shift past midnight: this room has none."""
    moment: datetime = clock.now()
    assert rooms.day_of(room, moment) == moment.astimezone(AMSTERDAM).date()
