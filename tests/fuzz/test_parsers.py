"""Any text for every parser: it is understood, or it is a sentence; nothing else comes out."""

import os
import shlex
from argparse import ArgumentTypeError
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db import connection, description, earlier, hours, opening, room, written_days
from db.errors import HostdeskError
from db.figures_period import _NAMED, named
from db.week import monday
from hostdesk import commands, elsewhere
from hostdesk.authorized_keys import checked_name, read_key
from hostdesk.commands import typed
from tests.commands.test_door import Run, run

__all__ = ["run"]

TODAY = date(2026, 11, 23)
_PIECES = [
    "ma",
    "di",
    "zondag",
    "morgen",
    "dicht",
    "24",
    "-",
    "12",
    ":",
    "30",
    "uur",
    "elke",
    "week",
    "2026",
    "W",
    "48",
    "dec",
    "t/m",
    ",",
    "10-14",
    "van",
    "half",
    "99",
    "0",
    "²",
    "٣",
    "1e9",
]
WRITTEN = (
    st.text(max_size=40)
    | st.text(alphabet="0123456789-:./ qw", max_size=24)
    | st.lists(st.sampled_from([*_PIECES, " ", "\0", "\ud800"]), max_size=8).map("".join)
)
"""What somebody may type for a day, a time or a number, and what nobody does."""

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Where each example opens the room, or a command line."""

PARSERS: dict[str, Callable[[str], object]] = {
    "a day": lambda text: written_days.day(text, TODAY),
    "a weekday": written_days.weekday,
    "a day that was": lambda text: written_days.past_day(text, TODAY),
    "a time": written_days.time_of_day,
    "an end": lambda text: written_days.end(text, TODAY, TODAY),
    "opening hours": lambda text: hours.parse(text, 1),
    "a period": lambda text: [named(text, unit) for unit in _NAMED],
    "a week": monday,
    "a whole number": typed.whole_number,
    "a card": typed.card,
    "a state": typed.state,
    "who leads": typed.lead,
    "a kind of person": typed.person_kind,
    "a kind of note": typed.note_kind,
    "when": lambda text: typed.when(text, TODAY),
    "when it ends": typed.ends,
    "which of the month": typed.nth,
    "a weekday of a command": typed.weekday,
    "a key": read_key,
    "a name for a key": checked_name,
    "a command from elsewhere": elsewhere.asked,
    "a name of a room": room.sound_name,
}
"""What reads a text without a room."""

SENTENCES = (HostdeskError, ArgumentTypeError)
"""What people are told; argparse says the second one in its own line."""


@pytest.mark.parametrize("parser", PARSERS)
def test_any_text_is_understood_or_a_sentence(parser: str) -> None:
    @given(WRITTEN)
    @example("24-12-20266")
    @example("0")
    @example("99999999999999999999")
    @settings(max_examples=150, deadline=None)
    def read(text: str) -> None:
        with suppress(*SENTENCES):
            PARSERS[parser](text)

    read()


def test_any_text_for_the_rooms_own_words_and_hours(room: object) -> None:
    @given(WRITTEN, st.integers(-1, 8))
    @FEW
    def say(text: str, weekday: int) -> None:
        for change in (
            lambda: opening.change_day(date(2026, 12, 24), text),
            lambda: opening.change_day(date(2026, 12, 25), "dicht", text),
            lambda: opening.change_week(weekday, text),
            lambda: _describe(text),
        ):
            with suppress(HostdeskError):
                change()

    say()
    assert connection.database.pragma("integrity_check") == "ok"


def _describe(text: str) -> None:
    for one in ("name", "website", "logo", "email", "address"):
        with suppress(HostdeskError):
            description.change(**{one: text})


_CELLS = [
    "datum",
    "date",
    "uur",
    "aantal",
    "bezoeken",
    "2026-01-05",
    "5-1-2026",
    "05/01/26",
    "2026-13-45",
    "10",
    "10:00",
    "10-11",
    "0",
    "12",
    "-3",
    "1e400",
    "NaN",
    "٣",
    "=1+1",
    '"',
    "'",
    "jan-26",
    "\ufeff",
]
CELLS = st.sampled_from([*_CELLS, "", "\n", "\0", "x" * 200])
SHEETS = st.lists(st.lists(CELLS, max_size=5), max_size=6).flatmap(
    lambda rows: st.sampled_from([";", ",", "\t"]).map(
        lambda sign: "\n".join(sign.join(row) for row in rows).encode("utf-8", "surrogatepass")
    )
)


def test_any_file_of_tallies_is_understood_or_a_sentence(room: object, tmp_path: Path) -> None:
    file = tmp_path / "tallies.csv"

    @given(st.binary(max_size=200) | SHEETS)
    @example(b"\xff\xfed\x00a\x00")
    @example(b'"')
    @settings(FEW, max_examples=150)
    def read(content: bytes) -> None:
        file.write_bytes(content)
        with suppress(HostdeskError):
            understood = earlier.read(file)
            assert understood.tallies and all(tally.visits >= 0 for tally in understood.tallies)

    read()


_LEFT_OUT = {"demo", "init", "restore", "upkeep", "ssh-key"}
"""These make other rooms, or change files beside it; they are tried with files of their own."""

_OPTIONS = [
    "--json",
    "--month",
    "--year",
    "--from",
    "--to",
    "--week",
    "--format",
    "--for",
    "--kind",
    "--by",
    "--starts",
    "--search",
    "--since",
    "--reason",
    "--volunteer",
    "--first-time",
    "--theme",
    "--hours",
    "--help",
    "--take-in",
    "--take-back",
    "--person",
    "--with",
    "--me-too",
    "add",
    "list",
    "end",
    "show",
    "erase",
    "purge",
    "day",
    "week",
    "usual",
    "start",
    "close",
    "move",
    "text",
    "csv",
    "html",
    "w1",
    "a1",
    "1",
    "-1",
    "Nadia",
    "2026-11",
]
_WORDS = st.sampled_from(_OPTIONS) | WRITTEN.filter(
    lambda text: not set("/~.\0") & set(text) and text.isprintable()
)
LINES = st.builds(
    lambda name, rest: [name, *rest],
    st.sampled_from([name for name in commands.NAMES if name not in _LEFT_OUT]),
    st.lists(_WORDS, max_size=4),
)


def _ends_well(answer: tuple[int, str, str], log: Path) -> None:
    code, _out, err = answer
    assert code in {0, 1, 2}
    assert "Traceback" not in err, err
    assert not log.exists() or "a bug" not in log.read_text(), log.read_text()


def test_any_command_line_ends_with_an_answer(
    run: Run, room_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    @given(LINES)
    @FEW
    def say(line: list[str]) -> None:
        _ends_well(run(*line), room_file.with_suffix(".log"))

    say()


def test_any_forced_command_ends_with_an_answer(
    run: Run, room_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("person", "add", "Fatima", "--kind", "coordinator")
    before = {path.name for path in tmp_path.iterdir()}

    @given(LINES.map(shlex.join) | st.text(max_size=60).filter(lambda text: "\0" not in text and _fits(text)))
    @settings(FEW, max_examples=40)
    def visit(line: str) -> None:
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", line)
        _ends_well(run("--as", "Fatima", "--db", str(room_file)), room_file.with_suffix(".log"))

    visit()
    left = {path.name for path in tmp_path.iterdir()} - before
    assert not [name for name in left if not name.startswith(room_file.stem)], (
        "no file of the visitor's choosing"
    )


def _fits(text: str) -> bool:
    """Whether the environment can hold it."""
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True
