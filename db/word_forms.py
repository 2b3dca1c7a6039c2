"""The forms of a Dutch word: who looks for a key finds keys, and the other way round.

Spelling alone, without a dictionary: plurals, what adjectives and verbs end in, and what that does to
the vowel before it (raam, ramen; pan, pannen; brief, brieven; huis, huizen). A form that no text has
finds nothing and does no harm.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

_VOWELS = "aeiou"
_SHORTEST_ROOT = 3
"""Letters; what is left of a shorter word says nothing."""

_SHORT = 8
"""Letters; a longer word is mostly a compound, of which four say too little (buurtcafé, buurtfeest)."""

_WORD = re.compile(r"\w+")
_DOUBLED = re.compile(rf"([^{_VOWELS}])\1$")
_LONG = re.compile(r"(aa|ee|oo|uu)(?=[^aeiou]$)")
_SHORT_BEFORE_ONE = re.compile(rf"(?:^|[^{_VOWELS}])([aeou])[^{_VOWELS}]$")
_VOICED = {"z": "s", "v": "f"}
_UNVOICED = {"s": "z", "f": "v"}


def folded(text: str) -> str:
    """The text without capitals and accents, as the search index has it."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def forms(word: str) -> tuple[str, ...]:
    """The word and the forms that it may take, folded; each once, the word itself first."""
    word = folded(word).removesuffix("'s").removesuffix("\u2019s")
    found = [word]
    for root in _roots(word):
        found += [root, *_inflected(root)]
    return tuple(dict.fromkeys(form for form in found if form))


def beginning(word: str) -> str:
    """How a word begins: what endings and compounds (breien, breiclub) leave alone."""
    return word[:4] if len(word) <= _SHORT else word[:6]


def finder(sought: str) -> Callable[[str], bool]:
    """Tells whether a folded text has each of these words, in some form, or how one of them begins."""
    words = [
        re.compile(r"\b(?:" + "|".join(map(re.escape, {word, beginning(word), *_long(forms(word))})) + ")")
        for word in _WORD.findall(folded(sought))
    ]
    return lambda text: all(word.search(text) for word in words)


def _long(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(word) >= len(beginning(word)) > _SHORTEST_ROOT]


def _roots(word: str) -> list[str]:
    """What the word may be a form of, itself included."""
    found = [word]
    for ending in ("s", "es", "t", "n"):
        found += [word.removesuffix(ending)] if word.endswith(ending) else []
    for ending in ("en", "e"):
        if word.endswith(ending):
            found += _closed(word.removesuffix(ending))
    return [root for root in found if len(root) >= _SHORTEST_ROOT]


def _closed(stem: str) -> list[str]:
    """The words that a stem may come from: pann is pan, ram is raam, huiz is huis."""
    if _DOUBLED.search(stem):
        return [stem[:-1]]
    ends = stem[:-1] + _VOICED.get(stem[-1:], stem[-1:])
    found = [ends]
    if short := _SHORT_BEFORE_ONE.search(ends):
        found.append(ends[: short.start(1)] + short[1] * 2 + ends[short.end(1) :])
    return found


def _inflected(root: str) -> list[str]:
    """The forms of a root; its stem may lose a vowel, double a letter or be voiced: see `_closed`."""
    stems = [root]
    if _LONG.search(root):
        stems = [_LONG.sub(lambda long: long[1][0], root)]
    elif _SHORT_BEFORE_ONE.search(root):
        stems = [root, root + root[-1]]
    stems += [stem[:-1] + _UNVOICED[stem[-1]] for stem in stems if stem[-1] in _UNVOICED]
    return [f"{root}s", f"{root}t", *(f"{stem}{ending}" for stem in stems for ending in ("en", "e"))]
