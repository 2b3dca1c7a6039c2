"""What the desk says of a day: lines made from what the room knows."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from db.clock import Doubt
from db.days import Today
from db.errors import HostdeskError
from db.text import visible
from hostdesk import whose_keys
from hostdesk.entry import Entry
from hostdesk.presses import Waiting
from hostdesk.way_around import other_screens
from hostdesk.widgets.hour_chart import Hour
from hostdesk.widgets.lines import Line, Span, cells_of, line, spread, width_of, wrap
from hostdesk.words import N_, advice, company, dates, day, gettext, ngettext, say, shift

if TYPE_CHECKING:
    from db.handover import Handover
    from db.put_right import PutRight, Stayed

_SHORTEST_NAME = 14
"""Cells of the room's name that are worth more than the week or the date."""

_MOST_STAYED = 5
"""So much that stays where it was is named; the log and the roster show all of it."""

_LABELS = 16
"""Cells for what a fact is called."""


def room(today: Today, width: int, others: int = 0) -> Line:
    """The room's name, the day, the clock, whether it is open, and how many others look along."""
    name = line(Span(visible(today.room.name), "strong"))
    along = company.mark(others)
    after = (_time(today), day.opening(today), *((along,) if along else ()))
    for before in ((dates.day_and_week(today.day),), (dates.day(today.day),), ()):
        right = line(" · ".join((*before, *after)))
        if min(width_of(name), _SHORTEST_NAME) + 2 + width_of(right) <= width:
            break
    return spread(name, right, width)


def caption(today: Today) -> Line:
    """What the number is, beside what this weekday usually brings."""
    visits = ngettext("visit today", "visits today", today.visits)
    if today.average is None:
        return line(Span(visits, "strong"))
    usual = gettext(N_("avg {n} ({days}× {weekday})")).format(
        n=round(today.average.visits), days=today.average.days, weekday=weekday(today)
    )
    return line(Span(visits, "strong"), Span(f" · {usual}", "quiet"))


def asked(questions: int) -> Line:
    """What stands in the place of the counts for who came to answer questions."""
    if not questions:
        return line(gettext(N_("No question waits for an answer.")))
    return line(Span(advice.waiting(questions), "strong"))


def last(today: Today, width: int) -> Line:
    """The last action and when it was, so that nobody doubts whether they counted; in short if need be."""
    if not today.counts:
        return line(Span(gettext(N_("F1: what you can do.")), "quiet"))
    if today.last is None:
        nothing = gettext(N_("Nothing counted yet. + counts a visitor."))
        if not whose_keys.may("desk", "arrive"):
            nothing = gettext(N_("Nothing counted yet. F1: what you can do."))
        return line(
            Span(nothing if cells_of(nothing) <= width else gettext(N_("Nothing counted yet.")), "quiet")
        )
    says = day.last(today, today.last)
    if cells_of(says) > width:
        says = day.last_in_short(today, today.last, width)
    return line(Span(says, "strong"))


def recent(today: Today) -> list[Line]:
    """The actions before the last; what was taken back is struck, and says so.

    After an undo, what the next one takes back stands above them: it may be further back than they go.
    """
    following = _next_undo(today)
    lines = [following] if following else []
    for row in today.recent[1:]:
        if following and row == today.undoes:
            continue
        time = dates.clock(today.room.local(row.at))
        if row.voided:
            taken_back = gettext(N_("does not count"))
            lines.append(line(Span(f"{time}  {day.action(row)}", "struck"), Span(f"  {taken_back}", "quiet")))
        else:
            lines.append(line(Span(f"{time}  {day.action(row)}", "quiet")))
    return lines


def _next_undo(today: Today) -> Line | None:
    """What another undo takes back, where the last line doesn't say it; None when that does, or none can."""
    row = today.undoes
    if row is None or row == today.last:
        return None
    at = today.room.local(row.at)
    days = (today.day - row.day).days
    day_of_row = "" if not days else f"{dates.weekday_short(row.day) if days < 7 else dates.day(row.day)} "
    what = f"{day_of_row}{dates.clock(at)} {day.action(row)}"
    return line(Span(gettext(N_("u undoes: {action}")).format(action=what), "strong"))


