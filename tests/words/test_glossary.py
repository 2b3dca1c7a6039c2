"""One concept, one word: the Dutch of the screens keeps to the glossary."""

import re

from tests.words import catalogue

PAIRS = [pair for message in catalogue.read() if message.id for pair in catalogue.pairs(message) if pair[1]]

NOT_OURS = {
    r"gast(en)?": "bezoeker",
    r"klant(en)?": "bezoeker",
    r"uw": "je",
    r"(kunt|moet|wilt|heeft|bent|mag|hebt|zult) u": "je",
    r"u (kunt|moet|wilt|heeft|bent|mag|hebt|zult)": "je",
    r"back-?ups?": "reservekopie",
    r"shifts?": "dienst",
    r"host": "gastheer, gastvrouw, gastteam",
    r"coordinator": "coördinator",
    r"headcount": "telling, koppen tellen",
    r"(restore|herstel|herstellen)": "terugzetten",
    r"(?<!automatisch )gesloten": "dicht (but: automatisch gesloten)",
    r"schatting|geschat": "geraamd",
    r"wens(en)?lijst": "activiteitenbord",
    r"beroepskracht(en)?": "professional (but whoever types beroepskracht is understood)",
}
"""Words that are not said, and what is said instead."""

SAID_AS = {
    r"visitors?": r"bezoekers?",
    r"visits?": r"bezoek|eerste keer",
    r"volunteers?": r"vrijwilligers?",
    r"headcount": r"telling|tel koppen|koppen tellen",
    r"not measured": r"niet gemeten",
    r"first (visits?|time)": r"eerste keer",
    r"present now": r"nu aanwezig",
    r"undone|undo": r"ongedaan|terug",
    r"hosts": r"gastteam|gastheren en gastvrouwen",
    r"backups?": r"reservekopie",
    r"opening hours": r"openingstijden",
    r"open": r"open|geopend",
    r"closed": r"dicht|afgesloten|gesloten",
    r"week": r"week",
    r"room": r"buurtkamer|huiskamer|demo",
    r"on duty": r"dienst",
    r"the desk": r"de balie",
    r"group": r"groep",
}
"""An English term, and how its Dutch sounds."""

PROGRAM = re.compile(r"hostdesk( [a-z]+)?( --[a-z]+)?")
"""The name of the program and of its commands is not a word of the room."""

KEY = re.compile(r"shift\+\S+")
"""And neither is what stands on a key."""


def words(text: str) -> str:
    """The text without command lines and places to fill in."""
    return re.sub(r"\{\w+\}", " ", KEY.sub(" ", PROGRAM.sub(" ", text))).lower()


def wrong_words(dutch: str) -> list[str]:
    """What the Dutch should say instead."""
    return [right for wrong, right in NOT_OURS.items() if re.search(rf"\b({wrong})\b", words(dutch))]


def unsaid_terms(english: str, dutch: str) -> list[str]:
    """The terms of the English that the Dutch has no word for."""
    return [
        said
        for term, said in SAID_AS.items()
        if re.search(rf"\b({term})\b", words(english)) and not re.search(said, words(dutch))
    ]


def test_dutch_uses_no_other_words_than_the_glossary() -> None:
    assert not {dutch: wrong_words(dutch) for _, dutch in PAIRS if wrong_words(dutch)}


def test_a_term_of_the_glossary_is_said_in_its_dutch_word() -> None:
    assert not {pair: unsaid_terms(*pair) for pair in PAIRS if unsaid_terms(*pair)}


def test_a_wrong_word_would_be_noticed() -> None:
    assert wrong_words("Tel een gast") == ["bezoeker"]
    assert wrong_words("Wilt u stoppen? Maak eerst een back-up.") == ["je", "reservekopie"]
    assert not wrong_words("Het gastteam is er: u = terug. Gebruik: hostdesk backup")
    assert unsaid_terms("Count a visitor", "Tel een mens") == ["bezoekers?"]
