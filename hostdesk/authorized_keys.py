"""Who may come in over SSH: the lines of an `authorized_keys` file that are ours (sshd(8)).

Each lets one person into hostdesk as themselves, and into nothing else. What others wrote in the file
stays as it is, byte for byte.
"""

import base64
import binascii
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from db import files
from db.errors import N_, NotPossible
from db.findings import Finding
from db.mishaps import saying
from hostdesk import place
from hostdesk.place import PROGRAM

KEYS = "--keys"
"""Stands behind a visitor's name, with the file that lets them in behind it."""

LONGEST_NAME = 60

LEAST_RSA_BITS = 2048

_PARTS = {
    "ssh-ed25519": 1,
    "ecdsa-sha2-nistp256": 2,
    "ecdsa-sha2-nistp384": 2,
    "ecdsa-sha2-nistp521": 2,
    "ssh-rsa": 2,
    "sk-ssh-ed25519@openssh.com": 2,
    "sk-ecdsa-sha2-nistp256@openssh.com": 3,
}
"""The kinds of key that are taken, and what such a key holds behind its kind: so many strings."""

_PUTTY = "---- {} SSH2 PUBLIC KEY ----"

_OURS = re.compile(
    rb'restrict,pty,command="(?P<command>(?:[^"\\]|\\")*)" '
    rb"(?P<key>[a-z0-9@.-]+ [A-Za-z0-9+/]+=*) hostdesk:(?P<name>.*)"
)
"""A line as we write it: the name stands in the command for hostdesk, and behind the key for us."""


_visitors: Path | None = None


@dataclass(frozen=True)
class Key:
    """A public key."""

    kind: str
    data: str
    """Base64, as it stands in the file."""

    def __str__(self) -> str:
        """As `authorized_keys` has it."""
        return f"{self.kind} {self.data}"


@dataclass(frozen=True)
class Allowed:
    """Somebody who may come in."""

    name: str
    key: Key


def default_file() -> Path:
    """The file that sshd reads for this account."""
    return place.home() / ".ssh/authorized_keys"


def let_in_by(file: Path | None) -> None:
    """The line with which this visitor comes in stands in this file; a line of before does not say which."""
    global _visitors
    _visitors = file


def visitors_file() -> Path:
    """The file with the line that let this visitor in."""
    return _visitors or default_file()


def read_key(text: str) -> Key:
    """The one public key in a file as ssh-keygen writes it, `ssh-ed25519 AAAA… comment`, or as PuTTY does.

    Raises:
        NotPossible: it is something else, or a key that is too weak.
    """
    if "PRIVATE KEY" in text or text.startswith("PuTTY-User-Key-File"):
        raise NotPossible(
            N_("That is the private key: keep it to yourself. Give the file that ends in .pub in its place.")
        )
    lines = [line.strip(" \t\r") for line in text.split("\n")]
    lines = _on_one_line([line for line in lines if line and not line.startswith("#")])
    if len(lines) != 1:
        raise NotPossible(N_("That file should hold one public key, on one line; it has {n}."), n=len(lines))
    kind, _, rest = lines[0].partition(" ")
    data = rest.lstrip(" ").partition(" ")[0]
    if kind not in _PARTS:
        raise NotPossible(
            N_("That is no public key that is taken here. Make one: ssh-keygen -t ed25519, give its .pub.")
        )
    if not _holds_a_key(kind, data):
        raise NotPossible(N_("That public key is damaged, or too weak. Copy the whole .pub file again."))
    return Key(kind, data)


def _on_one_line(lines: list[str]) -> list[str]:
    """The lines of PuTTY's form of a public key (RFC 4716) as the one of ssh-keygen; others as they are."""
    if [*lines[:1], *lines[-1:]] != [_PUTTY.format("BEGIN"), _PUTTY.format("END")]:
        return lines
    text = "\n".join(lines[1:-1]).replace("\\\n", "")
    data = "".join(line for line in text.split("\n") if ":" not in line)
    with suppress(ValueError, StopIteration):
        return [f"{next(_strings(base64.b64decode(data, validate=True))).decode()} {data}"]
    return lines


def checked_name(text: str) -> str:
    """A person's name that can stand in a file of sshd and on a command line.

    Raises:
        NotPossible: it cannot.
    """
    name = " ".join(text.split())
    plain = all(sign.isalnum() or sign in " -.'’" for sign in name)
    if not plain or not name or not name[0].isalnum() or len(name) > LONGEST_NAME:
        raise NotPossible(
            N_("“{text}” is no name for a key: use letters, digits and spaces."), text=text[:30]
        )
    return name


