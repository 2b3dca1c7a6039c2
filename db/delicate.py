"""Whether a text looks as if it says something about a person; for a soft warning, here on this machine.

Only what can be recognised by its form: a name or an illness cannot. Nothing is ever refused for it.
"""

import re
from enum import StrEnum


class Delicate(StrEnum):
    """What a text may have in it."""

    PHONE = "phone"
    EMAIL = "email"
    IBAN = "iban"
    BSN = "bsn"


_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\W\d_]{2,}")
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![^\W_])", re.IGNORECASE | re.ASCII)
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "IE": 22,
    "IT": 27, "LU": 20, "MA": 28, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24, "TR": 26,
}  # fmt: skip
"""Signs of an account number, by country; of others the whole text is taken."""
_PHONE = re.compile(r"(?<![\w+])(?:\+|00|0)[1-9](?:[ ./()-]{0,2}\d){7,12}(?!\w)", re.ASCII)
_NINE = re.compile(r"(?<![\w])\d(?:[ .-]?\d){8}(?![\w])", re.ASCII)


def looks_like(text: str) -> tuple[Delicate, ...]:
    """What this text seems to have in it; nothing for most texts."""
    found = []
    if _PHONE.search(text):
        found.append(Delicate.PHONE)
    if _EMAIL.search(text):
        found.append(Delicate.EMAIL)
    if any(_is_iban(match[0]) for match in _IBAN.finditer(text)):
        found.append(Delicate.IBAN)
    if any(_is_bsn(match[0]) for match in _NINE.finditer(text)):
        found.append(Delicate.BSN)
    return tuple(found)


def _is_iban(text: str) -> bool:
    """Whether this is an IBAN (ISO 13616): the remainder by 97 is 1. A word may follow it."""
    signs = text.replace(" ", "").upper()
    return _remainder(signs[: _IBAN_LENGTHS.get(signs[:2], len(signs))]) == 1


def _remainder(signs: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97


def _is_bsn(text: str) -> bool:
    """Whether nine digits pass the eleven test of a citizen service number (BSN)."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * digit for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and any(digits)
