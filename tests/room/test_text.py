"""Text from people is text, whatever they paste."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import NotPossible
from db.text import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  De\tHuiskamer \n", "De Huiskamer"),
        ("\x1b[31mrood\x1b[0m", "[31mrood[0m"),
        ("Café", "Café"),
        ("e\x00\u0301", "é"),
        ("a \x00 b", "a b"),
        ("\u202eneredrev", "neredrev"),
        ("[/bold] =1+1", "[/bold] =1+1"),
        ("één\u2028twee", "één twee"),
        ("\x9b31m", "31m"),
        ("koffie ☕", "koffie ☕"),
        ("", ""),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert clean(typed, most=60) == kept


@given(typed=st.text(max_size=80))
def test_no_text_brings_a_terminal_to_do_anything(typed: str) -> None:
    kept = clean(typed, most=500)

    assert clean(kept, most=500) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert not {unicodedata.category(c) for c in kept} & {"Cc", "Cs", "Zl", "Zp"}
    assert kept == kept.strip()
    kept.encode("utf-8")


def test_too_long_is_said_and_not_cut() -> None:
    assert clean("x" * 60, most=60) == "x" * 60
    with pytest.raises(NotPossible, match="61 characters, 60 fit"):
        clean("x" * 61, most=60)
