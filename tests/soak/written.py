"""What reaches the card: bytes and syncs, counted below SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apsw


class Written:
    """What was written so far."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.bytes = 0
        self.syncs = 0

    def since(self, earlier: tuple[int, int]) -> tuple[int, int]:
        """Bytes and syncs after an earlier moment."""
        return self.bytes - earlier[0], self.syncs - earlier[1]

    def now(self) -> tuple[int, int]:
        """Bytes and syncs until now."""
        return self.bytes, self.syncs


class _VFS(apsw.VFS):
    """The system's own files, with a meter."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.base = apsw.vfs_names()[0]
        super().__init__("metered", self.base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags) if name else apsw.VFSFile(self.base, name, flags)


class _File(apsw.VFSFile):
    """A file with that meter."""

    def __init__(self, vfs: _VFS, name: Any, flags: list[int]) -> None:
        super().__init__(vfs.base, name, flags)
        self._written = vfs.written

    def xWrite(self, data: Any, offset: int) -> None:
        super().xWrite(data, offset)
        self._written.bytes += len(data)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._written.syncs += 1


@contextmanager
def metered() -> Iterator[Written]:
    """Count what every connection that this process opens meanwhile writes."""
    written = Written()
    vfs = _VFS(written)
    try:
        yield written
    finally:
        vfs.unregister()
