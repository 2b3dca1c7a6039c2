"""Text from people is text: what is not, is taken out on its way in, and again on its way out."""

import unicodedata

from db.errors import N_, NotPossible

_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _kept(character: str) -> str:
    """What stays of a character: no control, surrogate or bidi character; white space is a space."""
    if character.isspace():
        return " "
    if unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"} or character in _BIDI_CONTROLS:
        return ""
    return character


def visible(text: str) -> str:
    """The text as a terminal may have it, on one line: nothing in it moves, colours or turns round."""
    return "".join(map(_kept, text))


def clean(text: str, *, most: int) -> str:
    """One line of text as a person meant it: NFC, white space folded, no control characters.

    Args:
        text: what came in, from a key, an argument or a file.
        most: the greatest length that is kept, in characters.

    Raises:
        NotPossible: the text is longer than that.
    """
    line = " ".join(unicodedata.normalize("NFC", visible(text)).split())
    if len(line) > most:
        raise NotPossible(N_("That text is too long: {n} characters, {most} fit."), n=len(line), most=most)
    return line
