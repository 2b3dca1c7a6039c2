"""How long what names people is kept, and erasing it: by itself when its time is up, or because they ask.

Counts and totals are kept for ever: there is no person in them. What is erased is gone from the file's
bytes, its search index and its write-ahead log, and from the backups beside it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import apsw

from db import aside, backup, clock, connection, duties, erasing, log, logbook, people, sticks
from db import room as rooms
from db.backup import Backup
from db.connection import database, reading, rows, writing
from db.duties import OnDuty
from db.erasing import Erased, Limits, Mention
from db.errors import N_, Busy, DiskFull, FilesLimited, HostdeskError, NotPossible, ReadOnly
from db.machine import Machine
from db.mentions import Sought
from db.mishaps import saying
from db.people import Somebody
from db.shift_models import Setting
from db.text import clean


class Nowhere(NotPossible):
    """Nobody of this name stands anywhere in the room."""

    sentence = N_("{name} stands nowhere in this room.")


class Unit(StrEnum):
    """In what a period is told."""

    MONTHS = "months"
    YEARS = "years"
    """Whole calendar years after the one in which it was."""
    DAYS = "days"


@dataclass(frozen=True)
class Period:
    """How long something is kept."""

    code: str
    what: str
    """A sentence's beginning, in English, marked for translation."""
    why: str
    unit: Unit
    default: int
    most: int


PERIODS = (
    Period(
        "notes",
        N_("Texts in the log, and who wrote and read them"),
        N_("a year shows what comes back each year; after that the text serves nobody"),
        Unit.MONTHS, 12, 60,
    ),
    Period(
        "incidents",
        N_("Texts of incidents; the day and the kind stay"),
        N_("a partner may come back to it; after two years hardly anybody does"),
        Unit.MONTHS, 24, 60,
    ),
    Period(
        "names",
        N_("Names on shifts and on the board, after the year itself; the hours stay"),
        N_("the year's account is settled in the year that follows"),
        Unit.YEARS, 1, 7,
    ),
    Period(
        "backups",
        N_("Texts and names in backups"),
        N_("a fault may be noticed late; a backup of a season ago puts nobody back to work"),
        Unit.DAYS, 90, 365,
    ),
)  # fmt: skip
"""What the coordinator can change, with our choice and the reason."""

FOR_EVER = N_("Counts, totals and hours: for ever; there is no person in them.")
CONTACTS = N_(
    "Contacts of wishes: three months after the wish was done or given up, to tell what came of it; "
    "a year at most."
)
SIGN_UPS = N_("Names of who signed up: until the day after; only the number is needed then.")
"""What stands beside the periods; the board keeps these itself."""

_SETTING = "keep_"
_NOT_GONE = "erased_not_gone"

_LINES = {
    "nl": (
        "Bewaartermijnen: gewist {parts}.",
        "Op verzoek gewist: {parts}.",
        {
            "notes": "aantekeningen {n}",
            "incidents": "incidenten {n}",
            "names": "namen {n}",
            "people": "personen {n}",
            "contacts": "contacten {n}",
            "sign_ups": "aanmeldingen {n}",
        },
        "niets",
    ),
    "en": (
        "Retention periods: erased {parts}.",
        "Erased because somebody asked: {parts}.",
        {
            "notes": "notes {n}",
            "incidents": "incidents {n}",
            "names": "names {n}",
            "people": "people {n}",
            "contacts": "contacts {n}",
            "sign_ups": "sign-ups {n}",
        },
        "nothing",
    ),
}
"""What a run leaves in the log, in the room's language: numbers only."""


@dataclass(frozen=True)
class Kept:
    """A period as it holds in this room."""

    period: Period
    n: int


@dataclass(frozen=True)
class Known:
    """All that the room knows of a name."""

    name: str
    person: Somebody | None
    duties: tuple[OnDuty, ...]
    places: dict[str, int]
    """In which tables the name stands, and how often."""
    backups: int
    """Files beside the room, or on the stick that is put in, in which it stands too."""
    mentions: tuple[Mention, ...] = ()
    """The texts in which it stands, or in which the same letters may be another word."""

    @property
    def standing(self) -> dict[str, int]:
        """What is not erased because it may be something else, as it is written, and how often."""
        return Counter(
            mention.text[start:end] for mention in self.mentions for start, end in mention.found.left
        )