def facts(today: Today, width: int, questions: int = 0, handover: "Handover | None" = None) -> list[Line]:
    """Who is here now, volunteers, first visits; and when there are any: questions that wait for advice,
    points that are open, and who is on duty."""
    present = today.present
    name = gettext(N_("Present now"))
    if present is None:
        unknown = gettext(N_("not measured"))
        here = line(Span(f"{name:<{min(_LABELS, width - cells_of(unknown))}}"), Span(unknown, "quiet"))
        how = line("")
    else:
        measured = day.present(today)
        if cells_of(measured) > width:
            measured = day.present_in_short(today)
        here, how = _fact(name, present.n), line(Span(measured, "quiet"))
    return [
        here,
        how,
        _fact(gettext(N_("Volunteers")), today.volunteers),
        _fact(gettext(N_("First visits")), today.first_visits),
        *([_fact(gettext(N_("Advice asked")), questions)] if questions else []),
        *(_of_the_shift(handover, today.now) if handover else ()),
    ]


def begin(handover: "Handover", at: datetime, width: int, *, by_enter: bool) -> Line:
    """! For this shift: 3 to read · here: Anja?                                         Enter = begin"""
    said = []
    if n := len(handover.unread):
        said.append(ngettext("{n} entry to read", "{n} entries to read", n).format(n=n))
    if n := len(handover.before.forgotten if handover.before else ()):
        said.append(ngettext("{n} shift was not closed", "{n} shifts were not closed", n).format(n=n))
    short = " · ".join(said)  # who is here is asked where they stand, on the right, too
    if expected := handover.expected(at):
        said.append(gettext(N_("here: {names}?")).format(names=shift.names(expected)))
    what = " · ".join(said)
    whole = gettext(N_("For this shift: {what}")).format(what=what)
    key = gettext(N_("{key} = begin")).format(key="Enter" if by_enter else "b")
    fits = (text for text in (whole, what, short) if text and cells_of(f"! {text}  {key}") <= width)
    return _asked(next(fits, what), key, "app.start", width)


def close(handover: "Handover", today: Today, width: int, *, by_enter: bool) -> Line:
    """! The shift ends at 16:30.                                                    Enter = close shift"""
    ends_at = handover.shift.ends_at if handover.shift else today.now
    said = gettext(N_("The shift ends at {time}.")).format(time=dates.clock(today.room.local(ends_at)))
    key = gettext(N_("{key} = close shift")).format(key="Enter" if by_enter else "s")
    return _asked(said, key, "app.closing", width)


def _asked(said: str, key: str, does: str, width: int) -> Line:
    """What waits for the shift, and at the right the key that does it; a click there does so too."""
    return spread(line(Span("! ", "key"), Span(said, "strong")), line("  ", Span(key, "strong", does)), width)


def _of_the_shift(handover: "Handover", at: datetime) -> Iterator[Line]:
    """The points that are open, and who is on duty."""
    if handover.open_points:
        yield _fact(gettext(N_("Open points")), handover.open_points)
    later = handover.later(at)
    if here := [duty for duty in handover.team if duty not in later and not duty.left(at)]:
        names = shift.names(here)
        doubt = "?" if handover.expected(at) else ""
        name = gettext(N_("On duty"))
        yield line(Span(f"{name:<{_LABELS}}"), Span(f"{names}{doubt}", "strong"))


