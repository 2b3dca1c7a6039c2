"""What the log says: its entries by day and shift, the chosen one whole, and what is looked for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from db import log
from db.advice import Advice
from db.logbook import Change, Entry, Filter
from db.room import Room
from db.states import FollowUp, Missing, NoteKind
from db.text import visible
from hostdesk.widgets.lines import Line, Span, fit, line, spread, wrap
from hostdesk.words import N_, dates, gettext, ngettext, shift

_WHAT = {
    log.AMENDED: N_("said better"),
    log.DEALT_WITH: N_("dealt with"),
    log.OPENED_AGAIN: N_("open again"),
    log.MOVED: N_("other moment"),
    log.SHOWN_UNTIL: N_("other last day"),
}
_INDENT = 6

_OF_AN_ENTRY = ("deal_with", "open_again", "until", "amend", "moment")
"""What the keys of the log do with the entry that the arrow is at."""


def title(room: Room, n: int, width: int) -> Line:
    """The line on top: what this is, and how many points are open."""
    left = line(Span(gettext(N_("Shift log")), "strong"), Span(f"  {visible(room.name)}"))
    points = ngettext("{n} open point", "{n} open points", n).format(n=n) if n else ""
    return spread(left, line(Span(points, "key")), width)


def page(
    room: Room,
    entries: Sequence[Entry],
    unread: Collection[int],
    at: int,
    width: int,
    asked: Mapping[int, Sequence[Advice]],
) -> list[tuple[int | None, Line]]:
    """Each line, with the entry that it is of."""
    lines: list[tuple[int | None, Line]] = []
    before = None
    for number, entry in enumerate(entries):
        if entry.shift != before:
            before = entry.shift
            until = gettext(N_("shift until {time}")).format(time=dates.clock(room.local(entry.shift_ends)))
            heading = f"{dates.day(entry.day)} · {until}"
            lines += [(None, line(""))] if lines else []
            lines.append((None, line(Span(heading, "strong"))))
        chosen = number == at
        new = entry.id in unread
        advice = asked.get(entry.id, ())
        lines += [(number, text) for text in _entry(room, entry, width, advice, chosen=chosen, new=new)]
    return lines


def nothing(width: int, *, filtered: bool) -> list[Line]:
    """There is nothing to show, on lines of so many cells."""
    if filtered:
        return [line(""), line(gettext(N_("Nothing was found. Esc shows everything again.")))]
    said = gettext(N_("Press l and type what the next ones should know; Enter saves it."))
    return [
        line(""),
        line(Span(gettext(N_("Nothing was written in the log yet.")), "strong")),
        *(line(text) for text in wrap(said, width)),
    ]


def looking(which: Filter, n: int, *, more: bool, typing: bool) -> str:
    """What is looked for, and how many were found."""
    parts = []
    if typing or which.words:
        parts.append(f"{gettext(N_('Look for'))}: {visible(which.words)}{'█' if typing else ''}")
    if which.kind is not None:
        parts.append(shift.note_kind(which.kind))
    if which.follow_up is not None:
        parts.append(shift.follow_up(which.follow_up))
    if which.by is not None:
        parts.append(gettext(N_("by {name}")).format(name=visible(shift.somebody(which.by))))
    if which.from_day is not None:
        parts.append(gettext(N_("since {day}")).format(day=dates.day(which.from_day)))
    if not parts:
        return ""
    found = ngettext("{n} entry", "{n} entries", n).format(n=f"{n}+" if more else n)
    keys = gettext(N_("Enter: done, Esc: all")) if typing else gettext(N_("Esc: all"))
    return " · ".join((*parts, found, keys))


def not_now(entry: Entry | None, at: datetime) -> dict[str, str]:
    """What a host cannot do at this moment with this entry, and why not."""
    if entry is None:
        return dict.fromkeys(_OF_AN_ENTRY, "")
    if entry.text is None:
        said = shift.whose(entry) if entry.missing is Missing.FOR_OTHERS else shift.text_of(entry)
        return dict.fromkeys(_OF_AN_ENTRY, said)
    no = {}
    if entry.follow_up is FollowUp.DONE:
        no["deal_with"] = gettext(N_("That is dealt with; r opens it again."))
    elif entry.follow_up is None:
        no["deal_with"] = gettext(N_("That is no open point."))
    if entry.follow_up is not FollowUp.DONE:
        no["open_again"] = gettext(N_("That was not dealt with."))
    if entry.kind is NoteKind.NOTICE:
        no["deal_with"] = gettext(N_("That is a notice; v changes until when it is shown."))
    else:
        no["until"] = gettext(N_("That is no notice."))
    if not log.is_just_written(entry.written_at, at):
        no["moment"] = gettext(N_("That was written longer ago than a day; its moment stays."))
    return no


def unread(n: int) -> str:
    """How much must be read still."""
    said = ngettext("{n} entry to read: 5 when you have", "{n} entries to read: 5 when you have", n)
    return said.format(n=n)


def _entry(
    room: Room, entry: Entry, width: int, advice: Sequence[Advice], *, chosen: bool, new: bool
) -> list[Line]:
    """One line; the one that is looked at is there whole, with what was said about it and who read it."""
    time = dates.clock(room.local(entry.happened_at))
    head = line(
        Span("→ " if chosen else "  ", "key"),
        Span(f"{time} ", "strong" if chosen or new else "plain"),
        Span(f"{shift.sign(entry.kind)} {shift.note_kind(entry.kind)}", "strong" if new else "quiet"),
        *_state(entry, new=new),
        *_asked(advice),
    )
    text = visible(shift.text_of(entry))
    if not chosen:
        return [fit((*head, Span("  "), *_marked(text, entry.hits)), width)]
    lines = [spread(head, line(Span(visible(shift.somebody(entry.by)) if entry.by else "", "quiet")), width)]
    done = 0
    for part in wrap(text, width - _INDENT):
        begins = text.index(part, done)
        done = begins + len(part)
        hits = [
            (max(a, begins) - begins, min(b, done) - begins) for a, b in entry.hits if a < done and b > begins
        ]
        lines.append(line(" " * _INDENT, *_marked(part, hits, "strong")))
    lines += [line(" " * _INDENT, Span(part, "quiet")) for part in _said_later(room, entry, width)]
    for sign, said in _advice(room, advice):
        first, *others = wrap(said, width - _INDENT - 2)
        lines.append(line(" " * _INDENT, Span(f"{sign} ", "key"), Span(first)))
        lines += [line(" " * (_INDENT + 2), Span(part)) for part in others]
    return lines


def _asked(advice: Sequence[Advice]) -> list[Span]:
    """Whether a professional was asked about it, and has answered."""
    if not advice:
        return []
    if any(request.answer is None for request in advice):
        return [Span(f" · ? {gettext(N_('advice asked'))}", "key")]
    return [Span(f" · {gettext(N_('advice given'))}", "quiet")]


def _advice(room: Room, advice: Sequence[Advice]) -> Iterator[tuple[str, str]]:
    """What was asked, and the answer."""
    for request in advice:
        yield "?", _joined(request.question, request.asked_by, _moment(room.local(request.asked_at)))
        if request.answer is not None and request.answered_at is not None:
            at = _moment(room.local(request.answered_at))
            yield "!", _joined(request.answer, request.answered_by, at)


def _joined(*parts: str | None) -> str:
    return " · ".join(visible(part) for part in parts if part)


def _state(entry: Entry, *, new: bool) -> list[Span]:
    """Whether somebody must read it, or do something about it; and whether it said something else before."""
    spans = []
    if new:
        spans.append(Span(f" · {gettext(N_('new'))}", "key"))
    if entry.follow_up is not None:
        look = "key" if entry.follow_up is FollowUp.OPEN else "quiet"
        spans.append(Span(f" · {shift.follow_up(entry.follow_up)}", look))
    if entry.amended:
        spans.append(Span(f" · {gettext(N_('amended'))}", "quiet"))
    if entry.kind is NoteKind.NOTICE and entry.expires_on:
        until = gettext(N_("until {day}")).format(day=dates.day_seen_on(entry.day, entry.expires_on))
        spans.append(Span(f" · {until}", "quiet"))
    return spans


def _marked(text: str, hits: Sequence[tuple[int, int]], look: str = "plain") -> list[Span]:
    """The text with what was looked for marked."""
    spans, done = [], 0
    for begins, ends in hits:
        spans += [Span(text[done:begins], look), Span(text[begins:ends], "alarm")]
        done = ends
    return [*spans, Span(text[done:], look)]


def _said_later(room: Room, entry: Entry, width: int) -> list[str]:
    """What was said about it since, when it was written where that differs, and who has read it."""
    parts = []
    written, happened = room.local(entry.written_at), room.local(entry.happened_at)
    if (entry.written_at - entry.happened_at).total_seconds() >= 60:
        said = gettext(N_("happened {happened}, written down {written}"))
        parts.append(said.format(happened=_moment(happened), written=_moment(written)))
    before = entry.first
    for change in entry.changes:
        parts.append(_change(room, change, before))
        before = change.text if change.what == log.AMENDED else before
    if entry.read_by:
        names = ", ".join(visible(name) for name in entry.read_by)
        parts.append(gettext(N_("read by {names}")).format(names=names))
    return [text for part in parts for text in wrap(part, width - _INDENT)]


def _change(room: Room, change: Change, before: str | None) -> str:
    """What was said about it; of what changed what it said, what that took the place of."""
    said = change.text
    if change.what in log.AMENDS:
        former = shift.former(change, lambda moment: _moment(room.local(moment)))
        was = before if change.what == log.AMENDED else former
        said = gettext(N_("before: {text}")).format(text=was) if was else None
    return f"{gettext(_WHAT[change.what])} {_moment(room.local(change.at))}: {_joined(said, change.by)}"


def _moment(local: datetime) -> str:
    return f"{dates.weekday_short(local.date())} {local:%d-%m} {dates.clock(local)}"
