"""A form of several questions: Enter goes from one to the next, and does what it is for after the last."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from hostdesk.dialogs.form import Dialog, Go, Line
from hostdesk.widgets.field import Field
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Lines
from hostdesk.widgets.question import Question
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_


class Steps(Dialog):
    """Answers are written as they are understood; F2 saves from any question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("next"), key_display="Enter", priority=True),
        Binding("f2", "finish", N_("save"), key_display="F2", priority=True),
    ]
    DEFAULT_CSS = """
    Steps {
        #questions { max-height: 70vh; overflow-y: auto; }
        #told { height: auto; padding: 0 1; }
        #trouble { margin: 0; }
    }
    """

    def __init__(self) -> None:
        """Nothing is said yet."""
        super().__init__()
        self._oddities = Sentence(look="alarm", id="odd")

    def compose(self) -> ComposeResult:
        """The questions, what is odd or wrong, the keys."""
        with Vertical(id="form"):
            yield Lines(id="title")
            with Vertical(id="questions"):
                yield from self.questions()
            with Vertical(id="told"):
                yield from self.told()
                yield self._trouble
            yield KeyBar()

    def questions(self) -> Iterator[Widget]:
        """What is asked; a `Go` is the last."""
        raise NotImplementedError

    def told(self) -> Iterator[Widget]:
        """What is said below the questions while somebody fills them in."""
        yield self._oddities

    async def write(self) -> None:
        """Save the answers, which are all understood."""
        raise NotImplementedError

    def rewrite(self, field: Field) -> None:
        """Write an answer as it is understood.

        Raises:
            NotPossible: it is not.
        """

    @on(Input.Blurred)
    def tidy(self, event: Input.Blurred) -> None:
        """Write the answer as it is understood, or say what is wrong."""
        if self.is_attached and isinstance(event.input, Field):
            self.settle(event.input)

    async def action_next(self) -> None:
        """To the next question, when the answer is understood; after the last one, save."""
        if isinstance(self.focused, Go):
            await self.action_finish()
        elif not isinstance(self.focused, Field) or self.settle(self.focused):
            self.move(1)
        else:
            self._ask_again(self.focused)

    async def action_finish(self) -> None:
        """Save, when all answers are understood; else go to the first that is not."""
        asked = (field for field in self.query(Field) if field.query_ancestor(Question).display)
        wrong = [field for field in asked if not self.settle(field)]
        if wrong:
            self._ask_again(wrong[0])
        else:
            await self.write()

    def _ask_again(self, field: Field) -> None:
        """To an answer that is not understood. A day is typed over: a numeric pad takes nothing out of it."""
        self.set_focus(field)
        if not isinstance(field, Line):
            field.action_select_all()

    def settle(self, field: Field) -> bool:
        """Whether an answer makes sense; if it does, it is written as it is understood."""
        if isinstance(field, Line):
            return self.understands(field, field.assert_fits)
        return self.understands(field, lambda: self.rewrite(field))
