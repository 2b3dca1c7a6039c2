"""A real OpenSSH server, for a room that people come into with a key."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import connection, people
from db.states import PersonKind
from hostdesk import authorized_keys
from hostdesk.commands import kiosk
from tests.durability import noon

SSHD = "/usr/sbin/sshd"
LACKS = None if Path(SSHD).exists() and shutil.which("ssh") else "needs the Debian package openssh-server"
"""Why there can be none on this machine."""


class Server:
    """A machine with a room, that can be reached over SSH."""

    def __init__(self, place: Path, port: int) -> None:
        """Its files, and where it listens."""
        self.room = place / "room.db"
        self._place, self.port = place, port

    def let_in(self, name: str, kind: PersonKind) -> None:
        """Somebody who may come in, with a key of their own."""
        connection.open(self.room)
        people.add(name, kind=kind)
        connection.close()
        key = _new_key(self._place / name)
        keys = self._place / "authorized_keys"
        authorized_keys.add(keys, name, authorized_keys.read_key(key), self.room)

    def command(
        self, *asked: str, terminal: bool = False, name: str = "Fatima", at: str = "127.0.0.1"
    ) -> list[str]:
        """What somebody elsewhere types."""
        options = ["-F", "none", "-i", str(self._place / name), "-p", str(self.port), "-o", "BatchMode=yes"]
        options += ["-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={self._place / 'known'}"]
        options += ["-o", "LogLevel=ERROR", "-tt" if terminal else "-T"]
        return ["ssh", *options, f"{getpass.getuser()}@{at}", *asked]

    def ssh(self, *asked: str) -> "subprocess.CompletedProcess[bytes]":
        """Do it."""
        return subprocess.run(
            self.command(*asked), stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )

    def desks(self) -> list[int]:
        """The processes on the machine that have this room's desk open."""
        return [int(process.name) for process in Path("/proc").iterdir() if self._is_desk(process)]

    def _is_desk(self, process: Path) -> bool:
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return b"--as" in words and str(self.room).encode() in words


@contextmanager
def serving(place: Path, *, at: str = "127.0.0.1") -> Iterator[Server]:
    """A server with a room, where Fatima the coordinator may come in.

    Args:
        place: an empty directory for all of it.
        at: the address that it listens on.
    """
    _new_key(place / "host")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    noon.create(place / "room.db")
    with socket.socket() as free:
        free.bind((at, 0))
        server = Server(place, free.getsockname()[1])
    server.let_in("Fatima", PersonKind.COORDINATOR)
    settings = f"""
Port {server.port}
ListenAddress {at}
HostKey {place / "host"}
AuthorizedKeysFile {place / "authorized_keys"}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
AcceptEnv *
Subsystem sftp internal-sftp
{kiosk.line(getpass.getuser())}"""
    (place / "sshd_config").write_text(settings)
    with subprocess.Popen(
        [SSHD, "-D", "-e", "-f", str(place / "sshd_config")], stderr=subprocess.PIPE, text=True
    ) as daemon:
        assert daemon.stderr
        while "listening" not in (line := daemon.stderr.readline()):
            assert line, "sshd did not start"
        try:
            yield server
        finally:
            daemon.terminate()
            for desk in server.desks():
                os.kill(desk, signal.SIGKILL)


def _new_key(file: Path) -> str:
    """Make a key in this file; its public half."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True)
    return file.with_name(f"{file.name}.pub").read_text()
