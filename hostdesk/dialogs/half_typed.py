"""What is half typed in a form of several answers: kept as far as it differs from what it began with."""

from hostdesk.drafts import packed, unpacked
from hostdesk.widgets.choice import Choice
from hostdesk.widgets.field import Field

_NOTHING = "\n"
"""Stands in a draft for an answer that was made empty."""

_BEFORE = " before"
"""Stands in a draft behind the name of an answer, for what stood there when somebody began to type."""


class HalfTyped:
    """The answers of a form by their names, and those of them that were left half typed the last time.

    A form is filled in with how things stand now, then `remember` is called, and then `go_on`. Between those
    two, what the draft changes stands in the form as it stood when that was typed: somebody else may have
    changed it since, and is not written over unseen.
    """

    def __init__(self, draft: str, **answers: Field | Choice) -> None:
        """Go on with this draft of these answers."""
        self._draft = draft
        self._answers = answers
        self._began: dict[str, str] | None = None

    @property
    def draft(self) -> str:
        """The answers that are not what the form began with; empty where all are."""
        began = self._began
        if began is None:  # not filled in yet
            return self._draft
        changed = {name: said for name, said in self._said().items() if said != began[name]}
        typed = {name: said or _NOTHING for name, said in changed.items()}
        return packed(typed | {name + _BEFORE: began[name] or _NOTHING for name in changed})

    def remember(self) -> None:
        """The form is filled in; where somebody typed, it says again what it said then."""
        typed = unpacked(self._draft)
        self._fill_in({name: typed[name + _BEFORE] for name in self._answers if name + _BEFORE in typed})
        self._began = self._said()

    def go_on(self) -> None:
        """Fill in what was half typed; a choice that is not offered any more is left out."""
        self._fill_in(unpacked(self._draft))

    def _fill_in(self, said: dict[str, str]) -> None:
        for name, answer in self._answers.items():
            if name not in said:
                continue
            text = said[name].replace(_NOTHING, "")
            if isinstance(answer, Field):
                answer.value = text
                answer.cursor_position = len(text)
            else:
                answer.choose(text)

    def _said(self) -> dict[str, str]:
        """What stands in the form."""
        return {
            name: answer.value if isinstance(answer, Field) else answer.code
            for name, answer in self._answers.items()
        }
