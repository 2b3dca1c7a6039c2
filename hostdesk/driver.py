"""The terminal, with six of Textual's edges taken off (8.2.8; look again at each new version).

- One byte that is not UTF-8 would end the program: it becomes � instead.
- A terminal that has gone is the end of the program, instead of being read for ever.
- What is written to a terminal that has gone is dropped, and nothing waits for one that takes nothing.
- Each piece of a line carries its whole style; the same style is not sent twice.
- A window that is dragged signals faster than its size is read, and an older size could come last.
- How large the terminal is, it says itself, and not what a shell has once put into COLUMNS and LINES.
"""

import asyncio
import os
import re
import signal
import termios
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import lru_cache
from queue import Queue
from types import FrameType
from typing import IO, Any

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys

from hostdesk.in_flight import ANSWER, InFlight
from hostdesk.words.shell import give_up

_RESET = "\x1b[0m"
_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")
_CODES = re.compile(r"[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+")
_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29"}
"""What ends each of the looks that Textual sets."""
_MOVES = re.compile(r"(?:\x1b\[[0-9]+;[0-9]+H)*")
_LINE_END_BEFORE_A_MOVE = re.compile(r"\r?\n(?=(?:\x1b\[[0-9;]*m)*\x1b\[[0-9]+;[0-9]+H)")


class TerminalDriver(LinuxDriver):
    """Textual's Linux driver, for terminals as they are."""

    def start_application_mode(self) -> None:
        """Take the terminal, with our decoder and writer in the place of Textual's."""
        edges: Any = linux_driver
        edges.getincrementaldecoder = _forgiving_decoder
        edges.WriterThread = _Writer
        sequences: Any = ANSI_SEQUENCES_KEYS
        sequences[ANSWER] = (Keys.Any,)  # a key that nobody has; the program takes it for what it is
        super().start_application_mode()  # type: ignore[no-untyped-call]
        _read_sizes_in_turn()
        if isinstance(self._writer_thread, _Writer):
            self._app.in_flight.is_stuck = self._writer_thread.is_stuck  # type: ignore[attr-defined]

    def write(self, data: str) -> None:
        """Write to the terminal, in fewer bytes than Textual would: an SSH line may be slow."""
        in_flight: InFlight = self._app.in_flight  # type: ignore[attr-defined]
        super().write(in_flight.sends(thrifty(data)))

    def _get_terminal_size(self) -> tuple[int, int]:
        """How large the terminal is; a serial line does not know."""
        with suppress(OSError):
            columns, lines = os.get_terminal_size(self.fileno)
            if columns and lines:
                return columns, lines
        return super()._get_terminal_size()

    def _run_input_thread(self) -> None:
        """Read keys until the program ends or the terminal has gone."""
        try:
            self.run_input_thread()
        except (_EndOfInput, OSError):  # OSError: the other side of the pseudo-terminal was closed
            self._app.call_later(self._app.exit)


def _read_sizes_in_turn() -> None:
    """Read the window's size on the event loop: signal handlers interrupt each other, halfway through."""
    loop, theirs = asyncio.get_running_loop(), signal.getsignal(signal.SIGWINCH)

    def resized(number: int, _frame: FrameType | None) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it the program
            if callable(theirs):
                loop.call_soon_threadsafe(theirs, number, None)

    signal.signal(signal.SIGWINCH, resized)


def thrifty(data: str) -> str:
    """The same picture without styles that are dropped and set again, and without idle line ends.

    Textual ends each piece with a reset and begins the next with its whole style, mostly nearly the same one.
    """
    out: list[str] = []
    current, wanted = "", ""
    for piece in _STYLE.split(_LINE_END_BEFORE_A_MOVE.sub("", data)):
        if _STYLE.fullmatch(piece):
            wanted = "" if piece == _RESET else f"{wanted};{piece[2:-1]}".lstrip(";")
            continue
        if wanted != current and not _MOVES.fullmatch(piece):
            out.append(_change(current, wanted))
            current = wanted
        out.append(piece)
    if wanted != current:
        out.append(_change(current, wanted))
    return "".join(out)


