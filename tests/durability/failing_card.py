"""A card on which one thing fails, once: a write, a sync, a truncation, a name that changes.

    with failing_card.inserted(failing=7, torn=True) as card: ...

Whatever is done to the files is numbered from 1; the one of that number fails, and all after it goes well.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import apsw

_CALLS = (
    (os, "link"),
    (os, "rename"),
    (os, "unlink"),
    (os, "fsync"),
    (shutil, "copyfileobj"),
    (shutil, "copy2"),
)
"""What the program does to files and names without SQLite."""


class Card:
    """What was done on the card so far, and what fails."""

    def __init__(self, failing: int, *, torn: bool) -> None:
        """Fail at this number; 0 for never."""
        self._failing, self._torn = failing, torn
        self.done: list[str] = []
        """What was done, in order: write, sync, …"""

    @property
    def what_failed(self) -> str:
        """A write, a sync, …"""
        return self.done[self._failing - 1]

    def take(self, what: str) -> bool:
        """Number one more thing; whether it must fail."""
        self.done.append(what)
        return len(self.done) == self._failing

    def written(self, data: bytes) -> bytes:
        """What reaches the card of a write that fails."""
        return data[: len(data) // 2] if self._torn else b""


class _VFS(apsw.VFS):
    """The system's own files, on that card."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.base = apsw.vfs_names()[0]
        super().__init__("failing-card", self.base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags) if name else apsw.VFSFile(self.base, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        if self.card.take("delete"):
            raise apsw.IOError("the card fails once")
        super().xDelete(name, syncdir)

    def excepthook(self, *_problem: object) -> bool:  # SQLite has been told; nobody else need be
        return True


class _File(apsw.VFSFile):
    """A file on that card."""

    def __init__(self, vfs: _VFS, name: Any, flags: list[int]) -> None:
        super().__init__(vfs.base, name, flags)
        self._card = vfs.card

    def xWrite(self, data: Any, offset: int) -> None:
        if self._card.take("write"):
            if part := self._card.written(bytes(data)):
                super().xWrite(part, offset)
            raise apsw.IOError("the card fails once")
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        self._fail_at("sync")
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:
        self._fail_at("truncate")
        super().xTruncate(size)

    def _fail_at(self, what: str) -> None:
        if self._card.take(what):
            raise apsw.IOError("the card fails once")

    def excepthook(self, *_problem: object) -> bool:
        return True


@contextmanager
def inserted(*, failing: int = 0, torn: bool = False) -> Iterator[Card]:
    """Every file that this process opens meanwhile is on this card.

    Args:
        failing: the number of what fails; 0 for nothing.
        torn: a write that fails leaves its first half behind.
    """
    card = Card(failing, torn=torn)
    vfs = _VFS(card)
    with ExitStack() as stack:
        stack.callback(vfs.unregister)
        for module, name in _CALLS:
            stack.enter_context(patch.object(module, name, _failing(card, getattr(module, name))))
        yield card


def _failing(card: Card, call: Callable[..., object]) -> Callable[..., object]:
    """This call of the system, on that card."""

    def tried(*arguments: Any, **options: Any) -> object:
        if card.take(call.__name__):
            if call.__name__ == "copyfileobj":  # a part of it has arrived
                arguments[1].write(card.written(arguments[0].read()))
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return call(*arguments, **options)

    return tried
