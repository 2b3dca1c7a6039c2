"""A line to type on, in our look: no border, since console fonts lack Textual's, and no blinking cursor."""

import asyncio

from textual import events
from textual.widget import Widget
from textual.widgets import Input


async def taken_in(line: Widget | None) -> None:
    """Wait until this line has taken in what was typed before the key that is being answered.

    Over a slow line keys come in bursts. Textual gives text to a field in its own time, so a key that
    leaves the field must be one with priority, and wait: then each letter ends up where it belongs.
    """
    if line is not None:
        done = asyncio.Event()
        line.call_later(done.set)
        await done.wait()


class Field(Input):
    """One line of text from a person: what is no text never gets in."""

    DEFAULT_CSS = """
    Field {
        &, &:focus, &.-textual-compact {
            height: 1;
            padding: 0;
            border: none;
            background: $panel;
            background-tint: $panel 0%;
            color: $foreground;
        }
        &:focus { text-style: bold; }
        & > .input--cursor { background: $panel; color: $foreground; text-style: reverse; }
        & > .input--selection { background: $accent; color: $background; }
        & > .input--placeholder { color: $text-muted; }
    }
    """

    def __init__(self, value: str = "", *, most: int, id: str | None = None) -> None:  # noqa: A002
        """Take so many characters at most."""
        super().__init__(value, max_length=most, compact=True, id=id)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Leave out what a paste may bring along: escape sequences, control and bidi characters."""
        return "".join(character for character in value if character.isprintable())

    async def on_key(self, event: events.Key) -> None:
        """Do what an editing key does when its turn comes.

        Textual looks a key's binding up after the key has passed through all that is around the field. In a
        burst over a slow line the letters typed after a Backspace would be there before it.
        """
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
