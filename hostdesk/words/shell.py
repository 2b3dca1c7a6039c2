"""What a command says in the shell: text that is inert on a terminal, in an encoding that it has."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import IO, BinaryIO

from db.errors import N_, HostdeskError, NotPossible
from db.text import visible


def forgive() -> None:
    """Let a sign that the output's encoding lacks become `?`, so that nothing fails for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def tell(*lines: str) -> None:
    """Print lines on stdout; whoever stopped reading them, as in `hostdesk today | head -1`, needs no more.

    Raises:
        HostdeskError: they cannot be written, as on a full disk.
    """
    try:
        print(*map(visible, lines), sep="\n", flush=True)
    except OSError as error:
        give_up(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            raise HostdeskError(N_("It is done, but the answer could not be written.")) from error


def pour(content: bytes) -> None:
    """Give a whole document on stdout as it is; whoever stopped reading it needs no more.

    Raises:
        HostdeskError: it cannot be written, as on a full disk.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        give_up(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            raise HostdeskError(N_("It is done, but the answer could not be written.")) from error


@contextmanager
def line(no_terminal: str) -> Iterator[BinaryIO]:
    """Stdout for a copy that must arrive whole, on another machine for one.

    Args:
        no_terminal: what is said where stdout is a terminal; in English, marked for translation.

    Raises:
        NotPossible: stdout is a terminal.
        HostdeskError: whoever should read it stopped, or cannot keep it.
    """
    if sys.stdout.isatty():
        raise NotPossible(no_terminal)
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError:
        give_up(sys.stdout)
        raise HostdeskError(N_("The copy did not arrive whole; throw away what there is of it.")) from None


def remark(sentence: str) -> None:
    """Say something to people on stderr, beside what programs read."""
    with suppress(OSError):
        if sys.stderr is not None:
            print(visible(sentence), file=sys.stderr, flush=True)


def complain(sentence: str) -> None:
    """Say on stderr why something was not done."""
    remark(f"hostdesk: {sentence}")


def give_up(stream: IO[str]) -> None:
    """What is still on its way there goes nowhere, so that Python's own end does not fail for it."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
