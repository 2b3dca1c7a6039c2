"""What peewee does without here stays out of the memory of a small machine: another sqlite3, and OpenSSL."""

import hashlib
import subprocess
import sys

import pytest


def _told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("way", "loads"), [("hostdesk.cli, hostdesk.app", False), ("playhouse.apsw_ext", True)]
)
@pytest.mark.parametrize("spared", ["sqlite3", "_hashlib"])
def test_nothing_of_the_program_loads_it(way: str, loads: bool, spared: str) -> None:
    assert _told(f"import {way}, sys; print({spared!r} in sys.modules)") == str(loads)


def test_who_wants_it_has_it() -> None:
    used = "import db.light_peewee, sqlite3; print(sqlite3.connect(':memory:').total_changes)"

    assert _told(used) == "0"


@pytest.mark.parametrize("had", ["sqlite3", "_hashlib"])
def test_who_had_it_keeps_it(had: str) -> None:
    used = f"import {had}, db.light_peewee, sys; print(sys.modules[{had!r}] is {had})"

    assert _told(used) == "True"


@pytest.mark.parametrize("name", sorted(hashlib.algorithms_guaranteed))
def test_what_is_computed_without_openssl_is_the_same(name: str) -> None:
    length = 16 if name.startswith("shake") else ""
    used = f"import db.light_peewee, hashlib; print(hashlib.new({name!r}, b'buurtkamer').hexdigest({length}))"

    assert _told(used) == hashlib.new(name, b"buurtkamer").hexdigest(*([length] if length else []))
