"""What lies where on the board while somebody looks at it.

Cards do not jump under somebody's eyes: a card that is moved leaves an open place behind, and goes to the
lowest place that can be seen in its new column. So a move changes two cards of the screen and no others,
which matters to who looks and to a slow line alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from db.board import Card, Cards
from db.states import Kind, State
from db.word_forms import finder, folded

Key = tuple[Kind, int]
"""Which card: what it is, and its number."""

COLUMNS = tuple(State)
"""The columns from left to right."""


@dataclass(frozen=True)
class Gone:
    """The open place of a card that was moved away."""

    key: Key
    to: State


@dataclass(frozen=True)
class Older:
    """The line that stands for older cards, and opens."""

    n: int


Item = Card | Gone | Older


def key_of(card: Card) -> Key:
    """Which card this is."""
    return card.kind, card.id


@dataclass
class Pile:
    """A column as it is looked at."""

    lying: list[Card | Gone] = field(default_factory=list)
    """Everything in it, in the order in which it is shown."""
    shown: list[Item] = field(default_factory=list)
    """What is left of that by the filter, and the line for older cards."""
    folded: int = 0
    """So many older cards were not read."""
    focus: int = 0
    """Which of the shown ones the focus is on."""
    top: int = 0
    """The first one that can be seen."""

    @property
    def focused(self) -> Item | None:
        """What the focus is on."""
        return self.shown[self.focus] if self.focus < len(self.shown) else None

    @property
    def cards(self) -> int:
        """How many cards are in it as it is filtered, older ones too."""
        return sum(item.n if isinstance(item, Older) else isinstance(item, Card) for item in self.shown)

    def go(self, to: int) -> None:
        """Put the focus there, or as near as there is something; an open place is passed over."""
        step = 1 if to >= self.focus else -1
        at = max(min(to, len(self.shown) - 1), 0)
        while 0 <= at < len(self.shown) and isinstance(self.shown[at], Gone):
            at += step
        if 0 <= at < len(self.shown):
            self.focus = at
        elif self.focus >= len(self.shown):
            self.focus = max(len(self.shown) - 1, 0)

    def scroll(self, fits: int) -> None:
        """See to it that the focus can be seen, where so many fit; half a column at a time."""
        fits = max(fits, 1)
        if self.focus < self.top:
            self.top = max(self.focus - fits // 2, 0)
        elif self.focus >= self.top + fits:
            self.top = self.focus - (fits - 1) // 2
        self.top = max(min(self.top, len(self.shown) - fits), 0)


class Piles:
    """The whole board as somebody looks at it: where they are, what they marked, what they look for."""

    def __init__(self) -> None:
        """An empty board."""
        self.piles = {state: Pile() for state in COLUMNS}
        self.at = State.RECEIVED
        self.marked: set[Key] = set()
        self.sought = ""
        """What is typed in the filter."""
        self._finds = finder("")
        self.theme: str | None = None
        """The one theme that is shown; all with None."""
        self._folded: dict[tuple[str, ...], str] = {}

    @property
    def pile(self) -> Pile:
        """The column that the focus is in."""
        return self.piles[self.at]

    @property
    def card(self) -> Card | None:
        """The card that the focus is on."""
        return self.pile.focused if isinstance(self.pile.focused, Card) else None

    @property
    def is_filtered(self) -> bool:
        """Whether some cards may be left out."""
        return bool(self.sought or self.theme is not None)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on the board at all."""
        return not any(pile.lying or pile.folded for pile in self.piles.values())

    def all_cards(self) -> Iterator[Card]:
        """Every card that was read."""
        for pile in self.piles.values():
            yield from (item for item in pile.lying if isinstance(item, Card))

    def marked_cards(self) -> list[Card]:
        """The cards that are marked, wherever they are."""
        return [card for card in self.all_cards() if key_of(card) in self.marked]

    def find(self, key: Key) -> Card | None:
        """This card, wherever it is."""
        return next((card for card in self.all_cards() if key_of(card) == key), None)

    def themes(self) -> list[str]:
        """The themes of the cards, in the order of the alphabet."""
        return sorted({card.theme for card in self.all_cards() if card.theme}, key=str.casefold)

    def take(self, cards: Cards) -> None:
        """Lay these cards: those that are there stay where they lie, others come where they belong."""
        for state, pile in self.piles.items():
            focused = pile.focused
            pile.lying = _merged(pile.lying, cards.columns[state])
            pile.folded = cards.folded.get(state, 0)
            self._show(pile)
            _focus_again(pile, focused)
        self.marked &= {key_of(card) for card in self.all_cards()}

    def tidy(self, cards: Cards) -> None:
        """Lay all cards in the board's own order, without open places; the focus stays on its card."""
        for state, pile in self.piles.items():
            focused = pile.focused
            pile.lying = list(cards.columns[state])
            pile.folded = cards.folded.get(state, 0)
            self._show(pile)
            _focus_again(pile, focused)

    def look_for(self, sought: str, theme: str | None) -> None:
        """Show only what has these words, and this theme."""
        self.sought, self.theme = sought, theme
        self._finds = finder(sought)
        for pile in self.piles.values():
            focused = pile.focused
            pile.lying = [item for item in pile.lying if isinstance(item, Card)]
            self._show(pile)
            _focus_again(pile, focused)
            pile.top = 0
        if not self.pile.shown:
            self.at = next((state for state in COLUMNS if self.piles[state].shown), self.at)

    def step(self, columns: int) -> None:
        """Go to the column so far to the right."""
        at = COLUMNS.index(self.at) + columns
        if 0 <= at < len(COLUMNS):
            self.at = COLUMNS[at]
            self._close_up(self.pile)

    def go_to(self, state: State) -> None:
        """Go to this column."""
        self.step(COLUMNS.index(state) - COLUMNS.index(self.at))

    def stand_at(self, card: Card) -> None:
        """Put the focus on this card, unless it is left out."""
        pile, key = self.piles[card.state], key_of(card)
        shown = next((n for n, item in enumerate(pile.shown) if _is(item, key)), None)
        if shown is not None:
            self.at = card.state
            pile.go(shown)

    def mark(self, card: Card) -> None:
        """Mark a card, or take its mark away."""
        self.marked ^= {key_of(card)}

    def change(self, card: Card) -> None:
        """What is known of a card is something else now."""
        pile, key = self.piles[card.state], key_of(card)
        pile.lying = [card if _is(item, key) else item for item in pile.lying]
        self._show(pile)

    def move(self, card: Card, to: State, fits: int) -> None:
        """A card goes to another column, where so many can be seen; the focus goes with it."""
        key = key_of(card)
        left = self.piles[card.state]
        left.lying = [Gone(key, to) if _is(item, key) else item for item in left.lying]
        self._show(left)
        pile = self.piles[to]
        moved = replace(card, state=to)
        places = [n for n, item in enumerate(pile.lying) if isinstance(item, Gone)]
        own = next((n for n in places if _is(pile.lying[n], key)), None)
        if own is not None:
            pile.lying[own] = moved
        else:
            pile.lying.insert(self._lowest_seen(pile, fits), moved)
        self._show(pile)
        self.at = to
        shown = next((n for n, item in enumerate(pile.shown) if _is(item, key)), None)
        pile.go(pile.focus if shown is None else shown)  # words that are looked for may leave it out
        left.go(left.focus)

    def _lowest_seen(self, pile: Pile, fits: int) -> int:
        """Where a card comes to lie that changes no other card that can be seen, but perhaps the last."""
        seen = pile.shown[pile.top : pile.top + max(fits - 1, 0)]
        last = next((item for item in reversed(seen) if not isinstance(item, Older)), None)
        return pile.lying.index(last) + 1 if last is not None else 0

    def _close_up(self, pile: Pile) -> None:
        """Close the open places, now that somebody comes back to look."""
        if any(isinstance(item, Gone) for item in pile.lying):
            focused = pile.focused
            pile.lying = [item for item in pile.lying if isinstance(item, Card)]
            self._show(pile)
            _focus_again(pile, focused)

    def _show(self, pile: Pile) -> None:
        pile.shown = [item for item in pile.lying if isinstance(item, Gone) or self._passes(item)]
        if pile.folded and not self.is_filtered:
            pile.shown.append(Older(pile.folded))

    def _passes(self, card: Card) -> bool:
        if self.theme is not None and card.theme != self.theme:
            return False
        if not self.sought:
            return True
        said = (card.title, card.theme, card.wishes)
        if said not in self._folded:
            self._folded[said] = folded(" ".join(said))
        return self._finds(self._folded[said])


