"""USB sticks: directories that a machine takes for one, by what its kernel would tell of it."""

from pathlib import Path

from db.machine import Machine


class Port:
    """A machine's only USB port."""

    def __init__(self, place: Path) -> None:
        """A machine below this directory, with nothing put in."""
        self._root = place / "machine"
        self.machine = Machine(self._root)
        for directory in ("proc/self", "dev/disk/by-label"):
            (self._root / directory).mkdir(parents=True)
        self.pull_out()

    def put_in(self, label: str, *, at: Path, written_by_udev: str | None = None) -> Path:
        """Put a stick in, which can be written below this directory from now on."""
        at.mkdir(exist_ok=True)
        link = self._root / "dev/disk/by-label" / (written_by_udev or label)
        (self._root / "dev/sdb1").touch()
        link.symlink_to("../../sdb1")
        written = str(at).replace(" ", "\\040")
        self._mounts.write_text(f"/dev/sda2 / ext4 rw 0 0\n/dev/sdb1 {written} vfat rw 0 0\n")
        return at

    def pull_out(self) -> None:
        """Take it away; its directory stays for the test to look at."""
        for link in (self._root / "dev/disk/by-label").iterdir():
            link.unlink()
        self._mounts.write_text("/dev/sda2 / ext4 rw 0 0\n")

    def wait_for(self, label: str) -> None:
        """The machine was told to give the stick a place as soon as somebody looks there."""
        self._mounts.write_text(f"systemd-1 /media/{label} autofs rw 0 0\n")

    def connect(self, label: str) -> None:
        """The stick is in the port, and nobody has looked at it yet."""
        (self._root / "dev/sdb1").touch()
        (self._root / "dev/disk/by-label" / label).symlink_to("../../sdb1")

    @property
    def _mounts(self) -> Path:
        return self._root / "proc/self/mounts"
