"""One of a few, chosen with the arrow keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from hostdesk.widgets.lines import Lines, Span, line, width_of
from hostdesk.words import N_

_GAP = Span("   ")


class Choice(Lines, can_focus=True):
    """Shows what can be chosen, side by side, and which one is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "choose(1)", N_("choose"), key_display="← →"),
        Binding("left", "choose(-1)", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another one was chosen."""

        code: str

    def __init__(self, options: Sequence[tuple[str, str]], code: str) -> None:
        """Offer these codes with their names; one is chosen from the start."""
        super().__init__()
        self._options = tuple(options)
        self._at = [code for code, _ in options].index(code)

    @property
    def code(self) -> str:
        """What is chosen."""
        return self._options[self._at][0]

    def on_mount(self) -> None:
        """Show the options."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Choose what was pointed at."""
        x = 0
        for at, (_, name) in enumerate(self._options):
            x += width_of((Span(f"( ) {name}"), _GAP))
            if event.x < x:
                self._choose(at)
                return

    def action_choose(self, step: int) -> None:
        """Choose the next one or the one before."""
        self._choose((self._at + step) % len(self._options))

    def choose(self, code: str) -> None:
        """Choose what has this code, if that is offered."""
        codes = [one for one, _ in self._options]
        if code in codes and code != self.code:
            self._choose(codes.index(code))

    def _choose(self, at: int) -> None:
        self._at = at
        self._draw()
        self.post_message(self.Chosen(self.code))

    def _draw(self) -> None:
        spans: list[Span] = []
        for at, (_, name) in enumerate(self._options):
            chosen = at == self._at
            spans += [Span(f"({'•' if chosen else ' '}) {name}", "strong" if chosen else "plain"), _GAP]
        self.show([line(*spans[:-1])])
