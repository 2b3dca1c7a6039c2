"""The beginning of a shift (b): who is here, what must be read, and what the shift before left."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from db import handover, roster
from db.duties import OnDuty, Shift
from db.handover import Handover, Signing
from db.room import Room
from db.thread import DatabaseThread
from hostdesk import place, whose_keys
from hostdesk.page import PageScreen
from hostdesk.screens import start_words as says
from hostdesk.words import N_, gettext
from hostdesk.words import shift as words


class StartScreen(PageScreen[str | None]):
    """Says who is here with one key, and what they have read with another."""

    SUBJECT = "start"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", N_("they are here"), key_display="Enter"),
        Binding("pagedown,3", "read_on(1)", N_("read on"), key_display="3"),
        Binding("5,g", "read", N_("read"), key_display="5"),
        Binding("e,multiply,asterisk", "one_more", N_("somebody else"), key_display="*"),
        Binding("s,7", "stand_in", N_("stand-in"), key_display="7"),
        Binding("k,6", "later", N_("comes later"), key_display="6"),
        Binding("x,slash,divide", "absent", N_("absent"), key_display="/"),
        Binding("t,1", "trainee", N_("trainee"), key_display="1"),
        Binding("c,full_stop,comma,decimal,separator", "closed", N_("closed at"), key_display="."),
        Binding("escape,0", "back", N_("back"), key_display="Esc", system=True),
        Binding("down,2", "go(1)", show=False),
        Binding("up,8", "go(-1)", show=False),
        Binding("pageup,9", "read_on(-1)", show=False),
    ]

    KEY_LINES = 2

    @dataclass
    class Fill(Message):
        """Somebody is to be put on this shift, or to stand in for who does not come."""

        shift: Shift
        instead_of: OnDuty | None

    @dataclass
    class ComesLater(Message):
        """Somebody comes later than they should: when?"""

        duty: OnDuty

    @dataclass
    class Sign(Message):
        """One of those who are here has read this; who is asked, where they are several."""

        seen: Handover
        to_sign: tuple[Signing, ...]

    @dataclass
    class AskWhenClosed(Message):
        """Nobody closed this shift: when did it really close?"""

        room: Room
        shift: Shift

    def __init__(self, database: DatabaseThread) -> None:
        """Begin the shift of the room that this thread has open."""
        super().__init__(database)
        self._seen: Handover | None = None
        self._asked: Shift | None = None
        """Which shift was asked about last: a time that was mistyped is said again."""
        self._at = 0
        self._opens_anyway = False
        """Whether Enter was just pressed while the room is shut: once more opens it."""

    def on_key(self, event: events.Key) -> None:
        """Another key than Enter is no answer to whether the room opens all the same."""
        self._opens_anyway = self._opens_anyway and event.key == "enter"

    def on_screen_resume(self) -> None:
        """Whoever comes here finds it as it is now."""
        self.read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that has nothing to do now does not stand on the bar."""
        if not whose_keys.may(self.SUBJECT, action):
            return False
        seen = self._seen
        if action == "read_on" and parameters == (1,):
            return self._goes_on
        if action == "closed":
            return bool(self._asked or (seen and seen.before and seen.before.forgotten))
        if action == "read":
            return bool(seen and seen.to_read)
        if action in ("stand_in", "later", "absent", "trainee"):
            return bool(seen and seen.shift and seen.shift.team)
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Back to the desk; nothing is lost."""
        self.dismiss(None)

    def action_go(self, step: int) -> None:
        """To another person on duty."""
        if self._seen is not None and self._seen.shift is not None:
            self._at = min(max(self._at + step, 0), max(len(self._seen.shift.team) - 1, 0))
            self._stood = None  # also who stands there alone is seen again
            self._draw()

    def action_read_on(self, pages: int) -> None:
        """Further down, or up."""
        self._page.scroll_relative(y=pages * (self._page.size.height - 1), animate=False)

    def action_begin(self) -> None:
        """Whoever is on the roster by now is here; with nothing left to read, back to the desk.

        A room that is shut opens with a visitor, and not by a slip of who came to read or to answer.
        """
        if self._seen is not None and self._seen.shift is None and not self._opens_anyway:
            self._opens_anyway = True
            self.tell(gettext(N_("The room is shut now. Once more Enter: it opens all the same.")))
            return
        self._opens_anyway = False

        async def do() -> None:
            begun = await self._database.run(handover.begin)
            self.post_message(self.Changed())
            await self._read()
            sentence = says.begun(begun)
            if self._seen is not None and not self._seen.unread and self.is_current:
                self.dismiss(sentence)
            else:
                self.tell(f"{sentence} {says.read_still()}")

        self._work(do())

    def action_read(self) -> None:
        """One of those who are here has read it; who looks along from elsewhere reads for themselves."""
        if self._seen is not None:
            self.post_message(self.Sign(self._seen, self._seen.to_sign(self._seen.to_read)))

    def action_one_more(self) -> None:
        """Somebody comes who is not on the roster."""
        if self._seen is not None and self._seen.shift is not None:
            self.post_message(self.Fill(self._seen.shift, None))
        else:
            self.tell(gettext(N_("There is no shift now. The first visitor opens one.")))

    def action_stand_in(self) -> None:
        """Somebody else comes in their place."""
        if (duty := self._duty) is not None and self._seen is not None and self._seen.shift is not None:
            self._unless_refused(partial(roster.on_the_roster, duty), self.Fill(self._seen.shift, duty))

    def action_later(self) -> None:
        """Somebody is not here yet; or who would come later is here now."""
        if (duty := self._duty) is None or self._seen is None:
            return
        if duty in self._seen.later(self._seen.at):
            self._do(partial(roster.arrived, duty.id), says.arrived(duty))
        else:
            self._unless_refused(partial(roster.assert_can_move, duty), self.ComesLater(duty))

    def action_absent(self) -> None:
        """Somebody does not come; or comes after all."""
        if (duty := self._duty) is not None:
            change = roster.present_after_all if duty.absent else roster.absent
            self._do(partial(change, duty.id), words.changes_absence(duty))

    def action_trainee(self) -> None:
        """Somebody is here to learn, and is one more; or is not any longer."""
        if (duty := self._duty) is not None:
            self._do(partial(roster.learns, duty.id, not duty.trainee), says.learns(duty))

    def action_closed(self) -> None:
        """Say when a shift really closed that nobody closed, the oldest first; and the last of them again."""
        if (seen := self._seen) is None:
            return
        if seen.before is not None and seen.before.forgotten:
            self._asked = seen.before.forgotten[0]
        if self._asked is not None:
            self.post_message(self.AskWhenClosed(seen.room, self._asked))

    @property
    def _duty(self) -> OnDuty | None:
        """Who the arrow is at."""
        duties = self._seen.shift.team if self._seen is not None and self._seen.shift is not None else ()
        return duties[self._at] if self._at < len(duties) else None

    async def _read(self) -> None:
        look = partial(handover.now, place.who(), at_the_desk=place.at_the_desk())
        self._seen = seen = await self._database.run(look)
        self._at = min(self._at, max(len(seen.shift.team) - 1, 0)) if seen.shift else 0
        self.refresh_bindings()
        self._draw()

    def _draw(self) -> None:
        if self._seen is None or not self.is_mounted:
            return
        width = max(self.size.width - 3, 20)
        title = says.title(self._seen, max(self.size.width - 2, 20))
        self._show(title, says.page(self._seen, self._at, width), self._at)
        self._draw_status()
