"""The shift log: writing down what happened, saying it better, dealing with it, having read it.

Entries are only ever added to. What is written here is read back in `db.logbook`.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from textwrap import wrap

from db import clock, history, log_readers, shifts, written_days
from db import room as rooms
from db.connection import reading, rows, writing
from db.errors import N_, NotPossible
from db.moments import to_text
from db.prepared import Prepared, given
from db.shift_models import LogChange, LogEntry, LogRead, LogWords
from db.shifts import ShiftKey
from db.states import FollowUp, NoteKind
from db.text import clean

LONGEST = 1000
"""Characters of an entry: what more is to be said, stands on paper or in an entry of its own."""

LONGEST_HOW = 300
"""Characters of how something was dealt with."""

NOTICE_DAYS = 14
"""A notice is shown for so long, unless somebody says otherwise."""

LONGEST_NOTICE = 366
"""Days; a notice that is shown for longer is a rule of the house."""

A_MINUTE = timedelta(minutes=1)

JUST_WRITTEN = timedelta(days=1)
"""So long it can still be said that something happened at another moment."""

LONG_AGO = timedelta(days=366)
"""What happened longer ago is a typing mistake."""

OPENS_A_FOLLOW_UP = (NoteKind.INCIDENT, NoteKind.BROKEN, NoteKind.SHORTAGE)
"""Somebody has to deal with these."""

CHANGES = AMENDED, DEALT_WITH, OPENED_AGAIN, MOVED, SHOWN_UNTIL = (
    "amended", "dealt_with", "opened_again", "moved", "shown_until",
)  # fmt: skip
"""What is said about an entry later.