@lru_cache(maxsize=1024)
def _change(current: str, wanted: str) -> str:
    """What makes one style of the other, in as few bytes as may be."""
    afresh = f"\x1b[0;{wanted}m" if wanted else "\x1b[m"
    (looks, *colours), (wanted_looks, *wanted_colours) = _parts(current), _parts(wanted)
    if not (looks | wanted_looks) <= _ENDS.keys():
        return afresh
    ends = {_ENDS[look] for look in looks - wanted_looks}
    codes = [*ends, *(look for look in wanted_looks if look not in looks or _ENDS[look] in ends)]
    for colour, other, usual in zip(colours, wanted_colours, ("39", "49"), strict=True):
        if other != colour:
            codes.append(other or usual)
    return min(f"\x1b[{';'.join(codes)}m", afresh, key=len)


def _parts(style: str) -> tuple[frozenset[str], str, str]:
    """What a style is made of: how it looks, its colour and that of its background."""
    looks, colour, background = set(), "", ""
    for code in _CODES.findall(style):
        if re.match(r"[39][0-9]", code):
            colour = code
        elif re.match(r"4[0-9]|10[0-7]", code):
            background = code
        else:
            looks.add(code)
    return frozenset(looks), colour, background


class _EndOfInput(Exception):
    """The terminal has no more to say."""


STUCK_SECONDS = 1.0
"""A terminal that has taken nothing for so long is stuck."""

LOOK_SECONDS = 0.1
"""How often to look at the end whether it is."""


class _Writer(WriterThread):
    """Writes to the terminal, lets nobody wait for it, and throws away what no terminal takes any more.

    Textual's own lets 30 pieces wait, and then the whole program: no key would be counted until somebody
    takes Scroll Lock off again. Here no picture is made for a terminal that is stuck, so that few wait.
    """

    def __init__(self, file: IO[str]) -> None:
        """Write to this file."""
        super().__init__(file)
        self._queue = Queue()
        self._began: float | None = None

    def is_stuck(self) -> bool:
        """Whether the terminal takes nothing."""
        began = self._began
        return began is not None and time.monotonic() - began > STUCK_SECONDS

    def run(self) -> None:
        """Write until told to stop."""
        try:
            while (text := self._queue.get()) is not None:
                self._began = time.monotonic()
                self._file.write(text)
                if self._queue.empty():
                    self._file.flush()
                self._began = None
            self._began = time.monotonic()
            self._file.flush()
            self._began = None
        except OSError:
            self._began = None
            give_up(self._file)
            while self._queue.get() is not None:
                pass

    def stop(self) -> None:
        """Stop and wait for it, for as long as the terminal takes what is left."""
        for _ in range(2):  # the terminal may refuse what is left once it was told
            self._queue.put(None)
        stuck = False
        while self.is_alive():
            if stuck := stuck or self.is_stuck():  # once is enough: each piece that waits would take as long
                self._let_go()
            self.join(LOOK_SECONDS)

    def _let_go(self) -> None:
        """Throw away what waits in a terminal that takes nothing, so that the writing there goes on.

        Then let the terminal go on: that wakes who writes, and takes Scroll Lock off. Linux does it only for
        who stopped it, so it is stopped here first.
        """
        with suppress(termios.error, OSError):
            termios.tcflush(self._file, termios.TCOFLUSH)
            for flow in (termios.TCOOFF, termios.TCOON):
                termios.tcflow(self._file, flow)


def _forgiving_decoder(encoding: str) -> Any:
    """A decoder for Textual that reads any byte, and tells the end of the input."""
    strict: Any = getincrementaldecoder(encoding)

    class Decoder(strict):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(errors="replace")

        def decode(self, data: bytes, final: bool = False) -> str:
            if not data and not final:
                raise _EndOfInput
            return str(super().decode(data, final))

    return Decoder
