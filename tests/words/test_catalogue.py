"""The Dutch catalogue is complete, tidy and in step with the source."""

import re
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from hostdesk.commands import NAMES
from tests.words import catalogue, texts
from tests.words.texts import MsgId

MESSAGES = [message for message in catalogue.read() if message.id]
PAIRS = [pair for message in MESSAGES for pair in catalogue.pairs(message) if pair[1]]

TYPED = re.compile(rf"hostdesk (?:{'|'.join(NAMES)})\b(?: --[a-z]+)?|--[a-z-]+|\bF\d+\b|\bEsc\b|\bEnter\b")
"""What a person types or presses is the same in every language."""

EDGE = r"[\s.,:;?!…]*"
"""White space and punctuation at the beginning and the end of a text."""


def msgid(message: Message) -> MsgId:
    """The text as the source marks it."""
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def fields(text: str) -> list[str]:
    """The {places} to fill in."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def percents(text: str) -> list[str]:
    """The %(places)s of argparse."""
    return sorted(re.findall(r"%\(\w+\)[sr]|%[sr]", text))


def edges(text: str) -> list[str]:
    """How a text begins and ends."""
    return [found.group() for found in (re.match(EDGE, text), re.search(EDGE + r"\Z", text)) if found]


def test_the_catalogue_holds_the_texts_of_the_program_and_no_others() -> None:
    wanted, known = texts.wanted(), {msgid(message) for message in MESSAGES}
    missing = {text: files for text, files in wanted.items() if text not in known}
    unused = known - wanted.keys()
    assert not missing, f"run python -m tests.words.update and translate {missing}"
    assert not unused, f"run python -m tests.words.update, nothing says {unused}"


def test_no_translation_waits_or_is_a_guess() -> None:
    assert not [pair for message in MESSAGES for pair in catalogue.pairs(message) if not pair[1].strip()]
    assert not [message.id for message in MESSAGES if message.fuzzy]


def test_the_compiled_catalogue_is_that_of_the_editable_one() -> None:
    """The program reads the compiled one: after an edit, run python -m tests.words.update."""
    with catalogue.MO.open("rb") as file:
        compiled = {msgid(message): catalogue.pairs(message) for message in read_mo(file) if message.id}
    assert compiled == {msgid(message): catalogue.pairs(message) for message in MESSAGES}


def test_a_translation_fills_in_the_same_places() -> None:
    assert not [pair for pair in PAIRS if fields(pair[0]) != fields(pair[1])]
    assert not [pair for pair in PAIRS if percents(pair[0]) != percents(pair[1])]


def test_the_places_have_names_because_languages_order_words_differently() -> None:
    assert not [english for english, _ in PAIRS if not all(name.isidentifier() for name in fields(english))]


def test_a_translation_begins_and_ends_as_its_text_does() -> None:
    assert not [pair for pair in PAIRS if edges(pair[0]) != edges(pair[1])]


def test_a_translation_has_a_capital_where_its_text_has_one() -> None:
    letters = [pair for pair in PAIRS if pair[0][0].isalpha() and pair[1][:1].isalpha()]
    assert not [pair for pair in letters if pair[0][0].isupper() != pair[1][0].isupper()]


def test_what_a_person_types_is_not_translated() -> None:
    assert not [pair for pair in PAIRS if sorted(TYPED.findall(pair[0])) != sorted(TYPED.findall(pair[1]))]
