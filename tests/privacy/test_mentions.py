"""What is a name in what people wrote, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.mentions import Sought
from db.name_words import ALSO_WORDS
from db.word_forms import folded


def struck(name: str, text: str, *, lower_case: bool | None = None) -> str:
    return Sought(name, lower_case).struck(text, "…")


def left(name: str, text: str, *, lower_case: bool | None = None) -> list[str]:
    return [text[start:end] for start, end in Sought(name, lower_case).find(text).left]


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("Nadia", "Nadia belde, en nadia en NADIA ook", "… belde, en … en … ook"),
        ("Nadia", "Nadia's jas, Nadia\u2019s tas, Nadias fiets", "… jas, … tas, … fiets"),
        ("Bas", "Bas' jas, Bas\u2019 tas en Bas zijn fiets", "… jas, … tas en … zijn fiets"),
        ("Nadia", "(Nadia) \u201cNadia\u201d, Nadia.", "(…) \u201c…\u201d, …."),
        ("Straße", "STRASSE en Strasse en straße's", "… en … en …"),
        ("Zoë", "Zoe, ZOË, Zoe\u0308 en zoë's", "…, …, … en …"),
        ("Zoe", "Zoë", "…"),
        ("Yıldız", "YILDIZ en yildiz", "… en …"),
        ("Jan-Peter", "Jan-Peter, jan-peter, Jan Peter en JAN-PETER's", "…, …, … en …"),
        ("Roos de Vries", "Roos de Vries, roos de vries", "…, …"),
        ("Nadia", "het Nadia-uurtje", "het …-uurtje"),
        ("Nadia B.", "Nadia B. was er", "… was er"),
        ("محمد", "محمد belde", "… belde"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, text: str, after: str) -> None:
    assert struck(name, text) == after


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("Wil", "Wil wil koffie, ik wil thee", "… wil koffie, ik wil thee"),
        ("Bas", "de bas van BAS bromt", "de bas van … bromt"),
        ("Roos", "Roos' roos bloeit", "… roos bloeit"),
        ("Mei", "in mei kwam Mei", "in mei kwam …"),
    ],
)
def test_a_name_that_is_a_word_is_a_word_without_a_capital(name: str, text: str, after: str) -> None:
    """Left standing and said; struck only for who asks."""
    assert struck(name, text) == after
    assert left(name, text) == [name.lower()] * len(left(name, text)) and left(name, text)
    assert name.lower() not in struck(name, text, lower_case=True).split()
    assert left(name, text, lower_case=True) == []


def test_who_asks_keeps_the_spelling_without_a_capital_of_any_name() -> None:
    assert struck("Samen", "Samen, samen") == "…, …"
    assert struck("Samen", "Samen, samen", lower_case=False) == "…, samen"
    assert left("Samen", "Samen, samen", lower_case=False) == ["samen"]


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Jan", "Jan-Peter en Anne-Jan kwamen", ["Jan-Peter", "Anne-Jan"]),
        ("Jan", "Jansen en Jantje, in januari", ["Jansen", "Jantje"]),
        ("Visser", "Nadia Bakker-Visser belde", ["Bakker-Visser"]),
        ("Nadia de Wit", "Nadia belde, net als Nadia de Wit", ["Nadia"]),
    ],
)
def test_what_may_be_somebody_else_is_left_and_said(name: str, text: str, stands: list[str]) -> None:
    assert left(name, text) == stands


def test_a_part_of_another_word_is_nothing() -> None:
    assert not Sought("Jan").find("de banjan in januari")
    assert not Sought("Nadia").find("")


@given(st.text(max_size=60), st.sampled_from(["Nadia", "Wil", "Straße", "Zoë", "Jan-Peter", "Yıldız"]))
def test_what_is_struck_is_found_no_more_and_nothing_else_is_touched(around: str, name: str) -> None:
    text = f"{around} {name} {around}"
    after = struck(name, text)
    assert not Sought(name).find(after).name
    assert len(after.split("…")) - len(text.split("…")) == len(Sought(name).find(text).name)
    assert struck(name, around) == around or Sought(name).find(around).name


def test_the_words_are_as_they_are_looked_up() -> None:
    assert {word for word in ALSO_WORDS if folded(word) != word} == set()
