"""One of several, chosen with the arrow keys, on terminals of any width."""

from collections.abc import Sequence

from textual import events

from hostdesk.widgets.choice import Choice
from hostdesk.widgets.lines import Span, line, width_of

_STEPS = {"right": 1, "space": 1, "left": -1}

_ON_A_NUMERIC_PAD = {"6": 1, "4": -1}
"""Its arrows, as far as no option begins with that digit."""


class Pick(Choice):
    """A choice that shows only what is chosen where all of it does not fit; a letter goes to its option."""

    def __init__(self, options: Sequence[tuple[str, str]], code: str, *, id: str | None = None) -> None:  # noqa: A002
        """Offer these codes with their names; one is chosen from the start."""
        super().__init__(options, code)
        if id:
            self.id = id

    def offer(self, options: Sequence[tuple[str, str]], code: str) -> None:
        """Offer these instead."""
        self._options = tuple(options)
        self._at = [known for known, _ in options].index(code)
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Show as much as fits now."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Choose with the arrows, or go to the next option that begins with this letter.

        At once: a binding would be looked up when the keys after this one have moved on already.
        """
        if event.key in _STEPS:
            event.stop()
            self.action_choose(_STEPS[event.key])
            return
        if event.character is None or not event.character.isalnum():
            return
        letter, count = event.character.casefold(), len(self._options)
        for step in range(1, count + 1):
            at = (self._at + step) % count
            if self._options[at][1].casefold().startswith(letter):
                event.stop()
                self._choose(at)
                return
        if event.key in _ON_A_NUMERIC_PAD:
            event.stop()
            self.action_choose(_ON_A_NUMERIC_PAD[event.key])

    def on_click(self, event: events.Click) -> None:
        """Choose what was pointed at, or what comes next where only one is shown."""
        if not self._all_fit():
            event.prevent_default()
            self.action_choose(1)

    def _draw(self) -> None:
        if self._all_fit():
            super()._draw()
        else:
            self.show(
                [line(Span("← ", "key"), Span(self._options[self._at][1], "strong"), Span(" →", "key"))]
            )

    def _all_fit(self) -> bool:
        wide = sum(width_of((Span(f"( ) {name}   "),)) for _, name in self._options) - 3
        return wide <= self.size.width
