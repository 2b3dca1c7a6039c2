"""What every screen that stands over the desk can do, so that the program need not know which one it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen, ScreenResultType

from hostdesk import whose_keys

if TYPE_CHECKING:  # loaded when somebody asks for help
    from hostdesk.help_words import Help


class OverDesk(Screen[ScreenResultType]):
    """Stands over the desk, which counts on under it."""

    AUTO_FOCUS = None
    SUBJECT: ClassVar[str]
    """What it is about: the name of the action that shows it, and of its words in the help."""
    others: Sequence[str | None] = ()
    """Who looks along, as the app says each time before it is read again."""
    questions: int = 0
    """How many wait for an answer; likewise."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that is not theirs does not stand on the bar of who looks along."""
        if not whose_keys.may(self.SUBJECT, action, parameters):
            return False
        return super().check_action(action, parameters)

    def read(self) -> None:
        """Something may have changed: read again what stands here, and show it."""
        raise NotImplementedError

    def tell(self, sentence: str) -> None:
        """Say what just happened; over the screen, where it has no line for that."""
        self.notify(sentence, severity="warning", timeout=10, markup=False)

    def explain(self) -> "Help":
        """What the help says of this screen."""
        from hostdesk import help_words

        help_of_screen: Help = getattr(help_words, self.SUBJECT)()
        return help_of_screen
