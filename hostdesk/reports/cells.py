"""Text in a cell of a spreadsheet: no formula, and nothing that moves or colours."""

from db.text import visible

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The full-width ones too, which spreadsheets take for the others
(https://owasp.org/www-community/attacks/CSV_Injection)."""


def inert(text: str) -> str:
    """The text as every spreadsheet shows it; what would be a formula gets an apostrophe before it."""
    seen = visible(text)
    return f"'{seen}" if seen.lstrip().startswith(_BEGINS_A_FORMULA) else seen
