"""What the machine says of itself, apart from any room: its clock, its disk, whose files they are."""

import ctypes
import os
import pwd
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TIME_ERROR = 5  # what adjtimex answers while nothing keeps the clock in step
_TIMEX_BYTES = 512  # more than the structure takes on any machine
_EMMC_TENTHS = 10  # an eMMC tells its wear in tenths of its life, as 1 to 10, and 11 when it is past that


@dataclass(frozen=True)
class Disk:
    """The file system that a file stands on."""

    free: int
    """Bytes that an ordinary user can still write."""
    read_only: bool
    """Whether it takes no writing at all; a card that fails is often made so by the kernel."""
    errors: int
    """How many errors the file system itself has counted; 0 where it does not count them."""
    wear: int | None
    """Percent of its life that the card has used, in steps of ten; None where it does not tell."""


@dataclass(frozen=True)
class Owned:
    """Who may do what with a file or a directory."""

    mode: int
    """The permission bits, setgid among them."""
    shared: bool
    """Whether it belongs to a group other than its owner's own: several accounts work with it."""
    writable: bool
    """Whether this account may write it."""


class Machine:
    """This machine, as its kernel tells of it. Tests put one in its place that something is wrong with."""

    def __init__(self, root: Path = Path("/")) -> None:
        """Read `sys` and `proc` below this directory."""
        self._root = root

    def clock_in_step(self) -> bool | None:
        """Whether the kernel is told the right time, as over the network; None where it cannot be asked.

        That is `timedatectl`'s "System clock synchronized", read the way it reads it.
        """
        try:
            adjtimex = ctypes.CDLL(None, use_errno=True).adjtimex
        except (OSError, AttributeError):  # not Linux
            return None
        answer = adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))  # all zero: it only asks
        return None if answer < 0 else answer != _TIME_ERROR

    def has_clock_of_its_own(self) -> bool:
        """Whether there is a clock that goes on without power.

        A Raspberry Pi 5 has one also when no battery was connected to it; nothing tells the two apart.
        """
        return any(self._root.glob("sys/class/rtc/rtc*"))

    def disk(self, directory: Path) -> Disk:
        """The disk of this directory."""
        told = os.statvfs(directory)
        device = directory.stat().st_dev
        block = self._root / f"sys/dev/block/{os.major(device)}:{os.minor(device)}"
        return Disk(
            free=told.f_bavail * told.f_frsize,
            read_only=bool(told.f_flag & os.ST_RDONLY),
            errors=self._errors(block),
            wear=_wear(block),
        )

    def owned(self, path: Path) -> Owned:
        """Who may do what with this file or directory."""
        found = path.stat()
        own_group = None
        with suppress(KeyError):  # an account without a name
            own_group = pwd.getpwuid(found.st_uid).pw_gid
        return Owned(
            mode=found.st_mode & 0o7777,
            shared=bool(found.st_mode & 0o020) and found.st_gid != own_group,
            writable=os.access(path, os.W_OK),
        )

    def stick(self, label: str) -> Path | None:
        """Where the USB stick (or any disk) of this label can be written, or None when it is not put in.

        A machine without a desktop gives it a place only when it was told to, as by `hostdesk kiosk`.
        """
        mounts = self._root / "proc/self/mounts"
        labelled = self._root / "dev/disk/by-label" / _as_udev_writes(label)
        lines = mounts.read_text().splitlines() if mounts.exists() else []
        for device, place, kind in (line.split(" ")[:3] for line in lines):
            named = place.startswith(("/media/", "/run/media/")) and _plain(place).endswith(f"/{label}")
            # A place that waits takes its stick when somebody looks there.
            waits = kind == "autofs"
            if (named and (labelled.exists() or not waits)) or self._is(device, labelled):
                return Path(_plain(place))
        return None

    def _is(self, device: str, labelled: Path) -> bool:
        """Whether this device is the one that bears the label."""
        return labelled.exists() and labelled.resolve() == (self._root / device.lstrip("/")).resolve()

    def _errors(self, block: Path) -> int:
        """What ext4 remembers of errors, also from before the last start."""
        counted = self._root / "sys/fs/ext4" / block.resolve().name / "errors_count"
        return int(counted.read_text()) if counted.exists() else 0


def _wear(block: Path) -> int | None:
    """The worse of the two figures that an eMMC (and some SD cards) keeps of its wear."""
    disk = block.resolve()
    for place in (disk, disk.parent):  # the whole disk, or a part of it
        told = place / "device/life_time"
        if told.exists():
            return max((int(word, 16) for word in told.read_text().split()), default=0) * _EMMC_TENTHS
    return None


def _as_udev_writes(label: str) -> str:
    """The name that a label gets in /dev/disk/by-label (https://www.freedesktop.org/software/systemd/man/udev)."""
    return "".join(
        sign if sign.isalnum() or sign in "#+-.:=@_" else "".join(f"\\x{byte:02x}" for byte in sign.encode())
        for sign in label
    )


def _plain(place: str) -> str:
    """A path of /proc/mounts, which writes a space as \\040."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)
