"""What our driver leaves out of Textual's output changes nothing on the screen."""

import asyncio
import os
import signal
from collections.abc import Callable
from functools import partial

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from hostdesk import driver
from hostdesk.driver import TerminalDriver, thrifty
from hostdesk.in_flight import ANSWER

_COLOURS = st.sampled_from(["\x1b[38;2;1;2;3m", "\x1b[1;38;2;9;9;9;48;2;0;0;7m", "\x1b[31m"])
_TEXTS = st.sampled_from(["+1", "████", "  ", "14:07  +5", "é…"])
_PLACES = st.builds("\x1b[{};{}H".format, st.integers(1, 6), st.integers(1, 20))
_PIECES = st.builds(lambda colour, text: f"{colour}{text}\x1b[0m", _COLOURS, _TEXTS)
_PLAIN = st.builds(lambda text: text, _TEXTS)
_LINE_ENDS = st.sampled_from(["\n", "\r\n", ""])
_OTHERS = st.sampled_from(["\x1b[2J", "\x1b[?2026h", "\x1b[K"])

WRITES = st.lists(st.one_of(st.tuples(_PLACES, _PIECES, _LINE_ENDS).map("".join), _PIECES, _PLAIN, _OTHERS))


def cells(data: str) -> list[list[tuple[object, ...]]]:
    """What a terminal shows after this: each cell's character, colours and looks."""
    screen = pyte.Screen(30, 8)
    pyte.Stream(screen).feed(data)
    return [[tuple(screen.buffer[row][column]) for column in range(30)] for row in range(7)]


@given(WRITES.map("".join))
def test_the_screen_is_the_same(data: str) -> None:
    moved = f"\x1b[1;1H{data}"
    assert cells(thrifty(moved)) == cells(moved)


@given(WRITES.map("".join))
def test_the_style_is_given_back_at_the_end(data: str) -> None:
    assert cells(thrifty(data) + "x") == cells(data + "x")


def test_rows_of_one_style_set_it_once() -> None:
    style = "\x1b[38;2;254;200;87;48;2;18;23;28m"
    rows = "".join(f"\x1b[{row};2H{style}████\x1b[0m\r\n" for row in range(1, 9))
    assert thrifty(rows + "\x1b[1;1H").count(style) == 1


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int, object], None]], None]:
    """Take the terminal as the program does, with this as what Textual does at another size."""
    for edge in ("getincrementaldecoder", "WriterThread"):
        monkeypatch.setattr(linux_driver, edge, getattr(linux_driver, edge))  # and put back afterwards
    monkeypatch.setitem(ANSI_SEQUENCES_KEYS, ANSWER, ())

    def take(theirs: Callable[[int, object], None]) -> None:
        textuals = partial(signal.signal, signal.SIGWINCH, theirs)
        monkeypatch.setattr(LinuxDriver, "start_application_mode", lambda _self: textuals())
        ours = TerminalDriver.__new__(TerminalDriver)
        ours._writer_thread = None
        ours.start_application_mode()

    return take


def test_a_size_is_read_on_the_event_loop_and_never_halfway_another_one(
    taken: Callable[[Callable[[int, object], None]], None],
) -> None:
    """A window that is dragged signals faster than its size is read: handlers would interrupt each other."""
    read: list[str] = []

    def theirs(_number: int, _frame: object) -> None:
        read.append("begins")
        os.kill(os.getpid(), signal.SIGWINCH)  # the next size comes while this one is read
        read.append("ends")
        if len(read) > 6:
            signal.signal(signal.SIGWINCH, signal.SIG_IGN)

    async def story() -> None:
        taken(theirs)
        os.kill(os.getpid(), signal.SIGWINCH)
        assert not read
        while len(read) < 6:
            await asyncio.sleep(0)

    before = signal.getsignal(signal.SIGWINCH)
    try:
        asyncio.run(story())
    finally:
        signal.signal(signal.SIGWINCH, before)
    assert read[:6] == ["begins", "ends"] * 3


def test_what_a_terminal_that_has_gone_did_not_take_does_not_fail_the_end() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as gone:  # Python's own end flushes its streams as this does
        writer = driver._Writer(gone)
        writer.start()
        for text in ("a number", "the rest of the day"):
            writer.write(text)
        writer.stop()
