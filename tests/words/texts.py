"""The texts that the program says, read from its source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hostdesk import words
from tests.words import argparse_texts

ROOT = Path(__file__).parents[2]
PACKAGES = ("hostdesk", "db")
MARKS = {"gettext": 1, "N_": 1, "ngettext": 2}
"""The functions that take a text to translate, and how many of their arguments are texts."""

MsgId = str | tuple[str, str]
"""A text, or a singular and its plural."""


@dataclass(frozen=True)
class Marked:
    """A call that marks or translates a text."""

    file: str
    line: int
    function: str
    texts: tuple[ast.expr, ...]
    in_function: bool
    """Whether it runs when it is needed, and not while its module is being imported."""

    @property
    def place(self) -> str:
        """Where it stands, for the message of a failing test."""
        return f"{self.file}:{self.line}"

    @property
    def msgid(self) -> MsgId | None:
        """The text as the catalogue knows it; None when it is worked out while the program runs."""
        said = [node.value for node in self.texts if isinstance(node, ast.Constant)]
        if len(said) != len(self.texts) or not all(isinstance(text, str) for text in said):
            return None
        return said[0] if len(said) == 1 else (said[0], said[1])


def marked() -> list[Marked]:
    """All such calls in both packages, but for those that make up the functions themselves."""
    return [
        call
        for package in PACKAGES
        for file in sorted((ROOT / package).rglob("*.py"))
        if file != Path(words.__file__)
        for call in _calls(file)
    ]


def wanted() -> dict[MsgId, list[str]]:
    """Every text the catalogues need, and the files that say it."""
    found: dict[MsgId, list[str]] = {text: ["argparse"] for text in argparse_texts.TEXTS}
    for call in marked():
        if call.msgid:
            files = found.setdefault(call.msgid, [])
            if call.file not in files:
                files.append(call.file)
    return found


def _calls(file: Path) -> Iterator[Marked]:
    name = file.relative_to(ROOT).as_posix()

    def walk(node: ast.AST, in_function: bool) -> Iterator[Marked]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and (function := _name(child.func)) in MARKS:
                texts = tuple(child.args[: MARKS[function]])
                yield Marked(name, child.lineno, function, texts, in_function)
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, in_function or inside)

    return walk(ast.parse(file.read_text(encoding="utf-8")), False)


def _name(function: ast.expr) -> str:
    """The last part of the called name: `gettext` and `words.gettext` are the same."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
