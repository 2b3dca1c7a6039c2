"""Files that something happened to, and what stands in a directory."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from db import connection


def row_count(file: Path) -> int:
    """The rows of the door ledger in this file."""
    with connection.looking_at(file) as seen:
        ((rows,),) = seen.execute("SELECT COUNT(*) FROM door")
    return int(rows)


def write(file: Path, sql: str) -> None:
    """Let another program write into this file, without any of our rules."""
    other = apsw.Connection(str(file))
    other.execute(sql)
    other.close()


def break_page_of(file: Path, table: str) -> None:
    """Overwrite the page that a table begins with."""
    with connection.looking_at(file) as seen:
        ((page,),) = seen.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
        size = seen.pragma("page_size")
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xa5" * size)


def contents(directory: Path) -> dict[str, str]:
    """Every file below this directory and a digest of it; empty write-ahead logs and their index left out."""
    return {
        str(file.relative_to(directory)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(directory.rglob("*"))
        if file.is_file()
        and not file.name.endswith("-shm")
        and not (file.name.endswith("-wal") and not file.stat().st_size)
    }


@contextmanager
def another_program(file: Path) -> Iterator[apsw.Connection]:
    """Another program has this file open, and has read from it."""
    other = apsw.Connection(str(file))
    try:
        list(other.execute("SELECT COUNT(*) FROM door"))
        yield other
    finally:
        other.close()


_READ_AND_STAY = """
import sys, apsw
other = apsw.Connection(sys.argv[1])
list(other.execute("SELECT COUNT(*) FROM door"))
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(file: Path) -> Iterator[None]:
    """Another process has this file open, and has read from it."""
    with subprocess.Popen(
        [sys.executable, "-c", _READ_AND_STAY, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout and other.stdin
        assert other.stdout.readline() == b"open\n"
        yield
        other.stdin.close()
