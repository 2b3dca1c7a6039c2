"""The words of advice, the same wherever it is read."""

from db.programme import Answer
from db.text import visible
from hostdesk.words import N_, board, gettext


def given(answer: Answer) -> str:
    """Who gave advice, and how long it took."""
    return gettext(N_("Advice from {name} (after {time})")).format(
        name=visible(answer.answered_by) or "?", time=board.how_long(answer.took)
    )
