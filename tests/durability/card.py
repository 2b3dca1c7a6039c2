"""A memory card as a power cut finds it: what was synced is there, of the rest nobody knows.

A trace of events goes in one by one; after each of them `after_cut` says which files somebody would find
who pulled the plug there. A file's name is on the card apart from its contents: a name that was made, linked
or deleted may be lost until the directory is synced.
"""

from dataclasses import dataclass, field
from enum import Enum
from random import Random

SECTOR = 512
"""The least that a card writes whole. What lies beside a torn write is left alone, as SQLite supposes."""


@dataclass(frozen=True)
class Written:
    """Bytes went to a file."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncated:
    """A file was cut off, or made longer."""

    file: int
    size: int


@dataclass(frozen=True)
class Synced:
    """The card said that the contents of this file are safe."""

    file: int


@dataclass(frozen=True)
class Named:
    """A file got a name: it was made, or linked."""

    name: str
    file: int


@dataclass(frozen=True)
class Unnamed:
    """A file lost a name."""

    name: str


@dataclass(frozen=True)
class NamesSynced:
    """The card said that the names in the directory are safe."""


@dataclass(frozen=True)
class Acknowledged:
    """Somebody saw that what they did is kept; no event of the card, but a promise from here on."""

    rows: int
    """The newest door row that they know of; 0 for the room itself."""


Event = Written | Truncated | Synced | Named | Unnamed | NamesSynced | Acknowledged
Files = dict[str, bytes]


class Cut(Enum):
    """What a power cut leaves of that which was not synced."""

    NOTHING = "nothing unsynced is kept"
    SOME = "a random part is kept"
    TORN = "some is kept, and the write after it is torn"
    ALL = "everything is kept"


@dataclass
class _File:
    """A file's contents: those on the card, and what is on its way there."""

    safe: bytearray = field(default_factory=bytearray)
    underway: list[Written | Truncated] = field(default_factory=list)


class Card:
    """The card while the program runs."""

    def __init__(self) -> None:
        """Begin with an empty directory."""
        self._files: dict[int, _File] = {}
        self._names: dict[str, int] = {}
        self._names_underway: list[Named | Unnamed] = []

    def take(self, event: Event) -> None:
        """One more thing happened."""
        match event:
            case Written() | Truncated():
                self._file(event.file).underway.append(event)
            case Synced():
                file = self._file(event.file)
                for change in file.underway:
                    _apply(file.safe, change)
                file.underway.clear()
            case Named() | Unnamed():
                self._names_underway.append(event)
            case NamesSynced():
                _rename(self._names, self._names_underway)
                self._names_underway.clear()

    def after_cut(self, cut: Cut, random: Random) -> Files:
        """The files as somebody finds them who pulls the plug now and puts it back."""
        names = dict(self._names)
        _rename(names, self._names_underway[: _how_many(cut, len(self._names_underway), random)])
        return {name: self._contents(file, cut, random) for name, file in names.items()}

    def _contents(self, number: int, cut: Cut, random: Random) -> bytes:
        file = self._file(number)
        contents = bytearray(file.safe)
        for change in _kept(file.underway, cut, random):
            _apply(contents, change)
        return bytes(contents)

    def _file(self, number: int) -> _File:
        return self._files.setdefault(number, _File())


def _how_many(cut: Cut, underway: int, random: Random) -> int:
    """How many changes of names are kept: a file system keeps their order."""
    match cut:
        case Cut.NOTHING:
            return 0
        case Cut.ALL:
            return underway
    return random.randint(0, underway)


def _kept(underway: list[Written | Truncated], cut: Cut, random: Random) -> list[Written | Truncated]:
    """Which changes of a file reach the card, in their order or not."""
    match cut:
        case Cut.NOTHING:
            return []
        case Cut.ALL:
            return underway
        case Cut.SOME:
            return [change for change in underway if random.random() < 0.5]
    if not underway:
        return []
    torn = random.randrange(len(underway))
    return [*underway[:torn], *_torn(underway[torn], random)]


def _torn(change: Written | Truncated, random: Random) -> list[Written | Truncated]:
    """Some of the write's sectors, one of them half written."""
    if isinstance(change, Truncated):
        return []
    sectors = [
        Written(change.file, change.offset + start, change.data[start : start + SECTOR])
        for start in range(0, len(change.data), SECTOR)
    ]
    kept: list[Written | Truncated] = [sector for sector in sectors if random.random() < 0.5]
    half = random.choice(sectors)
    return [*kept, Written(half.file, half.offset, half.data[: random.randrange(len(half.data))])]


def _apply(contents: bytearray, change: Written | Truncated) -> None:
    if isinstance(change, Truncated):
        del contents[change.size :]
        contents.extend(bytes(change.size - len(contents)))
    else:
        contents.extend(bytes(max(change.offset - len(contents), 0)))
        contents[change.offset : change.offset + len(change.data)] = change.data


def _rename(names: dict[str, int], changes: list[Named | Unnamed]) -> None:
    for change in changes:
        if isinstance(change, Named):
            names[change.name] = change.file
        else:
            names.pop(change.name, None)