def allowed(file: Path) -> list[Allowed]:
    """Whom our lines let in, in their order."""
    return [found for line in _lines(file) if (found := _read_line(line))]


def lets_in(file: Path, name: str) -> bool:
    """Whether one of our lines lets this person in, in whatever capitals: they come in so too."""
    return any(found.name.casefold() == name.casefold() for found in allowed(file))


def distrusted(file: Path) -> Iterator[Finding]:
    """Why sshd takes no key from this account's file (`StrictModes`); it tells nobody but its own log."""
    said = None
    try:
        if not allowed(file):
            return
        said = next(filter(None, map(_distrusted, _up_to_home(file))), None)
    except PermissionError as refused:
        said = _SOMEBODY_ELSES, Path(refused.filename or file)
    if said:
        sentence, path = said
        values = {"path": path, "quoted": shlex.quote(str(path)), "account": place.account()}
        yield Finding("keys_distrusted", sentence, values)


_OPEN_TO_OTHERS = N_(
    "Others may write {path}. While that is so, sshd lets nobody in with a key, and does not say why. "
    "Run: chmod go-w {quoted}"
)

_SOMEBODY_ELSES = N_(
    "{path} belongs to another account. While that is so, sshd lets nobody in with a key, and does not say "
    "why. Run: sudo chown {account} {quoted}"
)


def _distrusted(path: Path) -> tuple[str, Path] | None:
    """What sshd has against this file or directory, as a sentence."""
    found = path.stat()
    if found.st_uid not in {0, os.geteuid()}:
        return _SOMEBODY_ELSES, path
    return (_OPEN_TO_OTHERS, path) if found.st_mode & 0o022 else None


def _up_to_home(file: Path) -> Iterator[Path]:
    """What sshd looks at: the file itself and the directories around it, the home of the account included."""
    home, path = place.home().resolve(), file.resolve()
    yield path
    while path not in {home, path.parent}:
        path = path.parent
        yield path


def add(file: Path, name: str, key: Key, database: Path) -> Path | None:
    """Let this person in with this key, to this room; a second time changes nothing.

    sshd takes the first line with a key: one key opens one room, the one that was said last.

    Returns:
        The other room that this key opened until now.

    Raises:
        NotPossible: the name cannot be, or the key is in the file for somebody else.
        CannotOpen, DiskFull: the file cannot be written.
    """
    name = checked_name(name)
    with saying(file):
        _directory(file)
        with files.holding(file.parent, alone=True):
            lines = list(_lines(file))
            for n, line in enumerate(lines):
                found = _read_line(line)
                if found == Allowed(name, key):
                    begins = _begins(line)
                    opened = begins[1] if begins and begins[1].resolve() != database.resolve() else None
                    if opened:
                        lines[n] = f"{_line(file, name, key, database)}\n".encode()
                    _write(file, _as_now(file, lines))
                    return opened
                if found and found.key == key:
                    raise NotPossible(N_("That key lets {name} in already."), name=found.name)
                if key.data.encode() in line:
                    raise NotPossible(
                        N_("That key stands in {path} already, by another hand. Take it away there first."),
                        path=file,
                    )
            if lines and not lines[-1].endswith(b"\n"):
                lines[-1] += b"\n"
            _write(file, [*_as_now(file, lines), f"{_line(file, name, key, database)}\n".encode()])
            return None


def remove(file: Path, name: str) -> int:
    """Let this person in no more, in whatever capitals: they come in so too; how many keys that were."""
    name = checked_name(name).casefold()
    with saying(file):
        if not file.exists():
            return 0
        with files.holding(file.parent, alone=True):
            lines = list(_lines(file))
            kept = [
                line for line in lines if not ((found := _read_line(line)) and found.name.casefold() == name)
            ]
            if len(kept) < len(lines):
                _write(file, _as_now(file, kept))
            return len(lines) - len(kept)


def renew(file: Path) -> int:
    """Let the lines of an earlier hostdesk begin it as this one does; how many those were.

    Raises:
        CannotOpen, DiskFull: the file cannot be written.
    """
    with saying(file):
        if not any(_as_now(file, [line]) != [line] for line in _lines(file)):
            return 0
        with files.holding(file.parent, alone=True):
            lines = list(_lines(file))
            renewed = _as_now(file, lines)
            _write(file, renewed)
            return sum(now != line for now, line in zip(renewed, lines, strict=True))


