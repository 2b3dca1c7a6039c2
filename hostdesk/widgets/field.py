"""A line to type on, in our look: no border, since console fonts lack Textual's, and no blinking cursor."""

from textual.widgets import Input


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
