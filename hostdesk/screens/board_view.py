"""How the board is laid out and drawn: its columns side by side, or one at a time with tabs."""

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from db.board import Card, Cards
from db.states import State
from hostdesk.screens import board_words
from hostdesk.screens.board_piles import COLUMNS, Gone, Item, Older, Pile, Piles, key_of
from hostdesk.screens.board_words import Shape
from hostdesk.widgets.card_column import CardColumn
from hostdesk.widgets.lines import Line, Lines, Span, line, wrap

_SIDE_BY_SIDE = 100
"""From so many cells on, columns stand side by side."""

_NARROWEST = 30
"""Cells of a column at least, with the blank beside it."""

_TALL = 29
"""From so many lines on, a title may take two."""

_AROUND = 3
"""Lines that are no column: title, tabs, status."""


class BoardView(Vertical):
    """Shows the piles as they lie; each part of it sends only what changed."""

    DEFAULT_CSS = """
    BoardView {
        height: 1fr;
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

    @dataclass
    class PressedAgain(Message):
        """Somebody pressed the card that the focus was on already."""

    def __init__(self, piles: Piles) -> None:
        """Show these."""
        super().__init__()
        self._piles = piles
        self._cards: Cards | None = None
        self._first = 0
        self._says = ""
        self._typing = False
        self.along = 0
        """How many look along at other screens."""
        self.questions = 0
        """How many wait for an answer, where they are theirs to answer."""
        self._tab_ends: tuple[tuple[int, State], ...] = ()
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

    @property
    def fits(self) -> int:
        """How many cards of a column can be seen."""
        heading = 2 if self.shape.wide else 1
        return max((self.size.height - _AROUND - heading - 1) // self.shape.high, 1)

    @property
    def shape(self) -> Shape:
        """How a card is drawn on a terminal of this size."""
        n = self._side_by_side
        titles = 2 if n > 1 and self.size.height >= _TALL else 1
        return Shape(width=max(self.size.width // n - 2, 1), wide=n > 1, titles=titles)

    def show(self, cards: Cards) -> None:
        """Show the piles, which have these cards now."""
        self._cards = cards
        self.draw()

    def say(self, sentence: str, *, typing: bool) -> None:
        """Say this below the cards; without it, what is being typed or looked for."""
        self._says, self._typing = sentence, typing
        self._draw_status()

    def on_resize(self, _event: events.Resize) -> None:
        """As many columns as fit."""
        for n, column in enumerate(self._columns):
            column.display = n < self._side_by_side
            column.styles.width = self.shape.width
        self.draw()

    def on_card_column_pressed(self, message: CardColumn.Pressed) -> None:
        """Go to the card that was pressed; pressing it again opens it."""
        state = self._state_of(message.column)
        if state is None:
            return
        pile = self._piles.piles[state]
        at = pile.top + message.row
        if at < len(pile.shown):
            again = state is self._piles.at and at == pile.focus
            self._piles.go_to(state)
            pile.go(at)
            self.draw()
            if again:
                self.post_message(self.PressedAgain())

    def on_card_column_scrolled(self, message: CardColumn.Scrolled) -> None:
        """Look further up or down the column under the pointer."""
        state = self._state_of(message.column)
        if state is not None:
            self._piles.go_to(state)
            self._piles.pile.go(self._piles.pile.focus + message.cards)
            self.draw()

    def on_click(self, event: events.Click) -> None:
        """Go to the tab that was pressed."""
        if event.widget is self._shows["tabs"] and self._tab_ends:
            x = event.screen_x - 1
            state = next((one for end, one in self._tab_ends if x < end), None)
            if state is not None:
                self._piles.go_to(state)
                self.draw()

    def draw(self) -> None:
        """Show the board; each column sends only what changed."""
        if self._cards is None or not self.size.width:
            return
        width = max(self.size.width - 2, 1)
        self._lines("title", [board_words.title(self._cards.room, width)])
        self.set_class(self._piles.is_empty, "-empty")
        self._lines("empty", _empty_lines(width))
        counts = {state: pile.cards for state, pile in self._piles.piles.items()}
        if self.shape.wide:
            self._lines("tabs", [board_words.edges(counts, self._states, width)])
        else:
            tabs, self._tab_ends = board_words.tabs(counts, self._piles.at, width)
            self._lines("tabs", [tabs])
        for column, state in zip(self._columns, self._states, strict=False):
            self._draw_column(column, state, counts[state])
        self._draw_status()

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

    def _state_of(self, column: CardColumn) -> State | None:
        """What stands in this column; None once a smaller terminal has put it away."""
        return dict(zip(self._columns, self._states, strict=False)).get(column)

    def _draw_column(self, column: CardColumn, state: State, count: int) -> None:
        shape, pile, focused = self.shape, self._piles.piles[state], state is self._piles.at
        pile.scroll(self.fits)
        if shape.wide:
            heading = board_words.heading(state, count, shape.width, focused=focused)
        else:
            heading = [line(Span("─" * shape.width, "average"))]
        seen = pile.shown[pile.top : pile.top + self.fits]
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
        if not self.size.width:
            return
        width = max(self.size.width - 2, 1)
        piles = self._piles
        found = sum(pile.cards for pile in piles.piles.values()) if piles.is_filtered else 0
        if self._says:
            lines = [line(Span(text, "key")) for text in wrap(self._says, width)]
        elif self._typing:
            lines = [board_words.typing(piles.sought, found, width)]
        else:
            hidden = self._marked_out_of_sight() if piles.marked else []
            looking = board_words.looking(piles.sought, piles.theme, len(piles.marked), found, hidden)
            lines = [looking or board_words.elsewhere(self.along, self.questions)]
        status = self._shows["status"]
        if status.size.height not in (0, len(lines)):
            status.styles.height = len(lines)
        self._lines("status", lines)

    def _marked_out_of_sight(self) -> list[str]:
        """The titles of the cards that are marked and cannot be seen now."""
        piles = [self._piles.piles[state] for state in self._states]
        seen = [item for pile in piles for item in pile.shown[pile.top : pile.top + self.fits]]
        return [card.title for card in self._piles.marked_cards() if card not in seen]

    def _lines(self, name: str, lines: list[Line]) -> None:
        self._shows[name].show(lines or [line("")])


def _empty_lines(width: int) -> list[Line]:
    first, *others = board_words.empty_board()
    says = [line(Span(first, "strong")), line()]
    return says + [line(text) for sentence in others for text in wrap(sentence, width - 6)]


def _below(pile: Pile, seen: int) -> int:
    """How many cards lie below those that can be seen."""
    rest = pile.shown[pile.top + seen :]
    return sum(item.n if isinstance(item, Older) else isinstance(item, Card) for item in rest)
