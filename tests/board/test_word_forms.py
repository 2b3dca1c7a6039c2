"""What is found on the board while somebody types: how a word begins, and its forms."""

import pytest

from db.word_forms import finder, folded


@pytest.mark.parametrize(
    ("sought", "text", "found"),
    [
        ("eten", "Samen eten", True),
        ("eten", "Ontmoeten", False),
        ("breien", "Breiclub", True),
        ("brei", "Samen breien", True),
        ("café", "Repair cafe", True),
        ("CAFE", "Repair Café", True),
        ("koken", "Kookclub", True),
        ("sleutel", "Sleutels tellen", True),
        ("samen eten", "Eten met elkaar, samen", True),
        ("samen koor", "Samen eten", False),
        ("", "Wat dan ook", True),
        ("(", "Soep (warm)", True),
    ],
)
def test_finding(sought: str, text: str, found: bool) -> None:
    assert finder(sought)(folded(text)) is found


@pytest.mark.parametrize("typed", range(1, 7))
def test_it_is_there_from_the_first_letter_to_the_last(typed: int) -> None:
    assert finder("breien"[:typed])(folded("Breiclub"))
