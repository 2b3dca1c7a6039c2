"""The shift log in the shell: writing in it, reading it back, dealing with what is open."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from db.errors import NotPossible
from db.states import FollowUp, Missing, NoteKind
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.place import at_the_desk, who
from hostdesk.words import N_, dates, gettext, ngettext, shift
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:  # the log is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace
    from datetime import datetime

    from db.log_readers import Reader
    from db.logbook import Entry, Filter
    from db.room import Room

_MOST = 50
"""Entries that are shown to people who do not say since when."""


def _note_arguments(parser: "ArgumentParser") -> None:
    parser.description = f"{parser.description}\n{gettext(shift.NO_NAMES)}"
    parser.add_argument(
        "text", metavar=gettext(N_("TEXT")), nargs="+", help=gettext(N_("what happened, in a few words"))
    )
    parser.add_argument(
        "--kind",
        metavar=gettext(N_("KIND")),
        default="particulars",
        help=gettext(N_("particulars, incident, broken, shortage, handover, notice or happy")),
    )
    parser.add_argument(
        "--happened",
        metavar=gettext(N_("WHEN")),
        help=gettext(N_("when it happened, like 14:00 or “gisteren 14:00”; now without it")),
    )
    parser.add_argument(
        "--until", metavar=gettext(N_("DAY")), help=gettext(N_("the last day a notice is shown (14 days)"))
    )


def _note(args: "Namespace") -> None:
    from db import log

    text = " ".join(args.text)
    kind = typed.note_kind(args.kind)
    number = log.write(
        text,
        kind=kind,
        by=who(),
        happened_at=None if args.happened is None else typed.past_moment(args.happened),
        expires_on=None if args.until is None else typed.coming_day(args.until),
    )
    tell(gettext(N_("Entry {n} is in the log: {kind}.")).format(n=number, kind=shift.note_kind(kind)))
    if kind in log.OPENS_A_FOLLOW_UP:
        tell(gettext(N_("It stays open until somebody says how it was dealt with.")))
    _warn(text)


def _log_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "text",
        metavar=gettext(N_("TEXT")),
        nargs="*",
        help=gettext(N_("with --deal-with: how; with --amend: what it says now")),
    )
    doing = parser.add_mutually_exclusive_group()
    for option, text in (
        ("--deal-with", N_("say how this open point was dealt with")),
        ("--open-again", N_("this open point was not dealt with after all")),
        ("--amend", N_("say this entry better; the former text stays known")),
        ("--former", N_("show this entry with all that it said before")),
    ):
        doing.add_argument(option, metavar=gettext(N_("NUMBER")), type=typed.whole_number, help=gettext(text))
    doing.add_argument(
        "--read",
        metavar=gettext(N_("NUMBER")),
        type=typed.whole_number,
        nargs="+",
        help=gettext(N_("you have read these entries")),
    )
    doing.add_argument(
        "--unread", action="store_true", help=gettext(N_("what you must know and have not read"))
    )
    parser.add_argument("--since", metavar=gettext(N_("DAY")), help=gettext(N_("from this day on")))
    parser.add_argument("--until", metavar=gettext(N_("DAY")), help=gettext(N_("up to this day")))
    parser.add_argument(
        "--search", metavar=gettext(N_("WORDS")), help=gettext(N_("with all these words, in any form"))
    )
    parser.add_argument("--kind", metavar=gettext(N_("KIND")), help=gettext(N_("of this kind")))
    parser.add_argument("--by", metavar=gettext(N_("NAME")), help=gettext(N_("that this person wrote")))
    stands = parser.add_mutually_exclusive_group()
    stands.add_argument("--open", action="store_true", help=gettext(N_("open points only")))
    stands.add_argument("--done", action="store_true", help=gettext(N_("what was dealt with only")))
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _log(args: "Namespace") -> None:
    text = " ".join(args.text)
    if args.deal_with is not None:
        _deal_with(args.deal_with, text)
    elif args.amend is not None:
        _amend(args.amend, text)
    elif text:
        raise NotPossible(
            N_("Write in the log with: hostdesk note TEXT. Look for words with: hostdesk log --search")
        )
    elif args.open_again is not None:
        _open_again(args.open_again)
    elif args.read is not None:
        _read(args.read)
    elif args.former is not None:
        _former(args.former)
    else:
        _show(args)


def _deal_with(number: int, how: str) -> None:
    from db import log

    log.deal_with(number, how, by=who(), at_the_desk=_on_the_shift())
    tell(gettext(N_("Entry {n} is dealt with.")).format(n=number))
    _warn(how)


def _amend(number: int, text: str) -> None:
    from db import log

    log.amend(number, text, by=who(), at_the_desk=_on_the_shift())
    tell(gettext(N_("Entry {n} says something else now; the former text stays known.")).format(n=number))
    _warn(text)


def _open_again(number: int) -> None:
    from db import log

    log.open_again(number, by=who(), at_the_desk=_on_the_shift())
    tell(gettext(N_("Entry {n} is an open point again.")).format(n=number))


def _read(numbers: list[int]) -> None:
    from db import log

    n = log.mark_read(numbers, by=who())
    tell(ngettext("{n} entry marked as read.", "{n} entries marked as read.", n).format(n=n))


def _former(number: int) -> None:
    from db import logbook, room

    tell(*_with_all_it_said(room.current(), logbook.one(number, _reader())))


def _reader() -> "Reader":
    """Who reads: at the machine itself a name that is nobody's is the desk, with its own incidents."""
    from db import logbook

    found = logbook.reader(who(), at_the_desk=at_the_desk())
    return found if found.shared else replace(found, shift=None)


def _on_the_shift() -> bool:
    """Whether who reads here is on the shift that goes on now, and may say more of its incidents."""
    return _reader().shift is not None


