"""Text from people is text: what is not, is taken out once on its way in."""

import unicodedata

from db.errors import N_, NotPossible

_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _belongs(character: str) -> bool:
    """Whether this character may stand in somebody's text: no control, surrogate or bidi character."""
    return unicodedata.category(character) not in {"Cc", "Cs", "Cn", "Co"} and character not in _BIDI_CONTROLS


def clean(text: str, *, most: int) -> str:
    """One line of text as a person meant it: NFC, white space folded, no control characters.

    Args:
        text: what came in, from a key, an argument or a file.
        most: the greatest length that is kept, in characters.

    Raises:
        NotPossible: the text is longer than that.
    """
    folded = " ".join(text.split())
    line = "".join(c for c in unicodedata.normalize("NFC", folded) if _belongs(c)).strip()
    if len(line) > most:
        raise NotPossible(N_("That text is too long: {n} characters, {most} fit."), n=len(line), most=most)
    return line