`MOVED`: when it happened, and its text is the former moment; `SHOWN_UNTIL`: a notice's last day, and its
text is the former one.
"""

AMENDS = (AMENDED, MOVED, SHOWN_UNTIL)
"""These change what it said."""


def write(
    text: str,
    *,
    kind: NoteKind = NoteKind.PARTICULARS,
    by: str = "",
    happened_at: datetime | None = None,
    expires_on: date | None = None,
    closing: ShiftKey | None = None,
) -> int:
    """Write down what happened; the entry's number.

    Args:
        text: in a few words, without names.
        kind: what it is about; some kinds open a follow-up.
        by: who wrote it.
        happened_at: when it happened; just now without it.
        expires_on: for a notice, the last day on which it is shown; `NOTICE_DAYS` from now without it.
        closing: the shift at whose closing it is written: it happened on that, though the next has begun.

    Raises:
        NotPossible: it says nothing or too much, or no such moment or day can be meant.
    """
    text = _sound(text)
    with writing():
        room, at = rooms.current(), clock.moment_kept()
        if happened_at is None:
            happened_at = at
            if closing is not None and closing != shifts.at(room, at):
                happened_at = min(at, closing.ends - A_MINUTE)
        _assert_happened(happened_at, at)
        today = rooms.day_of(room, at)
        day = rooms.day_of(room, happened_at)
        entry = _ADD.add(
            day=day,
            shift_ends=shifts.Stretches(room, day).nearest(happened_at)[1],
            kind=kind,
            text=text,
            by=_known_as(by),
            written_at=at,
            happened_at=happened_at,
            expires_on=_sound_expiry(kind, expires_on, today),
            by_itself=False,
            follow_up=FollowUp.OPEN if kind in OPENS_A_FOLLOW_UP else None,
        )
        _ADD_WORDS.add(rowid=entry, text=text)
        return entry


def write_half_typed(incident: str, since: datetime, *, by: str = "") -> bool:
    """Write down an incident that a shift before left half typed, as of then: it is for those who were there.

    Args:
        incident: what they had typed.
        since: when they began; as the clock said then, which may have been wrong.
        by: under what name.

    Returns:
        Whether it was of a shift before; otherwise nothing was written.
    """
    with writing():
        room, at = rooms.current(), clock.reliable_now()[0]
        since = min(max(since, at - JUST_WRITTEN), at)
        if shifts.at(room, since) == shifts.at(room, at):
            return False
        for part in wrap(incident, LONGEST):
            write(part, kind=NoteKind.INCIDENT, by=by, happened_at=since)
        return True


def write_by_itself(text: str) -> None:
    """Let the program leave a line of numbers; no person is in it, so it stays. The caller is writing."""
    LogEntry.update(by_itself=True).where(LogEntry.id == write(text)).execute()


def amend(entry: int, text: str, *, by: str = "", at_the_desk: bool = False) -> None:
    """Say it better; what it said before stays one step away.

    Raises:
        NotPossible: there is no such entry, it is not for them, its text is erased, or this says nothing new.
    """
    text = _sound(text)
    with writing():
        said, _ = _known(entry)
        _assert_theirs(entry, by, at_the_desk)
        if said is None:
            raise NotPossible(N_("The text of that entry is erased; write a new one."))
        if text == said:
            raise NotPossible(N_("That is what it says already."))
        _change(entry, AMENDED, by, text)
        LogWords.delete().where(LogWords.rowid == entry).execute()
        _ADD_WORDS.add(rowid=entry, text=text)


def deal_with(
    entry: int, how: str, *, by: str = "", at_the_desk: bool = False, closing: ShiftKey | None = None
) -> None:
    """An open point is dealt with; until then it goes from shift to shift.

    Args:
        entry: its number.
        how: in a line.
        by: who says so.
        at_the_desk: they are on the shift that goes on now.
        closing: the shift that they are closing there.

    Raises:
        NotPossible: there is no such open point, it is not for them, or this does not say how.
    """
    how = clean(how, most=LONGEST_HOW)
    if not how:
        raise NotPossible(N_("Say in a few words how it was dealt with."))
    with writing():
        follow_up = _known(entry)[1]
        _assert_theirs(entry, by, at_the_desk, closing)
        if follow_up is None:
            raise NotPossible(N_("Entry {n} is no open point: there is nothing to deal with."), n=entry)
        if follow_up is FollowUp.DONE:
            raise NotPossible(N_("Entry {n} was dealt with already."), n=entry)
        LogEntry.update(follow_up=FollowUp.DONE).where(LogEntry.id == entry).execute()
        _change(entry, DEALT_WITH, by, how)


def open_again(entry: int, *, by: str = "", at_the_desk: bool = False) -> None:
    """It turns out that an open point was not dealt with.

    Raises:
        NotPossible: there is no such entry, it is not for them, or it is open.
    """
    with writing():
        text, follow_up = _known(entry)
        _assert_theirs(entry, by, at_the_desk)
        if follow_up is not FollowUp.DONE or text is None:
            raise NotPossible(N_("Entry {n} was not dealt with, so it stays as it is."), n=entry)
        LogEntry.update(follow_up=FollowUp.OPEN).where(LogEntry.id == entry).execute()
        _change(entry, OPENED_AGAIN, by, None)


def mark_read(entries: Iterable[int], *, by: str) -> int:
    """Somebody has read these entries, for themselves; how many of them were new to them.

    Every shift reads under the desk's own account: what a shift before read is new to this one.

    Raises:
        NotPossible: nobody says who, or there is no such entry.
    """
    reader = _known_as(by)
    if not reader:
        raise NotPossible(N_("Say who has read it."))
    with writing():
        at, new = clock.moment_kept(), 0
        # a person reads once; under a shared account each shift reads for itself
        again = (
            datetime.min.replace(tzinfo=UTC)
            if log_readers.of_the_house(reader)
            else began_reading(rooms.current(), at)
        )
        for entry in entries:
            _known(entry)
            new += _READ.change(entry=entry, reader=reader, at=at, again=again)
        return new


def began_reading(room: rooms.Room, at: datetime) -> datetime:
    """Since when the shift of this moment may have read something: a little before it begins."""
    day = shifts.at(room, at).day
    begins = shifts.Stretches(room, day).nearest(at)[0] or rooms.end_of_day(room, day - timedelta(days=1))
    return begins - rooms.LATE


def expire(entry: int, said: str, *, by: str = "") -> None:
    """Show a notice until another day, as somebody typed it; with nothing it is taken away.

    Until when it was shown before stays one step away.

    Raises:
        NotPossible: there is no such notice, its text is erased, no such day can be meant, or this says
            nothing new.
    """
    with writing():
        text, _ = _known(entry)
        [(kind, before)] = rows(
            LogEntry.select(LogEntry.kind, LogEntry.expires_on).where(LogEntry.id == entry)
        )
        if kind != NoteKind.NOTICE:
            raise NotPossible(N_("Entry {n} is no notice."), n=entry)
        if text is None:
            raise NotPossible(N_("The text of that entry is erased; write a new one."))
        today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
        shown = clean(said, most=LONGEST)
        on = _to_come(written_days.day(said, today), today) if shown else today - timedelta(days=1)
        if on == before or max(on, before) < today:
            raise NotPossible(N_("That is what it says already."))
        LogEntry.update(expires_on=on).where(LogEntry.id == entry).execute()
        _change(entry, SHOWN_UNTIL, by, before.isoformat())


def happened(entry: int, said: str, *, by: str = "", at_the_desk: bool = False) -> None:
    """What was just written happened at another moment, as somebody typed it.

    When it was written stays, and when it was said to have happened before stays one step away.

    Raises:
        NotPossible: there is no such entry, it is not for them or not new, no such moment can be meant, or
            this says nothing new.
    """
    with writing():
        _known(entry)
        _assert_theirs(entry, by, at_the_desk)
        room, at = rooms.current(), clock.reliable_now()[0]
        moment = rooms.moment(room, *written_days.past_moment(said, rooms.day_of(room, at)))
        _assert_happened(moment, at)
        [(written_at, before)] = rows(
            LogEntry.select(LogEntry.written_at, LogEntry.happened_at).where(LogEntry.id == entry)
        )
        if not is_just_written(written_at, at):
            raise NotPossible(N_("That was written longer ago than a day; its moment stays."))
        # as it stands on the screen, where an hour that comes twice in October is said the same both times
        shown = room.local(before).replace(second=0, microsecond=0, tzinfo=None)
        if room.local(moment).replace(tzinfo=None) == shown:
            raise NotPossible(N_("That is what it says already."))
        day = rooms.day_of(room, moment)
        shift_ends = shifts.Stretches(room, day).nearest(moment)[1]
        LogEntry.update(day=day, shift_ends=shift_ends, happened_at=moment).where(
            LogEntry.id == entry
        ).execute()
        _change(entry, MOVED, by, to_text(before))


def is_just_written(written_at: datetime, at: datetime) -> bool:
    """Whether it can be said at this moment that something happened at another one."""
    return written_at > at - JUST_WRITTEN


def _known_as(by: str) -> str:
    """Who it was, as the house writes the name; an account's name where it is nobody's."""
    name = history.name(by)
    known = log_readers.of_the_house(name)
    return known.name if known else name


def _sound(text: str) -> str:
    text = clean(text, most=LONGEST)
    if not text:
        raise NotPossible(N_("An entry needs words: what happened?"))
    return text


def _assert_happened(happened_at: datetime, now: datetime) -> None:
    if happened_at > now:
        raise NotPossible(N_("That is still to come; write down what has happened."))
    if happened_at < now - LONG_AGO:
        raise NotPossible(N_("That is more than a year ago. Look at the day again."))


def _sound_expiry(kind: NoteKind, expires_on: date | None, today: date) -> date | None:
    if kind is not NoteKind.NOTICE:
        if expires_on is not None:
            raise NotPossible(N_("Only a notice expires."))
        return None
    if expires_on is None:
        return today + timedelta(days=NOTICE_DAYS)
    return _to_come(expires_on, today)


def _to_come(expires_on: date, today: date) -> date:
    if expires_on < today:
        raise NotPossible(N_("That day is past; a notice is shown until a day to come."))
    if expires_on > today + timedelta(days=LONGEST_NOTICE):
        raise NotPossible(N_("A notice is shown for {n} days at most."), n=LONGEST_NOTICE)
    return expires_on


def _known(entry: int) -> tuple[str | None, FollowUp | None]:
    """What an entry says now, and where its follow-up stands.

    Raises:
        NotPossible: there is no such entry.
    """
    with reading():
        found = _ONE.row(id=entry) if abs(entry) < 2**63 else None
        if found is None:
            raise NotPossible(N_("There is no entry {n}. hostdesk log shows them."), n=entry)
        text, follow_up = found
        newest = rows(
            LogChange.select(LogChange.text)
            .where((LogChange.entry == entry) & (LogChange.what == AMENDED))
            .order_by(LogChange.id.desc())
            .limit(1)
        )
    said = newest[0][0] if newest and text is not None else text
    return said, FollowUp(follow_up) if follow_up else None


def _assert_theirs(entry: int, by: str, at_the_desk: bool, closing: ShiftKey | None = None) -> None:
    log_readers.assert_may_read(entry, log_readers.reader(by, at_the_desk=at_the_desk, closing=closing))


def _change(entry: int, what: str, by: str, text: str | None) -> None:
    LogChange.insert(entry=entry, what=what, text=text, by=_known_as(by), at=clock.moment_kept()).execute()


_ADD = Prepared(
    LogEntry.insert(
        {
            name: given(name)
            for name in (
                "day", "shift_ends", "kind", "text", "by", "written_at", "happened_at", "expires_on",
                "by_itself", "follow_up",
            )
        }
    )
)  # fmt: skip
_ADD_WORDS = Prepared(LogWords.insert({"rowid": given("rowid"), "text": given("text")}))
_READ = Prepared(
    LogRead.insert({name: given(name) for name in ("entry", "reader", "at")}).on_conflict(
        conflict_target=(LogRead.entry, LogRead.reader),
        preserve=(LogRead.at,),
        where=LogRead.at < given("again"),
    )
)
_ONE = Prepared(LogEntry.select(LogEntry.text, LogEntry.follow_up).where(LogEntry.id == given("id")))
