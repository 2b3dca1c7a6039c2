"""A line to type on, in our look: no border, since console fonts lack Textual's, and no blinking cursor."""

from typing import ClassVar

from textual.widgets import Input


class Field(Input):
    """One line of text from a person: what is no text never gets in."""

    IS_TEXT: ClassVar[bool] = True
    """Whether all keys of a numeric pad are text here; where they are not, they go on and back."""

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

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """What is text here; the keys of a numeric pad that go on or back may be keys of the form."""
        if key in ("slash", "divide") and not (self.IS_TEXT and self.value):
            return False
        if key in ("asterisk", "multiply") and not self.IS_TEXT:
            return False
        return super().check_consume_key(key, character)

    def validate_value(self, value: str) -> str:
        """Leave out what a paste may bring along: escape sequences, control and bidi characters."""
        return "".join(character for character in value if character.isprintable())
