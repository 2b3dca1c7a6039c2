"""The shift log (F4, Logboek): what happened, by day and shift, what is open, and who has read it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from db import advice, clock, handover, log, logbook
from db import room as rooms
from db.advice import Advice
from db.handover import Handover, Signing
from db.logbook import Entry, Filter
from db.room import Room
from db.states import FollowUp, NoteKind
from db.thread import DatabaseThread
from hostdesk import place, trouble
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.page import PageScreen
from hostdesk.screens import log_words as says
from hostdesk.widgets.lines import Line
from hostdesk.words import N_, gettext

_FAR = 1_000_000

_PERIODS = (None, 7, 31, 92, 366)
"""Days that can be looked back; None for all of them."""


@dataclass(frozen=True)
class Seen:
    """What was read of the log, at one moment."""

    room: Room
    entries: tuple[Entry, ...]
    more: bool
    """Whether there is more below them."""
    open: int
    """How many open points there are, in the whole log."""
    handover: Handover
    """What must be known still: at the desk by those who are there, elsewhere by who looks."""
    unread: frozenset[int]
    """The entries of it that none of them has read."""
    at: datetime
    today: date
    asked: Mapping[int, tuple[Advice, ...]]
    """What professionals were asked about them."""


class LogScreen(PageScreen[None]):
    """Shows the log, newest first; reads on as somebody goes down."""

    SUBJECT = "log"
    KEY_LINES = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,2", "read_on", N_("read on"), key_display="↓"),
        Binding("enter,d", "deal_with", N_("dealt with"), key_display="Enter"),
        Binding("r", "open_again", N_("open again"), key_display="r"),
        Binding("v", "until", N_("last day"), key_display="v"),
        Binding("5,g", "read", N_("read"), key_display="5"),
        Binding("e", "amend", N_("amend"), key_display="e"),
        Binding("m", "moment", N_("other moment"), key_display="m"),
        Binding("slash,divide", "look_for", N_("look for"), key_display="/"),
        Binding("a", "ask", N_("advice"), key_display="a"),
        Binding("o", "only_open", N_("open points"), key_display="o"),
        Binding("k", "kind", N_("kind"), key_display="k"),
        Binding("p", "person", N_("person"), key_display="p"),
        Binding("t", "period", N_("period"), key_display="t"),
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down,2", "go(1)", show=False),
        Binding("up,8", "go(-1)", show=False),
        Binding("pagedown,3", "go(10)", show=False),
        Binding("pageup,9", "go(-10)", show=False),
        Binding("home,7", f"go(-{_FAR})", show=False),
        Binding("end,1", f"go({_FAR})", show=False),
    ]

    @dataclass
    class DealWith(Message):
        """Somebody dealt with this open point, and is to say how."""

        entry: Entry

    @dataclass
    class Amend(Message):
        """Somebody wants to say this better."""

        entry: Entry

    @dataclass
    class ShowUntil(Message):
        """Somebody wants this notice to be shown longer, or not any more."""

        entry: Entry

    @dataclass
    class Happened(Message):
        """Somebody wants to say when this happened."""

        entry: Entry
        typed: str
        """When it did, as far as is known."""

    @dataclass
    class Sign(Message):
        """One of those who are here has read this; who is asked, where they are several."""

        seen: Handover
        to_sign: tuple[Signing, ...]

    @dataclass
    class Ask(Message):
        """Somebody wants advice about this."""

        entry: Entry

    def __init__(self, database: DatabaseThread) -> None:
        """Show the log of the room that this thread has open."""
        super().__init__(database)
        self._seen: Seen | None = None
        self._filter = Filter()
        self._back: int | None = None
        """Days that are looked back."""
        self._wanted = logbook.PAGE
        self._at = 0
        self._typing = False
        self._reading = asyncio.Lock()
        self._not_now: dict[str, str] = {}
        """What cannot be done with the entry that the arrow is at, and why not."""

    def on_screen_resume(self) -> None:
        """Whoever comes to the log finds it as it is now."""
        self._work(self._read())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that can do nothing with this entry does not stand on the bar."""
        if action == "read_on":
            return self._more_below()
        return action not in self._not_now and super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """A new key answers what was said; while somebody types what they look for, it is a letter."""
        if self._typing:
            if self._typed(event):
                event.stop()
                event.prevent_default()
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if binding.action in self._not_now:
                self.tell(self._not_now[binding.action])
                event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Go to the entry that was pressed."""
        if event.widget is self._text and self._seen is not None:
            lines = self._lines(self._seen)
            if event.y < len(lines) and (at := lines[event.y][0]) is not None:
                self._at = at
                self._draw()

    def read(self) -> None:
        """Read the log again, and show it."""
        trouble.meanwhile(self, self._read, self.tell)

    def action_go(self, step: int) -> None:
        """To another entry; at the end more are read. Up an entry that is higher than the page, first."""
        if self._seen is None:
            return
        if step == -1 and self._does_not_fit and (above := self._page.scroll_offset.y - self._rows.start) > 0:
            self._page.scroll_relative(y=-min(above, self._a_page), animate=False)
            return
        last = len(self._seen.entries) - 1
        if self._at + step > last and self._seen.more:
            self._wanted = len(self._seen.entries) + logbook.PAGE
            self._work(self._read())
        self._at = max(min(self._at + step, last), 0)
        self._draw()

    def action_read_on(self) -> None:
        """Further down an entry that is higher than the page."""
        below = self._rows.stop - self._page.scroll_offset.y - self._page.size.height
        self._page.scroll_relative(y=min(below, self._a_page), animate=False)

    def action_look_for(self) -> None:
        """Begin to type what to look for."""
        self._typing = True
        self._draw_status()

    def action_only_open(self) -> None:
        """Only what somebody still has to deal with; then only what was dealt with; then all of it again."""
        stands: list[FollowUp | None] = [None, FollowUp.OPEN, FollowUp.DONE]
        at = stands.index(self._filter.follow_up)
        self._show_only(replace(self._filter, follow_up=stands[(at + 1) % len(stands)]))

    def action_kind(self) -> None:
        """Only the next kind; after the last one, all of them again."""
        kinds: list[NoteKind | None] = [None, *NoteKind]
        at = kinds.index(self._filter.kind)
        self._show_only(replace(self._filter, kind=kinds[(at + 1) % len(kinds)]))

    def action_person(self) -> None:
        """Only what the next person wrote; after the last one, everybody's again."""

        async def do() -> None:
            names: list[str | None] = [None, *await self._database.run(logbook.writers)]
            at = names.index(self._filter.by) if self._filter.by in names else 0
            self._show_only(replace(self._filter, by=names[(at + 1) % len(names)]))

        self.run_worker(trouble.told(self, do(), self.tell), group=OF_A_KEY, exit_on_error=False)

    def action_period(self) -> None:
        """Only of the last week; then of longer and longer, and of always again."""
        if self._seen is not None:
            self._back = _PERIODS[(_PERIODS.index(self._back) + 1) % len(_PERIODS)]
            first = self._seen.today - timedelta(days=self._back - 1) if self._back else None
            self._show_only(replace(self._filter, from_day=first))

    def action_back(self) -> None:
        """Show everything again where something is left out, else back to the desk."""
        if self._filter != Filter():
            self._back = None
            self._show_only(Filter())
        else:
            self.dismiss()

    def action_deal_with(self) -> None:
        """Say how an open point was dealt with."""
        if (entry := self._entry) is not None:
            self.post_message(self.DealWith(entry))

    def action_open_again(self) -> None:
        """It was not dealt with after all."""
        if (entry := self._entry) is not None:
            work = partial(log.open_again, entry.id, by=place.who(), at_the_desk=place.at_the_desk())
            self._do(work, gettext(N_("It is an open point again.")))

    def action_moment(self) -> None:
        """It happened at another moment than it was written."""
        if (entry := self._entry) is not None and self._seen is not None:
            at = self._seen.room.local(entry.happened_at)
            today = at.date() == self._seen.today
            self.post_message(self.Happened(entry, f"{at:%H:%M}" if today else f"{at:%d-%m-%Y %H:%M}"))

    def action_until(self) -> None:
        """A notice is shown longer, or taken away."""
        if (entry := self._entry) is not None:
            self.post_message(self.ShowUntil(entry))

    def action_amend(self) -> None:
        """Say it better."""
        if (entry := self._entry) is not None:
            self.post_message(self.Amend(entry))

    def action_ask(self) -> None:
        """Ask a professional for advice about it."""
        if self._entry is not None:
            self.post_message(self.Ask(self._entry))

    def action_read(self) -> None:
        """What must be known has been read, as far as it stands here; else the entry that the arrow is at."""
        seen = self._seen
        if seen is None or self._entry is None:
            return
        must = {entry.id for entry in seen.handover.to_read}
        shown = seen.handover.to_sign([entry for entry in seen.entries if entry.id in must])
        self.post_message(self.Sign(seen.handover, shown or seen.handover.to_sign([self._entry])))

    @property
    def _entry(self) -> Entry | None:
        """The entry that the arrow is at."""
        if self._seen is None or self._at >= len(self._seen.entries):
            return None
        return self._seen.entries[self._at]

    @property
    def _does_not_fit(self) -> bool:
        """Whether the entry that the arrow is at is higher than the page."""
        return len(self._rows) + self.ABOVE > self._page.size.height

    @property
    def _a_page(self) -> int:
        """So many lines further a line of what was read stays in sight."""
        return max(self._page.size.height - 1, 1)

    def _more_below(self) -> bool:
        """Whether the entry that the arrow is at goes on below."""
        return self._does_not_fit and self._page.scroll_offset.y + self._page.size.height < self._rows.stop

    def _show_only(self, which: Filter) -> None:
        self._stood = None
        self._filter, self._at, self._wanted = which, 0, logbook.PAGE
        self.run_worker(trouble.told(self, self._read(), self.tell), group=OF_A_KEY, exit_on_error=False)

    def _typed(self, event: events.Key) -> bool:
        """Whether a key belongs to what is being typed."""
        words = self._filter.words
        if event.key in ("enter", "escape"):
            self._typing = False
            if event.key == "escape":
                self._show_only(replace(self._filter, words=""))
            self._draw_status()
        elif event.key == "backspace":
            self._show_only(replace(self._filter, words=words[:-1]))
        elif event.is_printable and event.character and len(words) < logbook.LONGEST_WORDS:
            self._show_only(replace(self._filter, words=words + event.character))
        else:
            return False
        return True

    async def _read(self) -> None:
        async with self._reading:  # one after the other: the newest question is answered last
            seen = await self._database.run(partial(_read, self._filter, self._wanted))
            stood = self._entry  # only now: an arrow key may have gone on meanwhile
            self._seen = seen
        if stood is not None:
            ids = [entry.id for entry in seen.entries]
            self._at = ids.index(stood.id) if stood.id in ids else self._at
        self._at = max(min(self._at, len(seen.entries) - 1), 0)
        self._draw()

    def _lines(self, seen: Seen) -> list[tuple[int | None, Line]]:
        width = max(self.size.width - 3, 20)
        if not seen.entries:
            return [(None, text) for text in says.nothing(width, filtered=self._filter != Filter())]
        return says.page(seen.room, seen.entries, seen.unread, self._at, width, seen.asked)

    def _draw(self) -> None:
        if self._seen is None or not self.is_mounted:
            return
        not_now = says.not_now(self._entry, self._seen.at)
        if not_now != self._not_now:
            self._not_now = not_now
            self.refresh_bindings()
        title = says.title(self._seen.room, self._seen.open, max(self.size.width - 2, 20))
        self._show(title, self._lines(self._seen), self._at, self._entry and self._entry.id)
        self._draw_status()

    def _asks(self) -> str:
        seen = self._seen
        if seen is None:
            return ""
        looked_for = says.looking(self._filter, len(seen.entries), more=seen.more, typing=self._typing)
        return looked_for or (says.unread(len(seen.unread)) if seen.unread else "")


def _read(which: Filter, wanted: int) -> Seen:
    """The newest entries for which this holds (in the database thread)."""
    reader = logbook.reader(place.who(), at_the_desk=place.at_the_desk())
    found = logbook.entries(reader, which, most=wanted + 1)
    now = handover.now(place.who(), at_the_desk=place.at_the_desk())
    unread = now.unread if now.at_the_desk else now.to_read
    here, at, shown = rooms.current(), clock.reliable_now()[0], found[:wanted]
    return Seen(
        here,
        shown,
        len(found) > wanted,
        now.open_points,
        now,
        frozenset(entry.id for entry in unread),
        at,
        rooms.day_of(here, at),
        advice.about_entries(shown),
    )
