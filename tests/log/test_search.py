"""Finding every mention: whatever the form of the word, its accents or its capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import log, logbook
from db.connection import database
from db.logbook import Filter, Reader
from db.room import Room
from db.word_forms import forms

ANYBODY = Reader("Nadia")

ONE_AND_MANY = [
    ("sleutel", "sleutels"),
    ("raam", "ramen"),
    ("pan", "pannen"),
    ("brief", "brieven"),
    ("huis", "huizen"),
    ("glas", "glazen"),
    ("lamp", "lampen"),
    ("fles", "flessen"),
    ("boom", "bomen"),
    ("deur", "deuren"),
    ("foto", "foto's"),
    ("café", "cafés"),
    ("kopje", "kopjes"),
    ("kapot", "kapotte"),
    ("leeg", "lege"),
    ("lekt", "lekken"),
    ("sluiten", "sluit"),
    ("bezoeker", "bezoekers"),
    ("key", "keys"),
    ("box", "boxes"),
]


def found(words: str) -> list[str]:
    return [entry.text or "" for entry in logbook.entries(ANYBODY, Filter(words=words))]


@pytest.mark.parametrize(("one", "many"), [*ONE_AND_MANY, *[(many, one) for one, many in ONE_AND_MANY]])
def test_a_word_finds_its_other_forms(room: Room, one: str, many: str) -> None:
    log.write("heel iets anders")
    log.write(f"over {one} gesproken")

    assert found(many) == [f"over {one} gesproken"]


def test_what_goes_on_after_what_is_typed_is_found_while_typing(room: Room) -> None:
    log.write("Sleutelkast staat open")

    for typed in ("s", "sl", "SLEUTEL", "sleutelk", "sleutelkast sta"):
        assert found(typed) == ["Sleutelkast staat open"], typed
    assert found("sleutelkist") == []


COMPOUNDS = [
    ("sleutel", "reservesleutel"),
    ("sleutels", "reservesleutel"),
    ("sleutel", "reservesleutels"),
    ("sleutel", "reservesleutelkastje"),
    ("kast", "sleutelkast"),
    ("raam", "zolderramen"),
    ("brief", "nieuwsbrieven"),
    ("lamp", "zaklamp"),
    ("CAFÉ", "buurtcafé"),
]


@pytest.mark.parametrize(("typed", "written"), COMPOUNDS)
def test_a_word_is_found_inside_a_compound_and_marked(room: Room, typed: str, written: str) -> None:
    log.write("heel iets anders")
    log.write(f"de {written} is kwijt")

    (entry,) = logbook.entries(ANYBODY, Filter(words=typed))
    assert [(entry.text or "")[start:end] for start, end in entry.hits] == [written]


def test_what_is_short_or_is_no_part_of_a_compound_is_not_found_inside(room: Room) -> None:
    """Half of all words have “en” or “aan” in them; “weten” is nobody's meal."""
    log.write("vandaag weten wij: de zaklamp staat op de baan")

    for typed in ("en", "aan", "aa", "eten", '"lamp"'):
        assert found(typed) == [], typed


def test_an_erased_word_is_not_found_inside_either(room: Room) -> None:
    log.write("de reservesleutel is kwijt")
    log.amend(1, "de tas is kwijt")

    assert found("sleutel") == []


def test_of_too_many_compounds_the_usual_ones_are_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "MOST_COMPOUNDS", 1)
    log.write("een zaklamp")
    for _ in range(2):
        log.write("een bureaulamp")

    assert found("lamp") == ["een bureaulamp"] * 2


def test_many_words_cost_as_few_questions_as_one(room: Room) -> None:
    """Reading which words the log has is what takes long."""

    def asked(words: str) -> int:
        questions: list[str] = []
        database.query_hooks.append(lambda event: questions.append(event.sql))
        found(words)
        database.query_hooks.pop()
        return len(questions)

    log.write("de reservesleutel hangt aan de zaklamp in de keukenkast")
    assert found("sleutel lamp kast keuken") == ["de reservesleutel hangt aan de zaklamp in de keukenkast"]
    assert asked("sleutel") == asked("sleutel lamp kast keuken")


@pytest.mark.parametrize("typed", ["cafe", "CAFÉ", "Café", "cafe\u0301"])
def test_accents_and_capitals_do_not_count(room: Room, typed: str) -> None:
    log.write("in het café")

    assert found(typed) == ["in het café"]


def test_all_words_must_be_in_it(room: Room) -> None:
    log.write("sleutel kwijt")
    log.write("sleutels gevonden")

    assert found("sleutel gevonden") == ["sleutels gevonden"]
    assert found('"sleutel kwijt"') == ["sleutel kwijt"]
    assert found('"kwijt sleutel"') == []
    assert found('"sleutel kw') == [], "a quote that is not closed yet holds whole words too"


@pytest.mark.parametrize("typed", ["or", "NOT", "near", "text:", "AND OR", "sleutel)", "(", '"', "*", "sl*"])
def test_what_is_typed_is_words_and_no_language(room: Room, typed: str) -> None:
    log.write("sleutel or not near and text")

    assert found(typed) in ([], ["sleutel or not near and text"])
    if typed.strip('()"*'):
        assert found(typed)


def test_hits_can_be_marked(room: Room) -> None:
    text = "De sleutels: één sleutel, en nog een Sleutelkast."
    log.write(text)

    (entry,) = logbook.entries(ANYBODY, Filter(words="sleutel"))
    assert [text[start:end] for start, end in entry.hits] == ["sleutels", "sleutel", "Sleutelkast"]
    assert logbook.entries(ANYBODY)[0].hits == ()


def test_the_newest_that_fit_are_found(room: Room) -> None:
    for number in range(30):
        log.write(f"sleutel {number}")

    assert [entry.text for entry in logbook.entries(ANYBODY, Filter(words="sleutel"), most=2)] == [
        "sleutel 29",
        "sleutel 28",
    ]


@given(st.text(max_size=30))
def test_a_word_is_among_its_own_forms_and_they_are_not_many(word: str) -> None:
    assert len(forms(word)) <= 60
    assert all(forms(word))


@given(st.sampled_from([word for pair in ONE_AND_MANY for word in pair]))
def test_a_form_of_a_word_has_that_word_among_its_forms(word: str) -> None:
    first = forms(word)[0]
    for ending in ("s", "en"):
        assert first in forms(first + ending)