def _merged(lying: list[Card | Gone], cards: tuple[Card, ...]) -> list[Card | Gone]:
    """The cards that lay there as they are now, each new one behind the one that it belongs behind."""
    by_key = {key_of(card): card for card in cards}
    kept: list[Card | Gone] = []
    for item in lying:
        if isinstance(item, Card) and key_of(item) in by_key:
            kept.append(by_key[key_of(item)])
        elif isinstance(item, Gone) and item.key not in by_key:
            kept.append(item)
    known = {key_of(item) for item in kept if isinstance(item, Card)}
    new_behind: dict[Key | None, list[Card]] = {}
    before = None
    for card in cards:
        if key_of(card) in known:
            before = key_of(card)
        else:
            new_behind.setdefault(before, []).append(card)
    merged: list[Card | Gone] = [*new_behind.get(None, ())]
    for item in kept:
        merged.append(item)
        if isinstance(item, Card):
            merged += new_behind.get(key_of(item), ())
    return merged


def _focus_again(pile: Pile, focused: Item | None) -> None:
    """Put the focus back on its card, or on what lies in its place."""
    if isinstance(focused, Card):
        key = key_of(focused)
        pile.focus = next(
            (n for n, item in enumerate(pile.shown) if isinstance(item, Card) and _is(item, key)), pile.focus
        )
    pile.go(pile.focus)


def _is(item: Item, key: Key) -> bool:
    """Whether this is that card, or its open place."""
    if isinstance(item, Card):
        return key_of(item) == key
    return isinstance(item, Gone) and item.key == key