def hours(today: Today) -> tuple[Hour, ...]:
    """The hours of the day: those that are planned, usual, or had visits, in the order of the day."""
    usual = today.average.by_hour if today.average else {}
    now = today.room.local(today.now).hour
    wanted = {*today.by_hour, *(hour for hour, n in usual.items() if n >= 0.5), *_planned(today)}
    if not wanted:
        wanted = {now}
    first = _first_hour(today, wanted)
    last = first + max((hour - first) % 24 for hour in wanted)
    order = [hour % 24 for hour in range(first, last + 1) if _exists(today, hour)]
    begun = _begun(today, order)
    # From a list: a tuple made from a generator is cut to length, and CPython keeps 2,000 such.
    return tuple(
        [
            Hour(
                hour,
                today.by_hour.get(hour, 0 if place < begun and today.measured(hour) else None),
                today.average.usual(hour) if today.average else None,
                hour == now,
            )
            for place, hour in enumerate(order)
        ]
    )


def _exists(today: Today, hour: int) -> bool:
    """Whether the clock shows this hour of the day, and of the night after it: in spring it skips one."""
    wall = datetime.combine(today.day, time()) + timedelta(hours=hour)
    moment = wall.replace(tzinfo=today.room.zone).astimezone(UTC)
    return today.room.local(moment).hour == wall.hour


def _begun(today: Today, order: list[int]) -> int:
    """How many of these hours have begun; the others have no number yet."""
    local = today.room.local(today.now)
    if local.hour in order:
        return order.index(local.hour) + 1
    return 0 if local.date() == today.day and local.hour < order[0] else len(order)


def weekday(today: Today) -> str:
    """The day's weekday, short."""
    return dates.weekday_short(today.day)


def status(
    today: Today | None,
    entry: Entry,
    waiting: Waiting,
    unread: HostdeskError | None,
    message: str,
    width: int,
) -> list[Line]:
    """What needs saying most, on as many lines as it takes; what is not saved comes before all.

    Where nothing does, it says where the other screens are.

    Args:
        today: the day on the screen.
        entry: what is being typed.
        waiting: what is not on the disk yet.
        unread: why the room cannot be read; what stands on the screen is what it was.
        message: what just happened.
        width: cells of a line.
    """
    text, look = _most_needed(today, entry, waiting, unread, message)
    return [line(Span(row, look)) for row in wrap(text, width)] or [other_screens("desk")]


def alarm(sentence: str, width: int) -> list[Line]:
    """A sentence that no key wipes out, on as many lines as it takes."""
    return [line(Span(row, "alarm")) for row in wrap(sentence, width)]


def _most_needed(
    today: Today | None, entry: Entry, waiting: Waiting, unread: HostdeskError | None, message: str
) -> tuple[str, str]:
    """The text of the status line, and its look."""
    if waiting.trouble:
        return not_saved(waiting.n, waiting.trouble), "alarm"
    if unread:
        text = gettext(N_("NOT READ: what you see may be old. {reason}"))
        return text.format(reason=say(unread)), "alarm"
    saving = gettext(N_("saving… ({n})")).format(n=waiting.n) if waiting.slow and waiting.n else ""
    if entry:
        asks = today is not None and today.sample_week
        return f"{_typing(entry, asks=asks)}  {saving}".rstrip(), "strong"
    if saving:
        return saving, "strong"
    if message:
        return message, "strong"
    if today and today.doubt:
        asked = "" if today.doubt is Doubt.BEFORE_RELEASE else gettext(N_("k = yes"))
        return f"{day.doubt(today)} {asked}".rstrip(), "alarm"
    return "", "plain"


def not_saved(n: int, trouble: HostdeskError) -> str:
    """That presses wait, and why."""
    text = ngettext(
        "NOT SAVED: {n} press waits, and is saved by itself. Don't press again.",
        "NOT SAVED: {n} presses wait, and are saved by themselves. Don't press again.",
        n,
    )
    # Its first sentence says what is wrong; to try again, as the rest may say, is the desk's work.
    reason = say(trouble).partition(". ")[0].rstrip(".")
    return f"{text.format(n=n)} {reason}."


def first_visit(n: int) -> str:
    """What a press of the first-visit key came to."""
    if not n:
        return gettext(N_("First visit taken back."))
    return ngettext("First visit noted: {n} person.", "First visits noted: {n} people.", n).format(n=n)


