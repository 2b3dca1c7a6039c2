"""A wish, taken in while the visitor stands there: one line and Enter."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from db import clock, wishes
from db import room as rooms
from db.errors import HostdeskError
from db.room import Room
from db.text import visible
from db.thread import DatabaseThread
from db.wishes import Alike
from hostdesk.deeds import Deeds
from hostdesk.dialogs.form import Dialog, Line
from hostdesk.dialogs.pick import Pick
from hostdesk.place import who
from hostdesk.trouble import told
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, dates, gettext

_STARS = ("asterisk", "multiply")
"""What a star is called; the second one is of a numeric pad on some terminals."""


class WishLine(Line):
    """The line of the wish: its star is the dialog's, since it may lead to the like wishes."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """All that is text but the star, of which the dialog sees to it that it is not lost."""
        return key not in _STARS and super().check_consume_key(key, character)

    def take(self, text: str) -> None:
        """As if this was typed here."""
        self.replace(text, *sorted(self.selection))


class LikeWishes(Lines, can_focus=True):
    """The wishes on the board that look like what is being typed."""

    DEFAULT_CSS = """
    /* Always as high, so that nothing moves while somebody types. */
    LikeWishes { height: 4; }
    """

    def __init__(self) -> None:
        """Know of none yet."""
        super().__init__()
        self._found: tuple[Alike, ...] = ()
        self._room: Room | None = None
        self._at = 0
        self.can_focus = False

    @property
    def chosen(self) -> Alike:
        """The one that the arrow points at."""
        return self._found[self._at]

    def show_found(self, found: tuple[Alike, ...], room: Room | None) -> None:
        """Offer these, with times on the room's own clock."""
        self._found, self._room, self._at = found, room, 0
        self.can_focus = bool(found)
        self._draw()

    def move(self, step: int) -> bool:
        """To the next one, or the one before; False where there is none."""
        if not 0 <= self._at + step < len(self._found):
            return False
        self._at += step
        self._draw()
        return True

    def point_at(self, at: int) -> bool:
        """This one it is; False where there is none."""
        return self.move(at - self._at)

    def on_click(self, event: events.Click) -> None:
        """Choose what was pointed at."""
        if self.point_at(event.y - 1) and isinstance(self.screen, WishDialog):
            self.screen.meanwhile(self.screen.action_next)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The keys go here, or elsewhere."""
        super().watch_has_focus(has_focus)
        self._draw()

    def _draw(self) -> None:
        if not self._found:
            self.show([])
            return
        if self.has_focus:
            heading = gettext(N_("  The same wish? Enter or a digit: “me too”; * goes back"))
        else:
            heading = gettext(N_("  Looks like (the same wish? ↓ or *, then Enter: “me too”)"))
        self.show([line(Span(heading, "quiet")), *(self._line(at) for at in range(len(self._found)))])

    def _line(self, at: int) -> tuple[Span, ...]:
        """A wish; a digit stands before it only where it is a key, and not while it is text in the line."""
        pointed_at, wish = self.has_focus and at == self._at, self._found[at]
        digit = str(at + 1) if self.has_focus else "•"
        who_too = gettext(N_("me too: {n}")).format(n=wish.me_too)
        text = visible(wish.text)
        return line(
            Span(f"{'→' if pointed_at else ' '} {digit} ", "key" if self.has_focus else "quiet"),
            Span(text, "strong" if pointed_at else "plain"),
            Span(f" · {who_too}" if wish.me_too else "", "quiet"),
            Span(f" · {self._goes_on(wish.next_at)}" if wish.next_at else "", "quiet"),
        )

    def _goes_on(self, next_at: datetime) -> str:
        """That it is there already, and when."""
        at = self._room.local(next_at) if self._room else next_at
        when = f"{dates.weekday_short(at.date())} {at:%d-%m} {dates.clock(at)}"
        return gettext(N_("there already: {when}")).format(when=when)


class WishDialog(Dialog):
    """Takes a wish in. Like wishes are offered meanwhile, so that a “me too” is added in place of a twin."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "me_too", N_("me too"), key_display="Enter", priority=True),
        Binding("enter", "next", N_("put on the board"), key_display="Enter", priority=True),
        Binding("tab", "more", N_("theme, contact"), key_display="Tab", priority=True),
        Binding("delete", "empty", N_("empty the line"), key_display="Del", priority=True),
        Binding("down", "down", show=False, priority=True),
        Binding("up", "up", show=False, priority=True),
        Binding("shift+tab", "back", show=False, priority=True),
        Binding(",".join(_STARS), "star", show=False, priority=True),
        *(Binding(str(n), f"like({n})", show=False, priority=True) for n in range(1, wishes.MOST_ALIKE + 1)),
    ]
    DEFAULT_CSS = """
    WishDialog {
        #erased, #left { margin-left: 22; }
    }
    """

    def __init__(self, database: DatabaseThread, draft: str = "", deeds: Deeds | None = None) -> None:
        """Go on with this draft; what is done can be taken back by these deeds."""
        super().__init__()
        self._database = database
        self._deeds = Deeds() if deeds is None else deeds
        self._looked_for = ""
        self._star_is_text_in: str | None = None
        self._wish = WishLine(draft, longest=wishes.LONGEST, id="wish")
        self._left = draft
        """What stood there from before, until somebody goes on with it."""
        self._like = LikeWishes()
        self._theme = Pick([("", "")], "", id="theme")
        self._contact = Line(longest=wishes.LONGEST_CONTACT, id="contact")
        self._says_more = False

    @property
    def draft(self) -> str:
        """What is typed; it outlives the dialog."""
        return self._wish.value

    def questions(self) -> Iterator[Widget]:
        """The wish, what is like it, and what is asked of who wants to say more."""
        yield Question(lambda: gettext(N_("Wish")), self._wish)
        yield Sentence(look="strong", id="left")
        yield self._like
        yield Question(lambda: gettext(N_("Theme")), self._theme)
        yield Question(lambda: gettext(N_("How to reach them")), self._contact)
        yield Sentence(look="quiet", id="erased")

    def title_says(self) -> str:
        """What the dialog is for."""
        return gettext(N_("A wish of a neighbour"))

    def on_mount(self) -> None:
        """One line is enough: theme and contact come when they are asked for."""
        self._say_what_was_left(self._wish.value)
        self._show_more(False)
        self._wish.cursor_position = len(self._wish.value)

    @on(Input.Changed, "#wish")
    def look_for_like_wishes(self, event: Input.Changed) -> None:
        """Look on the board; what was typed before is not looked for any more."""
        if self.is_attached:
            self._say_what_was_left(event.value)
            self.meanwhile(lambda: self._look(event.value), only_the_last="alike")

    async def action_next(self) -> None:
        """Put the wish on the board."""
        wanted, theme, contact = self._wish.value, self._theme.code, self._contact.value

        def voice() -> int:
            number = wishes.voice(wanted, theme=theme, contact=contact, by=who())
            self._deeds.heard(number, wanted)
            return number

        told = gettext(N_("Wish {n} is on the board."))
        await self.save(self._database, voice, lambda number: told.format(n=number))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit is text in a line, and chooses a like wish among those; so does Enter there."""
        if action in ("like", "me_too"):
            return self.focused is self._like
        if action == "next":
            return self.focused is not self._like
        if action == "empty":
            return bool(self._left) and self.focused is self._wish
        if action == "star":
            return self.focused in (self._like, self._wish)
        return super().check_action(action, parameters)

    def action_empty(self) -> None:
        """What was left is not of who stands here now."""
        self._wish.value = ""

    def _say_what_was_left(self, text: str) -> None:
        """Two wishes may not grow together: whose this is, is asked until somebody goes on with it."""
        self._left = self._left if text == self._left else ""
        said = gettext(N_("Half typed before. Go on with it, or empty the line with Del."))
        self.query_one("#left", Sentence).say(said if self._left else "")
        self.refresh_bindings()

    async def action_me_too(self) -> None:
        """A neighbour has the wish too that the arrow points at."""
        await self._me_too(self._like.chosen)

    async def action_like(self, n: int) -> None:
        """A neighbour has this one of the like wishes too."""
        if self._like.point_at(n - 1):
            await self.action_me_too()

    async def action_more(self) -> None:
        """To the theme, and from there to the contact."""
        if self._says_more:
            self.move(1)
            return
        await told(self, self._ask_more(), self.complain)

    async def _ask_more(self) -> None:
        """Ask for the theme and the contact."""
        themes, erased_on = await self._database.run(_themes_and_last_day)
        nothing = gettext(N_("none"))
        self._theme.offer([("", nothing), *((one, visible(one)) for one in themes)], "")
        until = gettext(N_("Erased by itself three months after it is done; on {day} at the latest."))
        self.query_one("#erased", Sentence).say(until.format(day=dates.day(erased_on)))
        self._show_more(True)
        self.set_focus(self._theme)

    async def action_down(self) -> None:
        """Into the like wishes, and from one to the next; then to what else is asked."""
        if self.focused is self._wish:
            if await self._goes_to_like_wishes():
                return
        elif self.focused is self._like and (self._like.move(1) or not self._says_more):
            return
        if self._says_more:
            self.move(1)

    async def action_star(self) -> None:
        """From the end of the wish to those like it, and back: a numeric pad with digits has no arrows."""
        if self.focused is self._like:
            self._star_is_text_in = self._wish.value
            self.set_focus(self._wish)
        elif not (self._star_may_lead() and await self._goes_to_like_wishes()):
            self._wish.take("*")

    def _star_may_lead(self) -> bool:
        """Whether a star is no text here: not within it, not after a number (2*2), not for who came back."""
        text = self._wish.value
        at_its_end = self._wish.cursor_position == len(text)
        return at_its_end and text != self._star_is_text_in and not text[-1:].isdigit()

    def on_key(self, event: events.Key) -> None:
        """Whoever types on among the like wishes goes on with the text."""
        if self.focused is self._like and event.is_printable and event.character:
            event.stop()
            self.set_focus(self._wish)
            self._wish.take(event.character)

    async def _goes_to_like_wishes(self) -> bool:
        """To the wishes that are like what is typed; False where there is none."""
        if self._looked_for != self._wish.value:
            await told(self, self._look(self._wish.value), self.complain)
        if self._like.can_focus:
            self.set_focus(self._like)
        return self._like.can_focus

    def action_up(self) -> None:
        """Back, up to the wish."""
        if self.focused is self._like and self._like.move(-1):
            return
        if self.focused is not self._wish:
            self.move(-1)

    def _show_more(self, more: bool) -> None:
        """Ask for theme and contact too, or not."""
        self._says_more = more
        for extra in (self._theme, self._contact):
            extra.query_ancestor(Question).display = more

    async def _me_too(self, wish: Alike) -> None:
        def join() -> int:
            n = wishes.me_too(wish.id, by=who())
            self._deeds.joined(wish.id, wish.text)
            return n

        await self.save(
            self._database,
            join,
            lambda n: gettext(N_("“Me too” added to “{wish}”: {n} now.")).format(
                wish=visible(wish.text), n=n
            ),
        )

    async def _look(self, text: str) -> None:
        """Ask the board; an answer that comes too late is for nobody."""
        try:
            found, room = await self._database.run(lambda: (wishes.alike(text), rooms.current()))
        except HostdeskError:  # saving meets it too, and says so
            found, room = (), None
        if text == self._wish.value:
            self._looked_for = text
            self._like.show_found(found, room)


def _themes_and_last_day() -> tuple[tuple[str, ...], date]:
    """What can be chosen, and until when a contact that is given now is kept (in the database thread)."""
    today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
    return wishes.themes(), today + wishes.CONTACT_KEPT
