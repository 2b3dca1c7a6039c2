"""What leaves the room so that only the coordinator can read it: sealed with `age` (https://age-encryption.org).

The public key stands in a file beside the database, as `age` itself reads it. The backups beside the
database are not sealed: a host must be able to put one back.
"""

import errno
import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from db import files
from db.errors import N_, DiskFull, HostdeskError, NotPossible
from db.mishaps import saying

SUFFIX = ".age"
"""What the name of a sealed copy ends in."""

_PUBLIC = re.compile(r"age1[0-9a-z]{10,4000}")
_PRIVATE = "AGE-SECRET-KEY-"
_BEGINNINGS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE")
_TOOLS = ("age", "rage")


class NoTool(HostdeskError):
    """Backups are to be sealed, and the tool for it is not on this machine."""

    sentence = N_("Backups are sealed with age, and it is not on this machine. Run: sudo apt install age")


class NotSealed(HostdeskError):
    """The tool did not seal the copy."""

    sentence = N_("The copy could not be sealed ({reason}), so there is none.")


class Sealed(HostdeskError):
    """A sealed backup cannot be put back as it is."""

    sentence = N_(
        "{path} is sealed. Unseal it where the private key is: age -d -i KEYFILE -o copy.db {path} "
        "and put that back with: hostdesk restore copy.db"
    )


def key_file(database: Path) -> Path:
    """Where the public key stands."""
    return database.with_name(f"{database.stem}-backup-key.txt")


def keys(database: Path) -> Path | None:
    """The file to seal with, or None when nobody gave a key."""
    file = key_file(database)
    return file if files.is_filled(file) else None


def key(database: Path) -> str | None:
    """The public key, or None."""
    file = keys(database)
    return file.read_text(encoding="ascii").strip() if file else None


def choose_key(database: Path, public: str) -> None:
    """Seal with this public key from now on; an empty text takes it away.

    Raises:
        NotPossible: it is no public key.
        NoTool: it could not be tried.
    """
    file = key_file(database)
    with saying(file):
        if not public.strip():
            file.unlink(missing_ok=True)
            return
        _assert_public(public.strip())
        new = file.with_name(f".{file.name}.new")
        new.write_text(f"{public.strip()}\n", encoding="ascii")
        new.replace(file)
        files.sync_directory(file.parent)


def pour(copy: BinaryIO, target: BinaryIO, keys_of: Path) -> None:
    """Seal everything that the copy holds from here on, into the target.

    Raises:
        NoTool, NotSealed, DiskFull: it was not done; the target is of no use.
    """
    _run("-R", str(keys_of), source=copy, target=target)


def is_sealed(file: Path) -> bool:
    """Whether a file is one of ours that was sealed, or anybody else's."""
    return files.beginning(file).startswith(_BEGINNINGS)


def can_seal() -> bool:
    """Whether the tool is there."""
    return _tool() is not None


def _assert_public(text: str) -> None:
    if text.upper().startswith(_PRIVATE):
        raise NotPossible(
            N_("That is the private key: keep it to yourself. Give the public one, which begins with age1.")
        )
    refusal = NotPossible(N_("“{text}” is no public key of age. It begins with age1."), text=text[:30])
    if not _PUBLIC.fullmatch(text):
        raise refusal
    try:
        _run("-r", text, source=None, target=None)
    except NotSealed:
        raise refusal from None


def _run(*options: str, source: BinaryIO | None, target: BinaryIO | None) -> None:
    tool = _tool()
    if tool is None:
        raise NoTool
    if target is not None:
        with suppress(OSError):
            target.flush()
    done = subprocess.run(
        [tool, *options],
        stdin=source or subprocess.DEVNULL,
        stdout=target or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        if done.returncode == -signal.SIGPIPE:
            raise BrokenPipeError  # nobody reads any more what is sent
        if any(os.strerror(errno.ENOSPC).casefold() in line.casefold() for line in said):
            raise DiskFull
        raise NotSealed(reason=said[0][:200] if said else done.returncode)


def _tool() -> str | None:
    return next((found for name in _TOOLS if (found := shutil.which(name))), None)