@dataclass(frozen=True)
class Purged:
    """What a run did, or would do."""

    erased: Erased
    backups: int
    """Backups that were written anew, without what is erased; those on the stick that is put in too."""
    left: tuple[Path, ...] = ()
    """Files that cannot be read, and so not be cleaned either."""
    not_written: tuple[Path, ...] = ()
    """Backups for which there is no space, or whose disk takes no writing: sound, and as they were."""
    log_in_use: bool = False
    """Another program was reading, so the write-ahead log is emptied when that stops."""
    stick: date | None = None
    """The last day of which a stick has a backup, where it is not put in and was not reached."""
    standing: Mapping[str, int] = field(default_factory=dict)
    """What was not erased because it may be something else: see `Known.standing`."""


def periods() -> tuple[Kept, ...]:
    """How long what is kept here."""
    with reading():
        chosen = dict(rows(Setting.select(Setting.name, Setting.number)))
    return tuple(Kept(one, chosen.get(_SETTING + one.code, one.default)) for one in PERIODS)


def keep(code: str, n: int) -> None:
    """Keep something for another time.

    Raises:
        NotPossible: there is no such thing, or that is too short or too long.
    """
    period = next((one for one in PERIODS if one.code == code), None)
    if period is None:
        raise NotPossible(
            N_("“{text}” is not kept here. There are: {choices}."),
            text=clean(code[:20], most=20),
            choices=", ".join(one.code for one in PERIODS),
        )
    if not 1 <= n <= period.most:
        raise NotPossible(N_("Between 1 and {most}, not {n}."), most=period.most, n=n)
    with writing():
        Setting.replace(name=_SETTING + code, number=n).execute()


def of_the_day() -> Erased:
    """Erase what was kept long enough; nothing while the clock is in doubt.

    A log line says how much, where there was something. Gone from the bytes it is with `make_gone`.
    """
    with writing():
        now, doubt = clock.reliable_now()
        if doubt is not None:
            return Erased()
        erased = erasing.erase_due(_file(), _limits(rooms.day_of(rooms.current(), now)))
        if erased:
            _leave_a_line(0, erased)
            make_gone_later()
        return erased


def make_gone_later() -> None:
    """Something was erased: `make_gone` has work to do. Whoever calls this is writing already."""
    Setting.replace(name=_NOT_GONE, number=1).execute()


def make_gone() -> bool:
    """Write the room's file anew where something was erased since; whether that was so.

    SQLite zeroes what is deleted, but not the copies that it leaves in a page when it moves a row to
    another one: only a file that was written anew is surely without them. Others who write meanwhile
    wait. Takes a connection of its own where this thread has none.
    """
    with backup.a_connection():
        with reading():
            due = Setting.select().where(Setting.name == _NOT_GONE).exists()
        if due:
            _write_anew()
        return bool(due)


def of_backups(machine: Machine | None = None) -> int:
    """Take the texts and the names out of backups that are too old to have them; how many those were.

    On the stick that is put in too. What is sealed there and not kept here any more cannot be cleaned: that
    is thrown away. Takes a connection of its own where this thread has none, so that it can run beside the
    desk's.
    """
    machine = machine or Machine()
    with backup.a_connection():
        with reading():
            now, doubt = clock.reliable_now()
            today = rooms.day_of(rooms.current(), now)
            days = next(kept.n for kept in periods() if kept.period.code == "backups")
        if doubt is not None:
            return 0
        first = today - timedelta(days=days)
        n = _cleaned(backup.all_of(connection.path()), first)
        there, out_of_reach = _open_on_stick(machine), backup.out_of_reach(machine)
        with sticks.speaking_of(backup.STICK):
            n += _cleaned(there, first)
            for found in out_of_reach:
                if found.day < first and found.time is None:
                    found.file.unlink(missing_ok=True)
        return n


def _cleaned(backups: Iterable[Backup], first: date) -> int:
    """Take all texts and names out of those that are older than this day; how many had any."""
    return sum(_rewritten(found.file, erasing.ALL) for found in backups if found.day < first)


