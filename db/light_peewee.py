"""peewee without what it has no use for here: `from db.light_peewee import APSWDatabase`, before all else.

The room is read and written through apsw, which brings its own SQLite; a second one takes a megabyte of
memory for nothing (x86, Python 3.11). peewee (4.5) does without where there is none, so while it is
imported there is none. This can go once peewee loads it where it connects with it.

So it is with OpenSSL, half a megabyte: Python's hashlib does without, and peewee uses that for the names of
very long constraints alone.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["APSWDatabase"]


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Let this module not be found; where somebody has loaded it already, it stays."""
    spared = name not in sys.modules
    if spared:
        sys.modules[name] = None  # type: ignore[assignment]  # so it says in the documentation of sys.modules
    try:
        yield
    finally:
        if spared:
            del sys.modules[name]


with _without("sqlite3"), _without("_hashlib"):
    from playhouse.apsw_ext import APSWDatabase