def came_for(reason: str | None) -> str:
    """What a press of the reason key came to."""
    if reason is None:
        return gettext(N_("Reason taken back. r = the first one again"))
    return gettext(N_("Came for: {reason}. r = the next one")).format(reason=visible(reason))


def ask_first_this_week(n: int) -> str:
    """What a sample week asks once somebody came in; nobody has to answer."""
    if n == 1:
        return gettext(N_("Sample week: first time this week? t = yes, t again = no"))
    return gettext(N_("Sample week: how many of {n} first time this week? 3 t = three")).format(n=n)


def first_this_week(n: int) -> str:
    """What a press of that key came to."""
    if not n:
        return gettext(N_("Noted: nobody for the first time this week. t = one after all"))
    return ngettext(
        "Noted: {n} person for the first time this week.",
        "Noted: {n} people for the first time this week.",
        n,
    ).format(n=n)


def clock_put_right(done: "PutRight") -> str:
    """What believing the clock came to, and what stays on a day that is likely not its own."""
    n = done.counts
    counts = ngettext(
        "The clock is right. {n} count was filed at its right time.",
        "The clock is right. {n} counts were filed at their right time.",
        n,
    )
    said = [counts.format(n=n) if n or not done.beside else gettext(N_("The clock is right."))]
    if done.beside:
        said.append(gettext(N_("What was written meanwhile went along.")))
    if done.stayed:
        said.append(gettext(N_("Not moved: {what}; look in F4 and F5.")).format(what=_stayed(done.stayed)))
    return " ".join(said)


def _stayed(stayed: "Sequence[Stayed]") -> str:
    """Karim (24 nov), een aantekening (23 nov)."""
    said = [
        f"{visible(shift.somebody(one.duty.name)) if one.duty else gettext(N_('a note'))}"
        f" ({dates.day_in_short(one.day)})"
        for one in stayed
    ]
    return ", ".join(dict.fromkeys(said[:_MOST_STAYED])) + (" …" if said[_MOST_STAYED:] else "")


def _typing(entry: Entry, *, asks: bool) -> str:
    """What is being typed, and what the keys make of it."""
    if entry.asked:
        return gettext(N_("{n} people at once? The same key again = yes, Esc or / = no")).format(n=entry.n)
    if entry.headcount:
        text = gettext(N_("How many people are here now? {digits}  Enter = done, / or Esc = back"))
    elif entry.group and not entry.digits:
        text = gettext(N_("How large is the group? {digits}  + = came in, Esc = back"))
    elif entry.lone_zero:
        text = gettext(N_("{digits}  + = volunteer, Enter = begin the shift, - = close it, * = nobody here"))
    elif asks:
        text = gettext(N_("{digits}  + = came in, t = new this week, - = left, h = are here now, Esc = back"))
    else:
        text = gettext(N_("{digits}  + = came in, - = left, h = are here now, Esc = back"))
    return text.format(digits=f"{entry.digits}_")


def _time(today: Today) -> str:
    return dates.clock(today.room.local(today.now))


def _fact(name: str, n: int) -> Line:
    return line(Span(f"{name:<{_LABELS}}"), Span(str(n), "strong"))


def _planned(today: Today) -> set[int]:
    """The local hours in which the room is planned to be open today."""
    wanted: set[int] = set()
    for period in today.periods:
        moment = period.opens_at
        while moment < period.closes_at:
            wanted.add(today.room.local(moment).hour)
            moment += timedelta(hours=1)
    return wanted


def _first_hour(today: Today, wanted: set[int]) -> int:
    """Where the day begins: at opening time, so that a night's hours come after the evening's."""
    if today.periods:
        opens = today.room.local(today.periods[0].opens_at).hour
        closes = today.room.local(today.periods[-1].closes_at)
        if closes.date() == today.day or not opens:
            return min(wanted)
        return min((hour for hour in wanted if hour >= closes.hour + 1), default=opens)
    return min(wanted)
