"""A soft warning where a text looks as if it says something about a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.delicate import Delicate, looks_like


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("bel 06-12345678", Delicate.PHONE),
        ("0612345678 terugbellen", Delicate.PHONE),
        ("06 12 34 56 78", Delicate.PHONE),
        ("+31 6 12345678", Delicate.PHONE),
        ("0031 53 4812000", Delicate.PHONE),
        ("(053) 481 20 00", Delicate.PHONE),
        ("mail nadia@example.org even", Delicate.EMAIL),
        ("rekening NL91 ABNA 0417 1643 00 klopt", Delicate.IBAN),
        ("NL91 ABNA 0417 1643 00 0612", Delicate.IBAN),
        ("nl91abna0417164300", Delicate.IBAN),
        ("GB82 WEST 1234 5698 7654 32", Delicate.IBAN),
        ("nummer 111222333", Delicate.BSN),
        ("1234.56.782", Delicate.BSN),
    ],
)
def test_what_looks_like_a_person(text: str, what: Delicate) -> None:
    assert what in looks_like(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "koffiezetter lekt",
        "om 14:00 kwamen er 25 mensen, tot 16.30",
        "op 23-11-2026 en 2026-11-23",
        "de kosten: 1.234,50 euro",
        "artikel 8712345678906",
        "NL91ABNA0417164301",
        "111222334",
        "000000000",
        "twee keer @ het raam",
        "kamer 0, rij 12",
    ],
)
def test_what_does_not(text: str) -> None:
    assert looks_like(text) == ()


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_one_other_digit_is_no_bsn(digits: list[int]) -> None:
    """The eleven test sees every single mistake."""
    total = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True))
    last = total % 11
    if last == 10 or not any(digits):
        return
    number = "".join(map(str, [*digits, last]))
    assert Delicate.BSN in looks_like(f"x {number} x")
    wrong = number[:-1] + str((last + 1) % 10)
    assert Delicate.BSN not in looks_like(f"x {wrong} x")


@given(st.text())
def test_any_text_may_be_looked_at(text: str) -> None:
    assert set(looks_like(text)) <= set(Delicate)