def purge(*, dry_run: bool = False, machine: Machine | None = None) -> Purged:
    """Erase now what was kept long enough, here and in every backup, those on the stick that is put in too.

    Args:
        dry_run: only say what that would be.
        machine: the one that the stick is put in; this one without it.

    Raises:
        NotPossible: the clock is in doubt, and nobody said that it is right.
    """
    now, doubt = clock.reliable_now()
    if doubt is not None:
        raise NotPossible(
            N_("This machine's clock is in doubt; nothing was erased. Set it, and press k at the desk.")
        )
    with writing():
        limits = _limits(rooms.day_of(rooms.current(), now))
        with database.atomic() as change:
            erased = erasing.erase_due(_file(), limits)
            if dry_run:
                change.rollback()
        if not dry_run:
            _leave_a_line(0, erased)
            make_gone_later()
    if dry_run:
        return Purged(erased, 0)
    in_use = not _write_anew()
    machine = machine or Machine()
    of_backups(machine)
    n, left, not_written = _in_every_copy(machine, lambda file: _rewritten(file, limits))
    return Purged(erased, n, left, not_written, in_use, _stick_that_is_out(machine))


def show(name: str, *, lower_case: bool | None = None, by: str = "", machine: Machine | None = None) -> Known:
    """All that is known of a name; nothing changes.

    Args:
        name: in whatever capitals.
        lower_case: whether it is the name without a capital too, see `db.mentions`.
        by: who looks; of an incident only the coordinator reads more than the name.
        machine: the one that the stick is put in; this one without it.

    Raises:
        NotPossible: it is no name.
    """
    name = people.sound_name(name)
    with reading():
        person = people.named(name)
        sought = Sought(person.name if person else name, lower_case)
        found = duties.of_person(person.id, date.min, date.max) if person else ()
        places = erasing.places_of(_file(), sought)
        mentions = tuple(erasing.mentions(_file(), sought))
        if not logbook.reader(by).coordinator:
            mentions = tuple(_only_the_name(one, sought) if one.incident else one for one in mentions)

    def stands_in(file: Path) -> bool:
        with connection.looking_at(file) as seen:
            return bool(erasing.places_of(seen, sought))

    n, *_ = _in_copies(_copies(machine or Machine()), stands_in)
    return Known(sought.name, person, found, places, n, mentions)


def erase(
    name: str,
    *,
    lower_case: bool | None = None,
    machine: Machine | None = None,
    known: Known | None = None,
) -> Purged:
    """Erase a name wherever it stands, because somebody asks; hours and numbers stay.

    Args:
        name: in whatever capitals.
        lower_case: whether it is the name without a capital too, see `db.mentions`.
        machine: the one that the stick is put in; this one without it.
        known: what `show` said of it just now: every text and every backup is read for that.

    Raises:
        NotPossible: it is no name, or they are still on the roster.
        Nowhere: nobody here is called so.
    """
    machine = machine or Machine()
    known = known or show(name, lower_case=lower_case, machine=machine)
    sought = Sought(known.name, lower_case)
    if not known.places and not known.backups:
        raise Nowhere(name=known.name)
    with writing():
        if known.person is not None and known.person.active:
            people.end(known.person.id)
        erased = erasing.erase_name(_file(), sought)
        _leave_a_line(1, erased)
        make_gone_later()  # should this be cut off here
    in_use = not _write_anew()

    def clean_copy(file: Path) -> bool:
        with connection.looking_at(file) as seen:
            if not erasing.places_of(seen, sought):
                return False
        backup.rewrite(file, lambda copy: erasing.erase_name(copy, sought))
        return True

    n, left, not_written = _in_every_copy(machine, clean_copy)
    return Purged(erased, n, left, not_written, in_use, _stick_that_is_out(machine), known.standing)


def _only_the_name(mention: Mention, sought: Sought) -> Mention:
    """No more of a text than what may be the name."""
    places = sorted((*mention.found.name, *mention.found.left))
    text = f" {erasing.GONE} ".join(mention.text[start:end] for start, end in places)
    return replace(mention, text=text, found=sought.find(text))


def _limits(today: date) -> Limits:
    """The first day that is kept of each thing."""
    kept = {one.period.code: one.n for one in periods()}
    return Limits(
        notes=_months_before(today, kept["notes"]),
        incidents=_months_before(today, kept["incidents"]),
        names=date(today.year - kept["names"], 1, 1),
        contacts=today + timedelta(days=1),
        sign_ups=today,
    )