def _show(args: "Namespace") -> None:
    from db import logbook, room

    here, reader = room.current(), _reader()
    if args.unread:
        found = logbook.to_read(reader)
    else:
        found = logbook.entries(reader, _filter(args), most=_most(args))
    if args.json:
        tell(json.dumps([facts(here, entry) for entry in found]))
        return
    lines = list(in_words(here, found))
    tell(*(lines or [_nothing(args)]))
    if len(found) == _MOST == _most(args):
        tell(gettext(N_("These are the newest {n}; --since shows more.")).format(n=_MOST))
    if at_the_desk() and any(entry.missing is Missing.FOR_OTHERS for entry in found):
        remark(gettext(shift.INCIDENTS))


def _most(args: "Namespace") -> int:
    """People want the newest ones, unless they say since when; programs want all."""
    return typed.EVERY if args.json or args.since or args.search else _MOST


def _nothing(args: "Namespace") -> str:
    if args.unread:
        return gettext(N_("You have read everything that you must know."))
    return gettext(N_("The log has nothing of that."))


def _filter(args: "Namespace") -> "Filter":
    from db import logbook

    by = None if args.by is None else args.by.casefold()
    since = None if args.since is None else typed.past_day(args.since)
    ends = typed.past_day if since is None else partial(typed.last_day, first_day=since)
    until = None if args.until is None else ends(args.until)
    if since and until and until < since:
        raise NotPossible(N_("It ends before it starts."))
    return logbook.Filter(
        kind=None if args.kind is None else typed.note_kind(args.kind),
        follow_up=FollowUp.OPEN if args.open else FollowUp.DONE if args.done else None,
        from_day=since,
        to_day=until,
        by=by and next((name for name in logbook.writers() if name.casefold() == by), args.by),
        words=args.search or "",
    )


def in_words(room: "Room", entries: "tuple[Entry, ...]") -> Iterator[str]:
    """Entries in lines of plain text, by day and shift."""
    for key, of_shift in groupby(entries, lambda entry: entry.shift):
        until = gettext(N_("shift until {time}")).format(time=dates.clock(room.local(key.ends)))
        yield f"{dates.day(key.day)} · {until}"
        for entry in of_shift:
            yield f"  {line(room, entry)}"
            if how := entry.dealt_with:
                said = " · ".join(part for part in (how.text, how.by) if part)
                yield f"    {gettext(N_('dealt with'))}: {said}"


def line(room: "Room", entry: "Entry") -> str:
    """An entry on one line: number, time, kind, whether it is open, text, who."""
    parts = [str(entry.id), dates.clock(room.local(entry.happened_at)), shift.note_kind(entry.kind)]
    if entry.follow_up is FollowUp.OPEN:
        parts.append(shift.follow_up(entry.follow_up))
    parts.append(shift.text_of(entry))
    if amended := entry.last_amended:
        by = gettext(N_("amended by {name}")).format(name=amended.by)
        parts.append(by if amended.by else gettext(N_("amended")))
    if entry.kind is NoteKind.NOTICE and entry.expires_on:
        parts.append(gettext(N_("until {day}")).format(day=dates.day(entry.expires_on)))
    if entry.by:
        parts.append(entry.by)
    if entry.read_by:
        parts.append(gettext(N_("read by {names}")).format(names=", ".join(entry.read_by)))
    return " · ".join(parts)


def _with_all_it_said(room: "Room", entry: "Entry") -> Iterator[str]:
    from db import log, logbook

    yield line(room, entry)
    sayings = logbook.sayings(entry)
    now = next(said for said in sayings if said.what == log.AMENDED)
    for said in sayings:
        at = _moment(room, said.at)
        what = {
            log.DEALT_WITH: gettext(N_("dealt with")),
            log.OPENED_AGAIN: gettext(N_("opened again")),
            log.AMENDED: gettext(N_("says now")) if said is now else gettext(N_("said")),
            log.MOVED: gettext(N_("happened before")),
            log.SHOWN_UNTIL: gettext(N_("shown until")),
        }[said.what]
        text = said.text or shift.former(said, partial(_moment, room)) or "…"
        yield "  " + " · ".join(part for part in (at, said.by, f"{what}: {text}") if part)


def _moment(room: "Room", moment: "datetime") -> str:
    local = room.local(moment)
    return f"{dates.day(local.date())} {dates.clock(local)}"


def facts(room: "Room", entry: "Entry") -> dict[str, object]:
    """An entry as the public contract of `log --json` has it (DESIGN.md)."""
    how = entry.dealt_with
    return {
        "id": entry.id,
        "written_at": room.local(entry.written_at).isoformat(timespec="seconds"),
        "happened_at": room.local(entry.happened_at).isoformat(timespec="seconds"),
        "day": entry.day.isoformat(),
        "kind": entry.kind,
        "text": entry.text,
        "by": entry.by,
        "follow_up": entry.follow_up,
        "read_by": entry.read_by,
        "amended": entry.amended,
        "dealt_with": how and {"text": how.text, "by": how.by},
        "expires_on": entry.expires_on and entry.expires_on.isoformat(),
        "missing": entry.missing and entry.missing.value,
        "hits": entry.hits,
    }


def _warn(text: str) -> None:
    if warning := shift.delicate(text):
        remark(warning)


NOTE = Command(
    "note",
    N_("Write down what happened; nothing else is asked."),
    run=_note,
    arguments=_note_arguments,
    example=N_('hostdesk note "the coffee machine leaks" --kind broken'),
)
LOG = Command(
    "log",
    N_("Read the shift log, look for words in it, and deal with what is open."),
    run=_log,
    arguments=_log_arguments,
    example=N_("hostdesk log --search key --since 2026-11-01"),
)
