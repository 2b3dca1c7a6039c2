"""A cat on the keyboard: random keys, pastes, clicks, broken bytes and resizes in a real terminal."""

import os
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import apsw

from db.states import State
from tests.terminal import HOSTDESK, KEYS, Terminal

BATCH = 25
"""Keys that are sent before it is looked whether the desk still stands."""

_OFTEN = [*"+-05123489vhunwladobsmxpgekt/.*,<> ", "enter", "escape", "up", "down", "left", "right", "tab"]
ON_THE_BOARD = [
    *["up", "down", "left", "right", "enter", "escape"] * 3,
    *[
        ">",
        "<",
        "\x1b[1;2C",
        "\x1b[1;2D",
        "f3",
        " ",
        "tab",
        "p",
        "x",
        "a",
        "w",
        "i",
        "m",
        "t",
        "e",
        "/",
        "s",
        "d",
        "u",
    ],
    *"1234567890+-*nsoep",
]
"""Keys of who moves cards, plans, gives up and takes back."""

_SCREENS = ["f1", "f2", "f3", "f4", "f5", "f6", "ctrl+p", "?"]
_OTHERS = [name for name in KEYS if name not in {"ctrl+q", "ctrl+c", "ctrl+z", "ctrl+s"}]
_OF_THE_TERMINAL = b"\x03\x11\x13\x1a\x1c"
"""What a terminal answers itself while the program begins or ends: stop, hold, and to the background."""
_BYTES = [
    b"\xff\xfe\x80",  # no text in any encoding
    b"\x1b[200~[/] [bold]\x1b]0;title\x07\x1b[201~",  # pasted: markup, and a sequence of its own
    b"\x1b[200~" + "é‮漢字🙂".encode() * 50 + b"\x1b[201~",
    b"\x1b[200~" + b"x" * 3000 + b"\x1b[201~",
    b"\x1b[<0;10;5M\x1b[<0;10;5m",  # a click
    b"\x1b[<64;10;5M",  # the wheel
    b"\x1b[57414u",  # Enter of a numeric pad, by kitty's protocol
    b"\x1b[",
    b"\x1b",
    b"\x00",
    b"\x1b[?1;2c",  # answers to questions that nobody asked
    b"\x1b[24;80R",
]
_STANDS_STILL = 30
"""Seconds in which a desk that has keys to answer shows something; the clock alone does so each minute."""

_LONGEST = 600
"""Seconds that answering ten minutes of keys takes at most."""

_COLUMNS, _ROWS = (1, 2, 5, 9, 20, 40, 64, 80, 81, 132, 250), (1, 2, 5, 12, 20, 24, 60)
_LEAVES = b"\x1b[?1049l"

_STAYS = {
    "door": "id, day, hour, kind, n, voids",
    "wish": "id, voiced_at",
    "activity": "id, created_at",
    "session": "id, activity",
    "advice_request": "id, question, asked_at",
    "board_event": "id, at, what, wish, activity, session, from_state, to_state",
    "log_entry": "id, kind, written_at",
    "log_change": "id, entry, what, at",
}
"""Rows that no sequence of keys takes away or makes into something else."""

_STATES = """
    SELECT {card}.id, {card}.state, from_state, to_state FROM {card} JOIN board_event ON {card} = {card}.id
    WHERE session IS NULL AND to_state IS NOT NULL ORDER BY {card}.id, board_event.id
"""
"""The moves of every card, oldest first, with where it stands."""


class Fell(AssertionError):
    """The desk did not bear it."""


def room(file: Path) -> None:
    """A room with something of everything in it."""
    made = [*HOSTDESK, "demo", "--db", str(file), "--days", "20", "--no-open"]
    subprocess.run(made, check=True, capture_output=True)


def press(file: Path, seconds: float, seed: int, often: Sequence[str] = _OFTEN) -> int:
    """Press keys for so long, most of them these; how many.

    Raises:
        Fell: the desk ended in another way than by being asked to, left a traceback, took a bug down in its
            log, spoiled the room's file, or lost what was in it.
    """
    random, pressed, last = Random(seed), 0, list[bytes]()
    before = _what_stays(file)
    end = time.monotonic() + seconds
    desk: Terminal | None = None
    try:
        while time.monotonic() < end:
            if desk is None:
                desk = Terminal([*HOSTDESK, "--db", str(file)])
                desk.wait("bezoek")  # of one visitor, just after midnight, it is not “bezoeken”
            last = [_something(random, often) for _ in range(BATCH)]
            pressed += BATCH
            _send(desk, b"".join(last))
            if random.random() < 0.3:
                desk.resize(random.choice(_COLUMNS), random.choice(_ROWS))
            if random.random() < 0.8:  # most of the time somebody types no faster than the screen follows
                _read_until_quiet(desk)
            if desk.process.poll() is not None:
                _assert_well(desk, file, last)
                desk = None
        if desk is not None:
            _stop(desk)
            _assert_well(desk, file, last)
    finally:
        if desk is not None:
            desk.__exit__(None, None, None)
    _assert_sound(file, before)
    return pressed


