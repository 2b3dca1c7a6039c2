"""Records what the program does to its files, in the order in which it does it."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

from tests.durability.card import Acknowledged, Event, Named, NamesSynced, Synced, Truncated, Unnamed, Written

_KEEPS_ITS_NAME = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL
"""Files with which SQLite syncs the directory too, at their first sync."""

_NEEDED = apsw.SQLITE_OPEN_MAIN_DB | _KEEPS_ITS_NAME
"""Files that must outlive a power cut; the others (temporary ones) need not."""


class Trace:
    """Everything that happened to the files of one directory, and of those below it.

    Bringing the names of one of them to the card brings those of all: a journaling file system does so.
    """

    def __init__(self, directory: Path | None = None) -> None:
        """Begin with an empty directory; without one, files are known by their names alone."""
        self._directory = directory
        self.events: list[Event] = []
        self.folding: Callable[[], None] = lambda: None
        """Called each time that the write-ahead log is about to be folded into the database a bit more."""
        self._names: dict[str, int] = {}
        self._files = 0

    def acknowledge(self, rows: int) -> None:
        """Somebody was told that this is kept."""
        self.events.append(Acknowledged(rows))

    def file(self, path: Path) -> int:
        """The file that bears this name, a new one when there is none."""
        name = self._called(path)
        if name not in self._names:
            self._files += 1
            self._name(name, self._files)
        return self._names[name]

    def link(self, source: Path, target: Path) -> None:
        """The file got a second name."""
        self._name(self._called(target), self.file(source))

    def unlink(self, path: Path) -> None:
        """The file lost a name."""
        if self._names.pop(self._called(path), None) is not None:
            self.events.append(Unnamed(self._called(path)))

    def sync(self, path: Path) -> None:
        """The program itself had the contents of a file brought to the card, or wrote it without SQLite."""
        name = self._called(path)
        if self._directory and name not in self._names and path.is_relative_to(self._directory):
            self.events.append(Written(self.file(path), 0, path.read_bytes()))
        if name in self._names:
            self.events.append(Synced(self._names[name]))

    def _called(self, path: Path) -> str:
        if self._directory and path.is_relative_to(self._directory):
            return str(path.relative_to(self._directory))
        return path.name

    def _name(self, name: str, file: int) -> None:
        self._names[name] = file
        self.events.append(Named(name, file))


class _RecordingVFS(apsw.VFS):
    """The system's own files, with a witness."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.base = apsw.vfs_names()[0]  # the default one until now
        super().__init__("recording", self.base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if not flags[0] & _NEEDED:
            return apsw.VFSFile(self.base, name, flags)
        return _RecordingFile(self, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        super().xDelete(name, syncdir)
        self.trace.unlink(Path(name))
        if syncdir:
            self.trace.events.append(NamesSynced())


class _RecordingFile(apsw.VFSFile):
    """One open file, with a witness."""

    def __init__(self, vfs: _RecordingVFS, name: Any, flags: list[int]) -> None:
        super().__init__(vfs.base, name, flags)
        self._trace = vfs.trace
        self._file = self._trace.file(Path(name.filename() if isinstance(name, apsw.URIFilename) else name))
        self._syncs_name = bool(flags[0] & _KEEPS_ITS_NAME)
        self._is_database = bool(flags[0] & apsw.SQLITE_OPEN_MAIN_DB)

    def xWrite(self, data: Any, offset: int) -> None:
        if self._is_database:
            self._trace.folding()
        super().xWrite(data, offset)
        self._trace.events.append(Written(self._file, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._trace.events.append(Truncated(self._file, size))

    def xSync(self, flags: int) -> None:
        if self._is_database:
            self._trace.folding()
        super().xSync(flags)
        self._trace.events.append(Synced(self._file))
        if self._syncs_name:
            self._trace.events.append(NamesSynced())
            self._syncs_name = False


@contextmanager
def recording(directory: Path | None = None) -> Iterator[Trace]:
    """Every connection that this process opens meanwhile is recorded, and so are links and renames."""
    trace = Trace(directory)
    vfs = _RecordingVFS(trace)
    with ExitStack() as stack:
        stack.callback(vfs.unregister)
        for patched in _witnessed_system_calls(trace):
            stack.enter_context(patched)
        yield trace


def _witnessed_system_calls(trace: Trace) -> list[Any]:
    """What the program does to names without SQLite."""
    link, rename, unlink, fsync = os.link, os.rename, os.unlink, os.fsync

    def witnessed_link(source: Path, target: Path) -> None:
        link(source, target)
        trace.link(Path(source), Path(target))

    def witnessed_rename(source: Path, target: Path) -> None:
        rename(source, target)
        trace.link(Path(source), Path(target))
        trace.unlink(Path(source))

    def witnessed_unlink(name: Path) -> None:
        unlink(name)
        trace.unlink(Path(name))

    def witnessed_fsync(handle: int) -> None:
        fsync(handle)
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            trace.events.append(NamesSynced())
        else:
            trace.sync(Path(f"/proc/self/fd/{handle}").readlink())

    return [
        patch.object(os, "link", witnessed_link),
        patch.object(os, "rename", witnessed_rename),
        patch.object(os, "unlink", witnessed_unlink),
        patch.object(os, "fsync", witnessed_fsync),
    ]
