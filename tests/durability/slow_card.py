"""A card that is slow, or that fails: for a test in this process, or under a whole desk.

    with slow_card.inserted(sync_ms=500): ...

    python -m tests.durability.slow_card --sync-ms 500 -- --db huiskamer.db
    python -m tests.durability.slow_card --fail full --from-write 3 --while flag -- --db huiskamer.db count

What stands after `--` is hostdesk's own command line. With `--while`, writes fail only as long as that file
exists: make it, and the card is full; take it away, and there is space again.
"""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

FAULTS: dict[str, type[apsw.Error]] = {"full": apsw.FullError, "io": apsw.IOError}
"""How a card fails: it has no space left, or it answers with an error."""

_KEPT = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL
"""Files that are on the card; temporary ones are not."""


class _Card(apsw.VFS):
    """The system's own files, on a worse card."""

    def __init__(
        self, sync_ms: int, fault: type[apsw.Error] | None, from_write: int, flag: Path | None
    ) -> None:
        self.base = apsw.vfs_names()[0]  # the default one until now
        self.sync_seconds = sync_ms / 1000
        self.fault, self.from_write, self.flag = fault, from_write, flag
        self.writes = 0
        super().__init__("slow-card", self.base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if flags[0] & _KEPT:
            return _File(self, name, flags)
        return apsw.VFSFile(self.base, name, flags)

    def write_one(self) -> None:
        """Fail, when it is time to."""
        self.writes += 1
        if self.fault and self.writes >= self.from_write and (self.flag is None or self.flag.exists()):
            raise self.fault("the card fails, as it was told to")


class _File(apsw.VFSFile):
    """A file on that card."""

    def __init__(self, card: _Card, name: Any, flags: list[int]) -> None:
        super().__init__(card.base, name, flags)
        self._card = card

    def xWrite(self, data: Any, offset: int) -> None:
        self._card.write_one()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        time.sleep(self._card.sync_seconds)
        super().xSync(flags)

    def excepthook(self, *_problem: object) -> bool:  # SQLite has been told; nobody else need be
        return True


@contextmanager
def inserted(
    *,
    sync_ms: int = 0,
    fault: type[apsw.Error] | None = None,
    from_write: int = 1,
    flag: Path | None = None,
) -> Iterator[None]:
    """Every connection that this process opens meanwhile has its files on this card.

    Args:
        sync_ms: milliseconds that each sync takes longer.
        fault: how writes fail, if they do.
        from_write: the first write that fails.
        flag: writes fail only while this file exists.
    """
    card = _Card(sync_ms, fault, from_write, flag)
    try:
        yield
    finally:
        card.unregister()


def command(*hostdesk: str, sync_ms: int = 0, fail: str | None = None, flag: Path | None = None) -> list[str]:
    """The command that runs hostdesk with these arguments on such a card; from the top directory."""
    options = ["--sync-ms", str(sync_ms)]
    if fail:
        options += ["--fail", fail]
    if flag:
        options += ["--while", str(flag)]
    return [sys.executable, "-m", "tests.durability.slow_card", *options, "--", *hostdesk]


def main(argv: Sequence[str]) -> int:
    """Run hostdesk on such a card; its exit code."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sync-ms", type=int, default=0)
    parser.add_argument("--fail", choices=list(FAULTS))
    parser.add_argument("--from-write", type=int, default=1)
    parser.add_argument("--while", dest="flag", type=Path)
    split = argv.index("--") if "--" in argv else len(argv)
    args = parser.parse_args(argv[:split])
    from hostdesk import cli

    fault = FAULTS[args.fail] if args.fail else None
    with inserted(sync_ms=args.sync_ms, fault=fault, from_write=args.from_write, flag=args.flag):
        return cli.main(argv[split + 1 :])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