def _as_now(file: Path, lines: list[bytes]) -> list[bytes]:
    """The same lines, ours as they are written now: for whom, to which room and by which Python stays."""
    return [_renewed(file, line) for line in lines]


def _renewed(file: Path, line: bytes) -> bytes:
    found, begins = _read_line(line), _begins(line)
    if not (found and begins):
        return line
    python, database = begins
    python = python if Path(python).exists() else PROGRAM[0]
    return f"{_line(file, found.name, found.key, database, python)}\n".encode()


def _begins(line: bytes) -> tuple[str, Path] | None:
    """The Python and the room with which one of our lines begins hostdesk."""
    ours, found = _OURS.fullmatch(line.rstrip(b"\r\n")), _read_line(line)
    if not (ours and found):
        return None
    words = _words(ours["command"])
    if words[-4:-3] == [KEYS]:
        del words[-4:-2]
    if words[-6:-1] != ["-m", "hostdesk", "--as", found.name, "--db"]:
        return None
    return words[0], Path(words[-1])


def _words(command: bytes) -> list[str]:
    """A command of sshd's file, taken apart as sshd and a shell do; nothing where that cannot be."""
    try:
        return shlex.split(command.decode().replace('\\"', '"'))
    except ValueError:
        return []


def _line(file: Path, name: str, key: Key, database: Path, python: str = PROGRAM[0]) -> str:
    """What sshd reads: no forwarding, no agent, a terminal, and hostdesk in the place of a shell.

    It names its own file, where a live desk looks whether it may go on.
    """
    paths = file.absolute(), database
    for path in paths:
        if "\\" in str(path) or "\n" in str(path):
            raise NotPossible(N_("{path} has a sign in its name that a file of sshd cannot hold."), path=path)
    said = ["--as", name, KEYS, str(paths[0]), "--db", str(paths[1])]
    command = shlex.join([python, *PROGRAM[1:], *said]).replace('"', '\\"')
    return f'restrict,pty,command="{command}" {key} hostdesk:{name}'


def _read_line(line: bytes) -> Allowed | None:
    """Whom this line lets in, when it is one of ours as we write them."""
    found = _OURS.fullmatch(line.rstrip(b"\r\n"))
    if not found:
        return None
    kind, _, data = found["key"].decode().partition(" ")
    return Allowed(found["name"].decode(errors="replace"), Key(kind, data))


def _holds_a_key(kind: str, data: str) -> bool:
    """Whether these bytes are a key of that kind, to the last one (RFC 4253, 6.6)."""
    try:
        parts = list(_strings(base64.b64decode(data, validate=True)))
    except (binascii.Error, ValueError):
        return False
    if len(parts) != _PARTS[kind] + 1 or parts[0] != kind.encode():
        return False
    if base64.b64encode(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).decode() != data:
        return False
    if kind == "ssh-rsa":
        return int.from_bytes(parts[2], "big").bit_length() >= LEAST_RSA_BITS
    if "ed25519" in kind:
        return len(parts[1]) == 32
    return parts[1].decode(errors="replace") in kind and len(parts[2]) > 64


def _strings(blob: bytes) -> Iterator[bytes]:
    """The strings of an SSH blob, each behind its length.

    Raises:
        ValueError: it does not end with the end of a string.
    """
    at = 0
    while at < len(blob):
        length = int.from_bytes(blob[at : at + 4], "big")
        part = blob[at + 4 : at + 4 + length]
        if len(blob) < at + 4 or len(part) < length:
            raise ValueError("cut short")
        yield part
        at += 4 + length


def _lines(file: Path) -> Iterator[bytes]:
    """The file's lines as they are, ends included."""
    with suppress(FileNotFoundError):
        yield from file.read_bytes().splitlines(keepends=True)


def _directory(file: Path) -> None:
    """sshd reads no file from a directory that others can write."""
    if not file.parent.exists():
        file.parent.mkdir(parents=True, mode=0o700)


def _write(file: Path, lines: list[bytes]) -> None:
    """The whole file or none of it; for its owner alone."""
    file = file.resolve()
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as there:
            there.write(b"".join(lines))
            there.flush()
            os.fsync(there.fileno())
        if file.exists():
            with suppress(PermissionError):
                os.chown(new, file.stat().st_uid, file.stat().st_gid)
        new.replace(file)
        files.sync_directory(file.parent)
    finally:
        new.unlink(missing_ok=True)
