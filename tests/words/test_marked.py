"""A text that nobody can find has no translation: each is marked where it stands, and whole."""

import ast

from tests.words import texts

MARKED = texts.marked()
STANDS_FOR_A_TEXT = (ast.Name, ast.Attribute, ast.Subscript)
"""What may hold a text that was marked elsewhere, with N_."""


def may_stand_there(node: ast.expr) -> bool:
    """Whether `gettext` can be given this: a name for a marked text, or N_ around it."""
    around = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_"
    return around or isinstance(node, STANDS_FOR_A_TEXT)


def test_a_text_is_written_whole() -> None:
    """Its places are filled in after it is translated, not before."""
    not_whole = [call for call in MARKED if call.msgid is None]
    names = [call for call in not_whole if call.function == "gettext" and may_stand_there(*call.texts)]
    assert not [call.place for call in not_whole if call not in names]


def test_a_text_is_translated_when_it_is_said() -> None:
    """While a module is being imported nobody has chosen a language yet."""
    assert not [call.place for call in MARKED if call.function != "N_" and not call.in_function]
