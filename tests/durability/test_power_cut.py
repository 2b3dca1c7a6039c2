"""The plug is pulled, anywhere: whoever was told that a count is kept finds it back, whole and once."""

import errno
import os
from pathlib import Path

import pytest

from db import connection, days, door
from db import room as rooms
from tests.clocks import FakeClock
from tests.durability.power_cut import NAME, Outcome, Story, cuts, live, pull_the_plug, put_back

SEED = 20261123


@pytest.fixture
def lived(tmp_path: Path, clock: FakeClock) -> Path:
    """Where the program runs."""
    return _made(tmp_path / "lived")


@pytest.fixture
def found(tmp_path: Path) -> Path:
    """Where the files are put back after a cut."""
    return _made(tmp_path / "found")


@pytest.fixture(params=["link", "rename"])
def file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """One that knows links, and one that does not, as on a USB stick."""
    if request.param == "rename":

        def refuse(*_names: object) -> None:
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(os, "link", refuse)
    return str(request.param)


def test_every_acknowledged_press_survives_a_power_cut_anywhere(lived: Path, found: Path) -> None:
    story = live(lived, presses=240, seed=SEED)
    outcome = pull_the_plug(story, found, SEED)
    assert not outcome.wrong, _said(outcome)
    assert outcome.boundaries > 2000 and outcome.opened > 3000


@pytest.mark.parametrize(
    ("setting", "value"), [("synchronous", 0), ("synchronous", 1), ("journal_mode", "delete")]
)
def test_other_settings_would_lose_presses(
    lived: Path, found: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: int | str
) -> None:
    """The controls: a proof that could not fail would prove nothing."""
    monkeypatch.setitem(connection.SETTINGS, setting, value)
    outcome = pull_the_plug(live(lived, presses=60, seed=SEED), found, SEED)
    assert len(outcome.wrong) > outcome.states / 10, _said(outcome)


def test_a_new_room_is_there_whole_or_not_at_all(lived: Path, found: Path, file_system: str) -> None:
    outcome = pull_the_plug(live(lived, presses=0, seed=SEED), found, SEED)
    assert not outcome.wrong, _said(outcome)


def test_a_new_room_that_is_not_synced_would_be_half_a_room(
    lived: Path, found: Path, file_system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setitem(connection.SETTINGS, "synchronous", 0)
    assert pull_the_plug(live(lived, presses=0, seed=SEED), found, SEED).wrong


def test_the_desk_goes_on_counting_after_a_cut(lived: Path, found: Path, clock: FakeClock) -> None:
    story = live(lived, presses=60, seed=SEED)
    clock.reboot()
    for boundary, acknowledged, cut, files in cuts(story, SEED):
        if boundary % 24 and not (acknowledged is None and NAME in files):
            continue
        with put_back(files, found) as file:
            if NAME not in files:
                rooms.create(file, name="De Huiskamer", language="nl", timezone="Europe/Amsterdam")
            connection.open(file)
            before = days.today().visits
            rows = door.arrive(3).id - 1
            assert before == _visits(story, rows), (boundary, cut)
            assert days.today().visits == before + 3
            connection.close()


def _made(directory: Path) -> Path:
    directory.mkdir()
    return directory


def _visits(story: Story, rows: int) -> int:
    """The visits among the first rows of the ledger."""
    ledger = story.ledger[:rows]
    voided = {row[6] for row in ledger}
    return sum(int(str(row[5])) for row in ledger if row[4] == "arrival" and row[0] not in voided)


def _said(outcome: Outcome) -> str:
    return "\n".join([str(outcome), *outcome.wrong[:10]])
