"""The activity board (F3, Bord): every wish and what came of it, in columns from heard to held."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen

from db import board, course, wishes
from db.board import Card, Cards
from db.errors import HostdeskError
from db.states import Kind, State
from db.thread import DatabaseThread
from hostdesk import place
from hostdesk.logfile import log
from hostdesk.screens import board_words
from hostdesk.screens.board_piles import COLUMNS, Gone, Item, Key, Older, Pile, Piles, key_of, target
from hostdesk.screens.board_thread import ThreadScreen
from hostdesk.screens.board_words import Shape
from hostdesk.widgets.card_column import CardColumn
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Line, Lines, Span, line
from hostdesk.words import N_, gettext, say

_SIDE_BY_SIDE = 100
"""From so many cells on, columns stand side by side."""

_NARROWEST = 30
"""Cells of a column at least, with the blank beside it."""

_TALL = 30
"""From so many lines on, a title may take two."""

_AROUND = 4
"""Lines of the screen that are no column: title, tabs, status, keys."""


class BoardScreen(Screen[None]):
    """Shows the wishes and the activities, and moves them from column to column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("open"), key_display="Enter"),
        Binding("greater_than_sign,shift+right", "move(1)", N_("on"), key_display=">"),
        Binding("less_than_sign,shift+left", "move(-1)", N_("back"), key_display="<"),
        Binding("m", "me_too", N_("me too"), key_display="m"),
        Binding("p", "plan", N_("plan"), key_display="p"),
        Binding("a", "ask", N_("advice"), key_display="a"),
        Binding("slash,divide", "look_for", N_("look for"), key_display="/"),
        Binding("t", "theme", N_("theme"), key_display="t"),
        Binding("asterisk,multiply,space,5", "mark", N_("mark"), key_display="*"),
        Binding("x", "not_feasible", N_("not feasible"), key_display="x"),
        Binding("escape,0", "back", N_("desk"), key_display="Esc", system=True),
        Binding("right,6", "column(1)", show=False),
        Binding("left,4", "column(-1)", show=False),
        Binding("down,2", "card(1)", show=False),
        Binding("up,8", "card(-1)", show=False),
        Binding("pagedown,3", "page(1)", show=False),
        Binding("pageup,9", "page(-1)", show=False),
        Binding("home,7", "card(-100000)", show=False),
        Binding("end,1", "card(100000)", show=False),
    ]
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    BoardScreen {
        #title { background: $panel; padding: 0 1; }
        #tabs { padding: 0 1; }
        #columns { height: 1fr; padding-left: 1; }
        #columns CardColumn { margin-right: 2; }
        #empty { height: 1fr; padding: 2 4; display: none; }
        #status { height: 1; padding: 0 1; }
        &.-empty #columns { display: none; }
        &.-empty #empty { display: block; }
    }
    """

    class Plan(Message):
        """Somebody wants to plan these wishes."""

        def __init__(self, wishes: tuple[int, ...]) -> None:
            """These, in the order of the board."""
            super().__init__()
            self.wishes = wishes

    class Ask(Message):
        """Somebody wants to ask advice about a card."""

        def __init__(self, kind: Kind, number: int, title: str) -> None:
            """This card."""
            super().__init__()
            self.kind = kind
            self.number = number
            self.title = title

    class NotFeasible(Message):
        """Something does not work out, and somebody is to say why."""

        def __init__(self, kind: Kind, number: int, title: str, expected: State) -> None:
            """This card, which stands here on the screen."""
            super().__init__()
            self.kind = kind
            self.number = number
            self.title = title
            self.expected = expected

    class Changed(Message):
        """Something was written: read the cards again, and whatever else shows them."""

    def __init__(self, database: DatabaseThread) -> None:
        """Show the room that this thread has open."""
        super().__init__()
        self._database = database
        self._piles = Piles()
        self._cards: Cards | None = None
        self._opened = False
        self._first = 0
        self._typing = False
        self._came_from = State.RECEIVED
        self._message = ""
        self._tab_ends: tuple[tuple[int, State], ...] = ()
        self._thread: ThreadScreen | None = None
        self._turn = asyncio.Lock()
        # Held, and not looked for: a screen that is being taken down has no widgets any more.
        self._shows = {name: Lines(id=name) for name in ("title", "tabs", "empty", "status")}
        self._columns = [CardColumn(id=f"column-{n}") for n in range(len(COLUMNS))]

    def compose(self) -> ComposeResult:
        """Lay the board out; the columns that don't fit wait."""
        yield self._shows["title"]
        yield self._shows["tabs"]
        with Horizontal(id="columns"):
            yield from self._columns
        yield self._shows["empty"]
        yield self._shows["status"]
        yield KeyBar()

    @property
    def past(self) -> int | None:
        """How many cards of what is past the board wants to be shown; all of them with None."""
        return None if self._opened or self._piles.is_filtered else board.PAST_SHOWN

    def show(self, cards: Cards) -> None:
        """Show these cards in place: the focus, what can be seen and the marks stay."""
        if self.past is None and any(cards.folded.values()):
            self._read()
            return
        self._lay(cards, tidy=self._cards is None)

    def tell(self, sentence: str) -> None:
        """Say what just happened."""
        self._message = sentence
        self._draw_status()
        if self._thread is not None and self._thread.is_current:
            self._thread.tell(sentence)

    def on_screen_resume(self) -> None:
        """Whoever comes back to the board finds it in order."""
        self._read(tidy=True)

    def on_resize(self, _event: events.Resize) -> None:
        """As many columns as fit."""
        for n, column in enumerate(self._columns):
            column.display = n < self._side_by_side
            column.styles.width = self._shape.width
        self._draw()

    async def on_key(self, event: events.Key) -> None:
        """A new key answers what was said; while somebody types what they look for, it is a letter."""
        if self._message:
            self.tell("")
        if self._typing and self._typed(event):
            event.stop()
            event.prevent_default()

    def on_card_column_pressed(self, message: CardColumn.Pressed) -> None:
        """Go to the card that was pressed; pressing it again opens it."""
        state = self._states[self._columns.index(message.column)]
        pile = self._piles.piles[state]
        at = pile.top + message.row
        if at < len(pile.shown):
            again = state is self._piles.at and at == pile.focus
            self._piles.go_to(state)
            pile.go(at)
            self._draw()
            if again:
                self.action_open()

    def on_card_column_scrolled(self, message: CardColumn.Scrolled) -> None:
        """Look further up or down the column under the pointer."""
        self._piles.go_to(self._states[self._columns.index(message.column)])
        self.action_card(message.cards)

    def on_click(self, event: events.Click) -> None:
        """Go to the tab that was pressed."""
        if event.widget is self._shows["tabs"] and self._tab_ends:
            x = event.screen_x - 1
            state = next((one for end, one in self._tab_ends if x < end), None)
            if state is not None:
                self._piles.go_to(state)
                self._draw()

    def action_column(self, step: int) -> None:
        """Go to the column beside this one."""
        self._piles.step(step)
        self._draw()

    def action_card(self, step: int) -> None:
        """Go up or down the column."""
        self._piles.pile.go(self._piles.pile.focus + step)
        self._draw()

    def action_page(self, step: int) -> None:
        """Go up or down by as many cards as can be seen."""
        self.action_card(step * self._fits)

    def action_open(self) -> None:
        """Show everything behind a card; or the older cards."""
        match self._piles.pile.focused:
            case Older():
                self._opened = True
                self._read()
            case Card() as card:
                self._thread = ThreadScreen(self._database, *key_of(card), chosen=self._chosen)
                self.app.push_screen(self._thread)

    def action_move(self, step: int) -> None:
        """Move the card to the column beside this one."""
        if card := self._piles.card:
            self._move_on(key_of(card), step)

    def action_me_too(self) -> None:
        """One more neighbour wants this."""
        if card := self._piles.card:
            self._in_turn(partial(self._one_more, key_of(card)))

    def action_plan(self) -> None:
        """Plan the wishes that are marked, or else the one that the focus is on."""
        marked = [card for card in self._piles.all_cards() if key_of(card) in self._piles.marked]
        self._plan(marked or ([self._piles.card] if self._piles.card else []))

    def action_ask(self) -> None:
        """Ask a professional for advice about the card."""
        if card := self._piles.card:
            self.post_message(self.Ask(card.kind, card.id, card.title))

    def action_not_feasible(self) -> None:
        """Say that this does not work out."""
        if card := self._piles.card:
            self._give_up(card)

    def action_mark(self) -> None:
        """Mark a wish, or take its mark away."""
        card = self._piles.card
        if card is None:
            return
        if card.kind is Kind.WISH:
            self._piles.mark(card)
            self._draw()
        else:
            self.tell(gettext(N_("Only wishes are marked, to plan them together.")))

    def action_look_for(self) -> None:
        """Begin to type what to look for."""
        self._typing = True
        self._came_from = self._piles.at
        self._draw_status()

    def action_theme(self) -> None:
        """Show the next theme only; after the last one, all of them again."""
        choices: list[str | None] = [None, *self._piles.themes()]
        at = choices.index(self._piles.theme) if self._piles.theme in choices else 0
        self._look_for(self._piles.sought, choices[(at + 1) % len(choices)])

    def action_back(self) -> None:
        """Show all cards again when some are left out, else go back to the desk."""
        if self._piles.is_filtered:
            self._look_for("", None)
        else:
            self.dismiss()

    def _chosen(self, action: str, key: Key) -> None:
        """What somebody chose while they looked at everything behind a card."""
        card = self._piles.find(key)
        if action == "changed":
            self.post_message(self.Changed())
        elif card is None:
            return
        elif action == "ask":
            self.post_message(self.Ask(card.kind, card.id, card.title))
        elif action == "plan":
            self._plan([card])
        elif action == "not_feasible":
            self._give_up(card)
        elif action == "me_too":
            self._in_turn(partial(self._one_more, key))
        else:
            self._move_on(key, 1 if action == "on" else -1)

    def _plan(self, cards: list[Card]) -> None:
        numbers = tuple(card.id for card in cards if card.kind is Kind.WISH)
        if numbers:
            self.post_message(self.Plan(numbers))
        elif cards:
            self.tell(gettext(N_("This has been planned already. Choose a wish to plan.")))

    def _give_up(self, card: Card) -> None:
        if card.state is State.NOT_FEASIBLE:
            self.tell(gettext(N_("It stands there already.")))
        else:
            self.post_message(self.NotFeasible(card.kind, card.id, card.title, card.state))

    def _move_on(self, key: Key, step: int) -> None:
        self._in_turn(partial(self._move, key, step))

    async def _move(self, key: Key, step: int) -> None:
        """Move a card, as it stands when its turn comes."""
        card = self._piles.find(key)
        to = target(card, step) if card else None
        if card is None or to is None:
            return
        if to is State.NOT_FEASIBLE:
            self._give_up(card)
        elif card.kind is Kind.WISH and to is State.PLANNED:
            self._plan([card])
        else:
            come = partial(course.move, card.kind, card.id, to, by=place.who(), expected=card.state)
            came_to = await self._database.run(come)
            self._piles.move(card, to, self._fits)
            self._written(board_words.moved(card, to, came_to))

    async def _one_more(self, key: Key) -> None:
        """One more neighbour has this wish, or the first of those that this activity came of."""
        card = self._piles.find(key)
        if card is None:
            return
        if await self._database.run(partial(_me_too, card)):
            card = replace(card, me_too=card.me_too + 1)
            self._piles.change(card)
            self._written(board_words.one_more(card))
        else:
            self.tell(gettext(N_("No wish is behind this activity, so nobody can say “me too” to it.")))

    def _written(self, sentence: str) -> None:
        """Show what was written, say so, and let everybody know."""
        self._draw()
        self.tell(sentence)
        if self._thread is not None and self._thread.is_current:
            self._thread.read()
        self.post_message(self.Changed())

    def _in_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do what the keys ask in their order, each on the board as the one before it left it."""

        async def do() -> None:
            async with self._turn:
                try:
                    await work()
                except HostdeskError as error:
                    self.tell(say(error))
                    if isinstance(error, course.MovedMeanwhile):
                        self._read()
                        self.post_message(self.Changed())
                except Exception:
                    log.exception("a bug: the board did not do what was asked")
                    self.tell(gettext(N_("Something went wrong: this was not done.")))

        self.run_worker(do(), exit_on_error=False)

    def _read(self, *, tidy: bool = False) -> None:
        """Read the cards, and show them."""

        async def read() -> None:
            try:
                self._lay(await self._database.run(partial(board.cards, past=self.past)), tidy=tidy)
            except HostdeskError as error:
                self.tell(say(error))

        self.run_worker(read(), exit_on_error=False)

    def _lay(self, cards: Cards, *, tidy: bool) -> None:
        self._cards = cards
        (self._piles.tidy if tidy else self._piles.take)(cards)
        self._draw()
        if self._thread is not None and self._thread.is_current:
            self._thread.read()

    def _look_for(self, sought: str, theme: str | None) -> None:
        """Show only what has these words, and this theme."""
        knew_all = self.past is None
        self._piles.look_for(sought, theme)
        if knew_all != (self.past is None):
            self._read()
        self._draw()

    def _typed(self, event: events.Key) -> bool:
        """Whether a key belongs to what is being typed."""
        sought = self._piles.sought
        if event.key in ("enter", "escape"):
            self._typing = False
            if event.key == "escape":
                self._piles.at = self._came_from
            self._look_for("" if event.key == "escape" else sought, self._piles.theme)
        elif event.key == "backspace":
            self._look_for(sought[:-1], self._piles.theme)
        elif event.is_printable and event.character:
            self._look_for(sought + event.character, self._piles.theme)
        else:
            return False
        return True

    @property
    def _side_by_side(self) -> int:
        """How many columns are seen at once."""
        if self.size.width < _SIDE_BY_SIDE:
            return 1
        return min(self.size.width // _NARROWEST, len(COLUMNS))

    @property
    def _states(self) -> tuple[State, ...]:
        """The columns that are seen, the focused one among them."""
        n, at = self._side_by_side, COLUMNS.index(self._piles.at)
        self._first = max(min(self._first, at, len(COLUMNS) - n), at - n + 1)
        return COLUMNS[self._first : self._first + n]

    @property
    def _shape(self) -> Shape:
        n = self._side_by_side
        titles = 2 if n > 1 and self.size.height >= _TALL else 1
        return Shape(width=max(self.size.width // n - 2, 1), wide=n > 1, titles=titles)

    @property
    def _fits(self) -> int:
        """How many cards of a column can be seen."""
        heading = 2 if self._shape.wide else 1
        return max((self.size.height - _AROUND - heading - 1) // self._shape.high, 1)

    def _draw(self) -> None:
        """Show the board; each column sends only what changed."""
        if self._cards is None or not self.is_mounted:
            return
        width = max(self.size.width - 2, 1)
        self._lines("title", [board_words.title(self._cards.room, width)])
        self.set_class(self._piles.is_empty, "-empty")
        self._lines("empty", self._empty_lines(width))
        counts = {state: pile.cards for state, pile in self._piles.piles.items()}
        if self._shape.wide:
            self._lines("tabs", [board_words.edges(counts, self._states, width)])
        else:
            tabs, self._tab_ends = board_words.tabs(counts, self._piles.at, width)
            self._lines("tabs", [tabs])
        for column, state in zip(self._columns, self._states, strict=False):
            self._draw_column(column, state, counts[state])
        self._draw_status()

    def _draw_column(self, column: CardColumn, state: State, count: int) -> None:
        shape, pile, focused = self._shape, self._piles.piles[state], state is self._piles.at
        pile.scroll(self._fits)
        if shape.wide:
            heading = board_words.heading(state, count, shape.width, focused=focused)
        else:
            heading = [line(Span("─" * shape.width, "average"))]
        seen = pile.shown[pile.top : pile.top + self._fits]
        cards = [
            self._face(item, shape, focused=focused and pile.top + n == pile.focus)
            for n, item in enumerate(seen)
        ]
        if not seen:
            cards = [board_words.empty_column(state, shape.width, filtered=self._piles.is_filtered)]
        column.lay(heading, cards, board_words.foot(_below(pile, len(seen))), shape.high)

    def _face(self, item: Item, shape: Shape, *, focused: bool) -> list[Line]:
        assert self._cards is not None
        match item:
            case Older(n):
                return board_words.older(n, focused=focused)
            case Gone(_, to):
                return board_words.gone(to)
            case Card() as card:
                marked = key_of(card) in self._piles.marked
                room, now = self._cards.room, self._cards.now
                return board_words.card(card, room, now, shape, focused=focused, marked=marked)

    def _draw_status(self) -> None:
        """What needs saying most, below the cards."""
        if not self.is_mounted:
            return
        width = max(self.size.width - 2, 1)
        piles = self._piles
        found = sum(pile.cards for pile in piles.piles.values()) if piles.is_filtered else 0
        if self._message:
            lines = [line(Span(text, "key")) for text in wrap(self._message, width)]
        elif self._typing:
            lines = [board_words.typing(piles.sought, found, width)]
        else:
            lines = [board_words.looking(piles.sought, piles.theme, len(piles.marked), found)]
        status = self._shows["status"]
        if status.size.height not in (0, len(lines)):
            status.styles.height = len(lines)
        self._lines("status", lines)

    def _empty_lines(self, width: int) -> list[Line]:
        first, *others = board_words.empty_board()
        says = [line(Span(first, "strong")), line()]
        return says + [line(text) for sentence in others for text in wrap(sentence, width - 6)]

    def _lines(self, name: str, lines: list[Line]) -> None:
        self._shows[name].show(lines or [line("")])


def _me_too(card: Card) -> bool:
    """One more neighbour has this wish; False where there is none behind an activity."""
    behind = (card.id,) if card.kind is Kind.WISH else board.activity(card.id).wishes
    if behind:
        wishes.me_too(behind[0], by=place.who())
    return bool(behind)


def _below(pile: Pile, seen: int) -> int:
    """How many cards lie below those that can be seen."""
    rest = pile.shown[pile.top + seen :]
    return sum(item.n if isinstance(item, Older) else isinstance(item, Card) for item in rest)