def _something(random: Random, often: Sequence[str]) -> bytes:
    chance = random.random()
    if chance < 0.03:
        return random.choice(_BYTES)
    if chance < 0.06:
        return bytes(random.choices(range(1, 256), k=random.randint(1, 8))).translate(None, _OF_THE_TERMINAL)
    if chance < 0.062:
        return KEYS["ctrl+q"].encode()
    name = random.choice(often if chance < 0.8 else _SCREENS if chance < 0.9 else _OTHERS)
    return KEYS.get(name, name).encode()


def _send(desk: Terminal, data: bytes) -> None:
    """Type all of it, or as much as somebody is there for; read meanwhile, or both wait for ever."""
    assert desk._master is not None
    os.set_blocking(desk._master, False)
    end = time.monotonic() + 60
    while data and desk.process.poll() is None:
        if time.monotonic() > end:
            raise Fell(f"reads no keys any more:\n{desk.text}")
        with suppress(OSError):
            data = data[os.write(desk._master, data[:256]) :]
        _read(desk, 0.0)


def _read(desk: Terminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while desk.read(end - time.monotonic()) and time.monotonic() < end:
        pass


def _read_until_quiet(desk: Terminal) -> None:
    end = time.monotonic() + 1
    while desk.read_for(0.03) and time.monotonic() < end:
        pass


def _stop(desk: Terminal) -> None:
    """Leave as one would who sees a strange screen; a paste that has no end yet is ended.

    Keys are answered in turn, and this one comes last: a desk whose screen still moves is on its way there.
    """
    desk.resize(80, 24)
    desk.send(b"\x1b[201~")
    printed, stands = len(desk.output), time.monotonic()
    end = stands + _LONGEST
    while desk.process.poll() is None and time.monotonic() < min(end, stands + _STANDS_STILL):
        with suppress(OSError):
            desk.press("ctrl+q")
        _read(desk, 0.5)
        if len(desk.output) > printed:
            printed, stands = len(desk.output), time.monotonic()


def _assert_well(desk: Terminal, file: Path, last: list[bytes]) -> None:
    if desk.process.poll() is None:
        raise Fell(f"does not end any more:\n{desk.text}")
    log = file.with_suffix(".log")
    taken_down = log.read_text(encoding="utf-8") if log.exists() else ""
    said = bytes(desk.output).rpartition(_LEAVES)[2].decode(errors="replace")
    wrong = [word for word in ("Traceback", "a bug") if word in taken_down or word in said]
    if desk.process.poll() != 0 or wrong:
        said = said[said.find("Traceback") :] if "Traceback" in said else ""  # before it, what was typed
        shown = [one[:20] for one in last]
        raise Fell(f"ended with {desk.process.poll()}, {wrong}, after {shown}\n{said}\n{taken_down[-3000:]}")


def _assert_sound(file: Path, before: dict[str, set[tuple[Any, ...]]]) -> None:
    seen = apsw.Connection(str(file))
    try:
        if (found := seen.pragma("integrity_check")) != "ok":
            raise Fell(f"the room: {found}")
        moves = {card: list(seen.execute(_STATES.format(card=card))) for card in ("wish", "activity")}
    finally:
        seen.close()
    after = _what_stays(file)
    for table, rows in before.items():
        if lost := rows - after[table]:
            raise Fell(f"lost from {table}: {sorted(lost, key=str)[:5]}")
    for card, moved in moves.items():
        _assert_in_turn(card, moved)


def _what_stays(file: Path) -> dict[str, set[tuple[Any, ...]]]:
    seen = apsw.Connection(str(file))
    try:
        return {
            table: set(seen.execute(f"SELECT {columns} FROM {table}")) for table, columns in _STAYS.items()
        }
    finally:
        seen.close()


def _assert_in_turn(card: str, moved: Sequence[tuple[int, str, str | None, str]]) -> None:
    """Every card stands where its last move brought it, and each move began where the former one ended."""
    at: dict[int, str] = {}
    for number, _, from_state, to_state in moved:
        if from_state != at.get(number) or to_state not in set(State):
            raise Fell(f"{card} {number}: from {from_state} to {to_state}, and it stood at {at.get(number)}")
        at[number] = to_state
    if wrong := {number: (state, at[number]) for number, state, *_ in moved if state != at[number]}:
        raise Fell(f"{card}s that stand elsewhere than they were brought: {wrong}")
