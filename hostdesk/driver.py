"""The terminal, with three of Textual's edges taken off (8.2.8; look again at each new version).

- One byte that is not UTF-8 would end the program: it becomes � instead.
- A terminal that has gone is the end of the program, instead of being read for ever.
- What is written to a terminal that has gone is dropped, instead of filling a queue until all waits.
"""

from codecs import getincrementaldecoder
from typing import Any

from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver


class TerminalDriver(LinuxDriver):
    """Textual's Linux driver, for terminals as they are."""

    def start_application_mode(self) -> None:
        """Take the terminal, with our decoder and writer in the place of Textual's."""
        edges: Any = linux_driver
        edges.getincrementaldecoder = _forgiving_decoder
        edges.WriterThread = _Writer
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _run_input_thread(self) -> None:
        """Read keys until the program ends or the terminal has gone."""
        try:
            self.run_input_thread()
        except (_EndOfInput, OSError):  # OSError: the other side of the pseudo-terminal was closed
            self._app.call_later(self._app.exit)


class _EndOfInput(Exception):
    """The terminal has no more to say."""


class _Writer(WriterThread):
    """Writes to the terminal, and throws away what no terminal takes any more."""

    def run(self) -> None:
        """Write until told to stop."""
        try:
            super().run()
        except OSError:
            while self._queue.get() is not None:
                pass


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
