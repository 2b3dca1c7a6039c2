"""What is said of everything behind a card: from the wish to how many came."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from db import history
from db.advice import Advice
from db.board import ActivityFacts, Thread, WishFacts
from db.history import Event, What
from db.recurrence import is_endless
from db.sessions import Meeting
from db.states import Kind, SessionState, State
from db.text import visible
from hostdesk.screens import board_words
from hostdesk.widgets.lines import Line, Span, line, spread, wrap
from hostdesk.words import N_, dates, gettext, ngettext
from hostdesk.words import board as words_of_board

_WHAT = {
    What.VOICED: N_("wish taken in"),
    What.ME_TOO: N_("me too"),
    What.MOVED: N_("moved"),
    What.PLANNED: N_("planned"),
    What.CHANGED: N_("changed"),
    What.LEAD_CHANGED: N_("who leads changed"),
    What.SESSION_ADDED: N_("session added"),
    What.SESSION_HELD: N_("session held"),
    What.SESSION_CANCELLED: N_("session cancelled"),
    What.SESSION_GOES_ON: N_("session goes on after all"),
    What.SESSION_MOVED: N_("session moved"),
    What.SESSION_LED: N_("somebody else leads a session"),
    What.STOPPED_HERE: N_("does not go on from here"),
    What.SIGNED_UP: N_("signed up"),
    What.WITHDRAWN: N_("sign-up withdrawn"),
    What.ADVICE_ASKED: N_("advice asked"),
    What.ADVICE_GIVEN: N_("advice given"),
    What.ADVICE_READ: N_("advice read"),
    What.CONTACT_ERASED: N_("contact erased"),
}
"""What happened."""

_CHOSEN = Span("  → ", "key")
"""Marks the session that is chosen."""

_DAY = 16
"""Cells for the day of a session."""

_MOMENT = 22
"""Cells for the moment of an event."""


def title(thread: Thread, width: int) -> Line:
    """The line on top: what this card is, and where it stands."""
    facts = card(thread)
    name = facts.text if isinstance(facts, WishFacts) else facts.title
    state = line(board_words.state(facts.state))
    return spread(line(Span(visible(name), "strong")), state, width)


def page(thread: Thread, width: int, chosen: Meeting | None = None) -> list[Line]:
    """The whole thread, wrapped at this width; an arrow marks the session that is chosen."""
    return list(_page(thread, width, chosen))


def row_of_chosen(lines: Sequence[Line]) -> int | None:
    """The line of a page on which the chosen session stands."""
    return next((row for row, spans in enumerate(lines) if _CHOSEN in spans), None)


def sessions(thread: Thread) -> list[Meeting]:
    """The sessions of the activity that this is, by their time; none for a wish."""
    own = thread.activities if thread.kind is Kind.ACTIVITY else ()
    return sorted((one for activity in own for one in activity.sessions), key=lambda one: one.starts_at)


def nearest(thread: Thread) -> Meeting | None:
    """The session that is now or next, else the newest that waits for a number, else the last one."""
    all_of_it = sessions(thread)
    planned = [one for one in all_of_it if one.state is SessionState.PLANNED]
    ahead = (one for one in planned if one.ends_at > thread.now)
    return next(ahead, next(reversed(planned or all_of_it), None))


def following(meeting: Meeting, thread: Thread) -> int:
    """How many sessions that are planned come after this one."""
    planned = (one for one in sessions(thread) if one.state is SessionState.PLANNED)
    return sum(one.starts_at > meeting.starts_at for one in planned)


def was_held(thread: Thread | None) -> bool:
    """Whether the activity was ever held."""
    return thread is not None and any(one.state is SessionState.HELD for one in sessions(thread))


def went_to(thread: Thread) -> int | None:
    """The newest activity that came of the wish that this is, once that was planned."""
    facts = card(thread)
    planned = isinstance(facts, WishFacts) and facts.state in (State.PLANNED, State.RUNNING, State.DONE)
    return max((one.id for one in thread.activities), default=None) if planned else None


def session(meeting: Meeting, thread: Thread) -> str:
    """A session by its day and time."""
    return board_words.when(meeting.starts_at, thread.room, thread.now)


def card(thread: Thread) -> WishFacts | ActivityFacts:
    """The wish or the activity that this is the thread of."""
    found = thread.wishes if thread.kind is Kind.WISH else thread.activities
    return next(one for one in found if one.id == thread.number)


def _page(thread: Thread, width: int, chosen: Meeting | None) -> Iterator[Line]:
    for wish in thread.wishes:
        yield from _heading(gettext(N_("Wish {n}")).format(n=wish.id))
        yield from _wish(wish, thread, width)
    for activity in thread.activities:
        yield from _heading(gettext(N_("Activity {n}")).format(n=activity.id))
        yield from _activity(activity, thread, width, chosen)
    if thread.advice:
        yield from _heading(gettext(N_("Advice")))
        for advice in thread.advice:
            yield from _advice(advice, thread, width)
    yield from _heading(gettext(N_("What happened")))
    for before, event in zip((None, *thread.events), thread.events, strict=False):
        if not _same_move(before, event):
            yield from _event(event, thread, width)


def _heading(text: str) -> Iterator[Line]:
    yield line()
    yield line(Span(text, "key"))


def _wish(wish: WishFacts, thread: Thread, width: int) -> Iterator[Line]:
    yield from _text(wish.text, width, "strong")
    voiced = dates.day_seen_on(thread.room.local(thread.now).date(), thread.room.local(wish.voiced_at).date())
    taken = gettext(N_("{day}, via {name}")).format(day=voiced, name=wish.via) if wish.via else voiced
    too = gettext(N_("{n}× me too")).format(n=wish.me_too) if wish.me_too else ""
    yield from _text(_joined(board_words.state(wish.state), wish.theme, taken, too), width)
    if wish.contact:
        how, until = wish.contact
        says = gettext(N_("Contact: {how}; erased on {day}")).format(how=how, day=dates.day(until))
        yield from _text(says, width)
    if wish.reason:
        yield from _text(gettext(N_("Why not: {reason}")).format(reason=wish.reason), width)


def _activity(activity: ActivityFacts, thread: Thread, width: int, chosen: Meeting | None) -> Iterator[Line]:
    yield from _text(activity.title, width, "strong")
    lead = gettext(board_words.LEADS[activity.lead])
    led = gettext(N_("led by: {lead}")).format(lead=f"{lead} {activity.leader}".strip())
    yield from _text(
        _joined(board_words.state(activity.state), activity.theme, led, _repeats(activity)), width
    )
    places = activity.capacity
    more = _joined(
        gettext(N_("place: {place}")).format(place=activity.place) if activity.place else "",
        gettext(N_("needs: {needs}")).format(needs=activity.needs) if activity.needs else "",
        ngettext("{n} place", "{n} places", places).format(n=places) if places else "",
    )
    if more:
        yield from _text(more, width)
    if activity.reason:
        yield from _text(gettext(N_("Why not: {reason}")).format(reason=activity.reason), width)
    held = [one for one in activity.sessions if one.state is SessionState.HELD]
    if held:
        n = sum(one.participations or 0 for one in held)
        text = ngettext(
            "{times} session held, {n} took part", "{times} sessions held, {n} took part", len(held)
        )
        yield from _text(text.format(times=len(held), n=n), width)
    for meeting in sorted(activity.sessions, key=lambda one: one.starts_at):
        led = _led_otherwise(meeting, activity)
        yield from _session(meeting, thread, width, led, is_chosen=meeting == chosen)


def _repeats(activity: ActivityFacts) -> str:
    """How often: every week, every two weeks, every month; once says nothing."""
    if not activity.rule:
        return ""
    if "MONTHLY" in activity.rule:
        often = gettext(N_("every month"))
    elif "INTERVAL=2" in activity.rule:
        often = gettext(N_("every two weeks"))
    else:
        often = gettext(N_("every week"))
    return gettext(N_("{often}, goes on")).format(often=often) if is_endless(activity.rule) else often


def _led_otherwise(meeting: Meeting, activity: ActivityFacts) -> str:
    """Who leads a session, where that is not who leads the activity."""
    if (meeting.lead, meeting.leader) == (activity.lead, activity.leader):
        return ""
    lead = f"{gettext(board_words.LEADS[meeting.lead])} {meeting.leader}".strip()
    return gettext(N_("led by: {lead}")).format(lead=lead)


def _session(meeting: Meeting, thread: Thread, width: int, led: str, *, is_chosen: bool) -> Iterator[Line]:
    local, today = thread.room.local, thread.room.local(thread.now).date()
    day = dates.day_seen_on(today, meeting.day)
    times = f"{dates.clock(local(meeting.starts_at))}–{dates.clock(local(meeting.ends_at))}"
    told = _joined(_told(meeting, thread), led)
    first, *others = wrap(visible(told), max(width - _DAY - 18, 20)) or [""]
    mark = _CHOSEN if is_chosen else Span("    ")
    yield line(
        mark, Span(f"{day:<{_DAY}}{times}  ", "strong" if is_chosen else "plain"), Span(first, "quiet")
    )
    yield from (line(Span(" " * (_DAY + 17) + text, "quiet")) for text in others)


def _told(meeting: Meeting, thread: Thread) -> str:
    """What became of a session."""
    match meeting.state:
        case SessionState.CANCELLED:
            return _joined(gettext(N_("does not go on")), meeting.reason or "")
        case SessionState.HELD:
            n = meeting.participations or 0
            took_part = ngettext("{n} took part", "{n} took part", n).format(n=n)
            return _joined(took_part, meeting.how or "")
    signed = thread.sign_ups.get(meeting.id, ())
    n, waiting = (sum(one.n for one in signed if one.waiting is waits) for waits in (False, True))
    said = ngettext("{n} signed up", "{n} signed up", n).format(n=n) if n else ""
    wait = gettext(N_("waiting list: {n}")).format(n=waiting) if waiting else ""
    state = N_("number not known yet") if meeting.waits_for_number(thread.now) else N_("planned")
    return _joined(gettext(state), said, wait)


def _advice(advice: Advice, thread: Thread, width: int) -> Iterator[Line]:
    asked = _moment(advice.asked_at, thread)
    yield from _text(f"? {advice.question}", width, "strong")
    yield from _text(_joined(asked, advice.asked_by), width)
    if advice.answer is None or advice.answered_at is None:
        yield from _text(gettext(N_("No answer yet.")), width)
    else:
        yield from _text(f"→ {advice.answer}", width)
        yield from _text(_joined(_moment(advice.answered_at, thread), advice.answered_by or ""), width)


def _same_move(before: Event | None, event: Event) -> bool:
    """Whether a wish only went where its activity has just gone: that is said once."""
    return (
        before is not None
        and before.what is event.what is What.MOVED
        and (before.at, before.to_state) == (event.at, event.to_state)
    )


def _event(event: Event, thread: Thread, width: int) -> Iterator[Line]:
    says = gettext(_WHAT[event.what])
    if event.what is What.MOVED and event.to_state:
        says = board_words.state(event.to_state)
    told = _joined(says, _said(event), event.by)
    first, *others = wrap(visible(told), max(width - _MOMENT - 3, 20)) or [""]
    yield line(Span(f"  {_moment(event.at, thread):<{_MOMENT}}", "quiet"), Span(first))
    yield from (line(Span(" " * (_MOMENT + 2) + text)) for text in others)


def _said(event: Event) -> str:
    """What was said with it; codes in words."""
    if event.what is What.LEAD_CHANGED and (leads := history.leads_of(event.text)):
        return " → ".join(map(words_of_board.lead, leads))
    return event.text or ""


def _moment(at: datetime, thread: Thread) -> str:
    local = thread.room.local(at)
    return f"{dates.day_seen_on(thread.room.local(thread.now).date(), local.date())} {dates.clock(local)}"


def _text(text: str, width: int, look: str = "plain") -> Iterator[Line]:
    for part in wrap(visible(text), max(width - 3, 20)):
        yield line(Span(f"  {part}", look))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
