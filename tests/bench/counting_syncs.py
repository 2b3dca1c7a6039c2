"""The desk, with every sync of a file written down: one byte in a tally for each.

A virtual file system of SQLite between the desk and the disk sees what SQLite does, and `os.fsync`
is wrapped for all others.
"""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike


class CountedFile(apsw.VFSFile):
    """A file of SQLite's whose syncs are counted."""

    def xSync(self, flags: int) -> None:
        """Sync, and count it."""
        _count()
        super().xSync(flags)


class CountingVFS(apsw.VFS):
    """The default file system with counted files."""

    def __init__(self) -> None:
        """Take the default's place, and pass all work on to it."""
        self._default = apsw.vfs_names()[0]
        super().__init__("counting", self._default, makedefault=True)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> CountedFile:
        """Open a file as the default does."""
        return CountedFile(self._default, name, flags)


def _count() -> None:
    os.write(_tally, b".")


def _counted(sync: Callable[["FileDescriptorLike"], None]) -> Callable[["FileDescriptorLike"], None]:
    def counted(handle: "FileDescriptorLike") -> None:
        _count()
        sync(handle)

    return counted


if __name__ == "__main__":
    _tally = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _file_system = CountingVFS()
    os.fsync, os.fdatasync = _counted(os.fsync), _counted(os.fdatasync)  # type: ignore[assignment]

    from hostdesk.cli import main

    sys.exit(main())
