"""The shift log as people read it: page by page, what they look for, what they must know, what is open."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from peewee import Value, fn

from db import clock, log, roles, shifts
from db import room as rooms
from db.connection import database, reading, rows
from db.errors import N_, NotPossible
from db.log_readers import Reader as Reader
from db.log_readers import hidden, visible, whose
from db.log_readers import reader as reader
from db.moments import from_text, to_text
from db.shift_models import Duty, LogChange, LogEntry, LogRead, LogWords, Person
from db.shifts import ShiftKey
from db.states import FollowUp, Missing, NoteKind
from db.text import clean
from db.word_forms import folded, forms

PAGE = 100
"""Entries that are read at once."""

MOST_OPEN = 200
"""More open points than this nobody reads; the newest are shown."""

HANDED_OVER = timedelta(days=14)
"""A handover that no shift read for so long was for a shift that never came."""

LONGEST_WORDS = 100
"""Characters of what is looked for."""

LONG_ENOUGH = 4
"""Letters; what is shorter stands in half of all words, and is looked for at their beginning only."""

MOST_COMPOUNDS = 300
"""More words than this that have what is looked for inside them are no answer; the usual ones come first."""

_FIRST_PART = 3
"""Letters that the first part of a compound has at least: weten does not have eten in it."""

_MARKS = "\x02", "\x03"  # no text has these: see `db.text`
_LOOKED_FOR = re.compile(r'"([^"]*)"?|([^\W_]+(?:[\'\u2019][^\W_]+)*)')


@dataclass(frozen=True)
class Filter:
    """Which entries; each of these that is given must hold."""

    kind: NoteKind | None = None
    follow_up: FollowUp | None = None
    from_day: date | None = None
    to_day: date | None = None
    by: str | None = None
    shift: ShiftKey | None = None
    words: str = ""
    """Words that must all be in it, in whatever form; "between quotes" just so."""


@dataclass(frozen=True)
class Change:
    """What was said about an entry later."""

    what: str
    """One of `log.CHANGES`."""
    text: str | None
    by: str
    at: datetime
    before: datetime | None = None
    """Of what was moved: when it was said to have happened until then; None where the text is missing."""
    last_day: date | None = None
    """Of a notice that was given another last day: the one it had until then; None as above."""


@dataclass(frozen=True)
class Entry:
    """An entry of the log, as this reader may see it."""

    id: int
    day: date
    shift_ends: datetime
    """The planned end of the shift that it belongs to."""
    kind: NoteKind
    text: str | None
    """What it says now; None: see `missing`."""
    missing: Missing | None
    by: str
    written_at: datetime
    happened_at: datetime
    expires_on: date | None
    """For a notice: the last day on which it is shown."""
    follow_up: FollowUp | None
    changes: tuple[Change, ...] = ()
    """What was said about it later, oldest first."""
    read_by: tuple[str, ...] = ()
    """Who has read it, in that order."""
    first: str | None = None
    """What it said before all of that; None where its text is missing."""
    whose: tuple[str, ...] = ()
    """Of an incident that is not for who reads: by name who may read it and say that it is settled."""
    hits: tuple[tuple[int, int], ...] = field(default=())
    """Where in the text what was looked for stands: from and until, in characters."""

    @property
    def shift(self) -> ShiftKey:
        """The shift that it belongs to."""
        return ShiftKey(self.day, self.shift_ends)

    @property
    def amended(self) -> bool:
        """Whether it said something else before: other words, another moment or another last day."""
        return self.last_amended is not None

    @property
    def last_amended(self) -> Change | None:
        """How that was changed last, and by whom."""
        how = (change for change in reversed(self.changes) if change.what in log.AMENDS)
        return next(how, None)

    @property
    def dealt_with(self) -> Change | None:
        """How it was dealt with, and by whom; None while it is open."""
        how = (change for change in reversed(self.changes) if change.what == log.DEALT_WITH)
        return next(how, None) if self.follow_up is FollowUp.DONE else None


def entries(who: Reader, which: Filter | None = None, *, most: int = PAGE) -> tuple[Entry, ...]:
    """The newest entries, newest first by when it happened.

    What is looked for is taken from what was written last; its page is in the order of what happened.

    Args:
        who: who reads; what they may not see, they do not find either.
        which: which entries; all without it.
        most: so many at most.
    """
    which = which or Filter()
    where = _holds(which)
    with reading():
        words = _query(which.words)
        if words == "" and which.words.strip():
            return ()
        if words:
            where += [LogWords.match(LogWords.web_query(words)), visible(who)]
            query = LogWords.select(*_COLUMNS, LogWords.text.highlight(*_MARKS)).join(
                LogEntry, on=(LogEntry.id == LogWords.rowid)
            )
            order = [LogWords.rowid.desc()]
        else:
            query = LogEntry.select(*_COLUMNS, Value(None))
            order = [LogEntry.happened_at.desc(), LogEntry.id.desc()]
        found = rows(_all(query, where).order_by(*order).limit(most))
        read = _with_what_was_said(who, found)
    return tuple(sorted(read, key=lambda entry: (entry.happened_at, entry.id), reverse=True))


def one(entry: int, who: Reader) -> Entry:
    """This entry.

    Raises:
        NotPossible: there is none.
    """
    with reading():
        found = (
            rows(LogEntry.select(*_COLUMNS, Value(None)).where(LogEntry.id == entry)) if entry < 2**63 else []
        )
        if not found:
            raise NotPossible(N_("There is no entry {n}. hostdesk log shows them."), n=entry)
        return _with_what_was_said(who, found)[0]


def some(numbers: Sequence[int], who: Reader) -> tuple[Entry, ...]:
    """The entries of these numbers; whoever calls this is reading already."""
    query = LogEntry.select(*_COLUMNS, Value(None)).where(LogEntry.id.in_(list(numbers)))
    return _with_what_was_said(who, rows(query))


def sayings(entry: Entry) -> tuple[Change, ...]:
    """All that an entry ever said and what was said about it, newest first; its first text comes last."""
    written = Change(log.AMENDED, entry.first, entry.by, entry.written_at)
    return (*reversed(entry.changes), written)


def open_points(who: Reader, most: int = MOST_OPEN) -> tuple[Entry, ...]:
    """What somebody still has to deal with, of whatever shift, newest first."""
    return entries(who, Filter(follow_up=FollowUp.OPEN), most=most)


def how_many_open() -> int:
    """How many open points there are."""
    with reading():
        return int(LogEntry.select(fn.COUNT(LogEntry.id)).where(_OPEN).scalar() or 0)


def notices() -> tuple[Entry, ...]:
    """The notices that are shown today, newest first."""
    with reading():
        today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
        where = (LogEntry.kind == NoteKind.NOTICE) & (LogEntry.expires_on >= today)
        query = LogEntry.select(*_COLUMNS, Value(None)).where(where & LogEntry.text.is_null(False))
        found = rows(query.order_by(LogEntry.happened_at.desc()))
        return _with_what_was_said(Reader(), found)


def to_read(who: Reader) -> tuple[Entry, ...]:
    """What they must know when they begin and have not read yet, newest first.

    That is what an earlier shift hands over to the first shift after it, notices that are shown, and
    open points; not what they wrote themselves. Under the desk's own account every shift reads and writes:
    there it is what this shift wrote, and has read since it began.
    """
    with reading():
        room, now = rooms.current(), clock.reliable_now()[0]
        shift = who.shift or shifts.at(room, now)
        since = log.began_reading(room, now)
        read = LogRead.select().where(LogRead.entry == LogEntry.id)
        reached_its_shift = read.where(
            (LogRead.at < since) & (LogRead.at >= LogEntry.shift_ends) & _by_a_shift_before(since)
        )
        handed_over = (
            (LogEntry.kind == NoteKind.HANDOVER)
            & (LogEntry.shift_ends < shift.ends)
            & (LogEntry.happened_at > now - HANDED_OVER)
            & ~fn.EXISTS(reached_its_shift)
        )
        shown = (LogEntry.kind == NoteKind.NOTICE) & (LogEntry.expires_on >= rooms.day_of(room, now))
        mine = read.where(LogRead.reader == who.name)
        if not who.name:
            not_mine = ~fn.EXISTS(read)
        elif who.shared:
            written_now = (LogEntry.by == who.name) & (LogEntry.shift_ends >= shift.ends)
            not_mine = ~fn.EXISTS(mine.where(LogRead.at >= since)) & ~written_now
        else:
            not_mine = ~fn.EXISTS(mine) & (LogEntry.by != who.name)
        found: dict[int, Any] = {}
        for what in (handed_over, shown, _OPEN):
            query = LogEntry.select(*_COLUMNS, Value(None)).where(
                what & not_mine & LogEntry.text.is_null(False)
            )
            found |= {
                row[0]: row for row in rows(query.order_by(LogEntry.happened_at.desc()).limit(MOST_OPEN))
            }
        read_back = _with_what_was_said(who, list(found.values()))
    return tuple(sorted(read_back, key=lambda entry: (entry.happened_at, entry.id), reverse=True))


def _by_a_shift_before(since: datetime) -> Any:
    """Whether who read it, did so for a shift: at the desk as such, or before the end of a duty of theirs.

    Who reads at home, reads for themselves. A shift that nobody knows the end of leaves it to be read again.
    """
    somebody = Person.select(Person.id).where(Person.name == LogRead.reader)
    theirs = Duty.select().where(
        Duty.person.in_(somebody)
        & ~Duty.absent
        & (fn.COALESCE(Duty.from_at, Duty.planned_from) < to_text(since))
        & (fn.COALESCE(Duty.until_at, Duty.planned_until) >= LogRead.at)
    )
    return ~fn.EXISTS(somebody) | fn.EXISTS(theirs)


def writers() -> tuple[str, ...]:
    """Who wrote in the log, by name."""
    with reading():
        return tuple(
            by for (by,) in rows(LogEntry.select(LogEntry.by).distinct().order_by(LogEntry.by)) if by
        )


_COLUMNS = (
    LogEntry.id,
    LogEntry.day,
    LogEntry.shift_ends,
    LogEntry.kind,
    LogEntry.text,
    LogEntry.by,
    LogEntry.written_at,
    LogEntry.happened_at,
    LogEntry.expires_on,
    LogEntry.follow_up,
)
_OPEN = LogEntry.follow_up == FollowUp.OPEN


def _holds(which: Filter) -> list[Any]:
    """The filter as conditions."""
    where = []
    if which.kind is not None:
        where.append(LogEntry.kind == which.kind)
    if which.follow_up is not None:
        where.append(LogEntry.follow_up == which.follow_up)
    if which.from_day is not None:
        where.append(LogEntry.day >= which.from_day)
    if which.to_day is not None:
        where.append(LogEntry.day <= which.to_day)
    if which.shift is not None:
        where += [LogEntry.day == which.shift.day, LogEntry.shift_ends == which.shift.ends]
    if which.by is not None:
        where.append(LogEntry.by == which.by)
    return where


def _all(query: Any, where: list[Any]) -> Any:
    return query.where(*where) if where else query


def _with_what_was_said(who: Reader, found: list[Any]) -> tuple[Entry, ...]:
    """The entries of these rows, with what was said about them and who read them: in one query each."""
    numbers = [row[0] for row in found]
    changes: dict[int, list[Change]] = {}
    read_by: dict[int, list[str]] = {}
    change, receipt = LogChange, LogRead
    said = change.select(change.entry, change.what, change.text, change.by, change.at)
    for entry, what, text, by, at in rows(said.where(change.entry.in_(numbers)).order_by(change.id)):
        changes.setdefault(entry, []).append(_said(what, text, by, at))
    read = receipt.select(receipt.entry, receipt.reader).where(receipt.entry.in_(numbers))
    for entry, reader_ in rows(read.order_by(receipt.at, receipt.reader)):
        read_by.setdefault(entry, []).append(reader_)
    not_theirs = hidden(who, [row[0] for row in found if row[3] == NoteKind.INCIDENT])
    theirs = whose(not_theirs)
    return tuple(
        _entry(row, tuple(changes.get(row[0], ())), tuple(read_by.get(row[0], ())), theirs.get(row[0]))
        for row in found
    )


def _said(what: str, text: str | None, by: str, at: datetime) -> Change:
    """What was said later; of another moment or last day the former one."""
    if text is not None and what == log.MOVED:
        return Change(what, None, by, at, before=from_text(text))
    if text is not None and what == log.SHOWN_UNTIL:
        return Change(what, None, by, at, last_day=date.fromisoformat(text))
    return Change(what, text, by, at)


def _entry(
    row: Any, changes: tuple[Change, ...], read_by: tuple[str, ...], theirs: tuple[str, ...] | None
) -> Entry:
    id_, day, ends, kind, text, by, written_at, happened_at, expires_on, follow_up, marked = row
    amended = [change.text for change in changes if change.what == log.AMENDED]
    said = amended[-1] if amended else text
    missing = Missing.ERASED if text is None else Missing.FOR_OTHERS if theirs is not None else None
    if missing:
        changes = tuple(Change(change.what, None, change.by, change.at) for change in changes)
    return Entry(
        id_,
        day,
        ends,
        NoteKind(kind),
        None if missing else said,
        missing,
        by,
        written_at,
        happened_at,
        expires_on,
        FollowUp(follow_up) if follow_up else None,
        changes,
        read_by,
        None if missing else text,
        theirs or (),
        _places(marked) if marked and not missing else (),
    )


def _places(marked: str) -> tuple[tuple[int, int], ...]:
    """Where the marks stood, in the text without them."""
    places, at = [], 0
    for part in re.split("(\x02[^\x03]*\x03)", marked):
        if part.startswith(_MARKS[0]):
            places.append((at, at + len(part) - 2))
            at += len(part) - 2
        else:
            at += len(part)
    return tuple(places)


def _query(words: str) -> str:
    """What to look for, all of it; "these words" just so.

    Each word as it begins, in another form, or as part of a compound (sleutel, reservesleutel).
    """
    found = dict.fromkeys(_LOOKED_FOR.findall(clean(words[:LONGEST_WORDS], most=LONGEST_WORDS)))
    said = [(phrase, forms(word) if word else ()) for phrase, word in found]
    known = (
        _known_words() if any(len(one) >= LONG_ENOUGH for _, as_written in said for one in as_written) else []
    )
    parts = []
    for phrase, as_written in said:
        if as_written:
            begins, *others = as_written
            whole = (f'"{one}"' for one in (*others, *_compounds(begins, others, known)))
            parts.append("(" + " OR ".join([f"{begins}*", *whole]) + ")")
        elif just_so := " ".join(re.findall(r"[^\W_]+", folded(phrase))):
            parts.append(f'"{just_so}"')
    return " AND ".join(parts)


def _compounds(word: str, others: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    """The words of the log in which this one stands behind another one, or one of its forms ends them."""
    ends = tuple(form for form in others if len(form) >= LONG_ENOUGH)
    inside = len(word) >= LONG_ENOUGH
    fits = (
        term
        for term in known
        if (inside and term.find(word, _FIRST_PART) > 0) or term.endswith(ends, _FIRST_PART)
    )
    return islice(fits, MOST_COMPOUNDS)


def _known_words() -> list[str]:
    """The words of the log that can be a compound, the usual ones first. The caller is reading.

    The index itself has them, so what is erased is not among them; all at once, since reading them is what
    takes long.
    """
    with roles.by_the_machine():
        database.execute_sql(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.log_words_terms USING fts5vocab(main, log_words, row)"
        )
    query = "SELECT term FROM temp.log_words_terms WHERE length(term) >= ? ORDER BY doc DESC"
    return [term for (term,) in list(database.execute_sql(query, [_FIRST_PART + LONG_ENOUGH]))]
