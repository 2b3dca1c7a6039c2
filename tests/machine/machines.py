"""Machines that something is wrong with."""

from dataclasses import replace
from pathlib import Path

from db.machine import Disk, Machine, Owned

GOOD_DISK = Disk(free=20_000_000_000, read_only=False, errors=0, wear=10)


class Told(Machine):
    """A machine that is well, but for what a test says of it."""

    def __init__(self, *, in_step: bool | None = True, battery: bool = True, disk: Disk = GOOD_DISK) -> None:
        """Take what is different."""
        super().__init__()
        self._in_step, self._battery, self._disk = in_step, battery, disk
        self.rights: dict[str, Owned] = {}
        """By the name of the file or directory; the others are as they are."""

    def clock_in_step(self) -> bool | None:
        """As told."""
        return self._in_step

    def has_clock_of_its_own(self) -> bool:
        """As told."""
        return self._battery

    def disk(self, directory: Path) -> Disk:
        """As told."""
        return self._disk

    def owned(self, path: Path) -> Owned:
        """As told, else as it is for somebody who may write it, where the disk takes that."""
        usual = replace(super().owned(path), shared=False, writable=not self._disk.read_only)
        return self.rights.get(path.name, usual)
