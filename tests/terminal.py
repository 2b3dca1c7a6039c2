"""A real terminal for the tests: a program at a pseudo-terminal, its keyboard and its screen.

    with Terminal([*HOSTDESK, "--db", str(file)]) as desk:
        desk.wait("De Huiskamer")
        desk.send("5+")
        desk.wait(lambda screen: "+5" in screen)

Nothing here sleeps: every wait ends as soon as the program has written what is waited for, or fails with
the screen as it stood.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte
from pyte.screens import Char

HOSTDESK = (sys.executable, "-m", "hostdesk")
"""The program under test, with this Python."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "insert": "\x1b[2~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for the keys that are no character."""

Needle = str | re.Pattern[str] | Callable[[str], object]
"""What to wait for on the screen: a text, a pattern, or a condition on the whole screen."""

_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"  # kitty's keyboard protocol, xterm's modifier keys
    rb"|\x1b\[\?[0-9;]*(?:[ -/]+[@-~]|[mnstuc])"  # mode requests, private reports, saved modes
    rb"|\x1b[PX^_][^\x1b]*\x1b\\"  # device control and application strings
)
"""Sequences that pyte takes for text or stumbles over; a plain terminal ignores them too."""

_BEGUN = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[PX^_][^\x1b]*\x1b?)?\Z")
"""A sequence whose end has not come in yet."""

_OF_THIS_TERMINAL = ("COLUMNS", "LINES", "NO_COLOR", "TMUX", "TERM_PROGRAM", "TERM_PROGRAM_VERSION")
"""What the terminal of whoever runs the tests must not pass on."""


class NotSeen(AssertionError):
    """What was waited for did not come."""


class Terminal:
    """A program at a terminal of its own; leaving the context ends it."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
    ) -> None:
        """Start the command.

        Args:
            command: the program and its arguments.
            size: columns and rows.
            term: the terminal's name for the program, as in TERM.
            env: on top of this process's environment; None takes a name out.
            cwd: where it runs.
        """
        self.screen = pyte.Screen(*size)
        self.output = bytearray()
        """Every byte that the program wrote to the terminal."""
        self._stream = pyte.ByteStream(self.screen)
        self._begun = b""
        self._master: int | None
        self._master, slave = pty.openpty()
        self._size_pty(*size)
        self.started_at = time.perf_counter()
        """The moment of the start, on `time.perf_counter`."""
        try:
            self.process = subprocess.Popen(
                command,
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=_environment(term, env or {}),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=_take_terminal,
            )
        finally:
            os.close(slave)

    def __enter__(self) -> Self:
        """The running program."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End whatever still runs there."""
        self.kill()
        self.vanish()

    def send(self, keys: str | bytes) -> None:
        """Type characters, or send bytes as they are."""
        assert self._master is not None
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            data = data[os.write(self._master, data) :]

    def press(self, *names: str) -> None:
        """Press keys by name (`f2`, `enter`, `ctrl+q`); a name that is no key of `KEYS` is typed."""
        for name in names:
            self.send(KEYS.get(name, name))

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window to another size."""
        self.screen.resize(rows, columns)
        self._size_pty(columns, rows)

    @property
    def text(self) -> str:
        """The screen as text, line by line, without trailing blanks."""
        return "\n".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, without trailing blanks."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def title(self) -> str:
        """The title that the program gave its window."""
        return str(self.screen.title)

    def cell(self, column: int, row: int) -> Char:
        """One cell: its character (`data`), colours (`fg`, `bg`) and looks (`bold`, `reverse`, …)."""
        return self.screen.buffer[row][column]

    @property
    def bytes_out(self) -> int:
        """How many bytes the program wrote so far."""
        return len(self.output)

    def wait(self, needle: Needle, timeout: float = 20.0) -> float:
        """Read until this is on the screen.

        Returns:
            Seconds waited.

        Raises:
            NotSeen: it did not come in time, or the program ended first.
        """
        began = time.perf_counter()
        while not _on(self.text, needle):
            left = began + timeout - time.perf_counter()
            if left <= 0 or not self.read(left):
                ended = "" if self.process.poll() is None else f", ended with {self.process.returncode}"
                raise NotSeen(f"{needle!r} did not come in {timeout} s{ended}:\n{self.text}")
        return time.perf_counter() - began

    def read(self, seconds: float) -> bool:
        """Take in what the program writes next.

        Args:
            seconds: how long to wait for it.

        Returns:
            False when nothing can come any more; True otherwise, whether or not anything came.
        """
        if self._master is None:
            return False
        ready, _, _ = select.select([self._master], [], [], max(seconds, 0))
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # EIO: nobody has the other side open any more
            data = b""
        self._take_in(data)
        return bool(data)

    def read_for(self, seconds: float) -> int:
        """Take in everything the program writes during this time; how many bytes that were."""
        before, end = self.bytes_out, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 and self.read(left):
            pass
        return self.bytes_out - before

    def settle(self, quiet: float = 0.3, timeout: float = 20.0) -> None:
        """Read until the program has written nothing for a while."""
        end = time.perf_counter() + timeout
        while self.read_for(quiet):
            if time.perf_counter() > end:
                raise NotSeen(f"never quiet for {quiet} s:\n{self.text}")

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self.process.pid

    @property
    def rss_kb(self) -> int:
        """Its resident memory, in kB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]

    @property
    def cpu_seconds(self) -> float:
        """The processor time it has taken so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_for_exit(self, timeout: float = 20.0) -> int:
        """Read until the program has ended.

        Returns:
            Its exit code; minus the signal's number when a signal ended it.
        """
        end = time.perf_counter() + timeout
        while self.read(end - time.perf_counter()):
            if time.perf_counter() >= end:
                raise NotSeen(f"still running after {timeout} s:\n{self.text}")
        try:
            return self.process.wait(max(end - time.perf_counter(), 1.0))
        except subprocess.TimeoutExpired:
            raise NotSeen(f"still running after {timeout} s:\n{self.text}") from None

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def vanish(self) -> None:
        """Close the terminal under the program: the window is shut, the SSH line has dropped."""
        if self._master is not None:
            os.close(self._master)
            self._master = None

    def kill(self) -> None:
        """End the program at once, without a chance to tidy up."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _size_pty(self, columns: int, rows: int) -> None:
        assert self._master is not None
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _take_in(self, data: bytes) -> None:
        self.output += data
        data = _UNKNOWN_TO_PYTE.sub(b"", self._begun + data)
        begun = _BEGUN.search(data)
        self._begun = begun[0] if begun else b""
        self._stream.feed(data[: len(data) - len(self._begun)])


def _on(screen: str, needle: Needle) -> bool:
    """Whether the screen has what is looked for."""
    if isinstance(needle, str):
        return needle in screen
    if isinstance(needle, re.Pattern):
        return needle.search(screen) is not None
    return bool(needle(screen))


def _environment(term: str, env: Mapping[str, str | None]) -> dict[str, str]:
    """This process's environment as a new terminal would have it."""
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_THIS_TERMINAL}
    inherited.pop("COLORTERM", None)
    if "256color" in term:
        inherited["COLORTERM"] = "truecolor"
    changed = {**inherited, "TERM": term, **env}
    return {name: value for name, value in changed.items() if value is not None}


def _take_terminal() -> None:
    """In the new process: its terminal is in charge of it, so that it hears when that vanishes."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
