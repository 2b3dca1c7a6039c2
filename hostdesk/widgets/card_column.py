"""A column of cards in one widget: of a hundred cards, what changes is a few cells of one or two."""

from collections.abc import Sequence

from textual import events
from textual.message import Message

from hostdesk.widgets.lines import Line, Lines, line


class CardColumn(Lines):
    """Shows a heading, as many cards of the same height as fit, and a line at its foot."""

    DEFAULT_CSS = """
    CardColumn { height: 1fr; width: 1fr; }
    """

    class Pressed(Message):
        """Somebody pressed one of the cards that can be seen."""

        def __init__(self, column: "CardColumn", row: int) -> None:
            """That one, counted from the top."""
            super().__init__()
            self.column = column
            self.row = row

    class Scrolled(Message):
        """Somebody turned the wheel."""

        def __init__(self, column: "CardColumn", cards: int) -> None:
            """So many cards down; up when it is less than zero."""
            super().__init__()
            self.column = column
            self.cards = cards

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Show no cards yet."""
        super().__init__(id=id, classes=classes)
        self._heading = 0
        self._high = 1

    def lay(self, heading: Sequence[Line], cards: Sequence[Sequence[Line]], foot: Line, high: int) -> None:
        """Show these.

        Args:
            heading: lines above the cards.
            cards: the lines of each card; what it does not fill stays blank.
            foot: the line right below the last card.
            high: lines that each card takes.
        """
        self._heading, self._high = len(heading), high
        lines = list(heading)
        for card in cards:
            lines += [*card[:high], *[line()] * (high - len(card))]
        self.show([*lines, foot])

    def on_click(self, event: events.Click) -> None:
        """Say which card was pressed."""
        if event.y >= self._heading:
            self.post_message(self.Pressed(self, (event.y - self._heading) // self._high))

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """Look further down."""
        self.post_message(self.Scrolled(self, 1))

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """Look further up."""
        self.post_message(self.Scrolled(self, -1))
