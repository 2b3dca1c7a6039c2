"""A sentence that takes as many lines as it needs."""

from textual import events

from hostdesk.widgets.lines import Lines, Span, line, wrap


class Sentence(Lines):
    """Says something, wrapped at its own width; without anything to say it takes no room."""

    DEFAULT_CSS = """
    Sentence { display: none; height: 1; }
    """

    def __init__(self, *, look: str = "plain", id: str | None = None) -> None:  # noqa: A002
        """Say nothing yet."""
        super().__init__(id=id)
        self._look = look
        self._said = ""

    def say(self, sentence: str) -> None:
        """Say this instead."""
        self._said = sentence
        self.display = bool(sentence)
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap it anew."""
        self._draw()

    def _draw(self) -> None:
        lines = wrap(self._said, self.size.width) if self.size.width else [self._said]
        self.styles.height = max(len(lines), 1)
        self.show([line(Span(text, self._look)) for text in lines])