def _months_before(day: date, n: int) -> date:
    """The same day so many months before, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - n, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))


def _leave_a_line(which: int, erased: Erased) -> None:
    """How much was erased, in the log; whoever calls this is writing already."""
    *sentences, words, nothing = _LINES[rooms.current().language]
    parts = [text.format(n=n) for code, text in words.items() if (n := getattr(erased, code))]
    log.write_by_itself(sentences[which].format(parts=", ".join(parts) or nothing))


def _file() -> apsw.Connection:
    found: apsw.Connection = database.connection()
    return found


def _write_anew() -> bool:
    """The file is written anew without what was erased; False while another program is reading."""
    with saying(connection.path()):
        _file().execute("VACUUM")
    with writing():
        Setting.delete().where(Setting.name == _NOT_GONE).execute()
    return _empty_the_log()


def _empty_the_log() -> bool:
    """What was erased is gone from the write-ahead log too; False while another program is reading."""
    try:
        with saying(connection.path()):
            _file().wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    except Busy:
        return False
    return True


def _rewritten(file: Path, limits: Limits) -> bool:
    """Write a backup anew without what is due, where something is."""
    with connection.looking_at(file) as seen:
        if not erasing.is_due(seen, limits):
            return False
    backup.rewrite(file, lambda copy: erasing.erase_due(copy, limits))
    return True


_NOT_WRITTEN = (DiskFull, FilesLimited, ReadOnly, sticks.StickFull, sticks.StickRefuses)
"""What is wrong where a backup that can be read cannot be written anew."""


class _Cleaned(NamedTuple):
    """In how many files something was done, and in which it could not be."""

    n: int
    left: tuple[Path, ...] = ()
    """Those that cannot be read."""
    not_written: tuple[Path, ...] = ()
    """Those that cannot be written."""


def _in_every_copy(machine: Machine, cleaned: Callable[[Path], bool]) -> _Cleaned:
    """Clean every copy of the room; how many needed it, and which could not be reached.

    What the stick has of the same day is brought there again, sealed as it was; the rest is cleaned there.
    """
    anew: list[Path] = []

    def kept_here(file: Path) -> bool:
        needed = cleaned(file)
        if needed:
            anew.append(file)
        return needed

    here = _in_copies(_beside(connection.path()), kept_here)
    try:
        brought = backup.bring_again(machine, anew)
    except _NOT_WRITTEN:
        there = _Cleaned(0, not_written=tuple(found.file for found in backup.all_on_stick(machine)))
    except (HostdeskError, OSError):
        there = _Cleaned(0, left=tuple(found.file for found in backup.all_on_stick(machine)))
    else:
        n, left, not_written = _in_copies((found.file for found in _open_on_stick(machine)), cleaned)
        sealed = tuple(found.file for found in backup.out_of_reach(machine))
        there = _Cleaned(brought + n, (*left, *sealed), not_written)
    return _Cleaned(here.n + there.n, here.left + there.left, here.not_written + there.not_written)


def _in_copies(copies: Iterable[Path], done: Callable[[Path], bool]) -> _Cleaned:
    """Do this with each of these files; with how many, and with which it could not be done."""
    n, left, not_written = 0, [], []
    for file in copies:
        try:
            n += done(file)
        except _NOT_WRITTEN:
            not_written.append(file)
        except (HostdeskError, apsw.Error, OSError):
            left.append(file)
    return _Cleaned(n, tuple(left), tuple(not_written))


def _copies(machine: Machine) -> Iterator[Path]:
    """Every copy that can be opened: what is kept beside the room, and on the stick that is put in."""
    yield from _beside(connection.path())
    yield from (found.file for found in _open_on_stick(machine))


def _beside(room: Path) -> Iterator[Path]:
    """The backups, and what a restore or a new room put aside."""
    yield from (found.file for found in backup.all_of(room))
    for place in sorted(room.parent.glob(f"{room.stem}-before-*")):
        if place.is_dir():
            logs = {log.name for file in place.iterdir() for log in aside.logs(file)}
            yield from sorted(file for file in place.iterdir() if file.name not in logs)


def _open_on_stick(machine: Machine) -> list[Backup]:
    """What is on the stick and not sealed."""
    return [found for found in backup.all_on_stick(machine) if found.file.suffix == ".db"]


def _stick_that_is_out(machine: Machine) -> date | None:
    """The last day of which a stick has a backup, when it is not put in."""
    return backup.last_on_stick() if machine.stick(backup.STICK) is None else None
