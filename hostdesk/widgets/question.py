"""A question with its answer beside it, and under it the sentence that says what is wrong with that."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from db.errors import HostdeskError
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import say


class Question(Vertical):
    """Asks one thing; an arrow marks where the keys go, so that it shows without colours too."""

    DEFAULT_CSS = """
    Question {
        height: auto;
        max-width: 90;
        & > Horizontal { height: 1; }
        .label { width: 22; }
        .answer { width: 1fr; }
        Sentence { margin-left: 22; }
    }
    """

    def __init__(self, label: Callable[[], str], answer: Widget) -> None:
        """Ask this, in the language that is spoken when it is drawn."""
        super().__init__()
        self._label = label
        self._answer = answer
        self._trouble: HostdeskError | None = None

    def compose(self) -> ComposeResult:
        """Lay the row out."""
        with Horizontal():
            yield Lines(classes="label")
            yield self._answer.add_class("answer")
        yield Sentence(look="alarm")

    def on_mount(self) -> None:
        """Say what is asked."""
        self.draw()

    def on_descendant_focus(self) -> None:
        """The keys go here."""
        self.draw()

    def on_descendant_blur(self) -> None:
        """The keys go elsewhere."""
        self.draw()

    def show_trouble(self, trouble: HostdeskError | None) -> None:
        """Say what is wrong with the answer, or nothing."""
        self._trouble = trouble
        self.draw()

    @property
    def trouble(self) -> str:
        """What is said to be wrong with the answer; empty where nothing is."""
        return say(self._trouble) if self._trouble else ""

    def draw(self) -> None:
        """Say everything in the language that is spoken now."""
        focused = self._answer.has_focus
        text = f"{'→' if focused else ' '} {self._label()}"
        self.query_one(".label", Lines).show([line(Span(text, "strong" if focused else "plain"))])
        self.query_one(Sentence).say(self.trouble)
