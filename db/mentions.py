"""Where somebody's name stands in what people wrote, and where the same letters may say something else.

Capitals and accents do not count (Straße, STRASSE; Zoë, zoe), nor does a hyphen for a space, and what is
somebody's counts (Nadia's, Karims, Bas'). Left standing, and said, is what a program cannot know: a name
that is a word too where it has no capital (wil), another one's double name (Jan-Peter), a longer word
(Wilma), and the first name alone of who is called by two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from db.name_words import ALSO_WORDS
from db.word_forms import folded

_BETWEEN = r"[\s\u2010\u2011-]+"
_AFTER_A_HYPHEN = re.compile(r"(?:[^\W\d_][\w'\u2019]*-)+$")
_BEFORE_A_HYPHEN = re.compile(r"(?:-[^\W\d_]\w*)+")


@dataclass(frozen=True)
class Found:
    """What was found in a text: from and until, in characters."""

    name: tuple[tuple[int, int], ...]
    """Where the name stands."""
    left: tuple[tuple[int, int], ...]
    """What may be something else."""

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.name or self.left)


@dataclass(frozen=True)
class Sought:
    """The name that is looked for."""

    name: str
    lower_case: bool | None = None
    """Whether it is the name without a capital too; None: unless it is a word of the language then."""

    def find(self, text: str) -> Found:
        """Where it stands in this text."""
        letters, at = _folded(text)
        if self._parts[0] not in letters:
            return Found((), ())
        name: list[tuple[int, int]] = []
        left: list[tuple[int, int]] = []
        for match in self._pattern.finditer(letters):
            start, end = at[match.start()], at[match.end()]
            whole = _whole(text, start, end)
            if match["more"]:
                if text[start].isupper():
                    left.append(whole)
            elif _is_double(text, start, end):
                left.append(whole)
            else:
                is_name = self._any_spelling or not text[start : at[match.end("name")]].islower()
                (name if is_name else left).append((start, end))
        if self._first is not None:
            stands = {n for start, end in name for n in range(start, end)}
            left += [place for place in self._first.find(text).name if place[0] not in stands]
        return Found(tuple(name), tuple(sorted(left)))

    def struck(self, text: str, instead: str) -> str:
        """The text with something else where the name stood."""
        parts, done = [], 0
        for start, end in self.find(text).name:
            parts += [text[done:start], instead]
            done = end
        return "".join((*parts, text[done:]))

    @cached_property
    def _parts(self) -> list[str]:
        return re.split(_BETWEEN, _folded(self.name)[0].strip(" -"))

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        name = _BETWEEN.join(map(re.escape, self._parts))
        whose = r"(?:['\u2019]?s|(?<=[sxz])['\u2019])?"
        return re.compile(rf"(?<!\w)(?P<name>{name})(?:{whose}(?!\w)|(?P<more>\w+))")

    @cached_property
    def _any_spelling(self) -> bool:
        """Whether the name without a capital is the name too."""
        if self.lower_case is not None:
            return self.lower_case
        return " ".join(self._parts) not in ALSO_WORDS

    @cached_property
    def _first(self) -> "Sought | None":
        """What somebody of two names is mostly called by."""
        first = self.name.split()[0]
        return Sought(first, self.lower_case) if first != self.name else None


def _folded(text: str) -> tuple[str, list[int] | range]:
    """The text without capitals and accents, and where in the text each of its letters stands.

    A letter may become two (ß), or none (an accent that stands apart).
    """
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    letters, at = [], []
    for place, letter in enumerate(text):
        plain = folded(letter).replace("ı", "i")
        letters.append(plain)
        at += [place] * len(plain)
    return "".join(letters), [*at, len(text)]


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """All of a word that has a hyphen in it."""
    before = _AFTER_A_HYPHEN.search(text[:start])
    after = _BEFORE_A_HYPHEN.match(text, end)
    return (before.start() if before else start), (after.end() if after else end)


def _is_double(text: str, start: int, end: int) -> bool:
    """Whether another name stands before or behind it, with a hyphen: Jan-Peter is not Jan."""
    first, last = _whole(text, start, end)
    others: Iterator[str] = (part for part in (*text[first:start].split("-"), *text[end:last].split("-")))
    return any(other[:1].isupper() for other in others)
