"""A cat on the keyboard: random keys, pastes, clicks, broken bytes and resizes in a real terminal."""

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import apsw

from tests.terminal import HOSTDESK, KEYS, Terminal

BATCH = 25
"""Keys that are sent before it is looked whether the desk still stands."""

_OFTEN = [*"+-05123489vhunwladobsmxpgekt/.*,<> ", "enter", "escape", "up", "down", "left", "right", "tab"]
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
_LEAVES = b"\x1b[?1049l"


class Fell(AssertionError):
    """The desk did not bear it."""


def room(file: Path) -> None:
    """A room with something of everything in it."""
    made = [*HOSTDESK, "demo", "--db", str(file), "--days", "20", "--no-open"]
    subprocess.run(made, check=True, capture_output=True)


def press(file: Path, seconds: float, seed: int) -> int:
    """Press keys for so long; how many.

    Raises:
        Fell: the desk ended in another way than by being asked to, left a traceback, took a bug down in its
            log, or spoiled the room's file.
    """
    random, pressed, last = Random(seed), 0, list[bytes]()
    end = time.monotonic() + seconds
    desk: Terminal | None = None
    try:
        while time.monotonic() < end:
            if desk is None:
                desk = Terminal([*HOSTDESK, "--db", str(file)])
                desk.wait("bezoeken vandaag")
            last = [_something(random) for _ in range(BATCH)]
            pressed += BATCH
            _send(desk, b"".join(last))
            if random.random() < 0.3:
                desk.resize(random.choice([20, 40, 64, 80, 81, 132, 250]), random.choice([5, 12, 20, 24, 60]))
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
    _assert_sound(file)
    return pressed


def _something(random: Random) -> bytes:
    chance = random.random()
    if chance < 0.03:
        return random.choice(_BYTES)
    if chance < 0.06:
        return bytes(random.choices(range(1, 256), k=random.randint(1, 8))).translate(None, _OF_THE_TERMINAL)
    if chance < 0.062:
        return KEYS["ctrl+q"].encode()
    name = random.choice(_OFTEN if chance < 0.8 else _SCREENS if chance < 0.9 else _OTHERS)
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
    """Leave as one would who sees a strange screen; a paste that has no end yet is ended."""
    desk.resize(80, 24)
    desk.send(b"\x1b[201~")
    end = time.monotonic() + 60  # keys are answered in turn, and this one comes last
    while desk.process.poll() is None and time.monotonic() < end:
        with suppress(OSError):
            desk.press("ctrl+q")
        _read(desk, 0.5)


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


def _assert_sound(file: Path) -> None:
    seen = apsw.Connection(str(file))
    try:
        if (found := seen.pragma("integrity_check")) != "ok":
            raise Fell(f"the room: {found}")
    finally:
        seen.close()
